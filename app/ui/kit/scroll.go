package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// edge is how much of the surroundings stays in view around a control that
// was scrolled to.
const edge = 24

// Scroll shows a sheet taller than its place, and follows the focus.
type Scroll struct {
	container.Scroll
	sheet *Sheet
}

// NewScroll makes an upright scroll of a sheet.
func NewScroll(s *Sheet) *Scroll {
	sc := &Scroll{sheet: s}
	sc.Content = s
	sc.Direction = container.ScrollVerticalOnly
	sc.ExtendBaseWidget(sc)
	s.scroll = sc
	return sc
}

func (sc *Scroll) setHost(h *Sheet) { sc.sheet.host = h }

// show moves the offset so that a rectangle of the content is in view, and
// returns where it then stands on the host sheet.
func (sc *Scroll) show(x, y, w, h float32) (float32, float32) {
	view := sc.Size().Height
	off := sc.Offset.Y
	switch {
	case y-edge < off:
		off = y - edge
	case y+h+edge > off+view:
		off = y + h + edge - view
	}
	most := sc.sheet.MinSize().Height - view
	off = max(0, min(off, most))
	if off != sc.Offset.Y {
		sc.ScrollToOffset(fyne.NewPos(0, off))
	}
	return x + sc.Position().X, y - off + sc.Position().Y
}
