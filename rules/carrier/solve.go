package carrier

import (
	"math"
	"slices"
)

// bucket is one variable with everything that is summed over when it goes.
type bucket struct {
	scope    []int // the variable itself last; before it those that go later, latest first
	table    []float64
	message  []float64 // over scope without the variable
	parent   int       // bucket the message goes to; -1 at a root
	children []int
}

// Solve computes everyone's posterior. Errors: an *ImpossibleError when the
// data contradict each other, an *EntangledError when the tables would not fit
// into memory; otherwise a sentence about what is wrong with the family. The answer is the same on every run.
func (f *Family) Solve() (*Result, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	n, err := build(f)
	if err != nil {
		return nil, err
	}
	n.weigh(f, nil)
	tree, err := n.tree()
	if err != nil {
		return nil, err
	}
	total := tree.up()
	if math.IsInf(total, -1) {
		return nil, &ImpossibleError{f.conflict(n)}
	}
	r := &Result{LogLikelihood: total, genes: n.genes, index: map[string]int{}, joint: make([][]float64, len(f.People))}
	beliefs := tree.down(n)
	for i, p := range f.People {
		r.index[p.ID] = i
		r.joint[i] = beliefs[n.unitOf[i]]
	}
	return r, nil
}

// conflict finds people whose entries contradict each other such that leaving
// any one of them out resolves it: everyone whose entry is not needed for the
// contradiction is dropped in turn.
func (f *Family) conflict(n *network) []string {
	skip := map[int]bool{}
	var named []string
	for i, p := range f.People {
		if _, ok := f.Likelihood[p.ID]; !ok {
			continue
		}
		skip[i] = true
		n.weigh(f, skip)
		tree, err := n.tree()
		if err != nil || !math.IsInf(tree.up(), -1) {
			delete(skip, i)
			named = append(named, p.ID)
		}
	}
	return named
}

// tree is the network as buckets in the order they are eliminated.
type tree struct {
	buckets []bucket
	rank    []int // variable -> bucket
	base    float64
	genes   int
}

// tree lays the cliques out: whole units one after another, a unit's genes one
// by one, which pushes a child through its genes instead of through every pair
// of joint parental genotypes.
func (n *network) tree() (*tree, error) {
	t := &tree{genes: n.genes, rank: make([]int, len(n.members)*n.genes)}
	at := 0
	for _, u := range n.order() {
		for g := range n.genes {
			t.rank[u*n.genes+g] = at
			at++
		}
	}
	t.buckets = make([]bucket, at)
	own := make([][]factor, at)
	size := entries(n.genes)
	put := func(f factor) {
		first := slices.MinFunc(f.vars, func(a, b int) int { return t.rank[a] - t.rank[b] })
		own[t.rank[first]] = append(own[t.rank[first]], f)
	}
	for u := range n.members {
		vars := make([]int, n.genes)
		for g := range vars {
			vars[g] = u*n.genes + g
		}
		put(factor{vars, n.data[u*size : (u+1)*size]})
		t.base += n.scale[u]
	}
	for _, f := range n.factors {
		put(f)
	}
	return t, t.join(own)
}

// join works out every bucket's scope and fills its table with its own factors.
func (t *tree) join(own [][]factor) error {
	incoming := make([][]int, len(t.buckets)) // variables that messages bring
	for i := range t.buckets {
		b := &t.buckets[i]
		for _, f := range own[i] {
			incoming[i] = append(incoming[i], f.vars...)
		}
		slices.SortFunc(incoming[i], func(a, c int) int { return t.rank[c] - t.rank[a] })
		b.scope = slices.Compact(incoming[i])
		if len(b.scope) > maxVars {
			return &EntangledError{Genes: t.genes}
		}
		rest := b.scope[:len(b.scope)-1]
		b.parent = -1
		if len(rest) > 0 {
			b.parent = t.rank[rest[len(rest)-1]]
			p := &t.buckets[b.parent]
			p.children = append(p.children, i)
			incoming[b.parent] = append(incoming[b.parent], rest...)
		}
		b.table = make([]float64, entries(len(b.scope)))
		for k := range b.table {
			b.table[k] = 1
		}
		for _, f := range own[i] {
			times(b.table, b.scope, f.vars, f.data)
		}
	}
	return nil
}

// up sends every bucket's message towards the root and returns the log
// likelihood, minus infinity when the data are impossible.
func (t *tree) up() float64 {
	total := t.base
	for i := range t.buckets {
		b := &t.buckets[i]
		for _, c := range b.children {
			child := &t.buckets[c]
			times(b.table, b.scope, child.scope[:len(child.scope)-1], child.message)
		}
		rest := b.scope[:len(b.scope)-1]
		b.message = make([]float64, entries(len(rest)))
		for k := range b.message {
			b.message[k] = b.table[3*k] + b.table[3*k+1] + b.table[3*k+2]
		}
		total += rescale(b.message)
		if math.IsInf(total, -1) {
			return total
		}
	}
	return total
}

// down sends what the rest of the family says back to every bucket and returns
// each unit's joint posterior.
func (t *tree) down(n *network) [][]float64 {
	for i := len(t.buckets) - 1; i >= 0; i-- {
		b := &t.buckets[i]
		for _, c := range b.children {
			child := &t.buckets[c]
			rest := child.scope[:len(child.scope)-1]
			outside := make([]float64, len(child.message))
			sumOnto(outside, rest, b.table, b.scope)
			for k, m := range child.message {
				if m > 0 {
					outside[k] /= m
				}
			}
			rescale(outside)
			for k, w := range outside {
				child.table[3*k] *= w
				child.table[3*k+1] *= w
				child.table[3*k+2] *= w
			}
		}
	}
	out := make([][]float64, len(n.members))
	for u := range n.members {
		vars := make([]int, n.genes)
		for g := range vars {
			vars[g] = u*n.genes + g
		}
		// A unit's genes stand together in the bucket of its first gene: the
		// likelihood joins them.
		b := &t.buckets[t.rank[vars[0]]]
		out[u] = make([]float64, entries(n.genes))
		sumOnto(out[u], vars, b.table, b.scope)
		sum := 0.0
		for _, v := range out[u] {
			sum += v
		}
		for k := range out[u] {
			out[u][k] /= sum
		}
	}
	return out
}
