// Package words turns what the program knows into the words, icons and tones
// of the screen: outcomes, names, ages, numbers. One place, so that the same
// thing is called the same everywhere.
package words

import (
	"fmt"
	"strings"

	"kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/rules"
)

// Face is how an outcome looks on a pill.
type Face struct {
	Tone kit.Tone
	Icon string
	Word string // on a pill
	List string // in a list's pill
}

var faces = map[rules.Outcome]Face{
	rules.Cascade:         {kit.ToneMet, "met", "Targeted test", "Targeted test"},
	rules.Test:            {kit.ToneMet, "met", "Test indicated", "Test indicated"},
	rules.TestTumour:      {kit.ToneAction, "arrow", "Tumour test first", "Tumour test first"},
	rules.Refer:           {kit.ToneAction, "arrow", "Specialist first", "Specialist first"},
	rules.MoreInformation: {kit.ToneUnk, "unk", "More information", "Ask more"},
	rules.NotIndicated:    {kit.ToneNot, "not", "Not indicated", "Not indicated"},
	rules.AlreadyTested:   {kit.ToneNot, "tick", "Already tested", "Already tested"},
}

// Of is the face of an outcome.
func Of(o rules.Outcome, urgent bool) Face {
	if urgent {
		return Face{kit.ToneUrgent, "urg", "Urgent: specialist", "Urgent: specialist"}
	}
	if f, ok := faces[o]; ok {
		return f
	}
	return Face{kit.ToneUnk, "unk", "Not assessed", "Not assessed"}
}

// Ordered is the areas of an advice with the strongest first: what leads is
// decided by the consult package, the rest follow in the order of the advice.
func Ordered(areas []rules.AreaAdvice) []*rules.AreaAdvice {
	out := make([]*rules.AreaAdvice, 0, len(areas))
	lead := consult.Strongest(areas)
	if lead != nil {
		out = append(out, lead)
	}
	for i := range areas {
		if &areas[i] != lead {
			out = append(out, &areas[i])
		}
	}
	return out
}

// Cost is the pill of a question's cost: 1 ask, 2 examine, 5 blood test, 10
// letter.
func Cost(cost int) (iconName, word string) {
	switch {
	case cost <= 1:
		return "ask", "Ask"
	case cost <= 2:
		return "exam", "Examine"
	case cost <= 5:
		return "drop", "Blood test"
	default:
		return "mail", "Letter"
	}
}

// NotKnown stands wherever an item is missing; nothing is ever left blank.
const NotKnown = "Not known"

// Count writes a whole number with its thousands apart: 48,139.
func Count(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Plural writes a number with its noun: "1 person", "3 people".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Capital gives a sentence its capital letter.
func Capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Score says a score in words: "7", "at least 3, up to 11".
func Score(lo, hi int) string {
	if lo == hi {
		return fmt.Sprint(lo)
	}
	return fmt.Sprintf("at least %d, up to %d", lo, hi)
}

// Editions says in the status bar which rules were used and how far they can be
// trusted: "FH 2026-11, Lynch 2026-11: rules not signed off".
func Editions(areas []rules.AreaInfo) string {
	var names []string
	signed := true
	for _, a := range areas {
		names = append(names, a.Short+" "+strings.TrimPrefix(a.Edition, a.Short+" "))
		signed = signed && a.Status == "signed_off"
	}
	if signed {
		return strings.Join(names, ", ") + ": rules signed off"
	}
	return strings.Join(names, ", ") + ": rules not signed off"
}
