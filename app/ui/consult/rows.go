package consult

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/truth"
)

// answers is where a row keeps its fact: on the patient, a panel or a relative.
type answers interface {
	get(id string) (rules.Answer, bool)
	set(id string, a rules.Answer)
	clear(id string)
}

// factMap keeps answers in a map of the case that is looked up at each use,
// because the case's slices move when people are added.
type factMap struct {
	m   *model
	key string // whose facts: tells the same fact of two people apart
	of  func() *map[string]rules.Answer
}

func (f factMap) get(id string) (rules.Answer, bool) {
	facts := f.of()
	if facts == nil {
		return rules.Answer{}, false
	}
	a, ok := (*facts)[id]
	return a, ok
}

func (f factMap) set(id string, a rules.Answer) {
	facts := f.of()
	if facts == nil {
		return
	}
	if *facts == nil {
		*facts = map[string]rules.Answer{}
	}
	(*facts)[id] = a
	f.m.touchAs(f.key + id)
}

func (f factMap) clear(id string) {
	facts := f.of()
	if facts == nil {
		return
	}
	delete(*facts, id)
	f.m.touchAs(f.key + id)
}

// mostCells is how many choices still stand in one row; more need a select.
const mostCells = 4

// factRow is one fact of a form with the control its type asks for.
type factRow struct {
	s    *Screen
	def  *rules.FactDef
	at   answers
	seg  *kit.Segment
	sel  *kit.Select
	box  *kit.Field
	num  typed.Number
	date typed.Date
	kept bool // an unusual value was kept

	keep  *kit.Press
	cures [2]*kit.Press
}

// choiceOptions are a choice fact's values and, last, that nobody knows.
func choiceOptions(def *rules.FactDef) []kit.Option {
	out := make([]kit.Option, 0, len(def.Choices)+1)
	for _, c := range def.Choices {
		out = append(out, kit.Option{Value: c.Value, Label: c.Label})
	}
	return append(out, kit.Option{Value: "unknown", Label: "Not known"})
}

// unknownChoice is the value that stands for a choice nobody knows.
const unknownChoice = "unknown"

func (s *Screen) newRow(def *rules.FactDef, at answers, asSelect bool) *factRow {
	r := &factRow{s: s, def: def, at: at}
	switch def.Type {
	case rules.YesNo:
		if asSelect {
			r.sel = kit.NewSelect("Not asked", kit.YesNoUnknown, r.choose)
			r.sel.Words = about(def)
			break
		}
		r.seg = kit.NewYesNo(r.choose)
		r.seg.Words = about(def)
	case rules.ChoiceFact:
		if asSelect || len(def.Choices) > mostCells || choiceWidth(def) > 380 {
			r.sel = kit.NewSelect("Not asked", choiceOptions(def), r.choose)
			r.sel.Words = about(def)
		} else {
			r.seg = kit.NewSegment(choiceOptions(def), r.choose)
			r.seg.Words = about(def)
		}
	case rules.NumberFact:
		r.box = kit.NewNumberField(def.Unit, r.typeNumber)
		r.box.Words = about(def)
	case rules.DateFact:
		r.box = kit.NewField("dd-mmm-yyyy", r.typeDate)
		r.box.Icon = "cal"
		r.box.Words = about(def)
	}
	if r.box != nil {
		r.keep = kit.NewLink("Keep", kit.Caption, r.askWhy)
		for i := range r.cures {
			r.cures[i] = kit.NewLink("", kit.Caption, nil)
		}
	}
	r.sync()
	return r
}

// about is what the status bar says about a fact.
func about(def *rules.FactDef) string {
	if def.Help != "" {
		return def.Label + ": " + def.Help
	}
	if def.Question != "" {
		return def.Question
	}
	return def.Label
}

func choiceWidth(def *rules.FactDef) float32 {
	w := float32(24)
	for _, o := range choiceOptions(def) {
		w += kit.Body.B().Width(o.Label) + 28
	}
	return w
}

// sync shows what the record says, unless someone is typing there.
func (r *factRow) sync() {
	a, ok := r.at.get(r.def.ID)
	switch {
	case r.seg != nil:
		r.seg.SetValue(segmentValue(r.def, a, ok))
	case r.sel != nil:
		r.sel.SetValue(segmentValue(r.def, a, ok))
	case r.box != nil && !r.box.Focused() && r.readable():
		r.box.SetText(boxText(r.def, a, ok))
		r.read(r.box.Text())
	}
}

