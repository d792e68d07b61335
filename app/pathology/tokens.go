package pathology

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word or sign of a report.
type token struct {
	text     string // small letters; of a sign the sign itself, of a line end "\n"
	from, to int    // bytes of the report
	word     bool
}

// tokens cuts a report into words and signs. A hyphen inside a word parts two
// words; one that ends a word, as in "MLH1-", is a sign of its own, because
// laboratories write results so.
func tokens(text string) []token {
	var out []token
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\n':
			out = append(out, token{text: "\n", from: i, to: i + n})
		case unicode.IsSpace(r):
		case letter(r):
			j := i + n
			for j < len(text) {
				r, m := utf8.DecodeRuneInString(text[j:])
				if !letter(r) {
					break
				}
				j += m
			}
			w := strings.ReplaceAll(strings.ToLower(text[i:j]), "’", "'")
			out = append(out, token{text: strings.TrimSuffix(w, "'s"), from: i, to: j, word: true})
			i = j
			continue
		case dash(r):
			if sign := dashIsSign(text, i, n); sign {
				out = append(out, token{text: "-", from: i, to: i + n})
			} else if !joins(text, i, n) {
				out = append(out, token{text: ":", from: i, to: i + n}) // "MLH1 - lost" reads like a colon
			}
		case r == '+':
			sign := "+"
			if plusIsList(text, i, n) {
				sign = "&"
			}
			out = append(out, token{text: sign, from: i, to: i + n})
		case r == '.':
			if endsSentence(text, i, n) {
				out = append(out, token{text: ".", from: i, to: i + n})
			}
		case strings.ContainsRune(",;:()/&?=|!", r):
			s := string(r)
			switch s {
			case "=":
				s = ":"
			case "!":
				s = "."
			}
			out = append(out, token{text: s, from: i, to: i + n})
		}
		i += n
	}
	return out
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’' }

func dash(r rune) bool { return r == '-' || r >= '‐' && r <= '―' || r == '−' }

func after(text string, i int) rune {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

func before(text string, i int) rune {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r
}

// joins tells a hyphen inside a word, which only parts it.
func joins(text string, i, n int) bool { return letter(before(text, i)) && letter(after(text, i+n)) }

// dashIsSign tells a minus that stands for a result: right behind a word or in
// brackets, and no word behind it.
func dashIsSign(text string, i, n int) bool {
	b, a := before(text, i), after(text, i+n)
	if b == '(' {
		return a == ')' || dash(a)
	}
	if dash(b) {
		return !letter(a) && a != ' '
	}
	return letter(b) && !letter(a) || b == ' ' && strings.ContainsRune(",;/)\n", a)
}

// plusIsList tells "MLH1 + PMS2" from "MLH1+".
func plusIsList(text string, i, n int) bool {
	rest := strings.TrimLeft(text[i+n:], " ")
	return rest != "" && letter(after(rest, 0)) && (before(text, i) == ' ' || letter(after(text, i+n)))
}

// endsSentence tells a full stop from the point in "p.V600E" or "0.5".
func endsSentence(text string, i, n int) bool {
	if i+n >= len(text) {
		return true
	}
	a := after(text, i+n)
	return unicode.IsSpace(a) || unicode.IsUpper(a) && unicode.IsLower(before(text, i)) && !single(text, i)
}

// single tells a point behind one letter, as in "p.V600E".
func single(text string, i int) bool {
	_, n := utf8.DecodeLastRuneInString(text[:i])
	return i-n <= 0 || !letter(before(text, i-n))
}
