package sheet

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// TestEveryCellIsWhatExcelizeReads compares this reader with excelize, cell by
// cell, over every sample workbook both can open.
func TestEveryCellIsWhatExcelizeReads(t *testing.T) {
	dir := samples(t)
	files, err := filepath.Glob(filepath.Join(dir, "*.xls[xm]"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no workbooks in the sample folder: %v", err)
	}
	compared := 0
	for _, path := range files {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			f, theirs := excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipSizeLimit: 100 << 20, UnzipXMLSizeLimit: 100 << 20})
			b, ours := Open(path)
			if ours != nil {
				if theirs == nil {
					t.Errorf("excelize opens it, we say: %v", ours)
				}
				return
			}
			defer b.Close()
			if theirs != nil {
				t.Skipf("only we can open it; excelize says: %v", theirs)
			}
			defer f.Close()
			for i, s := range b.Sheets() {
				compared += compareSheet(t, f, b, i, s.Name)
			}
		})
	}
	t.Logf("%d cells compared", compared)
}

func compareSheet(t *testing.T, f *excelize.File, b *Book, i int, name string) int {
	t.Helper()
	ours, err := readAll(b, i)
	if err != nil {
		t.Errorf("%v", err)
		return 0
	}
	theirs, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Skipf("excelize cannot read sheet %q: %v", name, err)
	}
	if len(theirs) == 0 { // excelize gives up on some sheets without an error
		return 0
	}
	n := 0
	for r, row := range theirs {
		cells := ours[r+1]
		for c, want := range row {
			var got Cell
			if c < len(cells) {
				got = cells[c]
			}
			if want == "" && got.Kind == Empty {
				continue
			}
			n++
			if !sameCell(f, name, c, r, got, want) {
				t.Errorf("sheet %q cell %s%d: we read %+v, excelize %q", name, ColumnName(c), r+1, got, want)
			}
		}
	}
	for r, cells := range ours {
		for c, got := range cells {
			if got.Kind != Empty && got.Text != notCalculated && (r > len(theirs) || c >= len(theirs[r-1])) {
				t.Errorf("sheet %q cell %s%d: we read %+v, excelize nothing", name, ColumnName(c), r, got)
			}
		}
	}
	return n
}

// sameCell knows the one difference that is meant: excelize's raw values are
// the texts of the file, ours are typed.
func sameCell(f *excelize.File, sheet string, c, r int, got Cell, want string) bool {
	switch got.Kind {
	case Number, TimeOnly, Date:
		v, ok := ParseNumber(strings.TrimSpace(want))
		if !ok { // a cell of type d
			s, isDate := isoSerial(want)
			return isDate && s == got.Num
		}
		if got.Kind == Date {
			p, _ := f.GetWorkbookProps()
			if p.Date1904 != nil && *p.Date1904 {
				v += days1904
			}
		}
		return math.Abs(v-got.Num) <= 1e-12*math.Abs(v)
	case Bool:
		return want == "1" == (got.Num == 1)
	case Error:
		return got.Text == want || got.Text == notCalculated && want == ""
	case Empty:
		return strings.TrimSpace(want) == ""
	}
	norm := func(s string) string { return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s) }
	return norm(got.Text) == norm(want)
}

// slowly hands out its text byte by byte, so that no cell ever lies wholly in
// the buffer and all of them go the long way.
type slowly struct{ text []byte }

func (s *slowly) Read(p []byte) (int, error) {
	if len(s.text) == 0 {
		return 0, io.EOF
	}
	p[0] = s.text[0]
	s.text = s.text[1:]
	return 1, nil
}

func (*slowly) Close() error { return nil }

func TestQuickAndLongWayAgree(t *testing.T) {
	xml := sheetStart
	for i, cells := range []string{
		`<c r="A1"><v>4.9</v></c><c r="B1" s="1"><v>45000</v></c><c r="C1" s="0"/><c t="s"><v>0</v></c>`,
		`<c r="B2" t="inlineStr"><is><t>Smith &amp; Co</t></is></c><c r="D2" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>`,
		`<c t="str"><f>A1</f><v>a</v></c><c r="E3" t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c t="d"><v>2016-02-29</v></c>`,
		`<c r='A4'><v>1</v></c><c r="B4"><v></v></c><c r="C4"><v>NaN</v></c><c s="1" r="D4" cm="1"><v>7</v></c>`,
		`<c r="A5" t="inlineStr"><is><r><t>rich</t></r><r><t>text</t></r></is></c><c r="B5" t="str"><v>_x0041_&lt;</v></c>`,
	} {
		xml += `<row r="` + FormatNumber(float64(i+1)) + `">` + cells + `</row>`
	}
	xml += sheetEnd
	all := func(src io.ReadCloser) (out []string) {
		s := &sheetRows{book: &workbook{strings: []string{"shared"}, styles: []formatKind{plainFormat, dateFormat}}, src: src, x: newScanner(src)}
		for s.Next() {
			out = append(out, fmt.Sprintf("%d %+v", s.row.Number, s.row.Cells))
		}
		if s.Err() != nil {
			t.Fatal(s.Err())
		}
		return out
	}
	quick, long := all(nopCloser{bytes.NewReader([]byte(xml))}), all(&slowly{[]byte(xml)})
	if d := cmp.Diff(long, quick); d != "" || len(quick) != 5 {
		t.Error(d, quick)
	}
}
