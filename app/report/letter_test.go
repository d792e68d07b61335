package report

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"kindred/rules"
)

// miriam is the invented patient of the pictures, with an advice as the rules
// would give it: one area settled, one not.
func miriam() (Patient, *rules.Advice) {
	patient := Patient{Family: "Hargreaves", Given: "Miriam", Title: "Mrs", Born: "1985-03-14", Sex: "female", NHSNumber: "9990000131"}
	fh := rules.AreaAdvice{
		Area: "fh", Title: "Familial hypercholesterolaemia", Outcome: rules.Test, Code: "R134.1",
		Edition: "2026-11", Fingerprint: "8c1f0a77e2b94d5512", Status: "transcribed",
		Headline: "FH genetic test indicated",
		Action:   "Offer the FH genetic test (R134.1); refer to the lipid clinic.",
		Criteria: []rules.CriterionVerdict{
			{
				ID: "fh.simon_broome.definite", Text: "Simon Broome, definite familial hypercholesterolaemia", Verdict: "unknown", Source: "NICE CG71, appendix F",
				For:     []rules.Reason{{Who: "Patient", Clause: "Total cholesterol above 7.5 mmol/L", Value: "8.4 mmol/L", Basis: "Untreated", When: "2026-11-02"}},
				Unknown: []rules.Reason{{Who: "Patient", Clause: "Tendon xanthomata", Value: "Not known"}, {Who: "First-degree relatives", Clause: "Tendon xanthomata", Value: "Not known"}},
			},
			{
				ID: "fh.simon_broome.possible", Text: "Simon Broome, possible familial hypercholesterolaemia", Verdict: "yes", Source: "NICE CG71, appendix F",
				For: []rules.Reason{
					{Who: "Patient", Clause: "LDL cholesterol above 4.9 mmol/L", Value: "6.3 mmol/L", Basis: "Untreated", When: "2026-11-02"},
					{Who: "Father", Clause: "heart attack below 60", Value: "54 y", Basis: "From patient"},
				},
			},
			{
				ID: "fh.hofh", Text: "Homozygous FH suspected", Verdict: "no", Source: "NICE CG71, 1.1.8",
				Against: []rules.Reason{{Who: "Patient", Clause: "LDL cholesterol above 13 mmol/L", Value: "6.3 mmol/L"}},
			},
		},
		Scores:   []rules.ScoreResult{{ID: "fh.dlcn", Title: "Dutch Lipid Clinic Network score", Min: 4, Max: 11, Bands: []string{"possible", "probable", "definite"}, Applies: "yes"}},
		Provided: []string{"no FH variant known in the family (not asked)"},
		Possible: []rules.Outcome{rules.Test},
		Next:     []rules.Question{{Fact: "sign.tendon_xanthoma", Question: "Are there tendon xanthomata?", Cost: 2}},
	}
	lynch := rules.AreaAdvice{
		Area: "lynch", Title: "Lynch syndrome", Outcome: rules.NotIndicated, Code: "R210", Edition: "2026-11", Status: "transcribed",
		Headline: "Lynch genetic test not indicated", Action: "No test; take the family history again when a relative falls ill.",
		Criteria: []rules.CriterionVerdict{{ID: "lynch.amsterdam2", Text: "Amsterdam II", Verdict: "no", Source: "Vasen 1999", Against: []rules.Reason{{Clause: "Relatives with a Lynch-related cancer, three needed", Value: "1"}}}},
	}
	return patient, &rules.Advice{Schema: "kindred.advice/1", Date: "2026-11-23", Areas: []rules.AreaAdvice{lynch, fh}}
}

