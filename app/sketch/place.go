package sketch

import "math"

// Sizes of the picture in pixels.
const (
	symbolSize   = 38.0
	symbolHalf   = symbolSize / 2
	textSize     = 12.0
	lineHeight   = 15.0
	textGap      = 4.0  // symbol to first baseline area
	bracketRoom  = 4.0  // more below brackets
	bracketOut   = 7.0  // brackets beyond the symbol
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
	at      []int        // place in the row
	x       []float64    // centres
	y       []float64    // of rows
	reach   []float64    // half width of symbol and label
	lead    []float64    // room to the left: the label, or the arrow beside it
	exits   [][2]float64 // room for lines leaving a symbol to the left and to the right
	beside  []bool       // union -> partners stand side by side
	sides   [][2]int     // union -> side on which each partner's line leaves: 0 left, 1 right
	labels  []float64    // row -> height of the tallest label
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
		exits: make([][2]float64, len(n.people)), beside: make([]bool, len(n.unions)), sides: make([][2]int, len(n.unions)),
		labels: make([]float64, len(rows)),
	}
	for i := range n.people {
		p := &n.people[i]
		l.reach[i] = symbolHalf
		if p.Adopted != NotAdopted {
			l.reach[i] += bracketOut
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
		if l.lead[i] > 0 && p.Adopted != NotAdopted {
			l.lead[i] += bracketOut
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
			if p.Adopted != NotAdopted {
				height += bracketRoom
			}
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
		l.exits = make([][2]float64, len(n.people))
		for u := range n.unions {
			if !l.beside[u] {
				l.exits[n.unions[u].a][l.sides[u][0]] += l.exitRoom(u)
				l.exits[n.unions[u].b][l.sides[u][1]] += l.exitRoom(u)
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
	l.exits[l.unions[u].a][l.sides[u][0]] += l.exitRoom(u)
	l.exits[l.unions[u].b][l.sides[u][1]] += l.exitRoom(u)
}

// exitRoom is how much room a couple's line takes beside a symbol.
func (l *layout) exitRoom(u int) float64 {
	if l.unions[u].related {
		return exitWidth + 2*doubleMore
	}
	return exitWidth
}

// apart is the least distance between two neighbours of a row.
func (l *layout) apart(i, j int) float64 {
	room := l.exits[i][1] + l.exits[j][0]
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
