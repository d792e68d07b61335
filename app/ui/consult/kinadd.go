package consult

import (
	"errors"
	"fmt"

	"kindred/rules"
	"kindred/rules/family"
)

// kinStep is the way from somebody to the person to add.
type kinStep string

// The ways.
const (
	parentStep  kinStep = "parent"
	siblingStep kinStep = "sibling"
	childStep   kinStep = "child"
	partnerStep kinStep = "partner"
)

// newKin is a person about to be added, and what else follows from it.
type newKin struct {
	rules.Person
	after func(id string) // links others to the new person; may be nil
}

// addTo adds a parent, sibling, child or partner of somebody. sex is that at
// birth, "" when not known. other is the child's other parent; "" takes the only
// partner when there is one. It returns the id of the person added, or of the
// one who was there already; the error is a sentence for the status bar.
func (m *model) addTo(id string, step kinStep, sex, other string) (string, error) {
	added, err := m.join(id, step, sex, other)
	if err == nil {
		m.touch()
	}
	return added, err
}

// join is addTo as a part of a larger change.
func (m *model) join(id string, step kinStep, sex, other string) (string, error) {
	x := m.person(id)
	if x == nil {
		return "", errors.New("choose somebody in the table first")
	}
	if there := m.alreadyThere(x, step, sex); there != "" {
		return there, nil
	}
	var k newKin
	var err error
	switch step {
	case parentStep:
		k, err = m.newParent(x, sex)
	case siblingStep:
		k, err = m.newSibling(x, sex)
	case childStep:
		k, err = m.newChild(x, sex, other)
	case partnerStep:
		k = m.newPartner(x, sex)
	}
	if err != nil {
		return "", err
	}
	added := m.addPerson(k.Relation)
	p := m.person(added)
	p.Mother, p.Father = k.Mother, k.Father
	if p.Sex == "" {
		p.Sex = k.Sex
	}
	if k.after != nil {
		k.after(added)
	}
	return added, nil
}

// alreadyThere is the parent whom somebody has once, when recorded.
func (m *model) alreadyThere(x *rules.Person, step kinStep, sex string) string {
	if step != parentStep {
		return ""
	}
	mother, father := m.parentsOf(x)
	if sex == "female" {
		return mother
	}
	return father
}

// parentsOf are the recorded parents, by id or by what the words say.
func (m *model) parentsOf(x *rules.Person) (mother, father string) {
	mother, father = x.Mother, x.Father
	w := wordOf(x.Relation)
	var words [2]string
	switch {
	case x.ID == m.rec.Case.Patient, w.Class == family.Sibling:
		words = [2]string{"mother", "father"}
	case w.Class == family.Parent && w.Sex == family.Female, w.Class == family.AuntOrUncle && w.Side == family.Maternal:
		words = [2]string{"maternal grandmother", "maternal grandfather"}
	case w.Class == family.Parent, w.Class == family.AuntOrUncle && w.Side == family.Paternal:
		words = [2]string{"paternal grandmother", "paternal grandfather"}
	case w.Class == family.HalfSibling && w.Side == family.Maternal:
		words[0] = "mother"
	case w.Class == family.HalfSibling && w.Side == family.Paternal:
		words[1] = "father"
	}
	if mother == "" {
		mother = m.byWord(words[0])
	}
	if father == "" {
		father = m.byWord(words[1])
	}
	if w.Class == family.Child && x.ID != m.rec.Case.Patient {
		switch patient := m.rec.Case.Patient; m.sexOf(m.patient()) {
		case "female":
			mother = patient
		case "male":
			father = patient
		}
	}
	return mother, father
}

func (m *model) byWord(word string) string {
	for i := range m.rec.Case.People {
		if p := &m.rec.Case.People[i]; word != "" && p.Relation == word {
			return p.ID
		}
	}
	return ""
}

// sexOf is the sex at birth as recorded, as the word of relation says, or as
// being a mother or father does.
func (m *model) sexOf(p *rules.Person) string {
	sex := p.Sex
	if sex == "" {
		sex = kinSex(p.Relation)
	}
	for i := 0; sex == "" && i < len(m.rec.Case.People); i++ {
		switch c := &m.rec.Case.People[i]; p.ID {
		case c.Mother:
			sex = "female"
		case c.Father:
			sex = "male"
		}
	}
	return sex
}

// sided is a relation word on the side of somebody.
func sided(w family.Word, text string) string {
	if w.Side == family.Maternal || w.Side == family.Paternal {
		return w.Side.String() + " " + text
	}
	return text
}

