package consult

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"kindred/app/identity"
	"kindred/app/sketch"
	"kindred/app/ui/familytree"
	"kindred/app/ui/kit"
	"kindred/rules"
	"kindred/rules/truth"
)

// trends are the pictures of what was measured more than once, kept until what
// they show changes.
type trends struct {
	stills map[string]*familytree.Still // by fact
	drawn  map[string]*sketch.Drawing
	shown  map[string]string // what each was drawn from
}

func newTrends() *trends {
	return &trends{stills: map[string]*familytree.Still{}, drawn: map[string]*sketch.Drawing{}, shown: map[string]string{}}
}

// drawTrends draws, for each number that some area holds against a line, what it
// did over time; nothing before two measurements have a date and a value.
func (pg *lipidPage) drawTrends(p *kit.Pen, x, y float32) float32 {
	w := min(p.W-x-formPad, 720)
	for _, def := range pg.numbers {
		t, lines, left := pg.trend(def)
		if len(t.Taken) < 2 || len(lines) == 0 || w < 240 {
			continue
		}
		k := pg.trends
		if key := fmt.Sprint(t, w); k.shown[def.ID] != key {
			k.shown[def.ID], k.drawn[def.ID] = key, t.Draw(float64(w))
		}
		if k.stills[def.ID] == nil {
			k.stills[def.ID] = familytree.NewStill()
		}
		y += 12
		y += k.stills[def.ID].Draw(p, k.drawn[def.ID], x, y) + 4
		note := "Lines, for the age today: " + strings.Join(lines, "; ") + "."
		if left > 0 {
			note += fmt.Sprintf(" Not drawn, because not one number with a date: %d.", left)
		}
		y += p.Para(x, y, w, note, kit.Caption)
	}
	return y
}

// trend gathers what was measured of a fact, and the lines in words; left is how
// many values cannot be drawn.
func (pg *lipidPage) trend(def *rules.FactDef) (t sketch.Trend, lines []string, left int) {
	t.Title = def.Label + ", " + def.Unit
	for _, ar := range pg.s.advice.areas() {
		for _, l := range ar.Lines {
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
	}
	person := pg.s.m.patient()
	add := func(index int) {
		facts, day := *pg.facts(index), pg.dayOf(index)
		a, ok := facts[def.ID]
		if !ok || a.Number.IsAny() {
			return
		}
		if day == "" {
			day = a.When
		}
		at, dated := identity.Time(day)
		if !dated || !a.Number.IsExact() {
			left++
			return
		}
		status := sketch.StatusUnknown
		switch pg.footing(index).Basis {
		case "untreated":
			status = sketch.Untreated
		case "on_treatment":
			status = sketch.Treated
		}
		t.Taken = append(t.Taken, sketch.Taken{
			Day: dayNumber(at), When: identity.FormatDay(day), Value: a.Number.Lo,
			Text: fmt.Sprintf("%.1f", a.Number.Lo), Status: status,
		})
	}
	t.Given = given(person, pg.s.m.rec.Case.Date)
	add(currentPanel)
	for i := range person.Panels {
		add(i)
	}
	return t, lines, left
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
