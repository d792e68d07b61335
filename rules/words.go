package rules

import "strings"

// equalFold compares two words without regard to case and spaces.
func equalFold(a, b string) bool {
	return strings.EqualFold(strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", ""))
}
