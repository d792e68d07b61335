package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kindred/app/ui/look"
)

// Column is a column of a table. Width 0 shares the free width with the other
// columns of width 0 in proportion to Share.
type Column struct {
	Title string
	Width float32
	Share float32
	Right bool // numbers
	// From is the table width from which the column is shown; its cell is empty
	// (W is 0) in narrower tables.
	From float32
}

// Table is a list of rows under our own header row; it draws only what is in
// view, so a hundred thousand rows cost no more than twenty. Up and Down
// choose, Enter opens.
type Table struct {
	Sheet
	// Columns stand from left to right.
	Columns []Column
	// Row draws row i: cells gives the left edge and width of each column.
	// The row's hairline, plate and bar are drawn already.
	Row func(p *Pen, i int, cells []Cell, chosen bool)
	// OnChoose tells which row is chosen, OnOpen which is opened.
	OnChoose func(i int)
	OnOpen   func(i int)
	// Sorted is the column with the arrow, -1 for none.
	Sorted int

	rows   int
	rowH   float32
	list   *tableList
	holder fyne.CanvasObject
	chosen int
}

// Cell is a column's place in a row.
type Cell struct{ X, W float32 }

// headH is the height of the header row.
const headH = 32

// NewTable makes a table of rows of one height (30 to 44).
func NewTable(rowHeight float32, columns []Column, row func(p *Pen, i int, cells []Cell, chosen bool)) *Table {
	t := &Table{Columns: columns, Row: row, rowH: rowHeight, chosen: -1, Sorted: -1}
	t.Draw = t.draw
	t.ExtendBaseWidget(t)
	t.list = newTableList(t)
	t.holder = container.NewThemeOverride(t.list, sized{})
	return t
}

// SetRows tells how many rows there are now and draws them again.
func (t *Table) SetRows(n int) {
	t.rows = n
	if t.chosen >= n {
		t.chosen = -1
		t.list.UnselectAll()
	}
	t.list.Refresh()
	t.Redraw()
}

// Height is what the table needs to show n rows.
func (t *Table) Height(n int) float32 { return headH + float32(n)*t.rowH + 1 }

// Chosen is the chosen row, -1 when none.
func (t *Table) Chosen() int { return t.chosen }

// Choose marks a row and scrolls to it.
func (t *Table) Choose(i int) {
	if i < 0 || i >= t.rows {
		return
	}
	t.list.Select(i)
	if t.list.Size().Height < t.rowH { // not laid out yet: nothing to scroll into view
		t.list.ScrollToTop()
	}
}

// Focus gives the rows the keyboard.
func (t *Table) Focus() {
	if cv := CanvasOf(t); cv != nil {
		cv.Focus(t.list)
	}
}

// Target is what takes the keyboard.
func (t *Table) Target() fyne.Focusable { return t.list }

// FirstRow is the first row in view, for "1 to 12 of 2,132".
func (t *Table) FirstRow() int { return int(t.list.GetScrollOffset() / t.rowH) }

// RowsInView is how many whole rows fit.
func (t *Table) RowsInView() int { return min(t.rows, int((t.Size().Height-headH)/t.rowH)) }

func (t *Table) cells(w float32) []Cell {
	const pad, gap = 14, 12
	free, share := w-2*pad+gap, float32(0)
	for _, c := range t.Columns {
		if w < c.From {
			continue
		}
		free -= c.Width + gap
		if c.Width == 0 {
			share += max(c.Share, 0.01)
		}
	}
	out := make([]Cell, len(t.Columns))
	x := float32(pad)
	for i, c := range t.Columns {
		if w < c.From {
			continue
		}
		cw := c.Width
		if cw == 0 {
			cw = max(24, free*max(c.Share, 0.01)/share)
		}
		out[i] = Cell{snap(x), snap(cw)}
		x += cw + gap
	}
	return out
}

