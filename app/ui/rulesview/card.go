package rulesview

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
)

const (
	pad    = 16  // left and right within a card
	top    = 12  // above and below
	labelW = 128 // of labelled lines
	prose  = 640 // no line of text is longer
	step   = 18  // indent of a rule's level
)

// card shows one entry. Only cards in view are on screen; each keeps its own
// drawing, so that scrolling moves them and draws nothing again.
type card struct {
	s     *Screen
	e     *entry
	sheet *kit.Sheet
	head  *kit.Press
	links map[string]*kit.Press

	open   bool // with its sources in full
	y      float32
	width  float32
	height float32
}

func newCard(s *Screen, e *entry) *card {
	c := &card{s: s, e: e, links: map[string]*kit.Press{}}
	c.sheet = kit.NewSheet(func(p *kit.Pen) { c.draw(p) })
	c.head = kit.NewPress(4, c.paintHead, func() { s.choose(e.key) })
	c.head.Words = e.title
	if e.id != "" {
		c.head.Words += " · " + e.id
	}
	c.head.OnFocus = s.window
	c.head.OnKey = s.readKey
	return c
}

// measure is how high the card is at a width.
func (c *card) measure(w float32) float32 {
	if w != c.width {
		b := &body{c: c, x: pad, w: w - 2*pad}
		b.all()
		c.width, c.height = w, b.y+top
	}
	return c.height
}

// setOpen unfolds the sources, or folds them.
func (c *card) setOpen(open bool) {
	if c.open != open {
		c.open, c.width = open, 0
		c.sheet.Redraw()
	}
}

func (c *card) draw(p *kit.Pen) {
	frame(p)
	if c.s.chosen == c.e.key {
		p.Fill(0, 8, 3, p.H-16, look.Action)
	}
	b := &body{p: p, c: c, x: pad, w: p.W - 2*pad}
	b.all()
}

// frame draws a card of any height from a head, a foot and straight sides: a
// raster as high as a long table would be megabytes.
func frame(p *kit.Pen) {
	if p.H < 200 {
		p.Card(0, 0, p.W, p.H)
		return
	}
	lw := p.Look().LineWidth()
	p.Edged(0, 0, p.W, 40, look.Surface, look.Line, kit.Radii{8, 8, 0, 0})
	p.Edged(0, p.H-40, p.W, 40, look.Surface, look.Line, kit.Radii{0, 0, 8, 8})
	p.Fill(0, 30, p.W, p.H-60, look.Surface)
	p.VLine(0, 30, p.H-60)
	p.VLine(p.W-lw, 30, p.H-60)
}

func (c *card) paintHead(p *kit.Pen, st kit.State) {
	style := kit.Body.B()
	if st.Hover {
		style = style.In(look.Action)
	}
	x := float32(0)
	if ink, ok := c.mark(); ok {
		p.Icon(0, 2, 16, c.e.icon, ink)
		x = 24
	}
	p.Para(x, 0, p.W-x, c.e.title, style)
}

// mark is the colour of the icon before the title, for what warns.
func (c *card) mark() (look.Token, bool) {
	switch {
	case c.e.urgent:
		return look.Urgent, true
	case c.e.unseen || c.e.icon == "warn":
		return look.Warn, true
	case c.e.icon == "info":
		return look.Muted, true
	}
	return look.None, false
}

// body writes a card from the top down; without a pen it only measures.
type body struct {
	p       *kit.Pen
	c       *card
	x, y, w float32
	label   float32 // width of the labels
}

func (b *body) all() {
	e := b.c.e
	b.y, b.label = top, labelW
	b.title()
	b.para(e.text, kit.Small, 4)
	for _, f := range e.facts {
		b.label = max(b.label, min(kit.Caption.Width(f.label)+12, b.w*0.4))
	}
	for _, f := range e.facts {
		b.fact(f)
	}
	b.label = labelW
	if e.source != nil {
		b.sourceFacts(e.source)
	}
	for _, g := range e.groups {
		b.group(g)
	}
	if e.grid != nil {
		b.y += 10
		b.grid(e.grid)
	}
	switch {
	case b.c.open:
		b.y += 10
		if b.p != nil {
			b.p.HLine(b.x, b.y, b.w)
		}
		b.y += 10
		b.detail(e)
	case e.source == nil && len(e.sources) > 0:
		b.cite()
	}
}

func (b *body) title() {
	e := b.c.e
	right := float32(0)
	switch {
	case e.outcome != "":
		f := words.Of(e.outcome, false)
		right = kit.PillWidth(f.Word)
		if b.p != nil {
			b.p.Pill(b.x+b.w-right, b.y-1, f.Tone, f.Icon, f.Word)
		}
	case e.value != "":
		right = min(b.w/2, kit.Body.B().Width(e.value)+1)
		if b.p != nil {
			b.p.Text(b.x+b.w-right, b.y, right, e.value, kit.Body.B(), kit.Right)
		}
	case e.part:
		right = kit.Caption.Width("part of other criteria")
		if b.p != nil {
			b.p.Text(b.x+b.w-right, b.y+3, 0, "part of other criteria", kit.Caption, kit.Left)
		}
	}
	w := min(b.w-right-16, prose+60)
	indent := float32(0)
	if _, ok := b.c.mark(); ok {
		indent = 24
	}
	h := float32(len(kit.Body.B().Wrap(e.title, w-indent))) * 20
	if b.p != nil {
		b.p.Put(b.c.head, b.x, b.y, w, h)
	}
	b.y += h
}

