package sketch

import "math"

// outline gives the corners of a symbol around the origin; a circle is a
// polygon fine enough to clip marks against.
func outline(s Shape, loss bool) []Point {
	if loss {
		h := symbolHalf * 0.6
		return []Point{{0, -h}, {h, h * 0.8}, {-h, h * 0.8}}
	}
	switch s {
	case Square:
		return []Point{{-symbolHalf, -symbolHalf}, {symbolHalf, -symbolHalf}, {symbolHalf, symbolHalf}, {-symbolHalf, symbolHalf}}
	case Diamond:
		d := symbolHalf * 1.15
		return []Point{{0, -d}, {d, 0}, {0, d}, {-d, 0}}
	case Hexagon:
		q := symbolHalf * 0.5
		return []Point{{-q, -symbolHalf}, {q, -symbolHalf}, {symbolHalf, 0}, {q, symbolHalf}, {-q, symbolHalf}, {-symbolHalf, 0}}
	}
	const corners = 48
	out := make([]Point, corners)
	for i := range out {
		a := 2 * math.Pi * (float64(i) + 0.5) / corners
		out[i] = Point{symbolHalf * math.Cos(a), symbolHalf * math.Sin(a)}
	}
	return out
}

// partArea is the quarter of the plane a mark fills.
func partArea(p Part) (lo, hi Point) {
	const far = 2 * symbolSize
	lo, hi = Point{-far, -far}, Point{far, far}
	switch p {
	case UpperLeft:
		hi = Point{0, 0}
	case UpperRight:
		lo.X, hi.Y = 0, 0
	case LowerRight:
		lo = Point{0, 0}
	case LowerLeft:
		lo.Y, hi.X = 0, 0
	}
	return lo, hi
}

// clipArea cuts a convex outline to a rectangle.
func clipArea(shape []Point, lo, hi Point) []Point {
	cut := func(in []Point, inside func(Point) bool, meet func(a, b Point) Point) []Point {
		var out []Point
		for i, p := range in {
			q := in[(i+1)%len(in)]
			if inside(p) {
				out = append(out, p)
			}
			if inside(p) != inside(q) {
				out = append(out, meet(p, q))
			}
		}
		return out
	}
	atX := func(x float64) func(a, b Point) Point {
		return func(a, b Point) Point { return Point{x, a.Y + (b.Y-a.Y)*(x-a.X)/(b.X-a.X)} }
	}
	atY := func(y float64) func(a, b Point) Point {
		return func(a, b Point) Point { return Point{a.X + (b.X-a.X)*(y-a.Y)/(b.Y-a.Y), y} }
	}
	out := cut(shape, func(p Point) bool { return p.X >= lo.X }, atX(lo.X))
	out = cut(out, func(p Point) bool { return p.X <= hi.X }, atX(hi.X))
	out = cut(out, func(p Point) bool { return p.Y >= lo.Y }, atY(lo.Y))
	return cut(out, func(p Point) bool { return p.Y <= hi.Y }, atY(hi.Y))
}

// clipLine cuts the line a–b to a convex area given clockwise on screen; ok is
// false when nothing is left.
func clipLine(a, b Point, area []Point) (Point, Point, bool) {
	from, to := 0.0, 1.0
	d := Point{b.X - a.X, b.Y - a.Y}
	for i, p := range area {
		q := area[(i+1)%len(area)]
		nx, ny := -(q.Y - p.Y), q.X-p.X // points inside
		den := nx*d.X + ny*d.Y
		num := nx*(a.X-p.X) + ny*(a.Y-p.Y)
		if den == 0 {
			if num < 0 {
				return a, b, false
			}
			continue
		}
		if t := -num / den; den > 0 {
			from = max(from, t)
		} else {
			to = min(to, t)
		}
	}
	if from >= to {
		return a, b, false
	}
	return Point{a.X + from*d.X, a.Y + from*d.Y}, Point{a.X + to*d.X, a.Y + to*d.Y}, true
}

// hatchLines gives the lines (or dots) of a pattern inside an area around the
// origin.
func hatchLines(h Hatch, area []Point) (lines [][2]Point, dots []Point) {
	const pitch, far = 4.5, symbolSize
	add := func(a, b Point) {
		if p, q, ok := clipLine(a, b, area); ok {
			lines = append(lines, [2]Point{p, q})
		}
	}
	for c := -far; c <= far; c += pitch {
		switch h {
		case Diagonal, Crossed:
			add(Point{-far, c + far}, Point{far, c - far})
			if h == Crossed {
				add(Point{-far, c - far}, Point{far, c + far})
			}
		case Horizontal:
			add(Point{-far, c}, Point{far, c})
		case Dots:
			for x := -far; x <= far; x += pitch {
				if inside(Point{x, c}, area, 1.4) {
					dots = append(dots, Point{x, c})
				}
			}
		}
	}
	return lines, dots
}

// inside reports whether p lies in the area, at least so far from its edges.
func inside(p Point, area []Point, by float64) bool {
	for i, a := range area {
		b := area[(i+1)%len(area)]
		nx, ny := -(b.Y - a.Y), b.X-a.X
		if length := math.Hypot(nx, ny); length > 0 && (nx*(p.X-a.X)+ny*(p.Y-a.Y))/length < by {
			return false
		}
	}
	return true
}
