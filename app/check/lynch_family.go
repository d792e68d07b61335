package check

import (
	"errors"
	"strings"

	"kindred/rules"
	"kindred/rules/truth"
)

// amsterdam reads a family and answers Amsterdam II as the case files word it.
func (l lynchCheck) amsterdam(in Inputs) (Result, error) {
	c := l.start()
	verified, err := in.YesNo("histology_verified")
	c.note(err)
	if verified == truth.No {
		verified = truth.Unknown // the reports are outstanding, not against it
	}
	excluded, err := in.YesNo("fap_excluded")
	c.note(err)
	c.patient().Facts["family.fap"] = rules.Answer{Bool: excluded.Not()}
	people, known, err := in.List("people")
	c.note(err)
	if !known {
		c.asked = -1
	}
	for _, person := range people {
		c.member(person, verified)
	}
	e, err := c.evaluate()
	switch {
	case errors.Is(err, errImpossible):
		return Result{Token: "INVALID_INPUT"}, nil
	case err != nil:
		return Result{}, err
	}
	switch e.Verdict("lynch.amsterdam2") {
	case truth.Yes:
		return Result{Token: "MET"}, nil
	case truth.No:
		return Result{Token: "NOT_MET"}, nil
	}
	if e.Verdict("lynch.amsterdam2_reported") == truth.Yes {
		return Result{Token: "MET_UNVERIFIED"}, nil
	}
	return Result{Token: undecided}, nil
}

// member adds one person of a whole family, the patient among them.
func (c *lynchCase) member(in Inputs, verified truth.K) {
	rel, err := in.Text("rel")
	c.note(err)
	if rel == "" {
		rel, err = in.Text("relation")
		c.note(err)
	}
	side, err := in.Text("side")
	c.note(err)
	relation, ok := relationOf(rel, strings.ToLower(side))
	if !ok {
		c.note(noRelationError(rel))
	}
	id, err := in.Text("id")
	c.note(err)
	sex, err := in.Word("sex", sexWords)
	c.note(err)
	cancers, asked := c.cancers(in, "cancers", verified)
	p := c.patient()
	if relation == "" {
		if id != "" {
			p.ID = id
		}
		for _, cancer := range cancers {
			c.own(cancer, rules.Tumour{})
		}
	} else {
		p = c.add(id, relation, cancers)
	}
	if sex != "" {
		p.Sex = sex
	}
	for key, parent := range map[string]*string{"mother": &p.Mother, "father": &p.Father} {
		*parent, err = in.Text(key)
		c.note(err)
	}
	if in.Known("age") {
		p.Age = c.age(in, "age")
	}
	if _, named := in.keys["cancers"]; named && !asked {
		notAsked(p)
	}
}

// bethesda answers the revised Bethesda guidelines for one proband.
func (l lynchCheck) bethesda(in Inputs) (Result, error) {
	c := l.start()
	proband, err := in.Object("proband")
	c.note(err)
	cancers, known := c.cancers(proband, "cancers", truth.Unknown)
	if !known {
		return Result{Token: undecided}, errors.Join(c.problems...)
	}
	histology := truth.No // rows that do not speak of it describe a tumour without it
	for _, from := range []Inputs{in, proband} {
		if _, named := from.keys["msi_h_histology"]; named {
			histology, err = from.YesNo("msi_h_histology")
			c.note(err)
		}
	}
	items, _, err := proband.List("cancers")
	c.note(err)
	bowel := truth.No
	for i, cancer := range cancers {
		own := histology
		if _, named := items[i].keys["msi_h_histology"]; named {
			own, err = items[i].YesNo("msi_h_histology")
			c.note(err)
		}
		if cancer.Name == "colorectal_cancer" {
			bowel = bowel.Or(cancer.Present)
		}
		c.own(cancer, rules.Tumour{MSIHHistology: own})
	}
	if bowel == truth.No {
		return Result{Token: "NOT_APPLICABLE"}, errors.Join(c.problems...)
	}
	if !c.relatives(in, "relatives", truth.Unknown) {
		if _, named := in.keys["relatives"]; named {
			c.asked = 0
		}
	}
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	switch e.Verdict("lynch.revised_bethesda") {
	case truth.Yes:
		return Result{Token: "MET"}, nil
	case truth.No:
		return Result{Token: "NOT_MET"}, nil
	}
	return Result{Token: undecided}, nil
}

// bsg answers the family-history risk of bowel cancer, the higher of the two
// readings of first-degree kinship.
func (l lynchCheck) bsg(in Inputs) (Result, error) {
	c := l.start()
	p := c.patient()
	p.Age = c.age(in, "consultand_age")
	adopted, err := in.YesNo("adopted")
	c.note(err)
	if adopted == truth.Yes {
		c.unknown = []string{"maternal", "paternal"}
	}
	known := c.relatives(in, "affected_relatives", truth.Unknown)
	if !known {
		c.asked = -1
	}
	p.Facts["family.lynch_variant"] = rules.Answer{Bool: c.syndrome(in)}
	p.Facts["family.fap"] = rules.Answer{Bool: truth.No}
	e, err := c.evaluate()
	if err != nil {
		return Result{}, err
	}
	var notes []string
	if e.Verdict("rel.bsg_half_sibling") == truth.Yes || e.Noted("NOTE_HALF_SIBLING") {
		notes = append(notes, "NOTE_HALF_SIBLING")
	}
	high, moderate := e.Verdict("lynch.bsg.high"), e.Verdict("lynch.bsg.moderate")
	switch {
	case e.Verdict("lynch.known_syndrome") == truth.Yes:
		return Result{Token: "NOT_FH_RULE"}, nil
	case high == truth.Yes:
		return Result{Token: "HIGH", Notes: notes}, nil
	case high == truth.No && moderate == truth.Yes:
		return Result{Token: "MODERATE", Notes: notes}, nil
	case high == truth.No && moderate == truth.No:
		if e.Verdict("lynch.bsg.half_sibling_only") == truth.Yes {
			return Result{Token: "AVERAGE_BY_RULE", Notes: notes}, nil
		}
		return Result{Token: "AVERAGE", Notes: notes}, nil
	}
	return Result{Token: undecided, Notes: notes}, nil
}

// syndrome reads whether a syndrome is known in the family: true, false, or
// the name of the variant. A row that does not say is about a family where
// none is known.
func (c *lynchCase) syndrome(in Inputs) truth.K {
	if k, err := in.YesNo("known_syndrome_in_family"); err == nil {
		if k == truth.Unknown {
			return truth.No
		}
		return k
	}
	word, err := in.Text("known_syndrome_in_family")
	c.note(err)
	switch strings.ToLower(word) {
	case "", "none":
		return truth.No
	}
	return truth.Yes
}
