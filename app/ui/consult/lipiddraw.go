package consult

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/truth"
)

func (pg *lipidPage) first() fyne.Focusable { return pg.columns[0].date.Target() }

const (
	formPad = 24
	labelW  = 144
	boxW    = 156
	rangeW  = 108
)

func (pg *lipidPage) draw(p *kit.Pen) {
	x, y := float32(formPad), float32(18)
	p.Text(x, y, 0, "Lipids and signs", kit.Title, kit.Left)
	right := p.W - formPad - pg.paste.Small()
	p.Put(pg.add, right-pg.add.Small()-8, y, pg.add.Small(), 28)
	p.Put(pg.paste, right, y, pg.paste.Small(), 28)
	pg.fit = max(2, min(mostColumns, int((p.W-2*formPad-labelW-rangeW)/(boxW+12))))
	y = pg.drawTabs(p, x, 56)
	y = pg.drawPanels(p, x, y)
	y = pg.drawWorkedOut(p, x, y)
	y = pg.drawNote(p, x, y)
	if len(pg.about) > 0 {
		y = drawRows(p, x, y+12, "", pg.about)
	}
	if pg.medicines != nil {
		y = pg.medicines.draw(p, x, y)
	}
	for _, sec := range pg.sections {
		y = drawRows(p, x, y, sec.title, sec.rows)
	}
	y = pg.drawTrends(p, x, y+14) // what is to be looked at stands below what is to be entered
	pg.s.form[LipidStep].SetMin(p.W, y+24)
}

// drawTabs draws one tab for each earlier panel where there are more than
// stand side by side.
func (pg *lipidPage) drawTabs(p *kit.Pen, x, y float32) float32 {
	order := pg.order()
	if len(order) < pg.fit {
		return y
	}
	p.Text(x, y+6, 0, "Earlier panels", kit.Caption, kit.Left)
	at, left := x+labelW+12, x+labelW+12
	for len(pg.tabs) < len(order) {
		pg.tabs = append(pg.tabs, kit.NewPress(14, nil, nil))
	}
	for k, index := range order {
		b, name := pg.tabs[k], pg.tabName(index)
		w := kit.Small.B().Width(name) + 24
		if at+w > p.W-formPad && at > left {
			at, y = left, y+32
		}
		on := slices.ContainsFunc(pg.shown()[1:], func(c *panelColumn) bool { return c.index == index })
		b.OnPress = func() { pg.pick(index) }
		b.Words = "Show the panel of " + name
		b.Paint = func(p *kit.Pen, _ kit.State) {
			fill, edge, st := look.Surface, look.Ctl, kit.Small
			if on {
				fill, edge, st = look.Action, look.Action, kit.Small.B().In(look.ActionOn)
			}
			p.Edged(0, 0, p.W, p.H, fill, edge, kit.R(14))
			p.Text(0, 5, p.W, name, st, kit.Center)
		}
		p.Put(b, at, y, w, 28)
		b.Redraw()
		at += w + 8
	}
	return y + 40
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
	columns := pg.shown()
	colX := func(i int) float32 { return x + labelW + 12 + float32(i)*(boxW+12) }
	rangeX := colX(len(columns))
	for i, c := range columns {
		end := colX(i) + boxW
		if c.drop != nil {
			end -= c.drop.Width()
			p.Put(c.drop, end, y, c.drop.Width(), 16)
			if c.newer() {
				end -= c.up.Width() + 8
				p.Put(c.up, end, y, c.up.Width(), 16)
			}
		}
		name := c.title()
		if c.index != currentPanel {
			name = "Earlier panel"
			if c.newer() {
				name = ""
			}
		}
		p.Text(colX(i), y, end-colX(i), name, kit.Caption.B().In(look.Text), kit.Left)
	}
	p.Text(rangeX, y, 0, "Plausible", kit.Caption.B(), kit.Left)
	y += 20
	p.Text(x, y+6, labelW, "Date taken", kit.Body, kit.Left)
	below := float32(0)
	for i, c := range columns {
		p.Put(c.date, colX(i), y, boxW, 32)
		switch {
		case !c.day.State.Usable() && c.day.Echo != "":
			below = c.drawDayEcho(p, colX(0), y+34)
		case pg.measured(c.index) && pg.dayOf(c.index) == "":
			p.Note(colX(i), y+34, boxW, "unk", "When was it taken?", look.Unk)
			below = max(below, 20)
		}
	}
	y += 36 + below
	if pg.basis != nil {
		p.Text(x, y+6, labelW, pg.basis.Label, kit.Body, kit.Left)
		below = 0
		for i, c := range columns {
			p.Put(c.basis.sel, colX(i), y, boxW, 32)
			below = max(below, pg.drawFooting(p, colX(i), y+34, c.index))
		}
		y += 36 + below
		y += pg.drawBeside(p, colX(0), y, pg.basis)
	}
	var folded []string
	for k, def := range pg.numbers {
		if pg.folded(def) {
			if !slices.Contains(folded, def.Short) { // one substance in two units
				folded = append(folded, def.Short)
			}
			continue
		}
		y += pg.drawNumber(p, x, y, k, def, colX, rangeX)
	}
	for k, def := range pg.details {
		if def.ID == "pregnant" && pg.s.m.patient().Sex == "male" {
			continue
		}
		if pg.folded(def) {
			folded = append(folded, def.Short)
			continue
		}
		drawLabel(p, x, y, labelW, def.Label)
		for i, c := range columns {
			o, _ := c.details[k].control()
			p.Put(o, colX(i), y, boxW, 32)
		}
		y += 36
	}
	return pg.drawUnfold(p, x, y, folded)
}

