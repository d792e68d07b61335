package cliniclist

import (
	"strings"
	"testing"

	"kindred/rules"
	"kindred/rules/truth"
)

// mg is v mg/dL in mmol/L by the factor that the dictionary gives.
func mg(v, perMmol float64) truth.Span { return truth.Exactly(v * (1 / perMmol)) }

// rowOf reads a list of one row.
func rowOf(t *testing.T, headings, row string, opt Options) *Row {
	t.Helper()
	return read(t, file(t, "clinic-list.csv", headings+"\n"+row+"\n"), opt).Patient(0, dayOf(testDay))
}

func TestRowsThatCannotBeRightAreRejectedWithASentence(t *testing.T) {
	for _, c := range []struct{ headings, row, says string }{
		{"LDL cholesterol,Age", "49,50", "LDL cholesterol 49 mmol/L is outside what is possible (0.1–30); is it mg/dL?"},
		{"LDL cholesterol (mg/dL),Age", "4900,50", "LDL cholesterol 4900 mg/dL is outside what is possible (0.1–30 mmol/L)"},
		{"LDL cholesterol,Age", "174 mg/l,50", `LDL cholesterol is given in "mg/l", which is not a unit it can have (mmol/L or mg/dL)`},
		{"LDL,Date of birth", "5,26/03/2027", "the date of birth lies in the future"},
		{"LDL,Date of birth", "5,26/03/1850", "the date of birth makes the patient 176 years old"},
		{"LDL,Date of birth", "5,31/02/1980", "the date of birth is no day of the calendar"},
		{"LDL,NHS number", "5,999 000 0019", "the NHS number fails its check digit"},
		{"LDL,NHS number", "5,99900000", "the NHS number has 8 digits, not 10"},
		{"LDL,Sex,Endometrial cancer", "5,M,yes", "recorded in a person recorded as male"},
		{"Age,LDL", "-3,5", "Age -3 y is outside what is possible (0–120)"},
	} {
		r := rowOf(t, c.headings, c.row, Options{})
		if got := strings.Join(r.Rejected, "; "); !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", c.row, got, c.says)
		}
	}
}

func TestRowsThatAreOddAreKeptWithAWarning(t *testing.T) {
	for _, c := range []struct{ headings, row, says string }{
		{"LDL", "25", "LDL cholesterol 25 mmol/L is unusual (expected 1–20): kept, please check"},
		{"LDL", "see letter", `LDL cholesterol reads "see letter", which is no number: left as not known`},
		{"LDL,Date of birth,Age", "5,01/02/1980,30", "the age 30 does not fit the date of birth (46)"},
		{"LDL (mmol/L),LDL (mg/dL)", "5,300", "which are not the same"},
		{"LDL,LDL date", "5,01/02/2030", "lies in the future: left out"},
		{"LDL,Pregnant", "5,perhaps", "neither yes nor no"},
		{"Total cholesterol,LDL", "5.0,13.5", "LDL cholesterol 13.5 mmol/L is above the total cholesterol of 5.0 mmol/L it is a part of: check both"},
		{"Cholesterol (mg/dL),LDL", "200,6.0", "LDL cholesterol 6.0 mmol/L is above the total cholesterol of 200 mg/dL it is a part of"},
		{"LDL,Statin", "5,Warfarin 3mg", ""},
	} {
		r := rowOf(t, c.headings, c.row, Options{})
		if got := strings.Join(r.Warnings, "; "); !strings.Contains(got, c.says) || len(r.Rejected) > 0 {
			t.Errorf("%s: %q %q, want %q", c.row, got, r.Rejected, c.says)
		}
	}
}

