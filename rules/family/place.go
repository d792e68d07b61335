package family

import "fmt"

// placeWords turns relation words into parents, inserting the people between
// ("maternal aunt" needs the mother and her parents). Words that leave open
// through whom someone is related (cousin, niece, grandson, great-aunt) get no
// parents here: guessing one would invent first-degree relatives.
func (g *Graph) placeWords() {
	p := g.patient
	members := len(g.fam.Members)
	// Parents before grandparents before the rest, so that order changes nothing.
	for i := range members {
		n := &g.nodes[i]
		switch {
		case n.word.Class == Parent && n.sex == Female:
			g.setParent(p, Female, int16(i))
		case n.word.Class == Parent && n.sex == Male:
			g.setParent(p, Male, int16(i))
		}
	}
	for i := range members {
		n := g.nodes[i]
		if n.word.Class == Grandparent && n.word.Side != 0 {
			via := g.ensureParent(p, sideSex(n.word.Side))
			g.setParent(via, n.sex, int16(i))
		}
	}
	for i := range members {
		n := g.nodes[i] // a copy: ensureParent may move the nodes
		c := int16(i)
		switch n.word.Class {
		case Sibling:
			g.fill(c, g.ensureParent(p, Female), g.ensureParent(p, Male))
		case Child:
			if n.mother != p && n.father != p {
				g.childOfPatient(c)
			}
		case HalfSibling:
			switch n.word.Side {
			case Maternal:
				m := g.ensureParent(p, Female)
				g.ensureParent(p, Male)
				g.fill(c, m, someoneElse)
			case Paternal:
				g.ensureParent(p, Female)
				g.fill(c, someoneElse, g.ensureParent(p, Male))
			}
		case AuntOrUncle:
			if n.word.Side != 0 {
				via := g.ensureParent(p, sideSex(n.word.Side))
				g.fill(c, g.ensureParent(via, Female), g.ensureParent(via, Male))
			}
		}
	}
}

// sideSex is the sex of the parent a side runs through.
func sideSex(s Sides) Sex {
	if s == Maternal {
		return Female
	}
	return Male
}

// slot is the parent slot of c for a parent of that sex.
func (g *Graph) slot(c int16, sex Sex) *int16 {
	if sex == Female {
		return &g.nodes[c].mother
	}
	return &g.nodes[c].father
}

// setParent makes parent the mother or father of c, or reports a second one.
func (g *Graph) setParent(c int16, sex Sex, parent int16) {
	s := g.slot(c, sex)
	if *s >= 0 && *s != parent {
		what := map[Sex]string{Female: "mother", Male: "father"}[sex]
		g.report(g.id(parent), fmt.Sprintf("%s cannot be the %s of %s, whose %s is %s already",
			g.name(int(parent)), what, g.name(int(c)), what, g.name(int(*s))))
		return
	}
	*s = parent
}

// ensureParent is the mother or father of c, inserted when not recorded.
func (g *Graph) ensureParent(c int16, sex Sex) int16 {
	if s := *g.slot(c, sex); s >= 0 {
		return s
	}
	g.nodes = append(g.nodes, node{mother: nobodyKnown, father: nobodyKnown, sex: sex})
	added := int16(len(g.nodes) - 1)
	*g.slot(c, sex) = added
	return added
}

// fill gives c the parents that were not recorded.
func (g *Graph) fill(c, mother, father int16) {
	n := &g.nodes[c]
	if n.mother == nobodyKnown {
		n.mother = mother
	}
	if n.father == nobodyKnown {
		n.father = father
	}
}

// childOfPatient puts the patient into the free parent slot that fits.
func (g *Graph) childOfPatient(c int16) {
	n, p := &g.nodes[c], g.patient
	sex := g.nodes[p].sex
	switch {
	case n.mother == nobodyKnown && (sex == Female || sex == SexUnknown && n.father >= 0):
		n.mother = p
	case n.father == nobodyKnown && (sex == Male || sex == SexUnknown):
		n.father = p
	default:
		g.report(g.id(c), fmt.Sprintf("%s is called the patient's %s but has other parents; correct one of them", g.name(int(c)), n.word.Text))
	}
}

func (g *Graph) id(i int16) string {
	if int(i) < len(g.fam.Members) {
		return g.fam.Members[i].ID
	}
	return ""
}
