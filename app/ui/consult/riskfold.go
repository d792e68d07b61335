package consult

import (
	"fmt"

	"kindred/app/report"
	"kindred/app/sketch"
	"kindred/app/ui/familytree"
	"kindred/app/ui/kit"
)

// riskFold is the picture of risks by age under an area's advice, shown and
// folded away by its button.
type riskFold struct {
	open  bool
	shown string // what it was drawn from
	drawn *sketch.Drawing
	err   error
	still *familytree.Still
	save  *kit.Press
}

// risk is the picture for the patient as they are now; it is drawn anew when the
// gene, the sex at birth or the room changed.
func (pg *checkPage) risk(area string, width float64) (*sketch.Drawing, error) {
	f := pg.papersOf(area).riskFold
	gene, sex := report.RiskGene(area, &pg.s.m.rec.Case), pg.s.m.patient().Sex
	if key := fmt.Sprint(gene, " ", sex, " ", width); f.shown != key {
		f.shown = key
		f.drawn, f.err = report.RiskPicture(gene, sex, width)
	}
	return f.drawn, f.err
}

// drawRisk shows the picture of an area where it was asked for.
func (pg *checkPage) drawRisk(p *kit.Pen, x, y float32, area string) float32 {
	f := pg.papersOf(area).riskFold
	if !f.open || report.RiskGene(area, &pg.s.m.rec.Case) == "" {
		return y
	}
	d, err := pg.risk(area, float64(p.W-x))
	if err != nil {
		return y + p.Message(x, y, p.W-x-formPad, kit.ToneWarn, "warn", "The risks cannot be shown.", err.Error()) + 12
	}
	if f.still == nil {
		f.still = familytree.NewStill()
		f.save = kit.NewButton(kit.Plain, "savedown", "Save picture", func() {
			if d, err := report.RiskPicture(report.RiskGene(area, &pg.s.m.rec.Case), pg.s.m.patient().Sex, 0); err == nil {
				pg.s.host.Picture(pg.s.m.rec, "risk by age", d)
			}
		})
		f.save.Words = "A page to talk about with the patient; it decides nothing"
	}
	y += f.still.Draw(p, d, x, y) + 4
	p.Put(f.save, x, y, f.save.Small(), 28)
	return y + 40
}
