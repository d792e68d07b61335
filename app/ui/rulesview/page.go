package rulesview

import (
	"fyne.io/fyne/v2"

	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
)

const (
	gap    = 10  // between cards
	headH  = 68  // above the page
	ahead  = 500 // how far beyond the view cards are kept ready
	asideW = 420
	cardW  = 900 // the widest card
)

func (s *Screen) draw(p *kit.Pen) {
	if s.book == nil {
		p.Text(0, p.H/2-10, p.W, "There are no rules", kit.Body, kit.Center)
		return
	}
	rail := max(200, min(340, p.W*0.27))
	s.drawRail(p, rail)
	p.VLine(rail, 0, p.H)
	x := rail + 24
	w := p.W - x - 24
	wide := w > cardW*0.8+asideW
	if wide != s.wide {
		s.wide = wide
		if at, ok := s.book.at[s.chosen]; ok {
			s.fold(s.book.entries[at], !wide)
		}
		s.page.Redraw()
	}
	if wide {
		w = min(cardW, w-asideW-24)
	} else {
		w = min(cardW, w)
	}
	s.drawHead(p, x, w)
	if s.shown == 0 {
		s.drawNothing(p, x, w)
		return
	}
	p.Put(s.scroll, x, headH, w+20, p.H-headH) // the bar stands in the gap
	if wide {
		ax := x + w + 24 + 20
		p.VLine(ax-24+4, 0, p.H)
		p.Text(ax, 18, 0, "Where it comes from", kit.Lead, kit.Left)
		p.Put(s.asideS, ax, headH, min(p.W-ax-16, asideW+100), p.H-headH)
	}
}

func (s *Screen) drawRail(p *kit.Pen, w float32) {
	y := float32(16)
	if len(s.areas) > 1 {
		p.Put(s.pick, 16, y, w-32, 32)
		y += 44
	}
	p.Put(s.filter, 16, y, w-32, 32)
	y += 44
	if len(s.rows) > 0 {
		p.Put(s.toc, 16, y, w-32, min(p.H-y-16, s.toc.Height(len(s.rows))))
	}
}

func (s *Screen) drawHead(p *kit.Pen, x, w float32) {
	a := s.book.area
	if s.guest {
		bw := s.back.Width()
		p.Put(s.back, x+w-bw, 16, bw, 32)
		w -= bw + 16
	}
	w = s.drawPapers(p, x, w)
	word, icon, tone := "Transcribed, not signed off", "warn", kit.ToneWarn
	if a.Status == "signed_off" {
		word, icon, tone = "Signed off", "met", kit.ToneMet
	}
	tw := p.Text(x, 10, w, a.Title, kit.Title, kit.Left)
	pw := kit.PillWidth(word)
	beside := tw+12+pw <= w
	if beside {
		p.Pill(x+tw+12, 14, tone, icon, word)
	}
	under := a.Edition + " · in force from " + identity.FormatDay(a.From)
	if a.ReviewBy != "" {
		under += " · review by " + identity.FormatDay(a.ReviewBy)
	}
	if s.text != "" {
		under = words.Plural(s.shown, "place", "places") + " of " + words.Count(len(s.book.entries)) + " hold “" + s.text + "”; Esc shows everything"
	}
	if beside {
		p.Text(x, 40, w, under, kit.Caption, kit.Left)
		return
	}
	p.Pill(x, 37, tone, icon, word) // the buttons leave the title's line no room
	p.Text(x+pw+10, 40, w-pw-10, kit.Caption.Cut(under, w-pw-10), kit.Caption, kit.Left)
}

func (s *Screen) drawNothing(p *kit.Pen, x, w float32) {
	y := max(headH, p.H/2-90)
	p.Icon(x+w/2-14, y, 28, "search", look.Muted)
	p.Text(x, y+36, w, "Nothing in "+s.book.area.Short, kit.Body.B(), kit.Center)
	p.Text(x, y+60, w, "No rule holds “"+s.text+"”. Esc shows all "+words.Count(len(s.book.entries))+".", kit.Caption, kit.Center)
	if s.elsewh > 0 {
		bw := s.other.Width()
		p.Put(s.other, x+(w-bw)/2, y+88, bw, 32)
	}
}

