package consult

import (
	"kindred/app/report"
	"kindred/app/ui/kit"
	"kindred/rules"
)

// areaPapers are the buttons for what one area can give on paper.
type areaPapers struct {
	copyRequest, saveRequest *kit.Press
	leaflet, card            *kit.Press // nil where the area has none
	risk, odds               *kit.Press // show or fold: risks by age with the variant that was found; carrier chances
	riskFold                 *riskFold
	chance                   *chance
}

// papersOf makes an area's buttons once: the keyboard stays where it is when
// the advice changes.
func (pg *checkPage) papersOf(id string) *areaPapers {
	if a, ok := pg.papers[id]; ok {
		return a
	}
	s := pg.s
	name := s.shorts[id]
	if name == "" {
		name = id
	}
	a := &areaPapers{riskFold: &riskFold{}, chance: &chance{}}
	a.copyRequest = kit.NewButton(kit.Plain, "copy", "Copy request", func() {
		if ar := s.areaAdvice(id); ar != nil {
			s.host.Copy(report.Request(ar, rules.Files))
			s.host.Say(kit.CopiedFor + " Paste it into the order; who the patient is stands on the form.")
		}
	})
	a.copyRequest.Words = "Puts the " + name + " test request on the clipboard: criteria, evidence, what is missing; it names nobody"
	a.saveRequest = kit.NewButton(kit.Plain, "savedown", "Save request", func() {
		if ar := s.areaAdvice(id); ar != nil {
			s.host.Request(s.m.rec, name, report.Request(ar, rules.Files))
		}
	})
	a.saveRequest.Words = "Saves the " + name + " test request as a text file"
	for _, kind := range report.Papers(id, rules.Files) {
		b := kit.NewButton(kit.Plain, "doc", name+" "+kind.Name(), func() { s.host.Paper(s.m.rec, id, kind) })
		if kind == report.PatientLeaflet {
			b.Words = "A page for the patient and a page for relatives, to print"
			a.leaflet = b
		} else {
			b.Words = "For the clinician: when to consider it, which test, what to do with the result"
			a.card = b
		}
	}
	a.risk = kit.NewButton(kit.Plain, "", "Risk by age", func() {
		a.riskFold.open = !a.riskFold.open
		s.form[CheckStep].Refresh()
	})
	a.risk.Words = "How often carriers get cancer by age, with the uncertainty; again to fold it away. It decides nothing"
	a.odds = kit.NewButton(kit.Plain, "", "Carrier chance", func() { pg.pressChance(id) })
	a.odds.Words = "Everyone's chance of carrying a variant, with a band; again to fold it away. It decides nothing"
	pg.papers[id] = a
	return a
}

// requested tells whether the advice is a test to order.
func requested(ar *rules.AreaAdvice) bool {
	return ar.Code != "" && (ar.Outcome == rules.Test || ar.Outcome == rules.Cascade)
}

// areaAdvice is the advice about an area as it stands, nil when there is none.
func (s *Screen) areaAdvice(id string) *rules.AreaAdvice {
	for _, ar := range s.advice.areas() {
		if ar.Area == id {
			return ar
		}
	}
	return nil
}

// offered lists an area's buttons: the request where a test is indicated, the
// leaflet unless nothing follows from the advice, the card always.
func (pg *checkPage) offered(ar *rules.AreaAdvice) []*kit.Press {
	a := pg.papersOf(ar.Area)
	var row []*kit.Press
	if requested(ar) {
		row = append(row, a.copyRequest, a.saveRequest)
	}
	if report.RiskGene(ar.Area, &pg.s.m.rec.Case) != "" {
		row = append(row, a.risk)
	}
	if label := pg.s.chanceLabel(ar.Area); label != "" {
		a.odds.SetLabel(kit.Plain, "", label)
		row = append(row, a.odds)
	}
	if a.leaflet != nil && ar.Outcome != rules.NotIndicated {
		row = append(row, a.leaflet)
	}
	if a.card != nil {
		row = append(row, a.card)
	}
	return row
}

func (pg *checkPage) drawPapers(p *kit.Pen, x, y float32, ar *rules.AreaAdvice) float32 {
	row := pg.offered(ar)
	if len(row) == 0 {
		return y
	}
	bx := x
	for _, b := range row {
		if bx > x && bx+b.Small() > p.W-formPad {
			bx, y = x, y+32
		}
		p.Put(b, bx, y, b.Small(), 28)
		bx += b.Small() + 8
	}
	return y + 40
}

// drawRequests shows the text of each request that can be sent.
func (pg *checkPage) drawRequests(p *kit.Pen, x, y, w float32) float32 {
	for _, ar := range pg.s.advice.areas() {
		if requested(ar) {
			y = drawTextCard(p, x, y, w, pg.s.short(ar)+" test request", report.Request(ar, rules.Files))
		}
	}
	return y
}
