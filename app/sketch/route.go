package sketch

import (
	"cmp"
	"math"
	"slices"
)

// bus is a horizontal stretch of a line between two rows; buses that overlap
// get different heights.
type bus struct {
	channel int // below this row
	lower   bool
	lo, hi  float64
	// The stretch nobody else's bus on this height may share: twins' lines spread
	// beyond their bar.
	from, to float64
	twins    bool // slanting lines leave it
	union    int
	up       []float64 // where lines come to it from above
	down     []float64 // where lines leave it downwards
	lane     int
}

// plan is what one union's lines need before heights are known.
type plan struct {
	legs [2]leg // from each partner down to the couple's own bus; only when bent
	bus  int    // the couple's bus, -1 when side by side
	drop float64
	fall []step // on the way down past rows that lie between
	bar  int    // -1 without children or with one straight below
}

// leg is one partner's way down.
type leg struct {
	exit  Point // where it leaves the symbol
	turn  float64
	steps []step
}

// step is a jog in the channel below a row: across to x, then on down.
type step struct {
	bus int // -1 when it goes straight
	x   float64
}

// router collects buses, gives them heights, and then draws the lines.
type router struct {
	*layout
	buses []bus
	plans []plan
	used  [][2]exit // what was taken so far, to the left and to the right
	taken [][]taken // row -> where lines run down just below it
	apex  []float64 // twins -> where their lines start
}

// route plans all lines, sets the rows' heights by the room the lines need, and
// draws them.
func (l *layout) route() {
	aside := make([]float64, len(l.twins))
	for range 6 {
		l.lines = nil
		hit := l.wire(aside)
		if len(hit) == 0 {
			return
		}
		for t := range hit {
			aside[t] += 3
		}
	}
}

// wire is one try at route, with the point where twins' lines start moved aside;
// it returns the twins of whom a slanting line meets the end of another couple's,
// so that it would seem to belong to it.
func (l *layout) wire(aside []float64) (hit map[int]bool) {
	r := &router{layout: l, plans: make([]plan, len(l.unions)), used: make([][2]exit, len(l.people)), taken: make([][]taken, len(l.rows)), apex: make([]float64, len(l.twins))}
	for i := range l.people { // children's lines are where the children are
		if u := l.born[i]; u >= 0 {
			r.take(l.rank[i]-1, l.x[i], u)
		}
	}
	for t, set := range l.twins {
		r.apex[t] = r.top(set, aside[t])
	}
	for u := range l.unions {
		if !l.beside[u] {
			r.planExits(u)
		}
	}
	for u := range l.unions {
		r.plans[u].bus, r.plans[u].bar = -1, -1
		if l.beside[u] && len(l.unions[u].kids) > 0 {
			r.dropBetween(u)
		}
	}
	for u := range l.unions {
		if !l.beside[u] {
			r.planLegs(u, max(l.rank[l.unions[u].a], l.rank[l.unions[u].b]))
		}
	}
	for u := range l.unions {
		if len(l.unions[u].kids) > 0 {
			r.planKids(u)
		}
	}
	upper, lower := r.lanes()
	l.y = make([]float64, len(l.rows))
	y := margin + symbolHalf + 8
	for row := range l.rows {
		l.y[row] = y
		y += symbolHalf + l.labels[row] + 2*channelPad + float64(upper[row]+max(0, lower[row]-1))*laneHeight + symbolHalf
		if row+1 < len(l.rows) {
			y += r.twinRoom(row + 1)
		}
	}
	last := len(l.rows) - 1
	l.height = l.y[last] + symbolHalf + l.labels[last] + float64(upper[last])*laneHeight + margin
	for u := range l.unions {
		r.draw(u, upper)
	}
	return l.meetings()
}

