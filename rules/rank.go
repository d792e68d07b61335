package rules

import (
	"cmp"
	"math"
	"slices"

	"kindred/rules/truth"
)

// questions ranks what to ask next: first what the patient qualifies for, then
// the gates; each by what its answer is expected to tell about the outcome over
// what it costs. The same case always gives the same order.
func (x *teller) questions() []Question {
	if x.unranked {
		return []Question{}
	}
	return x.rankedQuestions(x.open())
}

// open is the state that questions are ranked in: with what is presumed.
func (x *teller) open() *state {
	r := x.a.spare(x.s)
	for _, i := range x.s.provided {
		x.a.setPresumed(r, i)
	}
	x.a.decide(r)
	x.a.rest(r)
	x.a.exact(r)
	return r
}

func (x *teller) rankedQuestions(r *state) []Question {
	out := []Question{}
	if !r.firm() {
		for _, q := range x.ranked(r) {
			out = append(out, q.q)
		}
	}
	for _, i := range x.s.provided {
		f := x.a.slots[i].fact
		if f.Derived {
			continue // nobody can be asked it; what it is worked out from can
		}
		if x.listing && len(out) > 0 {
			break
		}
		q := Question{Fact: f.ID, Question: f.Question, Cost: f.Cost, Facts: []string{f.ID}, CouldBecome: x.otherwise(r, i)}
		if x.w != nil {
			q.Person = x.w.facts.patient.ID
		}
		out = append(out, q)
	}
	return out
}

// otherwise are the outcomes that a presumed fact could lead to if it is not as
// presumed.
func (x *teller) otherwise(r *state, i int32) []Outcome {
	sl := &x.a.slots[i]
	var reached uint8
	try := func(set func(s *state)) {
		s := x.a.spare(r)
		set(s)
		x.a.decide(s)
		if s.firm() {
			reached |= s.outcomes
		}
	}
	switch sl.kind {
	case slotYesNo:
		try(func(s *state) { s.yesNo[sl.at] = sl.presumeYesNo.Not() })
	case slotChoice:
		for c := range sl.fact.Choices {
			if bit := uint32(1) << c; bit&sl.presumeMask == 0 {
				try(func(s *state) { s.choices[sl.at] = bit })
			}
		}
	}
	return possibleOutcomes(reached)
}

// ranked ranks the questions of an undecided state.
func (x *teller) ranked(r *state) []*ask {
	l := x.a.live(r, false)
	first := x.asks(r, l)
	a := x.a
	a.route(r, false)
	staged := r.outcomes&(r.outcomes-1) != 0
	a.route(r, true)
	if staged {
		x.gain(r, first, false)
	} else {
		first = nil
	}
	all := x.asks(r, a.live(r, true))
	var second []*ask
	for _, q := range all {
		if !slices.ContainsFunc(first, func(o *ask) bool { return o.q.Fact == q.q.Fact && o.q.Person == q.q.Person && o.tumour == q.tumour }) {
			second = append(second, q)
		}
	}
	if x.listing && named(first) >= mostNamed {
		second = nil // a row names no more
	}
	x.gain(r, second, true)
	first = append(first, second...)
	for i, q := range first {
		if x.listing && i > 0 {
			break
		}
		var others []*ask
		if i == 0 { // the card shows the first question's answers in full
			others = first[1:]
		}
		x.effects(r, q, others)
	}
	return first
}

