package sketch

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// faults lists everything wrong with a laid out family that a reader would
// misread.
func faults(p *Pedigree, l Layout) (out []string) {
	fault := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	times := map[string]int{}
	for _, row := range l.rows {
		for _, i := range row {
			if !l.people[i].Unnamed {
				times[l.people[i].ID]++
			}
		}
	}
	for _, who := range p.People {
		if times[who.ID] != 1 {
			fault("%s is drawn %d times", who.ID, times[who.ID])
		}
	}
	for i := range l.people {
		for _, parent := range [...]int{l.mother[i], l.father[i]} {
			if parent >= 0 && l.rank[parent] >= l.rank[i] {
				fault("%s stands no lower than their parent", l.people[i].ID)
			}
		}
	}
	for r, row := range l.rows {
		for k := 1; k < len(row); k++ {
			a, b := row[k-1], row[k]
			if l.x[b]-l.x[a] < l.reach[a]+l.reach[b]+4 {
				fault("%s and %s overlap in row %d", l.people[a].ID, l.people[b].ID, r)
			}
		}
	}
	couples := map[int]bool{}
	kids := map[int]bool{}
	for _, w := range l.lines {
		if w.kind == coupleWire {
			couples[w.union] = true
		}
		if w.kind == childWire {
			kids[w.child] = true
			last := w.points[len(w.points)-1]
			if math.Abs(last.X-l.x[w.child]) > 0.01 {
				fault("the line of %s ends beside the symbol", l.people[w.child].ID)
			}
			if !l.meets(w) && len(l.unions[w.union].kids) > 1 {
				fault("the line of %s does not start on the parents' line", l.people[w.child].ID)
			}
		}
	}
	for u := range l.unions {
		if !couples[u] {
			fault("no line between %s and %s", l.people[l.unions[u].a].ID, l.people[l.unions[u].b].ID)
		}
	}
	for i := range l.people {
		if l.born[i] >= 0 && !kids[i] {
			fault("no line down to %s", l.people[i].ID)
		}
	}
	out = append(out, l.hidden()...)
	return append(out, l.merged()...)
}

// meets reports whether a child's line starts on its own union's bar or drop.
func (l Layout) meets(child wire) bool {
	at := child.points[0]
	for _, w := range l.lines {
		if w.union != child.union || w.kind != barWire && w.kind != dropWire {
			continue
		}
		for k := 1; k < len(w.points); k++ {
			a, b := w.points[k-1], w.points[k]
			if at.X >= min(a.X, b.X)-0.01 && at.X <= max(a.X, b.X)+0.01 && at.Y >= min(a.Y, b.Y)-0.01 && at.Y <= max(a.Y, b.Y)+0.01 {
				return true
			}
		}
	}
	return false
}

// hidden lists lines that run through somebody else's symbol or label.
func (l Layout) hidden() (out []string) {
	for _, w := range l.lines {
		for k := 1; k < len(w.points); k++ {
			a, b := w.points[k-1], w.points[k]
			for i := range l.people {
				y := l.y[l.rank[i]]
				boxes := [][2]Point{{{l.x[i] - symbolHalf + 1, y - symbolHalf + 1}, {l.x[i] + symbolHalf - 1, y + symbolHalf - 1}}}
				if n := len(l.people[i].Lines); n > 0 {
					half := 0.0
					for _, line := range l.people[i].Lines {
						half = max(half, TextWidth(line.Text, textSize, true)/2)
					}
					top := y + symbolHalf + textGap
					boxes = append(boxes, [2]Point{{l.x[i] - half, top}, {l.x[i] + half, top + lineHeight*float64(n)}})
				}
				own := w.union >= 0 && (l.unions[w.union].a == i || l.unions[w.union].b == i)
				for n, box := range boxes {
					if own && n == 0 {
						continue
					}
					if max(a.X, b.X) > box[0].X && min(a.X, b.X) < box[1].X && max(a.Y, b.Y) > box[0].Y && min(a.Y, b.Y) < box[1].Y && w.child != i {
						out = append(out, fmt.Sprintf("a line of %s × %s runs through %s", l.people[l.unions[w.union].a].ID, l.people[l.unions[w.union].b].ID, l.people[i].ID))
					}
				}
			}
		}
	}
	return out
}

