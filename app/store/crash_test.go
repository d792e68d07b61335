//go:build unix

package store

import (
	"bufio"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kindred/app/store/internal/cost"
)

const childDir = "KINDRED_STORE_TEST_DIR"

// TestKilledWhileSavingNothingReportedIsLost kills a saving process again and
// again, at any moment, and looks for everything it had reported as saved.
func TestKilledWhileSavingNothingReportedIsLost(t *testing.T) {
	switch os.Getenv(childTask) {
	case "save":
		saveForEver(t)
	case "import":
		importForEver(t)
	}
	cost.LowerForTests()
	for _, task := range []string{"save", "import"} {
		dir := filepath.Join(t.TempDir(), task)
		s, _, err := Create(dir, passphrase)
		if err != nil {
			t.Fatal(err)
		}
		mustClose(t, s)
		rnd := rand.New(rand.NewPCG(3, 5))
		reported := 0
		for kill := range 12 {
			n := killed(t, task, dir, time.Duration(rnd.IntN(60))*time.Millisecond)
			reported += n
			s, err := Open(dir, passphrase)
			if err != nil {
				t.Fatalf("%s, kill %d: %v", task, kill, err)
			}
			if kill%4 == 3 {
				if err := s.Verify(ctx, nil); err != nil {
					t.Fatalf("%s, kill %d: %v", task, kill, err)
				}
			}
			if s.Count() < reported {
				t.Fatalf("%s, kill %d: %d consultations, %d had been reported", task, kill, s.Count(), reported)
			}
			if task == "import" && s.Count()%importBatch != 0 {
				t.Fatalf("%s, kill %d: half a batch, %d consultations", task, kill, s.Count())
			}
			reported = s.Count() // a save may be on the disk before it is reported
			mustClose(t, s)
		}
		t.Logf("%s: 12 kills, %d consultations, none lost", task, reported)
		if reported == 0 {
			t.Errorf("%s: no child ever saved anything", task)
		}
	}
}

// killed runs the task in a child, lets it report its first save, waits a
// little, kills it, and returns how many consultations it had reported.
func killed(t *testing.T, task, dir string, after time.Duration) (reported int) {
	t.Helper()
	cmd := child(t, "TestKilledWhileSavingNothingReportedIsLost", task, childDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := (*time.Timer)(nil)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if text, ok := strings.CutPrefix(lines.Text(), "saved "); ok {
			if timer == nil {
				timer = time.AfterFunc(after, func() { cmd.Process.Kill() }) //nolint:errcheck // it may be gone
			}
			if n, err := strconv.Atoi(text); err == nil {
				reported += n
			}
		} else if strings.Contains(lines.Text(), "FAIL") {
			t.Fatalf("the child failed: %s", lines.Text())
		}
	}
	cmd.Wait() //nolint:errcheck // it was killed
	return reported
}

func saveForEver(t *testing.T) {
	cost.LowerForTests()
	s := reopen(t, os.Getenv(childDir))
	for i := 0; ; i++ {
		if err := s.SaveDraft(ctx, Entry{ID: s.NewID(), Body: []byte("typing")}); err != nil {
			t.Fatal(err)
		}
		mustSave(t, s, Entry{NHSNumber: fmt.Sprintf("999%07d", i%50), Summary: []byte("s"), Body: []byte(strings.Repeat("body ", 100))})
		fmt.Println("saved 1")
	}
}

func importForEver(t *testing.T) {
	cost.LowerForTests()
	s := reopen(t, os.Getenv(childDir))
	first := s.Count()
	rows := func(yield func(Row, error) bool) {
		for i := first; ; i++ {
			if !yield(Row{Key: fmt.Sprint("row ", i), Mark: "m", NHSNumber: fmt.Sprintf("999%07d", i), Summary: []byte("s"), Body: []byte("b")}, nil) {
				return
			}
		}
	}
	reported := 0
	_, err := s.Import(ctx, "list", rows, func(done int) {
		fmt.Println("saved", done-reported)
		reported = done
	})
	t.Fatal(err)
}

