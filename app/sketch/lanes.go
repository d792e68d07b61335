package sketch

import (
	"cmp"
	"slices"
)

// lanes gives every bus a height in its channel such that no two overlap, and
// returns how many heights each channel needs above and for the bars. Of two
// that overlap the one that is crossed less often there goes above.
func (r *router) lanes() (upper, lower []int) {
	upper, lower = make([]int, len(r.rows)), make([]int, len(r.rows))
	type zone struct {
		channel int
		lower   bool
	}
	zones := map[zone][]int{}
	for i := range r.buses {
		if b := &r.buses[i]; !b.twins && b.from == b.to {
			b.from, b.to = b.lo, b.hi
		}
		z := zone{r.buses[i].channel, r.buses[i].lower}
		zones[z] = append(zones[z], i)
	}
	for z, in := range zones {
		slices.SortFunc(in, func(i, j int) int {
			a, b := &r.buses[i], &r.buses[j]
			return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.union, b.union), cmp.Compare(i, j))
		})
		n := r.stack(in)
		if z.lower {
			lower[z.channel] = n
		} else {
			upper[z.channel] = n
		}
	}
	return upper, lower
}

// laneGap is the least distance between two buses on one height.
const laneGap = 8.0

// stack orders buses that overlap from above and puts each as high as that
// allows; in lists them from the left.
func (r *router) stack(in []int) (heights int) {
	over := make([][]int, len(in))  // positions of those it overlaps
	first := make([][]int, len(in)) // those of them that must be above
	active := []int{}
	for k, i := range in {
		b := &r.buses[i]
		active = slices.DeleteFunc(active, func(m int) bool { return r.buses[in[m]].to+laneGap < b.from })
		for _, m := range active {
			over[k], over[m] = append(over[k], m), append(over[m], k)
			a := &r.buses[in[m]]
			above := a.crossings(b) <= b.crossings(a)
			switch {
			case a.union == b.union: // the way down goes from one to the next
				above = in[m] < i
			case a.twins != b.twins: // nothing crosses slanting lines level
				above = b.twins
			}
			if above {
				first[k] = append(first[k], m)
			} else {
				first[m] = append(first[m], k)
			}
		}
		active = append(active, k)
	}
	// Twins' bars come below all others, so that slanting lines meet none of them.
	var plain, twins []int
	for k, i := range in {
		if r.buses[i].twins {
			twins = append(twins, k)
		} else {
			plain = append(plain, k)
		}
	}
	heights = r.pile(in, plain, over, first, 0)
	return max(heights, r.pile(in, twins, over, first, heights))
}

// pile places some of the buses, no higher than top.
func (r *router) pile(all, in []int, over, first [][]int, top int) (heights int) {
	placed := make([]bool, len(all))
	waiting := make([]bool, len(all))
	for _, k := range in {
		waiting[k] = true
	}
	begin := 0 // everything before is placed
	for range in {
		for placed[in[begin]] {
			begin++
		}
		// The one that waits for the fewest others; normally none.
		next, waits := -1, 0
		for _, k := range in[begin:] {
			if placed[k] {
				continue
			}
			w := 0
			for _, m := range first[k] {
				if waiting[m] && !placed[m] {
					w++
				}
			}
			if next < 0 || w < waits {
				next, waits = k, w
			}
			if w == 0 {
				break
			}
		}
		b := &r.buses[all[next]]
		b.lane = top
		for _, m := range over[next] {
			if placed[m] {
				b.lane = max(b.lane, r.buses[all[m]].lane+1)
			}
		}
		placed[next] = true
		heights = max(heights, b.lane+1)
	}
	return heights
}

// crossings counts how often lines cross where b lies above c.
func (b *bus) crossings(c *bus) (n int) {
	for _, x := range b.down {
		if c.from < x && x < c.to {
			n++
		}
	}
	for _, x := range c.up {
		if b.from < x && x < b.to {
			n++
		}
	}
	return n
}

// busY is the height of a bus.
func (r *router) busY(i int, upper []int) float64 {
	b := &r.buses[i]
	base := r.y[b.channel] + symbolHalf + r.labels[b.channel] + channelPad
	if b.lower {
		base = r.barTop(b.channel, upper)
	}
	return base + float64(b.lane)*laneHeight
}

// barTop is the height of a channel's highest bar.
func (r *router) barTop(channel int, upper []int) float64 {
	return r.y[channel] + symbolHalf + r.labels[channel] + channelPad + float64(upper[channel])*laneHeight
}
