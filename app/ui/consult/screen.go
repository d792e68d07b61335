// Package consult is the consultation on screen: the patient's banner, five
// steps at the left, a form in the middle and the advice beside it, which
// changes as they type.
package consult

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	domain "kindred/app/consult"
	"kindred/app/identity"
	"kindred/app/report"
	"kindred/app/sketch"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/words"
	"kindred/rules"
)

// Host is what the screen asks of the window around it.
type Host interface {
	// Update draws the frame again after the title or the status changed.
	Update()
	// Say shows words in the status bar.
	Say(words string)
	// Copy puts text on the clipboard.
	Copy(text string)
	// Letter saves the letter as PDF and opens it.
	Letter(r *domain.Record, adv *rules.Advice)
	// Request saves the text of an area's test request; area is what it is
	// called, "FH".
	Request(r *domain.Record, area, text string)
	// Paper saves a leaflet or learning card of the area with that id.
	Paper(r *domain.Record, area string, kind report.Paper)
	// Tree saves the family tree as PDF.
	Tree(r *domain.Record, d *sketch.Drawing)
	// Picture saves a drawing as PDF; what is what it shows.
	Picture(r *domain.Record, what string, d *sketch.Drawing)
	// PickFile lets somebody choose a family file in a window.
	PickFile(then func(path string))
	// File saves what was made of a family; what is "family file" or "family
	// tree".
	File(r *domain.Record, what, ending string, data []byte)
	// OpenRecord goes to another consultation; this one is saved first.
	OpenRecord(id string)
	// Source shows the clause a reason rests on.
	Source(area, criterion string)
}

// Book is what the screen needs of the rules: the dictionary its forms are
// built from, and what each area calls itself.
type Book struct {
	Dictionary *rules.Dictionary
	Areas      []rules.AreaInfo
	Carriers   Carriers // nil: no carrier chances are offered
}

// The widths of the design.
const (
	bannerH = 52
	railW   = 192
	stripH  = 52

	formMost = 808  // prose and boxes grow no wider
	stripW   = 900  // below, the advice is a strip under the banner
	narrowW  = 1180 // below, the rail shrinks to icons
	wideW    = 1600 // from here on the advice grows and the family stands beside the form
)

// Step is one of the five steps.
type Step int

// The steps.
const (
	PatientStep Step = iota
	FamilyStep
	LipidStep
	TumourStep
	CheckStep
)

var stepNames = [...]string{"Patient", "Family", "Lipids and signs", "Tumour", "Check and send"}

// page is one step's form.
type page interface {
	draw(p *kit.Pen) // on the form's sheet
	sync()           // show what the record says
	first() fyne.Focusable
	status() (iconName string, tok look.Token, word string)
}

// Screen is one consultation.
type Screen struct {
	m         *model
	host      Host
	carriers  Carriers
	editions  string
	questions map[string]string // area id -> what the area answers
	shorts    map[string]string // area id -> "FH"
	names     map[string]string // criterion id -> "Simon Broome possible"
	skipped   map[string]bool   // questions answered with "not known" today

	root   *kit.Sheet
	form   [5]*kit.Sheet
	scroll [5]*kit.Scroll
	pages  [5]page
	step   Step

	rail    [5]*kit.Press
	over    bool // the advice lies over the form, where there is no room beside it
	flagWhy *kit.Press
	retry   *kit.Press
	advice  *adviceColumn
	testing *familyTesting // of relatives, on the family step
}

