package sketch

import (
	"cmp"
	"slices"
)

// rankAll gives everyone a generation, counted from the top: children below
// both parents, siblings and partners level. Where relatives of different
// generations married, that couple alone is not level and is drawn bent.
func (n *net) rankAll() {
	depth := n.depths()
	order := make([]int, 0, len(n.unions))
	for u := range n.unions {
		order = append(order, u)
	}
	gap := func(u int) int {
		d := depth[n.unions[u].a] - depth[n.unions[u].b]
		return max(d, -d)
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(gap(y), gap(x)) })
	level := make([]bool, len(n.unions))
	for u := range level {
		level[u] = true
	}
	// One at a time, so that no more are dropped than must be; of very many,
	// several at once, or ten thousand people would take minutes.
	const few = 200
	var dropped []int
	rank, stuck := n.longest(level)
	for i := 0; stuck != nil && i < len(order); {
		for many := 1 + max(0, len(dropped)-few)/8; many > 0 && i < len(order); i++ {
			u := order[i]
			if stuck[n.unions[u].a] || stuck[n.unions[u].b] {
				level[u] = false
				dropped = append(dropped, u)
				many--
			}
		}
		rank, stuck = n.longest(level)
	}
	// Put back what turns out not to be needed, smallest gap first.
	slices.Reverse(dropped)
	for part := range slices.Chunk(dropped, 1+len(dropped)/(few+1)) {
		for _, u := range part {
			level[u] = true
		}
		if r, s := n.longest(level); s == nil {
			rank = r
			continue
		}
		for _, u := range part {
			level[u] = false
		}
	}
	n.rank = rank
}

// depths is the longest way down to each person by parents alone. People who
// are their own ancestor were refused before.
func (n *net) depths() []int {
	depth := make([]int, len(n.people))
	for i := range depth {
		depth[i] = -1
	}
	var of func(i int) int
	of = func(i int) int {
		if i < 0 {
			return -1
		}
		if depth[i] < 0 {
			depth[i] = 0 // guards against loops
			depth[i] = 1 + max(of(n.mother[i]), of(n.father[i]))
		}
		return depth[i]
	}
	for i := range depth {
		of(i)
	}
	return depth
}

// longest ranks blocks of people who stand level by the longest path from the
// top, then lowers blocks with slack to just above their children. If blocks
// run in a circle it returns the people in them instead.
func (n *net) longest(level []bool) (rank []int, stuck []bool) {
	block := make([]int, len(n.people))
	for i := range block {
		block[i] = i
	}
	root := func(i int) int {
		for block[i] != i {
			block[i] = block[block[i]]
			i = block[i]
		}
		return i
	}
	join := func(i, j int) {
		if a, b := root(i), root(j); a != b {
			block[max(a, b)] = min(a, b)
		}
	}
	for u := range n.unions {
		un := &n.unions[u]
		if level[u] {
			join(un.a, un.b)
		}
		for _, k := range un.kids {
			join(k, un.kids[0])
		}
	}
	// Edges from a parent's block to the children's block.
	below := make([][]int, len(n.people))
	waiting := make([]int, len(n.people))
	for u := range n.unions {
		un := &n.unions[u]
		if len(un.kids) == 0 {
			continue
		}
		to := root(un.kids[0])
		for _, p := range [...]int{un.a, un.b} {
			below[root(p)] = append(below[root(p)], to)
			waiting[to]++
		}
	}
	at := make([]int, len(n.people))
	var order []int
	for i := range n.people {
		if root(i) == i && waiting[i] == 0 {
			order = append(order, i)
		}
	}
	for k := 0; k < len(order); k++ {
		b := order[k]
		for _, to := range below[b] {
			at[to] = max(at[to], at[b]+1)
			if waiting[to]--; waiting[to] == 0 {
				order = append(order, to)
			}
		}
	}
	blocks := 0
	for i := range n.people {
		if root(i) == i {
			blocks++
		}
	}
	if len(order) < blocks {
		stuck = make([]bool, len(n.people))
		for i := range stuck {
			stuck[i] = waiting[root(i)] > 0
		}
		return nil, stuck
	}
	for k := len(order) - 1; k >= 0; k-- {
		b := order[k]
		if len(below[b]) == 0 {
			continue
		}
		lowest := at[below[b][0]]
		for _, to := range below[b] {
			lowest = min(lowest, at[to])
		}
		at[b] = max(at[b], lowest-1)
	}
	rank = make([]int, len(n.people))
	top := len(n.people)
	for i := range rank {
		rank[i] = at[root(i)]
		top = min(top, rank[i])
	}
	for i := range rank {
		rank[i] -= top
	}
	return rank, nil
}