// meetings finds the twins of whom a line meets an end of another couple's.
func (l *layout) meetings() map[int]bool {
	if len(l.twins) == 0 {
		return nil
	}
	hit := map[int]bool{}
	for _, s := range l.lines {
		if s.kind != childWire || l.twinOf[s.child] < 0 {
			continue
		}
		a, b := s.points[0], s.points[1]
		for _, w := range l.lines {
			if w.union == s.union {
				continue
			}
			for _, end := range [...]Point{w.points[0], w.points[len(w.points)-1]} {
				if end.X < min(a.X, b.X)-1 || end.X > max(a.X, b.X)+1 || end.Y < a.Y-1 || end.Y > b.Y+1 {
					continue
				}
				if across := math.Abs((b.X-a.X)*(end.Y-a.Y)-(b.Y-a.Y)*(end.X-a.X)) / math.Hypot(b.X-a.X, b.Y-a.Y); across < 1.5 {
					hit[l.twinOf[s.child]] = true
				}
			}
		}
	}
	return hit
}

// dropBetween puts the line down to the children in the middle of the couple,
// or a little beside it where another line runs down.
func (r *router) dropBetween(u int) {
	un := &r.unions[u]
	middle, row := r.coupleMiddle(u), r.rank[un.a]
	left, right := un.a, un.b
	if r.x[left] > r.x[right] {
		left, right = right, left
	}
	room := (r.x[right]-r.x[left])/2 - max(r.reach[left], r.lead[right]) - 2
	r.plans[u].drop, _ = r.clear(row, middle, middle-room, middle+room, u, false)
	r.take(row, r.plans[u].drop, u)
}

// planKids takes the line from the couple down to the children's bar.
func (r *router) planKids(u int) {
	un, p := &r.unions[u], &r.plans[u]
	row := r.rank[un.kids[0]]
	x := p.drop
	for between := max(r.rank[un.a], r.rank[un.b]) + 1; between < row; between++ {
		x = r.through(between, x, &p.fall, between-1, u)
	}
	lo, hi := r.hangs(u)
	twins := slices.ContainsFunc(un.kids, func(k int) bool { return r.twinOf[k] >= 0 })
	if lo != x || hi != x || twins { // where twins' lines start, nobody else's bar may be
		bar := bus{channel: row - 1, lower: true, lo: min(lo, x), hi: max(hi, x), union: u, up: []float64{x}}
		bar.from, bar.to, bar.twins = bar.lo, bar.hi, twins
		for _, k := range un.kids {
			bar.down = append(bar.down, r.hang(k))
			bar.from, bar.to = min(bar.from, r.x[k]), max(bar.to, r.x[k])
		}
		p.bar = r.bus(bar)
	}
}

// twinRoom is more height above a row whose twins stand far apart, so that
// their lines do not run flat.
func (r *router) twinRoom(row int) float64 {
	room := 0.0
	for _, set := range r.twins {
		if r.rank[set[0]] != row {
			continue
		}
		for _, i := range set {
			room = max(room, math.Abs(r.x[i]-r.hang(i))*0.6-channelPad)
		}
	}
	return min(room, 120)
}

// hangs is the stretch over which the children hang from their bar; twins hang
// from one point.
func (r *router) hangs(u int) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, k := range r.unions[u].kids {
		x := r.hang(k)
		lo, hi = min(lo, x), max(hi, x)
	}
	return lo, hi
}

// hang is where a child's line leaves the bar.
func (r *router) hang(k int) float64 {
	if t := r.twinOf[k]; t >= 0 {
		return r.apex[t]
	}
	return r.x[k]
}

// top is where the lines of twins start: in their middle, or beside it when
// somebody else's line comes down there.
func (r *router) top(set []int, aside float64) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, i := range set {
		lo, hi = min(lo, r.x[i]), max(hi, r.x[i])
	}
	u, row := r.born[set[0]], r.rank[set[0]]-1
	x, _ := r.clear(row, (lo+hi)/2+aside, lo, hi, u, false)
	r.take(row, x, u)
	return x
}

// exit is what the lines that leave a symbol on one side have taken: how many of
// the heights, and how much room.
type exit struct {
	many int
	room float64
}

