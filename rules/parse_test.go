package rules

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kindred/rules/truth"
)

// embedded loads the areas that ship with the program.
func embedded(t testing.TB) *Library {
	t.Helper()
	lib, err := Load(Files)
	if err != nil {
		t.Fatalf("the embedded areas do not load:\n%v", err)
	}
	return lib
}

func TestTheEmbeddedAreasLoadWithoutProblems(t *testing.T) {
	b, err := embedded(t).On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	ids := ""
	for _, a := range b.Areas() {
		ids += a.ID + " "
		if len(a.Fingerprint) != 64 || len(a.Criteria) == 0 || len(a.Outcomes) == 0 {
			t.Errorf("area %s says too little of itself: %+v", a.ID, a)
		}
	}
	if !strings.Contains(ids, "fh ") || !strings.Contains(ids, "lynch ") {
		t.Errorf("areas are %s", ids)
	}
}

func TestTheCaseOfTheDesignIsReadAndWrittenBack(t *testing.T) {
	d := embedded(t).Dictionary()
	data, err := os.ReadFile("testdata/design.case.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseCase(data, d)
	if err != nil {
		t.Fatal(err)
	}
	aunt := c.People[2].Conditions[0]
	if aunt.Age != (truth.Span{Lo: 40, Hi: 49}) || aunt.Confirmed != truth.Yes || c.People[1].Alive != truth.No {
		t.Errorf("the aunt's cancer is %+v", aunt)
	}
	if got := c.People[0].Facts["lipid.tg"].Number; got.Hi >= 0.5 || got.Hi < 0.4999 {
		t.Errorf("<0.5 is read as %v", got)
	}
	if got := c.People[0].Facts["lipid.hdl"].Number.Lo; got < 1.6 || got > 1.7 {
		t.Errorf("63 mg/dL is read as %v mmol/L", got)
	}
	written, err := EncodeCase(c, d)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseCase(written, d)
	if err != nil {
		t.Fatalf("what was written cannot be read: %v\n%s", err, written)
	}
	if diff := cmp.Diff(c, again); diff != "" {
		t.Errorf("the case changed on its way out and in (-before +after):\n%s", diff)
	}
}

func TestBadCasesAreRefusedAtThePlaceThatIsWrong(t *testing.T) {
	d := embedded(t).Dictionary()
	person := func(s string) string {
		return `{"patient":"p","people":[{"id":"p","sex":"female","age":45},` + s + `]}`
	}
	patient := func(s string) string { return `{"patient":"p","people":[{"id":"p","sex":"male",` + s + `}]}` }
	for _, tc := range []struct{ story, in, path, says string }{
		{"not JSON", `{"patient":`, "$", "ends too early"},
		{"two cases in one file", `{"patient":"p","people":[{"id":"p"}]} {}`, "$", "one case"},
		{"another form", `{"schema":"kindred.case/9","patient":"p","people":[{"id":"p"}]}`, "$.schema", "kindred.case/1"},
		{"an unknown key", `{"patient":"p","peple":[],"people":[{"id":"p"}]}`, "$.peple", `did you mean "people"`},
		{"a key that stands twice", `{"patient":"p","patient":"p","people":[{"id":"p"}]}`, "$.patient", "twice"},
		{"no patient", `{"people":[{"id":"p"}]}`, "$.patient", "id of its patient"},
		{"a patient who is not there", `{"patient":"q","people":[{"id":"p"}]}`, "$.patient", "not among the people"},
		{"no people", `{"patient":"p","people":[]}`, "$.people", "needs its people"},
		{"an unknown fact", patient(`"facts":{"lipid.ldll":3}`), `$.people[0].facts["lipid.ldll"]`, `did you mean "lipid.ldl"`},
		{"a value that cannot be", patient(`"facts":{"lipid.ldl":49}`), `$.people[0].facts["lipid.ldl"]`, "between 0.1 and 30"},
		{"one end of a range that cannot be", patient(`"facts":{"lipid.ldl":{"min":3,"max":49}}`), `$.people[0].facts["lipid.ldl"].max`, "49"},
		{"a range upside down", patient(`"facts":{"lipid.ldl":{"min":5,"max":3}}`), `$.people[0].facts["lipid.ldl"]`, "min above its max"},
		{"an unknown unit", patient(`"facts":{"lipid.ldl":{"value":5,"unit":"mg/l"}}`), `.unit`, "mg/dL"},
		{"a unit that makes the value impossible", patient(`"facts":{"lipid.ldl":{"value":5000,"unit":"mg/dL"}}`), `.value`, "cannot be 5000"},
		{"a text for a number", patient(`"facts":{"lipid.ldl":"high"}`), `$.people[0].facts["lipid.ldl"]`, "<0.5"},
		{"true for yes", patient(`"facts":{"sign.tendon_xanthoma":true}`), `$.people[0].facts["sign.tendon_xanthoma"]`, `"yes", "no" or "unknown"`},
		{"a choice there is not", patient(`"facts":{"lipid.basis":"treated"}`), `$.people[0].facts["lipid.basis"]`, "on_treatment"},
		{"a drug nobody knows", patient(`"medications":[{"drug":"wonderstatin"}]`), `$.people[0].medications[0].drug`, "never"},
		{"a fact that is worked out", patient(`"facts":{"lipid.ldl_untreated":5}`), `$.people[0].facts["lipid.ldl_untreated"]`, "worked out"},
		{"an age among the facts", patient(`"facts":{"patient.age":50}`), `$.people[0].facts["patient.age"]`, "give the person's age"},
		{"a tumour result among the facts", patient(`"facts":{"tumour.mlh1":"lost"}`), `$.people[0].facts["tumour.mlh1"]`, "tumours"},
		{"a negative age", patient(`"age":-3`), `$.people[0].age`, "between 0 and 120"},
		{"an unknown condition", patient(`"conditions":[{"name":"heart_atack"}]`), `$.people[0].conditions[0].name`, "no condition"},
		{"an unknown tumour state", patient(`"tumours":[{"site":"colorectal","mlh1":"gone"}]`), `$.people[0].tumours[0].mlh1`, "lost"},
		{"an unknown site", patient(`"tumours":[{"site":"colon"}]`), `$.people[0].tumours[0].site`, "colorectal"},
		{"a tumour without a site", patient(`"tumours":[{"mlh1":"lost"}]`), `$.people[0].tumours[0]`, "needs a site"},
		{"an unknown topic", `{"patient":"p","people":[{"id":"p"}],"asked":{"hart":2}}`, "$.asked.hart", "heart"},
		{"a degree that is none", `{"patient":"p","people":[{"id":"p"}],"asked":{"heart":"all"}}`, "$.asked.heart", "degree"},
		{"a side there is not", `{"patient":"p","people":[{"id":"p"}],"unknown_sides":["left"]}`, "$.unknown_sides[0]", "maternal or paternal"},
		{"an unknown relation word", person(`{"id":"x","relation":"grand-aunty"}`), "$.people[1].relation", "no relation word"},
		{"an id for two people", person(`{"id":"p","relation":"mother"}`), "$.people[1].id", "two people"},
		{"a parent who is not there", person(`{"id":"x","relation":"sister","mother":"nobody"}`), "$.people[1].mother", "not among the people"},
		{"an own ancestor", `{"patient":"p","people":[{"id":"p","mother":"m"},{"id":"m","sex":"female","mother":"p"}]}`, "$.people[", "own ancestor"},
		{"a child older than the parent", person(`{"id":"m","relation":"mother","age":40,"alive":true}`), "$.people[", "mother"},
		{"a cancer the sex cannot have", patient(`"conditions":[{"name":"endometrial_cancer"}]`), "$.people[0]", "cannot have"},
		{"a tumour the sex cannot have", patient(`"tumours":[{"site":"ovarian"}]`), "$.people[0]", "cannot have"},
		{"a panel from the future", `{"date":"2026-11-23","patient":"p","people":[{"id":"p","panels":[{"date":"2027-01-01"}]}]}`, "$.people[0].panels[0].date", "after the day"},
		{"a day that is none", `{"date":"2026-02-30","patient":"p","people":[{"id":"p"}]}`, "$.date", "YYYY-MM-DD"},
	} {
		_, err := ParseCase([]byte(tc.in), d)
		if err == nil {
			t.Errorf("%s: accepted", tc.story)
			continue
		}
		found := false
		for _, line := range strings.Split(err.Error(), "\n") {
			found = found || strings.Contains(line, tc.path) && strings.Contains(line, tc.says)
		}
		if !found {
			t.Errorf("%s: says\n%v\nwanted %q with %q", tc.story, err, tc.path, tc.says)
		}
	}
}

func TestEveryProblemOfACaseIsReportedAtOnce(t *testing.T) {
	d := embedded(t).Dictionary()
	_, err := ParseCase([]byte(`{"patient":"p","people":[{"id":"p","sex":"f","facts":{"lipid.tc":400,"nothing":1}}],"asked":{"x":1}}`), d)
	if err == nil || strings.Count(err.Error(), "\n") != 3 {
		t.Errorf("wanted four problems, got:\n%v", err)
	}
}

// A file of another kind, or one made to be slow, is refused in a moment and in
// few words.
func TestHugeAndStrangeFilesAreRefusedQuickly(t *testing.T) {
	d := embedded(t).Dictionary()
	many := func(n int, s string) string { return strings.TrimSuffix(strings.Repeat(s+",", n), ",") }
	person := func(body string) string { return `{"patient":"p","people":[{"id":"p",` + body + `}]}` }
	keys := &strings.Builder{}
	for i := range 200_000 {
		fmt.Fprintf(keys, `,"k%d":1`, i)
	}
	people := &strings.Builder{}
	for i := range 5_000 {
		fmt.Fprintf(people, `,{"id":"q%d","relation":"cousin","sax":1,"agge":2}`, i)
	}
	for _, tc := range []struct{ story, in, says string }{
		{"nested deeper than any case", strings.Repeat("[", 100_000), "too deeply"},
		{"more keys than there are facts", person(`"facts":{"lipid.ldl":5` + keys.String() + `}`), "more than 1000 keys"},
		{"one key over and over", person(`"facts":{` + many(200_000, `"lipid.ldl":5`) + `}`), "stands twice"},
		{"a list of patients", `{"patient":"q1","people":[{"id":"q"}` + people.String() + `]}`, "for many patients use a list"},
		{"as many mistakes as fit", `{"patient":"q1","people":[{"id":"q"}` + strings.Repeat(`,{"id":"q2","sax":1,"agge":2}`, 2_000) + `]}`, "correct these first"},
		{"a lifetime of blood tests a day", person(`"panels":[` + many(50_000, `{"facts":{}}`) + `]`), "no record of one person"},
	} {
		begun := time.Now()
		_, err := ParseCase([]byte(tc.in), d)
		if err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %.300v", tc.story, err)
		} else if len(err.Error()) > 40_000 {
			t.Errorf("%s: %d bytes of complaints", tc.story, len(err.Error()))
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s: took %v", tc.story, took)
		}
	}
	if _, err := ParseCase([]byte("\ufeff"+person(`"age":40`)), d); err != nil {
		t.Errorf("a file that begins with a byte order mark: %v", err)
	}
}

func FuzzParseCaseNeverPanics(f *testing.F) {
	d := embedded(f).Dictionary()
	f.Add([]byte(`{"patient":"p","people":[{"id":"p","facts":{"lipid.ldl":"<0.5"}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ParseCase(data, d)
		if err != nil {
			return
		}
		if _, err := EncodeCase(c, d); err != nil {
			t.Error(err)
		}
	})
}
