package consult

import (
	"fmt"

	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/rules"
)

// familyPage is the table of relatives with the chosen one's questions beside
// it.
type familyPage struct {
	s      *Screen
	chosen string // id of the relative shown
	reader *typed.RelativeReader
	queue  []string          // relatives just added and not asked about yet
	unread map[string]string // by id: a line that was not understood

	asked  map[string]*kit.Select // by topic
	sides  *kit.Select
	add    *kit.Press
	start  *kit.Press
	rows   map[string]*kit.Press
	editor *kinEditor
	tree   *treePane
	table  *kit.Sheet
	scroll *kit.Scroll
}

var degreeOptions = []kit.Option{
	{Value: "-", Label: "Not asked"},
	{Value: "0", Label: "Patient only"},
	{Value: "1", Label: "1st degree"},
	{Value: "2", Label: "2nd degree"},
	{Value: "3", Label: "3rd degree"},
}

var sideOptions = []kit.Option{
	{Value: "-", Label: "No side"},
	{Value: "maternal", Label: "Mother’s side"},
	{Value: "paternal", Label: "Father’s side"},
	{Value: "both", Label: "Both sides"},
}

func newFamilyPage(s *Screen) *familyPage {
	pg := &familyPage{s: s, asked: map[string]*kit.Select{}, rows: map[string]*kit.Press{}, unread: map[string]string{}}
	pg.reader = typed.NewRelativeReader(s.m.dict)
	for _, t := range s.m.dict.Topics() {
		sel := kit.NewSelect("Not asked", degreeOptions, func(v string) { pg.ask(t.ID, v) })
		sel.SetSmall()
		sel.Words = t.Question + " Up to which degree was this asked? Only then does silence mean no."
		pg.asked[t.ID] = sel
	}
	pg.sides = kit.NewSelect("No side", sideOptions, pg.chooseSides)
	pg.sides.SetSmall()
	pg.sides.Words = "A side of the family nobody knows about: adoption, donor, lost contact"
	pg.add = kit.NewButton(kit.Plain, "plus", "Add relative", pg.openMenu)
	pg.add.Words = "+ opens the list of relations from any row; a letter jumps"
	pg.start = kit.NewButton(kit.Primary, "plus", "Add parents", pg.addParents)
	pg.start.Words = "Enter adds mother and father; or one letter adds one: M, F, S, B, D, N, G, A, U"
	pg.start.OnRune, pg.add.OnRune = pg.addByKey, pg.addByKey
	pg.table = kit.NewSheet(pg.drawTable)
	pg.scroll = kit.NewScroll(pg.table)
	pg.editor = newKinEditor(pg)
	pg.tree = newTreePane(pg)
	pg.sync()
	return pg
}

func (pg *familyPage) relatives() []*rules.Person {
	var out []*rules.Person
	people := pg.s.m.rec.Case.People
	for _, g := range kinGroups {
		for i := range people {
			if people[i].ID != pg.s.m.rec.Case.Patient && kinGroup(&people[i]) == g {
				out = append(out, &people[i])
			}
		}
	}
	return out
}

func (pg *familyPage) ask(topic, v string) {
	c := &pg.s.m.rec.Case
	if c.Asked == nil {
		c.Asked = map[string]int{}
	}
	if v == "-" || v == "" {
		delete(c.Asked, topic)
	} else {
		c.Asked[topic] = int(v[0] - '0')
	}
	pg.changed()
}

// askedNone records that the question was put and nobody has it.
func (s *Screen) askedNone(topic string, degree int) {
	c := &s.m.rec.Case
	if c.Asked == nil {
		c.Asked = map[string]int{}
	}
	c.Asked[topic] = max(degree, c.Asked[topic])
	s.m.touch()
	s.refresh()
}

func (pg *familyPage) chooseSides(v string) {
	c := &pg.s.m.rec.Case
	switch v {
	case "maternal", "paternal":
		c.UnknownSides = []string{v}
	case "both":
		c.UnknownSides = []string{"maternal", "paternal"}
	default:
		c.UnknownSides = nil
	}
	pg.changed()
}

func (pg *familyPage) changed() { pg.changedAs("") }

func (pg *familyPage) changedAs(key string) {
	pg.s.m.touchAs(key)
	pg.s.refresh()
}

func (pg *familyPage) openMenu() {
	kit.ShowMenu(pg.add, kinOptions(pg.s.m.rec.Case.People), "", 240, func(v string) {
		pg.addKin(v)
	})
}

func (pg *familyPage) addParents() {
	pg.choose(pg.s.m.addPeople("mother", "father")[0])
	pg.s.refresh()
	pg.editor.focusFirst()
}

func (pg *familyPage) choose(id string) {
	pg.chosen = id
	pg.editor.show(pg.s.m.person(id))
	pg.table.Redraw()
	pg.tree.show()
	pg.s.redrawForm()
}

// show chooses a relative and puts the keyboard on what is asked about them,
// for the next-question card.
func (pg *familyPage) show(person, fact string) {
	if pg.s.m.person(person) == nil || person == pg.s.m.rec.Case.Patient {
		pg.s.focus(pg.first())
		return
	}
	pg.choose(person)
	pg.editor.focus(fact)
}

func (pg *familyPage) sync() {
	c := &pg.s.m.rec.Case
	for t, sel := range pg.asked {
		v := "-"
		if d, ok := c.Asked[t]; ok {
			v = fmt.Sprint(min(3, max(0, d)))
		}
		sel.SetValue(v)
	}
	switch {
	case len(c.UnknownSides) > 1:
		pg.sides.SetValue("both")
	case len(c.UnknownSides) == 1:
		pg.sides.SetValue(c.UnknownSides[0])
	default:
		pg.sides.SetValue("-")
	}
	list := pg.relatives()
	if pg.s.m.person(pg.chosen) == nil {
		pg.chosen = ""
		if len(list) > 0 {
			pg.chosen = list[0].ID
		}
		pg.editor.show(pg.s.m.person(pg.chosen))
	}
	if pg.s.m.restoring {
		pg.editor.show(pg.s.m.person(pg.chosen))
	}
	pg.editor.sync()
	pg.tree.show()
	pg.table.Redraw()
}
