package report

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"kindred/app/identity"
	"kindred/app/sketch"
	"kindred/rules"
	"kindred/rules/truth"
)

// TrendOf gathers what was measured of a fact of the patient over time, with the
// lines that areas hold against it and the medicines that lower LDL cholesterol.
// lines are those lines in words with their sources; left is how many values
// cannot be drawn, because they have no date or are not one number.
func TrendOf(def *rules.FactDef, c *rules.Case, held []rules.Line) (t sketch.Trend, lines []string, left int) {
	t.Title = def.Label + ", " + def.Unit
	for _, l := range held {
		if l.Fact != def.ID {
			continue
		}
		t.Lines = append(t.Lines, sketch.Level{Least: l.Least, Most: l.Most, Name: l.Name})
		text := l.Name + " over " + strconv.FormatFloat(l.Least, 'f', -1, 64)
		if l.Most != l.Least {
			text += " or " + strconv.FormatFloat(l.Most, 'f', -1, 64)
		}
		lines = append(lines, text+" ("+l.Source+")")
	}
	person := patientOf(c)
	if person == nil {
		return t, lines, 0
	}
	t.Given = given(person, c.Date)
	for i := -1; i < len(person.Panels); i++ {
		facts, day := panelFacts(person, i)
		a, ok := facts[def.ID]
		if !ok || a.Number.IsAny() {
			continue
		}
		if a.When != "" {
			day = a.When
		}
		at, dated := identity.Time(day)
		if !dated || !a.Number.IsExact() {
			left++
			continue
		}
		status := sketch.StatusUnknown
		switch footingAt(person, i, c.Date).Basis {
		case "untreated":
			status = sketch.Untreated
		case "on_treatment":
			status = sketch.Treated
		}
		t.Taken = append(t.Taken, sketch.Taken{
			Day: dayNumber(at), When: identity.FormatDay(day), Value: a.Number.Lo,
			Text: strconv.FormatFloat(a.Number.Lo, 'f', 1, 64), Status: status,
		})
	}
	return t, lines, left
}

// TrendNote says what the lines of a trend are and what it leaves out.
func TrendNote(lines []string, left int) string {
	note := "Lines, for the age today: " + strings.Join(lines, "; ") + "."
	if left > 0 {
		note += " Not drawn, because not one number with a date: " + strconv.Itoa(left) + "."
	}
	return note
}

// dayNumber is a day on the scale of a trend.
func dayNumber(t time.Time) float64 { return float64(t.Unix()) / (24 * 60 * 60) }

// given is the medicines that lower LDL cholesterol as bars under a trend.
func given(p *rules.Person, today rules.Date) []sketch.Given {
	var out []sketch.Given
	for i := range p.Medications {
		m := &p.Medications[i]
		if !m.Lowers() {
			continue
		}
		g := sketch.Given{Name: m.Name(), Begun: stretch(m.From), Ended: stretch(m.To)}
		if now, ok := identity.Time(today); ok && m.To == "" && m.Stopped != truth.Yes && (m.From != "" || m.Stopped == truth.No) {
			g.Ended = [2]float64{dayNumber(now), dayNumber(now)}
			g.Begun[1] = min(g.Begun[1], dayNumber(now))
		}
		out = append(out, g)
	}
	return out
}

// stretch is the days that a date known by month or year can be; all days where
// it is not known.
func stretch(d rules.Date) [2]float64 {
	first, last := d, d
	switch len(d) {
	case len("2019"):
		first, last = d+"-01-01", d+"-12-31"
	case len("2019-06"):
		first, last = d+"-01", d+"-28" // the last days of a month are no matter in a picture of years
	}
	from, ok1 := identity.Time(first)
	to, ok2 := identity.Time(last)
	if !ok1 || !ok2 {
		return [2]float64{math.Inf(-1), math.Inf(1)}
	}
	return [2]float64{dayNumber(from), dayNumber(to)}
}

// trendOf picks the picture a letter has room for: of the measurement that the
// area holds against most lines, where at least two of them have a date.
func trendOf(o *Options, a *rules.AreaAdvice) (t sketch.Trend, note string, ok bool) {
	if o.Case == nil || o.Dictionary == nil {
		return t, "", false
	}
	best := slices.MaxFunc(append([]*rules.FactDef{{}}, measurements(o.Dictionary)...), func(x, y *rules.FactDef) int {
		return countLines(a, x) - countLines(a, y)
	})
	if countLines(a, best) == 0 {
		return t, "", false
	}
	t, lines, left := TrendOf(best, o.Case, a.Lines)
	return t, TrendNote(lines, left), len(t.Taken) > 1
}

func countLines(a *rules.AreaAdvice, def *rules.FactDef) int {
	n := 0
	for i := range a.Lines {
		if a.Lines[i].Fact == def.ID {
			n++
		}
	}
	return n
}
