// Package architecture holds the program to its design: which package may
// import what, how long a file may be, and what may never be committed.
package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// root is the top of the checkout, seen from this folder.
const root = "../.."

// goPackage is what "go list -json" says about a package of ours.
type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1") // so that the window's main is read too
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("go list printed something else than JSON: %v", err)
		}
		list = append(list, p)
	}
	if len(list) < 5 {
		t.Fatalf("go list found only %d packages", len(list))
	}
	return list
}

// under reports whether a package path is the folder or lies in it.
func under(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

func underAny(path string, folders ...string) bool {
	for _, f := range folders {
		if under(path, f) {
			return true
		}
	}
	return false
}

// isStandard reports whether an import is of the standard library: its first
// element has no dot.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && first != "kindred"
}

// only is one rule: a dependency and the folders that may reach for it.
type only struct {
	dependency string
	folders    []string
	alsoTests  []string // may import it in tests
}

var onlyRules = []only{
	{"fyne.io/fyne/v2/app", []string{"kindred/cmd/kindred"}, []string{"kindred/app/ui"}},
	{"fyne.io", []string{"kindred/app/ui", "kindred/cmd/kindred"}, nil},
	{"modernc.org/sqlite", []string{"kindred/app/store"}, []string{"kindred/rules", "kindred/tests"}},
	{"database/sql", []string{"kindred/app/store"}, []string{"kindred/rules", "kindred/tests"}},
	{"github.com/xuri/excelize/v2", []string{"kindred/app/sheet"}, []string{"kindred/app/cliniclist", "kindred/cmd/kindred-cli", "kindred/tests"}},
	{"codeberg.org/go-pdf/fpdf", []string{"kindred/app/report", "kindred/app/sketch"}, nil},
	{"github.com/goccy/go-yaml", []string{"kindred/rules", "kindred/app/check"}, nil},
	{"github.com/spf13/cobra", []string{"kindred/cmd/kindred-cli"}, nil},
	{"golang.org/x/crypto", []string{"kindred/app/store"}, nil},
}

func TestEachLibraryStaysInItsFolder(t *testing.T) {
	for _, p := range packages(t) {
		for _, rule := range onlyRules {
			for _, imported := range p.Imports {
				if under(imported, rule.dependency) && !underAny(p.ImportPath, rule.folders...) {
					t.Errorf("%s imports %s, which only %s may", p.ImportPath, imported, strings.Join(rule.folders, " and "))
				}
			}
			for _, imported := range append(p.TestImports, p.XTestImports...) {
				if under(imported, rule.dependency) && !underAny(p.ImportPath, append(rule.folders, rule.alsoTests...)...) {
					t.Errorf("the tests of %s import %s, which only those of %s may", p.ImportPath, imported, strings.Join(append(rule.folders, rule.alsoTests...), " and "))
				}
			}
		}
	}
}

// Dependencies point one way: cmd → app/ui → use cases → rooms → rules.
func TestDependenciesPointOneWay(t *testing.T) {
	// allowed lists, for each folder, what of ours it may import.
	allowed := []struct {
		folder  string
		imports []string
	}{
		{"kindred/rules", []string{"kindred/rules"}},
		{"kindred/assets", nil},
		{"kindred/app/about", nil},
		{"kindred/app/sheet", []string{"kindred/app/sheet"}},
		{"kindred/app/sketch", []string{"kindred/app/sketch", "kindred/rules", "kindred/assets"}},
		{"kindred/app/identity", []string{"kindred/rules"}},
		{"kindred/app/report", []string{"kindred/app/report", "kindred/app/sketch", "kindred/app/about", "kindred/app/identity", "kindred/rules", "kindred/assets"}},
		{"kindred/app/exchange", []string{"kindred/app/exchange", "kindred/app/sketch", "kindred/app/about", "kindred/app/identity", "kindred/rules"}},
	}
	for _, p := range packages(t) {
		for _, a := range allowed {
			if !under(p.ImportPath, a.folder) {
				continue
			}
			for _, imported := range p.Imports {
				if under(imported, "kindred") && !underAny(imported, a.imports...) {
					t.Errorf("%s imports %s; it stands lower and may not", p.ImportPath, imported)
				}
			}
		}
		for _, imported := range p.Imports {
			if under(imported, "kindred/cmd") {
				t.Errorf("%s imports %s; nothing imports a program", p.ImportPath, imported)
			}
			if under(imported, "kindred/app/ui") && !underAny(p.ImportPath, "kindred/app/ui", "kindred/cmd/kindred") {
				t.Errorf("%s imports %s; only the window's program may", p.ImportPath, imported)
			}
		}
	}
}

// Rules are pure: no files, no clock that is read, no network, no database.
func TestRulesImportOnlyTheStandardLibraryAndYAML(t *testing.T) {
	impure := []string{"os", "net", "os/exec", "database/sql", "log", "syscall", "unsafe", "math/rand", "math/rand/v2"}
	for _, p := range packages(t) {
		if !under(p.ImportPath, "kindred/rules") {
			continue
		}
		for _, imported := range p.Imports {
			if !isStandard(imported) && !underAny(imported, "kindred/rules", "github.com/goccy/go-yaml") {
				t.Errorf("%s imports %s; rules may use the standard library, rules and the YAML library", p.ImportPath, imported)
			}
			if underAny(imported, impure...) {
				t.Errorf("%s imports %s; rules read no files, no clock and no network", p.ImportPath, imported)
			}
		}
	}
}

func TestRulesNeverReadTheClock(t *testing.T) {
	for _, file := range tracked(t, "rules/*.go", "rules/**/*.go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if bytes.Contains(read(t, file), []byte("time.Now(")) {
			t.Errorf("%s reads the clock; an assessment is given its date", file)
		}
	}
}

// Patient data stay on this computer: no package of ours opens a connection.
func TestNothingOfOursReachesForTheNetwork(t *testing.T) {
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			if imported == "net" || under(imported, "net/http") || imported == "net/rpc" || imported == "net/smtp" {
				t.Errorf("%s imports %s; Kindred opens no network connection", p.ImportPath, imported)
			}
		}
	}
}

// tracked lists files that git follows, paths seen from the top.
func tracked(t *testing.T, patterns ...string) []string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"ls-files", "-z", "--"}, patterns...)...)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("this is no git checkout (%v), so what is committed cannot be looked at", err)
	}
	var files []string
	for _, f := range strings.Split(strings.TrimRight(string(out), "\x00"), "\x00") {
		if info, err := os.Stat(filepath.Join(root, f)); err == nil && info.Mode().IsRegular() {
			files = append(files, f)
		}
	}
	return files
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
