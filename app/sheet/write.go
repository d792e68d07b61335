package sheet

import (
	"archive/zip"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Workbook is a workbook being written. Sheets may be filled in any order and
// side by side: each is compressed in memory as it grows, so no plain text
// ever lies in a temporary file. The same cells give the same bytes.
type Workbook struct {
	sheets []*Writer
	texts  sharedTexts // of the first sheet, the one with the rows
}

// Layout is how a sheet presents itself.
type Layout struct {
	Widths        []float64 // of columns, in characters
	FrozenRows    int
	FrozenColumns int
	FilterRow     int // row number of the headings that get filter buttons, 0: none
	FilterColumns int // columns with a filter button
	FirstColumn   int // column in view beside the frozen ones when the sheet is opened, and first to be printed beside them
	Bars          []Bars
	OnePageWide   bool // print all columns on one page's width
}

// Bars is a stretch of counts in one column shown with bars in their cells.
type Bars struct {
	Column, FromRow, ToRow int // column from 0, rows from 1
}

// Out is a cell to write with its look.
type Out struct {
	Cell
	Style Style
}

// NewWorkbook starts an empty workbook.
func NewWorkbook() *Workbook { return &Workbook{} }

// Writer writes one sheet row by row.
type Writer struct {
	name    string
	layout  Layout
	pack    *packer
	row     int
	digits  []byte // of row
	heights map[wrapped]int
	texts   *sharedTexts // nil: every text stands in its cell
}

// Sheet adds a sheet; its name is made fit for a tab.
func (w *Workbook) Sheet(name string, layout Layout) *Writer {
	s := &Writer{name: w.tabName(name), layout: layout, pack: newPacker()}
	if len(w.sheets) == 0 {
		s.texts = &w.texts
	}
	s.put(xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	if layout.OnePageWide {
		s.put(`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	}
	s.views(len(w.sheets) == 0)
	s.put(`<sheetFormatPr defaultRowHeight="15"/>`)
	if len(layout.Widths) > 0 {
		s.put(`<cols>`)
		for i, width := range layout.Widths {
			s.put(fmt.Sprintf(`<col min="%d" max="%d" width="%s" customWidth="1"/>`, i+1, i+1, FormatNumber(width)))
		}
		s.put(`</cols>`)
	}
	s.put(`<sheetData>`)
	w.sheets = append(w.sheets, s)
	return s
}

// tabName follows the rules for tabs: at most 31 characters, none of []:*?/\,
// and every name once.
func (w *Workbook) tabName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(strings.TrimSpace(name), "'")
	if name == "" {
		name = "Sheet"
	}
	base := []rune(name)
	for n := 2; ; n++ {
		taken := false
		for _, s := range w.sheets {
			taken = taken || strings.EqualFold(s.name, name)
		}
		if !taken && utf8.RuneCountInString(name) <= 31 {
			return name
		}
		tail := ""
		if taken {
			tail = fmt.Sprintf(" %d", n)
		}
		name = string(base[:min(len(base), 31-len(tail))]) + tail
	}
}

func (s *Writer) views(first bool) {
	selected := ""
	if first {
		selected = ` tabSelected="1"`
	}
	s.put(`<sheetViews><sheetView` + selected + ` workbookViewId="0">`)
	if x, y := s.layout.FrozenColumns, s.layout.FrozenRows; x > 0 || y > 0 {
		pane := "bottomRight"
		switch {
		case x == 0:
			pane = "bottomLeft"
		case y == 0:
			pane = "topRight"
		}
		s.put(`<pane`)
		if x > 0 {
			s.put(fmt.Sprintf(` xSplit="%d"`, x))
		}
		if y > 0 {
			s.put(fmt.Sprintf(` ySplit="%d"`, y))
		}
		s.put(fmt.Sprintf(` topLeftCell="%s%d" activePane="%s" state="frozen"/>`, ColumnName(max(x, s.layout.FirstColumn)), y+1, pane))
	}
	s.put(`</sheetView></sheetViews>`)
}

// Row writes the next row.
func (s *Writer) Row(cells []Out) error {
	if s.row++; s.row > maxRows {
		return fmt.Errorf("the sheet %q would have more than %d rows, which no spreadsheet program opens; write a .csv file instead", s.name, maxRows)
	}
	b := append(s.pack.open, `<row r="`...)
	s.digits = strconv.AppendInt(s.digits[:0], int64(s.row), 10)
	b = append(b, s.digits...)
	if n := s.lines(cells); n > 1 {
		b = append(b, `" ht="`...)
		b = strconv.AppendInt(b, int64(15*n+1), 10)
		b = append(b, `" customHeight="1`...)
	}
	b = append(b, `">`...)
	for i := range cells {
		if cells[i].Kind != Empty || cells[i].Style != Plain {
			b = s.appendCell(b, i, &cells[i])
		}
	}
	s.pack.open = append(b, `</row>`...)
	if s.pack.full() {
		s.pack.hand()
	}
	return nil
}

// lines is how many lines the tallest wrapped cell of a row needs. Programs
// differ in whether they work this out themselves, so the height is written.
func (s *Writer) lines(cells []Out) int {
	const most = 6
	n := 1
	for i := range cells {
		if i >= len(s.layout.Widths) || !looks[cells[i].Style].wrap {
			continue
		}
		n = max(n, s.linesOf(cells[i].Text, max(1, int(s.layout.Widths[i]*1.1)-1)))
	}
	return min(n, most)
}

// linesOf is how many lines a text takes in a column. The same texts come again
// and again in a list, so what was worked out is kept.
func (s *Writer) linesOf(text string, width int) int {
	if len(text) <= width {
		return 1 + strings.Count(text, "\n")
	}
	key := wrapped{text, width}
	if n, ok := s.heights[key]; ok {
		return n
	}
	k, line := 0, 0
	for _, word := range strings.Fields(text) {
		w := utf8.RuneCountInString(word) + 1
		if k == 0 || line+w > width+1 {
			k, line = k+1, 0
		}
		line += w
		k += (w - 1) / (width + 1)
	}
	k += strings.Count(text, "\n")
	if s.heights == nil || len(s.heights) > 1<<12 {
		s.heights = map[wrapped]int{}
	}
	s.heights[key] = k
	return k
}

type wrapped struct {
	text  string
	width int
}

func (s *Writer) appendCell(b []byte, col int, o *Out) []byte {
	b = append(b, `<c r="`...)
	b = appendColumn(b, col)
	b = append(b, s.digits...)
	style := int(o.Style)
	if o.Style == Plain {
		switch o.Kind {
		case Date:
			style = int(DateStyle)
			if o.Num != math.Floor(o.Num) {
				style = int(DateTimeStyle)
			}
		case TimeOnly:
			style = int(TimeStyle)
		}
	}
	isText := o.Kind == Text || o.Kind == Error
	if isText && o.Text != "" && runsAsFormula(o.Text[0]) {
		style += int(nStyles)
	}
	if style != 0 {
		b = append(b, `" s="`...)
		b = strconv.AppendInt(b, int64(style), 10)
	}
	switch {
	case isText:
		if s.texts != nil {
			if n, ok := s.texts.number(o.Text); ok {
				b = append(b, `" t="s"><v>`...)
				b = strconv.AppendInt(b, int64(n), 10)
				return append(b, `</v></c>`...)
			}
		}
		b = append(b, `" t="inlineStr"><is>`...)
		b = appendTextElement(b, o.Text)
		return append(b, `</is></c>`...)
	case o.Kind == Empty:
		return append(b, `"/>`...)
	case o.Kind == Bool:
		b = append(b, `" t="b"><v>`...)
	default:
		b = append(b, `"><v>`...)
	}
	if o.Num == math.Floor(o.Num) && math.Abs(o.Num) < 1e15 {
		b = strconv.AppendInt(b, int64(o.Num), 10)
	} else {
		b = strconv.AppendFloat(b, o.Num, 'g', -1, 64)
	}
	return append(b, `</v></c>`...)
}

func appendColumn(b []byte, col int) []byte {
	if col < 26 {
		return append(b, byte('A'+col))
	}
	return append(b, ColumnName(col)...)
}

// appendTextElement writes a text as <t>.
func appendTextElement(b []byte, text string) []byte {
	b = append(b, `<t`...)
	if needsSpace(text) {
		b = append(b, ` xml:space="preserve"`...)
	}
	b = append(b, '>')
	b = appendEscaped(b, text)
	return append(b, `</t>`...)
}

// needsSpace: white space at the ends or a line end would be dropped by readers.
func needsSpace(t string) bool {
	return t != "" && (t[0] <= ' ' || t[len(t)-1] <= ' ' || strings.IndexByte(t, '\n') >= 0)
}

// appendEscaped writes text into XML: what XML cannot hold goes as Excel's
// _xHHHH_, and text that only looks like such an escape is protected.
func appendEscaped(b []byte, t string) []byte {
	if len(t) > 32767 {
		t = strings.ToValidUTF8(t[:32760], "") + "…"
	}
	for i := 0; i < len(t); i++ {
		switch c := t[i]; {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c < ' ' && c != '\t' && c != '\n':
			b = fmt.Appendf(b, "_x%04X_", c)
		case c == '_' && i+6 < len(t) && t[i+1] == 'x' && t[i+6] == '_' && isHex(t[i+2:i+6]):
			b = append(b, "_x005F_"...)
		case c == 0xEF && (strings.HasPrefix(t[i:], "\ufffe") || strings.HasPrefix(t[i:], "\uffff")):
			b = fmt.Appendf(b, "_xFF%02X_", t[i+2]+0x40) // their last byte is 0xBE or 0xBF
			i += 2
		default:
			b = append(b, c)
		}
	}
	return b
}

func isHex(s string) bool {
	for i := range len(s) {
		if hexDigit(s[i]) < 0 {
			return false
		}
	}
	return true
}

func (s *Writer) put(text string) { s.pack.open = append(s.pack.open, text...) }

// finish closes the sheet's XML and gives it compressed, in pieces.
func (s *Writer) finish() ([][]byte, error) {
	s.put(`</sheetData>`)
	if l := s.layout; l.FilterRow > 0 && s.row >= l.FilterRow {
		s.put(`<autoFilter ref="` + s.filterRange("") + `"/>`)
	}
	for i, bars := range s.layout.Bars {
		ref := fmt.Sprintf("%s%d:%s%d", ColumnName(bars.Column), bars.FromRow, ColumnName(bars.Column), bars.ToRow)
		s.put(`<conditionalFormatting sqref="` + ref + `"><cfRule type="dataBar" priority="` + strconv.Itoa(i+1) + `"><dataBar><cfvo type="num" val="0"/><cfvo type="max"/><color rgb="FF7FB3BA"/></dataBar></cfRule></conditionalFormatting>`)
	}
	if s.layout.FilterRow > 0 {
		s.put(`<printOptions gridLines="1"/>`)
	}
	s.put(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>`)
	if s.layout.OnePageWide {
		s.put(`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`)
	} else {
		s.put(`<pageSetup paperSize="9" orientation="landscape"/>`)
	}
	s.put(`</worksheet>`)
	return s.pack.finish()
}

func (s *Writer) filterRange(fix string) string {
	l := s.layout
	return fmt.Sprintf("%sA%s%d:%s%s%s%d", fix, fix, l.FilterRow, fix, ColumnName(l.FilterColumns-1), fix, s.row)
}

// Save writes the workbook to path, whole or not at all.
func (w *Workbook) Save(path string) error {
	return WriteFile(path, w.Encode)
}

// Encode writes the workbook to out. No more rows can be added afterwards.
func (w *Workbook) Encode(out io.Writer) error {
	z := zip.NewWriter(out)
	for _, p := range w.smallParts() {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			return err
		}
	}
	for i, s := range w.sheets {
		pieces, err := s.finish()
		if err != nil {
			return err
		}
		var size uint64
		for _, p := range pieces {
			size += uint64(len(p))
		}
		f, err := z.CreateRaw(&zip.FileHeader{
			Name: fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), Method: zip.Deflate,
			CRC32: s.pack.crc, UncompressedSize64: s.pack.size, CompressedSize64: size,
		})
		if err != nil {
			return err
		}
		for _, p := range pieces {
			if _, err := f.Write(p); err != nil {
				return err
			}
		}
	}
	return z.Close()
}
