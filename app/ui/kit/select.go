package kit

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/look"
)

// Select is a box that shows one choice of many and opens a menu of them.
type Select struct {
	control
	// OnChange gets the new value.
	OnChange func(value string)
	// Empty stands in the box while nothing is chosen.
	Empty string

	options []Option
	value   string
	style   Style
}

// NewSelect makes a box with none chosen; empty is its faint text.
func NewSelect(empty string, options []Option, change func(value string)) *Select {
	s := &Select{OnChange: change, Empty: empty, options: options, style: Body}
	s.init(s, s.draw)
	return s
}

// SetSmall uses the 13 px text of dense rows.
func (s *Select) SetSmall() { s.style = Small }

// Value is the chosen value, "" when none.
func (s *Select) Value() string { return s.value }

// SetValue shows a value without reporting it.
func (s *Select) SetValue(v string) {
	if s.value != v {
		s.value = v
		s.Redraw()
	}
}

// SetOptions changes the choices.
func (s *Select) SetOptions(options []Option) { s.options = options; s.Redraw() }

func (s *Select) draw(p *Pen) {
	edge := look.Ctl
	if s.focused {
		edge = look.Focus
	}
	p.Edged(0, 0, p.W, p.H, look.Surface, edge, RControl)
	label, tok := s.Empty, look.Faint
	for _, o := range s.options {
		if o.Value == s.value && s.value != "" {
			label, tok = o.Label, look.Text
		}
	}
	p.Text(10, (p.H-s.style.Role.Line)/2, p.W-38, label, s.style.In(tok), Left)
	p.Icon(p.W-24, (p.H-16)/2, 16, "down", look.Muted)
	if s.focused {
		p.Ring(0, 0, p.W, p.H, 6)
	}
}

func (s *Select) choose(v string) {
	changed := v != s.value
	s.value = v
	s.Redraw()
	if changed && s.OnChange != nil {
		s.OnChange(v)
	}
}

// Open shows the menu below the box.
func (s *Select) Open() {
	ShowMenu(s, s.options, s.value, max(s.Size().Width, 120), s.choose)
}

// Tapped opens the menu.
func (s *Select) Tapped(*fyne.PointEvent) {
	s.Focus()
	s.Open()
}

// TypedKey opens on Enter, Space and Down; Left and Right step through the
// choices without opening, Backspace clears.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyDown:
		s.Open()
	case fyne.KeyLeft, fyne.KeyRight:
		s.step(e.Name == fyne.KeyRight)
	case fyne.KeyBackspace, fyne.KeyDelete:
		s.choose("")
	default:
		s.forward(e)
	}
}

func (s *Select) step(forward bool) {
	at := -1
	for i, o := range s.options {
		if o.Value == s.value {
			at = i
		}
	}
	if forward {
		at++
	} else {
		at--
	}
	if at >= 0 && at < len(s.options) {
		s.choose(s.options[at].Value)
	}
}

// TypedRune chooses the next option that starts with the letter.
func (s *Select) TypedRune(r rune) {
	at := -1
	for i, o := range s.options {
		if o.Value == s.value {
			at = i
		}
	}
	if i := startingWith(s.options, at, r); i >= 0 {
		s.choose(s.options[i].Value)
	}
}

// startingWith finds the next option after at whose label starts with r.
func startingWith(options []Option, at int, r rune) int {
	for k := 1; k <= len(options); k++ {
		i := (at + k) % len(options)
		if i < 0 {
			continue
		}
		for _, first := range options[i].Label {
			if toLower(first) == toLower(r) {
				return i
			}
			break
		}
	}
	return -1
}
