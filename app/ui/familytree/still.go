package familytree

import (
	"kindred/app/sketch"
	"kindred/app/ui/kit"
)

// Still shows a whole drawing at its own size, in the window's colours and
// letters: a chart on a form.
type Still struct{ pc *picture }

// NewStill makes a still without a drawing.
func NewStill() *Still { return &Still{newPicture()} }

// Draw puts the drawing with its corner at x, y and returns its height.
func (s *Still) Draw(p *kit.Pen, d *sketch.Drawing, x, y float32) float32 {
	s.pc.drawing = d
	s.pc.draw(p, x, y, x, y, float32(d.Width), float32(d.Height))
	return float32(d.Height)
}
