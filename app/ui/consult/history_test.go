package consult

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2/test"

	"kindred/app/ui/look"
	"kindred/app/ui/shell"
)

// A name, a relative with an age, a cholesterol that was not understood, a
// relative removed: back to the beginning and forth to the end again.
func TestEveryChangeCanBeTakenBackAndMadeAgain(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, nobody())
	start := s.m.state()
	s.Open(PatientStep)
	test.Type(s.pages[PatientStep].(*patientPage).family.Target(), "Grant")
	s.Open(FamilyStep)
	fp := s.pages[FamilyStep].(*familyPage)
	fp.addParents()
	test.Type(fp.editor.age.Target(), "71")
	fp.remove(fp.relatives()[1].ID)
	s.Open(LipidStep)
	tc := row(t, s, "lipid.tc")
	win.Canvas().Focus(tc.box.Target())
	test.Type(tc.box.Target(), "8.4")
	test.Type(tc.box.Target(), "444")
	end := s.m.state()
	steps := 0
	for ; len(s.m.done) > 0; steps++ {
		s.Do(shell.Undo)
	}
	if got := s.m.state(); !reflect.DeepEqual(got.kase, start.kase) || got.id != start.id {
		t.Errorf("after %d steps back:\n%+v\nnot\n%+v", steps, got, start)
	}
	if s.step != PatientStep || s.pages[PatientStep].(*patientPage).family.Text() != "" || tc.box.Text() != "" {
		t.Errorf("the first change was on step 1; step %d, name %q, cholesterol %q", s.step+1, s.pages[PatientStep].(*patientPage).family.Text(), tc.box.Text())
	}
	for range steps {
		s.Do(shell.Redo)
	}
	if got := s.m.state(); !reflect.DeepEqual(got.kase, end.kase) || got.id != end.id {
		t.Errorf("after %d steps forth:\n%+v\nnot\n%+v", steps, got, end)
	}
	s.Do(shell.Undo)
	test.Type(s.pages[PatientStep].(*patientPage).given.Target(), "W")
	if _, ok := s.m.redoLast(); ok {
		t.Error("a new change leaves nothing to redo")
	}
}
