package consult

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	domain "kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
	"kindred/rules/truth"
)

func area(t *testing.T, s *Screen, id string) rules.AreaAdvice {
	t.Helper()
	for _, a := range s.m.advice.Areas {
		if a.Area == id {
			return a
		}
	}
	t.Fatalf("no advice about %s", id)
	return rules.AreaAdvice{}
}

func TestPictures(t *testing.T) {
	picture := func(name string, k look.Kind, w, h float32, rec *domain.Record, adv *rules.Advice, st Step) {
		s, d, _, win := open(t, k, w, h, rec)
		d.canned = adv
		s.m.assess()
		s.Open(st)
		win.Canvas().Unfocus()
		uitest.Golden(t, name, win.Canvas().Capture())
	}
	for name, k := range look.Kinds {
		picture("lipids-"+name, k, 1280, 800, miriam(), cannedFH(), LipidStep)
	}
	picture("patient-empty", look.Light, 1280, 800, nobody(), cannedFH(), PatientStep)
	picture("family", look.Light, 1280, 800, miriam(), cannedFH(), FamilyStep)
	picture("family-empty", look.Light, 1280, 800, nobody(), cannedFH(), FamilyStep)
	picture("tumour", look.Light, 1280, 800, declan(), cannedLynch(), TumourStep)
	picture("check", look.Light, 1280, 800, miriam(), cannedFH(), CheckStep)
	picture("urgent", look.Light, 1280, 800, miriam(), cannedUrgent(), LipidStep)
	picture("lipids-wide", look.Light, 1920, 1080, miriam(), cannedFH(), LipidStep)
	picture("lipids-text-200", look.Light, 640, 400, miriam(), cannedFH(), LipidStep)
	long := miriam()
	long.Identity.Family, long.Identity.Given, long.Identity.Title = "Featherstonehaugh-Cholmondeley", "Wilhelmina", "Prof"
	picture("lipids-long-name-narrow", look.Light, 1024, 700, long, cannedFH(), LipidStep)
}

func TestNothingIsPreselectedForANewPatient(t *testing.T) {
	s, _, _, _ := open(t, look.Light, 1280, 800, nobody())
	lp, pp := s.pages[LipidStep].(*lipidPage), s.pages[PatientStep].(*patientPage)
	rows := lp.allRows()
	for _, sec := range pp.sections {
		rows = append(rows, sec.rows...)
	}
	if len(rows) < 13 {
		t.Fatalf("only %d questions", len(rows))
	}
	for _, r := range rows {
		switch {
		case r.seg != nil && r.seg.Value() != "", r.sel != nil && r.sel.Value() != "", r.box != nil && r.box.Text() != "":
			t.Errorf("%s is preselected", r.def.ID)
		}
	}
	if len(s.m.rec.Case.People[0].Facts) != 0 || s.m.seq != 0 {
		t.Error("opening the screen wrote into the record")
	}
}

func row(t *testing.T, s *Screen, fact string) *factRow {
	t.Helper()
	for _, r := range s.pages[LipidStep].(*lipidPage).allRows() {
		if r.def.ID == fact {
			return r
		}
	}
	t.Fatalf("no row for %s", fact)
	return nil
}

func TestAdviceChangesAsTheyType(t *testing.T) {
	s, _, _, _ := open(t, look.Light, 1280, 800, miriam())
	s.Open(LipidStep)
	if got := area(t, s, "fh").Outcome; got != rules.MoreInformation {
		t.Fatalf("to begin with: %s", got)
	}
	row(t, s, "sign.tendon_xanthoma").seg.TypedRune('n')
	row(t, s, "sign.arcus_before_45").seg.TypedRune('n')
	// The father's heart attack was at 54: the one answer that settles it.
	if s.advice.next.q == nil || s.advice.next.q.Person != "f" || s.advice.next.box == nil {
		t.Fatalf("the next question is %+v", s.advice.next.q)
	}
	test.Type(s.advice.next.box.Target(), "54")
	s.advice.next.box.Target().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := s.m.person("f").Conditions[0].Age; got != truth.Exactly(54) {
		t.Errorf("the father's age is %v", got)
	}
	if got := area(t, s, "fh").Outcome; got != rules.Test {
		t.Errorf("after the answer: %s", got)
	}
	// Taking it back brings the question back.
	s.Do(shell.Undo)
	if got := area(t, s, "fh").Outcome; got != rules.MoreInformation {
		t.Errorf("after undo: %s", got)
	}
}

func TestALetterAnswersAYesNoRow(t *testing.T) {
	s, _, _, _ := open(t, look.Light, 1280, 800, miriam())
	s.Open(LipidStep)
	r := row(t, s, "sign.tendon_xanthoma")
	for _, step := range []struct {
		key  rune
		want truth.K
	}{{'y', truth.Yes}, {'n', truth.No}, {'k', truth.Unknown}} {
		r.seg.TypedRune(step.key)
		if got, ok := r.at.get(r.def.ID); !ok || got.Bool != step.want {
			t.Errorf("%c: %v (recorded %v), want %v", step.key, got.Bool, ok, step.want)
		}
	}
	r.seg.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if _, ok := r.at.get(r.def.ID); ok {
		t.Error("Backspace does not clear: not known and not asked must differ")
	}
}

