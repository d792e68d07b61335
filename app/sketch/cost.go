package sketch

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// cost counts what is wrong with an arrangement: couples who do not stand side
// by side, lines that cross, brothers and sisters out of their order. Below 1
// nothing is wrong but the order of siblings.
func (n *net) cost(rows strip) float64 {
	at := n.positions(rows)
	total := 0.0
	for u := range n.unions {
		a, b := n.unions[u].a, n.unions[u].b
		if n.rank[a] != n.rank[b] {
			continue // bent whatever the order
		}
		if d := at[a] - at[b]; d > 1 || d < -1 {
			total += 3 + 0.1*float64(max(d, -d))
		}
	}
	type line struct{ above, below, union int }
	byRow := make([][]line, len(rows))
	for u := range n.unions {
		un := &n.unions[u]
		for i, k := range un.kids {
			byRow[n.rank[k]] = append(byRow[n.rank[k]], line{at[un.a] + at[un.b], at[k], u})
			if i > 0 && at[k] < at[un.kids[i-1]] {
				total += 0.01
			}
		}
	}
	for _, lines := range byRow {
		slices.SortFunc(lines, func(x, y line) int { return cmp.Compare(x.below, y.below) })
		for i := range lines {
			for j := i + 1; j < len(lines); j++ {
				if lines[i].union != lines[j].union && lines[i].above > lines[j].above {
					total++
				}
			}
		}
	}
	return total
}

// positions is where each person stands in their row.
func (n *net) positions(rows strip) []int {
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
func (o *ordering) improve(best strip, cost float64) strip {
	chance := rand.New(rand.NewPCG(1, 1))
	budget := 60000 / (20 + len(o.n.people))
	now := cost
	bestKids, bestFlip := o.save()
	for rounds := 0; budget > 0 && cost >= 1; rounds++ {
		if rounds > 0 {
			o.restore(bestKids, bestFlip)
			for range 2 + rounds%4 {
				o.change(chance)
			}
			now = o.n.cost(o.everyone())
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
	return best
}

// climb makes single changes as long as one helps; nil when none did.
func (o *ordering) climb(cost float64, budget *int) (best strip, _ float64) {
	try := func(undo func()) {
		*budget--
		rows := o.everyone()
		if c := o.n.cost(rows); c < cost-1e-9 {
			best, cost = rows, c
			return
		}
		undo()
	}
	for before := cost + 1; before > cost+1e-9 && *budget > 0 && cost >= 1; {
		before = cost
		for u := range o.n.unions {
			if *budget <= 0 || cost < 1 {
				break
			}
			o.flip[u] = !o.flip[u]
			try(func() { o.flip[u] = !o.flip[u] })
			kids := o.n.unions[u].kids
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
