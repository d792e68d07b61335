package sketch

import (
	"cmp"
	"slices"
)

// Pedigree is a family as it is drawn. The order of its lists does not matter:
// the same family gives the same picture.
type Pedigree struct {
	People  []Person
	Couples []Couple // couples without children, and what is known about others
	Twins   []Twins
	Key     []Condition // what the marks of the people mean
}

// Person is one symbol.
type Person struct {
	ID, Mother, Father string
	Shape              Shape
	Beneath            string // sex at birth under the symbol when the shape does not say it: "AFAB"
	Dead               bool
	Consultand         bool
	Proband            bool
	Adopted            Adoption
	Inside             string // in the symbol: "P" pregnancy, "n" several, "5", "?"
	Loss               bool   // a pregnancy not carried to term: a small triangle
	Ended              bool   // one that was terminated: a slash through the triangle
	Childless          Childless
	Marks              []int  // positions in Pedigree.Key
	Lines              []Line // under the symbol
	Unnamed            bool   // connects others and was not named by anyone: no id in the picture
	// Oldest siblings stand left: smaller comes first. Where it is zero for
	// both, the ids decide.
	BirthOrder float64
	// Wanted place among siblings after someone dragged the symbol; 0 for none.
	Hint float64
}

// Shape is the outline of a symbol; it follows gender, not sex at birth.
type Shape uint8

// The outlines.
const (
	Diamond Shape = iota // not known
	Circle               // woman
	Square               // man
	Hexagon              // non-binary
)

// Adoption says how someone came into or left the family.
type Adoption uint8

// The kinds.
const (
	NotAdopted Adoption = iota
	AdoptedIn           // brackets, dashed line to these parents
	AdoptedOut          // brackets, solid line to these parents
)

// Childless marks a person or couple without children.
type Childless uint8

// The kinds.
const (
	MayHaveChildren Childless = iota
	ByChoice                  // one bar
	Infertile                 // two bars
)

// Line is one line of text under a symbol.
type Line struct {
	Text string
	Tone Tone
}

// Couple is two people joined by a line.
type Couple struct {
	A, B      string
	Related   bool // double line even if no common ancestor is recorded
	Separated bool
}

// Twins are siblings born together.
type Twins struct {
	IDs     []string
	Zygosis Zygosis
}

// Zygosis is whether twins are identical.
type Zygosis uint8

// The kinds.
const (
	UnknownZygosis Zygosis = iota // a question mark between
	Identical                     // a bar
	Fraternal
)

// Condition is an entry of the key: where a mark sits in the symbol and how it
// is filled, by colour and by hatch.
type Condition struct {
	Label string
	Part  Part
	Hatch Hatch
	Tone  Tone
}

// Part is the stretch of a symbol a mark fills.
type Part uint8

// The parts.
const (
	Whole Part = iota
	UpperLeft
	UpperRight
	LowerRight
	LowerLeft
)

// Hatch is the pattern of a mark; it survives black and white.
type Hatch uint8

// The patterns.
const (
	Solid Hatch = iota
	Diagonal
	Horizontal
	Crossed
	Dots
)

// net is the pedigree by numbers, in an order that does not depend on how the
// lists were written.
type net struct {
	people  []Person
	mother  []int // -1 for none
	father  []int
	unions  []union
	of      [][]int // person -> unions
	born    []int   // person -> union of the parents, -1 for none
	twins   [][]int
	zygosis []Zygosis
	twinOf  []int // person -> twin set, -1 for none
	rank    []int // person -> generation from the top
}

// union is two partners with their children; a stands left unless the order
// wants it otherwise.
type union struct {
	a, b      int
	kids      []int // in the order to be drawn, oldest first
	related   bool
	separated bool
	invented  bool // b or a was not named; the couple is not one of the file
}

