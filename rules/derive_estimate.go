package rules

import (
	"math"

	"kindred/rules/lipid"
	"kindred/rules/truth"
)

// estimate is the LDL cholesterol to expect without the treatment it was
// measured on, as the span of every published factor table that knows the drug
// and dose, widened to one decimal. It is for notes: rules that decide compare
// lipid.ldl_untreated, which an estimate never narrows.
func (f *patientFacts) estimate() (found, bool) {
	facts, panel, day := f.patient.Facts, -1, f.currentDay()
	if _, ok := facts["lipid.ldl"]; !ok {
		if panel = f.newestPanel("lipid.ldl"); panel < 0 {
			return found{}, false
		}
		facts, day = f.patient.Panels[panel].Facts, f.patient.Panels[panel].Date
	}
	ldl := facts["lipid.ldl"].Number
	if f.basisOf(facts, day) != basisTreated || !ldl.IsExact() || unusable(facts) {
		return found{}, false
	}
	tables, err := lipid.Embedded()
	if err != nil {
		return found{}, false
	}
	regimen, err := TakenAt(tables, f.patient, facts, day, f.c.Date)
	if err != nil || len(regimen) == 0 {
		return found{}, false
	}
	span, _, err := tables.UntreatedRange(regimen, ldl.Lo)
	if err != nil {
		return found{}, false
	}
	return found{answer: Answer{Number: tenths(span), Bool: truth.Unknown}, panel: panel, basis: basisComputed}, true
}

// calculated is the LDL cholesterol that the equations make of a panel without
// a reported one, as the span of those that are valid for it. Like an estimate
// it is for notes: what a laboratory did not report decides nothing here.
func (f *patientFacts) calculated() (found, bool) {
	facts := f.patient.Facts
	if _, reported := facts["lipid.ldl"]; reported {
		return found{}, false
	}
	known := func(id string) truth.Span {
		a, ok := facts[id]
		if !ok {
			return truth.Any()
		}
		return a.Number
	}
	tables, err := lipid.Embedded()
	if err != nil {
		return found{}, false
	}
	span, ok := lipid.Agreement(tables.All(lipid.Panel{
		TC: known("lipid.tc"), HDL: known("lipid.hdl"), TG: known("lipid.tg"), Unit: lipid.MmolL,
	}))
	if !ok {
		return found{}, false
	}
	return found{answer: Answer{Number: tenths(span), Bool: truth.Unknown}, panel: -1, basis: basisComputed}, true
}

// tenths widens a span to one decimal, so that it never claims more than it knows.
func tenths(s truth.Span) truth.Span {
	const tenth = 10
	return truth.Span{Lo: math.Floor(s.Lo*tenth) / tenth, Hi: math.Ceil(s.Hi*tenth) / tenth}
}

// excess is how far LDL cholesterol lies above the total cholesterol of the same
// panel, which it is a part of: above nought one of the two is wrong.
func (f *patientFacts) excess() (found, bool) {
	facts := f.patient.Facts
	ldl, ok1 := facts["lipid.ldl"]
	tc, ok2 := facts["lipid.tc"]
	if !ok1 || !ok2 || ldl.Number.IsAny() || tc.Number.IsAny() {
		return found{}, false
	}
	span := truth.Span{Lo: ldl.Number.Lo - tc.Number.Hi, Hi: ldl.Number.Hi - tc.Number.Lo}
	return found{answer: Answer{Number: span, Bool: truth.Unknown}, panel: -1, basis: basisComputed}, true
}
