package familytree

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kindred/app/sketch"
	"kindred/app/ui/kit"
)

// tree is the drawing within its scroll: pressed to choose, dragged to move.
type tree struct {
	kit.Sheet
	pane *Pane
	pc   *picture
	carry
}

func newTree(t *Pane) *tree {
	tr := &tree{pane: t, pc: newPicture()}
	tr.Draw = tr.draw
	tr.ExtendBaseWidget(tr)
	return tr
}

// corner is where the drawing begins on the sheet: in the middle, and rather
// high, when there is room.
func (tr *tree) corner() (x, y float32) {
	if d := tr.pc.drawing; d != nil {
		s := tr.Size()
		x = max(0, (s.Width-float32(d.Width*tr.pc.zoom))/2)
		y = max(0, (s.Height-float32(d.Height*tr.pc.zoom))/3)
	}
	return float32(math.Round(float64(x))), float32(math.Round(float64(y)))
}

// place is where a point of the drawing stands on the sheet.
func (tr *tree) place(at sketch.Point) (x, y float32) {
	x, y = tr.corner()
	return x + float32(at.X*tr.pc.zoom), y + float32(at.Y*tr.pc.zoom)
}

func (tr *tree) draw(p *kit.Pen) {
	x, y := tr.corner()
	off, view := tr.pane.scroll.Offset, tr.pane.scroll.Size()
	tr.pc.draw(p, x, y, off.X, off.Y, min(view.Width, p.W-off.X), min(view.Height, p.H-off.Y))
	tr.drawCarried(p)
}

// symbol is a person's outline in the drawing, nil when they are not there.
func (tr *tree) symbol(id string) *sketch.Mark {
	if d := tr.pc.drawing; d != nil && id != "" {
		for i := range d.Shapes {
			if d.Shapes[i].Person == id {
				return &d.Shapes[i]
			}
		}
	}
	return nil
}

// at is the person at a place of the sheet: on the symbol or on its words.
func (tr *tree) at(pos fyne.Position) string {
	const beside, below = 12, 56
	found, nearest := "", math.Inf(1)
	if tr.pc.drawing == nil {
		return ""
	}
	for i := range tr.pc.drawing.Shapes {
		m := &tr.pc.drawing.Shapes[i]
		if m.Person == "" {
			continue
		}
		x, y := tr.place(m.At)
		dx, dy := float64(pos.X-x)/tr.pc.zoom, float64(pos.Y-y)/tr.pc.zoom
		half := m.Across / 2
		if math.Abs(dx) > half+beside || dy < -half-4 || dy > half+below {
			continue
		}
		if far := math.Hypot(dx, dy); far < nearest {
			found, nearest = m.Person, far
		}
	}
	return found
}

// Tapped implements fyne.Tappable.
func (tr *tree) Tapped(e *fyne.PointEvent) {
	id := tr.at(e.Position)
	switch {
	case id == "":
	case id == tr.pane.chosen:
		if tr.pane.OnOpen != nil {
			tr.pane.OnOpen(id)
		}
	case tr.pane.OnChoose != nil:
		tr.pane.OnChoose(id)
	}
}

// TappedSecondary opens the menu of a person, or of the tree.
func (tr *tree) TappedSecondary(e *fyne.PointEvent) {
	if tr.pane.OnMenu != nil {
		tr.pane.OnMenu(tr.at(e.Position), e.AbsolutePosition)
	}
}

// Dragged implements fyne.Draggable: a symbol goes with the hand to another
// place among the brothers and sisters; on the ground the paper does.
func (tr *tree) Dragged(e *fyne.DragEvent) {
	if tr.lift(e) {
		return
	}
	sc := tr.pane.scroll
	view, size := sc.Size(), tr.Size()
	off := fyne.NewPos(
		max(0, min(sc.Offset.X-e.Dragged.DX, size.Width-view.Width)),
		max(0, min(sc.Offset.Y-e.Dragged.DY, size.Height-view.Height)),
	)
	if off != sc.Offset {
		sc.ScrollToOffset(off)
		tr.Redraw()
	}
}

// DragEnd implements fyne.Draggable.
func (tr *tree) DragEnd() { tr.drop() }

// Cursor implements desktop.Cursorable.
func (tr *tree) Cursor() desktop.Cursor { return desktop.PointerCursor }

var _ interface {
	fyne.Tappable
	fyne.SecondaryTappable
	fyne.Draggable
	desktop.Cursorable
} = (*tree)(nil)
