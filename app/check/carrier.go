package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"kindred/rules/carrier"
)

// Tolerances of the oracle's own readme: absolute, on posteriors and log likelihoods.
const (
	exactly    = 1e-9
	markerOnly = 1e-6
)

// oracleFamily is one computed family of an oracle file.
type oracleFamily struct {
	ID      string  `json:"id"`
	Freq    float64 `json:"q"`
	Members []struct {
		ID     personID `json:"id"`
		Father personID `json:"fa"`
		Mother personID `json:"mo"`
	} `json:"members"`
	Likelihood map[string][]float64 `json:"lik"`
	Twins      [][]personID         `json:"mz"`
	LogLik     *float64             `json:"loglik"`
	Posterior  map[string][]float64 `json:"posterior"`
	Possible   *bool                `json:"possible"`
}

// personID is an id written as a text or as a number; null is nobody.
type personID string

func (id *personID) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err == nil {
		*id = personID(text)
		return nil
	}
	var number json.Number
	if err := json.Unmarshal(data, &number); err != nil {
		return fmt.Errorf("a person's id is a text or a number, not %s", data)
	}
	*id = personID(number)
	return nil
}

func (o *oracleFamily) family(genes ...carrier.Gene) *carrier.Family {
	f := &carrier.Family{Genes: genes, Likelihood: o.Likelihood}
	there := map[personID]bool{}
	for _, m := range o.Members {
		there[m.ID] = true
	}
	parent := func(id personID) string {
		if id == "0" && !there[id] { // as pedigree files write nobody
			return ""
		}
		return string(id)
	}
	for _, m := range o.Members {
		f.People = append(f.People, carrier.Person{ID: string(m.ID), Father: parent(m.Father), Mother: parent(m.Mother)})
	}
	for _, group := range o.Twins {
		var ids []string
		for _, id := range group {
			ids = append(ids, string(id))
		}
		f.Twins = append(f.Twins, ids)
	}
	return f
}

// carrierSections checks every section an oracle file may have. marker_only
// takes its families from the sections with likelihoods, so it sees the file.
func carrierSections(file map[string]json.RawMessage) map[string]Oracle {
	marker := func(section json.RawMessage) (Report, error) { return checkMarkers(file, section) }
	return map[string]Oracle{
		"single_locus":          checkFamilies,
		"large":                 checkFamilies,
		"multi_gene":            checkMultiGene,
		"marker_only":           marker,
		"marker_only_pedprobr":  marker,
		"flb_cosegregation":     checkCosegregation,
		"flb":                   checkCosegregation,
		"cosegregation_flb":     checkCosegregation,
		"multi_gene_posteriors": checkMultiGene,
		"fh_ldl_lognormal":      checkLDL,
	}
}

// verdicts collects the outcome of computed cases.
type verdicts struct {
	system string
	Report
}

// add counts one case: why is empty when it agrees.
func (v *verdicts) add(id, expected, got, why string) {
	if why == "" {
		v.Passed++
		return
	}
	v.Failures = append(v.Failures, Failure{ID: id, System: v.system, Expected: expected, Got: got, Why: why})
}

// asGiven is how far a number may be off that was written with so many digits:
// half its last one, and never less than exactly.
func asGiven(written json.RawMessage) float64 {
	text := strings.ToLower(string(written))
	mantissa, power, _ := strings.Cut(text, "e")
	exponent, err := strconv.Atoi(strings.TrimPrefix(power, "+"))
	if err != nil {
		exponent = 0
	}
	_, decimals, _ := strings.Cut(mantissa, ".")
	value, _ := strconv.ParseFloat(text, 64)
	return math.Max(exactly*math.Max(1, math.Abs(value)), 0.5*math.Pow(10, float64(exponent-len(decimals))))
}

// differs says by how much two numbers differ, or nothing within tol.
func differs(what string, want, got, tol float64) string {
	if d := math.Abs(want - got); !(d <= tol) {
		return fmt.Sprintf("%s is %.12g, expected %.12g: off by %.2g, %.0g allowed", what, got, want, d, tol)
	}
	return ""
}

