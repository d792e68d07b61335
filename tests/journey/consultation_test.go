package journey

import (
	"context"
	"image"
	"testing"
	"time"

	"kindred/app/consult"
	"kindred/app/demo"
	"kindred/app/store"
	"kindred/rules"
	"kindred/rules/truth"
)

// Where things stand in a window of 1280 by 800.
var (
	adviceColumn = image.Rect(880, 100, 1280, 770)
	answerIcon   = image.Rect(874, 116, 910, 154) // beside the answer, at its top
)

// The colours of the light theme that the walks look for.
var (
	metGreen    = [3]uint8{0x17, 0x66, 0x3D}
	unknownPlum = [3]uint8{0x6A, 0x3A, 0x7C}
)

func shows(img image.Image, area image.Rectangle, c [3]uint8) bool {
	return share(img, area, c[0], c[1], c[2]) > 0.0005
}

// A consultation, by keyboard but for one click: a new patient, her family, her lipids, the
// questions that the card asks, advice that turns to a test, saved, found
// again, edited. Then the power goes, and what was on screen is still there.
func TestConsultationToAdviceAndBack(t *testing.T) {
	data := t.TempDir()
	display := startDisplay(t)
	w := startWindow(t, display, "consultation", "--demo", "--data", data)
	unlockDemonstration(w)
	w.keep("home")

	w.keys("ctrl+n")
	w.title("Patient")
	w.write("Journey")
	w.keys("Tab")
	w.write("Miriam")
	w.keys("Tab")
	w.write("Mrs")
	w.keys("Tab")
	w.write("14-Mar-1985")
	w.keys("Tab", "f", "Tab")
	w.write("9990007705")
	w.keep("patient")

	w.keys("alt+2")
	w.title("Family")
	w.keys("Return") // adds the parents, the keyboard goes to the line about the mother
	w.write("alive 68")
	w.keys("Return")
	w.write("died 71, heart attack 54")
	w.keys("Return")
	w.keep("family")

	w.keys("alt+3")
	w.title("Lipids and signs")
	before := w.settle()
	w.keys("Tab", "u", "Tab") // untreated
	w.write("8.4")
	w.keys("Tab")
	w.write("6.3")
	w.keys("Tab")
	w.until("other advice beside the lipids, with a question still open", time.Minute, func(img image.Image) bool {
		return changed(before, img, adviceColumn) > 500 && shows(img, answerIcon, unknownPlum)
	})
	w.keep("lipids")

	// The card asks; Y answers in place and brings the next question.
	for range 2 {
		w.keys("ctrl+j", "y")
		w.settle()
	}
	w.until("a test as indicated", time.Minute, func(img image.Image) bool {
		return shows(img, answerIcon, metGreen)
	})
	w.keep("questions-answered")
	w.keys("ctrl+e")
	w.keep("reasons")
	w.keys("alt+5")
	w.title("Check and send")
	w.keep("check")
	w.keys("ctrl+s")
	w.settle()

	w.click(170, 24) // the tab Home
	w.title("Home")
	w.write("journey")
	w.settle()
	w.keep("found")
	w.keys("Return")
	w.title("Lipids and signs")
	w.keep("reopened")
	w.keys("alt+3", "Tab", "Tab", "Tab")
	w.keys("ctrl+a")
	w.write("7.1")
	w.keys("Tab")
	w.keys("ctrl+s")
	w.keep("edited")
	w.write("1.4") // HDL cholesterol, never saved by hand
	time.Sleep(2 * time.Second)
	w.crash()

	again := startWindow(t, display, "after-a-crash", "--demo", "--data", data)
	unlockDemonstration(again)
	again.keep("home")
	again.end()

	checkJourneysRecord(t, data)
}

func unlockDemonstration(w *window) {
	w.t.Helper()
	w.title("Unlock")
	w.keep("unlock")
	w.write(demo.Passphrase)
	w.keys("Return")
	w.title("Home")
}

