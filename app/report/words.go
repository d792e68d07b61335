package report

import (
	"fmt"
	"sort"
	"strings"

	"kindred/app/identity"
	"kindred/rules"
)

// outcomeWord is the word on an outcome's pill, the same as on screen.
func outcomeWord(a rules.AreaAdvice) string {
	switch a.Outcome {
	case rules.AlreadyTested:
		return "Already tested"
	case rules.Cascade:
		return "Targeted test"
	case rules.Test:
		return "Test indicated"
	case rules.TestTumour:
		return "Tumour test first"
	case rules.Refer:
		if a.Urgent {
			return "Urgent: specialist"
		}
		return "Specialist first"
	case rules.MoreInformation:
		return "More information"
	case rules.NotIndicated:
		return "Not indicated"
	}
	return string(a.Outcome)
}

// verdictWords is the wording of a verdict; it is about the criterion, never
// about the person having a disease.
func verdictWords(verdict string) string {
	switch verdict {
	case "yes":
		return "Meets"
	case "no":
		return "Does not meet"
	}
	return "Not known"
}

// byStrength orders areas as the reader needs them: what to act on first.
func byStrength(areas []rules.AreaAdvice) []rules.AreaAdvice {
	rank := map[rules.Outcome]int{
		rules.Cascade: 1, rules.Test: 2, rules.TestTumour: 3, rules.Refer: 4,
		rules.MoreInformation: 5, rules.AlreadyTested: 6, rules.NotIndicated: 7,
	}
	of := func(a rules.AreaAdvice) int {
		if a.Urgent {
			return 0
		}
		return rank[a.Outcome]
	}
	sorted := append([]rules.AreaAdvice(nil), areas...)
	sort.SliceStable(sorted, func(i, j int) bool { return of(sorted[i]) < of(sorted[j]) })
	return sorted
}

// longDate writes a date as letters do, 9 September 2008; a day that is not a
// whole date as it stands, an empty one as "not known".
func longDate(d rules.Date) string {
	if d == "" {
		return "not known"
	}
	if text := identity.FormatDayLong(d); text != "" {
		return text
	}
	return string(d)
}

// reasonParts is one reason as a line of the letter: who and clause, the value
// on record, and in brackets where it comes from.
func reasonParts(r rules.Reason) (clause, value, basis string) {
	clause = r.Clause
	if r.Who != "" && r.Who != "Patient" {
		clause = r.Who + ": " + clause
	}
	var from []string
	if r.Basis != "" {
		from = append(from, lowerFirst(r.Basis))
	}
	if r.When != "" {
		from = append(from, longDate(r.When))
	}
	if len(from) > 0 {
		basis = "(" + strings.Join(from, ", ") + ")"
	}
	return clause, lowerFirst(r.Value), basis
}

// lowerFirst lowers the first letter of a word that is not an abbreviation.
func lowerFirst(s string) string {
	if len(s) < 2 || s[1] < 'a' || s[1] > 'z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// scoreText puts a score into words: "7 (probable)" or "at least 3, up to 11
// (possible to definite)".
func scoreText(s rules.ScoreResult) string {
	band := s.Band
	if band == "" && len(s.Bands) > 0 {
		band = s.Bands[0]
		if last := s.Bands[len(s.Bands)-1]; last != band {
			band += " to " + last
		}
	}
	text := fmt.Sprintf("at least %d, up to %d", s.Min, s.Max)
	if s.Min == s.Max {
		text = fmt.Sprint(s.Min)
	}
	if band != "" {
		text += " (" + band + ")"
	}
	return text
}

// costWord names what answering a question takes.
func costWord(cost int) string {
	switch {
	case cost <= 1:
		return "Ask"
	case cost <= 2:
		return "Examine"
	case cost <= 5:
		return "Blood test"
	}
	return "Letter"
}
