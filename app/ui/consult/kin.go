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
	"step-sister", "step-brother", "step-daughter", "step-son",
	"adoptive sister", "adoptive brother", "adoptive daughter", "adoptive son",
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
	w := wordOf(p.Relation)
	switch {
	case w.Text == "":
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

// noBlood is the degree of those who are not related by blood.
const noBlood = -1

// degreesNow is the degree of everyone towards the patient, by id: the furthest
// that is possible, 0 for the patient, noBlood for the rest.
func (m *model) degreesNow() map[string]int {
	c := &m.rec.Case
	out := make(map[string]int, len(c.People))
	in := &family.Family{Patient: c.Patient}
	together := c.Together()
	for i := range c.People {
		p := &c.People[i]
		sex, _ := family.ParseSex(p.Sex)
		x := family.Member{ID: p.ID, Relation: p.Relation, Mother: p.Mother, Father: p.Father, Sex: sex, Age: truth.Any(), Alive: truth.Unknown}
		if together(i) || p.Adopted == "in" && p.ID != c.Patient {
			x.Relation, x.Mother, x.Father = "partner", "", ""
		}
		in.Members = append(in.Members, x)
		out[p.ID] = noBlood
	}
	g, err := family.New(&family.Vocabulary{}, in)
	if err != nil { // half a family: said where it is drawn
		return out
	}
	for i := range c.People {
		if _, far, ok := g.Degree(i); ok {
			out[c.People[i].ID] = far
		}
	}
	return out
}

// kinSex is the sex a relation word says.
func kinSex(relation string) string {
	if w := wordOf(relation); w.Sex != family.SexUnknown {
		return w.Sex.String()
	}
	return ""
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
	if k := m.rec.Kin; k != nil { // the id of somebody removed still means them in the family's other consultations
		for id := range k.Members {
			used[id] = true
		}
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

// dropPerson removes a relative, and with them those whom nothing else links to
// the patient: an uncle's second wife goes with him. It returns all who went.
func (m *model) dropPerson(id string) []string {
	c := &m.rec.Case
	gone := []string{id}
	for {
		c.People = slices.DeleteFunc(c.People, func(p rules.Person) bool { return slices.Contains(gone, p.ID) })
		for i := range c.People {
			p := &c.People[i]
			lost := false
			for _, parent := range [...]*string{&p.Mother, &p.Father} {
				if *parent != "" && slices.Contains(gone, *parent) {
					*parent, lost = "", true
				}
			}
			if left := m.person(p.Mother + p.Father); lost && left != nil && m.byBlood(left) && left.ID != c.Patient {
				p.Relation = "" // the word spoke of the parent who went; the one who is left says it now
			}
		}
		c.Couples = slices.DeleteFunc(c.Couples, func(x rules.Couple) bool { return slices.Contains(gone, x.A) || slices.Contains(gone, x.B) })
		for i := range c.Twins {
			c.Twins[i].IDs = slices.DeleteFunc(c.Twins[i].IDs, func(id string) bool { return slices.Contains(gone, id) })
		}
		c.Twins = slices.DeleteFunc(c.Twins, func(t rules.TwinSet) bool { return len(t.IDs) < 2 })
		loose := m.unlinked()
		if len(loose) == 0 {
			break
		}
		gone = append(gone, loose...)
	}
	m.touch()
	return gone
}

// unlinked are the people whom neither a word of relation nor a parent, child or
// partner links to the patient.
func (m *model) unlinked() []string {
	c := &m.rec.Case
	linked := map[string]bool{}
	for i := range c.People {
		if p := &c.People[i]; p.ID == c.Patient || p.Relation != "" {
			linked[p.ID] = true
		}
	}
	for grown := true; grown; {
		grown = false
		join := func(a, b string) {
			if a != "" && b != "" && linked[a] != linked[b] {
				linked[a], linked[b], grown = true, true, true
			}
		}
		for i := range c.People {
			join(c.People[i].ID, c.People[i].Mother)
			join(c.People[i].ID, c.People[i].Father)
		}
		for _, x := range c.Couples {
			join(x.A, x.B)
		}
	}
	var out []string
	for i := range c.People {
		if !linked[c.People[i].ID] {
			out = append(out, c.People[i].ID)
		}
	}
	return out
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

// topicCell says what is known about a topic in one relative of that degree.
func (m *model) topicCell(p *rules.Person, topic string, degree int) kinCell {
	for i := range p.Tumours { // a tumour is also that cancer
		if def := m.dict.ConditionOfSite(p.Tumours[i].Site); def != nil && def.Topic == topic {
			return yesCell(def, &rules.Condition{Name: def.ID, Age: p.Tumours[i].Age, Present: truth.Yes})
		}
	}
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
	to, asked := m.rec.Case.Asked[topic]
	switch {
	case unknown:
		return kinCell{text: "Not known", unknown: true, asked: true}
	case no, asked && degree != noBlood && degree <= to && !m.sideUnknown(p):
		return kinCell{text: "No", asked: true}
	case degree == noBlood:
		return kinCell{text: "–"}
	case m.sideUnknown(p):
		return kinCell{text: "Side not known", unknown: true, asked: true}
	}
	return kinCell{text: "Not asked"}
}

// sideUnknown tells whether nobody knows about the side somebody is on.
func (m *model) sideUnknown(p *rules.Person) bool {
	for i := 0; i < 8 && p != nil; i++ { // up to whoever's word says the side
		if w := wordOf(p.Relation); w.Text != "" {
			side := ""
			switch {
			case p.Relation == "mother" || w.Side == family.Maternal:
				side = "maternal"
			case p.Relation == "father" || w.Side == family.Paternal:
				side = "paternal"
			}
			return slices.Contains(m.rec.Case.UnknownSides, side)
		}
		host, _ := m.hostOf(p)
		p = m.person(host)
	}
	return false
}

// knownCell is everything known about one relative in one cell.
func (m *model) knownCell(p *rules.Person, degree int) kinCell {
	out := kinCell{text: "Not asked"}
	var parts []string
	for _, t := range m.dict.Topics() {
		c := m.topicCell(p, t.ID, degree)
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
	return kinCell{text: word + ", " + typed.ShowAge(c.Age), strong: true, asked: true}
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

// wordOf is a word of relation taken apart; of none, and of one nobody knows, it
// says nothing.
func wordOf(relation string) family.Word {
	if relation == "" { // looking for what an empty word could have meant costs much
		return family.Word{}
	}
	w, err := family.ParseRelation(relation)
	if err != nil {
		return family.Word{}
	}
	return w
}
