// Package home is where a session starts: find a patient, begin a consultation,
// go on with one, open a clinic list.
package home

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/consult"
	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/words"
	"kindred/rules"
)

// Service is what home asks of the program.
type Service interface {
	Recent(ctx context.Context, n int) ([]consult.Summary, error)
	Drafts(ctx context.Context) ([]consult.Summary, error)
	Search(ctx context.Context, text string, n int) ([]consult.Summary, error)
	Count() int
}

// Host is what home asks of the window around it.
type Host interface {
	OpenRecord(id string)
	NewConsultation()
	OpenList()
	Rules()
	// Families shows the register of family testing.
	Families()
	// Settings shows the local settings.
	Settings()
	Update()
	// Say shows words in the status bar.
	Say(words string)
}

// rows is how many consultations are listed; a row is two lines, because the
// reason or the question is a sentence and wants the width of one.
const (
	rows = 200
	rowH = 56
)

// Screen is the home screen.
type Screen struct {
	svc   Service
	host  Host
	win   fyne.Window
	areas []rules.AreaInfo
	today rules.Date
	label string

	root   *kit.Sheet
	search *kit.Field
	fresh  *kit.Press
	list   *kit.Press
	rules  *kit.Press
	local  *kit.Press
	kin    *kit.Press
	table  *kit.Table

	shown   []consult.Summary
	drafts  map[string]bool
	text    string
	asked   int
	trouble error
	loaded  bool
}

// New makes the home screen. label names the practice in the status bar.
func New(svc Service, host Host, win fyne.Window, areas []rules.AreaInfo, today rules.Date, label string) *Screen {
	s := &Screen{svc: svc, host: host, win: win, areas: areas, today: today, label: label, drafts: map[string]bool{}}
	s.root = kit.NewSheet(s.draw)
	s.search = kit.NewBigField("NHS number or name", func(text string) { s.text = text; s.load() })
	s.search.Lead, s.search.Key = "search", "Ctrl K"
	s.search.Words = "Find a consultation by NHS number, name or date of birth; ↓ goes to the rows"
	s.search.Enter = func() {
		if len(s.shown) > 0 {
			host.OpenRecord(s.shown[max(0, s.table.Chosen())].ID)
		}
	}
	s.fresh = kit.NewButton(kit.Primary, "plus", "New consultation", host.NewConsultation)
	s.fresh.Words = "Ctrl N: begin a consultation"
	s.list = kit.NewButton(kit.Plain, "open", "Open clinic list", host.OpenList)
	s.list.Words = "Ctrl O: a workbook or CSV file of patients"
	s.rules = kit.NewButton(kit.Plain, "doc", "Read the rules", host.Rules)
	s.kin = kit.NewButton(kit.Plain, "family", "Family testing", host.Families)
	s.kin.Words = "Ctrl G: who is still to be offered the test for a variant known in the family, over all families"
	s.local = kit.NewButton(kit.Plain, "", "Local settings", host.Settings)
	s.local.Words = "Ctrl ,: what this practice and its laboratory do in their own way"
	s.table = kit.NewTable(rowH, []kit.Column{
		{Title: "Saved", Width: 88, From: 560},
		{Title: "Patient · because, or next question", Share: 1},
		{Title: "NHS No.", Width: 100, From: 440},
		{Title: "Age", Width: 40, Right: true, From: 400},
		{Title: "Advice", Width: 148},
	}, s.row)
	s.table.OnChoose = func(i int) { host.Say(why(s.shown[i])) }
	s.table.OnOpen = func(i int) { host.OpenRecord(s.shown[i].ID) }
	return s
}

// Object implements shell.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Tab implements shell.Screen.
func (s *Screen) Tab() shell.Tab { return shell.HomeTab }

// Title implements shell.Screen.
func (s *Screen) Title() string { return "Home" }

// Status implements shell.Screen.
func (s *Screen) Status() []shell.Item {
	items := []shell.Item{}
	if s.label != "" {
		items = append(items, shell.Item{Text: s.label})
	}
	return append(items, shell.Item{Text: words.Plural(s.svc.Count(), "consultation", "consultations") + " kept"})
}

// Enter implements shell.Screen.
func (s *Screen) Enter() {
	s.search.SetText("") // an old question is nobody's next one
	s.text = ""
	s.load()
	s.win.Canvas().Focus(s.search.Target())
}

// Leave implements shell.Screen.
func (s *Screen) Leave() bool { return true }

// Do implements shell.Screen.
func (s *Screen) Do(c shell.Command) bool {
	switch c {
	case shell.Find, shell.Filter:
		s.search.Focus()
	case shell.Back:
		if s.text != "" {
			s.search.SetText("")
			s.text = ""
			s.load()
		}
		s.search.Focus()
	case shell.NextPane, shell.PrevPane:
		if s.search.Focused() {
			s.table.Focus()
		} else {
			s.search.Focus()
		}
	case shell.Down:
		s.table.Focus()
	default:
		return false
	}
	return true
}

