package typed

import (
	"strconv"
	"strings"

	"kindred/app/identity"
	"kindred/rules"
)

// Rough is a day as it was typed, or the month or year it lies in.
type Rough struct {
	State State
	Day   rules.Date // "2019-06-11", "2019-06", "2019"
	Echo  string
	Cures []Cure
}

// ReadRough reads a day, a month or a year that is not after today:
// "14-Mar-2019", "Jun-2019", "6/2019", "2019-06", "2019", "today".
func ReadRough(text string, today rules.Date) Rough {
	t := strings.ToLower(strings.TrimSpace(text))
	if t == "" {
		return Rough{}
	}
	parts := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("/-. ", r) })
	day := rules.Date("")
	switch len(parts) {
	case 1:
		if year(parts[0]) {
			day = rules.Date(parts[0])
		}
	case 2:
		switch {
		case year(parts[1]):
			day = month(parts[1], parts[0])
		case year(parts[0]):
			day = month(parts[0], parts[1])
		}
	}
	switch {
	case day == "":
		full := ReadDate(text, today)
		if full.State == Unreadable {
			full.Echo = "Write a year, a month or a date: 2019, Jun-2019, 14-Mar-2019"
		}
		return Rough(full)
	case len(day) <= len(today) && day > today[:len(day)]:
		return Rough{State: Impossible, Echo: "In the future: not used"}
	}
	return Rough{State: Good, Day: day, Echo: ShowRough(day)}
}

// year is a year that people now living can have taken a medicine in.
func year(text string) bool {
	y, err := strconv.Atoi(text)
	return err == nil && len(text) == 4 && y >= 1900
}

// month is a month of a year, by its number or its name.
func month(year, text string) rules.Date {
	if n, err := strconv.Atoi(text); err == nil {
		if n < 1 || n > 12 {
			return ""
		}
		text = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}[n-1]
	}
	days, err := identity.ParseDay("1-"+text+"-"+year, rules.Date(year+"-12-31"))
	if err != nil || len(days) != 1 {
		return ""
	}
	return days[0][:len("2019-06")]
}

// ShowRough writes a day, month or year as the screen does: "14-Mar-2019",
// "Jun-2019", "2019"; empty for none.
func ShowRough(d rules.Date) string { return identity.FormatRough(d) }
