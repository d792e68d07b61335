package consult

import (
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/app/ui/words"
	"kindred/rules"
	"kindred/rules/truth"
)

// nextCard is the one card with a heavy edge: the question worth asking now,
// and the control that answers it in place.
type nextCard struct {
	s     *Screen
	sheet *kit.Sheet
	q     *rules.Question
	area  *rules.AreaAdvice
	act   *rules.AreaAdvice // the area whose next step is an act, shown instead of a question
	key   string

	seg  *kit.Segment
	sel  *kit.Select
	box  *kit.Field
	nk   *kit.Press // "Not known" beside a number box
	do   *kit.Press // starts an act: enter relatives, write a request
	more *kit.Press // the act's other button
	num  typed.Number
	age  typed.Age
	held bool // the keyboard was here when the question was answered
}

func newNextCard(s *Screen) *nextCard {
	n := &nextCard{s: s}
	n.sheet = kit.NewSheet(n.draw)
	return n
}

// follow shows another question; the control is kept while the question stays
// the same, so that what is being typed survives.
func (n *nextCard) follow(q *rules.Question, ar *rules.AreaAdvice) {
	n.q, n.area = q, ar
	key := ""
	switch {
	case n.act != nil:
		n.q, n.area, key = nil, n.act, "act:"+n.act.Area
	case q != nil:
		key = questionKey(q)
	}
	if key == n.key {
		n.sheet.Redraw()
		return
	}
	held := n.held || n.focused()
	n.key, n.held = key, false
	n.seg, n.sel, n.box, n.nk, n.do, n.more = nil, nil, nil, nil, nil, nil
	n.num, n.age = typed.Number{}, typed.Age{}
	switch {
	case n.act != nil:
		n.do = kit.NewButton(kit.Primary, "mail", "Write request", func() { n.s.host.Letter(n.s.m.rec, n.s.m.advice) })
		n.do.Words = "Ctrl P: saves a letter with the request as PDF"
		n.more = kit.NewButton(kit.Plain, "", "Enter result", func() { n.s.Open(TumourStep) })
	case q != nil:
		n.build()
	}
	n.sheet.Redraw()
	if held {
		n.s.advice.sheet.Redraw()
		n.s.advice.focusNext()
	}
}

// shown tells whether there is anything on the card.
func (n *nextCard) shown() bool { return n.q != nil || n.act != nil }

// title is the question, or the act, on the card.
func (n *nextCard) title() string {
	if n.act != nil {
		return strings.TrimSuffix(n.act.Action, ".")
	}
	return n.q.Question
}

func (n *nextCard) focused() bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(n.s.root)
	return c != nil && n.owns(c.Focused())
}

func (n *nextCard) owns(f fyne.Focusable) bool {
	if f == nil {
		return false
	}
	for _, t := range n.targets() {
		if f == t {
			return true
		}
	}
	return false
}

func (n *nextCard) targets() []fyne.Focusable {
	var out []fyne.Focusable
	if n.box != nil {
		out = append(out, n.box.Target())
	}
	if n.seg != nil {
		out = append(out, n.seg)
	}
	if n.sel != nil {
		out = append(out, n.sel)
	}
	if n.nk != nil {
		out = append(out, n.nk)
	}
	if n.do != nil {
		out = append(out, n.do)
	}
	if n.more != nil {
		out = append(out, n.more)
	}
	return out
}

func (n *nextCard) target() fyne.Focusable {
	if t := n.targets(); len(t) > 0 && n.shown() {
		return t[0]
	}
	return nil
}

