package consult

import (
	"strings"
	"testing"

	domain "kindred/app/consult"
	"kindred/app/sketch"
	"kindred/app/ui/look"
	"kindred/app/ui/uitest"
	"kindred/rules"
	"kindred/rules/truth"
)

// measured is Miriam with six years of results, treated from the third on.
func measured() *domain.Record {
	rec := miriam()
	p := &rec.Case.People[0]
	p.Facts["lipid.ldl"], p.Facts["lipid.basis"] = number(3.1, "2026-11-02"), rules.Answer{Choice: "on_treatment"}
	p.Facts["lipid.drug"], p.Facts["lipid.dose_mg"] = rules.Answer{Choice: "atorvastatin"}, number(40, "")
	for _, m := range []struct {
		day   rules.Date
		ldl   float64
		basis string
	}{{"2021-05-10", 6.4, "untreated"}, {"2022-06-14", 6.1, "untreated"}, {"2023-03-01", 4.2, ""}, {"2024-09-20", 2.9, "on_treatment"}} {
		facts := map[string]rules.Answer{"lipid.ldl": number(m.ldl, "")}
		if m.basis != "" {
			facts["lipid.basis"] = rules.Answer{Choice: m.basis}
		}
		p.Panels = append(p.Panels, rules.Panel{Date: m.day, Age: truth.Any(), Fasting: truth.Unknown, Facts: facts})
	}
	p.Panels = append(p.Panels, rules.Panel{Age: truth.Any(), Fasting: truth.Unknown, Facts: map[string]rules.Answer{"lipid.ldl": number(5, "")}})
	p.Medications = []rules.Medication{
		{Drug: "atorvastatin", DoseMG: 40, As: "Atorvastatin 40mg tablets", From: "2023"},
		{Drug: "ezetimibe", DoseMG: 10, As: "ezetimibe 10 mg od", From: "2024-06-01", To: "2025-09-30"},
	}
	return rec
}

func TestPanelsWithDatesMakeAPicture(t *testing.T) {
	s, d, _, win := open(t, look.Light, 1280, 1560, measured())
	adv := cannedFH()
	adv.Areas[0].Lines = []rules.Line{{Fact: "lipid.ldl", Name: "Simon Broome", Least: 4.9, Most: 4.9, Source: "CG71 appendix F"}, {Fact: "lipid.ldl", Name: "homozygous FH", Least: 13, Most: 13, Source: "CG71 1.1.8"}}
	d.canned = adv
	s.m.assess()
	s.Open(LipidStep)
	win.Canvas().Unfocus()
	pg := s.pages[LipidStep].(*lipidPage)
	tr, lines, left := pg.trend(s.m.dict.Fact("lipid.ldl"))
	if len(tr.Taken) != 5 || len(lines) != 2 || left != 1 {
		t.Errorf("%d measurements, %d lines, %d left out; want 5, 2 and 1 without a date", len(tr.Taken), len(lines), left)
	}
	marks := map[sketch.Status]int{}
	for _, m := range tr.Taken {
		marks[m.Status]++
	}
	if marks[sketch.Untreated] != 2 || marks[sketch.Treated] != 2 || marks[sketch.StatusUnknown] != 1 {
		t.Errorf("marks %v", marks)
	}
	uitest.Golden(t, "lipids-trend", win.Canvas().Capture())
	// One measurement is no trend.
	s.m.patient().Panels = nil
	if tr, _, _ := pg.trend(s.m.dict.Fact("lipid.ldl")); len(tr.Taken) != 1 {
		t.Errorf("%d measurements are left", len(tr.Taken))
	}
}

func TestTheRecordTextTellsOfPanelsWhereLipidsBearOnTheAdvice(t *testing.T) {
	s, d, host, _ := open(t, look.Light, 1280, 800, measured())
	adv := cannedFH()
	adv.Areas[0].Lines = []rules.Line{{Fact: "lipid.ldl", Name: "Simon Broome", Least: 4.9, Most: 4.9, Source: "CG71 appendix F"}}
	d.canned = adv
	s.m.assess()
	s.copyRecord()
	for _, want := range []string{
		"\nDate not known, treatment not known, perhaps Atorvastatin 40mg tablets, ezetimibe 10 mg od: LDL 5.0 mmol/L\n",
		"\n10-May-2021, untreated: LDL 6.4 mmol/L\n",
		"; ezetimibe 10 mg od, 01-Jun-2024 to 30-Sep-2025 (whether these are all is not known)\n",
	} {
		if strings.Count(host.copied, want) != 1 { // once: the other area reads no lipids
			t.Errorf("%q stands not once in\n%s", want, host.copied)
		}
	}
}

func TestWhatIsRarelyKnownFoldsAwayUntilSomebodyKnowsIt(t *testing.T) {
	s, _, _, _ := open(t, look.Light, 1280, 800, miriam())
	pg := s.pages[LipidStep].(*lipidPage)
	rare := *s.m.dict.Fact("lipid.tg")
	rare.Rare = true
	own := s.m.patient()
	if pg.folded(&rare) {
		t.Error("an answered row is folded away")
	}
	delete(own.Facts, rare.ID)
	if !pg.folded(&rare) {
		t.Error("a row nobody answered is in sight")
	}
	if plain := *s.m.dict.Fact("lipid.tg"); pg.folded(&plain) {
		t.Error("a row that is not rare is folded away")
	}
	own.Panels = []rules.Panel{{Fasting: truth.Unknown, Facts: map[string]rules.Answer{rare.ID: number(1.2, "")}}}
	if pg.folded(&rare) {
		t.Error("a row answered in an earlier panel is folded away")
	}
	own.Panels = nil
	pg.unfold.OnPress()
	if pg.folded(&rare) {
		t.Error("a row is folded away although somebody unfolded it")
	}
}
