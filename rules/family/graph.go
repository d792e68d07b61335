package family

import (
	"fmt"

	"kindred/rules/truth"
)

// A parent slot holds a node number, or one of these.
const (
	nobodyKnown int16 = -1 // no parent recorded
	someoneElse int16 = -2 // not recorded, and known not to be the patient's parent
)

// node is one person of the graph: the members in their order, then the
// connecting people who were inserted.
type node struct {
	mother, father int16
	childHead      int16 // first child; the lists run on through nextOfMother and nextOfFather
	nextOfMother   int16
	nextOfFather   int16
	word           Word
	sex            Sex
	byWord         bool // placed by the relation word alone: no sure first-degree links
	linked         bool
	place          place
	mentioned      Set    // conditions said to be present, absent or not known
	quiet          uint64 // topics about which silence is a no
}

// place is where a person stands towards the patient.
type place struct {
	near, far int8 // smallest and largest degree possible; none when not related by blood
	gen       int8 // 0 the patient's generation, 1 the parents', -1 the children's
	sides     Sides
	sidesMax  Sides // sides that are possible
	// A full sibling in one world may be a half sibling in the other; someone
	// related twice over at the same degree holds both places at once.
	nearClass, farClass Classes
}

// maxMembers bounds a family: far above any that was ever drawn, far below what
// the tables of pairs could take from a machine.
const maxMembers = 10000

// none is the degree of people who are not related by blood.
const none int8 = 127

// Graph is a family with everyone's degree, side and generation worked out.
// A Graph may be filled again and again; once its buffers have grown, filling
// and asking allocate nothing. It keeps the Family it was built from.
type Graph struct {
	vocab       *Vocabulary
	fam         *Family
	patient     int16
	nodes       []node
	index       map[string]int16
	words       int      // 64-bit words in a row of the bit matrices below
	sure        []uint64 // first-degree relatives for sure
	maybe       []uint64 // first-degree relatives that are possible; holds sure
	doubt       bool     // maybe differs from sure
	queue       []int16
	queue2      []int16
	sibs        []uint64 // scratch: full siblings for sure
	sibsMay     []uint64 // scratch: full siblings possible
	masks       masks
	least       affected // what a cluster has for sure
	most        affected // what it may have
	pool        []uint64 // the people a cluster is looking at
	chain       []uint64 // scratch: a chain of first-degree links
	visited     []visit  // scratch: who has been looked at
	keys        []key    // links of the last family that could be
	keptPatient string
	problem     Problems
}

// New works out a family. It reports every impossible thing in it by name;
// then the graph is nil.
func New(v *Vocabulary, f *Family) (*Graph, error) {
	g := &Graph{}
	if err := g.Build(v, f); err != nil {
		return nil, err
	}
	return g, nil
}

// Build fills the graph from a family, reusing what it holds. The error is
// Problems, every one of them; after an error the graph must not be asked.
func (g *Graph) Build(v *Vocabulary, f *Family) error {
	same := g.sameLinks(v, f)
	g.vocab, g.fam, g.problem = v, f, nil
	if same {
		g.Refresh()
		g.checkFacts()
	} else {
		g.build()
	}
	if len(g.problem) > 0 {
		g.keys = g.keys[:0]
		return g.problem
	}
	if !same {
		g.keep()
	}
	return nil
}

// build works everything out from the ids on.
func (g *Graph) build() {
	g.register()
	if len(g.problem) == 0 {
		g.placeWords()
	}
	if len(g.problem) == 0 {
		g.children()
		g.checkAncestors()
	}
	if len(g.problem) == 0 {
		g.relate()
		g.checkLinks()
		g.checkFacts()
	}
}

// key is what a member's links rest on.
type key struct {
	id, relation, mother, father string
	sex                          Sex
}

// sameLinks reports whether only answers changed since the last build, as they
// do from one key press to the next.
func (g *Graph) sameLinks(v *Vocabulary, f *Family) bool {
	if len(g.keys) == 0 || len(g.keys) != len(f.Members) || g.vocab != v || g.keptPatient != f.Patient {
		return false
	}
	for i := range g.keys {
		m := &f.Members[i]
		if g.keys[i] != (key{m.ID, m.Relation, m.Mother, m.Father, m.Sex}) {
			return false
		}
	}
	return true
}

func (g *Graph) keep() {
	g.keys, g.keptPatient = g.keys[:0], g.fam.Patient
	for i := range g.fam.Members {
		m := &g.fam.Members[i]
		g.keys = append(g.keys, key{m.ID, m.Relation, m.Mother, m.Father, m.Sex})
	}
}

