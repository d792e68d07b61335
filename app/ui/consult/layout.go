package consult

import (
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/rules"
)

func (s *Screen) draw(p *kit.Pen) {
	s.drawBanner(p)
	y := s.bannerHeight(p.W)
	if f := s.urgent(); f != nil {
		y += s.drawFlag(p, y, f)
	}
	rw := float32(railW)
	switch {
	case p.W >= wideW:
		rw = 208
	case p.W < narrowW:
		rw = 56
	}
	s.drawRail(p, y, rw)
	h := p.H - y
	if s.step == FamilyStep || p.W < stripW {
		s.drawStripped(p, rw, y, p.W-rw, h)
		return
	}
	s.over = false
	aw := float32(424)
	switch {
	case p.W >= wideW:
		aw = 520
	case p.W < narrowW:
		aw = 380
	}
	fw := p.W - rw - aw
	p.Fill(rw, y, fw, h, look.Surface)
	p.Put(s.scroll[s.step], rw, y, min(fw, formMost), h)
	if third := fw - formMost; third >= 300 {
		s.drawFamily(p, rw+formMost, y, min(third, 600), h)
	}
	p.VLine(rw+fw, y, h)
	p.Put(s.advice.sheet, rw+fw+p.Look().LineWidth(), y, aw-p.Look().LineWidth(), h)
}

// drawStripped gives the form the whole width, under the answer and the next
// question as a strip; Ctrl E lays the reasons over the form.
func (s *Screen) drawStripped(p *kit.Pen, x, y, w, h float32) {
	p.Fill(x, y, w, h, look.Surface)
	sh := s.advice.drawStrip(p, x, y, w)
	if s.over {
		p.Fill(x, y+sh, w, h-sh, look.BG)
		p.Put(s.advice.scroll, x, y+sh, w, h-sh)
		return
	}
	p.Put(s.scroll[s.step], x, y+sh, w, h-sh)
}

// drawFamily shows the family tree beside the form where there is room for them.
func (s *Screen) drawFamily(p *kit.Pen, x, y, w, h float32) {
	fp := s.pages[FamilyStep].(*familyPage)
	p.VLine(x, y, h)
	fp.tree.show()
	fp.tree.drawTree(p, x+p.Look().LineWidth(), y, w, h, nil)
}

// urgent is the first red flag, nil when there is none.
func (s *Screen) urgent() *rules.Flag {
	if s.m.advice == nil {
		return nil
	}
	for i := range s.m.advice.Areas {
		for j := range s.m.advice.Areas[i].Flags {
			if f := &s.m.advice.Areas[i].Flags[j]; f.Urgent {
				return f
			}
		}
	}
	return nil
}

// drawFlag is the red-flag bar, 40 high; it grows by a line where its words
// would be cut. It returns its height.
func (s *Screen) drawFlag(p *kit.Pen, y float32, f *rules.Flag) float32 {
	const title = "Refer urgently:"
	st := kit.Body.In(look.UrgentOn)
	w := st.B().Width(title) + 6
	lines := st.Wrap(f.Text, p.W-46-w-110)
	h := float32(40) + float32(max(0, len(lines)-1))*20
	p.Fill(0, y, p.W, h, look.UrgentSolid)
	p.Icon(16, y+10, 20, "urg", look.UrgentOn)
	p.Text(46, y+10, 0, title, st.B(), kit.Left)
	for i, line := range lines {
		p.Text(46+w, y+10+float32(i)*20, 0, line, st, kit.Left)
	}
	p.Put(s.flagWhy, p.W-16-56, y+(h-28)/2, 56, 28)
	return h
}

func paintWhy(p *kit.Pen, _ kit.State) {
	p.Edged(0, 0, p.W, p.H, look.None, look.UrgentOn, kit.RControl)
	p.Text(0, 4, p.W, "Why", kit.Body.In(look.UrgentOn), kit.Center)
}
