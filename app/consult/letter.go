package consult

import (
	"slices"

	"kindred/app/report"
	"kindred/rules"
)

// Letter prints the advice about the record's patient as a one-page PDF. The
// author of the record signs unless the options name another; with a dictionary
// in the options the letter says which results the advice rests on.
func (r *Record) Letter(adv *rules.Advice, opts report.Options) ([]byte, error) {
	if opts.Author == "" {
		opts.Author = r.Author
	}
	opts.Case = &r.Case
	return report.Letter(report.Patient(r.Identity), r.Told(adv), opts)
}

// Told is the advice without what only the consultations of relatives say: what
// became of their offers, and their results, stay out of what is written about
// this patient.
func (r *Record) Told(adv *rules.Advice) *rules.Advice {
	if adv == nil || r.Kin == nil {
		return adv
	}
	out := *adv
	out.Areas = slices.Clone(adv.Areas)
	for i := range out.Areas {
		a := &out.Areas[i]
		if a.Cascade == nil {
			continue
		}
		c := *a.Cascade
		c.Offers = nil
		for _, o := range a.Cascade.Offers {
			if elsewhere := r.Standing(o.Person, a.Area).Elsewhere != ""; elsewhere && o.Person != r.Case.Patient {
				if o.Result != "" {
					continue
				}
				o.State = ""
			}
			if !r.Implied(o.Person) {
				c.Offers = append(c.Offers, o)
			}
		}
		a.Cascade = &c
	}
	return &out
}
