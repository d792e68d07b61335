package sketch

import (
	"cmp"
	"math"
	"slices"
)

// page is one sheet of paper: a stretch of a drawing and what is seen of it.
type page struct {
	title    string
	lo, hi   Point // stretch of the drawing
	scale    float64
	marks    []*Mark
	numerals []numeral // generations whose numbers lie on another page
	sides    []side    // where the picture goes on
	legend   *Drawing  // below the stretch
}

type side struct {
	where string
	page  int
}

// pages cuts a drawing into pages; before is how many pages come first.
func (d *Drawing) pages(before int) []page {
	one := page{hi: Point{d.Width, d.Height}, scale: min(pointPerPixel, pageWide/d.Width, pageHigh/d.Height)}
	if !d.Titled {
		one.title = d.Title
	}
	if one.scale >= leastScale || d.depth == 0 {
		for i := range d.Shapes {
			one.marks = append(one.marks, &d.Shapes[i])
		}
		return []page{one}
	}
	// Letters as large as one row of pages allows, but fewer pages before large
	// letters.
	const several = 0.6
	high := d.depth
	below := d.legend != nil && (high+d.legend.Height)*leastScale <= pageHigh
	if below {
		high += d.legend.Height
	}
	scale := min(max(pageHigh/high, leastScale), several)
	units := d.units()
	var out []page
	var firsts []int // first page of each band
	ys := d.bands(units, pageHigh/scale)
	for k := 1; k < len(ys); k++ {
		firsts = append(firsts, len(out))
		band := slices.DeleteFunc(slices.Clone(units), func(u unit) bool { return u.hi.Y < ys[k-1] || u.lo.Y > ys[k] })
		for _, x := range stretches(band, d.Width, pageWide/scale) {
			p := page{title: one.title, lo: Point{x[0], ys[k-1]}, hi: Point{x[1], ys[k]}, scale: scale}
			if below {
				p.legend = d.legend
			}
			for _, n := range d.rows {
				if x[0] > 0 && n.at.Y > p.lo.Y && n.at.Y < p.hi.Y {
					p.numerals = append(p.numerals, n)
				}
			}
			out = append(out, p)
		}
	}
	firsts = append(firsts, len(out))
	for b := range len(firsts) - 1 {
		for i := firsts[b]; i < firsts[b+1]; i++ {
			p := &out[i]
			add := func(where string, at int) {
				if at >= 0 {
					p.sides = append(p.sides, side{where, before + at + 1})
				}
			}
			if i > firsts[b] {
				add("left", i-1)
			}
			if i+1 < firsts[b+1] {
				add("right", i+1)
			}
			if b > 0 {
				add("above", beside(out[firsts[b-1]:firsts[b]], p, firsts[b-1]))
			}
			if b+2 < len(firsts) {
				add("below", beside(out[firsts[b+1]:firsts[b+2]], p, firsts[b+1]))
			}
		}
	}
	d.share(out, units)
	if d.legend != nil && !below {
		last := page{title: one.title + ": key", hi: Point{d.legend.Width, d.legend.Height}}
		last.scale = min(pointPerPixel, pageWide/last.hi.X, pageHigh/last.hi.Y)
		for i := range d.legend.Shapes {
			last.marks = append(last.marks, &d.legend.Shapes[i])
		}
		out = append(out, last)
	}
	return out
}

// beside is the page of another band that shares most with p.
func beside(band []page, p *page, first int) int {
	best, most := -1, 0.0
	for i := range band {
		if shared := min(band[i].hi.X, p.hi.X) - max(band[i].lo.X, p.lo.X); shared > most {
			best, most = first+i, shared
		}
	}
	return best
}

// unit is what is never cut: a symbol with its words and signs, or a word.
type unit struct {
	lo, hi Point
	marks  []int
}

// units collects what belongs together, from the left.
func (d *Drawing) units() []unit {
	var out []unit
	at := map[int]int{}
	for i := range d.Shapes[:d.tree] {
		m := &d.Shapes[i]
		if m.unit == 0 && m.Kind != Words {
			continue
		}
		k, ok := at[m.unit]
		if !ok || m.unit == 0 {
			k = len(out)
			at[m.unit] = k
			out = append(out, unit{lo: Point{math.Inf(1), math.Inf(1)}, hi: Point{math.Inf(-1), math.Inf(-1)}})
		}
		lo, hi := m.extent()
		u := &out[k]
		u.lo, u.hi = Point{min(u.lo.X, lo.X), min(u.lo.Y, lo.Y)}, Point{max(u.hi.X, hi.X), max(u.hi.Y, hi.Y)}
		u.marks = append(u.marks, i)
	}
	slices.SortFunc(out, func(a, b unit) int {
		return cmp.Or(cmp.Compare(a.lo.X, b.lo.X), cmp.Compare(a.lo.Y, b.lo.Y), cmp.Compare(a.marks[0], b.marks[0]))
	})
	return out
}

