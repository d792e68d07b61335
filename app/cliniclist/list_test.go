package cliniclist

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kindred/rules"
)

const testDay = rules.Date("2026-11-25")

var library = sync.OnceValues(func() (*rules.Library, error) { return rules.Load(rules.Files) })

func dictionary(t testing.TB) *rules.Dictionary {
	t.Helper()
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return l.Dictionary()
}

func file(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func shared(t testing.TB, name ...string) string {
	t.Helper()
	root := os.Getenv("KINDRED_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(append([]string{root}, name...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the sample files are not here: set KINDRED_SHARED to their folder")
	}
	return path
}

func read(t testing.TB, path string, opt Options) *List {
	t.Helper()
	l, err := Read(path, dictionary(t), opt)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// uses gives "heading → use fact unit" for every column.
func uses(l *List) string {
	var b strings.Builder
	for i := range l.Mapping.Columns {
		c := &l.Mapping.Columns[i]
		b.WriteString(c.Heading + " → " + string(c.Use) + " " + c.Relation + " " + c.Fact + " " + c.Unit + "\n")
	}
	return b.String()
}

func book(t testing.TB) *rules.Book {
	t.Helper()
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.On(testDay)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func runWith(t testing.TB, l *List, advisor Advisor) *Results {
	t.Helper()
	res, err := Run(context.Background(), l, advisor, testDay, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res
}
