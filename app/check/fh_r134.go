package check

import (
	"errors"
	"strings"

	"kindred/rules"
	"kindred/rules/truth"
)

var errNoScore = errors.New("the area has no score fh.dlcn")

// r134 checks the routing: the row gives the classes, the area's outcome rows
// and gates decide.
func (f fhCheck) r134(in Inputs) (Result, error) {
	c := f.start(in)
	c.lipid("ldl", "lipid.ldl")
	c.lipid("tg", "lipid.tg")
	c.lipid("tc", "lipid.tc")
	c.basis("lipid_basis")
	c.fact("secondary_causes_excluded", "lipid.secondary_causes_excluded")
	c.fact("two_ldl", "lipid.two_measurements")
	c.fact("known_family_variant", "family.fh_variant")
	c.fact("pregnant", "pregnant")
	c.gene("prior_result")
	if welsh := c.number("welsh"); !welsh.IsAny() {
		c.patient.Facts["score.welsh_fh"] = rules.Answer{Number: welsh}
	}
	class := c.word("sb", map[string]string{
		"definite": "definite", "possible": "possible", "probable": "possible",
		"not_met": "not_met", "indeterminate": "indeterminate", "unknown": "indeterminate",
	})
	dlcn := c.number("dlcn")

	// A homozygous line sends a patient to a specialist at once; rows name that
	// as a flag and still ask what the routing says of the gene test.
	evaluate := func(homozygous truth.K) (*rules.Evaluation, error) {
		plain, err := c.evaluate()
		if err != nil {
			return nil, err
		}
		inputs, err := c.inputs()
		if err != nil {
			return nil, err
		}
		definite, possible := truth.Unknown, truth.Unknown
		switch class {
		case "definite":
			definite, possible = truth.Yes, truth.No
		case "possible":
			definite, possible = truth.No, truth.Yes
		case "not_met":
			definite, possible = truth.No, truth.No
		}
		err = errors.Join(
			inputs.Assume("fh.simon_broome.definite", definite),
			inputs.Assume("fh.simon_broome.possible", possible),
			inputs.Assume("fh.suspected", truth.Yes), // somebody worked the classes out
		)
		if score, ok := plain.Score("fh.dlcn"); ok && score.Applies != truth.No.String() && !dlcn.IsAny() {
			err = errors.Join(err, inputs.AssumeScore("fh.dlcn", int(dlcn.Lo), int(dlcn.Hi)))
		}
		if homozygous != truth.Unknown {
			err = errors.Join(err, inputs.Assume("fh.hofh", homozygous))
		}
		if err != nil {
			return nil, err
		}
		return f.area.Evaluate(inputs)
	}
	asItIs, err := evaluate(truth.Unknown)
	if err != nil {
		return Result{}, err
	}
	e, err := evaluate(truth.No)
	if err != nil {
		return Result{}, err
	}
	return Result{Fields: r134Answer(e, asItIs)}, nil
}

// r134Answer gives an advice the words of the R134 rows.
func r134Answer(e, asItIs *rules.Evaluation) map[string]Value {
	fields := map[string]Value{"code": Text(e.Advice.Code), "reason": Null()}
	decide := func(word string) { fields["decision"] = Text(word) }
	switch e.Advice.Outcome {
	case rules.Test:
		decide("indicated")
	case rules.Cascade:
		decide("cascade")
		// rows name the indication, the area the test within it
		indication, _, _ := strings.Cut(e.Advice.Code, ".")
		fields["code"] = Text(indication + " (" + e.Advice.Code + ")")
	case rules.AlreadyTested:
		decide("already_done")
	case rules.NotIndicated:
		decide("not_indicated")
	case rules.MoreInformation:
		switch {
		case e.Verdict("fh.qualifies") != truth.Yes:
			decide("insufficient_data")
			fields["missing"] = Texts("family_history", "examination")
		case e.Verdict("fh.secondary_excluded") != truth.Yes:
			decide("defer")
			fields["reason"] = Text("exclude_secondary_causes")
		default:
			decide("indicated_pending")
		}
	default:
		decide(string(e.Advice.Outcome))
	}

	var basis []string
	for _, b := range []struct{ criterion, word string }{
		{"fh.simon_broome.definite", "simon_broome_definite"},
		{"fh.simon_broome.possible", "simon_broome_possible"},
		{"fh.dlcn_refer", "dlcn_gt5"},
		{"fh.welsh", "welsh_ge6"},
	} {
		if e.Verdict(b.criterion) == truth.Yes {
			basis = append(basis, b.word)
		}
	}
	fields["basis"] = Texts(basis...)

	var flags []string
	for _, id := range []string{
		"fh.child_dlcn_not_used", "fh.paediatric_referral", "fh.do_not_use_dlcn", "fh.ldl_missing",
		"fh.needs_second_ldl", "fh.raised_tg_consider_mixed",
	} {
		if e.Noted(id) || asItIs.Noted(id) {
			flags = append(flags, strings.TrimPrefix(id, "fh."))
		}
	}
	if asItIs.Noted("fh.hofh_suspected") {
		flags = append(flags, "urgent_specialist_hofh")
	}
	fields["flags"] = Texts(flags...)
	return fields
}
