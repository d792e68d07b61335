package rules

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// changed copies the toy areas and replaces text in one file.
func changed(t *testing.T, file, from, to string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	toys := os.DirFS(filepath.Join("testdata", "toys"))
	err := fs.WalkDir(toys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(toys, path)
		out[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if file != "" {
		text := string(out[file].Data)
		if from != "" && !strings.Contains(text, from) {
			t.Fatalf("%s does not contain %q", file, from)
		}
		out[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, from, to, 1))}
	}
	return out
}

func TestBrokenRulesAreReportedWhereTheyAreBroken(t *testing.T) {
	for _, tc := range []struct{ story, file, from, to, at, says string }{
		{"a mistyped fact", "plain/criteria.yaml", "- ldl over plain.ldl", "- ldll over plain.ldl", "plain/criteria.yaml:8:9", `did you mean "ldl"`},
		{"a mistyped choice", "plain/criteria.yaml", "gene is positive", "gene is pozitive", "plain/criteria.yaml:15:9", `did you mean "positive"`},
		{"a mistyped parameter", "plain/criteria.yaml", "over plain.refer", "over plain.refr", "plain/criteria.yaml:34:9", `did you mean "plain.refer"`},
		{"a clinical number without a source", "plain/criteria.yaml", "ldl over plain.ldl", "ldl over 4.9", "plain/criteria.yaml:8:9", "needs a source"},
		{"two lines joined by a wrong indent", "plain/criteria.yaml", "- ldl over plain.ldl\n      - hdl", "- ldl over plain.ldl\n        hdl", "plain/criteria.yaml:8:9", "wrong indent"},
		{"an unknown key", "plain/criteria.yaml", "    show: no", "    shwo: no", "plain/criteria.yaml:6:5", `did you mean "show"`},
		{"a key that stands twice", "plain/area.yaml", "order: 1", "order: 1\norder: 2", "plain/area.yaml:5:1", "stands twice"},
		{"a criterion that stands twice", "plain/criteria.yaml", "id: plain.odd", "id: plain.possible", "plain/criteria.yaml:36:5", "stands twice"},
		{"a criterion worked out from itself", "plain/criteria.yaml", "      - plain.lipids\n      - rel.attack", "      - plain.possible\n      - rel.attack", "plain/criteria.yaml:24:9", "from itself"},
		{"a criterion without a source", "plain/criteria.yaml", "    source: paper\n    show: no\n    any:\n      - ldl", "    show: no\n    any:\n      - ldl", "plain/criteria.yaml:2:5", "needs a source"},
		{"an unknown source", "plain/params.yaml", "value: 16, source: paper", "value: 16, source: papr", "plain/params.yaml:1", `did you mean "paper"`},
		{"a parameter not in force", "plain/params.yaml", "    - {from: 2000-01-01, value: 5, source: paper}\n", "", "plain/params.yaml:14:1", "no value in force on 2000-01-01"},
		{"a number compared like a choice", "plain/criteria.yaml", "- ldl over plain.ldl", "- ldl is high", "plain/criteria.yaml:8:9", "number fact"},
		{"reading what is not recorded", "plain/criteria.yaml", "- ldl over plain.ldl", "- ldl not recorded", "plain/criteria.yaml:8:9", "only notes"},
		{"reading the outcome in a rule", "plain/criteria.yaml", "- ldl over plain.ldl", "- outcome is test", "plain/criteria.yaml:8:9", "only by flags and notes"},
		{"a comma inside brackets", "plain/criteria.yaml", "any: [sign.a, sign.c]", "any: [gene is one of positive, negative]", "plain/criteria.yaml:18", `"negative"`},
		{"open words that could never speak", "plain/advice.yaml", "  headline: More information needed\n  action: \"Next: {next}\"\n  reason: \"Not known yet: {missing}\"", "  - {reason: Early}\n  - {headline: More, action: Wait., reason: None}", "plain/advice.yaml:29:6", "never speak"},
		{"open words for some only", "plain/advice.yaml", "  headline: More information needed\n  action: \"Next: {next}\"\n  reason: \"Not known yet: {missing}\"", "  - {when: known, headline: More, action: Wait., reason: None}", "plain/advice.yaml:29:12", "always something to say"},
		{"a row below otherwise", "plain/advice.yaml", "    when: gene is one of positive, negative", "    when: otherwise", "plain/advice.yaml:3:11", "last row"},
		{"a code there is not", "plain/advice.yaml", "code: X1.1", "code: X1.2", "plain/advice.yaml:16:11", `did you mean`},
		{"an outcome there is not", "plain/advice.yaml", "outcome: cascade", "outcome: cascad", "plain/advice.yaml:7", `did you mean "cascade"`},
		{"a presumed measurement", "facts.yaml", "{id: hdl, type: number, unit: mmol/L,", "{id: hdl, type: number, presume: {value: 1.2, reason: usual}, unit: mmol/L,", "facts.yaml:10", "may not be presumed"},
		{"an unknown condition", "plain/facts.yaml", "any: attack, degree: 0", "any: atack, degree: 0", "plain/facts.yaml:12", `did you mean "attack"`},
		{"an unknown key of a family question", "plain/facts.yaml", "degree: 0", "degre: 0", "plain/facts.yaml:12", `did you mean "degree"`},
		{"points that are none", "plain/tables/points.csv", "signs,sign.a,6", "signs,sign.a,six", "plain/tables/points.csv:5:3", "whole number"},
		{"a gap in a decision table", "tumour/tables/path.csv", "lost,wild_type,not_done,DO_METH,ours\n", "", "tumour/tables/path.csv:1:1", "no row covers stain=lost, braf_v600e=wild_type, mlh1_methylation=not_done"},
		{"a dead row", "tumour/tables/path.csv", "lost,v600e,-,STOP,guidance", "intact,v600e,-,STOP,guidance", "tumour/tables/path.csv:5:1", "can never apply"},
		{"a value a column never has", "tumour/tables/path.csv", "lost,v600e", "lost,v60e", "tumour/tables/path.csv:5:2", `did you mean "v600e"`},
		{"a step there is not", "tumour/tables/path.csv", "DO_METH", "DO_METHYL", "tumour/tables/path.csv:9:4", `did you mean "DO_METH"`},
		{"a tumour fact outside a tumour", "tumour/criteria.yaml", "    some_tumour: [colorectal]\n", "", "tumour/criteria.yaml:6", "some_tumour"},
		{"a note beside a fact there is not", "plain/advice.yaml", "{id: plain.no_ldl, when", "{id: plain.no_ldl, about: ldI, when", "plain/advice.yaml:35", `did you mean "ldl"`},
		{"broken YAML", "plain/area.yaml", "title: A plain", "title: [A plain", "plain/area.yaml:", "not YAML"},
		{"an edition signed off and changed since", "plain/area.yaml", "status: transcribed", "status: {signed_off: A, on: 2026-01-01, fingerprint: abc}", "plain/area.yaml:6:10", "changed after sign-off"},
	} {
		_, err := Load(changed(t, tc.file, tc.from, tc.to))
		if err == nil {
			t.Errorf("%s: accepted", tc.story)
			continue
		}
		found := false
		for _, line := range strings.Split(err.Error(), "\n") {
			found = found || strings.HasPrefix(line, tc.at) && strings.Contains(line, tc.says)
		}
		if !found {
			t.Errorf("%s: says\n%v\nwanted %s … %s", tc.story, err, tc.at, tc.says)
		}
	}
}

