package typed

import (
	"strings"

	"kindred/app/identity"
	"kindred/rules"
)

// Date is a day as it was typed.
type Date struct {
	State State
	Day   rules.Date
	Echo  string
	Cures []Cure
}

// ReadDate reads a full date not after today: "14-Mar-1985", "14/3/85",
// "1985-03-14", "today". A date that can be read two ways is given back with
// both.
func ReadDate(text string, today rules.Date) Date {
	t := strings.ToLower(strings.TrimSpace(text))
	switch t {
	case "":
		return Date{}
	case "today":
		return Date{State: Good, Day: today, Echo: identity.FormatDay(today)}
	}
	days, err := identity.ParseDay(text, today)
	switch {
	case err != nil && strings.Contains(err.Error(), "lies after"):
		return Date{State: Impossible, Echo: "In the future: not used"}
	case err != nil:
		return Date{State: Unreadable, Echo: "Write a full date: 14-Mar-1985 or 14/3/1985"}
	case len(days) == 2:
		a, b := identity.FormatDay(days[0]), identity.FormatDay(days[1])
		return Date{State: Ambiguous, Echo: "Which day?", Cures: []Cure{{Label: a, Text: a}, {Label: b, Text: b}}}
	}
	return Date{State: Good, Day: days[0], Echo: identity.FormatDay(days[0])}
}

// ShowDate writes a day as the screen does: 09-Sep-2008; empty for none.
func ShowDate(d rules.Date) string { return identity.FormatDay(d) }
