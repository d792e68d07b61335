package consult

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
)

// drawStrip is the answer and the next question as a strip under the banner,
// where the form needs the whole width. It returns its height: 52, or a row
// more where the question would be cut beside its controls.
func (a *adviceColumn) drawStrip(p *kit.Pen, x, y, w float32) float32 {
	areas := a.areas()
	if len(areas) == 0 {
		p.Fill(x, y, w, stripH, look.BG)
		p.HLine(x, y+stripH-p.Look().LineWidth(), w)
		return stripH
	}
	lead := areas[0]
	face := words.Of(lead.Outcome, lead.Urgent)
	ink := face.Tone.Ink()
	if lead.Urgent {
		ink = look.Urgent
	}
	head, question := headline(lead)+".", ""
	var controls []placed
	if a.next.shown() {
		question, controls = a.next.title(), a.next.controls()
	}
	width := float32(0)
	for _, o := range controls {
		width += o.width + 8
	}
	room := w - 52 - 8 - 24 - width
	h, right, top := float32(stripH), x+w-20, y+10
	if lines := kit.Small.B().Wrap(head+" "+question, room); len(lines) > 2 {
		room = w - 52 - 20
		h, top = stripH+40, y+stripH-2
		right = x + 52 + min(width-8, room)
	}
	p.Fill(x, y, w, h, look.BG)
	p.HLine(x, y+h-p.Look().LineWidth(), w)
	for _, o := range controls {
		right -= o.width
		p.Put(o.object, right, top, o.width, 32)
		right -= 8
	}
	p.Icon(x+20, y+16, 20, face.Icon, ink)
	if kit.Body.B().Width(head)+4+kit.Body.Width(question) <= room {
		n := p.Text(x+52, y+16, 0, head, kit.Body.B(), kit.Left)
		p.Text(x+52+n+4, y+16, 0, question, kit.Body, kit.Left)
		return h
	}
	p.Bold(x+52, y+8, room, 2, head, question)
	return h
}

type placed struct {
	object fyne.CanvasObject
	width  float32
}

// controls are the card's controls from right to left.
func (n *nextCard) controls() []placed {
	var out []placed
	for _, b := range []*kit.Press{n.nk, n.more} {
		if b != nil {
			out = append(out, placed{b, b.Width()})
		}
	}
	switch {
	case n.seg != nil:
		out = append(out, placed{n.seg, n.seg.Width()})
	case n.sel != nil:
		out = append(out, placed{n.sel, 200})
	case n.do != nil:
		out = append(out, placed{n.do, n.do.Width()})
	}
	if n.box != nil {
		w := float32(128)
		if n.seg != nil {
			w = 84
		}
		out = append(out, placed{n.box, w})
	}
	return out
}
