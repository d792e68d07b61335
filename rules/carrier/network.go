package carrier

import "fmt"

// factor is a non-negative table over some variables, three states each, the
// last variable running fastest.
type factor struct {
	vars []int
	data []float64
}

// network is the family as variables and factors. A unit is a person or a
// group of identical twins; its variables are unit*genes … unit*genes+genes-1.
type network struct {
	genes   int
	unitOf  []int     // person -> unit
	members [][]int   // unit -> people
	parents [][2]int  // unit -> father's and mother's unit, -1 when not recorded
	factors []factor  // all but the likelihoods
	data    []float64 // likelihoods, unit by unit, scaled to a largest entry of 1
	scale   []float64 // unit -> log of what data was divided by
}

// build turns a checked family into a network.
func build(f *Family) (*network, error) {
	n := &network{genes: len(f.Genes), unitOf: make([]int, len(f.People))}
	index := make(map[string]int, len(f.People))
	for i, p := range f.People {
		index[p.ID] = i
		n.unitOf[i] = -1
	}
	for _, group := range f.Twins {
		for _, id := range group {
			i, ok := index[id]
			if !ok {
				return nil, fmt.Errorf("identical twin %s is not among the people", id)
			}
			if n.unitOf[i] >= 0 {
				return nil, fmt.Errorf("%s stands in two groups of identical twins", id)
			}
			n.unitOf[i] = len(n.members)
		}
		n.members = append(n.members, nil)
	}
	for i := range f.People {
		if n.unitOf[i] < 0 {
			n.unitOf[i] = len(n.members)
			n.members = append(n.members, nil)
		}
		u := n.unitOf[i]
		n.members[u] = append(n.members[u], i)
	}
	if err := n.link(f, index); err != nil {
		return nil, err
	}
	n.inherit(f)
	return n, nil
}

// link finds every unit's parents and refuses families that are no families.
func (n *network) link(f *Family, index map[string]int) error {
	unit := func(id string) int {
		if id == "" {
			return -1
		}
		return n.unitOf[index[id]]
	}
	n.parents = make([][2]int, len(n.members))
	for u, people := range n.members {
		for k, i := range people {
			p := f.People[i]
			pair := [2]int{unit(p.Father), unit(p.Mother)}
			if k == 0 {
				n.parents[u] = pair
			}
			first := f.People[people[0]]
			if p.Father != first.Father || p.Mother != first.Mother {
				return fmt.Errorf("%s and %s are recorded as identical twins but have different parents", first.ID, p.ID)
			}
			if pair[0] >= 0 && pair[0] == pair[1] {
				return fmt.Errorf("person %s: the parents are recorded as identical twins of each other", p.ID)
			}
		}
	}
	// An ancestor of oneself would make the transmission factors a circle.
	state := make([]uint8, len(n.members))
	var visit func(u int) int
	visit = func(u int) int {
		switch {
		case u < 0 || state[u] == 2:
			return -1
		case state[u] == 1:
			return u
		}
		state[u] = 1
		for _, p := range n.parents[u] {
			if c := visit(p); c >= 0 {
				return c
			}
		}
		state[u] = 2
		return -1
	}
	for u := range n.members {
		if c := visit(u); c >= 0 {
			return fmt.Errorf("person %s is recorded as their own ancestor", f.People[n.members[c][0]].ID)
		}
	}
	return nil
}

// inherit adds, unit by unit and gene by gene, how copies come down.
func (n *network) inherit(f *Family) {
	for g, gene := range f.Genes {
		prior := hardyWeinberg(gene.Freq)
		for u := range n.members {
			v := func(unit int) int { return unit*n.genes + g }
			fa, mo := n.parents[u][0], n.parents[u][1]
			switch {
			case fa < 0 && mo < 0:
				n.factors = append(n.factors, factor{[]int{v(u)}, prior[:]})
			case fa < 0 || mo < 0:
				n.factors = append(n.factors, oneParent(v(u), v(max(fa, mo)), prior, gene.Mutation))
			default:
				n.factors = append(n.factors, twoParents(v(u), v(fa), v(mo), gene.Mutation))
			}
		}
	}
}

// weigh sets the likelihoods, leaving out the people in skip.
func (n *network) weigh(f *Family, skip map[int]bool) {
	size := f.Genotypes()
	n.data = make([]float64, len(n.members)*size)
	n.scale = make([]float64, len(n.members))
	for u, people := range n.members {
		row := n.data[u*size : (u+1)*size]
		for k := range row {
			row[k] = 1
		}
		for _, i := range people {
			lik, ok := f.Likelihood[f.People[i].ID]
			if !ok || skip[i] {
				continue
			}
			for k := range row {
				row[k] *= lik[k]
			}
			n.scale[u] += rescale(row)
		}
	}
}

func hardyWeinberg(q float64) [3]float64 {
	p := 1 - q
	return [3]float64{p * p, 2 * p * q, q * q}
}

// gamete is P(a gamete carries a variant | copies of the parent).
func gamete(copies int, mutation float64) float64 {
	half := float64(copies) / 2
	return half + (1-half)*mutation
}

// child is P(copies | chances that the father's and the mother's gamete carry one).
func child(copies int, a, b float64) float64 {
	switch copies {
	case 0:
		return (1 - a) * (1 - b)
	case 1:
		return a*(1-b) + b*(1-a)
	}
	return a * b
}

func twoParents(c, f, m int, mutation float64) factor {
	t := factor{[]int{c, f, m}, make([]float64, 27)}
	for k := range t.data {
		t.data[k] = child(k/9, gamete(k/3%3, mutation), gamete(k%3, mutation))
	}
	return t
}

func oneParent(c, p int, prior [3]float64, mutation float64) factor {
	t := factor{[]int{c, p}, make([]float64, 9)}
	for k := range t.data {
		for other, w := range prior {
			t.data[k] += w * child(k/3, gamete(k%3, mutation), gamete(other, mutation))
		}
	}
	return t
}
