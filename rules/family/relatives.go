package family

import (
	"math/bits"

	"kindred/rules/truth"
)

// Relatives asks whether at least Count relatives have something: one of the
// conditions in Any, or a number over a line. Start from NewRelatives and call
// Prepare once before asking.
type Relatives struct {
	Any       Set        // conditions; empty when Lines are given
	Lines     []Line     // a number over one of these lines; empty when Any is given
	Number    Fact       // the number that Lines speak of
	Near, Far int8       // degrees by blood, both included; 0 is the patient
	Relation  Classes    // places in the family that count; 0 for all
	Side      Sides      // Maternal or Paternal: only that side, and those on both; 0 for all
	Sex       Sex        // sex at birth that counts; SexUnknown for both
	Women     Ages       // ages at diagnosis that count in women …
	Men       Ages       // … and in men
	Confirmed bool       // only what a report confirms counts
	Count     int        // at least so many people
	topics    []topicSet // of Any
	topicMask uint64
}

// NewRelatives is the question for one relative of the degrees given, at any
// age.
func NewRelatives(near, far int) *Relatives {
	return &Relatives{Near: int8(near), Far: int8(far), Women: AnyAge(), Men: AnyAge(), Count: 1}
}

// Prepare resolves what the question needs from the vocabulary.
func (q *Relatives) Prepare(v *Vocabulary) {
	q.topics = v.topicsOf(&q.Any)
	q.topicMask = topicMask(q.topics)
}

// Ask answers the question. With evidence it also says, person by person, what
// counts, what does not and what is not known; nil is faster.
func (q *Relatives) Ask(g *Graph, ev *Evidence) truth.K {
	if ev == nil && g.masks.serve && len(q.Lines) == 0 {
		return q.quick(g)
	}
	surely, possibly := 0, 0
	ask := func(i int) {
		p := &g.nodes[i].place
		reach := q.reaches(p)
		if reach == truth.No && ev == nil {
			return
		}
		k, f := q.has(g, i)
		if reach != truth.Yes {
			if !mentioned(f) && reach == truth.No {
				return
			}
			k = k.And(reach)
			f.Reason = q.whyNotReached(p, reach, f.Reason, k)
		}
		if k == truth.Yes {
			surely++
		}
		if k.CanBe(truth.Yes) {
			possibly++
		}
		if ev != nil {
			ev.add(k, f)
		}
	}
	if g.masks.serve {
		// Of the others nothing was said, and their silence is a no: no evidence.
		for b := q.bearing(g); b != 0; b &= b - 1 {
			ask(bits.TrailingZeros64(b))
		}
	} else {
		for i := range g.fam.Members {
			if n := &g.nodes[i]; ev != nil || len(q.Lines) > 0 || q.topicMask&^n.quiet != 0 || n.mentioned.meets(&q.Any) {
				ask(i)
			}
		}
	}
	open, reason := q.unlisted(g)
	if ev != nil {
		q.addUnlisted(g, ev, open, reason)
	}
	return kif(open || possibly >= q.Count, truth.Yes) | kif(surely < q.Count, truth.No)
}

// bearing is everyone the answer may rest on: those of whom something was said,
// related or not, and the silent ones it is about who were not asked.
func (q *Relatives) bearing(g *Graph) uint64 {
	m := &g.masks
	if len(q.Lines) > 0 {
		return m.measured | q.within(m)&^m.ofTopic[g.vocab.Numbers[q.Number].Topic]
	}
	return m.unrelated | m.said(&q.Any) | q.within(m)&^m.quiet(q.topics)
}

// within is everyone of the places the question is about.
func (q *Relatives) within(m *masks) uint64 {
	reach := m.within(q.Near, q.Far)
	if q.Relation != 0 {
		reach &= m.at(q.Relation)
	}
	if q.Side != 0 {
		reach &= m.side[q.Side>>1]
	}
	return reach
}

// quick is Ask for families the masks serve: it looks at those of whom something
// was said, then, unless people nobody listed keep it open, at the silent ones
// until enough may have it.
func (q *Relatives) quick(g *Graph) truth.K {
	m := &g.masks
	reach := q.within(m)
	surely, possibly := 0, 0
	said := m.said(&q.Any)
	for b := reach & said; b != 0; b &= b - 1 {
		k, _ := q.has(g, bits.TrailingZeros64(b))
		if k == truth.Yes {
			surely++
		}
		if k.CanBe(truth.Yes) {
			possibly++
		}
	}
	if surely >= q.Count {
		return truth.Yes
	}
	if open, _ := q.unlisted(g); open {
		return truth.Unknown
	}
	for b := reach &^ said &^ m.quiet(q.topics); b != 0 && possibly < q.Count; b &= b - 1 {
		if k, _ := q.has(g, bits.TrailingZeros64(b)); k.CanBe(truth.Yes) {
			possibly++
		}
	}
	if possibly < q.Count {
		return truth.No
	}
	return truth.Unknown
}

