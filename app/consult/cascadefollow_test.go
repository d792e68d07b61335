package consult

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kindred/app/store"
	"kindred/app/store/storetest"
)

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
