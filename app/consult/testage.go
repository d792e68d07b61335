package consult

import (
	"kindred/app/identity"
	"kindred/rules"
	"kindred/rules/truth"
)

// agesAtTests works out how old the patient was at each set of results that has
// a day, from the date of birth: lines that depend on age are drawn at that age,
// not at today's. What has no day, or no date of birth, is left as it is.
func (r *Record) agesAtTests() {
	p := r.Patient()
	for i := range p.Panels {
		if years, ok := identity.Years(r.Identity.Born, p.Panels[i].Date); ok {
			p.Panels[i].Age = truth.Exactly(float64(years))
		}
	}
	for _, id := range []string{"lipid.ldl", "lipid.tc"} {
		a, given := p.Facts[id]
		if years, ok := identity.Years(r.Identity.Born, a.When); given && ok {
			p.Facts[ageAtTest] = rules.Answer{Number: truth.Exactly(float64(years)), Bool: truth.Unknown, When: a.When}
			return
		}
	}
	if r.Identity.Born != "" && p.Facts[ageAtTest].When != "" {
		delete(p.Facts, ageAtTest) // of a day that was taken away again; an age that somebody gave has none
	}
}

// ageAtTest is the fact of the age at the current cholesterol test.
const ageAtTest = "lipid.age"
