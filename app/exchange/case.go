package exchange

import (
	"math"
	"slices"
	"strings"

	"kindred/app/sketch"
	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// The quarters of a symbol and what fills them; the same on screen and on paper.
const (
	heartKey = iota
	cholesterolKey
	lynchKey
	signsKey
	otherCancerKey
)

var caseKey = []sketch.Condition{
	heartKey:       {Label: "Heart disease", Part: sketch.UpperLeft, Hatch: sketch.Diagonal, Tone: sketch.Petrol},
	cholesterolKey: {Label: "High cholesterol", Part: sketch.UpperRight, Hatch: sketch.Horizontal, Tone: sketch.Amber},
	lynchKey:       {Label: "Lynch-related cancer", Part: sketch.LowerRight, Hatch: sketch.Crossed, Tone: sketch.Plum},
	signsKey:       {Label: "Tendon xanthoma or arcus", Part: sketch.LowerLeft, Hatch: sketch.Dots, Tone: sketch.Slate},
	otherCancerKey: {Label: "Other cancer", Part: sketch.LowerRight, Hatch: sketch.Diagonal, Tone: sketch.Slate},
}

// FromCase turns a case into a family, with the people in between that relation
// words leave out. The error names what cannot be so.
func FromCase(c *rules.Case, d *rules.Dictionary) (*Family, error) {
	in := &family.Family{Patient: c.Patient}
	together := c.Together()
	for i := range c.People {
		p := &c.People[i]
		sex, _ := family.ParseSex(p.Sex)
		relation := p.Relation
		if together(i) {
			relation = "partner"
		}
		in.Members = append(in.Members, family.Member{
			ID: p.ID, Relation: relation, Mother: p.Mother, Father: p.Father, Sex: sex, Age: p.Age, Alive: p.Alive,
		})
	}
	members, err := family.Connect(&family.Vocabulary{}, in)
	if err != nil {
		return nil, err
	}
	out := &Family{}
	for i := range members {
		m := &members[i]
		p := Person{ID: m.ID, Mother: m.Mother, Father: m.Father}
		if m.Sex != family.SexUnknown {
			p.Sex = m.Sex.String()
		}
		if i < len(c.People) {
			p.fill(&c.People[i], d)
			p.half = c.People[i].Relation != ""
			p.Consultand = m.ID == c.Patient
		}
		out.People = append(out.People, p)
	}
	out.partners(c)
	out.Beside = beside(c)
	for _, x := range c.Couples {
		same := slices.IndexFunc(out.Couples, func(y Couple) bool { return y.A == x.A && y.B == x.B || y.A == x.B && y.B == x.A })
		if same < 0 {
			out.Couples = append(out.Couples, Couple(x))
			continue
		}
		out.Couples[same].Related = out.Couples[same].Related || x.Related
		out.Couples[same].Separated = out.Couples[same].Separated || x.Separated
	}
	for _, t := range c.Twins {
		out.Twins = append(out.Twins, Twins{IDs: t.IDs, Kind: t.Kind})
	}
	return out, nil
}

// beside names what a case says and a family does not.
func beside(c *rules.Case) []string {
	there := map[string]bool{"what was asked": len(c.Asked) > 0, "sides nobody knows about": len(c.UnknownSides) > 0}
	for i := range c.People {
		p := &c.People[i]
		there["answers and results"] = there["answers and results"] || len(p.Facts) > 0 || len(p.Panels) > 0
		there["medicines"] = there["medicines"] || len(p.Medications) > 0
		there["what tumours were tested for"] = there["what tumours were tested for"] || len(p.Tumours) > 0
		for _, x := range p.Conditions {
			there["who confirmed a condition"] = there["who confirmed a condition"] || x.Confirmed != truth.Unknown
			there["conditions that were denied or are in doubt"] = there["conditions that were denied or are in doubt"] || x.Present != truth.Yes
		}
		there["who is known to be alive"] = there["who is known to be alive"] || p.Alive == truth.Yes
	}
	for what, yes := range there {
		if !yes {
			delete(there, what)
		}
	}
	return sortedNames(there)
}

// partners joins those whom a word calls a partner or step-parent to the person
// they live with, and puts adoptive parents in the place of unlisted ones.
func (f *Family) partners(c *rules.Case) {
	at := map[string]*Person{}
	for i := range f.People {
		at[f.People[i].ID] = &f.People[i]
	}
	patient := at[c.Patient]
	if patient == nil {
		return
	}
	listed := func(id string) bool { return id != "" && !strings.HasPrefix(id, "+") }
	birthParents := listed(patient.Mother) || listed(patient.Father)
	for i := range c.People {
		p := &c.People[i]
		word, err := family.ParseRelation(p.Relation)
		if err != nil || !word.NoBlood {
			continue
		}
		switch word.Text {
		case "partner":
			f.Couples = append(f.Couples, Couple{A: c.Patient, B: p.ID})
		case "step-mother":
			f.join(patient.Father, p.ID)
		case "step-father":
			f.join(patient.Mother, p.ID)
		case "adoptive-mother":
			if !birthParents {
				patient.Mother, patient.Adopted = p.ID, "in"
			}
		case "adoptive-father":
			if !birthParents {
				patient.Father, patient.Adopted = p.ID, "in"
			}
		}
	}
}

// join makes a couple when both are there.
func (f *Family) join(a, b string) {
	if a != "" && b != "" {
		f.Couples = append(f.Couples, Couple{A: a, B: b})
	}
}

func (p *Person) fill(from *rules.Person, d *rules.Dictionary) {
	p.Name, p.Gender, p.Adopted, p.Proband = from.Name, from.Gender, from.Adopted, from.Proband
	p.Pregnancy, p.Childless, p.Count, p.Place = from.Pregnancy, from.Childless, from.Count, from.Place
	p.Loss = from.Pregnancy == "miscarriage" || from.Pregnancy == "termination"
	p.Dead = from.Alive == truth.No
	p.Age = years(from.Age)
	add := func(name string, age truth.Span) {
		p.Findings = append(p.Findings, Finding{name, years(age)})
	}
	for _, c := range from.Conditions {
		if c.Present == truth.Yes {
			add(c.Name, c.Age)
		}
	}
	for _, t := range from.Tumours {
		for _, c := range d.Conditions() {
			if c.Site == t.Site && c.Site != "" && !slices.ContainsFunc(p.Findings, func(f Finding) bool { return f.Condition == c.ID }) {
				add(c.ID, t.Age)
			}
		}
	}
}

// years prints an age as short as it goes under a symbol: "54", "40–49", "up to
// 60", "".
func years(s truth.Span) string {
	switch {
	case s.IsAny():
		return ""
	case math.IsInf(s.Lo, -1):
		return s.String()
	}
	return strings.Replace(s.String(), " to ", "–", 1)
}

// CaseKey shows the dictionary's conditions in the quarters of the symbols.
func CaseKey(d *rules.Dictionary) Show {
	return Show{Key: caseKey, Label: func(condition string) (string, int, bool) {
		c := d.Condition(condition)
		if c == nil {
			return condition, -1, true
		}
		words := c.Short
		if words == "" {
			words = c.Label
		}
		switch {
		case c.ID == "tendon_xanthoma" || c.ID == "arcus_before_45":
			return words, signsKey, true
		case c.Topic == "heart":
			return words, heartKey, true
		case c.Topic == "cholesterol":
			return words, cholesterolKey, true
		case slices.Contains(c.Lists, "r210") || slices.Contains(c.Lists, "amsterdam2") || slices.Contains(c.Lists, "bethesda"):
			return words, lynchKey, true
		case c.Topic == "cancer":
			return words, otherCancerKey, true
		}
		return words, -1, true
	}}
}
