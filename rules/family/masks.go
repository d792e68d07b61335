package family

import "math/bits"

// masks hold the family once more as sets of members, a bit each, so that a
// question looks only at those who matter. They serve families of up to 64
// whose places are all certain; others are asked one by one.
type masks struct {
	serve     bool
	degree    [maxDegree + 1]uint64
	class     [13]uint64 // by the number of the class's bit
	side      [2]uint64  // maternal, paternal
	kinds     Set        // kinds about which something was said of anybody
	unrelated uint64     // members not related by blood, who are in no other set
	measured  uint64     // members with any number
	ofKind    []uint64   // kind -> those members
	ofTopic   []uint64   // topic -> members whose silence about it is a no
}

// fill works the masks out.
func (m *masks) fill(g *Graph) {
	m.serve = len(g.fam.Members) <= 64
	if !m.serve {
		return
	}
	m.degree, m.class, m.side = [maxDegree + 1]uint64{}, [13]uint64{}, [2]uint64{}
	m.kinds, m.unrelated, m.measured = Set{}, 0, 0
	m.ofKind = resized(m.ofKind, len(g.vocab.Conditions))
	m.ofTopic = resized(m.ofTopic, len(g.vocab.Topics))
	for i := range g.fam.Members {
		n := &g.nodes[i]
		p, bit := &n.place, uint64(1)<<i
		if len(g.fam.Members[i].Numbers) > 0 {
			m.measured |= bit
		}
		if p.far == none {
			m.unrelated |= bit
			continue
		}
		if p.near != p.far || p.nearClass != p.farClass || p.sides != p.sidesMax {
			m.serve = false
			return
		}
		m.degree[min(p.far, maxDegree)] |= bit
		for c := p.nearClass; c != 0; c &= c - 1 {
			m.class[bits.TrailingZeros32(uint32(c))] |= bit
		}
		for s := range m.side {
			if p.sides>>s&1 != 0 {
				m.side[s] |= bit
			}
		}
		for c := range g.fam.Members[i].Conditions {
			k := g.fam.Members[i].Conditions[c].Kind
			m.kinds.Add(k)
			m.ofKind[k] |= bit
		}
		for q := n.quiet; q != 0; q &= q - 1 {
			if t := bits.TrailingZeros64(q); t < len(m.ofTopic) {
				m.ofTopic[t] |= bit
			}
		}
	}
}

// within is everyone of those degrees.
func (m *masks) within(near, far int8) (out uint64) {
	for d := min(near, maxDegree); d <= min(far, maxDegree); d++ {
		out |= m.degree[d]
	}
	return out
}

// at is everyone at one of those places.
func (m *masks) at(c Classes) (out uint64) {
	for ; c != 0; c &= c - 1 {
		out |= m.class[bits.TrailingZeros32(uint32(c))]
	}
	return out
}

// said is everyone of whom something was said about one of the kinds; quiet is
// everyone whose silence about all the topics is a no.
func (m *masks) said(kinds *Set) (out uint64) {
	for w := range kinds {
		for b := kinds[w] & m.kinds[w]; b != 0; b &= b - 1 {
			out |= m.ofKind[w<<6+bits.TrailingZeros64(b)]
		}
	}
	return out
}

func (m *masks) quiet(topics []topicSet) uint64 {
	out := ^uint64(0)
	for i := range topics {
		out &= m.ofTopic[topics[i].topic]
	}
	return out
}
