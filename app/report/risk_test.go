package report

import (
	"strings"
	"testing"

	"kindred/app/sketch"
	"kindred/rules"
)

func TestRiskIsDrawnOnlyForAVariantFoundInAGeneThatWasObserved(t *testing.T) {
	tested := func(result, gene string) *rules.Case {
		return &rules.Case{Patient: "p", People: []rules.Person{
			{ID: "m", Facts: map[string]rules.Answer{"genetics.lynch": {Choice: "positive"}, "family.lynch_gene": {Choice: "MLH1"}}},
			{ID: "p", Facts: map[string]rules.Answer{"genetics.lynch": {Choice: result}, "family.lynch_gene": {Choice: gene}}},
		}}
	}
	for _, c := range []struct{ area, result, gene, want string }{
		{"lynch", "positive", "MSH2", "MSH2"},
		{"lynch", "positive", "PMS2", ""},
		{"lynch", "positive", "", ""},
		{"lynch", "negative", "MSH2", ""},
		{"lynch", "vus", "MSH2", ""},
		{"fh", "positive", "MSH2", ""},
	} {
		if got := RiskGene(c.area, tested(c.result, c.gene)); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	for sex, womb := range map[string]bool{"female": true, "male": false, "": false} {
		d, err := RiskPicture("MSH2", sex, 0)
		if err != nil {
			t.Fatal(err)
		}
		svg := string(d.SVG(sketch.Print))
		if strings.Contains(svg, ">Womb<") != womb || !strings.Contains(svg, "surveillance") || !strings.Contains(svg, "Source:") {
			t.Errorf("sex %q: the picture is not what it should be", sex)
		}
	}
	if _, err := RiskPicture("PMS2", "female", 0); err == nil {
		t.Error("PMS2 is drawn")
	}
}
