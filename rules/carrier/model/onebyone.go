package model

import (
	"errors"
	"math"
	"slices"

	"kindred/rules"
	"kindred/rules/carrier"
)

const oneByOneText = "The family is too entangled to work all genes out together, so each was worked out by itself, as if at most one of them could be in the family: close, but not exact."

// single is the chances of genes worked out one by one.
type single struct {
	byGene []*carrier.Result
	scale  []float64
}

// oneByOne works every gene out by itself and weighs the genes against each
// other by how much better each explains the family than no variant at all. With
// at most one gene in the family, Z(gene) and Z(none) are the likelihoods with
// that gene alone and with none, and o = Z(gene)/Z(none) - 1 are the odds of the
// gene; a chance p worked out with the gene alone then becomes
// p (1 + o) / (1 + sum of all o).
func (m *Model) oneByOne(fam *carrier.Family, p *rules.Pedigree, list []evidence, s setting) (chances, error) {
	k := m.at(s)
	out := &single{}
	var better []float64 // log Z(gene) less the log chance that nobody has that gene's variants
	var alone error
	none := 0.0 // log P(evidence | nobody has any variant)
	for i := range list {
		none += math.Log(m.bySet(k, &list[i])[0])
	}
	for g := range m.f.Genes {
		f := carrier.Family{People: fam.People, Twins: fam.Twins, Likelihood: map[string][]float64{}}
		f.Genes = []carrier.Gene{{Name: m.f.Genes[g].Name, Freq: k.freq[g], Mutation: k.born[g]}}
		for i := range list {
			bySet := m.bySet(k, &list[i])
			f.Likelihood[p.People[list[i].index].ID] = []float64{bySet[0], bySet[1<<g], bySet[1<<g]}
		}
		res, err := f.Solve()
		if impossible := (*carrier.ImpossibleError)(nil); errors.As(err, &impossible) {
			alone = err // this gene alone explains nothing: a variant was found in another
			better = append(better, math.Inf(-1))
			out.byGene = append(out.byGene, nil)
			continue
		}
		if err != nil {
			return nil, err
		}
		better = append(better, res.LogLikelihood-withoutAny(p, k.freq[g], k.born[g]))
		out.byGene = append(out.byGene, res)
	}
	// Each term is Z(gene)/Z(none); taken over the largest so that evidence that no
	// variant at all cannot explain (a variant was found) needs no other formula.
	top := max(none, slices.Max(better))
	if math.IsInf(top, -1) {
		return nil, alone
	}
	sum := math.Exp(none - top)
	for _, b := range better {
		sum += math.Exp(b-top) - math.Exp(none-top)
	}
	for _, b := range better {
		out.scale = append(out.scale, math.Exp(b-top)/sum)
	}
	return out, nil
}

// withoutAny is the logarithm of P(nobody in the family has a variant of a gene):
// two alleles for every founder, one for every parent nobody recorded, and no new
// variant in any gamete.
func withoutAny(p *rules.Pedigree, freq, born float64) float64 {
	out := 0.0
	for _, one := range p.People {
		for _, parent := range []int{one.Mother, one.Father} {
			if parent < 0 {
				out += math.Log1p(-freq)
			}
			if one.Mother >= 0 || one.Father >= 0 {
				out += math.Log1p(-born)
			}
		}
	}
	return out
}

func (s *single) Carrier(id string, gene int) float64 {
	if s.byGene[gene] == nil {
		return 0
	}
	return min(1, s.byGene[gene].Carrier(id, 0)*s.scale[gene])
}

func (s *single) AtLeast(id string, genes int) float64 {
	if genes > 1 {
		return 0
	}
	sum := 0.0
	for g := range s.byGene {
		sum += s.Carrier(id, g)
	}
	return min(1, sum)
}
