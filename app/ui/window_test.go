package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/report"
	"kindred/app/store"
	"kindred/app/store/storetest"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
)

const phrase = "four unrelated words"

// desk opens the whole program on a folder, without a display.
func desk(t *testing.T, lib *rules.Library, dir string) (*program, fyne.Window) {
	t.Helper()
	storetest.CheapKeys(t)
	win := uitest.Window(t, look.Light, 1280, 800)
	noon := func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
	g, err := open(fyne.CurrentApp(), win, Options{Dir: dir, Lib: lib, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	win.Resize(fyne.NewSize(1280, 800))
	t.Cleanup(func() {
		if g.st != nil {
			_ = g.st.Close()
		}
	})
	return g, win
}

func typeText(win fyne.Window, text string) { test.Type(win.Canvas().Focused(), text) }

func press(win fyne.Window, keys ...fyne.KeyName) {
	for _, k := range keys {
		if f := win.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: k})
		} else {
			win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k})
		}
	}
}

func TestFromFirstRunToAConsultationThatIsFoundAgain(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "kindred")
	g, win := desk(t, lib, dir)
	if !strings.HasPrefix(win.Title(), "First run") {
		t.Fatalf("a new folder opens with %q", win.Title())
	}
	code, err := g.Create(phrase)
	if err != nil || code == "" {
		t.Fatal(err)
	}
	g.enter()
	if !strings.HasPrefix(win.Title(), "Home") {
		t.Fatalf("unlocking leads to %q", win.Title())
	}

	g.NewConsultation()
	typeText(win, "Hargreaves")
	win.Canvas().FocusNext()
	typeText(win, "Miriam")
	// Whoever lists the windows of a screen reads their titles.
	if win.Title() != "Patient – Kindred" {
		t.Errorf("the title is %q", win.Title())
	}
	g.lock()
	if !strings.HasPrefix(win.Title(), "Unlock") || g.st != nil {
		t.Fatalf("locked, the title is %q", win.Title())
	}

	typeText(win, "not the passphrase")
	press(win, fyne.KeyReturn)
	if g.st != nil {
		t.Fatal("a wrong passphrase opened the store")
	}
	g.door()
	typeText(win, phrase)
	press(win, fyne.KeyReturn)
	if g.st == nil {
		t.Fatal("the right passphrase does not open the store")
	}
	typeText(win, "hargr")
	press(win, fyne.KeyReturn)
	if g.consult == nil || g.consult.Record().Identity.Family != "Hargreaves" {
		t.Fatalf("the search leads to %q", win.Title())
	}
	if win.Title() != "Lipids and signs – Kindred" {
		t.Errorf("the title is %q", win.Title())
	}
}

func TestASecondWindowOnTheSameFolderIsKeptOut(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "kindred")
	first, _ := desk(t, lib, dir)
	if _, err := first.Create(phrase); err != nil {
		t.Fatal(err)
	}
	second, win := desk(t, lib, dir)
	typeText(win, phrase)
	press(win, fyne.KeyReturn)
	if second.st != nil {
		t.Error("two windows write to one store")
	}
}

func TestTheLetterIsSavedUnderANameWithoutThePatient(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	g, win := desk(t, lib, filepath.Join(t.TempDir(), "kindred"))
	if _, err := g.Create(phrase); err != nil {
		t.Fatal(err)
	}
	g.enter()
	g.NewConsultation()
	typeText(win, "Hargreaves")
	if !g.consult.Do(shell.SavePDF) {
		t.Fatal("Ctrl P does nothing")
	}
	press(win, fyne.KeyReturn)
	entries, err := os.ReadDir(home)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Name() != "kindred-letter-2026-11-23.pdf" {
		t.Errorf("saved %v", entries)
	}
	// Request and leaflet too, each noted in the audit trail.
	g.Request(g.consult.Record(), "FH", "text")
	press(win, fyne.KeyReturn)
	g.Leaflet("fh", report.PatientLeaflet)
	press(win, fyne.KeyReturn)
	if entries, err = os.ReadDir(home); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{"kindred-fh-leaflet-2026-11-23.pdf", "kindred-fh-test-request-2026-11-23.txt", "kindred-letter-2026-11-23.pdf"}; !slices.Equal(names, want) {
		t.Errorf("saved %v, want %v", names, want)
	}
	events, err := g.svc.Audit(t.Context(), 20)
	if err != nil {
		t.Fatal(err)
	}
	var noted []string
	for _, e := range events {
		if e.Action == store.ActExported {
			noted = append(noted, e.Detail)
		}
	}
	if want := []string{"FH leaflet", "FH test request", "letter"}; !slices.Equal(noted, want) {
		t.Errorf("noted %v, want %v", noted, want)
	}
}
