package consult

import (
	"fmt"
	"slices"
	"strings"

	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// kinWords are the relations offered, nearest first.
var kinWords = []string{
	"mother", "father", "sister", "brother", "daughter", "son",
	"maternal half-sister", "maternal half-brother", "paternal half-sister", "paternal half-brother",
	"maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather",
	"maternal aunt", "maternal uncle", "paternal aunt", "paternal uncle",
	"niece", "nephew", "granddaughter", "grandson",
	"maternal cousin", "paternal cousin",
	"maternal great-grandmother", "maternal great-grandfather", "paternal great-grandmother", "paternal great-grandfather",
	"maternal great-aunt", "maternal great-uncle", "paternal great-aunt", "paternal great-uncle",
	"partner", "step-mother", "step-father", "adoptive mother", "adoptive father",
}

// onlyOne are the relations a person has once.
var onlyOne = []string{"mother", "father", "maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather"}

func kinOptions(people []rules.Person) []kit.Option {
	var out []kit.Option
	for _, w := range kinWords {
		if slices.Contains(onlyOne, w) && slices.ContainsFunc(people, func(p rules.Person) bool { return p.Relation == w }) {
			continue
		}
		out = append(out, kit.Option{Value: w, Label: capital(w)})
	}
	return out
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// kinGroup is the heading a relative stands under.
func kinGroup(p *rules.Person) string {
	w, err := family.ParseRelation(p.Relation)
	switch {
	case p.Relation == "" || err != nil:
		return "Other people"
	case w.NoBlood:
		return "Not related by blood"
	case w.Class == family.Parent:
		return "Parents"
	case w.Class == family.Sibling:
		return "Brothers and sisters"
	case w.Class == family.Child || w.Class == family.Grandchild:
		return "Children and grandchildren"
	case w.Side == family.Paternal:
		return "Father’s side"
	case w.Side == family.Maternal:
		return "Mother’s side"
	}
	return "Other relatives"
}

var kinGroups = []string{
	"Parents", "Brothers and sisters", "Children and grandchildren", "Father’s side", "Mother’s side",
	"Other relatives", "Other people", "Not related by blood",
}

// kinDegree is the degree of a relation word, 0 when it has none.
func kinDegree(relation string) int {
	w, err := family.ParseRelation(relation)
	if err != nil || w.NoBlood {
		return 0
	}
	switch w.Class {
	case family.Parent, family.Sibling, family.Child:
		return 1
	case family.HalfSibling, family.Grandparent, family.Grandchild, family.AuntOrUncle, family.NieceOrNephew:
		return 2
	case family.GreatGrandparent, family.GreatAuntOrUncle, family.Cousin:
		return 3
	}
	return 0
}

// kinSex is the sex a relation word says.
func kinSex(relation string) string {
	w, err := family.ParseRelation(relation)
	if err != nil || w.Sex == family.SexUnknown {
		return ""
	}
	return w.Sex.String()
}

// kinName is what a relative is called in the table; relatives of one kind are
// numbered in the order taken.
func (m *model) kinName(p *rules.Person) string {
	word := p.Relation
	if word == "" {
		word = "person " + p.ID
	}
	n, all := 0, 0
	for i := range m.rec.Case.People {
		if q := &m.rec.Case.People[i]; q.Relation == p.Relation && q.ID != m.rec.Case.Patient {
			all++
			if q == p {
				n = all
			}
		}
	}
	if g := kinGroup(p); g == "Father’s side" || g == "Mother’s side" {
		word = strings.TrimPrefix(strings.TrimPrefix(word, "paternal "), "maternal ")
	}
	if all > 1 && p.Relation != "" {
		return fmt.Sprintf("%s %d", capital(word), n)
	}
	return capital(word)
}

// addPeople puts relatives into the case with free ids, in one change.
func (m *model) addPeople(relations ...string) []string {
	var ids []string
	for _, r := range relations {
		ids = append(ids, m.addPerson(r))
	}
	if len(ids) > 0 {
		m.touch()
	}
	return ids
}

func (m *model) addPerson(relation string) string {
	used := map[string]bool{}
	for i := range m.rec.Case.People {
		used[m.rec.Case.People[i].ID] = true
	}
	n := 1
	for used[fmt.Sprintf("r%d", n)] {
		n++
	}
	id := fmt.Sprintf("r%d", n)
	m.rec.Case.People = append(m.rec.Case.People, rules.Person{
		ID: id, Relation: relation, Sex: kinSex(relation), Age: truth.Any(), Alive: truth.Unknown,
		Facts: map[string]rules.Answer{},
	})
	return id
}

func (m *model) dropPerson(id string) {
	m.rec.Case.People = slices.DeleteFunc(m.rec.Case.People, func(p rules.Person) bool { return p.ID == id })
	m.touch()
}

// kinCell is one cell of the relatives table: its words and whether something
// is missing there.
type kinCell struct {
	text    string
	unknown bool // plum, with the broken ring
	strong  bool
	asked   bool // false: "Not asked", muted
}

// ageCell is the relative's age, "d. 66" when dead.
func ageCell(p *rules.Person) string {
	age := typed.ShowAge(p.Age)
	if p.Alive == truth.No {
		if age == "" {
			return "d."
		}
		return "d. " + age
	}
	if age == "" {
		return "–"
	}
	return age
}

// topicCell says what is known about a topic in one relative.
func (m *model) topicCell(p *rules.Person, topic string) kinCell {
	unknown, no := false, false
	for i := range p.Conditions {
		c := &p.Conditions[i]
		def := m.dict.Condition(c.Name)
		if def == nil || def.Topic != topic {
			continue
		}
		switch c.Present {
		case truth.Yes:
			return yesCell(def, c)
		case truth.No:
			no = true
		default:
			unknown = true
		}
	}
	if topic == "cholesterol" {
		if cell, ok := m.lipidCell(p); ok {
			return cell
		}
	}
	degree := kinDegree(p.Relation)
	switch {
	case unknown:
		return kinCell{text: "Not known", unknown: true, asked: true}
	case no, degree > 0 && degree <= m.rec.Case.Asked[topic]:
		return kinCell{text: "No", asked: true}
	}
	return kinCell{text: "Not asked"}
}

// knownCell is everything known about one relative in one cell.
func (m *model) knownCell(p *rules.Person) kinCell {
	out := kinCell{text: "Not asked"}
	var parts []string
	for _, t := range m.dict.Topics() {
		c := m.topicCell(p, t.ID)
		out.asked = out.asked || c.asked
		if !c.strong && !c.unknown && (c.text == "No" || !c.asked) {
			continue
		}
		text := c.text
		if strings.HasPrefix(text, "Yes") || text == "Not known" {
			text = topicHead(t) + strings.TrimPrefix(strings.ToLower(text), "yes")
			text = strings.Replace(text, topicHead(t)+"not known", topicHead(t)+" not known", 1)
		}
		parts = append(parts, text)
		out.unknown, out.strong = out.unknown || c.unknown, true
	}
	if len(parts) > 0 {
		out.text = strings.Join(parts, "; ")
	} else if out.asked {
		out.text = "Nothing, as far as asked"
	}
	return out
}

func yesCell(def *rules.ConditionDef, c *rules.Condition) kinCell {
	word := "Yes"
	if def.ID != "myocardial_infarction" {
		word = capital(strings.TrimSuffix(def.Short, " cancer"))
	}
	if c.Age.IsAny() {
		if word == "Yes" {
			return kinCell{text: "Yes, no age", unknown: true, asked: true}
		}
		return kinCell{text: word + ", no age", unknown: true, asked: true}
	}
	return kinCell{text: word + ", " + strings.TrimPrefix(typed.ShowAge(c.Age), "<"), strong: true, asked: true}
}

// lipidCell shows a relative's measured cholesterol.
func (m *model) lipidCell(p *rules.Person) (kinCell, bool) {
	for _, id := range []string{"lipid.tc", "lipid.ldl"} {
		a, ok := p.Facts[id]
		if !ok {
			continue
		}
		if a.Number.IsAny() {
			return kinCell{text: "Not known", unknown: true, asked: true}, true
		}
		text := typed.Show(a.Number, 1)
		if id == "lipid.ldl" {
			text = "LDL " + text
		}
		return kinCell{text: text, asked: true}, true
	}
	return kinCell{}, false
}
