package rules

import (
	"fmt"
	"math/bits"
	"slices"

	"kindred/rules/truth"
)

// Inputs are facts given directly, derived and family facts too, and verdicts
// assumed instead of worked out. Acceptance checks use them.
type Inputs struct {
	a       *Area
	s       *state
	decided Evaluation
	age     truth.Span // of the patient, for ages at measurements that were not given
	own     []bool     // ages at measurements that were given, by slot
}

// Inputs makes an empty set of inputs: nothing known, no tumour.
func (a *Area) Inputs() *Inputs {
	return &Inputs{a: a, s: a.newState(), age: truth.Any(), own: make([]bool, len(a.slots))}
}

// Set gives one fact; a tumour fact goes to the tumour added last. The error
// names an unknown fact or value. A fact the rules do not read is accepted.
func (in *Inputs) Set(fact string, ans Answer) error {
	f := in.a.dict.Fact(fact)
	if f == nil {
		return fmt.Errorf("no fact %q%s", fact, didYouMean(fact, keysOf(in.a.dict.facts, func(f *FactDef) string { return f.ID })))
	}
	if f.Type == ChoiceFact && ans.Choice != "" && f.ChoiceIndex(ans.Choice) < 0 {
		return fmt.Errorf("%s is never %q%s", fact, ans.Choice, oneOf(ans.Choice, choiceValues(f)))
	}
	if f.BuiltIn == "age" && f.Of != OfTumour {
		in.agesFollow(ans.Number)
	}
	i, used := in.a.slotOf[fact]
	if !used {
		return nil
	}
	sl := &in.a.slots[i]
	if f.ageOf != "" {
		if in.own[i] = !ans.Number.IsAny(); !in.own[i] {
			ans.Number = in.age
		}
	}
	if sl.tumour {
		return in.setTumour(i, sl, ans)
	}
	in.a.forget(in.s, i)
	switch sl.kind {
	case slotYesNo:
		if ans.Bool == truth.Yes || ans.Bool == truth.No {
			in.s.yesNo[sl.at], in.s.recorded[i] = ans.Bool, true
		}
	case slotNumber:
		if !ans.Number.IsAny() {
			in.s.numbers[sl.at], in.s.recorded[i] = ans.Number, true
		}
	case slotChoice:
		if ans.Choice != "" {
			in.s.choices[sl.at], in.s.recorded[i] = in.a.choiceBit(f, ans.Choice, sl.full), true
		}
	}
	return nil
}

func (in *Inputs) setTumour(i int32, sl *slot, ans Answer) error {
	if len(in.s.tumours) == 0 {
		return fmt.Errorf("%s needs a tumour: add one first", sl.fact.ID)
	}
	ts := &in.s.tumours[len(in.s.tumours)-1]
	have := false
	switch sl.kind {
	case slotYesNo:
		ts.yesNo[sl.at] = truth.Unknown
		if ans.Bool == truth.Yes || ans.Bool == truth.No {
			ts.yesNo[sl.at], have = ans.Bool, true
		}
	case slotNumber:
		ts.number[sl.at], have = ans.Number, !ans.Number.IsAny()
	case slotChoice:
		ts.choice[sl.at] = sl.full
		if ans.Choice != "" {
			ts.choice[sl.at], have = in.a.choiceBit(sl.fact, ans.Choice, sl.full), true
		}
	}
	ts.have[slices.Index(in.a.tumours, i)] = have
	return nil
}

// SetYesNo gives one yes/no fact.
func (in *Inputs) SetYesNo(fact string, k truth.K) error {
	return in.Set(fact, Answer{Bool: k, Number: truth.Any()})
}

// SetNumber gives one number in the fact's own unit.
func (in *Inputs) SetNumber(fact string, s truth.Span) error {
	return in.Set(fact, Answer{Number: s, Bool: truth.Unknown})
}

// SetChoice gives one choice; "" is not known.
func (in *Inputs) SetChoice(fact, value string) error {
	return in.Set(fact, Answer{Choice: value, Number: truth.Any(), Bool: truth.Unknown})
}

// AddTumour gives the patient one more tumour. The error names a site there is
// not; a site the rules do not read is accepted.
func (in *Inputs) AddTumour(t Tumour) error {
	if in.a.dict.siteCondition[t.Site] == nil {
		return fmt.Errorf("no tumour site %q", t.Site)
	}
	for _, f := range tumourFields(&t) {
		if def := in.a.dict.Fact(f.fact); *f.at != "" && def != nil && def.ChoiceIndex(*f.at) < 0 {
			return fmt.Errorf("%s is never %q%s", f.fact, *f.at, oneOf(*f.at, choiceValues(def)))
		}
	}
	in.a.addTumour(in.s, &t, len(in.s.tumours), truth.Yes)
	return nil
}

