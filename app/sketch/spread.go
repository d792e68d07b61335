package sketch

import (
	"math"
	"slices"
	"sort"
)

// run is a stretch of partners standing side by side; it moves as one.
type run struct {
	people []int
	offset []float64 // from the first
}

// runs cuts a row into stretches of partners.
func (l *layout) runs(row []int) []run {
	var out []run
	for k, i := range row {
		joined := false
		if k > 0 {
			for _, u := range l.of[i] {
				joined = joined || l.beside[u] && l.partner(u, i) == row[k-1]
			}
		}
		if !joined {
			out = append(out, run{people: []int{i}, offset: []float64{0}})
			continue
		}
		last := &out[len(out)-1]
		last.offset = append(last.offset, last.offset[len(last.offset)-1]+l.apart(row[k-1], i))
		last.people = append(last.people, i)
	}
	return out
}

// spread gives everyone an x: parents over the middle of their children,
// children under the middle of their parents, as far as the least distances
// allow. Every row is solved exactly; rows follow each other down and up until
// they settle.
func (l *layout) spread() {
	runs := make([][]run, len(l.rows))
	gaps := make([][]float64, len(l.rows)) // run -> least distance to the next run's first
	for r, row := range l.rows {
		runs[r] = l.runs(row)
		gaps[r] = make([]float64, len(runs[r]))
		x := 0.0
		for k := range runs[r] {
			u := &runs[r][k]
			for m, i := range u.people {
				l.x[i] = x + u.offset[m]
			}
			if k+1 < len(runs[r]) {
				last := len(u.people) - 1
				gaps[r][k] = u.offset[last] + l.apart(u.people[last], runs[r][k+1].people[0])
			}
			x += gaps[r][k]
		}
	}
	passes := max(30, 200-len(l.people))
	for pass := range passes {
		both := pass >= passes*3/4
		pull := togetherness * min(1, max(0, 3-3.5*float64(pass)/float64(passes))) // lets go in the end
		for r := range l.rows {
			l.settle(runs[r], gaps[r], true, both, pull)
		}
		for r := len(l.rows) - 1; r >= 0; r-- {
			l.settle(runs[r], gaps[r], both, true, pull)
		}
	}
	// While siblings hold together, families that get in each other's way wander
	// off and leave others behind; the gaps between are taken out now.
	for range 4 {
		if !l.close(runs, gaps, false) {
			break
		}
		for range 8 {
			for r := range l.rows {
				l.settle(runs[r], gaps[r], true, true, 0)
			}
			for r := len(l.rows) - 1; r >= 0; r-- {
				l.settle(runs[r], gaps[r], true, true, 0)
			}
		}
	}
	l.close(runs, gaps, true)
	for r := range l.rows {
		l.straighten(runs[r], gaps[r])
	}
	left := math.Inf(1)
	for i := range l.x {
		left = min(left, l.x[i]-l.lead[i]-l.exits[i][0])
	}
	l.width = 0
	for i := range l.x {
		l.x[i] += margin + numeralWidth - left
		l.width = max(l.width, l.x[i]+l.reach[i]+l.exits[i][1]+margin)
	}
}

// close takes out room that no row needs: where every row has a gap that is wider
// than it must be, all that stands to the right comes nearer. Rows that follow
// each other would not do that by themselves, for no family is better off alone.
// With loose set, that is done only between families that nothing links.
func (l *layout) close(runs [][]run, gaps [][]float64, loose bool) (closed bool) {
	if len(l.people) > 2000 {
		return false
	}
	const worth = 4.0
	right := make([]int, len(runs)) // row -> first run to the right of the cut
	for r := range runs {
		for k := 0; k+1 < len(runs[r]); k++ {
			slack := l.slack(runs[r], gaps[r], k)
			if slack < worth {
				continue
			}
			cut := l.x[runs[r][k].people[0]] + gaps[r][k] + slack/2
			for q := range runs {
				right[q] = sort.Search(len(runs[q]), func(m int) bool { return l.x[runs[q][m].people[0]] > cut })
				if m := right[q]; m > 0 && m < len(runs[q]) {
					slack = min(slack, l.slack(runs[q], gaps[q], m-1))
				}
			}
			if slack < worth || loose && l.linked(cut) {
				continue
			}
			closed = true
			for q := range runs {
				for _, u := range runs[q][right[q]:] {
					for _, i := range u.people {
						l.x[i] -= slack
					}
				}
			}
		}
	}
	return closed
}

// linked reports whether a couple and their children stand on both sides of a cut.
func (l *layout) linked(cut float64) bool {
	for u := range l.unions {
		un := &l.unions[u]
		right := l.x[un.a] > cut
		if l.x[un.b] > cut != right || slices.ContainsFunc(un.kids, func(k int) bool { return l.x[k] > cut != right }) {
			return true
		}
	}
	return false
}

// slack is how much nearer the run after k could stand.
func (l *layout) slack(runs []run, gaps []float64, k int) float64 {
	return l.x[runs[k+1].people[0]] - l.x[runs[k].people[0]] - gaps[k]
}

// middleOf is the middle of a union's children.
func (l *layout) middleOf(u int) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, k := range l.unions[u].kids {
		lo, hi = min(lo, l.x[k]), max(hi, l.x[k])
	}
	return (lo + hi) / 2
}

// above is where a union's children would best have their middle: under the
// middle of the couple, or anywhere between partners who stand apart.
func (l *layout) above(u int) float64 {
	if l.beside[u] {
		return l.coupleMiddle(u)
	}
	a, b := l.x[l.unions[u].a], l.x[l.unions[u].b]
	return min(max(l.middleOf(u), min(a, b)), max(a, b))
}