// add files a finding under its answer. A plain absence that nobody mentioned
// is no evidence about that person.
func (e *Evidence) add(k truth.K, f Finding) {
	switch k {
	case truth.Yes:
		e.For = append(e.For, f)
	case truth.No:
		if mentioned(f) || f.Reason == AnswerNo {
			e.Against = append(e.Against, f)
		}
	default:
		e.Unknown = append(e.Unknown, f)
	}
}

func mentioned(f Finding) bool { return f.Entry >= 0 }

// reaches answers whether the question is about someone at that place. A
// person who may be a full or a half sibling is looked at both ways.
func (q *Relatives) reaches(p *place) truth.K {
	if p.far == none {
		return truth.No
	}
	k := truth.Of(q.counts(p.near, p.nearClass))
	if p.near != p.far || p.nearClass != p.farClass {
		k |= truth.Of(q.counts(p.far, p.farClass))
	}
	if q.Side != 0 && p.sides&q.Side == 0 {
		k = k.And(kif(p.sidesMax&q.Side != 0, truth.Yes) | truth.No)
	}
	return k
}

func (q *Relatives) counts(degree int8, at Classes) bool {
	return degree >= q.Near && degree <= q.Far && (q.Relation == 0 || at&q.Relation != 0)
}

func (q *Relatives) whyNotReached(p *place, reach truth.K, inner Reason, k truth.K) Reason {
	switch {
	case reach == truth.Unknown && k == truth.Unknown && inner == Counts && p.sides == 0:
		return SideNotKnown
	case reach == truth.Unknown && k == truth.Unknown && inner == Counts:
		return DegreeNotKnown
	case reach == truth.Unknown:
		return inner
	case p.far == none:
		return NotByBlood
	case p.near > q.Far || p.far < q.Near:
		return NotNearEnough
	case q.Side != 0 && p.sidesMax&q.Side == 0:
		return OneSideOnly
	}
	return NotThatRelative
}

// has answers whether member i has what the question asks for, apart from
// degree and place.
func (q *Relatives) has(g *Graph, i int) (truth.K, Finding) {
	f := Finding{Person: i, Entry: -1}
	if len(q.Lines) > 0 {
		return q.hasNumber(g, i, f)
	}
	m, sex := &g.fam.Members[i], g.nodes[i].sex
	var k truth.K
	if sex != Male && q.Sex != Male {
		k |= q.hasCondition(g, i, m, &q.Women, &f)
	} else if sex != Male {
		k |= truth.No
	}
	if sex != Female && q.Sex != Female {
		before := k
		k |= q.hasCondition(g, i, m, &q.Men, &f)
		if before != truth.Never && before != k {
			f.Reason = SexNotKnown
		}
	} else if sex != Female {
		k |= truth.No
		if k == truth.Unknown && f.Reason == Counts {
			f.Reason = SexNotKnown
		}
	}
	if k == truth.No && q.Sex != SexUnknown && sex != SexUnknown && sex != q.Sex {
		f.Reason = NotThatSex
		for c := range m.Conditions {
			if q.Any.Has(m.Conditions[c].Kind) && m.Conditions[c].Present != truth.No {
				f.Entry = c
			}
		}
	}
	return k, f
}

// hasCondition answers for one sex. The finding keeps the entry that speaks
// most strongly for the answer.
func (q *Relatives) hasCondition(g *Graph, i int, m *Member, ages *Ages, f *Finding) truth.K {
	var said Set
	k, best := truth.No, truth.Never
	for c := range m.Conditions {
		e := &m.Conditions[c]
		if !q.Any.Has(e.Kind) {
			continue
		}
		said.Add(e.Kind)
		one, reason := q.entry(e, m, ages)
		k = k.Or(one)
		if best == truth.Never || stronger(one, best) {
			best, f.Entry, f.Reason = one, c, reason
		}
	}
	if k == truth.Yes {
		return k
	}
	for t := range q.topics {
		if said.covers(&q.topics[t].set) {
			continue
		}
		topic := q.topics[t].topic
		if g.silenceIsNo(i, topic) {
			continue
		}
		silent := truth.Unknown.And(within(atTheTime(truth.Any(), m.Age), ages))
		k = k.Or(silent)
		if silent == truth.Unknown && best != truth.Unknown {
			best, f.Entry, f.Reason, f.Topic = silent, -1, StateNotAsked, topic
			if g.sideUnknown(&g.nodes[i].place) {
				f.Reason = UnknownSide
			}
		}
	}
	return k
}

