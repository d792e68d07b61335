package cliniclist

import (
	"errors"
	"os"
	"strings"
	"testing"

	"kindred/app/sheet"
)

const clinicList = "../../testdata/clinic-list.xlsx"

func TestColumnsOfAGPExportAreRecognised(t *testing.T) {
	l := read(t, clinicList, Options{})
	if l.Sheet != "LDL" || l.Mapping.HeaderRow != 6 || l.Len() != 504 {
		t.Errorf("sheet %q, headings in row %d, %d rows", l.Sheet, l.Mapping.HeaderRow, l.Len())
	}
	got := uses(l)
	for _, want := range []string{
		"NHS Number → NHS number", "Surname → family name", "Forename → given name", "Date of Birth → date of birth", "Gender → fact  patient.sex",
		"Code Term → code term  lipid.ldl", "Code Term → code term  lipid.tc", "Code Term → code term  lipid.tg",
		"Highest total cholesterol ever (mmol/L) → fact  lipid.tc mmol/L", "Serum HDL cholesterol level → fact  lipid.hdl",
		"Tendon xanthomata → fact  sign.tendon_xanthoma", "Statin → fact  lipid.drug", "Last issue date → date", "Statin start date → treatment start",
		"Father MI age → relative father myocardial_infarction", "Secondary causes excluded → fact  lipid.secondary_causes_excluded", "Comment → ", "Usual GP → ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("not recognised: %s\n%s", want, got)
			return
		}
	}
}

func TestHeadingsInManyWords(t *testing.T) {
	v := newVocabulary(dictionary(t))
	for heading, want := range map[string]string{
		"LDL cholesterol (mmol/L)": "fact lipid.ldl mmol/L",
		"LDL Cholesterol [mg/dl]":  "fact lipid.ldl mg/dL",
		"Latest LDL-C":             "fact lipid.ldl ",
		"Serum low density lipoprotein cholesterol level (observable entity)": "fact lipid.ldl ",
		"CHOLESTEROL":                     "fact lipid.tc ",
		"Non-HDL cholesterol (mmol/L)":    "fact lipid.non_hdl mmol/L",
		"Trigs mmol/l":                    "fact lipid.tg mmol/L",
		"Lp(a) (mg/dL)":                   "fact lipid.lpa_mass mg/dL",
		"Lp(a) nmol/L":                    "fact lipid.lpa nmol/L",
		"lipid.ldl":                       "fact lipid.ldl ",
		"D.O.B.":                          "date of birth  ",
		"NHS No.":                         "NHS number  ",
		"LDL date":                        "date lipid.ldl ",
		"Date of LDL cholesterol":         "date lipid.ldl ",
		"LDL units":                       "unit lipid.ldl ",
		"Father's heart attack age":       "relative myocardial_infarction ",
		"Bowel cancer":                    "condition colorectal_cancer ",
		"Cholesterol/HDL ratio":           "",
		"Family history of heart disease": "",
		"Blood pressure":                  "",
		"C":                               "",
	} {
		found, unit := v.understand(heading)
		got := ""
		if len(found) > 0 {
			got = string(found[0].use) + " " + found[0].fact + " " + unit
		}
		if got != want {
			t.Errorf("%q means %q, want %q", heading, got, want)
		}
	}
}

