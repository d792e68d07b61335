package rules

import (
	"io/fs"
	"reflect"
	"strings"
	"testing"
)

// ruleFiles are the YAML files of the shipped areas.
func ruleFiles(t testing.TB) map[string]string {
	out := map[string]string{}
	err := fs.WalkDir(Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".yaml") && !strings.Contains(path, "vignettes") {
			data, readErr := fs.ReadFile(Files, path)
			out[path] = string(data)
			return readErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// same compares what both readers make of a text the plain one takes.
func same(t *testing.T, file, data string) (taken bool) {
	t.Helper()
	got, ok := readPlainYAML(file, data)
	if !ok {
		return false
	}
	var p loadProblems
	want := parseWithLibrary(file, []byte(data), &p)
	if len(p.found) > 0 {
		t.Fatalf("the plain reader took what the library refuses (%v):\n%s", p.found, data)
	}
	if where := difference(got, want); where != "" {
		t.Fatalf("%s in\n%s", where, data)
	}
	return true
}

// difference says where two trees differ first.
func difference(got, want *node) string {
	g, w := *got, *want
	g.items, g.pairs, w.items, w.pairs = nil, nil, nil, nil
	if !reflect.DeepEqual(g, w) || len(got.items) != len(want.items) || len(got.pairs) != len(want.pairs) {
		return "read plainly " + describeNode(got) + ", by the library " + describeNode(want)
	}
	for i := range got.items {
		if d := difference(got.items[i], want.items[i]); d != "" {
			return d
		}
	}
	for i := range got.pairs {
		if d := difference(got.pairs[i].key, want.pairs[i].key) + difference(got.pairs[i].value, want.pairs[i].value); d != "" {
			return d
		}
	}
	return ""
}

func describeNode(n *node) string {
	return strings.Join([]string{[]string{"scalar", "list", "mapping"}[n.kind], "\"" + n.text + "\"", "at", numeral(float64(n.line)) + ":" + numeral(float64(n.col))}, " ")
}

func TestEveryRuleFileIsReadPlainlyAndAsTheLibraryReadsIt(t *testing.T) {
	for file, data := range ruleFiles(t) {
		if !same(t, file, data) {
			t.Errorf("%s is no longer plain enough and loads ten times slower: write one value a line, without tabs, folded or escaped text", file)
		}
	}
}

// FuzzPlainYAML changes lines of the rule files at random.
func FuzzPlainYAML(f *testing.F) {
	for _, data := range ruleFiles(f) {
		lines := strings.SplitAfter(data, "\n")
		for i := 0; i+12 < len(lines); i += 40 {
			f.Add(strings.Join(lines[i:i+12], ""))
		}
	}
	for _, s := range []string{"a: &x\n  - b\nc: *x\n", "a: -1\n", "a: 'b'\n", "- - a\n  - b\n", "a: {b: [c, d], e: f}\n", "a:\n- b: c\n  d: e\n- f\n", "a: b # c\n", "é: ü\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) { same(t, "f.yaml", data) })
}