// extent is the rectangle a mark takes.
func (m *Mark) extent() (lo, hi Point) {
	if m.Kind == Words {
		w := TextWidth(m.Text, m.Size, m.Bold) * spare
		x := m.Points[0].X
		switch m.Align {
		case Centred:
			x -= w / 2
		case FromRight:
			x -= w
		}
		return Point{x, m.Points[0].Y - m.Size}, Point{x + w, m.Points[0].Y + 4}
	}
	lo, hi = Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	r := m.Radius + m.Width/2
	for _, p := range m.Points {
		lo = Point{min(lo.X, p.X-r), min(lo.Y, p.Y-r)}
		hi = Point{max(hi.X, p.X+r), max(hi.Y, p.Y+r)}
	}
	return lo, hi
}

// bands cuts the height between rows.
func (d *Drawing) bands(units []unit, room float64) []float64 {
	out := []float64{0}
	for d.depth-out[len(out)-1] > room {
		from := out[len(out)-1]
		at := from + room
		for _, u := range units { // back to above the row that would be cut
			if u.lo.Y < from+room && u.hi.Y > from+room && u.lo.Y > from {
				at = min(at, u.lo.Y-2)
			}
		}
		if at <= from+1 { // one row higher than a page: its words are many
			at = from + room
		}
		out = append(out, at)
	}
	return append(out, d.depth)
}

// stretches cuts the width of a band into stretches of at most room. A cut goes
// between units where there is a place; else the next stretch begins so early
// that whoever is cut is whole there.
func stretches(units []unit, width, room float64) (out [][2]float64) {
	from := 0.0
	for width-from > room {
		to := from + room
		clean, reach := 0.0, math.Inf(-1)
		next := to
		for _, u := range units {
			if u.lo.X > to {
				break
			}
			if u.lo.X > reach && reach > from {
				clean = (reach + min(u.lo.X, to)) / 2 // nobody from reach to there
			}
			reach = max(reach, u.hi.X)
			if u.hi.X > to && u.lo.X > from {
				next = min(next, u.lo.X-4)
			}
		}
		if reach < to {
			clean = (max(reach, from+room/2) + to) / 2
		}
		switch {
		case clean > from+room/2:
			out = append(out, [2]float64{from, clean})
			from = clean
		case next > from+1:
			out = append(out, [2]float64{from, to})
			from = next
		default: // a single label wider than a page
			out = append(out, [2]float64{from, to})
			from = to
		}
	}
	return append(out, [2]float64{from, width})
}

// touches tells whether any of a rectangle lies on a page.
func touches(lo, hi Point, p *page) bool {
	return hi.X >= p.lo.X && lo.X <= p.hi.X && hi.Y >= p.lo.Y && lo.Y <= p.hi.Y
}

// share gives every page its marks: lines that pass, units that are whole there.
// A unit that no page holds whole, such as somebody whose name is wider than
// paper, stands cut on every page it touches.
func (d *Drawing) share(pages []page, units []unit) {
	whole := func(lo, hi Point, p *page) bool {
		const slack = 0.5
		return lo.X >= p.lo.X-slack && hi.X <= p.hi.X+slack && lo.Y >= p.lo.Y-slack && hi.Y <= p.hi.Y+slack
	}
	for i := range d.Shapes[:d.tree] {
		m := &d.Shapes[i]
		if m.unit > 0 || m.Kind == Words {
			continue
		}
		lo, hi := m.extent()
		for k := range pages {
			if p := &pages[k]; touches(lo, hi, p) {
				p.marks = append(p.marks, m)
			}
		}
	}
	for _, u := range units {
		nowhere := !slices.ContainsFunc(pages, func(p page) bool { return whole(u.lo, u.hi, &p) })
		for k := range pages {
			p := &pages[k]
			if whole(u.lo, u.hi, p) || nowhere && touches(u.lo, u.hi, p) {
				for _, i := range u.marks {
					p.marks = append(p.marks, &d.Shapes[i])
				}
			}
		}
	}
}
