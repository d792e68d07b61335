package family

import (
	"fmt"
	"math"

	"kindred/rules/truth"
)

func (g *Graph) report(person, text string) {
	g.problem = append(g.problem, Problem{person, text})
}

// name is how messages call someone: "maternal aunt (a2)".
func (g *Graph) name(i int) string {
	if i >= len(g.fam.Members) {
		return "someone not listed"
	}
	id := g.fam.Members[i].ID
	switch w := g.nodes[i].word.Text; {
	case int16(i) == g.patient:
		return fmt.Sprintf("the patient (%s)", id)
	case w != "" && w != id:
		return fmt.Sprintf("%s (%s)", w, id)
	}
	return id
}

// checkAncestors reports everyone who would be their own ancestor; nothing else
// can be worked out then.
func (g *Graph) checkAncestors() {
	g.visited = append(g.visited[:0], make([]visit, len(g.nodes))...)
	for i := range g.nodes {
		g.climb(int16(i))
	}
}

type visit uint8

const (
	fresh visit = iota
	open
	done
)

func (g *Graph) climb(i int16) {
	if i < 0 || g.visited[i] == done {
		return
	}
	if g.visited[i] == open {
		g.report(g.id(i), fmt.Sprintf("%s would be their own ancestor; correct the parents", g.name(int(i))))
		return
	}
	g.visited[i] = open
	g.climb(g.nodes[i].mother)
	g.climb(g.nodes[i].father)
	g.visited[i] = done
}

// checkLinks reports links that cannot be so once everyone has a place.
func (g *Graph) checkLinks() {
	g.checkParents()
	g.checkLinked()
	for i := range g.fam.Members {
		g.checkWord(i)
	}
}

// checkFacts reports ages and diagnoses that cannot be so.
func (g *Graph) checkFacts() {
	for i := range g.fam.Members {
		g.checkAges(i, int16(i), 0)
		g.checkWordAge(i)
		g.checkConditions(i)
		g.checkNumbers(i)
	}
}

// checkParents compares every parent's sex with what a parent must be.
func (g *Graph) checkParents() {
	for i := range g.fam.Members {
		n := &g.nodes[i]
		for _, p := range [...]struct {
			of   int16
			what string
			sex  Sex
		}{{n.mother, "mother", Female}, {n.father, "father", Male}} {
			if p.of < 0 {
				continue
			}
			parent := &g.nodes[p.of]
			if parent.sex != SexUnknown && parent.sex != p.sex {
				g.report(g.id(p.of), fmt.Sprintf("%s is recorded as %s and cannot be the %s of %s",
					g.name(int(p.of)), parent.sex, p.what, g.name(i)))
			}
			if parent.sex == SexUnknown {
				parent.sex = p.sex
			}
		}
	}
}

// checkAges compares somebody's age with all ancestors'. An age is taken as
// today's unless the death is recorded, so an ancestor today cannot be as young
// as a descendant.
func (g *Graph) checkAges(of int, i int16, steps int) {
	n, age := &g.nodes[i], g.fam.Members[of].Age.Lo
	if math.IsInf(age, -1) {
		return
	}
	for _, up := range [...]int16{n.mother, n.father} {
		if up < 0 || steps > 4 {
			continue
		}
		if int(up) < len(g.fam.Members) {
			m := &g.fam.Members[up]
			if m.Alive != truth.No && m.Age.Hi <= age {
				what := "a parent"
				if steps > 0 {
					what = "an ancestor"
				}
				g.report(m.ID, fmt.Sprintf("%s is recorded with age %s but is %s of %s, whose age is %s; correct one, or record the death if it is the age at death",
					g.name(int(up)), m.Age, what, g.name(of), g.fam.Members[of].Age))
				continue
			}
		}
		g.checkAges(of, up, steps+1)
	}
}

