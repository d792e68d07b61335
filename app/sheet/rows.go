package sheet

import (
	"errors"
	"io"
	"path/filepath"
)

// sheetRows scans one worksheet.
type sheetRows struct {
	book *workbook
	name string // "list.xlsx" and sheet, for errors
	file string
	src  io.ReadCloser
	x    *scanner
	row  Row
	err  error
	done bool
	in   bool // inside sheetData
	seen bool // sheetData was there
	last int  // number of the last row
	rows int
	n    int // cells so far

	arena []byte // texts of the row, cut into strings at its end
	spots []spot
	item  itemText
}

// spot is a cell whose text still lies in the arena.
type spot struct{ col, from, to int }

func (w *workbook) open(i int) (Rows, error) {
	s := w.sheets[i]
	part, err := w.openPart(s.part, maxSheetBytes)
	if err != nil {
		return nil, err
	}
	src := newReadAhead(part)
	return &sheetRows{book: w, src: src, x: newScanner(src), name: s.name, file: filepath.Base(w.file.Name())}, nil
}

func (s *sheetRows) Row() *Row    { return &s.row }
func (s *sheetRows) Err() error   { return s.err }
func (s *sheetRows) Close() error { return s.src.Close() }

func (s *sheetRows) fail(err error) bool {
	s.err = &FileError{File: s.file, Sheet: s.name, Row: s.last, Err: err}
	s.done = true
	return false
}

// Next moves to the next row that has a cell.
func (s *sheetRows) Next() bool {
	for !s.done {
		t, err := s.x.next()
		if errors.Is(err, io.EOF) {
			s.done = true
			if !s.seen {
				return s.fail(damaged("it is no worksheet"))
			}
			if _, err := io.Copy(io.Discard, s.src); err != nil { // compares the checksum
				return s.fail(readError(err))
			}
			return false
		}
		if err != nil {
			return s.fail(err)
		}
		switch {
		case t.kind == startTag && t.is("sheetData"):
			s.seen, s.in = true, !t.selfClosing
		case t.kind == endTag && t.is("sheetData"):
			s.in = false
		case s.in && t.kind == startTag && t.is("row"):
			if err := s.readRow(&t); err != nil {
				return s.fail(err)
			}
			if len(s.row.Cells) > 0 {
				return true
			}
		}
	}
	return false
}

// readRow reads one row into s.row.
func (s *sheetRows) readRow(t *token) error {
	number := s.last + 1
	s.row.Hidden = false
	for rest := t.attrs; ; {
		n, v, r, ok := nextAttr(rest)
		if !ok {
			break
		}
		switch string(n) {
		case "r":
			var good bool
			if number, good = smallInt(v); !good || number < 1 || number > maxRows {
				return damaged("there is no row %.20q", v)
			}
		case "hidden":
			s.row.Hidden = string(v) == "1" || string(v) == "true"
		}
		rest = r
	}
	if number <= s.last {
		return damaged("its rows are out of order: row %d comes after row %d", number, s.last)
	}
	s.last = number
	s.row.Number, s.row.Cells = number, s.row.Cells[:0]
	s.arena, s.spots = s.arena[:0], s.spots[:0]
	if s.rows++; s.rows > maxRows {
		return ErrTooLarge
	}
	if t.selfClosing {
		return nil
	}
	col := -1
	for {
		if s.quickCell(&col, number) {
			continue
		}
		t, err := s.x.next()
		if err != nil {
			return err
		}
		switch {
		case t.kind == startTag && t.is("c"):
			if col, err = s.readCell(&t, col, number); err != nil {
				return err
			}
		case t.kind == endTag && t.is("row"):
			s.finish()
			if s.n += len(s.row.Cells); s.n > maxCells {
				return ErrTooLarge
			}
			return nil
		}
	}
}

// finish turns the arena into strings, one allocation a row, and cuts trailing
// empty cells.
func (s *sheetRows) finish() {
	whole := string(s.arena)
	for _, p := range s.spots {
		c := &s.row.Cells[p.col]
		c.Text = whole[p.from:p.to]
		if c.Text == "" && c.Kind == Text {
			*c = Cell{}
		}
	}
	n := len(s.row.Cells)
	for n > 0 && s.row.Cells[n-1].Kind == Empty {
		n--
	}
	s.row.Cells = s.row.Cells[:n]
}

