package settings

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
)

// practice keeps settings in memory.
type practice struct {
	now  map[string]string
	fail error
	// why they cannot be read
	unread error
	said   string
	told   int
}

func (p *practice) Settings() (map[string]string, error) {
	if p.unread != nil {
		return nil, p.unread
	}
	return p.now, nil
}

func (p *practice) Set(_ context.Context, id, value string) error {
	if p.fail != nil {
		return p.fail
	}
	p.now[id] = value
	return nil
}

func (p *practice) Say(words string) { p.said = words }
func (p *practice) SettingChanged()  { p.told++ }

// laboratory is one setting of an area the window knows nothing else of.
func laboratory() (*rules.Dictionary, []rules.AreaInfo) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		panic(err)
	}
	b, err := lib.On("2026-11-25")
	if err != nil {
		panic(err)
	}
	return lib.Dictionary(), b.Areas()
}

func show(t *testing.T, k look.Kind, w, h float32) (*Screen, *practice, fyne.Window) {
	t.Helper()
	win := uitest.Window(t, k, w, h)
	d, areas := laboratory()
	p := &practice{now: map[string]string{}}
	for _, f := range d.Settings() {
		p.now[f.ID] = f.Default
	}
	s := New(p, p, win, areas, d)
	f := shell.NewFrame(win)
	f.Show(s)
	win.Resize(fyne.NewSize(w, h))
	return s, p, win
}

func (s *Screen) find(id string) *row {
	for _, r := range s.rows {
		if r.def.ID == id {
			return r
		}
	}
	return nil
}

func TestEveryLocalSettingIsOfferedAndAChangeIsKept(t *testing.T) {
	s, p, win := show(t, look.Light, 1280, 800)
	d, _ := laboratory()
	if len(s.rows) != len(d.Settings()) || len(s.rows) == 0 {
		t.Fatalf("%d of %d settings are offered", len(s.rows), len(d.Settings()))
	}
	r := s.find("local.msi_low")
	if r == nil || r.answer.Value() != "unstable" {
		t.Fatal("the screen does not show what holds")
	}
	if win.Canvas().Focused() == nil {
		t.Error("the keyboard is nowhere")
	}
	s.change(r, "stable")
	if p.now["local.msi_low"] != "stable" || p.told != 1 || !strings.Contains(p.said, "Kept") {
		t.Errorf("kept %v, told %d times, said %q", p.now, p.told, p.said)
	}
	if got := s.Status()[0].Text; !strings.HasSuffix(got, "1 changed") {
		t.Errorf("the status bar says %q", got)
	}
	s.change(r, "") // choosing the chosen one again clears nothing
	if r.answer.Value() != "stable" || p.told != 1 {
		t.Errorf("after choosing it again: %q", r.answer.Value())
	}
	p.fail = errors.New("the disk is full")
	s.change(r, "unstable")
	if r.answer.Value() != "stable" || s.trouble == nil {
		t.Errorf("a change that was not kept is shown as %q", r.answer.Value())
	}
}

func TestSettingsThatCannotBeReadAreNotCalledChanged(t *testing.T) {
	s, p, _ := show(t, look.Light, 1280, 800)
	p.unread = errors.New("the consultations are locked")
	s.read()
	if got := s.Status()[0].Text; !strings.HasSuffix(got, "0 changed") || s.what != "Not known." {
		t.Errorf("the status bar says %q, the page %q", got, s.what)
	}
}

// The page is looked at in three looks and in a narrow window, without pinning
// the words of the rules in a picture.
func TestThePageFitsItsWindow(t *testing.T) {
	for _, k := range look.Kinds {
		for _, w := range []float32{600, 1280} {
			s, _, win := show(t, k, w, 800)
			win.Canvas().Capture()
			for _, r := range s.rows {
				shown := r.answer.Size().Width
				if r.answer.Width() > w-76 {
					shown = r.choose.Size().Width
				}
				if shown == 0 || shown > w-48 {
					t.Errorf("in %g px %s is %g wide", w, r.def.ID, shown)
				}
			}
		}
	}
}
