// Package register shows, over all families in which a variant is known, who is
// still to be offered its test, who has not answered, and whose result is
// awaited.
package register

import (
	"bytes"
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/consult"
	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/words"
)

// Service is what the screen asks of the program.
type Service interface {
	CascadeRegister(ctx context.Context) (*consult.Register, error)
}

// Host is what the screen asks of the window around it.
type Host interface {
	// OpenTesting opens a consultation where its family testing stands.
	OpenTesting(id string)
	// SaveRegister saves the workbook of what is shown.
	SaveRegister(g *consult.Register, workbook []byte)
	Update()
	Say(words string)
}

// Values of the filter.
const (
	toDo     = "todo"
	everyone = "all"
)

const rowH = 52

const saveWords = "What is shown, as a workbook with names and numbers; it leaves the sealed consultations"

// Screen is the register.
type Screen struct {
	svc  Service
	host Host
	win  fyne.Window

	root  *kit.Sheet
	which *kit.Segment
	area  *kit.Segment // nil with fewer than two areas in the register
	save  *kit.Press
	table *kit.Table

	all     *consult.Register
	shown   []consult.RegisterRow
	areas   []string
	asked   int
	trouble error
}

// New makes the screen; it reads when it is entered.
func New(svc Service, host Host, win fyne.Window) *Screen {
	s := &Screen{svc: svc, host: host, win: win}
	s.root = kit.NewSheet(s.draw)
	s.which = kit.NewSegment([]kit.Option{{Value: toDo, Label: "To do"}, {Value: everyone, Label: "Everyone"}}, func(v string) {
		if v == "" {
			s.which.SetValue(toDo)
		}
		s.filter()
	})
	s.which.SetValue(toDo)
	s.which.Words = "Those with something left to do, or everyone in the families, results and refusals included"
	s.save = kit.NewButton(kit.Plain, "savedown", "Save as workbook", s.export)
	s.save.Words = saveWords
	s.table = kit.NewTable(rowH, []kit.Column{
		{Title: "To do", Width: 156},
		{Title: "Since", Width: 88},
		{Title: "Relative · own consultation", Share: 1},
		{Title: "Family of", Share: 1, From: 620},
		{Title: "Chance", Width: 104, From: 760},
		{Title: "Area, code", Width: 120, From: 860},
	}, s.row)
	s.table.OnChoose = func(i int) { s.host.Say(s.remark(&s.shown[i])) }
	s.table.OnOpen = func(i int) { s.open(&s.shown[i]) }
	return s
}

// Object implements shell.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Tab implements shell.Screen.
func (s *Screen) Tab() shell.Tab { return shell.FamiliesTab }

// Title implements shell.Screen.
func (s *Screen) Title() string { return "Family testing" }

// Status implements shell.Screen.
func (s *Screen) Status() []shell.Item {
	if s.all == nil {
		return nil
	}
	return []shell.Item{{Icon: "family", Text: words.Plural(s.all.Families, "family", "families") + " with a known variant"}}
}

// Enter implements shell.Screen.
func (s *Screen) Enter() {
	s.load()
	s.win.Canvas().Focus(s.which)
}

// Leave implements shell.Screen.
func (s *Screen) Leave() bool { return true }

// Do implements shell.Screen.
func (s *Screen) Do(c shell.Command) bool {
	switch c {
	case shell.Down:
		s.table.Focus()
	case shell.NextPane, shell.PrevPane:
		if s.win.Canvas().Focused() == s.table.Target() {
			s.win.Canvas().Focus(s.which)
		} else {
			s.table.Focus()
		}
	case shell.Save, shell.SavePDF:
		s.export()
	default:
		return false
	}
	return true
}

// load works the register out away from the UI goroutine; the newest wins.
func (s *Screen) load() {
	s.asked++
	at := s.asked
	var g *consult.Register
	var err error
	kit.Background(func() { g, err = s.svc.CascadeRegister(context.Background()) }, func() {
		if at != s.asked {
			return
		}
		s.all, s.trouble = g, err
		s.findAreas()
		s.filter()
		s.host.Update()
	})
}

// findAreas offers a choice of area where the register has several.
func (s *Screen) findAreas() {
	s.areas = s.areas[:0]
	seen := map[string]bool{}
	options := []kit.Option{{Value: everyone, Label: "All areas"}}
	if s.all != nil {
		for i := range s.all.Rows {
			if r := &s.all.Rows[i]; !seen[r.Area] {
				seen[r.Area] = true
				s.areas = append(s.areas, r.Area)
				options = append(options, kit.Option{Value: r.Area, Label: r.Short})
			}
		}
	}
	was := everyone
	if s.area != nil {
		was = s.area.Value()
	}
	s.area = nil
	if len(s.areas) < 2 {
		return
	}
	s.area = kit.NewSegment(options, func(v string) {
		if v == "" {
			s.area.SetValue(everyone)
		}
		s.filter()
	})
	if !seen[was] {
		was = everyone
	}
	s.area.SetValue(was)
	s.area.Words = "One area, or all"
}