// TestWhatARowSaysAboutThePatient: every way a list has of saying a thing ends
// in the same case.
func TestWhatARowSaysAboutThePatient(t *testing.T) {
	number := func(id string, want truth.Span) func(*Row) string {
		return func(r *Row) string {
			if got := r.Case.People[0].Facts[id].Number; got != want {
				return id + " is " + got.String() + ", want " + want.String()
			}
			return ""
		}
	}
	choice := func(id, want string) func(*Row) string {
		return func(r *Row) string {
			if got := r.Case.People[0].Facts[id].Choice; got != want {
				return id + " is " + got + ", want " + want
			}
			return ""
		}
	}
	yes := func(id string, want truth.K) func(*Row) string {
		return func(r *Row) string {
			if got := r.Case.People[0].Facts[id].Bool; got != want {
				return id + " is " + got.String()
			}
			return ""
		}
	}
	for _, c := range []struct {
		headings, row string
		want          []func(*Row) string
	}{
		{"LDL cholesterol (mg/dL),TG (mg/dL)", "173,147", []func(*Row) string{number("lipid.ldl", mg(173, 38.67)), number("lipid.tg", mg(147, 88.57))}},
		{"LDL (mg/dL),LDL (mmol/L)", "173,4.474", []func(*Row) string{number("lipid.ldl", truth.Exactly(4.474))}},
		{"LDL (mg/dL),LDL (mmol/L)", "173,", []func(*Row) string{number("lipid.ldl", mg(173, 38.67))}},
		{"Code Term,Value,Unit,Date", "Serum LDL cholesterol level,190,mg/dL,01/02/2024", []func(*Row) string{number("lipid.ldl", mg(190, 38.67))}},
		{"Code,Value,Age", "44P6.00,5.1,40", []func(*Row) string{number("lipid.ldl", truth.Exactly(5.1))}},
		{"TG", "<0.5", []func(*Row) string{number("lipid.tg", truth.Below(0.5))}},
		{"Latest LDL,Highest LDL ever", "3.1,7.2", []func(*Row) string{number("lipid.ldl", truth.Exactly(7.2))}},
		{"Latest LDL,Untreated LDL", "3.1,6.6", []func(*Row) string{number("lipid.ldl", truth.Exactly(6.6)), choice("lipid.basis", "untreated")}},
		{"LDL,Statin", "5.0,Atorvastatin 80mg tablets", []func(*Row) string{choice("lipid.drug", "atorvastatin"), choice("lipid.basis", "on_treatment"), number("lipid.dose_mg", truth.Exactly(80))}},
		{"LDL,Statin", "5.0,none", []func(*Row) string{choice("lipid.drug", "none"), choice("lipid.basis", "untreated")}},
		{"LDL,Statin", "5.0,", []func(*Row) string{choice("lipid.drug", ""), choice("lipid.basis", "")}}, // missing is never normal
		{"LDL,Statin", "5.0,Yes", []func(*Row) string{choice("lipid.basis", "on_treatment")}},
		{"LDL,LDL date,Statin,Statin start date", "5.0,01/02/2020,Simvastatin 40mg,01/03/2021", []func(*Row) string{choice("lipid.basis", "untreated"), choice("lipid.drug", "")}},
		{"Untreated LDL,Latest TC", "4.1,6.0", []func(*Row) string{choice("lipid.basis", "untreated"), number("lipid.tc", truth.Span{})}}, // the TC may be on treatment
		{"LDL,Statin", "5.0,Inegy 10mg/40mg tablets", []func(*Row) string{choice("lipid.drug", "ezetimibe/simvastatin"), number("lipid.dose_mg", truth.Exactly(40))}},
		{"LDL,Tendon xanthoma", "5.0,12/03/2019", []func(*Row) string{yes("sign.tendon_xanthoma", truth.Yes)}},
		{"LDL,Tendon xanthoma,Pregnant", "5.0,N,Unknown", []func(*Row) string{yes("sign.tendon_xanthoma", truth.No), yes("pregnant", truth.Never)}},
	} {
		r := rowOf(t, c.headings, c.row, Options{})
		if len(r.Rejected) > 0 {
			t.Errorf("%s / %s is rejected: %s", c.headings, c.row, r.Rejected)
		}
		for _, check := range c.want {
			if wrong := check(r); wrong != "" {
				t.Errorf("%s / %s: %s (warnings %q)", c.headings, c.row, wrong, r.Warnings)
			}
		}
	}
}

func TestWhoThePatientIs(t *testing.T) {
	r := rowOf(t, "NHS no,Patient name,DOB,Sex,LDL,Father MI age,Bowel cancer age", `9990000018,"SMITH, Jane",03/04/1970,F,5,54,48`, Options{})
	want := Who{Family: "SMITH", Given: "Jane", Born: "1970-04-03", Sex: "female", NHSNumber: "9990000018"}
	if r.Who != want {
		t.Errorf("got %+v", r.Who)
	}
	p := r.Case.People
	if len(p) != 2 || p[0].Age != truth.Exactly(56) || p[0].Conditions[0].Name != "colorectal_cancer" || p[0].Conditions[0].Age != truth.Exactly(48) ||
		p[1].Relation != "father" || p[1].Conditions[0].Name != "myocardial_infarction" || p[1].Conditions[0].Age != truth.Exactly(54) {
		t.Errorf("people %+v", p)
	}
	for _, person := range p {
		if person.ID == want.NHSNumber || strings.Contains(person.ID, "SMITH") {
			t.Error("the case says who the patient is")
		}
	}
}

