package consult

import (
	"errors"
	"slices"

	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// settleChildren records the one partner so far as the other parent of those
// children who have none.
func (m *model) settleChildren(parent, partner string) {
	other := m.person(partner)
	if m.sexOf(other) == m.sexOf(m.person(parent)) { // one of two mothers or fathers is recorded: the one by blood
		return
	}
	for i := range m.rec.Case.People {
		c := &m.rec.Case.People[i]
		w := wordOf(c.Relation)
		own := c.Mother == parent || c.Father == parent || parent == m.rec.Case.Patient && w.Class == family.Child
		switch {
		case !own || m.descends(partner, c.ID):
		case c.Mother == "" && c.Father != partner && m.sexOf(other) == "female":
			c.Mother = partner
		case c.Father == "" && c.Mother != partner && m.sexOf(other) == "male":
			c.Father = partner
		}
	}
}

// descends tells whether somebody is a person or comes from them by the recorded
// parents.
func (m *model) descends(id, from string) bool {
	if id == from {
		return true
	}
	p := m.person(id)
	return p != nil && (p.Mother != "" && m.descends(p.Mother, from) || p.Father != "" && m.descends(p.Father, from))
}

// couple is what is recorded of two people being together, made when nothing
// is.
func (m *model) couple(a, b string) *rules.Couple {
	c := &m.rec.Case
	if i := m.coupleAt(a, b); i >= 0 {
		return &c.Couples[i]
	}
	c.Couples = append(c.Couples, rules.Couple{A: a, B: b})
	return &c.Couples[len(c.Couples)-1]
}

func (m *model) coupleAt(a, b string) int {
	return slices.IndexFunc(m.rec.Case.Couples, func(x rules.Couple) bool {
		return x.A == a && x.B == b || x.A == b && x.B == a
	})
}

// partnersOf are those somebody is or was together with, in the order taken.
func (m *model) partnersOf(id string) []string {
	c := &m.rec.Case
	found := map[string]bool{}
	for _, x := range c.Couples {
		if x.A == id {
			found[x.B] = true
		}
		if x.B == id {
			found[x.A] = true
		}
	}
	for i := range c.People {
		p := &c.People[i]
		switch id {
		case p.Mother:
			found[p.Father] = true
		case p.Father:
			found[p.Mother] = true
		}
		for _, pair := range wordCouples {
			a, b := m.byWord(pair[0]), m.byWord(pair[1])
			if pair[0] == "" {
				a = c.Patient
			}
			if p.ID == b && a == id || p.ID == b && b == id && a != "" {
				found[a], found[b] = true, true
			}
		}
		if p.Relation == "partner" && (id == c.Patient || id == p.ID) {
			found[c.Patient], found[p.ID] = true, true
		}
	}
	var out []string
	for i := range c.People {
		if q := c.People[i].ID; found[q] && q != id {
			out = append(out, q)
		}
	}
	return out
}

// wordCouples are couples that the words of relation say.
var wordCouples = [][2]string{
	{"mother", "father"},
	{"maternal grandmother", "maternal grandfather"},
	{"paternal grandmother", "paternal grandfather"},
	{"father", "step-mother"},
	{"mother", "step-father"},
}

// byBlood tells whether somebody belongs to the family themselves, and not only
// as somebody's partner.
func (m *model) byBlood(p *rules.Person) bool {
	if p.ID == m.rec.Case.Patient || p.Mother != "" || p.Father != "" {
		return true
	}
	w := wordOf(p.Relation)
	return w.Text != "" && !w.NoBlood
}

// addTwin adds a twin of somebody, of unknown kind unless the sexes differ.
func (m *model) addTwin(id, sex string) (string, error) {
	x := m.person(id)
	if x == nil {
		return "", errors.New("choose somebody in the table first")
	}
	k, err := m.newSibling(x, sex)
	if err != nil {
		return "", err
	}
	age := x.Age
	if x.Alive == truth.No {
		age = truth.Any()
	}
	own := m.sexOf(x)
	added := m.addPerson(k.Relation)
	p := m.person(added)
	p.Mother, p.Father, p.Age = k.Mother, k.Father, age
	if p.Sex == "" {
		p.Sex = sex
	}
	kind := ""
	if own != "" && sex != "" && own != sex {
		kind = "fraternal"
	}
	m.twin(id, added, kind)
	m.touch()
	return added, nil
}

// twin puts two people into one set of twins.
func (m *model) twin(a, b, kind string) {
	c := &m.rec.Case
	for i := range c.Twins {
		if slices.Contains(c.Twins[i].IDs, a) {
			c.Twins[i].IDs = append(c.Twins[i].IDs, b)
			if kind != "" {
				c.Twins[i].Kind = kind
			}
			return
		}
	}
	c.Twins = append(c.Twins, rules.TwinSet{IDs: []string{a, b}, Kind: kind})
}

// twinsOf is the set of twins somebody belongs to, nil when none.
func (m *model) twinsOf(id string) *rules.TwinSet {
	for i := range m.rec.Case.Twins {
		if slices.Contains(m.rec.Case.Twins[i].IDs, id) {
			return &m.rec.Case.Twins[i]
		}
	}
	return nil
}