// filter chooses what is shown.
func (s *Screen) filter() {
	s.shown = s.shown[:0]
	if s.all != nil {
		for _, r := range s.all.Rows {
			if s.which.Value() == toDo && !r.Step.Outstanding() && !r.Unsure {
				continue
			}
			if s.area != nil && s.area.Value() != everyone && s.area.Value() != r.Area {
				continue
			}
			s.shown = append(s.shown, r)
		}
	}
	s.table.SetRows(len(s.shown))
	hint := saveWords
	if len(s.shown) == 0 {
		hint = "There is nobody to save"
	}
	s.save.SetOff(len(s.shown) == 0, hint)
	s.root.Redraw()
}

// open goes to the relative's own consultation, else to the one that lists them.
func (s *Screen) open(r *consult.RegisterRow) {
	if r.Own != "" && r.OwnName != nil {
		s.host.OpenTesting(r.Own)
		return
	}
	s.host.OpenTesting(r.Record)
}

// export makes a workbook of what is shown.
func (s *Screen) export() {
	if len(s.shown) == 0 {
		s.host.Say("There is nobody to save")
		return
	}
	g := &consult.Register{Rows: append([]consult.RegisterRow(nil), s.shown...)}
	var file bytes.Buffer
	if err := g.Write(&file); err != nil {
		s.host.Say("The workbook was not made: " + err.Error())
		return
	}
	s.host.SaveRegister(g, file.Bytes())
}

// face is how a step looks.
func face(r *consult.RegisterRow) (tone kit.Tone, icon string) {
	switch {
	case r.Unsure:
		return kit.ToneWarn, "warn"
	case r.Step == consult.NotOffered:
		return kit.ToneAction, "ask"
	case r.Step == consult.Offered, r.Step == consult.Awaited:
		return kit.ToneUnk, "unk"
	case r.Step == consult.Found:
		return kit.ToneMet, "met"
	}
	return kit.ToneNot, "not"
}

// label is the word on a row's pill.
func label(r *consult.RegisterRow) string {
	if r.Unsure {
		return "Contradiction"
	}
	return [...]string{"Not offered", "No answer", "Result awaited", "Waits for age", "Declined", "Died untested", "Has a result"}[r.Step]
}

func (s *Screen) row(p *kit.Pen, i int, c []kit.Cell, _ bool) {
	if i >= len(s.shown) {
		return
	}
	r := &s.shown[i]
	tone, icon := face(r)
	p.Pill(c[0].X, (rowH-22)/2, tone, icon, label(r))
	p.Text(c[1].X, 17, c[1].W, orDash(identity.FormatDay(r.Since)), kit.Caption, kit.Left)
	p.Text(c[2].X, 7, c[2].W, r.Who, kit.Body.B(), kit.Left)
	p.Text(c[2].X, 28, c[2].W, s.second(r), kit.Small.In(look.Muted), kit.Left)
	if c[3].W > 0 {
		b := r.Of.Banner("")
		p.Runs(c[3].X, 7, c[3].W, kit.Run{Text: b.Family, Style: kit.Body.B()}, kit.Run{Text: b.Rest, Style: kit.Body})
		p.Text(c[3].X, 28, c[3].W, b.NHS, kit.Small.In(look.Muted), kit.Left)
	}
	if c[4].W > 0 {
		p.Text(c[4].X, 17, c[4].W, orDash(r.Odds), kit.Small, kit.Left)
	}
	if c[5].W > 0 {
		p.Text(c[5].X, 17, c[5].W, r.Short+", "+r.Code, kit.Small, kit.Left)
	}
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// second is the second line about a relative: who they are where that is known,
// else what stands in the way.
func (s *Screen) second(r *consult.RegisterRow) string {
	switch {
	case r.OwnName != nil && r.Who != "Patient":
		b := r.OwnName.Banner("")
		switch {
		case r.OwnName.Family == "" && r.OwnName.Given == "":
			return "Own consultation, without a name yet"
		case r.OwnName.NHSNumber == "":
			return b.Name()
		}
		return b.Name() + ", " + b.NHS
	case r.Open != "":
		return r.Open
	case r.From > 0 && r.Step == consult.Waits:
		return "Offered from " + number(r.From)
	case r.From > 0 && r.Step == consult.NotOffered:
		return "If " + number(r.From) + " or over; age not known"
	case r.Step == consult.Found:
		return r.Says
	case r.Who == "Patient":
		return "This consultation’s own patient"
	}
	return "No consultation of their own here"
}

func (s *Screen) remark(r *consult.RegisterRow) string {
	parts := []string{r.Who}
	if r.Says != "" {
		parts = append(parts, r.Says)
	}
	if r.Unsure {
		parts = append(parts, "two consultations say otherwise: open and settle")
	}
	parts = append(parts, "Enter opens "+map[bool]string{true: "their own consultation", false: "the consultation that lists them"}[r.Own != "" && r.OwnName != nil])
	return strings.Join(parts, " · ")
}

var _ shell.Screen = (*Screen)(nil)
