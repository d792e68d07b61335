package kit

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/look"
)

const (
	menuRow  = 32
	menuMost = 10 // rows in view of a list of choices
	menuFull = 20 // of a menu of things to do, which all want to be seen
)

// menu lies over the whole window: a click beside it closes it, and it has the
// keyboard while it is open.
type menu struct {
	control
	options []Option
	at      int
	top     int
	box     fyne.Position
	width   float32
	most    int // rows in view
	pick    func(value string)
	over    fyne.Canvas
	back    fyne.Focusable
}

// ShowMenu opens a list of choices under an object. Up and Down move, Enter
// chooses, a letter jumps, Escape closes; the keyboard goes back where it was.
func ShowMenu(under fyne.CanvasObject, options []Option, value string, width float32, pick func(value string)) {
	driver := fyne.CurrentApp().Driver()
	cv := driver.CanvasForObject(under)
	if cv == nil || len(options) == 0 {
		return
	}
	m := newMenu(cv, options, value, width, pick)
	pos := driver.AbsolutePositionForObject(under)
	m.box = fyne.NewPos(pos.X, pos.Y+under.Size().Height+2)
	if h := m.height(); m.box.Y+h > cv.Size().Height-4 {
		m.box.Y = max(4, pos.Y-h-2)
	}
	m.show()
}

// ShowMenuAt opens a menu of things to do beside a place of the window, as much
// of it in view as fits: what a press with the other button opens.
func ShowMenuAt(cv fyne.Canvas, at fyne.Position, options []Option, pick func(value string)) {
	if cv == nil || len(options) == 0 {
		return
	}
	m := newMenu(cv, options, "", 0, pick)
	m.most = max(4, min(menuFull, int((cv.Size().Height-24)/menuRow)))
	m.box = fyne.NewPos(at.X+2, max(4, min(at.Y+2, cv.Size().Height-m.height()-4)))
	m.show()
}

func newMenu(cv fyne.Canvas, options []Option, value string, width float32, pick func(value string)) *menu {
	m := &menu{options: options, width: width, most: menuMost, pick: pick, over: cv, back: cv.Focused()}
	for i, o := range options {
		need := Body.Width(o.Label) + 44
		if o.Key != "" {
			need += keyWidth(o.Key) + 24
		}
		m.width = max(m.width, need)
		if o.Value == value && value != "" {
			m.at = i
		}
	}
	m.init(m, m.draw)
	return m
}

func (m *menu) show() {
	m.box.X = max(4, min(m.box.X, m.over.Size().Width-m.width-4))
	m.Resize(m.over.Size())
	m.over.Overlays().Add(m)
	m.over.Focus(m)
}

func (m *menu) rows() int       { return min(m.most, len(m.options)) }
func (m *menu) height() float32 { return float32(m.rows())*menuRow + 8 }

func (m *menu) draw(p *Pen) {
	if m.at < m.top {
		m.top = m.at
	}
	if m.at >= m.top+m.rows() {
		m.top = m.at - m.rows() + 1
	}
	x, y := m.box.X, m.box.Y
	p.Edged(x, y, m.width, m.height(), look.Surface, look.Ctl, RControl)
	for i := range m.rows() {
		o := m.options[m.top+i]
		ry := y + 4 + float32(i)*menuRow
		style := Body
		if m.top+i == m.at {
			p.Fill(x+4, ry, m.width-8, menuRow, look.ActionTint)
			p.Fill(x+4, ry, 3, menuRow, look.Action)
			style = style.B()
		}
		p.Text(x+16, ry+6, m.width-32, o.Label, style, Left)
		if o.Key != "" {
			p.Key(x+m.width-16-keyWidth(o.Key), ry+7, o.Key)
		}
	}
	if m.top > 0 {
		p.Text(x+m.width-24, y+6, 16, "↑", Caption, Right)
	}
	if m.top+m.rows() < len(m.options) {
		p.Text(x+m.width-24, y+m.height()-24, 16, "↓", Caption, Right)
	}
}

func (m *menu) close() {
	m.over.Overlays().Remove(m)
	if m.back != nil {
		m.over.Focus(m.back)
	}
}

// FocusGained keeps the menu drawn; there is nothing to scroll to.
func (m *menu) FocusGained() { m.focused = true }

// FocusLost implements fyne.Focusable.
func (m *menu) FocusLost() { m.focused = false }

// TappedSecondary closes, as pressing beside a menu does.
func (m *menu) TappedSecondary(*fyne.PointEvent) { m.close() }

// Tapped chooses the row under the pointer, or closes.
func (m *menu) Tapped(e *fyne.PointEvent) {
	in := e.Position.Subtract(m.box)
	row := int((in.Y - 4) / menuRow)
	if in.X < 0 || in.X > m.width || in.Y < 4 || row >= m.rows() {
		m.close()
		return
	}
	m.at = m.top + row
	m.take()
}

func (m *menu) take() {
	v := m.options[m.at].Value
	m.close()
	m.pick(v)
}

// Scrolled moves through a long menu.
func (m *menu) Scrolled(e *fyne.ScrollEvent) {
	if e.Scrolled.DY < 0 {
		m.move(1)
	} else {
		m.move(-1)
	}
}

func (m *menu) move(by int) {
	m.at = max(0, min(len(m.options)-1, m.at+by))
	m.Redraw()
}

// TypedKey moves, chooses or closes.
func (m *menu) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		m.move(-1)
	case fyne.KeyDown:
		m.move(1)
	case fyne.KeyPageUp, fyne.KeyHome:
		m.move(-m.most)
	case fyne.KeyPageDown, fyne.KeyEnd:
		m.move(m.most)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.take()
	case fyne.KeyEscape:
		m.close()
	}
}

// TypedRune jumps to the next row that starts with the letter.
func (m *menu) TypedRune(r rune) {
	if i := startingWith(m.options, m.at, r); i >= 0 {
		m.at = i
		m.Redraw()
	}
}