// build makes the control that answers the question.
func (n *nextCard) build() {
	q := n.q
	if topic, ok := strings.CutPrefix(q.Fact, "asked."); ok {
		n.buildTopic(topic)
		return
	}
	own := q.Person == "" || q.Person == n.s.m.rec.Case.Patient
	def := n.s.m.dict.Fact(q.Fact)
	switch {
	case !own && n.s.m.person(q.Person) != nil:
		n.buildKin()
	case own && def != nil && def.Of != rules.OfTumour && def.BuiltIn == "":
		n.buildOwn(def)
	case def != nil && def.BuiltIn != "" && def.Of != rules.OfTumour:
		n.do = kit.NewButton(kit.Plain, "user", "Enter in patient", func() { n.s.Open(PatientStep) })
	default:
		n.buildAct(def)
	}
	if n.seg != nil {
		n.seg.Pad = 12
		n.seg.Enter = n.confirm
		if n.seg.Words == "" {
			n.seg.Words = "Answer here: Y, N, or K for not known; the next question follows"
		}
	}
}

// buildOwn asks for one of the patient's own facts.
func (n *nextCard) buildOwn(def *rules.FactDef) {
	switch {
	case def.Type == rules.YesNo:
		n.seg = kit.NewYesNo(n.answer)
	case def.Type == rules.ChoiceFact && len(def.Choices) <= 3 && choiceWidth(def) < 350:
		n.seg = kit.NewSegment(choiceOptions(def), n.answer)
	case def.Type == rules.ChoiceFact:
		n.sel = kit.NewSelect("Choose", choiceOptions(def), n.answer)
	case def.Type == rules.NumberFact:
		n.box = kit.NewNumberField(def.Unit, n.typeNumber)
		n.box.Enter = n.enterNumber
		n.box.Words = valueHelp(def)
		n.nk = kit.NewButton(kit.Plain, "", "Not known", func() { n.store(rules.Answer{Number: truth.Any(), When: n.s.m.today}) })
	default:
		n.buildAct(def)
	}
}

func valueHelp(def *rules.FactDef) string {
	return "Enter stores the value and shows the next question. Plausible: " + typed.Range(def) + " " + def.Unit
}

// buildTopic asks the whole family at once, the patient included: no one, or
// whom it is entered for.
func (n *nextCard) buildTopic(topic string) {
	options := []kit.Option{{Value: "none", Label: "No one"}, {Value: "own", Label: "The patient"}, {Value: "kin", Label: "A relative"}}
	n.seg = kit.NewSegment(options, func(v string) {
		seg := n.seg
		switch v {
		case "none":
			n.held = true
			n.s.askedNone(topic, max(n.q.MaxDegree, 1))
		case "own":
			n.s.Open(PatientStep)
			if !n.s.pages[PatientStep].(*patientPage).own.focusTopic(topic) {
				n.s.Open(TumourStep)
			}
		case "kin":
			n.s.Open(FamilyStep)
		}
		seg.SetValue("")
	})
	n.seg.Words = "No one: asked of everyone up to " + degreeWords(max(n.q.MaxDegree, 1)) + ", so that silence means no"
}

// degreeWords names a degree of kinship.
func degreeWords(d int) string {
	return []string{"the patient", "first degree", "second degree", "third degree"}[min(3, max(0, d))]
}

// buildAct starts an act where the answer is typed: the relative's row, the
// tumour's page.
func (n *nextCard) buildAct(def *rules.FactDef) {
	step, label, icon := FamilyStep, "Enter in family", "family"
	if def != nil && def.Of == rules.OfTumour {
		step, label, icon = TumourStep, "Enter result", "tumour"
	}
	person, fact := n.q.Person, n.q.Fact
	n.do = kit.NewButton(kit.Plain, icon, label, func() {
		n.s.Open(step)
		n.s.pages[step].(interface{ show(person, fact string) }).show(person, fact)
	})
}

func (n *nextCard) answer(v string) {
	if v == "" {
		return
	}
	n.store(answerOf(n.s.m.dict.Fact(n.q.Fact), v, n.s.m.today))
}

func (n *nextCard) store(a rules.Answer) {
	p := n.s.m.patient()
	if p.Facts == nil {
		p.Facts = map[string]rules.Answer{}
	}
	n.held = true
	p.Facts[n.q.Fact] = a
	n.s.m.touch()
	n.s.refresh()
}

