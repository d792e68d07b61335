package rules

import (
	"math"
	"slices"
	"strings"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// One advice has several readers. What each of them has to do stands in notes of
// a part of their own; the words of those notes may name criteria and relatives.

// notePartTitles are the headings of NoteParts.
var notePartTitles = map[string]string{
	"gp":                "For the GP",
	"mdt":               "For the MDT",
	"genetics":          "For clinical genetics",
	"other_definitions": "Other definitions, deciding nothing here",
	"after_result":      "After the result",
	"treatment":         "Treatment, apart from heredity",
}

// NotePartTitle is the heading over the notes of a part.
func NotePartTitle(part string) string { return notePartTitles[part] }

// ForReader reports whether the notes of a part tell one reader what is theirs to
// do, rather than what guidance says besides.
func ForReader(part string) bool { return part == "gp" || part == "mdt" || part == "genetics" }

// named lists those of the criteria given by id that have a verdict, by name.
func (x *teller) named(ids string, k truth.K) string {
	var names []string
	for _, id := range strings.Fields(ids) {
		if i, ok := x.a.critOf[id]; ok && x.s.values[x.a.criteria[i].node] == k {
			names = append(names, x.a.criteria[i].def.name)
		}
	}
	if len(names) == 0 {
		return "none"
	}
	return listed(names)
}

// youngest names the relative of a family question who had the diagnosis at the
// lowest known age: "maternal aunt, womb cancer 48 (alive)".
func (x *teller) youngest(fact string) string {
	slot, ok := x.a.slotOf[fact]
	if !ok || x.w == nil || x.a.slots[slot].family < 0 {
		return ""
	}
	q := &x.a.kin[x.a.slots[slot].family]
	x.evidenceOf(q)
	g := &x.w.kin.graph
	best, age := -1, math.Inf(1)
	for n := range x.ev.For {
		f := &x.ev.For[n]
		if f.Person < 0 || f.Entry < 0 {
			continue
		}
		if hi := x.lowestAge(g, q, f.Person); best < 0 || hi < age {
			best, age = n, hi
		}
	}
	if best < 0 {
		return "none recorded"
	}
	f := x.ev.For[best]
	m := g.Member(f.Person)
	for e := range m.Conditions { // the entry of that age, which need not be the one that speaks first
		if c := &m.Conditions[e]; q.relatives != nil && q.relatives.Any.Has(c.Kind) && c.Age.Hi == age {
			f.Entry = e
		}
	}
	text := lowered(strings.ReplaceAll(x.briefPerson(q, &f), ": ", ", "))
	switch m.Alive {
	case truth.Yes:
		text += " (alive)"
	case truth.No:
		text += " (died)"
	}
	return text
}

// living names the relatives a family question holds for who are known to be
// alive, with what they had.
func (x *teller) living(fact string) string {
	slot, ok := x.a.slotOf[fact]
	if !ok || x.w == nil || x.a.slots[slot].family < 0 {
		return ""
	}
	q := &x.a.kin[x.a.slots[slot].family]
	x.evidenceOf(q)
	var names []string
	for n := range x.ev.For {
		f := &x.ev.For[n]
		if f.Person < 0 || f.Entry < 0 || x.w.kin.graph.Member(f.Person).Alive != truth.Yes {
			continue
		}
		if text := lowered(strings.Replace(x.briefPerson(q, f), ": ", " (", 1)) + ")"; !slices.Contains(names, text) {
			names = append(names, text)
		}
	}
	if len(names) == 0 {
		return "nobody"
	}
	return listed(names)
}

// lowestAge is the lowest age by which a person surely had what a question asks
// for; without a known age it is past every age.
func (x *teller) lowestAge(g *family.Graph, q *kinQuestion, person int) float64 {
	out := math.MaxFloat64
	m := g.Member(person)
	for e := range m.Conditions {
		if c := &m.Conditions[e]; q.relatives != nil && q.relatives.Any.Has(c.Kind) && c.Present == truth.Yes && !math.IsInf(c.Age.Hi, 1) {
			out = min(out, c.Age.Hi)
		}
	}
	return out
}

// words checks what the placeholders of a wording name, and makes sure that the
// family questions they name are asked.
func (c *compiler) words(text string, at *node) {
	for {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			return
		}
		j := strings.IndexByte(text[i:], '}')
		if j < 0 {
			c.p.at(at, "a placeholder is not closed: %s", text[i:])
			return
		}
		word, arg, _ := strings.Cut(text[i+1:i+j], " ")
		c.placeholder(word, arg, at)
		text = text[i+j+1:]
	}
}

func (c *compiler) placeholder(word, arg string, at *node) {
	switch word {
	case "value":
		if f := c.d.Fact(arg); f == nil || f.Area != "" && f.Area != c.s.id {
			c.p.at(at, "{value …} names %q, which is no fact%s", arg, didYouMean(arg, c.known()))
		} else {
			c.slot(f, at)
		}
	case "met", "open":
		for _, id := range strings.Fields(arg) {
			if c.critDef[id] == nil {
				c.p.at(at, "{%s …} names %q, which is no criterion%s", word, id, didYouMean(id, sortedKeys(c.critDef)))
			} else {
				c.criterion(id, at)
			}
		}
	case "youngest", "living":
		if f := c.d.Fact(arg); f == nil || f.question == nil {
			c.p.at(at, "{%s …} names %q, which is no question about relatives%s", word, arg, didYouMean(arg, c.known()))
		} else {
			c.slot(f, at)
		}
	case "tumours":
		steps, _, _ := strings.Cut(arg, ":")
		for _, id := range strings.Fields(steps) {
			known := false
			for _, def := range c.pathDef {
				for _, s := range def.steps {
					known = known || s.ID == id
				}
			}
			if !known {
				c.p.at(at, "{tumours …} names %q, which is a step of no pathway", id)
			}
		}
	}
}
