package check

import (
	"kindred/rules"
	"kindred/rules/truth"
)

// wholeFamily is farther than any rule of the area looks.
const wholeFamily = 4

func (f fhCheck) simonBroome(in Inputs) (Result, error) {
	c := f.start(in)
	c.lipid("tc", "lipid.tc")
	c.lipid("ldl", "lipid.ldl")
	c.basis("lipid_basis")
	c.fact("tx_self", "sign.tendon_xanthoma")
	c.gene("dna")
	c.state("rel.tendon_xanthoma", c.yesNo("tx_fdr").Or(c.yesNo("tx_sdr")))
	c.infarctions("fh_mi")
	c.cholesterols("fh_chol")
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	definite, possible := e.Verdict("fh.simon_broome.definite"), e.Verdict("fh.simon_broome.possible")
	switch {
	case definite == truth.Yes:
		return Result{Token: "definite"}, nil
	case possible == truth.Yes:
		return Result{Token: "possible"}, nil
	case definite == truth.No && possible == truth.No:
		return Result{Token: "not_met"}, nil
	}
	return Result{Token: "indeterminate"}, nil
}

// infarctions reads the list of heart attacks in the family; null means that
// nobody asked.
func (c *fhCase) infarctions(key string) {
	list, known, err := c.in.List(key)
	c.note(err)
	for _, item := range list {
		degree, err := item.Number("degree")
		c.note(err)
		age, err := item.Number("age")
		c.note(err)
		relation, err := item.Text("relation")
		c.note(err)
		placed := c.relative(relation, degree, rules.Person{Conditions: []rules.Condition{{
			Name: "myocardial_infarction", Age: age, Present: truth.Yes, Confirmed: truth.Unknown,
		}}})
		known = known && placed
	}
	if known {
		c.asked["heart"] = wholeFamily
	}
}

// cholesterols reads the list of cholesterol results in the family.
func (c *fhCase) cholesterols(key string) {
	list, known, err := c.in.List(key)
	c.note(err)
	for _, item := range list {
		degree, err := item.Number("degree")
		c.note(err)
		age, err := item.Number("age")
		c.note(err)
		tc, err := item.Number("tc")
		c.note(err)
		relation, err := item.Text("relation")
		c.note(err)
		placed := c.relative(relation, degree, rules.Person{Facts: map[string]rules.Answer{
			"lipid.tc": {Number: tc}, "lipid.age": {Number: age},
		}})
		known = known && placed && !tc.IsAny()
	}
	if known {
		c.asked["cholesterol"] = wholeFamily
	}
}

func (f fhCheck) dlcn(in Inputs) (Result, error) {
	c := f.start(in)
	c.lipid("ldl", "lipid.ldl")
	c.basis("ldl_basis")
	c.fact("tx_self", "sign.tendon_xanthoma")
	c.fact("arcus_lt45", "sign.arcus_before_45")
	c.gene("dna")
	for key, fact := range map[string]string{
		"fdr_premature_cvd":     "rel.chd_premature_first_degree",
		"fdr_ldl_gt95":          "rel.ldl_95th_first_degree",
		"fdr_tx_or_arcus":       "rel.xanthoma_or_arcus_first_degree",
		"child_lt18_ldl_gt95":   "rel.child_ldl_95th",
		"own_chd_premature":     "own.chd_premature",
		"own_cva_pvd_premature": "own.stroke_or_pad_premature",
	} {
		c.state(fact, c.yesNo(key))
	}
	role := c.word("role", map[string]string{"index": "index", "proband": "index", "relative": "relative"})
	if role == "relative" {
		c.state("family.relative_of_index", truth.Yes)
	}
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	score, ok := e.Score("fh.dlcn")
	if !ok {
		return Result{}, errNoScore
	}
	if score.Applies == truth.No.String() {
		reason := "under_18"
		if role == "relative" {
			reason = "relative_of_index"
		}
		return Result{Fields: map[string]Value{"applicable": Bool(false), "reason": Text(reason)}}, nil
	}
	groups := make([]float64, len(score.Groups))
	for i, g := range score.Groups {
		groups[i] = float64(g.Min)
	}
	band := func(total int) string {
		for _, b := range score.Scale {
			if b.From <= total && total <= b.To {
				return b.Name
			}
		}
		return ""
	}
	return Result{Fields: map[string]Value{
		"applicable":              Bool(true),
		"groups":                  Nums(groups...),
		"score":                   Num(float64(score.Min)),
		"category":                Text(band(score.Min)),
		"gt5":                     Bool(e.Verdict("fh.dlcn_refer") == truth.Yes),
		"max_if_missing_positive": Num(float64(score.Max)),
		"category_provisional":    Bool(band(score.Min) != band(score.Max)),
	}}, nil
}

func (f fhCheck) caseFinding(in Inputs) (Result, error) {
	c := f.start(in)
	c.lipid("tc", "lipid.tc")
	c.lipid("ldl", "lipid.ldl")
	c.basis("lipid_basis")
	c.state("own.chd_under_60", c.yesNo("premature_chd_self_or_fdr"))
	c.state("rel.chd_first_degree_under_60", truth.No)
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	suspect := asValue(e.Verdict("fh.nice_suspect"))
	if e.Verdict("fh.child") == truth.Yes {
		suspect = Text("adults_only_rule")
	}
	search := e.Verdict("fh.nice_search")
	if _, recorded := c.patient.Facts["lipid.tc"]; !recorded {
		search = truth.No // a search of the records finds nobody without a result on record
	}
	action := Null()
	if e.Noted("fh.offer_tc") {
		action = Text("offer_tc")
	}
	return Result{Fields: map[string]Value{
		"systematic_search": asValue(search), "suspect": suspect, "action": action,
	}}, nil
}

