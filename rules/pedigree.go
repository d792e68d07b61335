package rules

import (
	"fmt"
	"slices"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// Pedigree is the family of a case joined up person to person, for sums over
// the whole family that no rule makes: the people of the case in their order,
// then those who must stand between them.
type Pedigree struct {
	People []PedigreePerson
	// Twins are groups of identical twins with the same parents, as positions in
	// People.
	Twins [][]int

	dict  *Dictionary
	kin   kin
	given int // people of the case
}

// PedigreePerson is somebody in a Pedigree. Mother and Father are positions in
// People, -1 when not recorded.
type PedigreePerson struct {
	ID             string // starts with "+" for people nobody entered
	Sex            string // "female", "male", "" when not known; the relation word says it too
	Age            truth.Span
	Alive          truth.K
	Mother, Father int
}

// Pedigree joins the family of a case up. The error names every problem.
func (d *Dictionary) Pedigree(c *Case) (*Pedigree, error) {
	p := &Pedigree{dict: d, given: len(c.People)}
	if err := p.kin.build(d, c); err != nil {
		return nil, err
	}
	members, err := family.Connect(&d.family.v, &p.kin.fam)
	if err != nil {
		return nil, fmt.Errorf("the family does not join up: %w", err)
	}
	at := map[string]int{"": -1}
	for i := range members {
		at[members[i].ID] = i
	}
	for i := range members {
		m := &members[i]
		one := PedigreePerson{ID: m.ID, Age: truth.Any(), Alive: truth.Unknown, Mother: at[m.Mother], Father: at[m.Father]}
		if i < p.given {
			one.Age, one.Alive = m.Age, m.Alive
		}
		switch m.Sex {
		case family.Female:
			one.Sex = "female"
		case family.Male:
			one.Sex = "male"
		}
		p.People = append(p.People, one)
	}
	for _, t := range c.Twins {
		if group := p.twins(t, at); len(group) > 1 {
			p.Twins = append(p.Twins, group)
		}
	}
	return p, nil
}

// twins is a group of identical twins that the family bears out.
func (p *Pedigree) twins(t TwinSet, at map[string]int) []int {
	if t.Kind != "identical" {
		return nil
	}
	var out []int
	for _, id := range t.IDs {
		i, ok := at[id]
		if !ok || slices.Contains(out, i) {
			return nil
		}
		if len(out) > 0 && (p.People[i].Mother != p.People[out[0]].Mother || p.People[i].Father != p.People[out[0]].Father) {
			return nil
		}
		out = append(out, i)
	}
	return out
}

// Who is how a reader calls somebody of the case; "" for people nobody entered.
func (p *Pedigree) Who(i int) string {
	if i >= p.given {
		return ""
	}
	return p.kin.graph.Who(i)
}

// Blood reports whether somebody of the case is related to the patient by blood.
func (p *Pedigree) Blood(i int) bool {
	if i >= p.given {
		return false
	}
	_, _, related := p.kin.graph.Degree(i)
	return related
}

// Entries is what was said about somebody and a condition, whatever counts as it
// included; tumours are among them. Silence is whether nothing said means no.
func (p *Pedigree) Entries(i int, c *ConditionDef) (said []family.Condition, silence truth.K) {
	if i >= p.given {
		return nil, truth.Unknown
	}
	for _, e := range p.kin.fam.Members[i].Conditions {
		if int(e.Kind) == c.index || slices.Contains(c.counts, int(e.Kind)) {
			said = append(said, e)
		}
	}
	for t, topic := range p.dict.topics {
		if topic.ID == c.Topic && p.kin.graph.SilenceIsNo(i, family.Topic(t)) {
			return said, truth.No
		}
	}
	return said, truth.Unknown
}
