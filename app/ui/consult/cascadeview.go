package consult

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	domain "kindred/app/consult"
	"kindred/app/ui/familytree"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
	"kindred/rules"
)

// The two things the family step shows once a variant is known in the family.
const (
	tableView   = "table"
	testingView = "testing"
)

// familyTesting is the family as a cascade: whom to offer the test to, beside the
// tree with everyone's chance. It takes the place of the table on the family
// step.
type familyTesting struct {
	s      *Screen
	choice *kit.Segment
	link   *kit.Press // from the check page
	pane   *familytree.Pane
	list   *cascadeList
	sheet  *kit.Sheet
	scroll *kit.Scroll
	untie  *kit.Press
	chosen string
	asking *proposalPage // over the window, nil when not
}

func newTesting(s *Screen) *familyTesting {
	t := &familyTesting{s: s, list: newCascadeList(s, true), pane: familytree.New(s.m.dict)}
	t.choice = kit.NewSegment([]kit.Option{{Value: tableView, Label: "Table"}, {Value: testingView, Label: "Testing"}}, func(v string) {
		if v == "" { // one of them is always shown
			v = tableView
		}
		t.show(v == testingView)
	})
	t.choice.SetSmall()
	t.choice.SetValue(tableView)
	t.choice.Words = "The family's table, or whom to offer the test for its variant"
	t.link = kit.NewLink("With the family tree", kit.Caption, s.ShowTesting)
	t.link.Words = "The list beside the tree, with relatives' own consultations"
	t.untie = kit.NewLink("Let them go", kit.Caption, t.letGo)
	t.untie.Words = "Takes the ties to consultations that are not here out of this one; what was known from them stays"
	t.pane.OnChoose = t.choose
	t.pane.OnOpen = t.choose
	t.sheet = kit.NewSheet(t.drawList)
	t.scroll = kit.NewScroll(t.sheet)
	return t
}

// ShowTesting goes to the family step with its testing beside the tree, where
// there is any.
func (s *Screen) ShowTesting() {
	if len(s.cascading()) == 0 {
		return
	}
	s.testing.choice.SetValue(testingView)
	s.Open(FamilyStep)
}

// on tells whether the testing is what the family step shows.
func (t *familyTesting) on() bool {
	return t.choice.Value() == testingView && len(t.s.cascading()) > 0
}

func (t *familyTesting) show(on bool) {
	v := tableView
	if on {
		v = testingView
	}
	t.choice.SetValue(v)
	t.s.refresh()
	t.s.focus(t.choice)
}

// choose follows a press on a symbol: the list shows who it is and gives the
// keyboard to what became of the offer.
func (t *familyTesting) choose(id string) {
	t.chosen = id
	t.pane.Choose(id)
	for _, ar := range t.s.cascading() {
		if r, ok := t.list.rows[ar.Area+" "+id]; ok {
			t.s.focus(r.box)
			break
		}
	}
	t.sheet.Redraw()
}

// first is what takes the keyboard when the view is opened.
func (t *familyTesting) first() fyne.Focusable { return t.choice }

// drawSwitch puts the choice between table and testing into the heading of the
// family step.
func (t *familyTesting) drawSwitch(p *kit.Pen) {
	if len(t.s.cascading()) > 0 {
		p.Put(t.choice, 20+kit.Title.Width("Family")+16, 14, t.choice.Width(), 28)
	}
}

// drawPage draws the family step: the table, or the testing.
func (t *familyTesting) drawPage(p *kit.Pen) {
	if !t.on() {
		t.s.pages[FamilyStep].draw(p)
		t.drawSwitch(p)
		return
	}
	view := t.s.scroll[FamilyStep].Size().Height
	t.s.form[FamilyStep].SetMin(300, view)
	t.pane.Remarks = t.s.offersInTree()
	t.pane.Show(&t.s.m.rec.Case, t.chosen)
	t.sheet.Redraw()
	p.Text(20, 14, 0, "Family", kit.Title, kit.Left)
	t.drawSwitch(p)
	if p.W < 840 { // the tree below the list
		half := max(240, p.H*0.55)
		p.Put(t.scroll, 0, 52, p.W, half-52)
		p.HLine(0, half, p.W)
		p.Put(t.pane.Root, 0, half, p.W, p.H-half)
		return
	}
	lw := min(620, max(520, p.W*0.5))
	p.Put(t.scroll, 0, 52, lw, p.H-52)
	p.VLine(lw, 0, p.H)
	p.Put(t.pane.Root, lw+p.Look().LineWidth(), 0, p.W-lw-p.Look().LineWidth(), p.H)
	p.Text(lw+20, 14, 0, "Chances and offers", kit.Title, kit.Left)
}

