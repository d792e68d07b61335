package consult

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kindred/app/report"
	"kindred/app/store"
	"kindred/app/store/storetest"
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

// killed is the store as a process that was killed now would leave it.
func killed(t *testing.T, s *Service) *Service {
	t.Helper()
	dir := t.TempDir()
	names, err := os.ReadDir(s.st.Dir())
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if n.IsDir() || strings.HasSuffix(n.Name(), ".lock") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(s.st.Dir(), n.Name()))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, n.Name()), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	st, err := store.Open(dir, storetest.Passphrase, store.WithNow(clock))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() }) //nolint:errcheck // a copy
	return New(s.lib, st, clock)
}

func TestAKilledProgramLeavesBothConsultationsOrNeither(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	if n := killed(t, s).Count(); n != 1 {
		t.Fatalf("%d consultations", n)
	}
	his := opened(t, s, r, "brother")
	after := killed(t, s)
	a, b := after.mustOpen(t, r.ID), after.mustOpen(t, his.ID)
	if a.Standing("brother", "fh").Own != his.ID || b.Standing("p", "fh").Own != r.ID {
		t.Error("tied on one side only")
	}
	SetOffer(r.person("brother"), c, "tested", "2026-11-23")
	if err := s.SaveDraft(ctx, r); err != nil {
		t.Fatal(err)
	}
	after = killed(t, s)
	if v := OfferValue(after.mustOpen(t, his.ID).Patient(), c); v != "tested" {
		t.Errorf("typed with the sister a moment before, with him: %q", v)
	}
	if err := after.st.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
}

