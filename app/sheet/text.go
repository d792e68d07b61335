package sheet

import (
	"bytes"
	"unicode/utf8"
)

// appendText appends a cell's text as a reader sees it: entities resolved,
// Excel's _x000D_ escapes undone, line ends as \n, no NUL, valid UTF-8.
func appendText(dst, raw []byte, isCDATA bool) ([]byte, error) {
	start := len(dst)
	if isCDATA {
		dst = append(dst, raw...)
	} else {
		var err error
		if dst, err = appendDecoded(dst, raw); err != nil {
			return dst, err
		}
	}
	return append(dst[:start], cleanText(dst[start:])...), nil
}

// cleanText may write over b; the result is never longer.
func cleanText(b []byte) []byte {
	b = lineEnds(b)
	if bytes.Contains(b, []byte("_x")) {
		b = lineEnds(unescape(b))
	}
	if bytes.IndexByte(b, 0) >= 0 {
		b = bytes.ReplaceAll(b, []byte{0}, nil)
	}
	if !utf8.Valid(b) {
		for i := 0; i < len(b); {
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 {
				b[i] = '?'
			}
			i += n
		}
	}
	return b
}

// unescape undoes _xHHHH_, by which Excel writes characters that XML cannot.
func unescape(b []byte) []byte {
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if b[i] == '_' && i+6 < len(b) && b[i+1] == 'x' && b[i+6] == '_' {
			if r, ok := runeOf(b[i+2:i+6], 16); ok {
				out = utf8.AppendRune(out, r)
				i += 6
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}

// lineEnds makes every line end one \n.
func lineEnds(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
}
