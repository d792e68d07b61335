package rules

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kindred/rules/truth"
)

const laboratory = `  - id: tumour.lab
    type: yes_no
    local: true
    default: no
    label: BRAF at this laboratory
    short: BRAF skipped
    question: Does the laboratory skip BRAF?
    help: Laboratories differ.
    source: paper
`

// withLaboratory are the toy areas with a local setting: where the laboratory
// skips BRAF, methylation comes next.
func withLaboratory(t *testing.T, setting string) fstest.MapFS {
	t.Helper()
	files := changed(t, "tumour/tables/path.csv", "", "")
	table := string(files["tumour/tables/path.csv"].Data)
	table = strings.Replace(table, "tumour.stain,", "tumour.lab,tumour.stain,", 1)
	table = strings.ReplaceAll(table, "\nlost", "\n-,lost")
	table = strings.ReplaceAll(table, "\nintact", "\n-,intact")
	table = strings.ReplaceAll(table, "\nnot_done", "\n-,not_done")
	table = strings.Replace(table, "-,lost,not_done,not_done,DO_BRAF,guidance", "no,lost,not_done,not_done,DO_BRAF,guidance\nyes,lost,not_done,not_done,DO_METH,ours", 1)
	files["tumour/tables/path.csv"].Data = []byte(table)
	for _, name := range []string{"facts.yaml", "tumour/criteria.yaml", "tumour/tables/path.csv"} { // a key a case can give
		files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(files[name].Data), "tumour.stain", "tumour.mlh1"))}
	}
	files["tumour/facts.yaml"] = &fstest.MapFile{Data: []byte("facts:\n" + setting)}
	return files
}

func TestALocalSettingLeadsTheWayAndIsNamed(t *testing.T) {
	lib, err := Load(withLaboratory(t, laboratory))
	if err != nil {
		t.Fatal(err)
	}
	b, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ story, stain, settings, step, says string }{
		{"nothing set", "lost", ``, "DO_BRAF", "BRAF skipped: no (local setting, as delivered)"},
		{"set to what it was", "lost", `,"settings":{"tumour.lab":"no"}`, "DO_BRAF", "BRAF skipped: no (local setting, as delivered)"},
		{"set", "lost", `,"settings":{"tumour.lab":"yes"}`, "DO_METH", "BRAF skipped: yes (local setting)"},
		{"set, but of no account", "intact", `,"settings":{"tumour.lab":"yes"}`, "STOP", ""},
	} {
		text := `{"date":"2026-11-23","patient":"p","people":[{"id":"p","age":60}],"asked":{"heart":1,"cancer":1}` + tc.settings + `}`
		c, err := ParseCase([]byte(text), lib.Dictionary())
		if err != nil {
			t.Fatalf("%s: %v", tc.story, err)
		}
		c.People[0].Tumours = []Tumour{{Site: "colorectal", Age: truth.Exactly(60), MLH1: tc.stain, BRAF: "not_done", Methylation: "not_done"}}
		adv, err := b.Assess(c)
		if err != nil {
			t.Fatal(err)
		}
		got := adv.Areas[1]
		if len(got.Pathways) != 1 || got.Pathways[0].Step != tc.step {
			t.Errorf("%s: stands at %+v, wanted %s", tc.story, got.Pathways, tc.step)
		}
		named := slices.ContainsFunc(got.Provided, func(s string) bool { return strings.Contains(s, "local setting") })
		if named != (tc.says != "") || named && !slices.Contains(got.Provided, tc.says) {
			t.Errorf("%s: rests on %q, wanted %q", tc.story, got.Provided, tc.says)
		}
		again, err := EncodeCase(c, lib.Dictionary())
		if err != nil {
			t.Fatal(err)
		}
		if same, err := ParseCase(again, lib.Dictionary()); err != nil || same.Settings["tumour.lab"] != c.Settings["tumour.lab"] {
			t.Errorf("%s: written as %s", tc.story, again)
		}
		listed, err := b.Screen(c)
		if err != nil || listed[1].Outcome != got.Outcome || listed[1].Action != got.Action {
			t.Errorf("%s: a list says %v, a consultation %v", tc.story, listed[1].Action, got.Action)
		}
	}
	if got := lib.Dictionary().Settings(); len(got) != 1 || got[0].ID != "tumour.lab" {
		t.Errorf("the settings are %v", got)
	}
	if got := b.Area("tumour").Info().Settings; len(got) != 1 || got[0].Default != "No" {
		t.Errorf("the rulebook lists the settings %v", got)
	}
}

func TestSettingsThatCannotBeSoAreRefused(t *testing.T) {
	lib, err := Load(withLaboratory(t, laboratory))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ story, more, path string }{
		{"a mistyped setting", `"settings":{"tumour.lap":"yes"}`, "$.settings"},
		{"a value it never has", `"settings":{"tumour.lab":"perhaps"}`, "$.settings"},
		{"a fact that is no setting", `"settings":{"sign.a":"yes"}`, "$.settings"},
		{"a setting among the facts of a person", `"people":[{"id":"p","facts":{"tumour.lab":"yes"}}]`, "$.people[0].facts"},
	} {
		text := `{"date":"2026-11-23","patient":"p",` + tc.more + `}`
		if !strings.Contains(tc.more, "people") {
			text = `{"date":"2026-11-23","patient":"p","people":[{"id":"p"}],` + tc.more + `}`
		}
		if _, err := ParseCase([]byte(text), lib.Dictionary()); err == nil || !strings.HasPrefix(err.Error(), tc.path) {
			t.Errorf("%s: %v, wanted a complaint at %s", tc.story, err, tc.path)
		}
	}
	for story, setting := range map[string]string{
		"no default":          strings.Replace(laboratory, "    default: no\n", "", 1),
		"an impossible one":   strings.Replace(laboratory, "default: no", "default: maybe", 1),
		"no source":           strings.Replace(laboratory, "    source: paper\n", "", 1),
		"about the relatives": strings.Replace(laboratory, "    local: true\n", "    local: true\n    of: anyone\n", 1),
		"a default for one":   strings.Replace(laboratory, "    local: true\n", "", 1),
	} {
		if _, err := Load(withLaboratory(t, setting)); err == nil || !strings.Contains(err.Error(), "tumour/facts.yaml:") {
			t.Errorf("%s: %v", story, err)
		}
	}
}
