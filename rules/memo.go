package rules

import (
	"slices"
	"strings"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// memo keeps what a teller has found out about one case: several criteria ask
// the same family question and name the same measurement. Its memory is used
// again for the next area and the next case.
type memo struct {
	asked  []int32 // by family question: one more than its place in answers
	told   []int32 // by family question: the same, once its reasons are in words
	known  []int32 // by slot: one more than its place in records
	fills  [3][]Reason
	answer []kinAnswer
	record []Reason

	findings []family.Finding
	reasons  []filed
	scratch  family.Evidence
}

// kinAnswer is a family question answered: its evidence, and its reasons as
// stretch of memo.reasons.
type kinAnswer struct {
	k        truth.K
	ev       family.Evidence
	from, to int
	shown    bool // some reason speaks for the answer
}

// filed is a reason and what it says about the question.
type filed struct {
	says truth.K
	r    Reason
}

// memo is the teller's, empty at first.
func (x *teller) memo() *memo {
	if x.kept != nil {
		return x.kept
	}
	x.kept = &memo{}
	if x.w != nil {
		x.kept = &x.w.memo
	}
	m := x.kept
	m.asked, m.told, m.known = zeroed(m.asked, len(x.a.kin)), zeroed(m.told, len(x.a.kin)), zeroed(m.known, len(x.a.slots))
	m.answer, m.record, m.findings, m.reasons = m.answer[:0], m.record[:0], m.findings[:0], m.reasons[:0]
	return m
}

func zeroed(list []int32, n int) []int32 {
	list = slices.Grow(list[:0], n)[:n]
	clear(list)
	return list
}

// keep copies findings into the memo, in the order of the people's ids.
func (x *teller) keep(list []family.Finding) []family.Finding {
	slices.SortStableFunc(list, func(a, b family.Finding) int {
		if a.Person == b.Person {
			return 0
		}
		return strings.Compare(x.idOf(a.Person), x.idOf(b.Person))
	})
	m := x.memo()
	from := len(m.findings)
	m.findings = append(m.findings, list...)
	return m.findings[from:len(m.findings):len(m.findings)]
}

// evidenceOf asks a family question with its evidence, person by person in the
// order of their ids, so that the order in which people were taken changes
// nothing. x.ev then holds the evidence, which must not be changed.
func (x *teller) evidenceOf(q *kinQuestion) truth.K {
	m, i := x.memo(), x.a.slots[q.slot].family
	if m.asked[i] == 0 {
		m.scratch.Reset()
		k := q.ask(&x.w.kin.graph, &m.scratch)
		m.answer = append(m.answer, kinAnswer{k: k, ev: family.Evidence{
			For: x.keep(m.scratch.For), Against: x.keep(m.scratch.Against), Unknown: x.keep(m.scratch.Unknown),
		}})
		m.asked[i] = int32(len(m.answer))
	}
	a := &m.answer[m.asked[i]-1]
	x.ev = a.ev
	return a.k
}

// reasonsOf puts the evidence of a family question into words, once; whoever
// files a reason gives it its source.
func (x *teller) reasonsOf(q *kinQuestion, f *FactDef) *kinAnswer {
	k := x.evidenceOf(q)
	m, i := x.memo(), x.a.slots[q.slot].family
	a := &m.answer[m.asked[i]-1]
	if m.told[i] != 0 {
		return a
	}
	m.told[i] = m.asked[i]
	a.from = len(m.reasons)
	put := func(list []family.Finding, says truth.K) {
		for n := range list {
			if says != k && list[n].Person < 0 || beside(list[n].Reason) {
				continue
			}
			m.reasons = append(m.reasons, filed{says, x.finding(q, f, &list[n])})
			a.shown = a.shown || says == k
		}
	}
	put(a.ev.For, truth.Yes)
	put(a.ev.Against, truth.No)
	if k == truth.Unknown {
		put(a.ev.Unknown, truth.Unknown)
	}
	a.to = len(m.reasons)
	return a
}

// recordOf is what the patient's record says about a fact, as a reason without
// its clause and source.
func (x *teller) recordOf(f *FactDef, slot int32) Reason {
	m := x.memo()
	if m.known[slot] == 0 || x.a.slots[slot].tumour {
		r := Reason{Who: "Patient"}
		x.record(&r, f, slot)
		if x.w != nil {
			r.Person = x.w.facts.patient.ID
		}
		m.record = append(m.record, r)
		m.known[slot] = int32(len(m.record))
	}
	return m.record[m.known[slot]-1]
}

// gather has the reasons of a verdict gathered in the memo's own lists, and
// gathered copies them, so that they take up no more room than they need.
func (x *teller) gather(v *CriterionVerdict) {
	m := x.memo()
	v.For, v.Against, v.Unknown = m.fills[0][:0], m.fills[1][:0], m.fills[2][:0]
}

func (x *teller) gathered(v *CriterionVerdict) {
	x.memo().fills = [3][]Reason{v.For, v.Against, v.Unknown}
	v.For, v.Against, v.Unknown = x.cut(v.For), x.cut(v.Against), x.cut(v.Unknown)
}

// cut copies reasons into a block of memory that the whole advice shares.
func (x *teller) cut(list []Reason) []Reason {
	const block = 64
	n := len(list)
	if n == 0 {
		return []Reason{}
	}
	if n > len(x.room) {
		x.room = make([]Reason, max(block, n))
	}
	out := x.room[:n:n]
	x.room = x.room[n:]
	copy(out, list)
	return out
}