func TestLetterIsOnePageAndTheSameTwice(t *testing.T) {
	patient, adv := miriam()
	opts := Options{Practice: "Riverside Surgery", Recipient: "Lipid clinic\nSt Example's Hospital", Author: "Dr A. Okafor"}
	first, err := Letter(patient, adv, opts)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Letter(patient, adv, opts)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("the same input gave two different files")
	}
	if n := bytes.Count(first, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("the letter has %d pages, want 1", n)
	}
	if out := os.Getenv("KINDRED_LETTER"); out != "" {
		if err := os.WriteFile(out, first, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A family with everything open must still fit on the page, and say that it
// was shortened rather than let the foot run over the text.
func TestLongestLetterStillFits(t *testing.T) {
	patient, adv := miriam()
	for i := range adv.Areas {
		a := &adv.Areas[i]
		for n := range 14 {
			c := rules.CriterionVerdict{ID: fmt.Sprint("x", n), Name: fmt.Sprint("Guideline criterion number ", n), Text: strings.Repeat("a long criterion ", 6), Verdict: []string{"yes", "no", "unknown"}[n%3], Source: "A guideline, section 1"}
			for range 9 {
				r := rules.Reason{Who: "Maternal aunt", Clause: "colorectal cancer below 50", Value: "Not known"}
				c.For, c.Unknown = append(c.For, r), append(c.Unknown, r)
			}
			a.Criteria = append(a.Criteria, c)
			a.Next = append(a.Next, rules.Question{Question: strings.Repeat("Was the cancer confirmed? ", 3), Cost: 10})
		}
	}
	page, err := Letter(patient, adv, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(page, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("the letter has %d pages, want 1", n)
	}
	shortest := letter{page: newPage("", ""), patient: patient, adv: adv, plan: plan{details[len(details)-1], details[len(details)-1]}}
	shortest.draw()
	if shortest.y > pageHeight-footHeight {
		t.Errorf("even the shortest letter ends at %.0f mm, the foot starts at %.0f mm", shortest.y, pageHeight-footHeight)
	}
}

// What follows a result is told with its source, and outlasts the criteria.
func TestALetterAfterAResultStillFits(t *testing.T) {
	patient, adv := miriam()
	lead := &adv.Areas[0]
	lead.Outcome = rules.AlreadyTested
	for range 18 {
		lead.Notes = append(lead.Notes, rules.Note{Part: "after_result", Text: strings.Repeat("Colonoscopy every 2 years from 25 to 75, as guidance says. ", 4), Source: "BSG 2019"})
	}
	page, err := Letter(patient, adv, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(page, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("the letter has %d pages, want 1", n)
	}
	if out := os.Getenv("KINDRED_LETTER_AFTER"); out != "" {
		if err := os.WriteFile(out, page, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWordsOfTheLetter(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{longDate("2008-09-09"), "9 September 2008"},
		{longDate(""), "not known"},
		{longDate("1974"), "1974"},
		{scoreText(rules.ScoreResult{Min: 7, Max: 7, Band: "probable"}), "7 (probable)"},
		{scoreText(rules.ScoreResult{Min: 3, Max: 11, Bands: []string{"possible", "probable", "definite"}}), "at least 3, up to 11 (possible to definite)"},
		{outcomeWord(rules.AreaAdvice{Outcome: rules.Refer, Urgent: true}), "Urgent: specialist"},
		{verdictWords("no"), "Does not meet"},
		{verdictWords("unknown"), "Not known"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestLetterWithoutAdviceIsRefused(t *testing.T) {
	if _, err := Letter(Patient{}, &rules.Advice{}, Options{}); err == nil {
		t.Error("a letter about nothing was written")
	}
}

func TestReasonSaysWhoWhatAndFromWhere(t *testing.T) {
	clause, value, basis := reasonParts(rules.Reason{Who: "Father", Clause: "heart attack below 60", Value: "54 y", Basis: "From patient", When: "2026-11-02"})
	if clause != "Father: heart attack below 60" || value != "54 y" || basis != "(from patient, 2 November 2026)" {
		t.Errorf("got %q, %q, %q", clause, value, basis)
	}
	if _, value, _ := reasonParts(rules.Reason{Clause: "Tendon xanthomata", Value: "Not known"}); value != "not known" {
		t.Errorf("a value that is not known reads %q", value)
	}
}

// An emoji in a name or an address must not keep anybody from printing.
func TestALetterHoldsAnyCharacter(t *testing.T) {
	patient, adv := miriam()
	patient.Given, adv.Areas[0].Action = "Miriam \U0001F469\x01", "Offer \U00020BB7 \xff\ufffe\u202e"
	pdf, err := Letter(patient, adv, Options{Practice: "Riverside \U0001F3E5", Recipient: "\U0001F3E5\U0001F3E5", Author: "Dr \U0001F600"})
	if err != nil || len(pdf) == 0 {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
}
