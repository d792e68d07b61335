package model

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Number is one number of the model as people read and sign it.
type Number struct{ What, Value, Source string }

// Numbers is everything the model is worked out from, in the order it is used.
func (m *Model) Numbers() []Number {
	var out []Number
	add := func(what, value string, sources ...string) {
		var titles []string
		for _, id := range sources {
			i := slices.IndexFunc(m.f.Sources, func(s Source) bool { return s.ID == id })
			titles = append(titles, m.f.Sources[i].Issuer+", "+m.f.Sources[i].Section)
		}
		out = append(out, Number{what, value, strings.Join(titles, "; ")})
	}
	banded := func(what string, v value) {
		add(what, fmt.Sprintf("%s (%s to %s)", share(v.Base), share(v.Low), share(v.High)), v.Source...)
	}
	for _, g := range m.f.Genes {
		add(g.Name+": carriers", fmt.Sprintf("1 in %g", g.OneIn), m.f.Prevalence.Source...)
	}
	add("all genes together, low", share(m.f.Prevalence.Low.Total), m.f.Prevalence.Low.Source...)
	add("all genes together, high", share(m.f.Prevalence.High.Total), m.f.Prevalence.High.Source...)
	banded("carriers whose variant is new in them", m.f.New)
	for _, def := range m.cancers {
		for _, g := range m.f.Genes {
			for _, sex := range sexes(def) {
				r := m.risks[riskKey{g.Name, def.ID, sex}]
				value := "as everybody's"
				if r.excess {
					value = fmt.Sprintf("%s (%s to %s) to %d", share(r.risk.Base), share(r.risk.Low), share(r.risk.High), r.to)
				}
				add(fmt.Sprintf("%s, %s, %s", g.Name, def.Short, sex), value, r.source)
			}
			if s, ok := m.shapes[shapeKey{g.Name, def.ID}]; ok {
				add(fmt.Sprintf("%s, %s: ratio by age", g.Name, def.Short), fmt.Sprintf("log ratio: a constant %+g t %+g t squared, t = (age - %g) / %g", s.slope, s.curve, s.centre, s.scale), s.source)
			}
		}
	}
	for _, r := range m.f.Ratios {
		for _, gene := range slices.Sorted(maps.Keys(r.Genes)) {
			v := r.Genes[gene]
			add(gene+", ratio of "+strings.ReplaceAll(strings.Join(r.Conditions, ", "), "_", " "), fmt.Sprintf("%g (%g to %g)", v.Base, v.Low, v.High), v.Source...)
		}
	}
	for _, what := range slices.Sorted(maps.Keys(m.values())) {
		if what != "new_variants" {
			banded(strings.ReplaceAll(what, "_", " "), *m.values()[what])
		}
	}
	for _, p := range m.f.Patterns.Rows {
		add(p.Gene+" pattern among abnormal tumours of others", share(p.Others), m.f.Patterns.Source...)
	}
	return out
}

// Rates is the yearly rate of everybody in cases per 100,000, by cancer, sex and
// the age each stretch begins at.
func (m *Model) Rates() []Number {
	var out []Number
	for _, def := range m.cancers {
		for _, sex := range sexes(def) {
			var parts []string
			for _, b := range m.rates[rateKey{def.ID, sex}] {
				parts = append(parts, fmt.Sprintf("%d: %.1f", b.from, 1e5*b.cases.Base/b.years))
			}
			out = append(out, Number{What: def.Short + ", " + sex, Value: strings.Join(parts, ", ")})
		}
	}
	return out
}

// share is a share as a percentage with the digits it was given.
func share(v float64) string { return fmt.Sprintf("%g%%", math.Round(v*1e6)/1e4) }
