package sketch

import (
	"cmp"
	"slices"
)

// ordering arranges everyone in rows, left to right. It walks the family from
// one couple outwards, the father's people to the left and the mother's to the
// right, and lays families side by side; each person is placed exactly once.
type ordering struct {
	n       *net
	begin   []int  // whom to start with
	flip    []bool // union -> partners the other way round
	placed  []bool
	handled []bool // union
	rows    int

	next   []int32 // who stands to the right of a person; -1 for nobody
	spare  []strip // no longer used
	seen   []int   // person -> the walk that came by last
	walked int
	at     []int // person -> place in the row, of the arrangement tried last
	lines  [][]line
}

// strip is a part of the picture: the first and the last person of each row;
// ordering.next leads from one to the other. Each strip is used once: what is
// laid beside another becomes part of it.
type strip []span

type span struct{ first, last int32 }

// rows is an arrangement: the people of each row, left to right.
type rows [][]int

// arrange orders all rows; it improves the first arrangement as long as couples
// are apart or lines cross.
func (n *net) arrange() rows {
	o := &ordering{
		n: n, begin: n.starts(), flip: make([]bool, len(n.unions)),
		placed: make([]bool, len(n.people)), handled: make([]bool, len(n.unions)),
		next: make([]int32, len(n.people)), seen: make([]int, len(n.people)), at: make([]int, len(n.people)),
	}
	for _, r := range n.rank {
		o.rows = max(o.rows, r+1)
	}
	n.facing()
	cost := o.try()
	best := o.listed()
	if cost < flawless {
		return best
	}
	best, cost = o.improve(best, cost)
	return o.polish(best, cost)
}

// try lays everyone out and says what is wrong with that.
func (o *ordering) try() float64 {
	all := o.everyone()
	for _, s := range all {
		x := 0
		for i := s.first; i >= 0; i = o.next[i] {
			o.at[i] = x
			x++
		}
	}
	o.spare = append(o.spare, all)
	return o.cost()
}

// listed is the arrangement tried last.
func (o *ordering) listed() rows {
	out := make(rows, o.rows)
	many := make([]int, o.rows)
	for _, r := range o.n.rank {
		many[r]++
	}
	for r := range out {
		out[r] = make([]int, many[r])
	}
	for i, x := range o.at {
		out[o.n.rank[i]][x] = i
	}
	return out
}

// fresh is an empty strip.
func (o *ordering) fresh() strip {
	var s strip
	if k := len(o.spare) - 1; k >= 0 {
		s, o.spare = o.spare[k], o.spare[:k]
	} else {
		s = make(strip, o.rows)
	}
	for r := range s {
		s[r] = span{-1, -1}
	}
	return s
}

// facing puts the children who marry into another family drawn beside theirs
// at the ends of their siblings.
func (n *net) facing() {
	for u := range n.unions {
		kids := n.unions[u].kids
		if len(kids) < 2 {
			continue
		}
		var ends []int
		for _, k := range kids {
			for _, w := range n.of[k] {
				if q := n.partner(w, k); n.born[q] >= 0 && n.twinOf[k] < 0 && n.people[k].Hint == 0 {
					ends = append(ends, k)
					break
				}
			}
		}
		if len(ends) == 0 || len(ends) == len(kids) && len(kids) > 2 {
			continue
		}
		move(kids, slices.Index(kids, ends[0]), len(kids)-1)
		if len(ends) > 1 {
			move(kids, slices.Index(kids, ends[1]), 0)
		}
	}
}

// everyone lays out all connected families, one after the other.
func (o *ordering) everyone() strip {
	clear(o.placed)
	clear(o.handled)
	out := o.fresh()
	for _, start := range o.begin {
		if !o.placed[start] {
			out = o.beside(out, o.from(start))
		}
	}
	return out
}

