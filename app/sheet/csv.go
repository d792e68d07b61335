package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// csvFile is a text file of rows, opened after its character set and its
// separator were found.
type csvFile struct {
	file  *os.File
	name  string
	size  int64
	chars charset
	comma byte
	sep   bool // its first line is sep=;
}

func openCSV(f *os.File, size int64, name string) (*Book, error) {
	c := &csvFile{file: f, name: name, size: size}
	var err error
	if c.chars, err = detectCharset(f, size); err != nil {
		return nil, err
	}
	sample := make([]byte, 64<<10)
	n, err := io.ReadFull(c.reader(), sample)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("cannot be read: %w", cause(err))
	}
	sample = sample[:n]
	if len(bytes.Trim(sample, " \t\r\n,;|\"\x1A")) == 0 {
		return nil, ErrEmpty
	}
	c.comma, c.sep = separator(sample)
	return &Book{name: name, sheets: []Info{{}}, rows: c.open, close: f.Close, csvFile: c}, nil
}

func (c *csvFile) reader() io.Reader {
	r := io.Reader(io.NewSectionReader(c.file, c.chars.skip, c.size-c.chars.skip))
	if c.chars.decoder != nil {
		c.chars.decoder.Reset()
		r = c.chars.decoder.Reader(r)
	}
	return r
}

// separator finds what parts the fields: what a first line sep=… says, else the
// character that most lines hold equally often outside quotation marks.
func separator(sample []byte) (comma byte, stated bool) {
	if len(sample) > 5 && bytes.EqualFold(sample[:4], []byte("sep=")) && (sample[5] == '\r' || sample[5] == '\n') {
		return sample[4], true
	}
	best, bestScore := byte(','), 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		if s := regularity(sample, c); s > bestScore {
			best, bestScore = c, s
		}
	}
	return best, false
}

// regularity is the number of lines that hold c the most usual number of times,
// times that number (which counts up to 20).
func regularity(sample []byte, c byte) int {
	var counts [4096]int
	n, lines, quoted := 0, 0, false
	for i, b := range sample {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == c:
			n++
		case b == '\n', b == '\r' && (i+1 == len(sample) || sample[i+1] != '\n'):
			counts[min(n, len(counts)-1)]++
			n = 0
			lines++
		}
	}
	if lines == 0 {
		counts[min(n, len(counts)-1)]++
	}
	score := 0
	for times, k := range counts {
		if times > 0 {
			score = max(score, k*min(times, 20))
		}
	}
	return score
}

func (c *csvFile) open(int) (Rows, error) {
	r := &csvRows{src: c.reader(), file: c.name, comma: c.comma, buf: make([]byte, 64<<10), line: 1}
	if c.sep {
		r.readRecord()
	}
	return r, nil
}

// csvRows scans records. Lines end in \n, \r\n or \r; a field in quotation
// marks may hold all of them, and "" inside it is one mark.
type csvRows struct {
	src      io.Reader
	file     string
	comma    byte
	buf      []byte
	pos, end int
	eof      bool
	err      error

	line  int
	rows  int
	cells int
	row   Row
	arena []byte
	ends  []int // end of each field in the arena
}

func (r *csvRows) Row() *Row    { return &r.row }
func (r *csvRows) Err() error   { return r.err }
func (r *csvRows) Close() error { return nil }

// Next moves to the next record that has any text.
func (r *csvRows) Next() bool {
	for r.err == nil {
		if !r.readRecord() {
			return false
		}
		whole, from, cells := string(r.arena), 0, r.row.Cells[:0]
		filled := 0
		for _, to := range r.ends {
			text := whole[from:to]
			from = to
			if text == "" {
				cells = append(cells, Cell{})
				continue
			}
			cells = append(cells, Cell{Kind: Text, Text: unguard(text)})
			filled = len(cells)
		}
		r.row.Cells = cells[:filled]
		if filled == 0 {
			continue
		}
		r.rows++
		if r.cells += filled; r.rows > maxRows || r.cells > maxCells || len(r.ends) > maxColumns {
			r.fail(ErrTooLarge)
			return false
		}
		return true
	}
	return false
}

func (r *csvRows) fail(err error) {
	r.err = &FileError{File: r.file, Row: r.row.Number, Err: err}
}

// get gives the next byte, 0 and false at the end.
func (r *csvRows) get() (byte, bool) {
	for r.pos == r.end {
		if r.eof || r.err != nil {
			return 0, false
		}
		n, err := r.src.Read(r.buf)
		r.pos, r.end = 0, n
		switch {
		case err == io.EOF:
			r.eof = true
		case err != nil:
			r.fail(fmt.Errorf("cannot be read: %w", cause(err)))
		}
	}
	b := r.buf[r.pos]
	r.pos++
	return b, true
}

// readRecord puts one record's fields into arena and ends.
func (r *csvRows) readRecord() bool {
	r.arena, r.ends = r.arena[:0], r.ends[:0]
	r.row.Number, r.row.Short = r.line, false
	b, ok := r.get()
	if !ok {
		return false
	}
	for {
		if ok && b == '"' {
			if b, ok = r.quotedField(); r.err != nil {
				return false
			}
		}
		for ok && b != r.comma && b != '\n' && b != '\r' {
			if b != 0 && b != 0x1A {
				r.arena = append(r.arena, b)
			}
			b, ok = r.get()
		}
		r.ends = append(r.ends, len(r.arena))
		if r.err != nil {
			return false
		}
		if len(r.arena) > maxTokenBytes {
			r.fail(damaged("the line is longer than %d MB", maxTokenBytes>>20))
			return false
		}
		if !ok {
			r.row.Short = true
			return true
		}
		if b != r.comma {
			r.endLine(b)
			return true
		}
		b, ok = r.get()
	}
}

// quotedField reads up to the closing mark and gives the byte after it.
func (r *csvRows) quotedField() (next byte, ok bool) {
	opened := r.line
	for {
		b, ok := r.get()
		if !ok || len(r.arena) > maxTokenBytes {
			if r.err == nil {
				r.fail(damaged("the quotation mark opened in line %d is never closed", opened))
			}
			return 0, false
		}
		switch b {
		case '"':
			if b, ok = r.get(); !ok || b != '"' {
				return b, ok
			}
		case '\n':
			r.line++
		case '\r':
			if next, more := r.get(); more {
				r.pos--
				if next == '\n' {
					continue // \r\n inside a field becomes \n
				}
			}
			r.line++
			b = '\n'
		}
		r.arena = append(r.arena, b)
	}
}

func (r *csvRows) endLine(b byte) {
	r.line++
	if b == '\r' {
		if next, ok := r.get(); ok && next != '\n' {
			r.pos--
		}
	}
}

// CSVForm says how a CSV file is written: its separator, and whether a program
// that marks or needs an encoding wrote it. A workbook gives a comma and false.
func (b *Book) CSVForm() (comma byte, marked bool) {
	if b.csvFile == nil {
		return ',', false
	}
	return b.csvFile.comma, b.csvFile.chars.marked
}