// Assume fixes the verdict of a criterion instead of working it out.
func (in *Inputs) Assume(id string, k truth.K) error {
	i, ok := in.a.critOf[id]
	if !ok {
		return fmt.Errorf("no criterion %q%s", id, didYouMean(id, sortedKeys(in.a.critOf)))
	}
	in.s.assumed = append(in.s.assumed, assumption{node: in.a.criteria[i].node, value: k, score: -1})
	return nil
}

// AssumeScore fixes a score to the totals from lo to hi.
func (in *Inputs) AssumeScore(id string, lo, hi int) error {
	i, ok := in.a.scoreOf[id]
	if !ok {
		return fmt.Errorf("no score %q%s", id, didYouMean(id, sortedKeys(in.a.scoreOf)))
	}
	if lo > hi || lo < -scoreOffset || hi > 63-scoreOffset {
		return fmt.Errorf("%s cannot be %d to %d", id, lo, hi)
	}
	var set uint64
	for v := lo; v <= hi; v++ {
		set |= 1 << (v + scoreOffset)
	}
	in.s.assumed = append(in.s.assumed, assumption{node: in.a.scores[i].node, score: i, set: set})
	return nil
}

// Evaluate works the area out on these inputs; they can be changed and
// evaluated again.
func (a *Area) Evaluate(in *Inputs) (*Evaluation, error) {
	if in.a != a {
		return nil, fmt.Errorf("these inputs were made by another edition of %s", in.a.src.id)
	}
	s := a.copyOf(in.s)
	a.evaluate(s)
	x := &teller{a: a, s: s, unranked: true}
	e := &Evaluation{a: a, s: s}
	x.tell(&e.Advice)
	return e, nil
}

// Decide works out verdicts, scores and the outcomes that are still possible
// when nothing is presumed, and puts nothing into words. The result is good
// until the inputs are changed or decided again.
func (a *Area) Decide(in *Inputs) (*Evaluation, error) {
	if in.a != a {
		return nil, fmt.Errorf("these inputs were made by another edition of %s", in.a.src.id)
	}
	a.decide(in.s)
	a.rest(in.s)
	in.decided.a, in.decided.s = a, in.s
	return &in.decided, nil
}

// Reset makes everything unknown again.
func (in *Inputs) Reset() {
	in.a.clear(in.s)
	in.age = truth.Any()
	clear(in.own)
}

// Reads lists the facts the area's rules read, derived and family facts too, in
// the order of its compiled table.
func (a *Area) Reads() []*FactDef {
	out := make([]*FactDef, len(a.slots))
	for i := range a.slots {
		out[i] = a.slots[i].fact
	}
	return out
}

// Thresholds lists the numbers a fact is held against, in rising order, for
// whoever wants to test just below, at and just above them.
func (a *Area) Thresholds(fact string) []float64 {
	i, ok := a.slotOf[fact]
	if !ok {
		return nil
	}
	var out []float64
	for _, c := range a.slots[i].cuts {
		for _, l := range a.thresholds[c].lines {
			if !slices.Contains(out, l.value) {
				out = append(out, l.value)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Evaluation is what an area makes of inputs given directly.
type Evaluation struct {
	Advice AreaAdvice // everything explained; questions are not ranked
	a      *Area
	s      *state
}

// Verdict is the verdict of a criterion or pathway by id; helpers that advice
// does not list are there too. Unknown for an id there is not.
func (e *Evaluation) Verdict(id string) truth.K {
	if i, ok := e.a.critOf[id]; ok {
		return e.s.values[e.a.criteria[i].node]
	}
	if i, ok := e.a.pathOf[id]; ok {
		return e.a.pathwayTruth(e.s, i)
	}
	return truth.Unknown
}

// Possible lists the outcomes that are still possible.
func (e *Evaluation) Possible() []Outcome { return possibleOutcomes(e.s.outcomes) }

// Totals are the lowest and the highest total a score can still have.
func (e *Evaluation) Totals(id string) (lo, hi int, ok bool) {
	i, ok := e.a.scoreOf[id]
	if !ok {
		return 0, 0, false
	}
	return int(e.s.scores[i].min), int(e.s.scores[i].max), true
}

// Score is a score by id.
func (e *Evaluation) Score(id string) (ScoreResult, bool) {
	for _, s := range e.Advice.Scores {
		if s.ID == id {
			return s, true
		}
	}
	return ScoreResult{}, false
}

// Pathways is where each tumour stands in the table of that id.
func (e *Evaluation) Pathways(id string) []PathwayResult {
	var out []PathwayResult
	for _, p := range e.Advice.Pathways {
		if p.ID == id {
			out = append(out, p)
		}
	}
	return out
}

// Noted reports whether a note or flag appeared.
func (e *Evaluation) Noted(id string) bool {
	return slices.ContainsFunc(e.Advice.Notes, func(n Note) bool { return n.ID == id }) ||
		slices.ContainsFunc(e.Advice.Flags, func(f Flag) bool { return f.ID == id })
}

// lowest is the lowest total in a set.
func lowest(set uint64) int { return bits.TrailingZeros64(set) - scoreOffset }