// starts lists whom to begin with: the consultand or proband, else whoever has
// the most descendants; then everyone, for families that are not connected.
func (n *net) starts() []int {
	// Descendants, one time for each way down; that is enough to tell a line's
	// ancestors from those who married in.
	below := make([]int, len(n.people))
	var count func(i int) int
	count = func(i int) int {
		if below[i] == 0 {
			below[i] = 1
			for _, u := range n.of[i] {
				for _, k := range n.unions[u].kids {
					below[i] = min(below[i]+count(k), 1<<28)
				}
			}
		}
		return below[i]
	}
	order := make([]int, len(n.people))
	for i := range order {
		order[i] = i
		count(i)
	}
	weight := func(i int) int {
		switch {
		case n.people[i].Consultand:
			return 1 << 30
		case n.people[i].Proband:
			return 1 << 29
		case n.born[i] >= 0:
			return 0
		}
		return below[i]
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(weight(j), weight(i)) })
	return order
}

// from lays out the family of a person, beginning with the couple above.
func (o *ordering) from(i int) strip {
	if u := o.n.born[i]; u >= 0 {
		return o.couple(u)
	}
	o.placed[i] = true
	return o.self(i, middle, true)
}

// couple lays out a couple with their children between both their families.
func (o *ordering) couple(u int) strip {
	a, b := o.n.unions[u].a, o.n.unions[u].b
	if o.flip[u] {
		a, b = b, a
	}
	o.handled[u] = true
	kids := o.reserve(u)
	left, right := o.up(a, rightEdge), o.up(b, leftEdge)
	return o.over(left, o.children(kids), right)
}

// sibship is siblings with partners and descendants. What their partners'
// families put above the siblings' own row is kept apart, so that it never
// comes between the siblings' parents.
type sibship struct{ left, mid, right strip }

// over puts parents' families to the left and right of the children.
func (o *ordering) over(left strip, s sibship, right strip) strip {
	return o.beside(o.beside(o.beside(o.beside(s.left, left), s.mid), right), s.right)
}

// edge is where in the block somebody must stand.
type edge uint8

const (
	middle edge = iota
	leftEdge
	rightEdge
)

// reserve takes the children of a union that nobody placed yet.
func (o *ordering) reserve(u int) []int {
	var kids []int
	for _, k := range o.n.unions[u].kids {
		if !o.placed[k] {
			o.placed[k] = true
			kids = append(kids, k)
		}
	}
	return kids
}

