package sketch

import (
	"cmp"
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

// improve tries other orders of siblings and sides of partners, one change at a
// time, and keeps what is better. It always tries in the same order, so the
// same family ends up with the same picture.
func (o *ordering) improve(best strip, cost float64) strip {
	budget := 40000 / (20 + len(o.n.people))
	try := func(undo func()) bool {
		budget--
		rows := o.everyone()
		if c := o.n.cost(rows); c < cost-1e-9 {
			best, cost = rows, c
			return true
		}
		undo()
		return false
	}
	for better := true; better && budget > 0 && cost >= 1; {
		better = false
		for u := range o.n.unions {
			if budget <= 0 || cost < 1 {
				break
			}
			o.flip[u] = !o.flip[u]
			if try(func() { o.flip[u] = !o.flip[u] }) {
				better = true
			}
			kids := o.n.unions[u].kids
			for i := range kids {
				for _, to := range [...]int{0, len(kids) - 1, i - 1, i + 1} {
					if to < 0 || to >= len(kids) || to == i || budget <= 0 || o.n.twinOf[kids[i]] >= 0 || o.n.twinOf[kids[to]] >= 0 {
						continue
					}
					was := slices.Clone(kids)
					k := kids[i]
					copy(kids[i:], kids[i+1:])
					copy(kids[to+1:], kids[to:len(kids)-1])
					kids[to] = k
					if try(func() { copy(kids, was) }) {
						better = true
					}
				}
			}
		}
	}
	return best
}
