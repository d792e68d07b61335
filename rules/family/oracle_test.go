package family

import (
	"kindred/rules/truth"
)

// oracle answers the questions of questions() in plain two-valued code that
// shares nothing with the package: recursion over parents, loops over triples.
type oracle struct {
	f    *Family
	at   map[string]int
	m, p []int // parents, -1 for none
	deg  [][]int
	gen  []int
	side []Sides
}

func newOracle(f *Family) *oracle {
	o := &oracle{f: &Family{Patient: f.Patient}, at: map[string]int{}}
	for i, m := range f.Members {
		m.Conditions = append([]Condition{}, m.Conditions...)
		o.f.Members = append(o.f.Members, m)
		o.at[m.ID] = i
	}
	for _, m := range f.Members {
		mother, father := -1, -1
		if m.Mother != "" {
			mother = o.at[m.Mother]
		}
		if m.Father != "" {
			father = o.at[m.Father]
		}
		o.m, o.p = append(o.m, mother), append(o.p, father)
	}
	n := len(f.Members)
	for a := range n {
		o.deg = append(o.deg, make([]int, n))
		for b := range n {
			o.deg[a][b] = o.distance(a, b)
		}
	}
	me := o.at[f.Patient]
	o.gen, o.side = make([]int, n), make([]Sides, n)
	for i := range n {
		if o.m[me] >= 0 && o.shares(i, o.m[me]) || i == me || o.above(i, me) >= 0 {
			o.side[i] |= Maternal
		}
		if o.p[me] >= 0 && o.shares(i, o.p[me]) || i == me || o.above(i, me) >= 0 {
			o.side[i] |= Paternal
		}
	}
	return o
}

// above is the steps from i up to a, or -1.
func (o *oracle) above(i, a int) int {
	if i == a {
		return 0
	}
	best := -1
	for _, up := range []int{o.m[i], o.p[i]} {
		if up >= 0 {
			if d := o.above(up, a); d >= 0 && (best < 0 || d+1 < best) {
				best = d + 1
			}
		}
	}
	return best
}

// shares reports whether i and j have a common ancestor, themselves included.
func (o *oracle) shares(i, j int) bool {
	for a := range o.m {
		if o.above(i, a) >= 0 && o.above(j, a) >= 0 {
			return true
		}
	}
	return false
}

func (o *oracle) full(i, j int) bool {
	return i != j && o.m[i] >= 0 && o.p[i] >= 0 && o.m[i] == o.m[j] && o.p[i] == o.p[j]
}

// distance is the degree: up to a common ancestor and down, or across between
// full siblings; -1 for no blood.
func (o *oracle) distance(a, b int) int {
	best := -1
	try := func(x, y, extra int) {
		if x >= 0 && y >= 0 && (best < 0 || x+y+extra < best) {
			best = x + y + extra
		}
	}
	for c := range o.m {
		try(o.above(a, c), o.above(b, c), 0)
		for d := range o.m {
			if o.full(c, d) {
				try(o.above(a, c), o.above(b, d), 1)
			}
		}
	}
	return best
}

// enumerate visits every way of filling in what is not known.
func (o *oracle) enumerate(visit func()) {
	for i := range o.f.Members {
		for c := range o.f.Members[i].Conditions {
			e := &o.f.Members[i].Conditions[c]
			was := *e
			switch {
			case e.Present == truth.Unknown:
				for _, k := range []truth.K{truth.Yes, truth.No} {
					e.Present = k
					o.enumerate(visit)
				}
			case e.Confirmed == truth.Unknown:
				for _, k := range []truth.K{truth.Yes, truth.No} {
					e.Confirmed = k
					o.enumerate(visit)
				}
			case !e.Age.IsExact():
				for _, v := range []float64{e.Age.Lo, 45, 49, 50, 55, 59, e.Age.Hi} {
					e.Age = truth.Exactly(v)
					o.enumerate(visit)
				}
			default:
				continue
			}
			*e = was
			return
		}
	}
	visit()
}

// count counts the entries of i that pass.
func (o *oracle) count(i int, pass func(Condition) bool) (n int) {
	for _, c := range o.f.Members[i].Conditions {
		if c.Present == truth.Yes && pass(c) {
			n++
		}
	}
	return n
}

