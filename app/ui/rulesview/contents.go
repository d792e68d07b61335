package rulesview

import (
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
)

// tocRow draws a line of the contents.
func (s *Screen) tocRow(p *kit.Pen, i int, c []kit.Cell, chosen bool) {
	if i >= len(s.rows) {
		return
	}
	r := s.rows[i]
	if r.entry == nil {
		if !chosen {
			p.Fill(0, 1, p.W, p.H-1, look.BG)
		}
		n := words.Count(r.n)
		nw := kit.Caption.Width(n) + 1
		p.Text(c[0].X, 6, c[0].W-nw-8, s.book.sections[r.section].title, kit.Caption.B().In(look.Text), kit.Left)
		p.Text(c[0].X+c[0].W-nw, 6, 0, n, kit.Caption, kit.Left)
		return
	}
	x := c[0].X + 8
	st := kit.Small
	if r.entry.part {
		st = st.In(look.Muted)
	}
	if icon := r.entry.icon; icon != "" {
		tok := look.Muted
		switch {
		case r.entry.outcome != "":
			tok = words.Of(r.entry.outcome, false).Tone.Ink()
		case icon == "urg":
			tok = look.Urgent
		case icon == "warn":
			tok = look.Warn
		}
		p.Icon(x, 7, 14, icon, tok)
		x += 20
	}
	p.Text(x, 5, c[0].X+c[0].W-x, r.entry.rail, st, kit.Left)
}

// tocChoose brings what was chosen in the contents to the top of the page.
func (s *Screen) tocChoose(i int) {
	if s.marking || i < 0 || i >= len(s.rows) {
		return
	}
	r := s.rows[i]
	if r.entry != nil {
		s.unfold(r.entry.key)
		s.reach(r.entry.key)
		s.host.Say(r.entry.title)
		return
	}
	for n := range s.blocks {
		if s.blocks[n].entry == nil && s.blocks[n].section == r.section {
			s.to(s.blocks[n].y)
		}
	}
}

// mark shows in the contents which entry is unfolded on the page.
func (s *Screen) mark() {
	s.marking = true
	defer func() { s.marking = false }()
	for i, r := range s.rows {
		if r.entry != nil && r.entry.key == s.chosen && s.toc.Chosen() != i {
			s.toc.Choose(i)
		}
	}
}
