package kit

import (
	"strings"

	"kindred/app/ui/look"
)

// Tone is the meaning a pill, a message or a banner carries; colour always
// comes with an icon and a word.
type Tone int

// The tones.
const (
	ToneMet Tone = iota
	ToneAction
	ToneNot
	ToneUnk
	ToneWarn
	ToneUrgent
	ToneSolid
)

type toneLook struct{ ink, tint look.Token }

var tones = map[Tone]toneLook{
	ToneMet:    {look.Met, look.MetTint},
	ToneAction: {look.Action, look.ActionTint},
	ToneNot:    {look.Not, look.NotTint},
	ToneUnk:    {look.Unk, look.UnkTint},
	ToneWarn:   {look.Warn, look.WarnTint},
	ToneUrgent: {look.UrgentOn, look.UrgentSolid},
	ToneSolid:  {look.ActionOn, look.Action},
}

// Ink is the colour of a tone's icon and word.
func (t Tone) Ink() look.Token { return tones[t].ink }

// PillWidth is how wide a pill with this word is.
func PillWidth(word string) float32 { return 7 + 14 + 5 + ceil(Caption.B().Width(word)) + 9 }

// Pill draws a pill 22 high and returns its width.
func (p *Pen) Pill(x, y float32, t Tone, iconName, word string) float32 {
	w := PillWidth(word)
	tl := tones[t]
	edge, lw := look.None, float32(0)
	if p.th.Kind() == look.Contrast && t != ToneUrgent && t != ToneSolid {
		edge, lw = tl.ink, 2
	}
	p.Box(x, y, w, 22, tl.tint, edge, lw, R(11))
	p.Icon(x+7, y+4, 14, iconName, tl.ink)
	p.Text(x+26, y+3, 0, word, Caption.B().In(tl.ink), Left)
	return w
}

func keyWidth(name string) float32 { return ceil(Caption.Width(name)) + 12 }

// KeyWidth is how wide Key draws a key's name.
func KeyWidth(name string) float32 { return keyWidth(name) }

// Key draws the name of a key, 18 high, and returns its width.
func (p *Pen) Key(x, y float32, name string) float32 {
	w := keyWidth(name)
	p.Box(x, y, w, 18, look.Surface, look.Line, p.th.LineWidth(), RKey)
	p.Text(x, y+1, w, name, Caption, Center)
	return w
}

// Note draws an icon and small muted text, wrapped; it returns the height.
func (p *Pen) Note(x, y, w float32, iconName, text string, tok look.Token) float32 {
	p.Icon(x, y, 16, iconName, tok)
	return p.Para(x+24, y, w-24, text, Caption.In(tok))
}

// Message draws a tinted box that says what is wrong or done: a bold start, a
// sentence. It returns its height.
func (p *Pen) Message(x, y, w float32, t Tone, iconName, bold, text string) float32 {
	tint, ink := tones[t].tint, tones[t].ink
	if t == ToneUrgent {
		tint, ink = look.UrgentTint, look.Urgent
	}
	full := bold
	if text != "" {
		full += " " + text
	}
	lines := Small.Wrap(full, w-50)
	h := float32(len(lines))*18 + 14
	p.Edged(x, y, w, h, tint, ink, RCard)
	p.Icon(x+14, y+8, 16, iconName, ink)
	p.boldLines(x+38, y+7, lines, len(bold))
	return h
}

// Bold writes small text with a semibold start on at most so many lines, the
// last of them cut.
func (p *Pen) Bold(x, y, w float32, most int, bold, text string) {
	lines := Small.Wrap(bold+" "+text, w)
	if len(lines) > most {
		lines[most-1] = Small.Cut(strings.Join(lines[most-1:], " "), w)
		lines = lines[:most]
	}
	p.boldLines(x, y, lines, len(bold))
}

// boldLines writes lines of which the first so many bytes are semibold.
func (p *Pen) boldLines(x, y float32, lines []string, bold int) {
	for i, line := range lines {
		ly := y + float32(i)*18
		switch {
		case bold >= len(line):
			p.Text(x, ly, 0, line, Small.B(), Left)
			bold -= len(line) + 1
		case bold > 0:
			bw := p.Text(x, ly, 0, line[:bold], Small.B(), Left)
			p.Text(x+bw, ly, 0, line[bold:], Small, Left)
			bold = 0
		default:
			p.Text(x, ly, 0, line, Small, Left)
		}
	}
}

// Progress draws a bar 8 high filled from 0 to 1.
func (p *Pen) Progress(x, y, w, done float32) {
	p.Box(x, y, w, 8, look.Sunken, look.Line, p.th.LineWidth(), R(4))
	if done > 0 {
		p.Box(x, y, max(8, w*min(1, done)), 8, look.Action, look.None, 0, R(4))
	}
}

// Band is a named stretch of a score, both ends included.
type Band struct {
	Name     string
	From, To int
}

// Bands draws a score on its bands, 44 high: one cell a point, and an ink
// bracket from the least to the most the score can be.
func (p *Pen) Bands(x, y, w float32, bands []Band, lo, hi int) {
	if len(bands) == 0 {
		return
	}
	first, last := bands[0].From, bands[len(bands)-1].To
	cells := float32(last - first + 1)
	at := func(point int) float32 { return x + snap(float32(point-first)/cells*w) }
	fills := []look.Token{look.Band1, look.Band2, look.Band3, look.Band4}
	free := x // names of narrow bands move right rather than onto each other
	for i, b := range bands {
		x0, x1 := at(b.From), at(b.To+1)
		p.Edged(x0, y+14, x1-x0+1, 13, fills[min(i*4/max(1, len(bands)), 3)], look.Ctl, Radii{})
		free = max(free, x0+1)
		free += p.Text(free, y+28, x+w-free, b.Name, Caption, Left) + 6
	}
	lo, hi = max(lo, first), min(hi, last)
	x0, x1 := at(lo), at(hi+1)
	p.Box(x0, y+4, x1-x0, 5, look.Text, look.None, 0, R(2))
	p.Box(x0, y, 3, 28, look.Text, look.None, 0, R(1))
	p.Box(x1-3, y, 3, 28, look.Text, look.None, 0, R(1))
}

// Skeleton draws a grey row in the place of text that is still being read.
func (p *Pen) Skeleton(x, y, w float32) {
	p.Box(x, y, w, 12, look.Sunken, look.None, 0, R(3))
}
