package sketch

import (
	"cmp"
	"math"
	"slices"
)

// taken is a line that runs down at x for a union.
type taken struct {
	x     float64
	union int
}

// Least distance between lines of different couples that run down side by side,
// and what a double line takes more.
const (
	linesApart = 5.0
	doubleMore = 2.5
	mostApart  = linesApart + 2*doubleMore
)

// apartFrom is the least distance between lines of two couples.
func (l *layout) apartFrom(u, v int) float64 {
	d := linesApart
	for _, w := range [...]int{u, v} {
		if l.unions[w].related {
			d += doubleMore
		}
	}
	return d
}

// take notes that a line runs down just below a row.
func (r *router) take(row int, x float64, u int) {
	if row >= 0 {
		at := r.after(row, x)
		r.taken[row] = slices.Insert(r.taken[row], at, taken{x, u})
	}
}

// after is the position of the first line of a row at x or to the right of it.
func (r *router) after(row int, x float64) int {
	at, _ := slices.BinarySearchFunc(r.taken[row], x, func(t taken, x float64) int { return cmp.Compare(t.x, x) })
	return at
}

// free reports whether a line for u may run down at x below a row: no other
// couple's is near.
func (r *router) free(row int, x float64, u int) bool {
	near := r.taken[row]
	for k := r.after(row, x-mostApart); k < len(near) && near[k].x < x+mostApart; k++ {
		if near[k].union != u && math.Abs(near[k].x-x) < r.apartFrom(u, near[k].union)-1e-6 {
			return false
		}
	}
	return true
}

// clear finds the x nearest to the one wanted, between lo and hi, that keeps
// away from other couples' lines below the row and, for lines that pass through
// the row, above it.
func (r *router) clear(row int, x, lo, hi float64, u int, passes bool) (float64, bool) {
	free := func(c float64) bool {
		return c >= lo && c <= hi && r.free(row, c, u) && (!passes || row == 0 || r.free(row-1, c, u))
	}
	x = min(max(x, lo), hi)
	if free(x) {
		return x, true
	}
	best, dist := x, math.Inf(1)
	consider := func(c float64) {
		if d := math.Abs(c - x); d < dist && free(c) {
			best, dist = c, d
		}
	}
	look := func(row int) {
		near := r.taken[row]
		at := r.after(row, x)
		for k := at; k < len(near) && near[k].x-mostApart <= min(hi, x+dist); k++ {
			d := r.apartFrom(u, near[k].union)
			consider(near[k].x - d)
			consider(near[k].x + d)
		}
		for k := at - 1; k >= 0 && near[k].x+mostApart >= max(lo, x-dist); k-- {
			d := r.apartFrom(u, near[k].union)
			consider(near[k].x + d)
			consider(near[k].x - d)
		}
	}
	look(row)
	if passes && row > 0 {
		look(row - 1)
	}
	return best, !math.IsInf(dist, 1)
}

// through finds a gap in a row, as near as possible to x, and notes the jog
// that leads there in the channel above the row.
func (r *router) through(row int, x float64, steps *[]step, channel, u int) float64 {
	best, dist := x, math.Inf(1)
	people := r.rows[row]
	first, _ := slices.BinarySearchFunc(people, x, func(i int, x float64) int { return cmp.Compare(r.x[i], x) })
	// The gap before first holds x; others are tried outwards while they can be
	// nearer.
	for out := 0; out <= len(people); out++ {
		tried := false
		for _, k := range [...]int{first - out, first + out} {
			if k < 0 || k > len(people) {
				continue
			}
			lo, hi := r.gap(people, k)
			if away := max(lo-x, x-hi, 0); away >= dist {
				continue
			}
			tried = true
			c, ok := r.clear(row, x, lo, hi, u, true)
			d := math.Abs(c - x)
			if !ok {
				d += 10 * symbolSize // better a detour than on another line
			}
			if d < dist {
				best, dist = c, d
			}
		}
		if !tried && out > 0 {
			break
		}
	}
	r.take(row, best, u)
	r.take(row-1, best, u)
	if best != x {
		*steps = append(*steps, step{r.bus(bus{channel: channel, lo: min(x, best), hi: max(x, best), union: u, up: []float64{x}, down: []float64{best}}), best})
	} else {
		*steps = append(*steps, step{-1, best})
	}
	return best
}

// gap is the room before the k-th of a row; for k = their number, after the last.
func (r *router) gap(people []int, k int) (lo, hi float64) {
	const clear = 7
	lo, hi = math.Inf(-1), math.Inf(1)
	if k < len(people) {
		i := people[k]
		hi = r.x[i] - r.lead[i] - clear - r.exits[i][0]
	}
	if k > 0 {
		i := people[k-1]
		lo = r.x[i] + r.reach[i] + clear + r.exits[i][1]
	}
	if lo > hi {
		lo, hi = (lo+hi)/2, (lo+hi)/2
	}
	return lo, hi
}