// TestDiskFullLosesNothingSavedBefore lets a child fill the disk (a limit on
// the size of a file stands in for it) and looks at what it says and leaves.
func TestDiskFullLosesNothingSavedBefore(t *testing.T) {
	if os.Getenv(childTask) == "fill" {
		fillTheDisk(t)
		return
	}
	dir := filepath.Join(t.TempDir(), "practice")
	out, err := child(t, "TestDiskFullLosesNothingSavedBefore", "fill", childDir+"="+dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

func fillTheDisk(t *testing.T) {
	cost.LowerForTests()
	s, _, err := Create(os.Getenv(childDir), passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if err := Harden(); err != nil {
		t.Fatal(err)
	}
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	limit := func(n uint64) {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: before.Max}); err != nil {
			t.Fatal(err)
		}
	}
	limit(1 << 20)

	// Single saves until it is full.
	body := make([]byte, 20_000)
	var saved []string
	for {
		rand.NewChaCha8([32]byte{byte(len(saved))}).Read(body) //nolint:errcheck // never fails
		id := s.NewID()
		_, err := s.Save(ctx, Entry{ID: id, Summary: []byte("s"), Body: body})
		if err != nil {
			if !errors.Is(err, ErrFull) {
				t.Fatalf("when full: %v, want ErrFull", err)
			}
			t.Logf("said after %d saves: %v", len(saved), err)
			break
		}
		saved = append(saved, id)
		if len(saved) > 1000 {
			t.Fatal("the disk never filled")
		}
	}
	// An import that does not fit keeps no part of the batch that failed.
	count := s.Count()
	rows := func(n int) iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) {
			for i := range n {
				if !yield(Row{Key: fmt.Sprint(i), Mark: "m", Summary: []byte("s"), Body: body[:2000]}, nil) {
					return
				}
			}
		}
	}
	if _, err := s.Import(ctx, "list", rows(3000), nil); !errors.Is(err, ErrFull) {
		t.Fatalf("importing when full: %v, want ErrFull", err)
	}
	if s.Count() != count {
		t.Errorf("%d consultations after the failed import, %d before", s.Count(), count)
	}
	// With room again the same window goes on, and everything is there.
	limit(before.Cur)
	mustSave(t, s, Entry{Body: []byte("there is room again")})
	if n, err := s.Import(ctx, "list", rows(3000), nil); err != nil || n.Added != 3000 {
		t.Errorf("importing with room: %+v, %v", n, err)
	}
	mustClose(t, s)
	s = reopen(t, s.Dir())
	if err := s.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
	if want := len(saved) + 1 + 3000; s.Count() != want {
		t.Errorf("%d consultations, want %d", s.Count(), want)
	}
	for _, id := range saved {
		if _, err := s.Load(ctx, id); err != nil {
			t.Error(err)
		}
	}
}

// TestAfterAFailedStatementNothingIsCommittedOnItsOwn: when the disk is full
// SQLite may roll the transaction back by itself; statements after that would
// each commit alone (measured: 1,310 rows kept although the commit failed).
func TestAfterAFailedStatementNothingIsCommittedOnItsOwn(t *testing.T) {
	s, _ := fresh(t)
	mustSave(t, s, Entry{Body: []byte("before")})
	if _, err := s.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages(t, s)+8)); err != nil {
		t.Fatal(err)
	}
	err := s.write(ctx, "saving carelessly", func(t *tx) error {
		for i := range 2000 {
			// Errors are thrown away, as careless code would.
			t.exec(`INSERT INTO setting (name, body) VALUES (?, ?)`, fmt.Appendf(nil, "name %d", i), make([]byte, 400)) //nolint:errcheck // that is the test
		}
		return nil
	})
	if !errors.Is(err, ErrFull) {
		t.Fatalf("the commit said %v, want ErrFull", err)
	}
	var n int
	if err := s.ro.QueryRow(`SELECT count(*) FROM setting`).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d rows were kept of a transaction that failed (%v)", n, err)
	}
	mustSave(t, s, Entry{Body: []byte("after")}) // on a fresh connection, without the limit
	if err := s.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
}

