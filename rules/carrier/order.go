package carrier

// order returns the units in the order they are eliminated: always the one
// whose elimination joins the fewest others, ties by how many new links it
// makes, then by position. On a family without loops that never joins more
// than a child and its two parents.
func (n *network) order() []int {
	units := len(n.members)
	near := make([]map[int]bool, units)
	for u := range near {
		near[u] = map[int]bool{}
	}
	join := func(a, b int) {
		if a >= 0 && b >= 0 && a != b {
			near[a][b], near[b][a] = true, true
		}
	}
	for u, p := range n.parents {
		join(u, p[0])
		join(u, p[1])
		join(p[0], p[1])
	}
	fill := func(u int) int {
		missing := 0
		for a := range near[u] {
			for b := range near[u] {
				if a < b && !near[a][b] {
					missing++
				}
			}
		}
		return missing
	}
	cost := make([][2]int, units)
	for u := range cost {
		cost[u] = [2]int{len(near[u]), fill(u)}
	}
	done := make([]bool, units)
	out := make([]int, 0, units)
	for range units {
		best := -1
		for u := range units {
			if !done[u] && (best < 0 || cost[u][0] < cost[best][0] ||
				cost[u][0] == cost[best][0] && cost[u][1] < cost[best][1]) {
				best = u
			}
		}
		done[best] = true
		out = append(out, best)
		touched := map[int]bool{}
		for a := range near[best] {
			delete(near[a], best)
			for b := range near[best] {
				join(a, b)
			}
		}
		for a := range near[best] {
			touched[a] = true
			for b := range near[a] {
				touched[b] = true
			}
		}
		for u := range touched {
			if !done[u] {
				cost[u] = [2]int{len(near[u]), fill(u)}
			}
		}
	}
	return out
}
