package check

import (
	"fmt"

	"kindred/rules"
	"kindred/rules/truth"
)

// Words of laboratory reports for the states of the case form.
var (
	proteinWords = map[string]string{
		"intact": "intact", "retained": "intact", "present": "intact", "preserved": "intact",
		"lost": "lost", "loss": "lost", "absent": "lost",
		"equivocal": "equivocal", "indeterminate": "equivocal", "weak": "equivocal", "patchy": "equivocal",
		"subclonal": "subclonal", "failed": "failed", "insufficient": "failed", "not_done": "not_done", "not_tested": "not_done",
	}
	msiWords = map[string]string{
		"mss": "mss", "stable": "mss", "msi_l": "msi_l", "msi_low": "msi_l", "msi_h": "msi_h", "msi_high": "msi_h",
		"failed": "failed", "insufficient": "failed", "not_done": "not_done", "not_tested": "not_done",
	}
	brafWords = map[string]string{
		"detected": "v600e", "v600e": "v600e", "not_detected": "wild_type", "wild_type": "wild_type", "wildtype": "wild_type",
		"other": "other", "non_v600e": "other", "failed": "failed", "insufficient": "failed", "not_done": "not_done", "not_tested": "not_done",
	}
	methylationWords = map[string]string{
		"detected": "detected", "methylated": "detected", "not_detected": "not_detected", "unmethylated": "not_detected",
		"failed": "failed", "insufficient": "failed", "not_done": "not_done", "not_tested": "not_done",
	}
)

func (l lynchCheck) dg27(in Inputs) (Result, error) {
	return l.pathway(in, "lynch.dg27", "colorectal_cancer")
}

func (l lynchCheck) dg42(in Inputs) (Result, error) {
	return l.pathway(in, "lynch.dg42", "endometrial_cancer")
}

// pathway answers the next step for one tumour. A result that is not known is
// first left open; if that leaves several steps it counts as not done, because
// a result nobody has is one to ask for.
func (l lynchCheck) pathway(in Inputs, id, cancer string) (Result, error) {
	r, err := l.step(in, id, cancer, "")
	if err != nil || r.Token != undecided {
		return r, err
	}
	return l.step(in, id, cancer, "not_done")
}

func (l lynchCheck) step(in Inputs, id, cancer, missing string) (Result, error) {
	c := l.start()
	c.local(in)
	state := func(key string, words map[string]string) string {
		w, err := in.Word(key, words)
		c.note(err)
		if _, named := in.keys[key]; w == "" && !named {
			return "not_done"
		}
		if w == "" {
			return missing
		}
		return w
	}
	site, err := in.Text("tumour")
	c.note(err)
	if site != "" {
		if def := l.condition(site); def == nil || def.ID != cancer {
			return Result{}, fmt.Errorf("this pathway is for %s, the row is about %q", cancer, site)
		}
	}
	c.own(rules.Condition{Name: cancer, Age: c.age(in, "age"), Present: truth.Yes, Confirmed: truth.Yes}, rules.Tumour{
		MLH1: state("MLH1", proteinWords), PMS2: state("PMS2", proteinWords),
		MSH2: state("MSH2", proteinWords), MSH6: state("MSH6", proteinWords),
		MSI: state("MSI", msiWords), BRAF: state("BRAF_V600E", brafWords),
		Methylation: state("MLH1_methylation", methylationWords),
	})
	amsterdam := truth.No
	if in.Known("modified_amsterdam") {
		amsterdam, err = in.YesNo("modified_amsterdam")
		c.note(err)
	}
	c.assumed["lynch.modified_amsterdam"] = amsterdam
	c.assumed["lynch.modified_amsterdam_reported"] = amsterdam
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	results := e.Pathways(id)
	if len(results) != 1 {
		return Result{}, fmt.Errorf("one tumour was given and %d were found", len(results))
	}
	token := results[0].Step
	if token == "" {
		token = undecided
	}
	var notes []string
	for _, n := range e.Advice.Notes {
		notes = append(notes, n.ID)
	}
	return Result{Token: token, Notes: notes}, nil
}
