package consult

import (
	"fmt"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
	"kindred/rules"
)

// adviceColumn is the live advice: the answer and the next question stay in
// view, the verdicts scroll below them.
type adviceColumn struct {
	s      *Screen
	sheet  *kit.Sheet
	cards  *kit.Sheet
	scroll *kit.Scroll
	next   *nextCard

	press  map[string]*kit.Press // folds and links, by what they are for
	open   map[string]bool       // what the user unfolded or folded
	normal map[string]bool       // what is unfolded while the user says nothing
}

func newAdviceColumn(s *Screen) *adviceColumn {
	a := &adviceColumn{s: s, press: map[string]*kit.Press{}, open: map[string]bool{}, normal: map[string]bool{}}
	a.sheet = kit.NewSheet(a.draw)
	a.cards = kit.NewSheet(a.drawCards)
	a.scroll = kit.NewScroll(a.cards)
	a.next = newNextCard(s)
	return a
}

// follow shows new advice.
func (a *adviceColumn) follow() {
	a.next.act = a.act()
	a.next.follow(a.lead())
	a.sheet.Redraw()
	a.cards.Redraw()
}

func (a *adviceColumn) areas() []*rules.AreaAdvice {
	if a.s.m.advice == nil {
		return nil
	}
	return words.Ordered(a.s.m.advice.Areas)
}

// lead is the question worth asking next: of the strongest area that is open.
func (a *adviceColumn) lead() (*rules.Question, *rules.AreaAdvice) {
	for _, ar := range a.areas() {
		if ar.Outcome != rules.MoreInformation {
			continue
		}
		for i := range ar.Next {
			if !a.s.answered(&ar.Next[i]) {
				return &ar.Next[i], ar
			}
		}
	}
	return nil, nil
}

// act is the area whose next step is to ask pathology, nil when the strongest
// area asks for something else.
func (a *adviceColumn) act() *rules.AreaAdvice {
	if list := a.areas(); len(list) > 0 && list[0].Outcome == rules.TestTumour {
		return list[0]
	}
	return nil
}

// questionKey tells questions apart.
func questionKey(q *rules.Question) string { return q.Fact + "\x00" + q.Person }

// answered tells whether a question was put already and nobody knew: it stays
// open, but asking it again is no use.
func (s *Screen) answered(q *rules.Question) bool {
	if s.skipped[questionKey(q)] {
		return true
	}
	if q.Person != "" && q.Person != s.m.rec.Case.Patient {
		return false
	}
	_, ok := s.m.patient().Facts[q.Fact]
	return ok
}

// owns tells whether the keyboard is in this column.
func (a *adviceColumn) owns(f fyne.Focusable) bool {
	if a.next.owns(f) {
		return true
	}
	for _, p := range a.press {
		if f == fyne.Focusable(p) {
			return true
		}
	}
	return false
}

// focusNext puts the keyboard on the next question, or on the first verdict.
func (a *adviceColumn) focusNext() {
	if f := a.next.target(); f != nil {
		a.s.focus(f)
		return
	}
	for _, ar := range a.areas() {
		a.s.focus(a.fold("area:"+ar.Area, false))
		return
	}
}

// fold is the press that unfolds something.
func (a *adviceColumn) fold(key string, normally bool) *kit.Press {
	a.normal[key] = normally
	b, ok := a.press[key]
	if ok {
		b.Redraw()
		return b
	}
	b = kit.NewPress(4, func(p *kit.Pen, _ kit.State) {
		name := "right"
		if a.isOpen(key, a.normal[key]) {
			name = "down"
		}
		p.Icon(1, 6, 12, name, look.Muted)
	}, func() {
		a.open[key] = !a.isOpen(key, a.normal[key])
		a.cards.Redraw()
	})
	a.press[key] = b
	return b
}

func (a *adviceColumn) isOpen(key string, normally bool) bool {
	if v, ok := a.open[key]; ok {
		return v
	}
	return normally
}

// toggleAll unfolds every criterion, or folds them when all are open.
func (a *adviceColumn) toggleAll() {
	all := true
	var keys []string
	for _, ar := range a.areas() {
		keys = append(keys, "area:"+ar.Area, "more:"+ar.Area)
		for i := range ar.Criteria {
			keys = append(keys, "crit:"+ar.Criteria[i].ID)
		}
	}
	for _, k := range keys {
		all = all && a.open[k]
	}
	for _, k := range keys {
		a.open[k] = !all
	}
	a.cards.Redraw()
}

