package consult

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	domain "kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

// proposalPage asks before a relative gets a consultation of their own, or is
// tied to one that is here: it shows what goes over and what does not.
type proposalPage struct {
	kit.Sheet
	s      *Screen
	person string
	over   fyne.Canvas
	back   fyne.Focusable

	tying    bool            // to a consultation that is here already
	found    *domain.Summary // which, once chosen
	proposal *domain.Proposal
	trouble  string
	busy     bool

	ill    *kit.Segment
	mode   *kit.Segment
	search *kit.Field
	hits   []domain.Summary
	asked  int
	rows   []*kit.Press
	body   *kit.Sheet
	scroll *kit.Scroll
	apart  *kit.Press
	ok     *kit.Press
	cancel *kit.Press
}

const (
	newOne = "new"
	oldOne = "old"

	mostHits = 6
)

// ask opens the page for a relative.
func (t *familyTesting) ask(person string) {
	c := kit.CanvasOf(t.s.root)
	if c == nil || t.s.m.person(person) == nil {
		return
	}
	a := &proposalPage{s: t.s, person: person, over: c, back: c.Focused()}
	a.Draw = a.draw
	a.ExtendBaseWidget(a)
	a.mode = kit.NewSegment([]kit.Option{{Value: newOne, Label: "New consultation"}, {Value: oldOne, Label: "One that is here"}}, func(v string) {
		if v == "" {
			v = newOne
			a.mode.SetValue(v)
		}
		a.setTying(v == oldOne)
	})
	a.mode.SetValue(newOne)
	a.mode.Words = "Begin one for the relative, or tie one of theirs that was made before"
	a.ill = kit.NewSegment([]kit.Option{{Value: "no", Label: "Leave out"}, {Value: "yes", Label: "Carry over"}}, func(string) { a.propose() })
	a.ill.SetSmall()
	a.ill.SetValue("no")
	a.ill.Words = "Illnesses of other relatives, as this patient told them; never the patient’s own"
	a.search = kit.NewField("Name, NHS number or date of birth", a.find)
	a.search.Lead = "search"
	a.body = kit.NewSheet(a.drawBody)
	a.scroll = kit.NewScroll(a.body)
	a.apart = kit.NewButton(kit.Plain, "", "Take the tie away", a.takeApart)
	a.ok = kit.NewButton(kit.Primary, "", "Open consultation", a.confirm)
	a.cancel = kit.NewButton(kit.Plain, "", "Cancel", a.close)
	a.Resize(c.Size())
	c.Overlays().Add(a)
	t.asking = a
	a.propose()
	c.Focus(a.ok)
}

func (a *proposalPage) close() {
	a.over.Overlays().Remove(a)
	a.s.testing.asking = nil
	if a.back != nil {
		a.over.Focus(a.back)
	}
}

// Tapped outside does nothing: what was chosen must not vanish by a slip.
func (a *proposalPage) Tapped(*fyne.PointEvent) {}

// lost tells whether the relative is tied to a consultation that is not here.
func (a *proposalPage) lost() bool {
	for _, p := range a.s.m.rec.MissingPeople() {
		if p == a.person {
			return true
		}
	}
	return false
}

func (a *proposalPage) setTying(on bool) {
	a.tying, a.found, a.proposal, a.trouble = on, nil, nil, ""
	if !on {
		a.propose()
		return
	}
	a.redraw() // puts the box there that takes the keyboard
	a.over.Focus(a.search.Target())
	a.find(a.search.Text())
}

func (a *proposalPage) redraw() {
	label := "Open consultation"
	if a.tying {
		label = "Tie them"
	}
	a.ok.SetLabel(kit.Primary, "", label)
	off, hint := a.proposal == nil || a.busy || a.lost(), "Saves both consultations and goes to the relative’s"
	if off {
		hint = "Nothing to do yet"
	}
	a.ok.SetOff(off, hint)
	a.body.Redraw()
	a.Redraw()
}

// propose works out what a new consultation would begin with.
func (a *proposalPage) propose() {
	a.proposal, a.trouble = nil, ""
	if !a.lost() {
		p, err := a.s.m.kin().ProposeRelative(a.s.m.snapshot(), a.person, domain.Carry{Illnesses: a.ill.Value() == "yes"})
		a.take(p, err)
	}
	a.redraw()
}

