package consult

import (
	"fmt"
	"slices"

	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/lipid"
	"kindred/rules/truth"
)

// Which panel a column shows: the current one is the patient's own facts, the
// others are numbered as the record keeps them.
const (
	currentPanel = -1
	noPanel      = -2
)

// mostColumns is how many panels stand side by side where the form is widest.
const mostColumns = 3

// panelColumn shows one set of lipid results at a time.
type panelColumn struct {
	pg      *lipidPage
	index   int
	date    *kit.Field
	day     typed.Date
	rows    []*factRow // in the order of the numbers
	details []*factRow
	basis   *factRow
	drop    *kit.Press
	up      *kit.Press // puts a newer panel first
}

func (pg *lipidPage) newColumn(index int) *panelColumn {
	c := &panelColumn{pg: pg, index: index}
	at := panelAnswers{factMap{pg.s.m, fmt.Sprintf("column %d ", len(pg.columns)), func() *map[string]rules.Answer { return pg.facts(c.index) }}, c}
	c.date = kit.NewField("dd-mmm-yyyy", c.typeDay)
	c.date.Icon = "cal"
	c.date.Words = "When the blood was taken: 02-Nov-2026, 2/11/26 or today"
	if pg.basis != nil {
		c.basis = pg.s.newRow(pg.basis, at, true)
	}
	for _, def := range pg.numbers {
		c.rows = append(c.rows, pg.s.newRow(def, at, false))
	}
	for _, def := range pg.details {
		c.details = append(c.details, pg.s.newRow(def, at, true))
	}
	if index != currentPanel {
		c.drop = kit.NewLink("Remove", kit.Caption, func() { pg.dropPanel(c.index) })
		c.up = kit.NewLink("Put first", kit.Caption, func() { pg.putFirst(c.index) })
		c.up.Words = "This panel is newer: make it the current one"
	}
	return c
}

// panelAnswers keeps a panel's answers; whether it was fasting stands beside an
// earlier panel's facts.
type panelAnswers struct {
	factMap
	c *panelColumn
}

const factFasting = "lipid.fasting"

func (p panelAnswers) panel() *rules.Panel {
	if own := p.c.pg.s.m.patient(); p.c.index >= 0 && p.c.index < len(own.Panels) {
		return &own.Panels[p.c.index]
	}
	return nil
}

func (p panelAnswers) get(id string) (rules.Answer, bool) {
	a, ok := p.factMap.get(id)
	if pn := p.panel(); !ok && id == factFasting && pn != nil && (pn.Fasting == truth.Yes || pn.Fasting == truth.No) {
		return rules.Answer{Bool: pn.Fasting, Number: truth.Any()}, true
	}
	return a, ok
}

func (p panelAnswers) set(id string, a rules.Answer) {
	if pn := p.panel(); pn != nil && id == factFasting {
		pn.Fasting = a.Bool
	}
	p.factMap.set(id, a)
}

func (p panelAnswers) clear(id string) {
	if pn := p.panel(); pn != nil && id == factFasting {
		pn.Fasting = truth.Unknown
	}
	p.factMap.clear(id)
}

func (c *panelColumn) typeDay(text string) {
	c.day = typed.ReadDate(text, c.pg.s.m.today)
	c.date.SetMood(mood(c.day.State, false))
	if c.day.State.Usable() || c.day.State == typed.Empty {
		c.pg.setDay(c.index, c.day.Day)
	}
	c.pg.s.refresh()
}

func (c *panelColumn) sync() {
	if c.index == noPanel {
		return
	}
	restoring := c.pg.s.m.restoring
	if !c.date.Focused() && (restoring || c.day.State.Usable() || c.day.State == typed.Empty) {
		c.date.SetText(typed.ShowDate(c.pg.dayOf(c.index)))
		if restoring {
			c.day = typed.ReadDate(c.date.Text(), c.pg.s.m.today)
			c.date.SetMood(mood(c.day.State, false))
		}
	}
	if c.basis != nil {
		c.basis.sync()
	}
	for _, r := range slices.Concat(c.rows, c.details) {
		r.sync()
	}
}

// newer tells whether an earlier panel is newer than the current one.
func (c *panelColumn) newer() bool {
	now := c.pg.dayOf(currentPanel)
	return c.index >= 0 && now != "" && c.pg.dayOf(c.index) > now
}

// order is the earlier panels, the newest first; one without a date comes
// before them, to be seen.
func (pg *lipidPage) order() []int {
	p := pg.s.m.patient()
	out := make([]int, len(p.Panels))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int {
		x, y := p.Panels[a].Date, p.Panels[b].Date
		switch {
		case x == y:
			return 0
		case x == "" || y != "" && x > y:
			return -1
		}
		return 1
	})
	return out
}

// rightPanels tells whether the columns show panels that there are.
func (pg *lipidPage) rightPanels() bool {
	n := len(pg.s.m.patient().Panels)
	for k, c := range pg.columns[1:] {
		if c.index >= n || (c.index == noPanel) != (k >= n) {
			return false
		}
	}
	return true
}

// pick shows an earlier panel in the first column after the current one, and
// the next older ones beside it; noPanel is the newest.
func (pg *lipidPage) pick(index int) {
	order := pg.order()
	at := max(0, slices.Index(order, index))
	was := pg.s.m.restoring
	pg.s.m.restoring = true
	for k, c := range pg.columns[1:] {
		c.index = noPanel
		if k < len(order) {
			c.index = order[(at+k)%len(order)]
		}
		c.sync()
	}
	pg.s.m.restoring = was
	pg.s.m.lastKey = "" // the same box is another fact now
	if pg.s.form[LipidStep] != nil {
		pg.s.form[LipidStep].Redraw()
	}
}

// tabName is what an earlier panel is called.
func (pg *lipidPage) tabName(index int) string {
	if day := pg.dayOf(index); day != "" {
		return typed.ShowDate(day)
	}
	return "No date"
}

// footing is what is known of treatment at a panel.
func (pg *lipidPage) footing(index int) rules.Footing {
	tables, err := lipid.Embedded()
	facts := pg.facts(index)
	if err != nil || facts == nil {
		return rules.Footing{}
	}
	return rules.FootingOf(tables, pg.s.m.patient(), *facts, pg.takenOn(index), pg.s.m.rec.Case.Date)
}

// takenOn is the day a panel counts for: its date; the current panel without
// one counts for the day of the assessment.
func (pg *lipidPage) takenOn(index int) rules.Date {
	if index == currentPanel {
		return rules.CurrentDay(pg.s.m.patient(), pg.s.m.rec.Case.Date)
	}
	return pg.dayOf(index)
}

// shown are the columns that stand on the form.
func (pg *lipidPage) shown() []*panelColumn {
	n := 0
	for n < len(pg.columns) && n < pg.fit && pg.columns[n].index != noPanel {
		n++
	}
	return pg.columns[:n]
}
