package model

import "math"

// setting is which end of each group of inputs a run takes.
type setting struct{ prevalence, risks, baseline, tests level }

// settings are the runs of a band: the base, then every combination of ends.
func settings() []setting {
	out := []setting{{}}
	ends := []level{low, high}
	for _, p := range ends {
		for _, r := range ends {
			for _, b := range ends {
				for _, t := range ends {
					out = append(out, setting{p, r, b, t})
				}
			}
		}
	}
	return out
}

// compiled is the model at one setting. A set of genes is a bit mask.
type compiled struct {
	s    setting
	freq []float64 // allele frequency by gene
	born []float64 // chance of a new variant in a gamete, by gene
	// alive is P(no such cancer before the birthday) by cancer, sex (0 female, 1
	// male), gene set and age; nil where the sex cannot have it.
	alive [][2][][]float64
}

// at gives the model at a setting, made when first asked for.
func (m *Model) at(s setting) *compiled {
	m.mu.Lock()
	defer m.mu.Unlock()
	if k := m.made[s]; k != nil {
		return k
	}
	k := &compiled{s: s}
	m.frequencies(k)
	for _, def := range m.cancers {
		var one [2][][]float64
		for _, sex := range sexes(def) {
			one[sexIndex(sex)] = m.curves(def.ID, sex, s)
		}
		k.alive = append(k.alive, one)
	}
	m.made[s] = k
	return k
}

func sexIndex(sex string) int {
	if sex == "male" {
		return 1
	}
	return 0
}

// frequencies sets how common variants are. A share s of carriers is new: with
// carriers 2q of the people, 2 mu of the children are new carriers, so mu = s q.
func (m *Model) frequencies(k *compiled) {
	scale := 1.0
	if k.s.prevalence != base {
		sum := 0.0
		for _, g := range m.f.Genes {
			sum += 1 / g.OneIn
		}
		scale = m.f.Prevalence.Low.Total / sum
		if k.s.prevalence == high {
			scale = m.f.Prevalence.High.Total / sum
		}
	}
	for _, g := range m.f.Genes {
		q := 1 - math.Sqrt(1-scale/g.OneIn)
		k.freq = append(k.freq, q)
		k.born = append(k.born, q*m.f.New.at(k.s.prevalence))
	}
}

// baseline is the yearly rate of everybody by age in completed years.
func (m *Model) baseline(condition, sex string, l level) []float64 {
	out := make([]float64, m.f.Oldest)
	bands := m.rates[rateKey{condition, sex}]
	at := 0
	for age := range out {
		for at+1 < len(bands) && bands[at+1].from <= age {
			at++
		}
		out[age] = min(1, bands[at].cases.at(l)/bands[at].years)
	}
	return out
}

// curves gives P(no cancer before a birthday) for every gene set: the highest
// rate of the genes carried.
func (m *Model) curves(condition, sex string, s setting) [][]float64 {
	plain := m.baseline(condition, sex, s.baseline)
	byGene := make([][]float64, len(m.f.Genes))
	for g := range m.f.Genes {
		byGene[g] = m.carrierRates(g, condition, sex, plain, s.risks)
	}
	out := make([][]float64, 1<<len(m.f.Genes))
	for set := range out {
		alive := make([]float64, len(plain)+1)
		alive[0] = 1
		for age, r := range plain {
			for g := range byGene {
				if set>>g&1 != 0 {
					r = max(r, byGene[g][age])
				}
			}
			alive[age+1] = alive[age] * (1 - r)
		}
		out[set] = alive
	}
	return out
}

// carrierRates is the yearly rate of a gene's carriers: that of everybody times a
// ratio that changes with age as shapes.csv says, at the level at which the
// product rule gives the cumulative risk of risks.csv; never below everybody's.
func (m *Model) carrierRates(gene int, condition, sex string, plain []float64, l level) []float64 {
	name := m.f.Genes[gene].Name
	c := m.risks[riskKey{name, condition, sex}]
	if !c.excess {
		return plain
	}
	ratio := make([]float64, len(plain))
	sh, shaped := m.shapes[shapeKey{name, condition}]
	for age := range ratio {
		ratio[age] = 1
		if shaped {
			t := (float64(age) + 0.5 - sh.centre) / sh.scale
			ratio[age] = math.Exp(sh.slope*t + sh.curve*t*t)
		}
	}
	out := make([]float64, len(plain))
	fill := func(logLevel float64) (risk float64) {
		free, k := 1.0, math.Exp(logLevel)
		for age, r := range plain {
			out[age] = min(1, r*max(1, k*ratio[age]))
			if age < c.to {
				free *= 1 - out[age]
			}
		}
		return 1 - free
	}
	lo, hi, target := -20.0, 20.0, c.risk.at(l)
	if fill(lo) >= target { // everybody's risk is above the lowest that carriers may have
		return out
	}
	for range 60 {
		mid := (lo + hi) / 2
		if fill(mid) < target {
			lo = mid
		} else {
			hi = mid
		}
	}
	fill(hi)
	return out
}