// Heights below the centre at which lines leave a symbol sideways: the farther
// out a line runs down, the higher it leaves, so that they never cross. Double
// lines need more between them.
var (
	exitHeights   = [...]float64{14, 10.5, 7, 3.5, -3.5, -7, -10.5, -14}
	doubleHeights = [...]float64{15.5, 8, -8, -15.5}
)

// planExits decides where the lines of partners who do not stand side by side
// leave their symbols.
func (r *router) planExits(u int) {
	for k, i := range [2]int{r.unions[u].a, r.unions[u].b} {
		right := r.sides[u][k]
		e := &r.used[i][right]
		sign := float64(2*right - 1)
		dy := exitHeights[e.many%len(exitHeights)]
		if r.unions[u].related || e.room > exitWidth*float64(e.many)+1 {
			dy = doubleHeights[e.many%len(doubleHeights)]
		}
		if p := &r.people[i]; right == 0 && (p.Consultand || p.Proband) {
			dy = -dy // an arrow points there
		}
		g := &r.plans[u].legs[k]
		g.exit = Point{r.x[i] + sign*edgeAt(r.people[i].Shape, dy), dy}
		out := r.reach[i]
		if right == 0 {
			out = r.lead[i]
		}
		g.turn = r.x[i] + sign*(out+1+e.room+r.exitRoom(u)/2)
		e.many++
		e.room += r.exitRoom(u)
		r.take(r.rank[i], g.turn, u)
	}
}

// planLegs takes them down to a bus of their own below the lower one.
func (r *router) planLegs(u, low int) {
	un, p := &r.unions[u], &r.plans[u]
	for k, i := range [2]int{un.a, un.b} {
		x := p.legs[k].turn
		for row := r.rank[i] + 1; row <= low; row++ {
			x = r.through(row, x, &p.legs[k].steps, row-1, u)
		}
	}
	a, b := p.legs[0].end(), p.legs[1].end()
	lo, hi := min(a, b), max(a, b)
	own := bus{channel: low, lo: lo, hi: hi, union: u, up: []float64{lo, hi}}
	p.drop = (lo + hi) / 2
	if len(un.kids) > 0 {
		pad := min(10, (hi-lo)/2) // off the corners
		p.drop, _ = r.clear(low, min(max(r.middleOf(u), lo+pad), hi-pad), lo, hi, u, false)
		r.take(low, p.drop, u)
		own.down = []float64{p.drop}
	}
	p.bus = r.bus(own)
}

// end is where a leg reaches the couple's bus.
func (g *leg) end() float64 {
	if n := len(g.steps); n > 0 {
		return g.steps[n-1].x
	}
	return g.turn
}

// edgeAt is how far from the centre a symbol's edge lies, dy below it.
func edgeAt(s Shape, dy float64) float64 {
	switch s {
	case Circle:
		return math.Sqrt(symbolHalf*symbolHalf - dy*dy)
	case Diamond:
		return symbolHalf*1.15 - math.Abs(dy)
	case Hexagon:
		return symbolHalf - math.Abs(dy)*0.5
	}
	return symbolHalf
}

func (r *router) bus(b bus) int {
	r.buses = append(r.buses, b)
	return len(r.buses) - 1
}

// draw turns a union's plan into lines.
func (r *router) draw(u int, upper []int) {
	un, p := &r.unions[u], &r.plans[u]
	var start float64 // height at which the line to the children begins
	if r.beside[u] {
		start = r.drawBeside(u)
	} else {
		start = r.drawBent(u, upper)
	}
	if len(un.kids) == 0 {
		return
	}
	drop := []Point{{p.drop, start}}
	for _, s := range p.fall {
		last := drop[len(drop)-1]
		if s.bus >= 0 {
			y := r.busY(s.bus, upper)
			drop = append(drop, Point{last.X, y}, Point{s.x, y})
		}
	}
	x := drop[len(drop)-1].X
	row := r.rank[un.kids[0]]
	top := r.y[row] - symbolHalf
	barY := top - channelPad
	if p.bar >= 0 {
		barY = r.busY(p.bar, upper)
		b := &r.buses[p.bar]
		if b.lo < b.hi {
			r.add(wire{points: []Point{{b.lo, barY}, {b.hi, barY}}, kind: barWire, union: u, child: -1})
		}
	}
	if k := un.kids[0]; p.bar < 0 && len(un.kids) == 1 { // one line all the way
		r.add(wire{points: append(drop, Point{x, r.y[row] - topOf(&r.people[k])}), kind: childWire, union: u, child: k})
		return
	}
	r.add(wire{points: append(drop, Point{x, barY}), kind: dropWire, union: u, child: -1})
	for _, k := range un.kids {
		to := Point{r.x[k], r.y[row] - topOf(&r.people[k])}
		r.add(wire{points: []Point{{r.hang(k), barY}, to}, kind: childWire, union: u, child: k})
	}
	r.drawTwins(u, barY)
}