// newNet numbers the people. A child with one recorded parent gets an unnamed
// other one, so that every child hangs from a couple.
func newNet(p *Pedigree) *net {
	n := &net{people: slices.Clone(p.People)}
	slices.SortStableFunc(n.people, func(a, b Person) int { return Naturally(a.ID, b.ID) })
	index := make(map[string]int, len(n.people))
	for i := range n.people {
		index[n.people[i].ID] = i
	}
	find := func(id string) int {
		if i, ok := index[id]; ok && id != "" {
			return i
		}
		return -1
	}
	for i := range n.people {
		n.mother = append(n.mother, find(n.people[i].Mother))
		n.father = append(n.father, find(n.people[i].Father))
	}
	n.cutLoops()
	n.addUnnamed()
	n.addTwinsParents(p, find)
	n.marry(p, find)
	n.twinSets(p, find)
	n.consanguinity()
	return n
}

// cutLoops drops the parents of people who would be their own ancestor. Readers
// refuse such files; a drawing must still end.
func (n *net) cutLoops() {
	const open, done = 1, 2
	state := make([]uint8, len(n.people))
	var climb func(i int) bool
	climb = func(i int) bool {
		if i < 0 || state[i] == done {
			return true
		}
		if state[i] == open {
			return false
		}
		state[i] = open
		if !climb(n.mother[i]) || !climb(n.father[i]) {
			n.mother[i], n.father[i] = -1, -1
		}
		state[i] = done
		return true
	}
	for i := range n.people {
		climb(i)
	}
}

// addUnnamed gives single parents an unnamed partner, one each.
func (n *net) addUnnamed() {
	other := map[int]int{}
	for i := range n.people {
		if (n.mother[i] < 0) == (n.father[i] < 0) {
			continue
		}
		parent := max(n.mother[i], n.father[i])
		o, ok := other[parent]
		if !ok {
			shape := Square
			if n.mother[i] < 0 {
				shape = Circle
			}
			o = len(n.people)
			other[parent] = o
			n.people = append(n.people, Person{Shape: shape, Unnamed: true})
			n.mother, n.father = append(n.mother, -1), append(n.father, -1)
		}
		if n.mother[i] < 0 {
			n.mother[i] = o
		} else {
			n.father[i] = o
		}
	}
}

// addTwinsParents gives twins of whom no parents are recorded unnamed ones, for
// their lines start from one point.
func (n *net) addTwinsParents(p *Pedigree, find func(string) int) {
	var sets [][]int
	for _, t := range p.Twins {
		var set []int
		for _, id := range t.IDs {
			if i := find(id); i >= 0 {
				set = append(set, i)
			}
		}
		slices.Sort(set)
		if set = slices.Compact(set); len(set) > 1 {
			sets = append(sets, set)
		}
	}
	slices.SortFunc(sets, slices.Compare)
	for _, set := range sets {
		if slices.ContainsFunc(set, func(i int) bool { return n.mother[i] >= 0 || n.father[i] >= 0 }) {
			continue
		}
		father := len(n.people)
		for _, shape := range [...]Shape{Square, Circle} {
			n.people = append(n.people, Person{Shape: shape, Unnamed: true})
			n.mother, n.father = append(n.mother, -1), append(n.father, -1)
		}
		for _, i := range set {
			n.mother[i], n.father[i] = father+1, father
		}
	}
}

