package family

import (
	"math/bits"

	"kindred/rules/truth"
)

// Cluster asks whether a family holds enough affected people who stand to each
// other as a rule wants: Amsterdam, the Test Directory's family routes, BSG
// kinship. Start from NewCluster and call Prepare once before asking.
//
// The answer is exact: yes if every way of filling in what is not known gives
// yes, no if every way gives no. That works because more illness, at a younger
// age, never turns a yes into a no.
type Cluster struct {
	Of                  Set  // conditions that count
	People              int  // at least so many people have one
	Tumours             int  // and at least so many entries among them; 0 for no limit
	Near, Far           int8 // degrees that count; 0 is the patient
	IncludesPatient     bool // the patient is one of them
	FirstDegreeOfOthers int  // one of them is first degree to so many of the others; 0 for no such rule
	Kinship             bool // first degree to each other in a chain, with one first degree to the patient
	Generations         int  // they span at least so many generations
	Ages                Ages // ages at diagnosis that count at all (all at most 60)
	Youngest            Ages // at least one at such an age (one below 50)
	OneOf               Set  // at least one of these among what counts; empty for no such rule
	Confirmed           bool // each by a report
	SameSide            bool // all on one side of the family
	AskTo               int8 // a no is firm once the topics were asked up to this degree; 0: up to Far, at most 3
	topics              []topicSet
	topicMask           uint64
}

// NewCluster is the question for so many people with one of the conditions, of
// any degree, at any age.
func NewCluster(of Set, people int) *Cluster {
	return &Cluster{Of: of, People: people, Far: none - 1, Ages: AnyAge(), Youngest: AnyAge()}
}

// Prepare resolves what the question needs from the vocabulary.
func (q *Cluster) Prepare(v *Vocabulary) {
	q.topics = v.topicsOf(&q.Of)
	q.topicMask = topicMask(q.topics)
}

// atom is what one person brings to a cluster, at least or at most.
type atom struct {
	counts, young, named bool
	tumours              int
}

// affected is the family as a cluster sees it: once with only what is sure,
// once with everything that is possible.
type affected struct {
	counted, young, named []uint64
	tumours               []int
	first                 []uint64 // first-degree matrix
}

// Ask answers the question; with evidence it says who counts, who does not and
// what is not known. nil is faster.
func (q *Cluster) Ask(g *Graph, ev *Evidence) truth.K {
	if ev == nil && g.masks.serve {
		return q.quick(g)
	}
	g.clusterBuffers()
	least, most := &g.least, &g.most
	least.first, most.first = g.sure, g.maybe
	for i := range g.fam.Members {
		n := &g.nodes[i]
		p := &n.place
		if p.far == none || p.near > q.Far || p.far < q.Near {
			continue
		}
		if q.topicMask&^n.quiet == 0 && !n.mentioned.meets(&q.Of) {
			continue // asked, and nothing said
		}
		lo, hi := q.atoms(g, i)
		if p.far > q.Far || p.near < q.Near {
			lo = atom{}
		}
		least.put(i, lo)
		most.put(i, hi)
	}
	sure := q.anySide(g, least, false)
	possible := sure || q.anySide(g, most, true)
	joined := !possible && q.SameSide && q.throughBothParents(g, most)
	open, why := q.unlisted(g, most)
	answer := kif(possible || joined || open, truth.Yes) | kif(!sure, truth.No)
	if ev != nil {
		q.explain(g, ev, answer)
		if answer != truth.Yes && open {
			ev.Unknown = append(ev.Unknown, why)
		}
		if answer != truth.Yes && joined {
			ev.Unknown = append(ev.Unknown, Finding{Person: -1, Entry: -1, Reason: BothParents})
		}
	}
	return answer
}

