package consult

import (
	"testing"

	"fyne.io/fyne/v2"

	"kindred/app/ui/look"
	"kindred/app/ui/uitest"
)

func TestTheTreeAndTheTableChooseTheSamePerson(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, miriam())
	s.Open(FamilyStep)
	fp := s.pages[FamilyStep].(*familyPage)
	fp.tree.pane.OnChoose("u")
	if fp.chosen != "u" || win.Canvas().Focused() != fyne.Focusable(fp.row("u")) {
		t.Errorf("chosen %q after pressing the uncle", fp.chosen)
	}
	win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if fp.tree.pane.Chosen() != "a" {
		t.Errorf("the plate is behind %q after ↓ to the aunt", fp.tree.pane.Chosen())
	}
	fp.tree.pane.OnChoose("p")
	if fp.chosen != "p" || win.Canvas().Focused() != fyne.Focusable(fp.row("p")) {
		t.Error("pressing the patient does not choose the first row")
	}
	fp.tree.pane.OnOpen("a")
	if fp.tree.view.Value() != questionsView || !fp.editor.age.Focused() {
		t.Error("pressing the aunt again does not ask about her")
	}
}

func TestTheTreeGrowsWithTheTableAndGoesOnPaper(t *testing.T) {
	s, _, host, _ := open(t, look.Light, 1280, 800, nobody())
	s.Open(FamilyStep)
	fp := s.pages[FamilyStep].(*familyPage)
	if !fp.tree.pane.Empty() {
		t.Error("a tree of nobody's family")
	}
	fp.addParents()
	if fp.tree.pane.Empty() {
		t.Error("the parents are not drawn")
	}
	fp.tree.save.OnPress()
	if host.trees != 1 {
		t.Errorf("%d trees saved", host.trees)
	}
	s.travel(false)
	s.travel(false)
	if !fp.tree.pane.Empty() {
		t.Error("the parents were taken back, yet they are still drawn")
	}
}

func TestTheQuestionsStandBesideTheTreeInAWideWindow(t *testing.T) {
	s, d, _, win := open(t, look.Light, 1920, 1080, miriam())
	d.canned = cannedFH()
	s.m.assess()
	s.Open(FamilyStep)
	win.Canvas().Unfocus()
	uitest.Golden(t, "family-wide", win.Canvas().Capture())
}
