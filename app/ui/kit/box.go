package kit

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2/canvas"

	"kindred/app/ui/look"
)

// Radii are the corners of a box, clockwise from the upper left.
type Radii [4]float32

// R gives a box four equal corners.
func R(r float32) Radii { return Radii{r, r, r, r} }

// The radii of the design: control, card and key.
var (
	RControl = R(6)
	RCard    = R(8)
	RKey     = R(4)
)

// Box draws a rounded rectangle with a fill and an edge of lw pixels; either
// may be look.None. The toolkit blurs rounded rectangles by a pixel, so this
// is a raster of our own, crisp at every scale.
func (p *Pen) Box(x, y, w, h float32, fill, edge look.Token, lw float32, r Radii) {
	if w <= 0 || h <= 0 || (fill == look.None && edge == look.None) {
		return
	}
	b := p.boxes.next(newBoxRaster)
	k := boxKey{fill: p.th.C(fill), edge: p.th.C(edge), lw: lw, r: r}
	if edge == look.None {
		k.lw = 0
	}
	if b.key != k {
		b.key = k
		b.Refresh()
	}
	b.width = w
	place(&b.Raster, x, y, w, h)
	p.objects = append(p.objects, &b.Raster)
}

// Edged draws a box with the theme's own line width.
func (p *Pen) Edged(x, y, w, h float32, fill, edge look.Token, r Radii) {
	p.Box(x, y, w, h, fill, edge, p.th.LineWidth(), r)
}

// Card draws a card: surface with a hairline edge.
func (p *Pen) Card(x, y, w, h float32) { p.Edged(x, y, w, h, look.Surface, look.Line, RCard) }

// Ring draws the focus ring around a box of the given radius, outside it.
func (p *Pen) Ring(x, y, w, h, radius float32) {
	width, gap := p.th.Ring()
	o := width + gap
	p.Box(x-o, y-o, w+2*o, h+2*o, look.None, look.Focus, width, R(radius+o))
}

type boxKey struct {
	fill, edge color.NRGBA
	lw         float32
	r          Radii
}

type boxRaster struct {
	canvas.Raster
	key   boxKey
	width float32 // in device-independent pixels, to learn the scale
}

func newBoxRaster() *boxRaster {
	b := &boxRaster{}
	b.Generator = b.image
	return b
}

type boxImage struct {
	w, h int
	k    boxKey
}

// boxImages keeps every box that was drawn; a few dozen serve a screen. Only
// the UI goroutine draws.
var boxImages = map[boxImage]image.Image{}

func (b *boxRaster) image(w, h int) image.Image {
	k := b.key
	scale := float32(1)
	if b.width > 0 {
		scale = float32(w) / snap(b.width)
	}
	if k.lw > 0 {
		k.lw = max(1, snap(k.lw*scale))
	}
	for i := range k.r {
		k.r[i] *= scale
	}
	id := boxImage{w, h, k}
	if img, ok := boxImages[id]; ok {
		return img
	}
	if len(boxImages) > 2000 { // windows dragged through many sizes
		clear(boxImages)
	}
	img := drawBox(w, h, k)
	boxImages[id] = img
	return img
}

// drawBox paints one rounded box: the coverage of a pixel is how far it lies
// inside the outline, between 0 and 1 over one pixel.
func drawBox(w, h int, k boxKey) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			outer := coverage(x, y, 0, w, h, k.r)
			if outer == 0 {
				continue
			}
			inner := outer
			if k.lw > 0 {
				inner = coverage(x, y, k.lw, w, h, k.r)
			}
			img.SetNRGBA(x, y, blend(k, outer, inner))
		}
	}
	return img
}

// coverage is how much of a pixel lies inside the box shrunk by inset.
func coverage(x, y int, inset float32, w, h int, r Radii) float32 {
	px, py := float32(x)+0.5, float32(y)+0.5
	cx, cy := float32(w)/2, float32(h)/2
	i := 0
	switch {
	case px >= cx && py < cy:
		i = 1
	case px >= cx:
		i = 2
	case py >= cy:
		i = 3
	}
	hw, hh := cx-inset, cy-inset
	rad := min(max(0, r[i]-inset), hw, hh)
	dx := float32(math.Abs(float64(px-cx))) - (hw - rad)
	dy := float32(math.Abs(float64(py-cy))) - (hh - rad)
	d := min(max(dx, dy), 0) + float32(math.Hypot(float64(max(dx, 0)), float64(max(dy, 0)))) - rad
	return min(1, max(0, 0.5-d))
}

// blend lays the fill over the edge where the inner outline covers.
func blend(k boxKey, outer, inner float32) color.NRGBA {
	edge := outer - inner
	if k.lw == 0 {
		edge, inner = 0, outer
	}
	fa, ea := float32(k.fill.A)/255*inner, float32(k.edge.A)/255*edge
	a := fa + ea
	if a <= 0 {
		return color.NRGBA{}
	}
	mix := func(f, e uint8) uint8 { return uint8((float32(f)*fa+float32(e)*ea)/a + 0.5) }
	return color.NRGBA{
		R: mix(k.fill.R, k.edge.R),
		G: mix(k.fill.G, k.edge.G),
		B: mix(k.fill.B, k.edge.B),
		A: uint8(min(1, a)*255 + 0.5),
	}
}
