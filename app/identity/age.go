package identity

import (
	"fmt"
	"time"

	"kindred/rules"
	"kindred/rules/truth"
)

// Years is how many birthdays someone born that day has had on another day;
// ok is false when either day is not known or on is before born. Somebody born
// on 29 February has their birthday on 1 March in other years.
func Years(born, on rules.Date) (years int, ok bool) {
	b, ok1 := Time(born)
	d, ok2 := Time(on)
	if !ok1 || !ok2 || d.Before(b) {
		return 0, false
	}
	years = d.Year() - b.Year()
	if d.Month() < b.Month() || d.Month() == b.Month() && d.Day() < b.Day() {
		years--
	}
	return years, true
}

// AgeSpan is the age in whole years on a day of someone born between two days.
// Any when nothing can be said.
func AgeSpan(bornFrom, bornUntil, on rules.Date) truth.Span {
	oldest, ok := Years(bornFrom, on)
	if !ok {
		return truth.Any()
	}
	youngest, ok := Years(bornUntil, on)
	if !ok {
		youngest = 0 // born after that day by the later reading: not yet a year old
	}
	return truth.Span{Lo: float64(youngest), Hi: float64(oldest)}
}

// AgeText is an age as a banner shows it: days under 4 weeks ("10 d"), months
// under 2 years ("14 m"), else years ("41 y"). Empty when it is not known.
func AgeText(born, on rules.Date) string {
	years, ok := Years(born, on)
	if !ok {
		return ""
	}
	b, _ := Time(born)
	d, _ := Time(on)
	switch days := int(d.Sub(b) / (24 * time.Hour)); {
	case days < 28:
		return fmt.Sprintf("%d d", days)
	case years < 2:
		months := (d.Year()-b.Year())*12 + int(d.Month()) - int(b.Month())
		if d.Day() < b.Day() {
			months--
		}
		return fmt.Sprintf("%d m", months)
	}
	return fmt.Sprintf("%d y", years)
}

// SpanText is an age in words: "54 years", "50 to 59 years", "below 60 years",
// "60 years or over", "not known".
func SpanText(s truth.Span) string {
	lo, hi := wholeYears(s)
	switch {
	case lo <= 0 && hi >= oldestAge:
		return "not known"
	case lo == hi && lo == 1:
		return "1 year"
	case lo == hi:
		return fmt.Sprintf("%d years", lo)
	case lo <= 0:
		return fmt.Sprintf("below %d years", hi+1)
	case hi >= oldestAge:
		return fmt.Sprintf("%d years or over", lo)
	}
	return fmt.Sprintf("%d to %d years", lo, hi)
}
