package exchange

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kindred/app/sketch"
	"kindred/rules"
)

func dictionary(t *testing.T) *rules.Dictionary {
	t.Helper()
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatalf("the rules do not load: %v", err)
	}
	return lib.Dictionary()
}

// clinic is a family with what the forms can and cannot carry.
func clinic() Family {
	return Family{ID: "F1", People: []Person{
		{ID: "gf", Sex: "male", Dead: true, Born: "1931", Died: "1989-05"},
		{ID: "gm", Sex: "female", Dead: true, Born: "1934-02-17"},
		{ID: "m", Mother: "gm", Father: "gf", Sex: "female", Age: "66", Findings: []Finding{{"breast_cancer", "54"}, {"breast_cancer", "60"}, {"ovarian_cancer", ""}}},
		{ID: "a", Mother: "gm", Father: "gf", Sex: "female", Age: "63"},
		{ID: "f", Sex: "male", Age: "70"},
		{ID: "p", Mother: "m", Father: "f", Sex: "female", Consultand: true, Born: "1985-03-14"},
		{ID: "t1", Mother: "m", Father: "f", Sex: "male", Age: "38"},
		{ID: "t2", Mother: "m", Father: "f", Sex: "male", Age: "38"},
		{ID: "h", Sex: "male", Age: "43"},
		{ID: "k", Mother: "p", Father: "h", Sex: "male", Age: "12"},
	}, Twins: []Twins{{IDs: []string{"t1", "t2"}, Kind: "identical"}}, Couples: []Couple{{A: "p", B: "h"}}}
}

// bones is the structure as one line a person.
func bones(f *Family) []string {
	var out []string
	for _, p := range f.People {
		out = append(out, fmt.Sprintf("%s %s %s×%s", p.ID, p.Sex, p.Mother, p.Father))
	}
	slices.Sort(out)
	return out
}

func findings(f *Family, id string) []Finding {
	i := slices.IndexFunc(f.People, func(p Person) bool { return p.ID == id })
	return f.People[i].Findings
}

func TestEveryFormKeepsTheStructureAndSaysWhatItLoses(t *testing.T) {
	d := dictionary(t)
	for form, want := range map[string]struct {
		lost     []string // among what is said
		findings bool
		twins    bool
	}{
		".ped":     {lost: []string{"twins", "conditions with their ages", "deaths", "who is the consultand"}},
		".canrisk": {findings: true, twins: true, lost: []string{"dates of death"}},
		".ged":     {lost: []string{"twins", "conditions with their ages"}},
		".json":    {findings: true, twins: true},

		".case.json": {findings: true, twins: true, lost: []string{"dates of birth and death"}},
	} {
		t.Run(form, func(t *testing.T) {
			in := clinic()
			var file bytes.Buffer
			lost, err := Write(&file, form, []Family{in}, d)
			if err != nil {
				t.Fatal(err)
			}
			for _, what := range want.lost {
				if !slices.Contains(lost, what) {
					t.Errorf("does not say that it loses %q, only %q", what, lost)
				}
			}
			back, _, ignored, err := Read(file.Bytes(), d)
			if err != nil {
				t.Fatalf("our own file does not read back: %v\n%s", err, file.String())
			}
			if got := bones(&back[0]); !slices.Equal(got, bones(&in)) {
				t.Errorf("structure\n%q\nwas\n%q", got, bones(&in))
			}
			if want.findings && !slices.Equal(findings(&back[0], "m"), findings(&in, "m")) {
				t.Errorf("the mother's findings came back as %v", findings(&back[0], "m"))
			}
			if want.twins && (len(back[0].Twins) != 1 || !slices.Equal(back[0].Twins[0].IDs, in.Twins[0].IDs)) {
				t.Errorf("twins came back as %v", back[0].Twins)
			}
			if len(ignored) > 0 {
				t.Errorf("not taken over from our own file: %v", ignored)
			}
			// Written again it is the same file.
			var again bytes.Buffer
			if _, err := Write(&again, form, back, d); err != nil || !bytes.Equal(file.Bytes(), again.Bytes()) {
				t.Errorf("the second file differs (%v)\n%s\n%s", err, file.String(), again.String())
			}
			// And the picture is the same, apart from what the form loses.
			plain := func(f Family) []byte {
				for i := range f.People {
					p := &f.People[i]
					f.People[i] = Person{ID: p.ID, Mother: p.Mother, Father: p.Father, Sex: p.Sex, line: 0}
				}
				f.Twins, f.Couples = nil, nil
				return sketch.Family(f.Pedigree(Show{}), sketch.Options{}).SVG(sketch.Print)
			}
			if !bytes.Equal(plain(in), plain(back[0])) {
				t.Error("another picture")
			}
		})
	}
}