// sideThrough is a word on the side that runs through a mother or father.
func sideThrough(w family.Word, text string) string {
	if w.Sex == family.Female {
		return "maternal " + text
	}
	return "paternal " + text
}

// errSexFirst asks for what decides whether somebody is a mother or a father.
func (m *model) errSexFirst(x *rules.Person) error {
	return fmt.Errorf("is %s female or male? Say so first, in the line or under Questions", lowerFirst(m.kinName(x)))
}

// slots puts two parents into the places of mother and father.
func (m *model) slots(x, other *rules.Person) (mother, father string, err error) {
	sx, so, id := m.sexOf(x), "", ""
	if other != nil {
		so, id = m.sexOf(other), other.ID
	}
	switch {
	case sx == "female" && so != "female", sx == "" && so == "male":
		return x.ID, id, nil
	case sx == "male" && so != "male", sx == "" && so == "female":
		return id, x.ID, nil
	case sx == "female": // two women: the one who shares blood with the family
		return x.ID, "", nil
	case sx == "male":
		return "", x.ID, nil
	}
	return "", "", m.errSexFirst(x)
}

func (m *model) newChild(x *rules.Person, sex, otherID string) (newKin, error) {
	partners := m.partnersOf(x.ID)
	if otherID == "" && len(partners) == 1 {
		otherID = partners[0]
	}
	if !m.byBlood(x) {
		if host := m.person(otherID); host != nil && m.byBlood(host) {
			return m.newChild(host, sex, x.ID)
		}
	}
	other := m.person(otherID)
	k := newKin{Person: rules.Person{Sex: sex}}
	w := wordOf(x.Relation)
	mother, father, err := m.slots(x, other)
	switch {
	case x.ID == m.rec.Case.Patient:
		k.Relation = resexed("child", sex)
		k.Mother, k.Father = without(mother, x.ID), without(father, x.ID)
		if other == nil || err != nil {
			k.Mother, k.Father = "", ""
		}
		return k, nil
	case w.Class == family.Parent || w.Class == family.Grandparent:
		co := m.coParent(x, w)
		half := other != nil && other.ID != co
		switch {
		case w.Class == family.Parent && !half:
			k.Relation = resexed("sibling", sex)
			return k, nil
		case w.Class == family.Parent && !m.byBlood(other):
			k.Relation = sideThrough(w, resexed("half-sibling", sex))
			k.Mother, k.Father = without(mother, x.ID), without(father, x.ID)
			return k, err
		case half:
		case sex == "":
			return k, errors.New("an aunt or an uncle? Shift D adds a daughter, Shift N a son")
		default:
			k.Relation = sided(w, resexed("aunt", sex))
			return k, nil
		}
	case w.Class == family.Sibling && sex != "":
		k.Relation = resexed("niece", sex)
	case w.Class == family.Child:
		k.Relation = resexed("grandchild", sex)
	case w.Class == family.AuntOrUncle:
		k.Relation = sided(w, "cousin")
	case w.Class == family.GreatGrandparent:
		return k, errors.New("choose the grandparent and add a sister or brother")
	}
	if other != nil && m.byBlood(other) { // related through both, and perhaps nearer than the word: the parents say it
		k.Relation = ""
	}
	k.Mother, k.Father = mother, father
	return k, err
}

func without(id, drop string) string {
	if id == drop {
		return ""
	}
	return id
}

// coParent is the recorded other parent of the patient, or of the patient's
// parent for a grandparent.
func (m *model) coParent(x *rules.Person, w family.Word) string {
	other := map[string]string{
		"mother": "father", "father": "mother",
		"maternal grandmother": "maternal grandfather", "maternal grandfather": "maternal grandmother",
		"paternal grandmother": "paternal grandfather", "paternal grandfather": "paternal grandmother",
	}
	return m.byWord(other[w.Text])
}

