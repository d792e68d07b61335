package rules

import (
	"encoding/json"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"kindred/rules/truth"
)

// toys loads the small areas under testdata.
func toys(t testing.TB) *Book {
	t.Helper()
	lib, err := Load(os.DirFS("testdata/toys"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// areasUnderTest are the toy areas and those that ship.
func areasUnderTest(t testing.TB) []*Area {
	t.Helper()
	b, err := embedded(t).On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	return append(slices.Clone(toys(t).areas), b.areas...)
}

// scramble makes every fact known or not at random: about missing of them
// unknown, one number in ten a span.
func scramble(a *Area, s *state, r *rand.Rand, missing float64) {
	a.clear(s)
	for i := range a.slots {
		if !a.slots[i].tumour && r.Float64() >= missing {
			fill(a, s, int32(i), r, true)
		}
	}
	for n := r.IntN(3); n > 0 && len(a.sites) > 0; n-- {
		t := Tumour{Site: a.sites[r.IntN(len(a.sites))], Age: truth.Any(), Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown, Confirmed: truth.Unknown}
		a.addTumour(s, &t, len(s.tumours), truth.Yes)
		ts := &s.tumours[len(s.tumours)-1]
		if r.IntN(5) == 0 {
			ts.exists = truth.Unknown
		}
		for _, i := range a.tumours {
			if r.Float64() >= missing {
				fillTumour(a, ts, i, r)
			}
		}
	}
}

// fill gives a fact one of the answers it can still have.
func fill(a *Area, s *state, i int32, r *rand.Rand, spans bool) {
	sl := &a.slots[i]
	switch sl.kind {
	case slotYesNo:
		if s.yesNo[sl.at] == truth.Unknown {
			s.yesNo[sl.at] = truth.Of(r.IntN(2) == 0)
		}
	case slotChoice:
		s.choices[sl.at] = oneBit(s.choices[sl.at], r)
	case slotNumber:
		s.numbers[sl.at] = within(s.numbers[sl.at], a.edges(sl), r)
		if spans && r.IntN(10) == 0 {
			s.numbers[sl.at].Hi += r.Float64() * 3
		}
		if spans && r.IntN(10) == 0 {
			s.numbers[sl.at].Hi = math.Inf(1)
		}
	}
	s.recorded[i] = true
}

func fillTumour(a *Area, ts *tumourState, i int32, r *rand.Rand) {
	sl := &a.slots[i]
	switch sl.kind {
	case slotYesNo:
		if ts.yesNo[sl.at] == truth.Unknown {
			ts.yesNo[sl.at] = truth.Of(r.IntN(2) == 0)
		}
	case slotChoice:
		ts.choice[sl.at] = oneBit(ts.choice[sl.at], r)
	case slotNumber:
		ts.number[sl.at] = within(ts.number[sl.at], a.edges(sl), r)
	}
}

func oneBit(mask uint32, r *rand.Rand) uint32 {
	for n := r.IntN(max(bits.OnesCount32(mask), 1)); n > 0; n-- {
		mask &= mask - 1
	}
	return mask & -mask
}

// edges are the numbers a fact is held against.
func (a *Area) edges(sl *slot) []float64 { return a.Thresholds(sl.fact.ID) }

// within draws a number of a span: often just at an edge.
func within(s truth.Span, edges []float64, r *rand.Rand) truth.Span {
	for range 8 {
		v := r.Float64() * 20
		if len(edges) > 0 {
			v = edges[r.IntN(len(edges))] + float64(r.IntN(3)-1)*0.05
		}
		if s.Lo <= v && v <= s.Hi {
			return truth.Exactly(v)
		}
	}
	switch {
	case !math.IsInf(s.Lo, 0):
		return truth.Exactly(s.Lo)
	case !math.IsInf(s.Hi, 0):
		return truth.Exactly(s.Hi)
	}
	return truth.Exactly(1)
}

// complete fills in everything that is not known.
func complete(a *Area, s *state, r *rand.Rand) {
	for i := range a.slots {
		if sl := &a.slots[i]; !sl.tumour && (!sl.notUsed || s.recorded[i]) {
			fill(a, s, int32(i), r, false)
		}
	}
	for t := range s.tumours {
		ts := &s.tumours[t]
		if ts.exists == truth.Unknown {
			ts.exists = truth.Of(r.IntN(2) == 0)
		}
		for _, i := range a.tumours {
			fillTumour(a, ts, i, r)
		}
	}
}

func TestFillingInWhatIsMissingNeverOverturnsAVerdict(t *testing.T) {
	for _, a := range areasUnderTest(t) {
		r := rand.New(rand.NewPCG(1, uint64(len(a.ops))))
		before, firm := a.newState(), 0
		for range 1500 {
			scramble(a, before, r, r.Float64())
			a.decide(before)
			a.rest(before)
			for range 12 {
				after := a.copyOf(before)
				complete(a, after, r)
				a.decide(after)
				a.rest(after)
				for i := range a.criteria {
					n := a.criteria[i].node
					if k := before.values[n]; k != truth.Unknown && after.values[n] != k {
						t.Fatalf("%s: %s was %v and became %v", a.src.id, a.criteria[i].def.id, k, after.values[n])
					}
				}
				for i := range a.pathways {
					if k := a.pathwayTruth(before, int32(i)); k != truth.Unknown && a.pathwayTruth(after, int32(i)) != k {
						t.Fatalf("%s: pathway %s was %v", a.src.id, a.pathways[i].def.id, k)
					}
				}
				for i := range a.scores {
					if after.scores[i].set&^before.scores[i].set != 0 {
						t.Fatalf("%s: a total of %s was not announced", a.src.id, a.scores[i].def.id)
					}
				}
				if after.outcomes&^before.outcomes != 0 || after.endings&^before.endings != 0 {
					t.Fatalf("%s: outcome %b was not among %b", a.src.id, after.outcomes, before.outcomes)
				}
				if before.firm() {
					firm++
				}
			}
		}
		t.Logf("%s: %d completions of firm cases", a.src.id, firm)
		if firm == 0 {
			t.Errorf("%s: no case was firm, so nothing was tested", a.src.id)
		}
	}
}

func TestGreyedFactsCanNeverChangeTheOutcome(t *testing.T) {
	for _, a := range areasUnderTest(t) {
		r := rand.New(rand.NewPCG(3, uint64(len(a.ops))))
		s, grey := a.newState(), 0
		for range 300 {
			scramble(a, s, r, r.Float64())
			a.decide(s)
			if s.firm() {
				continue
			}
			l := a.live(s, true)
			for i := range a.slots {
				sl := &a.slots[i]
				if sl.tumour || l.slots[i] || sl.notUsed {
					continue
				}
				grey++
				for range 4 {
					one := a.copyOf(s)
					complete(a, one, r)
					two := a.copyOf(one)
					restore(a, two, s, int32(i))
					fill(a, two, int32(i), r, false)
					a.decide(one)
					a.decide(two)
					if one.outcomes != two.outcomes {
						t.Fatalf("%s: %s was greyed but turns %b into %b", a.src.id, sl.fact.ID, one.outcomes, two.outcomes)
					}
				}
			}
		}
		t.Logf("%s: %d greyed facts", a.src.id, grey)
	}
}

// restore gives a fact the value it has in from.
func restore(a *Area, s, from *state, i int32) {
	sl := &a.slots[i]
	switch sl.kind {
	case slotYesNo:
		s.yesNo[sl.at] = from.yesNo[sl.at]
	case slotChoice:
		s.choices[sl.at] = from.choices[sl.at]
	case slotNumber:
		s.numbers[sl.at] = from.numbers[sl.at]
	}
}

// TestVerdictsEqualEveryWayOfFillingIn writes random rules in which each fact
// stands once, leaves some facts open, tries every answer, and expects exactly
// the verdicts and totals the engine announced.
func TestVerdictsEqualEveryWayOfFillingIn(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 8))
	for round := range 60 {
		a := randomArea(t, r)
		s := a.newState()
		for range 20 {
			scramble(a, s, r, 0.6)
			a.decide(s)
			var verdict truth.K
			var totals uint64
			var outs uint8
			everyCompletion(a, s, 0, func(c *state) {
				a.decide(c)
				verdict |= c.values[a.criteria[a.critOf["r.top"]].node]
				totals |= c.scores[0].set
				outs |= c.outcomes
			})
			if got := s.values[a.criteria[a.critOf["r.top"]].node]; got != verdict {
				t.Fatalf("round %d: the verdict is %v, but completions give %v", round, got, verdict)
			}
			if s.scores[0].set != totals {
				t.Fatalf("round %d: totals are %b, but completions give %b", round, s.scores[0].set, totals)
			}
			if outs&^s.outcomes != 0 {
				t.Fatalf("round %d: outcomes are %b, but completions give %b", round, s.outcomes, outs)
			}
		}
	}
}

// everyCompletion calls f for every way of answering the open facts.
func everyCompletion(a *Area, s *state, i int, f func(*state)) {
	if i == len(a.slots) {
		f(a.copyOf(s))
		return
	}
	sl := &a.slots[i]
	switch sl.kind {
	case slotYesNo:
		k := s.yesNo[sl.at]
		for _, v := range []truth.K{truth.Yes, truth.No} {
			if k.CanBe(v) {
				s.yesNo[sl.at] = v
				everyCompletion(a, s, i+1, f)
			}
		}
		s.yesNo[sl.at] = k
	case slotChoice:
		m := s.choices[sl.at]
		for rest := m; rest != 0; rest &= rest - 1 {
			s.choices[sl.at] = rest & -rest
			everyCompletion(a, s, i+1, f)
		}
		s.choices[sl.at] = m
	case slotNumber:
		x := s.numbers[sl.at]
		tries := []float64{x.Lo, x.Hi}
		for _, e := range a.edges(sl) {
			tries = append(tries, e-0.01, e, e+0.01)
		}
		for _, v := range tries {
			if v >= x.Lo && v <= x.Hi && !math.IsInf(v, 0) {
				s.numbers[sl.at] = truth.Exactly(v)
				everyCompletion(a, s, i+1, f)
			}
		}
		s.numbers[sl.at] = x
	}
}

// randomArea writes an area with one random criterion and one random score, in
// which every fact stands once.
func randomArea(t *testing.T, r *rand.Rand) *Area {
	t.Helper()
	facts := "facts:\n"
	var leaves []string
	for i := range 5 {
		id := fmt.Sprintf("f%d", i)
		switch r.IntN(3) {
		case 0:
			facts += fmt.Sprintf("  - {id: %s, type: yes_no, label: L}\n", id)
			leaves = append(leaves, []string{id, "not " + id}[r.IntN(2)])
		case 1:
			facts += fmt.Sprintf("  - {id: %s, type: number, label: L}\n", id)
			leaves = append(leaves, id+[]string{" over ", " under ", " at least ", " at most "}[r.IntN(4)]+fmt.Sprint(1+r.IntN(9)))
		default:
			facts += fmt.Sprintf("  - {id: %s, type: choice, label: L, choices: [{value: a, label: A}, {value: b, label: B}, {value: c, label: C}]}\n", id)
			leaves = append(leaves, id+[]string{" is a", " is not b"}[r.IntN(2)])
		}
	}
	table := "score,r.score,sum of groups; highest item of each group,p\ngroup,item,points\n"
	for i := range 5 {
		facts += fmt.Sprintf("  - {id: s%d, type: yes_no, label: L}\n", i)
		table += fmt.Sprintf("g%d,s%d,%d\n", r.IntN(3), i, 1+r.IntN(6))
	}
	area := fstest.MapFS{}
	put := func(name, text string) { area[name] = &fstest.MapFile{Data: []byte(text)} }
	put("facts.yaml", facts)
	put("r/area.yaml", "{id: r, title: R, owner: o, status: transcribed, review_by: 2099-01-01, editions: [{name: e, from: 2000-01-01}]}")
	put("r/sources.yaml", "[{id: p, title: P}]")
	put("r/tables/s.csv", table)
	put("r/criteria.yaml", "criteria:\n  - {id: r.top, text: T, source: p, all: ["+tree(r, leaves)+"]}\nscores:\n  - {id: r.score, name: S, source: p, table: s.csv}\n")
	row := func(o, when string) string {
		return fmt.Sprintf("  - {outcome: %s, when: %s, headline: h, action: a, reason: r}\n", o, when)
	}
	put("r/advice.yaml", "outcomes:\n"+row("test", "r.top")+row("refer", "r.score over p.line")+row("not_indicated", "otherwise")+"open: {headline: h, action: a, reason: r}\n")
	put("r/params.yaml", "p.line: {values: [{from: 2000-01-01, value: "+fmt.Sprint(r.IntN(8))+", source: p}]}\n")
	lib, err := Load(area)
	if err != nil {
		t.Fatalf("%v\n%s", err, area["r/criteria.yaml"].Data)
	}
	b, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	return b.Area("r")
}

// tree joins conditions at random.
func tree(r *rand.Rand, leaves []string) string {
	if len(leaves) == 1 {
		return leaves[0]
	}
	cut := 1 + r.IntN(len(leaves)-1)
	return "{" + []string{"all", "any", "none"}[r.IntN(3)] + ": [" + tree(r, leaves[:cut]) + ", " + tree(r, leaves[cut:]) + "]}"
}

func TestTheOrderOfPeopleAndFactsChangesNothing(t *testing.T) {
	lib := embedded(t)
	b, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 9))
	for range 60 {
		c := randomCase(r)
		want := digest(t, b, c)
		for range 3 {
			r.Shuffle(len(c.People), func(i, j int) { c.People[i], c.People[j] = c.People[j], c.People[i] })
			for p := range c.People {
				list := c.People[p].Conditions
				r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			}
			if got := digest(t, b, c); got != want {
				t.Fatalf("another order changes the advice (-before +after):\n%s", cmp.Diff(want, got))
			}
		}
	}
}

