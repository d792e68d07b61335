package rules

import (
	"errors"
	"fmt"
	"strconv"

	"kindred/rules/lipid"
	"kindred/rules/truth"
)

// readMedication reads a medicine: the drug as a value of lipid.drug or as
// people write it, its daily dose beside it or in it, and when it was taken.
func (r *caseReader) readMedication(v *jsonValue) Medication {
	var m Medication
	if !r.object(v, "a medication", "drug", "dose_mg", "from", "to", "stopped") {
		return m
	}
	if drug := v.get("drug"); drug == nil || drug.kind != jsonNull && drug.kind != jsonString {
		r.report(v, "a medication needs a drug")
	} else if drug.kind == jsonString && drug.text != "unknown" {
		m = r.drug(drug)
	}
	if dose := v.get("dose_mg"); dose != nil && dose.kind != jsonNull {
		possible := Range{}
		if f := r.d.Fact("lipid.dose_mg"); f != nil {
			possible = f.Possible
		}
		s, ok := r.span(dose, "dose_mg", possible, 1)
		switch {
		case ok && !s.IsExact():
			r.report(dose, "dose_mg must be one number")
		case ok && m.DoseMG != 0 && m.DoseMG != s.Lo:
			r.report(dose, fmt.Sprintf("dose_mg is %g, but the drug is written with %g mg a day; give one of them", s.Lo, m.DoseMG))
		case ok:
			m.DoseMG = s.Lo
		}
	}
	m.From, m.To = r.roughDay(v.get("from"), "from"), r.roughDay(v.get("to"), "to")
	m.Stopped = r.yesNo(v.get("stopped"), "stopped", 0)
	if m.Stopped == truth.Unknown {
		m.Stopped = 0
	}
	switch {
	case m.From != "" && r.date != "" && m.From.first() > r.date:
		r.report(v.get("from"), "from lies after the day of the assessment, "+string(r.date))
	case m.From != "" && m.To != "" && m.To.last() < m.From.first():
		r.report(v.get("to"), "this ends before it begins")
	case m.Stopped == truth.No && m.To != "" && r.date != "" && m.To.last() < r.date:
		r.report(v.get("stopped"), "this ended on "+string(m.To)+", and yet is said not to be stopped")
	}
	return m
}

// drug reads the name of a medicine in any case: GP systems write names as they
// like.
func (r *caseReader) drug(v *jsonValue) Medication {
	m, _, err := r.d.ReadMedication(v.text)
	switch {
	case err == nil:
	case errors.Is(err, lipid.ErrUnknownDrugDose):
		names := ""
		if f := r.d.Fact("lipid.drug"); f != nil {
			names = oneOf(v.text, choiceValues(f))
		}
		r.report(v, "a lipid-lowering drug is never "+strconv.Quote(shortened(v.text))+names)
	default:
		r.report(v, err.Error())
	}
	return m
}

// roughDay is a day, or the month or year it lies in: 2019-06-11, 2019-06, 2019.
func (r *caseReader) roughDay(v *jsonValue, what string) Date {
	s := ""
	if v != nil && v.kind == jsonNumber { // 2019
		s = v.text
	} else {
		s = r.text(v, what)
	}
	if s == "" {
		return ""
	}
	if d := Date(s); validDate(string(d.first())) && (len(s) == len("2019") || len(s) == len("2019-06") || len(s) == len("2019-06-11")) {
		return d
	}
	r.report(v, what+" must be a day, a month or a year written YYYY-MM-DD, YYYY-MM or YYYY, not "+strconv.Quote(shortened(s)))
	return ""
}
