package consult

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/familytree"
	"kindred/app/ui/kit"
)

// The two things the right side of the family step shows where there is room
// for one.
const (
	questionsView = "questions"
	treeView      = "tree"
	bothView      = "both" // where there is room
)

// treePane is the family tree with what stands around it: the choice between
// it and the relative's questions, and the button that puts it on paper.
type treePane struct {
	pg   *familyPage
	pane *familytree.Pane
	view *kit.Segment
	wide *kit.Segment // the choice where both have room
	save *kit.Press

	reset *kit.Press // there when a symbol was dragged
}

func newTreePane(pg *familyPage) *treePane {
	t := &treePane{pg: pg, pane: familytree.New(pg.s.m.dict)}
	t.view = kit.NewSegment([]kit.Option{{Value: treeView, Label: "Tree"}, {Value: questionsView, Label: "Questions"}}, func(v string) {
		if v == "" { // one of them is always shown
			t.view.SetValue(questionsView)
		}
		pg.s.redrawForm()
	})
	t.view.SetSmall()
	t.view.SetValue(treeView)
	t.view.Words = "The family tree, or the questions about the chosen relative"
	t.wide = kit.NewSegment([]kit.Option{{Value: bothView, Label: "Both"}, {Value: treeView, Label: "Tree"}}, func(v string) {
		if v == "" {
			t.wide.SetValue(bothView)
		}
		pg.s.redrawForm()
	})
	t.wide.SetSmall()
	t.wide.SetValue(bothView)
	t.wide.Words = "The questions beside the tree, or the tree alone"
	t.save = kit.NewButton(kit.Plain, "savedown", "PDF", t.onPaper)
	t.save.Words = "Save the family tree as PDF; names only if you ask for them"
	t.pane.OnChoose = t.choose
	t.pane.OnOpen = t.open
	t.pane.OnMenu = t.menu
	t.pane.OnOrder = pg.order
	t.reset = kit.NewButton(kit.Plain, "", "Reset", pg.resetOrder)
	t.reset.Words = "Puts the symbols that were dragged back where they stand by age"
	return t
}

// show draws the family as it is now.
func (t *treePane) show() {
	t.pane.Remarks = t.pg.s.offersInTree()
	t.pane.Show(&t.pg.s.m.rec.Case, t.pg.chosen)
}

// ask brings the questions into view.
func (t *treePane) ask() {
	if t.view.Value() != questionsView || t.wide.Value() != bothView {
		t.view.SetValue(questionsView)
		t.wide.SetValue(bothView)
		t.pg.s.redrawForm()
	}
}

// choose follows a press on a symbol: the row gets the keyboard and with it
// the choice.
func (t *treePane) choose(id string) {
	if t.pg.s.m.person(id) == nil {
		return
	}
	if t.pg.s.step != FamilyStep {
		t.pg.choose(id)
		t.pg.s.Open(FamilyStep)
		return
	}
	t.pg.s.focus(t.pg.row(id))
}

// open goes to the questions about the person pressed again.
func (t *treePane) open(id string) {
	t.choose(id)
	if t.pg.s.m.person(id) != nil {
		t.pg.editor.focusFirst()
	}
}

// menu opens what can be done with a symbol, or with the tree.
func (t *treePane) menu(id string, at fyne.Position) {
	if t.pg.s.m.person(id) == nil {
		t.treeMenu(at)
		return
	}
	t.choose(id)
	t.pg.menuAt(id, at)
}

func (t *treePane) treeMenu(at fyne.Position) {
	names := "Show names"
	if t.pane.Names {
		names = "Hide names"
	}
	options := []kit.Option{{Value: "names", Label: names}, {Value: "pdf", Label: "Save as PDF, without names"}}
	if t.pane.HasNames() {
		options = append(options, kit.Option{Value: "named", Label: "Save as PDF, with names"})
	}
	options = append(options, kit.Option{Value: "reset", Label: "Everyone back in order of age"})
	kit.ShowMenuAt(kit.CanvasOf(t.pg.s.root), at, options, func(v string) {
		switch v {
		case "names":
			t.pane.Names = !t.pane.Names
			t.show()
		case "reset":
			t.pg.resetOrder()
		default:
			t.savePDF(v == "named")
		}
	})
}

// onPaper saves the tree, and asks first whether names go with it where there
// are any.
func (t *treePane) onPaper() {
	if !t.pane.HasNames() {
		t.savePDF(false)
		return
	}
	options := []kit.Option{{Value: "no", Label: "Without names"}, {Value: "yes", Label: "With names"}}
	kit.ShowMenu(t.save, options, "", 160, func(v string) { t.savePDF(v == "yes") })
}

func (t *treePane) savePDF(names bool) {
	d := t.pane.Paper(names)
	if d == nil {
		t.pg.s.host.Say("This family cannot be drawn")
		return
	}
	t.pg.s.host.Tree(t.pg.s.m.rec, d)
}

// bothW is the width from which tree and questions stand side by side.
const bothW = 900

// draw shows the questions and the tree at the right of the table.
func (t *treePane) draw(p *kit.Pen, x, w, h float32) {
	lw := p.Look().LineWidth()
	var questions fyne.CanvasObject = t.pg.editor.scroll
	if w >= bothW && t.wide.Value() == treeView {
		t.drawTree(p, x, 0, w, h, t.wide)
		return
	}
	if w >= bothW {
		qw := max(400, min(520, w*0.45))
		p.Put(questions, x, 0, qw, h)
		p.VLine(x+qw, 0, h)
		t.drawTree(p, x+qw+lw, 0, w-qw-lw, h, t.wide)
		return
	}
	if t.view.Value() == treeView {
		t.drawTree(p, x, 0, w, h, t.view)
		return
	}
	p.Put(t.view, x+20, 12, t.view.Width(), 28)
	p.Put(questions, x, familytree.BarH-8, w, h-familytree.BarH+8)
}

func (t *treePane) drawTree(p *kit.Pen, x, y, w, h float32, choice *kit.Segment) {
	p.Put(t.pane.Root, x, y, w, h)
	left := x + 20
	if choice != nil {
		p.Put(choice, left, y+12, choice.Width(), 28)
		left += choice.Width() + 12
	} else {
		left += p.Text(left, y+12, 0, "Family tree", kit.Title, kit.Left) + 16
	}
	if sw := t.save.Small(); left+sw+familytree.ZoomW+8 <= x+w && !t.pane.Empty() {
		p.Put(t.save, left, y+12, sw, 28)
		left += sw + 6
	}
	if rw := t.reset.Small(); t.pane.Moved() && left+rw+familytree.ZoomW <= x+w {
		p.Put(t.reset, left, y+12, rw, 28)
	}
}
