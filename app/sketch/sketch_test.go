package sketch

import (
	"os"
	"testing"
)

func TestLook(t *testing.T) {
	dir := os.Getenv("SKETCH_OUT")
	if dir == "" {
		t.Skip()
	}
	p := clinicFamily()
	os.WriteFile(dir+"/clinic.svg", Family(p, Options{Numbers: true, Chosen: "f"}).SVG(Print), 0o644)
	for name, k := range killers() {
		os.WriteFile(dir+"/"+name+".svg", Family(k, Options{}).SVG(Print), 0o644)
	}
}

func pl(id string, s Shape, m, f string, lines ...string) Person {
	p := Person{ID: id, Shape: s, Mother: m, Father: f}
	for i, l := range lines {
		tone := Muted
		if i == 0 {
			tone = Ink
		}
		p.Lines = append(p.Lines, Line{l, tone})
	}
	return p
}

func clinicFamily() *Pedigree {
	p := &Pedigree{Key: []Condition{{"Heart attack (MI)", UpperLeft, Diagonal, Petrol}, {"High cholesterol", UpperRight, Horizontal, Amber}, {"Lynch-related cancer", LowerRight, Crossed, Plum}, {"Xanthoma or arcus", LowerLeft, Dots, Slate}}}
	add := func(q Person, marks ...int) {
		q.Marks = marks
		p.People = append(p.People, q)
	}
	dead := func(q Person) Person { q.Dead = true; return q }
	add(dead(pl("pgf", Square, "", "", "d. 58 y", "MI 58")), 0)
	add(dead(pl("pgm", Circle, "", "", "d. 84 y")))
	add(dead(pl("mgf", Square, "", "", "d. 79 y")))
	add(dead(pl("mgm", Circle, "", "", "d. 88 y")))
	u := pl("u", Square, "pgm", "pgf", "73 y", "MI 53")
	u.Proband = true
	add(u, 0)
	f := dead(pl("f", Square, "pgm", "pgf", "d. 66 y", "MI, age", "not known"))
	f.Lines[2].Tone = Unsure
	add(f, 0, 3)
	add(pl("m", Circle, "mgm", "mgf", "70 y", "TC 5.6"))
	add(pl("a", Circle, "mgm", "mgf", "68 y", "womb 58"), 2)
	add(pl("b", Square, "m", "f", "44 y", "TC 5.2"))
	c := pl("p", Circle, "m", "f", "41 y", "TC 8.4")
	c.Consultand = true
	add(c, 1)
	add(pl("h", Square, "", "", "43 y"))
	add(pl("s", Circle, "m", "f", "38 y"))
	add(pl("k1", Square, "p", "h", "12 y"))
	add(pl("k2", Circle, "p", "h", "9 y"))
	for i := range p.People {
		p.People[i].BirthOrder = float64(i)
	}
	return p
}

func killers() map[string]*Pedigree {
	make := func(dad, mom, sex []int) *Pedigree {
		p := &Pedigree{}
		id := func(n int) string {
			if n == 0 {
				return ""
			}
			return string(rune('a' + n - 1))
		}
		for i := range dad {
			p.People = append(p.People, pl(id(i+1), [...]Shape{Diamond, Square, Circle}[sex[i]], id(mom[i]), id(dad[i]), id(i+1)))
		}
		return p
	}
	return map[string]*Pedigree{
		"k5":   make([]int{0, 0, 0, 0, 0, 1, 3, 3, 5, 6, 8, 8, 10, 12, 13}, []int{0, 0, 0, 0, 0, 2, 2, 4, 4, 7, 7, 9, 11, 11, 14}, []int{1, 2, 1, 2, 1, 1, 2, 1, 2, 1, 2, 1, 1, 2, 1}),
		"k13":  make([]int{0, 0, 0, 1, 3, 0, 3}, []int{0, 0, 0, 2, 4, 0, 6}, []int{1, 2, 1, 2, 1, 2, 1}),
		"k11":  make([]int{0, 0, 1, 3}, []int{0, 0, 2, 2}, []int{1, 2, 1, 1}),
		"k11b": make([]int{0, 0, 1, 1, 1, 1, 3}, []int{0, 0, 2, 2, 2, 2, 2}, []int{1, 2, 1, 1, 1, 1, 1}),
		"k14":  make([]int{0, 0, 1, 1, 1, 3, 4}, []int{0, 0, 2, 2, 2, 5, 5}, []int{1, 2, 1, 1, 2, 1, 1}),
		"k30":  make([]int{0, 0, 1, 13, 3, 8, 5, 0, 0, 0, 0, 0, 0, 0}, []int{0, 0, 2, 14, 4, 9, 6, 0, 0, 0, 0, 0, 0, 0}, []int{1, 2, 1, 2, 1, 2, 1, 1, 2, 1, 2, 1, 1, 2}),
		"k33":  make([]int{0, 0, 1, 0, 0, 0, 3, 3, 5, 5, 7, 10}, []int{0, 0, 2, 0, 0, 0, 4, 4, 6, 6, 9, 8}, []int{1, 2, 1, 2, 1, 2, 1, 2, 2, 1, 1, 2}),
		"m42":  make([]int{0, 0, 0, 2, 0, 4, 4, 1}, []int{0, 0, 0, 3, 0, 5, 5, 5}, []int{1, 1, 2, 1, 2, 2, 2, 2}),
	}
}
