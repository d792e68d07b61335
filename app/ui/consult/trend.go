package consult

import (
	"fmt"

	"kindred/app/report"
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
		y += p.Para(x, y, w, report.TrendNote(lines, left), kit.Caption)
	}
	return y
}

// trend gathers what was measured of a fact, and the lines in words; left is how
// many values cannot be drawn.
func (pg *lipidPage) trend(def *rules.FactDef) (t sketch.Trend, lines []string, left int) {
	var all []rules.Line
	for _, ar := range pg.s.advice.areas() {
		all = append(all, ar.Lines...)
	}
	return report.TrendOf(def, &pg.s.m.rec.Case, all)
}
