package exchange

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// plainText brings a file to UTF-8 with a line feed after each line, whatever
// system wrote it. note says what had to be assumed; the error that it is no
// text at all.
func plainText(data []byte) (text, note string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		text = decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		text = decodeUTF16(data[2:], binary.BigEndian)
	default:
		text = string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	}
	if strings.IndexByte(text, 0) >= 0 {
		return "", "", Problems{{0, "this is not a text file"}}
	}
	if !utf8.ValidString(text) {
		note = "letters with accents may be wrong: the file is not in UTF-8 and was read as Windows-1252"
		text = latin(text)
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), note, nil
}

// latin reads Windows-1252, of which Latin-1 is the part above 0x9f.
func latin(text string) string {
	upper := []rune("€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ")
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 0x80 && c < 0xa0:
			b.WriteRune(upper[c-0x80])
		default:
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// sortedNames lists what was marked, in the order of the alphabet.
func sortedNames(set map[string]bool) []string {
	var out []string
	for what := range set {
		out = append(out, what)
	}
	slices.Sort(out)
	return out
}

// oneLine keeps a name from starting a line of its own.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// isAge tells whether a value is an age as files write it: digits, perhaps with a
// decimal point. "NaN", "Inf", "-5" and "1e300" are numbers to a computer only.
func isAge(v string) bool {
	_, err := strconv.ParseFloat(v, 64)
	return err == nil && strings.Trim(v, "0123456789.") == ""
}
