package sheet

import (
	"io"
	"strings"
)

// CSVWriter writes rows as a CSV file that a spreadsheet program opens without
// running anything in it.
type CSVWriter struct {
	out   io.Writer
	comma byte
	buf   []byte
}

// NewCSVWriter writes to out with the given separator; mark puts a byte order
// mark first, by which Excel knows UTF-8.
func NewCSVWriter(out io.Writer, comma byte, mark bool) *CSVWriter {
	w := &CSVWriter{out: out, comma: comma}
	if mark {
		w.buf = append(w.buf, bomUTF8...)
	}
	return w
}

// Row writes one row.
func (w *CSVWriter) Row(cells []Cell) error {
	for i := range cells {
		if i > 0 {
			w.buf = append(w.buf, w.comma)
		}
		w.field(cells[i])
	}
	w.buf = append(w.buf, '\r', '\n')
	if len(w.buf) < 64<<10 {
		return nil
	}
	return w.Flush()
}

func (w *CSVWriter) field(c Cell) {
	text := c.String()
	if c.Kind == Text || c.Kind == Error {
		text = guard(text)
	}
	if text == "" || !strings.ContainsAny(text, "\"\r\n") && strings.IndexByte(text, w.comma) < 0 && text[0] != ' ' && text[len(text)-1] != ' ' {
		w.buf = append(w.buf, text...)
		return
	}
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, strings.ReplaceAll(text, `"`, `""`)...)
	w.buf = append(w.buf, '"')
}

// Flush writes what is still in memory.
func (w *CSVWriter) Flush() error {
	_, err := w.out.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}