func (n *nextCard) typeNumber(text string) {
	n.num = typed.ReadNumber(text, n.s.m.dict.Fact(n.q.Fact))
	n.box.SetMood(mood(n.num.State, false))
	n.sheet.Redraw()
}

func (n *nextCard) enterNumber() {
	if !n.num.State.Usable() {
		return
	}
	n.store(rules.Answer{Number: n.num.Span, As: n.num.As, When: n.s.m.today})
}

// confirm is Enter on the card: what is chosen was stored already.
func (n *nextCard) confirm() { n.s.advice.focusNext() }

// mostEffects is how many answers the card explains: the ones that change most
// come first from the engine.
const mostEffects = 3

func (n *nextCard) effects(w float32) []string {
	var lines []string
	if n.q == nil {
		return nil
	}
	for i, e := range n.q.Effects {
		if i == mostEffects {
			break
		}
		text := words.Capital(e.Answer) + ": " + e.Text
		if e.Text == "" || e.Text == string(e.Outcome) {
			text = words.Capital(e.Answer) + ": " + strings.ToLower(words.Of(e.Outcome, false).Word)
		}
		lines = append(lines, kit.Caption.Wrap(text, w)...)
	}
	if n.box != nil && n.num.Echo != "" {
		lines = append([]string{n.num.Echo}, lines...)
	}
	if n.age.Echo != "" {
		lines = append([]string{n.age.Echo}, lines...)
	}
	return lines
}

// height is what the card needs at a width.
func (n *nextCard) height(w float32) float32 {
	in := w - 32
	h := 12 + 22 + 4 + float32(len(kit.Lead.Wrap(n.title(), in)))*22 + 8 + 32 + 12
	if e := len(n.effects(in)); e > 0 {
		h += 8 + float32(e)*16
	}
	return h
}

func (n *nextCard) draw(p *kit.Pen) {
	if !n.shown() {
		return
	}
	p.Box(0, 0, p.W, p.H, look.Surface, look.Action, 2, kit.RCard)
	x, w := float32(16), p.W-32
	title := "Next question"
	if n.do != nil {
		title = "Next step"
	}
	p.Text(x, 15, 0, title, kit.Caption.B().In(look.Action), kit.Left)
	if len(n.s.m.advice.Areas) > 1 {
		tw := kit.Caption.B().Width(title)
		p.Text(x+tw+8, 15, 0, "for "+n.s.short(n.area), kit.Caption, kit.Left)
	}
	icon, word := "mail", "Letter to pathology"
	if n.q != nil {
		icon, word = words.Cost(n.q.Cost)
	}
	p.Pill(p.W-16-kit.PillWidth(word), 12, kit.ToneAction, icon, word)
	y := float32(38)
	for _, l := range kit.Lead.Wrap(n.title(), w) {
		p.Text(x, y, 0, l, kit.Lead, kit.Left)
		y += 22
	}
	y += 8
	n.drawControl(p, x, y, w)
	y += 40
	for _, l := range n.effects(w) {
		p.Text(x, y, w, l, kit.Caption, kit.Left)
		y += 16
	}
}

func (n *nextCard) drawControl(p *kit.Pen, x, y, w float32) {
	switch {
	case n.box != nil && n.seg != nil:
		p.Put(n.box, x, y, 84, 32)
		n.seg.Fleeting = true
		n.seg.Fit(w - 84 - 8)
		p.Put(n.seg, x+92, y, n.seg.Width(), 32)
	case n.box != nil:
		p.Put(n.box, x, y, 128, 32)
		p.Put(n.nk, x+136, y, n.nk.Width(), 32)
	case n.seg != nil:
		p.Put(n.seg, x, y, n.seg.Width(), 32)
	case n.sel != nil:
		p.Put(n.sel, x, y, min(w, 280), 32)
	case n.do != nil:
		p.Put(n.do, x, y, n.do.Width(), 32)
		if n.more != nil {
			p.Put(n.more, x+n.do.Width()+8, y, n.more.Width(), 32)
		}
	}
}