func TestNotKnownIsNotAskedAgain(t *testing.T) {
	s, _, _, _ := open(t, look.Light, 1280, 800, miriam())
	first := s.advice.next.key
	s.advice.next.seg.TypedRune('k')
	if s.advice.next.key == first {
		t.Error("the question nobody can answer is still on the card")
	}
}

func TestMilligramsAreReadAndSaidAndImpossibleValuesAreNotUsed(t *testing.T) {
	s, _, _, _ := open(t, look.Light, 1280, 800, nobody())
	s.Open(LipidStep)
	r := row(t, s, "lipid.ldl")
	test.Type(r.box.Target(), "313 mg/dL")
	if got, ok := r.at.get("lipid.ldl"); !ok || got.Number.Lo < 8.09 || got.Number.Lo > 8.1 {
		t.Errorf("313 mg/dL is kept as %v", got.Number)
	}
	if text, _ := r.message(); text != "read as 8.09 mmol/L" {
		t.Errorf("the box says %q", text)
	}
	r.box.SetText("")
	test.Type(r.box.Target(), "313")
	if _, ok := r.at.get("lipid.ldl"); ok {
		t.Error("313 mmol/L was used")
	}
	links := r.links()
	if len(links) != 1 || links[0].Label() != "Make it 8.1" {
		t.Fatalf("no cure is offered: %v", links)
	}
	links[0].OnPress()
	if got, _ := r.at.get("lipid.ldl"); got.Number != truth.Exactly(8.1) {
		t.Errorf("after the cure: %v", got.Number)
	}
}

func TestAnUnusualValueIsKeptWithAReason(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, nobody())
	s.Open(LipidStep)
	r := row(t, s, "lipid.ldl")
	test.Type(r.box.Target(), "14.2")
	if text, m := r.message(); text != "Above 12. Keep?" || m != kit.Amber {
		t.Errorf("the box says %q", text)
	}
	r.askWhy()
	test.Type(win.Canvas().Focused(), "repeated")
	win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !strings.Contains(s.m.rec.Notes, "LDL cholesterol 14.2 mmol/L kept: repeated") || r.box.Mood() != kit.Calm {
		t.Errorf("notes %q, mood %d", s.m.rec.Notes, r.box.Mood())
	}
	r.box.SetText("")
	test.Type(r.box.Target(), "14.3")
	if r.box.Mood() != kit.Amber {
		t.Error("another unusual value is not asked about")
	}
}

func TestUndoTakesANumberBackInOneGo(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, nobody())
	s.Open(LipidStep)
	r := row(t, s, "lipid.tc")
	win.Canvas().Focus(r.box.Target())
	test.Type(r.box.Target(), "8.4")
	s.Do(shell.Undo)
	if _, ok := r.at.get("lipid.tc"); ok || r.box.Text() != "" {
		t.Errorf("after undo the box says %q", r.box.Text())
	}
}

func TestTabReachesEveryBoxOfEveryStep(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, miriam())
	s.pages[LipidStep].(*lipidPage).unfold.OnPress()
	for st := PatientStep; st <= CheckStep; st++ {
		s.Open(st)
		want := map[fyne.Focusable]string{}
		for _, r := range stepRows(s, st) {
			o, _ := r.control()
			if f, ok := o.(fyne.Focusable); ok {
				want[f] = r.def.ID
			} else {
				want[r.box.Target()] = r.def.ID
			}
		}
		start := win.Canvas().Focused()
		for range 400 {
			delete(want, win.Canvas().Focused())
			win.Canvas().FocusNext()
			if win.Canvas().Focused() == start {
				break
			}
		}
		for _, id := range want {
			if id != "lipid.non_hdl" { // worked out, so it has no box
				t.Errorf("step %d: Tab never reaches %s", st+1, id)
			}
		}
	}
}

func stepRows(s *Screen, st Step) []*factRow {
	switch st {
	case LipidStep:
		return s.pages[st].(*lipidPage).allRows()
	case PatientStep:
		var rows []*factRow
		for _, sec := range s.pages[st].(*patientPage).sections {
			rows = append(rows, sec.rows...)
		}
		return rows
	}
	return nil
}