// load reads the list away from the UI goroutine; the newest question wins.
func (s *Screen) load() {
	s.asked++
	at, text := s.asked, s.text
	var list, drafts []consult.Summary
	var err error
	kit.Background(func() { list, drafts, err = s.read(text) }, func() {
		if at == s.asked {
			s.take(list, drafts, err)
		}
	})
}

// read asks the store, away from the UI goroutine.
func (s *Screen) read(text string) (list, drafts []consult.Summary, err error) {
	ctx := context.Background()
	if drafts, err = s.svc.Drafts(ctx); err != nil {
		return nil, nil, err
	}
	if text == "" {
		list, err = s.svc.Recent(ctx, rows)
	} else {
		list, err = s.svc.Search(ctx, text, rows)
		drafts = slices.DeleteFunc(slices.Clone(drafts), func(d consult.Summary) bool { return !speaksOf(text, &d) })
	}
	return list, drafts, err
}

// speaksOf tells whether every word searched for begins a name of the patient,
// or is part of the NHS number: a draft is not in the index of what was saved.
func speaksOf(text string, d *consult.Summary) bool {
	names := strings.FieldsFunc(strings.ToLower(d.Identity.Family+" "+d.Identity.Given), func(r rune) bool { return r == ' ' || r == '-' })
	number := strings.ReplaceAll(text, " ", "")
	if d.Identity.NHSNumber != "" && number != "" && strings.HasPrefix(d.Identity.NHSNumber, number) {
		return true
	}
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}

// take shows what was read; drafts stand above the saved consultations.
func (s *Screen) take(list, drafts []consult.Summary, err error) {
	s.loaded, s.trouble = true, err
	clear(s.drafts)
	s.shown = s.shown[:0]
	for _, d := range drafts {
		s.drafts[d.ID] = true
		s.shown = append(s.shown, d)
	}
	for _, r := range list {
		if !s.drafts[r.ID] {
			s.shown = append(s.shown, r)
		}
	}
	s.table.SetRows(len(s.shown))
	s.root.Redraw()
}

func (s *Screen) row(p *kit.Pen, i int, c []kit.Cell, _ bool) {
	if i >= len(s.shown) {
		return
	}
	r := s.shown[i]
	b := r.Identity.Banner(s.today)
	cell := func(k int, text string, st kit.Style, a kit.Align) {
		if c[k].W > 0 {
			p.Text(c[k].X, 8+(20-st.Role.Line)/2, c[k].W, text, st, a)
		}
	}
	cell(0, s.when(r), kit.Caption, kit.Left)
	p.Runs(c[1].X, 8, c[1].W, kit.Run{Text: b.Family, Style: kit.Body.B()}, kit.Run{Text: b.Rest, Style: kit.Body})
	cell(2, dash(strings.TrimSuffix(b.NHS, words.NotKnown)), kit.Body, kit.Left)
	cell(3, dash(identity.AgeText(r.Identity.Born, s.today)), kit.Body, kit.Right)
	p.Text(c[1].X, 29, c[4].X-c[1].X-16, why(r), kit.Small.In(look.Muted), kit.Left)
	f := words.Of(strongest(r), r.Urgent)
	p.Pill(c[4].X, (rowH-22)/2, f.Tone, f.Icon, f.Word)
}

// dash stands for a missing value in a table.
func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// why is the reason of an advice, or the question that is open.
func why(r consult.Summary) string {
	if strongest(r).Open() && r.Next != "" {
		return r.Next
	}
	return r.Reason
}

// order is how much there is to do, strongest first.
var order = []rules.Outcome{
	rules.Cascade, rules.Test, rules.TestTumour, rules.Refer, rules.MoreInformation, rules.AlreadyTested, rules.NotIndicated,
}

func strongest(r consult.Summary) rules.Outcome {
	for _, o := range order {
		for _, got := range r.Outcomes {
			if got == o {
				return o
			}
		}
	}
	return ""
}

func (s *Screen) when(r consult.Summary) string {
	at := r.Saved.Local()
	text := at.Format("02-Jan-2006")
	if identity.Day(at) == s.today {
		text = "Today, " + at.Format("15:04")
	}
	switch {
	case s.drafts[r.ID] && identity.Day(at) == s.today:
		return "Draft, " + at.Format("15:04")
	case s.drafts[r.ID]:
		return "Draft, " + at.Format("02-Jan")
	}
	return text
}

func (s *Screen) draw(p *kit.Pen) {
	side := float32(384)
	if p.W < 1600 { // the sentences of the list want the width more
		side = 320
	}
	w := p.W - side - 72
	if p.W < 900 {
		w = p.W - 48
	}
	x, y := float32(24), float32(20)
	bw := s.fresh.Width() + 8
	p.Put(s.search, x, y, w-bw-12, 44)
	p.Put(s.fresh, x+w-bw, y, bw, 44)
	y += 64
	head := "Recent consultations"
	if s.text != "" {
		head = "Found"
	}
	tw := p.Text(x, y, 0, head, kit.Title, kit.Left)
	p.Text(x+tw+10, y+6, 0, s.subtitle(), kit.Body.In(look.Muted), kit.Left)
	y += 40
	s.drawList(p, x, y, w, p.H-y-16)
	if p.W >= 900 {
		s.drawSide(p, x+w+24, 20, side)
	}
}

