package identity

import (
	"math"
	"strings"
	"testing"

	"kindred/rules"
	"kindred/rules/truth"
)

const today = rules.Date("2026-11-23")

func TestAnNHSNumberIsReadInAnyGroupingAndHeldToItsCheckDigit(t *testing.T) {
	for text, want := range map[string]string{
		"9990000131": "9990000131", "999 000 0131": "9990000131", "999-000-0131": "9990000131",
		" 999\u00a0000\u20110131 ": "9990000131", "": "", "9990000042": "9990000042", "999 00 00 158": "9990000158",
	} {
		if got, err := ParseNHSNumber(text); err != nil || got != want {
			t.Errorf("%q reads %q, %v; want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"9990000132": "check digit", "9990001031": "check digit", "999000013": "leading zero",
		"99900001311": "11 digits", "999 000 013O": "'O'", "0000000000": "same digit", "1234567890": "check digit",
	} {
		got, err := ParseNHSNumber(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q reads %q, %v; want an error about %s", text, got, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "999") {
			t.Errorf("the error repeats the number: %v", err)
		}
	}
	for typed, want := range map[string]string{"999": "999", "9990": "999 0", "9990000": "999 000 0", "9990000131": "999 000 0131", "x": "x"} {
		if got := FormatNHSNumber(typed); got != want {
			t.Errorf("%q shows as %q, want %q", typed, got, want)
		}
	}
}

func TestAgesAsTheBannerShowsThem(t *testing.T) {
	for _, c := range []struct{ born, on, want string }{
		{"1985-03-14", "2026-11-23", "41 y"},
		{"1985-11-23", "2026-11-23", "41 y"},
		{"1985-11-24", "2026-11-23", "40 y"}, // the day before the birthday
		{"2026-11-23", "2026-11-23", "0 d"},
		{"2026-10-27", "2026-11-23", "27 d"},
		{"2026-10-26", "2026-11-23", "0 m"}, // 28 days: four weeks, not yet a month by date
		{"2025-09-23", "2026-11-23", "14 m"},
		{"2024-11-24", "2026-11-23", "23 m"},
		{"2024-11-23", "2026-11-23", "2 y"},
		{"2008-02-29", "2026-02-28", "17 y"}, // born on a leap day: the birthday is 1 March
		{"2008-02-29", "2026-03-01", "18 y"},
		{"2027-01-01", "2026-11-23", ""},
		{"", "2026-11-23", ""},
	} {
		if got := AgeText(rules.Date(c.born), rules.Date(c.on)); got != c.want {
			t.Errorf("born %s, on %s: %q, want %q", c.born, c.on, got, c.want)
		}
	}
}

func TestWhatPeopleWriteForAnAgeOrADate(t *testing.T) {
	age := func(lo, hi float64) truth.Span { return truth.Span{Lo: lo, Hi: hi} }
	inf := math.Inf(1)
	for _, c := range []struct {
		text, echo  string
		age         truth.Span
		from, until rules.Date
	}{
		{"54", "54 years", age(54, 54), "", ""},
		{" 54 y ", "54 years", age(54, 54), "", ""},
		{"aged 54", "54 years", age(54, 54), "", ""},
		{"50s", "50 to 59 years", age(50, 59), "", ""},
		{"late 50s", "55 to 59 years", age(55, 59), "", ""},
		{"<60", "below 60 years", age(0, 59), "", ""},
		{"before 60", "below 60 years", age(0, 59), "", ""},
		{"up to 60", "below 61 years", age(0, 60), "", ""},
		{">60", "61 years or over", age(61, inf), "", ""},
		{"60+", "60 years or over", age(60, inf), "", ""},
		{"45-50", "45 to 50 years", age(45, 50), "", ""},
		{"~50", "about 50, taken as 48 to 52 years", age(48, 52), "", ""},
		{"18 months", "18 months", age(1, 1), "", ""},
		{"1974", "1974", age(51, 52), "1974-01-01", "1974-12-31"},
		{"~1974", "about 1974, taken as 1972 to 1976", age(49, 54), "1972-01-01", "1976-12-31"},
		{"1970s", "1970 to 1979", age(46, 56), "1970-01-01", "1979-12-31"},
		{"Mar-1974", "Mar-1974", age(52, 52), "1974-03-01", "1974-03-31"},
		{"december 1974", "Dec-1974", age(51, 51), "1974-12-01", "1974-12-31"},
		{"3/1974", "Mar-1974", age(52, 52), "1974-03-01", "1974-03-31"},
		{"14-Mar-1974", "14-Mar-1974", age(52, 52), "1974-03-14", "1974-03-14"},
		{"14th march 1974", "14-Mar-1974", age(52, 52), "1974-03-14", "1974-03-14"},
		{"14/3/74", "14-Mar-1974", age(52, 52), "1974-03-14", "1974-03-14"},
		{"3/14/74", "14-Mar-1974", age(52, 52), "1974-03-14", "1974-03-14"}, // no fourteenth month: one reading
		{"14.03.1974", "14-Mar-1974", age(52, 52), "1974-03-14", "1974-03-14"},
		{"1974-03-14", "14-Mar-1974", age(52, 52), "1974-03-14", "1974-03-14"},
		{"5/5/74", "05-May-1974", age(52, 52), "1974-05-05", "1974-05-05"},
		{"1/12/26", "12-Jan-2026", age(0, 0), "2026-01-12", "2026-01-12"}, // the first of December has yet to come
		{"2026", "2026", age(0, 0), "2026-01-01", today},
	} {
		got, err := ParseAgeOrDate(c.text, today)
		if err != nil || len(got) != 1 {
			t.Errorf("%q: %d readings, %v", c.text, len(got), err)
			continue
		}
		r := got[0]
		if r.Echo != c.echo || r.Age != c.age || r.From != c.from || r.Until != c.until {
			t.Errorf("%q is understood as %q, age %v, %s to %s; want %q, %v, %s to %s",
				c.text, r.Echo, r.Age, r.From, r.Until, c.echo, c.age, c.from, c.until)
		}
	}
}

func TestADateWithTwoReadingsIsAskedNotGuessed(t *testing.T) {
	got, err := ParseAgeOrDate("3/4/74", today)
	if err != nil || len(got) != 2 || got[0].Echo != "03-Apr-1974" || got[1].Echo != "04-Mar-1974" {
		t.Errorf("%+v, %v", got, err)
	}
	days, err := ParseDay("3/4/1974", today)
	if err != nil || len(days) != 2 || days[0] != "1974-04-03" {
		t.Errorf("%v, %v", days, err)
	}
	if _, err := ParseDay("1974", today); err == nil {
		t.Error("a year passes for a full date")
	}
}

func TestWhatCannotBeAnAgeOrADateIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"": "write an age", "soon": "not understood", "31/4/1974": "not understood", "29-Feb-1974": "not understood",
		"24-Nov-2026": "after 23-Nov-2026", "2027": "after 23-Nov-2026", "200": "more than 130", "50-45": "backwards",
		"13/13/1974": "not understood", "54;55": "not understood", "-5": "not understood", "1066": "not understood",
	} {
		got, err := ParseAgeOrDate(text, today)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %+v, %v; want an error with %q", text, got, err, want)
		}
	}
}

