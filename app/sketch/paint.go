package sketch

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Options choose what a family picture shows.
type Options struct {
	Title   string
	Numbers bool // II-3 under every symbol
	// Anonymous puts pedigree numbers in the place of ids, in the text of an SVG
	// too.
	Anonymous bool
	Chosen    string // id of the person with a plate behind
	NoKey     bool
	MinWidth  float64 // the key breaks into lines of this width, at least
	// Measure gives the width of a text in pixels; nil takes the letters of the
	// program's own font.
	Measure func(text string, size float64, bold bool) float64
}

const lineWidth = 1.75

// Family draws a family. Everyone appears exactly once.
func Family(p *Pedigree, o Options) *Drawing {
	l := Lay(p, o)
	return l.Draw(p, o)
}

// Layout is a family laid out; Draw paints it.
type Layout struct{ *layout }

// Lay lays a family out without painting it.
func Lay(p *Pedigree, o Options) Layout {
	if o.Measure == nil {
		o.Measure = TextWidth
	}
	n := newNet(p)
	if len(n.people) == 0 {
		return Layout{&layout{net: n, width: 2 * margin, height: 2 * margin}}
	}
	n.rankAll()
	rows := n.arrange()
	if o.Numbers {
		n.number(rows)
	}
	if o.Anonymous {
		for r, row := range rows {
			for k, i := range row {
				if !n.people[i].Unnamed {
					n.people[i].ID = pedigreeNumber(r, k)
				}
			}
		}
	}
	return Layout{n.place(rows, o.Measure)}
}

// number puts I-2 under everyone, generation and place from the left.
func (n *net) number(rows rows) {
	for r, row := range rows {
		for k, i := range row {
			p := &n.people[i]
			p.Lines = append(slices.Clone(p.Lines), Line{pedigreeNumber(r, k), Muted})
		}
	}
}

func pedigreeNumber(row, place int) string { return fmt.Sprintf("%s-%d", roman(row+1), place+1) }

// Draw paints the layout.
func (l Layout) Draw(p *Pedigree, o Options) *Drawing {
	d := &Drawing{Width: l.width, Height: l.height, Title: o.Title}
	if o.Measure == nil {
		o.Measure = TextWidth
	}
	for i := range l.people {
		if o.Chosen != "" && l.people[i].ID == o.Chosen {
			d.plate(l.layout, i)
		}
	}
	for _, kind := range [...]wireKind{coupleWire, dropWire, barWire, childWire, twinWire} {
		for _, w := range l.lines {
			if w.kind == kind {
				l.paintWire(d, w)
			}
		}
	}
	for u := range l.unions {
		if l.unions[u].separated {
			l.separated(d, u)
		}
	}
	for r := range l.rows {
		one := numeral{roman(r + 1), Point{margin - 8, l.y[r] + 4}}
		d.rows = append(d.rows, one)
		d.text(one.text, one.at, 13, false, Muted, FromLeft)
	}
	for i := range l.people {
		from := len(d.Shapes)
		l.paintPerson(d, p, i)
		for k := from; k < len(d.Shapes); k++ {
			d.Shapes[k].unit = i + 1
		}
	}
	d.tree, d.depth = len(d.Shapes), d.Height
	if !o.NoKey {
		l.key(d, p, o)
		if len(d.Shapes) > d.tree {
			d.legend = l.Key(p, pageAcross/pointPerPixel)
		}
	}
	return d
}

func (d *Drawing) text(s string, at Point, size float64, bold bool, t Tone, a Align) {
	if s != "" {
		d.Shapes = append(d.Shapes, Mark{Kind: Words, Points: []Point{at}, Text: s, Size: size, Bold: bold, Ink: t, Align: a})
	}
}

func (d *Drawing) line(points []Point, t Tone, width float64, dashed bool) {
	d.Shapes = append(d.Shapes, Mark{Kind: Path, Points: points, Ink: t, Width: width, Dashed: dashed})
}

// wire is a line that meets others at its ends and must leave no notch there.
func (d *Drawing) wire(points []Point) {
	d.Shapes = append(d.Shapes, Mark{Kind: Path, Points: points, Ink: Ink, Width: lineWidth, Square: true})
}

// plate goes behind the chosen person.
func (d *Drawing) plate(l *layout, i int) {
	x, y := l.x[i], l.y[l.rank[i]]
	w := l.reach[i] + 10
	top, bottom := y-symbolHalf-8, y+symbolHalf+float64(len(l.people[i].Lines))*lineHeight+textGap+6
	d.Shapes = append(d.Shapes, Mark{Kind: Path, Closed: true, Paper: Tint, Points: []Point{{x - w, top}, {x + w, top}, {x + w, bottom}, {x - w, bottom}}})
}

