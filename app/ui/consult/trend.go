package consult

import (
	"fmt"
	"strconv"
	"strings"

	"kindred/app/identity"
	"kindred/app/sketch"
	"kindred/app/ui/familytree"
	"kindred/app/ui/kit"
	"kindred/rules"
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
			Day: float64(at.Unix()) / (24 * 60 * 60), When: identity.FormatDay(day), Value: a.Number.Lo,
			Text: fmt.Sprintf("%.1f", a.Number.Lo), Status: status,
		})
	}
	add(currentPanel)
	for i := range person.Panels {
		add(i)
	}
	return t, lines, left
}