func TestTheAgeAtAnEventGivenByYear(t *testing.T) {
	got, err := ParseAgeOrDate("1998", today)
	if err != nil {
		t.Fatal(err)
	}
	if s := got[0].AgeAt("1945-06-01", "1945-06-01"); s != (truth.Span{Lo: 52, Hi: 53}) {
		t.Errorf("born 1 June 1945, event in 1998: %v", s)
	}
	if s := got[0].AgeAt("", ""); !s.IsAny() {
		t.Errorf("birth not known: %v", s)
	}
	if got, _ := ParseAgeOrDate("54", today); got[0].AgeAt("", "") != truth.Exactly(54) {
		t.Error("an age needs no birth")
	}
}

func FuzzParseAgeOrDate(f *testing.F) {
	for _, s := range []string{"54", "50s", "~1974", "14/3/74", "<60", "3/4/1974", "Mar-1974", "\u202e54", "00/00/0000", "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		readings, err := ParseAgeOrDate(text, today)
		if (err == nil) != (len(readings) > 0) || len(readings) > 2 {
			t.Fatalf("%q: %d readings and error %v", text, len(readings), err)
		}
		for _, r := range readings {
			if r.Age.Lo > r.Age.Hi || r.From > r.Until || r.Until > today || r.Echo == "" {
				t.Errorf("%q: %+v", text, r)
			}
		}
	})
}
