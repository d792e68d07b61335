package exchange

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Whatever a family looks like, every form keeps who is whose child.
func TestEveryFormKeepsWhoIsWhoseChildOfAnyFamily(t *testing.T) {
	d := dictionary(t)
	for seed := range 60 {
		f := randomFamily(rand.New(rand.NewPCG(uint64(seed), 3)), 3+seed%20)
		f.Twins = nil
		for i := range f.People {
			if p := &f.People[i]; p.Sex == "" { // CanRisk needs everyone's
				p.Sex = "female"
			}
		}
		for _, form := range Forms {
			var file bytes.Buffer
			if _, err := Write(&file, form, []Family{f}, d); err != nil {
				if form == ".case.json" && strings.Contains(err.Error(), "this family is no case") {
					continue // somebody whom nothing links to the patient
				}
				t.Fatalf("family %d as %s: %v", seed, form, err)
			}
			back, _, _, err := Read(file.Bytes(), d)
			if err != nil {
				t.Fatalf("family %d as %s does not read back: %v\n%s", seed, form, err, file.String())
			}
			want, got := bones(&f), bones(&back[0])
			if form == ".canrisk" { // both parents or none: the unnamed others are people there
				got = slices.DeleteFunc(got, func(s string) bool { return !slices.Contains(want, s) })
				want = slices.DeleteFunc(slices.Clone(want), func(s string) bool { return strings.Contains(s, " ×") != strings.HasSuffix(s, "×") })
				got = slices.DeleteFunc(got, func(s string) bool { return !slices.Contains(want, s) })
			}
			if !slices.Equal(got, want) {
				t.Fatalf("family %d as %s:\n%q\nwas\n%q\n%s", seed, form, got, want, file.String())
			}
		}
	}
}

// What else each form has room for comes back as it was.
func TestWhatFormsCarryBesidesTheStructure(t *testing.T) {
	d := dictionary(t)
	in := Family{ID: "F1", People: []Person{
		{ID: "p", Name: "Ann Example", Mother: "m", Father: "f", Sex: "female", Consultand: true, Born: "1985-03-14"},
		{ID: "m", Name: "Mary Example", Sex: "female", Age: "66"},
		{ID: "f", Sex: "male", Dead: true, Age: "70"},
		{ID: "t", Mother: "m", Father: "f", Sex: "male", Age: "38"},
		{ID: "k", Mother: "p", Father: "h", Sex: "male", Adopted: "in"},
		{ID: "h", Sex: "male", Died: "2001", Dead: true},
	}, Couples: []Couple{{A: "m", B: "f", Separated: true}}, Twins: []Twins{{IDs: []string{"p", "t"}, Kind: "fraternal"}}}
	type kept struct{ name, separated, adopted, age, twins, died bool }
	for form, want := range map[string]kept{
		".ged":       {name: true, separated: true, adopted: true, age: true, died: true},
		".json":      {name: true, adopted: true, age: true, twins: true, died: true},
		".case.json": {name: true, separated: true, adopted: true, age: true, twins: true},
		".canrisk":   {age: true},
	} {
		var file bytes.Buffer
		lost, err := Write(&file, form, []Family{in}, d)
		if err != nil {
			t.Errorf("%s: %v", form, err)
			continue
		}
		back, _, _, err := Read(file.Bytes(), d)
		if err != nil {
			t.Errorf("%s: %v", form, err)
			continue
		}
		f := &back[0]
		at := func(id string) *Person { return &f.People[f.index(id)] }
		got := kept{
			name: at("m").Name == "Mary Example", separated: len(f.Couples) > 0 && f.separated("m", "f"), adopted: at("k").Adopted == "in",
			age: at("f").Age == "70" && at("f").Dead, twins: len(f.Twins) == 1 && f.Twins[0].Kind == "fraternal" && len(f.Twins[0].IDs) == 2, died: at("h").Died == "2001",
		}
		if got != want {
			t.Errorf("%s kept %+v, want %+v\n%s", form, got, want, file.String())
		}
		for what, gone := range map[string]bool{"names": !want.name, "who is separated": !want.separated} {
			if gone != slices.Contains(lost, what) {
				t.Errorf("%s says it loses %q", form, lost)
			}
		}
	}
}

