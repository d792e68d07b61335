package family

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"kindred/rules/truth"
)

// randomFamily draws up to n people linked by parents, a few by word, with
// illness that is partly unknown.
func randomFamily(t *rapid.T, n int) *Family {
	f := &Family{Patient: "0", Asked: []int8{int8(rapid.IntRange(-1, 3).Draw(t, "asked"))}}
	f.UnknownSides = Sides(rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3}).Draw(t, "unknown sides"))
	size := rapid.IntRange(1, n).Draw(t, "size")
	for i := range size {
		m := person(strconv.Itoa(i), "", Sex(1+i%2))
		if i > 0 {
			m.Sex = Sex(rapid.IntRange(0, 2).Draw(t, "sex"))
		}
		for range rapid.IntRange(0, 2).Draw(t, "conditions") {
			c := Condition{Kind: rapid.SampledFrom([]Kind{bowel, breast}).Draw(t, "kind")}
			c.Present = rapid.SampledFrom([]truth.K{truth.Yes, truth.Yes, truth.No, truth.Unknown}).Draw(t, "present")
			c.Confirmed = rapid.SampledFrom([]truth.K{truth.Yes, truth.No, truth.Unknown}).Draw(t, "confirmed")
			c.Age = rapid.SampledFrom([]truth.Span{truth.Exactly(40), truth.Exactly(60), {Lo: 40, Hi: 60}, truth.Any()}).Draw(t, "age")
			m.Conditions = append(m.Conditions, c)
		}
		f.Members = append(f.Members, m)
	}
	// Parents come later in the list, so nobody is their own ancestor.
	for i := range size {
		for k := i + 1; k < size; k++ {
			switch m, link := &f.Members[i], rapid.IntRange(0, 3).Draw(t, "link"); {
			case link == 0 && m.Mother == "" && f.Members[k].Sex != Male:
				m.Mother = f.Members[k].ID
				f.Members[k].Sex = Female
			case link == 1 && m.Father == "" && f.Members[k].Sex != Female:
				m.Father = f.Members[k].ID
				f.Members[k].Sex = Male
			}
		}
	}
	words := []string{"sister", "maternal aunt", "paternal half-brother", "son", "niece", "maternal cousin", "paternal cousin", "partner", "maternal great-aunt", "aunt"}
	for i := 1; i < size; i++ {
		if m := &f.Members[i]; m.Mother == "" && m.Father == "" {
			used := false
			for k := range f.Members {
				used = used || f.Members[k].Mother == m.ID || f.Members[k].Father == m.ID
			}
			if !used {
				m.Sex, m.Relation = SexUnknown, rapid.SampledFrom(words).Draw(t, "word")
			}
		}
	}
	return f
}

// buildOrSkip builds the graph; families that cannot be are no test.
func buildOrSkip(t *rapid.T, f *Family) *Graph {
	g, err := New(testVocabulary, f)
	if err != nil {
		t.Skip(err)
	}
	return g
}

// questions are one of each sort.
func questions() (rs []*Relatives, cs []*Cluster) {
	young := NewRelatives(1, 1)
	young.Any, young.Women, young.Men, young.Confirmed = SetOf(bowel), YoungerThan(60), YoungerThan(50), true
	two := NewRelatives(1, 2)
	two.Any, two.Count = SetOf(bowel, breast), 2
	sibs := NewRelatives(1, 2)
	sibs.Any, sibs.Relation, sibs.Sex = SetOf(breast), Sibling|AuntOrUncle, Female
	rs = []*Relatives{young, two, sibs}
	strict := amsterdam2()
	strict.Of, strict.AskTo = SetOf(bowel, breast), 2
	loose := NewCluster(SetOf(bowel, breast), 2)
	loose.Generations, loose.Youngest, loose.SameSide, loose.Tumours = 2, YoungerThan(50), true, 3
	route := NewCluster(SetOf(bowel, breast), 2)
	route.Far, route.IncludesPatient, route.Ages, route.OneOf = 2, true, AtMost(59), SetOf(bowel)
	kin := NewCluster(SetOf(bowel), 2)
	kin.Near, kin.Kinship, kin.Generations = 1, true, 2
	cs = []*Cluster{strict, loose, route, kin}
	for _, q := range rs {
		q.Prepare(testVocabulary)
	}
	for _, q := range cs {
		q.Prepare(testVocabulary)
	}
	return rs, cs
}

func answers(g *Graph) []truth.K {
	rs, cs := questions()
	var out []truth.K
	for _, q := range rs {
		out = append(out, q.Ask(g, nil))
	}
	for _, q := range cs {
		out = append(out, q.Ask(g, nil))
	}
	return out
}

func TestOrderOfPeopleChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFamily(t, 9)
		before := answers(buildOrSkip(t, f))
		order := rapid.Permutation(f.Members).Draw(t, "order")
		other := *f
		other.Members = order
		if after := answers(buildOrSkip(t, &other)); !slices.Equal(before, after) {
			t.Fatalf("answers %v became %v in another order", before, after)
		}
	})
}

