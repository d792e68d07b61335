package family

import (
	"math"

	"kindred/rules/truth"
)

// Ages is a stretch of ages, both ends included, that a rule asks for.
type Ages = truth.Span

// AnyAge is a rule that does not ask for an age.
func AnyAge() Ages { return truth.Any() }

// YoungerThan is every age below v: the strict "<".
func YoungerThan(v float64) Ages { return truth.Below(v) }

// AtMost is every age up to and including v.
func AtMost(v float64) Ages { return truth.Span{Lo: math.Inf(-1), Hi: v} }

// within answers "age lies in ages" for an age that may be a span.
func within(age truth.Span, ages *Ages) truth.K {
	return kif(age.Lo <= ages.Hi && age.Hi >= ages.Lo, truth.Yes) |
		kif(age.Lo < ages.Lo || age.Hi > ages.Hi, truth.No)
}

// kif is k when b holds and nothing otherwise; answers are built by or-ing.
func kif(b bool, k truth.K) truth.K {
	if b {
		return k
	}
	return truth.Never
}

// atTheTime narrows an age at diagnosis or measurement by the age the person
// has, or had at death: nobody was diagnosed later than that.
func atTheTime(age, person truth.Span) truth.Span {
	if person.Hi < age.Hi && person.Hi >= age.Lo {
		age.Hi = person.Hi
	}
	return age
}

// topicsOf collects the topics of a set of conditions, once for each question.
func (v *Vocabulary) topicsOf(s *Set) (out []topicSet) {
	for k := range v.Conditions {
		if !s.Has(Kind(k)) {
			continue
		}
		t := v.Conditions[k].Topic
		at := -1
		for i := range out {
			if out[i].topic == t {
				at = i
			}
		}
		if at < 0 {
			out, at = append(out, topicSet{topic: t}), len(out)
		}
		out[at].set.Add(Kind(k))
	}
	return out
}

// topicMask has a bit for each topic.
func topicMask(ts []topicSet) (m uint64) {
	for i := range ts {
		m |= 1 << ts[i].topic
	}
	return m
}

// topicSet is the part of a question's conditions that one topic asks for.
type topicSet struct {
	topic Topic
	set   Set
}

// askedTo is the degree up to which a topic was put for everyone; -1 for not.
func (g *Graph) askedTo(t Topic) int8 {
	if int(t) < len(g.fam.Asked) {
		return g.fam.Asked[t]
	}
	return -1
}

// Refresh takes in new conditions, numbers, ages and answers of the same
// people; their links must not have changed.
func (g *Graph) Refresh() {
	var asked [maxDegree + 1]uint64 // degree -> topics asked that far
	for t, to := range g.fam.Asked {
		for d := range min(int(to), maxDegree) + 1 {
			asked[d] |= 1 << t
		}
	}
	for i := range g.fam.Members {
		n := &g.nodes[i]
		n.mentioned = Set{}
		for c := range g.fam.Members[i].Conditions {
			n.mentioned.Add(g.fam.Members[i].Conditions[c].Kind)
		}
		n.quiet = 0
		if d := n.place.far; d != none && !g.sideUnknown(&n.place) {
			n.quiet = asked[min(d, maxDegree)]
		}
	}
	g.masks.fill(g)
}

// maxDegree is the degree beyond which all are treated alike.
const maxDegree = 9

// silenceIsNo reports whether silence about a topic is a no for member i: it
// was asked up to that degree, and somebody knows that side of the family.
func (g *Graph) silenceIsNo(i int, t Topic) bool { return g.nodes[i].quiet>>t&1 != 0 }

// sideUnknown reports whether nobody knows about the side someone is on. Those
// who are on both sides are unknown only when both sides are, and the
// patient's own descendants never.
func (g *Graph) sideUnknown(p *place) bool {
	u := g.fam.UnknownSides
	if u == 0 || p.classes()&(Self|Child|Grandchild) != 0 || p.far == 0 {
		return false
	}
	return p.sidesMax&^u == 0
}