// Bundles of other systems name each other by address.
func TestFHIRReferencesByAddress(t *testing.T) {
	bundle := `{"resourceType":"Bundle","type":"collection","entry":[
{"fullUrl":"urn:uuid:11111111-0000-4000-8000-000000000001","resource":{"resourceType":"Patient","name":[{"family":"Example","given":["Ann"]}],"gender":"female"}},
{"fullUrl":"urn:uuid:11111111-0000-4000-8000-000000000002","resource":{"resourceType":"FamilyMemberHistory","status":"completed","patient":{"reference":"urn:uuid:11111111-0000-4000-8000-000000000001"},"relationship":{"coding":[{"code":"NMTH"}]}}},
{"fullUrl":"https://example.org/fhir/FamilyMemberHistory/aunt","resource":{"resourceType":"FamilyMemberHistory","id":"aunt","status":"completed","patient":{"reference":"urn:uuid:11111111-0000-4000-8000-000000000001"},"relationship":{"coding":[{"code":"MAUNT"}]},
 "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/family-member-history-genetics-parent","extension":[{"url":"type","valueCodeableConcept":{"coding":[{"code":"NMTH"}]}},{"url":"reference","valueReference":{"reference":"https://example.org/fhir/FamilyMemberHistory/gran"}}]}]}},
{"fullUrl":"https://example.org/fhir/FamilyMemberHistory/gran","resource":{"resourceType":"FamilyMemberHistory","id":"gran","status":"completed","patient":{"reference":"urn:uuid:11111111-0000-4000-8000-000000000001"},"relationship":{"coding":[{"code":"MGRMTH"}]},"deceasedString":"long ago"}}]}`
	fs, _, ignored, err := Read([]byte(bundle), dictionary(t))
	if err != nil {
		t.Fatal(err)
	}
	f := &fs[0]
	patient, aunt := &f.People[0], &f.People[f.index("aunt")]
	if patient.Name != "Ann Example" || patient.Mother != "11111111-0000-4000-8000-000000000002" || aunt.Mother != "gran" {
		t.Errorf("%+v\n%+v", patient, aunt)
	}
	if gran := f.People[f.index("gran")]; !gran.Dead || len(ignored) != 1 || !strings.Contains(ignored[0], "long ago") {
		t.Errorf("%+v; said: %q", gran, ignored)
	}
}

