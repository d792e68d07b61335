package cliniclist

import (
	"fmt"
	"time"

	"kindred/app/sheet"
	"kindred/rules"
	"kindred/rules/truth"
)

// put writes one answer where the case keeps it: on the person, on their tumour
// or among their facts.
func (r *reader) put(c *candidate) {
	switch {
	case c.fact.ID == "patient.sex":
		r.me.Sex = c.answer.Choice
		r.row.Who.Sex = c.answer.Choice
	case c.fact.ID == "patient.age":
		r.age(c)
	case c.fact.Of == rules.OfTumour:
		r.tumour(c)
	case c.fact.BuiltIn != "" && c.fact.BuiltIn != "non_hdl":
		// taken from the person, never from a column
	default:
		r.me.Facts[c.fact.ID] = c.answer
		if c.dose > 0 {
			if _, given := r.me.Facts["lipid.dose_mg"]; !given && r.list.vocab.dict.Fact("lipid.dose_mg") != nil {
				r.me.Facts["lipid.dose_mg"] = rules.Answer{Number: truth.Exactly(c.dose), As: sheet.FormatNumber(c.dose) + " mg", When: c.answer.When}
			}
		}
	}
}

// age takes an age column; a date of birth outranks it.
func (r *reader) age(c *candidate) {
	if r.born.IsZero() {
		r.me.Age = c.answer.Number
		if c.answer.Number.IsExact() { // "53.6" is an age of 53 completed years
			r.me.Age = truth.Exactly(float64(int(c.answer.Number.Lo)))
		}
		return
	}
	if c.answer.Number.IsExact() {
		if d := c.answer.Number.Lo - r.me.Age.Lo; d > 1.5 || d < -1.5 {
			r.warn("the age %s does not fit the date of birth (%s): the date of birth was used", c.answer.Number, r.me.Age)
		}
	}
}

// basis works out whether the lipids were taken on treatment, where no column
// says so. A blank is not known: a statin that is not in the list may be taken.
// There is one basis for all of a row's lipids, so where one is from before
// treatment and another may not be, the other is left out.
func (r *reader) basis() {
	facts := r.me.Facts
	if _, said := facts["lipid.basis"]; said || !r.list.hasBasis {
		return
	}
	drug, onDrug := facts["lipid.drug"]
	none := onDrug && drug.Choice == "none"
	before, lipids := 0, 0
	for i := range r.best {
		if c := &r.best[i]; isCholesterol(c.fact.ID) {
			lipids++
			if none || r.beforeTreatment(c) {
				before++
			}
		}
	}
	switch {
	case lipids == 0:
		return
	case before == 0:
		if onDrug {
			facts["lipid.basis"] = rules.Answer{Choice: "on_treatment"}
		}
		return
	case before < lipids:
		for i := range r.best {
			if c := &r.best[i]; isCholesterol(c.fact.ID) && !r.beforeTreatment(c) {
				delete(facts, c.fact.ID)
				r.warn("%s %s may be from after treatment began: left out beside a value from before", c.fact.Label, c.written())
			}
		}
	}
	facts["lipid.basis"] = rules.Answer{Choice: "untreated"}
	if !none { // the drug came after the blood test
		delete(facts, "lipid.drug")
		delete(facts, "lipid.dose_mg")
	}
}

// beforeTreatment reports whether the list shows that a value is from before
// treatment: its heading says so, or it is older than the treatment.
func (r *reader) beforeTreatment(c *candidate) bool {
	return c.untreated || !r.start.IsZero() && !c.when.IsZero() && c.when.Before(r.start)
}

// tumour writes a tumour fact on the patient's one tumour of a row.
func (r *reader) tumour(c *candidate) {
	if len(r.me.Tumours) == 0 {
		r.me.Tumours = []rules.Tumour{{Age: truth.Any(), Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown, Confirmed: truth.Unknown}}
	}
	t := &r.me.Tumours[0]
	switch c.fact.ID {
	case "tumour.site":
		t.Site = c.answer.Choice
	case "tumour.age":
		t.Age = c.answer.Number
	case "tumour.mlh1":
		t.MLH1 = c.answer.Choice
	case "tumour.pms2":
		t.PMS2 = c.answer.Choice
	case "tumour.msh2":
		t.MSH2 = c.answer.Choice
	case "tumour.msh6":
		t.MSH6 = c.answer.Choice
	case "tumour.msi":
		t.MSI = c.answer.Choice
	case "tumour.braf_v600e":
		t.BRAF = c.answer.Choice
	case "tumour.mlh1_methylation":
		t.Methylation = c.answer.Choice
	case "tumour.tissue":
		t.Tissue = c.answer.Choice
	case "tumour.neoadjuvant":
		t.Neoadjuvant = c.answer.Bool
	case "tumour.msi_h_histology":
		t.MSIHHistology = c.answer.Bool
	}
}

