// Package settings shows the local settings: what the practice and its
// laboratory do in their own way. It is built from the dictionary and knows no
// area.
package settings

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/words"
	"kindred/rules"
)

// Service keeps the settings.
type Service interface {
	// Settings are those in force now, by fact id.
	Settings() (map[string]string, error)
	// Set changes one; the change goes to the audit trail.
	Set(ctx context.Context, id, value string) error
}

// Host is what the screen asks of the window around it.
type Host interface {
	// Say shows words in the status bar.
	Say(words string)
	// SettingChanged is called once a setting was changed and kept.
	SettingChanged()
}

// Screen is the settings screen.
type Screen struct {
	svc   Service
	host  Host
	win   fyne.Window
	areas []rules.AreaInfo

	root    *kit.Sheet
	scroll  *kit.Scroll
	page    *kit.Sheet
	rows    []*row
	trouble error
	what    string // is amiss, in a word before the trouble
}

// row is one setting.
type row struct {
	def    *rules.FactDef
	value  string
	answer *kit.Segment
	choose *kit.Select // in place of the answer where the window is narrow
}

// New makes the screen of every local setting of the dictionary.
func New(svc Service, host Host, win fyne.Window, areas []rules.AreaInfo, d *rules.Dictionary) *Screen {
	s := &Screen{svc: svc, host: host, win: win, areas: areas}
	s.page = kit.NewSheet(s.drawPage)
	s.scroll = kit.NewScroll(s.page)
	s.root = kit.NewSheet(func(p *kit.Pen) {
		p.Fill(0, 0, p.W, p.H, look.BG)
		p.Put(s.scroll, 0, 0, p.W, p.H)
	})
	for _, def := range d.Settings() {
		var options []kit.Option
		for _, v := range def.SettingValues() {
			options = append(options, kit.Option{Value: v, Label: def.SettingLabel(v)})
		}
		r := &row{def: def}
		r.answer = kit.NewSegment(options, func(value string) { s.change(r, value) })
		r.choose = kit.NewSelect("", options, func(value string) { s.change(r, value) })
		r.answer.Words, r.choose.Words = def.Question, def.Question
		s.rows = append(s.rows, r)
	}
	slices.SortStableFunc(s.rows, func(a, b *row) int { return s.order(a.def.Area) - s.order(b.def.Area) })
	return s
}

// order puts shared settings first, then the areas as they stand on screen.
func (s *Screen) order(area string) int {
	return slices.IndexFunc(s.areas, func(a rules.AreaInfo) bool { return a.ID == area })
}

// Object implements shell.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Tab implements shell.Screen.
func (s *Screen) Tab() shell.Tab { return shell.SettingsTab }

// Title implements shell.Screen.
func (s *Screen) Title() string { return "Local settings" }

// Status implements shell.Screen.
func (s *Screen) Status() []shell.Item {
	changed := 0
	for _, r := range s.rows {
		if r.changed() {
			changed++
		}
	}
	return []shell.Item{{Text: words.Plural(len(s.rows), "local setting", "local settings") + ", " + words.Plural(changed, "changed", "changed")}}
}

// Enter implements shell.Screen.
func (s *Screen) Enter() {
	s.read()
	if len(s.rows) > 0 {
		s.win.Canvas().Focus(s.rows[0].answer)
	}
}

// Leave implements shell.Screen.
func (s *Screen) Leave() bool { return true }

// Do implements shell.Screen.
func (s *Screen) Do(shell.Command) bool { return false }

// read takes up what is kept.
func (s *Screen) read() {
	now, err := s.svc.Settings()
	s.trouble, s.what = err, "Not known."
	for _, r := range s.rows {
		r.value = now[r.def.ID]
		r.show()
	}
	s.page.Redraw()
}

// changed tells whether it is known to be other than as delivered.
func (r *row) changed() bool { return r.value != "" && r.value != r.def.Default }

func (r *row) show() {
	r.answer.SetValue(r.value)
	r.choose.SetValue(r.value)
}

