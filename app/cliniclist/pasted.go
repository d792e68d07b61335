package cliniclist

import (
	"fmt"
	"regexp"
	"strings"

	"kindred/app/identity"
	"kindred/rules"
	"kindred/rules/truth"
)

// Pasted is one line of results as they are copied out of a record: what it
// proposes, or why it proposes nothing.
type Pasted struct {
	Line   string         // as pasted
	Fact   *rules.FactDef // nil when the line names nothing that Kindred measures
	Answer rules.Answer   // with its day, where the line or the heading above gives one
	Remark string         // what was taken for granted: "no unit written"
	Why    string         // why there is no proposal; empty for a proposal
}

var (
	pastedDay   = regexp.MustCompile(`(?i)[(\[]?\b(\d{4}-\d{2}-\d{2}|\d{1,2}[-/. ][a-z]{3,9}[-/., ]+\d{2,4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})\b(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?[)\]]?`)
	pastedValue = regexp.MustCompile(`^(.*?[^\d\s:=])[\s:=]+((?:[<>≤≥]=?\s*)?\d+(?:[.,·]\d+)?)\s*(.*)$`)
	pastedCode  = regexp.MustCompile(`\(([^()]*)\)\s*$`)
	pastedRange = regexp.MustCompile(`[(\[].*$`)
)

// Paster reads pasted results in the words of a dictionary, the same words by
// which a clinic list's columns and code terms are known.
type Paster struct{ v *vocabulary }

// NewPaster learns a dictionary's words.
func NewPaster(d *rules.Dictionary) *Paster { return &Paster{newVocabulary(d)} }

// Read reads a text line by line: "Serum LDL cholesterol level 6.2 mmol/L
// (02-Nov-2026)". A line that is a day alone dates the lines below it. Nothing
// is guessed: a day with two readings, a unit that is not one of the fact's, a
// value outside what is possible each give a reason in place of a proposal.
func (p *Paster) Read(text string, today rules.Date) []Pasted {
	var out []Pasted
	var heading rules.Date
	for _, line := range strings.Split(strings.ReplaceAll(text, "\u00A0", " "), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		rest, day, why := cutDay(line, today)
		if strings.Trim(rest, " \t:,.-") == "" {
			heading = day
			if why != "" {
				out = append(out, Pasted{Line: line, Why: why})
			}
			continue
		}
		if day == "" && why == "" {
			day = heading
		}
		got := p.line(rest)
		got.Line = line
		got.Answer.When = day
		if got.Fact != nil && got.Why == "" {
			got.Why = why
		}
		out = append(out, got)
	}
	return out
}

// cutDay takes the day out of a line.
func cutDay(line string, today rules.Date) (rest string, day rules.Date, why string) {
	at := pastedDay.FindStringSubmatchIndex(line)
	if at == nil {
		return line, "", ""
	}
	rest = strings.TrimSpace(line[:at[0]] + " " + line[at[1]:])
	days, err := identity.ParseDay(line[at[2]:at[3]], today)
	switch {
	case err != nil:
		return rest, "", err.Error()
	case len(days) > 1:
		return rest, "", fmt.Sprintf("the day can be %s or %s", identity.FormatDay(days[0]), identity.FormatDay(days[1]))
	}
	return rest, days[0], ""
}

// line reads a name and its value.
func (p *Paster) line(text string) Pasted {
	m := pastedValue.FindStringSubmatch(text)
	if m == nil {
		return Pasted{Why: "no value in this line"}
	}
	def := p.named(strings.TrimSpace(m[1]))
	if def == nil || def.Type != rules.NumberFact {
		return Pasted{Why: "not a result that is asked for here"}
	}
	out := Pasted{Fact: def, Answer: rules.Answer{Number: truth.Any()}}
	r, ok := parseReading(m[2])
	if !ok {
		out.Why = "the value cannot be read"
		return out
	}
	unit := p.unit(def, strings.TrimSpace(pastedRange.ReplaceAllString(m[3], "")))
	factor := 1.0
	if unit == "" {
		out.Remark = "no unit written, read as " + def.Unit
	} else {
		if factor, ok = def.UnitFactor(unit); !ok {
			out.Why = fmt.Sprintf("%s is not a unit of %s", unit, def.Label)
			return out
		}
		if factor != 1 {
			out.Answer.As = m[2] + " " + unit
		}
	}
	if r.sign != 0 && out.Answer.As == "" {
		out.Answer.As = m[2]
	}
	v := r.value * factor
	switch {
	case !def.Possible.Holds(v):
		out.Why = fmt.Sprintf("outside what is possible (%g to %g %s)", def.Possible.Lo, def.Possible.Hi, def.Unit)
	case unit == "" && !def.Plausible.Holds(v):
		out.Why = fmt.Sprintf("no unit written, and outside what is plausible in %s", def.Unit)
	case !def.Plausible.Holds(v):
		out.Remark = "unusual: check the record"
	}
	out.Answer.Number = r.span(factor)
	return out
}

// named finds the fact a line is about, by its words or by the code behind
// them.
func (p *Paster) named(name string) *rules.FactDef {
	if m := pastedCode.FindStringSubmatch(name); m != nil {
		if id := p.v.codes[codeKey(m[1])]; id != "" {
			return p.v.dict.Fact(id)
		}
		if def := p.fact(name); def != nil {
			return def
		}
		name = strings.TrimSpace(pastedCode.ReplaceAllString(name, ""))
	}
	return p.fact(strings.TrimRight(name, " -–:,"))
}

func (p *Paster) fact(name string) *rules.FactDef {
	found, _ := p.v.understand(name)
	if len(found) != 1 || found[0].use != FactUse {
		return nil
	}
	return p.v.dict.Fact(found[0].fact)
}

// unit is the unit a text begins with: one of the fact's, or the first word
// when that looks like one.
func (p *Paster) unit(def *rules.FactDef, text string) string {
	first, _, _ := strings.Cut(text, " ")
	for _, u := range p.v.units {
		if len(text) >= len(u) && strings.EqualFold(text[:len(u)], u) && (len(text) == len(u) || !inUnit(text[len(u)])) {
			return u
		}
	}
	if strings.Contains(first, "/") {
		return first
	}
	return ""
}

func inUnit(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '/' }
