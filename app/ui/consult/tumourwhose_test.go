package consult

import (
	"testing"

	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/rules"
	"kindred/rules/truth"
)

func TestARelativesTumourIsEnteredAsTheirs(t *testing.T) {
	rec := nobody()
	rec.Case.People = append(rec.Case.People, rules.Person{ID: "m", Relation: "mother", Age: truth.Exactly(70), Alive: truth.Yes})
	s, _, _, win := open(t, look.Light, 1280, 800, rec)
	s.Open(TumourStep)
	pg := s.pages[TumourStep].(*tumourPage)
	if pg.whose.Value() != thePatient {
		t.Fatalf("opens on %q", pg.whose.Value())
	}
	pg.whose.OnChange("m")
	pg.addTumour()
	pg.site.OnChange("colorectal")
	pg.typeAge("66")
	for _, r := range pg.rows {
		if r.def.ID == "tumour.mlh1" {
			r.seg.OnChange("lost")
		}
	}
	win.Canvas().Capture()
	mother := pg.owner()
	if mother.ID != "m" || len(mother.Tumours) != 1 || mother.Tumours[0].MLH1 != "lost" || mother.Tumours[0].Age != truth.Exactly(66) {
		t.Errorf("the mother has %+v", mother.Tumours)
	}
	if len(s.m.patient().Tumours) != 0 {
		t.Errorf("the patient got %+v", s.m.patient().Tumours)
	}
	s.Do(shell.Undo)
	if got := pg.owner(); got.ID == "m" && len(got.Tumours) == 1 && got.Tumours[0].MLH1 == "lost" {
		t.Error("undo does not take the result back")
	}
	pg.show("", "tumour.mlh1") // the next question is about the patient's own
	if pg.owner() != s.m.patient() {
		t.Error("the card's question is answered for the mother")
	}
}