// merged lists lines of different couples that lie on each other, so that
// nobody can tell whose child is whose.
func (l Layout) merged() (out []string) {
	type stretch struct {
		at, lo, hi float64
		union      int
	}
	var across, down []stretch
	for _, w := range l.lines {
		for k := 1; k < len(w.points); k++ {
			a, b := w.points[k-1], w.points[k]
			switch {
			case a.X == b.X && a.Y != b.Y:
				down = append(down, stretch{a.X, min(a.Y, b.Y), max(a.Y, b.Y), w.union})
			case a.Y == b.Y && a.X != b.X:
				across = append(across, stretch{a.Y, min(a.X, b.X), max(a.X, b.X), w.union})
			}
		}
	}
	for _, set := range [][]stretch{across, down} {
		for i, s := range set {
			for _, t := range set[i+1:] {
				if s.union != t.union && math.Abs(s.at-t.at) < 1.5 && min(s.hi, t.hi)-max(s.lo, t.lo) > 1 {
					out = append(out, fmt.Sprintf("lines of couples %d and %d lie on each other at %.0f", s.union, t.union, s.at))
				}
			}
		}
	}
	return out
}

func checkFamily(t interface{ Errorf(string, ...any) }, name string, p *Pedigree) {
	for _, f := range faults(p, Lay(p, Options{})) {
		t.Errorf("%s: %s", name, f)
	}
}

func TestKillerPedigreesAreDrawnWithoutAFault(t *testing.T) {
	for name, p := range killers() {
		checkFamily(t, name, p)
	}
	checkFamily(t, "clinic", clinicFamily())
}

// randomPedigree draws families with remarriages, half-siblings, marriages among
// relatives and across generations.
func randomPedigree(t *rapid.T, most int) *Pedigree {
	p := &Pedigree{}
	add := func(mother, father int) int {
		i := len(p.People)
		who := pl(fmt.Sprint(i), [...]Shape{Circle, Square}[rapid.IntRange(0, 1).Draw(t, "shape")], "", "", fmt.Sprint(i))
		if rapid.IntRange(0, 4).Draw(t, "label") == 0 {
			who.Lines = append(who.Lines, Line{"a long label", Muted})
		}
		if mother >= 0 {
			who.Mother = p.People[mother].ID
		}
		if father >= 0 {
			who.Father = p.People[father].ID
		}
		p.People = append(p.People, who)
		return i
	}
	n := rapid.IntRange(1, most).Draw(t, "people")
	add(-1, -1)
	for len(p.People) < n {
		i := rapid.IntRange(0, len(p.People)-1).Draw(t, "who")
		switch rapid.IntRange(0, 9).Draw(t, "what") {
		case 0: // parents above
			if p.People[i].Mother == "" && p.People[i].Father == "" {
				m, f := add(-1, -1), add(-1, -1)
				p.People[m].Shape, p.People[f].Shape = Circle, Square
				p.People[i].Mother, p.People[i].Father = p.People[m].ID, p.People[f].ID
			}
		case 1: // children with someone of the family
			j := rapid.IntRange(0, len(p.People)-1).Draw(t, "with")
			if i != j && !ancestor(p, i, j) && !ancestor(p, j, i) || i != j && rapid.IntRange(0, 5).Draw(t, "even so") == 0 {
				for range rapid.IntRange(1, 3).Draw(t, "children") {
					add(i, j)
				}
			}
		case 2: // one recorded parent
			add(i, -1)
		case 3: // a partner without children
			j := add(-1, -1)
			p.Couples = append(p.Couples, Couple{A: p.People[i].ID, B: p.People[j].ID})
		default: // children with someone new
			j := add(-1, -1)
			for range rapid.IntRange(1, 4).Draw(t, "children") {
				add(i, j)
			}
		}
	}
	return p
}

func ancestor(p *Pedigree, of, who int) bool {
	for _, id := range [...]string{p.People[of].Mother, p.People[of].Father} {
		if id == "" {
			continue
		}
		i := slices.IndexFunc(p.People, func(q Person) bool { return q.ID == id })
		if i == who || ancestor(p, i, who) {
			return true
		}
	}
	return false
}

func TestRandomFamiliesAreDrawnWithoutAFault(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := randomPedigree(t, 30)
		l := Lay(p, Options{})
		for _, f := range faults(p, l) {
			t.Fatal(f)
		}
	})
}

func TestSameFamilyInAnyOrderGivesTheSamePicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := randomPedigree(t, 20)
		other := &Pedigree{Key: p.Key, Couples: slices.Clone(p.Couples), Twins: p.Twins}
		other.People = rapid.Permutation(p.People).Draw(t, "order")
		slices.Reverse(other.Couples)
		if !bytes.Equal(Family(p, Options{}).SVG(Print), Family(other, Options{}).SVG(Print)) {
			t.Fatal("another picture")
		}
	})
}
