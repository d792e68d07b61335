package list

import (
	"fmt"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
)

func (s *Screen) drawReview(p *kit.Pen, top float32) {
	v := s.results
	side := float32(316)
	if p.W < 1100 {
		side = 260
	}
	if p.W < 900 {
		side = 0
	}
	x, y := float32(24), top+14
	w := p.W - 48
	if side > 0 {
		w -= side + 16
		s.drawSide(p, x+w+16, y, side)
	}
	s.drawCards(p, x, y, w)
	y += 68
	if n := v.count("urgent"); n > 0 {
		s.drawUrgent(p, x, y, w, n)
		y += 50
	}
	y += s.drawChips(p, x, y, w) + 10
	foot := float32(40)
	if len(v.shown) == 0 {
		s.drawNobody(p, x, y, w, p.H-y-foot)
	} else {
		p.Put(v.table, x, y, w, min(p.H-y-foot-8, v.table.Height(len(v.shown))))
	}
	s.drawFoot(p, x, p.H-foot, w)
}

// drawCards: what was read, and whose advice is shown or what goes on.
func (s *Screen) drawCards(p *kit.Pen, x, y, w float32) {
	v := s.results
	half := (w - 12) / 2
	used, all := s.list.Recognised()
	p.Card(x, y, half, 58)
	p.Icon(x+14, y+19, 20, "met", look.Met)
	cw := v.change.Small()
	p.Text(x+46, y+11, half-46-cw-24, fmt.Sprintf("%d of %d columns recognised", used, all), kit.Body.B(), kit.Left)
	detail := words.Plural(all-used, "column", "columns") + " carried through as they came"
	if all == used {
		detail = "Every column with a heading is used"
	}
	p.Text(x+46, y+32, half-46-cw-24, detail, kit.Caption, kit.Left)
	p.Put(v.change, x+half-cw-14, y+15, cw, 28)

	x += half + 12
	if s.run.going {
		s.drawProgress(p, x, y, half)
		return
	}
	p.Card(x, y, half, 58)
	p.Text(x+14, y+20, 0, "Advice on", kit.Body, kit.Left)
	p.Put(v.which, x+90, y+13, v.which.Width(), 32)
	sw := float32(120)
	if half > 90+v.which.Width()+sw+30 {
		p.Put(v.sort, x+half-sw-14, y+13, sw, 32)
	}
}

// drawUrgent is the red-flag bar: it cannot be dismissed, only acted on.
func (s *Screen) drawUrgent(p *kit.Pen, x, y, w float32, n int) {
	v := s.results
	p.Box(x, y, w, 40, look.UrgentSolid, look.None, 0, kit.RCard)
	p.Icon(x+14, y+10, 20, "urg", look.UrgentOn)
	on := kit.Body.In(look.UrgentOn)
	v.urgent.SetLabel(kit.Plain, "", "Show the "+words.Count(n))
	bw := v.urgent.Small()
	tw := p.Text(x+44, y+10, w-bw-70, "Refer "+words.Plural(n, "person", "people")+" urgently:", on.B(), kit.Left)
	reason := ""
	for i := range v.rows {
		if e := &v.rows[i]; e.rank(v.area) < 0 {
			reason = v.because(e)
			break
		}
	}
	if n > 1 && reason != "" {
		reason = "the first: " + reason
	}
	p.Text(x+52+tw, y+10, w-bw-80-tw, reason, on, kit.Left)
	p.Put(v.urgent, x+w-bw-6, y+6, bw, 28)
}

// drawChips draws the filters, on as many lines as they need; returns the height.
func (s *Screen) drawChips(p *kit.Pen, x, y, w float32) float32 {
	v := s.results
	at, line := x, y
	for i := range v.chips {
		c := &v.chips[i]
		on := v.chip == c.id
		cw := kit.Caption.Width(c.label) + kit.Caption.Width(words.Count(c.count)) + 16 + 5
		if on {
			cw = kit.Caption.B().Width(c.label) + kit.Caption.B().Width(words.Count(c.count)) + 16 + 5 + 19
		}
		if c.id == "rejected" && !on && at+cw > x+w {
			continue // the card at the side shows them as well
		}
		if at+cw > x+w && at > x {
			at, line = x, line+34
		}
		b := v.pressed[c.id]
		if b == nil {
			id := c.id
			b = kit.NewPress(14, nil, func() { v.pick(id); s.root.Redraw() })
			v.pressed[id] = b
		}
		label, count := c.label, c.count
		b.Paint = func(p *kit.Pen, st kit.State) { paintChip(p, st, label, count, on) }
		b.Redraw()
		p.Put(b, at, line, cw, 28)
		at += cw + 5
	}
	return line - y + 28
}