// marry makes the unions: of parents, then of couples without children.
func (n *net) marry(p *Pedigree, find func(string) int) {
	at := map[[2]int]int{}
	join := func(a, b int) int {
		if b < a {
			a, b = b, a
		}
		u, ok := at[[2]int{a, b}]
		if !ok {
			u = len(n.unions)
			at[[2]int{a, b}] = u
			n.unions = append(n.unions, union{a: a, b: b, invented: n.people[a].Unnamed || n.people[b].Unnamed})
		}
		return u
	}
	n.born = make([]int, len(n.people))
	for i := range n.people {
		n.born[i] = -1
		if n.mother[i] >= 0 {
			u := join(n.mother[i], n.father[i])
			n.unions[u].kids = append(n.unions[u].kids, i)
			n.born[i] = u
		}
	}
	for _, c := range p.Couples {
		if a, b := find(c.A), find(c.B); a >= 0 && b >= 0 && a != b {
			u := &n.unions[join(a, b)]
			u.related = u.related || c.Related
			u.separated = u.separated || c.Separated
		}
	}
	// Number unions by their partners, so that list order leaves no trace.
	slices.SortFunc(n.unions, func(x, y union) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	n.of = make([][]int, len(n.people))
	for u := range n.unions {
		un := &n.unions[u]
		if n.people[un.b].Shape == Square && n.people[un.a].Shape != Square {
			un.a, un.b = un.b, un.a // the man stands left by custom
		}
		n.of[un.a] = append(n.of[un.a], u)
		n.of[un.b] = append(n.of[un.b], u)
		for _, k := range un.kids {
			n.born[k] = u
		}
		slices.SortFunc(un.kids, n.older)
	}
}

// older puts dragged symbols where they were wanted, then the oldest left.
func (n *net) older(i, j int) int {
	a, b := &n.people[i], &n.people[j]
	return cmp.Or(cmp.Compare(a.Hint, b.Hint), cmp.Compare(a.BirthOrder, b.BirthOrder), cmp.Compare(i, j))
}

// twinSets keeps twins of one union together in the order of the siblings.
func (n *net) twinSets(p *Pedigree, find func(string) int) {
	n.twinOf = make([]int, len(n.people))
	for i := range n.twinOf {
		n.twinOf[i] = -1
	}
	type born struct {
		ids     []int
		zygosis Zygosis
	}
	var all []born
	for _, t := range p.Twins {
		var ids []int
		for _, id := range t.IDs {
			if i := find(id); i >= 0 && n.born[i] >= 0 && !slices.Contains(ids, i) {
				ids = append(ids, i)
			}
		}
		slices.Sort(ids)
		all = append(all, born{ids, t.Zygosis})
	}
	slices.SortFunc(all, func(a, b born) int { return cmp.Or(slices.Compare(a.ids, b.ids), cmp.Compare(a.zygosis, b.zygosis)) })
	for _, t := range all {
		var set []int
		for _, i := range t.ids {
			if n.twinOf[i] < 0 && (len(set) == 0 || n.born[set[0]] == n.born[i]) {
				set = append(set, i)
			}
		}
		if len(set) < 2 {
			continue
		}
		for _, i := range set {
			n.twinOf[i] = len(n.twins)
		}
		slices.SortFunc(set, n.older)
		n.twins = append(n.twins, set)
		n.zygosis = append(n.zygosis, t.zygosis)
	}
	for t, set := range n.twins {
		kids := &n.unions[n.born[set[0]]].kids
		first := slices.Index(*kids, set[0])
		*kids = slices.DeleteFunc(*kids, func(i int) bool { return n.twinOf[i] == t })
		*kids = slices.Insert(*kids, min(first, len(*kids)), set...)
	}
}

// consanguinity marks couples who share an ancestor.
func (n *net) consanguinity() {
	seen := make([]int, len(n.people)) // stamp of the walk that reached a person
	stamp := 0
	var walk func(i int, mark int) bool
	walk = func(i, mark int) bool {
		if i < 0 || seen[i] == mark {
			return false
		}
		if mark < 0 && seen[i] == -mark {
			return true
		}
		seen[i] = mark
		return walk(n.mother[i], mark) || walk(n.father[i], mark)
	}
	for u := range n.unions {
		stamp++
		walk(n.unions[u].a, stamp)
		if walk(n.unions[u].b, -stamp) {
			n.unions[u].related = true
		}
	}
}

// partner is the other one of a union.
func (n *net) partner(u, i int) int {
	if n.unions[u].a == i {
		return n.unions[u].b
	}
	return n.unions[u].a
}

// Naturally compares ids so that "m9" comes before "m10".
func Naturally(a, b string) int {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		if digit(a[i]) && digit(b[j]) {
			x, y := i, j
			for i < len(a) && digit(a[i]) {
				i++
			}
			for j < len(b) && digit(b[j]) {
				j++
			}
			for x < i-1 && a[x] == '0' {
				x++
			}
			for y < j-1 && b[y] == '0' {
				y++
			}
			if c := cmp.Or(cmp.Compare(i-x, j-y), cmp.Compare(a[x:i], b[y:j])); c != 0 {
				return c
			}
			continue
		}
		if a[i] != b[j] {
			return cmp.Compare(a[i], b[j])
		}
		i++
		j++
	}
	return cmp.Or(cmp.Compare(len(a)-i, len(b)-j), cmp.Compare(a, b))
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
