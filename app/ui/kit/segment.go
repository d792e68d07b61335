package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/ui/look"
)

// Option is one choice of a segment or a select.
type Option struct {
	Value string // what is kept; never empty
	Label string
	Key   string // the key that does the same, shown at the end of a menu's row
}

// YesNoUnknown are the three answers every clinical question offers. Nothing is
// preselected; the empty value means that nobody put the question.
var YesNoUnknown = []Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}, {Value: "unknown", Label: "Not known"}}

// Segment is one bordered row of choices, 32 high: Yes / No / Not known, or
// any short choice. Choosing the chosen one again clears it.
type Segment struct {
	control
	// OnChange gets the new value; "" when cleared.
	OnChange func(value string)
	// Cell is the width of equal cells; 0 lets each follow its label.
	Cell float32
	// Pad is the room left and right of a label where cells follow labels.
	Pad float32
	// Enter is called when Return is pressed on the segment.
	Enter func()
	// Fleeting is a row that goes away once answered, as on the next question.
	Fleeting bool

	options []Option
	value   string
	cursor  int
	faded   bool
	style   Style
}

// NewSegment makes a row of choices with none chosen.
func NewSegment(options []Option, change func(value string)) *Segment {
	s := &Segment{OnChange: change, options: options, style: Body, Pad: 14}
	s.init(s, s.draw)
	return s
}

// NewYesNo makes a Yes / No / Not known row.
func NewYesNo(change func(value string)) *Segment { return NewSegment(YesNoUnknown, change) }

// Value is the chosen value, "" when nothing was chosen.
func (s *Segment) Value() string { return s.value }

// SetValue shows a value without reporting it.
func (s *Segment) SetValue(v string) {
	if s.value == v {
		return
	}
	s.value = v
	for i, o := range s.options {
		if o.Value == v {
			s.cursor = i
		}
	}
	s.Redraw()
}

// SetOptions changes the choices; a value no longer offered is dropped.
func (s *Segment) SetOptions(options []Option) {
	s.options, s.cursor = options, 0
	keep := false
	for _, o := range options {
		keep = keep || o.Value == s.value
	}
	if !keep {
		s.value = ""
	}
	s.Redraw()
}

// SetFaded greys the row: it can be answered but changes nothing any more.
func (s *Segment) SetFaded(faded bool) {
	if s.faded != faded {
		s.faded = faded
		s.Redraw()
	}
}

// SetSmall uses the 13 px text of dense rows.
func (s *Segment) SetSmall() { s.style = Small }

// tick is the room a chosen cell needs for its icon.
const tick = 22

func (s *Segment) cellWidth(i int) float32 {
	if s.Cell > 0 {
		return s.Cell
	}
	o := s.options[i]
	if o.Value == s.value {
		return ceil(s.style.B().Width(o.Label)) + 2*s.Pad + tick
	}
	return ceil(s.style.Width(o.Label)) + 2*s.Pad
}

// Width is how wide the row is now; a chosen cell grows by its tick.
func (s *Segment) Width() float32 {
	w := float32(2)
	for i := range s.options {
		w += s.cellWidth(i)
	}
	return w
}

func (s *Segment) draw(p *Pen) {
	lw := p.Look().LineWidth()
	edge := look.Ctl
	if s.faded {
		edge = look.Line
	}
	w := min(p.W, s.Width())
	p.Edged(0, 0, w, p.H, look.Surface, edge, RControl)
	x := float32(0)
	n := len(s.options)
	for i, o := range s.options {
		cw := s.cellWidth(i)
		if i == 0 || i == n-1 {
			cw++
		}
		var r Radii
		if i == 0 {
			r[0], r[3] = 6, 6
		}
		if i == n-1 {
			r[1], r[2] = 6, 6
			cw = w - x
		}
		chosen := o.Value == s.value
		if i > 0 && !chosen && s.options[i-1].Value != s.value {
			p.Fill(x, lw, lw, p.H-2*lw, look.Line)
		}
		s.drawCell(p, o, x, cw, chosen, r)
		x += cw
	}
	if s.focused {
		s.drawFocus(p, w)
	}
}