// GEDCOM of other programs: links said on one side only, adopted children, an
// age at death, dates that are no dates.
func TestGEDCOMOfOtherPrograms(t *testing.T) {
	ged := "0 HEAD\r\n1 SOUR OTHER\r\n1 GEDC\r\n2 VERS 7.0\r\n0 @I1@ INDI\r\n1 NAME Ann /Example/\r\n1 SEX F\r\n1 REFN 17\r\n1 FAMS @F1@\r\n1 DEAT\r\n2 AGE 54y\r\n" +
		"0 @I2@ INDI\r\n1 SEX M\r\n1 FAMS @F1@\r\n1 BIRT\r\n2 DATE BET 1930 AND 1940\r\n" +
		"0 @I3@ INDI\r\n1 SEX X\r\n1 FAMC @F1@\r\n2 PEDI BIRTH\r\n" +
		"0 @I4@ INDI\r\n1 SEX F\r\n1 FAMC @F1@\r\n2 PEDI adopted\r\n1 FAMC @F2@\r\n2 PEDI birth\r\n" +
		"0 @I5@ INDI\r\n1 SEX F\r\n1 FAMS @F2@\r\n" +
		"0 @F1@ FAM\r\n1 DIV Y\r\n0 @F2@ FAM\r\n1 WIFE @I5@\r\n0 TRLR\r\n"
	fs, _, ignored, err := Read([]byte(ged), dictionary(t))
	if err != nil {
		t.Fatal(err)
	}
	f := &fs[0]
	at := func(id string) *Person { return &f.People[f.index(id)] }
	if got, want := bones(f), []string{"I1 female ×", "I2 male ×", "I3  I1×I2", "I4 female I5×", "I5 female ×"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if ann := at("I1"); ann.Age != "54" || !ann.Dead || at("I2").Born != "" || at("I4").Adopted != "out" || !f.separated("I1", "I2") {
		t.Errorf("%+v %+v %+v %+v", ann, at("I2"), at("I4"), f.Couples)
	}
	if !slices.Contains(ignored, "dates that are not one day, month or year") || !slices.Contains(ignored, "adoptive parents of those whose birth parents are recorded") {
		t.Errorf("said: %q", ignored)
	}
}

// CanRisk 1 to 3 have fewer columns; BOADICEA files of before name them otherwise.
func TestOlderCanRiskAndBOADICEAFiles(t *testing.T) {
	for name, head := range map[string]string{
		"CanRisk 3": "##CanRisk 3.0;OVARY2=y\n##menarche=12\n##FamID\tName\tTarget\tIndivID\tFathID\tMothID\tSex\tMZtwin\tDead\tAge\tYob\tBC1\tBC2\tOC\tPRO\tPAN\tAshkn\tBRCA1\n",
		"BOADICEA":  "BOADICEA import pedigree file format 4.0\nFamID\tName\tTarget\tIndivID\tFathID\tMothID\tSex\tMZtwin\tDead\tAge\tYob\t1stBrCa\t2ndBrCa\tOvCa\tProCa\tPanCa\tAshkn\tBRCA1t\n",
	} {
		fs, _, _, err := Read([]byte(head+"F1\tAnn\t1\tp\t0\tm\tF\t0\t0\t45\t1980\t41\t0\t0\t0\t0\t0\t0\nF1\tNA\t0\tm\t0\t0\tF\t0\t1\t70\t0\t0\t0\tAU\t0\t0\t0\t0\n"), dictionary(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p, m := fs[0].People[0], fs[0].People[1]
		if p.Name != "Ann" || !p.Consultand || p.Mother != "m" || !slices.Equal(p.Findings, []Finding{{"breast_cancer", "41"}}) || m.Name != "" || !m.Dead || !slices.Equal(m.Findings, []Finding{{"ovarian_cancer", ""}}) {
			t.Errorf("%s: %+v %+v", name, p, m)
		}
	}
}

func TestMorePeopleThanAnybodyReadsAreRefusedWithASentence(t *testing.T) {
	var b strings.Builder
	for i := range mostPeople + 1 {
		fmt.Fprintf(&b, "1 p%d 0 0 1 1\n", i)
	}
	if _, _, err := ReadPED([]byte(b.String())); err == nil || !strings.Contains(err.Error(), "20001 people in one family; up to 20000 are read") {
		t.Error(err)
	}
}

// An age that a bundle leaves open stays open: it is not birth, and weeks are
// not years.
func TestFHIRAgesThatAreNotPlainYears(t *testing.T) {
	const bundle = `{"resourceType":"Bundle","entry":[
{"resource":{"resourceType":"Patient","id":"p","gender":"female"}},
{"resource":{"resourceType":"FamilyMemberHistory","id":"m","status":"completed","patient":{"reference":"Patient/p"},"relationship":{"coding":[{"code":"NMTH"}]},
 "condition":[{"code":{"coding":[{"system":"urn:kindred","code":"myocardial_infarction"}]},%s}]}}]}`
	for onset, want := range map[string]string{
		`"onsetAge":{"value":39,"code":"a"}`:                         "39",
		`"onsetAge":{"unit":"years","code":"a"}`:                     "",
		`"onsetAge":{"value":26,"code":"wk"}`:                        "0.5",
		`"onsetAge":{"value":18,"unit":"months"}`:                    "1.5",
		`"onsetAge":{"value":39,"code":"cm"}`:                        "",
		`"onsetAge":{"value":60,"comparator":"<","code":"a"}`:        "up to 60",
		`"onsetAge":{"value":60,"comparator":">=","code":"a"}`:       "at least 60",
		`"onsetRange":{"low":{"value":40,"code":"a"},"high":{}}`:     "at least 40",
		`"onsetRange":{"low":{"value":40},"high":{"value":49}}`:      "40–49",
		`"onsetString":"before the war"`:                             "",
		`"onsetAge":{"value":-3,"code":"a"},"onsetString":"unclear"`: "",
	} {
		text := strings.Replace(fmt.Sprintf(bundle, onset), "urn:kindred", fhirOwn, 1)
		f, ignored, err := ReadFHIR([]byte(text), dictionary(t))
		if err != nil {
			t.Errorf("%s: %v", onset, err)
			continue
		}
		got := f.People[1].Findings[0].Age
		weeks := got != "" && want == "0.5" && strings.HasPrefix(got, "0.49") // 182 days
		if got != want && !weeks {
			t.Errorf("%s is read as %q, want %q", onset, got, want)
		}
		if strings.Contains(onset, "onsetString") != (len(ignored) == 1) {
			t.Errorf("%s: said %q", onset, ignored)
		}
	}
}
