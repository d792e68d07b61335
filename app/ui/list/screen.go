// Package list is the screen of a clinic list: open a workbook or CSV file,
// confirm how its columns were understood, run the rules over every row, work
// through the results, save them as a workbook or keep them as consultations.
package list

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kindred/app/cliniclist"
	"kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/words"
	"kindred/rules"
)

// Service is what the screen asks of the program.
type Service interface {
	Start(id consult.Identity) *consult.Record
	Search(ctx context.Context, text string, n int) ([]consult.Summary, error)
	SaveResults(ctx context.Context, r *cliniclist.Results, progress func(done int)) (consult.Imported, error)
	Exported(ctx context.Context, r *consult.Record, what string) error
	Today() rules.Date
}

// Host is what the screen asks of the window around it.
type Host interface {
	// ShowRecord opens a consultation that is not kept yet, OpenRecord one that is.
	ShowRecord(r *consult.Record)
	OpenRecord(id string)
	Update()
	Say(words string)
}

// Book is what a list is read with and judged by.
type Book struct {
	Dictionary *rules.Dictionary
	Advisor    cliniclist.Advisor
}

// stage is how far a list has come.
type stage int

const (
	opening stage = iota
	columns
	running
	review
)

var stageNames = [...]string{"Open", "Columns", "Run", "Review"}

// Screen is the clinic list screen.
type Screen struct {
	svc  Service
	book Book
	host Host
	win  fyne.Window

	root   *kit.Sheet
	stage  stage
	path   string // of the file being read
	busy   bool   // a file is being read
	asRead []byte // how its columns were understood before anybody changed them

	// open
	box      *kit.Field
	browse   *kit.Press
	read     *kit.Press
	trouble  error
	cols     columnsStage
	run      runStage
	results  *reviewStage
	again    *kit.Press // another list
	list     *cliniclist.List
	practice string // a list to try, offered on the empty screen
	try      *kit.Press
}

// New makes the screen. practice is the path of a list to try, or empty.
func New(svc Service, book Book, host Host, win fyne.Window, practice string) *Screen {
	s := &Screen{svc: svc, book: book, host: host, win: win, practice: practice}
	s.root = kit.NewSheet(s.draw)
	s.makeOpen()
	s.makeColumns()
	s.makeRun()
	s.again = kit.NewButton(kit.Plain, "open", "Another list", s.restart)
	s.again.Words = "Ctrl O: put this list away and open another one"
	return s
}

// Object implements shell.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Tab implements shell.Screen.
func (s *Screen) Tab() shell.Tab { return shell.ListTab }

// Title implements shell.Screen.
func (s *Screen) Title() string {
	if s.list == nil {
		return "Clinic lists"
	}
	return stageNames[s.stage] + " – Clinic list"
}

// Status implements shell.Screen.
func (s *Screen) Status() []shell.Item {
	switch s.stage {
	case columns:
		return []shell.Item{{Text: "Nothing is used that you do not see here"}}
	case running:
		return []shell.Item{{Text: "Cancel keeps the rows done so far"}}
	case review:
		return []shell.Item{{Text: s.run.took()}, {Text: "A blank cell is not known, never normal"}}
	}
	return []shell.Item{{Text: "Excel workbooks (.xlsx) and CSV files"}}
}

// Enter implements shell.Screen.
func (s *Screen) Enter() { s.focus() }

// focus puts the keyboard where the stage begins. It asks the canvas, since
// what was just put on screen does not know its canvas yet.
func (s *Screen) focus() {
	c := s.win.Canvas()
	switch s.stage {
	case opening:
		c.Focus(s.box.Target())
	case columns:
		c.Focus(s.cols.goOn)
	case running:
		c.Unfocus() // Cancel appears only when the run takes its time
	case review:
		c.Focus(s.results.table.Target())
	}
}

// Leave implements shell.Screen; a run goes on behind another screen.
func (s *Screen) Leave() bool { return true }

// Do implements shell.Screen.
func (s *Screen) Do(c shell.Command) bool {
	switch c {
	case shell.OpenList:
		if s.stage != running {
			s.restart()
		}
		return true
	case shell.NextPane, shell.PrevPane:
		s.focus()
		return true
	}
	switch s.stage {
	case opening:
		return c == shell.Down && s.practiceFocus()
	case columns:
		return s.doColumns(c)
	case review:
		return s.doReview(c)
	}
	return false
}

// restart puts the list away.
func (s *Screen) restart() {
	s.stage, s.list, s.results, s.trouble, s.path = opening, nil, nil, nil, ""
	s.box.SetText("")
	s.changed()
	s.focus()
}

// changed draws everything again, the frame's title included.
func (s *Screen) changed() {
	s.root.Redraw()
	s.host.Update()
}

// bannerH is the height of the banner with the list's name and the steps.
const bannerH = 52

func (s *Screen) draw(p *kit.Pen) {
	if s.stage == opening {
		s.drawOpen(p)
		return
	}
	s.drawBanner(p)
	switch s.stage {
	case columns:
		s.drawColumns(p, bannerH)
	case running:
		s.drawRun(p, bannerH)
	case review:
		s.drawReview(p, bannerH)
	}
}

// drawBanner names the list and shows how far it has come.
func (s *Screen) drawBanner(p *kit.Pen) {
	p.Fill(0, 0, p.W, bannerH, look.Banner)
	p.HLine(0, bannerH-p.Look().LineWidth(), p.W)
	x := float32(24)
	steps := s.stepsWidth()
	room := p.W - x - 24
	if room > steps+420 {
		room -= steps + 24
		s.drawSteps(p, p.W-24-steps)
	}
	name := s.list.File
	detail := words.Plural(s.list.Len(), "row", "rows")
	if s.list.Sheet != "" {
		detail = "sheet " + s.list.Sheet + " · " + detail
	}
	x += p.Text(x, 14, max(120, room-kit.Body.Width(detail)-12), name, kit.Name, kit.Left) + 12
	p.Text(x, 16, 24+room-x, detail, kit.Body.In(look.Muted), kit.Left)
}

func (s *Screen) stepsWidth() float32 {
	w := float32(0)
	for i, n := range stageNames {
		st := kit.Body
		if stage(i) == s.stage {
			st = st.B()
		}
		w += 22 + st.Width(n)
		if i > 0 {
			w += 42
		}
	}
	return w
}

func (s *Screen) drawSteps(p *kit.Pen, x float32) {
	for i, n := range stageNames {
		if i > 0 {
			p.Fill(x+7, 26, 28, 1, look.Ctl)
			x += 42
		}
		icon, tok, st := "met", look.Met, kit.Body.In(look.Muted)
		switch {
		case stage(i) == s.stage:
			icon, tok, st = "now", look.Action, kit.Body.B()
		case stage(i) > s.stage:
			icon, tok = "dot", look.Faint
		}
		p.Icon(x, 18, 16, icon, tok)
		x += 22 + p.Text(x+22, 16, 0, n, st, kit.Left)
	}
}

// base is a file's name without its folder and ending.
func base(path string) string {
	name := filepath.Base(path)
	return name[:len(name)-len(filepath.Ext(name))]
}

var _ shell.Screen = (*Screen)(nil)
