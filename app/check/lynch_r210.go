package check

import (
	"fmt"
	"strings"

	"kindred/rules"
	"kindred/rules/truth"
)

// r210Words names, in the case files' words, the criterion of the area that
// stands behind each answer. The first that holds is the answer; the order is
// the one of the area's advice.
var r210Words = []struct {
	criterion, token string
	unaffected       bool // a route of people without a cancer that counts
}{
	{"lynch.known.diagnostic", "DIAGNOSTIC_KNOWN_VARIANT", false},
	{"lynch.known.child", "DEFER_TO_ADULT", false},
	{"lynch.known.through_relative", "REFER_GENETICS_PREDICTIVE", false},
	{"lynch.known.predictive", "PREDICTIVE_TEST", false},
	{"lynch.known.uncertain", "NO_PREDICTIVE_TEST", false},
	{"lynch.r210.germline_now", "ELIGIBLE_GERMLINE", false},
	{"lynch.no_sample_deficient", "NOT_ELIGIBLE", false},
	{"lynch.tumour_ended", "NOT_ELIGIBLE_GERMLINE", false},
	{"lynch.r210.tumour_first", "TUMOUR_TEST_ELIGIBLE", false},
	{"lynch.affected", "NOT_ELIGIBLE", false},
	{"lynch.relative_first", "TEST_LIVING_AFFECTED_RELATIVE_FIRST", true},
	{"lynch.r210.unaffected", "ELIGIBLE_GERMLINE_UNAFFECTED", true},
	{"lynch.r210.relative_tumour", "TUMOUR_TEST_FIRST", true},
}

// r210 answers who may have which test by the Test Directory.
func (l lynchCheck) r210(in Inputs) (Result, error) {
	c := l.start()
	person, err := in.Object("person")
	c.note(err)
	c.person(in, person)
	c.familyOf(in)
	c.variant(in)
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	affected, err := person.YesNo("affected")
	if err != nil {
		return Result{}, err
	}
	for _, w := range r210Words {
		if affected == truth.Yes && w.unaffected {
			return Result{Token: "NOT_ELIGIBLE"}, nil // a cancer, but none that counts
		}
		switch e.Verdict(w.criterion) {
		case truth.Yes:
			return Result{Token: w.token}, nil
		case truth.Unknown:
			return Result{Token: undecided}, nil
		}
	}
	return Result{Token: "NOT_ELIGIBLE_UNAFFECTED"}, nil
}

// person reads the patient with the state of every tumour.
func (c *lynchCase) person(in, person Inputs) {
	p := c.patient()
	p.Age = c.age(person, "age")
	sex, err := person.Word("sex", sexWords)
	c.note(err)
	p.Sex = sex
	word, err := in.Text("tumour")
	c.note(err)
	states, err := tumourStates(word)
	c.note(err)
	// What the family says is not confirmed unless the row says the family criterion is met.
	cancers, _ := c.cancers(person, "cancers", truth.No)
	for _, cancer := range cancers {
		c.own(cancer, states)
	}
	affected, err := person.YesNo("affected")
	c.note(err)
	if affected == truth.Yes && len(cancers) == 0 {
		c.stated["own.lynch_cancer"] = truth.Yes
	}
	for key, fact := range map[string]string{"deceased": "lynch.index_deceased", "stored_germline_dna": "lynch.stored_dna"} {
		if k, err := person.YesNo(key); k != truth.Unknown {
			p.Facts[fact] = rules.Answer{Bool: k}
		} else {
			c.note(err)
		}
	}
	// The rows hand the points over, so none are counted from the cancers.
	c.assumed["lynch.cmmrd.counted"] = truth.No
	if in.Known("cmmrd_score") {
		p.Facts["lynch.cmmrd_score"] = rules.Answer{Number: c.age(in, "cmmrd_score")}
	}
}

// tumourStates reads the one word that stands for a tumour's results.
func tumourStates(word string) (rules.Tumour, error) {
	none := "not_done"
	t := rules.Tumour{MLH1: none, PMS2: none, MSH2: none, MSH6: none, MSI: none, BRAF: none, Methylation: none}
	parts := strings.Split(spaced(word), " ")
	switch parts[0] {
	case "", "not":
		return t, nil
	case "failed":
		t.MLH1, t.PMS2, t.MSH2, t.MSH6 = "failed", "failed", "failed", "failed"
		return t, nil
	case "indeterminate", "equivocal":
		t.MLH1, t.PMS2, t.MSH2, t.MSH6 = "equivocal", "equivocal", "equivocal", "equivocal"
		return t, nil
	case "mss":
		t.MSI = "mss"
		return t, nil
	case "msi":
		t.MSI = "msi_h"
		return t, nil
	}
	t.MLH1, t.PMS2, t.MSH2, t.MSH6 = "intact", "intact", "intact", "intact"
	if parts[0] == "pmmr" && len(parts) == 1 {
		return t, nil
	}
	if parts[0] != "dmmr" || len(parts) == 1 {
		return t, fmt.Errorf("a tumour's state is not called %q", word)
	}
	for _, part := range parts[1:] {
		switch part {
		case "mlh1":
			t.MLH1, t.PMS2 = "lost", "lost"
		case "pms2":
			t.PMS2 = "lost"
		case "msh2":
			t.MSH2 = "lost"
		case "msh6":
			t.MSH6 = "lost"
		case "v600e", "brafpos":
			t.BRAF = "v600e"
		case "brafneg", "brafwt":
			t.BRAF = "wild_type"
		case "methylated":
			t.Methylation = "detected"
		case "unmethylated":
			t.Methylation = "not_detected"
		case "braf":
		default:
			return t, fmt.Errorf("a tumour's state is not called %q", word)
		}
	}
	return t, nil
}

