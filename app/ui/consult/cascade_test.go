package consult

import (
	"testing"

	"kindred/app/ui/look"
	"kindred/app/ui/uitest"
	"kindred/rules"
	"kindred/rules/truth"
)

func offer(t *testing.T, s *Screen, person string) rules.Offer {
	t.Helper()
	ar := s.areaAdvice("fh")
	if ar == nil || ar.Cascade == nil {
		t.Fatal("no list of whom to offer the test to")
	}
	for _, o := range ar.Cascade.Offers {
		if o.Person == person {
			return o
		}
	}
	t.Fatalf("%s is not in the list", person)
	return rules.Offer{}
}

// The mother's side drops out once she is found not to carry the variant, and
// what became of an offer stays with the person.
func TestOffersFollowTheResultsOfTheFamily(t *testing.T) {
	rec := miriam()
	rec.Case.People[0].Facts["genetics.fh"] = rules.Answer{Choice: "positive"}
	rec.Case.People = append(rec.Case.People,
		rules.Person{ID: "d", Relation: "daughter", Sex: "female", Age: truth.Exactly(9), Alive: truth.Yes},
		rules.Person{ID: "b", Relation: "brother", Sex: "male", Age: truth.Any(), Alive: truth.Yes})
	s, d, _, win := open(t, look.Light, 1280, 800, rec)
	s.Open(CheckStep)
	pg := s.pages[CheckStep].(*checkPage)
	if o := offer(t, s, "a"); o.Odds != "1 in 4" || offer(t, s, "d").Odds != "1 in 2" {
		t.Errorf("to begin with: %+v", o)
	}
	c := s.areaAdvice("fh").Cascade
	pg.offers.row("fh", "m", c).box.OnChange("result:negative")
	pg.offers.row("fh", "b", c).box.OnChange("offered")
	if a := s.m.person("m").Facts["genetics.fh"]; a.Choice != "negative" || a.When != "2026-11-23" {
		t.Errorf("the mother's result is %+v", a)
	}
	if o := offer(t, s, "a"); o.Odds != "not expected" {
		t.Errorf("the maternal aunt: %s", o.Odds)
	}
	if o := offer(t, s, "u"); o.Odds != "1 in 2" {
		t.Errorf("the paternal uncle: %s", o.Odds)
	}
	if o := offer(t, s, "b"); o.State != "offered" {
		t.Errorf("the brother: %+v", o)
	}
	win.Canvas().Unfocus()
	uitest.Golden(t, "check-cascade", win.Canvas().Capture())
	for id, want := range map[string]string{"b": "FH 1 in 2, offered", "m": "FH no variant", "a": ""} {
		if got := s.offersInTree()[id]; got != want {
			t.Errorf("under %s in the tree: %q, want %q", id, got, want)
		}
	}
	s.Open(FamilyStep)
	win.Canvas().Unfocus()
	uitest.Golden(t, "family-cascade", win.Canvas().Capture())
	s.Open(CheckStep)
	pg.offers.row("fh", "b", c).box.OnChange("")
	if _, kept := s.m.person("b").Facts["cascade.fh"]; kept {
		t.Error("an offer taken back is still recorded")
	}
	if d.drafts == 0 && s.m.seq != 3 {
		t.Errorf("%d changes", s.m.seq)
	}
}
