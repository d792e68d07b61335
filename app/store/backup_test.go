package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestABackupIsProvedAndRestores(t *testing.T) {
	s, _ := fresh(t)
	saved := mustSave(t, s, Entry{NHSNumber: "9990000131", Summary: []byte("s"), Body: []byte("kept")})
	name := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(ctx, name); err != nil {
		t.Fatal(err)
	}
	mustSave(t, s, Entry{Body: []byte("after the backup")})
	if err := Restore(name, s.Dir(), passphrase); !errors.Is(err, ErrExists) {
		t.Errorf("restoring over a store: %v, want ErrExists", err)
	}
	dir := filepath.Join(t.TempDir(), "restored")
	if err := Restore(name, dir, "not the passphrase"); !errors.Is(err, ErrWrongPassphrase) || Exists(dir) {
		t.Errorf("restoring with the wrong passphrase: %v, left %v", err, Exists(dir))
	}
	if err := Restore(name, dir, passphrase); err != nil {
		t.Fatal(err)
	}
	r := reopen(t, dir)
	if got, err := r.Load(ctx, saved.ID); err != nil || string(got.Body) != "kept" || r.Count() != 1 {
		t.Errorf("restored: %q, %d consultations, %v", got.Body, r.Count(), err)
	}
}

func TestABackupADayAndOldOnesThinned(t *testing.T) {
	clock := time.Date(2025, 1, 6, 9, 0, 0, 0, time.UTC)
	s, _ := fresh(t, WithNow(func() time.Time { return clock }))
	mustSave(t, s, Entry{Body: []byte("x")})
	for want := range 2 {
		if made, err := s.KeepBackup(ctx); err != nil || made != (want == 0) {
			t.Fatalf("call %d: %v, %v", want+1, made, err)
		}
		clock = clock.Add(time.Hour)
	}
	var files []BackupFile
	for day := range 600 { // the newest first
		files = append(files, BackupFile{When: clock.AddDate(0, 0, -day)})
	}
	gone := len(superfluous(files))
	if kept := len(files) - gone; kept != 12+10+9 {
		t.Errorf("of 600 daily backups %d are kept, want 31", kept)
	}
	// Thinning day by day keeps the same ladder.
	kept := []BackupFile{}
	for day := range 600 {
		kept = append([]BackupFile{{When: clock.AddDate(0, 0, day)}}, kept...)
		drop := map[time.Time]bool{}
		for _, f := range superfluous(kept) {
			drop[f.When] = true
		}
		left := kept[:0:0]
		for _, f := range kept {
			if !drop[f.When] {
				left = append(left, f)
			}
		}
		kept = left
	}
	oldest := kept[len(kept)-1].When
	if n := len(kept); n < 25 || n > 31 || clock.AddDate(0, 0, 599).Sub(oldest) < 300*24*time.Hour {
		t.Errorf("after 600 days %d are kept, the oldest of %s", n, oldest.Format("2006-01-02"))
	}
}

func TestADamagedStoreIsReplacedByItsBackupAndKeptBeside(t *testing.T) {
	dir, ids := furnished(t)
	s := reopen(t, dir)
	if _, err := s.KeepBackup(ctx); err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	backups, err := Backups(dir)
	if err != nil || len(backups) != 1 || backups[0].Size == 0 {
		t.Fatalf("backups: %+v, %v", backups, err)
	}
	name := filepath.Join(dir, databaseName)
	if err := os.Truncate(name, 5000); err != nil {
		t.Fatal(err)
	}
	if _, err := PutBack(backups[0].Path, dir, "not the passphrase", time.Now()); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("with the wrong passphrase: %v", err)
	}
	if info, err := os.Stat(name); err != nil || info.Size() != 5000 {
		t.Errorf("a failed try touched the damaged file: %v", err)
	}
	kept, err := PutBack(backups[0].Path, dir, passphrase, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(kept, databaseName)); err != nil || info.Size() != 5000 {
		t.Errorf("the damaged file is not kept: %v", err)
	}
	if err := openAll(dir, ids); err != nil {
		t.Error(err)
	}
}

func TestClosingDoesNotWaitForABackup(t *testing.T) {
	s, _ := fresh(t)
	if _, err := s.Import(ctx, "list", list(20_000, nil), nil); err != nil {
		t.Fatal(err)
	}
	result := make(chan error, 1)
	name := filepath.Join(t.TempDir(), "backup.db")
	go func() { result <- s.Backup(ctx, name) }()
	time.Sleep(5 * time.Millisecond)
	mustClose(t, s)
	err := <-result
	_, there := os.Stat(name)
	if (err == nil) != (there == nil) {
		t.Errorf("the backup said %v and its file %v", err, there)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), ".kindred-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	mustClose(t, reopen(t, s.Dir()))
}