func paintChip(p *kit.Pen, _ kit.State, label string, count int, on bool) {
	fill, edge, tok, ctok, st := look.Surface, look.Ctl, look.Text, look.Muted, kit.Caption
	if on {
		fill, edge, tok, ctok, st = look.Action, look.None, look.ActionOn, look.ActionOn, kit.Caption.B()
	}
	if count == 0 && !on {
		tok, ctok = look.Faint, look.Faint
	}
	p.Edged(0, 0, p.W, p.H, fill, edge, kit.R(14))
	x := float32(8)
	if on {
		p.Icon(x, 7, 14, "tick", tok)
		x += 19
	}
	x += p.Text(x, 6, 0, label, st.In(tok), kit.Left) + 5
	p.Text(x, 6, 0, words.Count(count), st.In(ctok), kit.Left)
}

func (s *Screen) drawNobody(p *kit.Pen, x, y, w, h float32) {
	v := s.results
	cy := y + max(20, h/2-60)
	p.Icon(x+w/2-14, cy, 28, "search", look.Muted)
	p.Text(x, cy+36, w, "Nobody here", kit.Body.B(), kit.Center)
	v.nobody.SetLabel(kit.Plain, "", "Show all "+words.Count(len(v.rows)))
	p.Put(v.nobody, x+(w-v.nobody.Width())/2, cy+64, v.nobody.Width(), 32)
}

func (s *Screen) drawFoot(p *kit.Pen, x, y, w float32) {
	v := s.results
	fw := float32(240)
	p.Put(v.filter, x, y, fw, 32)
	text := ""
	if n := len(v.shown); n > 0 {
		first := v.table.FirstRow()
		last := min(n, first+max(1, v.table.RowsInView()))
		text = fmt.Sprintf("%s to %s of %s", words.Count(first+1), words.Count(last), words.Count(n))
	}
	x += fw + 16
	w -= fw + 16
	p.Text(x, y+8, w, text, kit.Caption, kit.Left)
	kx := x + w
	for _, k := range []struct{ key, does string }{{"Enter", "open"}, {"↑ ↓", "choose"}} {
		kx -= kit.Caption.Width(k.does)
		p.Text(kx, y+8, 0, k.does, kit.Caption, kit.Left)
		kx -= kit.KeyWidth(k.key) + 6
		p.Key(kx, y+7, k.key)
		kx -= 14
	}
}

// drawSide: what there is to do, what is missing, what was rejected, the exits.
func (s *Screen) drawSide(p *kit.Pen, x, y, w float32) {
	v := s.results
	y += s.drawToDo(p, x, y, w) + 12
	bottom := p.H - 14
	buttons := float32(36 + 8 + 36)
	if s.run.kept != "" || s.run.err != nil {
		buttons += 44
	}
	if len(v.counts) > 0 && v.count("ask") > 0 {
		y += s.drawMissing(p, x, y, w, bottom-buttons-y-16) + 12
	}
	if n := v.count("rejected"); n > 0 && y+100 < bottom-buttons {
		s.drawRejected(p, x, y, w, n, bottom-buttons-y-16)
	}
	by := bottom - buttons
	switch {
	case s.run.err != nil:
		p.Note(x, by, w, "urg", words.Capital(s.run.err.Error()), look.Urgent)
		by += 44
	case s.run.kept != "":
		p.Note(x, by, w, "met", s.run.kept, look.Muted)
		by += 44
	}
	p.Put(v.keep, x, by, w, 36)
	p.Put(v.save, x, by+44, w, 36)
}

