package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kindred/app/ui/look"
)

// Area is a box for several lines of text, such as a report somebody pastes.
// Return makes a new line; Tab goes on.
type Area struct {
	Sheet
	// Words say in the status bar what belongs in the box.
	Words string
	// OnChange gets the text at every change.
	OnChange func(text string)
	// Escape is called on Esc; without it Esc is handed to the window.
	Escape func()

	entry *lines
}

// NewArea makes an empty box with a faint text that says what belongs there.
func NewArea(placeholder string, change func(text string)) *Area {
	a := &Area{OnChange: change}
	a.Draw = a.draw
	a.ExtendBaseWidget(a)
	a.entry = &lines{area: a}
	a.entry.MultiLine = true
	a.entry.Wrapping = fyne.TextWrapWord
	a.entry.PlaceHolder = placeholder
	a.entry.OnChanged = func(text string) {
		active()
		if a.OnChange != nil {
			a.OnChange(text)
		}
	}
	a.entry.ExtendBaseWidget(a.entry)
	return a
}

// Text is what the box holds.
func (a *Area) Text() string { return a.entry.Text }

// Target is the object that takes the keyboard, for canvas.Focus and tests.
func (a *Area) Target() fyne.Focusable { return a.entry }

// Tapped gives the keyboard when the frame outside the text is clicked.
func (a *Area) Tapped(*fyne.PointEvent) {
	if cv := CanvasOf(a); cv != nil {
		cv.Focus(a.entry)
	}
}

// Cursor implements desktop.Cursorable.
func (a *Area) Cursor() desktop.Cursor { return desktop.TextCursor }

func (a *Area) draw(p *Pen) {
	edge := look.Ctl
	if a.entry.focused {
		edge = look.Focus
	}
	p.Edged(0, 0, p.W, p.H, look.Surface, edge, RControl)
	p.Put(a.entry, 4, 2, p.W-8, p.H-4)
	if a.entry.focused {
		p.Ring(0, 0, p.W, p.H, 6)
	}
}

// lines is the toolkit's editor for several lines without its frame.
type lines struct {
	widget.Entry
	area    *Area
	focused bool
}

// CreateRenderer leaves out the toolkit's box and border, which blur.
func (l *lines) CreateRenderer() fyne.WidgetRenderer { return &entryRenderer{l.Entry.CreateRenderer()} }

// AcceptsTab leaves Tab to the keyboard's way through the window.
func (l *lines) AcceptsTab() bool { return false }

func (l *lines) FocusGained() {
	l.focused = true
	l.Entry.FocusGained()
	l.area.hint(l.area.Words)
	l.area.Redraw()
}

func (l *lines) FocusLost() {
	l.focused = false
	l.Entry.FocusLost()
	l.area.hint("")
	l.area.Redraw()
}

// TypedKey keeps the editing keys.
func (l *lines) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		if l.area.Escape != nil {
			l.area.Escape()
			return
		}
		forwardKey(CanvasOf(l), k)
		return
	}
	l.Entry.TypedKey(k)
}
