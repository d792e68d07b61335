package check

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"kindred/rules"
)

// day is the day the worked cases are checked on.
const day rules.Date = "2026-11-23"

// shared is a file of the shared folder beside the repository; the test is
// skipped where it is absent.
func shared(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("KINDRED_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(root, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared case files are not here (%s); set KINDRED_SHARED to their folder", name)
	}
	return path
}

// checker checks against the rules as they are embedded, with some files of
// them replaced.
func checker(t *testing.T, replaced map[string][]byte) (*Checker, error) {
	t.Helper()
	var files fs.FS = rules.Files
	if len(replaced) > 0 {
		files = overlay(t, replaced)
	}
	lib, err := rules.Load(files)
	if err != nil {
		return nil, err
	}
	return New(lib, day)
}

func overlay(t *testing.T, replaced map[string][]byte) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(rules.Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(rules.Files, path)
		all[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, data := range replaced {
		all[path] = &fstest.MapFile{Data: data}
	}
	return all
}

// vignettesOf reads every vignette of an area as it is embedded.
func vignettesOf(t *testing.T, area string) []Vignette {
	t.Helper()
	names, err := fs.Glob(rules.Files, area+"/vignettes/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []Vignette
	for _, name := range names {
		data, err := fs.ReadFile(rules.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		list, err := ParseVignettes(name, data)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, list...)
	}
	return all
}

func failNothing(t *testing.T, report Report) {
	t.Helper()
	for _, failure := range report.Failures {
		t.Error(failure)
	}
}
