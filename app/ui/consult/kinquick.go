package consult

import (
	"slices"

	"kindred/app/ui/kit"
	"kindred/rules"
	"kindred/rules/family"
)

// A family in three minutes: on a row one letter adds a relative and puts the
// keyboard into a line that takes everything about them; Enter stores it and
// comes back to the row.

// kinKey is a letter that adds relatives of the patient.
type kinKey struct {
	key  rune
	word string
	add  []string // relation words; without a side where the side is asked
}

// stepKey is a letter that adds somebody to the chosen person.
type stepKey struct {
	key  rune // a capital is pressed with Shift
	word string
	step kinStep
	sex  string
}

var stepKeys = []stepKey{
	{'p', "partner", partnerStep, ""},
	{'c', "child", childStep, ""},
	{'D', "daughter", childStep, "female"},
	{'N', "son", childStep, "male"},
	{'S', "sister", siblingStep, "female"},
	{'B', "brother", siblingStep, "male"},
	{'M', "mother", parentStep, "female"},
	{'F', "father", parentStep, "male"},
}

const (
	twinKey = 't'
	wedKey  = 'l' // two who are listed are together
	sideKey = 'w'
)

var kinKeys = []kinKey{
	{'m', "mother", []string{"mother"}},
	{'f', "father", []string{"father"}},
	{'s', "sister", []string{"sister"}},
	{'b', "brother", []string{"brother"}},
	{'d', "daughter", []string{"daughter"}},
	{'n', "son", []string{"son"}},
	{'g', "grandparents", []string{"maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather"}},
	{'a', "aunt", []string{"aunt"}},
	{'u', "uncle", []string{"uncle"}},
	{'+', "others", nil},
}

// addByKey carries a letter out: adds relatives of the patient or, with Shift,
// of the chosen one, says how far a topic was asked, opens the list of all
// relations, or begins the line of the chosen relative with a digit.
func (pg *familyPage) addByKey(r rune) bool {
	if pg.stepByKey(r) {
		return true
	}
	switch {
	case r >= 'A' && r <= 'Z':
		r += 'a' - 'A'
	case r >= '0' && r <= '9' || r == '?' || r == '~' || r == '<':
		if pg.chosen == "" || pg.editor.line == nil {
			return false
		}
		pg.editor.focusLine()
		pg.editor.line.Target().TypedRune(r)
		return true
	}
	for _, t := range pg.s.m.dict.Topics() {
		if r == pg.topicKeys[t.ID] {
			pg.askFurther(t)
			return true
		}
	}
	i := slices.IndexFunc(kinKeys, func(k kinKey) bool { return k.key == r })
	if i < 0 {
		return false
	}
	switch k := kinKeys[i]; {
	case k.add == nil:
		pg.openMenu()
	case r == 'a' || r == 'u':
		pg.addOnSide(k.add[0])
	default:
		pg.addKin(k.add...)
	}
	return true
}

// stepByKey adds somebody to the chosen person; false when the letter is not one
// of those that do.
func (pg *familyPage) stepByKey(r rune) bool {
	id := pg.chosen
	if id == "" {
		id = pg.s.m.rec.Case.Patient
	}
	switch r {
	case sideKey:
		pg.nextSide()
		return true
	case twinKey:
		pg.askTwin(id)
		return true
	case wedKey:
		pg.askListed(id)
		return true
	}
	if r >= 'A' && r <= 'Z' && id == pg.s.m.rec.Case.Patient {
		return false // the patient's own have the letter itself
	}
	for _, k := range stepKeys {
		if k.key == r {
			pg.addStep(id, k.step, k.sex)
			return true
		}
	}
	return false
}

// addStep adds somebody to a person, asking for a child's other parent where
// there are several.
func (pg *familyPage) addStep(id string, step kinStep, sex string) {
	m := pg.s.m
	x := m.person(id)
	if x == nil {
		return
	}
	partners := m.partnersOf(id)
	if step == childStep && len(partners) > 1 && m.byBlood(x) {
		var options []kit.Option
		for _, p := range partners {
			options = append(options, kit.Option{Value: p, Label: "With " + m.inSentence(m.person(p))})
		}
		kit.ShowMenu(pg.row(id), options, "", 220, func(other string) { pg.added(m.addTo(id, step, sex, other)) })
		return
	}
	pg.added(m.addTo(id, step, sex, ""))
}

// added goes on with somebody just added: chosen, with the keyboard in the line.
func (pg *familyPage) added(id string, err error) {
	if err != nil {
		pg.s.host.Say(capital(err.Error()))
		return
	}
	pg.queue = nil
	pg.s.refresh()
	pg.choose(id)
	pg.editor.focusLine()
}

var sisterOrBrother = []kit.Option{{Value: "female", Label: "Sister"}, {Value: "male", Label: "Brother"}}

func (pg *familyPage) askTwin(id string) {
	kit.ShowMenu(pg.row(id), sisterOrBrother, "", 160, func(sex string) { pg.added(pg.s.m.addTwin(id, sex)) })
}