// showFlags unfolds the area of the red flag and puts the keyboard there.
func (a *adviceColumn) showFlags() {
	for _, ar := range a.areas() {
		for _, f := range ar.Flags {
			if f.Urgent {
				a.open["area:"+ar.Area] = true
				a.cards.Redraw()
				a.s.focus(a.fold("area:"+ar.Area, true))
				return
			}
		}
	}
}

const (
	advPad  = 16
	cardPad = 14
)

func (a *adviceColumn) draw(p *kit.Pen) {
	y := a.drawAnswer(p, advPad, 12, p.W-2*advPad)
	if a.next.shown() {
		y += 10
		h := a.next.height(p.W - 2*advPad)
		p.Put(a.next.sheet, advPad, y, p.W-2*advPad, h)
		y += h
	}
	p.Put(a.scroll, 0, y+2, p.W, p.H-y-2)
}

// drawAnswer draws the question, the answer and its icon.
func (a *adviceColumn) drawAnswer(p *kit.Pen, x, y, w float32) float32 {
	if a.s.m.trouble != nil {
		h := p.Message(x, y, w, kit.ToneUrgent, "urg", "This cannot be assessed.", words.Capital(a.s.m.trouble.Error()))
		return y + h
	}
	areas := a.areas()
	if len(areas) == 0 {
		p.Skeleton(x+46, y+6, 180)
		p.Skeleton(x+46, y+26, 240)
		return y + 46
	}
	ar := areas[0]
	face := words.Of(ar.Outcome, ar.Urgent)
	ink := face.Tone.Ink()
	if ar.Urgent {
		ink = look.Urgent
	}
	p.Icon(x+4, y+9, 28, face.Icon, ink)
	p.Text(x+44, y+2, w-44, a.s.question(ar), kit.Caption, kit.Left)
	lines := kit.Title.Wrap(headline(ar), w-44)
	ly := y + 17
	for _, l := range lines {
		p.Text(x+44, ly, w-44, l, kit.Title, kit.Left)
		ly += 26
	}
	return max(ly+2, y+46)
}

// headline is the answer in words, also where an area gives none.
func headline(ar *rules.AreaAdvice) string {
	switch {
	case ar.Headline != "":
		return ar.Headline
	case ar.Outcome == rules.MoreInformation && len(ar.Next) == 1:
		return "Not yet: ask one question"
	case ar.Outcome == rules.MoreInformation:
		return "Not yet: more to ask"
	}
	return words.Of(ar.Outcome, ar.Urgent).Word
}

// question is what the area answers: "FH genetic test (R134) indicated?".
func (s *Screen) question(ar *rules.AreaAdvice) string {
	if q := s.questions[ar.Area]; q != "" {
		return q
	}
	if ar.Code != "" {
		return ar.Title + " (" + ar.Code + ")"
	}
	return ar.Title
}

func (a *adviceColumn) drawCards(p *kit.Pen) {
	y := float32(8)
	for i, ar := range a.areas() {
		h := a.drawCard(p, advPad, y, p.W-2*advPad, ar, i == 0)
		y += h + 10
	}
	a.cards.SetMin(100, y+6)
}

// drawCard draws one area's verdict. The card is drawn first and measured by a
// dry run, because what lies in it decides its height.
func (a *adviceColumn) drawCard(p *kit.Pen, x, y, w float32, ar *rules.AreaAdvice, first bool) float32 {
	p.Card(x, y, w, a.cardHeight(w, ar, first))
	b := &cardBody{a: a, p: p, x: x + cardPad, w: w - 2*cardPad, y: y + 10}
	b.area(ar, first)
	return b.y + 10 - y
}

func (a *adviceColumn) cardHeight(w float32, ar *rules.AreaAdvice, first bool) float32 {
	b := &cardBody{a: a, x: cardPad, w: w - 2*cardPad, y: 10}
	b.area(ar, first)
	return b.y + 10
}

// band is a score in words, with its band where it has one.
func band(sc *rules.ScoreResult) string {
	if sc.Band != "" {
		return fmt.Sprintf("%s: %s", words.Score(sc.Min, sc.Max), sc.Band)
	}
	return words.Score(sc.Min, sc.Max)
}
