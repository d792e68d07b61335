package consult

import (
	"slices"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
	"kindred/rules"
)

// kinTumours shows where the tumours of relatives stand in the same tables as
// the patient's: whose, what was found, what comes next.
func (b *cardBody) kinTumours(ar *rules.AreaAdvice) {
	if len(ar.Tumours) == 0 {
		return
	}
	b.rule()
	for i := range ar.Tumours {
		t := &ar.Tumours[i]
		b.rung("met", look.Met, t.Who+", "+t.Cancer+": "+t.Results, kit.Body, "")
		b.join()
		b.rung("now", look.Action, t.Text, kit.Body.B(), words.Capital(t.Basis)+" · "+t.Source)
	}
}

// readers shows what each reader of the advice has to do, folded under whom it
// is for, and reports whether there was anything.
func (b *cardBody) readers(ar *rules.AreaAdvice) (told bool) {
	for _, part := range rules.NoteParts {
		if rules.ForReader(part) {
			b.notes(ar, part)
			told = told || slices.ContainsFunc(ar.Notes, func(n rules.Note) bool { return n.Part == part })
		}
	}
	return told
}
