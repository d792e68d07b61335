package rules

import (
	"math"
	"math/bits"

	"kindred/rules/truth"
)

// evaluate works out every node and the routing; flags and notes come last. If
// the outcome is open, it is tried again with what may be presumed; the nodes
// keep their values without presumptions, the endings are those with them, and
// s.provided lists what was presumed.
func (a *Area) evaluate(s *state) {
	a.forList(s)
	a.runAll(s, &a.notePart)
}

// forList works out what a list shows: the outcome, criteria, urgent flags and
// the words for open advice.
func (a *Area) forList(s *state) {
	s.provided, s.trimmed = s.provided[:0], true
	a.decide(s)
	if !s.firm() && a.presume(s) {
		strict, endings := s.outcomes, s.endings
		s.keep()
		a.decide(s)
		if s.outcomes != strict {
			strict, endings = s.outcomes, s.endings
			s.trimmed = false
		}
		a.unpresume(s)
		s.putBack()
		s.outcomes, s.endings = strict, endings
		if s.trimmed {
			s.provided = s.provided[:0] // presuming settled nothing
		}
	}
	a.rest(s)
	a.runAll(s, &a.listPart)
}

// decide works out everything the outcome depends on.
func (a *Area) decide(s *state) {
	a.vary(s, a.varyRoute)
	for t := range s.tumours {
		a.tables(s, t)
	}
	a.runAll(s, &a.routePart)
	a.route(s, true)
}

// rest works out the criteria the outcome does not depend on.
func (a *Area) rest(s *state) {
	a.vary(s, a.varyRest)
	a.runAll(s, &a.restPart)
}

// vary works out thresholds that depend on facts; those a threshold depends on
// itself stand behind it. Where the number held against
// one is not known, or beyond every value it can have, any value gives the same
// answer and its hull will do; whoever prints thresholds calls exact.
func (a *Area) vary(s *state, list []int32) {
	for k := len(list) - 1; k >= 0; k-- {
		i := list[k]
		t := &a.thresholds[i]
		if t.only >= 0 {
			if x := &s.numbers[t.only]; x.Lo > t.hull.Hi || x.Hi < t.hull.Lo || x.IsAny() {
				s.lines[i] = t.hull
				continue
			}
		}
		if t.split < 0 {
			a.threshold(s, i)
			continue
		}
		switch x := &s.numbers[t.split]; {
		case x.Hi < t.below:
			s.lines[i] = truth.Exactly(t.lines[0].value)
		case x.Lo >= t.below:
			s.lines[i] = truth.Exactly(t.lines[1].value)
		default:
			s.lines[i] = t.hull
		}
	}
}

// exact works out every threshold that depends on facts.
func (a *Area) exact(s *state) {
	for k := len(a.varying) - 1; k >= 0; k-- {
		a.threshold(s, a.varying[k])
	}
}

// threshold works out a parameter that depends on facts: every value it could
// have.
func (a *Area) threshold(s *state, i int32) {
	t := &a.thresholds[i]
	out := truth.Span{Lo: math.Inf(1), Hi: math.Inf(-1)}
	for l := range t.lines {
		line := &t.lines[l]
		k := truth.Yes
		for o := range line.when {
			k = k.And(a.leaf(s, &line.when[o]))
			if k == truth.No {
				break
			}
		}
		if k == truth.No {
			continue
		}
		out.Lo, out.Hi = min(out.Lo, line.value), max(out.Hi, line.value)
		if k == truth.Yes {
			break
		}
	}
	s.lines[i] = out
}

// tables finds the steps a tumour can stand at.
func (a *Area) tables(s *state, t int) {
	ts := &s.tumours[t]
	for p := range a.pathways {
		w := &a.pathways[p]
		if w.sites&ts.site == 0 {
			ts.steps[p] = 0
			continue
		}
		ts.steps[p], ts.rows[p] = w.table.steps(a.inTable(s, ts, w), &s.split)
	}
}

// leaf works out an operation that reads facts only.
func (a *Area) leaf(s *state, o *op) truth.K {
	var k truth.K
	switch o.code {
	case opFact:
		k = s.yesNo[o.a]
	case opChoice:
		m := uint64(s.choices[o.a])
		k = bit(m&o.mask != 0) | bit(m&^o.mask != 0)<<1
	case opUnder:
		x, t := &s.numbers[o.a], &s.lines[o.b]
		k = bit(x.Lo < t.Hi) | bit(x.Hi >= t.Lo)<<1
	default:
		k = compared(o.code, &s.numbers[o.a], &s.lines[o.b])
	}
	if o.neg {
		k = k.Not()
	}
	if k == truth.Never {
		k = truth.No
	}
	return k
}

// compared holds a number against a line.
func compared(code opCode, x, t *truth.Span) (k truth.K) {
	switch code {
	case opOver:
		k = bit(x.Hi > t.Lo) | bit(x.Lo <= t.Hi)<<1
	case opUnder:
		k = bit(x.Lo < t.Hi) | bit(x.Hi >= t.Lo)<<1
	case opAtLeast:
		k = bit(x.Hi >= t.Lo) | bit(x.Lo < t.Hi)<<1
	default:
		k = bit(x.Lo <= t.Hi) | bit(x.Hi > t.Lo)<<1
	}
	return k
}

// bit is 1 for true; the compiler makes it branch-free.
func bit(b bool) truth.K {
	var k truth.K
	if b {
		k = 1
	}
	return k
}

