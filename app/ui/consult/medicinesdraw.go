package consult

import (
	"slices"

	"kindred/app/report"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
)

// draw draws the treatment section: the medicines, whether these are all, and
// what was named with the newest panel.
func (l *medicineList) draw(p *kit.Pen, x, y float32) float32 {
	y += 14
	p.HLine(x, y, p.W-x-formPad)
	y += 12
	p.Text(x, y, 0, groupTitle(groupTreatment), kit.Body.B(), kit.Left)
	p.Put(l.add, p.W-formPad-l.add.Small(), y-4, l.add.Small(), 28)
	y += 30
	if len(l.list) == 0 {
		y += p.Para(x, y, p.W-x-formPad, "No lipid-lowering medicine is listed. That says nothing: choose “Never any” below when none was ever taken.", kit.Caption) + 8
	}
	for _, r := range l.list {
		y = r.draw(p, x, y)
	}
	for _, r := range l.shown() {
		y += r.draw(p, x, y, x+256) + 6
	}
	return y - 6
}

// shown is the facts of the group that stand below the list: it says itself what
// was taken, but a drug that was named with the newest panel stays in sight.
func (l *medicineList) shown() []*factRow {
	return slices.DeleteFunc(slices.Clone(l.rows), func(r *factRow) bool {
		_, answered := r.at.get(r.def.ID)
		return r.def.Sample && !answered
	})
}

// draw draws a medicine on one line where there is room, else on two, and below
// it what was understood.
func (r *medicineRow) draw(p *kit.Pen, x, y float32) float32 {
	const day, gap = 116, 8
	w := p.W - x - formPad
	rest := float32(day+gap)*2 + r.state.Width() + gap + 32
	text := w - rest - gap
	one := text >= 210
	if !one {
		text = w - 32 - gap
	}
	p.Put(r.text, x, y, text, 32)
	top, at := y, x+text+gap
	if !one {
		y += 36
		at = x
	}
	p.Put(r.from, at, y, day, 32)
	p.Put(r.to, at+day+gap, y, day, 32)
	p.Put(r.state, at+(day+gap)*2, y, r.state.Width(), 32)
	p.Put(r.drop, x+w-32, top, 32, 32) // the keyboard comes to it last
	y += 34
	switch {
	case r.fault != "":
		y += p.Note(x, y, w, "urg", r.fault+".", look.Urgent)
	case r.echo != "":
		m := r.l.at(r.index)
		y += p.Para(x, y, w, r.echo+" · "+report.Period(m), kit.Caption)
		if r.doubt != "" {
			y += p.Note(x, y, w, "warn", r.doubt, look.Warn)
		}
	}
	for _, d := range []struct {
		box    *kit.Field
		read   typed.Rough
		retype func(string)
	}{{r.from, r.fromRead, r.typeFrom}, {r.to, r.toRead, r.typeTo}} {
		if d.read.State.Usable() || d.read.State == typed.Empty {
			continue
		}
		p.Icon(x, y+1, 14, "urg", look.Urgent)
		cx := x + 20 + p.Text(x+20, y, 0, d.read.Echo, kit.Caption.In(look.Urgent), kit.Left)
		for i, cure := range d.read.Cures {
			if i >= len(r.cures) {
				break
			}
			link := r.cures[i]
			link.SetText(cure.Label, kit.Caption.In(look.Urgent))
			link.OnPress = func() {
				d.box.SetText(cure.Text)
				d.retype(cure.Text)
				d.box.Focus()
			}
			p.Put(link, cx+8, y, link.Width(), 16)
			cx += 8 + link.Width()
		}
		y += 18
		break // one at a time: the links are shared
	}
	if r.wrongWay() {
		y += p.Note(x, y, w, "urg", "This ends before it begins. Both dates are kept; the medicine covers no day.", look.Urgent)
	}
	return y + 10
}