// folded tells whether a row of the panels is out of sight: rarely known,
// answered nowhere, and nothing hangs on it now.
func (pg *lipidPage) folded(def *rules.FactDef) bool {
	if !def.Rare || pg.more || pg.s.stillDecides(def.ID) {
		return false
	}
	own := pg.s.m.patient()
	for i := currentPanel; i < len(own.Panels); i++ {
		_, answered := (*pg.facts(i))[def.ID]
		if i >= 0 && def.ID == factFasting {
			k := own.Panels[i].Fasting
			answered = answered || k == truth.Yes || k == truth.No
		}
		if answered {
			return false
		}
	}
	return true
}

// drawUnfold draws the link to the rows that are folded away, with their names.
func (pg *lipidPage) drawUnfold(p *kit.Pen, x, y float32, folded []string) float32 {
	if len(folded) == 0 && !pg.more {
		return y
	}
	text := "Fewer results"
	if !pg.more {
		text = "More: " + strings.Join(folded, ", ")
	}
	x += labelW + 12
	pg.unfold.SetText(kit.Caption.Cut(text, p.W-formPad-x), kit.Caption)
	p.Put(pg.unfold, x, y+2, pg.unfold.Width(), 16)
	return y + 26
}

// drawFooting says below how a panel was taken what the list of medicines says
// about its day; it returns the height it took.
func (pg *lipidPage) drawFooting(p *kit.Pen, x, y float32, index int) float32 {
	if !pg.measured(index) {
		return 0
	}
	f := pg.footing(index)
	text, tok := "", look.Muted
	switch {
	case f.Clash != "":
		text, tok = f.Clash+" covers this day", look.Warn
	case f.Basis == "on_treatment" && len(f.Taken) > 0:
		text = "On " + f.Taken.String()
	case f.Said:
	case f.Basis == "untreated":
		text = "Untreated: before all medicines"
		if len(pg.s.m.patient().Medications) == 0 {
			text = "Untreated: never any"
		}
	case len(f.Perhaps) > 0:
		text, tok = "Perhaps on "+f.Perhaps[0]+": its dates do not say", look.Unk
	case len(pg.s.m.patient().Medications) > 0:
		text = "No listed medicine covers this day"
	}
	if text == "" {
		return 0
	}
	return p.Para(x, y, boxW, text, kit.Caption.In(tok)) + 4
}

func (c *panelColumn) drawDayEcho(p *kit.Pen, x, y float32) float32 {
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
			c.typeDay(cure.Text)
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
	for i, c := range pg.shown() {
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
	if text == "" {
		return y
	}
	return y + 8 + p.Note(x, y+8, p.W-x-formPad, "info", text, look.Muted)
}

func (pg *lipidPage) note() string {
	facts := *pg.facts(currentPanel)
	_, measured := facts["lipid.ldl"]
	_, total := facts["lipid.tc"]
	if !measured && !total {
		return ""
	}
	switch pg.footing(currentPanel).Basis {
	case "on_treatment":
		return "Taken on treatment: the untreated value is at least as high. Below a threshold it says nothing."
	case "":
		return "Not known whether taken on treatment: each value counts as the least the untreated one can be."
	}
	return ""
}

func (pg *lipidPage) status() (string, look.Token, string) {
	facts := pg.facts(currentPanel)
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
	rows = append(rows, pg.columns[0].details...)
	rows = append(rows, pg.about...)
	if pg.medicines != nil {
		rows = append(rows, pg.medicines.shown()...)
	}
	for _, sec := range pg.sections {
		rows = append(rows, sec.rows...)
	}
	return rows
}
