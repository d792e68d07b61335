package consult

import (
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/rules/truth"
)

func (e *kinEditor) draw(p *kit.Pen) {
	person := e.person()
	if person == nil {
		return
	}
	x, y := float32(20), float32(14)
	p.Text(x, y, p.W-150, e.pg.s.m.kinName(person)+called(person), kit.Title, kit.Left)
	if e.patient() {
		y += 38
		y += p.Para(x, y, p.W-2*x, "Age, diagnoses, results and tumours of the patient are asked on the other steps.", kit.Caption) + 8
		y = e.details.draw(p, x, y, 124)
		e.sheet.SetMin(300, y+20)
		return
	}
	p.Put(e.drop, p.W-16-e.drop.Small(), y, e.drop.Small(), 28)
	y += 42
	label := "Age now"
	if person.Alive == truth.No {
		label = "Age at death"
	}
	const lab = float32(124)
	p.Text(x, y+6, lab, label, kit.Body, kit.Left)
	p.Put(e.age, x+lab, y, 104, 32)
	echoed(p, x+lab+116, y, e.ageRead)
	y += 38
	p.Text(x, y+6, lab, "Alive", kit.Body, kit.Left)
	p.Put(e.alive, x+lab, y, e.alive.Width(), 32)
	y += 38
	for _, kt := range e.topics {
		y = e.drawTopic(p, x, y, lab, kt)
	}
	y = e.details.draw(p, x, y, lab)
	e.sheet.SetMin(300, y+20)
}

func (e *kinEditor) drawTopic(p *kit.Pen, x, y, lab float32, kt *kinTopic) float32 {
	y += 8
	p.HLine(x, y, p.W-2*x)
	y += 10
	p.Text(x, y, p.W-2*x, kt.def.Label, kit.Body.B(), kit.Left)
	y += 26
	for _, r := range kt.rows {
		y = r.draw(p, x, y, lab)
	}
	p.Put(kt.add, x+lab, y, min(256, p.W-x-lab-16), 32)
	y += 38
	for _, f := range kt.facts {
		lines := kit.Small.Wrap(f.def.Label, lab-8)
		for i, l := range lines {
			p.Text(x, y+7+float32(i)*16-float32(len(lines)-1)*8, 0, l, kit.Small, kit.Left)
		}
		o, w := f.control()
		p.Put(o, x+lab, y, min(w, p.W-x-lab-16), 32)
		extra := float32(0)
		if f.box != nil {
			extra = f.say(p, x+lab+w+12, y, p.W-x-lab-w-24, x+lab)
		}
		y += 38 + extra
	}
	return y
}

func (r *kinRow) draw(p *kit.Pen, x, y, lab float32) float32 {
	lines := kit.Small.Wrap(capital(r.def.Short), lab-8)
	for i, l := range lines {
		p.Text(x, y+7+float32(i)*16-float32(len(lines)-1)*8, 0, l, kit.Small, kit.Left)
	}
	p.Put(r.seg, x+lab, y, r.seg.Width(), 32)
	y += 38
	if r.seg.Value() != "yes" {
		return y
	}
	p.Text(x+16, y+7, lab-20, "Age then", kit.Small.In(look.Muted), kit.Left)
	p.Put(r.age, x+lab, y, 104, 32)
	read := r.read
	if read.Echo == "" && r.age.Text() == "" {
		read.Echo = "not known"
	}
	echoed(p, x+lab+116, y, read)
	y += 38
	p.Text(x+16, y+7, lab-20, "Confirmed", kit.Small.In(look.Muted), kit.Left)
	p.Put(r.confirmed, x+lab, y, r.confirmed.Width(), 32)
	y += 38
	if r.def.Doubt != "" && r.confirmed.Value() != "yes" {
		y += p.Para(x+lab, y-2, p.W-x-lab-16, r.def.Doubt, kit.Caption.In(look.Warn)) + 6
	}
	return y
}

// echoed writes beside an age box what was understood of it, on two lines where
// it takes them.
func echoed(p *kit.Pen, x, y float32, read typed.Age) {
	tok := look.Muted
	if bad(read.State) {
		tok = look.Urgent
	}
	lines := kit.Caption.Wrap(read.Echo, p.W-x-8)
	if len(lines) > 1 {
		y -= 8
	}
	for i, l := range lines {
		p.Text(x, y+8+float32(i)*16, 0, l, kit.Caption.In(tok), kit.Left)
	}
}
