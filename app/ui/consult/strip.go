package consult

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
)

// drawStrip is the answer and the next question as a strip under the banner,
// where the form needs the whole width.
func (a *adviceColumn) drawStrip(p *kit.Pen, x, y, w float32) {
	p.Fill(x, y, w, stripH, look.BG)
	p.HLine(x, y+stripH-p.Look().LineWidth(), w)
	areas := a.areas()
	if len(areas) == 0 {
		return
	}
	lead := areas[0]
	face := words.Of(lead.Outcome, lead.Urgent)
	ink := face.Tone.Ink()
	if lead.Urgent {
		ink = look.Urgent
	}
	right := x + w - 20
	if a.next.shown() {
		for _, o := range a.next.controls() {
			right -= o.width
			p.Put(o.object, right, y+10, o.width, 32)
			right -= 8
		}
		right -= 4
	}
	p.Icon(x+20, y+16, 20, face.Icon, ink)
	head, question := headline(lead)+".", ""
	if a.next.shown() {
		question = a.next.title()
	}
	room := right - x - 52 - 8
	if kit.Body.B().Width(head)+4+kit.Body.Width(question) <= room {
		n := p.Text(x+52, y+16, 0, head, kit.Body.B(), kit.Left)
		p.Text(x+52+n+4, y+16, 0, question, kit.Body, kit.Left)
		return
	}
	p.Bold(x+52, y+8, room, 2, head, question)
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