func TestAFamilyByKeyboardAlone(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, nobody())
	s.Open(FamilyStep)
	win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // Add parents
	if n := len(s.m.rec.Case.People); n != 3 {
		t.Fatalf("%d people after adding parents", n)
	}
	test.Type(win.Canvas().Focused(), "71")
	for range 2 { // the mother's line, then the father's, which stays empty
		win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if got := s.m.person("r1").Age; got != truth.Exactly(71) {
		t.Errorf("the mother's age is %v", got)
	}
	fp := s.pages[FamilyStep].(*familyPage)
	fp.open("r1")
	heart := fp.editor.topics[0].rows[0]
	heart.seg.TypedRune('y')
	test.Type(heart.age.Target(), "50s")
	c := s.m.person("r1").Conditions[0]
	if c.Name != "myocardial_infarction" || c.Present != truth.Yes || c.Age != (truth.Span{Lo: 50, Hi: 59}) {
		t.Errorf("recorded %+v", c)
	}
	if cell := s.m.topicCell(s.m.person("r1"), "heart", 1); cell.text != "Yes, 50s" {
		t.Errorf("the table says %q", cell.text)
	}
	if cell := s.m.topicCell(s.m.person("r2"), "heart", 1); cell.text != "Not asked" {
		t.Errorf("nobody asked about the father, yet the table says %q", cell.text)
	}
	fp.asked["heart"].OnChange("1")
	if cell := s.m.topicCell(s.m.person("r2"), "heart", 1); cell.text != "No" {
		t.Errorf("asked to first degree, the father says %q", cell.text)
	}
}

func TestANumberThatFailsItsCheckDigitIsSaidAloud(t *testing.T) {
	s, _, _, _ := open(t, look.Light, 1280, 800, nobody())
	pp := s.pages[PatientStep].(*patientPage)
	test.Type(pp.nhs.Target(), "9990000132")
	if pp.nhs.Text() != "999 000 0132" || pp.nhsErr == "" || s.m.rec.Identity.NHSNumber != "" {
		t.Errorf("%q, says %q, keeps %q", pp.nhs.Text(), pp.nhsErr, s.m.rec.Identity.NHSNumber)
	}
	pp.nhs.SetText("")
	test.Type(pp.nhs.Target(), "9990000131")
	if s.m.rec.Identity.NHSNumber != "9990000131" || pp.nhsErr != "" {
		t.Errorf("keeps %q, says %q", s.m.rec.Identity.NHSNumber, pp.nhsErr)
	}
}

func TestLeavingSavesAndAFailedSaveSaysSo(t *testing.T) {
	s, d, host, _ := open(t, look.Light, 1280, 800, miriam())
	s.Leave()
	if d.saved != 0 {
		t.Error("looking at a consultation made a revision")
	}
	row(t, s, "sign.arcus_before_45").seg.TypedRune('n')
	s.Leave()
	if d.saved != 1 || d.last.Advice == nil || d.last.Revision != 2 {
		t.Errorf("saved %d times, revision %d", d.saved, d.last.Revision)
	}
	row(t, s, "sign.arcus_before_45").seg.TypedRune('y')
	d.err = context.DeadlineExceeded
	s.Leave()
	if note, _, _ := s.saveNote(); !strings.HasPrefix(note, "Not saved") || host.said == "" {
		t.Errorf("the banner says %q, the status bar %q", note, host.said)
	}
}

func TestTheRecordTextNeverSaysHas(t *testing.T) {
	s, _, host, _ := open(t, look.Light, 1280, 800, miriam())
	s.Do(shell.CopyRecord)
	if !strings.Contains(host.copied, "Familial hypercholesterolaemia assessment, 23-Nov-2026") || !strings.Contains(host.copied, "not signed off") {
		t.Errorf("copied:\n%s", host.copied)
	}
	if strings.Contains(host.copied, " has FH") || strings.Contains(host.copied, "positive for") {
		t.Errorf("copied:\n%s", host.copied)
	}
}

func TestAnOldConsultationReplaysItsDayUntilItIsWorkedOn(t *testing.T) {
	old := miriam()
	old.Case.Date = "2025-01-15"
	s, _, host, _ := open(t, look.Light, 1280, 800, old)
	if s.m.rec.Case.Date != "2025-01-15" || s.m.patient().Age != truth.Exactly(39) {
		t.Errorf("looked at, it is of %s, age %v", s.m.rec.Case.Date, s.m.patient().Age)
	}
	row(t, s, "sign.arcus_before_45").seg.TypedRune('n')
	if s.m.rec.Case.Date != "2026-11-23" || s.m.patient().Age != truth.Exactly(41) || host.said == "" {
		t.Errorf("worked on, it is of %s, age %v; said %q", s.m.rec.Case.Date, s.m.patient().Age, host.said)
	}
}

func TestThePatientsOwnHeartAttackHasAPlace(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, miriam())
	s.advice.next.follow(&rules.Question{Fact: "asked.heart", Topic: "heart", MaxDegree: 2, Question: "Has anyone had a heart attack?", Cost: 1}, &s.m.advice.Areas[0])
	s.advice.next.seg.TypedRune('2') // The patient
	if s.step != PatientStep {
		t.Fatalf("the answer leads to step %d", s.step+1)
	}
	row := s.pages[PatientStep].(*patientPage).own.topics[0].rows[0]
	if win.Canvas().Focused() != fyne.Focusable(row.seg) {
		t.Error("the keyboard is not on the patient's heart attack")
	}
	row.seg.TypedRune('y')
	test.Type(row.age.Target(), "2020")
	got := s.m.patient().Conditions
	if len(got) != 1 || got[0].Name != "myocardial_infarction" || got[0].Age.Lo < 34 || got[0].Age.Hi > 35 {
		t.Errorf("recorded %+v", got)
	}
}