// quick is Ask for families the masks serve: what is sure first, then whether
// anybody not listed keeps it open, and only then all that is possible.
func (q *Cluster) quick(g *Graph) truth.K {
	m := &g.masks
	reach := m.within(q.Near, q.Far)
	said := reach & m.said(&q.Of)
	if bits.OnesCount64(said) < q.People && !q.IncludesPatient {
		if open, _ := q.unlisted(g, nil); open {
			return truth.Unknown
		}
		if bits.OnesCount64(reach&^m.quiet(q.topics)|said) < q.People {
			return truth.No
		}
	}
	g.clusterBuffers()
	least, most := &g.least, &g.most
	least.first, most.first = g.sure, g.maybe
	for b := said; b != 0; b &= b - 1 {
		i := bits.TrailingZeros64(b)
		lo, hi := q.atoms(g, i)
		least.put(i, lo)
		most.put(i, hi)
	}
	if bits.OnesCount64(said) >= q.People && q.anySide(g, least, false) {
		return truth.Yes
	}
	silent := reach &^ said &^ m.quiet(q.topics)
	if p := uint64(1) << uint(g.patient); silent&p != 0 {
		_, hi := q.atoms(g, int(g.patient))
		most.put(int(g.patient), hi)
	}
	if open, _ := q.unlisted(g, most); open {
		return truth.Unknown
	}
	for b := silent; b != 0; b &= b - 1 {
		i := bits.TrailingZeros64(b)
		_, hi := q.atoms(g, i)
		most.put(i, hi)
	}
	if q.anySide(g, most, true) || q.SameSide && q.throughBothParents(g, most) {
		return truth.Unknown
	}
	return truth.No
}

func (a *affected) put(i int, x atom) {
	if !x.counts {
		return
	}
	w, b := i>>6, uint64(1)<<(uint(i)&63)
	a.counted[w] |= b
	a.tumours[i] = x.tumours
	if x.young {
		a.young[w] |= b
	}
	if x.named {
		a.named[w] |= b
	}
}

// clusterBuffers sizes and empties the buffers that Ask works in.
func (g *Graph) clusterBuffers() {
	if n := g.words; len(g.chain) == n && len(g.least.tumours) == len(g.nodes) {
		for w := range n {
			g.least.counted[w], g.least.young[w], g.least.named[w] = 0, 0, 0
			g.most.counted[w], g.most.young[w], g.most.named[w] = 0, 0, 0
		}
		return // the pool and a chain are emptied by whoever fills them
	}
	for _, a := range [...]*affected{&g.least, &g.most} {
		a.counted = resized(a.counted, g.words)
		a.young = resized(a.young, g.words)
		a.named = resized(a.named, g.words)
		if cap(a.tumours) < len(g.nodes) {
			a.tumours = make([]int, len(g.nodes))
		}
		a.tumours = a.tumours[:len(g.nodes)] // counts only for those counted, who are given one
	}
	g.pool = resized(g.pool, g.words)
	g.chain = resized(g.chain, g.words)
}

// manyTumours stands for "as many as you like" in someone not asked.
const manyTumours = 1 << 20

// atoms gives the least and the most that member i brings.
func (q *Cluster) atoms(g *Graph, i int) (least, most atom) {
	m := &g.fam.Members[i]
	var said Set
	for c := range m.Conditions {
		e := &m.Conditions[c]
		if !q.Of.Has(e.Kind) {
			continue
		}
		said.Add(e.Kind)
		age := atTheTime(e.Age, m.Age)
		k := e.Present.And(within(age, &q.Ages))
		if q.Confirmed {
			k = k.And(e.Confirmed)
		}
		young, named := within(age, &q.Youngest), q.OneOf.Empty() || q.OneOf.Has(e.Kind)
		if k == truth.Yes {
			least.counts, least.tumours = true, least.tumours+1
			least.young = least.young || young == truth.Yes
			least.named = least.named || named
		}
		if k.CanBe(truth.Yes) {
			most.counts, most.tumours = true, most.tumours+1
			most.young = most.young || young.CanBe(truth.Yes)
			most.named = most.named || named
		}
	}
	for t := range q.topics {
		set := &q.topics[t].set
		if said.covers(set) || g.silenceIsNo(i, q.topics[t].topic) {
			continue
		}
		age := atTheTime(truth.Any(), m.Age)
		if !within(age, &q.Ages).CanBe(truth.Yes) {
			continue
		}
		most.counts, most.tumours = true, manyTumours
		most.young = most.young || within(age, &q.Youngest).CanBe(truth.Yes)
		for w := range set {
			if open := set[w] &^ said[w]; open != 0 {
				most.named = most.named || q.OneOf.Empty() || open&q.OneOf[w] != 0
			}
		}
	}
	return least, most
}

