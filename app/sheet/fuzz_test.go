package sheet

import (
	"bytes"
	"math"
	"strconv"
	"testing"
)

// Whatever the bytes are, reading ends, does not panic, and gives either every
// row in order or an error.

func FuzzWorkbookSheet(f *testing.F) {
	for _, xml := range []string{
		row(`<c r="A1"><v>4.9</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>a &amp; b</t></is></c>`),
		row(`<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2016-02-29</v></c><c><f>A1</f></c>`),
		`<?xml version="1.0"?><!-- x --><x:worksheet xmlns:x="y"><x:sheetData><x:row r="2" hidden='1'><x:c r="A2"><x:v><![CDATA[5]]></x:v></x:c></x:row></x:sheetData></x:worksheet>`,
		sheetStart + `<row r="1"><c a=">" r="A1"><v>1</v>`,
	} {
		f.Add([]byte(xml))
	}
	f.Fuzz(func(t *testing.T, xml []byte) {
		s := &sheetRows{book: &workbook{strings: []string{"x"}}, src: nopCloser{bytes.NewReader(xml)}, file: "f", name: "n"}
		s.x = newScanner(s.src)
		last := 0
		for s.Next() {
			if s.row.Number <= last || len(s.row.Cells) == 0 {
				t.Fatalf("row %d after %d with %d cells", s.row.Number, last, len(s.row.Cells))
			}
			last = s.row.Number
		}
	})
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\"\"b\",\r\n", "a\rb", "\"", ",,,", "sep=;\n1;2", "\xEF\xBB\xBFx"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		comma, _ := separator(data)
		r := &csvRows{src: bytes.NewReader(data), file: "f", comma: comma, buf: make([]byte, 7), line: 1}
		last := 0
		for r.Next() {
			if r.row.Number <= last {
				t.Fatalf("line %d after %d", r.row.Number, last)
			}
			last = r.row.Number
		}
	})
}

// FuzzNumber: the short way gives the same bits as the library.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"4.9", "-0.5", "0", "123456789012345", "1e5", "2.2999999999999998", ".5", "5.", "0.00000000001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := ParseNumber(s)
		if !ok {
			return
		}
		want, err := strconv.ParseFloat(s, 64)
		if err != nil || math.Float64bits(v) != math.Float64bits(want) {
			t.Errorf("%q: %v, the library says %v (%v)", s, v, want, err)
		}
	})
}

func FuzzSniff(f *testing.F) {
	f.Add([]byte("PK\x03\x04rest"))
	f.Add(magicCFB)
	f.Add([]byte("a\x00b\x00c\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 0 {
			sniff(bytes.NewReader(data), int64(len(data)))
		}
	})
}
