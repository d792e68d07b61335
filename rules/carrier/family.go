// Package carrier computes, for everyone in a family, the probability of each
// genotype at one or several unlinked genes, given what is known about anyone.
//
// It is exact and deterministic: the family becomes a network of three-state
// variables (0, 1 or 2 copies of a variant, one variable a gene and person),
// eliminated along a tree of cliques. One pass up and one down give everyone's
// posterior at once. Marriages between relatives, several marriages and
// identical twins of any number need no special case. Every message is scaled,
// so that families of any size neither underflow nor lose digits.
//
// The result is context for a clinician. It never changes an outcome.
package carrier

import (
	"fmt"
	"math"
	"strings"
)

// Gene is one autosomal gene at which variants are inherited.
type Gene struct {
	Name     string
	Freq     float64 // frequency of variant alleles in founders, 0 to 1 (Hardy-Weinberg)
	Mutation float64 // chance that a gamete carries a new variant, 0 to 1
}

// Person is a member of the family. A parent that is not recorded is "", and
// stands for somebody drawn from the population.
type Person struct {
	ID     string
	Father string
	Mother string
}

// Family is what the engine is given.
type Family struct {
	Genes  []Gene
	People []Person
	// Twins are groups of identical twins: one genotype for the whole group.
	Twins [][]string
	// Likelihood holds, by person, P(everything known about them | genotype).
	// The index is the genotype read as digits to the base 3, the first gene's
	// copies being the highest digit: with one gene [0, 1, 2 copies]. Nobody
	// about whom something is known may be left out; nothing known is no entry.
	Likelihood map[string][]float64
}

// Genotypes is how many joint genotypes a family of genes has: 3 to their number.
func (f *Family) Genotypes() int {
	n := 1
	for range f.Genes {
		n *= 3
	}
	return n
}

// maxGenes keeps a joint genotype table at 729 entries; Lynch needs four genes.
const maxGenes = 6

// check names the first thing that makes the family unusable.
func (f *Family) check() error {
	if n := len(f.Genes); n == 0 || n > maxGenes {
		return fmt.Errorf("a family is computed for 1 to %d genes, not for %d", maxGenes, n)
	}
	for _, g := range f.Genes {
		if !(g.Freq >= 0 && g.Freq <= 1) || !(g.Mutation >= 0 && g.Mutation <= 1) {
			return fmt.Errorf("gene %s: allele frequency %v and mutation rate %v must lie between 0 and 1", g.Name, g.Freq, g.Mutation)
		}
	}
	seen := map[string]bool{}
	for _, p := range f.People {
		if p.ID == "" || seen[p.ID] {
			return fmt.Errorf("person %q: every person needs an id of their own", p.ID)
		}
		seen[p.ID] = true
	}
	for _, p := range f.People {
		for _, parent := range []string{p.Father, p.Mother} {
			if parent != "" && !seen[parent] {
				return fmt.Errorf("person %s: parent %s is not among the people", p.ID, parent)
			}
		}
		if p.Father != "" && p.Father == p.Mother {
			return fmt.Errorf("person %s: %s cannot be both parents", p.ID, p.Father)
		}
	}
	return f.checkLikelihood(seen)
}

func (f *Family) checkLikelihood(known map[string]bool) error {
	for id, row := range f.Likelihood {
		if !known[id] {
			return fmt.Errorf("likelihood for %s, who is not among the people", id)
		}
		if len(row) != f.Genotypes() {
			return fmt.Errorf("person %s: %d likelihoods given, %d genotypes exist", id, len(row), f.Genotypes())
		}
		for _, v := range row {
			if !(v >= 0) || math.IsInf(v, 1) {
				return fmt.Errorf("person %s: likelihood %v is not a number from 0 up", id, v)
			}
		}
	}
	return nil
}

// Result is everyone's posterior.
type Result struct {
	// LogLikelihood is the natural log of P(everything known).
	LogLikelihood float64
	genes         int
	index         map[string]int
	joint         [][]float64
}

// Joint returns P(joint genotype | everything known) of a person, indexed as
// Family.Likelihood is, or nil for somebody who is not in the family.
func (r *Result) Joint(id string) []float64 {
	i, ok := r.index[id]
	if !ok {
		return nil
	}
	return r.joint[i]
}

// Copies returns P(0, 1, 2 copies) of one gene for a person.
func (r *Result) Copies(id string, gene int) [3]float64 {
	var out [3]float64
	for g, p := range r.Joint(id) {
		out[digit(g, gene, r.genes)] += p
	}
	return out
}

// Carrier returns P(at least one copy) of one gene for a person.
func (r *Result) Carrier(id string, gene int) float64 {
	c := r.Copies(id, gene)
	return c[1] + c[2]
}

// AtLeast returns P(variants in at least n different genes) for a person.
func (r *Result) AtLeast(id string, n int) float64 {
	sum := 0.0
	for g, p := range r.Joint(id) {
		genes := 0
		for k := range r.genes {
			if digit(g, k, r.genes) > 0 {
				genes++
			}
		}
		if genes >= n {
			sum += p
		}
	}
	return sum
}

// digit is the copies of one gene in a joint genotype.
func digit(genotype, gene, genes int) int {
	for k := genes - 1; k > gene; k-- {
		genotype /= 3
	}
	return genotype % 3
}

// ImpossibleError says that no genotypes explain the data, and whose data
// contradict each other: leaving any one of them out resolves it.
type ImpossibleError struct{ People []string }

func (e *ImpossibleError) Error() string {
	return "no genotypes explain what is recorded; the entries in conflict belong to " +
		strings.Join(e.People, ", ") + "; check their test results and who their parents are"
}

// EntangledError says that so many people are related to each other in so many
// ways that all their genotypes at that many genes cannot be held at once.
type EntangledError struct{ Genes int }

func (e *EntangledError) Error() string {
	return fmt.Sprintf("the family is too entangled to compute exactly for %d genes together: compute fewer genes at a time", e.Genes)
}
