package sheet

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWrongFilesAreNamedForWhatTheyAre: the message says what the file is and
// what to do, and the error can be told from the others.
func TestWrongFilesAreNamedForWhatTheyAre(t *testing.T) {
	good := crafted{sheetXML: row(`<c r="A1"><v>1</v></c>`)}.bytes(t)
	for _, c := range []struct {
		name string
		file string
		data []byte
		want error
		says string
	}{
		{"nothing in it", "list.xlsx", nil, ErrEmpty, "list.xlsx is empty"},
		{"only separators", "list.csv", []byte(",,,\r\n,,,\r\n"), ErrEmpty, "nothing in it"},
		{"a picture", "list.xlsx", append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0D"), 1, 2, 3), ErrNotAWorkbook, "neither a workbook nor text"},
		{"a PDF", "list.xlsx", []byte("%PDF-1.7 …"), ErrNotAWorkbook, "PDF"},
		{"a web page named .xls", "list.xls", []byte("<html><table>"), ErrOldFormat, "save it as .xlsx"},
		{"zero bytes", "list.xlsx", make([]byte, 5000), ErrDamaged, "ask for the file again"},
		{"a workbook cut in half", "list.xlsx", good[:len(good)/2], ErrDamaged, "table of contents is missing"},
		{"a zip of something else", "list.xlsx", zipOf(t, "readme.txt", "hello"), ErrNotAWorkbook, "without a workbook"},
		{"a Word document", "list.xlsx", zipOf(t, "_rels/.rels", `<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>`), ErrNotAWorkbook, "Word"},
		{"an OpenDocument file", "list.ods", zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a/>"), ErrOldFormat, ".ods"},
		{"a binary workbook", "list.xlsb", zipOf(t, "xl/workbook.bin", "x"), ErrOldFormat, ".xlsb"},
		{"a zip bomb", "list.xlsx", claim(t), ErrTooLarge, "unpacks to 1024 MB"},
		{"the same part twice", "list.xlsx", zipOf(t, "xl/workbook.xml", "<a/>", "xl/workbook.xml", "<b/>"), ErrDamaged, "stands in it twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(write(t, c.file, c.data))
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), c.file+" ") {
				t.Errorf("got %v, want a sentence about %v with %q", err, c.want, c.says)
			}
		})
	}
}

func zipOf(t testing.TB, namesAndTexts ...string) []byte {
	t.Helper()
	return zipParts(t, namesAndTexts)
}

// TestBrokenSheetsAreNeverAccepted: whatever is wrong inside a sheet, reading
// it to the end is an error; rows are not lost in silence.
func TestBrokenSheetsAreNeverAccepted(t *testing.T) {
	for _, c := range []struct {
		name, xml, says string
	}{
		{"cut in the middle of a row", sheetStart + `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>7`, "cut off"},
		{"cut between two rows", sheetStart + `<row r="1"><c r="A1"><v>1</v></c></row>`, "cut off"},
		{"rows out of order", sheetStart + `<row r="3"><c r="A3"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>` + sheetEnd, "out of order"},
		{"a cell in the wrong row", row(`<c r="A7"><v>1</v></c>`), "stands in row 1"},
		{"row zero", sheetStart + `<row r="0"><c><v>1</v></c></row>` + sheetEnd, "no row"},
		{"a column past the last", row(`<c r="ZZZZ1"><v>1</v></c>`), "no cell"},
		{"a text that is not there", row(`<c r="A1" t="s"><v>5</v></c>`), "points at text number"},
		{"a text number that is none", row(`<c r="A1" t="s"><v>abc</v></c>`), "points at text number"},
		{"end tags crossed", sheetStart + `<row r="1"><c r="A1"><v>1</c></v></row>` + sheetEnd, "end tag"},
		{"entities of its own", `<!DOCTYPE x [<!ENTITY a "aaaa">]>` + row(`<c r="A1"><v>1</v></c>`), "declaration"},
		{"an unknown entity", row(`<c r="A1" t="inlineStr"><is><t>&a;</t></is></c>`), "entity"},
		{"nested without end", sheetStart + repeat("<a>", 200), "nested too deep"},
		{"not a worksheet", `<chartsheet></chartsheet>`, "no worksheet"},
		{"text after the end", row(`<c r="A1"><v>1</v></c>`) + "rest", "outside the document"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := Open(write(t, "list.xlsx", crafted{sheetXML: c.xml}.bytes(t)))
			if err != nil {
				t.Fatalf("opening already fails: %v", err)
			}
			defer b.Close()
			_, err = readAll(b, 0)
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), `list.xlsx, sheet "LDL"`) {
				t.Errorf("got %v, want damaged with %q", err, c.says)
			}
		})
	}
}

func TestFlippedBitInASheetIsFoundByItsChecksum(t *testing.T) {
	xml := sheetStart
	for i := range 50 {
		xml += `<row r="` + FormatNumber(float64(i+1)) + `"><c r="A` + FormatNumber(float64(i+1)) + `"><v>4.9</v></c></row>`
	}
	data := zipStored(t, crafted{sheetXML: xml + sheetEnd})
	at := bytes.LastIndex(data, []byte("<v>4.9</v>"))
	data[at+3] = '7' // 7.9: still a fine number
	b, err := Open(write(t, "list.xlsx", data))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if _, err = readAll(b, 0); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("got %v, want damaged by its checksum", err)
	}
}

// TestSampleFilesNobodyHereWroteAreRefusedInWords covers real files of the
// formats that are not read: old Excel, binary, OpenDocument, passwords.
func TestSampleFilesNobodyHereWroteAreRefusedInWords(t *testing.T) {
	dir := samples(t)
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	refused := map[string]int{}
	for _, f := range files {
		ext := filepath.Ext(f.Name())
		if ext == ".csv" || ext == ".xlsx" || ext == ".xlsm" {
			continue
		}
		b, err := Open(filepath.Join(dir, f.Name()))
		if err == nil {
			if len(b.Sheets()) == 0 {
				t.Errorf("%s opens without sheets", f.Name())
			}
			b.Close()
			continue
		}
		if !errors.Is(err, ErrOldFormat) && !errors.Is(err, ErrPassword) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotAWorkbook) {
			t.Errorf("%s: %v", f.Name(), err)
		}
		refused[ext]++
	}
	for _, ext := range []string{".xls", ".xlsb", ".ods"} {
		if refused[ext] == 0 {
			t.Errorf("no %s file was refused", ext)
		}
	}
	for _, pattern := range []string{"*pass_protected*", "*encrypt*", "*password*"} {
		for _, path := range glob(dir, pattern) {
			if _, err := Open(path); !errors.Is(err, ErrPassword) && !errors.Is(err, ErrOldFormat) {
				t.Errorf("%s: %v", filepath.Base(path), err)
			}
		}
	}
}

func glob(dir, pattern string) []string {
	m, _ := filepath.Glob(filepath.Join(dir, pattern))
	return m
}
