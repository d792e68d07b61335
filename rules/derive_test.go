package rules

import (
	"math"
	"testing"

	"kindred/rules/truth"
)

func ldl(v float64, basis string) map[string]Answer {
	f := map[string]Answer{"lipid.ldl": {Number: truth.Exactly(v), Bool: truth.Unknown}}
	if basis != "" {
		f["lipid.basis"] = Answer{Choice: basis, Number: truth.Any(), Bool: truth.Unknown}
	}
	return f
}

func with(f map[string]Answer, id string) map[string]Answer {
	f[id] = Answer{Bool: truth.Yes, Number: truth.Any()}
	return f
}

func TestTheUntreatedValueIsFoundAmongPanels(t *testing.T) {
	of := embedded(t).Dictionary().Fact("lipid.ldl")
	atLeast := func(v float64) truth.Span { return truth.Span{Lo: v, Hi: math.Inf(1)} }
	for _, tc := range []struct {
		story string
		p     Person
		want  truth.Span
		panel int
	}{
		{"an untreated value counts as it is", Person{Facts: ldl(6.2, "untreated")}, truth.Exactly(6.2), -1},
		{"on treatment it is at least what was measured", Person{Facts: ldl(4.2, "on_treatment")}, atLeast(4.2), -1},
		{"not knowing the treatment is like treatment", Person{Facts: ldl(4.2, "")}, atLeast(4.2), -1},
		{"a drug says that it was treated", Person{Facts: func() map[string]Answer {
			f := ldl(4.2, "")
			f["lipid.drug"] = Answer{Choice: "simvastatin", Number: truth.Any()}
			return f
		}()}, atLeast(4.2), -1},
		{"no drug says that it was not", Person{Facts: func() map[string]Answer {
			f := ldl(4.2, "")
			f["lipid.drug"] = Answer{Choice: "none", Number: truth.Any()}
			return f
		}()}, truth.Exactly(4.2), -1},
		{"an old untreated panel beats the treated one of today", Person{Facts: ldl(2.9, "on_treatment"), Panels: []Panel{
			{Date: "2015-01-01", Facts: ldl(5.8, "untreated")}, {Date: "2018-01-01", Facts: ldl(6.3, "untreated")},
		}}, truth.Exactly(6.3), 1},
		{"of two on one day the higher counts, in whichever order they stand", Person{Panels: []Panel{
			{Date: "2018-01-01", Facts: ldl(6.1, "untreated")}, {Date: "2018-01-01", Facts: ldl(4.1, "untreated")},
		}}, truth.Exactly(6.1), 0},
		{"of two on one day the higher counts, turned round", Person{Panels: []Panel{
			{Date: "2018-01-01", Facts: ldl(4.1, "untreated")}, {Date: "2018-01-01", Facts: ldl(6.1, "untreated")},
		}}, truth.Exactly(6.1), 1},
		{"without an untreated one the highest counts", Person{Facts: ldl(2.9, "on_treatment"), Panels: []Panel{
			{Date: "2015-01-01", Facts: ldl(4.4, "on_treatment")}, {Date: "2018-01-01", Facts: ldl(3.3, "on_treatment")},
		}}, atLeast(4.4), 0},
		{"a panel from pregnancy is not used", Person{Facts: ldl(2.9, "on_treatment"), Panels: []Panel{
			{Date: "2018-01-01", Facts: with(ldl(7, "untreated"), "pregnant")},
		}}, atLeast(2.9), -1},
		{"a medication that covers the day says that it was treated", Person{Panels: []Panel{{Date: "2020-05-01", Facts: ldl(3, "")}}, Medications: []Medication{
			{Drug: "atorvastatin", From: "2019-06-01", To: "2024-03-01"},
		}}, atLeast(3), 0},
	} {
		p := tc.p
		f := patientFacts{c: &Case{Date: "2026-11-23", People: []Person{p}}, patient: &p}
		got, ok := f.untreated(nil, of)
		if !ok || got.answer.Number != tc.want || got.panel != tc.panel {
			t.Errorf("%s: got %v of panel %d, wanted %v of panel %d", tc.story, got.answer.Number, got.panel, tc.want, tc.panel)
		}
	}
}

