// Package familytree shows a family as a tree beside its table: drawn anew at
// every change, zoomed, moved, and pressed to choose a person.
package familytree

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kindred/app/sketch"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/rules"
)

// zooms are the steps of the − and + buttons.
var zooms = []float64{0.4, 0.5, 0.65, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 2.5}

// overview is the smallest tree; words too small to be read are left out.
const overview = 0.1

// fitting is how the zoom is found.
type fitting int

const (
	legible fitting = iota // everything in view while it can be read
	whole                  // everything in view, however small
	byHand
)

// Pane is the tree with its buttons and its key.
type Pane struct {
	// Root is the sheet to put: a bar of BarH whose left part is free, the tree,
	// the key.
	Root *kit.Sheet
	// OnChoose is called when a person is pressed, OnOpen when the chosen one is
	// pressed again. The patient is a person too.
	OnChoose func(id string)
	OnOpen   func(id string)
	// OnMenu is called when a person, or the ground ("" then), is pressed with
	// the other button, with the place in the window.
	OnMenu func(id string, at fyne.Position)
	// OnOrder is called when a symbol was dragged: the brothers and sisters from
	// left to right as they are wanted now. Without a sibling to pass it is
	// called with the person alone.
	OnOrder func(ids []string)
	// Names puts the names that were entered under the symbols.
	Names bool
	// Remarks stand under a person's age, by id: "1 in 2, offered".
	Remarks map[string]string

	dict *rules.Dictionary

	less, more, fit *kit.Press
	tree            *tree
	scroll          *kit.Scroll
	key             *picture

	family  *rules.Case // as shown
	ped     *sketch.Pedigree
	layout  sketch.Layout
	trouble error
	chosen  string
	asked   int // the newest layout asked for
	fitted  fitting
	keyW    float64
	kind    look.Kind // the tree was drawn for
}

// New makes an empty pane.
func New(d *rules.Dictionary) *Pane {
	t := &Pane{dict: d, key: newPicture()}
	t.Root = kit.NewSheet(t.draw)
	t.less = kit.NewButton(kit.Plain, "minus", "", func() { t.step(-1) })
	t.less.Words = "Smaller tree"
	t.more = kit.NewButton(kit.Plain, "plus", "", func() { t.step(1) })
	t.more.Words = "Larger tree"
	t.fit = kit.NewButton(kit.Plain, "", "Fit", func() { t.fitted = whole; t.arrange() })
	t.fit.Words = "The whole tree in view"
	t.tree = newTree(t)
	t.scroll = kit.NewScroll(&t.tree.Sheet)
	t.scroll.Content = t.tree
	t.scroll.Direction = container.ScrollBoth
	t.scroll.OnScrolled = func(fyne.Position) { t.tree.Redraw() }
	return t
}

// Show draws the family of a case if it is another one, with a person chosen.
// Laying it out is done away from the UI goroutine; the newest family wins.
func (t *Pane) Show(c *rules.Case, chosen string) {
	t.family = c
	ped, err := Pedigree(c, t.dict, t.Names)
	if t.trouble = err; err == nil {
		t.remark(ped, t.Names)
	}
	switch {
	case err != nil:
		t.ped, t.tree.pc.drawing, t.key.drawing, t.chosen = nil, nil, nil, chosen
		t.asked++
		t.Root.Redraw()
	case reflect.DeepEqual(ped, t.ped):
		t.Choose(chosen)
	default:
		t.ped, t.chosen = ped, chosen
		t.asked++
		at := t.asked
		var l sketch.Layout
		kit.Background(func() { l = sketch.Lay(ped, sketch.Options{}) }, func() {
			if at == t.asked {
				t.layout, t.keyW = l, 0
				t.paint()
			}
		})
	}
}

// Choose puts the plate behind a person and brings them into view.
func (t *Pane) Choose(id string) {
	if t.chosen == id {
		return
	}
	t.chosen = id
	if t.ped != nil && t.tree.pc.drawing != nil {
		t.paint()
	}
}

// Chosen is the person with the plate behind.
func (t *Pane) Chosen() string { return t.chosen }

// Empty tells whether there is nothing to see yet.
func (t *Pane) Empty() bool { return t.ped == nil || len(t.ped.People) < 2 }

// Paper is the tree as it goes on paper, with its key, and without names unless
// they are asked for. It is nil when the family cannot be drawn.
func (t *Pane) Paper(names bool) *sketch.Drawing {
	if t.ped == nil {
		return nil
	}
	ped, err := Pedigree(t.family, t.dict, names)
	if err != nil {
		return nil
	}
	t.remark(ped, names)
	return sketch.Family(ped, sketch.Options{Title: "Family tree"})
}

// HasNames tells whether anybody has a name to show.
func (t *Pane) HasNames() bool {
	return t.family != nil && slices.ContainsFunc(t.family.People, func(p rules.Person) bool { return p.Name != "" })
}

// Moved tells whether a symbol stands where it was dragged to.
func (t *Pane) Moved() bool {
	return t.ped != nil && slices.ContainsFunc(t.ped.People, func(p sketch.Person) bool { return p.Hint != 0 })
}

