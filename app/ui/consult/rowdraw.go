package consult

import (
	"strings"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/rules"
)

// draw puts the row with its label, its control at cx and what is said about
// it, and returns its height.
func (r *factRow) draw(p *kit.Pen, x, y, cx float32) float32 {
	lines := kit.Body.Wrap(r.def.Label, cx-x-12)
	h := max(32, float32(len(lines))*20)
	ly := y + (h-float32(len(lines))*20)/2
	for i, l := range lines {
		p.Text(x, ly+float32(i)*20, 0, l, kit.Body, kit.Left)
	}
	o, w := r.control()
	w = min(w, p.W-cx-24)
	p.Put(o, cx, y+(h-32)/2, w, 32)
	nx := max(cx+w+12, min(x+492, p.W-124))
	extra := r.say(p, nx, y+(h-32)/2, p.W-24-nx, cx)
	return h + extra
}

// say draws the words beside a row: the reading of a box, or whether a
// question still matters. It returns what it needs below the row.
func (r *factRow) say(p *kit.Pen, x, y, w, under float32) float32 {
	if r.box == nil {
		word := r.bearing()
		if r.seg != nil {
			r.seg.SetFaded(word == noEffect && r.seg.Value() == "")
		}
		if w > 60 {
			p.Text(x, y+8, w, word, kit.Caption, kit.Left)
		}
		return 0
	}
	text, mood := r.message()
	if text == "" {
		text = typed.Range(r.def)
	}
	links := r.links()
	need := kit.Caption.Width(text) + 24
	for _, l := range links {
		need += l.Width() + 8
	}
	if need <= w {
		r.drawMessage(p, x, y+8, w, text, mood, links)
		return 0
	}
	if mood == kit.Calm && len(links) == 0 && text == typed.Range(r.def) {
		p.Text(x, y+8, w, text, kit.Caption, kit.Left)
		return 0
	}
	r.drawMessage(p, under, y+34, p.W-24-under, text, mood, links)
	return 20
}

func (r *factRow) message() (string, kit.Mood) {
	st, echo := r.num.State, r.num.Echo
	if r.def.Type == rules.DateFact {
		st, echo = r.date.State, r.date.Echo
	}
	if st == typed.Unusual && r.kept {
		return "kept", kit.Calm
	}
	return echo, mood(st, r.kept)
}

func (r *factRow) links() []*kit.Press {
	var out []*kit.Press
	cures := r.num.Cures
	if r.def.Type == rules.DateFact {
		cures = r.date.Cures
	}
	if r.num.State == typed.Unusual && r.kept {
		return nil
	}
	for i, c := range cures {
		if i >= len(r.cures) {
			break
		}
		link := r.cures[i]
		link.SetText(c.Label, kit.Caption.In(r.tok()))
		link.OnPress = func() {
			r.box.SetText(c.Text)
			if r.def.Type == rules.DateFact {
				r.typeDate(c.Text)
			} else {
				r.typeNumber(c.Text)
			}
			r.box.Focus()
		}
		out = append(out, link)
	}
	if r.num.State == typed.Unusual {
		r.keep.SetText("Keep", kit.Caption.In(look.Warn))
		out = append(out, r.keep)
	}
	return out
}

func (r *factRow) tok() look.Token {
	if r.num.State == typed.Unusual {
		return look.Warn
	}
	return look.Urgent
}

func (r *factRow) drawMessage(p *kit.Pen, x, y, w float32, text string, m kit.Mood, links []*kit.Press) {
	switch m {
	case kit.Calm:
		p.Text(x, y, w, text, kit.Caption, kit.Left)
		return
	case kit.Amber:
		p.Icon(x, y+1, 14, "warn", look.Warn)
		text = strings.TrimSuffix(text, " Keep?")
		x += 20 + p.Text(x+20, y, w-20, text, kit.Caption.In(look.Warn), kit.Left)
	case kit.Red:
		p.Icon(x, y+1, 14, "urg", look.Urgent)
		x += 20 + p.Text(x+20, y, w-20, text, kit.Caption.In(look.Urgent), kit.Left)
	}
	for _, l := range links {
		p.Put(l, x+8, y, l.Width(), 16)
		x += 8 + l.Width()
	}
}

const (
	noEffect = "No effect"
	decides  = "Can still decide"
	optional = "If it applies"
)

// bearing says whether an answer to the row can still change the advice.
func (r *factRow) bearing() string {
	a, answered := r.at.get(r.def.ID)
	if answered {
		return typed.ShowDate(a.When)
	}
	if r.s.m.advice == nil {
		return ""
	}
	switch {
	case r.s.stillDecides(r.def.ID):
		return decides
	case r.def.Presume != nil && r.def.Presume.Value == "not_used":
		return optional // nobody has to answer it, and it counts when somebody does
	}
	return noEffect
}