// stronger orders answers for the trace: yes, then not known, then no.
func stronger(a, b truth.K) bool {
	return a != b && (a == truth.Yes || a == truth.Unknown && b == truth.No)
}

// entry answers whether one diagnosis counts.
func (q *Relatives) entry(e *Condition, m *Member, ages *Ages) (truth.K, Reason) {
	if e.Present == truth.No {
		return truth.No, AnswerNo
	}
	age := within(atTheTime(e.Age, m.Age), ages)
	if age == truth.No {
		if e.Age.Lo > ages.Hi {
			return truth.No, TooOld
		}
		return truth.No, TooYoung
	}
	k, reason := e.Present.And(age), Counts
	if q.Confirmed {
		k = k.And(e.Confirmed)
		if e.Confirmed == truth.No {
			return truth.No, NotConfirmed
		}
		if e.Confirmed == truth.Unknown {
			reason = ConfirmationNotKnown
		}
	}
	switch {
	case e.Present == truth.Unknown:
		reason = StateNotAsked
	case age == truth.Unknown:
		reason = AgeNotKnown
	}
	return k, reason
}

// unlisted reports whether relatives whom nobody listed may have it, and why.
func (q *Relatives) unlisted(g *Graph) (open bool, reason Finding) {
	far := q.farthest()
	if far < 1 || q.parentsOnly() && g.parentsListed() {
		return false, Finding{}
	}
	if g.unknownSideMatters(q.Relation) {
		return true, Finding{Person: -1, Entry: -1, Reason: UnknownSide}
	}
	if len(q.Lines) > 0 {
		t := g.vocab.Numbers[q.Number].Topic
		if g.askedTo(t) < far {
			return true, Finding{Person: -1, Entry: -1, Reason: RelativesNotAsked, Topic: t, Degree: int(far)}
		}
		return false, Finding{}
	}
	for i := range q.topics {
		if t := q.topics[i].topic; g.askedTo(t) < far {
			return true, Finding{Person: -1, Entry: -1, Reason: RelativesNotAsked, Topic: t, Degree: int(far)}
		}
	}
	return false, Finding{}
}

func (q *Relatives) addUnlisted(g *Graph, ev *Evidence, open bool, why Finding) {
	if open {
		ev.Unknown = append(ev.Unknown, why)
	} else if q.farthest() >= 1 && len(q.topics) > 0 && len(ev.For) < q.Count {
		ev.Against = append(ev.Against, Finding{Person: -1, Entry: -1, Reason: AskedNone, Topic: q.topics[0].topic, Degree: int(q.Far)})
	}
}

// farthest is the largest degree the question can reach.
func (q *Relatives) farthest() int8 {
	if q.Relation == 0 || q.Relation&OtherBlood != 0 {
		return q.Far
	}
	far := int8(3)
	if q.Relation&(Cousin|GreatGrandparent|GreatAuntOrUncle) == 0 {
		far = 2
	}
	if q.Relation&^(Parent|Sibling|Child) == 0 {
		far = 1
	}
	return min(far, q.Far)
}

func (q *Relatives) parentsOnly() bool { return q.Relation == Parent }

// parentsListed reports whether both parents are among the members: there is
// no third.
func (g *Graph) parentsListed() bool {
	p, n := &g.nodes[g.patient], int16(len(g.fam.Members))
	return p.mother >= 0 && p.mother < n && p.father >= 0 && p.father < n
}

// unknownSideMatters reports whether an unknown side keeps a question about
// these places from being answered no.
func (g *Graph) unknownSideMatters(at Classes) bool {
	u := g.fam.UnknownSides
	switch {
	case u == 0:
		return false
	case at == 0:
		return true
	case at&^(Self|Child|Grandchild) == 0:
		return false
	case at&^(Self|Child|Grandchild|Sibling|NieceOrNephew) == 0:
		return u == BothSides
	}
	return true
}