func (m *model) newSibling(x *rules.Person, sex string) (newKin, error) {
	k := newKin{Person: rules.Person{Sex: sex, Mother: x.Mother, Father: x.Father}}
	w := wordOf(x.Relation)
	switch {
	case x.ID == m.rec.Case.Patient:
		k.Relation = resexed("sibling", sex)
	case w.Class == family.Parent && sex != "":
		k.Relation = sideThrough(w, resexed("aunt", sex))
	case w.Class == family.Parent:
		return k, errors.New("an aunt or an uncle? Shift S adds a sister, Shift B a brother")
	case w.Class == family.Grandparent && sex != "":
		mother, father := m.greatGrandparents(x.ID, w)
		k.Relation, k.Mother, k.Father = sided(w, resexed("great-aunt", sex)), mother, father
	case w.Class == family.GreatGrandparent, w.Class == 0 && x.Mother == "" && x.Father == "":
		return k, fmt.Errorf("add the parents of %s first: Shift M, Shift F", lowerFirst(m.kinName(x)))
	case w.Class != 0 && !w.NoBlood:
		if k.Relation = resexed(w.Text, sex); k.Relation == "" {
			return k, errors.New("a sister or a brother? Shift S or Shift B")
		}
	}
	return k, nil
}

// greatGrandparents are the parents of a grandparent, added when they are not
// recorded: nothing else says whose brother a great-uncle is.
func (m *model) greatGrandparents(grandparent string, w family.Word) (mother, father string) {
	x := m.person(grandparent)
	mother, father = x.Mother, x.Father
	if mother == "" {
		mother = m.addPerson(sided(w, "great-grandmother"))
	}
	if father == "" {
		father = m.addPerson(sided(w, "great-grandfather"))
	}
	x = m.person(grandparent)
	x.Mother, x.Father = mother, father
	return mother, father
}

func (m *model) newParent(x *rules.Person, sex string) (newKin, error) {
	k := newKin{Person: rules.Person{Sex: sex}}
	w := wordOf(x.Relation)
	child := x.ID
	link := func(id string) {
		if sex == "female" {
			m.person(child).Mother = id
		} else {
			m.person(child).Father = id
		}
	}
	known := x.Mother + x.Father // at most one of them
	switch {
	case x.ID == m.rec.Case.Patient, w.Class == family.Sibling,
		w.Class == family.HalfSibling && (w.Side == family.Maternal) == (sex == "female"):
		k.Relation = resexed("mother", sex)
	case w.Class == family.Parent:
		k.Relation = sideThrough(w, resexed("grandmother", sex))
	case w.Class == family.AuntOrUncle:
		k.Relation = sided(w, resexed("grandmother", sex))
	case w.Class == family.Grandparent:
		k.Relation, k.after = sided(w, resexed("great-grandmother", sex)), link
	case w.Class == family.Child:
		k = m.newPartner(m.patient(), sex)
		k.after = link
	case w.Class == family.Cousin && known == "":
		k.Relation, k.after = sided(w, resexed("aunt", sex)), link
	case w.Class == family.NieceOrNephew && known == "":
		k.Relation, k.after = resexed("sister", sex), link
	case w.Class == family.Grandchild && known == "":
		k.Relation, k.after = resexed("daughter", sex), link
	case w.Class == family.GreatAuntOrUncle && known == "", w.Class == family.GreatGrandparent:
		return k, errors.New("the tree goes no further up from here; add the grandparent’s parents instead")
	default:
		k.after = func(id string) {
			link(id)
			if known == "" && w.Class == family.HalfSibling {
				known = m.byWord(map[family.Sides]string{family.Maternal: "mother", family.Paternal: "father"}[w.Side])
			}
			if known != "" {
				m.couple(known, id)
			}
		}
	}
	return k, nil
}

// newPartner is a partner of somebody. Who is drawn as the children's other
// parent so far stays it when a second partner comes.
func (m *model) newPartner(x *rules.Person, sex string) newKin {
	if sex == "" { // most couples; any other is set under Questions
		sex = map[string]string{"female": "male", "male": "female"}[m.sexOf(x)]
	}
	k := newKin{Person: rules.Person{Sex: sex}}
	w := wordOf(x.Relation)
	id, earlier := x.ID, m.partnersOf(x.ID)
	k.after = func(added string) {
		if len(earlier) == 1 {
			m.settleChildren(id, earlier[0])
		}
		m.couple(id, added)
	}
	switch {
	case id == m.rec.Case.Patient:
		k.Relation = "partner"
	case w.Class == family.Parent && m.coParent(x, w) == "" && m.sexOf(x) != sex:
		k.Relation, k.after = resexed("mother", sex), nil
	case w.Class == family.Parent:
		k.Relation = "step-" + resexed("mother", sex)
	case w.Class == family.Grandparent && m.coParent(x, w) == "" && m.sexOf(x) != sex:
		k.Relation, k.after = sided(w, resexed("grandmother", sex)), nil
	}
	return k
}
