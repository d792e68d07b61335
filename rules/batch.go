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
	joins    []int32 // every other node outside tumour blocks, in order
}

type leafRef struct{ node, at int32 }

type lineRef struct{ node, at, line int32 }

type choiceRef struct {
	node, at int32
	mask     uint32
}

// newBatch sorts the operations from … to.
func (a *Area) newBatch(from, to int) batch {
	b := batch{from: from, to: to}
	for i := from; i < to; i++ {
		o := &a.ops[i]
		n := int32(i)
		line := lineRef{n, o.a, o.b}
		switch o.code {
		case opFact:
			if o.neg {
				b.nots = append(b.nots, leafRef{n, o.a})
			} else {
				b.facts = append(b.facts, leafRef{n, o.a})
			}
		case opOver:
			b.over = append(b.over, line)
		case opUnder:
			b.under = append(b.under, line)
		case opAtLeast:
			b.atLeast = append(b.atLeast, line)
		case opAtMost:
			b.atMost = append(b.atMost, line)
		case opChoice:
			b.choices = append(b.choices, choiceRef{n, o.a, uint32(o.mask)})
		case opLoop:
			b.joins = append(b.joins, n)
			i = int(o.b) - 1
		default:
			b.joins = append(b.joins, n)
		}
	}
	return b
}

// known turns the empty set, which only an optional fact nobody used can give,
// into a no.
func known(k truth.K) truth.K { return k | bit(k == truth.Never)<<1 }

// runBatch works out a stretch: leaves kind by kind, then the joins.
func (a *Area) runBatch(s *state, b *batch) {
	values, numbers, lines := s.values, s.numbers, s.lines
	for _, l := range b.facts {
		values[l.node] = s.yesNo[l.at]
	}
	for _, l := range b.nots {
		values[l.node] = s.yesNo[l.at].Not()
	}
	for _, l := range b.over {
		x, t := &numbers[l.at], &lines[l.line]
		values[l.node] = known(bit(x.Hi > t.Lo) | bit(x.Lo <= t.Hi)<<1)
	}
	for _, l := range b.atLeast {
		x, t := &numbers[l.at], &lines[l.line]
		values[l.node] = known(bit(x.Hi >= t.Lo) | bit(x.Lo < t.Hi)<<1)
	}
	for _, l := range b.under {
		x, t := &numbers[l.at], &lines[l.line]
		values[l.node] = known(bit(x.Lo < t.Hi) | bit(x.Hi >= t.Lo)<<1)
	}
	for _, l := range b.atMost {
		x, t := &numbers[l.at], &lines[l.line]
		values[l.node] = known(bit(x.Lo <= t.Hi) | bit(x.Hi > t.Lo)<<1)
	}
	for _, l := range b.choices {
		m := s.choices[l.at]
		values[l.node] = known(bit(m&l.mask != 0) | bit(m&^l.mask != 0)<<1)
	}
	for _, i := range b.joins {
		o := &a.ops[i]
		var k truth.K
		switch o.code {
		case opAll:
			both, either := truth.Unknown, truth.Never
			for _, kid := range a.kids[o.b:][:o.n] {
				v := values[kid]
				both &= v
				either |= v
			}
			k = both&truth.Yes | either&truth.No
		case opAny, opNone:
			both, either := truth.Unknown, truth.Never
			for _, kid := range a.kids[o.b:][:o.n] {
				v := values[kid]
				both &= v
				either |= v
			}
			k = both&truth.No | either&truth.Yes
			if o.code == opNone {
				k = k.Not()
			}
		case opNot:
			k = values[o.a].Not()
		case opLoop:
			k = a.loop(s, o, int(i)+1)
		case opScore:
			a.addUp(s, o.a)
			k = truth.Yes
		case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost:
			k = a.scoreLine(s, o)
		default:
			a.run(s, int(i), int(i)+1)
			continue
		}
		values[i] = k
	}
}
