package identity

import (
	"fmt"
	"strings"
	"time"

	"kindred/rules"
)

const isoDay = "2006-01-02"

// Day writes a point in time as a calendar day where it is.
func Day(t time.Time) rules.Date { return rules.Date(t.Format(isoDay)) }

// Time is midnight UTC of a day; ok is false when d is empty or no day.
func Time(d rules.Date) (t time.Time, ok bool) {
	t, err := time.Parse(isoDay, string(d))
	return t, err == nil
}

// FormatDay writes a day as screens show it: 09-Sep-2008. A day that is not
// known comes back empty.
func FormatDay(d rules.Date) string {
	t, ok := Time(d)
	if !ok {
		return ""
	}
	return t.Format("02-Jan-2006")
}

// FormatRough writes a day that may be known by month or year only:
// "14-Mar-2019", "Jun-2019", "2019"; empty for none.
func FormatRough(d rules.Date) string {
	if len(d) == len("2019-06") {
		if full := FormatDay(d + "-01"); len(full) > 3 {
			return full[3:]
		}
	}
	if len(d) == len("2019") {
		return string(d)
	}
	return FormatDay(d)
}

// FormatDayLong writes a day as letters and leaflets do: 9 September 2008.
func FormatDayLong(d rules.Date) string {
	t, ok := Time(d)
	if !ok {
		return ""
	}
	return t.Format("2 January 2006")
}

// ParseDay reads a full date as people type it: 14-Mar-1985, 14/3/1985,
// 14.3.85, 1985-03-14, 14 March 1985. Two days come back when the text can be
// read both day first and month first and neither is impossible; day first is
// the first. Years of two digits are the latest that do not lie after on.
func ParseDay(text string, on rules.Date) ([]rules.Date, error) {
	r, err := ParseAgeOrDate(text, on)
	if err != nil {
		return nil, err
	}
	var days []rules.Date
	for _, x := range r {
		if x.From == "" || x.From != x.Until {
			return nil, fmt.Errorf("%q is not a full date; write day, month and year, such as 14-Mar-1985", strings.TrimSpace(text))
		}
		days = append(days, x.From)
	}
	return days, nil
}

// monthNames are the first letters that tell months apart.
var monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// parseMonth reads "Mar", "march" or "sept"; 0 when it is no month's name.
func parseMonth(word string) time.Month {
	if len(word) < 3 {
		return 0
	}
	w := strings.ToLower(word)
	for i, m := range monthNames {
		full := strings.ToLower(time.Month(i + 1).String())
		if w == m || w == full || w == "sept" && m == "sep" {
			return time.Month(i + 1)
		}
	}
	return 0
}

// makeDay is a real day of the calendar, or not ok (31 April).
func makeDay(year int, month time.Month, day int) (rules.Date, bool) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || t.Month() != month || t.Day() != day || year < oldestYear {
		return "", false
	}
	return Day(t), true
}

// oldestYear is the first year anyone in a family history can be dated to.
const oldestYear = 1800