func (a *proposalPage) take(p *domain.Proposal, err error) {
	a.proposal = p
	if err != nil {
		a.proposal, a.trouble = nil, capital(err.Error())+"."
	}
}

// find looks for consultations that are here; the newest question wins.
func (a *proposalPage) find(text string) {
	a.asked++
	at := a.asked
	a.found, a.proposal, a.trouble = nil, nil, ""
	var hits []domain.Summary
	var err error
	kit.Background(func() { hits, err = a.s.m.kin().SearchAll(context.Background(), text, mostHits+1) }, func() {
		if at != a.asked {
			return
		}
		if err != nil {
			a.trouble = capital(err.Error()) + "."
		}
		a.hits, a.rows = nil, nil
		for i := range hits {
			if hits[i].ID == a.s.m.rec.ID || len(a.hits) == mostHits {
				continue
			}
			a.hits = append(a.hits, hits[i])
			a.rows = append(a.rows, a.hitRow(hits[i]))
		}
		a.redraw()
	})
}

// hitRow is a consultation that was found, to be chosen.
func (a *proposalPage) hitRow(h domain.Summary) *kit.Press {
	b := h.Identity.Banner(a.s.m.today)
	r := kit.NewPress(4, func(p *kit.Pen, st kit.State) {
		if st.On {
			p.Fill(0, 0, p.W, p.H, look.ActionTint)
			p.Fill(0, 0, 3, p.H, look.Action)
		} else if st.Hover {
			p.Fill(0, 0, p.W, p.H, look.BG)
		}
		p.HLine(0, p.H-1, p.W)
		p.Runs(12, 8, p.W-300, kit.Run{Text: b.Family, Style: kit.Body.B()}, kit.Run{Text: b.Rest, Style: kit.Body})
		p.Text(p.W-280, 8, 150, b.Born, kit.Small, kit.Left)
		p.Text(p.W-120, 8, 108, b.NHS, kit.Small, kit.Right)
	}, nil)
	r.Inset = true
	r.OnPress = func() { a.choose(h, r) }
	r.Words = "Choose this consultation"
	return r
}

// choose reads what tying a consultation would change.
func (a *proposalPage) choose(h domain.Summary, row *kit.Press) {
	for _, r := range a.rows {
		r.SetOn(r == row)
	}
	a.found = &h
	rec := a.s.m.snapshot()
	var p *domain.Proposal
	var err error
	kit.Background(func() { p, err = a.s.m.kin().ProposeTie(context.Background(), rec, a.person, h.ID) }, func() {
		a.take(p, err)
		a.redraw()
	})
}

// confirm makes the consultation, or ties it, and goes there.
func (a *proposalPage) confirm() {
	p, tying, m := a.proposal, a.tying, a.s.m
	if p == nil || a.busy {
		return
	}
	a.busy = true
	a.redraw()
	var other *domain.Record
	m.together(func(ctx context.Context, rec *domain.Record) (err error) {
		if tying {
			other, err = m.kin().TieRelative(ctx, rec, p)
		} else {
			other, err = m.kin().OpenRelative(ctx, rec, p)
		}
		return err
	}, func(err error) {
		a.busy = false
		if err != nil {
			a.trouble = capital(err.Error()) + "."
			a.redraw()
			return
		}
		a.close()
		a.s.host.OpenRecord(other.ID)
	})
}

// takeApart takes the tie to a consultation that is not here away.
func (a *proposalPage) takeApart() {
	m, person := a.s.m, a.person
	m.together(func(ctx context.Context, rec *domain.Record) error { return m.kin().Untie(ctx, rec, person) }, func(err error) {
		if err != nil {
			a.trouble = capital(err.Error()) + "."
		}
		a.propose()
		a.s.refresh()
	})
}

// who is the relative in a sentence.
func (a *proposalPage) who() string {
	return lowerFirst(a.s.kinWords(a.person))
}

