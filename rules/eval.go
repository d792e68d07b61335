package rules

import (
	"math"
	"math/bits"

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
}

// scoreValue is a score as the set of totals it can still reach.
type scoreValue struct {
	set      uint64
	min, max int8
	applies  truth.K
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

// noNumber is the number of an optional fact nobody used: no line about it
// holds, and none fails to.
var noNumber = truth.Span{Lo: math.Inf(1), Hi: math.Inf(-1)}

// forget makes one fact unknown, or not used.
func (a *Area) forget(s *state, i int32) {
	sl := &a.slots[i]
	s.recorded[i] = false
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

// evaluate works out every node and the routing; flags and notes come last. If
// the outcome is open, it is tried again with what may be presumed; the nodes
// keep their values without presumptions, the endings are those with them, and
// s.provided lists what was presumed.
func (a *Area) evaluate(s *state) {
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
	a.runAll(s, a.mainEnd, len(a.ops))
}

// keep sets the values of the nodes aside; putBack takes them up again.
func (s *state) keep() {
	s.kept.values = append(s.kept.values[:0], s.values...)
	s.kept.scores = append(s.kept.scores[:0], s.scores...)
	s.kept.lines = append(s.kept.lines[:0], s.lines...)
}

func (s *state) putBack() {
	copy(s.values, s.kept.values)
	copy(s.scores, s.kept.scores)
	copy(s.lines, s.kept.lines)
}

// presume takes what may be presumed as given; it reports whether anything was.
func (a *Area) presume(s *state) bool {
	for _, i := range a.presumed {
		sl := &a.slots[i]
		if s.recorded[i] || sl.tumour {
			continue
		}
		a.setPresumed(s, i)
		s.provided = append(s.provided, i)
	}
	return len(s.provided) > 0
}

func (a *Area) setPresumed(s *state, i int32) {
	if sl := &a.slots[i]; sl.kind == slotYesNo {
		s.yesNo[sl.at] = sl.presumeYesNo
	} else {
		s.choices[sl.at] = sl.presumeMask
	}
}

// trim takes every presumption the outcome does not need off the list; only
// whoever shows the list needs that.
func (a *Area) trim(s *state) {
	if s.trimmed {
		return
	}
	s.trimmed = true
	s.keep()
	outcomes := s.outcomes
	for _, i := range s.provided {
		a.setPresumed(s, i)
	}
	kept := s.provided[:0]
	for _, i := range s.provided {
		a.forget(s, i)
		a.decide(s)
		if s.outcomes != outcomes {
			a.setPresumed(s, i)
			kept = append(kept, i)
		}
	}
	s.provided = kept
	a.decide(s)
	a.unpresume(s)
	s.putBack()
}

// unpresume makes presumed facts unknown again.
func (a *Area) unpresume(s *state) {
	for _, i := range s.provided {
		a.forget(s, i)
	}
}

// decide works out everything the outcome depends on.
func (a *Area) decide(s *state) {
	a.vary(s, 0, a.routeLines)
	for t := range s.tumours {
		a.tables(s, t)
	}
	a.runAll(s, 0, a.routeEnd)
	a.route(s, true)
}

// rest works out the criteria the outcome does not depend on.
func (a *Area) rest(s *state) {
	a.vary(s, a.routeLines, len(a.thresholds))
	a.runAll(s, a.routeEnd, a.mainEnd)
}

// vary works out the thresholds from … to that depend on facts; those a
// threshold depends on itself stand behind it. Where the number held against
// one is not known, or beyond every value it can have, any value gives the same
// answer and its hull will do; whoever prints thresholds calls exact.
func (a *Area) vary(s *state, from, to int) {
	for k := len(a.varying) - 1; k >= 0; k-- {
		i := a.varying[k]
		if int(i) < from || int(i) >= to {
			continue
		}
		t := &a.thresholds[i]
		if t.only >= 0 {
			if x := &s.numbers[t.only]; x.Lo > t.hull.Hi || x.Hi < t.hull.Lo || x.IsAny() {
				s.lines[i] = t.hull
				continue
			}
		}
		a.threshold(s, i)
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
		var from box
		for col, slot := range w.table.cols {
			sl := &a.slots[slot]
			switch {
			case sl.kind == slotYesNo && sl.tumour:
				from[col] = uint32(ts.yesNo[sl.at])
			case sl.kind == slotYesNo:
				from[col] = uint32(s.yesNo[sl.at])
			case sl.tumour:
				from[col] = ts.choice[sl.at]
			default:
				from[col] = s.choices[sl.at]
			}
		}
		ts.steps[p], ts.rows[p] = w.table.steps(from, &s.split)
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
		case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost:
			k = a.scoreLine(s, o)
		case opBand:
			sv := &s.scores[o.a]
			k = bit(sv.set&o.mask != 0) | bit(sv.set&^o.mask != 0)<<1
			if o.neg {
				k = k.Not()
			}
			k = k.And(sv.applies)
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

// runAll works out nodes, putting assumptions in place of what is worked out.
func (a *Area) runAll(s *state, from, to int) {
	if len(s.assumed) == 0 {
		a.run(s, from, to)
		return
	}
	for i := from; i < to; {
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

// addUp works out the totals a score can reach.
func (a *Area) addUp(s *state, i int32) {
	sc := &a.scores[i]
	applies := truth.Yes
	if sc.applies >= 0 {
		applies = s.values[sc.applies]
	}
	set := uint64(1) << scoreOffset
	for g := range sc.groups {
		group := sc.groups[g].reach(s.values)
		if group&(group-1) == 0 {
			set = shifted(set, bits.TrailingZeros64(group)-scoreOffset)
			continue
		}
		var sum uint64
		for m := group; m != 0; m &= m - 1 {
			sum |= shifted(set, bits.TrailingZeros64(m)-scoreOffset)
		}
		set = sum
	}
	s.scores[i] = scoreOf(set, applies)
}

// reach is the set of points a group can give: its best sure item, and every
// item above it that is not known.
func (g *scoreGroup) reach(values []truth.K) uint64 {
	if len(g.items) == 1 && g.items[0].points < 0 {
		return g.single(values)
	}
	base := 0
	var open uint64
	for i := range g.items {
		it := &g.items[i]
		switch values[it.node] {
		case truth.Yes:
			base = max(base, it.points)
		case truth.Unknown:
			open |= 1 << (it.points + scoreOffset)
		}
	}
	low := uint64(1) << (base + scoreOffset)
	return low | open&^(low-1)
}

// single is the set of points of one item that may take points off.
func (g *scoreGroup) single(values []truth.K) uint64 {
	with := uint64(1) << (g.items[0].points + scoreOffset)
	switch values[g.items[0].node] {
	case truth.Yes:
		return with
	case truth.Unknown:
		return with | 1<<scoreOffset
	}
	return 1 << scoreOffset
}

func shifted(set uint64, by int) uint64 {
	if by < 0 {
		return set >> -by
	}
	return set << by
}

func scoreOf(set uint64, applies truth.K) scoreValue {
	return scoreValue{
		set: set, applies: applies,
		min: int8(bits.TrailingZeros64(set) - scoreOffset), max: int8(63 - bits.LeadingZeros64(set) - scoreOffset),
	}
}

// scoreLine holds a score against a threshold; a score that does not apply
// meets no line.
func (a *Area) scoreLine(s *state, o *op) truth.K {
	sv := &s.scores[o.a]
	x := truth.Span{Lo: float64(sv.min), Hi: float64(sv.max)}
	k := compared(plainComparison[o.code-opScoreOver], &x, &s.lines[o.b])
	return k.And(sv.applies)
}

// plainComparison turns a score comparison into the plain one.
var plainComparison = [...]opCode{opOver, opUnder, opAtLeast, opAtMost}

// route walks the rows. Row i is possible if its condition is not no and no
// earlier row is surely yes; its gates are tried in the same way. Without gates
// it tells what the patient qualifies for.
func (a *Area) route(s *state, gates bool) {
	var endings uint64
	var outs uint8
	add := func(e int32) {
		endings |= 1 << e
		outs |= 1 << a.endings[e].bit
	}
	for i := range a.rows {
		r := &a.rows[i]
		k := truth.Yes
		if r.when >= 0 {
			k = s.values[r.when]
		}
		if !k.CanBe(truth.Yes) {
			continue
		}
		closed := false
		if gates {
			for g, n := range r.gates {
				v := s.values[n]
				if v.CanBe(truth.Yes) {
					add(r.first + int32(g))
				}
				if v == truth.Yes {
					closed = true
					break
				}
			}
		}
		if !closed {
			add(r.first + int32(len(r.gates)))
		}
		if k == truth.Yes {
			break
		}
	}
	s.endings, s.outcomes = endings, outs
}

// firm reports whether every possible ending has the same outcome.
func (s *state) firm() bool { return s.outcomes&(s.outcomes-1) == 0 }

// outcomeBit is the bit of the outcome advised: the one all endings share, else
// that of more_information.
func (a *Area) outcomeBit(s *state) uint8 {
	if s.firm() {
		return s.outcomes
	}
	return 1 << moreInformation
}

// moreInformation is the position of that outcome.
const moreInformation = 5