// drawPage places what is in view; the rest only takes its room.
func (s *Screen) drawPage(p *kit.Pen) {
	w := p.W - 20
	y := float32(0)
	from, to := s.scroll.Offset.Y-ahead, s.scroll.Offset.Y+s.scroll.Size().Height+ahead
	s.first, s.last = -1, -1
	for i := range s.blocks {
		b := &s.blocks[i]
		b.y = y
		if b.entry == nil {
			b.h = s.heading(nil, b.section, y, w)
		} else {
			b.h = s.card(b.entry).measure(w)
		}
		if y+b.h >= from && y <= to {
			if s.first < 0 {
				s.first = i
			}
			s.last = i
			if b.entry == nil {
				s.heading(p, b.section, y, w)
			} else {
				c := s.card(b.entry)
				c.y = y
				p.Put(c.sheet, 0, y, w, b.h)
			}
		}
		y += b.h + gap
	}
	s.page.SetMin(100, y+40)
}

// heading is a section's title and how to read it; it returns its height.
func (s *Screen) heading(p *kit.Pen, section int, y, w float32) float32 {
	sec := s.book.sections[section]
	above := float32(14)
	if section == 0 {
		above = 0
	}
	note := kit.Caption.Wrap(sec.note, min(w, prose))
	if sec.note == "" {
		note = nil
	}
	if p != nil {
		p.Text(0, y+above, w, sec.title, kit.Lead, kit.Left)
		for i, l := range note {
			p.Text(0, y+above+24+float32(i)*16, w, l, kit.Caption, kit.Left)
		}
	}
	return above + 24 + float32(len(note))*16
}

// window draws the page again when other cards have come into view.
func (s *Screen) window() {
	from, to := s.scroll.Offset.Y-ahead/2, s.scroll.Offset.Y+s.scroll.Size().Height+ahead/2
	need := func(i int) bool {
		return i >= 0 && i < len(s.blocks) && s.blocks[i].y+s.blocks[i].h >= from && s.blocks[i].y <= to
	}
	if need(s.first-1) || need(s.last+1) || s.last < 0 || !need(s.first) && !need(s.last) {
		s.page.Redraw()
	}
}

func (s *Screen) to(y float32) {
	most := max(0, s.page.MinSize().Height-s.scroll.Size().Height)
	s.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(y, most))))
	s.window()
}

func (s *Screen) scrollBy(dy float32) { s.to(s.scroll.Offset.Y + dy) }

// reach brings an entry to the top of the page.
func (s *Screen) reach(key string) {
	for i := range s.blocks {
		if b := &s.blocks[i]; b.entry != nil && b.entry.key == key {
			y := b.y
			if i > 0 && s.blocks[i-1].entry == nil { // with its heading
				y = s.blocks[i-1].y
			}
			s.to(y)
			return
		}
	}
}

// focusPage gives the keyboard to the chosen entry, or to the first in view.
func (s *Screen) focusPage() {
	var first *card
	for i := range s.blocks {
		b := &s.blocks[i]
		if b.entry == nil || b.y+b.h < s.scroll.Offset.Y {
			continue
		}
		if first == nil {
			first = s.card(b.entry)
		}
		if b.entry.key == s.chosen && b.y < s.scroll.Offset.Y+s.scroll.Size().Height {
			first = s.card(b.entry)
			break
		}
	}
	if first != nil {
		s.page.Redraw()
		first.head.Focus()
	}
}

func (s *Screen) drawAside(p *kit.Pen) {
	at, ok := s.book.at[s.chosen]
	if !ok {
		p.Para(0, 4, p.W-16, "Press a rule or its source to read here where it comes from and what uses it.", kit.Caption)
		s.aside.SetMin(100, 60)
		return
	}
	if s.side == nil {
		s.side = newCard(s, s.book.entries[at])
	}
	b := &body{p: p, c: s.side, w: p.W - 16}
	b.para(s.side.e.title, kit.Body.B(), 0)
	if s.side.e.source != nil {
		b.sourceFacts(s.side.e.source)
	}
	b.detail(s.side.e)
	s.aside.SetMin(100, b.y+40)
}
