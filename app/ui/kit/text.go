package kit

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"kindred/app/ui/look"
)

// Style is how a run of text looks.
type Style struct {
	Role look.Role
	Bold bool
	Tok  look.Token
}

// The styles used most; In gives one another colour, B the heavier weight.
var (
	Body    = Style{Role: look.Body, Tok: look.Text}
	Small   = Style{Role: look.Small, Tok: look.Text}
	Caption = Style{Role: look.Caption, Tok: look.Muted}
	Lead    = Style{Role: look.Lead, Bold: true, Tok: look.Text}
	Name    = Style{Role: look.Name, Bold: true, Tok: look.Text}
	Title   = Style{Role: look.Title, Bold: true, Tok: look.Text}
	Display = Style{Role: look.Display, Bold: true, Tok: look.Text}
)

// In returns the style in another colour.
func (s Style) In(tok look.Token) Style { s.Tok = tok; return s }

// B returns the style in SemiBold.
func (s Style) B() Style { s.Bold = true; return s }

// R returns the style in Regular.
func (s Style) R() Style { s.Bold = false; return s }

// Width is how wide a text is in this style.
func (s Style) Width(text string) float32 {
	if text == "" {
		return 0
	}
	return fyne.MeasureText(text, s.Role.Size, fyne.TextStyle{Bold: s.Bold}).Width
}

// Cut shortens a text to a width with an ellipsis.
func (s Style) Cut(text string, width float32) string {
	if s.Width(text) <= width {
		return text
	}
	runes := []rune(text)
	lo, hi := 0, len(runes)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if s.Width(string(runes[:mid])+"…") <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:lo]), " ,.") + "…"
}

// Wrap breaks a text into lines no wider than width, at spaces; a line feed
// always breaks.
func (s Style) Wrap(text string, width float32) []string {
	var lines []string
	for _, para := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Fields(para) {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if line != "" && s.Width(next) > width {
				lines = append(lines, line)
				next = word
			}
			line = next
		}
		lines = append(lines, line)
	}
	return lines
}

// Align says where in its width a text stands.
type Align int

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// Text draws one line with its line box's top at y, cut to w where w is above
// zero, and returns how wide it came out.
func (p *Pen) Text(x, y, w float32, text string, s Style, a Align) float32 {
	if text == "" {
		return 0
	}
	if w > 0 {
		text = s.Cut(text, w)
	}
	t := p.texts.next(func() *canvas.Text { return &canvas.Text{} })
	style := fyne.TextStyle{Bold: s.Bold}
	col := p.th.C(s.Tok)
	if t.Text != text || t.Color != col || t.TextSize != s.Role.Size || t.TextStyle != style {
		t.Text, t.Color, t.TextSize, t.TextStyle = text, col, s.Role.Size, style
		t.Refresh()
	}
	size, base := fyne.CurrentApp().Driver().RenderedTextSize(text, s.Role.Size, style, nil)
	switch {
	case a == Right && w > 0:
		x += w - size.Width
	case a == Center && w > 0:
		x += (w - size.Width) / 2
	}
	t.Resize(fyne.NewSize(ceil(size.Width), floor(size.Height))) // never taller: the painter would centre it
	t.Move(fyne.NewPos(snap(x), snap(y)+s.Role.Base-ceil(base)))
	p.objects = append(p.objects, t)
	return size.Width
}

// Run is a piece of a line in its own style.
type Run struct {
	Text  string
	Style Style
}

// Runs draws pieces one after another on one baseline and returns their width;
// where they are wider than w, the first piece that does not fit is cut and
// the rest left out.
func (p *Pen) Runs(x, y, w float32, runs ...Run) float32 {
	x0 := x
	for _, r := range runs {
		left := w - (x - x0)
		if w > 0 && left < 8 {
			break
		}
		width := r.Style.Width(r.Text)
		if w > 0 && width > left {
			p.Text(x, y, left, r.Text, r.Style, Left)
			return w
		}
		p.Text(x, y, 0, r.Text, r.Style, Left)
		x += width
	}
	return x - x0
}

// Para draws wrapped text from y down and returns its height.
func (p *Pen) Para(x, y, w float32, text string, s Style) float32 {
	lines := s.Wrap(text, w)
	for i, line := range lines {
		p.Text(x, y+float32(i)*s.Role.Line, w, line, s, Left)
	}
	return float32(len(lines)) * s.Role.Line
}

func ceil(v float32) float32  { return float32(math.Ceil(float64(v))) }
func floor(v float32) float32 { return float32(math.Floor(float64(v))) }
