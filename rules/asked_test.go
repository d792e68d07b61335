package rules

import (
	"strings"
	"testing"
)

func TestFamilyQuestionsReadAsSentences(t *testing.T) {
	lib, err := Load(Files)
	if err != nil {
		t.Fatal(err)
	}
	b, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"rel.mi_first_degree":   "Heart attack (myocardial infarction) in a first-degree relative; below 60",
		"own.chd_premature":     "Coronary heart disease in the patient; below 55 in men or 60 in women",
		"rel.tc_raised_sibling": "Total cholesterol over 7.5 mmol/L in a first-degree relative; only in a sibling or child",
		"rel.amsterdam2_family": "Anything on the list amsterdam2; in at least 3 people; one of them a first-degree relative of 2 of the others; over 2 successive generations; at least one below 50; a no is firm once asked up to second degree",
	}
	for _, area := range b.Areas() {
		for _, f := range area.Family {
			if text, ok := want[f.ID]; ok {
				if f.Text != text {
					t.Errorf("%s reads %q, want %q", f.ID, f.Text, text)
				}
				delete(want, f.ID)
			}
			if f.Text == "" || strings.ContainsAny(f.Text, "{}[]_<>") {
				t.Errorf("%s reads %q, which is notation", f.ID, f.Text)
			}
		}
	}
	for id := range want {
		t.Errorf("no question %s", id)
	}
}
