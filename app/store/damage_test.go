package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kindred/app/store/internal/cost"
)

// furnished is a closed store with three patients, five consultations, eight
// revisions and a draft.
func furnished(t *testing.T) (dir string, ids []string) {
	t.Helper()
	s, _ := fresh(t)
	numbers := []string{"9990000131", "9990000042", ""}
	for i := range 5 {
		saved := mustSave(t, s, Entry{NHSNumber: numbers[i%3], Summary: []byte(fmt.Sprint("summary of ", i)), Body: []byte(fmt.Sprint("body of ", i))})
		ids = append(ids, saved.ID)
		if i < 3 {
			mustSave(t, s, Entry{
				ID: saved.ID, Base: 1, Patient: saved.Patient, NHSNumber: numbers[i%3],
				Summary: []byte(fmt.Sprint("summary of ", i)), Body: []byte(fmt.Sprint("body of ", i)),
			})
		}
	}
	if err := s.SaveDraft(ctx, Entry{ID: ids[4], Base: 1, Body: []byte("half typed")}); err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	return s.Dir(), ids
}

// spoil changes the closed database behind the program's back.
func spoil(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(filepath.Join(dir, databaseName)))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// openAll opens the store and reads all there is.
func openAll(dir string, ids []string) error {
	s, err := Open(dir, passphrase)
	if err != nil {
		return err
	}
	err = s.Verify(ctx, nil)
	for _, id := range ids {
		_, lerr := s.Load(ctx, id)
		err = errors.Join(err, lerr)
	}
	_, derr := s.Drafts(ctx)
	return errors.Join(err, derr, s.Close())
}

func TestWhateverIsAlteredOrMovedIsNoticed(t *testing.T) {
	cases := map[string][]string{
		"bodies of two consultations swapped": {`UPDATE revision SET body = CASE id WHEN 1<<20|1 THEN (SELECT body FROM revision WHERE id = 4<<20|1) ELSE (SELECT body FROM revision WHERE id = 1<<20|1) END WHERE id IN (1<<20|1, 4<<20|1)`},
		"an old body under the new revision":  {`UPDATE revision SET body = (SELECT body FROM revision WHERE id = 1<<20|1) WHERE id = 1<<20|2`},
		"a revision given to another patient": {`UPDATE revision SET patient = 2 WHERE id = 1<<20|1`},
		"a consultation put back a revision":  {`DELETE FROM revision WHERE id = 1<<20|2`, `UPDATE consultation SET revision = 1 WHERE id = 1`},
		"a revision deleted":                  {`DELETE FROM revision WHERE id = 2<<20|1`},
		"a consultation deleted":              {`DELETE FROM revision WHERE id >> 20 = 4`, `DELETE FROM consultation WHERE id = 4`},
		"a consultation deleted, one copied": {
			`DELETE FROM revision WHERE id >> 20 = 4`, `DELETE FROM consultation WHERE id = 4`,
			`INSERT INTO consultation SELECT 99, tag, patient, revision, 99, NULL, NULL, NULL, summary FROM consultation WHERE id = 1`,
			`INSERT INTO revision SELECT 99<<20|2, patient, body FROM revision WHERE id = 1<<20|2`,
		},
		"summaries swapped":        {`UPDATE consultation SET summary = (SELECT summary FROM consultation WHERE id = 4) WHERE id = 1`},
		"a tag changed":            {`UPDATE consultation SET tag = x'0102030405060708' WHERE id = 1`},
		"patients' keys swapped":   {`UPDATE patient SET wrapped = (SELECT wrapped FROM patient WHERE id = 2) WHERE id = 1`},
		"a draft moved":            {`UPDATE draft SET base = 0`},
		"an event altered":         {`UPDATE audit SET body = (SELECT body FROM audit WHERE seq = 3) WHERE seq = 4`},
		"an event removed":         {`DELETE FROM audit WHERE seq = 3`},
		"the last events removed":  {`DELETE FROM audit WHERE seq >= 9`},
		"all events removed":       {`DELETE FROM audit`},
		"two events swapped":       {`UPDATE audit SET seq = -1 WHERE seq = 3`, `UPDATE audit SET seq = 3 WHERE seq = 4`, `UPDATE audit SET seq = 4 WHERE seq = -1`},
		"an event said twice":      {`INSERT INTO audit SELECT (SELECT max(seq)+1 FROM audit), body, mac FROM audit WHERE seq = 3`},
		"a key slot of another":    {`UPDATE keyslot SET sealed = (SELECT sealed FROM keyslot WHERE kind = 'recovery') WHERE kind = 'passphrase'`},
		"a key slot removed":       {`DELETE FROM keyslot WHERE kind = 'passphrase'`},
		"the store's name removed": {`DELETE FROM store`},
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		dir, ids := furnished(t)
		if err := openAll(dir, ids); err != nil {
			t.Fatalf("before: %v", err)
		}
		spoil(t, dir, cases[name]...)
		if err := openAll(dir, ids); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrOlder) {
			t.Errorf("%s: %v, want ErrDamaged or ErrOlder", name, err)
		}
	}
}

