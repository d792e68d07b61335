package family

import (
	"math/bits"

	"kindred/rules/truth"
)

// explain files, person by person, what the answer to a cluster rests on.
func (q *Cluster) explain(g *Graph, ev *Evidence, answer truth.K) {
	file := func(i int) {
		k, f := q.about(g, i)
		ev.add(k, f)
		if k == truth.Yes && answer == truth.Unknown {
			if f, open := q.stillOpen(g, i); open {
				ev.Unknown = append(ev.Unknown, f)
			}
		}
	}
	if m := &g.masks; m.serve { // of the others nothing was said, and their silence is a no
		for b := m.unrelated | m.said(&q.Of) | m.within(q.Near, q.Far)&^m.quiet(q.topics); b != 0; b &= b - 1 {
			file(bits.TrailingZeros64(b))
		}
	} else {
		for i := range g.fam.Members {
			file(i)
		}
	}
	if answer == truth.Yes {
		return
	}
	if g.doubt && q.anySideIf(g, truth.Unknown) && !q.anySideIf(g, truth.Yes) && len(ev.Unknown) == 0 {
		ev.Unknown = append(ev.Unknown, Finding{Person: -1, Entry: -1, Reason: FirstDegreeNotSure})
	}
	if answer == truth.No {
		ev.Against = append(ev.Against, Finding{Person: -1, Entry: -1, Reason: q.whyNot(g)})
	}
}

func (q *Cluster) anySideIf(g *Graph, k truth.K) bool {
	if k == truth.Yes {
		return q.anySide(g, &g.least, false)
	}
	return q.anySide(g, &g.most, true)
}

// about says what member i brings: yes counts, no does not, and why.
func (q *Cluster) about(g *Graph, i int) (truth.K, Finding) {
	m, p := &g.fam.Members[i], &g.nodes[i].place
	f := Finding{Person: i, Entry: -1}
	one := Relatives{Any: q.Of, Women: q.Ages, Men: q.Ages, Confirmed: q.Confirmed, topics: q.topics}
	k := one.hasCondition(g, i, m, &q.Ages, &f)
	switch {
	case p.far == none:
		f.Reason = NotByBlood
		return truth.No, f
	case p.near > q.Far || p.far < q.Near:
		f.Reason = NotNearEnough
		return truth.No, f
	case k == truth.Yes && (p.far > q.Far || p.near < q.Near):
		f.Reason = DegreeNotKnown
		return truth.Unknown, f
	case k == truth.Yes && q.SameSide && p.sides == 0:
		f.Reason = SideNotKnown
		return truth.Unknown, f
	}
	return k, f
}

// stillOpen says what about member i, who counts for sure, could still add to
// the answer: an age that may be young enough, another tumour, another cancer.
func (q *Cluster) stillOpen(g *Graph, i int) (Finding, bool) {
	least, most := q.atoms(g, i)
	if q.Tumours == 0 {
		least.tumours = most.tumours
	}
	if !q.SameSide && g.youngIn(&g.least) { // on the other side it would not help
		least.young = most.young
	}
	f := Finding{Person: i, Entry: -1, Reason: StateNotAsked}
	if least == most {
		return f, false
	}
	m := &g.fam.Members[i]
	for c := range m.Conditions {
		e := &m.Conditions[c]
		if !q.Of.Has(e.Kind) || e.Present == truth.No {
			continue
		}
		age := atTheTime(e.Age, m.Age)
		f.Entry = c
		switch {
		case e.Present == truth.Unknown:
			return f, true
		case q.Confirmed && e.Confirmed == truth.Unknown:
			f.Reason = ConfirmationNotKnown
			return f, true
		case within(age, &q.Ages) == truth.Unknown || within(age, &q.Youngest) == truth.Unknown:
			f.Reason = AgeNotKnown
			return f, true
		}
	}
	f.Entry = -1
	if len(q.topics) > 0 {
		f.Topic = q.topics[0].topic
	}
	return f, true
}

// youngIn reports whether somebody who counts was young enough.
func (g *Graph) youngIn(a *affected) bool {
	for w := range a.counted {
		if a.counted[w]&a.young[w] != 0 {
			return true
		}
	}
	return false
}

// whyNot names the first clause that even the most generous reading fails.
func (q *Cluster) whyNot(g *Graph) Reason {
	eased := *q
	steps := []struct {
		reason Reason
		ease   func()
	}{
		{NobodyYoung, func() { eased.Youngest = AnyAge() }},
		{OneGeneration, func() { eased.Generations = 0 }},
		{NoneOfThose, func() { eased.OneOf = Set{} }},
		{NotFirstDegree, func() { eased.FirstDegreeOfOthers, eased.Kinship = 0, false }},
		{OneSideOnly, func() { eased.SameSide = false }},
	}
	for _, s := range steps {
		s.ease()
		g.clusterBuffers()
		g.most.first = g.maybe
		for i := range g.fam.Members {
			if p := &g.nodes[i].place; p.far != none && p.near <= q.Far && p.far >= q.Near {
				_, hi := eased.atoms(g, i)
				g.most.put(i, hi)
			}
		}
		if eased.anySide(g, &g.most, true) {
			return s.reason
		}
	}
	return TooFew
}
