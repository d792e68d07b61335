package kit

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/look"
)

// State is what a control's drawing depends on beside its content.
type State struct {
	Focus, Hover, Off, On bool
}

// Press is anything that is pressed: a button, a tab, a link, a row. Enter and
// Space press it; a greyed one stays reachable, so that it can say why.
type Press struct {
	control
	// Paint draws the face.
	Paint func(p *Pen, st State)
	// OnPress is what pressing does.
	OnPress func()
	// On marks a chosen tab, step, chip or row.
	On bool
	// Inset draws the focus ring inside: for rows and steps, which lie edge to
	// edge with their neighbours.
	Inset bool
	// OnFocus is called when the press gets the keyboard.
	OnFocus func()
	// OnKey and OnRune get the keys and letters a press has no use for; false
	// hands them to the window.
	OnKey  func(e *fyne.KeyEvent) bool
	OnRune func(r rune) bool
	// OnMenu is called when the other button is pressed, with the place in the
	// window.
	OnMenu func(at fyne.Position)

	label  string
	width  float32
	radius float32
}

// NewPress makes a press with a face of its own. radius is that of the focus
// ring.
func NewPress(radius float32, paint func(p *Pen, st State), press func()) *Press {
	b := &Press{Paint: paint, OnPress: press, radius: radius}
	b.init(b, b.draw)
	return b
}

func (b *Press) draw(p *Pen) {
	b.Paint(p, State{Focus: b.focused, Hover: b.hovered, Off: b.off, On: b.On})
	if b.focused && b.Inset {
		w, gap := p.Look().Ring()
		p.Ring(w+gap, w+gap, p.W-2*(w+gap), p.H-2*(w+gap), b.radius)
	} else if b.focused {
		p.Ring(0, 0, p.W, p.H, b.radius)
	}
}

// Label is the word on the button.
func (b *Press) Label() string { return b.label }

// Width is how wide the press wants to be.
func (b *Press) Width() float32 { return b.width }

// SetOff greys the press; words say why.
func (b *Press) SetOff(off bool, words string) {
	if b.off == off && b.Words == words {
		return
	}
	b.off, b.Words = off, words
	b.Redraw()
}

// Off tells whether the press is greyed.
func (b *Press) Off() bool { return b.off }

// SetOn marks the press as chosen or not.
func (b *Press) SetOn(on bool) {
	if b.On != on {
		b.On = on
		b.Redraw()
	}
}

func (b *Press) press() {
	if b.off {
		b.hint(b.Words)
		return
	}
	if b.OnPress != nil {
		b.OnPress()
	}
}

// Tapped implements fyne.Tappable.
func (b *Press) Tapped(*fyne.PointEvent) {
	b.Focus()
	b.press()
}

// TappedSecondary implements fyne.SecondaryTappable.
func (b *Press) TappedSecondary(e *fyne.PointEvent) {
	if b.OnMenu != nil {
		b.Focus()
		b.OnMenu(e.AbsolutePosition)
	}
}

// TypedKey presses on Enter and Space and hands every other key on.
func (b *Press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.press()
	default:
		if b.OnKey == nil || !b.OnKey(e) {
			b.forward(e)
		}
	}
}

// TypedRune gives letters to OnRune, and those it leaves to the window.
func (b *Press) TypedRune(r rune) {
	if b.OnRune == nil || !b.OnRune(r) {
		b.control.TypedRune(r)
	}
}

// FocusGained implements fyne.Focusable.
func (b *Press) FocusGained() {
	b.control.FocusGained()
	if b.OnFocus != nil {
		b.OnFocus()
	}
}

// Kind is a button's weight.
type Kind int

// The kinds of button: one Primary a region.
const (
	Plain Kind = iota
	Primary
	Ghost  // no edge, action-coloured
	Danger // red edge, never filled
)

// NewButton makes a button with an optional icon. Its height decides its size:
// 32 normal, 28 small, 40 large.
func NewButton(kind Kind, iconName, label string, press func()) *Press {
	b := &Press{OnPress: press, radius: 6}
	b.SetLabel(kind, iconName, label)
	b.init(b, b.draw)
	return b
}

// SetLabel changes what a button says.
func (b *Press) SetLabel(kind Kind, iconName, label string) {
	style := Body
	if kind == Primary {
		style = style.B()
	}
	content := style.Width(label)
	if iconName != "" {
		content += 16
		if label != "" {
			content += 8
		}
	}
	pad := float32(14)
	switch {
	case kind == Ghost || label == "":
		pad = 8
	}
	b.label = label
	b.width = ceil(content) + 2*pad
	b.Paint = func(p *Pen, st State) { paintButton(p, st, kind, iconName, label, content) }
	b.Redraw()
}

// Small is how wide the button is when it is 28 high.
func (b *Press) Small() float32 { return b.width - 8 }

func paintButton(p *Pen, st State, kind Kind, iconName, label string, content float32) {
	fill, edge, ink := look.Surface, look.Ctl, look.Text
	style := Body
	switch kind {
	case Primary:
		fill, edge, ink, style = look.Action, look.Action, look.ActionOn, Body.B()
	case Ghost:
		fill, edge, ink = look.None, look.None, look.Action
	case Danger:
		edge, ink = look.Urgent, look.Urgent
	case Plain:
	}
	if st.Off {
		fill, edge, ink = look.None, look.Line, look.Faint
		if kind == Ghost {
			edge = look.None
		}
	} else if st.Hover && kind != Primary {
		fill = look.ActionTint
	}
	p.Edged(0, 0, p.W, p.H, fill, edge, RControl)
	x := (p.W - content) / 2
	if iconName != "" {
		p.Icon(x, (p.H-16)/2, 16, iconName, ink)
		x += 24
	}
	p.Text(x, (p.H-20)/2, 0, label, style.In(ink), Left)
}

// NewLink makes a link: action-coloured underlined text.
func NewLink(text string, style Style, press func()) *Press {
	b := &Press{OnPress: press, radius: 3}
	b.SetText(text, style)
	b.init(b, b.draw)
	return b
}

// SetText changes what a link says.
func (b *Press) SetText(text string, style Style) {
	b.label = text
	b.width = ceil(style.Width(text))
	b.Paint = func(p *Pen, st State) {
		tok := look.Action
		if style.Tok == look.Urgent || style.Tok == look.Warn {
			tok = style.Tok
		}
		w := p.Text(0, 0, 0, text, style.In(tok), Left)
		p.Fill(0, style.Role.Line-2, ceil(w), 1, tok)
	}
	b.Redraw()
}
