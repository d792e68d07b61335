package sketch

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

// badness counts what a reader stumbles over in a laid out family: lines of
// different couples that cross, and couples of one generation who are not side
// by side.
func (l *layout) badness() (n int) {
	for i, a := range l.lines {
		for _, b := range l.lines[:i] {
			if a.union == b.union {
				continue
			}
			for k := 1; k < len(a.points); k++ {
				for m := 1; m < len(b.points); m++ {
					if crossed(a.points[k-1], a.points[k], b.points[m-1], b.points[m]) {
						n++
					}
				}
			}
		}
	}
	for u := range l.unions {
		if !l.beside[u] && l.rank[l.unions[u].a] == l.rank[l.unions[u].b] {
			n += 2
		}
	}
	return n
}

func crossed(a, b, c, d Point) bool {
	side := func(p, q, r Point) float64 { return (q.X-p.X)*(r.Y-p.Y) - (q.Y-p.Y)*(r.X-p.X) }
	return side(a, b, c)*side(a, b, d) < -1e-6 && side(c, d, a)*side(c, d, b) < -1e-6
}

// smallFamily has few people and much that is unusual among them.
func smallFamily(chance *rand.Rand, most int) *Pedigree {
	p := &Pedigree{}
	add := func(m, f string) string {
		id := strconv.Itoa(len(p.People))
		p.People = append(p.People, pl(id, [...]Shape{Circle, Square}[chance.IntN(2)], m, f, id))
		return id
	}
	add("", "")
	for len(p.People) < most {
		a := p.People[chance.IntN(len(p.People))].ID
		b := p.People[chance.IntN(len(p.People))].ID
		if chance.IntN(3) > 0 || a == b {
			b = add("", "")
		}
		for range 1 + chance.IntN(2) {
			add(a, b)
		}
	}
	return p
}

// permutations calls f with every order of every row.
func permutations(r rows, row int, f func()) {
	if row == len(r) {
		f()
		return
	}
	var step func(k int)
	step = func(k int) {
		if k == len(r[row]) {
			permutations(r, row+1, f)
			return
		}
		for i := k; i < len(r[row]); i++ {
			r[row][k], r[row][i] = r[row][i], r[row][k]
			step(k + 1)
			r[row][k], r[row][i] = r[row][i], r[row][k]
		}
	}
	step(0)
}

// Of families small enough to try every order of every row, few are drawn with
// more crossings than the best order has.
func TestSmallFamiliesAreDrawnAboutAsWellAsAnyOrderAllows(t *testing.T) {
	chance := rand.New(rand.NewPCG(11, 5))
	tried, best, more := 0, 0, 0
	for tried < 80 {
		p := smallFamily(chance, 6+chance.IntN(3))
		n := newNet(p)
		n.rankAll()
		ours := n.arrange()
		orders := 1
		for _, row := range ours {
			for k := 2; k <= len(row); k++ {
				orders *= k
			}
		}
		if orders > 1500 {
			continue
		}
		tried++
		mine := n.place(ours, TextWidth).badness()
		least := mine
		every := make(rows, len(ours))
		for r := range ours {
			every[r] = slices.Clone(ours[r])
		}
		if mine > 0 {
			permutations(every, 0, func() { least = min(least, n.place(every, TextWidth).badness()) })
		}
		if mine == least {
			best++
		}
		more += mine - least
	}
	t.Logf("%d of %d as well as can be; %d crossings more than needed in the others", best, tried, more)
	if best*100 < tried*85 {
		t.Errorf("only %d of %d small families are drawn as well as can be", best, tried)
	}
}
