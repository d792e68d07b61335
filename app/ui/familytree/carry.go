package familytree

import (
	"cmp"
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"kindred/app/sketch"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

// carry is a symbol being dragged. What is kept of a drag is the order of
// brothers and sisters, never where the pointer was: the next layout puts
// everyone in their place again.
type carry struct {
	active bool          // a drag is under way
	pulled string        // the symbol under the hand, "" when the paper moves
	moved  string        // who changes place: the one pulled, or their partner
	row    []string      // moved and the brothers and sisters, left to right
	hand   fyne.Position // where the pointer is on the sheet
}

// lift takes a step of a drag; false when the paper is to move.
func (tr *tree) lift(e *fyne.DragEvent) bool {
	if !tr.active {
		tr.active = true
		start := e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY)
		tr.pulled = tr.symbolAt(start)
		if tr.pane.OnOrder == nil {
			tr.pulled = ""
		}
		if tr.pulled != "" {
			tr.moved, tr.row = tr.pane.siblings(tr.pulled)
		}
	}
	if tr.pulled == "" {
		return false
	}
	tr.hand = e.Position
	tr.Redraw()
	return true
}

// drop ends a drag.
func (tr *tree) drop() {
	c := tr.carry
	tr.carry = carry{}
	if c.pulled == "" {
		return
	}
	tr.Redraw()
	at := tr.slot(&c)
	if len(c.row) < 2 || at < 0 {
		tr.pane.OnOrder([]string{c.pulled})
		return
	}
	order := slices.DeleteFunc(slices.Clone(c.row), func(id string) bool { return id == c.moved })
	order = slices.Insert(order, at, c.moved)
	if !slices.Equal(order, c.row) {
		tr.pane.OnOrder(order)
	}
}

// slot is the place among the others at which the hand is, -1 when it is far
// above or below their row.
func (tr *tree) slot(c *carry) int {
	m := tr.symbol(c.moved)
	if m == nil {
		return -1
	}
	_, y := tr.place(m.At)
	if math.Abs(float64(c.hand.Y-y)) > 3*m.Across*tr.pc.zoom {
		return -1
	}
	at := 0
	for _, id := range c.row {
		if o := tr.symbol(id); o != nil && id != c.moved {
			if x, _ := tr.place(o.At); x < c.hand.X {
				at++
			}
		}
	}
	return at
}

// symbolAt is the person whose symbol itself is at a place of the sheet.
func (tr *tree) symbolAt(pos fyne.Position) string {
	id := tr.at(pos)
	m := tr.symbol(id)
	if m == nil {
		return ""
	}
	x, y := tr.place(m.At)
	half := float32(m.Across*tr.pc.zoom)/2 + 4
	if pos.X < x-half || pos.X > x+half || pos.Y < y-half || pos.Y > y+half {
		return ""
	}
	return id
}

// siblings are a person and the brothers and sisters as they stand. One who
// married in moves with the partner.
func (t *Pane) siblings(id string) (moved string, row []string) {
	for _, who := range append([]string{id}, t.partners(id)...) {
		if row = t.sibship(who); len(row) > 1 {
			return who, row
		}
	}
	return id, nil
}

func (t *Pane) partners(id string) []string {
	var out []string
	for _, c := range t.ped.Couples {
		switch id {
		case c.A:
			out = append(out, c.B)
		case c.B:
			out = append(out, c.A)
		}
	}
	for i := range t.ped.People {
		switch p := &t.ped.People[i]; id {
		case p.Mother:
			out = append(out, p.Father)
		case p.Father:
			out = append(out, p.Mother)
		}
	}
	return out
}

func (t *Pane) sibship(id string) []string {
	i := slices.IndexFunc(t.ped.People, func(p sketch.Person) bool { return p.ID == id })
	if i < 0 {
		return nil
	}
	mother, father := t.ped.People[i].Mother, t.ped.People[i].Father
	if mother == "" && father == "" {
		return nil
	}
	var row []string
	for k := range t.ped.People {
		if p := &t.ped.People[k]; p.Mother == mother && p.Father == father && !p.Unnamed && t.tree.symbol(p.ID) != nil {
			row = append(row, p.ID)
		}
	}
	slices.SortFunc(row, func(a, b string) int {
		return cmp.Compare(t.tree.symbol(a).At.X, t.tree.symbol(b).At.X)
	})
	return row
}

// drawCarried draws where the symbol being dragged would go.
func (tr *tree) drawCarried(p *kit.Pen) {
	c := &tr.carry
	m := tr.symbol(c.pulled)
	if c.pulled == "" || m == nil {
		return
	}
	half := float32(m.Across*tr.pc.zoom)/2 + 5
	p.Box(c.hand.X-half, c.hand.Y-half, 2*half, 2*half, look.None, look.Action, 2, kit.RControl)
	at := tr.slot(c)
	if at < 0 || len(c.row) < 2 {
		return
	}
	rest := slices.DeleteFunc(slices.Clone(c.row), func(id string) bool { return id == c.moved })
	x, y := float32(0), float32(0)
	switch {
	case at == 0:
		x, y = tr.place(tr.symbol(rest[0]).At)
		x -= half + 14
	case at == len(rest):
		x, y = tr.place(tr.symbol(rest[at-1]).At)
		x += half + 14
	default:
		x, y = tr.place(tr.symbol(rest[at-1]).At)
		r, _ := tr.place(tr.symbol(rest[at]).At)
		x = (x + r) / 2
	}
	p.Fill(x-1, y-half-6, 3, 2*half+12, look.Action)
}