// conditions reads columns that say whether the patient or one relative had a
// condition.
func (r *reader) conditions() {
	for i := range r.plan.conditions {
		cc := &r.plan.conditions[i]
		cell := r.cell(cc.col)
		if cell.Kind == sheet.Empty {
			continue
		}
		c, ok := r.condition(cc, cell)
		if !ok {
			continue
		}
		p := r.person(cc.relation)
		p.Conditions = addCondition(p.Conditions, c)
	}
}

// bySex rejects a condition that the patient's recorded sex cannot have.
func (r *reader) bySex() {
	for i := range r.me.Conditions {
		d := r.list.vocab.dict.Condition(r.me.Conditions[i].Name)
		if d != nil && d.Sex != "" && r.me.Sex != "" && d.Sex != r.me.Sex && r.me.Conditions[i].Present == truth.Yes {
			r.reject("%s is recorded in a person recorded as %s", d.Label, r.me.Sex)
		}
	}
}

func (r *reader) condition(cc *conditionColumn, cell *sheet.Cell) (rules.Condition, bool) {
	c := rules.Condition{Name: cc.condition.ID, Age: truth.Any(), Confirmed: truth.Unknown, Present: truth.Yes}
	text := cell.String()
	if cell.Kind == sheet.Text {
		if k, known := yesNoWord(text); known {
			c.Present = k
			return c, true
		}
		if isBlankWord(text) {
			return c, false
		}
	}
	if cell.Kind == sheet.Bool || cell.Kind == sheet.Number && !cc.age && (cell.Num == 0 || cell.Num == 1) {
		c.Present = truth.Of(cell.Num == 1)
		return c, true
	}
	if in, ok := parseReading(text); ok && cell.Kind != sheet.Date && in.value > 1 && in.value <= 120 { // an age
		c.Age = in.span(1)
		return c, true
	}
	if t, _, why := cellDay(cell, cc.order, r.day); why == "" {
		if cc.relation == "" && !r.born.IsZero() && !t.Before(r.born) && !t.After(r.day) {
			c.Age = truth.Exactly(float64(yearsBetween(r.born, t)))
		}
		return c, true
	}
	for _, m := range r.list.vocab.lookup(text) { // the code term itself stands there
		if m.fact == cc.condition.ID {
			return c, true
		}
	}
	r.warn("%s reads %q, which is neither yes, no, an age nor a date: left as not known", cc.condition.Label, clip(text))
	return c, false
}

// addCondition joins what two columns say of one condition: that it was there,
// and at what age.
func addCondition(list []rules.Condition, c rules.Condition) []rules.Condition {
	for i := range list {
		if list[i].Name == c.Name {
			if both, ok := list[i].Age.Meet(c.Age); ok {
				list[i].Age = both
			}
			if c.Present == truth.Yes {
				list[i].Present = truth.Yes
			}
			return list
		}
	}
	return append(list, c)
}

// person finds or adds the one relative of that relation; the patient for none.
func (r *reader) person(relation string) *rules.Person {
	people := &r.row.Case.People
	if relation == "" {
		return &(*people)[0]
	}
	for i := range *people {
		if (*people)[i].Relation == relation {
			return &(*people)[i]
		}
	}
	*people = append(*people, rules.Person{ID: fmt.Sprintf("r%d", len(*people)), Relation: relation, Age: truth.Any(), Alive: truth.Unknown})
	r.me = &(*people)[0]
	return &(*people)[len(*people)-1]
}

// dayOf is a rules.Date as a time; the zero time for an empty one.
func dayOf(d rules.Date) time.Time {
	t, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}
