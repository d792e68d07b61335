package model

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"kindred/rules"
	"kindred/rules/carrier"
)

// Schema is the form of a Result as JSON.
const Schema = "kindred.carrier/1"

// Result is everyone's chance, with what it rests on.
type Result struct {
	Schema string   `json:"schema"`
	Area   string   `json:"area"`
	Title  string   `json:"title"`
	Status string   `json:"status"` // transcribed or signed_off
	Genes  []string `json:"genes"`
	// Conflict names people whose entries no genotypes explain; then there are no
	// chances.
	Conflict   []Someone `json:"conflict,omitempty"`
	People     []Chance  `json:"people"`
	Population Band      `json:"population"` // of somebody about whom nothing is known
	Rests      Rests     `json:"rests_on"`
	Band       string    `json:"band"` // how the band is composed
	// Approximate says that and why the genes were worked out one by one.
	Approximate string   `json:"approximate,omitempty"`
	Limits      []string `json:"limits"` // what must be said beside the numbers
	Differ      []string `json:"sources_differ"`
	Sources     []Source `json:"sources"`
}

// Band is a chance from 0 to 1 with the lowest and highest the inputs allow.
type Band struct {
	Base float64 `json:"base"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Someone is a person of the case.
type Someone struct {
	Person string `json:"person"`
	Who    string `json:"who"`
}

// Chance is one person's.
type Chance struct {
	Someone
	Any    Band            `json:"any"`
	ByGene map[string]Band `json:"by_gene"`
}

// Rests is what the chances rest on, and what they leave out.
type Rests struct {
	Cancers      int       `json:"cancers"`        // that count
	Tumours      int       `json:"tumours_tested"` // with results that count
	Tested       int       `json:"gene_tests"`     // of people
	NotAsked     []Someone `json:"not_asked"`      // nobody asked about some of the cancers: nothing is taken for granted
	AgesNotKnown []Someone `json:"ages_not_known"` // summed over all ages that are possible
	NotUsed      []Unused  `json:"not_used"`       // entries that add nothing
}

// Unused is an entry that adds nothing, with the reason.
type Unused struct {
	Someone
	What string `json:"what"`
	Why  string `json:"why"`
}

const bandText = "The band is the lowest and the highest chance among all combinations of low and high prevalence, carriers' cancer risks, population rates and test accuracies (each at the end of its 95% interval or of what sources give): wider than a 95% interval."

// maxPeople bounds the work: sixteen runs over a thousand people take seconds
// where they are ordinary families, a minute where most are sisters.
const maxPeople = 1000

// Compute works everyone's chance out; it takes a fraction of a second for most
// families and some seconds where relatives married over generations. A case that
// contradicts itself gives a Result with Conflict; the error is a family that does
// not join up or has more than a thousand people, or that of the context.
func (m *Model) Compute(ctx context.Context, c *rules.Case) (*Result, error) {
	if n := len(c.People); n > maxPeople {
		return nil, fmt.Errorf("carrier chances are worked out for up to %d people, and this family has %d; leave branches out that bear on nobody asked about", maxPeople, n)
	}
	p, err := m.dict.Pedigree(c)
	if err != nil {
		return nil, err
	}
	list, notes := m.gather(c, p)
	out := &Result{
		Schema: Schema, Area: m.Area, Title: m.f.Title, Status: m.f.Status, People: []Chance{}, Rests: *notes, Band: bandText,
		Limits: m.f.Limits, Differ: m.f.Differ, Sources: m.f.Sources,
	}
	for _, g := range m.f.Genes {
		out.Genes = append(out.Genes, g.Name)
	}
	fam := m.family(p)
	solve := m.run
	for i, s := range settings() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		res, err := solve(fam, p, list, s)
		var entangled *carrier.EntangledError
		if errors.As(err, &entangled) && i == 0 {
			solve, out.Approximate = m.oneByOne, oneByOneText
			res, err = solve(fam, p, list, s)
		}
		var impossible *carrier.ImpossibleError
		if errors.As(err, &impossible) {
			out.Conflict = someones(impossible.People, c, p)
			out.People = []Chance{}
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("working out the carrier chances: %w", err)
		}
		out.take(c, p, res, i == 0)
		out.Population.take(m.population(s), i == 0)
	}
	return out, nil
}

func someones(ids []string, c *rules.Case, p *rules.Pedigree) []Someone {
	var out []Someone
	for i := range c.People {
		if slices.Contains(ids, c.People[i].ID) {
			out = append(out, Someone{c.People[i].ID, p.Who(i)})
		}
	}
	return out
}

// family is the pedigree as the engine takes it, without genes and evidence.
func (m *Model) family(p *rules.Pedigree) *carrier.Family {
	out := &carrier.Family{}
	id := func(i int) string {
		if i < 0 {
			return ""
		}
		return p.People[i].ID
	}
	for _, one := range p.People {
		out.People = append(out.People, carrier.Person{ID: one.ID, Father: id(one.Father), Mother: id(one.Mother)})
	}
	for _, group := range p.Twins {
		var ids []string
		for _, i := range group {
			ids = append(ids, id(i))
		}
		out.Twins = append(out.Twins, ids)
	}
	return out
}

// chances is the outcome of one run.
type chances interface {
	AtLeast(id string, genes int) float64
	Carrier(id string, gene int) float64
}

// run is one run of the engine, all genes together.
func (m *Model) run(fam *carrier.Family, p *rules.Pedigree, list []evidence, s setting) (chances, error) {
	k := m.at(s)
	f := carrier.Family{People: fam.People, Twins: fam.Twins, Likelihood: map[string][]float64{}}
	for g := range m.f.Genes {
		f.Genes = append(f.Genes, carrier.Gene{Name: m.f.Genes[g].Name, Freq: k.freq[g], Mutation: k.born[g]})
	}
	for i := range list {
		f.Likelihood[p.People[list[i].index].ID] = m.likelihood(k, &list[i])
	}
	res, err := f.Solve()
	if err != nil {
		return nil, err
	}
	return res, nil
}

// bySet is P(a person's evidence | the set of genes carried).
func (m *Model) bySet(k *compiled, e *evidence) []float64 {
	out := make([]float64, 1<<len(m.f.Genes))
	for set := range out {
		v := k.cancerChance(e, set) * m.ratioChance(k, e, set)
		for i := range e.tumours {
			v *= m.tumourChance(k, &e.tumours[i], set)
		}
		if e.germline != nil {
			v *= m.germlineChance(k, e.germline, set)
		}
		out[set] = v
	}
	return out
}

// likelihood spells a person's evidence out for every joint genotype: one copy
// counts as two.
func (m *Model) likelihood(k *compiled, e *evidence) []float64 {
	genes := len(m.f.Genes)
	bySet := m.bySet(k, e)
	size := 1
	for range genes {
		size *= 3
	}
	out := make([]float64, size)
	for genotype := range out {
		set := 0
		for g, rest := genes-1, genotype; g >= 0; g, rest = g-1, rest/3 {
			if rest%3 > 0 {
				set |= 1 << g
			}
		}
		out[genotype] = bySet[set]
	}
	return out
}

// take adds one run to everyone's band.
func (r *Result) take(c *rules.Case, p *rules.Pedigree, res chances, first bool) {
	for i := range c.People {
		id := c.People[i].ID
		if first {
			r.People = append(r.People, Chance{Someone: Someone{id, p.Who(i)}, ByGene: map[string]Band{}})
		}
		one := &r.People[i]
		one.Any.take(res.AtLeast(id, 1), first)
		for g, name := range r.Genes {
			b := one.ByGene[name]
			b.take(res.Carrier(id, g), first)
			one.ByGene[name] = b
		}
	}
}

func (b *Band) take(v float64, first bool) {
	if first {
		*b = Band{v, v, v}
		return
	}
	b.Low, b.High = min(b.Low, v), max(b.High, v)
}

// population is the chance of somebody about whom nothing is known.
func (m *Model) population(s setting) float64 {
	none := 1.0
	for _, q := range m.at(s).freq {
		none *= (1 - q) * (1 - q)
	}
	return 1 - none
}
