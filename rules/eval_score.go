package rules

import (
	"math/bits"

	"kindred/rules/truth"
)

// scoreValue is a score as the set of totals it can still reach.
type scoreValue struct {
	set      uint64
	min, max int8
	applies  truth.K
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
		return g.withItem(values[g.items[0].node])
	}
	// Without a branch: which items are sure changes from patient to patient.
	sure, open := uint64(1)<<scoreOffset, uint64(0)
	for i := range g.items {
		it := &g.items[i]
		k := uint64(values[it.node])
		yes, no := k&1, k>>1
		sure |= (yes &^ no) << (it.shift & 63)
		open |= (yes & no) << (it.shift & 63)
	}
	return reachable(sure, open)
}

// reachable is the points of a group by its sure and its open items.
func reachable(sure, open uint64) uint64 {
	low := uint64(1) << ((63 - bits.LeadingZeros64(sure)) & 63)
	return low | open&^(low-1)
}

// withItem is the set of points of a group of one item that may take points off.
func (g *scoreGroup) withItem(k truth.K) uint64 {
	with := uint64(1) << (g.items[0].points + scoreOffset)
	switch k {
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

// scoreLine holds a score against a threshold.
func (a *Area) scoreLine(s *state, o *op) truth.K {
	return a.scoreAgainst(&s.scores[o.a], o, s.lines)
}

// scoreAgainst holds a score against a threshold or its bands; a score that does
// not apply meets none.
func (a *Area) scoreAgainst(sv *scoreValue, o *op, lines []truth.Span) truth.K {
	var k truth.K
	if o.code == opBand {
		k = bit(sv.set&o.mask != 0) | bit(sv.set&^o.mask != 0)<<1
		if o.neg {
			k = k.Not()
		}
	} else {
		x := truth.Span{Lo: float64(sv.min), Hi: float64(sv.max)}
		k = compared(plainComparison[o.code-opScoreOver], &x, &lines[o.b])
	}
	if k = k.And(sv.applies); k == truth.Never {
		return truth.No
	}
	return k
}

// plainComparison turns a score comparison into the plain one.
var plainComparison = [...]opCode{opOver, opUnder, opAtLeast, opAtMost}