// named is how many different things the questions would name as not known.
func named(list []*ask) int {
	var names []string
	for _, q := range list {
		if n := q.q.missing; n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return len(names)
}

// detailIsYes is how often a missing detail of a known illness turns out to make
// it count; for ranking only.
const detailIsYes = 0.4

// random is a small generator of our own, so that the order of questions does
// not change with the Go release.
type random uint64

func (r *random) next() uint64 {
	*r ^= *r << 13
	*r ^= *r >> 7
	*r ^= *r << 17
	return uint64(*r)
}

// under draws a whole number from 0 to n-1.
func (r *random) under(n int) int { return int((r.next() >> 33) % uint64(n)) }

// chance is true with probability p.
func (r *random) chance(p float64) bool { return float64(r.next()>>11)/(1<<53) < p }

// drawn is one fact to draw: its values and how often each.
type drawn struct {
	slot   int32
	tumour int
	kind   slotKind
	values []float64 // numbers, one in each stretch
	masks  []uint32
	shares []float64
	yes    float64
	exists bool
	asks   []int   // the questions it belongs to
	basis  []int32 // measurements whose footing is asked for: exact if untreated, else somewhere above
	above  [][]float64
	picked []int   // by measurement, which of those
	follow []int32 // ages at measurements that are the age drawn
}

// gain draws completions and gives every question the information its answer
// carries about the outcome, then sorts by gain over cost.
func (x *teller) gain(r *state, list []*ask, gates bool) {
	if len(list) == 0 {
		return
	}
	s := x.a.spare(r)
	if s.sampler == nil {
		s.sampler = &sampler{}
	}
	m := s.sampler
	draws := x.draws(r, list)
	m.start(x, s, draws)
	m.draw(x, s, draws, len(list), gates)
	for q := range list {
		list[q].q.Gain = m.information(q, len(list))
	}
	slices.SortStableFunc(list, func(a, b *ask) int {
		return cmp.Or(cmp.Compare(b.worth(), a.worth()), cmp.Compare(a.firstOrder, b.firstOrder))
	})
}

// worth is gain over cost, in steps so small differences of the draw do not
// change an order.
func (a *ask) worth() float64 {
	return math.Round(a.q.Gain/float64(max(a.q.Cost, 1))*1e4) / 1e4
}

// draws lists what is to be drawn: every fact of every question.
func (x *teller) draws(r *state, list []*ask) []drawn {
	var out []drawn
	add := func(d drawn, q int) {
		for i := range out {
			if out[i].slot == d.slot && out[i].tumour == d.tumour && out[i].exists == d.exists {
				out[i].asks = append(out[i].asks, q)
				return
			}
		}
		d.asks = []int{q}
		out = append(out, d)
	}
	for q, a := range list {
		if a.basis {
			out = append(out, x.drawnBasis(r, q, a))
			continue
		}
		for _, i := range a.slots {
			d := x.drawnSlot(r, i)
			if a.personDetail {
				d.yes = detailIsYes // the illness itself is known; only a detail of it is not
			}
			add(d, q)
		}
		for _, i := range a.tumourSlots {
			d := x.drawnSlot(r, i)
			d.tumour = a.tumour
			x.narrow(r, &d)
			add(d, q)
		}
		for _, t := range a.exists {
			add(drawn{slot: -1, tumour: t, exists: true, yes: 0.05}, q)
		}
	}
	for t := range r.tumours { // other results of tumours, so that pathways end
		for _, i := range x.a.tumours {
			d := x.drawnSlot(r, i)
			d.tumour = t
			x.narrow(r, &d)
			if len(d.masks) > 1 && !slices.ContainsFunc(out, func(o drawn) bool { return o.slot == i && o.tumour == t }) {
				out = append(out, d)
			}
		}
	}
	return out
}

// drawnBasis is the question on what footing measurements count. Its answer is
// one of two, not a value.
func (x *teller) drawnBasis(r *state, q int, a *ask) drawn {
	d := drawn{slot: -1, tumour: -1, basis: a.slots, yes: 0.5, asks: []int{q}}
	if f := x.a.dict.factByID["lipid.basis"]; f != nil {
		if share, ok := f.usualChoice["untreated"]; ok {
			d.yes = share
		}
	}
	for _, i := range a.slots {
		d.values = append(d.values, r.numbers[x.a.slots[i].at].Lo)
		d.above = append(d.above, x.a.stretches(r, i))
	}
	d.picked = make([]int, len(a.slots))
	return d
}

func (x *teller) drawnSlot(r *state, i int32) drawn {
	sl := &x.a.slots[i]
	d := drawn{slot: i, tumour: -1, kind: sl.kind, yes: sl.fact.usualYes}
	switch sl.kind {
	case slotNumber:
		if !sl.tumour {
			d.values, d.follow = x.a.stretches(r, i), x.a.following(r, i)
		}
	case slotChoice:
		x.shares(&d, sl, r.choices[sl.at])
	}
	return d
}

// shares lists the values a choice can still have.
func (x *teller) shares(d *drawn, sl *slot, mask uint32) {
	d.masks, d.shares = nil, nil
	for i := range sl.fact.Choices {
		if mask>>i&1 == 0 {
			continue
		}
		share, ok := sl.fact.usualChoice[sl.fact.Choices[i].Value]
		if !ok {
			share = 0.01
			if len(sl.fact.usualChoice) == 0 {
				share = 1
			}
		}
		d.masks, d.shares = append(d.masks, 1<<i), append(d.shares, share)
	}
}

// narrow keeps to what is still possible of one tumour.
func (x *teller) narrow(r *state, d *drawn) {
	sl, ts := &x.a.slots[d.slot], &r.tumours[d.tumour]
	switch sl.kind {
	case slotChoice:
		x.shares(d, sl, ts.choice[sl.at])
	case slotNumber:
		kept := r.numbers[sl.at]
		r.numbers[sl.at] = ts.number[sl.at]
		d.values = x.a.stretches(r, d.slot)
		r.numbers[sl.at] = kept
	case slotYesNo:
		if ts.yesNo[sl.at] != truth.Unknown {
			d.yes = -1
		}
	}
}

// pick draws the number of one answer. Of a basis it also draws which value each
// measurement then has: 0 is the one measured, n the nth above.
func (d *drawn) pick(r *random) int {
	switch {
	case d.exists:
		return int(truth.Of(r.chance(d.yes)))
	case d.basis != nil:
		untreated := r.chance(d.yes)
		for n := range d.basis {
			d.picked[n] = 0
			if above := len(d.above[n]); !untreated && above > 0 {
				d.picked[n] = 1 + r.under(above)
			}
		}
		return int(bit(untreated))
	case d.kind == slotNumber && len(d.values) > 0:
		return r.under(len(d.values))
	case d.kind == slotChoice && len(d.masks) > 0:
		sum := 0.0
		for _, v := range d.shares {
			sum += v
		}
		at := float64(r.next()>>11) / (1 << 53) * sum
		i := 0
		for i < len(d.shares)-1 && at >= d.shares[i] {
			at -= d.shares[i]
			i++
		}
		return i
	case d.kind == slotYesNo && d.yes >= 0:
		return int(truth.Of(r.chance(d.yes)))
	}
	return 0
}

// put puts the answer of that number into place.
func (x *teller) put(s *state, d *drawn, v int) {
	if d.exists {
		s.tumours[d.tumour].exists = truth.K(v)
		return
	}
	if d.basis != nil {
		for n, i := range d.basis {
			s.numbers[x.a.slots[i].at] = truth.Exactly(d.measured(n, d.picked[n]))
		}
		return
	}
	at := x.a.slots[d.slot].at
	yesNo, numbers, choices := s.yesNo, s.numbers, s.choices
	if d.tumour >= 0 {
		ts := &s.tumours[d.tumour]
		yesNo, numbers, choices = ts.yesNo, ts.number, ts.choice
	}
	switch {
	case d.kind == slotNumber && len(d.values) > 0:
		numbers[at] = truth.Exactly(d.values[v])
		x.a.follow(s, d.follow, numbers[at])
	case d.kind == slotChoice && len(d.masks) > 0:
		choices[at] = d.masks[v]
	case d.kind == slotYesNo && d.yes >= 0:
		yesNo[at] = truth.K(v)
	}
}

// measured is value number v of measurement n of a basis.
func (d *drawn) measured(n, v int) float64 {
	if v == 0 {
		return d.values[n]
	}
	return d.above[n][v-1]
}
