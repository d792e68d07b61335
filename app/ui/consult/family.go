package consult

import (
	"fmt"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

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
	reveal string            // whose row is to be scrolled into view
	typing bool              // the line has the keyboard

	asked     map[string]*kit.Select // by topic
	topicKeys map[string]rune        // the letter that says how far a topic was asked
	sides     *kit.Select
	add       *kit.Press
	files     *kit.Press
	start     *kit.Press
	rows      map[string]*kit.Press
	lines     map[string]kinLine // as last drawn
	degrees   map[string]int     // of everyone, as last drawn
	editor    *kinEditor
	tree      *treePane
	table     *kit.Sheet
	scroll    *kit.Scroll
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
		sel.Words = t.Question + " Nobody but those entered: asked up to which degree? Only then does silence mean no"
		pg.asked[t.ID] = sel
	}
	pg.topicKeys = topicKeys(s.m.dict.Topics())
	pg.sides = kit.NewSelect("No side", sideOptions, pg.chooseSides)
	pg.sides.SetSmall()
	pg.sides.Words = "A side of the family nobody knows about: adoption, donor, lost contact; W on a row"
	pg.add = kit.NewButton(kit.Plain, "plus", "Add relative", pg.openMenu)
	pg.add.Words = "+ opens the list of relations from any row; a letter jumps"
	pg.files = kit.NewButton(kit.Plain, "open", "File", pg.fileMenu)
	pg.files.Words = "Open a family file, or save this family as one or as a picture"
	pg.start = kit.NewButton(kit.Primary, "plus", "Add parents", pg.addParents)
	pg.start.Words = "Enter adds mother and father; or one letter adds one: M, F, S, B, D, N, G, A, U"
	pg.start.OnRune, pg.add.OnRune = pg.addByKey, pg.addByKey
	pg.start.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name != desktop.KeyMenu && e.Name != fyne.KeyF10 {
			return false
		}
		pg.menuAt(s.m.rec.Case.Patient, fyne.CurrentApp().Driver().AbsolutePositionForObject(pg.start))
		return true
	}
	pg.table = kit.NewSheet(pg.drawTable)
	pg.scroll = kit.NewScroll(pg.table)
	pg.editor = newKinEditor(pg)
	pg.tree = newTreePane(pg)
	pg.sync()
	return pg
}

// relatives are the people of the table in its order, without the patient.
func (pg *familyPage) relatives() []*rules.Person {
	var out []*rules.Person
	for _, l := range pg.s.m.kinLines() {
		if l.p.ID != pg.s.m.rec.Case.Patient {
			out = append(out, l.p)
		}
	}
	return out
}

// topicKeys gives every topic a letter of its own name that adds nobody.
func topicKeys(topics []*rules.TopicDef) map[string]rune {
	taken := map[rune]bool{twinKey: true, wedKey: true, sideKey: true}
	for _, k := range kinKeys {
		taken[k.key] = true
	}
	for _, k := range stepKeys {
		taken[unicode.ToLower(k.key)] = true
	}
	out := map[string]rune{}
	for _, t := range topics {
		for _, r := range strings.ToLower(t.ID) {
			if r >= 'a' && r <= 'z' && !taken[r] {
				out[t.ID], taken[r] = r, true
				break
			}
		}
	}
	return out
}

// askFurther says that a topic was asked one degree further than so far, and
// that nobody but those entered had it; after the third it is not asked.
func (pg *familyPage) askFurther(t *rules.TopicDef) {
	next := "1"
	if d, ok := pg.s.m.rec.Case.Asked[t.ID]; ok {
		next = []string{"1", "2", "3", "-"}[min(3, max(0, d))]
	}
	pg.ask(t.ID, next)
	if next == "-" {
		pg.s.host.Say(t.Label + ": not asked")
		return
	}
	pg.s.host.Say(t.Label + ": asked up to " + degreeWords(int(next[0]-'0')) + ", nobody but those entered. Again for one degree further")
}

// nextSide goes through the sides nobody knows about.
func (pg *familyPage) nextSide() {
	for i, o := range sideOptions {
		if o.Value == pg.sides.Value() {
			next := sideOptions[(i+1)%len(sideOptions)]
			pg.chooseSides(next.Value)
			pg.s.host.Say("Nobody knows about: " + strings.ToLower(next.Label))
			return
		}
	}
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

// fileMenu opens what can be done with files.
func (pg *familyPage) fileMenu() {
	kit.ShowMenu(pg.files, fileOptions, "", 240, pg.doFile)
}

var fileOptions = []kit.Option{
	{Value: "open", Label: "Open family file"},
	{Value: "save", Label: "Save family file or picture"},
}

func (pg *familyPage) doFile(v string) {
	if v == "open" {
		pg.openFile()
		return
	}
	pg.saveFile()
}

func (pg *familyPage) addParents() {
	pg.addKin("mother", "father")
}

func (pg *familyPage) choose(id string) {
	pg.chosen, pg.reveal = id, id
	pg.editor.show(pg.s.m.person(id))
	pg.table.Redraw()
	pg.tree.show()
	pg.s.redrawForm()
}

// patientChosen tells whether the row of the patient is chosen, who is asked
// about elsewhere.
func (pg *familyPage) patientChosen() bool { return pg.chosen == pg.s.m.rec.Case.Patient }

// show chooses a relative and puts the keyboard on what is asked about them,
// for the next-question card.
func (pg *familyPage) show(person, fact string) {
	if pg.s.m.person(person) == nil {
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
		clear(pg.unread) // a line that was being typed was taken back with its change
		pg.editor.show(pg.s.m.person(pg.chosen))
	}
	pg.editor.sync()
	pg.tree.show()
	pg.table.Redraw()
}

// redraw draws the page again once it is there.
func (pg *familyPage) redraw() {
	if f := pg.s.form[FamilyStep]; f != nil {
		f.Redraw()
	}
}
