package sheet

import (
	"bufio"
	"io"
	"strings"
)

// CSVWriter writes rows as a CSV file that a spreadsheet program opens without
// running anything in it.
type CSVWriter struct {
	out   *bufio.Writer
	comma byte
}

// NewCSVWriter writes to out with the given separator; mark puts a byte order
// mark first, by which Excel knows UTF-8.
func NewCSVWriter(out io.Writer, comma byte, mark bool) (*CSVWriter, error) {
	w := &CSVWriter{out: bufio.NewWriterSize(out, 64<<10), comma: comma}
	if mark {
		if _, err := w.out.Write(bomUTF8); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// Row writes one row.
func (w *CSVWriter) Row(cells []Cell) error {
	for i := range cells {
		if i > 0 {
			w.out.WriteByte(w.comma) // the writer keeps its first error for Flush
		}
		w.field(cells[i])
	}
	_, err := w.out.WriteString("\r\n")
	return err
}

func (w *CSVWriter) field(c Cell) {
	text := c.String()
	if c.Kind == Text || c.Kind == Error {
		text = guard(text)
	}
	if text == "" || !strings.ContainsAny(text, "\"\r\n") && strings.IndexByte(text, w.comma) < 0 && text[0] != ' ' && text[len(text)-1] != ' ' {
		w.out.WriteString(text)
		return
	}
	w.out.WriteByte('"')
	for {
		i := strings.IndexByte(text, '"')
		if i < 0 {
			break
		}
		w.out.WriteString(text[:i+1])
		w.out.WriteByte('"')
		text = text[i+1:]
	}
	w.out.WriteString(text)
	w.out.WriteByte('"')
}

// Flush writes what is still in memory and gives the first error of all.
func (w *CSVWriter) Flush() error { return w.out.Flush() }