// checkJourneysRecord opens the store as the program would and reads what the
// walk left behind.
func checkJourneysRecord(t *testing.T, data string) {
	t.Helper()
	ctx := context.Background()
	folder, err := demo.Dir(data)
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(folder, demo.Passphrase)
	if err != nil {
		t.Fatalf("the store does not open after the walk: %v", err)
	}
	defer st.Close()
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	svc := consult.New(lib, st, nil)
	found, err := svc.Search(ctx, "Journey", 5)
	if err != nil || len(found) != 1 {
		t.Fatalf("searching for the patient of the walk gave %d consultations, error %v", len(found), err)
	}
	revisions, err := svc.History(ctx, found[0].ID)
	if err != nil || len(revisions) < 2 {
		t.Fatalf("the consultation has %d revisions, want at least 2 (error %v)", len(revisions), err)
	}
	saved := revisions[0]
	if id := saved.Identity; id.Family != "Journey" || id.Given != "Miriam" || id.Born != "1985-03-14" || id.Sex != "female" || id.NHSNumber != "9990007705" {
		t.Errorf("who she is was not kept as typed: born %s, sex %s", id.Born, id.Sex)
	}
	if ldl := lipid(saved, "lipid.ldl"); ldl != truth.Exactly(7.1) {
		t.Errorf("LDL cholesterol is %s after the edit, want 7.1", ldl)
	}
	if tc := lipid(saved, "lipid.tc"); tc != truth.Exactly(8.4) {
		t.Errorf("total cholesterol is %s, want 8.4", tc)
	}
	if !fatherHadAHeartAttackAt54(saved.Case) {
		t.Error("the father's heart attack at 54 was not kept")
	}
	if got := outcome(saved, "fh"); got != rules.Test {
		t.Errorf("the advice saved for FH is %q, want %q", got, rules.Test)
	}
	record, err := svc.Open(ctx, saved.ID)
	if err != nil {
		t.Fatal(err)
	}
	if hdl := lipid(record, "lipid.hdl"); hdl != truth.Exactly(1.4) {
		t.Errorf("HDL cholesterol typed two seconds before the crash is %s, want 1.4", hdl)
	}
}

// lipid is a value of the newest panel, or of the patient where no panel has it.
func lipid(r *consult.Record, fact string) truth.Span {
	p := r.Patient()
	if p == nil {
		return truth.Any()
	}
	for _, panel := range p.Panels {
		if a, ok := panel.Facts[fact]; ok {
			return a.Number
		}
	}
	if a, ok := p.Facts[fact]; ok {
		return a.Number
	}
	return truth.Any()
}

func fatherHadAHeartAttackAt54(c rules.Case) bool {
	for _, p := range c.People {
		for _, had := range p.Conditions {
			if p.Sex == "male" || p.Relation == "father" || p.ID != c.Patient {
				if had.Name == "myocardial_infarction" && had.Age == truth.Exactly(54) {
					return true
				}
			}
		}
	}
	return false
}

func outcome(r *consult.Record, area string) rules.Outcome {
	if r.Advice == nil {
		return ""
	}
	for _, a := range r.Advice.Areas {
		if a.Area == area {
			return a.Outcome
		}
	}
	return ""
}

// The first start on an empty folder: passphrase, recovery code confirmed, home.
func TestFirstRunSetsThePassphraseAndWantsTheCodeBack(t *testing.T) {
	data := t.TempDir()
	w := startWindow(t, startDisplay(t), "first-run", "--data", data)
	w.title("First run")
	w.keep("passphrase")
	const passphrase = "several quiet words here"
	w.write(passphrase)
	w.keys("Tab", "Tab")
	w.write(passphrase)
	w.keys("Return")
	w.title("Recovery code")
	w.keep("recovery-code")
	w.keys("Tab", "Tab", "space") // copies the code
	w.keys("shift+Tab", "shift+Tab", "ctrl+v", "Return")
	w.title("Home")
	w.keep("home")
	w.end()
	st, err := store.Open(data, passphrase)
	if err != nil {
		t.Fatalf("the passphrase of the first run does not open the store: %v", err)
	}
	st.Close()
}
