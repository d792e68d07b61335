package consult

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/app/ui/words"
	"kindred/rules"
)

func (pg *lipidPage) first() fyne.Focusable { return pg.columns[0].date.Target() }

const (
	formPad = 24
	labelW  = 144
	boxW    = 156
)

func (pg *lipidPage) draw(p *kit.Pen) {
	x, y := float32(formPad), float32(18)
	p.Text(x, y, 0, "Lipids and signs", kit.Title, kit.Left)
	right := p.W - formPad - pg.paste.Small()
	if len(pg.columns) < mostPanels {
		p.Put(pg.add, right-pg.add.Small()-8, y, pg.add.Small(), 28)
	}
	p.Put(pg.paste, right, y, pg.paste.Small(), 28)
	y = pg.drawPanels(p, x, 56)
	y = pg.drawWorkedOut(p, x, y)
	y = pg.drawNote(p, x, y)
	y = pg.drawTrends(p, x, y)
	if len(pg.about) > 0 {
		y = drawRows(p, x, y+12, "", pg.about)
	}
	for _, sec := range pg.sections {
		y = drawRows(p, x, y, sec.title, sec.rows)
	}
	pg.s.form[LipidStep].SetMin(p.W, y+24)
}

// drawRows draws a section: a hairline, its title, its rows.
func drawRows(p *kit.Pen, x, y float32, title string, rows []*factRow) float32 {
	if title != "" {
		y += 14
		p.HLine(x, y, p.W-x-formPad)
		y += 12
		p.Text(x, y, 0, title, kit.Body.B(), kit.Left)
		y += 26
	}
	for _, r := range rows {
		y += r.draw(p, x, y, x+256) + 6
	}
	return y - 6
}

func (pg *lipidPage) drawPanels(p *kit.Pen, x, y float32) float32 {
	colX := func(i int) float32 { return x + labelW + 12 + float32(i)*(boxW+12) }
	rangeX := colX(len(pg.columns))
	for i, c := range pg.columns {
		p.Text(colX(i), y, 0, c.title(), kit.Caption.B().In(look.Text), kit.Left)
		if c.drop != nil {
			p.Put(c.drop, colX(i)+boxW-c.drop.Width(), y, c.drop.Width(), 16)
		}
	}
	p.Text(rangeX, y, 0, "Plausible", kit.Caption.B(), kit.Left)
	y += 20
	p.Text(x, y+6, labelW, "Date taken", kit.Body, kit.Left)
	below := float32(0)
	for i, c := range pg.columns {
		p.Put(c.date, colX(i), y, boxW, 32)
		if !c.day.State.Usable() && c.day.Echo != "" {
			below = pg.drawDayEcho(p, c, colX(0), y+34)
		}
	}
	y += 36 + below
	if pg.basis != nil {
		p.Text(x, y+6, labelW, pg.basis.Label, kit.Body, kit.Left)
		for i, c := range pg.columns {
			p.Put(c.basis.sel, colX(i), y, boxW, 32)
		}
		y += 36
	}
	for k, def := range pg.numbers {
		y += pg.drawNumber(p, x, y, k, def, colX, rangeX)
	}
	return y
}

func (pg *lipidPage) drawDayEcho(p *kit.Pen, c *panelColumn, x, y float32) float32 {
	p.Icon(x, y+1, 14, "urg", look.Urgent)
	x += 20 + p.Text(x+20, y, 0, c.day.Echo, kit.Caption.In(look.Urgent), kit.Left)
	for i, cure := range c.day.Cures {
		if i >= len(c.rows[0].cures) {
			break
		}
		l := c.rows[0].cures[i]
		l.SetText(cure.Label, kit.Caption.In(look.Urgent))
		l.OnPress = func() {
			c.date.SetText(cure.Text)
			pg.typeDay(c, cure.Text)
			c.date.Focus()
		}
		p.Put(l, x+8, y, l.Width(), 16)
		x += 8 + l.Width()
	}
	return 20
}