// register gives everyone a node and turns ids into links.
func (g *Graph) register() {
	members := g.fam.Members
	g.nodes = g.nodes[:0]
	if g.index == nil {
		g.index = make(map[string]int16, len(members))
	}
	clear(g.index)
	if len(members) > maxMembers {
		g.report("", fmt.Sprintf("%d people are more than one family may hold (%d); leave out those who are not related to the patient", len(members), maxMembers))
		return
	}
	for i := range members {
		m := &members[i]
		if m.ID == "" {
			g.report("", fmt.Sprintf("person number %d has no id", i+1))
		} else if _, twice := g.index[m.ID]; twice {
			g.report(m.ID, fmt.Sprintf("the id %q stands for two people; give each their own", m.ID))
		}
		g.index[m.ID] = int16(i)
		g.nodes = append(g.nodes, node{mother: nobodyKnown, father: nobodyKnown, sex: m.Sex})
	}
	p, ok := g.index[g.fam.Patient]
	if !ok {
		g.report(g.fam.Patient, fmt.Sprintf("the patient %q is not among the people", g.fam.Patient))
		return
	}
	g.patient = p
	for i := range members {
		m, n := &members[i], &g.nodes[i]
		if m.Relation != "" {
			g.readWord(i, m, n)
		}
		n.mother = g.parent(m.ID, "mother", m.Mother)
		n.father = g.parent(m.ID, "father", m.Father)
		if n.mother >= 0 && n.mother == n.father {
			g.report(m.ID, fmt.Sprintf("%s has the same person %q as mother and as father", g.name(i), m.Mother))
		}
	}
}

func (g *Graph) readWord(i int, m *Member, n *node) {
	if int16(i) == g.patient {
		if m.Relation != "self" && m.Relation != "patient" {
			g.report(m.ID, fmt.Sprintf("%s is the patient and cannot also be the patient's %s", g.name(i), m.Relation))
		}
		return
	}
	w, err := ParseRelation(m.Relation)
	if err != nil {
		g.report(m.ID, fmt.Sprintf("%s: %v", m.ID, err))
		return
	}
	n.word = w
	if w.Sex != SexUnknown && n.sex != SexUnknown && w.Sex != n.sex {
		g.report(m.ID, fmt.Sprintf("%s is called %s but is recorded as %s", m.ID, w.Text, n.sex))
	}
	if n.sex == SexUnknown {
		n.sex = w.Sex
	}
}

func (g *Graph) parent(of, what, id string) int16 {
	if id == "" {
		return nobodyKnown
	}
	i, ok := g.index[id]
	if !ok {
		g.report(of, fmt.Sprintf("%s has the %s %q, who is not among the people", of, what, id))
		return nobodyKnown
	}
	return i
}

// children threads everyone onto the child lists of their parents.
func (g *Graph) children() {
	for i := range g.nodes {
		g.nodes[i].childHead = nobodyKnown
	}
	for i := len(g.nodes) - 1; i >= 0; i-- {
		n := &g.nodes[i]
		if n.mother >= 0 {
			n.nextOfMother, g.nodes[n.mother].childHead = g.nodes[n.mother].childHead, int16(i)
		}
		if n.father >= 0 {
			n.nextOfFather, g.nodes[n.father].childHead = g.nodes[n.father].childHead, int16(i)
		}
	}
}

// next is the child of parent after c, or nobodyKnown.
func (g *Graph) next(parent, c int16) int16 {
	n := &g.nodes[c]
	if n.mother == parent {
		return n.nextOfMother
	}
	return n.nextOfFather
}

// Len is how many members the family has; they are numbered from 0 in the
// order given.
func (g *Graph) Len() int { return len(g.fam.Members) }

// Member gives member number i.
func (g *Graph) Member(i int) *Member { return &g.fam.Members[i] }

// Index finds a member by id.
func (g *Graph) Index(id string) (i int, ok bool) {
	n, ok := g.index[id]
	return int(n), ok
}

// Patient is the number of the patient.
func (g *Graph) Patient() int { return int(g.patient) }

// Degree is the smallest and the largest degree by blood that member i may
// have towards the patient, who is 0; they differ when siblings may be full or
// half. ok is false for people who are not related by blood.
func (g *Graph) Degree(i int) (near, far int, ok bool) {
	p := &g.nodes[i].place
	if p.near == none {
		return 0, 0, false
	}
	return int(p.near), int(p.far), true
}

// Sides are the sides of the family member i belongs to: both for full
// siblings, their descendants and the patient's own; none when not by blood or
// when it was not said.
func (g *Graph) Sides(i int) Sides { return g.nodes[i].place.sides }

// Generation of member i: 0 the patient's, 1 the parents', -1 the children's.
func (g *Graph) Generation(i int) int { return int(g.nodes[i].place.gen) }

// Classes is the place of member i, or both places that are possible.
func (g *Graph) Classes(i int) Classes { return g.nodes[i].place.classes() }

func (p *place) classes() Classes { return p.nearClass | p.farClass }

// SexOf is the sex at birth of member i, taken from the relation word or from
// being a mother or father when it was not recorded.
func (g *Graph) SexOf(i int) Sex { return g.nodes[i].sex }

// FirstDegree answers whether members i and j are first-degree relatives of
// each other.
func (g *Graph) FirstDegree(i, j int) truth.K {
	w, b := i*g.words+j>>6, uint(j)&63
	return truth.Of(g.sure[w]>>b&1 != 0) | truth.Of(g.maybe[w]>>b&1 != 0)
}
