package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// keptIn writes a file for a test and gives its path.
func keptIn(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const twoFamilies = "B k f m 2 2\nB f 0 0 1 1\nB m 0 0 2 1\nA x 0 0 1 1\n"

func TestFamilyIsDrawnInEveryForm(t *testing.T) {
	in := keptIn(t, "family.ped", twoFamilies)
	for ending, begins := range map[string]string{".svg": "<svg", ".pdf": "%PDF-", ".png": "\x89PNG"} {
		out := filepath.Join(t.TempDir(), "tree"+ending)
		if code, _, stderr := cli(t, "", "family", "draw", in, "-o", out); code != 0 {
			t.Fatalf("%s: exit %d: %s", ending, code, stderr)
		}
		data, err := os.ReadFile(out)
		if err != nil || !bytes.HasPrefix(data, []byte(begins)) {
			t.Errorf("%s begins %.8q (%v)", ending, data, err)
		}
	}
	out := filepath.Join(t.TempDir(), "tree.bmp")
	if code, _, stderr := cli(t, "", "family", "draw", in, "-o", out); code != 2 || !strings.Contains(stderr, ".svg, .pdf or .png") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

// Families of one file stand in the order of their ids, whatever the order of
// the lines; without names nobody can be found in the text of a picture.
func TestFamilyPictureDoesNotDependOnTheOrderOfLinesAndKeepsNamesOut(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(twoFamilies), "\n")
	other := strings.Join([]string{lines[3], lines[2], lines[1], lines[0]}, "\n")
	var pictures []string
	for _, text := range []string{twoFamilies, other} {
		out := filepath.Join(t.TempDir(), "tree.svg")
		if code, _, stderr := cli(t, "", "family", "draw", keptIn(t, "f.ped", text), "-o", out); code != 0 {
			t.Fatal(stderr)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		pictures = append(pictures, string(data))
	}
	if pictures[0] != pictures[1] {
		t.Error("another picture")
	}
	for _, id := range []string{"k", "f", "m", "x"} {
		if strings.Count(pictures[0], `data-person="`+id+`"`) != 1 {
			t.Errorf("%s is not drawn once", id)
		}
	}
	if !regexp.MustCompile(`data-couple="(f m|m f)"`).MatchString(pictures[0]) {
		t.Error("no line between f and m")
	}
	out := filepath.Join(t.TempDir(), "tree.svg")
	if code, _, stderr := cli(t, "", "family", "draw", keptIn(t, "f.ped", "Smith Bertram 0 0 1 1\nSmith Clara Bertram 0 2 1\nJones Dora 0 0 2 1\n"), "-o", out, "--anonymous"); code != 0 {
		t.Fatal(stderr)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Smith", "Jones", "Bertram", "Clara", "Dora"} {
		if bytes.Contains(data, []byte(name)) {
			t.Errorf("%s stands in a picture without names", name)
		}
	}
	if !bytes.Contains(data, []byte(`data-person="II-1"`)) {
		t.Error("pedigree numbers do not stand for people")
	}
}

func TestFamilyIsConvertedAndSaysWhatIsLost(t *testing.T) {
	in := keptIn(t, "family.case.json", `{"schema":"kindred.case/1","patient":"p","people":[{"id":"p","sex":"female","age":41,"name":"Ann"},{"id":"m","relation":"mother","name":"Mary","conditions":[{"name":"ovarian_cancer","age":60}]},{"id":"b","relation":"father"}]}`)
	for ending, want := range map[string]string{
		".ped":       "cannot carry: conditions with their ages",
		".ged":       "cannot carry: ages without a date, conditions with their ages",
		".canrisk":   "cannot carry: names",
		".json":      "the patient's age without a date of birth",
		".case.json": "",
	} {
		out := filepath.Join(t.TempDir(), "out"+ending)
		code, _, stderr := cli(t, "", "family", "convert", in, out)
		if code != 0 || !strings.Contains(stderr, want) {
			t.Errorf("%s: exit %d, said %q", ending, code, stderr)
			continue
		}
		data, err := os.ReadFile(out)
		if err != nil || len(data) == 0 {
			t.Errorf("%s: %v", ending, err)
		}
		if named := bytes.Contains(data, []byte("Mary")); named != (ending != ".ped" && ending != ".canrisk") {
			t.Errorf("%s: names kept: %v", ending, named)
		}
		if code, _, stderr := cli(t, "", "family", "convert", in, out, "--anonymous"); code != 0 {
			t.Errorf("%s: %s", ending, stderr)
		}
		if data, err := os.ReadFile(out); err != nil || bytes.Contains(data, []byte("Mary")) {
			t.Errorf("%s: a name without names (%v)", ending, err)
		}
	}
}

func TestOneFamilyOfSeveralIsChosenByItsID(t *testing.T) {
	in, out := keptIn(t, "two.ped", twoFamilies), filepath.Join(t.TempDir(), "one.ged")
	if code, _, stderr := cli(t, "", "family", "convert", in, out); code != 2 || !strings.Contains(stderr, "holds one family; this is 2, choose one by its id") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if code, _, stderr := cli(t, "", "family", "convert", in, out, "--family", "C"); code != 2 || !strings.Contains(stderr, `two.ped: no family "C"; it holds A, B`) {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if code, _, stderr := cli(t, "", "family", "convert", in, out, "--family", "B"); code != 0 {
		t.Fatal(stderr)
	}
	if data, err := os.ReadFile(out); err != nil || bytes.Count(data, []byte(" INDI")) != 3 {
		t.Errorf("%s (%v)", data, err)
	}
}

func TestWrongFamilyFileNamesTheLineAndWritesNothing(t *testing.T) {
	out := filepath.Join(t.TempDir(), "tree.svg")
	code, stdout, stderr := cli(t, "", "family", "draw", keptIn(t, "wrong.ped", "1 f 0 0 1 1\n1 m 0 0 1 1\n1 k f m 2 2\n"), "-o", out)
	if code != 2 || stdout != "" || !strings.Contains(stderr, `wrong.ped: line 3: k has the mother "m", who is recorded as male (line 2)`) {
		t.Errorf("exit %d, %q %q", code, stdout, stderr)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a picture was written all the same")
	}
}
