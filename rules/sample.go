package rules

import (
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
// open ones are worked out, for all lanes at once.
type sampler struct {
	a        *Area
	yes, no  []uint64 // by node: the lanes in which it can be yes, can be no
	leaves   []leaf   // open nodes that read facts
	joins    []int32  // the other open nodes, in order
	totals   [][lanes]scoreValue
	groups   [][]openGroup // by score; empty for those no open node is about
	shifting bool          // a threshold that matters depends on what is drawn
	reading  bool          // some leaf is read in every lane
	apart    bool          // tumours and assumptions are worked out one by one
	given    [][]uint64    // by draw and number of an answer: the lanes that gave it
	reached  [8]uint64     // by outcome: the lanes that can end there

	outcomes [samples]uint8
	answers  []uint64 // samples × questions
	tallies  tally
}

// leaf is an open node that reads a fact. Where one draw alone settles that
// fact, the node has one value for each answer, from number first on.
type leaf struct {
	node   int32
	draw   int // -1: to be read in every lane
	first  int
	values []truth.K
}

// openGroup is a group of a score: what its settled items give, and the open
// ones.
type openGroup struct {
	sure   uint64
	items  []openItem
	single *scoreGroup // a group of one item that may take points off
}

type openItem struct {
	node  int32
	shift uint8
}

// start takes up a state, of which s is a copy that may be changed freely.
func (m *sampler) start(x *teller, s *state, draws []drawn) {
	a := x.a
	m.a = a
	if len(m.yes) != len(a.ops) {
		m.yes, m.no = make([]uint64, len(a.ops)), make([]uint64, len(a.ops))
		m.totals, m.groups = make([][lanes]scoreValue, len(a.scores)), make([][]openGroup, len(a.scores))
	}
	m.leaves, m.joins, m.shifting, m.reading = m.leaves[:0], m.joins[:0], false, false
	for i := range m.groups {
		m.groups[i] = m.groups[i][:0]
	}
	if m.apart = len(s.tumours) > 0 || len(s.assumed) > 0; m.apart {
		return
	}
	a.decide(s)
	a.exact(s)
	m.given = m.given[:0]
	for range draws {
		if n := len(m.given); n < cap(m.given) {
			m.given = m.given[:n+1]
		} else {
			m.given = append(m.given, nil)
		}
	}
	for d := range draws {
		m.given[d] = append(m.given[d][:0], make([]uint64, draws[d].answers())...)
	}
	for i := 0; i < a.routeEnd; i++ {
		o := &a.ops[i]
		m.yes[i], m.no[i] = -uint64(s.values[i]&truth.Yes), -uint64(s.values[i]>>1)
		switch {
		case o.code == opLoop:
			i = int(o.b) - 1 // no tumour: settled, and nothing reads what stands in the block
		case o.code == opScore:
			m.joins = append(m.joins, int32(i))
		case s.values[i] == truth.Unknown:
			m.open(s, draws, int32(i))
		}
	}
	m.joins = slices.DeleteFunc(m.joins, func(i int32) bool { return a.ops[i].code == opScore && len(m.groups[a.ops[i].a]) == 0 })
}

// open takes up an open node.
func (m *sampler) open(s *state, draws []drawn, n int32) {
	o := &m.a.ops[n]
	switch o.code {
	case opFact:
		m.leaf(s, draws, n, slotYesNo)
	case opChoice:
		m.leaf(s, draws, n, slotChoice)
	case opOver, opUnder, opAtLeast, opAtMost:
		m.leaf(s, draws, n, slotNumber)
	case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost, opBand:
		m.apart = m.apart || o.code != opBand && !s.lines[o.b].IsExact()
		m.joins = append(m.joins, n)
		m.score(s, o.a)
	case opAll, opAny, opNone, opNot:
		m.joins = append(m.joins, n)
	default:
		m.apart = true
	}
}

// leaf takes up an open node that reads a fact.
func (m *sampler) leaf(s *state, draws []drawn, n int32, kind slotKind) {
	a, o := m.a, &m.a.ops[n]
	if len(m.leaves) < cap(m.leaves) {
		m.leaves = m.leaves[:len(m.leaves)+1]
	} else {
		m.leaves = append(m.leaves, leaf{})
	}
	l := &m.leaves[len(m.leaves)-1]
	l.node, l.draw, l.first, l.values = n, -1, 0, l.values[:0]
	times := 2
	if kind == slotNumber && !s.lines[o.b].IsExact() {
		m.shifting = true
	} else {
		l.draw, l.first, times = settledBy(draws, a.slotAt[kind][o.a])
	}
	switch times {
	case 0:
		m.leaves = m.leaves[:len(m.leaves)-1] // nothing settles it
		return
	case 2:
		m.reading = true
		return
	}
	d := &draws[l.draw]
	of := slices.Index(d.basis, a.slotAt[kind][o.a])
	for v := range d.options(of) {
		switch {
		case of >= 0:
			l.values = append(l.values, a.leafIf(s, o, truth.Never, truth.Exactly(d.measured(of, v)), 0))
		case kind == slotNumber:
			l.values = append(l.values, a.leafIf(s, o, truth.Never, truth.Exactly(d.values[v]), 0))
		case kind == slotChoice:
			l.values = append(l.values, a.leafIf(s, o, truth.Never, truth.Span{}, d.masks[v]))
		default:
			l.values = append(l.values, a.leafIf(s, o, truth.K(v), truth.Span{}, 0))
		}
	}
}

// settledBy is the draw that settles a fact and the number of its first answer
// about it; times is 0 when there is none, and 2 when there are several or the
// fact follows another.
func settledBy(draws []drawn, slot int32) (draw, first, times int) {
	draw = -1
	for i := range draws {
		d := &draws[i]
		of := slices.Index(d.basis, slot)
		if slices.Contains(d.follow, slot) || times > 0 && (of >= 0 || d.slot == slot) {
			return -1, 0, 2
		}
		if of < 0 && d.slot != slot {
			continue
		}
		draw, times = i, 1
		for n := range max(of, 0) {
			first += d.options(n)
		}
	}
	return draw, first, times
}

// options is how many answers there are to choose from, of a basis for
// measurement n; those of a yes or no are numbered as truths are.
func (d *drawn) options(n int) int {
	switch {
	case d.basis != nil:
		return 1 + len(d.above[n])
	case d.exists || d.kind == slotYesNo:
		return int(truth.No) + 1
	case d.kind == slotNumber:
		return max(len(d.values), 1)
	}
	return max(len(d.masks), 1)
}

// answers is how many numbers its answers take up.
func (d *drawn) answers() (all int) {
	if d.basis == nil {
		return d.options(0)
	}
	for n := range d.basis {
		all += d.options(n)
	}
	return all
}

// leafIf works out an operation as if the fact it reads had a value.
func (a *Area) leafIf(s *state, o *op, yesNo truth.K, number truth.Span, choice uint32) (k truth.K) {
	switch o.code {
	case opFact:
		kept := s.yesNo[o.a]
		s.yesNo[o.a] = yesNo
		k = a.leaf(s, o)
		s.yesNo[o.a] = kept
	case opChoice:
		kept := s.choices[o.a]
		s.choices[o.a] = choice
		k = a.leaf(s, o)
		s.choices[o.a] = kept
	default:
		kept := s.numbers[o.a]
		s.numbers[o.a] = number
		k = a.leaf(s, o)
		s.numbers[o.a] = kept
	}
	return k
}

// score takes up a score that an open node is about.
func (m *sampler) score(s *state, i int32) {
	if len(m.groups[i]) > 0 {
		return
	}
	sc := &m.a.scores[i]
	for g := range sc.groups {
		group := &sc.groups[g]
		out := openGroup{sure: 1 << scoreOffset}
		if len(group.items) == 1 && group.items[0].points < 0 {
			out.single = group
		}
		for n := range group.items {
			switch it := &group.items[n]; s.values[it.node] {
			case truth.Yes:
				out.sure |= 1 << (it.shift & 63)
			case truth.Unknown:
				out.items = append(out.items, openItem{it.node, it.shift})
			}
		}
		m.groups[i] = append(m.groups[i], out)
	}
}

// draw draws the completions, and keeps the answer each gives to each question.
func (m *sampler) draw(x *teller, s *state, draws []drawn, questions int, gates bool) {
	m.answers = slices.Grow(m.answers[:0], samples*questions)[:samples*questions]
	clear(m.answers)
	seed := random(0x9E3779B97F4A7C15)
	for n := range samples {
		answers := m.answers[n*questions : (n+1)*questions]
		lane := uint64(1) << (n % lanes)
		for d := range draws {
			v := draws[d].pick(&seed)
			if m.apart || m.reading {
				x.put(s, &draws[d], v)
			}
			if !m.apart {
				m.give(&draws[d], m.given[d], v, lane)
			}
			for _, q := range draws[d].asks {
				answers[q] = answers[q]*33 + uint64(v) + 1
			}
		}
		if m.apart {
			m.outcomes[n] = m.one(s, gates)
			continue
		}
		if m.reading {
			m.read(s, n%lanes)
		}
		if n%lanes == lanes-1 {
			m.work(s)
			m.route(gates)
			for lane := range lanes {
				m.outcomes[n-lanes+1+lane] = m.outcome(lane)
			}
			for d := range m.given {
				clear(m.given[d])
			}
		}
	}
}

// give notes what a lane was given.
func (m *sampler) give(d *drawn, given []uint64, v int, lane uint64) {
	if d.basis == nil {
		given[v] |= lane
		return
	}
	first := 0
	for n, v := range d.picked {
		given[first+v] |= lane
		first += d.options(n)
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

// read works out, in one lane, the leaves that are not settled by one draw alone.
func (m *sampler) read(s *state, lane int) {
	if m.shifting {
		m.a.vary(s, m.a.varyRoute)
	}
	bit := uint64(1) << lane
	for i := range m.leaves {
		if n := m.leaves[i].node; m.leaves[i].draw < 0 {
			k := uint64(m.a.leaf(s, &m.a.ops[n]))
			m.yes[n] = m.yes[n]&^bit | (k&1)<<lane
			m.no[n] = m.no[n]&^bit | (k>>1)<<lane
		}
	}
}

// work works out the other open nodes in all lanes.
func (m *sampler) work(s *state) {
	a := m.a
	for i := range m.leaves {
		l := &m.leaves[i]
		if l.draw < 0 {
			continue
		}
		var yes, no uint64
		for v, lanes := range m.given[l.draw][l.first : l.first+len(l.values)] {
			yes |= lanes & -uint64(l.values[v]&truth.Yes)
			no |= lanes & -uint64(l.values[v]>>1)
		}
		m.yes[l.node], m.no[l.node] = yes, no
	}
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
			yes, no = 0, 0
			for lane := range lanes {
				k := uint64(a.scoreAgainst(&m.totals[o.a][lane], o, s.lines))
				yes, no = yes|(k&1)<<lane, no|(k>>1)<<lane
			}
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
	sc, applies := &m.a.scores[i], truth.Yes
	for lane := range lanes {
		set := uint64(1) << scoreOffset
		for g := range m.groups[i] {
			set = sumSets(set, m.group(&m.groups[i][g], lane))
		}
		if sc.applies >= 0 {
			applies = m.at(sc.applies, lane)
		}
		m.totals[i][lane] = scoreOf(set, applies)
	}
}

// group is scoreGroup.reach in one lane.
func (m *sampler) group(g *openGroup, lane int) uint64 {
	if g.single != nil {
		return g.single.withItem(m.at(g.single.items[0].node, lane))
	}
	sure, open := g.sure, uint64(0)
	for i := range g.items {
		it := &g.items[i]
		yes, no := m.yes[it.node]>>(lane&63)&1, m.no[it.node]>>(lane&63)&1
		sure |= (yes &^ no) << (it.shift & 63)
		open |= (yes & no) << (it.shift & 63)
	}
	return reachable(sure, open)
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
