package sketch

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// tree is a family of n people who married once each, four children a couple.
func tree(n int) *Pedigree {
	p := &Pedigree{}
	add := func(mother, father string) string {
		id := fmt.Sprint(len(p.People))
		p.People = append(p.People, pl(id, [...]Shape{Circle, Square}[len(p.People)%2], mother, father, "60 y", "MI 53"))
		return id
	}
	queue := [][2]string{{add("", ""), add("", "")}}
	for len(p.People) < n && len(queue) > 0 {
		couple := queue[0]
		queue = queue[1:]
		for range 4 {
			if len(p.People) >= n {
				break
			}
			child := add(couple[0], couple[1])
			if len(p.People) < n {
				queue = append(queue, [2]string{child, add("", "")})
			}
		}
	}
	return p
}

// tangle adds marriages between cousins, which must be searched for.
func tangle(n int) *Pedigree {
	p := tree(n)
	for i := n / 2; i+7 < n; i += 9 {
		p.Couples = append(p.Couples, Couple{A: p.People[i].ID, B: p.People[i+7].ID})
	}
	return p
}

func BenchmarkLayout(b *testing.B) {
	for _, n := range []int{60, 200, 1000} {
		b.Run(fmt.Sprintf("%d people", n), func(b *testing.B) {
			p := tree(n)
			for b.Loop() {
				Lay(p, Options{})
			}
		})
		b.Run(fmt.Sprintf("%d people, cousins married", n), func(b *testing.B) {
			p := tangle(n)
			for b.Loop() {
				Lay(p, Options{})
			}
		})
	}
}

func BenchmarkImage(b *testing.B) {
	d := Family(clinicFamily(), Options{})
	for b.Loop() {
		if _, err := d.Image(Print, 2); err != nil {
			b.Fatal(err)
		}
	}
}

// Families in which no order is without a flaw, so that the search goes on to
// the end.
func BenchmarkTangledLayout(b *testing.B) {
	for _, n := range []int{60, 200, 1000} {
		var ps []*Pedigree
		for i := range 10 {
			ps = append(ps, rapid.Custom(func(t *rapid.T) *Pedigree {
				p := randomPedigree(t, n)
				for len(p.People) < n*3/4 {
					p = randomPedigree(t, n)
				}
				return p
			}).Example(i))
		}
		b.Run(fmt.Sprintf("%d people", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				Lay(ps[i%len(ps)], Options{})
			}
		})
	}
}
