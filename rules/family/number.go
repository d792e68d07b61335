package family

import "kindred/rules/truth"

// Line is one way in which a relative's number counts: over (or at least)
// Limit, at those ages, in those relatives. A number counts when any line says
// so, so "over 7.5 in an adult, over 6.7 in a child or sibling under 16" is two.
type Line struct {
	Limit    float64
	AtLeast  bool // reaching Limit is enough
	Ages     Ages // at measurement
	Relation Classes
}

// hasNumber answers whether a measurement of member i is over a line.
func (q *Relatives) hasNumber(g *Graph, i int, f Finding) (truth.K, Finding) {
	m, n := &g.fam.Members[i], &g.nodes[i]
	if n.sex != SexUnknown && q.Sex != SexUnknown && n.sex != q.Sex {
		f.Reason = NotThatSex
		return truth.No, f
	}
	k, best := truth.No, truth.Never
	for c := range m.Numbers {
		e := &m.Numbers[c]
		if e.Fact != q.Number {
			continue
		}
		one, reason := q.measured(e, m, n.place.nearClass)
		if n.place.farClass != n.place.nearClass {
			other, why := q.measured(e, m, n.place.farClass)
			if one |= other; one == truth.Unknown && other != truth.Unknown {
				why = DegreeNotKnown
			}
			reason = why
		}
		k = k.Or(one)
		if best == truth.Never || stronger(one, best) {
			best, f.Entry, f.Reason = one, c, reason
		}
	}
	if best == truth.Never {
		topic := g.vocab.Numbers[q.Number].Topic
		if !g.silenceIsNo(i, topic) {
			k, f.Reason, f.Topic = truth.Unknown, NumberNotKnown, topic
		}
	}
	if q.Sex != SexUnknown && n.sex == SexUnknown {
		k |= truth.No
		if k == truth.Unknown && f.Reason == Counts {
			f.Reason = SexNotKnown
		}
	}
	return k, f
}

// measured answers whether one number counts by any line. The ages are cut at
// every line's edge, so that one unknown age is the same age in all lines.
func (q *Relatives) measured(e *Number, m *Member, at Classes) (truth.K, Reason) {
	age := atTheTime(e.Age, m.Age)
	var k truth.K
	reason := BelowLine
	ageMatters := false
	for cut := range 2*len(q.Lines) + 1 {
		lo, ok := q.cut(cut, age)
		if !ok {
			continue
		}
		part := truth.No
		for l := range q.Lines {
			line := &q.Lines[l]
			if lo < line.Ages.Lo || lo > line.Ages.Hi {
				continue
			}
			over := e.Value.Over(truth.Exactly(line.Limit))
			if line.AtLeast {
				over = e.Value.AtLeast(truth.Exactly(line.Limit))
			}
			if line.Relation != 0 {
				over = over.And(truth.Of(at&line.Relation != 0))
			}
			part = part.Or(over)
		}
		ageMatters = ageMatters || k != truth.Never && part != k
		k |= part
	}
	switch {
	case k == truth.Yes:
		reason = Counts
	case k == truth.Unknown && ageMatters:
		reason = AgeNotKnown
	case k == truth.Unknown:
		reason = NumberNotKnown
	}
	return k, reason
}

// cut gives the age at which part number i of the ages starts: the lowest age,
// then every edge of a line inside the span.
func (q *Relatives) cut(i int, age truth.Span) (float64, bool) {
	if i == 0 {
		return age.Lo, true
	}
	line := &q.Lines[(i-1)/2]
	at := line.Ages.Lo
	if i%2 == 0 {
		at = truth.Above(line.Ages.Hi).Lo
	}
	return at, at > age.Lo && at <= age.Hi
}
