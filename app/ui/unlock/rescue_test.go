package unlock

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kindred/app/store"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
)

// broken is a store whose file does not open, with or without a copy.
type broken struct {
	vault
	err    error
	copied bool
	did    string
	in     int
}

func (b *broken) Open(string) error { return b.err }
func (b *broken) Newest() (time.Time, bool) {
	return time.Date(2026, 11, 24, 18, 2, 0, 0, time.Local), b.copied
}
func (b *broken) PutBack(p string) error    { b.did = "put back with " + p; return nil }
func (b *broken) OpenAsItIs(p string) error { b.did = "opened with " + p; return nil }

func brokenDoor(t *testing.T, v *broken) (*Screen, fyne.Window) {
	t.Helper()
	win := uitest.Window(t, look.Light, 1280, 800)
	s := New(v, About{Practice: "Riverside Surgery", Version: "1.0.0"}, win, func() { v.in++ })
	shell.NewFrame(win).Show(s)
	win.Resize(fyne.NewSize(1280, 800))
	s.pass.SetText("correct horse battery")
	s.act()
	return s, win
}

func TestAnOlderFileIsOpenedAsItIsOnlyAfterAsking(t *testing.T) {
	v := &broken{vault: vault{exists: true}, err: fmt.Errorf("unlock: %w", store.ErrOlder), copied: true}
	s, win := brokenDoor(t, v)
	if !s.rescue.on || v.in != 0 {
		t.Fatal("no way out is offered")
	}
	win.Canvas().Unfocus()
	uitest.Golden(t, "older", win.Canvas().Capture())
	s.rescue.asIs.OnPress()
	if v.did != "" {
		t.Fatalf("not asked first; %q", v.did)
	}
	win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if v.did != "opened with correct horse battery" || v.in != 1 {
		t.Errorf("%q, in %d times", v.did, v.in)
	}
}

func TestADamagedFileOffersTheNewestCopyOrSaysHowToGetOne(t *testing.T) {
	v := &broken{vault: vault{exists: true}, err: store.ErrDamaged, copied: true}
	s, win := brokenDoor(t, v)
	s.rescue.back.OnPress()
	if v.did != "" {
		t.Fatalf("not asked first; %q", v.did)
	}
	win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if v.did != "put back with correct horse battery" {
		t.Errorf("%q", v.did)
	}
	_, win = brokenDoor(t, &broken{vault: vault{exists: true}, err: store.ErrDamaged})
	win.Canvas().Unfocus()
	uitest.Golden(t, "damaged", win.Canvas().Capture())
}

func TestAWrongPassphraseOffersNoWayAround(t *testing.T) {
	s, _ := brokenDoor(t, &broken{vault: vault{exists: true}, err: errors.New("this passphrase does not open the consultations"), copied: true})
	if s.rescue.on {
		t.Error("a way out is offered for a wrong passphrase")
	}
}