func TestACancerWithoutATumourHasTestsNobodyEntered(t *testing.T) {
	b := toys(t)
	stop := Tumour{Site: "colorectal", Age: truth.Exactly(50), Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown, Confirmed: truth.Unknown}
	bowel := func(age float64) Condition {
		return Condition{Name: "colorectal_cancer", Age: truth.Exactly(age), Confirmed: truth.Unknown, Present: truth.Yes}
	}
	for _, tc := range []struct {
		story string
		p     Person
		asked map[string]int
		want  int
	}{
		{"nobody asked, so there may be one", Person{}, nil, 1},
		{"asked and none", Person{}, map[string]int{"cancer": 0}, 0},
		{"listed without a tumour", Person{Conditions: []Condition{bowel(50)}}, nil, 1},
		{"listed and entered: the same", Person{Conditions: []Condition{bowel(50)}, Tumours: []Tumour{stop}}, nil, 1},
		{"a second cancer at another age", Person{Conditions: []Condition{bowel(50), bowel(60)}, Tumours: []Tumour{stop}}, nil, 2},
		{"said to be absent", Person{Conditions: []Condition{{Name: "colorectal_cancer", Age: truth.Any(), Present: truth.No, Confirmed: truth.Unknown}}}, nil, 0},
	} {
		tc.p.ID, tc.p.Age, tc.p.Alive = "p", truth.Any(), truth.Unknown
		w := b.work.New().(*bench)
		if err := b.prepare(w, &Case{Date: "2026-11-23", Patient: "p", People: []Person{tc.p}, Asked: tc.asked}, false); err != nil {
			t.Fatal(err)
		}
		for i, a := range b.areas {
			if got := len(w.states[i].tumours); a.src.id == "tumour" && got != tc.want {
				t.Errorf("%s: %d tumours, wanted %d", tc.story, got, tc.want)
			}
		}
	}
}

func TestAnOptionalScoreCanAddAYesButNeverHoldsAdviceUp(t *testing.T) {
	a := toys(t).Area("plain")
	in := a.Inputs()
	for _, f := range []string{"sign.a", "sign.b", "sign.c", "sign.d", "rel.attack", "own.attack", "known", "pregnant"} {
		must(t, in.SetYesNo(f, truth.No))
	}
	must(t, in.SetYesNo("excluded", truth.Yes))
	must(t, in.SetChoice("gene", "not_tested"))
	must(t, in.SetNumber("patient.age", truth.Exactly(40)))
	must(t, in.SetNumber("ldl", truth.Exactly(3)))
	must(t, in.SetNumber("hdl", truth.Exactly(3)))
	e, err := a.Evaluate(in)
	must(t, err)
	if e.Advice.Outcome != NotIndicated || len(e.Advice.Provided) != 0 {
		t.Errorf("without the tool: %s, provided %v", e.Advice.Outcome, e.Advice.Provided)
	}
	must(t, in.SetNumber("tool", truth.Exactly(6)))
	e, err = a.Evaluate(in)
	must(t, err)
	if e.Advice.Outcome != Test || e.Advice.Code != "X1.1" {
		t.Errorf("with the tool: %s %s", e.Advice.Outcome, e.Advice.Code)
	}
}

func TestWhatIsPresumedIsListedAndOnlyWhatTheOutcomeNeeds(t *testing.T) {
	a := toys(t).Area("plain")
	in := a.Inputs()
	must(t, in.SetYesNo("sign.a", truth.Yes))
	must(t, in.SetYesNo("excluded", truth.Yes))
	must(t, in.SetNumber("patient.age", truth.Exactly(40)))
	must(t, in.SetNumber("ldl", truth.Exactly(6)))
	e, err := a.Evaluate(in)
	must(t, err)
	got := e.Advice
	if got.Outcome != Test || len(got.Provided) != 3 {
		t.Errorf("outcome %s provided %v", got.Outcome, got.Provided)
	}
	must(t, in.SetYesNo("known", truth.Yes))
	e, err = a.Evaluate(in)
	must(t, err)
	if got := e.Advice; got.Outcome != Cascade || len(got.Provided) != 1 {
		t.Errorf("with a known variant only the gene test matters: %s provided %v", got.Outcome, got.Provided)
	}
	if e.Verdict("plain.definite") != truth.Yes {
		t.Error("verdicts do not depend on what is presumed")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
