package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

type fileKind uint8

const (
	isZip fileKind = iota
	isText
)

var (
	magicCFB = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	magicZip = []byte("PK\x03\x04")
)

// sniff tells from the first bytes whether f is a zip (a workbook) or text (a
// CSV file), and names the common wrong files.
func sniff(f io.ReaderAt, size int64) (fileKind, error) {
	head := make([]byte, min(size, 4096))
	if n, err := f.ReadAt(head, 0); err != nil && n < len(head) {
		return 0, fmt.Errorf("cannot be read: %w", cause(err))
	}
	low := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n"))
	switch {
	case bytes.HasPrefix(head, magicCFB):
		return 0, sniffCFB(f, size)
	case bytes.HasPrefix(head, magicZip):
		return isZip, nil
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return 0, fmt.Errorf("%w: it is an empty zip archive", ErrNotAWorkbook)
	case len(bytes.Trim(head, "\x00")) == 0:
		return 0, fmt.Errorf("%w: it starts with nothing but zero bytes; ask for the file again", ErrDamaged)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return 0, fmt.Errorf("%w: it is a PDF; ask for the list as .xlsx or .csv", ErrNotAWorkbook)
	case bytes.HasPrefix(head, []byte("{\\rtf")):
		return 0, fmt.Errorf("%w: it is a text document; ask for the list as .xlsx or .csv", ErrNotAWorkbook)
	case bytes.HasPrefix(low, []byte("<!doctype html")), bytes.HasPrefix(low, []byte("<html")),
		bytes.HasPrefix(low, []byte("<table")), bytes.HasPrefix(low, []byte("<?xml")), bytes.HasPrefix(low, []byte("<workbook")):
		return 0, fmt.Errorf("%w: it is a web page or XML file; open it in your spreadsheet program and save it as .xlsx", ErrOldFormat)
	case isBIFF(head):
		return 0, fmt.Errorf("%w: it is an old Excel file (.xls); open it in your spreadsheet program and save it as .xlsx", ErrOldFormat)
	case looksBinary(head):
		return 0, fmt.Errorf("%w: it holds neither a workbook nor text", ErrNotAWorkbook)
	}
	return isText, nil
}

// isBIFF knows the first record of Excel 2 to 4 files, which have no container.
func isBIFF(head []byte) bool {
	return len(head) > 4 && head[0] == 0x09 && (head[1] == 0x00 || head[1] == 0x02 || head[1] == 0x04 || head[1] == 0x08) && head[3] == 0 && (head[2] == 4 || head[2] == 6 || head[2] == 8)
}

// looksBinary: control characters that no text has, unless it is UTF-16.
func looksBinary(head []byte) bool {
	if utf16Order(head) != nil {
		return false
	}
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x0B && c != 0x1A {
			return true
		}
	}
	return false
}

// sniffCFB names what an OLE container holds: a workbook under a password or an
// old .xls. The directory's names are UTF-16; looking for them in the first
// and last megabyte is enough to choose the sentence.
func sniffCFB(f io.ReaderAt, size int64) error {
	const window = 1 << 20
	buf := make([]byte, min(size, window))
	n, _ := f.ReadAt(buf, 0) // a short read only makes the sentence less exact
	buf = buf[:n]
	if size > window {
		tail := make([]byte, window)
		m, _ := f.ReadAt(tail, size-window)
		buf = append(buf, tail[:m]...)
	}
	buf = bytes.ToLower(buf) // some programs write the names in capitals
	has := func(name string) bool { return bytes.Contains(buf, bytes.ToLower(utf16LE(name))) }
	switch {
	case has("EncryptedPackage"), has("EncryptionInfo"):
		return ErrPassword
	case has("Workbook"), has("Book"):
		return fmt.Errorf("%w: it is an old Excel file (.xls); open it in your spreadsheet program and save it as .xlsx", ErrOldFormat)
	case has("WordDocument"):
		return fmt.Errorf("%w: it is a Word document; ask for the list as .xlsx or .csv", ErrNotAWorkbook)
	}
	return fmt.Errorf("%w: it is an old Office file or a damaged one; open it in your spreadsheet program and save it as .xlsx", ErrOldFormat)
}

func utf16LE(s string) []byte {
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		b.WriteByte(0)
	}
	return []byte(b.String())
}
