package typed

import (
	"testing"

	"kindred/rules"
	"kindred/rules/truth"
)

func ldl() *rules.FactDef {
	return &rules.FactDef{
		ID: "lipid.ldl", Unit: "mmol/L", Units: []rules.Unit{{Name: "mg/dL", Factor: 1 / 38.67}},
		Possible: rules.Range{Lo: 0.1, Hi: 30, Set: true}, Plausible: rules.Range{Lo: 1, Hi: 20, Set: true}, Decimals: 2,
	}
}

func TestNumbersAreReadAsLaboratoriesAndPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]struct {
		state State
		lo    float64
		echo  string
	}{
		"":          {Empty, 0, ""},
		"6.3":       {Good, 6.3, ""},
		"6,3":       {Good, 6.3, ""},
		"313 mg/dL": {Good, 313 / 38.67, "read as 8.09 mmol/L"},
		"313mg/dl":  {Good, 313 / 38.67, "read as 8.09 mmol/L"},
		"313":       {Impossible, 313, "mg/dL?"},
		"24":        {Unusual, 24, "Above 20. Keep?"},
		"0.5":       {Unusual, 0.5, "Below 1. Keep?"},
		"6.3 mg":    {Unreadable, 0, "mg is not a unit of this value; use mmol/L"},
		"six":       {Unreadable, 0, "A number is needed, for example 5.8 mmol/L"},
		"1e999":     {Unreadable, 0, "e999 is not a unit of this value; use mmol/L"},
	} {
		got := ReadNumber(text, ldl())
		if got.State != want.state || got.Echo != want.echo || got.State.Usable() && got.Span.Lo != want.lo {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}

func TestThreeHundredThirteenOffersItsReadingInTheOtherUnit(t *testing.T) {
	got := ReadNumber("313", ldl())
	if len(got.Cures) != 1 || got.Cures[0] != (Cure{"Make it 8.1", "8.1"}) {
		t.Errorf("got %+v", got.Cures)
	}
	if again := ReadNumber(got.Cures[0].Text, ldl()); again.State != Good {
		t.Errorf("the cure is not accepted: %+v", again)
	}
}

func TestBelowDetectionStaysBelow(t *testing.T) {
	got := ReadNumber("<1.5", ldl())
	if got.State != Good || got.Span.Under(truth.Exactly(1.5)) != truth.Yes || got.As != "<1.5" {
		t.Errorf("got %+v", got)
	}
	if back := Show(got.Span, 2); back != "<1.5" {
		t.Errorf("shown as %q", back)
	}
}

const today = rules.Date("2026-11-23")

func TestAgesAreAsPreciseAsTheyAreKnown(t *testing.T) {
	for text, want := range map[string]struct {
		state  State
		lo, hi float64
		echo   string
	}{
		"54":    {Good, 54, 54, "54 years"},
		"50s":   {Good, 50, 59, "50 to 59 years"},
		"40-49": {Good, 40, 49, "40 to 49 years"},
		"1974":  {Good, 51, 52, "51 to 52 years"},
		"soon":  {Unreadable, 0, 0, "Write an age: 54, 50s, <60, or ? for not known"},
	} {
		got := ReadAge(text, today)
		if got.State != want.state || got.Echo != want.echo || got.State.Usable() && (got.Span != truth.Span{Lo: want.lo, Hi: want.hi}) {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
	if got := ReadAge("<60", today); got.Span.Under(truth.Exactly(60)) != truth.Yes {
		t.Errorf("<60 may be 60: %+v", got)
	}
	if got := ReadAge("?", today); !got.Unknown || !got.Span.IsAny() {
		t.Errorf("? is not known, not empty: %+v", got)
	}
}

func TestAYearOfAHeartAttackNeedsAYearOfBirth(t *testing.T) {
	if got := ReadAgeAt("1994", today, "", ""); got.State != Unreadable {
		t.Errorf("nobody knows the birth, yet %+v", got)
	}
	if got := ReadAgeAt("1994", today, "1940-01-01", "1940-12-31"); got.Span != (truth.Span{Lo: 53, Hi: 54}) {
		t.Errorf("born 1940, heart attack 1994: %+v", got)
	}
	if got := ReadAgeAt("54", today, "", ""); got.Span != truth.Exactly(54) {
		t.Errorf("got %+v", got)
	}
}

func TestAgesComeBackAsTheyWereTyped(t *testing.T) {
	for _, text := range []string{"54", "50s", "<60", "60+", "41-43"} {
		if got := ShowAge(ReadAge(text, today).Span); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
}

func TestADateThatCanBeReadTwoWaysIsAsked(t *testing.T) {
	for text, want := range map[string]struct {
		state State
		day   rules.Date
	}{
		"14-Mar-1985": {Good, "1985-03-14"},
		"14/3/85":     {Good, "1985-03-14"},
		"1985-03-14":  {Good, "1985-03-14"},
		"03/04/80":    {Ambiguous, ""},
		"30/02/1980":  {Unreadable, ""},
		"24/12/2026":  {Impossible, ""},
		"tomorrow":    {Unreadable, ""},
	} {
		got := ReadDate(text, today)
		if got.State != want.state || got.Day != want.day {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
	if got := ReadDate("03/04/80", today); len(got.Cures) != 2 || got.Cures[0].Text != "03-Apr-1980" || got.Cures[1].Text != "04-Mar-1980" {
		t.Errorf("got %+v", got.Cures)
	}
}
