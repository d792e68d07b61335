package sketch

import "math"

// Sizes of the picture in pixels.
const (
	symbolSize   = 38.0
	symbolHalf   = symbolSize / 2
	textSize     = 12.0
	lineHeight   = 15.0
	textGap      = 4.0  // symbol to first baseline area
	personGap    = 16.0 // between two people's symbols or labels
	coupleWidth  = 82.0 // centre to centre of partners, at least
	apartWidth   = 70.0 // centre to centre of others, at least
	familyGap    = 12.0 // more between people who are neither siblings nor partners
	laneHeight   = 10.0
	channelPad   = 15.0 // above and below the lanes between two rows
	exitWidth    = 6.0  // a line that leaves sideways needs so much room
	margin       = 24.0
	spare        = 1.12 // where our font is missing another is wider
	numeralWidth = 40.0
)

// layout is where everything stands.
type layout struct {
	*net
	rows    rows
	at      []int     // place in the row
	x       []float64 // centres
	y       []float64 // of rows
	reach   []float64 // half width of symbol and label
	lead    []float64 // room to the left: the label, or the arrow beside it
	exits   [][2]int  // lines leaving a symbol to the left and to the right
	beside  []bool    // union -> partners stand side by side
	sides   [][2]int  // union -> side on which each partner's line leaves: 0 left, 1 right
	labels  []float64 // row -> height of the tallest label
	width   float64
	height  float64
	lines   []wire
	measure func(text string, size float64, bold bool) float64
}

// wire is a line of the picture before it is painted.
type wire struct {
	points []Point
	kind   wireKind
	union  int // -1 for none
	child  int // of a child's own line, else -1
}

type wireKind uint8

const (
	coupleWire wireKind = iota
	dropWire            // from the couple to the bar
	barWire             // across the siblings
	childWire           // from the bar to one child
	twinWire            // joins identical twins
)

// place works out all positions.
func (n *net) place(rows rows, measure func(string, float64, bool) float64) *layout {
	l := &layout{
		net: n, rows: rows, at: n.positions(rows), measure: measure,
		x: make([]float64, len(n.people)), reach: make([]float64, len(n.people)), lead: make([]float64, len(n.people)),
		exits: make([][2]int, len(n.people)), beside: make([]bool, len(n.unions)), sides: make([][2]int, len(n.unions)),
		labels: make([]float64, len(rows)),
	}
	for i := range n.people {
		p := &n.people[i]
		l.reach[i] = symbolHalf
		if p.Adopted != NotAdopted {
			l.reach[i] += 7
		}
		for k, line := range p.Lines {
			l.reach[i] = max(l.reach[i], measure(line.Text, textSize, k == 0 || line.Tone == Unsure)*spare/2)
		}
		if p.Consultand {
			l.lead[i] = 42
		}
		if p.Proband {
			l.lead[i] = 54
		}
		lines := float64(len(p.Lines))
		if p.Beneath != "" {
			lines++
			l.reach[i] = max(l.reach[i], measure(p.Beneath, textSize, false)*spare/2)
		}
		l.lead[i] = max(l.lead[i], l.reach[i])
		height := lines * lineHeight
		if p.Childless != MayHaveChildren {
			height += 22
		}
		if height > 0 {
			height += textGap
		}
		l.labels[n.rank[i]] = max(l.labels[n.rank[i]], height)
	}
	for u := range n.unions {
		a, b := n.unions[u].a, n.unions[u].b
		d := l.at[a] - l.at[b]
		l.beside[u] = n.rank[a] == n.rank[b] && (d == 1 || d == -1)
		if l.beside[u] {
			continue
		}
		l.leave(u, float64(d))
	}
	l.spread()
	// Where partners of different generations stand to each other is known only
	// now; their lines leave on the side that is nearer.
	bent := false
	for u := range n.unions {
		a, b := n.unions[u].a, n.unions[u].b
		if !l.beside[u] && n.rank[a] != n.rank[b] {
			l.leave(u, l.x[a]-l.x[b])
			bent = true
		}
	}
	if bent {
		l.exits = make([][2]int, len(n.people))
		for u := range n.unions {
			if !l.beside[u] {
				l.exits[n.unions[u].a][l.sides[u][0]]++
				l.exits[n.unions[u].b][l.sides[u][1]]++
			}
		}
		l.spread()
	}
	l.route()
	return l
}

// leave chooses the sides on which the partners' lines leave, d being how far a
// stands to the right of b.
func (l *layout) leave(u int, d float64) {
	switch {
	case l.rank[l.unions[u].a] != l.rank[l.unions[u].b] && math.Abs(d) < symbolSize:
		l.sides[u] = [2]int{1, 1}
	case d > 0:
		l.sides[u] = [2]int{0, 1}
	default:
		l.sides[u] = [2]int{1, 0}
	}
	l.exits[l.unions[u].a][l.sides[u][0]]++
	l.exits[l.unions[u].b][l.sides[u][1]]++
}

// apart is the least distance between two neighbours of a row.
func (l *layout) apart(i, j int) float64 {
	room := float64(l.exits[i][1]+l.exits[j][0]) * exitWidth
	d := max(apartWidth, l.reach[i]+l.lead[j]+personGap) + room
	for _, u := range l.of[i] {
		if l.beside[u] && l.partner(u, i) == j {
			// The line down to the children passes in the middle.
			return max(coupleWidth, 2*max(l.reach[i], l.lead[j])+personGap) + 2*room
		}
	}
	if l.born[i] < 0 || l.born[i] != l.born[j] {
		d += familyGap
	}
	return d
}

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
	for r := range l.rows {
		l.straighten(runs[r], gaps[r])
	}
	left := math.Inf(1)
	for i := range l.x {
		left = min(left, l.x[i]-l.lead[i]-float64(l.exits[i][0])*exitWidth)
	}
	l.width = 0
	for i := range l.x {
		l.x[i] += margin + numeralWidth - left
		l.width = max(l.width, l.x[i]+l.reach[i]+float64(l.exits[i][1])*exitWidth+margin)
	}
}

// middleOf is the middle of a union's children.
func (l *layout) middleOf(u int) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, k := range l.unions[u].kids {
		lo, hi = min(lo, l.x[k]), max(hi, l.x[k])
	}
	return (lo + hi) / 2
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
				shift += l.coupleMiddle(b) - l.middleOf(b)
				w++
			}
			for _, un := range l.of[i] {
				if !l.beside[un] {
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
		if k > 0 && x-l.x[runs[k-1].people[0]] < gaps[k-1] || k+1 < len(runs) && l.x[runs[k+1].people[0]]-x < gaps[k] {
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
