package consult

import (
	"strings"
	"testing"

	"kindred/rules"
	"kindred/rules/truth"
)

func TestWhatIsWorkedOutBesideAPanel(t *testing.T) {
	num := func(v float64) rules.Answer { return rules.Answer{Number: truth.Exactly(v)} }
	choice := func(v string) rules.Answer { return rules.Answer{Choice: v} }
	person := &rules.Person{Medications: []rules.Medication{{Drug: "rosuvastatin", DoseMG: 40, From: "2026-01-01"}}}
	for _, c := range []struct {
		story string
		facts map[string]rules.Answer
		day   rules.Date
		says  []string
		never []string
	}{
		{
			"no LDL reported: three equations by name",
			map[string]rules.Answer{"lipid.tc": num(8), "lipid.hdl": num(1.2), "lipid.tg": num(2)},
			"",
			[]string{"5.9 by Friedewald", "by Martin–Hopkins", "by Sampson–NIH 2", "decides nothing"},
			[]string{"without treatment"},
		},
		{
			"triglycerides where Friedewald is not valid",
			map[string]rules.Answer{"lipid.tc": num(8), "lipid.hdl": num(1.2), "lipid.tg": num(6)},
			"",
			[]string{"Not valid here: Friedewald (triglycerides above 4.5 mmol/L) and Martin–Hopkins (", "by Sampson–NIH 2"},
			[]string{"by Friedewald and", "disagree"},
		},
		{
			"no triglycerides",
			map[string]rules.Answer{"lipid.tc": num(8), "lipid.hdl": num(1.2)},
			"",
			[]string{"triglycerides are not known"},
			[]string{"by Friedewald"},
		},
		{"nothing to work with", map[string]rules.Answer{"lipid.tc": num(8)}, "", nil, []string{"LDL"}},
		{"a reported, untreated LDL", map[string]rules.Answer{"lipid.tc": num(8), "lipid.hdl": num(1.2), "lipid.tg": num(2), "lipid.ldl": num(5.8)}, "", nil, []string{"by Friedewald"}},
		{
			"on treatment: a range by table",
			map[string]rules.Answer{"lipid.ldl": num(3), "lipid.basis": choice("on_treatment"), "lipid.drug": choice("rosuvastatin"), "lipid.dose_mg": num(40)},
			"",
			[]string{"6.4 to 6.9 mmol/L, measured on rosuvastatin 40 mg", "NICE table", "decides nothing"},
			nil,
		},
		{
			"the medication of that day",
			map[string]rules.Answer{"lipid.ldl": num(3), "lipid.basis": choice("on_treatment")},
			"2026-06-01",
			[]string{"rosuvastatin 40 mg"},
			nil,
		},
		{
			"before the medication began",
			map[string]rules.Answer{"lipid.ldl": num(3), "lipid.basis": choice("on_treatment")},
			"2025-06-01",
			[]string{"which drug and what dose"},
			[]string{"rosuvastatin"},
		},
		{
			"a drug on which nothing is credible",
			map[string]rules.Answer{"lipid.ldl": num(1), "lipid.basis": choice("on_treatment"), "lipid.drug": choice("evolocumab"), "lipid.dose_mg": num(140)},
			"",
			[]string{"cannot be estimated"},
			[]string{"about"},
		},
		{
			"a dose nobody wrote",
			map[string]rules.Answer{"lipid.ldl": num(3), "lipid.basis": choice("on_treatment"), "lipid.drug": choice("atorvastatin")},
			"",
			[]string{"enter the daily dose of atorvastatin"},
			[]string{"about"},
		},
	} {
		got := strings.Join(WorkedOut(person, c.facts, c.day, "2026-11-02"), "\n")
		for _, want := range c.says {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is missing from\n%s", c.story, want, got)
			}
		}
		for _, unwanted := range c.never {
			if strings.Contains(got, unwanted) {
				t.Errorf("%s: %q should not stand in\n%s", c.story, unwanted, got)
			}
		}
		if testing.Verbose() {
			t.Logf("%s:\n%s", c.story, got)
		}
	}
}
