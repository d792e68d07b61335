package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"kindred/app/store/internal/cost"
)

const passphrase = "four words nobody guesses"

var ctx = context.Background()

// fresh makes an open store in a folder of its own. The tests of this package
// run with cheap passphrases; the price of real ones is checked in keys_test.go.
func fresh(t *testing.T, opts ...Option) (*Store, string) {
	t.Helper()
	cost.LowerForTests()
	dir := filepath.Join(t.TempDir(), "practice")
	s, code, err := Create(dir, passphrase, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() }) //nolint:errcheck // closed by the test where it matters
	return s, code
}

func reopen(t *testing.T, dir string, opts ...Option) *Store {
	t.Helper()
	s, err := Open(dir, passphrase, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() }) //nolint:errcheck // closed by the test where it matters
	return s
}

func mustClose(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func mustSave(t *testing.T, s *Store, e Entry) Saved {
	t.Helper()
	if e.ID == "" {
		e.ID = s.NewID()
	}
	saved, err := s.Save(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func TestEachSaveIsANewRevisionAndTheOldOnesStay(t *testing.T) {
	s, _ := fresh(t)
	id := s.NewID()
	long := bytes.Repeat([]byte("a long body that is compressed before it is sealed; "), 200)
	patient := ""
	for n, body := range [][]byte{[]byte("first"), long, []byte("third")} {
		saved := mustSave(t, s, Entry{ID: id, Base: n, Patient: patient, NHSNumber: "9990000131", Summary: []byte(fmt.Sprint("summary ", n+1)), Body: body})
		if saved.Revision != n+1 {
			t.Fatalf("save %d made revision %d", n+1, saved.Revision)
		}
		patient = saved.Patient
	}
	if _, err := s.Save(ctx, Entry{ID: id, Base: 1, Body: []byte("from an older window")}); !errors.Is(err, ErrChanged) {
		t.Errorf("saving from revision 1 when 3 is current: %v, want ErrChanged", err)
	}
	mustClose(t, s)

	s = reopen(t, s.Dir())
	got, err := s.Load(ctx, id)
	if err != nil || string(got.Body) != "third" || string(got.Summary) != "summary 3" || got.Patient != patient {
		t.Errorf("after reopening: %q, %q, %v", got.Body, got.Summary, err)
	}
	if got, err := s.LoadRevision(ctx, id, 2); err != nil || !bytes.Equal(got.Body, long) {
		t.Errorf("revision 2: %d bytes, %v", len(got.Body), err)
	}
	if _, err := s.LoadRevision(ctx, id, 4); !errors.Is(err, ErrNotFound) {
		t.Errorf("revision 4: %v, want ErrNotFound", err)
	}
	if _, err := s.Load(ctx, s.NewID()); !errors.Is(err, ErrNotFound) {
		t.Errorf("a consultation never saved: %v, want ErrNotFound", err)
	}
}

func TestOneNHSNumberIsOnePatient(t *testing.T) {
	s, _ := fresh(t)
	a := mustSave(t, s, Entry{NHSNumber: "9990000131", Body: []byte("a")})
	b := mustSave(t, s, Entry{NHSNumber: "9990000131", Body: []byte("b")})
	if a.Patient != b.Patient {
		t.Error("two consultations under one NHS number are two patients")
	}
	// A consultation begun without a number becomes that patient's when it is typed.
	c := mustSave(t, s, Entry{Body: []byte("c")})
	c2 := mustSave(t, s, Entry{ID: c.ID, Base: 1, Patient: c.Patient, NHSNumber: "9990000131", Body: []byte("c2")})
	if c2.Patient != a.Patient {
		t.Error("a number typed later does not join its patient")
	}
	if got, err := s.LoadRevision(ctx, c.ID, 1); err != nil || got.Patient != c.Patient || string(got.Body) != "c" {
		t.Errorf("its first revision: %q %v", got.Body, err)
	}
	// A number nobody has yet is given to the patient who had none.
	d := mustSave(t, s, Entry{Body: []byte("d")})
	d2 := mustSave(t, s, Entry{ID: d.ID, Base: 1, Patient: d.Patient, NHSNumber: "9990000042", Body: []byte("d2")})
	if d2.Patient != d.Patient {
		t.Error("a first number made another patient")
	}
	// Correcting a number never renames the patient of another consultation.
	b2 := mustSave(t, s, Entry{ID: b.ID, Base: 1, Patient: b.Patient, NHSNumber: "9990000158", Body: []byte("b2")})
	if b2.Patient == a.Patient {
		t.Error("a corrected number took the other consultation with it")
	}
	got, err := s.OfPatient(ctx, a.Patient)
	if err != nil || len(got) != 2 {
		t.Errorf("the patient has %d consultations (%v), want a and c", len(got), err)
	}
}

func TestADraftSurvivesAndGoesWithTheSave(t *testing.T) {
	s, _ := fresh(t)
	id := s.NewID()
	for _, text := range []string{"ty", "typing", "typing more"} {
		if err := s.SaveDraft(ctx, Entry{ID: id, Summary: []byte("s"), Body: []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, s)
	s = reopen(t, s.Dir())
	if got, err := s.LoadDraft(ctx, id); err != nil || string(got.Body) != "typing more" {
		t.Fatalf("the draft after reopening: %q, %v", got.Body, err)
	}
	if s.NewID() == id {
		t.Error("the draft's id was given out again")
	}
	mustSave(t, s, Entry{ID: id, Body: []byte("done")})
	if d, err := s.Drafts(ctx); err != nil || len(d) != 0 {
		t.Errorf("%d drafts after the save (%v)", len(d), err)
	}
}

func TestSettingsComeBack(t *testing.T) {
	s, _ := fresh(t)
	if v, err := s.Setting(ctx, "columns"); v != nil || err != nil {
		t.Errorf("a setting never set: %q, %v", v, err)
	}
	for _, v := range []string{"first", "second"} {
		if err := s.SetSetting(ctx, "columns", []byte(v)); err != nil {
			t.Fatal(err)
		}
	}
	if v, err := s.Setting(ctx, "columns"); string(v) != "second" || err != nil {
		t.Errorf("got %q, %v", v, err)
	}
}

func TestASecondWindowIsKeptOut(t *testing.T) {
	s, _ := fresh(t)
	if _, err := Open(s.Dir(), passphrase); !errors.Is(err, ErrInUse) {
		t.Errorf("second window: %v, want ErrInUse", err)
	}
	if _, _, err := Create(s.Dir(), passphrase); !errors.Is(err, ErrInUse) {
		t.Errorf("setting up over an open store: %v, want ErrInUse", err)
	}
	mustClose(t, s)
	if _, _, err := Create(s.Dir(), passphrase); !errors.Is(err, ErrExists) {
		t.Errorf("setting up over a store: %v, want ErrExists", err)
	}
	mustClose(t, reopen(t, s.Dir()))
	if _, err := s.Save(ctx, Entry{ID: "x"}); !errors.Is(err, ErrClosed) {
		t.Errorf("saving after locking: %v, want ErrClosed", err)
	}
	if _, err := s.Recent(ctx, 1); !errors.Is(err, ErrClosed) {
		t.Errorf("reading after locking: %v, want ErrClosed", err)
	}
}

func TestRecentIsByOrderOfSavingEvenWhenTheClockGoesBack(t *testing.T) {
	clock := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	s, _ := fresh(t, WithNow(func() time.Time { return clock }))
	first := mustSave(t, s, Entry{Body: []byte("1")})
	clock = clock.Add(-48 * time.Hour)
	second := mustSave(t, s, Entry{Body: []byte("2")})
	got, err := s.Recent(ctx, 5)
	if err != nil || len(got) != 2 || got[0].ID != second.ID || got[1].ID != first.ID {
		t.Errorf("order %v, %v", got, err)
	}
	mustClose(t, s)
	clock = clock.Add(-time.Hour)
	s = reopen(t, s.Dir(), WithNow(func() time.Time { return clock }))
	if n := s.Notices(); len(n) != 1 || !strings.Contains(n[0], "clock") {
		t.Errorf("notices after the clock went back: %q", n)
	}
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are the folder's on Windows")
	}
	s, _ := fresh(t)
	mustSave(t, s, Entry{Body: []byte("x")})
	check := func(when string) {
		t.Helper()
		info, err := os.Stat(s.Dir())
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s the folder is %v (%v)", when, info.Mode().Perm(), err)
		}
		files, err := os.ReadDir(s.Dir())
		if err != nil || len(files) < 4 {
			t.Fatalf("%s %d files (%v)", when, len(files), err)
		}
		for _, f := range files {
			info, err := f.Info()
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s %s is %v (%v)", when, f.Name(), info.Mode().Perm(), err)
			}
		}
	}
	check("while open")
	mustClose(t, s)
	check("when closed")
	if err := os.Chmod(filepath.Join(s.Dir(), databaseName), 0o644); err != nil {
		t.Fatal(err)
	}
	reopen(t, s.Dir())
	check("after somebody loosened it")
}

func TestAFolderWithAnyNameWorks(t *testing.T) {
	cost.LowerForTests()
	dir := filepath.Join(t.TempDir(), "Dr O’Neill's 100% data?#&=x;")
	s, _, err := Create(dir, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	mustSave(t, s, Entry{Body: []byte("x")})
	mustClose(t, s)
	if s := reopen(t, dir); s.Count() != 1 {
		t.Error("the consultation went elsewhere")
	}
}

func TestTheUnlockScreenKnowsThePractice(t *testing.T) {
	s, _ := fresh(t, WithAbout(About{Practice: "Riverside Surgery"}))
	a := ReadAbout(s.Dir())
	if a.Practice != "Riverside Surgery" || time.Since(a.LastOpened) > time.Minute {
		t.Errorf("about: %+v", a)
	}
	if a := ReadAbout(t.TempDir()); a != (About{}) {
		t.Errorf("about nothing: %+v", a)
	}
}
