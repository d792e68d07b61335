package familytree

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2"

	"kindred/app/ui/look"
)

// pull drags from one place of the sheet to another in a few steps.
func pull(p *Pane, from, to fyne.Position) {
	step := to.Subtract(from)
	at := from
	for range 4 {
		d := fyne.NewDelta(step.X/4, step.Y/4)
		at = at.AddXY(d.DX, d.DY)
		p.tree.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: d})
	}
	p.tree.DragEnd()
}

func (t *Pane) where(id string) fyne.Position {
	x, y := t.tree.place(t.tree.symbol(id).At)
	return fyne.NewPos(x, y)
}

// A sister dragged to the left of her brother; an uncle's sister-in-law has
// nobody to change with; the ground moves the paper and changes nothing.
func TestDraggingASymbolGivesAnOrderOfBrothersAndSisters(t *testing.T) {
	p, _ := show(t, look.Light, hargreaves(), 528, 600)
	var order []string
	p.OnOrder = func(ids []string) { order = ids }
	_, row := p.siblings("s")
	if !reflect.DeepEqual(row, []string{"b", "p", "s"}) {
		t.Fatalf("the brothers and sisters stand %v", row)
	}
	pull(p, p.where("s"), p.where("b").AddXY(-40, 3))
	if !reflect.DeepEqual(order, []string{"s", "b", "p"}) {
		t.Errorf("dragged to the left end: %v", order)
	}
	order = nil
	pull(p, p.where("s"), p.where("s").AddXY(12, 0))
	if order != nil {
		t.Errorf("dragged and put back: %v", order)
	}
	pull(p, p.where("s"), p.where("b").AddXY(-40, 300))
	if !reflect.DeepEqual(order, []string{"s"}) {
		t.Errorf("dragged out of the row: %v", order)
	}
	order = nil
	if pull(p, fyne.NewPos(2, 2), fyne.NewPos(60, 40)); order != nil {
		t.Errorf("dragging the ground gives the order %v", order)
	}
}

func TestTheOtherButtonOpensTheMenuOfAPersonOrOfTheTree(t *testing.T) {
	p, _ := show(t, look.Light, hargreaves(), 528, 600)
	var asked []string
	p.OnMenu = func(id string, _ fyne.Position) { asked = append(asked, id) }
	p.tree.TappedSecondary(&fyne.PointEvent{Position: p.where("a")})
	p.tree.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(2, 2)})
	if !reflect.DeepEqual(asked, []string{"a", ""}) {
		t.Errorf("menus for %q", asked)
	}
}

func TestNamesAreShownOnlyWhereTheyAreAskedFor(t *testing.T) {
	c := hargreaves()
	c.People[2].Name = "Alan"
	p, _ := show(t, look.Light, c, 528, 600)
	has := func(names bool) bool {
		for _, m := range p.Paper(names).Shapes {
			if m.Text == "Alan" {
				return true
			}
		}
		return false
	}
	if has(false) || !has(true) || !p.HasNames() {
		t.Errorf("without names: %v, with: %v", has(false), has(true))
	}
}
