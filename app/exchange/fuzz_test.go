package exchange

import (
	"bytes"
	"testing"

	"kindred/app/sketch"
	"kindred/rules"
)

// Whatever a file holds, reading it ends with a family or with a sentence, and
// a family that was accepted can be drawn, and written or refused in every form.
func FuzzReadAnyFamilyFile(f *testing.F) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		f.Fatal(err)
	}
	d := lib.Dictionary()
	for _, seed := range []string{
		"1 1 0 0 1 2\n1 2 0 0 2 1\n1 3 1 2 1 2\n",
		"famid\tid\tdadid\tmomid\tsex\tmztwin\taffected\n1\ta\t\t\t1\t\t1\n1\tb\ta\t\t2\tm\t0\n1\tc\ta\t\t2\tm\t0\n",
		"0 HEAD\n1 CHAR UTF-8\n0 @a@ INDI\n1 NAME A /B/\n1 SEX F\n1 BIRT\n2 DATE ABT 1956\n0 @c@ INDI\n1 FAMC @f@\n2 PEDI adopted\n0 @f@ FAM\n1 WIFE @a@\n1 CHIL @c@\n0 TRLR\n",
		"##CanRisk 4.0\n##FamID\tName\tTarget\tIndivID\tFathID\tMothID\tSex\tMZtwin\tDead\tAge\tYob\tBC1\tBC2\tOC\tPRO\tPAN\tAshkn\nX\ta\t1\ta\tb\tc\tF\t0\t0\t40\t1980\t0\t0\t0\t0\t0\t0\nX\tb\t0\tb\t0\t0\tM\t0\t1\t60\t1950\t0\t0\t0\tAU\t0\t0\nX\tc\t0\tc\t0\t0\tF\t0\t1\t60\t1950\t50\t0\t0\t0\t0\t0\n",
		"##CanRisk 4.0\n##FamID\tName\tTarget\tMZtwin\na b c d e f g h i j 1 1\n",
		`{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p","gender":"female"}},{"resource":{"resourceType":"FamilyMemberHistory","id":"m","relationship":{"coding":[{"code":"NMTH"}]},"ageRange":{"low":{"value":1e308},"high":{"value":-5}},"condition":[{"code":{"coding":[{"system":"urn:kindred:condition","code":"colorectal_cancer"}]},"onsetAge":{"value":40,"code":"mo"}}]}}]}`,
		`{"patient":"p","people":[{"id":"p","sex":"female"},{"id":"s","relation":"half-sister"},{"id":"g","relation":"maternal grandmother","conditions":[{"name":"colorectal_cancer","age":"<50"}]}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		families, show, _, err := Read(data, d)
		if err != nil {
			return
		}
		for i := range families {
			if len(families[i].People) > 60 {
				return
			}
			drawing := sketch.Family(families[i].Pedigree(show), sketch.Options{Title: "x"})
			svg := drawing.SVG(sketch.Print)
			if bytes.Contains(svg, []byte("NaN")) {
				t.Error("a place in the picture is no number")
			}
			if f := &families[i]; len(f.People) <= 12 && f.plainIDs() {
				p := look(t, svg)
				f.half()
				for _, fault := range misread(f, &p) {
					t.Error(fault)
				}
			}
		}
		for _, form := range Forms {
			if _, err := Write(&bytes.Buffer{}, form, families, d); err != nil && err.Error() == "" {
				t.Errorf("%s: an error without a sentence", form)
			}
		}
	})
}

// half gives children whom a word alone placed the parents they are drawn under.
func (f *Family) half() {
	ped := f.Pedigree(Show{})
	for i := range f.People {
		f.People[i].Mother, f.People[i].Father = ped.People[i].Mother, ped.People[i].Father
	}
}

// What another system took back, or said about somebody else, is nobody's
// family history.
func TestWithdrawnRelativesAndASecondPatientAreNotTaken(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	bundle := func(more string) []byte {
		return []byte(`{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p"}},` +
			`{"resource":{"resourceType":"FamilyMemberHistory","id":"m","patient":{"reference":"Patient/p"},"relationship":{"coding":[{"code":"NMTH"}]}}},` + more + `]}`)
	}
	f, ignored, err := ReadFHIR(bundle(`{"resource":{"resourceType":"FamilyMemberHistory","id":"b","status":"entered-in-error","patient":{"reference":"Patient/p"},"relationship":{"coding":[{"code":"NBRO"}]}}},`+
		`{"resource":{"resourceType":"Condition","verificationStatus":{"coding":[{"code":"refuted"}]},"code":{"coding":[{"system":"urn:kindred:condition","code":"colorectal_cancer"}]}}}`), lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.People {
		if p.ID == "b" || len(p.Findings) > 0 {
			t.Errorf("taken over though withdrawn: %+v", p)
		}
	}
	if len(ignored) != 2 {
		t.Errorf("said of what was left out: %q", ignored)
	}
	for story, more := range map[string]string{
		"a second patient":            `{"resource":{"resourceType":"Patient","id":"q"}}`,
		"another patient's relatives": `{"resource":{"resourceType":"FamilyMemberHistory","id":"x","patient":{"reference":"Patient/q"},"relationship":{"coding":[{"code":"NFTH"}]}}}`,
	} {
		if _, _, err := ReadFHIR(bundle(more), lib.Dictionary()); err == nil {
			t.Errorf("%s: two families became one", story)
		}
	}
}
