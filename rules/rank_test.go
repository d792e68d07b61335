package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestTheFirstQuestionIsTheOneAClinicianWouldAsk holds the ranking against the
// situations of the prototype's report, in FH and in the tumour pathway.
func TestTheFirstQuestionIsTheOneAClinicianWouldAsk(t *testing.T) {
	lib := embedded(t)
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	const lipids = `"lipid.tc":8.1,"lipid.ldl":6.2,"lipid.basis":"untreated"`
	const father = `{"id":"f","relation":"father","conditions":[{"name":"myocardial_infarction","age":50}]}`
	for _, tc := range []struct{ story, area, patient, people, asked, first string }{
		{"only the age is known", "fh", `"age":45`, "", "", "lipid.ldl"},
		{"raised lipids", "fh", `"age":45,"facts":{` + lipids + `}`, "", "", "asked.heart"},
		{"and no heart disease in the family", "fh", `"age":45,"facts":{` + lipids + `}`, "", `"heart":2`, "sign.tendon_xanthoma"},
		{"and no signs", "fh", `"age":45,"facts":{` + lipids + `,"sign.tendon_xanthoma":"no","sign.arcus_before_45":"no"}`, "", `"heart":2`, "asked.cholesterol"},
		{"Simon Broome met", "fh", `"age":45,"facts":{` + lipids + `}`, father, `"heart":2`, "lipid.secondary_causes_excluded"},
		{"LDL 4.5 and the father's infarct", "fh", `"age":45,"facts":{"lipid.tc":6.8,"lipid.ldl":4.5,"lipid.basis":"untreated"}`, father, `"heart":2`, "sign.tendon_xanthoma"},
		{"LDL 4.2 on treatment", "fh", `"age":45,"facts":{"lipid.ldl":4.2,"lipid.basis":"on_treatment"}`, "", "", "lipid.ldl"},
		{"a child", "fh", `"age":10,"facts":{` + lipids + `}`, "", "", "asked.heart"},
		{"the age is not known and decides", "fh", `"facts":{"lipid.tc":7.0,"lipid.ldl":4.5,"lipid.basis":"untreated"}`, father, `"heart":2`, "patient.age"},
		{"the father's age is not known", "fh", `"age":45,"facts":{` + lipids + `}`, `{"id":"f","relation":"father","conditions":[{"name":"myocardial_infarction"}]}`, `"heart":2`, "myocardial_infarction.age"},
		{"a bowel cancer without any test", "lynch", `"age":50,"conditions":[{"name":"colorectal_cancer","age":48}]`, "", `"cancer":3`, "tumour.mlh1"},
		{"MLH1 and PMS2 lost: BRAF before methylation", "lynch", `"age":50,"tumours":[{"site":"colorectal","age":48,"mlh1":"lost","pms2":"lost","msh2":"intact","msh6":"intact"}]`, "", `"cancer":3`, "tumour.braf_v600e"},
		{"nothing known of the family", "lynch", `"age":50`, "", "", "asked.cancer"},
	} {
		people := `{"id":"p","sex":"female",` + tc.patient + `}`
		if tc.people != "" {
			people += "," + tc.people
		}
		c, err := ParseCase([]byte(fmt.Sprintf(`{"date":"2026-11-23","patient":"p","people":[%s],"asked":{%s}}`, people, tc.asked)), lib.Dictionary())
		if err != nil {
			t.Fatalf("%s: %v", tc.story, err)
		}
		var first string
		for range 2 {
			adv, err := book.Assess(c)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range adv.Areas {
				if a.Area != tc.area {
					continue
				}
				if len(a.Next) == 0 || a.Next[0].Fact != tc.first {
					t.Errorf("%s: %s asks %v first, wanted %s", tc.story, a.Outcome, a.Next, tc.first)
				}
				now, err := json.Marshal(a.Next)
				if err != nil {
					t.Fatal(err)
				}
				if first != "" && first != string(now) {
					t.Errorf("%s: the same case gave another order", tc.story)
				}
				first = string(now)
			}
		}
	}
}

func TestTheCardSaysWhatAnAnswerWouldDo(t *testing.T) {
	lib := embedded(t)
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseCase([]byte(`{"date":"2026-11-23","patient":"p","people":[{"id":"p","sex":"female","age":41,"facts":{
		"lipid.tc":8.4,"lipid.ldl":6.3,"lipid.basis":"untreated","lipid.secondary_causes_excluded":"yes","lipid.two_measurements":"yes"}},
		{"id":"f","relation":"father","conditions":[{"name":"myocardial_infarction"}]}],"asked":{"heart":2}}`), lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	adv, err := book.Assess(c)
	if err != nil {
		t.Fatal(err)
	}
	q := adv.Areas[0].Next[0]
	if q.Question != "How old was her father at his heart attack?" || q.Person != "f" || q.Cost != 1 {
		t.Errorf("the question is %+v", q)
	}
	said := ""
	for _, e := range q.Effects {
		said += e.Answer + ": " + e.Text + " (" + string(e.Outcome) + "); "
	}
	if !strings.Contains(said, "under 60: meets Simon Broome possible (test)") || !strings.Contains(said, "60 or over: stays open; next: tendon xanthoma") {
		t.Errorf("effects are %s", said)
	}
	if len(q.CouldBecome) != 1 || q.CouldBecome[0] != Test {
		t.Errorf("could become %v", q.CouldBecome)
	}
	presumed := map[string]Outcome{"genetics.fh": AlreadyTested, "family.fh_variant": Cascade}
	for _, q := range adv.Areas[0].Next {
		if want, ok := presumed[q.Fact]; ok && !slices.Contains(q.CouldBecome, want) {
			t.Errorf("what was presumed could turn out otherwise: %s gives %v, not %s", q.Fact, q.CouldBecome, want)
		}
	}
}