// relativeTumourWords are what became of a relative's tumour test; any other
// word says that it was not tried yet.
var relativeTumourWords = map[string]string{
	"not_possible": "not_possible", "failed": "failed", "indeterminate": "indeterminate", "inconclusive": "indeterminate",
	"pmmr": "pmmr", "dmmr": "dmmr",
}

// familyOf reads the relatives, or what the row says of them outright.
func (c *lynchCase) familyOf(in Inputs) {
	c.relatives(in, "relatives", truth.No)
	if raw, named := in.keys["relatives"]; named && string(raw) == "null" {
		c.asked = 0
	}
	if in.Known("modified_amsterdam") {
		k, err := in.YesNo("modified_amsterdam")
		c.note(err)
		c.assumed["lynch.modified_amsterdam"] = k
		c.assumed["lynch.modified_amsterdam_reported"] = k
	}
	if in.Known("fdr_affected_lynch_cancer") {
		k, err := in.YesNo("fdr_affected_lynch_cancer")
		c.note(err)
		c.stated["rel.r210_first_degree"] = k
		if k == truth.Yes {
			c.stated["rel.lynch_cancer"] = k
			c.stated["rel.untested_cancer"] = k
		}
	}
	p := c.patient()
	if raw, ok := in.raw("tumour_tested"); ok && string(raw) != "true" {
		word := relativeTumourWords[strings.ToLower(strings.Trim(string(raw), `"`))]
		if word == "" {
			word = "not_done"
		}
		p.Facts["lynch.relative_tumour"] = rules.Answer{Choice: word}
	}
	if raw, ok := in.raw("somatic_sequencing"); ok {
		word := strings.ToLower(strings.Trim(string(raw), `"`))
		switch word {
		case "not_possible", "failed":
		case "pmmr":
			p.Facts["lynch.relative_tumour"] = rules.Answer{Choice: "pmmr"}
			word = "possible"
		default:
			word = "possible"
		}
		p.Facts["lynch.somatic_sequencing"] = rules.Answer{Choice: word}
	}
	if k, err := in.YesNo("living_affected_available"); k != truth.Unknown {
		p.Facts["lynch.living_affected"] = rules.Answer{Bool: k}
	} else {
		c.note(err)
	}
}

// linkWords are results of the relative between patient and carrier; any other
// word says that there is none.
var linkWords = map[string]string{
	"positive": "positive", "tested_positive": "positive", "carrier": "positive",
	"negative": "negative", "tested_negative": "negative", "declined": "declined", "untested_alive": "untested_alive",
}

// variant reads the variant known in the family. Classes 4 and 5 count; class
// 3 is uncertain; 1 and 2 are ignored.
func (c *lynchCase) variant(in Inputs) {
	p := c.patient()
	p.Facts["family.lynch_variant"] = rules.Answer{Bool: truth.No}
	if !in.Known("known_familial_variant") {
		return
	}
	v, err := in.Object("known_familial_variant")
	c.note(err)
	class := c.age(v, "cls")
	if !v.Known("cls") {
		class = c.age(v, "class")
	}
	actionable := class.AtLeast(truth.Exactly(4))
	p.Facts["family.lynch_variant"] = rules.Answer{Bool: actionable}
	if actionable == truth.No {
		p.Facts["lynch.family_vus"] = rules.Answer{Bool: class.AtLeast(truth.Exactly(3))}
	}
	if in.Known("degree_to_carrier") {
		p.Facts["lynch.carrier_degree"] = rules.Answer{Number: c.age(in, "degree_to_carrier")}
	}
	if in.Known("intermediate_relative") {
		said, err := in.Text("intermediate_relative")
		c.note(err)
		word := linkWords[strings.ToLower(said)]
		if word == "" {
			word = "deceased_untested"
		}
		p.Facts["lynch.linking_relative"] = rules.Answer{Choice: word}
	}
}
