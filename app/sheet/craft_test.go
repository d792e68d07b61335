package sheet

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"strings"
	"testing"
)

// crafted is a workbook made by hand, so that one thing in it can be wrong.
type crafted struct {
	sheetXML string
	strings  string
	workbook string
	extra    map[string]string
}

const (
	sheetStart = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetEnd   = `</sheetData></worksheet>`
)

func (c crafted) parts() [][2]string {
	wb := c.workbook
	if wb == "" {
		wb = `<workbook xmlns:r="x"><sheets><sheet name="LDL" sheetId="1" r:id="rId1"/></sheets></workbook>`
	}
	parts := [][2]string{
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", wb},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", c.sheetXML},
	}
	if c.strings != "" {
		parts = append(parts, [2]string{"xl/sharedStrings.xml", c.strings})
	}
	for name, text := range c.extra {
		parts = append(parts, [2]string{name, text})
	}
	return parts
}

func (c crafted) bytes(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range c.parts() {
		w, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// claim makes a zip entry that says it unpacks to a gigabyte.
func claim(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range (crafted{sheetXML: sheetStart + sheetEnd}).parts()[:3] {
		w, _ := z.Create(p[0])
		w.Write([]byte(p[1]))
	}
	data := bytes.Repeat([]byte{0}, 1<<20)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(data), UncompressedSize64: 1 << 30, CompressedSize64: uint64(len(data))})
	if err != nil {
		t.Fatal(err)
	}
	w.Write(data)
	z.Close()
	return buf.Bytes()
}

func row(cells string) string { return sheetStart + `<row r="1">` + cells + `</row>` + sheetEnd }

func repeat(s string, n int) string { return strings.Repeat(s, n) }

func zipParts(t testing.TB, namesAndTexts []string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i+1 < len(namesAndTexts); i += 2 {
		w, err := z.Create(namesAndTexts[i])
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(namesAndTexts[i+1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// zipStored packs without compressing, so that a test can find its bytes.
func zipStored(t testing.TB, c crafted) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range c.parts() {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p[0], Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(p[1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
