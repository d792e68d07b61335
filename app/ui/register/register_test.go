package register

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"kindred/app/consult"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
)

// families is a register of invented people.
type families struct {
	rows []consult.RegisterRow
	err  error
}

func (f *families) CascadeRegister(context.Context) (*consult.Register, error) {
	if f.err != nil {
		return nil, f.err
	}
	return &consult.Register{Rows: f.rows, Families: 2}, nil
}

type window struct {
	opened, said string
	saved        *consult.Register
	file         []byte
}

func (w *window) OpenTesting(id string) { w.opened = id }
func (w *window) Update()               {}
func (w *window) Say(s string)          { w.said = s }
func (w *window) SaveRegister(g *consult.Register, file []byte) {
	w.saved, w.file = g, file
}

func riverside() *families {
	miriam := consult.Identity{Family: "Hargreaves", Given: "Miriam", Title: "Mrs", NHSNumber: "9990000131"}
	declan := consult.Identity{Family: "Brennan", Given: "Declan", Title: "Mr", NHSNumber: "9990000247"}
	tom := consult.Identity{Family: "Hargreaves", Given: "Tom", Title: "Mr", NHSNumber: "9990000042"}
	fh := consult.RegisterRow{Family: "a", Record: "c1", Of: miriam, Area: "fh", Short: "FH", Code: "R242.1"}
	row := func(base consult.RegisterRow, who, odds string, step consult.Step, since, says string) consult.RegisterRow {
		base.Person, base.Who, base.Odds, base.Step, base.Since, base.Says = who, who, odds, step, "", says
		if since != "" {
			base.Since = rules.Date("2026-" + since)
		}
		return base
	}
	lynch := consult.RegisterRow{Family: "b", Record: "c2", Of: declan, Area: "lynch", Short: "Lynch", Code: "R242.1"}
	brother := row(fh, "Brother", "1 in 2", consult.Offered, "10-02", "Offered")
	brother.Own, brother.OwnName = "c3", &tom
	son := row(lynch, "Son", "1 in 2", consult.Waits, "", "")
	son.From = 18
	unsure := row(fh, "Mother", "1 in 2", consult.Declined, "11-20", "Declined")
	unsure.Unsure = true
	return &families{rows: []consult.RegisterRow{
		row(fh, "Daughter", "1 in 2", consult.NotOffered, "", ""),
		row(lynch, "Maternal half-sister", "1 in 4", consult.NotOffered, "", ""),
		brother,
		row(lynch, "Sister", "1 in 2", consult.Offered, "11-16", "Offered"),
		row(fh, "Paternal uncle", "1 in 4", consult.Awaited, "11-09", "Tested, result awaited"),
		son, unsure,
		row(lynch, "Brother", "1 in 2", consult.Declined, "11-03", "Declined"),
		row(fh, "Patient", "almost certain", consult.Found, "11-02", "Variant found (class 4/5)"),
	}}
}

func open(t *testing.T, k look.Kind, f *families) (*Screen, *window, fyne.Window) {
	t.Helper()
	win := uitest.Window(t, k, 1280, 800)
	host := &window{}
	s := New(f, host, win)
	shell.NewFrame(win).Show(s)
	win.Resize(fyne.NewSize(1280, 800))
	return s, host, win
}

func (s *Screen) who() (out []string) {
	for _, r := range s.shown {
		out = append(out, r.Short+" "+r.Who)
	}
	return out
}

func TestTheRegisterShowsWhatIsLeftToDoAndLeadsThere(t *testing.T) {
	s, host, win := open(t, look.Light, riverside())
	if got := s.who(); len(got) != 6 || got[0] != "FH Daughter" || got[5] != "FH Mother" {
		t.Errorf("to do: %q", got)
	}
	win.Canvas().Unfocus()
	uitest.Golden(t, "register", win.Canvas().Capture())
	s.table.OnOpen(2)
	if host.opened != "c3" {
		t.Errorf("the brother's own consultation: opened %q", host.opened)
	}
	s.table.OnOpen(0)
	if host.opened != "c1" {
		t.Errorf("the daughter has none: opened %q", host.opened)
	}
	s.which.OnChange("all")
	s.which.SetValue("all")
	s.area.SetValue("lynch")
	s.filter()
	if got := s.who(); len(got) != 4 || got[3] != "Lynch Brother" {
		t.Errorf("everyone in the Lynch families: %q", got)
	}
	s.save.OnPress()
	if host.saved == nil || len(host.saved.Rows) != 4 || string(host.file[:2]) != "PK" {
		t.Errorf("saved %+v", host.saved)
	}
}

func TestTheRegisterInTheDark(t *testing.T) {
	_, _, win := open(t, look.Dark, riverside())
	win.Canvas().Unfocus()
	uitest.Golden(t, "register-dark", win.Canvas().Capture())
}

func TestAnEmptyRegisterSaysWhyAndSavesNothing(t *testing.T) {
	s, host, _ := open(t, look.Light, &families{})
	s.export()
	if host.saved != nil || host.said == "" {
		t.Error("an empty register was saved")
	}
	s, _, _ = open(t, look.Light, &families{err: errors.New("the consultations are locked; unlock them first")})
	if s.trouble == nil {
		t.Error("the trouble is not shown")
	}
}
