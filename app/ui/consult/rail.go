package consult

import (
	"strconv"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

func (s *Screen) drawRail(p *kit.Pen, top, w float32) {
	p.VLine(w-p.Look().LineWidth(), top, p.H-top)
	y, pitch := top+12, float32(54)
	if room := (p.H - top - 4) / float32(len(s.rail)); room < pitch+3 {
		y, pitch = top+2, floorTo(room)
	}
	for i := range s.rail {
		s.rail[i].On = Step(i) == s.step
		p.Put(s.rail[i], 0, y, w-p.Look().LineWidth(), pitch-2)
		s.rail[i].Redraw()
		y += pitch
	}
	if w < 100 {
		return
	}
	ky := p.H - 62
	for _, k := range [][2]string{{"Previous step", "Alt ↑"}, {"Next step", "Alt ↓"}} {
		if (k[0] == "Previous step" && s.step == PatientStep) || (k[0] == "Next step" && s.step == CheckStep) {
			ky += 26
			continue
		}
		p.Text(16, ky, 0, k[0], kit.Caption, kit.Left)
		kw := kit.KeyWidth(k[1])
		p.Key(w-17-kw, ky-1, k[1])
		ky += 26
	}
}

func (s *Screen) paintStep(p *kit.Pen, st kit.State, step Step) {
	name := strconv.Itoa(int(step)+1) + ". " + stepNames[step]
	iconName, tok, word := s.pages[step].status()
	style := kit.Body
	if st.On {
		p.Fill(0, 0, p.W, p.H, look.Surface)
		p.Fill(0, 0, 3, p.H, look.Action)
		iconName, tok, style = "now", look.Action, style.B()
	} else if st.Hover {
		p.Fill(0, 0, p.W, p.H, look.ActionTint)
	}
	if p.W < 100 {
		y := max(0, (p.H-38)/2)
		p.Icon((p.W-20)/2, y, 20, iconName, tok)
		p.Text(0, y+22, p.W, strconv.Itoa(int(step)+1), kit.Caption, kit.Center)
		return
	}
	p.Icon(16, 16, 20, iconName, tok)
	p.Text(46, 7, p.W-50, name, style, kit.Left)
	p.Text(46, 27, p.W-50, word, kit.Caption, kit.Left)
}

func floorTo(v float32) float32 { return float32(int(v)) }
