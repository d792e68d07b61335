package sketch

import (
	"slices"
	"strings"
)

// sign is something other than a condition that the key explains when it occurs.
type sign struct {
	text   string
	occurs func(p *Person) bool
	person Person
}

var signs = []sign{
	{"Died", func(p *Person) bool { return p.Dead }, Person{Shape: Square, Dead: true}},
	{"Consultand", func(p *Person) bool { return p.Consultand && !p.Proband }, Person{Consultand: true}},
	{"Proband", func(p *Person) bool { return p.Proband }, Person{Proband: true}},
	{"Man", func(p *Person) bool { return p.Shape == Square && !p.Unnamed }, Person{Shape: Square}},
	{"Woman", func(p *Person) bool { return p.Shape == Circle && !p.Unnamed }, Person{Shape: Circle}},
	{"Sex or gender not known", func(p *Person) bool { return p.Shape == Diamond && !p.Loss && !p.Unnamed }, Person{Shape: Diamond}},
	{"Non-binary", func(p *Person) bool { return p.Shape == Hexagon && !p.Unnamed }, Person{Shape: Hexagon}},
	{"Pregnancy", func(p *Person) bool { return p.Inside == "P" }, Person{Inside: "P"}},
	{"Pregnancy not carried to term", func(p *Person) bool { return p.Loss && !p.Ended }, Person{Loss: true}},
	{"Termination of pregnancy", func(p *Person) bool { return p.Loss && p.Ended }, Person{Loss: true, Ended: true}},
	{"Several people", func(p *Person) bool {
		return p.Inside == "n" || p.Inside != "" && strings.Trim(p.Inside, "0123456789") == ""
	}, Person{Inside: "n"}},
	{"Not known whether affected", func(p *Person) bool { return p.Inside == "?" }, Person{Inside: "?"}},
	{"No children, by choice", func(p *Person) bool { return p.Childless == ByChoice }, Person{Shape: Square, Childless: ByChoice}},
	{"Infertile", func(p *Person) bool { return p.Childless == Infertile }, Person{Shape: Square, Childless: Infertile}},
	{"Adopted", func(p *Person) bool { return p.Adopted != NotAdopted }, Person{Shape: Square, Adopted: AdoptedIn}},
}

// keyEntries lists what occurs: conditions first, then the other signs.
func (l *layout) keyEntries(d *Drawing, p *Pedigree) []keyEntry {
	const scale = 18.0 / symbolSize
	var out []keyEntry
	used := make([]bool, len(p.Key))
	related, separated := false, false
	for i := range l.people {
		for _, m := range l.people[i].Marks {
			if m >= 0 && m < len(used) {
				used[m] = true
			}
		}
	}
	for _, u := range l.unions {
		related, separated = related || u.related, separated || u.separated
	}
	small := func(paint func(to *Drawing)) func(x, y float64) {
		return func(x, y float64) {
			var one Drawing
			paint(&one)
			for _, m := range one.Shapes {
				for k := range m.Points {
					m.Points[k] = Point{m.Points[k].X*scale + x, m.Points[k].Y*scale + y}
				}
				m.Radius *= scale
				if m.Size > 0 {
					m.Size = 11
				}
				m.Width = min(m.Width, 1.5)
				d.Shapes = append(d.Shapes, m)
			}
		}
	}
	for k, c := range p.Key {
		if used[k] {
			out = append(out, keyEntry{c.Label, func(x, y float64) { d.keyMark(c, scale, x, y) }})
		}
	}
	for _, s := range signs {
		occurs := false
		for i := range l.people {
			occurs = occurs || s.occurs(&l.people[i])
		}
		if !occurs {
			continue
		}
		who := s.person
		out = append(out, keyEntry{s.text, small(func(to *Drawing) {
			if who.Consultand || who.Proband {
				to.arrow(14, -12, who.Proband)
				return
			}
			if who.Childless != MayHaveChildren {
				to.childless(&who, 0, -1.5*symbolHalf)
				return
			}
			who.Unnamed = true
			to.symbol(&who, nil, 0, 0)
			if who.Adopted != NotAdopted {
				to.brackets(0, 0)
			}
		})})
	}
	for _, zygosis := range l.kindsOfTwins() {
		out = append(out, keyEntry{twinWords[zygosis], small(func(to *Drawing) {
			const top, foot = -16.0, 14.0
			for _, x := range [...]float64{-16, 16} {
				to.line([]Point{{0, top}, {x, foot}}, Ink, lineWidth, false)
			}
			switch zygosis {
			case Identical:
				to.line([]Point{{-9, 2}, {9, 2}}, Ink, lineWidth, false)
			case UnknownZygosis:
				to.text("?", Point{0, foot}, textSize, true, Ink, Centred)
			}
		})})
	}
	if related {
		out = append(out, keyEntry{"Partners related by blood", small(func(to *Drawing) {
			for _, y := range [...]float64{-4, 4} {
				to.line([]Point{{-symbolHalf, y}, {symbolHalf, y}}, Ink, lineWidth, false)
			}
		})})
	}
	if separated {
		out = append(out, keyEntry{"Separated", small(func(to *Drawing) {
			to.line([]Point{{-symbolHalf, 0}, {symbolHalf, 0}}, Ink, lineWidth, false)
			for _, x := range [...]float64{-5, 5} {
				to.line([]Point{{x - 6, 14}, {x + 6, -14}}, Ink, lineWidth, false)
			}
		})})
	}
	return out
}

var twinWords = map[Zygosis]string{Identical: "Identical twins", Fraternal: "Twins, not identical", UnknownZygosis: "Twins, kind not known"}

// kindsOfTwins lists what kinds of twins occur.
func (l *layout) kindsOfTwins() (out []Zygosis) {
	for _, z := range [...]Zygosis{Identical, Fraternal, UnknownZygosis} {
		if slices.Contains(l.zygosis, z) {
			out = append(out, z)
		}
	}
	return out
}

// keyMark is a condition in a small square. The hatch keeps its pitch, so that
// it can be told apart as well as in the tree, without colour too.
func (d *Drawing) keyMark(c Condition, scale, x, y float64) {
	shape := outline(Square, false)
	for i := range shape {
		shape[i] = Point{shape[i].X * scale, shape[i].Y * scale}
	}
	edge := Mark{Kind: Path, Closed: true, Points: moved(shape, x, y), Ink: Ink, Width: 1.5, Paper: Paper}
	ground := edge
	ground.Width = 0
	d.Shapes = append(d.Shapes, ground)
	d.fill(shape, c, x, y)
	edge.Paper = None
	d.Shapes = append(d.Shapes, edge)
}
