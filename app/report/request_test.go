package report

import (
	"strings"
	"testing"

	"kindred/rules"
)

func TestARequestCarriesWhatTheLaboratoryAsksFor(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	request := func(facts string) string {
		t.Helper()
		c, err := rules.ParseCase([]byte(`{"schema": "kindred.case/1", "date": "2026-11-23", "patient": "p", "people": [
			{"id": "p", "sex": "female", "age": 45, "facts": {"lipid.tc": 8.1, "lipid.ldl": 6.2, "lipid.basis": "untreated", `+facts+`}},
			{"id": "m", "relation": "mother", "conditions": [{"name": "myocardial_infarction", "age": 54}]}], "asked": {"heart": 2}}`), lib.Dictionary())
		if err != nil {
			t.Fatal(err)
		}
		book, err := lib.On(c.Date)
		if err != nil {
			t.Fatal(err)
		}
		advice, err := book.Assess(c)
		if err != nil {
			t.Fatal(err)
		}
		for i := range advice.Areas {
			if advice.Areas[i].Area == "fh" {
				return Request(&advice.Areas[i], rules.Files)
			}
		}
		t.Fatal("no advice about FH")
		return ""
	}
	for _, c := range []struct {
		story, facts string
		says, never  []string
	}{
		{
			"everything in place", `"lipid.two_measurements": "yes", "lipid.secondary_causes_excluded": "yes"`,
			[]string{"Request: R134.1", "Simon Broome possible", "6.2 mmol/L (Untreated)", "Mother: Heart attack below 60: 54 y", "[x] The Simon Broome class", "[x] Secondary causes excluded", "[ ] The day of each cholesterol result", "refer to the lipid clinic", "not pregnant"},
			[]string{"Still missing", "No request yet"},
		},
		{
			"secondary causes open", `"lipid.two_measurements": "yes"`,
			[]string{"No request yet", "Still missing", "secondary causes"},
			[]string{"Request: R134.1", "The Simon Broome class"},
		},
		{
			"a variant in the family", `"family.fh_variant": "yes"`,
			[]string{"Request: R242.1", "[ ] The variant as that report writes it"},
			[]string{"The Simon Broome class"},
		},
	} {
		text := request(c.facts)
		for _, want := range c.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing from\n%s", c.story, want, text)
			}
		}
		for _, unwanted := range c.never {
			if strings.Contains(text, unwanted) {
				t.Errorf("%s: %q should not stand in\n%s", c.story, unwanted, text)
			}
		}
	}
}
