package typed

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"kindred/rules"
	"kindred/rules/truth"
)

// Number is a number as it was typed.
type Number struct {
	State State
	Span  truth.Span // in the fact's own unit
	As    string     // the text, where it says more than the number ("<0.5", "313 mg/dL")
	Echo  string     // what was understood or what is wrong, for beside the box
	Cures []Cure
}

// ReadNumber reads a number for a fact: "6.3", "6,3", "<0.5", "313 mg/dL".
func ReadNumber(text string, def *rules.FactDef) Number {
	t := strings.TrimSpace(text)
	if t == "" {
		return Number{}
	}
	sign, body := cutSign(t)
	digits, unit := cutUnit(body)
	v, err := strconv.ParseFloat(strings.Replace(digits, ",", ".", 1), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return Number{State: Unreadable, Echo: "A number is needed, for example " + example(def)}
	}
	factor, ok := def.UnitFactor(unit)
	if !ok {
		return Number{State: Unreadable, Echo: fmt.Sprintf("%s is not a unit of this value; use %s", unit, def.Unit)}
	}
	v *= factor
	n := Number{State: Good, Span: truth.Exactly(v)}
	switch sign {
	case "<":
		n.Span = truth.Below(v)
		n.Echo = "kept as “below " + format(v, def.Decimals) + "”"
	case ">":
		n.Span = truth.Above(v)
		n.Echo = "kept as “above " + format(v, def.Decimals) + "”"
	}
	if sign != "" || factor != 1 {
		n.As = t
	}
	if factor == 1 && sign == "" && decimals(digits) > decimals(format(v, def.Decimals)) {
		n.As = strings.Replace(digits, ",", ".", 1) // decimals are kept as the laboratory reported them
	}
	if factor != 1 {
		n.Echo = "read as " + format(v, def.Decimals) + " " + def.Unit
	}
	return judge(n, v, factor == 1, def)
}

// decimals is how many figures stand behind the point or comma.
func decimals(digits string) int {
	at := strings.IndexAny(digits, ".,")
	if at < 0 {
		return 0
	}
	return len(digits) - at - 1
}

// judge compares with what is possible and what is plausible.
func judge(n Number, v float64, ownUnit bool, def *rules.FactDef) Number {
	switch {
	case !def.Possible.Holds(v):
		n.State = Impossible
		n.Echo = fmt.Sprintf("Outside %s to %s %s: not used", short(def.Possible.Lo), short(def.Possible.Hi), def.Unit)
		if ownUnit {
			n.Cures = unitCures(v, def)
			if len(n.Cures) > 0 {
				n.Echo = def.Units[0].Name + "?"
			}
		}
	case !def.Plausible.Holds(v):
		n.State = Unusual
		if v > def.Plausible.Hi {
			n.Echo = "Above " + short(def.Plausible.Hi) + ". Keep?"
		} else {
			n.Echo = "Below " + short(def.Plausible.Lo) + ". Keep?"
		}
		if ownUnit {
			n.Cures = unitCures(v, def)
		}
	}
	return n
}

// unitCures offers the number as if it had been given in another unit, where
// that makes it plausible.
func unitCures(v float64, def *rules.FactDef) []Cure {
	for _, u := range def.Units {
		if w := v * u.Factor; def.Plausible.Holds(w) {
			text := format(w, 1)
			return []Cure{{Label: "Make it " + text, Text: text}}
		}
	}
	return nil
}

func cutSign(t string) (sign, rest string) {
	for _, s := range []struct{ mark, sign string }{
		{"<", "<"}, {">", ">"}, {"below", "<"}, {"above", ">"}, {"under", "<"}, {"over", ">"},
	} {
		if rest, ok := strings.CutPrefix(strings.ToLower(t), s.mark); ok {
			return s.sign, strings.TrimSpace(t[len(t)-len(rest):])
		}
	}
	return "", t
}

func cutUnit(t string) (digits, unit string) {
	end := 0
	for end < len(t) && (t[end] >= '0' && t[end] <= '9' || t[end] == '.' || t[end] == ',' || t[end] == '-' && end == 0) {
		end++
	}
	return t[:end], strings.TrimSpace(t[end:])
}

func example(def *rules.FactDef) string {
	v := def.Plausible.Lo
	if def.Plausible.Hi > def.Plausible.Lo {
		v = def.Plausible.Lo + (def.Plausible.Hi-def.Plausible.Lo)/4
	}
	return strings.TrimSpace(format(v, min(def.Decimals, 1)) + " " + def.Unit)
}

// format writes a value with at most the given decimals; where a fact has two,
// at least one is shown ("8.0 mmol/L", but "40 mg").
func format(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(s, "0")
		if strings.HasSuffix(s, ".") && decimals > 1 {
			return s + "0"
		}
	}
	return strings.TrimSuffix(s, ".")
}

// short writes the end of a range: no more digits than it has.
func short(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Range words the plausible range of a fact for beside its box: "1 to 20".
func Range(def *rules.FactDef) string {
	if !def.Plausible.Set {
		return ""
	}
	lo, hi := short(def.Plausible.Lo), short(def.Plausible.Hi)
	if def.Decimals > 1 {
		lo, hi = oneDecimal(lo), oneDecimal(hi)
	}
	return lo + " to " + hi
}

func oneDecimal(s string) string {
	if strings.Contains(s, ".") {
		return s
	}
	return s + ".0"
}

// Show writes a span back as a person would type it into a box.
func Show(s truth.Span, decimals int) string {
	below := s.Hi != math.Inf(1) && s.Lo == math.Inf(-1)
	above := s.Lo != math.Inf(-1) && s.Hi == math.Inf(1)
	switch {
	case s.IsAny():
		return ""
	case s.IsExact():
		return format(s.Lo, decimals)
	case below:
		return "<" + format(math.Nextafter(s.Hi, math.Inf(1)), decimals)
	case above:
		return ">" + format(s.Lo, decimals)
	}
	return format(s.Lo, decimals) + "-" + format(s.Hi, decimals)
}