func (o *oracle) answers() []bool {
	me := o.at[o.f.Patient]
	blood := func(i, near, far int) bool { d := o.deg[me][i]; return d >= near && d <= far }
	var young, two, sibs int
	for i, m := range o.f.Members {
		line := map[Sex]float64{Female: 60, Male: 50}[m.Sex]
		if blood(i, 1, 1) && o.count(i, func(c Condition) bool {
			return c.Kind == bowel && c.Confirmed == truth.Yes && c.Age.Lo < line
		}) > 0 {
			young++
		}
		if blood(i, 1, 2) && o.count(i, func(c Condition) bool { return c.Kind == bowel || c.Kind == breast }) > 0 {
			two++
		}
		aunt := o.m[me] >= 0 && o.full(i, o.m[me]) || o.p[me] >= 0 && o.full(i, o.p[me])
		if m.Sex == Female && (o.full(i, me) || aunt && o.deg[me][i] == 2) && o.count(i, func(c Condition) bool { return c.Kind == breast }) > 0 {
			sibs++
		}
	}
	return []bool{young > 0, two > 1, sibs > 0, o.amsterdam(), o.loose(), o.route(me), o.kin(me)}
}

func any2(c Condition) bool { return c.Kind == bowel || c.Kind == breast }

func (o *oracle) amsterdam() bool {
	ok := func(c Condition) bool { return any2(c) && c.Confirmed == truth.Yes }
	n := len(o.f.Members)
	for _, side := range []Sides{Maternal, Paternal} {
		youth := false
		var in []int
		for i := range n {
			if o.side[i]&side != 0 && o.count(i, ok) > 0 {
				in = append(in, i)
				youth = youth || o.count(i, func(c Condition) bool { return ok(c) && c.Age.Lo < 50 }) > 0
			}
		}
		for _, x := range in {
			for _, y := range in {
				for _, z := range in {
					if x != y && y != z && x != z && o.deg[x][y] == 1 && o.deg[x][z] == 1 && youth && o.line(x, y) {
						return true
					}
				}
			}
		}
	}
	return false
}

// line reports parent and child.
func (o *oracle) line(a, b int) bool {
	return o.m[a] == b || o.p[a] == b || o.m[b] == a || o.p[b] == a
}

func (o *oracle) generation(i int) int {
	// Steps of the nearest path to the patient, read off the degree's own path.
	me := o.at[o.f.Patient]
	best, gen := -1, 0
	try := func(x, y, extra int) {
		if x < 0 || y < 0 {
			return
		}
		if d := x + y + extra; best < 0 || d < best || d == best && x-y > gen {
			best, gen = d, x-y
		}
	}
	for c := range o.m {
		try(o.above(me, c), o.above(i, c), 0)
		for d := range o.m {
			if o.full(c, d) {
				try(o.above(me, c), o.above(i, d), 1)
			}
		}
	}
	return gen
}

func (o *oracle) loose() bool {
	for _, side := range []Sides{Maternal, Paternal} {
		people, tumours, youth, gens := 0, 0, false, map[int]bool{}
		for i := range o.f.Members {
			if n := o.count(i, any2); o.side[i]&side != 0 && n > 0 {
				people, tumours = people+1, tumours+n
				youth = youth || o.count(i, func(c Condition) bool { return any2(c) && c.Age.Lo < 50 }) > 0
				gens[o.generation(i)] = true
			}
		}
		if people >= 2 && tumours >= 3 && youth && len(gens) >= 2 {
			return true
		}
	}
	return false
}

func (o *oracle) route(me int) bool {
	young := func(c Condition) bool { return any2(c) && c.Age.Lo <= 59 }
	people, named := 0, false
	for i := range o.f.Members {
		if d := o.deg[me][i]; d < 0 || d > 2 || o.count(i, young) == 0 {
			continue
		}
		people++
		named = named || o.count(i, func(c Condition) bool { return young(c) && c.Kind == bowel }) > 0
	}
	return people >= 2 && named && o.count(me, young) > 0
}

func (o *oracle) kin(me int) bool {
	n := len(o.f.Members)
	ill := func(i int) bool {
		return o.deg[me][i] > 0 && o.count(i, func(c Condition) bool { return c.Kind == bowel }) > 0
	}
	parents := func(a, b int) bool {
		return o.m[me] >= 0 && o.p[me] >= 0 && (a == o.m[me] && b == o.p[me] || b == o.m[me] && a == o.p[me])
	}
	for seed := range n {
		if !ill(seed) || o.deg[me][seed] != 1 {
			continue
		}
		in := map[int]bool{seed: true}
		for range n {
			for a := range n {
				for b := range n {
					if in[a] && ill(b) && (o.deg[a][b] == 1 || parents(a, b)) {
						in[b] = true
					}
				}
			}
		}
		gens := map[int]bool{}
		for i := range in {
			gens[o.generation(i)] = true
		}
		if len(in) >= 2 && len(gens) >= 2 {
			return true
		}
	}
	return false
}
