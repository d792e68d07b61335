package ui

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"kindred/app/consult"
	"kindred/app/store"
	"kindred/rules"
)

// Whatever breaks in the window, what was typed is on disk afterwards, the
// store is closed, and the words about it name nobody.
func TestAFaultKeepsWhatIsOnScreenAndQuotesNobody(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "kindred")
	g, win := desk(t, lib, dir)
	if _, err := g.Create(phrase); err != nil {
		t.Fatal(err)
	}
	g.enter()
	g.NewConsultation()
	typeText(win, "Hargreaves")
	win.Canvas().FocusNext()
	typeText(win, "Miriam")

	err = g.guard(func() { panic(errors.New("no relative called Hargreaves, 999 000 0131")) })
	var f *Fault
	if !errors.As(err, &f) || !f.Kept {
		t.Fatalf("the fault came back as %v", err)
	}
	for _, canary := range []string{"argreaves", "HARGREAVES", "Miriam", "999"} {
		if strings.Contains(f.Error(), canary) {
			t.Errorf("%q is in the words about the fault:\n%s", canary, f.Error())
		}
	}
	if !strings.Contains(f.Error(), "fault_test.go") {
		t.Errorf("the words do not say where:\n%s", f.Error())
	}
	if g.st != nil {
		t.Error("the store is still open")
	}

	st, err := store.Open(dir, phrase)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	drafts, err := consult.New(lib, st, g.opts.Now).Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(drafts) != 1 || drafts[0].Identity.Family != "Hargreaves" || drafts[0].Identity.Given != "Miriam" {
		t.Errorf("kept: %+v", drafts)
	}
}

func TestTheDoorSaysThatTheWindowBeforeFailed(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(afterFault, kept)
	g, _ := desk(t, lib, filepath.Join(t.TempDir(), "kindred"))
	if !strings.Contains(g.fault, "Unlock to go on") {
		t.Errorf("the door says %q", g.fault)
	}
	if _, err := g.Create(phrase); err != nil {
		t.Fatal(err)
	}
	g.enter()
	g.lock()
	if g.fault != "" {
		t.Errorf("the next door still says %q", g.fault)
	}
}
