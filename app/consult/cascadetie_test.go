package consult

import (
	"strings"
	"testing"

	"kindred/app/report"
	"kindred/rules"
	"kindred/rules/truth"
)

func TestALostConsultationIsToldAndLosesNothing(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	b := opened(t, s, r, "brother")
	SetOffer(b.Patient(), c, "result:negative", "2026-11-23")
	s.mustSave(t, b)
	a := s.mustOpen(t, r.ID)
	s.mustSave(t, a) // it is in a revision now
	a.Kin = a.Kin.clone()
	a.Kin.Links[0].Consultation = s.st.NewID() // as if an older copy had been put back
	s.mustSave(t, a)
	a = s.mustOpen(t, r.ID)
	n, why := a.MissingKin()
	if n != 1 || why == nil || !strings.Contains(why.Error(), "not among the consultations") || a.Standing("brother", "fh").Missing == nil {
		t.Errorf("%d missing: %v", n, why)
	}
	if v := OfferValue(a.person("brother"), c); v != "result:negative" {
		t.Errorf("his result: %q", v)
	}
	if err := s.Untie(ctx, a, "brother"); err != nil {
		t.Fatal(err)
	}
	if n, _ := s.mustOpen(t, r.ID).MissingKin(); n != 0 {
		t.Error("still missed after it was untied")
	}
}

func TestARelativeWhoWasHereBeforeIsTied(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	b := s.Start(Identity{Family: "Hargreaves", Given: "Tom", Born: "1982-01-09", Sex: "male", NHSNumber: "999 000 0042"})
	b.Patient().Facts["cascade.fh"] = rules.Answer{Choice: "tested"}
	b.Case.People = append(b.Case.People,
		rules.Person{ID: "x", Relation: "sister", Sex: "female", Age: truth.Any()}, rules.Person{ID: "y", Relation: "mother", Age: truth.Any()})
	if err := s.SaveDraft(ctx, b); err != nil { // never saved: a draft
		t.Fatal(err)
	}
	if found, err := s.SearchAll(ctx, "hargr t", 5); err != nil || len(found) != 1 || found[0].ID != b.ID {
		t.Errorf("a draft is found as %+v (%v)", found, err)
	}
	r := carrier(t, s)
	SetOffer(r.person("brother"), c, "offered", "2026-11-20")
	if _, err := s.ProposeTie(ctx, r, "mother", b.ID); err == nil {
		t.Error("a man was tied as the mother")
	}
	if _, err := s.ProposeTie(ctx, r, "brother", r.ID); err == nil {
		t.Error("the patient was tied as her own brother")
	}
	p, err := s.ProposeTie(ctx, r, "brother", b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if said := strings.Join(p.Carried, " "); !strings.Contains(said, "is the sister") || !strings.Contains(said, "mother") {
		t.Errorf("who is who: %q", said)
	}
	if _, err := s.TieRelative(ctx, r, p); err != nil {
		t.Fatal(err)
	}
	b = s.mustOpen(t, b.ID)
	if !b.Draft || b.Identity.Given != "Tom" || b.Patient().Facts["family.fh_variant"].Bool != truth.Yes {
		t.Errorf("his draft: %+v", b)
	}
	if v := OfferValue(b.person("x"), c); v != "result:positive" {
		t.Errorf("his sister: %q", v)
	}
	// Each had said something else about his test.
	a := s.mustOpen(t, r.ID)
	if st := a.Standing("brother", "fh"); len(st.Against) != 1 || st.Value != b.Standing(b.Case.Patient, "fh").Value {
		t.Errorf("his test: %+v", st)
	}
	if err := s.Untie(ctx, a, "brother"); err != nil {
		t.Fatal(err)
	}
	if st := s.mustOpen(t, b.ID).Standing("x", "fh"); st.Own != "" {
		t.Errorf("still tied: %+v", st)
	}
}

func TestALetterTellsNothingThatOnlyARelativesConsultationSays(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	SetOffer(r.person("mother"), c, "result:negative", "2026-11-20") // told by the patient
	his := opened(t, s, r, "brother")
	SetOffer(his.Patient(), c, "result:positive", "2026-11-23")
	s.mustSave(t, his)
	text := func(r *Record) string {
		return strings.Join(report.CascadeText(r.Told(r.Advice).Areas[0].Cascade), "\n")
	}
	hers := text(s.mustOpen(t, r.ID))
	if strings.Contains(hers, "brother") || !strings.Contains(hers, "mother: no variant") {
		t.Errorf("the carrier's text:\n%s", hers)
	}
	if got := text(s.mustOpen(t, his.ID)); strings.Contains(got, "sister") || strings.Contains(got, "Tested: mother") {
		t.Errorf("the brother's text:\n%s", got)
	}
}

// The daughter's consultation is opened from her uncle's; her mother's finds it.
func TestARelativesConsultationIsFoundThroughTheFamily(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	his := opened(t, s, r, "brother")
	hers := opened(t, s, s.mustOpen(t, his.ID), "daughter")
	a := s.mustOpen(t, r.ID)
	if st := a.Standing("daughter", "fh"); st.Own != hers.ID {
		t.Errorf("the daughter, seen from her mother: %+v", st)
	}
	if _, err := s.ProposeRelative(a, "daughter", Carry{}); err == nil {
		t.Error("she can get a second one")
	}
	SetOffer(a.person("daughter"), c, "offered", "2026-11-23")
	s.mustSave(t, a)
	d := s.mustOpen(t, hers.ID)
	if v := OfferValue(d.Patient(), c); v != "offered" || d.Revision != 2 || chance(t, d, "daughter") != "1 in 2" {
		t.Errorf("hers: %q in revision %d, chance %s", v, d.Revision, chance(t, d, "daughter"))
	}
}

func TestACarrierWhomTheOtherFamilyDoesNotListIsAddedThere(t *testing.T) {
	s := service(t)
	b := s.Start(Identity{Family: "Hargreaves", Given: "Tom", Born: "1950-01-09", Sex: "male"})
	b.Case.People = append(b.Case.People, rules.Person{ID: "r1", Relation: "daughter", Age: truth.Any()})
	s.mustSave(t, b)
	r := carrier(t, s)
	p, err := s.ProposeTie(ctx, r, "brother", b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if said := strings.Join(p.Carried, " "); !strings.Contains(said, "added there as sister") {
		t.Errorf("said: %q", said)
	}
	if len(p.Doubts) != 1 || !strings.Contains(p.Doubts[0], "44") || !strings.Contains(p.Doubts[0], "76") {
		t.Errorf("a man of 76 is tied as a brother of 44 without a word: %q", p.Doubts)
	}
	if _, err := s.TieRelative(ctx, r, p); err != nil {
		t.Fatal(err)
	}
	b = s.mustOpen(t, b.ID)
	if got := chance(t, b, "r1"); got != "1 in 4" || OfferValue(b.person("r2"), fh(t, s)) != "result:positive" {
		t.Errorf("his daughter's chance is %q", got)
	}
}