// anySide looks at one side after the other, or at everyone.
func (q *Cluster) anySide(g *Graph, a *affected, may bool) bool {
	if !q.SameSide {
		copy(g.pool, a.counted)
		return q.met(g, a)
	}
	for _, side := range [...]Sides{Maternal, Paternal} {
		g.fillPool(a, side, may)
		if q.met(g, a) {
			return true
		}
	}
	return false
}

// fillPool puts those counted who are on the side into the pool.
func (g *Graph) fillPool(a *affected, side Sides, may bool) {
	for w, b := range a.counted {
		g.pool[w] = 0
		for ; b != 0; b &= b - 1 {
			i := w*64 + bits.TrailingZeros64(b)
			s := g.nodes[i].place.sides
			if may {
				s = g.nodes[i].place.sidesMax
			}
			if s&side != 0 {
				g.pool[w] |= b & -b
			}
		}
	}
}

// throughBothParents reports whether the rule is met once both parents may
// stand beside the patient, full siblings and their descendants: the words of
// the rule fit, but the cases come from two families.
func (q *Cluster) throughBothParents(g *Graph, a *affected) bool {
	n := &g.nodes[g.patient]
	for w, b := range a.counted {
		g.pool[w] = 0
		for ; b != 0; b &= b - 1 {
			i := int16(w*64 + bits.TrailingZeros64(b))
			if i == n.mother || i == n.father || g.nodes[i].place.sidesMax == BothSides {
				g.pool[w] |= b & -b
			}
		}
	}
	return q.met(g, a)
}

// met answers the rule for the people in the pool.
func (q *Cluster) met(g *Graph, a *affected) bool {
	people, tumours, young, named := 0, 0, false, false
	for w, b := range g.pool {
		people += bits.OnesCount64(b)
		young = young || b&a.young[w] != 0
		named = named || b&a.named[w] != 0
	}
	if people < q.People || !young || !named {
		return false
	}
	if q.IncludesPatient && !inRow(g.pool, g.patient) {
		return false
	}
	if q.Tumours > 0 {
		for w, b := range g.pool {
			for ; b != 0; b &= b - 1 {
				tumours += a.tumours[w*64+bits.TrailingZeros64(b)]
			}
		}
		if tumours < q.Tumours {
			return false
		}
	}
	switch {
	case q.Kinship:
		return q.chained(g, a)
	case q.FirstDegreeOfOthers > 0:
		return q.oneOfThem(g, a)
	}
	return q.Generations < 2 || spread(g, g.pool) >= q.Generations
}

func inRow(row []uint64, i int16) bool { return row[i>>6]>>(uint(i)&63)&1 != 0 }

// oneOfThem looks for somebody who is first degree to enough of the others and
// stands in another generation than one of those.
func (q *Cluster) oneOfThem(g *Graph, a *affected) bool {
	for w, b := range g.pool {
		for ; b != 0; b &= b - 1 {
			i := w*64 + bits.TrailingZeros64(b)
			row := a.first[i*g.words : (i+1)*g.words]
			others := 0
			for v := range row {
				others += bits.OnesCount64(row[v] & g.pool[v])
			}
			if others >= q.FirstDegreeOfOthers && (q.Generations < 2 || g.across(i, row, q.Generations)) {
				return true
			}
		}
	}
	return false
}

