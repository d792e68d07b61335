package consult

import (
	"fmt"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/rules"
)

func (pg *tumourPage) draw(p *kit.Pen) {
	x, y := float32(20), float32(18)
	p.Text(x, y, 0, "Tumour", kit.Title, kit.Left)
	n := len(pg.tumours())
	if n == 0 {
		pg.drawEmpty(p)
		return
	}
	bx := p.W - 16 - pg.drop.Small()
	p.Put(pg.paste, bx-16-pg.add.Small()-pg.paste.Small(), y, pg.paste.Small(), 28)
	p.Put(pg.add, bx-8-pg.add.Small(), y, pg.add.Small(), 28)
	p.Put(pg.drop, bx, y, pg.drop.Small(), 28)
	y = pg.drawWhose(p, x, 56)
	if n > 1 {
		y = pg.drawTabs(p, x, y)
	}
	p.Text(x, y, 0, "Site", kit.Caption, kit.Left)
	p.Text(x+262, y, 0, "Diagnosed", kit.Caption, kit.Left)
	p.Text(x+430, y, 0, "Age then", kit.Caption, kit.Left)
	p.Put(pg.site, x, y+18, 250, 32)
	p.Put(pg.date, x+262, y+18, 156, 32)
	p.Put(pg.age, x+430, y+18, 96, 32)
	echo := pg.ageRead.Echo
	if bad(pg.dateRead.State) {
		echo = pg.dateRead.Echo
	}
	p.Text(x+538, y+26, p.W-x-538-8, echo, kit.Caption, kit.Left)
	y += 64
	y = pg.drawFindings(p, x, y)
	pg.s.form[TumourStep].SetMin(p.W, y+24)
}

func (pg *tumourPage) drawEmpty(p *kit.Pen) {
	pg.drawWhose(p, 20, 56)
	cy := max(160, p.H/2-80)
	p.Icon(p.W/2-14, cy, 28, "tumour", look.Muted)
	p.Text(0, cy+36, p.W, "No tumour", kit.Body.B(), kit.Center)
	p.Text(0, cy+60, p.W, "Add one when a bowel, womb or other Lynch-related tumour was found.", kit.Caption, kit.Center)
	w := pg.start.Width() + 8 + pg.paste.Width()
	p.Put(pg.start, (p.W-w)/2, cy+88, pg.start.Width(), 32)
	p.Put(pg.paste, (p.W+w)/2-pg.paste.Width(), cy+88, pg.paste.Width(), 32)
	pg.s.form[TumourStep].SetMin(p.W, 400)
}

func (pg *tumourPage) drawTabs(p *kit.Pen, x, y float32) float32 {
	list := pg.tumours()
	for len(pg.tabs) < len(list) {
		i := len(pg.tabs)
		b := kit.NewPress(14, nil, func() { pg.pick(i) })
		b.Paint = func(p *kit.Pen, _ kit.State) { pg.paintTab(p, i) }
		pg.tabs = append(pg.tabs, b)
	}
	for i := range list {
		w := kit.Small.B().Width(pg.tabName(i)) + 24
		p.Put(pg.tabs[i], x, y, w, 28)
		pg.tabs[i].Redraw()
		x += w + 8
	}
	return y + 40
}

func (pg *tumourPage) tabName(i int) string {
	list := pg.tumours()
	if i >= len(list) {
		return ""
	}
	site := "Site not known"
	if def := pg.s.m.dict.Fact("tumour.site"); def != nil && list[i].Site != "" {
		site = def.ChoiceLabel(list[i].Site)
	}
	return fmt.Sprintf("%d. %s", i+1, site)
}

func (pg *tumourPage) paintTab(p *kit.Pen, i int) {
	fill, edge, st := look.Surface, look.Ctl, kit.Small
	if i == pg.at {
		fill, edge, st = look.Action, look.Action, kit.Small.B().In(look.ActionOn)
	}
	p.Edged(0, 0, p.W, p.H, fill, edge, kit.R(14))
	p.Text(0, 5, p.W, pg.tabName(i), st, kit.Center)
}

// drawFindings draws the protein rows, the further tests and the yes/no
// questions, each group under its hairline.
func (pg *tumourPage) drawFindings(p *kit.Pen, x, y float32) float32 {
	group := ""
	for _, r := range pg.rows {
		g := findingGroup(r.def)
		if g != group {
			group = g
			y += 6
			p.HLine(x, y, p.W-x-16)
			y += 12
			p.Text(x, y, 0, g, kit.Body.B(), kit.Left)
			y += 28
		}
		label, cx := r.def.Short, x+104
		if r.def.Type == rules.YesNo {
			label, cx = r.def.Label, x+360
		} else {
			pg.fit(r.seg, p.W-16-cx)
		}
		if len(label) > 0 {
			label = string(upper(label[0])) + label[1:]
		}
		lines := kit.Body.Wrap(label, cx-x-8)
		for i, l := range lines {
			p.Text(x, y+6+float32(i)*18-float32(len(lines)-1)*9, 0, l, kit.Body, kit.Left)
		}
		p.Put(r.seg, cx, y, r.seg.Width(), 32)
		y += 40
	}
	return y
}

func upper(b byte) byte {
	if b >= 'a' && b <= 'z' {
		return b - 'a' + 'A'
	}
	return b
}

// fit gives a row of choices the room there is: its labels keep their size, the
// space around them shrinks.
func (pg *tumourPage) fit(s *kit.Segment, w float32) { s.Fit(w) }

func findingGroup(def *rules.FactDef) string {
	switch {
	case def.Together == "mmr_stain":
		return "Mismatch repair proteins"
	case def.Type == rules.YesNo:
		return "About the sample"
	}
	return "Further tumour tests"
}

func (pg *tumourPage) status() (string, look.Token, string) {
	list := pg.tumours()
	if len(list) == 0 {
		return "dot", look.Faint, "None entered"
	}
	open := 0
	for _, r := range pg.rows {
		if pg.s.stillDecides(r.def.ID) {
			open++
		}
	}
	if open == 0 {
		return "met", look.Met, "Complete"
	}
	return "unk", look.Unk, fmt.Sprintf("%d to answer", open)
}
