package cliniclist

import (
	"strings"

	"kindred/app/sheet"
	"kindred/rules"
	"kindred/rules/truth"
)

// isBlankWord knows what people write where there is nothing to write. None of
// it is an answer.
func isBlankWord(s string) bool {
	s = strings.Trim(strings.TrimSpace(s), ".()[]")
	return s == "" || len(s) <= 13 && oneOf(s, "-", "--", "–", "—", "?", "n/a", "na", "n.a", "nk", "null", "nil recorded", "unknown", "not known", "not recorded", "not stated", "not available",
		"not done", "pending", "missing", "no result", "no value", "not asked", "unk", "don't know", "dont know", "#n/a")
}

// yesNoWord reads a yes or no; known is false for anything else.
func yesNoWord(s string) (k truth.K, known bool) {
	s = strings.TrimSpace(s)
	switch {
	case oneOf(s, "yes", "y", "true", "t", "1", "present", "positive", "confirmed", "x", "✓"):
		return truth.Yes, true
	case oneOf(s, "no", "n", "false", "f", "0", "absent", "negative", "none", "nil"):
		return truth.No, true
	}
	return truth.Unknown, false
}

// choiceOf finds the choice a text means, by its value or its label.
func choiceOf(f *rules.FactDef, text string) (string, bool) {
	key := words(text)
	for _, c := range f.Choices {
		if key == words(c.Value) || key == words(c.Label) {
			return c.Value, true
		}
	}
	for _, c := range f.Choices { // "Bowel" for "Bowel (colorectal)"
		for _, part := range strings.FieldsFunc(c.Label, func(r rune) bool { return strings.ContainsRune("()/,", r) }) {
			if key != "" && key == words(part) {
				return c.Value, true
			}
		}
	}
	if value, ok := reportWords[key]; ok && f.ChoiceIndex(value) >= 0 {
		return value, true
	}
	return "", false
}

// reportWords are words of laboratory reports for choices that carry other
// names. Words that mean opposite things in different tests (positive, present)
// are left out.
var reportWords = map[string]string{
	"retained": "intact", "preserved": "intact", "normal expression": "intact", "retained expression": "intact", "no loss": "intact",
	"loss": "lost", "loss of expression": "lost", "absent": "lost",
	"wt": "wild_type", "no mutation": "wild_type", "no variant": "wild_type", "not mutated": "wild_type",
	"methylated": "detected", "hypermethylated": "detected", "unmethylated": "not_detected", "not methylated": "not_detected",
	"not tested": "not_done", "nd": "not_done", "not performed": "not_done", "insufficient": "failed", "insufficient tissue": "failed",
	"msi high": "msi_h", "msi low": "msi_l", "microsatellite stable": "mss", "microsatellite unstable": "msi_h",
	"pathogenic": "positive", "likely pathogenic": "positive", "no variant found": "negative",
}

// sexOf reads sex at birth in words, letters and the NHS codes 1 and 2; known
// is false for what is none of them and no blank either.
func sexOf(c *sheet.Cell) (sex string, known bool) {
	text := strings.TrimSpace(c.String())
	switch {
	case oneOf(text, "f", "female", "woman", "girl", "2"):
		return "female", true
	case oneOf(text, "m", "male", "man", "boy", "1"):
		return "male", true
	case oneOf(text, "u", "i", "0", "9", "indeterminate", "other", "not specified", "x"):
		return "", true
	}
	return "", isBlankWord(c.String())
}

// oneOf compares without regard to case and without making a new string.
func oneOf(text string, words ...string) bool {
	for _, w := range words {
		if len(w) == len(text) && strings.EqualFold(w, text) {
			return true
		}
	}
	return false
}