// topOf is how far above the centre a child's line meets the symbol.
func topOf(p *Person) float64 {
	switch {
	case p.Loss:
		return symbolHalf * 0.6
	case p.Shape == Diamond:
		return symbolHalf * 1.15
	}
	return symbolHalf
}

func (r *router) drawBeside(u int) float64 {
	un := &r.unions[u]
	a, b := un.a, un.b
	if r.x[a] > r.x[b] {
		a, b = b, a
	}
	y := r.y[r.rank[a]]
	r.add(wire{points: []Point{
		{r.x[a] + edgeAt(r.people[a].Shape, 0), y},
		{r.x[b] - edgeAt(r.people[b].Shape, 0), y},
	}, kind: coupleWire, union: u, child: -1})
	return y
}

func (r *router) drawBent(u int, upper []int) float64 {
	un, p := &r.unions[u], &r.plans[u]
	y := r.busY(p.bus, upper)
	var points []Point
	for k, i := range [2]int{un.a, un.b} {
		g := &p.legs[k]
		at := r.y[r.rank[i]] + g.exit.Y
		way := []Point{{g.exit.X, at}, {g.turn, at}}
		x := g.turn
		for _, s := range g.steps {
			if s.bus >= 0 {
				by := r.busY(s.bus, upper)
				way = append(way, Point{x, by}, Point{s.x, by})
				x = s.x
			}
		}
		way = append(way, Point{x, y})
		if k == 1 {
			slices.Reverse(way)
		}
		points = append(points, way...)
	}
	r.add(wire{points: points, kind: coupleWire, union: u, child: -1})
	return y
}

// drawTwins joins identical twins with a bar half way down.
func (r *router) drawTwins(u int, barY float64) {
	for t, set := range r.twins {
		if r.born[set[0]] != u || r.zygosis[t] != Identical {
			continue
		}
		hang := Point{r.hang(set[0]), barY}
		barY := math.Inf(1) // below every bar of siblings, above every symbol
		for _, i := range set {
			barY = min(barY, r.y[r.rank[i]]-topOf(&r.people[i])-9)
		}
		for r.barred(set, barY) {
			barY -= 5
		}
		var ends []Point
		for _, i := range set {
			to := Point{r.x[i], r.y[r.rank[i]] - topOf(&r.people[i])}
			part := (barY - hang.Y) / (to.Y - hang.Y)
			ends = append(ends, Point{hang.X + part*(to.X-hang.X), barY})
		}
		slices.SortFunc(ends, func(a, b Point) int { return cmp.Compare(a.X, b.X) })
		r.add(wire{points: []Point{ends[0], ends[len(ends)-1]}, kind: twinWire, union: u, child: -1})
	}
}

// barred reports whether other twins' bar is at that height between these.
func (r *router) barred(set []int, y float64) bool {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, i := range set {
		lo, hi = min(lo, r.x[i]), max(hi, r.x[i])
	}
	return slices.ContainsFunc(r.lines, func(w wire) bool {
		return w.kind == twinWire && math.Abs(w.points[0].Y-y) < 4 && w.points[0].X < hi && w.points[1].X > lo
	})
}

func (r *router) add(w wire) { r.lines = append(r.lines, w) }
