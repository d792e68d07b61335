package consult

import (
	"testing"

	"kindred/app/ui/look"
	"kindred/app/ui/uitest"
	"kindred/rules"
	"kindred/rules/truth"
)

// What is worked out stands under the boxes and fills none; what lies near a
// line says so beside its box.
func TestWorkedOutValuesFillNoBox(t *testing.T) {
	rec := miriam()
	p := &rec.Case.People[0]
	delete(p.Facts, "lipid.ldl")
	p.Facts["lipid.tg"], p.Facts["lipid.tc"] = number(4.7, "2026-11-02"), number(7.6, "2026-11-02")
	p.Panels = []rules.Panel{{Date: "2024-03-04", Age: truth.Exactly(38), Fasting: truth.Unknown, Facts: map[string]rules.Answer{
		"lipid.ldl": number(3, ""), "lipid.basis": {Choice: "on_treatment"}, "lipid.drug": {Choice: "rosuvastatin"}, "lipid.dose_mg": number(40, ""),
	}}}
	s, d, _, win := open(t, look.Light, 1280, 800, rec)
	adv := cannedFH()
	adv.Areas[0].Notes = []rules.Note{{ID: "fh.near_sb_tc", About: "lipid.tc", Text: "Total cholesterol 7.6 mmol/L lies within 0.1 mmol/L of the Simon Broome line. Decide on the value as the laboratory reported it, and repeat it."}}
	d.canned = adv
	s.m.assess()
	s.Open(LipidStep)
	win.Canvas().Unfocus()
	uitest.Golden(t, "lipids-worked-out", win.Canvas().Capture())
	if _, filled := s.m.patient().Facts["lipid.ldl"]; filled || row(t, s, "lipid.ldl").box.Text() != "" {
		t.Error("a worked-out value stands in the box")
	}
	if got := s.remarks("lipid.tc"); len(got) != 1 {
		t.Errorf("beside total cholesterol: %v", got)
	}
}
