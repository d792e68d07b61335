package typed

import (
	"fmt"
	"math"
	"strings"

	"kindred/app/identity"
	"kindred/rules"
	"kindred/rules/truth"
)

// Age is an age as it was typed.
type Age struct {
	State   State
	Unknown bool // typed as not known: "?", "don't know"
	Span    truth.Span
	Echo    string
	Cures   []Cure
}

// notKnown are the ways people say that nobody knows.
var notKnown = map[string]bool{"?": true, "nk": true, "n/k": true, "not known": true, "unknown": true, "don't know": true, "dont know": true}

// ReadAge reads an age today: "54", "50s", "~54", "<60", "60+", or a date or
// year of birth, reckoned on the given day; "?" is not known.
func ReadAge(text string, on rules.Date) Age {
	text = spoken(text)
	t := strings.ToLower(strings.TrimSpace(text))
	switch {
	case t == "":
		return Age{}
	case notKnown[t]:
		return Age{State: Good, Unknown: true, Span: truth.Any(), Echo: "not known"}
	}
	readings, err := identity.ParseAgeOrDate(text, on)
	switch {
	case err != nil:
		return Age{State: Unreadable, Echo: "Write an age: 54, 50s, <60, or ? for not known"}
	case len(readings) == 2 && readings[0].Age != readings[1].Age:
		return Age{State: Ambiguous, Echo: "Which day?", Cures: []Cure{
			{Label: readings[0].Echo, Text: readings[0].Echo}, {Label: readings[1].Echo, Text: readings[1].Echo},
		}}
	}
	r := readings[0]
	a := Age{State: Good, Span: r.Age, Echo: r.Echo}
	if r.IsDate() {
		a.Echo = identity.SpanText(r.Age)
	}
	return a
}

// ReadAgeAt reads the age at an event, which may also be given as a date or
// year when the person's present age (or age at death) is not needed for it.
// born are the first and last day the person can have been born; empty when
// nobody knows, and then a year is not enough.
func ReadAgeAt(text string, on, bornFrom, bornUntil rules.Date) Age {
	a := ReadAge(text, on)
	if !a.State.Usable() || a.Unknown {
		return a
	}
	readings, err := identity.ParseAgeOrDate(spoken(text), on)
	if err != nil || !readings[0].IsDate() {
		return a
	}
	span := readings[0].AgeAt(bornFrom, bornUntil)
	if span.IsAny() {
		return Age{State: Unreadable, Echo: "An age is needed here: nobody knows the year of birth"}
	}
	return Age{State: Good, Span: span, Echo: identity.SpanText(span)}
}

// ShowAge writes an age span back as a person would type it.
func ShowAge(s truth.Span) string {
	switch {
	case s.IsAny():
		return ""
	case s.IsExact():
		return fmt.Sprintf("%g", s.Lo)
	case s.Lo <= 0:
		return fmt.Sprintf("<%g", math.Floor(s.Hi)+1)
	case math.IsInf(s.Hi, 1) || s.Hi >= 120:
		return fmt.Sprintf("%g+", s.Lo)
	case math.Mod(s.Lo, 10) == 0 && s.Hi == s.Lo+9:
		return fmt.Sprintf("%gs", s.Lo)
	}
	return fmt.Sprintf("%g-%g", s.Lo, s.Hi)
}
