package rules

import "kindred/rules/truth"

// liveness is which unknown facts can still change the outcome, found by a pass
// backwards from the routing rows.
type liveness struct {
	marked  []bool // by node
	slots   []bool // by slot; tumour slots stand in tumours
	tumours []liveTumour
}

// liveTumour is what still matters about one tumour.
type liveTumour struct {
	exists   bool // whether there is one at all
	pathways uint64
	slots    []bool
}

// live finds the facts that still matter; with gates also those that only a
// gate asks for.
func (a *Area) live(s *state, gates bool) *liveness {
	l := &liveness{marked: make([]bool, len(a.ops)), slots: make([]bool, len(a.slots)), tumours: make([]liveTumour, len(s.tumours))}
	for t := range l.tumours {
		l.tumours[t].slots = make([]bool, len(a.slots))
	}
	mark := func(n int32) {
		if n >= 0 && s.values[n] == truth.Unknown {
			l.marked[n] = true
		}
	}
	for i := range a.rows {
		r := &a.rows[i]
		k := truth.Yes
		if r.when >= 0 {
			k = s.values[r.when]
			mark(r.when)
		}
		if !k.CanBe(truth.Yes) {
			continue
		}
		if gates {
			for _, g := range r.gates {
				mark(g)
				if s.values[g] == truth.Yes {
					break
				}
			}
		}
		if k == truth.Yes {
			break
		}
	}
	a.back(s, l, 0, a.routeEnd, -1)
	return l
}

// back walks nodes backwards; tumour is the one whose block this is, -1 outside.
func (a *Area) back(s *state, l *liveness, from, to, tumour int) {
	inside := blockEnds(a.ops[from:to], from)
	for i := to - 1; i >= from; i-- {
		if tumour < 0 && inside[i-from] {
			continue // blocks are walked from their loop
		}
		if !l.marked[i] || s.values[i] != truth.Unknown {
			continue
		}
		o := &a.ops[i]
		switch o.code {
		case opFact:
			l.slot(a, slotYesNo, o.a, tumour)
		case opChoice:
			l.slot(a, slotChoice, o.a, tumour)
		case opOver, opUnder, opAtLeast, opAtMost:
			if !s.numbers[o.a].IsExact() || tumour >= 0 {
				l.slot(a, slotNumber, o.a, tumour)
			}
			a.liveThreshold(s, l, o.b) // a number that is known asks only which line it is held against
		case opAll, opAny, opNone:
			for _, kid := range a.kids[o.b : o.b+o.n] {
				l.marked[kid] = l.marked[kid] || s.values[kid] == truth.Unknown
			}
		case opNot:
			l.marked[o.a] = true
		case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost, opBand:
			a.liveScore(s, l, o)
		case opStep, opPathway:
			for t := range s.tumours {
				l.pathway(a, s, t, o.a)
			}
		case opStepHere, opPathHere:
			l.pathway(a, s, tumour, o.a)
		case opLoop:
			a.liveLoop(s, l, o, i)
		}
	}
}

// blockEnds marks the nodes that stand inside a tumour block.
func blockEnds(ops []op, from int) []bool {
	in := make([]bool, len(ops))
	for i := range ops {
		if ops[i].code == opLoop {
			for j := i + 1; j < int(ops[i].b)-from && j < len(ops); j++ {
				in[j] = true
			}
		}
	}
	return in
}

// slot notes that a fact matters.
func (l *liveness) slot(a *Area, kind slotKind, at int32, tumour int) {
	i := a.slotAt[kind][at]
	if tumourSlot := a.slots[i].tumour; tumourSlot && tumour >= 0 {
		l.tumours[tumour].slots[i] = true
	} else if !tumourSlot {
		l.slots[i] = true
	}
}

// liveThreshold notes the facts that decide which line a number is held
// against.
func (a *Area) liveThreshold(s *state, l *liveness, t int32) {
	if s.lines[t].IsExact() {
		return
	}
	for i := range a.thresholds[t].lines {
		line := &a.thresholds[t].lines[i]
		for o := range line.when {
			if a.leaf(s, &line.when[o]) == truth.Unknown {
				switch line.when[o].code {
				case opFact:
					l.slot(a, slotYesNo, line.when[o].a, -1)
				case opChoice:
					l.slot(a, slotChoice, line.when[o].a, -1)
				default:
					l.slot(a, slotNumber, line.when[o].a, -1)
				}
			}
		}
	}
}

// liveScore notes the items of a score that can still carry it across a line:
// an item matters if some total of the other groups puts the line between its
// group's best sure item and it.
func (a *Area) liveScore(s *state, l *liveness, o *op) {
	sc := &a.scores[o.a]
	if sc.applies >= 0 && s.values[sc.applies] == truth.Unknown {
		l.marked[sc.applies] = true
	}
	if s.scores[o.a].applies == truth.No {
		return
	}
	for g := range sc.groups {
		group := &sc.groups[g]
		others := uint64(1) << scoreOffset
		for h := range sc.groups {
			if h != g {
				others = sumSets(others, sc.groups[h].reach(s.values))
			}
		}
		reach := group.reach(s.values)
		base := lowest(reach)
		for i := range group.items {
			it := &group.items[i]
			if s.values[it.node] != truth.Unknown || it.points == 0 || it.points > 0 && it.points <= base {
				continue
			}
			if o.code == opBand || a.crosses(s, o, others, base, it.points) {
				l.marked[it.node] = true
			}
		}
	}
}

// crosses reports whether going from base to points carries some total of the
// others across the line.
func (a *Area) crosses(s *state, o *op, others uint64, base, points int) bool {
	for m := others; m != 0; m &= m - 1 {
		other := lowest(m)
		before := truth.Exactly(float64(other + base))
		after := truth.Exactly(float64(other + points))
		code := plainComparison[o.code-opScoreOver]
		if compared(code, &before, &s.lines[o.b]) != compared(code, &after, &s.lines[o.b]) {
			return true
		}
	}
	return false
}

func sumSets(a, b uint64) (out uint64) {
	for m := b; m != 0; m &= m - 1 {
		out |= shifted(a, lowest(m))
	}
	return out
}

// pathway notes that the step of a tumour matters.
func (l *liveness) pathway(a *Area, s *state, t int, p int32) {
	ts := &s.tumours[t]
	if ts.steps[p] == 0 {
		return
	}
	if ts.exists == truth.Unknown {
		l.tumours[t].exists = true
		return
	}
	if ts.steps[p]&(ts.steps[p]-1) != 0 {
		l.tumours[t].pathways |= 1 << p
	}
	_ = a
}

// liveLoop walks a tumour block for each tumour that leaves it open.
func (a *Area) liveLoop(s *state, l *liveness, o *op, i int) {
	for t := range s.tumours {
		ts := &s.tumours[t]
		if ts.site&o.mask == 0 {
			continue
		}
		a.look(s, t)
		a.run(s, i+1, int(o.b))
		v := s.values[o.a]
		if v == truth.No || v.And(ts.exists) != truth.Unknown {
			continue
		}
		if ts.exists == truth.Unknown {
			l.tumours[t].exists = true
			continue
		}
		for n := i + 1; n < int(o.b); n++ {
			l.marked[n] = false
		}
		l.marked[o.a] = true
		a.back(s, l, i+1, int(o.b), t)
	}
}
