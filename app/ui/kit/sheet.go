package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Sheet is a surface drawn by a function: the base of every control and every
// screen. Draw is called whenever the size, the theme or the content changes.
type Sheet struct {
	widget.BaseWidget

	// Draw emits everything the sheet shows.
	Draw func(p *Pen)
	// Hint gets the words of the control under the pointer or the focus; set
	// it on the outermost sheet, which hands them to the status bar.
	Hint func(words string)

	min    fyne.Size
	host   *Sheet  // the sheet this one stands on
	scroll *Scroll // the scroll this one is the content of
	pen    Pen
	drawn  bool
}

// NewSheet makes a sheet that draws with the given function.
func NewSheet(draw func(p *Pen)) *Sheet {
	s := &Sheet{Draw: draw}
	s.ExtendBaseWidget(s)
	return s
}

// SetMin sets the least size the sheet asks for.
func (s *Sheet) SetMin(w, h float32) { s.min = fyne.NewSize(w, h) }

// MinSize is what SetMin said.
func (s *Sheet) MinSize() fyne.Size { return s.min }

// Redraw draws the sheet again.
func (s *Sheet) Redraw() {
	if s.drawn {
		s.paint(s.Size())
	}
}

func (s *Sheet) paint(size fyne.Size) {
	if s.Draw == nil || size.Width <= 0 || size.Height <= 0 {
		return
	}
	before, least := s.pen.objects, s.min
	s.pen.begin(s, size)
	s.Draw(&s.pen)
	if !same(before, s.pen.objects) {
		s.pen.nudge.Refresh() // a changed list of objects is shown by any repaint
	}
	s.drawn = true
	if s.scroll != nil && s.min != least {
		s.scroll.Refresh() // a form that grew or shrank while it was drawn
	}
}

// Drawn tells whether the sheet was shown yet.
func (s *Sheet) Drawn() bool { return s.drawn }

func (s *Sheet) setHost(h *Sheet) { s.host = h }

// hint hands words to the nearest sheet outwards that shows hints.
func (s *Sheet) hint(words string) {
	for h := s; h != nil; h = h.host {
		if h.Hint != nil {
			h.Hint(words)
			return
		}
	}
}

// reveal scrolls a rectangle of this sheet into view.
func (s *Sheet) reveal(x, y, w, h float32) {
	for at := s; at != nil; at = at.host {
		if at.scroll != nil {
			x, y = at.scroll.show(x, y, w, h)
		} else {
			x, y = x+at.Position().X, y+at.Position().Y
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer { return &sheetRenderer{s: s} }

type sheetRenderer struct{ s *Sheet }

func (r *sheetRenderer) Layout(size fyne.Size)        { r.s.paint(size) }
func (r *sheetRenderer) MinSize() fyne.Size           { return r.s.min }
func (r *sheetRenderer) Objects() []fyne.CanvasObject { return r.s.pen.objects }
func (r *sheetRenderer) Destroy()                     {}

// Refresh draws again and tells the sheets below, so that a new theme reaches
// every control.
func (r *sheetRenderer) Refresh() { r.s.paint(r.s.Size()) }
