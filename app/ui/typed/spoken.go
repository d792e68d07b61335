package typed

import (
	"regexp"
	"strings"
)

// Ages as people say them, written the way the reader of ages knows them.
var (
	reDecadeWord = regexp.MustCompile(`(?i)\b(twen|thir|for|fif|six|seven|eigh|nine)ties\b`)
	reTeens      = regexp.MustCompile(`(?i)\b(?:in (?:his|her|their) )?teens\b`)
	reHyphened   = regexp.MustCompile(`(?i)\b(early|mid|late)-(\d)`)
	reIsh        = regexp.MustCompile(`(?i)\b(\d{1,3})-?ish\b`)
	reEarlyIn    = regexp.MustCompile(`(?i)\b(early|mid|late) (?:in )?(?:his|her|their) `)
	reTheirs     = regexp.MustCompile(`(?i)\b(?:his|her|their) (\d{1,2}0s)\b`)
	reBy         = regexp.MustCompile(`(?i)\b(?:nearly|almost) (\d{1,3})\b`)
)

var decadeOf = map[string]string{"twen": "20s", "thir": "30s", "for": "40s", "fif": "50s", "six": "60s", "seven": "70s", "eigh": "80s", "nine": "90s"}

// spoken turns "in her mid-fifties", "late seventies", "60ish", "teens" into
// "in her mid 50s", "late 70s", "~60", "13-19". Everything else stays.
func spoken(s string) string {
	if !strings.ContainsAny(s, "aeiAEI") {
		return s
	}
	s = reDecadeWord.ReplaceAllStringFunc(s, func(w string) string { return decadeOf[strings.ToLower(w[:len(w)-len("ties")])] })
	s = reTeens.ReplaceAllString(s, "13-19")
	s = reHyphened.ReplaceAllString(s, "$1 $2")
	s = reEarlyIn.ReplaceAllString(s, "$1 ")
	s = reTheirs.ReplaceAllString(s, "$1")
	s = reIsh.ReplaceAllString(s, "~$1")
	return reBy.ReplaceAllString(s, "~$1")
}