// up lays out somebody with their siblings and all ancestors, standing at the
// edge that faces the partner.
func (o *ordering) up(i int, e edge) strip {
	if o.placed[i] {
		return nil
	}
	o.placed[i] = true
	u := o.n.born[i]
	if u < 0 || o.handled[u] {
		return o.self(i, e, true)
	}
	o.handled[u] = true
	a, b := o.n.unions[u].a, o.n.unions[u].b
	if o.flip[u] {
		a, b = b, a
	}
	siblings := o.reserve(u)
	own := o.self(i, e, true)
	left, right := o.up(a, rightEdge), o.up(b, leftEdge)
	if t := o.n.twinOf[i]; t >= 0 { // twins stay beside the one at the edge
		slices.SortStableFunc(siblings, func(x, y int) int {
			return cmp.Compare(truth(o.n.twinOf[x] == t), truth(o.n.twinOf[y] == t))
		})
		if e == leftEdge {
			slices.Reverse(siblings)
		}
	}
	rest := o.children(siblings)
	if e == leftEdge {
		s := sibship{mid: o.beside(own, rest.mid), right: o.beside(rest.left, rest.right)}
		return o.over(left, s, right)
	}
	s := sibship{left: o.beside(rest.left, rest.right), mid: o.beside(rest.mid, own)}
	return o.over(left, s, right)
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// children lays out siblings, each with partners and descendants.
func (o *ordering) children(kids []int) sibship {
	var out sibship
	for i, k := range kids {
		e := middle
		if i == 0 && len(kids) > 1 {
			e = rightEdge // partners with families of their own go to the outer side
		} else if i == len(kids)-1 {
			e = leftEdge
		}
		one := o.self(k, e, false)
		above := o.fresh()
		copy(above, one[:o.n.rank[k]])
		for r := range o.n.rank[k] {
			one[r] = span{-1, -1}
		}
		out.mid = o.beside(out.mid, one)
		if i < len(kids)/2 {
			out.left = o.beside(out.left, above)
		} else {
			out.right = o.beside(out.right, above)
		}
	}
	return out
}

// self lays out one person with partners and descendants. strict keeps the
// person at the edge: all partners stand on the other side.
func (o *ordering) self(i int, e edge, strict bool) strip {
	var left, right []int // unions, the nearest first
	for _, u := range o.n.of[i] {
		if o.handled[u] {
			continue
		}
		o.handled[u] = true
		if o.side(i, u, e, strict, len(left), len(right)) {
			left = append(left, u)
		} else {
			right = append(right, u)
		}
	}
	var kids sibship
	add := func(u int) {
		s := o.children(o.reserve(u))
		kids.left, kids.mid, kids.right = o.beside(kids.left, s.left), o.beside(kids.mid, s.mid), o.beside(kids.right, s.right)
	}
	var before, after strip
	for k := len(left) - 1; k >= 0; k-- {
		before = o.beside(before, o.marriedIn(o.n.partner(left[k], i), rightEdge))
		add(left[k])
	}
	me := o.fresh()
	me[o.n.rank[i]] = span{int32(i), int32(i)}
	o.next[i] = -1
	before = o.beside(before, me)
	for _, u := range right {
		add(u)
		after = o.beside(after, o.marriedIn(o.n.partner(u, i), leftEdge))
	}
	return o.over(before, kids, after)
}

// marriedIn lays out a partner with their own family, unless an ancestor of
// theirs has a place already: then they stand among their siblings below that
// ancestor, and this couple's line goes there.
func (o *ordering) marriedIn(q int, e edge) strip {
	if o.related(q) {
		return nil
	}
	return o.up(q, e)
}

// related reports whether an ancestor of q has a place.
func (o *ordering) related(q int) bool {
	o.walked++
	return o.climbs(q)
}

func (o *ordering) climbs(q int) bool {
	u := o.n.born[q]
	if u < 0 || o.seen[q] == o.walked {
		return false
	}
	o.seen[q] = o.walked
	a, b := o.n.unions[u].a, o.n.unions[u].b
	return o.placed[a] || o.placed[b] || o.climbs(a) || o.climbs(b)
}

// side decides on which side of a person a partner stands.
func (o *ordering) side(i, u int, e edge, strict bool, left, right int) bool {
	if strict && e != middle {
		return e == rightEdge
	}
	toLeft := o.n.unions[u].b == i  // the man left by custom
	if t := o.n.twinOf[i]; t >= 0 { // nobody between twins
		toLeft = o.n.firstTwin(i) == i
	}
	if q := o.n.partner(u, i); o.n.born[q] >= 0 && !o.placed[q] && e != middle {
		toLeft = e == rightEdge
	}
	if left != right {
		toLeft = left < right
	}
	return toLeft != o.flip[u]
}

// firstTwin is the leftmost of somebody's twins, as siblings are ordered now.
func (n *net) firstTwin(i int) int {
	kids := n.unions[n.born[i]].kids
	return kids[slices.IndexFunc(kids, func(k int) bool { return n.twinOf[k] == n.twinOf[i] })]
}

// beside lays b to the right of a, row by row.
func (o *ordering) beside(a, b strip) strip {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	for r := range b {
		switch {
		case b[r].first < 0:
		case a[r].first < 0:
			a[r] = b[r]
		default:
			o.next[a[r].last] = b[r].first
			a[r].last = b[r].last
		}
	}
	o.spare = append(o.spare, b)
	return a
}