// digest is what must not depend on order: everything but the order of reasons
// about nobody in particular.
func digest(t *testing.T, b *Book, c *Case) string {
	t.Helper()
	adv, err := b.Assess(c)
	if err != nil {
		t.Fatal(err)
	}
	for i := range adv.Areas {
		for j := range adv.Areas[i].Criteria {
			v := &adv.Areas[i].Criteria[j]
			for _, list := range [][]Reason{v.For, v.Against, v.Unknown} {
				slices.SortFunc(list, func(a, b Reason) int { return slices.Compare([]string{a.String()}, []string{b.String()}) })
			}
		}
	}
	out, err := json.MarshalIndent(adv, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// randomCase makes a patient with some relatives.
func randomCase(r *rand.Rand) *Case {
	c := &Case{Date: "2026-11-23", Patient: "p", Asked: map[string]int{}}
	for _, topic := range []string{"heart", "cancer", "cholesterol"} {
		if n := r.IntN(5) - 1; n >= 0 {
			c.Asked[topic] = n
		}
	}
	conditions := []string{"myocardial_infarction", "coronary_heart_disease", "tendon_xanthoma", "colorectal_cancer", "gastric_cancer"}
	person := func(id, relation string) Person {
		p := Person{ID: id, Relation: relation, Age: truth.Any(), Alive: truth.Unknown, Facts: map[string]Answer{}}
		for range r.IntN(3) {
			age := truth.Any()
			if r.IntN(3) > 0 {
				age = truth.Exactly(float64(30 + r.IntN(40)))
			}
			p.Conditions = append(p.Conditions, Condition{Name: conditions[r.IntN(len(conditions))], Age: age, Confirmed: truth.K(1 + r.IntN(3)), Present: truth.Yes})
		}
		if r.IntN(3) == 0 {
			p.Facts["lipid.tc"] = Answer{Number: truth.Exactly(5 + r.Float64()*5), Bool: truth.Unknown}
		}
		return p
	}
	patient := person("p", "")
	patient.Age = truth.Exactly(75)
	for _, f := range []string{"lipid.ldl", "lipid.tc"} {
		if r.IntN(3) > 0 {
			patient.Facts[f] = Answer{Number: truth.Exactly(2 + r.Float64()*6), Bool: truth.Unknown}
		}
	}
	if r.IntN(2) == 0 {
		patient.Facts["lipid.basis"] = Answer{Choice: "untreated", Number: truth.Any(), Bool: truth.Unknown}
	}
	c.People = append(c.People, patient)
	for i, rel := range []string{"mother", "father", "sister", "maternal aunt", "paternal uncle", "maternal grandfather", "son"} {
		if r.IntN(2) == 0 {
			c.People = append(c.People, person(fmt.Sprintf("r%d", i), rel))
		}
	}
	return c
}
