package family

import (
	"math/bits"
	"slices"
)

// relate works out first-degree links, degrees, sides and generations.
func (g *Graph) relate() {
	n := len(g.nodes)
	g.words = (n + 63) / 64
	size := n * g.words
	g.sure = resized(g.sure, size)
	g.maybe = resized(g.maybe, size)
	g.sibs = resized(g.sibs, size)
	g.sibsMay = resized(g.sibsMay, size)
	g.doubt = false
	g.siblings()
	for i := range g.nodes {
		p := &g.nodes[i].place
		*p = place{near: none, far: none}
		g.nodes[i].byWord = false
	}
	g.degrees(g.sibs, false)
	g.wordOnly()
	if g.doubt {
		g.degrees(g.sibsMay, true)
	}
	for i := range g.nodes {
		if p := &g.nodes[i].place; p.near == none {
			p.near, p.nearClass = p.far, p.farClass
		}
	}
	g.sides()
	g.links()
	g.Refresh()
}

func resized(b []uint64, n int) []uint64 {
	b = slices.Grow(b[:0], n)[:n]
	clear(b)
	return b
}

func (g *Graph) set(m []uint64, a, b int16) {
	m[int(a)*g.words+int(b)>>6] |= 1 << (uint(b) & 63)
	m[int(b)*g.words+int(a)>>6] |= 1 << (uint(a) & 63)
}

func (g *Graph) has(m []uint64, a, b int16) bool {
	return m[int(a)*g.words+int(b)>>6]>>(uint(b)&63)&1 != 0
}

// siblings compares everyone with whom a parent is shared.
func (g *Graph) siblings() {
	for parent := range int16(len(g.nodes)) {
		for a := g.nodes[parent].childHead; a >= 0; a = g.next(parent, a) {
			for b := g.next(parent, a); b >= 0; b = g.next(parent, b) {
				x, y := &g.nodes[a], &g.nodes[b]
				switch {
				case x.mother == y.mother && x.father == y.father && x.mother >= 0 && x.father >= 0:
					g.set(g.sibs, a, b)
					g.set(g.sibsMay, a, b)
				case x.mother == y.mother && g.mayBeSame(x.father, y.father),
					x.father == y.father && g.mayBeSame(x.mother, y.mother):
					g.set(g.sibsMay, a, b)
					g.doubt = true
				}
			}
		}
	}
}

// mayBeSame reports whether two parent slots, not both recorded, may hold one
// person.
func (g *Graph) mayBeSame(a, b int16) bool {
	switch {
	case a >= 0 && b >= 0:
		return false // different people, or the caller would have seen it
	case a == nobodyKnown || b == nobodyKnown || a == b:
		return true
	}
	recorded := max(a, b)
	p := &g.nodes[g.patient]
	return recorded != p.mother && recorded != p.father
}

// Where a step leads from each place: to a child, to a full sibling, to a parent.
func childClass(c Classes) (out Classes) {
	if c&^(Self|Child|Sibling|Parent|AuntOrUncle) != 0 {
		out = OtherBlood
	}
	if c&Self != 0 {
		out |= Child
	}
	if c&Child != 0 {
		out |= Grandchild
	}
	if c&Sibling != 0 {
		out |= NieceOrNephew
	}
	if c&Parent != 0 {
		out |= HalfSibling
	}
	if c&AuntOrUncle != 0 {
		out |= Cousin
	}
	return out
}

// upClass and sideClass go by the steps up from the patient.
func upClass(up int8) Classes {
	switch up {
	case 0:
		return Self
	case 1:
		return Parent
	case 2:
		return Grandparent
	case 3:
		return GreatGrandparent
	}
	return OtherBlood
}

func sideClass(up int8) Classes {
	switch up {
	case 0:
		return Sibling
	case 1:
		return AuntOrUncle
	case 2:
		return GreatAuntOrUncle
	}
	return OtherBlood
}

// reach notes that i can be d degrees away at place c; it reports whether that
// is nearer than what was known in this walk.
func (g *Graph) reach(i int16, d, gen int8, c Classes, near bool) bool {
	p := &g.nodes[i].place
	at, class := &p.far, &p.farClass
	if near {
		at, class = &p.near, &p.nearClass
	}
	switch {
	case d > *at:
		return false
	case d == *at:
		*class |= c
		p.gen = max(p.gen, gen)
		return false
	}
	*at, *class = d, c
	if !near || p.far == none {
		p.gen = gen
	}
	return true
}

// deepest is the degree, and the number of generations, beyond which families
// are not told apart; no question looks that far.
const deepest int8 = 30

// further is the next degree outward.
func further(d int8) int8 { return min(d+1, deepest) }

// degrees walks outward from the patient, one degree at a time: up to parents,
// across to full siblings, down to children, and never up again after a step
// down, so that blood is shared. The near walk counts possible full siblings.
func (g *Graph) degrees(sibs []uint64, near bool) {
	up, down := append(g.queue[:0], g.patient), g.queue2[:0]
	g.reach(g.patient, 0, 0, Self, near)
	upDone, downDone := 0, 0
	for d := int8(0); upDone < len(up) || downDone < len(down); d = further(d) {
		upEnd, downEnd := len(up), len(down)
		for _, i := range up[upDone:upEnd] {
			n := &g.nodes[i]
			for _, parent := range [...]int16{n.mother, n.father} {
				if parent >= 0 && !slices.Contains(up, parent) {
					up = append(up, parent)
					g.reach(parent, further(d), further(d), upClass(further(d)), near)
				}
			}
			for w, b := range sibs[int(i)*g.words : int(i+1)*g.words] {
				for ; b != 0; b &= b - 1 {
					s := int16(w*64 + bits.TrailingZeros64(b))
					if g.reach(s, further(d), d, sideClass(d), near) {
						down = append(down, s)
					}
				}
			}
			down = g.descend(i, d, d, upClass(d), near, down)
		}
		for _, i := range down[downDone:downEnd] {
			p := &g.nodes[i].place
			c := p.farClass
			if near {
				c = p.nearClass
			}
			down = g.descend(i, d, p.gen, c, near, down)
		}
		upDone, downDone = upEnd, downEnd
	}
	g.queue, g.queue2 = up, down
}