func (t *familyTesting) drawList(p *kit.Pen) {
	x, y, w := float32(20), float32(8), p.W-40
	y = t.drawMissing(p, x, y, w)
	for i, ar := range t.s.cascading() {
		if i > 0 {
			p.HLine(x, y, w)
			y += 12
		}
		p.Text(x, y, 0, t.s.short(ar)+": whom to offer the test for the family’s variant", kit.Body.B(), kit.Left)
		y += 20
		p.Text(x, y, w, t.summary(ar), kit.Caption, kit.Left)
		y += 26
		y = t.list.draw(p, x, y, w, ar)
	}
	if k := t.s.m.rec.Kin; k != nil && len(k.Carried) > 0 {
		p.HLine(x, y, w)
		p.Text(x, y+10, 0, "Came from a relative’s consultation", kit.Caption.B(), kit.Left)
		y += 28
		for _, line := range k.Carried {
			y += p.Para(x, y, w, line, kit.Caption) + 4
		}
	}
	t.sheet.SetMin(300, y+12)
}

// summary is the code, the gene and how many are outstanding.
func (t *familyTesting) summary(ar *rules.AreaAdvice) string {
	open, offered := 0, 0
	shown, _ := t.s.offersOf(ar.Cascade)
	for _, o := range shown {
		switch {
		case o.Result != "" || o.Died || o.Young:
		case o.State == "":
			open++
		case o.State == "offered":
			offered++
		}
	}
	parts := []string{ar.Cascade.Code}
	if ar.Cascade.Open == "" {
		parts = append(parts, fmt.Sprintf("%d not offered yet", open))
		if offered > 0 {
			parts = append(parts, words.Plural(offered, "offer", "offers")+" without an answer")
		}
	}
	return strings.Join(parts, " · ")
}

// drawMissing tells of tied consultations that cannot be read.
func (t *familyTesting) drawMissing(p *kit.Pen, x, y, w float32) float32 {
	n, why := t.s.m.rec.MissingKin()
	if n == 0 {
		return y
	}
	text := capital(why.Error()) + "."
	if n > 1 {
		text = fmt.Sprintf("%d relatives’ consultations cannot be read. The first: %s.", n, why.Error())
	}
	y += p.Note(x, y, w-t.untie.Width()-12, "warn", text, look.Warn)
	p.Put(t.untie, x+w-t.untie.Width(), y-17, t.untie.Width(), 16)
	return y + 10
}

// letGo takes the ties to missing consultations out.
func (t *familyTesting) letGo() {
	m := t.s.m
	m.together(func(ctx context.Context, rec *domain.Record) error {
		for _, person := range rec.MissingPeople() {
			if err := m.kin().Untie(ctx, rec, person); err != nil {
				return err
			}
		}
		return nil
	}, func(err error) {
		if err != nil {
			t.s.host.Say(err.Error())
		}
		t.s.refresh()
	})
}

// drawOwn puts the way to a relative's own consultation below their box.
func (l *cascadeList) drawOwn(p *kit.Pen, x, y, w float32, o *rules.Offer, st domain.OfferStanding, r *cascadeRow) float32 {
	if o.Degree == 0 {
		return y
	}
	if l.s.m.kin() == nil {
		return y + 14
	}
	label := "Open a consultation for " + l.s.pronoun(o.Person) + "…"
	switch {
	case st.Missing != nil:
		label = "Own consultation not found…"
	case st.Own != "":
		label = "Go to " + map[string]string{"her": "her", "him": "his", "them": "their"}[l.s.pronoun(o.Person)] + " consultation"
	case o.Died:
		return y + 14
	}
	r.own.SetText(label, kit.Caption.In(look.Action))
	r.own.Words = l.s.offerName(o) + ": a consultation of the relative’s own, tied to this one"
	p.Put(r.own, x, y, min(w, r.own.Width()), 16)
	return y + 18
}

// pronoun is her, him or them.
func (s *Screen) pronoun(person string) string {
	p := s.m.person(person)
	if p == nil {
		return "them"
	}
	sex := p.Sex
	if sex == "" {
		sex = kinSex(p.Relation)
	}
	switch sex {
	case "female":
		return "her"
	case "male":
		return "him"
	}
	return "them"
}

// ownConsultation goes to a relative's own consultation, or asks for one.
func (s *Screen) ownConsultation(person string) {
	own := ""
	var missing error
	for _, ar := range s.cascading() {
		st := s.m.rec.Standing(person, ar.Area)
		own, missing = st.Own, st.Missing
	}
	switch {
	case own != "" && missing == nil:
		s.host.OpenRecord(own)
	case s.m.kin() != nil:
		s.testing.ask(person)
	}
}
