package consult

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"kindred/app/ui/look"
	"kindred/app/ui/uitest"
	"kindred/rules/truth"
)

// Two blood tests copied from a record: nothing is entered unasked, the newer
// becomes the current panel, the one that was current moves to the earlier ones.
func TestPastedResultsAreEnteredOnlyWhenSomebodySaysSo(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, miriam())
	s.Open(LipidStep)
	lp := s.pages[LipidStep].(*lipidPage)
	before := *lp.facts(-1)
	old, day := before["lipid.tc"], lp.dayOf(currentPanel)
	panels := len(s.m.patient().Panels)
	lp.askResults()
	r := lp.reading
	test.Type(r.text.Target(), "Total cholesterol 7.9 mmol/L (20-Nov-2026)\nLDL cholesterol 5.8 mmol/L (20-Nov-2026)\nTotal cholesterol 49 mmol/L (21-Nov-2026)\nHaemoglobin 134 g/L")
	if len(r.got.rows) != 2 || len(r.got.doubts) != 1 || r.got.foot != "1 other line about something else." {
		t.Fatalf("%d values, %d doubts, %q", len(r.got.rows), len(r.got.doubts), r.got.foot)
	}
	if got := (*lp.facts(-1))["lipid.tc"]; got.Number != old.Number || !r.take.Off() {
		t.Error("something is entered before anybody chose it")
	}
	r.got.rows[0].seg.TypedRune('y')
	r.got.rows[0].seg.TypedRune('e')
	win.Canvas().Unfocus()
	uitest.Golden(t, "paste-results", win.Canvas().Capture())
	r.got.rows[0].seg.SetValue("yes")
	r.count()
	r.enter()
	now := (*lp.facts(-1))["lipid.tc"]
	if now.Number != truth.Exactly(7.9) || now.When != "2026-11-20" {
		t.Errorf("the current total cholesterol is %+v", now)
	}
	if _, ok := (*lp.facts(-1))["lipid.ldl"]; ok {
		t.Error("an LDL that nobody chose, or of another day, stands in the new panel")
	}
	p := s.m.patient()
	if len(p.Panels) != panels+1 || p.Panels[0].Date != day || p.Panels[0].Facts["lipid.tc"].Number != old.Number {
		t.Errorf("what was current is not kept: %+v", p.Panels)
	}
	s.travel(false)
	if got := (*lp.facts(-1))["lipid.tc"]; got.Number != old.Number || len(s.m.patient().Panels) != panels {
		t.Error("one step back is before the whole paste")
	}
}
