package cliniclist

import (
	"strings"

	"kindred/app/sheet"
	"kindred/rules/truth"
)

// reading is a number as a cell gives it, before its unit is applied.
type reading struct {
	value float64
	sign  byte   // 0 exact, '<' below, '>' above, 'l' at most, 'g' at least
	unit  string // as written behind the number; empty when none
}

// span is what the reading leaves possible, times the unit's factor.
func (r reading) span(factor float64) truth.Span {
	v := r.value * factor
	switch r.sign {
	case '<':
		return truth.Below(v)
	case '>':
		return truth.Above(v)
	case 'l':
		return truth.Span{Lo: truth.Any().Lo, Hi: v}
	case 'g':
		return truth.From(v)
	}
	return truth.Exactly(v)
}

// parseReading reads what laboratories and clerks write: 4.9, 4,9, <0.5,
// ">= 10", 174 mg/dL, 5.1 H, 5.1*, 4·9. ok is false for anything else; nothing is
// guessed.
func parseReading(text string) (r reading, ok bool) {
	s := strings.TrimSpace(strings.ReplaceAll(text, "\u00A0", " "))
	for _, p := range [...]struct {
		prefix string
		sign   byte
	}{{"<=", 'l'}, {"≤", 'l'}, {"=<", 'l'}, {">=", 'g'}, {"≥", 'g'}, {"=>", 'g'}, {"<", '<'}, {">", '>'}} {
		if rest, found := strings.CutPrefix(s, p.prefix); found {
			r.sign, s = p.sign, strings.TrimSpace(rest)
			break
		}
	}
	s = midPoint(s)
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] == '.' || s[n] == ',' || n == 0 && s[n] == '-') {
		n++
	}
	number, rest := s[:n], strings.TrimSpace(s[n:])
	if number, ok = plainNumber(number); !ok {
		return reading{}, false
	}
	if r.value, ok = sheet.ParseNumber(number); !ok {
		return reading{}, false
	}
	r.unit, ok = trailer(rest)
	return r, ok
}

// midPoint writes a raised decimal point, as British journals print it, on the
// line.
func midPoint(s string) string {
	const dot = "\u00B7"
	if i := strings.Index(s, dot); i > 0 && s[i-1] >= '0' && s[i-1] <= '9' && strings.Count(s, dot) == 1 {
		return s[:i] + "." + s[i+len(dot):]
	}
	return s
}

// plainNumber turns a decimal comma into a point. A comma before exactly three
// digits may part thousands, so such a number is refused.
func plainNumber(s string) (string, bool) {
	if s == "" || s == "-" {
		return "", false
	}
	i := strings.IndexByte(s, ',')
	if i < 0 {
		return strings.TrimSuffix(s, "."), true
	}
	behind := len(s) - i - 1
	if strings.Count(s, ",") > 1 || strings.IndexByte(s, '.') >= 0 || behind == 0 || behind == 3 {
		return "", false
	}
	return s[:i] + "." + s[i+1:], true
}

// trailer takes what stands behind a number: a unit, a laboratory's flag (H, L,
// *, brackets round them), or both.
func trailer(s string) (unit string, ok bool) {
	for _, word := range strings.Fields(s) {
		switch strings.ToUpper(strings.Trim(word, "()[]*")) {
		case "", "H", "HH", "L", "LL", "N", "HIGH", "LOW", "NORMAL", "ABNORMAL", "A":
			continue
		}
		if !strings.ContainsAny(word, "/%") && !isUnitWord(word) || strings.IndexByte("/0123456789", word[0]) >= 0 || unit != "" {
			return "", false
		}
		unit = strings.Trim(word, "()[]*")
	}
	return unit, true
}

// isUnitWord knows the units that are written without a stroke.
func isUnitWord(word string) bool {
	switch strings.ToLower(strings.Trim(word, "()[].")) {
	case "mg", "y", "yr", "yrs", "years", "year":
		return true
	}
	return false
}

// sameUnit compares units as people write them: "mmol / l", "mmols/litre",
// "MG/DL".
func sameUnit(a, b string) bool { return unitKey(a) == unitKey(b) }

var unitSpelling = strings.NewReplacer(
	" ", "", ".", "", "mmols", "mmol", "millimoles", "mmol",
	"/litre", "/l", "/lit"+"er", "/l", // the second as Americans spell it
	"per", "/", "years", "y", "year", "y", "yrs", "y", "yr", "y", "µ", "u", "μ", "u",
)

func unitKey(u string) string { return unitSpelling.Replace(strings.ToLower(u)) }
