package rules

import (
	"slices"
	"strings"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// memo keeps what a teller has found out about one case: several criteria ask
// the same family question and say the same line. Its memory is used again for
// the next area and the next case.
type memo struct {
	asked []int32 // by family question: one more than its place in answer
	known []int32 // by slot: one more than its place in said
	lines []int32 // by node: one more than the place of its line in said

	answer   []kinAnswer
	findings []family.Finding
	said     []Reason  // reasons without their source, unless they stand alone
	told     []truth.K // beside said: what one person's part in a family question says
	scratch  family.Evidence

	bins [3][]binned // of the verdict being told: for, against, unknown
}

// kinAnswer is a family question answered: its evidence, and its reasons as a
// stretch of memo.said.
type kinAnswer struct {
	k        truth.K
	ev       family.Evidence
	inWords  bool
	from, to int
	shown    bool // some reason speaks for the answer
}

// binned is a reason of a verdict: its place in memo.said, and its source unless
// it has one already.
type binned struct {
	at   int32
	from cite
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
	m.asked, m.known, m.lines = zeroed(m.asked, len(x.a.kin)), zeroed(m.known, len(x.a.slots)), zeroed(m.lines, len(x.a.ops))
	m.answer, m.findings, m.said, m.told = m.answer[:0], m.findings[:0], m.said[:0], m.told[:0]
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

// reasonsOf puts the evidence of a family question into words, once.
func (x *teller) reasonsOf(q *kinQuestion, f *FactDef) *kinAnswer {
	k := x.evidenceOf(q)
	m := x.memo()
	a := &m.answer[m.asked[x.a.slots[q.slot].family]-1]
	if a.inWords {
		return a
	}
	a.inWords, a.from = true, len(m.said)
	put := func(list []family.Finding, says truth.K) {
		for n := range list {
			if says != k && list[n].Person < 0 || beside(list[n].Reason) {
				continue
			}
			m.say(x.finding(q, f, &list[n]), says)
			a.shown = a.shown || says == k
		}
	}
	put(a.ev.For, truth.Yes)
	put(a.ev.Against, truth.No)
	if k == truth.Unknown {
		put(a.ev.Unknown, truth.Unknown)
	}
	a.to = len(m.said)
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
		m.known[slot] = m.say(r, truth.Never) + 1
	}
	return m.said[m.known[slot]-1]
}

// lineOf is the place of a line in memo.said. What a block about tumours says
// changes from tumour to tumour.
func (x *teller) lineOf(e *expr) int32 {
	m := x.memo()
	if m.lines[e.node] == 0 || x.tumour {
		m.lines[e.node] = m.say(x.reason(e), truth.Never) + 1
	}
	return m.lines[e.node] - 1
}

// say keeps a reason and gives its place.
func (m *memo) say(r Reason, says truth.K) int32 {
	m.said, m.told = append(m.said, r), append(m.told, says)
	return int32(len(m.said) - 1)
}

// empty begins a verdict.
func (m *memo) empty() {
	for i := range m.bins {
		m.bins[i] = m.bins[i][:0]
	}
}

// bin holds the reasons for an answer.
func (m *memo) bin(k truth.K) *[]binned {
	switch k {
	case truth.Yes:
		return &m.bins[0]
	case truth.No:
		return &m.bins[1]
	}
	return &m.bins[2]
}

// add files a reason that has its source.
func (m *memo) add(k truth.K, r Reason) {
	b := m.bin(k)
	*b = append(*b, binned{m.say(r, truth.Never), cite{r.Source, r.URL}})
}

// file files a reason unless the same stands there.
func (m *memo) file(k truth.K, at int32, from cite) {
	b, r := m.bin(k), &m.said[at]
	for i := range *b {
		n := (*b)[i].at
		if have := &m.said[n]; n == at || have.Clause == r.Clause && have.Who == r.Who && have.Value == r.Value {
			return
		}
	}
	*b = append(*b, binned{at, from})
}

// cut writes the reasons of a bin into a block of memory that the whole advice
// shares.
func (x *teller) cut(list []binned) []Reason {
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
	for i := range list {
		out[i] = x.kept.said[list[i].at]
		out[i].Source, out[i].URL = list[i].from.text, list[i].from.url
	}
	return out
}
