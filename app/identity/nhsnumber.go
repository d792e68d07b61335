package identity

import (
	"errors"
	"fmt"
	"strings"
)

// nhsDigits is the length of an NHS number, its check digit included.
const nhsDigits = 10

// CheckDigit returns the tenth digit of an NHS number from its first nine by
// modulus 11 (NHS Data Dictionary, NHS NUMBER). ok is false when the nine can
// never begin a valid number, or are not nine digits.
func CheckDigit(nine string) (digit byte, ok bool) {
	if len(nine) != nhsDigits-1 {
		return 0, false
	}
	sum := 0
	for i := range len(nine) {
		d := nine[i]
		if d < '0' || d > '9' {
			return 0, false
		}
		sum += int(d-'0') * (nhsDigits - i)
	}
	switch c := (11 - sum%11) % 11; c {
	case 10:
		return 0, false
	default:
		return '0' + byte(c), true
	}
}

// ParseNHSNumber reads an NHS number in any grouping ("999 000 0131",
// "999-000-0131", "9990000131") and returns its ten digits. Empty text is an
// empty number. The error says what does not fit; it does not repeat the number.
func ParseNHSNumber(text string) (string, error) {
	digits, err := onlyDigits(text)
	if err != nil {
		return "", err
	}
	switch {
	case digits == "":
		return "", nil
	case len(digits) == nhsDigits-1:
		return "", errors.New("the NHS number has 9 digits, not 10; a leading zero may have been lost")
	case len(digits) != nhsDigits:
		return "", fmt.Errorf("the NHS number has %d digits, not 10", len(digits))
	case digits == strings.Repeat(digits[:1], nhsDigits):
		return "", errors.New("the NHS number is the same digit ten times")
	}
	if c, ok := CheckDigit(digits[:nhsDigits-1]); !ok || c != digits[nhsDigits-1] {
		return "", errors.New("the NHS number fails its check digit; two digits may be swapped or one mistyped")
	}
	return digits, nil
}

// onlyDigits drops everything people put between the digits of a number.
func onlyDigits(text string) (string, error) {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(" -.\t\u00a0\u2007\u2009\u202f\u2010\u2011\u2013", r):
		default:
			return "", fmt.Errorf("the NHS number contains %q; it is ten digits", r)
		}
	}
	return b.String(), nil
}

// FormatNHSNumber writes ten digits as 3-3-4 ("999 000 0131"). Anything else
// comes back grouped as far as it goes, which is also how a number looks while
// it is being typed.
func FormatNHSNumber(digits string) string {
	d, err := onlyDigits(digits)
	if err != nil {
		return digits
	}
	switch {
	case len(d) > 6:
		return d[:3] + " " + d[3:6] + " " + d[6:]
	case len(d) > 3:
		return d[:3] + " " + d[3:]
	}
	return d
}
