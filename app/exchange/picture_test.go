package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
)

// What an outsider finds in the text of an SVG. Nothing here knows how pictures
// are made: it reads shapes, lines and words as a clinician's eye does.
type picture struct {
	symbols []drawnSymbol
	wires   []drawnWire // the pedigree's lines
	words   []drawnWord
}

type drawnSymbol struct {
	id         string // "" for somebody unnamed
	x, y, size float64
}

type drawnWire struct {
	couple string // "A B" of data-couple
	double bool
	dashed bool
	width  float64
	points []spot
}

type drawnWord struct {
	text       string
	x, y, size float64
	anchor     string
}

type spot struct{ x, y float64 }

const ink = "#1B2426"

// look reads a picture. The key below the tree is left out: it begins at the
// hairline.
func look(t testing.TB, svg []byte) picture {
	t.Helper()
	var out picture
	dec := xml.NewDecoder(bytes.NewReader(svg))
	grounds := map[string]int{} // path -> wire drawn along it
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("the SVG is not well formed: %v", err)
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		at := map[string]string{}
		for _, a := range el.Attr {
			at[a.Name.Local] = a.Value
		}
		n := func(name string) float64 { v, _ := strconv.ParseFloat(at[name], 64); return v }
		switch el.Name.Local {
		case "text":
			text, _ := dec.Token()
			words, _ := text.(xml.CharData)
			out.words = append(out.words, drawnWord{string(words), n("x"), n("y"), n("font-size"), at["text-anchor"]})
			continue
		case "path", "circle":
		default:
			continue
		}
		width := n("stroke-width")
		switch {
		case at["data-person"] != "":
			out.symbols = append(out.symbols, drawnSymbol{at["data-person"], n("data-x"), n("data-y"), n("data-size")})
		case el.Name.Local == "circle" && at["stroke"] == ink && n("r") > 15:
			out.symbols = append(out.symbols, drawnSymbol{"", n("cx"), n("cy"), 2 * n("r")})
		case el.Name.Local == "circle":
		case strings.HasSuffix(at["d"], "Z"):
			lo, hi := box(path(at["d"]))
			if at["stroke"] == ink && hi.x-lo.x > 30 {
				out.symbols = append(out.symbols, drawnSymbol{"", (lo.x + hi.x) / 2, (lo.y + hi.y) / 2, hi.x - lo.x})
			}
		case at["stroke"] == "#D9D5CB" && at["stroke-dasharray"] == "": // the key begins
			return out
		case at["stroke"] == "#FFFFFF": // the ground inside a double line
			if i, ok := grounds[at["d"]]; ok {
				out.wires[i].double = true
			}
		case at["stroke"] == ink && (width < 2 && width > 1.5 || at["data-couple"] != ""):
			grounds[at["d"]] = len(out.wires)
			out.wires = append(out.wires, drawnWire{couple: at["data-couple"], dashed: at["stroke-dasharray"] != "", width: width, points: path(at["d"])})
		case at["stroke"] == ink && width > 4: // an unnamed couple's double line
			grounds[at["d"]] = len(out.wires)
			out.wires = append(out.wires, drawnWire{width: width, points: path(at["d"])})
		}
	}
}

func path(d string) (out []spot) {
	f := strings.FieldsFunc(d, func(r rune) bool { return r == 'M' || r == 'L' || r == 'Z' || r == ' ' })
	for i := 0; i+1 < len(f); i += 2 {
		x, _ := strconv.ParseFloat(f[i], 64)
		y, _ := strconv.ParseFloat(f[i+1], 64)
		out = append(out, spot{x, y})
	}
	return out
}

func box(points []spot) (lo, hi spot) {
	lo, hi = spot{math.Inf(1), math.Inf(1)}, spot{math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		lo, hi = spot{min(lo.x, p.x), min(lo.y, p.y)}, spot{max(hi.x, p.x), max(hi.y, p.y)}
	}
	return lo, hi
}

// find is the symbol of a person; nil when there is none.
func (p *picture) find(id string) *drawnSymbol {
	for i := range p.symbols {
		if p.symbols[i].id == id {
			return &p.symbols[i]
		}
	}
	return nil
}

// distance of a place from the stretch a–b.
func distance(p, a, b spot) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = min(1, max(0, ((p.x-a.x)*dx+(p.y-a.y)*dy)/l))
	}
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}

// touches says whether an end of one line lies on the other: that is how lines
// of one family hang together. Lines that merely cross do not.
func (w *drawnWire) touches(v *drawnWire) bool {
	const near = 0.7
	for _, pair := range [...][2]*drawnWire{{w, v}, {v, w}} {
		a, b := pair[0], pair[1]
		for _, end := range [...]spot{a.points[0], a.points[len(a.points)-1]} {
			for k := 1; k < len(b.points); k++ {
				if distance(end, b.points[k-1], b.points[k]) < near {
					return true
				}
			}
		}
	}
	return false
}

// strands groups lines that hang together; the result numbers each line's group.
func (p *picture) strands() []int {
	group := make([]int, len(p.wires))
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			i = group[i]
		}
		return i
	}
	boxes := make([][2]spot, len(p.wires))
	for i := range p.wires {
		lo, hi := box(p.wires[i].points)
		boxes[i] = [2]spot{{lo.x - 1, lo.y - 1}, {hi.x + 1, hi.y + 1}}
	}
	for i := range p.wires {
		for j := range i {
			a, b := boxes[i], boxes[j]
			if a[0].x > b[1].x || b[0].x > a[1].x || a[0].y > b[1].y || b[0].y > a[1].y {
				continue
			}
			if p.wires[i].touches(&p.wires[j]) {
				group[root(i)] = root(j)
			}
		}
	}
	for i := range group {
		group[i] = root(i)
	}
	return group
}

// crossings counts places where lines of different strands cross.
func (p *picture) crossings() (n int) {
	group := p.strands()
	for i := range p.wires {
		for j := range i {
			if group[i] == group[j] {
				continue
			}
			a, b := p.wires[i].points, p.wires[j].points
			for k := 1; k < len(a); k++ {
				for m := 1; m < len(b); m++ {
					if cross(a[k-1], a[k], b[m-1], b[m]) {
						n++
					}
				}
			}
		}
	}
	return n
}

// cross says whether two stretches cross inside both.
func cross(a, b, c, d spot) bool {
	side := func(p, q, r spot) float64 { return (q.x-p.x)*(r.y-p.y) - (q.y-p.y)*(r.x-p.x) }
	return side(a, b, c)*side(a, b, d) < -1e-6 && side(c, d, a)*side(c, d, b) < -1e-6
}