// change keeps another value; a setting always has one.
func (s *Screen) change(r *row, value string) {
	if value == "" || value == r.value {
		r.show()
		return
	}
	var err error
	kit.Background(func() { err = s.svc.Set(context.Background(), r.def.ID, value) }, func() {
		s.read()
		if err != nil {
			s.trouble, s.what = err, "Not kept."
			s.page.Redraw()
			return
		}
		s.host.SettingChanged()
		s.host.Say("Kept: " + r.def.Label + ", " + r.def.SettingLabel(value) + ". Holds for consultations and lists from now on.")
	})
}

const (
	most    = 820 // width of the column
	padding = 24
)

const intro = "What this practice and its laboratory do in their own way. Advice that rests on one of these says so. A change holds for today's consultations and lists and for later ones; earlier consultations keep the settings they were assessed under, and the audit trail keeps every change."

func (s *Screen) drawPage(p *kit.Pen) {
	w := min(most, p.W-2*padding)
	x, y := float32(padding), float32(20)
	p.Text(x, y, w, "Local settings", kit.Title, kit.Left)
	y += 36
	y += p.Para(x, y, w, intro, kit.Small.In(look.Muted)) + 14
	if s.trouble != nil {
		y += p.Message(x, y, w, kit.ToneUrgent, "urg", s.what, words.Capital(s.trouble.Error())) + 14
	}
	if len(s.rows) == 0 {
		p.Text(x, y, w, "The rules in use have no local settings.", kit.Body, kit.Left)
	}
	area := "\x00"
	for _, r := range s.rows {
		if r.def.Area != area {
			area = r.def.Area
			y += 8
			p.Text(x, y, w, s.areaTitle(area), kit.Lead, kit.Left)
			y += 34
		}
		y = s.drawRow(p, r, x, y, w) + 12
	}
	s.page.SetMin(0, y+padding)
}

func (s *Screen) areaTitle(id string) string {
	if at := s.order(id); at >= 0 {
		return s.areas[at].Title
	}
	return "All areas"
}

// drawRow draws the card of one setting and returns where it ends.
func (s *Screen) drawRow(p *kit.Pen, r *row, x, y, w float32) float32 {
	const pad = 14
	in := w - 2*pad
	foot := "As delivered. "
	if r.value == "" {
		foot = "" // it could not be read
	}
	if r.changed() {
		foot = "Changed here; as delivered: " + r.def.SettingLabel(r.def.Default) + ". "
	}
	foot += "Source: " + s.sources(r.def) + "."
	h := 12 + 20 + 4 + lines(kit.Body, r.def.Question, in) + 10 + 32 + 10 + lines(kit.Caption, r.def.Help, in) + 4 + lines(kit.Caption, foot, in) + 12
	p.Card(x, y, w, h)
	end := y + h
	y += 12
	p.Text(x+pad, y, in, r.def.Label, kit.Body.B(), kit.Left)
	y += 24
	y += p.Para(x+pad, y, in, r.def.Question, kit.Body) + 10
	if r.answer.Width() <= in {
		p.Put(r.answer, x+pad, y, r.answer.Width(), 32)
	} else {
		p.Put(r.choose, x+pad, y, in, 32)
	}
	y += 42
	y += p.Para(x+pad, y, in, r.def.Help, kit.Caption) + 4
	p.Para(x+pad, y, in, foot, kit.Caption.In(look.Muted))
	return end
}

func lines(s kit.Style, text string, w float32) float32 {
	return float32(len(s.Wrap(text, w))) * s.Role.Line
}

// sources names what a setting's default rests on.
func (s *Screen) sources(def *rules.FactDef) string {
	var out []string
	for _, id := range def.Sources {
		name := id
		if at := s.order(def.Area); at >= 0 {
			for _, src := range s.areas[at].Sources {
				if src.ID == id {
					name = src.Short
				}
			}
		}
		out = append(out, name)
	}
	return strings.Join(out, "; ")
}

var _ shell.Screen = (*Screen)(nil)