// across reports whether i and those of the pool who are first degree to i
// span so many generations.
func (g *Graph) across(i int, row []uint64, generations int) bool {
	seen := uint64(1) << (uint(g.nodes[i].place.gen+32) & 63)
	for w := range row {
		for b := row[w] & g.pool[w]; b != 0; b &= b - 1 {
			j := w*64 + bits.TrailingZeros64(b)
			if generations == 2 && g.parentAndChild(int16(i), int16(j)) {
				return true
			}
			seen |= 1 << (uint(g.nodes[j].place.gen+32) & 63)
		}
	}
	return bits.OnesCount64(seen) >= generations
}

// parentAndChild matters where relatives married each other, so that a child's
// generation as the patient sees it may equal a parent's.
func (g *Graph) parentAndChild(i, j int16) bool {
	a, b := &g.nodes[i], &g.nodes[j]
	return a.mother == j || a.father == j || b.mother == i || b.father == i
}

// spread is how many generations the people of a row stand in.
func spread(g *Graph, row []uint64) int {
	var seen uint64
	for w, b := range row {
		for ; b != 0; b &= b - 1 {
			seen |= 1 << (uint(g.nodes[w*64+bits.TrailingZeros64(b)].place.gen+32) & 63)
		}
	}
	return bits.OnesCount64(seen)
}

// chained looks for a chain of first-degree links, the two parents counting as
// linked, that holds a first-degree relative of the patient.
func (q *Cluster) chained(g *Graph, a *affected) bool {
	p := &g.nodes[g.patient]
	patient := a.first[int(g.patient)*g.words:]
	for seed := range g.fam.Members {
		if !inRow(g.pool, int16(seed)) || !inRow(patient, int16(seed)) {
			continue
		}
		clear(g.chain)
		g.chain[seed>>6] |= 1 << (uint(seed) & 63)
		for grown := true; grown; {
			grown = false
			for w := range g.chain {
				for b := g.chain[w]; b != 0; b &= b - 1 {
					i := w*64 + bits.TrailingZeros64(b)
					row := a.first[i*g.words:]
					for v := range g.chain {
						if more := row[v] & g.pool[v] &^ g.chain[v]; more != 0 {
							g.chain[v] |= more
							grown = true
						}
					}
					for _, pair := range [...][2]int16{{p.mother, p.father}, {p.father, p.mother}} {
						if int16(i) == pair[0] && pair[1] >= 0 && inRow(g.pool, pair[1]) && !inRow(g.chain, pair[1]) {
							g.chain[pair[1]>>6] |= 1 << (uint(pair[1]) & 63)
							grown = true
						}
					}
				}
			}
		}
		people := 0
		for _, b := range g.chain {
			people += bits.OnesCount64(b)
		}
		if people >= q.People && (q.Generations < 2 || spread(g, g.chain) >= q.Generations) {
			return true
		}
	}
	return false
}

// unlisted reports whether affected relatives whom nobody listed may exist, so
// that the answer cannot be a firm no.
func (q *Cluster) unlisted(g *Graph, most *affected) (bool, Finding) {
	if q.Far < 1 || q.IncludesPatient && !inRow(most.counted, g.patient) {
		return false, Finding{}
	}
	if g.fam.UnknownSides != 0 {
		return true, Finding{Person: -1, Entry: -1, Reason: UnknownSide}
	}
	to := q.AskTo
	if to == 0 {
		to = min(q.Far, 3)
	}
	for i := range q.topics {
		if t := q.topics[i].topic; g.askedTo(t) < to {
			return true, Finding{Person: -1, Entry: -1, Reason: RelativesNotAsked, Topic: t, Degree: int(to)}
		}
	}
	return false, Finding{}
}