func pages(t *testing.T, s *Store) (n int) {
	t.Helper()
	if err := s.conn.QueryRowContext(ctx, "PRAGMA page_count").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestASecondProcessIsKeptOutAndLetInAfterTheFirstDies(t *testing.T) {
	if os.Getenv(childTask) == "look in" {
		cost.LowerForTests()
		s, err := Open(os.Getenv(childDir), passphrase)
		if err == nil {
			mustClose(t, s)
		}
		fmt.Println("answer:", errors.Is(err, ErrInUse), err)
		return
	}
	s, _ := fresh(t)
	for _, want := range []string{"answer: true", "answer: false <nil>"} {
		out, err := child(t, "TestASecondProcessIsKeptOutAndLetInAfterTheFirstDies", "look in", childDir+"="+s.Dir()).CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("the second process said %v, want %q:\n%s", err, want, out)
		}
		mustClose(t, s)
	}
}

func TestAFolderThatCannotBeWrittenSaysSo(t *testing.T) {
	s, _ := fresh(t)
	// What SQLite says of a file it may not write.
	if _, err := s.ro.Exec(`DELETE FROM setting`); !errors.Is(translate("saving", err), ErrReadOnly) {
		t.Errorf("writing through a reading connection: %v, want ErrReadOnly", err)
	}
	mustClose(t, s)
	if os.Geteuid() == 0 {
		return // root may write everywhere
	}
	if err := os.Chmod(s.Dir(), 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(s.Dir(), 0o700) //nolint:errcheck // for the test's own cleaning up
	if err := os.Chmod(filepath.Join(s.Dir(), lockName), 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(s.Dir(), passphrase); !errors.Is(err, ErrReadOnly) {
		t.Errorf("opening: %v, want ErrReadOnly", err)
	}
}

// TestADamagedLogNeverLosesSavesInSilence: SQLite takes a log up to its first
// damaged frame and says nothing of the rest. The witness file remembers more.
func TestADamagedLogNeverLosesSavesInSilence(t *testing.T) {
	s, _ := fresh(t)
	for range 12 {
		mustSave(t, s, Entry{NHSNumber: "9990000131", Summary: []byte("s"), Body: []byte(strings.Repeat("body", 500))})
	}
	const want = 12
	live := s.Dir() // as a power cut would leave it: open, the log full
	name := filepath.Join(live, databaseName) + "-wal"
	log, err := os.ReadFile(name)
	if err != nil || len(log) == 0 {
		t.Fatalf("no log: %v", err)
	}
	rnd := rand.New(rand.NewPCG(7, 11))
	told, whole := 0, 0
	for i := range 60 {
		bad := append([]byte{}, log...)
		at := rnd.IntN(len(bad))
		if i%2 == 0 {
			bad = bad[:at]
		} else {
			bad[at] ^= 1 << rnd.IntN(8)
		}
		dir := filepath.Join(t.TempDir(), "after")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, f := range []string{databaseName, headName} {
			if err := copyFile(filepath.Join(dir, f), filepath.Join(live, f)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, databaseName+"-wal"), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(dir, passphrase)
		switch {
		case errors.Is(err, ErrOlder), errors.Is(err, ErrDamaged):
			told++
		case err != nil:
			t.Errorf("byte %d: %v", at, err)
		default:
			if err := s.Verify(ctx, nil); err != nil || s.Count() != want {
				t.Errorf("byte %d: opened with %d of %d consultations, %v", at, s.Count(), want, err)
			}
			mustClose(t, s)
			whole++
		}
	}
	t.Logf("%d told, %d whole", told, whole)
	if told == 0 {
		t.Error("nothing was ever told")
	}
}
