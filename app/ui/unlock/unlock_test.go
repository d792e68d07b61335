package unlock

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
)

// vault is a store with one passphrase.
type vault struct {
	exists bool
	pass   string
	opened bool
}

func (v *vault) Exists() bool { return v.exists }
func (v *vault) Create(p string) (string, error) {
	if len(p) < 12 {
		return "", errors.New("the passphrase is too short; use at least 12 characters")
	}
	v.pass, v.exists = p, true
	return "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345-6789-ABCD", nil
}

func (v *vault) Open(p string) error {
	if p != v.pass {
		return errors.New("this passphrase does not open the consultations; check capitals and keyboard language, or use the recovery code")
	}
	v.opened = true
	return nil
}
func (v *vault) Recover(string, string) error { return nil }

func door(t *testing.T, k look.Kind, v *vault, demo string, done func()) (*Screen, fyne.Window) {
	t.Helper()
	win := uitest.Window(t, k, 1280, 800)
	s := New(v, About{
		Practice: "Riverside Surgery", LastOpened: time.Date(2026, 11, 20, 17, 42, 0, 0, time.Local), Passphrase: demo,
		Version: "1.0.0", RulesStatus: "FH and Lynch rules: transcribed, not signed off",
	}, win, done)
	f := shell.NewFrame(win)
	f.Show(s)
	win.Resize(fyne.NewSize(1280, 800))
	return s, win
}

func TestPictures(t *testing.T) {
	for name, k := range look.Kinds {
		s, win := door(t, k, &vault{exists: true}, "", nil)
		win.Canvas().Unfocus()
		_ = s
		uitest.Golden(t, "unlock-"+name, win.Canvas().Capture())
	}
	s, win := door(t, look.Light, &vault{}, "", nil)
	win.Canvas().Unfocus()
	_ = s
	uitest.Golden(t, "first-run", win.Canvas().Capture())
	_, win = door(t, look.Light, &vault{exists: true}, "kindred demonstration", nil)
	win.Canvas().Unfocus()
	uitest.Golden(t, "demonstration", win.Canvas().Capture())
}

func TestAWrongPassphraseSaysSoAndKeepsTheDoorShut(t *testing.T) {
	v := &vault{exists: true, pass: "correct horse battery"}
	in := false
	s, _ := door(t, look.Light, v, "", func() { in = true })
	test.Type(s.pass.Target(), "wrong")
	s.act()
	if in || s.trouble == "" {
		t.Fatalf("in %v, says %q", in, s.trouble)
	}
	s.pass.SetText("")
	test.Type(s.pass.Target(), "correct horse battery")
	s.act()
	if !in {
		t.Error("the right passphrase does not open")
	}
}

func TestTheFirstRunShowsTheRecoveryCodeAndWantsItBack(t *testing.T) {
	v := &vault{}
	in := false
	s, win := door(t, look.Light, v, "", func() { in = true })
	test.Type(s.pass.Target(), "four unrelated words")
	test.Type(s.again.Target(), "four unrelated wards")
	s.act()
	if s.busy || s.trouble == "" {
		t.Fatalf("two different passphrases were taken: %q", s.trouble)
	}
	s.again.SetText("four unrelated words")
	s.act()
	win.Canvas().Unfocus()
	uitest.Golden(t, "recovery-code", win.Canvas().Capture())
	s.code.SetText("something else")
	s.act()
	if in {
		t.Fatal("went in without the code")
	}
	s.code.SetText("abcd efgh jklm npqr stuv wxyz 2345 6789 abcd")
	s.act()
	if !in {
		t.Fatalf("the code was not taken: %q", s.trouble)
	}
}
