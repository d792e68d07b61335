package rules

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// Turning rules and answers into words.

// sentence starts a text with a capital letter.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// lowered starts a label with a small letter, unless it starts with an
// abbreviation ("LDL cholesterol", "FH gene test").
func lowered(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	if n == 0 || !unicode.IsLower(second) && second != ' ' {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// numeral prints a number for people: up to three decimals, no needless zeros.
func numeral(v float64) string {
	s := strconv.FormatFloat(v, 'f', 3, 64)
	s = strings.TrimRight(s, "0")
	return strings.TrimSuffix(s, ".")
}

// spanText prints what a number can still be.
func spanText(s truth.Span) string {
	switch {
	case s == noNumber:
		return "Not used"
	case s.IsAny():
		return "Not known"
	case s.IsExact():
		return numeral(s.Lo)
	case math.IsInf(s.Hi, 1):
		if v, ok := shorter(s.Lo, math.Inf(-1)); ok {
			return "over " + numeral(v)
		}
		return "at least " + numeral(s.Lo)
	case math.IsInf(s.Lo, -1):
		if v, ok := shorter(s.Hi, math.Inf(1)); ok {
			return "under " + numeral(v)
		}
		return "up to " + numeral(s.Hi)
	}
	return numeral(s.Lo) + " to " + numeral(s.Hi)
}

// valueText is what was measured, with its unit. A concentration in mmol/L
// keeps one decimal, as laboratories print it.
func valueText(v truth.Span, unit string) string {
	return withUnit(amount(v, unit), unit)
}

func amount(v truth.Span, unit string) string {
	text := spanText(v)
	if unit == "mmol/L" && v.IsExact() && v != noNumber && !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// Amount is a measured number of the fact as reasons print it, without the
// unit: "6.3", "under 0.5", "Not known".
func (f *FactDef) Amount(v truth.Span) string { return amount(v, f.Unit) }

// withUnit adds a unit unless the number is not known.
func withUnit(text, unit string) string {
	if unit == "" || text == "Not known" || text == "Not used" {
		return text
	}
	return text + " " + unit
}

// yesNoText is Yes, No or Not known.
func yesNoText(k truth.K) string {
	switch k {
	case truth.Yes:
		return "Yes"
	case truth.No:
		return "No"
	}
	return "Not known"
}

// choiceText names what a choice can still be.
func choiceText(f *FactDef, mask, full uint32) string {
	if mask == full {
		return "Not known"
	}
	if mask == 0 {
		return "Not used"
	}
	var out []string
	for i := range f.Choices {
		if mask>>i&1 != 0 {
			out = append(out, f.Choices[i].Label)
		}
	}
	return strings.Join(out, " or ")
}

// comparedWords are comparisons as people read them.
var comparedWords = [...]string{cmpOver: "above", cmpUnder: "below", cmpAtLeast: "at least", cmpAtMost: "at most"}

// label is what a number is called: a derived untreated value goes by the name
// of what was measured.
func (a *Area) label(f *FactDef) string {
	if f.untreatedOf != "" {
		return a.dict.factByID[f.untreatedOf].Label
	}
	return f.Label
}

// brief is the short name of a fact.
func (a *Area) brief(f *FactDef) string {
	if f.untreatedOf != "" {
		return a.dict.factByID[f.untreatedOf].Short
	}
	return f.Short
}

// lineText prints a threshold as it stands for this case: "4.9 mmol/L", "4 or
// 4.9 mmol/L" while its deciding fact is not known.
func (a *Area) lineText(s *state, i int32) string {
	t, v := &a.thresholds[i], s.lines[i]
	text := numeral(v.Lo)
	if v.Lo != v.Hi {
		text += " or " + numeral(v.Hi)
	}
	if t.unit != "" {
		text += " " + t.unit
	}
	return text
}

// clause puts one line into words for this case.
func (a *Area) clause(s *state, e *expr) string {
	switch e.kind {
	case leafFact:
		if e.not {
			return "Not: " + lowered(a.label(e.fact))
		}
		return a.label(e.fact)
	case leafNumber:
		return a.label(e.fact) + " " + comparedWords[e.cmp] + " " + a.lineText(s, e.param)
	case leafChoice:
		return a.label(e.fact) + isWords(e.not) + choiceText(e.fact, uint32(e.mask), 0)
	case leafScore:
		return a.scores[e.ref].def.name + " " + comparedWords[e.cmp] + " " + a.lineText(s, e.param)
	case leafBand:
		return a.scores[e.ref].def.name + isWords(e.not) + strings.Join(e.values, " or ")
	case leafPathway:
		if e.not {
			return a.pathways[e.ref].def.name + ": no germline test offered"
		}
		return a.pathways[e.ref].def.name + ": germline test offered"
	case leafStep:
		w := &a.pathways[e.ref]
		var steps []string
		for _, v := range e.values {
			if at, ok := w.stepOf[v]; ok {
				steps = append(steps, w.def.steps[at].Text)
			}
		}
		return w.def.name + isWords(e.not) + strings.Join(steps, " or ")
	case leafCriterion:
		name := a.criteria[e.ref].name
		if e.not {
			return "Not: " + name
		}
		return name
	}
	return sentence(e.line)
}

func isWords(not bool) string {
	if not {
		return " is not: "
	}
	return ": "
}

// relationNames are the relation words as a sentence begins with them.
var relationNames = func() map[string]string {
	out := map[string]string{}
	for _, w := range family.Relations() {
		out[w] = sentence(w)
	}
	return out
}()

// who names a person of the family: "Patient", "Father", "Maternal aunt".
func who(g *family.Graph, i int) string {
	if i < 0 || i >= g.Len() {
		return ""
	}
	if i == g.Patient() {
		return "Patient"
	}
	if r := g.Member(i).Relation; r != "" {
		if w, err := family.ParseRelation(r); err == nil {
			return relationNames[w.Text]
		}
	}
	words := placeWords[g.Classes(i)]
	name := words[g.SexOf(i)]
	if name == "" {
		return sentence(g.Member(i).ID)
	}
	if side := g.Sides(i); (side == family.Maternal || side == family.Paternal) && g.Classes(i) != family.Parent {
		name = side.String() + " " + name
	}
	return sentence(name)
}

// placeWords names places in a family by sex at birth.
var placeWords = map[family.Classes][3]string{
	family.Parent:           {"parent", "mother", "father"},
	family.Sibling:          {"sibling", "sister", "brother"},
	family.Child:            {"child", "daughter", "son"},
	family.HalfSibling:      {"half-sibling", "half-sister", "half-brother"},
	family.Grandparent:      {"grandparent", "grandmother", "grandfather"},
	family.Grandchild:       {"grandchild", "granddaughter", "grandson"},
	family.AuntOrUncle:      {"aunt or uncle", "aunt", "uncle"},
	family.NieceOrNephew:    {"niece or nephew", "niece", "nephew"},
	family.Cousin:           {"cousin", "cousin", "cousin"},
	family.GreatGrandparent: {"great-grandparent", "great-grandmother", "great-grandfather"},
	family.GreatAuntOrUncle: {"great-aunt or great-uncle", "great-aunt", "great-uncle"},
}

// String is the reason in one line, as it stands in JSON.
func (r Reason) String() string {
	var b strings.Builder
	if r.Who != "" {
		b.WriteString(r.Who)
		b.WriteString(": ")
	}
	b.WriteString(r.Clause)
	if r.Value != "" {
		b.WriteString(": ")
		b.WriteString(r.Value)
	}
	open := " ("
	for _, part := range [...]string{r.Basis, string(r.When), r.Source} {
		if part != "" {
			b.WriteString(open)
			b.WriteString(part)
			open = "; "
		}
	}
	if open != " (" {
		b.WriteByte(')')
	}
	return b.String()
}
