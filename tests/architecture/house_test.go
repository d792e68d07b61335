package architecture

import (
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kindred/app/about"
)

// longestFile is how many lines a Go file may have; a file that takes more
// than one sitting to read wants splitting.
const longestFile = 500

func TestNoGoFileIsTooLongToReadInOneSitting(t *testing.T) {
	for _, file := range tracked(t, "*.go") {
		if n := bytes.Count(read(t, file), []byte("\n")); n > longestFile {
			t.Errorf("%s has %d lines; split it by what is in it (limit %d)", file, n, longestFile)
		}
	}
}

// A path of somebody's machine in a committed file works for nobody else.
func TestNoMachinePathsInTrackedFiles(t *testing.T) {
	top, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	var forbidden []string
	if parent := filepath.Dir(top); parent != filepath.Clean(os.TempDir()) { // every machine has that one
		forbidden = append(forbidden, parent+"/")
	}
	if home, err := os.UserHomeDir(); err == nil && home != "/" {
		forbidden = append(forbidden, home+"/")
	}
	if out, err := exec.Command("go", "env", "GOMODCACHE").Output(); err == nil {
		forbidden = append(forbidden, strings.TrimSpace(string(out)))
	}
	for _, file := range tracked(t) {
		data := read(t, file)
		if bytes.IndexByte(data, 0) >= 0 {
			continue // pictures, fonts, workbooks
		}
		for _, path := range forbidden {
			if len(path) > 2 && bytes.Contains(data, []byte(path)) {
				t.Errorf("%s names a folder of this machine (%s)", file, path)
			}
		}
	}
}

func TestDependenciesPageListsEveryModule(t *testing.T) {
	page := string(read(t, "docs/dependencies.md"))
	required := regexp.MustCompile(`(?m)^\s+(\S+) (v\S+)(?: // indirect)?$`).FindAllStringSubmatch(string(read(t, "go.mod")), -1)
	if len(required) < 10 {
		t.Fatalf("only %d modules read from go.mod", len(required))
	}
	for _, m := range required {
		row := regexp.MustCompile("(?m)^\\| `" + regexp.QuoteMeta(m[1]) + "` \\| " + regexp.QuoteMeta(m[2]) + " \\| [^|]+ \\| [^|]+ \\|$")
		if !row.MatchString(page) {
			t.Errorf("docs/dependencies.md has no row for %s %s with licence and purpose", m[1], m[2])
		}
	}
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\S+)` \\| (v\\S+) \\|").FindAllStringSubmatch(page, -1) {
		if !bytes.Contains(read(t, "go.mod"), []byte(m[1]+" "+m[2])) {
			t.Errorf("docs/dependencies.md lists %s %s, which go.mod does not need", m[1], m[2])
		}
	}
}

func TestVersionIsTheSameEverywhere(t *testing.T) {
	toml := string(read(t, "FyneApp.toml"))
	for _, want := range []string{`Version = "` + about.Version + `"`, `ID = "` + about.AppID + `"`, `Name = "` + about.Name + `"`} {
		if !strings.Contains(toml, want) {
			t.Errorf("FyneApp.toml lacks %s", want)
		}
	}
}

// Every control of the hazard log names tests that exist, so that nobody can
// delete one without noticing what it held up.
func TestHazardControlsNameTestsThatExist(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(read(t, "docs/safety/hazard-log.csv"))).ReadAll()
	if err != nil {
		t.Fatalf("docs/safety/hazard-log.csv: %v", err)
	}
	column := -1
	for i, name := range rows[0] {
		if name == "tests" {
			column = i
		}
	}
	if column < 0 {
		t.Fatal(`docs/safety/hazard-log.csv has no column "tests"`)
	}
	exists := map[string]bool{}
	for _, file := range tracked(t, "*_test.go") {
		for _, m := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`).FindAllSubmatch(read(t, file), -1) {
			exists[filepath.Dir(file)+":"+string(m[1])] = true
		}
	}
	for _, row := range rows[1:] {
		for _, name := range strings.Fields(row[column]) {
			if !exists[name] {
				t.Errorf("hazard %s is controlled by %s, which does not exist", row[0], name)
			}
		}
		if strings.TrimSpace(row[column]) == "" {
			t.Errorf("hazard %s has no test", row[0])
		}
	}
}