// New makes the screen of a consultation. now gives the clock; the rules get
// the date from it.
func New(svc Service, book Book, host Host, now func() time.Time, rec *domain.Record) *Screen {
	s := &Screen{host: host, carriers: book.Carriers, m: newModel(svc, book.Dictionary, now, rec), questions: map[string]string{}, shorts: map[string]string{}, names: map[string]string{}, skipped: map[string]bool{}}
	s.editions = words.Editions(book.Areas)
	for _, a := range book.Areas {
		s.questions[a.ID], s.shorts[a.ID] = a.Question, a.Short
		for _, c := range a.Criteria {
			s.names[c.ID] = c.Name
		}
	}
	s.m.changed = s.adviceChanged
	s.m.renewed = func() { host.Say("Assessed as of today, " + identity.FormatDay(s.m.today)) }
	s.root = kit.NewSheet(s.draw)
	s.advice = newAdviceColumn(s)
	s.testing = newTesting(s)
	s.pages = [5]page{newPatientPage(s), newFamilyPage(s), newLipidPage(s), newTumourPage(s), newCheckPage(s)}
	for i := range s.pages {
		s.form[i] = kit.NewSheet(s.pages[i].draw)
		s.scroll[i] = kit.NewScroll(s.form[i])
		s.rail[i] = kit.NewPress(4, func(p *kit.Pen, st kit.State) { s.paintStep(p, st, Step(i)) }, func() { s.Open(Step(i)) })
		s.rail[i].Inset = true
		s.rail[i].Words = "Go to " + strings.ToLower(stepNames[i])
	}
	s.form[FamilyStep].Draw = s.testing.drawPage
	s.flagWhy = kit.NewPress(6, paintWhy, func() { s.advice.showFlags() })
	s.retry = kit.NewLink("Try again", kit.Caption.In(look.Urgent), func() { s.m.save(nil) })
	s.m.assess()
	if id := &rec.Identity; rec.Revision > 0 && (id.Family != "" || id.NHSNumber != "") { // else first who it is
		s.step = LipidStep
	}
	return s
}

// Object implements shell.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Tab implements shell.Screen.
func (s *Screen) Tab() shell.Tab { return shell.ConsultTab }

// Title implements shell.Screen: the step alone. Other programs, screen sharing
// and lists of windows see a title; who the patient is stands in the banner.
func (s *Screen) Title() string { return stepNames[s.step] }

// Status implements shell.Screen: the editions the advice stands on.
func (s *Screen) Status() []shell.Item {
	return []shell.Item{{Icon: "doc", Text: s.editions}}
}

// Enter implements shell.Screen.
func (s *Screen) Enter() { s.Open(s.step) }

// Leave implements shell.Screen: what is on screen becomes a revision. Where it
// cannot (a wrong NHS number), the draft stays.
func (s *Screen) Leave() bool {
	if s.m.seq > 0 && s.m.unsaved() {
		s.m.save(func(err error) {
			if err != nil {
				s.host.Say("Kept as a draft. " + err.Error())
			}
		})
	}
	return true
}

// Close stops the screen's background work for good.
func (s *Screen) Close() { s.m.closed = true }

// Reassess works the advice out again, once a local setting was changed.
func (s *Screen) Reassess() { s.m.assess() }

// Record is the record as it stands.
func (s *Screen) Record() *domain.Record { return s.m.rec }

// Open shows a step and puts the keyboard into its first box.
func (s *Screen) Open(st Step) {
	s.step, s.over = st, false
	s.m.place = st
	s.pages[st].sync()
	s.form[st].Redraw() // the advice may have changed what it offers meanwhile
	s.root.Refresh()
	s.host.Update()
	if f := s.first(st); f != nil {
		s.focus(f)
	}
}

// first is what takes the keyboard on a step.
func (s *Screen) first(st Step) fyne.Focusable {
	if st == FamilyStep && s.testing.on() { // the table is not there
		return s.testing.first()
	}
	return s.pages[st].first()
}

func (s *Screen) focus(f fyne.Focusable) {
	if c := kit.CanvasOf(s.root); c != nil {
		c.Focus(f)
	}
}

// refresh follows a change of an answer: the forms show it at once, the advice
// when it is worked out.
func (s *Screen) refresh() {
	s.pages[s.step].sync()
	s.redrawForm()
	s.root.Redraw()
}

