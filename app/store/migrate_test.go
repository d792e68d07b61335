package store

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

func TestALayoutStepIsWholeOrNotAtAll(t *testing.T) {
	s, _ := fresh(t)
	steps, err := migrations(schemaFiles)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := s.ro.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // goes with the store
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only = OFF"); err != nil {
		t.Fatal(err)
	}
	next := append(steps, migration{len(steps) + 1, "next", "CREATE TABLE one (a) STRICT; CREATE TABLE store (a) STRICT;"})
	if err := migrate(ctx, conn, len(steps), next); err == nil {
		t.Fatal("a step that cannot work worked")
	}
	if v, err := schemaVersion(ctx, conn); err != nil || v != len(steps) {
		t.Errorf("the file stands at layout %d, %v", v, err)
	}
	next[len(steps)].sql = "CREATE TABLE one (a INTEGER) STRICT;"
	if err := migrate(ctx, conn, len(steps), next); err != nil {
		t.Fatalf("the step once it is right: %v", err)
	}
	if v, err := schemaVersion(ctx, conn); err != nil || v != len(steps)+1 {
		t.Errorf("the file stands at layout %d, %v", v, err)
	}
}

func TestLayoutStepsAreNumberedWithoutGaps(t *testing.T) {
	if _, err := migrations(fstest.MapFS{"schema/0001_a.sql": {}, "schema/0003_b.sql": {}}); err == nil {
		t.Error("a gap is accepted")
	}
}

// TestEveryEarlierLayoutStillOpens opens a store of each layout as it was
// released. A new step adds its folder: the files of a closed store that this
// test's passphrase opens.
func TestEveryEarlierLayoutStillOpens(t *testing.T) {
	dirs, err := filepath.Glob("testdata/layout-*")
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range dirs {
		dir := filepath.Join(t.TempDir(), filepath.Base(from))
		if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		s, _ := fresh(t) // makes passphrases cheap
		mustClose(t, s)
		s = reopen(t, dir)
		if err := s.Verify(ctx, nil); err != nil {
			t.Errorf("%s: %v", from, err)
		}
		if got, err := s.Recent(ctx, 9); err != nil || len(got) != 5 {
			t.Errorf("%s: %d consultations, %v", from, len(got), err)
		}
	}
	if len(dirs) == 0 {
		t.Error("no earlier layout is kept")
	}
}