func (t *Table) draw(p *Pen) {
	lw := p.Look().LineWidth()
	p.Edged(0, 0, p.W, p.H, look.Surface, look.Line, RCard)
	p.Box(lw, lw, p.W-2*lw, headH-lw, look.Sunken, look.None, 0, Radii{7, 7, 0, 0})
	if p.Look().Kind() == look.Contrast {
		p.HLine(0, headH-2, p.W)
	}
	for i, c := range t.cells(p.W) {
		col := t.Columns[i]
		if c.W == 0 {
			continue
		}
		align := Left
		if col.Right {
			align = Right
		}
		w := p.Text(c.X, 8, c.W, col.Title, Caption.B(), align)
		if i == t.Sorted {
			p.Icon(c.X+w+4, 10, 12, "down", look.Muted)
		}
	}
	p.Put(t.holder, lw, headH, p.W-2*lw, p.H-headH-lw)
	if t.list.focused && t.rows > 0 {
		p.Ring(0, 0, p.W, p.H, 8)
	}
}

// tableList is the toolkit's list with its keys handed on and its focus told.
type tableList struct {
	widget.List
	t       *Table
	focused bool
}

func newTableList(t *Table) *tableList {
	l := &tableList{t: t}
	l.HideSeparators = true
	l.Length = func() int { return t.rows }
	l.CreateItem = func() fyne.CanvasObject { return newTableRow(t) }
	l.UpdateItem = func(id widget.ListItemID, o fyne.CanvasObject) {
		r := o.(*tableRow)
		r.i = id
		r.Redraw()
	}
	l.OnSelected = func(id widget.ListItemID) {
		old := t.chosen
		t.chosen = id
		if old >= 0 {
			l.RefreshItem(old)
		}
		l.RefreshItem(id)
		if t.OnChoose != nil {
			t.OnChoose(id)
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// FocusGained keeps the toolkit's own mark of the focused row out: it would stay
// on the first row beside the one that is chosen.
func (l *tableList) FocusGained() {
	l.focused = true
	if l.t.chosen < 0 && l.t.rows > 0 {
		l.Select(0)
	}
	l.t.Redraw()
}

func (l *tableList) FocusLost() {
	l.focused = false
	l.t.Redraw()
}

// TypedKey moves the choice itself, so that what is marked is what Enter opens.
func (l *tableList) TypedKey(e *fyne.KeyEvent) {
	t := l.t
	switch e.Name {
	case fyne.KeyDown:
		t.Choose(min(t.rows-1, t.chosen+1))
	case fyne.KeyUp:
		t.Choose(max(0, t.chosen-1))
	case fyne.KeyPageDown:
		t.Choose(min(t.rows-1, t.chosen+t.RowsInView()))
	case fyne.KeyPageUp:
		t.Choose(max(0, t.chosen-t.RowsInView()))
	case fyne.KeyHome:
		t.Choose(0)
	case fyne.KeyEnd:
		t.Choose(t.rows - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.open(t.chosen)
	default:
		forwardKey(fyne.CurrentApp().Driver().CanvasForObject(l), e)
	}
}

// TypedRune hands letters to the window: "/" filters from the rows too.
func (l *tableList) TypedRune(r rune) {
	active()
	if cv := CanvasOf(l); cv != nil && cv.OnTypedRune() != nil {
		cv.OnTypedRune()(r)
	}
}

func (t *Table) open(i int) {
	if i >= 0 && i < t.rows && t.OnOpen != nil {
		t.OnOpen(i)
	}
}

type tableRow struct {
	Sheet
	t *Table
	i int
}

func newTableRow(t *Table) *tableRow {
	r := &tableRow{t: t}
	r.SetMin(100, t.rowH)
	r.Draw = r.draw
	r.ExtendBaseWidget(r)
	return r
}

func (r *tableRow) draw(p *Pen) {
	if r.i >= r.t.rows {
		return
	}
	chosen := r.i == r.t.chosen
	if chosen {
		p.Fill(0, 0, p.W, p.H, look.ActionTint)
		p.Fill(0, 0, 3, p.H, look.Action)
	}
	if r.i > 0 {
		p.HLine(0, 0, p.W)
	}
	cells := r.t.cells(p.W + 2*p.Look().LineWidth())
	for i := range cells {
		cells[i].X -= p.Look().LineWidth()
	}
	r.t.Row(p, r.i, cells, chosen)
}

// Tapped chooses the row; tapping the chosen row opens it.
func (r *tableRow) Tapped(*fyne.PointEvent) {
	r.t.Focus()
	if r.i == r.t.chosen {
		r.t.open(r.i)
		return
	}
	r.t.Choose(r.i)
}