// TestCodeTermsOfGPSystems holds the vocabulary to code lists nobody here wrote.
func TestCodeTermsOfGPSystems(t *testing.T) {
	v := newVocabulary(dictionary(t))
	for file, fact := range map[string]string{
		"ldl-cholesterol_1_ldl-cholesterol": "lipid.ldl", "hdl-cholesterol_1_hdl-cholesterol": "lipid.hdl",
		"cholesterol_2_cholesterol": "lipid.tc", "triglycerides_1_triglycerides": "lipid.tg",
	} {
		known, all := 0, 0
		for _, system := range []string{"snomed", "emis", "readv2", "ctv3"} {
			data, err := os.ReadFile(shared(t, "samples", "codes", file+"."+system+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				_, term, ok := strings.Cut(strings.TrimSpace(line), "\t")
				if !ok {
					continue
				}
				all++
				f := v.factOfTerm(term)
				if f != nil && f.ID == fact {
					known++
				} else if f != nil {
					t.Errorf("%s term %q is read as %s", file, term, f.ID)
				} else {
					t.Logf("%s term %q is not known", file, term)
				}
			}
		}
		if known*10 < all*6 {
			t.Errorf("%s: only %d of %d terms are known", file, known, all)
		}
	}
}

func TestListsThatCannotBeUsedAreRefusedInWords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		opt        Options
		want       error
		says       string
	}{
		{"no recognisable column", "foo,bar\n1,2\n", Options{}, ErrNoColumn, "the first row reads: foo | bar"},
		{"only who the patients are", "NHS number,Surname\n9990000018,X\n", Options{}, ErrNoColumn, "who the patients are"},
		{"headings but no rows", "NHS number,LDL\n", Options{}, ErrNoRows, "no rows under them"},
		{"empty", "", Options{}, sheet.ErrEmpty, "is empty"},
		{"a heading that is not there", "NHS number,LDL\n9990000018,5\n", Options{Map: map[string]string{"Chol": "lipid.tc"}}, nil, `no column headed "Chol"`},
		{"a fact that is not there", "NHS number,LDL\n9990000018,5\n", Options{Map: map[string]string{"LDL": "lipid.ldll"}}, nil, "did you mean lipid.ldl?"},
		{"a unit the fact cannot have", "NHS number,LDL\n9990000018,5\n", Options{Units: map[string]string{"lipid.ldl": "g/L"}}, nil, `cannot be given in "g/L"`},
		{"a unit nobody knows", "NHS number,LDL\n9990000018,5\n", Options{Units: map[string]string{"": "stone"}}, nil, `unit "stone" is not known`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(file(t, "list.csv", c.text), dictionary(t), c.opt)
			if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %v with %q", err, c.want, c.says)
			}
		})
	}
	if _, err := Read(clinicList, dictionary(t), Options{Sheet: "Lipids"}); !errors.Is(err, ErrNoSheet) || !strings.Contains(err.Error(), `"LDL"`) {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// TestAPersonsChoiceStands: what somebody set on the columns page is not
// decided again from the heading.
func TestAPersonsChoiceStands(t *testing.T) {
	l := read(t, file(t, "list.csv", "LDL,Statin,Note\n5.1,Atorvastatin 20mg,x\n4.2,none,y\n"), Options{})
	m := l.Mapping
	m.Columns = append([]Column(nil), m.Columns...)
	m.Columns[1].Fact = "lipid.basis"
	m.Columns[0].Unit = "mg/dL"
	m.Columns[2].Use, m.Columns[2].Fact = FactUse, "pregnant"
	if err := l.SetMapping(m); err != nil {
		t.Fatal(err)
	}
	if got := uses(l); !strings.Contains(got, "Statin → fact  lipid.basis") || !strings.Contains(got, "LDL → fact  lipid.ldl mg/dL") || !strings.Contains(got, "Note → fact  pregnant") {
		t.Error(got)
	}
	if r := l.Patient(1, dayOf(testDay)); len(r.Rejected) > 0 || r.Case.People[0].Facts["lipid.basis"].Choice != "untreated" {
		t.Errorf("%+v %v", r.Case.People[0].Facts, r.Rejected)
	}
	m.Columns[2].Fact = "no.such.fact"
	if err := l.SetMapping(m); err == nil {
		t.Error("a fact that is not there was taken")
	}
}

func TestHeadingThatMeansSomethingElseHereIsLeftAlone(t *testing.T) {
	rows := strings.Repeat("5.1,Main surgery,nurse,Leeds\n", 6)
	l := read(t, file(t, "list.csv", "LDL,Site,Fasting,Tumour site\n"+rows), Options{})
	if got := uses(l); strings.Contains(got, "Site → fact") || strings.Contains(got, "Fasting → fact") {
		t.Error(got)
	}
	if d := strings.Join(l.Decisions(), "\n"); !strings.Contains(d, "reads like Fasting, but 6 of its 6 cells do not: not used") {
		t.Errorf("decisions: %s", d)
	}
	if r := l.Patient(0, dayOf(testDay)); len(r.Warnings) > 0 || len(r.Rejected) > 0 {
		t.Errorf("%q %q", r.Warnings, r.Rejected)
	}
}

func TestChoicesAreTakenBackForTheNextListOfTheShape(t *testing.T) {
	first := read(t, file(t, "may.csv", "Pt,Chol lvl,LDL\nA,8.1,5.1\n"), Options{})
	m := first.Mapping
	m.Columns[1].Use, m.Columns[1].Fact, m.Columns[1].Unit = FactUse, "lipid.tc", "mmol/L"
	if err := first.SetMapping(m); err != nil {
		t.Fatal(err)
	}
	kept, err := first.Choices()
	if err != nil {
		t.Fatal(err)
	}
	next := read(t, file(t, "june.csv", "Pt,Chol lvl,LDL\nB,7.2,4.1\n"), Options{})
	if next.Shape() != first.Shape() {
		t.Error("the same headings have another shape")
	}
	if err := next.Restore(kept); err != nil {
		t.Fatal(err)
	}
	if got := next.Patient(0, dayOf(testDay)).Case.People[0].Facts["lipid.tc"].Number.Lo; got != 7.2 {
		t.Errorf("total cholesterol %v", got)
	}
	other := read(t, file(t, "other.csv", "Pt,LDL\nB,4.1\n"), Options{})
	before := uses(other)
	if err := other.Restore(kept); err == nil || uses(other) != before || other.Shape() == first.Shape() {
		t.Errorf("choices of another shape: %v", err)
	}
}

func TestFamilyHistoryWithoutAPersonIsPointedOutNotUsed(t *testing.T) {
	l := read(t, file(t, "list.csv", "LDL,FH: Ischaemic heart dis. <60,Father MI age\n6.1,Yes,\n"), Options{})
	if d := strings.Join(l.Decisions(), "\n"); !strings.Contains(d, "FH: Ischaemic heart dis. <60") || !strings.Contains(d, "not who") {
		t.Errorf("decisions: %q", d)
	}
	if r := l.Patient(0, dayOf(testDay)); len(r.Case.People) != 1 {
		t.Errorf("somebody was made up: %+v", r.Case.People)
	}
}
