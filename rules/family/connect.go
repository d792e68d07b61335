package family

// Connect gives every member parents as far as the relation words say and adds
// the people in between, for drawing. Words that leave open through whom
// someone is related get a connecting person of their own: a cousin an unnamed
// parent. The people added have ids that start with "+". The error is Problems.
//
// Rules never use these links: they ask a Graph, which leaves such links open.
func Connect(v *Vocabulary, f *Family) ([]Member, error) {
	g, err := New(v, f)
	if err != nil {
		return nil, err
	}
	c := connector{g: g, patient: g.patient, shared: map[string]int16{}}
	for i := range g.fam.Members {
		if g.nodes[i].byWord {
			c.attach(int16(i))
		}
	}
	out := make([]Member, len(g.nodes))
	for i := range g.nodes {
		n := &g.nodes[i]
		if i < len(f.Members) {
			out[i] = f.Members[i]
		} else {
			out[i] = newMember(c.addedID(int16(i)))
		}
		out[i].Sex = n.sex
		out[i].Mother, out[i].Father = c.addedID(n.mother), c.addedID(n.father)
	}
	return out, nil
}

func newMember(id string) Member {
	m := Member{ID: id}
	m.Age.Lo, m.Age.Hi = AnyAge().Lo, AnyAge().Hi
	return m
}

// connector adds the people that words leave open.
type connector struct {
	g       *Graph
	patient int16
	shared  map[string]int16 // one connecting person for all of a kind
}

// addedID is the id of a node; people added get one from their number.
func (c *connector) addedID(i int16) string {
	switch {
	case i < 0:
		return ""
	case int(i) < len(c.g.fam.Members):
		return c.g.fam.Members[i].ID
	}
	n := int(i) - len(c.g.fam.Members) + 1
	digits := ""
	for ; n > 0; n /= 10 {
		digits = string(rune('0'+n%10)) + digits
	}
	return "+" + digits
}

// attach links somebody whom the word alone places.
func (c *connector) attach(i int16) {
	g, w := c.g, c.g.nodes[i].word
	side := sideSex(w.Side)
	switch w.Class {
	case Grandchild:
		c.under(i, c.one("child", func(added int16) { g.childOfPatient(added) }))
	case NieceOrNephew:
		c.under(i, c.one("sibling", func(added int16) {
			mother, father := g.ensureParent(c.patient, Female), g.ensureParent(c.patient, Male)
			g.fill(added, mother, father)
		}))
	case Cousin:
		if w.Side != 0 {
			c.under(i, c.one("aunt"+w.Side.String(), func(added int16) {
				parent := g.ensureParent(c.patient, side)
				mother, father := g.ensureParent(parent, Female), g.ensureParent(parent, Male)
				g.fill(added, mother, father)
			}))
		}
	case GreatAuntOrUncle:
		if w.Side != 0 {
			grand := g.ensureParent(g.ensureParent(c.patient, side), Female)
			mother, father := g.ensureParent(grand, Female), g.ensureParent(grand, Male)
			g.fill(i, mother, father)
		}
	case GreatGrandparent:
		if w.Side != 0 {
			parent := g.ensureParent(c.patient, side)
			for _, through := range [...]Sex{Female, Male} {
				grand := g.ensureParent(parent, through)
				if s := g.slot(grand, w.Sex); *s < 0 || int(*s) >= len(g.fam.Members) {
					*s = i
					return
				}
			}
		}
	}
}

// one gives the connecting person of a kind, made by place when new.
func (c *connector) one(kind string, place func(added int16)) int16 {
	if i, ok := c.shared[kind]; ok {
		return i
	}
	c.g.nodes = append(c.g.nodes, node{mother: nobodyKnown, father: nobodyKnown})
	added := int16(len(c.g.nodes) - 1)
	c.shared[kind] = added
	place(added)
	return added
}

// under makes parent the parent of i; which of the two is not known.
func (c *connector) under(i, parent int16) { c.g.nodes[i].mother = parent }
