package rules

import (
	"slices"
	"strings"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// evidence is the patient's values behind the first thing met, in the fewest
// words: "LDL 6.2 mmol/L, father: heart attack 54".
func (x *teller) evidence(r *row) string {
	if r == nil {
		return ""
	}
	for _, b := range r.names {
		if b.kind == leafCriterion && x.s.values[x.a.criteria[b.ref].node] == truth.Yes {
			cr := &x.a.criteria[b.ref]
			var parts []string
			x.brief(cr.when, &parts)
			return strings.Join(parts[:min(len(parts), 4)], ", ")
		}
	}
	for _, b := range r.names {
		if b.kind == leafScore && x.scoreMet(b.ref) {
			return strings.Join(x.counted(&x.a.scores[b.ref]), ", ")
		}
	}
	return ""
}

// counted are the items a score rests on, those with most points first.
func (x *teller) counted(sc *score) []string {
	type hit struct {
		points int
		expr   *expr
	}
	var hits []hit
	for g := range sc.groups {
		var best *scoreItem
		for i := range sc.groups[g].items {
			it := &sc.groups[g].items[i]
			if x.s.values[it.node] != truth.Yes || it.points <= 0 {
				continue
			}
			if sc.sum {
				hits = append(hits, hit{it.points, it.expr})
			} else if best == nil || it.points > best.points {
				best = it
			}
		}
		if best != nil {
			hits = append(hits, hit{best.points, best.expr})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.points - a.points })
	var parts []string
	for _, h := range hits {
		x.brief(h.expr, &parts)
	}
	return parts[:min(len(parts), 4)]
}

// brief collects the lines that hold, shortest form.
func (x *teller) brief(e *expr, parts *[]string) {
	if e.join != joinLeaf {
		if e.join == joinNone {
			return
		}
		for _, k := range e.kids {
			if x.s.values[k.node] == truth.Yes {
				x.brief(k, parts)
			}
		}
		return
	}
	if x.s.values[e.node] != truth.Yes || len(*parts) >= 6 {
		return
	}
	text := ""
	switch e.kind {
	case leafCriterion:
		if cr := &x.a.criteria[e.ref]; !e.not && cr.loop < 0 {
			x.brief(cr.when, parts)
		}
		return
	case leafNumber:
		text = x.a.brief(e.fact) + " " + lowered(valueText(x.s.numbers[x.a.slots[e.slot].at], e.fact.Unit))
	case leafChoice:
		text = x.a.brief(e.fact) + ": " + lowered(x.value(e.slot))
	case leafFact:
		if e.not {
			return
		}
		for _, text := range x.briefFact(e) {
			if len(*parts) < 6 && !slices.Contains(*parts, text) {
				*parts = append(*parts, text)
			}
		}
		return
	case leafScore, leafBand:
		text = x.a.scores[e.ref].def.name + " " + totals(&x.s.scores[e.ref])
	case leafPathway, leafStep:
		if text = x.tumourText(e.ref); text == "" {
			text = lowered(x.stepsText(e.ref))
		}
	}
	if text != "" && !slices.Contains(*parts, text) {
		*parts = append(*parts, text)
	}
}

// briefFact is a yes/no fact that holds: for a family fact the people it holds
// for, "father: heart attack 54"; of a question that one person answers, the
// first.
func (x *teller) briefFact(e *expr) []string {
	plain := []string{lowered(x.a.brief(e.fact))}
	q := x.a.slots[e.slot].family
	if q < 0 || x.w == nil {
		return plain
	}
	k := &x.a.kin[q]
	x.evidenceOf(k)
	var out []string
	for n := range x.ev.For {
		f := &x.ev.For[n]
		if f.Person < 0 || f.Entry < 0 {
			continue
		}
		if text := x.briefPerson(k, f); !slices.Contains(out, text) {
			out = append(out, text)
		}
		if k.cluster == nil || len(out) == 4 {
			break
		}
	}
	if len(out) == 0 {
		return plain
	}
	return out
}

// briefPerson is what one person has: "father: heart attack 54".
func (x *teller) briefPerson(k *kinQuestion, f *family.Finding) string {
	g := &x.w.kin.graph
	m := g.Member(f.Person)
	name := lowered(x.who(f.Person)) + ": "
	if f.Person == g.Patient() {
		name = "own "
	}
	if r := k.relatives; r != nil && len(r.Lines) > 0 {
		measured := x.a.dict.factByID[k.fact]
		return name + measured.Short + " " + lowered(valueText(m.Numbers[f.Entry].Value, measured.Unit))
	}
	c := &m.Conditions[f.Entry]
	text := name + x.a.conditionName(c.Kind)
	if !c.Age.IsAny() {
		text += " " + spanText(c.Age)
	}
	return text
}
