package sketch

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strconv"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"kindred/assets"
)

// Larger drawings are made smaller: how many pixels a picture may have on its
// longer side, and in all.
const (
	largestPicture = 16000
	mostPixels     = 64e6
)

// PixelScale is how many pixels a unit really takes where scale are asked for.
func (d *Drawing) PixelScale(scale float64) float64 {
	return min(scale, largestPicture/max(d.Width, d.Height, 1), math.Sqrt(mostPixels/max(d.Width*d.Height, 1)))
}

// PNG renders the drawing as pixels, scale of them for each unit (2 for sharp
// screens).
func (d *Drawing) PNG(colours Palette, scale float64) ([]byte, error) {
	img, err := d.Image(colours, scale)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("write the family tree as pixels: %w", err)
	}
	return out.Bytes(), nil
}

// Image renders the drawing for a screen, scale pixels for each unit.
func (d *Drawing) Image(colours Palette, scale float64) (*image.RGBA, error) {
	scale = d.PixelScale(scale)
	w := pngWriter{colours: colours, scale: scale, faces: map[face]font.Face{}}
	bounds := image.Rect(0, 0, int(math.Ceil(d.Width*scale)), int(math.Ceil(d.Height*scale)))
	w.img = image.NewRGBA(bounds)
	draw.Draw(w.img, bounds, image.NewUniform(w.colour(Paper)), image.Point{}, draw.Src)
	for i := range d.Shapes {
		if err := w.mark(&d.Shapes[i]); err != nil {
			return nil, err
		}
	}
	return w.img, nil
}

type face struct {
	size float64
	bold bool
}

// parsedFonts reads each font once.
var parsedFonts = map[bool]func() (*opentype.Font, error){
	false: sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(assets.InterRegular) }),
	true:  sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(assets.InterSemiBold) }),
}

type pngWriter struct {
	img     *image.RGBA
	colours Palette
	scale   float64
	faces   map[face]font.Face
}

func (w *pngWriter) colour(t Tone) color.Color {
	v, err := strconv.ParseUint(w.colours[t], 16, 32)
	if err != nil {
		return color.Black
	}
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

func (w *pngWriter) mark(m *Mark) error {
	if m.Kind == Words {
		return w.words(m)
	}
	points := moved(m.Points, 0, 0)
	closed := m.Closed
	if m.Kind == Disc {
		points, closed = ring(m.Points[0], m.Radius), true
	}
	for i := range points {
		points[i].X *= w.scale
		points[i].Y *= w.scale
	}
	if m.Paper != None {
		w.fill([][]Point{points}, m.Paper)
	}
	if m.Width > 0 {
		if closed {
			points = append(points, points[0])
		}
		if m.Dashed {
			for _, dash := range dashes(points, 5*w.scale, 4*w.scale) {
				w.fill(strokes(dash, m.Width*w.scale, false), m.Ink)
			}
			return nil
		}
		w.fill(strokes(points, m.Width*w.scale, m.Square || closed), m.Ink)
	}
	return nil
}

func ring(c Point, radius float64) []Point {
	const corners = 64
	out := make([]Point, corners)
	for i := range out {
		a := 2 * math.Pi * float64(i) / corners
		out[i] = Point{c.X + radius*math.Cos(a), c.Y + radius*math.Sin(a)}
	}
	return out
}

// fill paints areas as one, so that overlaps leave no seam. Each must run the
// same way round.
func (w *pngWriter) fill(areas [][]Point, t Tone) {
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, area := range areas {
		for _, p := range area {
			lo = Point{min(lo.X, p.X), min(lo.Y, p.Y)}
			hi = Point{max(hi.X, p.X), max(hi.Y, p.Y)}
		}
	}
	box := image.Rect(int(math.Floor(lo.X)), int(math.Floor(lo.Y)), int(math.Ceil(hi.X)), int(math.Ceil(hi.Y))).Intersect(w.img.Bounds())
	if box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, area := range areas {
		for i, p := range area {
			x, y := float32(p.X)-float32(box.Min.X), float32(p.Y)-float32(box.Min.Y)
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	}
	r.Draw(w.img, box, image.NewUniform(w.colour(t)), image.Point{})
}

// strokes gives the outline of a line as one rectangle a stretch; corners and,
// when square, ends reach half the width further.
func strokes(points []Point, width float64, square bool) (out [][]Point) {
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.X-a.X, b.Y-a.Y)
		if length == 0 {
			continue
		}
		ux, uy := (b.X-a.X)/length, (b.Y-a.Y)/length
		h := width / 2
		if square || i > 1 {
			a = Point{a.X - ux*h, a.Y - uy*h}
		}
		if square || i < len(points)-1 {
			b = Point{b.X + ux*h, b.Y + uy*h}
		}
		nx, ny := -uy*h, ux*h
		out = append(out, []Point{{a.X + nx, a.Y + ny}, {a.X - nx, a.Y - ny}, {b.X - nx, b.Y - ny}, {b.X + nx, b.Y + ny}})
	}
	return out
}

// dashes cuts a line into stretches.
func dashes(points []Point, on, off float64) (out [][]Point) {
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.X-a.X, b.Y-a.Y)
		for at := 0.0; at < length; at += on + off {
			end := min(at+on, length)
			out = append(out, []Point{
				{a.X + (b.X-a.X)*at/length, a.Y + (b.Y-a.Y)*at/length},
				{a.X + (b.X-a.X)*end/length, a.Y + (b.Y-a.Y)*end/length},
			})
		}
	}
	return out
}

func (w *pngWriter) words(m *Mark) error {
	f, err := w.face(face{m.Size, m.Bold})
	if err != nil {
		return err
	}
	pen := font.Drawer{Dst: w.img, Src: image.NewUniform(w.colour(m.Ink)), Face: f}
	x := m.Points[0].X * w.scale
	switch width := float64(pen.MeasureString(m.Text)) / 64; m.Align {
	case Centred:
		x -= width / 2
	case FromRight:
		x -= width
	}
	pen.Dot = fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(m.Points[0].Y * w.scale * 64)}
	pen.DrawString(m.Text)
	return nil
}

func (w *pngWriter) face(key face) (font.Face, error) {
	if f, ok := w.faces[key]; ok {
		return f, nil
	}
	parsed, err := parsedFonts[key.bold]()
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: key.size * w.scale, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	w.faces[key] = f
	return f, nil
}