func TestAllProblemsOfAllFilesAreReportedTogether(t *testing.T) {
	files := changed(t, "plain/criteria.yaml", "gene is positive", "gene is pozitive")
	files["tumour/area.yaml"].Data = append(files["tumour/area.yaml"].Data, "colour: red\n"...)
	files["plain/tables/points.csv"].Data = append(files["plain/tables/points.csv"].Data, "x,nothing,1\n"...)
	_, err := Load(files)
	if err == nil {
		t.Fatal("accepted")
	}
	for _, part := range []string{"plain/criteria.yaml:15:9", "tumour/area.yaml:12:1", "plain/tables/points.csv:13:2"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%s is not among\n%v", part, err)
		}
	}
}

func TestANewFolderIsANewArea(t *testing.T) {
	files := changed(t, "", "", "")
	for name, f := range changed(t, "", "", "") {
		if rest, ok := strings.CutPrefix(name, "tumour/"); ok {
			files["third/"+rest] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f.Data), "tumour.path", "third.path"))}
		}
	}
	for name, f := range files {
		if strings.HasPrefix(name, "third/") {
			f.Data = []byte(strings.ReplaceAll(strings.ReplaceAll(string(f.Data), "tumour.young", "third.young"), "id: tumour\n", "id: third\n"))
		}
	}
	lib, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	b, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Areas()) != 3 || b.Area("third") == nil {
		t.Errorf("areas are %d", len(b.Areas()))
	}
}

func TestAnAssessmentTakesTheEditionOfItsDay(t *testing.T) {
	lib, err := Load(os.DirFS("testdata/toys"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseCase([]byte(`{"date":"2019-06-01","patient":"p","people":[{"id":"p","age":40,"facts":{"sign.a":"yes","ldl":3,"hdl":3,"gene":"not_tested","known":"no","pregnant":"no","excluded":"yes","sign.d":"no","sign.b":"no"}}],"asked":{"heart":2}}`), lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		day     Date
		edition string
		outcome Outcome
	}{{"2019-06-01", "first", Test}, {"2020-01-01", "second", NotIndicated}} {
		b, err := lib.On(tc.day)
		if err != nil {
			t.Fatal(err)
		}
		adv, err := b.Assess(c)
		if err != nil {
			t.Fatal(err)
		}
		if got := adv.Areas[0]; got.Edition != tc.edition || got.Outcome != tc.outcome {
			t.Errorf("on %s: edition %s advises %s, wanted %s and %s (six points refer from over 5, later over 6)", tc.day, got.Edition, got.Outcome, tc.edition, tc.outcome)
		}
	}
	first, _ := lib.On("2019-06-01")
	second, _ := lib.On("2026-01-01")
	again, _ := Load(os.DirFS("testdata/toys"))
	same, _ := again.On("2026-06-01")
	if a, b, c := first.Areas()[0].Fingerprint, second.Areas()[0].Fingerprint, same.Areas()[0].Fingerprint; a == b || b != c {
		t.Errorf("fingerprints are %.8s, %.8s and %.8s: another threshold must change it, another load must not", a, b, c)
	}
	if _, err := lib.On("1999-01-01"); err == nil {
		t.Error("a day before the first edition has no book")
	}
}