// descend reaches the children of i.
func (g *Graph) descend(i int16, d, gen int8, c Classes, near bool, down []int16) []int16 {
	child := g.nodes[i].childHead
	if child < 0 {
		return down
	}
	for c = childClass(c); child >= 0; child = g.next(i, child) {
		if g.reach(child, further(d), max(gen-1, -deepest), c, near) {
			down = append(down, child)
		}
	}
	return down
}

// wordDegree is the degree a relation word says by itself.
func wordDegree(w Word) int8 {
	switch w.Class {
	case Grandparent, HalfSibling, AuntOrUncle, Grandchild, NieceOrNephew:
		return 2
	case Cousin, GreatGrandparent, GreatAuntOrUncle:
		return 3
	}
	return 1
}

// wordGeneration is the generation a relation word says by itself.
func wordGeneration(w Word) int8 {
	switch w.Class {
	case Parent, AuntOrUncle:
		return 1
	case Grandparent, GreatAuntOrUncle:
		return 2
	case GreatGrandparent:
		return 3
	case Child, NieceOrNephew:
		return -1
	case Grandchild:
		return -2
	}
	return 0
}

// wordOnly places those whom no link reaches but whose word says enough, and
// their descendants.
func (g *Graph) wordOnly() {
	down := g.queue2[:0]
	for i := range g.nodes {
		n := &g.nodes[i]
		if n.word.Class != 0 && n.place.far == none {
			n.byWord = true
			n.place.far, n.place.gen, n.place.farClass = wordDegree(n.word), wordGeneration(n.word), n.word.Class
			down = append(down, int16(i))
		}
	}
	for k := 0; k < len(down); k++ {
		p := g.nodes[down[k]].place
		down = g.descend(down[k], p.far, p.gen, p.farClass, false, down)
	}
	g.queue2 = down
}

// sides marks everyone reached through the mother and through the father; the
// patient and those who descend from the patient are on both.
func (g *Graph) sides() {
	p := &g.nodes[g.patient]
	g.mark(g.patient, BothSides, BothSides)
	if p.mother >= 0 {
		g.markUp(p.mother, Maternal)
	}
	if p.father >= 0 {
		g.markUp(p.father, Paternal)
	}
	for i := range g.nodes {
		n := &g.nodes[i]
		if n.byWord {
			s := n.word.Side
			if n.word.Class == Grandchild || n.word.Class == NieceOrNephew {
				s = BothSides
			}
			m := s
			if s == 0 {
				m = BothSides
			}
			g.mark(int16(i), s, m)
		}
		if g.doubt && g.has(g.sibsMay, g.patient, int16(i)) {
			g.mark(int16(i), 0, BothSides)
		}
	}
}

func (g *Graph) markUp(i int16, s Sides) {
	g.mark(i, s, s)
	n := &g.nodes[i]
	if n.mother >= 0 {
		g.markUp(n.mother, s)
	}
	if n.father >= 0 {
		g.markUp(n.father, s)
	}
}

// mark adds sides to i and all its descendants.
func (g *Graph) mark(i int16, s, may Sides) {
	p := &g.nodes[i].place
	if p.sides|s == p.sides && p.sidesMax|may == p.sidesMax {
		return
	}
	p.sides |= s
	p.sidesMax |= may
	for c := g.nodes[i].childHead; c >= 0; c = g.next(i, c) {
		g.mark(c, s, may)
	}
}

// nearby lists the places that can be first degree to someone placed by word
// alone: a cousin's parent among the aunts and uncles, and so on.
func nearby(c Classes) Classes {
	switch c {
	case Cousin:
		return Cousin | AuntOrUncle
	case NieceOrNephew:
		return NieceOrNephew | Sibling
	case Grandchild:
		return Grandchild | Child
	case GreatGrandparent:
		return Grandparent | GreatAuntOrUncle
	case GreatAuntOrUncle:
		return GreatAuntOrUncle | Grandparent | GreatGrandparent
	case AuntOrUncle:
		return AuntOrUncle | Parent | Grandparent | Cousin
	case Grandparent:
		return Parent | AuntOrUncle | GreatGrandparent | GreatAuntOrUncle
	case HalfSibling:
		return HalfSibling | Parent
	}
	return 0
}

// links fills the first-degree matrices: parent and child, full siblings.
func (g *Graph) links() {
	copy(g.sure, g.sibs)
	for i := range g.nodes {
		n := &g.nodes[i]
		if n.mother >= 0 {
			g.set(g.sure, int16(i), n.mother)
		}
		if n.father >= 0 {
			g.set(g.sure, int16(i), n.father)
		}
	}
	for i := range g.maybe {
		g.maybe[i] = g.sure[i] | g.sibsMay[i]
	}
	for i := range g.nodes {
		a := &g.nodes[i]
		if !a.byWord {
			continue
		}
		g.doubt = true
		for j := range g.nodes {
			b := &g.nodes[j]
			if i != j && b.place.classes()&nearby(a.word.Class) != 0 && a.place.sidesMax&b.place.sidesMax != 0 {
				g.set(g.maybe, int16(i), int16(j))
			}
		}
	}
}
