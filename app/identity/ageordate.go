package identity

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kindred/rules"
	"kindred/rules/truth"
)

// Reading is one way to understand what was typed into an age-or-date box.
// Either an age was meant (From and Until are empty) or a stretch of days.
type Reading struct {
	// Age in whole years. For a date it is the age on the given day of someone
	// born then; for an age it is what was typed.
	Age truth.Span
	// From and Until are the first and last day that a date can mean; equal for
	// a full date.
	From, Until rules.Date
	// Echo says what was understood: "50 to 59 years", "14-Mar-1974", "1974".
	Echo string
}

// IsDate reports whether a date was meant rather than an age.
func (r Reading) IsDate() bool { return r.From != "" }

// AgeAt is the age at an event: what was typed, or, when the event was given as
// a date, reckoned from a birth between two days.
func (r Reading) AgeAt(bornFrom, bornUntil rules.Date) truth.Span {
	if !r.IsDate() {
		return r.Age
	}
	oldest, ok := Years(bornFrom, r.Until)
	if !ok {
		return truth.Any()
	}
	youngest, ok := Years(bornUntil, r.From)
	if !ok {
		youngest = 0
	}
	return truth.Span{Lo: float64(youngest), Hi: float64(oldest)}
}

const (
	oldestAge = 130 // years; nobody was older
	// about is how many years either way "about 1974" and "about 50" may be out;
	// the echo says so.
	about = 2
)