// drawNumber draws one line of the panels: a box a column, then the range or
// what is wrong with a value.
func (pg *lipidPage) drawNumber(p *kit.Pen, x, y float32, k int, def *rules.FactDef, colX func(int) float32, rangeX float32) float32 {
	drawLabel(p, x, y, labelW, def.Label)
	words := typed.Range(def)
	below := float32(0)
	for i, c := range pg.columns {
		r := c.rows[k]
		if text, ok := pg.workedOut(def, c); ok && r.box.Text() == "" && !r.box.Focused() {
			uw := kit.Caption.Width(def.Unit) + 17
			p.Text(colX(i), y+6, boxW-uw-8, text, kit.Body.B(), kit.Right)
			p.Text(colX(i)+boxW-uw+1, y+8, uw, def.Unit, kit.Caption, kit.Center)
			words = "worked out"
			continue
		}
		p.Put(r.box, colX(i), y, boxW, 32)
		text, m := r.message()
		links := r.links()
		if text == "" {
			continue
		}
		need := kit.Caption.Width(text) + 28
		for _, l := range links {
			need += 8 + l.Width()
		}
		if need <= p.W-formPad-rangeX && below == 0 {
			words = ""
			r.drawMessage(p, rangeX, y+8, p.W-formPad-rangeX, text, m, links)
		} else {
			r.drawMessage(p, colX(0), y+34+below, p.W-formPad-colX(0), text, m, links)
			below += 18
		}
	}
	if words != "" {
		p.Text(rangeX, y+8, p.W-formPad-rangeX, words, kit.Caption, kit.Left)
	}
	return 36 + below + pg.drawBeside(p, colX(0), y+36+below, def)
}

// drawLabel draws a label beside a box, on two smaller lines where one is too
// short.
func drawLabel(p *kit.Pen, x, y, w float32, label string) {
	if kit.Body.Width(label) <= w {
		p.Text(x, y+6, w, label, kit.Body, kit.Left)
		return
	}
	lines := kit.Small.Wrap(label, w)
	for i, l := range lines {
		p.Text(x, y+8+float32(i)*16-float32(len(lines)-1)*9, w, l, kit.Small, kit.Left)
	}
}

// workedOut is the non-HDL cholesterol when both parts are known and nobody
// typed it.
func (pg *lipidPage) workedOut(def *rules.FactDef, c *panelColumn) (string, bool) {
	if def.ID != "lipid.non_hdl" {
		return "", false
	}
	facts := pg.facts(c.index)
	if facts == nil {
		return "", false
	}
	tc, ok1 := (*facts)["lipid.tc"]
	hdl, ok2 := (*facts)["lipid.hdl"]
	if !ok1 || !ok2 || !tc.Number.IsExact() || !hdl.Number.IsExact() || tc.Number.Lo <= hdl.Number.Lo {
		return "", false
	}
	return fmt.Sprintf("%.1f", tc.Number.Lo-hdl.Number.Lo), true
}

// drawNote says which panel counts and why.
func (pg *lipidPage) drawNote(p *kit.Pen, x, y float32) float32 {
	text := pg.note()
	if hidden := len(pg.s.m.patient().Panels) + 1 - len(pg.columns); hidden > 0 {
		text = strings.TrimSpace(text + " " + words.Plural(hidden, "earlier panel is", "earlier panels are") + " kept and used, but not shown.")
	}
	if text == "" {
		return y
	}
	return y + 8 + p.Note(x, y+8, p.W-x-formPad, "info", text, look.Muted)
}

func (pg *lipidPage) note() string {
	basis := (*pg.facts(-1))["lipid.basis"].Choice
	_, asked := (*pg.facts(-1))["lipid.basis"]
	_, measured := (*pg.facts(-1))["lipid.ldl"]
	_, total := (*pg.facts(-1))["lipid.tc"]
	switch {
	case !measured && !total:
		return ""
	case basis == "on_treatment":
		return "Taken on treatment: the untreated value is at least as high. Below a threshold it says nothing."
	case !asked || basis == "":
		return "Not known whether taken on treatment: each value counts as the least the untreated one can be."
	}
	return ""
}

func (pg *lipidPage) status() (string, look.Token, string) {
	facts := pg.facts(-1)
	if len(*facts) == 0 && len(pg.s.m.patient().Panels) == 0 {
		return "dot", look.Faint, "Not asked yet"
	}
	open := 0
	for _, r := range pg.allRows() {
		if _, answered := r.at.get(r.def.ID); !answered && pg.s.stillDecides(r.def.ID) {
			open++
		}
	}
	if open == 0 {
		return "met", look.Met, "Complete"
	}
	return "unk", look.Unk, fmt.Sprintf("%d to answer", open)
}

func (pg *lipidPage) allRows() []*factRow {
	rows := slices.Clone(pg.columns[0].rows)
	if pg.columns[0].basis != nil {
		rows = append(rows, pg.columns[0].basis)
	}
	rows = append(rows, pg.about...)
	for _, sec := range pg.sections {
		rows = append(rows, sec.rows...)
	}
	return rows
}
