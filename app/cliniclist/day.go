package cliniclist

import (
	"strings"
	"time"

	"kindred/app/sheet"
	"kindred/rules"
)

// Order is the order in which a column of text dates writes day and month. It
// is decided for a whole column, never for a cell.
type Order string

// The orders.
const (
	OrderUnknown  Order = ""
	DayFirst      Order = "day first"
	MonthFirst    Order = "month first"
	Contradictory Order = "both" // some dates can only be day first, others only month first
)

// dayText is a date as a cell writes it: three numbers still in their places,
// or already certain.
type dayText struct {
	a, b, year int  // a/b/year; certain: a is the day, b the month
	certain    bool // month in letters or year first
	short      bool // the year has two digits
}

// parseDay reads a date cell's text; ok is false for what is no date.
func parseDay(text string) (d dayText, ok bool) {
	if !strings.ContainsAny(text, "0123456789") {
		return d, false // most texts of a list, before anything is taken apart
	}
	s := strings.TrimSpace(text)
	if i := strings.IndexByte(s, ':'); i > 0 { // drop a time of day
		s = s[:max(0, strings.LastIndexAny(s[:i], "T \u00A0"))]
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/-. ,\u00A0", r) })
	if len(parts) == 1 && len(parts[0]) == 8 {
		if n, good := digits(parts[0]); good && n > 19000000 {
			return dayText{a: n % 100, b: n / 100 % 100, year: n / 10000, certain: true}.check()
		}
	}
	if len(parts) != 3 {
		return d, false
	}
	var n [3]int
	month := -1
	for i, p := range parts {
		if m := monthOf(p); m > 0 && month < 0 {
			n[i], month = m, i
			continue
		}
		p = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(p), "st"), "nd"), "rd"), "th")
		v, good := digits(p)
		if !good || len(p) == 3 || len(p) > 4 {
			return d, false
		}
		n[i], parts[i] = v, p
	}
	switch {
	case len(parts[0]) == 4 && month != 0: // 2016-02-28
		return dayText{a: n[2], b: n[1], year: n[0], certain: true}.check()
	case month == 0: // Feb 28, 2016
		return dayText{a: n[1], b: n[0], year: n[2], certain: true, short: len(parts[2]) < 4}.check()
	case month == 1: // 28-Feb-2016
		return dayText{a: n[0], b: n[1], year: n[2], certain: true, short: len(parts[2]) < 4}.check()
	case month < 0:
		return dayText{a: n[0], b: n[1], year: n[2], short: len(parts[2]) < 4}.check()
	}
	return d, false
}

// check keeps what can be a date in one order at least.
func (d dayText) check() (dayText, bool) {
	fits := d.a >= 1 && d.a <= 31 && d.b >= 1 && d.b <= 12
	turned := !d.certain && d.b >= 1 && d.b <= 31 && d.a >= 1 && d.a <= 12
	return d, (fits || turned) && (d.short || d.year >= 1850 && d.year <= 2200)
}

// evidence says which order the text can only be in; OrderUnknown when both.
func (d dayText) evidence() Order {
	switch {
	case d.certain:
		return OrderUnknown
	case d.a > 12:
		return DayFirst
	case d.b > 12:
		return MonthFirst
	}
	return OrderUnknown
}

// resolve gives the day in the column's order; the last day it can be decides
// the century of a two-digit year. why says what stands in the way.
func (d dayText) resolve(order Order, last time.Time) (t time.Time, why string) {
	day, month := d.a, d.b
	if !d.certain {
		switch {
		case order == Contradictory && d.evidence() == OrderUnknown && d.a != d.b:
			return t, "can be read two ways: the dates of this column stand in both orders"
		case order == MonthFirst, order == Contradictory && d.evidence() == MonthFirst:
			day, month = d.b, d.a
		}
	}
	year := d.year
	if d.short {
		const oldest = 110
		year = last.Year() - last.Year()%100 + d.year
		late := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		early := late.AddDate(-100, 0, 0)
		switch {
		case late.After(last):
			year -= 100
		case early.AddDate(oldest, 0, 0).After(last):
			return t, "has a two-digit year that can mean two centuries"
		}
	}
	t = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month {
		return time.Time{}, "is no day of the calendar"
	}
	return t, ""
}

// cellDay reads a date from any cell. written is false for an empty cell.
func cellDay(c *sheet.Cell, order Order, last time.Time) (t time.Time, written bool, why string) {
	switch c.Kind {
	case sheet.Empty:
		return t, false, ""
	case sheet.Date:
		t, ok := sheet.DateOf(c.Num)
		if !ok {
			return t, true, "is no day of the calendar"
		}
		return t.Truncate(24 * time.Hour), true, ""
	case sheet.Number: // a serial in a cell that lost its date format
		if c.Num == float64(int64(c.Num)) {
			if c.Num >= 19000101 && c.Num <= 22001231 {
				return cellDay(&sheet.Cell{Kind: sheet.Text, Text: c.String()}, order, last)
			}
			if t, ok := sheet.DateOf(c.Num); ok && c.Num > 3653 && c.Num < 73051 { // 1910 to 2099
				return t, true, ""
			}
		}
		return t, true, "is no date"
	case sheet.Text:
		if isBlankWord(c.Text) {
			return t, false, ""
		}
		d, ok := parseDay(c.Text)
		if !ok {
			return t, true, "is no date"
		}
		t, why = d.resolve(order, last)
		return t, true, why
	}
	return t, true, "is no date"
}

func dateOf(t time.Time) rules.Date { return rules.Date(t.Format("2006-01-02")) }

// yearsBetween is the age in completed years.
func yearsBetween(born, day time.Time) int {
	years := day.Year() - born.Year()
	if day.Month() < born.Month() || day.Month() == born.Month() && day.Day() < born.Day() {
		years--
	}
	return years
}

func digits(s string) (int, bool) {
	if s == "" || len(s) > 8 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

var months = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// monthOf knows English months written out or by three letters and more; 0 for
// anything else.
func monthOf(s string) int {
	s = strings.ToLower(s)
	if len(s) < 3 {
		return 0
	}
	for i, m := range months {
		if strings.HasPrefix(m, s) || m == "september" && s == "sept" {
			return i + 1
		}
	}
	return 0
}