// run works out the nodes from … to.
func (a *Area) run(s *state, from, to int) {
	values := s.values
	for i := from; i < to; i++ {
		o := &a.ops[i]
		var k truth.K
		switch o.code {
		case opFact:
			k = s.yesNo[o.a]
			if o.neg {
				k = k.Not()
			}
		case opOver:
			x, t := &s.numbers[o.a], &s.lines[o.b]
			k = bit(x.Hi > t.Lo) | bit(x.Lo <= t.Hi)<<1
		case opAtLeast:
			x, t := &s.numbers[o.a], &s.lines[o.b]
			k = bit(x.Hi >= t.Lo) | bit(x.Lo < t.Hi)<<1
		case opUnder:
			x, t := &s.numbers[o.a], &s.lines[o.b]
			k = bit(x.Lo < t.Hi) | bit(x.Hi >= t.Lo)<<1
		case opAtMost:
			x, t := &s.numbers[o.a], &s.lines[o.b]
			k = bit(x.Lo <= t.Hi) | bit(x.Hi > t.Lo)<<1
		case opChoice:
			m := uint64(s.choices[o.a])
			k = bit(m&o.mask != 0) | bit(m&^o.mask != 0)<<1
		case opAll:
			var no truth.K
			k = truth.Yes
			for _, kid := range a.kids[o.b : o.b+o.n] {
				v := values[kid]
				k &= v
				no |= v
			}
			k = k&truth.Yes | no&truth.No
		case opAny:
			var yes truth.K
			k = truth.No
			for _, kid := range a.kids[o.b : o.b+o.n] {
				v := values[kid]
				k &= v
				yes |= v
			}
			k = k&truth.No | yes&truth.Yes
		case opNone:
			var yes truth.K
			k = truth.No
			for _, kid := range a.kids[o.b : o.b+o.n] {
				v := values[kid]
				k &= v
				yes |= v
			}
			k = (k&truth.No | yes&truth.Yes).Not()
		case opNot:
			k = values[o.a].Not()
		case opScore:
			a.addUp(s, o.a)
			k = truth.Yes
		case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost, opBand:
			k = a.scoreLine(s, o)
		case opLoop:
			values[i] = a.loop(s, o, i+1)
			i = int(o.b) - 1
			continue
		default:
			k = a.special(s, o)
		}
		if k == truth.Never {
			k = truth.No
		}
		values[i] = k
	}
}

// runAll works out a stretch, putting assumptions in place of what is worked
// out.
func (a *Area) runAll(s *state, b *batch) {
	if len(s.assumed) == 0 {
		a.runBatch(s, b)
		return
	}
	for i := b.from; i < b.to; {
		end := i + 1
		if a.ops[i].code == opLoop {
			end = int(a.ops[i].b)
		}
		a.run(s, i, end)
		for _, x := range s.assumed {
			switch {
			case int(x.node) != i:
			case x.score >= 0:
				s.scores[x.score] = scoreOf(x.set, truth.Yes)
			default:
				s.values[i] = x.value
			}
		}
		i = end
	}
}

// loop works out a block for each tumour of its sites: yes if it holds for any.
func (a *Area) loop(s *state, o *op, from int) truth.K {
	k := truth.No
	var hits, asks uint64
	for t := range s.tumours {
		ts := &s.tumours[t]
		if ts.site&o.mask == 0 {
			continue
		}
		a.look(s, t)
		a.run(s, from, int(o.b))
		v := s.values[o.a].And(ts.exists)
		switch v {
		case truth.Yes:
			hits |= 1 << (t & 63)
		case truth.Unknown:
			asks |= 1 << (t & 63)
		}
		k = k.Or(v)
	}
	s.hits[o.n], s.asks[o.n] = hits, asks
	return k
}

// look puts the facts of tumour t where the rules read them.
func (a *Area) look(s *state, t int) {
	ts := &s.tumours[t]
	s.here = t
	for i, slot := range a.tumours {
		sl := &a.slots[slot]
		switch sl.kind {
		case slotYesNo:
			s.yesNo[sl.at] = ts.yesNo[sl.at]
		case slotNumber:
			s.numbers[sl.at] = ts.number[sl.at]
		case slotChoice:
			s.choices[sl.at] = ts.choice[sl.at]
		}
		s.recorded[slot] = ts.have[i]
	}
}

// special works out the operations about pathways, and those of notes.
func (a *Area) special(s *state, o *op) truth.K {
	k := truth.No
	switch o.code {
	case opStep, opPathway:
		for t := range s.tumours {
			k = k.Or(a.stands(s, t, o).And(s.tumours[t].exists))
		}
	case opStepHere, opPathHere:
		k = a.stands(s, s.here, o)
	case opRecorded:
		k = truth.Of(s.recorded[o.a])
	case opOutcome:
		k = truth.Of(o.mask&uint64(a.outcomeBit(s)) != 0)
	}
	if o.neg {
		k = k.Not()
	}
	return k
}

// stands answers whether tumour t stands at one of the steps, or what its step
// says as a yes or no.
func (a *Area) stands(s *state, t int, o *op) truth.K {
	steps := s.tumours[t].steps[o.a]
	if steps == 0 {
		return truth.No
	}
	if o.code == opStep || o.code == opStepHere {
		return bit(steps&o.mask != 0) | bit(steps&^o.mask != 0)<<1
	}
	var k truth.K
	for m := steps; m != 0; m &= m - 1 {
		k |= a.pathways[o.a].verdict[bits.TrailingZeros64(m)]
	}
	return k
}