// checkWordAge compares the age of those whom only a word places above or below
// the patient with the patient's.
func (g *Graph) checkWordAge(i int) {
	older, younger := i, int(g.patient)
	switch n := &g.nodes[i]; {
	case n.byWord && n.word.Class == GreatGrandparent:
	case n.byWord && n.word.Class == Grandchild:
		older, younger = younger, older
	default:
		return
	}
	o, y := &g.fam.Members[older], &g.fam.Members[younger]
	if o.Alive != truth.No && y.Alive != truth.No && !math.IsInf(y.Age.Lo, -1) && o.Age.Hi <= y.Age.Lo {
		g.report(g.fam.Members[i].ID, fmt.Sprintf("%s is recorded with age %s and %s with age %s; a descendant cannot be the older one; correct one of them",
			g.name(older), o.Age, g.name(younger), y.Age))
	}
}

// checkLinked reports people whom nothing connects with the patient.
func (g *Graph) checkLinked() {
	todo := g.queue[:0]
	link := func(i int16) {
		if i >= 0 && !g.nodes[i].linked {
			g.nodes[i].linked = true
			todo = append(todo, i)
		}
	}
	for i := range g.nodes {
		if n := &g.nodes[i]; n.place.far != none || n.word.NoBlood {
			link(int16(i))
		}
	}
	for k := 0; k < len(todo); k++ {
		i := todo[k]
		link(g.nodes[i].mother)
		link(g.nodes[i].father)
		for c := g.nodes[i].childHead; c >= 0; c = g.next(i, c) {
			link(c)
		}
	}
	g.queue = todo
	for i := range g.fam.Members {
		if !g.nodes[i].linked {
			id := g.fam.Members[i].ID
			g.report(id, fmt.Sprintf("%s is not linked to the patient; give a relation (such as maternal aunt) or parents", id))
		}
	}
}

// checkWord compares the relation word with what the links say.
func (g *Graph) checkWord(i int) {
	n := &g.nodes[i]
	w, p := n.word, n.place
	if w.Class == 0 || n.byWord {
		return
	}
	if p.classes()&w.Class == 0 || w.Side != 0 && p.sidesMax&w.Side == 0 {
		g.report(g.id(int16(i)), fmt.Sprintf("%s is called %s, but the parents given say otherwise; correct one of them", g.id(int16(i)), w.Text))
	}
}

// checkConditions reports cancers that the recorded sex cannot have and
// diagnoses later than the person's age.
func (g *Graph) checkConditions(i int) {
	m, sex := &g.fam.Members[i], g.nodes[i].sex
	for c := range m.Conditions {
		k := m.Conditions[c].Kind
		if int(k) >= len(g.vocab.Conditions) {
			g.report(m.ID, fmt.Sprintf("%s has a condition the vocabulary does not know (number %d)", g.name(i), k))
			continue
		}
		def := &g.vocab.Conditions[k]
		if m.Conditions[c].Present == truth.No {
			continue
		}
		// Ages are completed years, so 45.5 fits a person of 45.
		if age := m.Conditions[c].Age; age.Lo >= m.Age.Hi+1 {
			g.report(m.ID, fmt.Sprintf("%s has %s at age %s but is recorded with age %s; correct one of them", g.name(i), def.label(), age, m.Age))
		}
		if def.OnlySex != SexUnknown && sex != SexUnknown && sex != def.OnlySex {
			g.report(m.ID, fmt.Sprintf("%s is recorded as %s and cannot have %s; correct the sex at birth or the diagnosis", g.name(i), sex, def.label()))
		}
	}
}

// checkNumbers reports measurements taken at an age the person has not reached.
func (g *Graph) checkNumbers(i int) {
	m := &g.fam.Members[i]
	for c := range m.Numbers {
		if age := m.Numbers[c].Age; !math.IsInf(age.Lo, -1) && age.Lo >= m.Age.Hi+1 {
			g.report(m.ID, fmt.Sprintf("%s was measured at age %s but is recorded with age %s; correct one of them", g.name(i), age, m.Age))
			return
		}
	}
}

func (d *ConditionDef) label() string {
	if d.Label != "" {
		return d.Label
	}
	return d.ID
}
