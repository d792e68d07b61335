package consult

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	domain "kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
	"kindred/rules/truth"
)

// treated is Miriam with four panels and two medicines, and nothing said about
// how the panels were taken.
func treated() *domain.Record {
	rec := miriam()
	p := &rec.Case.People[0]
	delete(p.Facts, "lipid.basis")
	p.Facts["lipid.ldl"], p.Facts["lipid.medicines"] = number(3.0, "2026-11-02"), rules.Answer{Choice: "all"}
	for _, m := range []struct {
		day rules.Date
		ldl float64
	}{{"2018-03-01", 6.2}, {"2022-05-10", 2.9}, {"2024-09-20", 3.4}} {
		p.Panels = append(p.Panels, rules.Panel{Date: m.day, Age: truth.Any(), Fasting: truth.Unknown, Facts: map[string]rules.Answer{"lipid.ldl": number(m.ldl, "")}})
	}
	p.Medications = []rules.Medication{
		{Drug: "atorvastatin", DoseMG: 20, As: "Atorvastatin 20mg tablets", From: "2019-06", To: "2024-03"},
		{Drug: "ezetimibe", DoseMG: 10, As: "ezetimibe 10 mg od", From: "2021"},
	}
	return rec
}

func TestAMedicineIsUnderstoodWhileItIsTyped(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, nobody())
	s.Open(LipidStep)
	pg := s.pages[LipidStep].(*lipidPage)
	pg.medicines.add.OnPress()
	r := pg.medicines.list[0]
	if !r.text.Focused() {
		t.Error("the keyboard is not in the new row")
	}
	test.Type(r.text.Target(), "rosuva 20")
	m := func() rules.Medication { return s.m.patient().Medications[0] }
	if got := m(); got.Drug != "rosuvastatin" || got.DoseMG != 20 || r.echo != "rosuvastatin 20 mg · high-intensity" || r.doubt != "" {
		t.Errorf("rosuva 20 is kept as %+v and shown as %q %q", got, r.echo, r.doubt)
	}
	test.Type(r.text.Target(), " alternate days")
	if got := m(); got.DoseMG != 0 || !strings.Contains(r.doubt, "Dose left open") || r.text.Mood() != kit.Amber {
		t.Errorf("on alternate days: %+v, %q", got, r.doubt)
	}
	r.text.SetText("")
	test.Type(r.text.Target(), "wonderstatin 20")
	if got := m(); got.Drug != "" || got.As != "wonderstatin 20" || !strings.Contains(r.fault, "no lipid-lowering drug we know") || r.text.Mood() != kit.Red {
		t.Errorf("an unknown drug: %+v, %q", got, r.fault)
	}
	r.text.SetText("")
	test.Type(r.text.Target(), "Repatha")
	if !strings.Contains(r.echo, "cannot be estimated") {
		t.Errorf("Repatha shows as %q", r.echo)
	}
	canvas := win.Canvas()
	canvas.FocusNext() // the keyboard goes from the medicine to when it was started
	if !r.from.Focused() {
		t.Error("Tab does not lead from the medicine to its dates")
	}
	test.Type(r.from.Target(), "6/2019")
	test.Type(r.to.Target(), "2024")
	if got := m(); got.From != "2019-06" || got.To != "2024" || r.state.Value() != "yes" {
		t.Errorf("the dates are %+v, %q", got, r.state.Value())
	}
	r.state.TypedRune('s') // still taken: the date of stopping goes
	if got := m(); got.Stopped != truth.No || got.To != "" || r.to.Text() != "" {
		t.Errorf("still taken: %+v, the box says %q", got, r.to.Text())
	}
	r.drop.OnPress()
	if len(s.m.patient().Medications) != 0 || len(pg.medicines.list) != 0 {
		t.Error("the row is still there")
	}
	s.Do(shell.Undo)
	if got := s.m.patient().Medications; len(got) != 1 || got[0].As != "Repatha" || pg.medicines.list[0].text.Text() != "Repatha" {
		t.Errorf("undo brings back %+v", got)
	}
}

func TestThePanelsSayWhatTheyWereTakenOnByDate(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 1000, treated())
	s.Open(LipidStep)
	win.Canvas().Unfocus()
	pg := s.pages[LipidStep].(*lipidPage)
	for _, c := range []struct {
		index        int
		basis, taken string
	}{
		{currentPanel, "on_treatment", "ezetimibe 10 mg"},
		{0, "untreated", ""},
		{1, "on_treatment", "atorvastatin 20 mg + ezetimibe 10 mg"},
		{2, "on_treatment", "ezetimibe 10 mg"},
	} {
		if f := pg.footing(c.index); f.Basis != c.basis || f.Taken.String() != c.taken {
			t.Errorf("panel %d: %q on %q", c.index, f.Basis, f.Taken)
		}
	}
	uitest.Golden(t, "medicines", win.Canvas().Capture())
	// Any panel can be shown and edited, and is the one that is edited.
	pg.pick(0)
	c := pg.columns[1]
	if c.index != 0 || c.rows[1].box.Text() != "6.2" {
		t.Fatalf("the column shows panel %d with %q", c.index, c.rows[1].box.Text())
	}
	c.rows[1].typeNumber("6.4")
	if got := s.m.patient().Panels[0].Facts["lipid.ldl"].Number; got != truth.Exactly(6.4) {
		t.Errorf("the panel of 2018 holds %v", got)
	}
	c.basis.choose("untreated")
	pg.pick(1)
	pg.columns[1].basis.choose("untreated")
	if f := pg.footing(1); f.Clash != "Atorvastatin 20mg tablets" {
		t.Errorf("called untreated on a statin, nobody asks: %+v", f)
	}
}

func TestANewerPanelCanBePutFirst(t *testing.T) {
	s, _, _, _ := open(t, look.Light, 1280, 800, treated())
	s.Open(LipidStep)
	pg := s.pages[LipidStep].(*lipidPage)
	pg.add.OnPress()
	c := pg.columns[1]
	test.Type(c.date.Target(), "20-Nov-2026")
	c.rows[1].typeNumber("2.5")
	if !c.newer() {
		t.Fatal("nobody notices that it is newer")
	}
	n := len(s.m.patient().Panels)
	c.up.OnPress()
	p := s.m.patient()
	if got := p.Facts["lipid.ldl"]; got.Number != truth.Exactly(2.5) || got.When != "2026-11-20" || len(p.Panels) != n {
		t.Errorf("the current LDL is %+v", got)
	}
	if old := p.Panels[n-1]; old.Date != "2026-11-02" || old.Facts["lipid.ldl"].Number != truth.Exactly(3.0) {
		t.Errorf("what was current is kept as %+v", old)
	}
}

func TestDecimalsOfTheLaboratoryAreKept(t *testing.T) {
	s, _, _, _ := open(t, look.Light, 1280, 800, nobody())
	s.Open(LipidStep)
	pg := s.pages[LipidStep].(*lipidPage)
	ldl := pg.columns[0].rows[1]
	ldl.typeNumber("4.90")
	if a := (*pg.facts(currentPanel))["lipid.ldl"]; a.As != "4.90" || a.Number != truth.Exactly(4.9) {
		t.Errorf("4.90 is kept as %+v", a)
	}
	ldl.sync()
	if ldl.box.Text() != "4.90" {
		t.Errorf("and shown as %q", ldl.box.Text())
	}
}
