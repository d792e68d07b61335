package sketch

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// cost counts what is wrong with an arrangement: couples who do not stand side
// by side, lines that cross, strangers between brothers and sisters, brothers
// and sisters out of their order.
func (o *ordering) cost() float64 {
	n, at := o.n, o.at
	if o.lines == nil {
		o.lines = make([][]line, o.rows)
	}
	for r := range o.lines {
		o.lines[r] = o.lines[r][:0]
	}
	total := 0.0
	for u := range n.unions {
		a, b := n.unions[u].a, n.unions[u].b
		if n.rank[a] != n.rank[b] {
			o.bent(u)
			continue
		}
		if d := at[a] - at[b]; d > 1 || d < -1 {
			total += 3 + 0.1*float64(max(d, -d))
		}
	}
	inverted := 0
	for u := range n.unions {
		un := &n.unions[u]
		for i, k := range un.kids {
			o.lines[n.rank[k]] = append(o.lines[n.rank[k]], line{at[un.a] + at[un.b], 2 * at[k], u})
			if i > 0 && at[k] < at[un.kids[i-1]] {
				inverted++
			}
		}
		if len(un.kids) > 1 {
			total += strangerCost * float64(n.strangers(un.kids, at))
		}
	}
	for _, set := range n.twins {
		lo, hi := at[set[0]], at[set[0]]
		for _, i := range set {
			lo, hi = min(lo, at[i]), max(hi, at[i])
		}
		total += 3 * strangerCost * float64(hi-lo+1-len(set))
	}
	for _, lines := range o.lines {
		slices.SortFunc(lines, func(x, y line) int { return cmp.Compare(x.below, y.below) })
		for i := range lines {
			for j := i + 1; j < len(lines); j++ {
				if lines[i].union != lines[j].union && lines[i].above > lines[j].above {
					total++
				}
			}
		}
	}
	return total + min(0.001*float64(inverted), flawless/2)
}

// bent notes the line between partners of neighbouring generations: it comes
// down from the upper one and ends beside the lower one.
func (o *ordering) bent(u int) {
	up, low := o.n.unions[u].a, o.n.unions[u].b
	if o.n.rank[up] > o.n.rank[low] {
		up, low = low, up
	}
	if r := o.n.rank[low]; r == o.n.rank[up]+1 {
		beside := 2*o.at[low] + 1
		if o.at[up] < o.at[low] {
			beside -= 2
		}
		o.lines[r] = append(o.lines[r], line{2 * o.at[up], beside, u})
	}
}

// line leads from a couple down to one of the children.
type line struct{ above, below, union int }

// What one stranger between siblings costs, and below what cost an arrangement
// is not worth improving.
const (
	strangerCost = 0.1
	flawless     = strangerCost / 2
)

// strangers counts who stands between siblings and is neither one of them nor
// a partner of one.
func (n *net) strangers(kids []int, at []int) int {
	lo, hi := at[kids[0]], at[kids[0]]
	for _, k := range kids {
		lo, hi = min(lo, at[k]), max(hi, at[k])
	}
	between := hi - lo + 1 - len(kids)
	if between == 0 {
		return 0
	}
	for _, k := range kids {
		for _, u := range n.of[k] {
			if q := n.partner(u, k); n.rank[q] == n.rank[k] && at[q] > lo && at[q] < hi && !slices.Contains(kids, q) {
				between--
			}
		}
	}
	return max(0, between)
}

// positions is where each person stands in their row.
func (n *net) positions(rows rows) []int {
	at := make([]int, len(n.people))
	for _, row := range rows {
		for x, i := range row {
			at[i] = x
		}
	}
	return at
}

// improve tries other orders of siblings and sides of partners and keeps what is
// better: one change at a time until none helps, then a few changes at once and
// again. Chance comes from a fixed seed and tries are counted, not timed, so the
// same family always ends up with the same picture.
func (o *ordering) improve(best rows, cost float64) (rows, float64) {
	chance := rand.New(rand.NewPCG(1, 1))
	budget := 36000 / (20 + len(o.n.people))
	now := cost
	bestKids, bestFlip := o.save()
	for rounds := 0; budget > 0 && cost >= flawless; rounds++ {
		if rounds > 0 {
			o.restore(bestKids, bestFlip)
			for range 2 + rounds%4 {
				o.change(chance)
			}
			now = o.try()
			budget--
		}
		rows, c := o.climb(now, &budget)
		if rows == nil {
			continue
		}
		now = c
		if c < cost-1e-9 {
			best, cost = rows, c
			bestKids, bestFlip = o.save()
		}
	}
	o.restore(bestKids, bestFlip)
	return best, cost
}