func (s *Screen) subtitle() string {
	if s.text != "" {
		return words.Plural(len(s.shown), "consultation", "consultations")
	}
	t, ok := identity.Time(s.today)
	if !ok {
		return ""
	}
	day := t.Format("Monday 02-Jan-2006")
	if n := len(s.drafts); n > 0 {
		day += " · " + words.Plural(n, "draft", "drafts") + " to finish"
	}
	return day
}

func (s *Screen) drawList(p *kit.Pen, x, y, w, h float32) {
	switch {
	case s.trouble != nil:
		p.Message(x, y, w, kit.ToneUrgent, "urg", "The list cannot be read.", words.Capital(s.trouble.Error()))
	case !s.loaded:
		for i := range 6 {
			p.Skeleton(x, y+float32(i)*rowH+20, w*0.7)
		}
	case len(s.shown) == 0:
		s.drawEmpty(p, x, y, w, h)
	default:
		p.Put(s.table, x, y, w, min(h, s.table.Height(len(s.shown))))
	}
}

func (s *Screen) drawEmpty(p *kit.Pen, x, y, w, h float32) {
	cy := y + max(40, h/2-90)
	title, what := "No consultations yet", "Begin one with Ctrl N, or open a clinic list with Ctrl O."
	if s.text != "" {
		title, what = "Nobody here", fmt.Sprintf("Nothing matches “%s”. Esc shows all.", s.text)
	}
	p.Icon(x+w/2-14, cy, 28, "search", look.Muted)
	p.Text(x, cy+36, w, title, kit.Body.B(), kit.Center)
	p.Text(x, cy+60, w, what, kit.Caption, kit.Center)
}

func (s *Screen) drawSide(p *kit.Pen, x, y, w float32) {
	p.Text(x, y+8, 0, "Clinic lists", kit.Title, kit.Left)
	p.Put(s.list, x+w-s.list.Width(), y+6, s.list.Width(), 32)
	y += 56
	text := "A workbook or CSV file of patients: Kindred finds the columns, shows what it read, assesses every row and writes a results workbook. Nothing leaves this computer."
	lines := kit.Small.Wrap(text, w-28)
	h := 46 + float32(len(lines))*18
	p.Card(x, y, w, h)
	p.Text(x+14, y+12, 0, "Screen a whole list", kit.Body.B(), kit.Left)
	p.Para(x+14, y+36, w-28, text, kit.Small.In(look.Muted))
	y += h + 12
	y = s.drawFamilies(p, x, y, w)
	s.drawRules(p, x, y, w)
}

// drawFamilies leads to the register of family testing.
func (s *Screen) drawFamilies(p *kit.Pen, x, y, w float32) float32 {
	const text = "Relatives in all families with a known variant: who was not offered its test yet, who has not answered, whose result is awaited."
	lines := kit.Small.Wrap(text, w-28)
	h := 46 + float32(len(lines))*18 + 40
	p.Card(x, y, w, h)
	p.Text(x+14, y+12, 0, "Families", kit.Body.B(), kit.Left)
	p.Para(x+14, y+36, w-28, text, kit.Small.In(look.Muted))
	p.Put(s.kin, x+14, y+h-44, s.kin.Width(), 32)
	return y + h + 12
}

func (s *Screen) drawRules(p *kit.Pen, x, y, w float32) {
	note := kit.Caption.Wrap(s.rulesNote(), w-28)
	h := 46 + float32(len(s.areas))*28 + 2 + float32(len(note))*16 + 8 + 44
	p.Card(x, y, w, h)
	p.Text(x+14, y+12, 0, "Rules", kit.Body.B(), kit.Left)
	ry := y + 40
	for _, a := range s.areas {
		word, icon, tone := "Not signed off", "warn", kit.ToneWarn
		if a.Status == "signed_off" {
			word, icon, tone = "Signed off", "met", kit.ToneMet
		}
		p.Text(x+14, ry+1, w-28-kit.PillWidth(word)-8, a.Short+", edition "+strings.TrimPrefix(a.Edition, a.Short+" "), kit.Body, kit.Left)
		p.Pill(x+w-14-kit.PillWidth(word), ry, tone, icon, word)
		ry += 28
	}
	ry += 2
	for _, l := range note {
		p.Text(x+14, ry, w-28, l, kit.Caption, kit.Left)
		ry += 16
	}
	p.Put(s.rules, x+14, ry+8, s.rules.Width(), 32)
	p.Put(s.local, x+14+s.rules.Width()+8, ry+8, s.local.Width(), 32)
}

// rulesNote says when the rules are to be read against their sources again.
func (s *Screen) rulesNote() string {
	var review rules.Date
	for _, a := range s.areas {
		if review == "" || a.ReviewBy != "" && a.ReviewBy < review {
			review = a.ReviewBy
		}
	}
	if review == "" {
		return "Check the source clause before acting on advice."
	}
	return "Check the source clause before acting on advice. Review by " + identity.FormatDay(review) + "."
}

var _ shell.Screen = (*Screen)(nil)
