package sketch

import (
	"strings"
	"unicode"
)

// unprintable stands in the place of a character that cannot be shown.
const unprintable = '\ufffd'

// Printable is a text as PDF can hold it: control characters and those beyond
// U+FFFF (emoji, rare ideographs), on which the PDF library gives up, become
// U+FFFD, as does what is not UTF-8.
func Printable(text string) string { return shown(text, '\uffff') }

// shown replaces control characters, non-characters and everything above last.
func shown(text string, last rune) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\t' || c == '\n' || c == '\r':
			return c
		case c > last || c == '\ufffe' || c == '\uffff' || unicode.IsControl(c):
			return unprintable
		}
		return c
	}, text)
}
