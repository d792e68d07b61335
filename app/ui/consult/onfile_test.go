package consult

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	domain "kindred/app/consult"
	"kindred/app/ui/look"
	"kindred/app/ui/uitest"
)

// The hazard: one digit wrong, and the advice lands in somebody else's record.
func TestANumberOnFileForSomebodyElseIsSaidBesideIt(t *testing.T) {
	s, d, host, win := open(t, look.Light, 1280, 800, nobody())
	d.onFile = &domain.Summary{ID: "c9", Identity: domain.Identity{Family: "Nowak", Given: "Zofia", Title: "Mrs", Born: "1988-02-11", NHSNumber: "9990000204"}, Saved: noon}
	s.Open(PatientStep)
	pg := s.pages[PatientStep].(*patientPage)
	test.Type(pg.family.Target(), "Hargreaves")
	test.Type(pg.nhs.Target(), "999 000 0204")
	if _, _, word := pg.status(); word != "NHS number to check" {
		t.Errorf("the step says %q", word)
	}
	win.Canvas().Unfocus()
	pg.nhs.Target().FocusLost() // it was typed into without the canvas knowing
	uitest.Golden(t, "patient-on-file", win.Canvas().Capture())
	s.m.save(nil)
	if d.saved != 0 || d.drafts == 0 || s.m.saveErr == nil {
		t.Errorf("%d revisions, %d drafts, trouble %v while the number is doubtful", d.saved, d.drafts, s.m.saveErr)
	}
	pg.onFile.open.OnPress()
	if host.opened != "c9" {
		t.Errorf("opened %q", host.opened)
	}
	if n := s.m.rec.Identity.NHSNumber; n != "" {
		t.Errorf("the other patient's number %q is still here and would be saved", n)
	}
	if _, _, word := pg.status(); strings.Contains(word, "check") {
		t.Errorf("without a number the step still says %q", word)
	}
}

func TestTheSamePatientSeenBeforeIsOfferedWithoutAWarning(t *testing.T) {
	s, d, host, _ := open(t, look.Light, 1280, 800, nobody())
	d.onFile = &domain.Summary{ID: "c7", Identity: domain.Identity{Family: "Hargreaves", NHSNumber: "9990000131"}, Saved: noon}
	s.Open(PatientStep)
	pg := s.pages[PatientStep].(*patientPage)
	test.Type(pg.family.Target(), "Hargreaves")
	test.Type(pg.nhs.Target(), "9990000131")
	if pg.onFile.other == nil || pg.onFile.differs {
		t.Fatalf("on file %v, differs %v", pg.onFile.other, pg.onFile.differs)
	}
	pg.onFile.open.OnPress()
	if host.opened != "c7" || s.m.rec.Identity.NHSNumber != "9990000131" {
		t.Errorf("opened %q, number %q", host.opened, s.m.rec.Identity.NHSNumber)
	}
}

func TestAMarriedNameKeepsItsNumberOnceSomebodySaysSo(t *testing.T) {
	s, d, _, _ := open(t, look.Light, 1280, 800, nobody())
	d.onFile = &domain.Summary{ID: "c7", Identity: domain.Identity{Family: "Price", NHSNumber: "9990000131"}, Saved: noon}
	s.Open(PatientStep)
	pg := s.pages[PatientStep].(*patientPage)
	test.Type(pg.family.Target(), "Hargreaves")
	test.Type(pg.nhs.Target(), "9990000131")
	pg.onFile.one.OnPress()
	s.m.save(nil)
	if d.saved != 1 || s.m.rec.Identity.NHSNumber != "9990000131" {
		t.Errorf("%d revisions, number %q", d.saved, s.m.rec.Identity.NHSNumber)
	}
	test.Type(pg.family.Target(), "-Smith")
	if !pg.onFile.doubtful() {
		t.Error("another name was typed since, and nobody is asked again")
	}
}