func TestAnOlderCopyIsNoticedAndOpensOnlyOnRequest(t *testing.T) {
	dir, ids := furnished(t)
	name := filepath.Join(dir, databaseName)
	old, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s := reopen(t, dir)
	mustSave(t, s, Entry{Body: []byte("later")})
	mustClose(t, s)
	if err := os.WriteFile(name, old, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, passphrase); !errors.Is(err, ErrOlder) {
		t.Fatalf("an older copy: %v, want ErrOlder", err)
	}
	s = reopen(t, dir, AcceptOlder())
	if len(s.Notices()) != 1 {
		t.Errorf("notices: %q", s.Notices())
	}
	mustClose(t, s)
	if err := openAll(dir, ids); err != nil {
		t.Errorf("after it was accepted: %v", err)
	}
}

func TestALostWitnessFileIsToldOnce(t *testing.T) {
	dir, ids := furnished(t)
	if err := os.Remove(filepath.Join(dir, headName)); err != nil {
		t.Fatal(err)
	}
	s := reopen(t, dir)
	if len(s.Notices()) != 1 {
		t.Errorf("notices: %q", s.Notices())
	}
	mustClose(t, s)
	if err := openAll(dir, ids); err != nil {
		t.Error(err)
	}
	if s := reopen(t, dir); len(s.Notices()) != 0 {
		t.Errorf("told again: %q", s.Notices())
	}
}

func TestAFlippedBitIsNoticedOrHarmless(t *testing.T) {
	dir, ids := furnished(t)
	name := filepath.Join(dir, databaseName)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	witness, err := os.ReadFile(filepath.Join(dir, headName))
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	noticed := 0
	for range 200 {
		bad := bytes.Clone(whole)
		at, bit := rnd.IntN(len(bad)), rnd.IntN(8)
		if rnd.IntN(4) == 0 {
			at = rnd.IntN(100) // the header
		}
		bad[at] ^= 1 << bit
		for file, data := range map[string][]byte{databaseName: bad, headName: witness} {
			if err := os.WriteFile(filepath.Join(dir, file), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := openAll(dir, ids); err != nil {
			noticed++
			continue
		}
		// Not noticed, so it must read as before.
		s := reopen(t, dir)
		for i, id := range ids {
			if got, err := s.Load(ctx, id); err != nil || string(got.Body) != fmt.Sprint("body of ", i) {
				t.Errorf("byte %d bit %d: consultation %d reads %q, %v", at, bit, i, got.Body, err)
			}
		}
		mustClose(t, s)
		for _, extra := range []string{"-wal", "-shm"} {
			os.Remove(name + extra) //nolint:errcheck // usually not there
		}
	}
	t.Logf("%d of 200 noticed, the rest harmless", noticed)
	if noticed == 0 {
		t.Error("nothing was ever noticed")
	}
}

func TestATruncatedFileIsDamagedNotEmpty(t *testing.T) {
	dir, _ := furnished(t)
	name := filepath.Join(dir, databaseName)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 15, 16, 99, 100, 511, 512, 4096, 8191, 8192, len(whole) / 2, len(whole) - 8192, len(whole) - 1} {
		if err := os.WriteFile(name, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, passphrase); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut to %d bytes: %v, want ErrDamaged", n, err)
		}
		if now, err := os.ReadFile(name); err != nil || !bytes.Equal(now, whole[:n]) {
			t.Errorf("cut to %d bytes: the file was written to", n)
		}
	}
}

func TestFilesOfOthersAndOfTheFutureAreLeftAlone(t *testing.T) {
	cost.LowerForTests()
	dir := t.TempDir()
	name := filepath.Join(dir, databaseName)
	for what, prepare := range map[string]func(){
		"text": func() { os.WriteFile(name, bytes.Repeat([]byte("not a database. "), 99), 0o600) }, //nolint:errcheck // Open will say
		"another program's database": func() {
			spoil(t, dir, `PRAGMA user_version = 1`, `CREATE TABLE store (id INTEGER)`)
		},
	} {
		os.Remove(name) //nolint:errcheck // not there the first time
		prepare()
		before, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, passphrase); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", what, err)
		}
		if after, err := os.ReadFile(name); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the file was changed", what)
		}
	}

	dir, _ = furnished(t)
	spoil(t, dir, `PRAGMA user_version = 99`, `PRAGMA wal_checkpoint(TRUNCATE)`)
	before, err := os.ReadFile(filepath.Join(dir, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, passphrase); !errors.Is(err, ErrNewer) {
		t.Errorf("a file of the future: %v, want ErrNewer", err)
	}
	if after, err := os.ReadFile(filepath.Join(dir, databaseName)); err != nil || !bytes.Equal(before, after) {
		t.Error("a file of the future was changed")
	}
}