func (t *Pane) paint() {
	t.tree.pc.drawing = t.drawing()
	t.arrange()
}

// drawing is the laid out family as it looks now.
func (t *Pane) drawing() *sketch.Drawing {
	t.kind = look.Now().Kind()
	d := t.layout.Draw(t.ped, sketch.Options{NoKey: true, Chosen: t.chosen})
	if t.kind == look.Contrast { // tints are black there
		for i := range d.Shapes {
			if m := &d.Shapes[i]; m.Paper == sketch.Tint {
				m.Ink, m.Width = sketch.Petrol, 2
			}
		}
	}
	return d
}

// arrange fits the tree into its place and draws it.
func (t *Pane) arrange() {
	t.settle()
	t.Root.Redraw()
}

// settle gives the tree its size and brings the chosen person into view.
func (t *Pane) settle() {
	d := t.tree.pc.drawing
	view := t.scroll.Size()
	if d == nil || view.Width < 1 {
		return
	}
	if t.fitted != byHand {
		least := readable
		if t.fitted == whole {
			least = overview
		}
		z := math.Min(float64(view.Width)/d.Width, float64(view.Height)/d.Height)
		t.tree.pc.zoom = math.Max(least, math.Min(1, z))
	}
	z := t.tree.pc.zoom
	t.tree.SetMin(float32(math.Floor(d.Width*z)), float32(math.Floor(d.Height*z)))
	t.scroll.Refresh()
	t.reach()
	t.tree.Redraw()
}

// reach scrolls so that the chosen person, or at first the patient, is in view.
func (t *Pane) reach() {
	m := t.tree.symbol(t.chosen)
	if m == nil {
		for i := range t.ped.People {
			if t.ped.People[i].Consultand {
				m = t.tree.symbol(t.ped.People[i].ID)
			}
		}
	}
	if m == nil {
		return
	}
	const room = 70 // around a symbol, for its lines and the line to its parents
	x, y := t.tree.place(m.At)
	view, size := t.scroll.Size(), t.tree.Size()
	off := t.scroll.Offset
	off.X = into(off.X, x-room, x+room, view.Width, size.Width)
	off.Y = into(off.Y, y-room, y+room, view.Height, size.Height)
	if off != t.scroll.Offset {
		t.scroll.ScrollToOffset(off)
	}
}

// into moves an offset as little as needed so that lo to hi is in view.
func into(off, lo, hi, view, size float32) float32 {
	if lo < off {
		off = lo
	}
	if hi > off+view {
		off = hi - view
	}
	return max(0, min(off, size-view))
}

// step takes the next zoom up or down.
func (t *Pane) step(by int) {
	t.fitted = byHand
	now := t.tree.pc.zoom
	if by > 0 {
		for _, z := range zooms {
			if z > now+0.01 {
				t.tree.pc.zoom = z
				break
			}
		}
	} else {
		for i := len(zooms) - 1; i >= 0; i-- {
			if zooms[i] < now-0.01 {
				t.tree.pc.zoom = zooms[i]
				break
			}
		}
	}
	t.arrange()
}

func (t *Pane) draw(p *kit.Pen) {
	switch {
	case t.trouble != nil:
		p.Message(20, 8, p.W-40, kit.ToneWarn, "warn", "This family cannot be drawn.", t.trouble.Error())
		return
	case t.Empty():
		p.Icon(p.W/2-14, p.H/2-60, 28, "family", look.Muted)
		p.Text(0, p.H/2-24, p.W, "The tree grows with the table", kit.Caption, kit.Center)
		return
	}
	if t.kind != p.Look().Kind() && t.tree.pc.drawing != nil {
		t.tree.pc.drawing = t.drawing()
		t.tree.Redraw()
	}
	t.drawKeyPicture(float64(p.W))
	kh := float32(0)
	if t.key.drawing != nil {
		kh = min(float32(t.key.drawing.Height), p.H/3)
	}
	before := t.scroll.Size()
	p.Put(t.scroll, 0, BarH, p.W, max(0, p.H-kh-BarH))
	if before != t.scroll.Size() {
		t.settle()
	}
	t.key.draw(p, 0, p.H-kh, 0, p.H-kh, p.W, kh)
	t.drawZoom(p)
}

// BarH is the height of the row with the buttons.
const BarH = 48

// drawZoom draws − 100 % + Fit at the right of the bar.
func (t *Pane) drawZoom(p *kit.Pen) {
	x, y := p.W-20, float32(12)
	x -= 44
	p.Put(t.fit, x, y, 44, 28)
	x -= 38
	p.Put(t.more, x, y, 30, 28)
	percent := fmt.Sprintf("%.0f %%", t.tree.pc.zoom*100)
	x -= 50
	p.Text(x, y+6, 50, percent, kit.Caption, kit.Center)
	x -= 30
	p.Put(t.less, x, y, 30, 28)
}

// ZoomW is the width that the zoom takes at the right of the bar.
const ZoomW = 20 + 44 + 38 + 50 + 30

// drawKeyPicture draws the key anew for another width or family.
func (t *Pane) drawKeyPicture(w float64) {
	if t.keyW != w {
		t.keyW = w
		t.key.drawing = t.layout.Key(t.ped, w)
	}
}