func (l *layout) paintWire(d *Drawing, w wire) {
	un := &l.unions[w.union]
	switch w.kind {
	case coupleWire:
		m := Mark{Kind: Path, Points: w.points, Ink: Ink, Width: lineWidth}
		if !un.invented {
			m.Couple = [2]string{l.people[un.a].ID, l.people[un.b].ID}
		}
		if un.related { // two lines: a thick one with the ground inside
			m.Width = 3*lineWidth + 1
			d.Shapes = append(d.Shapes, m)
			d.line(w.points, Paper, lineWidth+1, false)
			return
		}
		d.Shapes = append(d.Shapes, m)
	case childWire:
		if l.people[w.child].Adopted == AdoptedIn {
			d.line(w.points, Ink, lineWidth, true)
		} else {
			d.wire(w.points)
		}
		if t := l.twinOf[w.child]; t >= 0 && l.zygosis[t] == UnknownZygosis && l.twins[t][0] == w.child {
			l.asked(d, t, w.points[0])
		}
	default:
		d.wire(w.points)
	}
}

// asked puts a question mark between two of the lines of twins that start at
// hang.
func (l *layout) asked(d *Drawing, t int, hang Point) {
	set := slices.Clone(l.twins[t])
	slices.SortFunc(set, func(i, j int) int { return cmp.Compare(l.x[i], l.x[j]) })
	a, b := set[(len(set)-1)/2], set[(len(set)-1)/2+1]
	top := l.y[l.rank[a]] - symbolHalf
	at := top - 2
	part := (at - textSize/2 - hang.Y) / (top - hang.Y)
	d.text("?", Point{hang.X + part*((l.x[a]+l.x[b])/2-hang.X), at}, textSize, true, Ink, Centred)
}

// separated puts two short strokes across the longest level stretch of a
// couple's line, away from the line down to the children.
func (l *layout) separated(d *Drawing, u int) {
	var a, b Point
	for _, w := range l.lines {
		if w.union != u || w.kind != coupleWire {
			continue
		}
		for k := 1; k < len(w.points); k++ {
			p, q := w.points[k-1], w.points[k]
			if p.Y == q.Y && math.Abs(p.X-q.X) > math.Abs(a.X-b.X) {
				a, b = p, q
			}
		}
	}
	x := min(a.X, b.X) + math.Abs(a.X-b.X)/4 - 2
	for k := range 2 {
		at := x + float64(k)*5
		d.line([]Point{{at - 3, a.Y + 7}, {at + 3, a.Y - 7}}, Ink, lineWidth, false)
	}
}

func moved(ps []Point, x, y float64) []Point {
	out := make([]Point, len(ps))
	for i, p := range ps {
		out[i] = Point{p.X + x, p.Y + y}
	}
	return out
}

func (l *layout) paintPerson(d *Drawing, p *Pedigree, i int) {
	who := &l.people[i]
	x, y := l.x[i], l.y[l.rank[i]]
	d.symbol(who, p.Key, x, y)
	if who.Adopted != NotAdopted {
		d.brackets(x, y)
	}
	if who.Proband || who.Consultand {
		const at = 10 // high enough that the arrow ends above the label
		tip := x - edgeAt(who.Shape, at) - 2
		if who.Adopted != NotAdopted { // outside the bracket
			tip = x - symbolHalf - bracketOut - 2
		}
		d.arrow(tip, y+at, who.Proband)
	}
	below := y + symbolHalf + textGap
	if who.Adopted != NotAdopted {
		below += bracketRoom
	}
	if who.Childless != MayHaveChildren {
		d.childless(who, x, y)
		below += 22
	}
	lines := who.Lines
	if who.Beneath != "" {
		lines = append([]Line{{who.Beneath, Muted}}, lines...)
	}
	for k, line := range lines {
		d.text(line.Text, Point{x, below + lineHeight*float64(k) + 11}, textSize, line.Tone == Ink || line.Tone == Unsure, line.Tone, Centred)
	}
}

// childless draws the line that ends: in one bar by choice, in two when infertile.
func (d *Drawing) childless(who *Person, x, y float64) {
	bottom := y + symbolHalf + textGap + 12
	d.line([]Point{{x, y + symbolHalf}, {x, bottom}}, Ink, lineWidth, false)
	for k := range int(who.Childless) {
		at := bottom + 4*float64(k)
		d.line([]Point{{x - 8, at}, {x + 8, at}}, Ink, lineWidth, false)
	}
}

// brackets stand around an adopted person.
func (d *Drawing) brackets(x, y float64) {
	for _, side := range [...]float64{-1, 1} {
		in, out := x+side*(symbolHalf+2), x+side*(symbolHalf+bracketOut)
		d.line([]Point{{in, y - symbolHalf - 4}, {out, y - symbolHalf - 4}, {out, y + symbolHalf + 4}, {in, y + symbolHalf + 4}}, Ink, lineWidth, false)
	}
}