// kinWords is what a relative is called with the side.
func (s *Screen) kinWords(person string) string {
	p := s.m.person(person)
	if p == nil {
		return "relative"
	}
	name := s.m.kinName(p)
	if side, _, ok := strings.Cut(p.Relation, "ternal "); ok && !strings.Contains(name, "ternal") { // the table has a heading for the side
		name = capital(side+"ternal ") + lowerFirst(name)
	}
	return name
}

func (a *proposalPage) draw(p *kit.Pen) {
	w, h := min(720, p.W-32), min(600, p.H-32)
	x, y := (p.W-w)/2, (p.H-h)/2
	p.Box(x, y, w, h, look.Surface, look.Ctl, 2, kit.RCard)
	p.Text(x+24, y+18, w-48, "A consultation of "+a.own()+" own: "+a.who(), kit.Title, kit.Left)
	top := y + 56
	if !a.lost() {
		p.Put(a.mode, x+24, top, a.mode.Width(), 32)
		top += 44
	}
	if a.tying {
		p.Put(a.search, x+24, top, w-48, 32)
		top += 40
	}
	p.HLine(x+24, top, w-48)
	p.Put(a.scroll, x+24, top+4, w-48, y+h-64-top-4)
	p.HLine(x+24, y+h-60, w-48)
	if a.lost() {
		p.Put(a.apart, x+24, y+h-48, a.apart.Width(), 36)
	}
	p.Put(a.cancel, x+w-24-a.ok.Width()-8-a.cancel.Width(), y+h-48, a.cancel.Width(), 36)
	p.Put(a.ok, x+w-24-a.ok.Width(), y+h-48, a.ok.Width(), 36)
}

func (a *proposalPage) own() string {
	return map[string]string{"her": "her", "him": "his", "them": "their"}[a.s.pronoun(a.person)]
}

func (a *proposalPage) drawBody(p *kit.Pen) {
	y := float32(8)
	if a.trouble != "" {
		y += p.Note(0, y, p.W, "warn", a.trouble, look.Warn) + 10
	}
	switch {
	case a.lost():
		_, why := a.s.m.rec.MissingKin()
		y += p.Note(0, y, p.W, "warn", capital(why.Error())+".", look.Warn) + 10
		y += p.Para(0, y, p.W, "Take the tie away to begin another consultation, or to tie one that is here.", kit.Body) + 8
	case a.tying:
		y = a.drawHits(p, y)
	}
	if a.proposal != nil {
		y = a.drawProposal(p, y)
	}
	a.body.SetMin(p.W, y+8)
}

func (a *proposalPage) drawHits(p *kit.Pen, y float32) float32 {
	if len(a.hits) == 0 {
		text := "Find the relative’s consultation by name, NHS number or date of birth."
		if strings.TrimSpace(a.search.Text()) != "" {
			text = "Nobody here matches that."
		}
		return y + p.Para(0, y, p.W, text, kit.Body.In(look.Muted)) + 10
	}
	for _, r := range a.rows {
		p.Put(r, 0, y, p.W, 36)
		y += 36
	}
	return y + 12
}

func (a *proposalPage) drawProposal(p *kit.Pen, y float32) float32 {
	for _, d := range a.proposal.Doubts {
		y += p.Note(0, y, p.W, "warn", d, look.Warn) + 8
	}
	y = drawSentences(p, y, "Goes over", "met", look.Met, a.proposal.Carried)
	y = drawSentences(p, y, "Does not", "not", look.Not, a.proposal.Kept)
	if !a.tying {
		p.Text(0, y+5, 0, "Illnesses of other relatives", kit.Body, kit.Left)
		p.Put(a.ill, 220, y, a.ill.Width(), 28)
		y += 38
		y += p.Para(0, y, p.W, "Both consultations are saved, sealed and noted in the audit trail. Offers and results of this relative then show in both.", kit.Caption)
	}
	return y
}

func drawSentences(p *kit.Pen, y float32, title, icon string, tok look.Token, lines []string) float32 {
	p.Text(0, y, 0, title, kit.Body.B(), kit.Left)
	y += 26
	for _, l := range lines {
		p.Icon(0, y+2, 16, icon, tok)
		y += p.Para(26, y, p.W-26, l, kit.Body) + 5
	}
	return y + 8
}
