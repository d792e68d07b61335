// Package risk tells how often carriers of a Lynch variant get a first cancer,
// by gene, sex and age, as one prospective database observed it, with its
// uncertainty. It is for talking with people: no rule reads it.
package risk

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
)

//go:embed data/*.csv
var files embed.FS

// Source is where all numbers of this package come from.
const Source = "Prospective Lynch Syndrome Database, Gut 2017;66:464 and 2017 organ tables"

// ErrNoNumbers is why there are none: the gene is suppressed or unknown, the
// cancer does not concern the sex, the age is not covered.
var ErrNoNumbers = errors.New("no numbers")

// Pooled is the sex of rows that describe women and men together and say
// nothing of one of them.
const Pooled = "pooled"

// Range is a risk in percent with its 95% confidence interval.
type Range struct {
	Percent, Low, High float64
	Cases              int     // cancers it rests on; -1 where the source does not say
	PersonYears        float64 // years of observation it rests on; 0 where the source does not say
	Pooled             bool    // both sexes together
}

// Curve is the cumulative risk of one cancer from 25, as printed.
type Curve struct {
	Cancer string
	Pooled bool
	Points []Point
}

// Point is the risk up to an age.
type Point struct {
	Age int
	Range
}

// Caveat is what must be said beside the numbers.
type Caveat struct{ Text, Source string }

type band struct {
	from   int
	years  float64
	cases  int
	pooled bool
}

// Tables is the data, read once.
type Tables struct {
	organ     [][]string
	incidence map[key][]band
	caveats   [][]string
}

type key struct{ cancer, sex, gene string }

// printedFrom is the age from which the printed risks count.
const printedFrom = 25

// bandYears is the width of the age bands of the incidence table.
const bandYears = 5

// Load reads the data; the error names the row that cannot be read.
func Load() (*Tables, error) {
	t := &Tables{incidence: map[key][]band{}}
	var err error
	if t.organ, err = table("organ.csv"); err != nil {
		return nil, err
	}
	if t.caveats, err = table("caveats.csv"); err != nil {
		return nil, err
	}
	rows, err := table("incidence.csv")
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		from, e1 := strconv.Atoi(r[3])
		years, e2 := strconv.ParseFloat(r[4], 64)
		cases, e3 := strconv.Atoi(r[5])
		if err := errors.Join(e1, e2, e3); err != nil {
			return nil, fmt.Errorf("incidence.csv, row %d: %w", i+1, err)
		}
		k := key{r[0], r[1], r[2]}
		t.incidence[k] = append(t.incidence[k], band{from, years, cases, r[1] == Pooled})
	}
	return t, nil
}

func table(name string) ([][]string, error) {
	f, err := files.Open("data/" + name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows[1:], nil
}

// Genes are the genes with numbers.
func (t *Tables) Genes() []string { return t.distinct(2) }

// Cancers are the cancers of the incidence table, for Between.
func (t *Tables) Cancers() []string {
	var out []string
	for k := range t.incidence {
		out = append(out, k.cancer)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (t *Tables) distinct(column int) []string {
	var out []string
	for _, r := range t.organ {
		out = append(out, r[column])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Caveats are what must stand beside the numbers of a gene.
func (t *Tables) Caveats(gene string) (out []Caveat) {
	for _, r := range t.caveats {
		if r[0] == "*" || r[0] == gene {
			out = append(out, Caveat{r[1], r[2]})
		}
	}
	return out
}

// Curves gives the printed cumulative risks from 25 of a gene for a sex
// ("female", "male", "" for not known: then only what does not depend on it).
// Where the source prints both sexes together but the incidence is there for the
// sex, the curve is worked out from that by the product rule; else the pooled one
// is given, marked.
func (t *Tables) Curves(gene, sex string) ([]Curve, error) {
	if !slices.Contains(t.Genes(), gene) {
		return nil, fmt.Errorf("%w for %s", ErrNoNumbers, gene)
	}
	var out []Curve
	for i, r := range t.organ {
		if r[2] != gene || r[1] != Pooled && r[1] != sex {
			continue
		}
		var v [5]float64
		for n := range v {
			x, err := strconv.ParseFloat(r[3+n], 64)
			if err != nil {
				return nil, fmt.Errorf("organ.csv, row %d: %w", i+1, err)
			}
			v[n] = x
		}
		p := Point{int(v[1]), Range{Percent: v[2], Low: v[3], High: v[4], Cases: -1, Pooled: r[1] == Pooled}}
		if n := len(out); n > 0 && out[n-1].Cancer == r[0] && out[n-1].Pooled == p.Pooled {
			out[n-1].Points = append(out[n-1].Points, p)
		} else {
			out = append(out, Curve{Cancer: r[0], Pooled: p.Pooled, Points: []Point{p}})
		}
	}
	for i := range out {
		t.ofOneSex(&out[i], gene, sex)
	}
	return out, nil
}

// ofOneSex replaces a curve of both sexes by that of one where it can be worked
// out.
func (t *Tables) ofOneSex(c *Curve, gene, sex string) {
	if _, ok := t.incidence[key{c.Cancer, sex, gene}]; !ok || !c.Pooled {
		return
	}
	for i := range c.Points {
		r, err := t.Between(gene, sex, c.Cancer, printedFrom, c.Points[i].Age)
		if err != nil {
			return
		}
		c.Points[i].Range = r
	}
	c.Pooled = false
}

// Between is the risk of a first cancer from one birthday up to another for a
// carrier who had none before: by the product rule over the years between, from
// the incidence of each five-year band, never by subtracting cumulative risks.
// The interval is Fay and Feuer's for a weighted sum of Poisson counts.
func (t *Tables) Between(gene, sex, cancer string, from, to int) (Range, error) {
	bands, ok := t.incidence[key{cancer, sex, gene}]
	if !ok {
		if bands, ok = t.incidence[key{cancer, Pooled, gene}]; ok && t.sexed(cancer) && sex != "" {
			ok = false
		}
	}
	if !ok {
		return Range{}, fmt.Errorf("%w on %s for %s, sex %s", ErrNoNumbers, cancer, gene, orUnknown(sex))
	}
	first, last := bands[0].from, bands[len(bands)-1].from+bandYears
	if from < first || to > last || from >= to {
		return Range{}, fmt.Errorf("%w from %d to %d: the ages covered are %d to %d", ErrNoNumbers, from, to, first, last)
	}
	free := 1.0
	var sum weighted
	out := Range{Pooled: bands[0].pooled}
	for _, b := range bands {
		years := min(to, b.from+bandYears) - max(from, b.from)
		if years <= 0 {
			continue
		}
		free *= math.Pow(1-float64(b.cases)/b.years, float64(years))
		sum.add(float64(years)/b.years, b.cases)
		out.Cases += b.cases
		out.PersonYears += b.years
	}
	low, high := sum.interval()
	out.Percent, out.Low, out.High = 100*(1-free), 100*-math.Expm1(-low), 100*-math.Expm1(-high)
	return out, nil
}

// sexed tells whether a cancer has rows for one sex; its pooled row then says
// nothing of a person whose sex is known.
func (t *Tables) sexed(cancer string) bool {
	for k := range t.incidence {
		if k.cancer == cancer && k.sex != Pooled {
			return true
		}
	}
	return false
}

func orUnknown(s string) string {
	if s == "" {
		return "not known"
	}
	return s
}
