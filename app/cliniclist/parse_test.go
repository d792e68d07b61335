package cliniclist

import (
	"testing"
	"time"

	"kindred/app/sheet"
	"kindred/rules/truth"
)

func TestNumbersAsLaboratoriesWriteThem(t *testing.T) {
	for _, c := range []struct {
		text, unit string
		want       truth.Span
		ok         bool
	}{
		{"4.9", "", truth.Exactly(4.9), true},
		{" 4.9 ", "", truth.Exactly(4.9), true},
		{"4,9", "", truth.Exactly(4.9), true},
		{"<0.5", "", truth.Below(0.5), true},
		{"< 0.5 mmol/L", "mmol/L", truth.Below(0.5), true},
		{">10", "", truth.Above(10), true},
		{"≥ 10", "", truth.From(10), true},
		{"<= 0.5", "", truth.Span{Lo: truth.Any().Lo, Hi: 0.5}, true},
		{"174 mg/dL", "mg/dL", truth.Exactly(174), true},
		{"174mg/dl", "mg/dl", truth.Exactly(174), true},
		{"5.1 H", "", truth.Exactly(5.1), true},
		{"<6·2", "", truth.Below(6.2), true},
		{"·2", "", truth.Any(), false},
		{"5.1*", "", truth.Exactly(5.1), true},
		{"5.1 mmol/L (H)", "mmol/L", truth.Exactly(5.1), true},
		{"53 years", "years", truth.Exactly(53), true},
		{"-1", "", truth.Exactly(-1), true},
		{"1,234", "", truth.Span{}, false}, // thousands or a comma too many: not guessed
		{"5.1.2", "", truth.Span{}, false},
		{"5 to 6", "", truth.Span{}, false},
		{"~5", "", truth.Span{}, false},
		{"see letter", "", truth.Span{}, false},
		{"01/02/2020", "", truth.Span{}, false},
		{"NaN", "", truth.Span{}, false},
		{"1e3", "", truth.Span{}, false},
		{"", "", truth.Span{}, false},
	} {
		r, ok := parseReading(c.text)
		if ok != c.ok || ok && (r.span(1) != c.want || r.unit != c.unit) {
			t.Errorf("%q reads as %v %q (%v), want %v %q (%v)", c.text, r.span(1), r.unit, ok, c.want, c.unit, c.ok)
		}
	}
}

func TestDatesAreReadInTheOrderOfTheirColumn(t *testing.T) {
	last := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text  string
		order Order
		want  string // the day, or what stands in the way
	}{
		{"03/04/1980", DayFirst, "1980-04-03"},
		{"03/04/1980", MonthFirst, "1980-03-04"},
		{"03/04/1980", Contradictory, "can be read two ways: the dates of this column stand in both orders"},
		{"04/04/1980", Contradictory, "1980-04-04"},
		{"28/04/1980", Contradictory, "1980-04-28"},
		{"04/28/1980", Contradictory, "1980-04-28"},
		{"28.04.1980", DayFirst, "1980-04-28"},
		{"3-Apr-1980", MonthFirst, "1980-04-03"},
		{"3rd April 1980", DayFirst, "1980-04-03"},
		{"April 3, 1980", DayFirst, "1980-04-03"},
		{"1980-04-03", MonthFirst, "1980-04-03"},
		{"1980-04-03T10:30:00", DayFirst, "1980-04-03"},
		{"03/04/1980 10:30", DayFirst, "1980-04-03"},
		{"19800403", DayFirst, "1980-04-03"},
		{"03/04/80", DayFirst, "1980-04-03"},
		{"03/04/05", DayFirst, "2005-04-03"},
		{"03/04/22", DayFirst, "has a two-digit year that can mean two centuries"},
		{"31/02/1980", DayFirst, "is no day of the calendar"},
		{"29/02/1981", DayFirst, "is no day of the calendar"},
		{"29/02/1980", DayFirst, "1980-02-29"},
		{"Tuesday", DayFirst, "is no date"},
		{"5.1", DayFirst, "is no date"},
		{"1980", DayFirst, "is no date"},
	} {
		cell := sheet.Cell{Kind: sheet.Text, Text: c.text}
		day, _, why := cellDay(&cell, c.order, last)
		got := why
		if why == "" {
			got = day.Format("2006-01-02")
		}
		if got != c.want {
			t.Errorf("%q, %s: got %q, want %q", c.text, c.order, got, c.want)
		}
	}
}

func FuzzReading(f *testing.F) {
	for _, s := range []string{"4.9", "<0.5 mmol/L", "4,9", "174 mg/dL", "5.1 H", ">=", "-", "1,2,3", "9999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, ok := parseReading(s)
		if ok && (r.value != r.value || r.span(1).Lo > r.span(1).Hi) {
			t.Errorf("%q reads as %+v", s, r)
		}
	})
}

func FuzzDay(f *testing.F) {
	for _, s := range []string{"03/04/1980", "1980-04-03T10:30:00", "3rd April 1980", "Feb 28, 2016", "19800403", "::", "//", "31.12.99"} {
		f.Add(s)
	}
	last := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		for _, order := range []Order{DayFirst, MonthFirst, Contradictory} {
			day, _, why := cellDay(&sheet.Cell{Kind: sheet.Text, Text: s}, order, last)
			if why == "" && !day.IsZero() && (day.Year() < 1800 || day.Year() > 2300) {
				t.Errorf("%q gives %v", s, day)
			}
		}
	})
}

func FuzzUnit(f *testing.F) {
	for _, s := range []string{"mmol/L", "mmols / litre", "MG/DL", "µmol/l", ""} {
		f.Add(s, "mmol/L")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if sameUnit(a, b) != sameUnit(b, a) || !sameUnit(a, a) {
			t.Errorf("%q and %q", a, b)
		}
	})
}
