package rules

import (
	"math"

	"kindred/rules/truth"
)

// state is everything one evaluation works with. It is reused from case to
// case, so that evaluating allocates nothing.
type state struct {
	yesNo    []truth.K    // yes/no slots
	numbers  []truth.Span // number slots
	choices  []uint32     // choice slots
	recorded []bool       // by slot: the answer is there
	lines    []truth.Span // thresholds of this case

	values  []truth.K // of every node: the trace
	scores  []scoreValue
	tumours []tumourState
	hits    []uint64 // by tumour loop: tumours for which the block is surely yes
	asks    []uint64 // by tumour loop: tumours for which it is not known
	here    int      // the tumour of the block being worked out

	endings  uint64  // endings that are still possible
	outcomes uint8   // their outcomes
	provided []int32 // slots presumed for the outcome
	trimmed  bool    // provided lists only what the outcome needs
	kept     struct {
		values []truth.K
		scores []scoreValue
		lines  []truth.Span
	}
	assumed []assumption
	split   splitter
	another *state // for spare
	sampler *sampler
}

// tumourState is one tumour of the patient as the rules see it.
type tumourState struct {
	site   uint64 // its bit in Area.sites
	exists truth.K
	index  int // among the patient's tumours; -1 when none was entered
	yesNo  []truth.K
	number []truth.Span
	choice []uint32
	have   []bool
	steps  []uint64 // by pathway: steps still possible
	rows   []rowSet
}

// assumption fixes a node instead of working it out.
type assumption struct {
	node  int32
	value truth.K
	score int32 // -1: not a score
	set   uint64
}

// newState makes the working memory of an area.
func (a *Area) newState() *state {
	s := &state{
		yesNo: make([]truth.K, a.sizes[slotYesNo]), numbers: make([]truth.Span, a.sizes[slotNumber]), choices: make([]uint32, a.sizes[slotChoice]),
		recorded: make([]bool, len(a.slots)), lines: make([]truth.Span, len(a.thresholds)),
		values: make([]truth.K, len(a.ops)), scores: make([]scoreValue, len(a.scores)),
		hits: make([]uint64, a.loops), asks: make([]uint64, a.loops),
	}
	copy(s.lines, a.fixed)
	a.clear(s)
	return s
}

// clear makes every fact unknown.
func (a *Area) clear(s *state) {
	for i := range a.slots {
		a.forget(s, int32(i))
	}
	s.tumours = s.tumours[:0]
	s.assumed = s.assumed[:0]
}

// copyOf copies a state, so that it can be changed freely.
func (a *Area) copyOf(s *state) *state {
	out := a.newState()
	a.copyInto(out, s)
	return out
}

// spare is copyOf into memory that s keeps for it: the copy lasts until the next
// spare of s, and what its decision tables were walked for is remembered.
func (a *Area) spare(s *state) *state {
	if s.another == nil {
		s.another = a.newState()
	}
	a.copyInto(s.another, s)
	return s.another
}

// copyInto makes out say what s says; nothing is worked out.
func (a *Area) copyInto(out, s *state) {
	copy(out.yesNo, s.yesNo)
	copy(out.numbers, s.numbers)
	copy(out.choices, s.choices)
	copy(out.recorded, s.recorded)
	copy(out.lines, a.fixed)
	out.assumed = append(out.assumed[:0], s.assumed...)
	out.tumours = out.tumours[:0]
	for t := range s.tumours {
		from, to := &s.tumours[t], a.nextTumour(out)
		to.site, to.exists, to.index = from.site, from.exists, from.index
		copy(to.yesNo, from.yesNo)
		copy(to.number, from.number)
		copy(to.choice, from.choice)
		copy(to.have, from.have)
		copy(to.steps, from.steps)
		copy(to.rows, from.rows)
	}
}

// nextTumour gives the state room for one more tumour.
func (a *Area) nextTumour(s *state) *tumourState {
	if n := len(s.tumours); n < cap(s.tumours) {
		s.tumours = s.tumours[:n+1]
	} else {
		s.tumours = append(s.tumours, tumourState{})
	}
	ts := &s.tumours[len(s.tumours)-1]
	if ts.have == nil {
		*ts = tumourState{
			yesNo: make([]truth.K, a.sizes[slotYesNo]), number: make([]truth.Span, a.sizes[slotNumber]), choice: make([]uint32, a.sizes[slotChoice]),
			have: make([]bool, len(a.tumours)), steps: make([]uint64, len(a.pathways)), rows: make([]rowSet, len(a.pathways)),
		}
	}
	return ts
}

// noNumber is the number of an optional fact nobody used: no line about it
// holds, and none fails to.
var noNumber = truth.Span{Lo: math.Inf(1), Hi: math.Inf(-1)}

// forget makes one fact unknown, or not used.
func (a *Area) forget(s *state, i int32) {
	sl := &a.slots[i]
	if s.recorded[i] = sl.fact.Local; sl.fact.Local {
		a.setPresumed(s, i) // its default
		return
	}
	switch {
	case sl.kind == slotYesNo && sl.notUsed:
		s.yesNo[sl.at] = truth.No
	case sl.kind == slotYesNo:
		s.yesNo[sl.at] = truth.Unknown
	case sl.kind == slotNumber && sl.notUsed:
		s.numbers[sl.at] = noNumber
	case sl.kind == slotNumber:
		s.numbers[sl.at] = truth.Any()
	case sl.notUsed:
		s.choices[sl.at] = 0
	default:
		s.choices[sl.at] = sl.full
	}
}