// drawToDo is the bars of what there is to act on.
func (s *Screen) drawToDo(p *kit.Pen, x, y, w float32) float32 {
	v := s.results
	type line struct {
		chip, label, icon string
		tone              kit.Tone
	}
	all := []line{
		{"urgent", "Urgent", "urg", kit.ToneUrgent},
		{"cascade", "Targeted test", "met", kit.ToneMet},
		{"test", "Test indicated", "met", kit.ToneMet},
		{"tumour", "Tumour first", "arrow", kit.ToneAction},
		{"refer", "Specialist", "arrow", kit.ToneAction},
		{"ask", "Ask more", "unk", kit.ToneUnk},
	}
	var lines []line
	most := 1
	for _, l := range all {
		if n := v.count(l.chip); n > 0 {
			lines = append(lines, l)
			most = max(most, n)
		}
	}
	h := 46 + float32(max(1, len(lines)))*25
	p.Card(x, y, w, h)
	p.Text(x+14, y+12, 0, "To act on", kit.Body.B(), kit.Left)
	p.Text(x+14, y+14, w-28, words.Count(v.count("act"))+" of "+words.Count(len(v.rows)), kit.Caption, kit.Right)
	ly := y + 42
	if len(lines) == 0 {
		p.Text(x+14, ly, w-28, "Nobody on this list", kit.Small.In(look.Muted), kit.Left)
	}
	for _, l := range lines {
		n := v.count(l.chip)
		ink := l.tone.Ink()
		if l.tone == kit.ToneUrgent { // its pill is solid, a bar is not
			ink = look.Urgent
		}
		p.Icon(x+14, ly+2, 14, l.icon, ink)
		p.Text(x+33, ly, 0, l.label, kit.Small, kit.Left)
		bar := w - 28 - 122 - 54
		p.Box(x+14+122, ly+4, max(2, bar*float32(n)/float32(most)), 10, ink, look.None, 0, kit.R(3))
		p.Text(x+14, ly, w-28, words.Count(n), kit.Small, kit.Right)
		ly += 25
	}
	return h
}

// drawMissing lists the questions most rows wait for.
func (s *Screen) drawMissing(p *kit.Pen, x, y, w, room float32) float32 {
	v := s.results
	lines := 0
	h := float32(44)
	var texts [][]string
	for _, c := range v.counts[:min(4, len(v.counts))] {
		wrapped := kit.Caption.Wrap(c.Text, w-28-56)
		if len(wrapped) > 2 {
			wrapped = append(wrapped[:1], kit.Caption.Cut(wrapped[1]+" "+wrapped[2], w-28-56))
		}
		need := float32(len(wrapped))*16 + 10
		if h+need > room {
			break
		}
		texts = append(texts, wrapped)
		h += need
		lines++
	}
	if lines == 0 {
		return 0
	}
	p.Card(x, y, w, h)
	p.Text(x+14, y+12, 0, "To ask most often", kit.Body.B(), kit.Left)
	p.Text(x+14, y+14, w-28, "of "+words.Count(v.count("ask")), kit.Caption, kit.Right)
	ly := y + 40
	for i, t := range texts {
		for k, l := range t {
			p.Text(x+14, ly+float32(k)*16, w-28-56, l, kit.Caption.In(look.Text), kit.Left)
		}
		p.Text(x+14, ly-1, w-28, words.Count(v.counts[i].Count), kit.Small, kit.Right)
		ly += float32(len(t))*16 + 10
	}
	return h
}

// drawRejected says why rows could not be trusted.
func (s *Screen) drawRejected(p *kit.Pen, x, y, w float32, n int, room float32) {
	v := s.results
	why := v.res.Rejections()
	fit := max(0, min(len(why), int((room-46-42)/22)))
	h := 46 + float32(fit)*22 + 38
	p.Card(x, y, w, h)
	p.Icon(x+14, y+14, 16, "warn", look.Warn)
	p.Text(x+40, y+12, 0, words.Plural(n, "row", "rows")+" rejected", kit.Body.B(), kit.Left)
	ly := y + 42
	for _, c := range why[:fit] {
		p.Text(x+14, ly, w-28-44, words.Capital(c.Text), kit.Small, kit.Left)
		p.Text(x+14, ly, w-28, words.Count(c.Count), kit.Small, kit.Right)
		ly += 22
	}
	p.Put(v.reject, x+14, ly+2, v.reject.Small(), 28)
}
