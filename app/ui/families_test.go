package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kindred/app/consult"
	"kindred/app/store"
	"kindred/app/ui/shell"
	"kindred/rules"
	"kindred/rules/truth"
)

// family keeps a carrier and her brother's own consultation.
func family(t *testing.T, g *program) (hers, his string) {
	t.Helper()
	ctx := context.Background()
	a := g.svc.Start(consult.Identity{Family: "Hargreaves", Given: "Miriam", Sex: "female"})
	a.Patient().Facts["genetics.fh"] = rules.Answer{Choice: "positive"}
	a.Case.People = append(a.Case.People, rules.Person{ID: "b", Relation: "brother", Age: truth.Any(), Alive: truth.Yes})
	if err := g.svc.Save(ctx, a); err != nil {
		t.Fatal(err)
	}
	p, err := g.svc.ProposeRelative(a, "b", consult.Carry{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := g.svc.OpenRelative(ctx, a, p)
	if err != nil {
		t.Fatal(err)
	}
	return a.ID, b.ID
}

func TestWhatWasJustSaidWithTheSisterIsThereWhenTheBrotherIsOpened(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	g, _ := desk(t, lib, filepath.Join(t.TempDir(), "kindred"))
	if _, err := g.Create(phrase); err != nil {
		t.Fatal(err)
	}
	g.enter()
	hers, his := family(t, g)
	g.OpenRecord(hers)
	read, err := g.svc.Open(context.Background(), his) // read while his sister's is still on screen
	if err != nil {
		t.Fatal(err)
	}
	fh := &rules.CascadeInfo{Area: "fh", Result: "genetics.fh", State: "cascade.fh"}
	people := g.consult.Record().Case.People
	consult.SetOffer(&people[len(people)-1], fh, "offered", "2026-11-23")
	g.consult.Do(shell.Save)
	g.ShowRecord(read)
	got := g.consult.Record()
	if v := consult.OfferValue(got.Patient(), fh); v != "offered" || got.Revision != 2 {
		t.Errorf("his shows %q in revision %d", v, got.Revision)
	}
	got.Identity.Given = "Tom"
	g.consult.Do(shell.Save)
	if got.Revision != 3 {
		t.Errorf("it cannot be saved: revision %d", got.Revision)
	}
}

func TestTheRegisterIsSavedUnderANameWithoutAPatientAndNoted(t *testing.T) {
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
	family(t, g)
	g.do(shell.Families)
	if win.Title() != "Family testing – Kindred" {
		t.Fatalf("the register leads to %q", win.Title())
	}
	g.extra[shell.FamiliesTab].Do(shell.Save)
	press(win, fyne.KeyReturn)
	files, err := os.ReadDir(home)
	if err != nil || len(files) != 1 || files[0].Name() != "kindred-register-of-family-testing-2026-11-23.xlsx" {
		t.Fatalf("saved %v (%v)", files, err)
	}
	events, err := g.svc.Audit(context.Background(), 1)
	if err != nil || events[0].Action != store.ActExported || !strings.Contains(events[0].Detail, "register") {
		t.Errorf("the trail: %+v (%v)", events, err)
	}
}
