package sketch

import (
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden pictures anew; look at every one before committing")

func TestGoldenPictures(t *testing.T) {
	pictures := map[string]*Drawing{"clinic": Family(clinicFamily(), Options{Numbers: true, Chosen: "f"}), "signs": Family(everySign(), Options{})}
	for name, p := range killers() {
		pictures[name] = Family(p, Options{})
	}
	for name, d := range pictures {
		file := filepath.Join("testdata", "golden", name+".svg")
		got := d.SVG(Print)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is drawn differently; run with -update, look at the picture, and commit it if it is right", name)
		}
	}
}

func TestPDFIsTheSameEveryTime(t *testing.T) {
	d := Family(clinicFamily(), Options{Title: "Family tree"})
	a, err := d.PDF(Print, "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.PDF(Print, "2026-11-23")
	if err != nil || !bytes.Equal(a, b) || !bytes.HasPrefix(a, []byte("%PDF-")) {
		t.Errorf("two prints of %d and %d bytes differ (%v)", len(a), len(b), err)
	}
}

func TestLargeFamiliesPrintOnSeveralPagesWithoutCuttingASymbol(t *testing.T) {
	large := map[string]*Pedigree{"tree": tree(200), "tangle": tangle(1000), "siblings": {People: []Person{pl("m", Circle, "", ""), pl("f", Square, "", "")}}}
	for i := range 150 {
		large["siblings"].People = append(large["siblings"].People, pl(fmt.Sprint(i), Circle, "m", "f", "a brother or a sister", "aged 60"))
	}
	for name, p := range large {
		d := Family(p, Options{Title: "Family tree"})
		pages := d.pages(0)
		if len(pages) < 2 {
			t.Errorf("%s: %d people on %d page(s) cannot be read", name, len(p.People), len(pages))
		}
		whole := map[string]int{}
		for k := range pages {
			pg := &pages[k]
			if (pg.hi.X-pg.lo.X)*pg.scale > pageWide+1e-6 || (pg.hi.Y-pg.lo.Y)*pg.scale > pageHigh+1e-6 || pg.scale < leastScale {
				t.Errorf("%s: page %d is too large for its paper", name, k+1)
			}
			for _, m := range pg.marks {
				if lo, hi := m.extent(); m.Person != "" {
					if lo.X < pg.lo.X-1 || hi.X > pg.hi.X+1 || lo.Y < pg.lo.Y-1 || hi.Y > pg.hi.Y+1 {
						t.Errorf("%s: page %d cuts the symbol of %s", name, k+1, m.Person)
					}
					whole[m.Person]++
				}
			}
		}
		for i := range p.People {
			if whole[p.People[i].ID] == 0 {
				t.Errorf("%s: %s is whole on no page", name, p.People[i].ID)
			}
		}
		data, err := d.PDF(Print, "2026-11-23")
		if got := bytes.Count(data, []byte("/Type /Page\n")); err != nil || got != len(pages) {
			t.Errorf("%s: %d pages printed of %d (%v)", name, got, len(pages), err)
		}
	}
}

// everySign is a family that shows each sign of the standard once.
func everySign() *Pedigree {
	p := &Pedigree{
		Couples: []Couple{{A: "m", B: "f", Separated: true}, {A: "m", B: "second"}},
		Twins:   []Twins{{IDs: []string{"t1", "t2"}, Zygosis: Identical}, {IDs: []string{"t3", "t4"}, Zygosis: Fraternal}, {IDs: []string{"t5", "t6"}}},
		Key:     []Condition{{"Affected", Whole, Solid, Petrol}},
	}
	add := func(q Person) { p.People = append(p.People, q) }
	add(pl("f", Square, "", "", "60 y"))
	add(pl("m", Circle, "", "", "58 y"))
	add(pl("second", Square, "", "", "61 y"))
	for i, id := range []string{"t1", "t2", "t3", "t4", "t5", "t6"} {
		q := pl(id, [...]Shape{Circle, Circle, Square, Circle, Square, Square}[i], "m", "f", "30 y")
		q.BirthOrder = float64(i)
		add(q)
	}
	in := pl("in", Square, "m", "second", "12 y")
	in.Adopted = AdoptedIn
	add(in)
	out := pl("out", Circle, "m", "second", "35 y")
	out.Adopted, out.Childless = AdoptedOut, Infertile
	add(out)
	nb := pl("nb", Hexagon, "m", "second", "28 y")
	nb.Beneath, nb.Consultand, nb.Childless = "AFAB", true, ByChoice
	add(nb)
	loss := pl("loss", Diamond, "m", "second", "SAB 10 wk")
	loss.Loss = true
	add(loss)
	preg := pl("preg", Diamond, "t2", "", "LMP 01-Oct-2026")
	preg.Inside = "P"
	add(preg)
	several := pl("several", Diamond, "m", "second")
	several.Inside = "3"
	add(several)
	dark := pl("dark", Circle, "m", "second", "d. 40 y")
	dark.Marks, dark.Dead = []int{0}, true
	add(dark)
	top := pl("top", Diamond, "m", "second", "TOP")
	top.Loss, top.Ended = true, true
	add(top)
	return p
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

func TestPNGHasInkWhereTheSymbolsAre(t *testing.T) {
	p := clinicFamily()
	d := Family(p, Options{})
	data, err := d.PNG(Print, 2)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for i := range d.Shapes {
		m := &d.Shapes[i]
		if m.Person == "" {
			continue
		}
		// The left edge of every symbol lies on the line through its centre.
		r, _, _, _ := img.At(int(2*(m.At.X-edgeAt(p.People[slices.IndexFunc(p.People, func(q Person) bool { return q.ID == m.Person })].Shape, 0))), int(2*m.At.Y)).RGBA()
		if r>>8 > 0x90 {
			t.Errorf("no ink at the edge of %s", m.Person)
		}
	}
}

// Somebody whose name is wider than paper is on it all the same.
func TestANameWiderThanAPageLosesNobodyOnPaper(t *testing.T) {
	p := &Pedigree{People: []Person{{ID: "m", Shape: Circle}, {ID: "f", Shape: Square}}}
	for i := range 60 {
		p.People = append(p.People, Person{ID: fmt.Sprint(i), Mother: "m", Father: "f"})
	}
	p.People[30].Beneath = strings.Repeat("W", 300)
	d := Family(p, Options{})
	seen := map[*Mark]bool{}
	for _, page := range d.pages(0) {
		for _, m := range page.marks {
			seen[m] = true
		}
	}
	for i := range d.Shapes[:d.tree] {
		if m := &d.Shapes[i]; !seen[m] {
			t.Errorf("on no page: mark %d, %.10q", i, m.Text)
		}
	}
}

// Whatever a file calls people, their tree can be printed and is valid XML.
func TestAnyNameIsDrawnInEveryForm(t *testing.T) {
	name := "Zo\u00eb \U0001F469 \U00020BB7\x01\x0b]]><i>&\"\u202e\ufffe\xff"
	d := Family(&Pedigree{People: []Person{{ID: name, Shape: Circle, Beneath: name}}}, Options{Title: name})
	if _, err := PDF([]*Drawing{d}, Print, "2026-11-25"); err != nil {
		t.Error(err)
	}
	for in := xml.NewDecoder(bytes.NewReader(d.SVG(Print))); ; {
		if _, err := in.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("the SVG is not valid: %v", err)
		}
	}
}