func (s *Segment) drawCell(p *Pen, o Option, x, cw float32, chosen bool, r Radii) {
	y := (p.H - s.style.Role.Line) / 2
	if !chosen {
		ink := look.Text
		if s.faded {
			ink = look.Faint
		}
		p.Text(x, y, cw, o.Label, s.style.In(ink), Center)
		return
	}
	fill, ink, mark := look.Action, look.ActionOn, "tick"
	if o.Value == "unknown" {
		fill, ink, mark = look.UnkTint, look.Unk, "unk"
		if p.Look().Kind() == look.Contrast {
			fill, ink = look.Unk, look.BG
		}
		p.Edged(x, 0, cw, p.H, fill, look.Ctl, r)
	} else {
		p.Edged(x, 0, cw, p.H, fill, fill, r)
	}
	style := s.style.B().In(ink)
	size, gap := float32(16), float32(6)
	if s.Cell > 0 {
		size, gap = 14, 4
	}
	tw := style.Width(o.Label)
	tx := x + (cw-tw-size-gap)/2
	p.Icon(tx, (p.H-size)/2, size, mark, ink)
	p.Text(tx+size+gap, y, 0, o.Label, style, Left)
}

func (s *Segment) drawFocus(p *Pen, w float32) {
	x := float32(0)
	for i := range s.cursor {
		x += s.cellWidth(i)
		if i == 0 {
			x++
		}
	}
	cw := s.cellWidth(s.cursor) + 1
	p.Ring(x, 0, min(cw, w-x), p.H, 6)
}

func (s *Segment) choose(i int) {
	if i < 0 || i >= len(s.options) {
		return
	}
	s.cursor = i
	v := s.options[i].Value
	if v == s.value {
		v = ""
	}
	s.set(v)
}

func (s *Segment) set(v string) {
	changed := v != s.value
	s.value = v
	s.Redraw()
	if s.host != nil {
		s.host.Redraw() // the row's width follows its tick
	}
	if changed && s.OnChange != nil {
		s.OnChange(v)
	}
}

// Tapped chooses the cell under the pointer.
func (s *Segment) Tapped(e *fyne.PointEvent) {
	s.Focus()
	x := float32(1)
	for i := range s.options {
		x += s.cellWidth(i)
		if e.Position.X < x || i == len(s.options)-1 {
			s.choose(i)
			return
		}
	}
}

// TypedRune answers Y, N and K on a Yes / No / Not known row, and elsewhere
// the first option that starts with the letter; digits choose by place.
func (s *Segment) TypedRune(r rune) {
	if r >= '1' && r <= '9' && int(r-'1') < len(s.options) {
		s.pick(int(r - '1'))
		return
	}
	want := map[rune]string{'y': "yes", 'n': "no", 'k': "unknown"}[toLower(r)]
	for i, o := range s.options {
		if want != "" && o.Value == want {
			s.pick(i)
			return
		}
	}
	for i, o := range s.options {
		if o.Value != "unknown" && strings.HasPrefix(strings.ToLower(o.Label), string(toLower(r))) {
			s.pick(i)
			return
		}
	}
}

// pick chooses without clearing: a letter typed twice says the same thing.
func (s *Segment) pick(i int) {
	s.cursor = i
	s.set(s.options[i].Value)
}

func toLower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + ('a' - 'A')
	}
	return r
}

// TypedKey moves with the arrows, chooses with Space, clears with Backspace.
func (s *Segment) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.cursor = max(0, s.cursor-1)
		s.Redraw()
	case fyne.KeyRight:
		s.cursor = min(len(s.options)-1, s.cursor+1)
		s.Redraw()
	case fyne.KeySpace:
		s.choose(s.cursor)
	case fyne.KeyBackspace, fyne.KeyDelete:
		s.set("")
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.Enter != nil {
			s.Enter()
			return
		}
		s.forward(e)
	default:
		s.forward(e)
	}
}

// Fit shrinks or widens the room around the labels so that the row is at most
// w wide. Room for a tick is kept, so that choosing moves nothing, unless the
// row is Fleeting.
func (s *Segment) Fit(w float32) {
	total := float32(2 + tick)
	style := s.style.B()
	if s.Fleeting && s.value == "" {
		total, style = 2, s.style
	}
	for _, o := range s.options {
		total += ceil(style.Width(o.Label))
	}
	s.Pad = max(3, min(14, floor((w-total)/float32(2*len(s.options)))))
}