func (f fhCheck) relative(in Inputs) (Result, error) {
	c := f.start(in)
	c.lipid("ldl", "lipid.ldl")
	c.basis("ldl_basis")
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	likely, unlikely := e.Verdict("fh.relative.likely"), e.Verdict("fh.relative.unlikely")
	switch {
	case likely == truth.Yes:
		return Result{Token: "likely"}, nil
	case unlikely == truth.Yes:
		return Result{Token: "unlikely"}, nil
	case likely == truth.No && unlikely == truth.No:
		return Result{Token: "uncertain"}, nil
	}
	return Result{Token: "indeterminate"}, nil
}

func (f fhCheck) homozygous(in Inputs) (Result, error) {
	c := f.start(in)
	c.lipid("ldl", "lipid.ldl")
	switch c.yesNo("on_treatment") {
	case truth.Yes:
		c.patient.Facts["lipid.basis"] = rules.Answer{Choice: "on_treatment"}
	case truth.No:
		c.patient.Facts["lipid.basis"] = rules.Answer{Choice: "untreated"}
	}
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	return Result{Fields: map[string]Value{
		"nice":            asValue(e.Verdict("fh.hofh.nice")),
		"eas2023":         asValue(e.Verdict("fh.hofh.eas2023")),
		"eas2014_treated": asValue(e.Verdict("fh.hofh.eas2014_treated")),
	}}, nil
}

func (f fhCheck) medped(in Inputs) (Result, error) {
	c := f.start(in)
	if in.Known("age_band") {
		c.patient.Age = c.number("age_band")
	}
	criterion := "fh.medped"
	c.lipid("tc", "lipid.tc")
	if in.Known("tc_mgdl") && !in.Known("tc") {
		// The table is printed in both units, rounded apart: a value in mg/dL
		// belongs to the lines in mg/dL.
		criterion = "fh.medped_mgdl"
		c.patient.Facts["lipid.tc_mgdl"] = rules.Answer{Number: c.number("tc_mgdl")}
	}
	c.basis("")
	degree := ""
	if raw, ok := in.raw("degree"); ok {
		degree = map[string]string{
			"1": "first", "2": "second", "3": "third",
			`"first"`: "first", `"second"`: "second", `"third"`: "third",
			"0": "none", `"general"`: "none", `"none"`: "none",
		}[string(raw)]
	}
	if degree != "" {
		c.patient.Facts["family.closest_fh"] = rules.Answer{Choice: degree}
	}
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	switch e.Verdict(criterion) {
	case truth.Yes:
		return Result{Token: "fh"}, nil
	case truth.No:
		return Result{Token: "not_fh"}, nil
	}
	return Result{Token: "indeterminate"}, nil
}

func (f fhCheck) canada(in Inputs) (Result, error) {
	c := f.start(in)
	c.lipid("ldl", "lipid.ldl")
	c.basis("ldl_basis")
	c.fact("tendon_xanthoma", "sign.tendon_xanthoma")
	c.gene("dna_self_or_fdr")
	c.state("rel.fh_variant_first_degree", truth.No)
	c.state("own.chd_premature", c.yesNo("premature_ascvd_self_or_fdr"))
	c.state("own.stroke_or_pad_premature", truth.No)
	c.state("rel.chd_premature_first_degree", truth.No)
	high := truth.No
	for _, key := range []string{"high_ldl_fdr", "fdr_high_ldl", "ldl_high_fdr"} {
		if c.has(key) {
			high = c.yesNo(key)
		}
	}
	c.state("rel.ldl_95th_first_degree", high)
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	definite, probable, line := e.Verdict("fh.canada.definite"), e.Verdict("fh.canada.probable"), e.Verdict("fh.canada.age_line")
	switch {
	case definite == truth.Yes:
		return Result{Token: "definite"}, nil
	case probable == truth.Yes:
		return Result{Token: "probable"}, nil
	case definite != truth.No || probable != truth.No:
		return Result{Token: "indeterminate"}, nil
	case line == truth.Yes:
		return Result{Token: "severe_hypercholesterolaemia"}, nil
	case line == truth.No:
		return Result{Token: "not_met"}, nil
	}
	return Result{Token: "indeterminate"}, nil
}

func (f fhCheck) easChildren(in Inputs) (Result, error) {
	c := f.start(in)
	c.lipid("ldl", "lipid.ldl")
	c.basis("ldl_basis")
	c.state("rel.chd_premature_first_degree", c.yesNo("family_premature_ascvd_or_high_parent_chol"))
	c.state("rel.tc_raised_parent", truth.No)
	c.state("rel.fh_variant_in_parent", c.yesNo("parent_genetic_fh"))
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	// first is the first of several verdicts that holds; none of them is "none".
	first := func(names ...string) Value {
		open := false
		for i := 0; i < len(names); i += 2 {
			switch e.Verdict(names[i]) {
			case truth.Yes:
				return Text(names[i+1])
			case truth.Unknown:
				open = true
			}
		}
		if open {
			return Null()
		}
		return Text("none")
	}
	if e.Verdict("fh.eas_paed.applies") == truth.No {
		return Result{Fields: map[string]Value{"eas2015": Text("not_applicable"), "eas2026": Text("not_applicable")}}, nil
	}
	return Result{Fields: map[string]Value{
		"eas2015": first("fh.eas_paed.2015_high", "high_prob", "fh.eas_paed.2015_suggests", "suggests"),
		"eas2026": first("fh.eas_paed.2026", "clinical_fh"),
	}}, nil
}
