package sheet

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// What can be wrong with a file. Each reads on after the file's name and says
// what to do; test with errors.Is.
var (
	ErrNotFound     = errors.New("was not found")
	ErrEmpty        = errors.New("is empty: there is nothing in it to read")
	ErrNotAWorkbook = errors.New("is not a workbook or CSV file that can be read")
	ErrPassword     = errors.New("is protected with a password: open it in your spreadsheet program, remove the password under File, Info, Protect Workbook, save it and try again")
	ErrOldFormat    = errors.New("is in a format that is not read here")
	ErrDamaged      = errors.New("is damaged or cut off")
	ErrTooLarge     = errors.New("is too large to be a clinic list")
)

// FileError says which file, sheet and row an error belongs to.
type FileError struct {
	File  string // name without folder
	Sheet string // empty for a CSV file or the whole book
	Row   int    // 0 when about no single row
	Err   error
}

// Error is one sentence: file, sheet, row, what is wrong.
func (e *FileError) Error() string {
	return e.Where() + " " + e.Err.Error()
}

// Where names the place: `list.xlsx, sheet "LDL", row 17:`; without a row the
// sentence reads on after the name.
func (e *FileError) Where() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Sheet != "" {
		fmt.Fprintf(&b, ", sheet %q", e.Sheet)
	}
	if e.Row > 0 {
		fmt.Fprintf(&b, ", row %d:", e.Row)
	} else if e.Sheet != "" {
		b.WriteByte(',')
	}
	return b.String()
}

// Unwrap gives the error itself.
func (e *FileError) Unwrap() error { return e.Err }

// damaged makes an ErrDamaged that says where the reading stopped.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s; ask for the file again", ErrDamaged, fmt.Sprintf(format, args...))
}

// cause strips the path from a file system error: the sentence names the file
// already, and a folder may carry a patient's name.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
