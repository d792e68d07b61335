package consult

import (
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

// bannerHeight is one line, or two in a window narrower than the design's least.
func (s *Screen) bannerHeight(w float32) float32 {
	if w < stripW {
		return bannerH + 24
	}
	return bannerH
}

// drawBanner draws who the patient is; it never scrolls. Where it is too wide,
// the save note goes first, then the title in brackets.
func (s *Screen) drawBanner(p *kit.Pen) {
	h := s.bannerHeight(p.W)
	p.Fill(0, 0, p.W, h, look.Banner)
	p.HLine(0, h-p.Look().LineWidth(), p.W)
	b := s.m.rec.Identity.Banner(s.m.today)
	type item struct{ label, value string }
	items := []item{{"Born", b.Born}}
	if b.Died != "" {
		items = append(items, item{"Died", b.Died})
	}
	items = append(items, item{"Sex", b.Sex}, item{"NHS No.", b.NHS})
	value := kit.Body.B()
	need := float32(0)
	for _, it := range items {
		need += 28 + kit.Caption.Width(it.label) + 6 + value.Width(it.value)
	}
	name := b.Name()
	note, tok, iconName := s.saveNote()
	noteW := kit.Caption.Width(note) + 22
	room := p.W - 32 - need
	if h > bannerH {
		room = p.W - 32
	}
	if kit.Name.Width(name)+noteW+28 > room {
		noteW = 0
		if s.m.saveErr != nil {
			noteW = 300
		}
	}
	if kit.Name.Width(name)+noteW > room {
		short := s.m.rec.Identity
		short.Title = ""
		name = short.Banner(s.m.today).Name()
	}
	x, y := float32(16), float32(0)
	if h > bannerH {
		p.Text(16, 8, p.W-32-noteW, name, kit.Name, kit.Left)
		x, y = 16-28, 20
	} else {
		x += p.Text(16, 14, room-noteW, name, kit.Name, kit.Left)
	}
	for _, it := range items {
		x += 28
		x += p.Text(x, y+19, 0, it.label, kit.Caption, kit.Left) + 6
		x += p.Text(x, y+16, 0, it.value, value, kit.Left)
	}
	if noteW == 0 {
		return
	}
	nx := p.W - 16 - noteW
	if s.m.saveErr != nil {
		nx -= s.retry.Width() + 8
		p.Put(s.retry, p.W-16-s.retry.Width(), 18, s.retry.Width(), 16)
	}
	p.Icon(nx, 19, 14, iconName, tok)
	p.Text(nx+22, 18, noteW-22, note, kit.Caption.In(tok), kit.Left)
}

// saveNote is what the banner says about the disk.
func (s *Screen) saveNote() (text string, tok look.Token, iconName string) {
	switch {
	case s.m.saveErr != nil:
		return "Not saved: " + s.m.saveErr.Error(), look.Urgent, "urg"
	case s.m.dirty():
		return "Saving", look.Muted, "clock"
	case s.m.rec.Draft && s.m.keptAt.IsZero():
		return "Draft of " + s.m.rec.Saved.Local().Format("02-Jan, 15:04"), look.Muted, "clock"
	case !s.m.unsaved() && !s.m.rec.Saved.IsZero():
		return "Saved " + s.m.rec.Saved.Local().Format("15:04"), look.Muted, "tick"
	case !s.m.keptAt.IsZero():
		return "Draft kept " + s.m.keptAt.Local().Format("15:04"), look.Muted, "tick"
	}
	return "Saved as you type", look.Muted, "tick"
}
