package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// control is what every operable widget shares: focus, hover, words for the
// status bar, and handing on the keys it has no use for. The toolkit gives a
// key to the focused widget alone, so F1, F6, Escape and every shortcut would
// die there.
type control struct {
	Sheet
	// Words say in the status bar what the control does, on hover and focus.
	Words string

	self    fyne.Focusable
	focused bool
	hovered bool
	off     bool
}

func (c *control) init(self fyne.Focusable, draw func(p *Pen)) {
	c.self, c.Draw = self, draw
	c.ExtendBaseWidget(self.(fyne.Widget))
}

// canvas is the canvas the control is on, or nil.
func (c *control) canvas() fyne.Canvas {
	return CanvasOf(c.self.(fyne.CanvasObject))
}

// CanvasOf is the canvas an object is on, or nil. Until an object was painted
// once the toolkit does not know where it is, so that a screen could not give
// the keyboard to its first box; the program has one window, and that is it.
func CanvasOf(o fyne.CanvasObject) fyne.Canvas {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		return c
	}
	if windows := driver.AllWindows(); len(windows) > 0 {
		return windows[0].Canvas()
	}
	return nil
}

// Focus gives the control the keyboard.
func (c *control) Focus() {
	if cv := c.canvas(); cv != nil {
		cv.Focus(c.self)
	}
}

// Focused tells whether the control has the keyboard.
func (c *control) Focused() bool { return c.focused }

// FocusGained implements fyne.Focusable.
func (c *control) FocusGained() {
	active()
	c.focused = true
	s := c.Size()
	c.reveal(0, 0, s.Width, s.Height)
	c.hint(c.Words)
	c.Redraw()
}

// FocusLost implements fyne.Focusable.
func (c *control) FocusLost() {
	c.focused = false
	c.hint("")
	c.Redraw()
}

// TypedRune implements fyne.Focusable by handing the letter on.
func (c *control) TypedRune(r rune) {
	if cv := c.canvas(); cv != nil && cv.OnTypedRune() != nil {
		cv.OnTypedRune()(r)
	}
}

// TypedKey implements fyne.Focusable by handing the key on.
func (c *control) TypedKey(e *fyne.KeyEvent) { c.forward(e) }

func (c *control) forward(e *fyne.KeyEvent) { forwardKey(c.canvas(), e) }

// forwardKey gives a key to the window, as if nothing had the focus.
func forwardKey(cv fyne.Canvas, e *fyne.KeyEvent) {
	active()
	if cv == nil {
		return
	}
	if h := cv.OnTypedKey(); h != nil {
		h(e)
	}
}

// MouseIn implements desktop.Hoverable.
func (c *control) MouseIn(*desktop.MouseEvent) {
	active()
	c.hovered = true
	c.hint(c.Words)
	c.Redraw()
}

// MouseMoved implements desktop.Hoverable.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *control) MouseOut() {
	c.hovered = false
	c.hint("")
	c.Redraw()
}

// Cursor implements desktop.Cursorable.
func (c *control) Cursor() desktop.Cursor {
	if c.off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