// symbol draws outline, marks, what stands inside and the slash.
func (d *Drawing) symbol(who *Person, key []Condition, x, y float64) {
	shape := outline(who.Shape, who.Loss)
	edge := Mark{Kind: Path, Closed: true, Points: moved(shape, x, y), Ink: Ink, Width: lineWidth, Paper: Paper}
	if who.Shape == Circle && !who.Loss {
		edge = Mark{Kind: Disc, Points: []Point{{x, y}}, Radius: symbolHalf, Ink: Ink, Width: lineWidth, Paper: Paper}
	}
	ground := edge
	ground.Width, ground.Points = 0, slices.Clone(edge.Points)
	d.Shapes = append(d.Shapes, ground)
	for _, m := range who.Marks {
		if m >= 0 && m < len(key) {
			d.fill(shape, key[m], x, y)
		}
	}
	edge.Paper = None
	if !who.Unnamed {
		edge.Person, edge.At, edge.Across = who.ID, Point{x, y}, symbolSize
		if who.Loss {
			edge.Across = symbolSize * 0.6
		}
	}
	d.Shapes = append(d.Shapes, edge)
	d.text(who.Inside, Point{x, y + 5}, 14, true, Ink, Centred)
	r := symbolHalf + 6.0
	switch {
	case who.Ended && who.Loss:
		r = symbolHalf * 0.75
	case !who.Dead || who.Loss:
		return
	}
	if slices.ContainsFunc(who.Marks, func(m int) bool { return m >= 0 && m < len(key) && key[m].Hatch == Solid }) {
		in := symbolHalf * 0.66 // so that it is seen on a dark fill, and the outline stays whole
		if who.Shape == Square {
			in = symbolHalf * 0.92
		}
		d.line([]Point{{x - in, y + in}, {x + in, y - in}}, Paper, 3*lineWidth, false)
	}
	d.line([]Point{{x - r, y + r}, {x + r, y - r}}, Ink, lineWidth, false)
}

// fill paints one mark: tint, hatch and an edge inside the symbol.
func (d *Drawing) fill(shape []Point, c Condition, x, y float64) {
	lo, hi := partArea(c.Part)
	area := clipArea(shape, lo, hi)
	if len(area) < 3 {
		return
	}
	if c.Hatch == Solid {
		d.Shapes = append(d.Shapes, Mark{Kind: Path, Closed: true, Points: moved(area, x, y), Paper: c.Tone})
		return
	}
	d.Shapes = append(d.Shapes, Mark{Kind: Path, Closed: true, Points: moved(area, x, y), Paper: tintOf(c.Tone)})
	lines, dots := hatchLines(c.Hatch, area)
	for _, s := range lines {
		d.line(moved(s[:], x, y), c.Tone, 1.2, false)
	}
	for _, p := range dots {
		d.Shapes = append(d.Shapes, Mark{Kind: Disc, Points: []Point{{p.X + x, p.Y + y}}, Radius: 0.9, Paper: c.Tone})
	}
	d.Shapes = append(d.Shapes, Mark{Kind: Path, Closed: true, Points: moved(area, x, y), Ink: c.Tone, Width: 0.8})
}

// arrow points at the symbol's left edge from below.
func (d *Drawing) arrow(x, y float64, proband bool) {
	const dx, dy = 19.0, 13.0
	d.line([]Point{{x - dx, y + dy}, {x, y}}, Ink, 2.2, false)
	d.line([]Point{{x - 9.5, y + 1}, {x, y}, {x - 4, y + 9}}, Ink, 2.2, false)
	if proband {
		d.text("P", Point{x - dx - 7, y + dy}, 13, true, Ink, Centred) // above the label
	}
}

// key explains what occurs in the picture, below it.
func (l *layout) key(d *Drawing, p *Pedigree, o Options) {
	entries := l.keyEntries(d, p)
	if len(entries) == 0 {
		return
	}
	room := max(d.Width, o.MinWidth, 420) - 2*margin
	widest := 0.0
	for _, e := range entries {
		widest = max(widest, o.Measure(e.text, textSize, false))
	}
	column := widest + 52
	columns := max(1, int(room/column))
	y := d.Height + 4
	d.line([]Point{{margin, y}, {max(d.Width, 420) - margin, y}}, Faint, 1, false)
	y += 22
	for k, e := range entries {
		x := margin + 10 + float64(k%columns)*column
		at := y + float64(k/columns)*26
		e.paint(x, at)
		d.text(e.text, Point{x + 20, at + 4}, textSize, false, Ink, FromLeft)
	}
	d.Height = y + float64((len(entries)-1)/columns)*26 + margin
	d.Width = max(d.Width, 420)
}

type keyEntry struct {
	text  string
	paint func(x, y float64)
}

// roman is a generation's numeral.
func roman(n int) string {
	var s strings.Builder
	for _, r := range [...]struct {
		v int
		s string
	}{{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.v {
			s.WriteString(r.s)
			n -= r.v
		}
	}
	if s.Len() == 0 {
		return strconv.Itoa(n)
	}
	return s.String()
}
