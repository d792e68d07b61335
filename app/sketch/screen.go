package sketch

import (
	"image"
	"math"
)

// Key draws what the signs of a family mean, in lines as wide as given: the
// same key that stands below the picture on paper, for a screen that keeps it
// in view by itself.
func (l Layout) Key(p *Pedigree, width float64) *Drawing {
	d := &Drawing{Width: width}
	if l.layout != nil && len(l.people) > 0 {
		l.key(d, p, Options{MinWidth: width, Measure: TextWidth})
	}
	return d
}

// Paint paints lines and areas, but no words, into the pixels of a window on
// the drawing: its upper left corner lies at from, and a unit takes scale
// pixels. A screen writes the words itself, with its own letters.
func (d *Drawing) Paint(img *image.RGBA, colours Palette, scale float64, from Point) {
	w := pngWriter{colours: colours, scale: scale, img: img}
	view := [2]Point{from, {from.X + float64(img.Bounds().Dx())/scale, from.Y + float64(img.Bounds().Dy())/scale}}
	for i := range d.Shapes {
		m := d.Shapes[i]
		if m.Kind == Words || !m.touches(view) {
			continue
		}
		m.Points = moved(m.Points, -from.X, -from.Y)
		_ = w.mark(&m) // only words can fail
	}
}

// touches tells whether any of a mark may be seen in a rectangle.
func (m *Mark) touches(view [2]Point) bool {
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, p := range m.Points {
		lo = Point{min(lo.X, p.X), min(lo.Y, p.Y)}
		hi = Point{max(hi.X, p.X), max(hi.Y, p.Y)}
	}
	r := m.Radius + m.Width
	return hi.X+r >= view[0].X && hi.Y+r >= view[0].Y && lo.X-r <= view[1].X && lo.Y-r <= view[1].Y
}
