package check

import (
	"regexp"
	"testing"

	"kindred/rules"
)

// verhoeff reports whether the check digit of a SNOMED CT identifier fits: every
// wrong digit and every pair of neighbours swapped is noticed.
func verhoeff(code string) bool {
	times := [10]string{"0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"}
	turn := [8]string{"0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"}
	c := byte('0')
	for i := range len(code) {
		d := code[len(code)-1-i]
		if d < '0' || d > '9' {
			return false
		}
		c = times[c-'0'][turn[i%8][d-'0']-'0']
	}
	return c == '0'
}

func TestCodesOfConditionsAndFactsAreWellFormed(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	icd := regexp.MustCompile(`^[A-Z][0-9]{2}(\.[0-9])?$`)
	seen := map[string]string{}
	look := func(id string, codes map[string][]string) {
		for _, code := range codes["snomed"] {
			if !verhoeff(code) || len(code) < 6 || len(code) > 18 {
				t.Errorf("%s: the check digit of SNOMED CT %s is wrong", id, code)
			}
			if other := seen[code]; other != "" {
				t.Errorf("%s and %s have the same SNOMED CT code %s", id, other, code)
			}
			seen[code] = id
		}
		for _, code := range codes["icd10"] {
			if !icd.MatchString(code) {
				t.Errorf("%s: %s is no ICD-10 code", id, code)
			}
		}
	}
	for _, c := range lib.Dictionary().Conditions() {
		look(c.ID, c.Codes)
	}
	for _, f := range lib.Dictionary().Facts() {
		look(f.ID, f.Codes)
	}
	for _, code := range []string{"363406005", "716318002", "72900001"} { // Lynch notes §6.1, read there
		if !verhoeff(code) {
			t.Errorf("the check itself refuses %s", code)
		}
	}
	if verhoeff("363406006") || verhoeff("363460405") {
		t.Error("the check takes a wrong digit or two swapped ones")
	}
}
