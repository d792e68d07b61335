package familytree

import (
	"fmt"
	"image"
	"math"

	"fyne.io/fyne/v2/canvas"

	"kindred/app/sketch"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

// picture shows a drawing on a sheet: lines and areas as one raster of exactly
// the pixels in view, words as the window's own text.
type picture struct {
	drawing *sketch.Drawing
	raster  *canvas.Raster
	zoom    float64
	from    sketch.Point // of the drawing, at the raster's corner
	width   float32      // of the raster, to learn how many pixels a point takes
	shown   shownAs
}

// shownAs is everything a raster's pixels depend on.
type shownAs struct {
	drawing *sketch.Drawing
	kind    look.Kind
	zoom    float64
	from    sketch.Point
	w, h    float32
}

func newPicture() *picture {
	pc := &picture{zoom: 1}
	pc.raster = canvas.NewRaster(pc.pixels)
	return pc
}

// pixels paints what is in view, at the scale of the screen.
func (pc *picture) pixels(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if pc.drawing == nil || pc.width <= 0 {
		return img
	}
	scale := pc.zoom * float64(w) / float64(pc.width)
	pc.drawing.Paint(img, palette(), scale, pc.from)
	return img
}

// draw puts the part of the drawing that lies in a view of the sheet there:
// the drawing's corner stands at x, y on the sheet.
func (pc *picture) draw(p *kit.Pen, x, y, vx, vy, vw, vh float32) {
	if pc.drawing == nil || vw < 1 || vh < 1 {
		return
	}
	pc.from = sketch.Point{X: float64(vx-x) / pc.zoom, Y: float64(vy-y) / pc.zoom}
	pc.width = vw
	p.Put(pc.raster, vx, vy, vw, vh)
	if now := (shownAs{pc.drawing, p.Look().Kind(), pc.zoom, pc.from, vw, vh}); now != pc.shown {
		pc.shown = now
		pc.raster.Refresh()
	}
	for i := range pc.drawing.Shapes {
		if m := &pc.drawing.Shapes[i]; m.Kind == sketch.Words {
			pc.word(p, m, x, y, vx, vy, vw, vh)
		}
	}
}

// readable is how far a tree is made smaller by itself. Its words keep their
// size until there, in the room between neighbours, and shrink only below, when
// somebody asks for more in view.
const readable = 0.85

func (pc *picture) word(p *kit.Pen, m *sketch.Mark, x, y, vx, vy, vw, vh float32) {
	size := float32(m.Size * math.Max(pc.zoom, math.Min(1, pc.zoom/readable)))
	wx, base := x+float32(m.Points[0].X*pc.zoom), y+float32(m.Points[0].Y*pc.zoom)
	if size < 5 || base < vy || base-size > vy+vh {
		return
	}
	st := kit.Style{Role: look.Role{Size: size, Line: size * 1.4, Base: size}, Bold: m.Bold, Tok: tokens[m.Ink]}
	w := st.Width(m.Text)
	switch m.Align {
	case sketch.Centred:
		wx -= w / 2
	case sketch.FromRight:
		wx -= w
	}
	if wx+w < vx || wx > vx+vw {
		return
	}
	p.Text(wx, base-size, 0, m.Text, st, kit.Left)
}

// tokens are the colours of the window for the tones of a drawing.
var tokens = map[sketch.Tone]look.Token{
	sketch.Ink: look.Text, sketch.Muted: look.Muted, sketch.Unsure: look.Unk,
	sketch.Paper: look.Surface, sketch.Tint: look.ActionTint, sketch.Faint: look.Line,
	sketch.Petrol: look.Action, sketch.Amber: look.Warn, sketch.Plum: look.Unk, sketch.Slate: look.Not,
	sketch.PetrolTint: look.Band2, sketch.AmberTint: look.WarnTint, sketch.PlumTint: look.UnkTint, sketch.SlateTint: look.NotTint,
}

// palette is the window's look as a drawing's palette.
func palette() sketch.Palette {
	th := look.Now()
	out := make(sketch.Palette, len(tokens))
	for tone, tok := range tokens {
		c := th.C(tok)
		out[tone] = fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B)
	}
	return out
}
