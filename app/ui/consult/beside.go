package consult

import (
	domain "kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/rules"
)

// drawBeside writes what the rules remark about a number under its boxes, in
// amber. It returns the height it took.
func (pg *lipidPage) drawBeside(p *kit.Pen, x, y float32, def *rules.FactDef) float32 {
	top, w := y, p.W-formPad-x
	for _, text := range pg.s.remarks(def.ID) {
		y += p.Note(x, y, w, "warn", text, look.Warn) + 2
	}
	if y > top {
		y += 6
	}
	return y - top
}

// drawWorkedOut writes below the panels what can be worked out of those shown,
// by the name of its method: it fills no box.
func (pg *lipidPage) drawWorkedOut(p *kit.Pen, x, y float32) float32 {
	label, shown := "Worked out", pg.shown()
	today := pg.s.m.rec.Case.Date
	for _, c := range shown {
		facts := pg.facts(c.index)
		if facts == nil {
			continue
		}
		at := x + labelW + 12
		for i, text := range domain.WorkedOut(pg.s.m.patient(), *facts, pg.takenOn(c.index), today) {
			if i == 0 && len(shown) > 1 {
				text = c.title() + ". " + text
			}
			p.Text(x, y+2, labelW, label, kit.Caption, kit.Left)
			y += p.Para(at, y+2, p.W-formPad-at, text, kit.Caption) + 2
			label = ""
		}
	}
	if label == "" {
		y += 4
	}
	return y
}

// title is what a column of panels is called.
func (c *panelColumn) title() string {
	if c.index == currentPanel {
		return "Newest panel"
	}
	if day := c.pg.dayOf(c.index); day != "" {
		return "Panel of " + typed.ShowDate(day)
	}
	return "Panel without a date"
}

// remarks are the notes and warnings that the rules put beside a fact.
func (s *Screen) remarks(fact string) []string {
	var out []string
	for _, ar := range s.advice.areas() {
		for _, f := range ar.Flags {
			if f.About == fact {
				out = append(out, f.Text)
			}
		}
		for _, n := range ar.Notes {
			if n.About == fact {
				out = append(out, n.Text)
			}
		}
	}
	return out
}
