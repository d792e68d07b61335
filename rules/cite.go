package rules

import (
	"kindred/rules/family"
	"kindred/rules/truth"
)

// cite is a list of sources as it is printed, and where the first one stands.
type cite struct{ text, url string }

// cited prepares every list of sources the area names.
func (a *Area) cited() {
	a.cites = map[*string]cite{}
	add := func(ids []string) {
		if len(ids) == 0 {
			return
		}
		c := cite{}
		for i, id := range ids {
			if i > 0 {
				c.text += "; "
			}
			c.text += a.sourceShort(id)
			if s := a.src.sourceByID[id]; s != nil && c.url == "" {
				c.url = s.URL
			}
		}
		a.cites[&ids[0]] = c
	}
	for i := range a.criteria {
		add(a.criteria[i].def.sources)
	}
	for i := range a.scores {
		add(a.scores[i].def.sources)
	}
	for i := range a.pathways {
		add(a.pathways[i].def.sources)
	}
	for i := range a.thresholds {
		add(a.thresholds[i].source)
	}
	for i := range a.slots {
		add(a.slots[i].fact.Sources)
	}
	for i := range a.flags {
		add(a.flags[i].def.sources)
	}
	for i := range a.notes {
		add(a.notes[i].def.sources)
	}
	if a.src.cascade != nil {
		add(a.src.cascade.sources)
	}
}

// sources prints short source names; url is where the first one stands.
func (x *teller) sources(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return x.a.cites[&ids[0]].text
}

// cite is both.
func (x *teller) cite(ids []string) cite {
	if len(ids) == 0 {
		return cite{}
	}
	return x.a.cites[&ids[0]]
}

func (a *Area) sourceShort(id string) string {
	if s := a.src.sourceByID[id]; s != nil {
		return s.Short
	}
	return id
}

func (x *teller) url(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return x.a.cites[&ids[0]].url
}

// who names a person of the family, once for each case.
func (x *teller) who(i int) string {
	g := &x.w.kin.graph
	if i < 0 || i >= g.Len() {
		return ""
	}
	for len(x.names) < g.Len() {
		x.names = append(x.names, "")
	}
	if x.names[i] == "" {
		x.names[i] = who(g, i)
	}
	return x.names[i]
}

// side turns an answer round when flip says so.
func side(k truth.K, flip bool) truth.K {
	if flip {
		return k.Not()
	}
	return k
}

// reasonSentences are the reasons of the family rules as sentences.
var reasonSentences = func() (out [64]string) {
	for r := range out {
		out[r] = sentence(family.Reason(r).String())
	}
	return out
}()
