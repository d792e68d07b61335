package check

import (
	"math"
	"reflect"
	"testing"

	"kindred/rules"
	"kindred/rules/carrier/model"
)

// Every patient of the vignettes, of FH too, has a chance with a band, and the
// same advice before and after it was worked out.
func TestEveryVignetteHasACarrierChanceAndKeepsItsAdvice(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Load(rules.Files, "lynch", lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, v := range append(vignettesOf(t, "lynch"), vignettesOf(t, "fh")...) {
		c, err := rules.ParseCase(v.Case, lib.Dictionary())
		if err != nil {
			continue // a vignette of what cannot be read
		}
		before, err := book.Assess(c)
		if err != nil {
			t.Fatalf("%s: %v", v.ID, err)
		}
		r, err := m.Compute(t.Context(), c)
		if err != nil {
			t.Errorf("%s: %v", v.ID, err)
			continue
		}
		n++
		if len(r.Conflict) > 0 || len(r.People) != len(c.People) {
			t.Errorf("%s: in conflict %v, %d chances for %d people", v.ID, r.Conflict, len(r.People), len(c.People))
		}
		for _, p := range r.People {
			bands := []model.Band{p.Any}
			sum := 0.0
			for _, g := range r.Genes {
				bands = append(bands, p.ByGene[g])
				sum += p.ByGene[g].Base
			}
			for _, b := range bands {
				if !(b.Low >= 0 && b.Low <= b.Base && b.Base <= b.High && b.High <= 1+1e-12) {
					t.Errorf("%s, %s: %+v", v.ID, p.Person, b)
				}
			}
			if p.Any.Base > sum+1e-9 || math.IsNaN(sum) {
				t.Errorf("%s, %s: any gene %.6f, all added up %.6f", v.ID, p.Person, p.Any.Base, sum)
			}
		}
		if after, err := book.Assess(c); err != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("%s: the advice changed: %v", v.ID, err)
		}
	}
	if n < 150 {
		t.Errorf("only %d vignettes were worked out", n)
	}
}
