// Package sheet gives typed cells out of workbooks (.xlsx, .xlsm) and CSV
// files, row by row, and writes safe workbooks and CSV files.
//
// Reading streams: a sheet is inflated and scanned in one pass, and neither
// reading nor writing ever puts a patient's data into a temporary file. What
// cannot be read wholly is an error; a row is never dropped in silence.
package sheet

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// Kind says what a cell holds.
type Kind uint8

// The kinds of cells. A date or time is told from a number by the cell's
// number format; in a CSV file everything is Text.
const (
	Empty    Kind = iota
	Text          // Cell.Text
	Number        // Cell.Num
	Bool          // Cell.Num is 1 or 0
	Date          // Cell.Num is a serial day of the 1900 system, fraction = time of day
	TimeOnly      // Cell.Num is a fraction of a day
	Error         // Cell.Text is the error as the workbook shows it: "#N/A"
)

// Cell is one typed value.
type Cell struct {
	Kind Kind
	Num  float64
	Text string
}

// Row is one row of a sheet. Cells starts at column A; trailing empty cells
// are left out. Cells is valid until the next call of Rows.Next, the strings
// in it for ever.
type Row struct {
	Number int // as the spreadsheet program shows it, from 1; in a CSV file the line the row starts on
	Hidden bool
	Short  bool // a CSV file's last line that lacks its line end
	Cells  []Cell
}

// Info describes one sheet of a book.
type Info struct {
	Name   string
	Hidden bool
}

// Rows walks the rows of one sheet from top to bottom.
type Rows interface {
	// Next moves to the next row that has any cell; false at the end or on an error.
	Next() bool
	// Row is the row Next moved to.
	Row() *Row
	// Err is the first error; nil only when the sheet was read to its very end.
	Err() error
	// Close frees what the walk holds.
	Close() error
}

// Book is an open workbook or CSV file.
type Book struct {
	name    string
	sheets  []Info
	rows    func(sheet int) (Rows, error)
	close   func() error
	csvFile *csvFile // nil for a workbook
}

// Open looks at what the file holds (not at its name) and opens it. Errors are
// whole sentences that name the file and say what to do.
func Open(path string) (*Book, error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	switch {
	case os.IsNotExist(err):
		return nil, &FileError{File: name, Err: ErrNotFound}
	case err != nil:
		return nil, &FileError{File: name, Err: fmt.Errorf("cannot be opened: %w", cause(err))}
	case info.IsDir():
		return nil, &FileError{File: name, Err: fmt.Errorf("%w: it is a folder", ErrNotAWorkbook)}
	case info.Size() == 0:
		return nil, &FileError{File: name, Err: ErrEmpty}
	case info.Size() > maxFileBytes:
		return nil, &FileError{File: name, Err: fmt.Errorf("%w: the file has %d MB, at most %d MB can be read", ErrTooLarge, info.Size()>>20, maxFileBytes>>20)}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &FileError{File: name, Err: fmt.Errorf("cannot be opened: %w", cause(err))}
	}
	b, err := open(f, info.Size(), name)
	if err != nil {
		_ = f.Close() // the error that matters is the one that stopped the opening
		return nil, &FileError{File: name, Err: err}
	}
	return b, nil
}

// open chooses the reader by content.
func open(f *os.File, size int64, name string) (*Book, error) {
	kind, err := sniff(f, size)
	if err != nil {
		return nil, err
	}
	if kind == isZip {
		return openWorkbook(f, size, name)
	}
	return openCSV(f, size, name)
}

// Name is the file's name without its folder.
func (b *Book) Name() string { return b.name }

// IsCSV reports whether the book is a CSV file (one nameless sheet).
func (b *Book) IsCSV() bool { return b.csvFile != nil }

// Sheets lists the sheets that hold cells, in the order of the tabs.
func (b *Book) Sheets() []Info { return b.sheets }

// Rows starts a walk through sheet number i of Sheets.
func (b *Book) Rows(i int) (Rows, error) {
	if i < 0 || i >= len(b.sheets) {
		return nil, &FileError{File: b.name, Err: fmt.Errorf("has no sheet number %d", i+1)}
	}
	r, err := b.rows(i)
	if err != nil {
		return nil, &FileError{File: b.name, Sheet: b.sheets[i].Name, Err: err}
	}
	return r, nil
}

// Close closes the file.
func (b *Book) Close() error { return b.close() }

// String is the cell as a person would read it: numbers in their shortest
// form, dates as 2006-01-02.
func (c Cell) String() string {
	switch c.Kind {
	case Text, Error:
		return c.Text
	case Number:
		return FormatNumber(c.Num)
	case Bool:
		if c.Num != 0 {
			return "TRUE"
		}
		return "FALSE"
	case Date:
		return FormatDate(c.Num)
	case TimeOnly:
		return formatTime(c.Num)
	}
	return ""
}

// FormatNumber writes v in the fewest digits that read back as v, without an
// exponent where a person would not write one.
func FormatNumber(v float64) string {
	b := strconv.AppendFloat(nil, v, 'f', -1, 64)
	if len(b) > 21 {
		b = strconv.AppendFloat(b[:0], v, 'g', -1, 64)
	}
	return string(b)
}

// ColumnName gives the letters of column i, counted from 0: A, B … AA.
func ColumnName(i int) string {
	var b [4]byte
	n := len(b)
	for i++; i > 0; i = (i - 1) / 26 {
		n--
		b[n] = byte('A' + (i-1)%26)
	}
	return string(b[n:])
}
