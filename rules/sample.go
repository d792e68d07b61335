package rules

import (
	"math"
	"math/bits"
	"slices"

	"kindred/rules/truth"
)

// samples is how many ways of filling in what is not known are drawn to rank
// the questions: enough that more would not change which comes first.
const samples = 512

// lanes is how many of them are worked out at once, a bit of a word each.
const lanes = 64

// sampler works out many completions of one state. A completion only settles
// what is open, so nodes that are settled already keep their value: only the
// open ones are worked out, their leaves completion by completion, the joins
// above them for all lanes at once.
type sampler struct {
	a        *Area
	yes, no  []uint64 // by node: the lanes in which it can be yes, can be no
	leaves   []int32  // open nodes that read facts
	joins    []int32  // the other open nodes, in order
	totals   [][lanes]scoreValue
	scored   []bool // scores with an open node below or above them
	shifting bool   // a threshold that matters depends on what is drawn
	apart    bool   // tumours and assumptions are worked out one by one
	reached  [8]uint64

	outcomes [samples]uint8
	answers  []uint64 // samples × questions
	tallies  tally
}

// start takes up a state, of which s is a copy that may be changed freely.
func (m *sampler) start(a *Area, s *state) {
	m.a = a
	if len(m.yes) != len(a.ops) {
		m.yes, m.no = make([]uint64, len(a.ops)), make([]uint64, len(a.ops))
		m.totals, m.scored = make([][lanes]scoreValue, len(a.scores)), make([]bool, len(a.scores))
	}
	m.leaves, m.joins, m.shifting = m.leaves[:0], m.joins[:0], false
	clear(m.scored)
	m.apart = len(s.tumours) > 0 || len(s.assumed) > 0
	if m.apart {
		return
	}
	a.decide(s)
	a.exact(s)
	for i := 0; i < a.routeEnd; i++ {
		o := &a.ops[i]
		m.yes[i], m.no[i] = -uint64(s.values[i]&truth.Yes), -uint64(s.values[i]>>1)
		switch o.code {
		case opLoop:
			i = int(o.b) - 1 // no tumour: settled, and nothing reads what stands in the block
		case opScore:
			m.joins = append(m.joins, int32(i))
		case opFact, opChoice:
			if s.values[i] == truth.Unknown {
				m.leaves = append(m.leaves, int32(i))
			}
		case opOver, opUnder, opAtLeast, opAtMost:
			if s.values[i] == truth.Unknown {
				m.leaves = append(m.leaves, int32(i))
				m.shifting = m.shifting || !s.lines[o.b].IsExact()
			}
		default:
			if s.values[i] == truth.Unknown {
				m.join(s, o, int32(i))
			}
		}
	}
	m.joins = slices.DeleteFunc(m.joins, func(i int32) bool { o := &a.ops[i]; return o.code == opScore && !m.scored[o.a] })
}

func (m *sampler) join(s *state, o *op, i int32) {
	m.joins = append(m.joins, i)
	switch o.code {
	case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost:
		m.scored[o.a] = true
		m.apart = m.apart || !s.lines[o.b].IsExact()
	case opBand:
		m.scored[o.a] = true
	case opAll, opAny, opNone, opNot:
	default:
		m.apart = true
	}
}

// draw draws the completions, and keeps the answer each gives to each question.
func (m *sampler) draw(x *teller, s *state, draws []drawn, questions int, gates bool) {
	m.answers = slices.Grow(m.answers[:0], samples*questions)[:samples*questions]
	clear(m.answers)
	seed := random(0x9E3779B97F4A7C15)
	for n := range samples {
		answers := m.answers[n*questions : (n+1)*questions]
		for d := range draws {
			v := x.draw(s, &draws[d], &seed)
			for _, q := range draws[d].asks {
				answers[q] = answers[q]*33 + uint64(v) + 1
			}
		}
		if m.apart {
			m.outcomes[n] = m.one(s, gates)
			continue
		}
		m.read(s, n%lanes)
		if n%lanes == lanes-1 {
			m.work(s)
			m.route(gates)
			for lane := range lanes {
				m.outcomes[n-lanes+1+lane] = m.outcome(lane)
			}
		}
	}
}

// one works out one completion as any case is.
func (m *sampler) one(s *state, gates bool) uint8 {
	m.a.decide(s)
	if !gates {
		m.a.route(s, false)
	}
	if s.outcomes == 0 || !s.firm() {
		return moreInformation
	}
	return uint8(bits.TrailingZeros8(s.outcomes))
}

// read works out the open leaves of one lane.
func (m *sampler) read(s *state, lane int) {
	a, bit := m.a, uint64(1)<<lane
	if m.shifting {
		a.vary(s, 0, a.routeLines)
	}
	for _, n := range m.leaves {
		k := uint64(a.leaf(s, &a.ops[n]))
		m.yes[n] = m.yes[n]&^bit | (k&1)<<lane
		m.no[n] = m.no[n]&^bit | (k>>1)<<lane
	}
}

