package consult

import (
	"kindred/app/report"
	"kindred/rules"
)

// Letter prints the advice about the record's patient as a one-page PDF. The
// author of the record signs unless the options name another.
func (r *Record) Letter(adv *rules.Advice, opts report.Options) ([]byte, error) {
	if opts.Author == "" {
		opts.Author = r.Author
	}
	return report.Letter(report.Patient(r.Identity), adv, opts)
}
