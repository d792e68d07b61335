package consult

import (
	"slices"
	"strings"
	"testing"

	"kindred/app/store"
	"kindred/rules"
	"kindred/rules/truth"
)

// carrier is a woman with a variant found and a family around her.
func carrier(t testing.TB, s *Service) *Record {
	t.Helper()
	r := s.Start(miriam)
	r.Notes = "Seen with her husband."
	p := r.Patient()
	p.Facts["genetics.fh"] = rules.Answer{Choice: "positive", When: "2026-11-02"}
	p.Facts["family.fh_gene"] = rules.Answer{Choice: "LDLR"}
	p.Facts["lipid.ldl"] = rules.Answer{Number: truth.Exactly(7.77)}
	p.Conditions = []rules.Condition{{Name: "myocardial_infarction", Age: truth.Exactly(39), Present: truth.Yes}}
	for _, rel := range []string{"mother", "father", "brother", "maternal aunt", "daughter", "maternal cousin"} {
		r.Case.People = append(r.Case.People, rules.Person{
			ID: strings.ReplaceAll(rel, " ", "_"), Relation: rel, Age: truth.Any(), Alive: truth.Yes, Facts: map[string]rules.Answer{},
		})
	}
	r.person("mother").Conditions = []rules.Condition{{Name: "stroke", Age: truth.Exactly(61), Present: truth.Yes}}
	r.person("brother").Age = truth.Exactly(44)
	r.person("brother").Name = "Bartholomew"
	if err := s.Save(ctx, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func (s *Service) mustOpen(t *testing.T, id string) *Record {
	t.Helper()
	r, err := s.Open(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (s *Service) mustSave(t *testing.T, r *Record) {
	t.Helper()
	if err := s.Save(ctx, r); err != nil {
		t.Fatal(err)
	}
}

// opened is the consultation of a relative's own, made.
func opened(t testing.TB, s *Service, r *Record, person string) *Record {
	t.Helper()
	p, err := s.ProposeRelative(r, person, Carry{})
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.OpenRelative(ctx, r, p)
	if err != nil {
		t.Fatal(err)
	}
	return other
}

func fh(t *testing.T, s *Service) *rules.CascadeInfo {
	t.Helper()
	for _, c := range s.cascades(s.Today()) {
		if c.Area == "fh" {
			return &c
		}
	}
	t.Fatal("FH follows nobody")
	return nil
}

func chance(t *testing.T, r *Record, person string) string {
	t.Helper()
	for _, a := range r.Advice.Areas {
		if a.Cascade != nil && a.Area == "fh" {
			for _, o := range a.Cascade.Offers {
				if o.Person == person {
					return o.Odds
				}
			}
		}
	}
	return ""
}

func TestABrothersConsultationBeginsWithWhatHisTestNeedsAndNothingElse(t *testing.T) {
	s := service(t)
	r := carrier(t, s)
	p, err := s.ProposeRelative(r, "brother", Carry{})
	if err != nil {
		t.Fatal(err)
	}
	if n := s.Count(); n != 1 {
		t.Fatalf("%d consultations before anybody agreed", n)
	}
	other, err := s.OpenRelative(ctx, r, p)
	if err != nil {
		t.Fatal(err)
	}
	got := s.mustOpen(t, other.ID)
	if got.Revision != 1 || got.PatientID == r.PatientID || got.Identity != (Identity{Sex: "male"}) {
		t.Errorf("opened %+v, revision %d, patient %s", got.Identity, got.Revision, got.PatientID)
	}
	var people []string
	for _, q := range got.Case.People {
		people = append(people, q.Relation)
	}
	if want := []string{"", "sister", "mother", "father", "maternal aunt", "niece", "maternal grandmother", "maternal grandfather"}; !slices.Equal(people, want) {
		t.Errorf("his family: %q, want %q", people, want)
	}
	facts := got.Patient().Facts
	if facts["family.fh_variant"].Bool != truth.Yes || facts["family.fh_gene"].Choice != "LDLR" || got.Patient().Age != truth.Exactly(44) {
		t.Errorf("he begins with %+v", got.Patient())
	}
	if a := got.Advice.Areas[0]; a.Outcome != rules.Cascade || a.Code != "R242.1" || chance(t, got, "brother") != "1 in 2" {
		t.Errorf("advice %s %s, chance %q", a.Outcome, a.Code, chance(t, got, "brother"))
	}
	body, err := encode(got, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Hargreaves", "Miriam", "1985", "9990000131", "7.77", "husband", "Bartholomew", `"stroke"`, `"myocardial_infarction"`} {
		if strings.Contains(string(body.Body), secret) || strings.Contains(strings.Join(p.Carried, " "), secret) {
			t.Errorf("his consultation holds %q", secret)
		}
	}
	if !strings.Contains(got.Notes, "From a relative's consultation, 23-Nov-2026: FH") || !strings.Contains(strings.Join(p.Carried, " "), "gene LDLR") {
		t.Errorf("where it came from: %q; said: %q", got.Notes, p.Carried)
	}
	if with, err := s.ProposeRelative(r, "mother", Carry{Illnesses: true}); err != nil || len(with.record.person("p").Conditions) > 0 {
		t.Errorf("the patient's own illness goes to the mother's consultation (%v)", err)
	}
	if _, err := s.ProposeRelative(r, "brother", Carry{}); err == nil {
		t.Error("he can get a second one")
	}
	events, err := s.Audit(ctx, 4)
	if err != nil || !slices.ContainsFunc(events, func(e store.Event) bool {
		return e.Action == store.ActSaved && e.Record == other.ID && e.Detail == "opened for a relative"
	}) {
		t.Errorf("the trail does not say so: %+v (%v)", events, err)
	}
}

func TestWhatBecameOfAnOfferShowsInBothConsultations(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	his := opened(t, s, r, "brother").ID

	// Entered with the sister, it stands with him: on the list too.
	SetOffer(r.person("brother"), c, "offered", "2026-11-23")
	s.mustSave(t, r)
	b := s.mustOpen(t, his)
	if v := OfferValue(b.Patient(), c); v != "offered" || b.Revision != 2 {
		t.Fatalf("his offer: %q in revision %d", v, b.Revision)
	}
	if st := b.Standing("brother", "fh"); st.Elsewhere != r.ID || st.Day != "2026-11-23" {
		t.Errorf("where it was said: %+v", st)
	}
	// Entered with him, and only kept as a draft, it stands with the sister.
	SetOffer(b.Patient(), c, "result:positive", "2026-11-24")
	if err := s.SaveDraft(ctx, b); err != nil {
		t.Fatal(err)
	}
	a := s.mustOpen(t, r.ID)
	if v := OfferValue(a.person("brother"), c); v != "result:positive" || a.Standing("brother", "fh").Elsewhere != his {
		t.Fatalf("with the sister: %q", v)
	}
	// Taken back with him, it is taken back with her.
	SetOffer(b.Patient(), c, "offered", "2026-11-23")
	s.mustSave(t, b)
	if v := OfferValue(s.mustOpen(t, r.ID).person("brother"), c); v != "offered" {
		t.Errorf("after it was taken back: %q", v)
	}
	// A draft of his takes over what is said with the sister and stays a draft.
	b = s.mustOpen(t, his)
	b.Notes += "Rings on Monday."
	if err := s.SaveDraft(ctx, b); err != nil {
		t.Fatal(err)
	}
	a = s.mustOpen(t, r.ID)
	SetOffer(a.person("brother"), c, "declined", "2026-11-23")
	s.mustSave(t, a)
	b = s.mustOpen(t, his)
	if v := OfferValue(b.Patient(), c); !b.Draft || v != "declined" || !strings.Contains(b.Notes, "Monday") {
		t.Errorf("his draft: %v, %q, %q", b.Draft, v, b.Notes)
	}
	// What was saved replays as it was.
	if old, err := s.OpenRevision(ctx, his, 1); err != nil || OfferValue(old.Patient(), c) != "" {
		t.Errorf("his first revision was changed (%v)", err)
	}
	if err := s.st.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
}

func TestAMothersNegativeResultChangesEveryonesChance(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	her := opened(t, s, r, "mother")
	his := opened(t, s, r, "brother").ID
	if chance(t, s.mustOpen(t, r.ID), "maternal_aunt") != "1 in 4" {
		t.Fatal("the aunt's chance to begin with")
	}
	SetOffer(her.Patient(), c, "result:negative", "2026-11-23")
	s.mustSave(t, her)
	a := s.mustOpen(t, r.ID)
	if got := chance(t, a, "maternal_aunt"); got != "not expected" {
		t.Errorf("the aunt: %s", got)
	}
	if got := chance(t, a, "father"); got != "almost certain" {
		t.Errorf("the father, who must have passed it on: %s", got)
	}
	// The brother's consultation hears of it through his sister's.
	if got := chance(t, s.mustOpen(t, his), "maternal_aunt"); got != "not expected" {
		t.Errorf("the aunt, seen from the brother: %s", got)
	}
}

// What became of somebody else's offer is nobody's business but the person's
// own and of where the cascade is run.
func TestAnOfferToTheAuntIsNotToldToTheBrother(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	his := opened(t, s, r, "brother").ID
	her := opened(t, s, r, "maternal_aunt")
	SetOffer(her.Patient(), c, "declined", "2026-11-23")
	s.mustSave(t, her)
	if v := OfferValue(s.mustOpen(t, r.ID).person("maternal_aunt"), c); v != "declined" {
		t.Errorf("the carrier's consultation: %q", v)
	}
	if v := OfferValue(s.mustOpen(t, his).person("maternal_aunt"), c); v != "" {
		t.Errorf("the brother's consultation: %q", v)
	}
}

func TestTwoWhoDidNotKnowOfEachOtherAreBothKeptUntilSomebodySettlesIt(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	his := opened(t, s, r, "brother").ID
	a, b := s.mustOpen(t, r.ID), s.mustOpen(t, his) // two people at two desks
	SetOffer(a.person("brother"), c, "declined", "2026-11-23")
	SetOffer(b.Patient(), c, "tested", "2026-11-23")
	if err := s.SaveDraft(ctx, b); err != nil {
		t.Fatal(err)
	}
	s.mustSave(t, a)
	s.mustSave(t, b)
	a, b = s.mustOpen(t, r.ID), s.mustOpen(t, his)
	sa, sb := a.Standing("brother", "fh"), b.Standing("brother", "fh")
	if sa.Value != sb.Value || len(sa.Against) != 1 || !slices.Equal(sa.Against, sb.Against) || sa.Value == sa.Against[0] {
		t.Fatalf("one sees %+v, the other %+v", sa, sb)
	}
	SetOffer(b.Patient(), c, "declined", "2026-11-24")
	b.Settle("brother", "fh")
	if st := b.Standing("brother", "fh"); len(st.Against) > 0 {
		t.Errorf("after settling: %+v", st)
	}
	s.mustSave(t, b)
	for _, id := range []string{r.ID, his} {
		if st := s.mustOpen(t, id).Standing("brother", "fh"); st.Value != "declined" || len(st.Against) > 0 {
			t.Errorf("settled, yet %+v", st)
		}
	}
}

func TestACorrectedDayOfAResultIsHeardToo(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	b := opened(t, s, r, "brother")
	SetOffer(b.Patient(), c, "result:negative", "2026-11-10")
	s.mustSave(t, b)
	b = s.mustOpen(t, b.ID)
	SetOffer(b.Patient(), c, "result:negative", "2026-10-01")
	s.mustSave(t, b)
	a := s.mustOpen(t, r.ID)
	if got := OfferDay(a.person("brother"), c); got != "2026-10-01" {
		t.Errorf("his sister's consultation has the result of %s", got)
	}
	if n := len(s.mustOpen(t, b.ID).Kin.Said); n != 2 {
		t.Errorf("he said %d things, not 2", n)
	}
	s.mustSave(t, a)
	if n := len(s.mustOpen(t, r.ID).Kin.Said); n != len(r.Kin.Said) {
		t.Errorf("saving what was only heard says it again: %d statements, %d before", n, len(r.Kin.Said))
	}
}