func checkFamilies(section json.RawMessage) (Report, error) {
	v := verdicts{system: "carrier"}
	var cases []oracleFamily
	if err := json.Unmarshal(section, &cases); err != nil {
		return v.Report, fmt.Errorf("a list of families is expected: %w", err)
	}
	for i := range cases {
		c := &cases[i]
		res, err := c.family(carrier.Gene{Freq: c.Freq}).Solve()
		var impossible *carrier.ImpossibleError
		if c.Possible != nil && !*c.Possible {
			why, got := "", "possible"
			if err != nil {
				got = err.Error()
			}
			if !errors.As(err, &impossible) || len(impossible.People) == 0 {
				why = "the data contradict each other, which was not said"
			}
			v.add(c.ID, "impossible", got, why)
			continue
		}
		if err != nil {
			v.add(c.ID, "posteriors", "no answer", err.Error())
			continue
		}
		v.add(c.ID, "posteriors as listed", "others", compareFamily(c, res))
	}
	return v.Report, nil
}

func compareFamily(c *oracleFamily, res *carrier.Result) string {
	if c.LogLik != nil {
		if why := differs("log likelihood", *c.LogLik, res.LogLikelihood, exactly); why != "" {
			return why
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Posterior)) {
		row := res.Joint(id)
		if len(row) != len(c.Posterior[id]) {
			return fmt.Sprintf("person %s: %d posteriors, %d expected", id, len(row), len(c.Posterior[id]))
		}
		for k, want := range c.Posterior[id] {
			if why := differs(fmt.Sprintf("person %s, %d copies", id, k), want, row[k], exactly); why != "" {
				return why
			}
		}
	}
	return ""
}

// multiGene is the oracle's several-gene section: one family whose likelihoods
// are a base for each person times, for a carrier, the strongest multiplier of
// the genes carried.
type multiGene struct {
	oracleFamily
	Freq    map[string]float64   `json:"q"`
	Base    []float64            `json:"base"`
	Mult    map[string][]float64 `json:"mult"`
	Results []struct {
		Genes  words    `json:"genes"`
		LogLik *float64 `json:"loglik"`
	} `json:"results"`
}

// words is one word or a list of them.
type words []string

func (w *words) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*w = words{one}
		return nil
	}
	var many []string
	err := json.Unmarshal(data, &many)
	*w = many
	return err
}

// checkMultiGene checks one such family, or a list of them.
func checkMultiGene(section json.RawMessage) (Report, error) {
	v := verdicts{system: "carrier, several genes"}
	var list []json.RawMessage
	if json.Unmarshal(section, &list) != nil {
		list = []json.RawMessage{section}
	}
	for _, one := range list {
		if err := v.multiGene(one); err != nil {
			return v.Report, err
		}
	}
	return v.Report, nil
}

func (v *verdicts) multiGene(section json.RawMessage) error {
	var m multiGene
	if err := json.Unmarshal(section, &m); err != nil {
		return fmt.Errorf("a family with q, base, mult and results is expected: %w", err)
	}
	var raw struct {
		Results []map[string]json.RawMessage `json:"results"`
	}
	if err := json.Unmarshal(section, &raw); err != nil {
		return fmt.Errorf("results cannot be read: %w", err)
	}
	for i, r := range m.Results {
		id := strings.TrimSpace(m.ID + " " + strings.Join(r.Genes, "+"))
		f, err := m.joint(r.Genes)
		if err != nil {
			return err
		}
		res, err := f.Solve()
		var impossible *carrier.ImpossibleError
		if errors.As(err, &impossible) && r.LogLik == nil {
			v.add(id, "impossible", "impossible", "")
			continue
		}
		if err != nil {
			v.add(id, "posteriors", "no answer", err.Error())
			continue
		}
		why := ""
		if r.LogLik != nil {
			why = differs("log likelihood", *r.LogLik, res.LogLikelihood, exactly)
		}
		for _, key := range slices.Sorted(maps.Keys(raw.Results[i])) {
			var want map[string]float64
			if why != "" || !strings.HasPrefix(key, "p") || json.Unmarshal(raw.Results[i][key], &want) != nil {
				continue
			}
			why = compareGenes(strings.TrimPrefix(key, "p"), want, r.Genes, res)
		}
		v.add(id, "posteriors as listed", "others", why)
	}
	return nil
}

