package truth

import (
	"math"
	"strconv"
)

// Span is a closed interval of numbers that are still possible. The zero value
// is the number 0; use Any for a number nobody knows.
type Span struct{ Lo, Hi float64 }

// Any is the number nobody knows. Ranges of plausibility never narrow it.
func Any() Span { return Span{math.Inf(-1), math.Inf(1)} }

// Exactly is a number that is known.
func Exactly(v float64) Span { return Span{v, v} }

// Below is everything strictly less than v ("<0.5" as a laboratory prints it).
func Below(v float64) Span { return Span{math.Inf(-1), math.Nextafter(v, math.Inf(-1))} }

// Above is everything strictly more than v (">10").
func Above(v float64) Span { return Span{math.Nextafter(v, math.Inf(1)), math.Inf(1)} }

// From is v and everything above it: an LDL-C measured on treatment.
func From(v float64) Span { return Span{v, math.Inf(1)} }

// IsAny reports whether nothing at all is known.
func (s Span) IsAny() bool { return math.IsInf(s.Lo, -1) && math.IsInf(s.Hi, 1) }

// IsExact reports whether a single number is left.
func (s Span) IsExact() bool { return s.Lo == s.Hi }

// Over answers "s over t" for a threshold that may itself be a span (a line
// that depends on an unknown age).
func (s Span) Over(t Span) K { return k(s.Hi > t.Lo, s.Lo <= t.Hi) }

// AtLeast answers "s at least t".
func (s Span) AtLeast(t Span) K { return k(s.Hi >= t.Lo, s.Lo < t.Hi) }

// Under answers "s under t".
func (s Span) Under(t Span) K { return s.AtLeast(t).Not() }

// AtMost answers "s at most t".
func (s Span) AtMost(t Span) K { return s.Over(t).Not() }

// Meet is what both spans allow; ok is false when they exclude each other.
func (s Span) Meet(t Span) (m Span, ok bool) {
	m = Span{math.Max(s.Lo, t.Lo), math.Min(s.Hi, t.Hi)}
	return m, m.Lo <= m.Hi
}

// String prints the span for a trace: "54", "50 to 59", "at least 4.2", "not known".
func (s Span) String() string {
	f := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	switch {
	case s.IsAny():
		return "not known"
	case s.IsExact():
		return f(s.Lo)
	case math.IsInf(s.Hi, 1):
		return "at least " + f(s.Lo)
	case math.IsInf(s.Lo, -1):
		return "up to " + f(s.Hi)
	}
	return f(s.Lo) + " to " + f(s.Hi)
}

func k(canYes, canNo bool) K {
	var r K
	if canYes {
		r = Yes
	}
	if canNo {
		r |= No
	}
	return r
}