func TestRefillingAGraphGivesWhatANewOneWould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFamily(t, 8)
		g := buildOrSkip(t, f)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		for range 3 {
			next := complete(f, r)
			fresh, err := New(testVocabulary, next)
			if again := g.Build(testVocabulary, next); (again == nil) != (err == nil) {
				t.Fatalf("refilled: %v, new: %v", again, err)
			} else if err == nil && !slices.Equal(answers(g), answers(fresh)) {
				t.Fatalf("refilled: %v, new: %v", answers(g), answers(fresh))
			}
		}
	})
}

func TestEvidenceNeverChangesTheAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := buildOrSkip(t, randomFamily(t, 9))
		rs, cs := questions()
		for _, q := range rs {
			var ev Evidence
			if a, b := q.Ask(g, nil), q.Ask(g, &ev); a != b || a == truth.Unknown && len(ev.Unknown) == 0 {
				t.Fatalf("%v and with evidence %v: %+v", a, b, ev)
			}
		}
		for _, q := range cs {
			var ev Evidence
			if a, b := q.Ask(g, nil), q.Ask(g, &ev); a != b || a == truth.Unknown && len(ev.Unknown) == 0 {
				t.Fatalf("%v and with evidence %v: %+v", a, b, ev)
			}
		}
	})
}

// complete fills in everything that is not known, at random.
func complete(f *Family, r *rand.Rand) *Family {
	out := *f
	out.Asked = []int8{9, 9, 9}
	if len(f.Asked) > 0 {
		out.Asked[0] = max(f.Asked[0], 9)
	}
	out.UnknownSides = 0
	out.Members = slices.Clone(f.Members)
	decide := func(k truth.K) truth.K {
		if k == truth.Unknown {
			return []truth.K{truth.Yes, truth.No}[r.IntN(2)]
		}
		return k
	}
	g, _ := New(testVocabulary, f)
	for i := range out.Members {
		m := &out.Members[i]
		if m.Sex == SexUnknown && g.SexOf(i) == SexUnknown {
			m.Sex = Sex(1 + r.IntN(2))
		}
		silent := map[Kind]bool{bowel: true, breast: true}
		m.Conditions = slices.Clone(m.Conditions)
		for c := range m.Conditions {
			e := &m.Conditions[c]
			delete(silent, e.Kind)
			e.Present, e.Confirmed = decide(e.Present), decide(e.Confirmed)
			if !e.Age.IsExact() {
				e.Age = truth.Exactly([]float64{40, 49, 50, 59, 60}[r.IntN(5)])
			}
		}
		_, far, blood := g.Degree(i)
		if blood && int(f.Asked[0]) >= far && !g.sideUnknown(&g.nodes[i].place) {
			continue
		}
		for _, k := range []Kind{bowel, breast} {
			if silent[k] && r.IntN(2) == 0 {
				m.Conditions = append(m.Conditions, Condition{Kind: k, Present: truth.Yes, Confirmed: decide(truth.Unknown), Age: truth.Exactly([]float64{40, 49, 50, 60}[r.IntN(4)])})
			}
		}
	}
	return &out
}

func TestFillingInNeverOverturnsAFirmAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFamily(t, 9)
		before := answers(buildOrSkip(t, f))
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		for range 8 {
			full := complete(f, r)
			g, err := New(testVocabulary, full)
			if err != nil {
				continue // this way of filling in is impossible
			}
			after := answers(g)
			for i := range before {
				if before[i]|after[i] != before[i] {
					t.Fatalf("question %d was %v and became %v", i, before[i], after[i])
				}
			}
		}
	})
}

// TestAnswersEqualEnumeration compares with plain two-valued code on every way
// of filling in a small family whose links are all known.
func TestAnswersEqualEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := randomFamily(t, 6)
		f.Asked, f.UnknownSides = []int8{9}, 0
		unknowns := 0
		for i := range f.Members {
			m := &f.Members[i]
			if m.Relation != "" {
				m.Relation = "partner" // words are tested elsewhere; here all links are known
			}
			if (m.Mother == "") != (m.Father == "") {
				m.Mother, m.Father = "", ""
			}
			if m.Sex == SexUnknown {
				m.Sex = Female
			}
			for c := range m.Conditions {
				e := &m.Conditions[c]
				if unknowns > 5 {
					e.Present, e.Confirmed, e.Age = truth.Yes, truth.Yes, truth.Exactly(40)
				}
				for _, open := range []bool{e.Present == truth.Unknown, e.Confirmed == truth.Unknown, !e.Age.IsExact()} {
					if open {
						unknowns++
					}
				}
				if e.Age.IsAny() {
					e.Age = truth.Span{Lo: 40, Hi: 60}
				}
			}
		}
		g := buildOrSkip(t, f)
		got := answers(g)
		o := newOracle(f)
		want := make([]truth.K, len(got))
		o.enumerate(func() {
			for i, b := range o.answers() {
				want[i] |= truth.Of(b)
			}
		})
		straddle := got[3] == truth.Unknown && want[3] == truth.No // both parents: said to be open on purpose
		for i := range got {
			if got[i] != want[i] && (i != 3 || !straddle) && (i != 4 || got[4] != truth.Unknown || want[4] != truth.No) {
				t.Fatalf("question %d: %v, enumeration says %v", i, got[i], want[i])
			}
		}
	})
}
