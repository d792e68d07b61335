package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kindred/app/store"
	"kindred/app/store/storetest"
)

func TestStoreIsVerifiedBackedUpDamagedAndPutBack(t *testing.T) {
	storetest.CheapKeys(t)
	dir := filepath.Join(t.TempDir(), "practice")
	st, _, err := store.Create(dir, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.Save(t.Context(), store.Entry{ID: st.NewID(), Body: []byte("kept")}); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := cli(t, storetest.Passphrase, "store", "verify", "--data", dir); code != exitFailed || !strings.Contains(stderr, "another Kindred window") {
		t.Errorf("while a window is open: exit code %d, %q", code, stderr)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "copy.db")
	for _, c := range []struct {
		stdin, want string
		code        int
		args        []string
	}{
		{storetest.Passphrase + "\n", "1 consultations: all there", exitDone, []string{"verify"}},
		{"not the passphrase", "does not open", exitBadInput, []string{"verify"}},
		{"", "no passphrase", exitBadInput, []string{"verify"}},
		{storetest.Passphrase, "read back", exitDone, []string{"backup", backup}},
		{"", "no backup yet", exitDone, []string{"backups"}},
		{storetest.Passphrase, "no backup in the data folder", exitBadInput, []string{"restore"}},
	} {
		code, stdout, stderr := cli(t, c.stdin, append([]string{"store", "--data", dir}, c.args...)...)
		if code != c.code || !strings.Contains(stdout+stderr, c.want) {
			t.Errorf("store %v: exit code %d, %q %q; want %d with %q", c.args, code, stdout, stderr, c.code, c.want)
		}
	}
	if err := os.Truncate(filepath.Join(dir, "kindred.db"), 100); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := cli(t, storetest.Passphrase, "store", "verify", "--data", dir); code != exitFailed || !strings.Contains(stderr, "damaged") {
		t.Errorf("damaged: exit code %d, %q", code, stderr)
	}
	if code, stdout, stderr := cli(t, storetest.Passphrase, "store", "restore", backup, "--data", dir); code != exitDone || !strings.Contains(stdout, "is kept in") {
		t.Errorf("restore: exit code %d, %q %q", code, stdout, stderr)
	}
	if code, stdout, stderr := cli(t, storetest.Passphrase, "store", "verify", "--data", dir); code != exitDone {
		t.Errorf("after the restore: exit code %d, %q %q", code, stdout, stderr)
	}
	if code, _, stderr := cli(t, storetest.Passphrase, "store", "verify", "--data", t.TempDir()); code != exitBadInput || !strings.Contains(stderr, "no consultations") {
		t.Errorf("an empty folder: exit code %d, %q", code, stderr)
	}
}