// readCell reads one <c>; col is the column before it.
func (s *sheetRows) readCell(t *token, col, row int) (int, error) {
	var kind byte // first letter of the type, with 'S' for str and 'i' for inlineStr
	style := 0
	col++
	for rest := t.attrs; ; {
		n, v, r, ok := nextAttr(rest)
		if !ok {
			break
		}
		if len(n) == 1 {
			switch n[0] {
			case 'r':
				c, rr, good := parseRef(v)
				if !good || c >= maxColumns {
					return col, damaged("there is no cell %.20q", v)
				}
				if rr != row {
					return col, damaged("the cell %.20s stands in row %d", v, row)
				}
				col = c
			case 's':
				style, _ = smallInt(v)
			case 't':
				kind = typeLetter(v)
			}
		}
		rest = r
	}
	if t.selfClosing {
		return col, nil
	}
	from := len(s.arena)
	value, formula, err := s.cellBody(kind)
	if err != nil {
		return col, err
	}
	c, isText, err := s.value(kind, style, value, formula, s.arena[from:])
	if err != nil || c.Kind == Empty {
		return col, err
	}
	s.set(col, c)
	if isText {
		s.spots = append(s.spots, spot{col, from, len(s.arena)})
	}
	return col, nil
}

// set puts a cell into the row.
func (s *sheetRows) set(col int, c Cell) {
	for len(s.row.Cells) <= col {
		s.row.Cells = append(s.row.Cells, Cell{})
	}
	s.row.Cells[col] = c
}

// cellBody puts the text of <v> or <is> at the end of the arena.
func (s *sheetRows) cellBody(kind byte) (value, formula bool, err error) {
	inValue, inline, from := false, false, len(s.arena)
	s.item.begin()
	for {
		t, err := s.x.next()
		if err != nil {
			return false, false, err
		}
		switch t.kind {
		case startTag:
			switch {
			case t.is("v"):
				inValue, value = !t.selfClosing && !inline, true
			case t.is("f"):
				formula = true
			case t.is("is"): // outranks a <v> beside it
				value, inline = true, true
				s.arena = s.arena[:from]
			}
		case endTag:
			switch {
			case t.is("c"):
				return value, formula, nil
			case t.is("v"):
				inValue = false
				continue
			}
		case textToken, cdataToken:
			if inValue {
				if s.arena, err = appendText(s.arena, t.text, t.kind == cdataToken); err != nil {
					return false, false, err
				}
				continue
			}
		}
		if kind == 'i' {
			if s.arena, err = s.item.take(s.arena, &t); err != nil {
				return false, false, err
			}
		}
	}
}

// value types what the cell holds. isText says that raw becomes the cell's Text.
func (s *sheetRows) value(kind byte, style int, value, formula bool, raw []byte) (c Cell, isText bool, err error) {
	if !value {
		if formula {
			return Cell{Kind: Error, Text: notCalculated}, false, nil
		}
		return Cell{}, false, nil
	}
	switch kind {
	case 'i', 'S':
		return Cell{Kind: Text}, true, nil
	case 'e':
		return Cell{Kind: Error}, true, nil
	}
	raw = trimSpace(raw)
	if len(raw) == 0 {
		return Cell{}, false, nil
	}
	switch kind {
	case 's':
		i, ok := smallInt(raw)
		if !ok || i >= len(s.book.strings) {
			return Cell{}, false, damaged("a cell points at text number %.20q, which is not in it", raw)
		}
		if s.book.strings[i] == "" {
			return Cell{}, false, nil
		}
		return Cell{Kind: Text, Text: s.book.strings[i]}, false, nil
	case 'b':
		if string(raw) == "1" || string(raw) == "true" {
			return Cell{Kind: Bool, Num: 1}, false, nil
		}
		return Cell{Kind: Bool}, false, nil
	case 'd':
		if serial, ok := isoSerial(string(raw)); ok {
			return Cell{Kind: Date, Num: serial}, false, nil
		}
		return Cell{Kind: Text}, true, nil
	}
	v, ok := ParseNumber(string(raw))
	if !ok { // NaN, infinity, words: kept, but not as a number
		return Cell{Kind: Error}, true, nil
	}
	c = Cell{Kind: Number, Num: v}
	if style >= 0 && style < len(s.book.styles) {
		switch s.book.styles[style] {
		case dateFormat:
			c.Kind = Date
			if s.book.is1904 {
				c.Num += days1904
			}
			if _, ok := DateOf(c.Num); !ok { // no day: keep the number as it stands
				c = Cell{Kind: Number, Num: v}
			}
		case timeFormat:
			c.Kind = TimeOnly
		}
	}
	return c, false, nil
}

// notCalculated is the text of a formula cell that carries no stored result.
const notCalculated = "#NOT CALCULATED"

func typeLetter(v []byte) byte {
	switch string(v) {
	case "str":
		return 'S'
	case "s", "inlineStr", "e", "b", "d":
		return v[0]
	}
	return 'n'
}

// parseRef reads a cell reference: column from 0, row from 1.
func parseRef(v []byte) (col, row int, ok bool) {
	i := 0
	for ; i < len(v) && i < 4; i++ {
		c := v[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		col = col*26 + int(c-'a') + 1
	}
	row, ok = smallInt(v[i:])
	return col - 1, row, ok && i > 0
}

// smallInt reads a whole number of up to nine digits.
func smallInt(v []byte) (int, bool) {
	if len(v) == 0 || len(v) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range v {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

func trimSpace(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}
