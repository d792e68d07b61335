package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kindred/rules/carrier"
)

// ldlTable is an oracle's section on LDL-C in carriers and others: two log-normal
// distributions by sex, and rows of likelihood ratios with the chances they give.
type ldlTable struct {
	Params map[string]map[string]struct {
		Mu    float64 `json:"mu_ln_mmol"`
		Sigma float64 `json:"sigma_ln"`
	} `json:"params"`
	Rows []map[string]json.RawMessage `json:"rows"`
}

// checkLDL checks every row: `lr`, and any `post_…` whose name ends in the chance
// before: 1in250, half, third, quarter.
func checkLDL(section json.RawMessage) (Report, error) {
	v := verdicts{system: "carrier, LDL-C as log-normal"}
	var table ldlTable
	if err := json.Unmarshal(section, &table); err != nil {
		return v.Report, fmt.Errorf("params by sex and rows are expected: %w", err)
	}
	for i, row := range table.Rows {
		var sex string
		var ldl float64
		if err := errors.Join(json.Unmarshal(row["sex"], &sex), json.Unmarshal(row["ldl"], &ldl)); err != nil {
			return v.Report, fmt.Errorf("row %d needs sex and ldl: %w", i+1, err)
		}
		c, n := table.Params[sex]["c"], table.Params[sex]["n"]
		id := fmt.Sprintf("%s %g", sex, ldl)
		if c.Sigma <= 0 || n.Sigma <= 0 || ldl <= 0 {
			v.add(id, "a ratio", "none", "the distributions of that sex, or a level above 0, are missing")
			continue
		}
		ratio := carrier.LikelihoodRatio(ldl, carrier.LogNormal{Mu: c.Mu, Sigma: c.Sigma}, carrier.LogNormal{Mu: n.Mu, Sigma: n.Sigma})
		why := ""
		for _, key := range slices.Sorted(maps.Keys(row)) {
			var want float64
			if why != "" || json.Unmarshal(row[key], &want) != nil {
				continue
			}
			got := ratio
			if key != "lr" {
				prior, ok := priorOf(key)
				if !ok {
					continue
				}
				got = carrier.Posterior(prior, ratio)
			}
			why = differs(key, want, got, asGiven(row[key]))
		}
		v.add(id, "ratio and chances as listed", fmt.Sprintf("ratio %.6g", ratio), why)
	}
	return v.Report, nil
}

// priorOf reads the chance before a measurement off a column's name.
func priorOf(column string) (float64, bool) {
	rest, ok := strings.CutPrefix(column, "post_")
	if !ok {
		return 0, false
	}
	word := rest[strings.LastIndexByte(rest, '_')+1:]
	switch word {
	case "half":
		return 1.0 / 2, true
	case "third":
		return 1.0 / 3, true
	case "quarter":
		return 1.0 / 4, true
	}
	n, err := strconv.ParseFloat(strings.TrimPrefix(word, "1in"), 64)
	if !strings.HasPrefix(word, "1in") || err != nil || n < 1 {
		return 0, false
	}
	return 1 / n, true
}