func (b *body) para(text string, st kit.Style, above float32) {
	if text == "" {
		return
	}
	b.y += above
	w := min(b.w, prose)
	if b.p != nil {
		b.y += b.p.Para(b.x, b.y, w, text, st)
		return
	}
	b.y += float32(len(st.Wrap(text, w))) * st.Role.Line
}

func (b *body) fact(f pair) {
	if f.text == "" {
		return
	}
	b.y += 4
	lw := max(b.label, labelW)
	w := min(b.w-lw, prose)
	lines := kit.Small.Wrap(f.text, w)
	if b.p != nil {
		b.p.Text(b.x, b.y+2, lw-8, f.label, kit.Caption, kit.Left)
		for i, l := range lines {
			b.p.Text(b.x+lw, b.y+float32(i)*18, w, l, kit.Small, kit.Left)
		}
	}
	b.y += float32(len(lines)) * 18
}

func (b *body) group(g group) {
	if len(g.lines) == 0 {
		return
	}
	b.y += 8
	if g.head != "" {
		b.para(g.head, kit.Caption.B(), 0)
		b.y += 2
	}
	for i := range g.lines {
		b.line(&g.lines[i], i)
	}
}

// line is one clause, with a guide for each level it stands below.
func (b *body) line(l *line, i int) {
	x := b.x + float32(l.depth)*step
	style, text := kit.Small, l.text
	if l.join != "" {
		style, text = kit.Caption.B(), l.join
	}
	source := ""
	if l.target != "" && !l.user {
		source = b.c.s.foreign(b.c.e, l.target)
	}
	sw := min(kit.Caption.Width(source)+1, b.w*0.35)
	w := b.x + b.w - x - 20
	if source != "" {
		w -= sw + 16
	}
	w = min(w, prose)
	lines := style.Wrap(text, w)
	h := float32(len(lines))*style.Role.Line + 4
	if b.p != nil {
		for d := range l.depth {
			b.p.VLine(b.x+float32(d)*step+3, b.y, h)
		}
		if l.target == "" {
			for n, t := range lines {
				b.p.Text(x, b.y+2+float32(n)*style.Role.Line, w, t, style, kit.Left)
			}
		} else {
			b.p.Put(b.c.link(i, l, lines), x, b.y+1, b.lineWidth(lines)+20, h-2)
		}
		if source != "" {
			b.p.Text(b.x+b.w-sw, b.y+3, sw, source, kit.Caption, kit.Right)
		}
	}
	b.y += h
}

func (b *body) lineWidth(lines []string) float32 {
	w := float32(0)
	for _, l := range lines {
		w = max(w, kit.Small.Width(l))
	}
	return w
}

// link is the press of a clause that stands for another entry.
func (c *card) link(i int, l *line, lines []string) *kit.Press {
	key := l.target + "\x00" + l.text + string(rune('0'+i))
	b, ok := c.links[key]
	if !ok {
		target := l.target
		b = kit.NewPress(3, nil, func() { c.s.jump(target) })
		b.Words = "Open: " + c.s.titleOf(target)
		b.OnFocus = c.s.window
		b.OnKey = c.s.readKey
		c.links[key] = b
	}
	b.Paint = func(p *kit.Pen, st kit.State) {
		style := kit.Small
		if st.Hover || st.Focus {
			style = style.In(look.Action)
		}
		w := float32(0)
		for n, t := range lines {
			w = p.Text(0, 1+float32(n)*18, 0, t, style, kit.Left)
		}
		p.Icon(w+5, 4+float32(len(lines)-1)*18, 12, "right", look.Action)
	}
	return b
}

// cite names the sources in one line; pressing it shows them in full.
func (b *body) cite() {
	b.y += 6
	text := b.c.s.book.shortNames(b.c.e.sources)
	if text == "" {
		return
	}
	if b.p != nil {
		text = kit.Caption.Cut(text, b.w)
		l := b.c.plainLink("cite", text, func() { b.c.s.choose(b.c.e.key) })
		l.Words = b.c.s.book.shortNames(b.c.e.sources)
		b.p.Put(l, b.x, b.y, l.Width(), 16)
	}
	b.y += 16
}

// plainLink is a small underlined link kept under a name.
func (c *card) plainLink(name, text string, press func()) *kit.Press {
	l, ok := c.links[name]
	if !ok {
		l = kit.NewLink(text, kit.Caption, press)
		l.OnFocus = c.s.window
		l.OnKey = c.s.readKey
		c.links[name] = l
	}
	if l.Label() != text {
		l.SetText(text, kit.Caption)
	}
	l.OnPress = press
	return l
}

// readKey scrolls the page from anything on it that has the keyboard.
func (s *Screen) readKey(e *fyne.KeyEvent) bool {
	view := s.scroll.Size().Height
	switch e.Name {
	case fyne.KeyDown:
		s.scrollBy(60)
	case fyne.KeyUp:
		s.scrollBy(-60)
	case fyne.KeyPageDown:
		s.scrollBy(view - 60)
	case fyne.KeyPageUp:
		s.scrollBy(60 - view)
	case fyne.KeyHome:
		s.scrollBy(-1e6)
	case fyne.KeyEnd:
		s.scrollBy(1e6)
	default:
		return false
	}
	return true
}
