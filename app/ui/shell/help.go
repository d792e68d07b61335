package shell

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

// helpPage lists the keys over whatever is shown; any key or click closes it.
type helpPage struct {
	kit.Sheet
	over   fyne.Canvas
	back   fyne.Focusable
	closed func()
}

func showHelp(c fyne.Canvas, closed func()) *helpPage {
	h := &helpPage{over: c, back: c.Focused(), closed: closed}
	h.Draw = h.draw
	h.ExtendBaseWidget(h)
	h.Resize(c.Size())
	c.Overlays().Add(h)
	c.Focus(h)
	return h
}

func (h *helpPage) close() {
	h.over.Overlays().Remove(h)
	if h.back != nil {
		h.over.Focus(h.back)
	}
	h.closed()
}

func (h *helpPage) draw(p *kit.Pen) {
	w := min(860, p.W-16)
	rows := (len(Shortcuts)+len(Plain))/2 + 1
	pitch := min(28, (p.H-112)/float32(rows))
	height := float32(rows)*pitch + 96
	x, y := (p.W-w)/2, max(8, (p.H-height)/2)
	p.Box(x, y, w, height, look.Surface, look.Ctl, max(2, p.Look().LineWidth()), kit.RCard)
	p.Text(x+24, y+16, 0, "Keys", kit.Title, kit.Left)
	p.Text(x+24, y+48, 0, "On macOS Cmd replaces Ctrl. Single letters never act inside a text box.", kit.Caption, kit.Left)
	col, row := float32(0), 0
	for _, s := range append(append([]Shortcut{}, Shortcuts...), Plain...) {
		if s.Keys == "" {
			continue
		}
		if row == rows {
			col, row = col+w/2-30, 0
		}
		ly := y + 76 + float32(row)*pitch
		p.Key(x+24+col, ly+1, s.Keys)
		p.Text(x+24+col+108, ly+1, min(w/2-146, w-col-140), s.Does, kit.Small, kit.Left)
		row++
	}
}

// FocusGained implements fyne.Focusable.
func (h *helpPage) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (h *helpPage) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (h *helpPage) TypedRune(rune) {}

// TypedKey closes the page.
func (h *helpPage) TypedKey(*fyne.KeyEvent) { h.close() }

// Tapped closes the page.
func (h *helpPage) Tapped(*fyne.PointEvent) { h.close() }