func TestColumnWithoutUnitThatLooksLikeMgIsAskedAboutNotGuessed(t *testing.T) {
	path := file(t, "us.csv", "Age,Triglycerides\n50,147\n51,90\n52,120\n53,201\n")
	l := read(t, path, Options{})
	if d := strings.Join(l.Decisions(), "\n"); !strings.Contains(d, "look like mg/dL") {
		t.Errorf("decisions: %q", d)
	}
	if r := l.Patient(0, dayOf(testDay)); len(r.Rejected) == 0 {
		t.Errorf("147 was used as mmol/L: %+v", r.Case.People[0].Facts)
	}
	l = read(t, path, Options{Units: map[string]string{"": "mg/dL"}})
	if r := l.Patient(0, dayOf(testDay)); len(r.Rejected) > 0 || r.Case.People[0].Facts["lipid.tg"].Number != mg(147, 88.57) {
		t.Errorf("with --units: %+v %v", r.Case.People[0].Facts, r.Rejected)
	}
}

func TestAmericanDatesAreReadByTheWholeColumn(t *testing.T) {
	l := read(t, file(t, "us.csv", "DOB,LDL\n03/04/1980,5\n04/28/1981,5\n"), Options{})
	if got := l.Patient(0, dayOf(testDay)).Who.Born; got != rules.Date("1980-03-04") {
		t.Errorf("born %s", got)
	}
	l = read(t, file(t, "both.csv", "DOB,LDL\n03/04/1980,5\n04/28/1981,5\n28/04/1981,5\n"), Options{})
	if r := l.Patient(0, dayOf(testDay)); len(r.Rejected) == 0 || !strings.Contains(r.Rejected[0], "can be read two ways") {
		t.Errorf("rejected %q, born %s", r.Rejected, r.Who.Born)
	}
	if r := l.Patient(2, dayOf(testDay)); r.Who.Born != "1981-04-28" {
		t.Errorf("the certain date was refused: %v", r.Rejected)
	}
}

// TestOneRowAResult: GP systems also export one row a result, with the patient
// in the first row only. Nobody is made of the rows below.
func TestOneRowAResult(t *testing.T) {
	l := read(t, file(t, "events.csv", `NHS number,Surname,Date of birth,Sex,Code term,Value,Unit,Date
9990000018,Smith,03/04/1970,F,Serum LDL cholesterol level,3.1,mmol/L,13/02/2025
,,,,Serum LDL cholesterol level,6.8,mmol/L,13/02/2019
,,,,Serum triglycerides level,1.4,mmol/L,13/02/2019
,,,,Serum triglycerides level,1.1,mmol/L,13/02/2025
,,,,Body mass index,31,kg/m2,13/02/2025
9990000026,Jones,28/04/1980,M,Serum LDL cholesterol level,4.0,mmol/L,01/06/2024
9990000026,Jones,28/04/1980,M,Serum total cholesterol level,6.2,mmol/L,01/06/2024
9990000034,Brown,28/04/1981,M,Serum LDL cholesterol level,49,mmol/L,01/06/2024
,,,,Serum total cholesterol level,6.2,mmol/L,01/06/2024
`), Options{})
	if len(l.Notes) == 0 || !strings.Contains(l.Notes[0], "9 rows of 3 patients") {
		t.Errorf("notes %q", l.Notes)
	}
	r := l.Patient(2, dayOf(testDay)) // any of her rows is all of her
	facts := r.Case.People[0].Facts
	if r.Who.Family != "Smith" || facts["lipid.ldl"].Number != truth.Exactly(6.8) || facts["lipid.ldl"].When != "2019-02-13" || facts["lipid.tg"].Number != truth.Exactly(1.1) {
		t.Errorf("%+v %+v", r.Who, facts)
	}
	res := run(t, l)
	for i, want := range []string{"", "", "", "", "", "", "", "LDL", "LDL"} {
		if got := res.Rejected(i); strings.HasPrefix(got, "LDL") != (want == "LDL") {
			t.Errorf("row %d: rejected %q", i+2, got)
		}
	}
	if a := res.Advice(4); a == nil || a[0].Outcome != rules.Test || !l.Continues(4) || l.Continues(5) || res.Note(4) != "read together with row 2" {
		t.Errorf("the fifth row: %+v %q", a, res.Note(4))
	}
}

// TestTumourBoardList: a list of a cancer meeting, in the words of laboratories.
func TestTumourBoardList(t *testing.T) {
	r := rowOf(t, "Surname,Tumour site,Age at diagnosis,MLH1,PMS2,MSH2,MSH6,MSI,BRAF V600E,MLH1 methylation",
		"Smith,Bowel,54,Loss of expression,Lost,Retained,intact,MSI-H,WT,Unmethylated", Options{})
	want := rules.Tumour{
		Site: "colorectal", Age: truth.Exactly(54), MLH1: "lost", PMS2: "lost", MSH2: "intact", MSH6: "intact", MSI: "msi_h", BRAF: "wild_type", Methylation: "not_detected",
		Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown, Confirmed: truth.Unknown,
	}
	if len(r.Case.People[0].Tumours) != 1 || r.Case.People[0].Tumours[0] != want || len(r.Warnings) > 0 {
		t.Errorf("%+v %q", r.Case.People[0].Tumours, r.Warnings)
	}
}