// work works out the open nodes above the leaves.
func (m *sampler) work(s *state) {
	a := m.a
	for _, n := range m.joins {
		o := &a.ops[n]
		yes, no := ^uint64(0), ^uint64(0)
		switch o.code {
		case opAll:
			no = 0
			for _, kid := range a.kids[o.b : o.b+o.n] {
				yes, no = yes&m.yes[kid], no|m.no[kid]
			}
		case opAny, opNone:
			yes = 0
			for _, kid := range a.kids[o.b : o.b+o.n] {
				yes, no = yes|m.yes[kid], no&m.no[kid]
			}
			if o.code == opNone {
				yes, no = no, yes
			}
		case opNot:
			yes, no = m.no[o.a], m.yes[o.a]
		case opScore:
			m.addUp(o.a)
			continue
		default:
			yes, no = m.score(s, o)
		}
		m.yes[n], m.no[n] = yes, no
	}
}

// at is the value of a node in one lane.
func (m *sampler) at(n int32, lane int) truth.K {
	return truth.K(m.yes[n]>>lane&1 | m.no[n]>>lane&1<<1)
}

// addUp adds up a score in every lane.
func (m *sampler) addUp(i int32) {
	sc := &m.a.scores[i]
	for lane := range lanes {
		set := uint64(1) << scoreOffset
		for g := range sc.groups {
			set = sumSets(set, m.group(&sc.groups[g], lane))
		}
		applies := truth.Yes
		if sc.applies >= 0 {
			applies = m.at(sc.applies, lane)
		}
		m.totals[i][lane] = scoreOf(set, applies)
	}
}

// group is scoreGroup.reach in one lane.
func (m *sampler) group(g *scoreGroup, lane int) uint64 {
	if len(g.items) == 1 && g.items[0].points < 0 {
		return g.withItem(m.at(g.items[0].node, lane))
	}
	sure, open := uint64(1)<<scoreOffset, uint64(0)
	for i := range g.items {
		it := &g.items[i]
		yes, no := m.yes[it.node]>>lane&1, m.no[it.node]>>lane&1
		sure |= (yes &^ no) << (it.shift & 63)
		open |= (yes & no) << (it.shift & 63)
	}
	return reachable(sure, open)
}

// score holds a score against a threshold or its bands in every lane.
func (m *sampler) score(s *state, o *op) (yes, no uint64) {
	for lane := range lanes {
		sv := &m.totals[o.a][lane]
		k := uint64(m.a.scoreAgainst(sv, o, s.lines))
		yes, no = yes|(k&1)<<lane, no|(k>>1)<<lane
	}
	return yes, no
}

// route is Area.route in every lane; it keeps the outcomes reached.
func (m *sampler) route(gates bool) {
	a := m.a
	m.reached = [8]uint64{}
	open := ^uint64(0) // lanes no row has stopped yet
	for i := range a.rows {
		r := &a.rows[i]
		here, stop := open, open
		if r.when >= 0 {
			here, stop = open&m.yes[r.when], open&^m.no[r.when]
		}
		if gates {
			for g, n := range r.gates {
				m.reached[a.endings[r.first+int32(g)].bit] |= here & m.yes[n]
				here &= m.no[n]
			}
		}
		m.reached[a.endings[r.first+int32(len(r.gates))].bit] |= here
		if open &^= stop; open == 0 {
			break
		}
	}
}

// outcome is the outcome of one lane: the one it surely has, else more_information.
func (m *sampler) outcome(lane int) uint8 {
	set := uint8(0)
	for o := range m.reached {
		set |= uint8(m.reached[o]>>lane&1) << o
	}
	if set == 0 || set&(set-1) != 0 {
		return moreInformation
	}
	return uint8(bits.TrailingZeros8(set))
}

// tally counts outcomes by answer.
type tally struct {
	cells []tallied
	table [2 * samples]int16 // of the cells by answer, one more than their place; 0 is free
}

// tallied is one answer with how often each outcome came with it.
type tallied struct {
	answer uint64
	counts [8]int
}

// information is the mutual information in bits of the outcome and the answer
// to question q of n, with the usual correction for small samples.
func (m *sampler) information(q, n int) float64 {
	t := &m.tallies
	t.cells = t.cells[:0]
	clear(t.table[:])
	var total [8]int
	for i := range samples {
		o := m.outcomes[i] & 7
		total[o]++
		t.cell(m.answers[i*n+q]).counts[o]++
	}
	h, cells, outs := 0.0, 0, 0
	for _, n := range total {
		if n > 0 {
			outs++
			p := float64(n) / samples
			h -= p * math.Log2(p)
		}
	}
	// The same sum in the same order every time.
	slices.SortFunc(t.cells, func(a, b tallied) int {
		if a.answer < b.answer {
			return -1
		}
		return 1
	})
	for i := range t.cells {
		c := &t.cells[i].counts
		n := 0
		for _, v := range c {
			n += v
		}
		for _, v := range c {
			if v > 0 {
				cells++
				p := float64(v) / float64(n)
				h += float64(v) / samples * math.Log2(p)
			}
		}
	}
	bias := float64(cells-len(t.cells)-outs+1) / (2 * samples * math.Ln2)
	return math.Max(0, h-math.Max(bias, 0))
}

// cell finds or adds the cell of an answer.
func (t *tally) cell(answer uint64) *tallied {
	const mask = 2*samples - 1
	at := answer * 0x9E3779B97F4A7C15 >> 54 & mask
	for ; t.table[at] != 0; at = (at + 1) & mask {
		if c := &t.cells[t.table[at]-1]; c.answer == answer {
			return c
		}
	}
	t.cells = append(t.cells, tallied{answer: answer})
	t.table[at] = int16(len(t.cells))
	return &t.cells[len(t.cells)-1]
}
