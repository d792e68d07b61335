package unlock

import (
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

func (s *Screen) draw(p *kit.Pen) {
	left := min(640, floor(p.W/2))
	if p.W < 900 {
		left = 0
	} else {
		s.drawBrand(p, left)
	}
	w := min(496, p.W-left-2*48)
	x := left + (p.W-left-w)/2
	y := max(24, (p.H-40-s.height(w))/2)
	s.drawForm(p, x, y, w)
	p.Text(x, p.H-40, 0, "Version "+s.about.Version, kit.Caption, kit.Left)
	p.Text(x, p.H-40, w, s.about.RulesStatus, kit.Caption, kit.Right)
}

func floor(v float32) float32 { return float32(int(v)) }

func (s *Screen) drawBrand(p *kit.Pen, w float32) {
	p.Fill(0, 0, w, p.H, look.Brand)
	if p.Look().Kind() == look.Contrast {
		p.VLine(w-2, 0, p.H)
	}
	p.Mark(56, 40, 36, look.BrandText, look.Brand)
	p.Text(106, 42, 0, "Kindred", kit.Display.In(look.BrandText), kit.Left)
	s.drawTree(p, (w-410)/2, (p.H-380)/2)
	st := kit.Lead.R().In(look.BrandText)
	y := p.H - 88
	for _, l := range st.Wrap("Should this patient have a genetic test? With the reasons, the sources and the next question worth asking.", min(480, w-112)) {
		p.Text(56, y, 0, l, st, kit.Left)
		y += 24
	}
}

// tree is the family of the title picture: three generations, two of them
// affected, one died, an arrow to the consultand. (After shared/ui 01-unlock.)
const tree = `<path d="M10 12h48v48h-48zM250 12h48v48h-48zM120 162h48v48h-48zM360 162h48v48h-48zM80 312h48v48h-48z"/>` +
	`<circle cx="134" cy="36" r="24"/><circle cx="374" cy="36" r="24"/><circle cx="24" cy="186" r="24"/>` +
	`<circle cx="264" cy="186" r="24"/><circle cx="204" cy="336" r="24"/><circle cx="304" cy="336" r="24"/>` +
	`<path d="M58 36h52M298 36h52M84 36v75M324 36v75M24 162v-51h120v51M264 162v-51h120v51M168 186h72M204 186v126M104 312v-51h200v51"/>` +
	`<path d="M10 12h25v24h-25zM120 162h25v24h-25zM204 336v-24a24 24 0 0 0 -24 24z" fill="ink"/>` +
	`<path d="M4 66l60-60M156 384l22-22M166 362h12v12"/>`

func (s *Screen) drawTree(p *kit.Pen, x, y float32) {
	p.SVG("family", `<g transform="translate(2 2)">`+tree+`</g>`, x-2, y-2, 414, 394, look.BrandInk)
}