// polish moves people within their rows, each alone, where that is better: to
// orders that no walk through the family leads to. Twins and those whom somebody
// dragged stay.
func (o *ordering) polish(best rows, cost float64) rows {
	budget := 8000 / (20 + len(o.n.people))
	for i, row := range best {
		for x, who := range row {
			o.at[who] = x
		}
		best[i] = slices.Clone(row)
	}
	for before := cost + 1; before > cost+1e-9 && cost >= flawless && budget > 0; {
		before = cost
		for _, row := range best {
			for from := 0; from < len(row); from++ {
				for to := 0; to < len(row) && budget > 0; to++ {
					if to == from || o.n.people[row[from]].Hint != 0 || o.n.twinOf[row[from]] >= 0 {
						continue
					}
					budget--
					o.shift(row, from, to)
					if c := o.cost(); c < cost-1e-9 {
						cost = c
						break
					}
					o.shift(row, to, from)
				}
			}
		}
	}
	return best
}

// shift moves somebody of a row to another place of it.
func (o *ordering) shift(row []int, from, to int) {
	move(row, from, to)
	for x := min(from, to); x <= max(from, to); x++ {
		o.at[row[x]] = x
	}
}

// climb makes single changes as long as one helps; nil when none did.
func (o *ordering) climb(cost float64, budget *int) (best rows, _ float64) {
	try := func(undo func()) {
		*budget--
		if c := o.try(); c < cost-1e-9 {
			best, cost = o.listed(), c
			return
		}
		undo()
	}
	for before := cost + 1; before > cost+1e-9 && *budget > 0 && cost >= flawless; {
		before = cost
		for u := range o.n.unions {
			if *budget <= 0 || cost < flawless {
				break
			}
			o.flip[u] = !o.flip[u]
			try(func() { o.flip[u] = !o.flip[u] })
			kids := o.n.unions[u].kids
			for _, k := range slices.Clone(kids) {
				for _, how := range [...]twinMove{toStart, toEnd, turned} {
					was := slices.Clone(kids)
					if *budget > 0 && o.moveTwins(u, k, how) {
						try(func() { copy(kids, was) })
					}
				}
			}
			for i := range kids {
				for _, to := range [...]int{0, len(kids) - 1, i - 1, i + 1} {
					if *budget > 0 && o.mayMove(u, i, to) {
						was := slices.Clone(kids)
						move(kids, i, to)
						try(func() { copy(kids, was) })
					}
				}
			}
		}
	}
	return best, cost
}

// mayMove keeps twins together and symbols where somebody dragged them.
func (o *ordering) mayMove(u, i, to int) bool {
	kids := o.n.unions[u].kids
	if to < 0 || to >= len(kids) || to == i {
		return false
	}
	a, b := kids[i], kids[to]
	return o.n.twinOf[a] < 0 && o.n.twinOf[b] < 0 && o.n.people[a].Hint == 0 && o.n.people[b].Hint == 0
}

// twinMove is what can be done with twins among their siblings.
type twinMove uint8

const (
	toStart twinMove = iota
	toEnd
	turned // in the opposite order
)

// moveTwins moves the twins that k is the first of, as one; false when k is the
// first of none or nothing would change.
func (o *ordering) moveTwins(u, k int, how twinMove) bool {
	t := o.n.twinOf[k]
	kids := o.n.unions[u].kids
	if t < 0 || o.n.firstTwin(k) != k || slices.ContainsFunc(kids, func(i int) bool { return o.n.people[i].Hint != 0 }) {
		return false
	}
	first, many := slices.Index(kids, k), len(o.n.twins[t])
	if how == turned {
		slices.Reverse(kids[first : first+many])
		return true
	}
	was := slices.Clone(kids)
	slices.SortStableFunc(kids, func(i, j int) int {
		if how == toEnd {
			i, j = j, i
		}
		return cmp.Compare(truth(o.n.twinOf[j] == t), truth(o.n.twinOf[i] == t))
	})
	return !slices.Equal(was, kids)
}

// move puts element i at place to.
func move(kids []int, i, to int) {
	k := kids[i]
	copy(kids[i:], kids[i+1:])
	copy(kids[to+1:], kids[to:len(kids)-1])
	kids[to] = k
}

// change makes one change by chance.
func (o *ordering) change(chance *rand.Rand) {
	u := chance.IntN(len(o.n.unions))
	kids := o.n.unions[u].kids
	if len(kids) < 2 || chance.IntN(2) == 0 {
		o.flip[u] = !o.flip[u]
		return
	}
	if i, to := chance.IntN(len(kids)), chance.IntN(len(kids)); o.mayMove(u, i, to) {
		move(kids, i, to)
	}
}

func (o *ordering) save() ([][]int, []bool) {
	kids := make([][]int, len(o.n.unions))
	for u := range kids {
		kids[u] = slices.Clone(o.n.unions[u].kids)
	}
	return kids, slices.Clone(o.flip)
}

func (o *ordering) restore(kids [][]int, flip []bool) {
	for u := range kids {
		copy(o.n.unions[u].kids, kids[u])
	}
	copy(o.flip, flip)
}
