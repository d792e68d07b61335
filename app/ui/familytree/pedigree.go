package familytree

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kindred/app/exchange"
	"kindred/app/sketch"
	"kindred/app/ui/typed"
	"kindred/app/ui/words"
	"kindred/rules"
	"kindred/rules/truth"
)

// mostLines is how many lines stand under a symbol, the age included.
const mostLines = 4

// lineLetters is how long a line under a symbol may be.
const lineLetters = 18

// Pedigree turns a case into what is drawn: under each symbol the name where
// names are wanted, the age, then what is known, then in its own tone what is
// missing. The error says what cannot be so in a family.
func Pedigree(c *rules.Case, d *rules.Dictionary, names bool) (*sketch.Pedigree, error) {
	f, err := exchange.FromCase(c, d)
	if err != nil {
		return nil, fmt.Errorf("drawing the family: %w", err)
	}
	show := exchange.CaseKey(d)
	p := f.Pedigree(show)
	for i := range p.People {
		if i < len(c.People) && c.People[i].ID == p.People[i].ID {
			p.People[i].Lines = lines(&c.People[i], d)
			if name := c.People[i].Name; names && name != "" {
				p.People[i].Lines = append(wrapped(name, sketch.Ink), p.People[i].Lines...)
			}
		}
	}
	return p, nil
}

// remark puts the remarks under the age.
func (t *Pane) remark(ped *sketch.Pedigree, names bool) {
	for i := range ped.People {
		p := &ped.People[i]
		text := t.Remarks[p.ID]
		if text == "" || len(p.Lines) == 0 || i >= len(t.family.People) {
			continue
		}
		age := 0
		if names {
			age = len(wrapped(t.family.People[i].Name, sketch.Ink))
		}
		p.Lines = slices.Insert(p.Lines, age+1, wrapped(text, sketch.Petrol)...)
	}
}

// lines are what stands under a symbol.
func lines(p *rules.Person, d *rules.Dictionary) []sketch.Line {
	out := []sketch.Line{ageLine(p)}
	found := findings(p, d)
	for i, f := range found {
		left := len(found) - i
		room := mostLines - len(out)
		if left > 1 {
			room-- // for "and 2 more"
		}
		if len(f) > room {
			more := fmt.Sprintf("and %d more", left)
			if i == 0 {
				more = words.Plural(left, "finding", "findings")
			}
			return append(out, sketch.Line{Text: more, Tone: sketch.Muted})
		}
		out = append(out, f...)
	}
	return out
}

func ageLine(p *rules.Person) sketch.Line {
	age := ""
	if !p.Age.IsAny() {
		age = years(p.Age)
		if last := age[len(age)-1]; last >= '0' && last <= '9' {
			age += " y"
		}
	}
	switch {
	case p.Pregnancy != "" && p.Pregnancy != "ongoing":
		return sketch.Line{Text: p.Pregnancy, Tone: sketch.Ink}
	case p.Pregnancy == "ongoing":
		return sketch.Line{Text: "pregnancy", Tone: sketch.Ink}
	case p.Count != 0 && p.Count != 1 && age == "":
		return sketch.Line{Text: "ages not known", Tone: sketch.Unsure}
	case age == "" && p.Alive == truth.No:
		return sketch.Line{Text: "d., age not known", Tone: sketch.Unsure}
	case age == "":
		return sketch.Line{Text: "age not known", Tone: sketch.Unsure}
	case p.Alive == truth.No:
		return sketch.Line{Text: "d. " + age, Tone: sketch.Ink}
	}
	return sketch.Line{Text: age, Tone: sketch.Ink}
}

// findings are what the person had, each in one or more lines.
func findings(p *rules.Person, d *rules.Dictionary) [][]sketch.Line {
	var out [][]sketch.Line
	add := func(text string, age truth.Span, aged bool) {
		if aged && !age.IsAny() {
			text += " " + strings.ReplaceAll(years(age), " ", unbroken)
		}
		f := wrapped(text, sketch.Muted)
		if aged && age.IsAny() {
			f = append(f, sketch.Line{Text: "age not known", Tone: sketch.Unsure})
		}
		out = append(out, f)
	}
	for _, id := range slices.Sorted(maps.Keys(p.Facts)) {
		if strings.HasPrefix(id, "genetics.") && p.Facts[id].Choice == "positive" {
			if def := d.Fact(id); def != nil {
				add(strings.TrimSuffix(def.Label, " gene test")+" variant", truth.Any(), false)
			}
		}
	}
	var seen []string
	for i := range p.Conditions {
		c := &p.Conditions[i]
		switch c.Present {
		case truth.Yes:
			seen = append(seen, c.Name)
			def := d.Condition(c.Name)
			add(conditionWords(def, c.Name), c.Age, def == nil || def.Topic != "cholesterol")
		case truth.Unknown:
			f := wrapped(conditionWords(d.Condition(c.Name), c.Name)+": not known", sketch.Unsure)
			out = append(out, f)
		}
	}
	for i := range p.Tumours {
		t := &p.Tumours[i]
		if def := d.ConditionOfSite(t.Site); def != nil && !slices.Contains(seen, def.ID) {
			seen = append(seen, def.ID)
			add(conditionWords(def, t.Site), t.Age, true)
		}
	}
	if a, ok := cholesterol(p); ok {
		decimals := 1
		if def := d.Fact(totalCholesterol); def != nil {
			decimals = def.Decimals
		}
		add("cholesterol "+typed.Show(a.Number, decimals), truth.Any(), false)
	}
	return out
}

// years is an age as it is said under a symbol: 54, 50s, under 50, 60 or over,
// 45–47.
func years(s truth.Span) string {
	text := typed.ShowAge(s)
	switch {
	case strings.HasPrefix(text, "<"):
		return "under " + text[1:]
	case strings.HasSuffix(text, "+"):
		return text[:len(text)-1] + " or over"
	}
	return strings.Replace(text, "-", "–", 1)
}

const totalCholesterol = "lipid.tc"

// cholesterol is the person's newest total cholesterol.
func cholesterol(p *rules.Person) (rules.Answer, bool) {
	if a, ok := p.Facts[totalCholesterol]; ok && !a.Number.IsAny() {
		return a, true
	}
	var newest *rules.Panel
	for i := range p.Panels {
		if a, ok := p.Panels[i].Facts[totalCholesterol]; ok && !a.Number.IsAny() && (newest == nil || p.Panels[i].Date > newest.Date) {
			newest = &p.Panels[i]
		}
	}
	if newest == nil {
		return rules.Answer{}, false
	}
	return newest.Facts[totalCholesterol], true
}

func conditionWords(def *rules.ConditionDef, id string) string {
	switch {
	case def == nil:
		return strings.ReplaceAll(id, "_", " ")
	case def.Short != "":
		return def.Short
	}
	return def.Label
}

// unbroken stands for a space at which no line breaks: "under 50" stays together.
const unbroken = "\x00"

// wrapped breaks a text into lines that fit between neighbours.
func wrapped(text string, tone sketch.Tone) []sketch.Line {
	var out []sketch.Line
	for _, word := range strings.Fields(text) {
		word = strings.ReplaceAll(word, unbroken, " ")
		if n := len(out); n > 0 && len(out[n-1].Text)+1+len(word) <= lineLetters {
			out[n-1].Text += " " + word
		} else {
			out = append(out, sketch.Line{Text: word, Tone: tone})
		}
	}
	return out
}