// askListed makes two people who are both listed a couple: cousins who married.
func (pg *familyPage) askListed(id string) {
	m := pg.s.m
	mine := append(m.partnersOf(id), id)
	var options []kit.Option
	for _, l := range m.kinLines() {
		if !slices.Contains(mine, l.p.ID) {
			options = append(options, kit.Option{Value: l.p.ID, Label: capital(m.inSentence(l.p)) + called(l.p)})
		}
	}
	if len(options) == 0 {
		pg.s.host.Say("Nobody else is listed yet")
		return
	}
	kit.ShowMenu(pg.row(id), options, "", 240, func(other string) {
		m.couple(id, other)
		pg.changed()
		pg.s.host.Say(m.kinName(m.person(id)) + " and " + m.inSentence(m.person(other)) + " are together now")
	})
}

// called is a person's name after the word of relation.
func called(p *rules.Person) string {
	if p.Name == "" {
		return ""
	}
	return ", " + p.Name
}

// addOnSide adds an aunt or uncle on the side of the chosen relative, and asks
// for it where that one is on both.
func (pg *familyPage) addOnSide(word string) {
	if side := pg.sideOf(pg.s.m.person(pg.chosen)); side != "" {
		pg.addKin(side + " " + word)
		return
	}
	under := pg.start
	if pg.chosen != "" {
		under = pg.row(pg.chosen)
	}
	kit.ShowMenu(under, sideOptions[1:3], "", 160, func(side string) { pg.addKin(side + " " + word) })
}

// sideOf is the side a relative stands on, "" for both or neither.
func (pg *familyPage) sideOf(p *rules.Person) string {
	if p == nil {
		return ""
	}
	w := wordOf(p.Relation)
	switch {
	case w.Text == "" || w.NoBlood:
	case p.Relation == "mother" || w.Side == family.Maternal:
		return "maternal"
	case p.Relation == "father" || w.Side == family.Paternal:
		return "paternal"
	}
	return ""
}

// addKin adds relatives and asks about the first; the others follow. One that
// can only be there once, and is, is gone to instead.
func (pg *familyPage) addKin(relations ...string) {
	var fresh []string
	there := ""
	for _, rel := range relations {
		if p := pg.only(rel); p != nil {
			there = p.ID
			continue
		}
		fresh = append(fresh, rel)
	}
	ids := pg.s.m.addPeople(fresh...)
	if len(ids) == 0 {
		ids = []string{there}
	}
	pg.queue = ids[1:]
	pg.s.refresh()
	pg.choose(ids[0])
	pg.editor.focusLine()
}

// only is the relative of a relation that a person has once, when there.
func (pg *familyPage) only(relation string) *rules.Person {
	if !slices.Contains(onlyOne, relation) {
		return nil
	}
	for i := range pg.s.m.rec.Case.People {
		if p := &pg.s.m.rec.Case.People[i]; p.Relation == relation {
			return p
		}
	}
	return nil
}

// onward goes to the next relative just added, or back to the row.
func (pg *familyPage) onward() {
	for len(pg.queue) > 0 {
		id := pg.queue[0]
		pg.queue = pg.queue[1:]
		if pg.s.m.person(id) != nil {
			pg.choose(id)
			pg.editor.focusLine()
			return
		}
	}
	pg.s.focus(pg.row(pg.chosen))
}

// keyHint is a key with what it does.
type keyHint struct{ key, word string }

// drawKeys draws the letters that add relatives, from y down, and returns what
// they need. Without a pen it only measures.
func (pg *familyPage) drawKeys(p *kit.Pen, x, y, w float32) float32 {
	m := pg.s.m
	own := make([]keyHint, 0, len(kinKeys))
	for _, k := range kinKeys {
		own = append(own, keyHint{capital(string(k.key)), k.word})
	}
	chosen := m.person(pg.chosen)
	patient := chosen == nil || chosen.ID == m.rec.Case.Patient
	plain, shifted := []keyHint{}, []keyHint{}
	for _, k := range stepKeys {
		switch {
		case k.key >= 'A' && k.key <= 'Z' && !patient:
			shifted = append(shifted, keyHint{string(k.key), k.word})
		case k.key >= 'a':
			plain = append(plain, keyHint{capital(string(k.key)), k.word})
		}
	}
	plain = append(plain, keyHint{"T", "twin"}, keyHint{"L", "pair with one listed"}, keyHint{"Menu", "all"})
	top := y
	if patient {
		return drawHints(p, x, y, w, "Patient’s", append(own, plain...))
	}
	y += drawHints(p, x, y, w, "Patient’s", own)
	whose := m.kinName(chosen) + "’s"
	if kit.Caption.B().Width(whose) > hintHead-6 {
		whose = "Chosen one’s"
	}
	y += drawHints(p, x, y, w, whose, plain)
	if len(shifted) > 0 {
		y += drawHints(p, x, y, w, "with Shift", shifted)
	}
	return y - top
}

// drawHints draws one group of keys after its heading.
func drawHints(p *kit.Pen, x, y, w float32, head string, keys []keyHint) float32 {
	const pitch = 23
	top := y
	if p != nil {
		p.Text(x, y+1, 0, head, kit.Caption.B(), kit.Left)
	}
	left := x + hintHead
	cx := left
	for _, k := range keys {
		need := kit.KeyWidth(k.key) + 5 + kit.Caption.Width(k.word)
		if cx > left && cx+need > x+w {
			cx, y = left, y+pitch
		}
		if p != nil {
			p.Key(cx, y, k.key)
			p.Text(cx+kit.KeyWidth(k.key)+5, y+1, 0, k.word, kit.Caption, kit.Left)
		}
		cx += need + 9
	}
	return y + pitch - top
}

// hintHead is the room for a group's heading.
const hintHead = 84