func (s *Screen) redrawForm() { s.form[s.step].Redraw() }

// adviceChanged follows new advice or a save.
func (s *Screen) adviceChanged() {
	s.advice.follow()
	s.redrawForm()
	s.root.Redraw()
	s.host.Update()
}

// Do implements shell.Screen.
func (s *Screen) Do(c shell.Command) bool {
	switch c {
	case shell.NextStep:
		s.Open(min(CheckStep, s.step+1))
	case shell.PrevStep:
		s.Open(max(PatientStep, s.step-1))
	case shell.Step1, shell.Step2, shell.Step3, shell.Step4, shell.Step5:
		s.Open(Step(c[len(c)-1] - '1'))
	case shell.NextQuestion:
		s.advice.focusNext()
	case shell.Unfold:
		s.unfold()
	case shell.Undo, shell.Redo:
		s.travel(c == shell.Redo)
	case shell.Save:
		s.m.save(nil)
	case shell.SavePDF:
		s.host.Letter(s.m.rec, s.m.advice)
	case shell.CopyRecord:
		s.copyRecord()
	case shell.Confirm: // Return in a box goes on to the next
		if c := fyne.CurrentApp().Driver().CanvasForObject(s.root); c != nil && c.Focused() != nil {
			c.FocusNext()
		}
	case shell.Back: // from the questions about a relative to the row
		if s.testing.asking != nil {
			s.testing.asking.close()
			return true
		}
		row := s.first(FamilyStep)
		c := fyne.CurrentApp().Driver().CanvasForObject(s.root)
		if s.step != FamilyStep || c == nil || c.Focused() == row {
			return false
		}
		s.focus(row)
	case shell.NextPane, shell.PrevPane:
		s.pane(c == shell.NextPane)
	default:
		return false
	}
	return true
}

// unfold opens or folds the reasons: beside the form, or over it where the
// advice is a strip.
func (s *Screen) unfold() {
	if s.step != FamilyStep && s.root.Size().Width >= stripW {
		s.advice.toggleAll()
		return
	}
	s.over = !s.over
	s.root.Redraw()
	if s.over {
		s.advice.cards.Redraw()
		for _, ar := range s.advice.areas() {
			s.focus(s.advice.fold("area:"+ar.Area, true))
			break
		}
		return
	}
	s.focus(s.first(s.step))
}

// pane moves the keyboard between the steps, the form and the advice.
func (s *Screen) pane(forward bool) {
	c := fyne.CurrentApp().Driver().CanvasForObject(s.root)
	if c == nil {
		return
	}
	at := 1
	switch f := c.Focused(); {
	case s.isRail(f):
		at = 0
	case s.advice.owns(f):
		at = 2
	}
	if forward {
		at = (at + 1) % 3
	} else {
		at = (at + 2) % 3
	}
	switch at {
	case 0:
		c.Focus(s.rail[s.step])
	case 1:
		s.focus(s.first(s.step))
	case 2:
		s.advice.focusNext()
	}
}

func (s *Screen) isRail(f fyne.Focusable) bool {
	for _, r := range s.rail {
		if f == fyne.Focusable(r) {
			return true
		}
	}
	return false
}

// Finish writes what is on screen and then goes on, whether or not it could be
// written: the draft stays. The screen is not used afterwards.
func (s *Screen) Finish(then func()) {
	end := func(error) { s.m.closed = true; then() }
	switch {
	case s.m.seq == 0 || !s.m.unsaved():
		end(nil)
	default:
		s.m.save(func(err error) {
			if err == nil {
				end(nil)
				return
			}
			s.m.keepNow(end)
		})
	}
}

// Rescue keeps what is on screen without using the window, for a program that
// is about to end. What is in a revision already is left alone.
func (s *Screen) Rescue() error {
	if !s.m.dirty() {
		return nil
	}
	return s.m.disk.draft(s.m.svc, s.m.snapshot(), s.m.seq)
}
