package check

import (
	"encoding/json"
	"fmt"
	"math"

	"kindred/rules/carrier"
)

// people is a list of persons, one person, or an empty object.
type people []personID

func (p *people) UnmarshalJSON(data []byte) error {
	if *p = nil; string(data) == "null" {
		return nil
	}
	var one personID
	if json.Unmarshal(data, &one) == nil {
		*p = people{one}
		return nil
	}
	var many []personID
	if json.Unmarshal(data, &many) == nil {
		*p = many
		return nil
	}
	var none map[string]int
	return json.Unmarshal(data, &none)
}

// cosegregation is a family in which a variant was followed (full-likelihood
// Bayes factor, Thompson 2003).
type cosegregation struct {
	Ped     string `json:"ped"`
	Members []struct {
		ID     personID `json:"id"`
		Father personID `json:"fid"`
		Mother personID `json:"mid"`
	} `json:"members"`
	Carriers    people          `json:"carriers"`
	Noncarriers people          `json:"noncarriers"`
	Affected    people          `json:"affected"`
	Unknown     people          `json:"unknown"`
	Freq        float64         `json:"freq"`
	Penetrance  []float64       `json:"penetrances"`
	Proband     personID        `json:"proband"`
	FLB         json.RawMessage `json:"FLB"`
}

func checkCosegregation(section json.RawMessage) (Report, error) {
	v := verdicts{system: "carrier, co-segregation"}
	var body struct {
		Cases []cosegregation `json:"cases"`
	}
	if err := json.Unmarshal(section, &body); err != nil {
		return v.Report, fmt.Errorf("cases with members, carriers, affected and penetrances are expected: %w", err)
	}
	for i := range body.Cases {
		c := &body.Cases[i]
		id := fmt.Sprintf("%s (%d)", c.Ped, i+1)
		got, err := c.bayesFactor()
		if err != nil {
			v.add(id, string(c.FLB), "no answer", err.Error())
			continue
		}
		var want float64
		if err := json.Unmarshal(c.FLB, &want); err != nil {
			return v.Report, fmt.Errorf("%s: FLB is no number: %w", id, err)
		}
		v.add(id, string(c.FLB), fmt.Sprint(got), differs("the Bayes factor", want, got, asGiven(c.FLB)))
	}
	return v.Report, nil
}

// bayesFactor is P(marker, disease) / P(marker) times
// P(proband's genotype) / P(disease, proband's genotype).
func (c *cosegregation) bayesFactor() (float64, error) {
	if len(c.Penetrance) != 3 {
		return 0, fmt.Errorf("three penetrances are needed, %d are given", len(c.Penetrance))
	}
	f := &carrier.Family{Genes: []carrier.Gene{{Freq: c.Freq}}}
	for _, m := range c.Members {
		p := carrier.Person{ID: string(m.ID)}
		if m.Father != "0" {
			p.Father = string(m.Father)
		}
		if m.Mother != "0" {
			p.Mother = string(m.Mother)
		}
		f.People = append(f.People, p)
	}
	marker, proband, disease := map[string][]float64{}, map[string][]float64{}, map[string][]float64{}
	set := func(to map[string][]float64, ids people, row []float64) {
		for _, id := range ids {
			to[string(id)] = row
		}
	}
	set(marker, c.Carriers, []float64{0, 1, 0})
	set(marker, c.Noncarriers, []float64{1, 0, 0})
	healthy := []float64{1 - c.Penetrance[0], 1 - c.Penetrance[1], 1 - c.Penetrance[2]}
	for _, p := range f.People {
		disease[p.ID] = healthy
	}
	set(disease, c.Affected, c.Penetrance)
	set(disease, c.Unknown, []float64{1, 1, 1})
	own := string(c.Proband)
	row, ok := marker[own]
	if !ok {
		return 0, fmt.Errorf("the proband %s was not tested", own)
	}
	proband[own] = row

	logs := make([]float64, 4)
	for i, data := range []map[string][]float64{both(marker, disease), marker, proband, both(proband, disease)} {
		f.Likelihood = data
		res, err := f.Solve()
		if err != nil {
			return 0, err
		}
		logs[i] = res.LogLikelihood
	}
	return math.Exp(logs[0] - logs[1] + logs[2] - logs[3]), nil
}

// both multiplies what two sources say about each person.
func both(a, b map[string][]float64) map[string][]float64 {
	out := map[string][]float64{}
	for id, row := range b {
		out[id] = row
	}
	for id, row := range a {
		other, ok := b[id]
		if !ok {
			out[id] = row
			continue
		}
		out[id] = []float64{row[0] * other[0], row[1] * other[1], row[2] * other[2]}
	}
	return out
}
