package rules

import "kindred/rules/truth"

// batch is a stretch of the flat table with its leaves sorted by kind: leaves
// depend on facts alone, so each kind is worked out in one tight loop before
// the nodes that join them. Nodes of tumour blocks stay with their loop.
type batch struct {
	from, to int
	facts    []leafRef
	nots     []leafRef
	over     []lineRef
	under    []lineRef
	atLeast  []lineRef
	atMost   []lineRef
	choices  []choiceRef
	optional []int32 // leaves about facts that may be the empty set
	joins    []joinRef
	parts    []part // every node outside tumour blocks that is no leaf, in order
}

type leafRef struct{ node, at int32 }

type lineRef struct{ node, at, line int32 }

type choiceRef struct {
	node, at int32
	mask     uint32
}

// joinRef is all, any, none or not in one form: bits that every kid has to have
// (both) and bits that one kid is enough for (either). For all, yes needs every
// kid and no needs one; for any it is the other way round. Times turn, the two
// bits of the answer stand one place up, as they are or changed about.
type joinRef struct {
	node, a, b   int32
	more, end    int32 // kids beyond two, in Area.kids
	both, either truth.K
	turn         truth.K
}

// part is a run of joins, then one other operation (-1 for none).
type part struct{ from, to, op int32 }

// newBatch sorts the operations from … to.
func (a *Area) newBatch(from, to int) batch {
	b := batch{from: from, to: to}
	run := int32(0)
	other := func(n int32) {
		b.parts = append(b.parts, part{run, int32(len(b.joins)), n})
		run = int32(len(b.joins))
	}
	for i := from; i < to; i++ {
		o := &a.ops[i]
		n := int32(i)
		line := lineRef{n, o.a, o.b}
		switch {
		case a.readsOptional(o):
			b.optional = append(b.optional, n)
		case o.code == opFact && o.neg:
			b.nots = append(b.nots, leafRef{n, o.a})
		case o.code == opFact:
			b.facts = append(b.facts, leafRef{n, o.a})
		case o.code == opOver:
			b.over = append(b.over, line)
		case o.code == opUnder:
			b.under = append(b.under, line)
		case o.code == opAtLeast:
			b.atLeast = append(b.atLeast, line)
		case o.code == opAtMost:
			b.atMost = append(b.atMost, line)
		case o.code == opChoice:
			b.choices = append(b.choices, choiceRef{n, o.a, uint32(o.mask)})
		case o.code == opNot || o.n > 0 && (o.code == opAll || o.code == opAny || o.code == opNone):
			b.joins = append(b.joins, a.newJoin(n, o))
		case o.code == opLoop:
			other(n)
			i = int(o.b) - 1
		default:
			other(n)
		}
	}
	other(-1)
	return b
}

// newJoin is a join of at least one kid.
func (a *Area) newJoin(n int32, o *op) joinRef {
	const asIs, swapped = 2, 5
	j := joinRef{node: n, both: truth.No, either: truth.Yes, turn: asIs}
	switch o.code {
	case opNot:
		j.a, j.b, j.turn = o.a, o.a, swapped
		return j
	case opAll:
		j.both, j.either = truth.Yes, truth.No
	case opNone:
		j.turn = swapped
	}
	j.a, j.b = a.kids[o.b], a.kids[o.b+min(o.n, 2)-1]
	j.more, j.end = o.b+min(o.n, 2), o.b+o.n
	return j
}

// readsOptional reports whether an operation reads a number or choice that is
// the empty set when nobody used it; every other line about them has an answer.
func (a *Area) readsOptional(o *op) bool {
	kind := slotNumber
	switch o.code {
	case opOver, opUnder, opAtLeast, opAtMost:
	case opChoice:
		kind = slotChoice
	default:
		return false
	}
	for i := range a.slots {
		if sl := &a.slots[i]; sl.kind == kind && sl.at == o.a && sl.notUsed {
			return true
		}
	}
	return false
}

// known turns the empty set, which only an optional fact nobody used can give,
// into a no.
func known(k truth.K) truth.K { return k | bit(k == truth.Never)<<1 }

// runBatch works out a stretch: leaves kind by kind, then the joins.
func (a *Area) runBatch(s *state, b *batch) {
	values, numbers, lines, kids := s.values, s.numbers, s.lines, a.kids
	for _, l := range b.facts {
		values[l.node] = s.yesNo[l.at]
	}
	for _, l := range b.nots {
		values[l.node] = s.yesNo[l.at].Not()
	}
	for _, l := range b.over {
		x, t := &numbers[l.at], &lines[l.line]
		values[l.node] = bit(x.Hi > t.Lo) | bit(x.Lo <= t.Hi)<<1
	}
	for _, l := range b.atLeast {
		x, t := &numbers[l.at], &lines[l.line]
		values[l.node] = bit(x.Hi >= t.Lo) | bit(x.Lo < t.Hi)<<1
	}
	for _, l := range b.under {
		x, t := &numbers[l.at], &lines[l.line]
		values[l.node] = bit(x.Lo < t.Hi) | bit(x.Hi >= t.Lo)<<1
	}
	for _, l := range b.atMost {
		x, t := &numbers[l.at], &lines[l.line]
		values[l.node] = bit(x.Lo <= t.Hi) | bit(x.Hi > t.Lo)<<1
	}
	for _, l := range b.choices {
		m := s.choices[l.at]
		values[l.node] = bit(m&l.mask != 0) | bit(m&^l.mask != 0)<<1
	}
	for _, n := range b.optional {
		values[n] = a.leaf(s, &a.ops[n])
	}
	for _, p := range b.parts {
		joins := b.joins[p.from:p.to]
		for i := range joins {
			j := &joins[i]
			x, y := values[j.a], values[j.b]
			both, either := x&y, x|y
			for _, kid := range kids[j.more:j.end] {
				v := values[kid]
				both &= v
				either |= v
			}
			k := both&j.both | either&j.either
			values[j.node] = k * j.turn >> 1 & truth.Unknown
		}
		if p.op < 0 {
			continue
		}
		switch o := &a.ops[p.op]; o.code {
		case opLoop:
			values[p.op] = a.loop(s, o, int(p.op)+1)
		case opScore:
			a.addUp(s, o.a)
			values[p.op] = truth.Yes
		case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost:
			values[p.op] = a.scoreLine(s, o)
		default:
			a.run(s, int(p.op), int(p.op)+1)
		}
	}
}
