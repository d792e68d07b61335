package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"kindred/app/ui/look"
)

// Pen emits what a sheet shows: fills, boxes, text, icons and whole widgets.
// Its objects come from pools and are touched only where something changed, so
// drawing a sheet again costs next to nothing. The order of calls is the order
// on screen, the order of hits and the order of Tab.
type Pen struct {
	W, H float32 // size of the sheet being drawn

	th    *look.Theme
	sheet *Sheet
	scale float32

	fills pool[*canvas.Rectangle]
	texts pool[*canvas.Text]
	boxes pool[*boxRaster]
	icons pool[*canvas.Image]

	objects []fyne.CanvasObject
	nudge   *canvas.Rectangle
}

// pool hands out objects in the order they are asked for and takes them all
// back at the start of a drawing.
type pool[T any] struct {
	items []T
	used  int
}

func (p *pool[T]) next(make func() T) T {
	if p.used == len(p.items) {
		p.items = append(p.items, make())
	}
	p.used++
	return p.items[p.used-1]
}

func (p *Pen) begin(s *Sheet, size fyne.Size) {
	p.W, p.H = size.Width, size.Height
	p.th, p.sheet, p.scale = look.Now(), s, scale()
	p.fills.used, p.texts.used, p.boxes.used, p.icons.used = 0, 0, 0, 0
	if p.nudge == nil {
		p.nudge = canvas.NewRectangle(p.th.C(look.None))
	}
	p.objects = append(p.objects[:0:0], p.nudge)
}

// Look is the theme this drawing uses.
func (p *Pen) Look() *look.Theme { return p.th }

// snap puts a coordinate on a whole pixel.
func snap(v float32) float32 { return float32(math.Round(float64(v))) }

// Fill draws a plain rectangle.
func (p *Pen) Fill(x, y, w, h float32, tok look.Token) {
	if tok == look.None || w <= 0 || h <= 0 {
		return
	}
	r := p.fills.next(func() *canvas.Rectangle { return canvas.NewRectangle(nil) })
	if c := p.th.C(tok); r.FillColor != c {
		r.FillColor = c
		r.Refresh()
	}
	place(r, x, y, w, h)
	p.objects = append(p.objects, r)
}

// HLine draws a hairline from x to x+w with its top edge at y.
func (p *Pen) HLine(x, y, w float32) { p.Fill(x, y, w, p.th.LineWidth(), look.Line) }

// VLine draws an upright hairline from y to y+h with its left edge at x.
func (p *Pen) VLine(x, y, h float32) { p.Fill(x, y, p.th.LineWidth(), h, look.Line) }

// Put shows a widget or any other object at a place. A kit control learns
// which sheet it stands on, so that it can scroll into view and explain itself
// in the status bar.
func (p *Pen) Put(o fyne.CanvasObject, x, y, w, h float32) {
	if hosted, ok := o.(interface{ setHost(*Sheet) }); ok {
		hosted.setHost(p.sheet)
	}
	place(o, x, y, w, h)
	p.objects = append(p.objects, o)
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	x0, y0 := snap(x), snap(y)
	o.Move(fyne.NewPos(x0, y0))
	o.Resize(fyne.NewSize(snap(x+w)-x0, snap(y+h)-y0))
}

// same tells whether two drawings consist of the same objects in one order.
func same(a, b []fyne.CanvasObject) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