func compareGenes(person string, want map[string]float64, genes []string, res *carrier.Result) string {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		var got float64
		switch name {
		case "any":
			got = res.AtLeast(person, 1)
		case "multi":
			got = res.AtLeast(person, 2)
		default:
			g := slices.Index(genes, name)
			if g < 0 {
				return fmt.Sprintf("person %s: gene %s is not among those computed", person, name)
			}
			got = res.Carrier(person, g)
		}
		if why := differs(fmt.Sprintf("person %s, %s", person, name), want[name], got, exactly); why != "" {
			return why
		}
	}
	return ""
}

// joint spells the likelihoods out for every joint genotype of some genes.
func (m *multiGene) joint(genes []string) (*carrier.Family, error) {
	f := m.family()
	f.Likelihood = map[string][]float64{}
	for _, g := range genes {
		f.Genes = append(f.Genes, carrier.Gene{Name: g, Freq: m.Freq[g]})
		if len(m.Mult[g]) != len(m.Members) {
			return nil, fmt.Errorf("gene %s has %d multipliers for %d people", g, len(m.Mult[g]), len(m.Members))
		}
	}
	if len(m.Base) != len(m.Members) {
		return nil, fmt.Errorf("%d base likelihoods for %d people", len(m.Base), len(m.Members))
	}
	for i, p := range m.Members {
		row := make([]float64, f.Genotypes())
		for k := range row {
			strongest := 1.0
			for g, rest := len(genes)-1, k; g >= 0; g, rest = g-1, rest/3 {
				if x := m.Mult[genes[g]][i]; rest%3 > 0 && math.Abs(math.Log(x)) > math.Abs(math.Log(strongest)) {
					strongest = x
				}
			}
			row[k] = m.Base[i] * strongest
		}
		f.Likelihood[string(p.ID)] = row
	}
	return f, nil
}

// knownGenotypes are the words of the marker section.
var knownGenotypes = map[string][]float64{
	"het": {0, 1, 0}, "hom": {0, 0, 1}, "hom_alt": {0, 0, 1}, "none": {1, 0, 0}, "hom_ref": {1, 0, 0}, "carrier": {0, 1, 1},
}

func checkMarkers(file map[string]json.RawMessage, section json.RawMessage) (Report, error) {
	v := verdicts{system: "carrier, one known genotype"}
	families := map[string]*oracleFamily{}
	for _, name := range []string{"single_locus", "large"} {
		var list []oracleFamily
		if json.Unmarshal(file[name], &list) == nil {
			for i := range list {
				families[list[i].ID] = &list[i]
			}
		}
	}
	var body struct {
		Cases []struct {
			oracleFamily
			Known     personID  `json:"known"`
			Genotype  string    `json:"known_geno"`
			Target    personID  `json:"target"`
			Posterior []float64 `json:"posterior"`
		} `json:"cases"`
	}
	if err := json.Unmarshal(section, &body); err != nil {
		return v.Report, fmt.Errorf("cases with known, known_geno, target and posterior are expected: %w", err)
	}
	for i := range body.Cases {
		c := &body.Cases[i]
		pedigree := &c.oracleFamily
		if len(c.Members) == 0 {
			if pedigree = families[c.ID]; pedigree == nil {
				v.add(c.ID, "a family", "none", "the file holds no family of that id")
				continue
			}
		}
		row, ok := knownGenotypes[c.Genotype]
		if !ok {
			v.add(c.ID, "a genotype", c.Genotype, "known_geno is none of "+strings.Join(slices.Sorted(maps.Keys(knownGenotypes)), ", "))
			continue
		}
		f := pedigree.family(carrier.Gene{Freq: c.Freq})
		f.Likelihood = map[string][]float64{string(c.Known): row}
		res, err := f.Solve()
		if err != nil {
			v.add(c.ID, "a posterior", "no answer", err.Error())
			continue
		}
		why := ""
		got := res.Joint(string(c.Target))
		for k, want := range c.Posterior {
			if why == "" && k < len(got) {
				why = differs(fmt.Sprintf("person %s, %d copies", c.Target, k), want, got[k], markerOnly)
			}
		}
		v.add(c.ID, fmt.Sprint(c.Posterior), fmt.Sprint(got), why)
	}
	return v.Report, nil
}
