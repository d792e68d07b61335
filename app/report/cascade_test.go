package report

import (
	"bytes"
	"os"
	"slices"
	"testing"

	"kindred/rules"
)

func TestTheLetterSaysWhomToOfferTheTest(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	c, err := rules.ParseCase([]byte(`{"schema": "kindred.case/1", "date": "2026-11-23", "patient": "p", "people": [
		{"id": "p", "sex": "female", "age": 41, "facts": {"genetics.fh": "positive", "lipid.tc": 8.4, "lipid.ldl": 6.3, "lipid.basis": "untreated"}},
		{"id": "m", "relation": "mother", "facts": {"genetics.fh": "negative"}}, {"id": "f", "relation": "father", "alive": false},
		{"id": "b", "relation": "brother", "facts": {"cascade.fh": "offered"}}, {"id": "u", "relation": "paternal uncle"},
		{"id": "a", "relation": "maternal aunt"}, {"id": "d", "relation": "daughter", "age": 6}, {"id": "k", "relation": "paternal cousin"}]}`), lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On(c.Date)
	if err != nil {
		t.Fatal(err)
	}
	adv, err := book.Assess(c)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(adv.Areas, func(a rules.AreaAdvice) bool { return a.Cascade != nil })
	if i < 0 {
		t.Fatal("nobody to offer the test to")
	}
	want := []string{
		"Chance 1 in 2: brother (offered), daughter, paternal uncle", "Chance 1 in 4: paternal cousin", "Not expected to carry it: maternal aunt",
		"Died without a test: father", "Tested: mother: no variant",
	}
	if got := offerLines(adv.Areas[i].Cascade); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	patient, _ := miriam()
	page, err := Letter(patient, adv, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(page, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("the letter has %d pages, want 1", n)
	}
	if out := os.Getenv("KINDRED_LETTER"); out != "" {
		if err := os.WriteFile(out, page, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