// What may be typed, after folding case and spaces.
var (
	reAge      = regexp.MustCompile(`^(?:aged? )?(\d{1,3}) ?(?:y|yrs?|years?|years? old)?$`)
	reAgeRange = regexp.MustCompile(`^(?:aged? )?(\d{1,3}) ?(?:-|–|to) ?(\d{1,3}) ?(?:y|yrs?|years?)?$`)
	reMonths   = regexp.MustCompile(`^(\d{1,3}) ?(?:m|months?)$`)
	reDecade   = regexp.MustCompile(`^(early |mid |late |in (?:his|her|their) )?(\d{1,2}0)'?s$`)
	reUnder    = regexp.MustCompile(`^(?:<|under |below |before |younger than )(\d{1,3}) ?(?:y|yrs?|years?)?$`)
	reAtMost   = regexp.MustCompile(`^(?:<=|≤|up to |at most )(\d{1,3}) ?(?:y|yrs?|years?)?$`)
	reOver     = regexp.MustCompile(`^(?:>|over |above |after |older than )(\d{1,3}) ?(?:y|yrs?|years?)?$`)
	reAtLeast  = regexp.MustCompile(`^(?:>=|≥|at least |from )(\d{1,3}) ?(?:y|yrs?|years?)?$`)
	reOrOver   = regexp.MustCompile(`^(\d{1,3}) ?(?:\+|or over|or older|and over)$`)
	reAbout    = regexp.MustCompile(`^(?:~|about |around |approx\.? |circa |c\.? ?)(.+)$`)
	reYear     = regexp.MustCompile(`^(\d{4})$`)
	reYears    = regexp.MustCompile(`^(\d{3})0'?s$`)
	reISO      = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	reNumeric  = regexp.MustCompile(`^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})$`)
	reWordDay  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[ \-/.]?([a-z]{3,9})[ \-/.,]*(\d{2}|\d{4})$`)
	reWordMon  = regexp.MustCompile(`^([a-z]{3,9})[ \-/.,]?(\d{4})$`)
	reNumMon   = regexp.MustCompile(`^(\d{1,2})[/.\-](\d{4})$`)
)

// ParseAgeOrDate reads an age or a date as people write it: 54, 50s, ~1974,
// Mar-1974, 14/3/74, <60, 60+, 45-50, 14-Mar-1974. on is the day to reckon
// from. Two readings come back when a date can be read day first and month
// first; the user is asked, nothing is guessed. Empty text is an error, as is
// anything that is not an age or date somebody can have.
func ParseAgeOrDate(text string, on rules.Date) ([]Reading, error) {
	t := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	if t == "" {
		return nil, errors.New("write an age or a date: 54, 50s, ~1974, Mar-1974, below 60")
	}
	day, ok := Time(on)
	if !ok {
		return nil, fmt.Errorf("the day to reckon ages from, %q, is not a date", string(on))
	}
	p := parser{on: on, day: day}
	if r, ok := p.age(t); ok {
		return checkReading(text, r, on)
	}
	if r, ok := p.date(t); ok {
		return checkReading(text, r, on)
	}
	return nil, fmt.Errorf("%q is not understood; write an age (54, 50s, below 60) or a date (1974, Mar-1974, 14-Mar-1974)", strings.TrimSpace(text))
}

// checkReading refuses ages nobody reaches and days that have yet to come.
func checkReading(text string, readings []Reading, on rules.Date) ([]Reading, error) {
	text = strings.TrimSpace(text)
	var kept []Reading
	var err error
	for _, r := range readings {
		switch {
		case r.IsDate() && r.From > on:
			err = fmt.Errorf("%q lies after %s", text, FormatDay(on))
		case !r.IsDate() && !math.IsInf(r.Age.Lo, -1) && r.Age.Lo > oldestAge, !math.IsInf(r.Age.Hi, 1) && r.Age.Hi > oldestAge:
			err = fmt.Errorf("%q is more than %d years", text, oldestAge)
		case r.Age.Lo > r.Age.Hi:
			err = fmt.Errorf("%q goes backwards", text)
		default:
			if r.IsDate() && r.Until > on {
				r.Until = on // "this year" cannot mean a day to come
			}
			kept = append(kept, r)
		}
	}
	if len(kept) > 0 {
		return kept, nil
	}
	return nil, err
}

type parser struct {
	on  rules.Date
	day time.Time
}

func oneAge(lo, hi float64) ([]Reading, bool) {
	s := truth.Span{Lo: lo, Hi: hi}
	return []Reading{{Age: s, Echo: SpanText(s)}}, true
}

func (p parser) age(t string) ([]Reading, bool) {
	n := func(s string) float64 { v, _ := strconv.Atoi(s); return float64(v) } // the patterns let only digits through
	if m := reAge.FindStringSubmatch(t); m != nil {
		return oneAge(n(m[1]), n(m[1]))
	}
	if m := reAgeRange.FindStringSubmatch(t); m != nil {
		return oneAge(n(m[1]), n(m[2]))
	}
	if m := reMonths.FindStringSubmatch(t); m != nil {
		years := math.Floor(n(m[1]) / 12)
		return []Reading{{Age: truth.Exactly(years), Echo: m[1] + " months"}}, true
	}
	if m := reDecade.FindStringSubmatch(t); m != nil {
		lo := n(m[2])
		switch strings.TrimSpace(m[1]) {
		case "early":
			return oneAge(lo, lo+4)
		case "mid":
			return oneAge(lo+3, lo+7)
		case "late":
			return oneAge(lo+5, lo+9)
		}
		return oneAge(lo, lo+9)
	}
	inf := math.Inf(1)
	for _, c := range []struct {
		re             *regexp.Regexp
		below, orEqual bool
	}{{reUnder, true, false}, {reAtMost, true, true}, {reOver, false, false}, {reAtLeast, false, true}, {reOrOver, false, true}} {
		m := c.re.FindStringSubmatch(t)
		if m == nil {
			continue
		}
		v := n(m[1])
		switch {
		case c.below && c.orEqual:
			return oneAge(0, v)
		case c.below:
			return oneAge(0, v-1) // ages are whole years: below 60 ends at 59
		case c.orEqual:
			return oneAge(v, inf)
		}
		return oneAge(v+1, inf)
	}
	if m := reAbout.FindStringSubmatch(t); m != nil {
		if a := reAge.FindStringSubmatch(m[1]); a != nil {
			v := n(a[1])
			r, _ := oneAge(max(0, v-about), v+about)
			r[0].Echo = fmt.Sprintf("about %s, taken as %s", a[1], r[0].Echo)
			return r, true
		}
	}
	return nil, false
}

func (p parser) date(t string) ([]Reading, bool) {
	n := func(s string) int { v, _ := strconv.Atoi(s); return v }
	if m := reISO.FindStringSubmatch(t); m != nil {
		return p.days(n(m[1]), [2]int{n(m[2]), n(m[3])})
	}
	if m := reNumeric.FindStringSubmatch(t); m != nil {
		a, b, y := n(m[1]), n(m[2]), p.year(m[3])
		if a == b {
			return p.days(y, [2]int{b, a})
		}
		return p.days(y, [2]int{b, a}, [2]int{a, b})
	}
	if m := reWordDay.FindStringSubmatch(t); m != nil {
		return p.days(p.year(m[3]), [2]int{int(parseMonth(m[2])), n(m[1])})
	}
	if m := reWordMon.FindStringSubmatch(t); m != nil {
		return p.month(n(m[2]), parseMonth(m[1]))
	}
	if m := reNumMon.FindStringSubmatch(t); m != nil {
		return p.month(n(m[2]), time.Month(n(m[1])))
	}
	if m := reYear.FindStringSubmatch(t); m != nil {
		return p.years(n(m[1]), n(m[1]), m[1])
	}
	if m := reYears.FindStringSubmatch(t); m != nil {
		from := n(m[1]) * 10
		return p.years(from, from+9, fmt.Sprintf("%d to %d", from, from+9))
	}
	if m := reAbout.FindStringSubmatch(t); m != nil {
		if y := reYear.FindStringSubmatch(m[1]); y != nil {
			v := n(y[1])
			return p.years(v-about, v+about, fmt.Sprintf("about %d, taken as %d to %d", v, v-about, v+about))
		}
	}
	return nil, false
}

// year completes a year of two digits to the latest that is not in the future.
func (p parser) year(s string) int {
	y, _ := strconv.Atoi(s)
	if len(s) == 2 {
		y += p.day.Year() / 100 * 100
		if y > p.day.Year() {
			y -= 100
		}
	}
	return y
}

// days gives a reading for every month-and-day pair that is a real day.
func (p parser) days(year int, pairs ...[2]int) (out []Reading, ok bool) {
	for _, md := range pairs {
		if md[0] < 1 || md[0] > 12 {
			continue
		}
		if d, ok := makeDay(year, time.Month(md[0]), md[1]); ok {
			out = append(out, Reading{Age: AgeSpan(d, d, p.on), From: d, Until: d, Echo: FormatDay(d)})
		}
	}
	return out, len(out) > 0
}

func (p parser) month(year int, month time.Month) ([]Reading, bool) {
	first, ok := makeDay(year, month, 1)
	if !ok || month < 1 || month > 12 {
		return nil, false
	}
	last := Day(time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC))
	return []Reading{{
		Age: AgeSpan(first, last, p.on), From: first, Until: last,
		Echo: fmt.Sprintf("%s-%d", month.String()[:3], year),
	}}, true
}

func (p parser) years(from, until int, echo string) ([]Reading, bool) {
	first, ok := makeDay(from, time.January, 1)
	if !ok {
		return nil, false
	}
	last, _ := makeDay(until, time.December, 31)
	return []Reading{{Age: AgeSpan(first, last, p.on), From: first, Until: last, Echo: echo}}, true
}

// wholeYears brings a span into 0 to oldestAge for words.
func wholeYears(s truth.Span) (lo, hi int) {
	return int(math.Ceil(max(s.Lo, 0))), int(math.Floor(min(s.Hi, oldestAge)))
}