func TestEverythingInAKinComesBackAsItWas(t *testing.T) {
	n := 0
	k := &Kin{}
	for _, v := range []any{&k.Family, &k.From, &k.Members, &k.Links, &k.Carried, &k.Between} {
		fill(reflect.ValueOf(v).Elem(), &n)
	}
	k.Said = []Said{{ID: "a", N: 3, Member: "m", Area: "fh", Value: "offered", Day: "2026-11-23", At: clock(), Over: []string{"b"}}}
	e, err := encode(&Record{Kin: k}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(store.Stored{Body: e.Body})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(k, got.Kin, cmpopts.IgnoreUnexported(Kin{})); d != "" {
		t.Errorf("saved and read (-saved +read):\n%s", d)
	}
}

// Whatever is said where, in whatever order, by whoever had opened what when:
// in the end all consultations of the family say the same, and every statement
// stands or was answered.
func TestAllConsultationsOfAFamilyComeToSayTheSame(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	rnd := rand.New(rand.NewPCG(3, 9))
	values := []string{"", "offered", "declined", "tested", "result:positive", "result:negative"}
	for round := range 5 {
		r := carrier(t, s)
		r.ID, r.Revision = s.st.NewID(), 0
		s.mustSave(t, r)
		ids := []string{r.ID, opened(t, s, r, "brother").ID, opened(t, s, r, "mother").ID}
		onScreen := map[string]*Record{}
		for range 30 {
			id := ids[rnd.IntN(len(ids))]
			if onScreen[id] == nil {
				onScreen[id] = s.mustOpen(t, id)
			}
			rec := onScreen[id]
			switch rnd.IntN(5) {
			case 0, 1:
				who := []string{"brother", "mother"}[rnd.IntN(2)]
				SetOffer(rec.person(who), c, values[rnd.IntN(len(values))], "2026-11-23")
			case 2: // of what is on file: a window does not outlive another's save
				if n, err := s.st.Revisions(ctx, id); err != nil || n != rec.Revision {
					delete(onScreen, id)
					continue
				}
				if err := s.SaveDraft(ctx, rec); err != nil {
					t.Fatal(err)
				}
			case 3: // somebody else's save may have moved it on: then it is read again
				if s.Save(ctx, rec) != nil {
					delete(onScreen, id)
				}
			case 4:
				delete(onScreen, id)
			}
		}
		for _, rec := range onScreen {
			if s.Save(ctx, rec) != nil {
				continue
			}
		}
		for _, id := range ids { // everybody settles what is open, in turn
			rec := s.mustOpen(t, id)
			rec.Settle("brother", "fh")
			rec.Settle("mother", "fh")
			s.mustSave(t, rec)
		}
		want := ""
		for _, id := range ids {
			rec := s.mustOpen(t, id)
			got := ""
			for _, who := range []string{"brother", "mother"} {
				st := rec.Standing(who, "fh")
				value := OfferValue(rec.person(who), c)
				if hidden := !strings.HasPrefix(st.Value, ResultPrefix) && id != r.ID && rec.Case.Patient != who; hidden {
					continue
				}
				if len(st.Against) > 0 {
					t.Errorf("round %d: %s is still contradicted: %+v", round, who, st)
				}
				got += fmt.Sprintf(" %s=%s", who, value)
			}
			if id == r.ID {
				want = got
			} else if !strings.Contains(want, strings.TrimSpace(strings.Split(got, " mother")[0])) {
				t.Errorf("round %d: the carrier's says%s, %s says%s", round, want, rec.Case.Patient, got)
			}
		}
	}
}

func TestTheRegisterListsEverybodyOnceAndTheLongestWaitingFirst(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	SetOffer(r.person("mother"), c, "offered", "2026-11-20")
	SetOffer(r.person("brother"), c, "offered", "2026-10-02")
	s.mustSave(t, r)
	his := opened(t, s, r, "brother")
	his.Case.People = append(his.Case.People, rules.Person{ID: "his_son", Relation: "son", Age: truth.Any()}, rules.Person{ID: "old", Relation: "paternal grandfather", Alive: truth.No, Age: truth.Any()})
	s.mustSave(t, his)
	// A family of which only that there is a variant is known, kept as a draft.
	other := s.Start(Identity{Family: "Okafor", Sex: "female"})
	other.Patient().Facts["family.lynch_variant"] = rules.Answer{Bool: truth.Yes}
	if err := s.SaveDraft(ctx, other); err != nil {
		t.Fatal(err)
	}
	s.mustSave(t, s.Start(Identity{Family: "Nobody"}))

	g, err := s.CascadeRegister(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range g.Rows {
		text := fmt.Sprintf("%s %s: %s", row.Short, row.Who, row.Step.Word())
		if row.Odds != "" {
			text += ", " + row.Odds
		}
		if row.OwnName != nil {
			text += ", own"
		}
		got = append(got, text)
	}
	want := []string{
		"FH Daughter: Not offered yet, 1 in 2", "FH Father: Not offered yet, 1 in 2", "FH Son: Not offered yet, 1 in 4", "FH Maternal aunt: Not offered yet, 1 in 4",
		"FH Maternal cousin: Not offered yet, 1 in 8", "Lynch Patient: Not offered yet, own",
		"FH Brother: Offered, no answer, 1 in 2, own", "FH Mother: Offered, no answer, 1 in 2",
		"FH Paternal grandfather: Died untested, 1 in 4", "FH Patient: Has a result, almost certain, own",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if g.Families != 2 || g.Unread != 0 {
		t.Errorf("%d families, %d unread", g.Families, g.Unread)
	}
	// What was said with the brother counts at once; the register reads only what is new.
	SetOffer(his.Patient(), c, "result:negative", "2026-11-23")
	s.mustSave(t, his)
	g, err = s.CascadeRegister(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range g.Rows {
		if row.Who == "Brother" && row.Step != Found || row.Who == "Son" {
			t.Errorf("after his result: %+v", row)
		}
	}
	var file strings.Builder
	if err := g.Write(&file); err != nil || !strings.HasPrefix(file.String(), "PK") {
		t.Errorf("the workbook: %v", err)
	}
	if err := s.RegisterExported(ctx, g); err != nil {
		t.Fatal(err)
	}
	if events, err := s.Audit(ctx, 1); err != nil || events[0].Action != store.ActExported {
		t.Errorf("the trail: %+v (%v)", events, err)
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
