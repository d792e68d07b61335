package store

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kindred/app/store/internal/cost"
)

func TestOnlyThePassphraseOpensIt(t *testing.T) {
	s, _ := fresh(t)
	mustClose(t, s)
	for _, wrong := range []string{"", "Four words nobody guesses", "four words nobody guesses ", strings.Repeat("x", 1000)} {
		if _, err := Open(s.Dir(), wrong); !errors.Is(err, ErrWrongPassphrase) {
			t.Errorf("%.30q: %v, want ErrWrongPassphrase", wrong, err)
		}
	}
	mustClose(t, reopen(t, s.Dir()))
	if _, err := Open(t.TempDir(), passphrase); !errors.Is(err, ErrMissing) {
		t.Errorf("an empty folder: %v, want ErrMissing", err)
	}
	if _, _, err := Create(filepath.Join(t.TempDir(), "d"), "short"); !errors.Is(err, ErrWeakPassphrase) {
		t.Errorf("a short passphrase: %v, want ErrWeakPassphrase", err)
	}
}

func TestAPassphraseWithAccentsOpensFromEveryKeyboard(t *testing.T) {
	cost.LowerForTests()
	dir := t.TempDir()
	s, _, err := Create(dir, "crème brûlée sandwich") // accents as one character
	if err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	s, err = Open(dir, "cre\u0300me bru\u0302le\u0301e sandwich") // letter and accent apart
	if err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
}

func TestChangingThePassphraseShutsTheOldOneOut(t *testing.T) {
	s, code := fresh(t)
	saved := mustSave(t, s, Entry{Body: []byte("kept")})
	if err := s.ChangePassphrase(ctx, "not the old one", "another four words then"); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("without the old one: %v, want ErrWrongPassphrase", err)
	}
	if err := s.ChangePassphrase(ctx, passphrase, "another four words then"); err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	if _, err := Open(s.Dir(), passphrase); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("the old passphrase: %v, want ErrWrongPassphrase", err)
	}
	s, err := OpenWithRecovery(s.Dir(), strings.ToLower(strings.ReplaceAll(code, "-", " ")), passphrase)
	if err != nil {
		t.Fatalf("the recovery code after the passphrase changed: %v", err)
	}
	if got, err := s.Load(ctx, saved.ID); err != nil || string(got.Body) != "kept" {
		t.Errorf("after recovery: %q, %v", got.Body, err)
	}
	mustClose(t, s)
	mustClose(t, reopen(t, s.Dir()))
}

func TestARecoveryCodeTellsATypingErrorFromAnotherPractice(t *testing.T) {
	s, code := fresh(t)
	mustClose(t, s)
	_, other := fresh(t)
	if len(code) != 44 || code == other {
		t.Fatalf("codes %d and %d characters long", len(code), len(other))
	}
	if _, err := OpenWithRecovery(s.Dir(), other, passphrase); !errors.Is(err, ErrWrongRecovery) {
		t.Errorf("another practice's code: %v, want ErrWrongRecovery", err)
	}
	letters := []byte(code)
	for i, c := range letters {
		if c == '-' {
			continue
		}
		typo := append([]byte{}, letters...)
		if typo[i] = 'Z'; c == 'Z' {
			typo[i] = '2'
		}
		if _, err := parseRecovery(string(typo)); !errors.Is(err, ErrRecoveryTyped) {
			t.Errorf("letter %d mistyped: %v, want ErrRecoveryTyped", i, err)
		}
	}
	for _, short := range []string{"", code[:43], code + "7", "not a code"} {
		if _, err := OpenWithRecovery(s.Dir(), short, passphrase); !errors.Is(err, ErrRecoveryTyped) {
			t.Errorf("%q: %v, want ErrRecoveryTyped", short, err)
		}
	}
}

func TestAHostileFileCannotAskForMoreThanTheMachineHas(t *testing.T) {
	for name, c := range map[string]cost.Argon2id{
		"memory":  {Time: 3, MemoryKiB: 1 << 22, Threads: 2},
		"passes":  {Time: 1 << 20, MemoryKiB: 128 << 10, Threads: 2},
		"threads": {Time: 3, MemoryKiB: 128 << 10, Threads: 255},
		"nothing": {},
	} {
		s, _ := fresh(t)
		sl, err := readSlot(ctx, s.ro, slotPassphrase)
		if err != nil {
			t.Fatal(err)
		}
		k, err := decodeKDF(sl.params)
		if err != nil {
			t.Fatal(err)
		}
		k.cost = c
		sl.params = k.encode()
		sl.sum = sl.checksum() // an attacker can do that too
		if err := s.write(ctx, "attacking", func(t *tx) error { return writeSlot(t, sl) }); err != nil {
			t.Fatal(err)
		}
		mustClose(t, s)
		if _, err := Open(s.Dir(), passphrase); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}

// TestRealPassphrasesAreDear runs in a process of its own, where nothing made
// them cheap.
func TestRealPassphrasesAreDear(t *testing.T) {
	if os.Getenv(childTask) == "" {
		out, err := child(t, "TestRealPassphrasesAreDear", "price").CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	k := newKDF(kdfArgon2id, cost.Current())
	if k.cost.Time < 3 || k.cost.MemoryKiB < 64<<10 {
		t.Errorf("a new store's passphrase costs %+v", k.cost)
	}
	k.cost = cost.Argon2id{Time: 1, MemoryKiB: 64, Threads: 1}
	if _, err := decodeKDF(k.encode()); err == nil {
		t.Error("a cheap slot is accepted outside of tests")
	}
}

// childTask is the environment variable that makes this test binary, started
// again by child, do a task instead of a test.
const childTask = "KINDRED_STORE_TEST_TASK"

func child(t *testing.T, test, task string, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.v")
	cmd.Env = append(append(os.Environ(), childTask+"="+task), env...)
	return cmd
}
