package rules

import "kindred/rules/truth"

// usableLipids is whether a cholesterol is on record that was taken neither in
// pregnancy nor in acute illness. While nobody said whether the current one was
// taken in pregnancy, that is not known, whatever earlier ones there are: the
// current one would be used.
func (f *patientFacts) usableLipids() (found, bool) {
	say := func(k truth.K, panel int) (found, bool) {
		return found{answer: Answer{Bool: k, Number: truth.Any()}, panel: panel}, true
	}
	measured := func(facts map[string]Answer) bool {
		_, ldl := facts["lipid.ldl"]
		_, tc := facts["lipid.tc"]
		return ldl || tc
	}
	now := f.patient.Facts
	if measured(now) && !unusable(now) {
		if now["pregnant"].Bool == truth.No {
			return say(truth.Yes, -1)
		}
		return found{}, false
	}
	for i := range f.patient.Panels {
		if p := &f.patient.Panels[i]; measured(p.Facts) && !unusable(p.Facts) {
			return say(truth.Yes, i)
		}
	}
	return say(truth.No, -1)
}