// readable tells whether the text in the box is what the record holds; a text
// that was not understood stays, so that it can be put right.
func (r *factRow) readable() bool {
	if r.s.m.restoring {
		return true
	}
	if r.def.Type == rules.DateFact {
		return r.date.State.Usable() || r.date.State == typed.Empty
	}
	return r.num.State.Usable() || r.num.State == typed.Empty
}

// segmentValue is a yes/no or choice answer as its control shows it; an absent
// answer is not asked, which differs from not known.
func segmentValue(def *rules.FactDef, a rules.Answer, ok bool) string {
	switch {
	case !ok:
		return ""
	case def.Type == rules.YesNo:
		return a.Bool.String()
	case a.Choice == "":
		return unknownChoice
	}
	return a.Choice
}

func boxText(def *rules.FactDef, a rules.Answer, ok bool) string {
	switch {
	case !ok:
		return ""
	case def.Type == rules.DateFact:
		return typed.ShowDate(a.Date)
	case a.As != "":
		return a.As
	}
	return typed.Show(a.Number, def.Decimals)
}

// answerOf turns a control's value into an answer.
func answerOf(def *rules.FactDef, v string, today rules.Date) rules.Answer {
	a := rules.Answer{When: today}
	switch {
	case def.Type != rules.YesNo:
		if v != unknownChoice {
			a.Choice = v
		}
	case v == "yes":
		a.Bool = truth.Yes
	case v == "no":
		a.Bool = truth.No
	default:
		a.Bool = truth.Unknown
	}
	return a
}

func (r *factRow) choose(v string) {
	if v == "" {
		r.at.clear(r.def.ID)
	} else {
		r.at.set(r.def.ID, answerOf(r.def, v, r.s.m.today))
	}
	r.s.refresh()
}

func (r *factRow) read(text string) {
	if r.def.Type == rules.DateFact {
		r.date = typed.ReadDate(text, r.s.m.today)
		r.box.SetMood(mood(r.date.State, false))
		return
	}
	r.num = typed.ReadNumber(text, r.def)
	r.kept = r.num.State == typed.Unusual && strings.Contains(r.s.m.rec.Notes, r.keptNote())
	r.box.SetMood(mood(r.num.State, r.kept))
}

// value is the number in the box with its unit.
func (r *factRow) value() string {
	return strings.TrimSpace(typed.Show(r.num.Span, r.def.Decimals) + " " + r.def.Unit)
}

// keptNote begins the note about an unusual value that somebody stands by.
func (r *factRow) keptNote() string { return r.def.Label + " " + r.value() + " kept: " }

// askWhy asks for the reason an unusual value is kept; the reason stays in the
// record's notes.
func (r *factRow) askWhy() {
	cv := fyne.CurrentApp().Driver().CanvasForObject(r.s.root)
	if cv == nil {
		return
	}
	text := r.def.Label + " " + r.value() + " is outside what is plausible (" + typed.Range(r.def) + " " + r.def.Unit + "). Why is it right?"
	kit.AskText(cv, "Keep this value?", text, "", "Keep value", func(why string) error {
		if strings.TrimSpace(why) == "" {
			return errors.New("a reason is needed, for example “repeated” or “laboratory rang”")
		}
		rec := r.s.m.rec
		rec.Notes = strings.TrimSpace(rec.Notes+"\n"+r.keptNote()+strings.TrimSpace(why)) + "\n"
		r.s.m.touch()
		r.read(r.box.Text())
		r.s.refresh()
		return nil
	})
}

func mood(st typed.State, kept bool) kit.Mood {
	switch st {
	case typed.Unusual:
		if kept {
			return kit.Calm
		}
		return kit.Amber
	case typed.Impossible, typed.Unreadable, typed.Ambiguous:
		return kit.Red
	}
	return kit.Calm
}

func (r *factRow) typeNumber(text string) {
	r.read(text)
	if r.num.State.Usable() {
		r.at.set(r.def.ID, rules.Answer{Number: r.num.Span, As: r.num.As})
	} else {
		r.drop()
	}
	r.s.refresh()
}

func (r *factRow) typeDate(text string) {
	r.read(text)
	if r.date.State.Usable() {
		r.at.set(r.def.ID, rules.Answer{Date: r.date.Day})
	} else {
		r.drop()
	}
	r.s.refresh()
}

// drop takes an unusable or empty value out of the record: what cannot be read
// is not known.
func (r *factRow) drop() {
	if _, ok := r.at.get(r.def.ID); ok {
		r.at.clear(r.def.ID)
	}
}

// control is the widget with the width it wants.
func (r *factRow) control() (fyne.CanvasObject, float32) {
	switch {
	case r.seg != nil:
		return r.seg, r.seg.Width()
	case r.sel != nil:
		return r.sel, 256
	}
	return r.box, 156
}