func TestWrongFilesOfEveryForm(t *testing.T) {
	d := dictionary(t)
	canrisk := "##CanRisk 4.0\n##" + strings.Join(canriskColumns, "\t") + "\n"
	for text, want := range map[string]string{
		"##CanRisk 4.0\nF1\t1\t0\tp\t0\t0\tF\n":         "line 2: a person before the line that names the columns",
		canrisk + "F1\t1\t1\tp\tx\t0\tF\t0\t0\t40\t0\n": `line 3: p has the father "x", who is not in the file`,
		canrisk: "no person",
		"0 HEAD\n0 @I1@ INDI\n1 SEX M\n0 @I2@ INDI\n0 @F1@ FAM\n1 WIFE @I1@\n1 CHIL @I2@\n": `line 4: I2 has the mother "I1", who is recorded as male (line 2)`,
		"0 HEAD\n0 @I1@ INDI\n0 @F1@ FAM\n1 HUSB @I9@\n1 CHIL @I1@\n":                       `names "I9", who is not in the file`,
		"0 HEAD\nnonsense\n":                                                              "line 2: \"nonsense\" is no GEDCOM line",
		"0 HEAD\n0 @I1@ INDI\n1 FAMC @F9@\n":                                              `line 3: I1 is a child of the family "F9", which is not in the file`,
		"0 HEAD\n0 @I1@ INDI\n0 @F1@ FAM\n1 CHIL @I1@\n1 CHIL @I7@\n":                     `line 5: the family F1 has the child "I7", who is not in the file`,
		"0 HEAD\n0 @I1@ INDI\n0 @I1@ INDI\n":                                              `line 3: the id "I1" was used already`,
		"0 HEAD\n0 @I1@ INDI\n1 BIRT\n3 DATE 1950\n":                                      "line 4: level 3 under level 1",
		"0 HEAD\n0 @I1@ INDI\n0 @F1@ FAM\n1 HUSB @I1@\n1 CHIL @I1@\n":                     "I1 would be their own ancestor",
		canrisk + "F1\t1\t1\tp\t0\t0\tF\t0\t0\tfour\t0\n":                                 `line 3: the age is "four", which is no number`,
		canrisk + "F1\t1\t1\tp\t0\t0\tF\t0\t0\tNaN\t0\n":                                  `line 3: the age is "NaN", which is no number`,
		canrisk + "F1\t1\t1\tp\t0\t0\tF\t0\t0\t40\t0\tInf\n":                              `line 3: BC1 is "Inf"; it is 0, an age at diagnosis, or AU`,
		canrisk + "F1\t1\t1\tp\t0\t0\tF\t0\t0\t40\t0\tyes\n":                              `line 3: BC1 is "yes"; it is 0, an age at diagnosis, or AU`,
		canrisk + "F1\t1\t1\tp\tm\t0\tF\t0\t0\t40\t0\nF1\t2\t0\tm\t0\t0\tF\t0\t0\t0\t0\n": `line 3: p has the father "m", who is recorded as female (line 4)`,
		canrisk + "F1\t1\t1\tp\t0\n":                                                      "line 3: 5 values; the file names 28 columns",
		"{\"resourceType\":\"Bundle\",\n\"entry\":[\n{\"resource\":{\"resourceType\":\"FamilyMemberHistory\",\"id\":\"a\",\"sex\":7}}]}": "line 3: entry 1:",
		"{\"resourceType\":\"Bundle\",\n\"entry\":[\n{]}":                                "line 3: this is not valid JSON",
		`{"resourceType":"Bundle","entry":[]}`:                                           "no FamilyMemberHistory",
		`{"resourceType":"Bundle","entry":[`:                                             "not valid JSON",
		`{"schema":"kindred.case/1","patient":"p","people":[{"id":"q","sex":"female"}]}`: "p",
	} {
		if _, _, _, err := Read([]byte(text), d); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", text, err, want)
		}
	}
}

func TestOfficialFHIRExampleIsPlacedByItsCode(t *testing.T) {
	d := dictionary(t)
	member, err := os.ReadFile(shared(t, "samples", "fhir", "FamilyMemberHistory-MildCognitiveDisorder-Example.json"))
	if err != nil {
		t.Fatal(err)
	}
	bundle := `{"resourceType":"Bundle","type":"collection","entry":[{"resource":` + string(member) + `}]}`
	fs, _, ignored, err := Read([]byte(bundle), d)
	if err != nil {
		t.Fatal(err)
	}
	patient := fs[0].People[0]
	if patient.Mother != fs[0].People[1].ID {
		t.Errorf("the natural mother is not the mother: %+v", fs[0].People)
	}
	if len(ignored) == 0 || !strings.Contains(ignored[0], "Mild neurocognitive disorder") {
		t.Errorf("a condition was dropped silently: %v", ignored)
	}
}

func TestCanRiskIDsStayShortAndApart(t *testing.T) {
	ids := shortIDs([]Person{{ID: "grandmother1"}, {ID: "grandmother2"}, {ID: "+1"}, {ID: "Queen Victoria"}, {ID: "0"}})
	seen := map[string]bool{}
	for long, short := range ids {
		if long != "" && (short == "" || len(short) > 7 || seen[short] || short == "0") {
			t.Errorf("%q became %q", long, short)
		}
		seen[short] = true
	}
}
