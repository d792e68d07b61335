package home

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/consult"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
)

// practice is a store with a few invented people.
type practice struct{ all, drafts []consult.Summary }

func (p *practice) Recent(context.Context, int) ([]consult.Summary, error) { return p.all, nil }
func (p *practice) Drafts(context.Context) ([]consult.Summary, error)      { return p.drafts, nil }
func (p *practice) Count() int                                             { return len(p.all) }
func (p *practice) Search(_ context.Context, text string, _ int) ([]consult.Summary, error) {
	var out []consult.Summary
	for _, s := range p.all {
		if strings.Contains(strings.ToLower(s.Identity.Family), strings.ToLower(text)) {
			out = append(out, s)
		}
	}
	return out, nil
}

func person(family, given, title string, born rules.Date, nhs string, o rules.Outcome, urgent bool, reason, next string) consult.Summary {
	return consult.Summary{
		ID: nhs, Identity: consult.Identity{Family: family, Given: given, Title: title, Born: born, NHSNumber: nhs, Sex: "female"},
		Saved: time.Date(2026, 11, 20, 10, 30, 0, 0, time.Local), Outcomes: map[string]rules.Outcome{"fh": o}, Urgent: urgent, Reason: reason, Next: next,
	}
}

func riverside() *practice {
	return &practice{all: []consult.Summary{
		person("Adeyemi", "Folasade", "Ms", "1974-05-02", "9990000042", rules.Test, false, "Meets Simon Broome possible: heart attack in brother", ""),
		person("Nowak", "Zofia", "Mrs", "1988-02-11", "9990000204", rules.Refer, true, "LDL cholesterol above 13 mmol/L", ""),
		person("Hargreaves", "Miriam", "Mrs", "1985-03-14", "9990000131", rules.MoreInformation, false, "", "How old was her father at his heart attack?"),
		person("Featherstonehaugh-Cholmondeley", "Wilhelmina", "Prof", "1961-09-30", "9990000271", rules.NotIndicated, false, "Total cholesterol 5.1, nobody in the family", ""),
		person("", "", "", "", "", "", false, "Not assessed", ""),
	}, drafts: []consult.Summary{person("Brennan", "Declan", "Mr", "1964-06-02", "9990000247", rules.TestTumour, false, "MLH1 lost: ask for BRAF V600E", "")}}
}

// window counts what home asked for.
type window struct {
	opened string
	fresh  int

	families int
	win      fyne.Window
}

func (w *window) OpenRecord(id string) { w.opened = id }
func (w *window) NewConsultation()     { w.fresh++ }
func (w *window) Settings()            {}
func (w *window) Families()            { w.families++ }
func (w *window) OpenList()            {}
func (w *window) Rules()               {}
func (w *window) Update()              {}
func (w *window) Say(string)           {}

func show(t *testing.T, k look.Kind, p *practice, w, h float32) (*Screen, *window) {
	t.Helper()
	win := uitest.Window(t, k, w, h)
	host := &window{win: win}
	areas := []rules.AreaInfo{{ID: "fh", Short: "FH", Edition: "2026-11", ReviewBy: "2027-05-01"}, {ID: "lynch", Short: "Lynch", Edition: "2026-11"}}
	s := New(p, host, win, areas, "2026-11-23", "Riverside Surgery")
	f := shell.NewFrame(win)
	f.Show(s)
	win.Resize(fyne.NewSize(w, h))
	return s, host
}

func TestPictures(t *testing.T) {
	for name, k := range look.Kinds {
		s, host := show(t, k, riverside(), 1280, 800)
		host.win.Canvas().Unfocus()
		s.table.Choose(2)
		uitest.Golden(t, "home-"+name, host.win.Canvas().Capture())
	}
	_, host := show(t, look.Light, &practice{}, 1280, 800)
	host.win.Canvas().Unfocus()
	uitest.Golden(t, "home-empty", host.win.Canvas().Capture())
}

func TestTypingANameAndEnterOpensTheConsultation(t *testing.T) {
	s, host := show(t, look.Light, riverside(), 1280, 800)
	test.Type(s.search.Target(), "hargr")
	if len(s.shown) != 1 {
		t.Fatalf("%d found", len(s.shown))
	}
	s.search.Target().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if host.opened != "9990000131" {
		t.Errorf("opened %q", host.opened)
	}
}

func TestNobodyFoundSaysWhatToDo(t *testing.T) {
	s, _ := show(t, look.Light, riverside(), 1280, 800)
	test.Type(s.search.Target(), "zzz")
	if len(s.shown) != 0 {
		t.Fatalf("%d found", len(s.shown))
	}
	if !s.Do(shell.Back) || s.search.Text() != "" {
		t.Error("Escape does not bring everybody back")
	}
	if len(s.shown) < 4 {
		t.Errorf("%d shown", len(s.shown))
	}
}

func TestADraftIsFoundByNameAndByNumber(t *testing.T) {
	s, host := show(t, look.Light, riverside(), 1280, 800)
	for _, text := range []string{"bren", "declan b", "999 000 0247"} {
		host.opened = ""
		s.search.SetText("")
		test.Type(s.search.Target(), text)
		if len(s.shown) != 1 || s.shown[0].Identity.Family != "Brennan" {
			t.Fatalf("%q finds %d consultations, want the draft alone", text, len(s.shown))
		}
		s.search.Enter()
		if host.opened != "9990000247" {
			t.Errorf("%q and Enter opened %q", text, host.opened)
		}
	}
}