func (l *layout) coupleMiddle(u int) float64 { return (l.x[l.unions[u].a] + l.x[l.unions[u].b]) / 2 }

// settle moves the runs of one row as near as possible to where parents (down)
// and children (up) want them, keeping their order and distances.
func (l *layout) settle(runs []run, gaps []float64, down, up bool, pull float64) {
	if len(runs) == 0 {
		return
	}
	want, weight := make([]float64, len(runs)), make([]float64, len(runs))
	for k := range runs {
		u := &runs[k]
		shift, w := 0.0, 0.0
		for _, i := range u.people {
			if b := l.born[i]; down && b >= 0 {
				shift += l.above(b) - l.middleOf(b)
				w++
			}
			for _, un := range l.of[i] {
				if !l.beside[un] {
					if pull := l.overKids(un, i); up && pull != 0 {
						w0 := float64(len(l.unions[un].kids))
						shift += w0 * pull
						w += w0
						continue
					}
					// A partner who stands apart comes as near as possible.
					other := l.x[l.partner(un, i)]
					if l.x[i] > other {
						other += coupleWidth
					} else {
						other -= coupleWidth
					}
					shift += 0.2 * (other - l.x[i])
					w += 0.2
				} else if up && len(l.unions[un].kids) > 0 {
					// As strong as the children are drawn, half through each partner:
					// were it less, families that get in each other's way would
					// wander off together.
					half := 0.5 * float64(len(l.unions[un].kids))
					shift += half * (l.middleOf(un) - l.coupleMiddle(un))
					w += half
				}
			}
		}
		// Brothers and sisters draw each other near; nothing else would.
		first := l.x[u.people[0]]
		if k > 0 && l.siblings(&runs[k-1], u) {
			shift += pull * (l.x[runs[k-1].people[0]] + gaps[k-1] - first)
			w += pull
		}
		if k+1 < len(runs) && l.siblings(u, &runs[k+1]) {
			shift += pull * (l.x[runs[k+1].people[0]] - gaps[k] - first)
			w += pull
		}
		want[k], weight[k] = first, 0.05
		if w > 0 {
			want[k] += shift / w
			weight[k] = w
		}
	}
	pos := isotonic(want, weight, gaps)
	for k := range runs {
		for m, i := range runs[k].people {
			l.x[i] = pos[k] + runs[k].offset[m]
		}
	}
}

// overKids is how far somebody who stands apart from their only partner should
// move to stand over the children; 0 where that is not for them to do.
func (l *layout) overKids(u, i int) float64 {
	q := l.partner(u, i)
	if len(l.unions[u].kids) == 0 || len(l.of[i]) > 1 || len(l.of[q]) == 1 || l.born[i] >= 0 || l.rank[i] != l.rank[q] {
		return 0
	}
	beyond := l.reach[i] + exitWidth // the line turns down beside the label
	if l.x[i] < l.x[q] {
		beyond = -beyond
	}
	return l.middleOf(u) + beyond - l.x[i]
}

// togetherness is how strongly neighbours of one sibship draw each other near,
// against parents over children with strength 1.
const togetherness = 0.4

// siblings reports whether two runs hold children of one couple.
func (l *layout) siblings(a, b *run) bool {
	for _, i := range a.people {
		for _, j := range b.people {
			if l.born[i] >= 0 && l.born[i] == l.born[j] {
				return true
			}
		}
	}
	return false
}

// straighten moves a run by the few pixels that would make an only child's line
// a kinked one, where there is room.
func (l *layout) straighten(runs []run, gaps []float64) {
	const give = 4.0 // of the distance between families
	for k := range runs {
		u := &runs[k]
		shift, only := 0.0, 0
		for _, i := range u.people {
			if b := l.born[i]; b >= 0 {
				only++
				if len(l.unions[b].kids) == 1 {
					shift = l.coupleMiddle(b) - l.x[i]
				}
			}
		}
		if only != 1 || shift == 0 || math.Abs(shift) > 8 {
			continue
		}
		x := l.x[u.people[0]] + shift
		if k > 0 && x-l.x[runs[k-1].people[0]] < gaps[k-1]-give || k+1 < len(runs) && l.x[runs[k+1].people[0]]-x < gaps[k]-give {
			continue
		}
		for _, i := range u.people {
			l.x[i] += shift
		}
	}
}

// isotonic finds the positions nearest to what is wanted (least squares) in
// which each is at least gap from the one before: pooling neighbours that
// collide gives the exact answer.
func isotonic(want, weight, gaps []float64) []float64 {
	type pool struct {
		sum, weight float64
		n           int
	}
	var pools []pool
	shift := 0.0
	shifts := make([]float64, len(want))
	for k := range want {
		if k > 0 {
			shift += gaps[k-1]
		}
		shifts[k] = shift
		pools = append(pools, pool{weight[k] * (want[k] - shift), weight[k], 1})
		for len(pools) > 1 {
			a, b := &pools[len(pools)-2], &pools[len(pools)-1]
			if a.sum/a.weight <= b.sum/b.weight {
				break
			}
			a.sum, a.weight, a.n = a.sum+b.sum, a.weight+b.weight, a.n+b.n
			pools = pools[:len(pools)-1]
		}
	}
	out := make([]float64, 0, len(want))
	for _, p := range pools {
		for range p.n {
			out = append(out, p.sum/p.weight+shifts[len(out)])
		}
	}
	return out
}
