package sheet

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var bomUTF8 = []byte("\xEF\xBB\xBF")

// charset is how a text file writes its characters.
type charset struct {
	decoder *encoding.Decoder // nil for UTF-8
	skip    int64             // bytes of byte order mark
	marked  bool              // written by a program that marks or needs an encoding
}

// detectCharset goes by the byte order mark, then by the zero bytes of UTF-16;
// what is not wholly valid UTF-8 is read as Windows-1252, the set of older
// Windows programs.
func detectCharset(f io.ReaderAt, size int64) (charset, error) {
	head := make([]byte, min(size, 4096))
	if n, err := f.ReadAt(head, 0); err != nil && n < len(head) {
		return charset{}, fmt.Errorf("cannot be read: %w", cause(err))
	}
	if bytes.HasPrefix(head, bomUTF8) {
		return charset{skip: 3, marked: true}, nil
	}
	if e := utf16Order(head); e != nil {
		return charset{decoder: e.NewDecoder(), marked: true}, nil
	}
	ok, err := validUTF8(io.NewSectionReader(f, 0, size))
	if err != nil {
		return charset{}, err
	}
	if ok {
		return charset{}, nil
	}
	return charset{decoder: charmap.Windows1252.NewDecoder(), marked: true}, nil
}

// utf16Order knows UTF-16 by its mark, or by every other byte of the first few
// being zero; nil for anything else.
func utf16Order(head []byte) encoding.Encoding {
	switch {
	case len(head) < 4:
		return nil
	case head[0] == 0xFF && head[1] == 0xFE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case head[0] == 0xFE && head[1] == 0xFF:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	var even, odd int
	pairs := min(len(head), 200) / 2
	for i := range pairs {
		if head[2*i] == 0 {
			even++
		}
		if head[2*i+1] == 0 {
			odd++
		}
	}
	switch {
	case odd == pairs && even == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case even == pairs && odd == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

func validUTF8(r io.Reader) (bool, error) {
	buf := make([]byte, 256<<10)
	kept := 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		last := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !last {
			return false, fmt.Errorf("cannot be read: %w", cause(err))
		}
		b := buf[:kept+n]
		whole := len(b)
		if !last { // a character may be cut by the buffer's end
			for back := 1; back < utf8.UTFMax && back <= len(b); back++ {
				if utf8.RuneStart(b[len(b)-back]) {
					if !utf8.FullRune(b[len(b)-back:]) {
						whole = len(b) - back
					}
					break
				}
			}
		}
		if !utf8.Valid(b[:whole]) {
			return false, nil
		}
		if last {
			return true, nil
		}
		kept = copy(buf, b[whole:])
	}
}
