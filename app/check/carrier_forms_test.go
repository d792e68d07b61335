package check

import (
	"encoding/json"
	"testing"
)

// Other files of the same form write ids as numbers, nobody as "0", several
// families in one section, and fewer digits.
func TestOracleFilesOfTheSameFormAreReadWhateverTheirHabits(t *testing.T) {
	for name, section := range map[string]string{
		"single_locus": `[
			{"id": "numbers", "q": 0.01, "members": [{"id": 1, "fa": 0, "mo": "0"}, {"id": 2}, {"id": 3, "fa": 1, "mo": 2}], "lik": {"1": [0, 1, 0]}, "loglik": -3.9220733412816475, "posterior": {"3": [0.495, 0.5, 0.005]}},
			{"id": "excluded", "q": 0.01, "members": [{"id": "a", "fa": null, "mo": null}, {"id": "b", "fa": "a", "mo": null}], "lik": {"a": [0, 0, 1], "b": [1, 0, 0]}, "mz": [], "loglik": null, "possible": false, "posterior": null},
			{"id": "triplets", "q": 0.5, "members": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "mz": [["a", "b", "c"]], "lik": {"a": [1, 0.5, 0], "c": [1, 1, 0.5]}, "loglik": -0.6931471805599453, "posterior": {"b": [0.5, 0.5, 0]}}]`,
		"multi_gene":        `[{"id": "two", "q": {"A": 0.5, "B": 0}, "members": [{"id": "x"}], "base": [0.5], "mult": {"A": [1], "B": [1]}, "results": [{"genes": ["A", "B"], "loglik": -0.6931471805599453, "px": {"A": 0.75, "B": 0, "any": 0.75, "multi": 0}}]}]`,
		"marker_only":       `{"cases": [{"id": "own", "q": 0.01, "members": [{"id": 1}, {"id": 2, "fa": 1}], "known": 1, "known_geno": "het", "target": 2, "posterior": [0.495, 0.5, 0.005]}]}`,
		"flb_cosegregation": `{"cases": [{"ped": "few digits", "members": [{"id": 1, "fid": 0, "mid": 0}, {"id": 2, "fid": 0, "mid": 0}, {"id": 3, "fid": 1, "mid": 2}], "carriers": [1, 3], "noncarriers": {}, "affected": [1, 3], "unknown": null, "freq": 0.001, "penetrances": [0, 1, 1], "proband": 1, "FLB": 2.0}]}`,
		"fh_ldl_lognormal":  `{"params": {"F": {"c": {"mu_ln_mmol": 1, "sigma_ln": 1}, "n": {"mu_ln_mmol": 0, "sigma_ln": 1}}}, "rows": [{"sex": "F", "ldl": 1, "lr": 0.6065, "post_fdr_half": 0.3775, "post_pop_1in100": 0.0061, "post_other_third": 0.2327}]}`,
	} {
		file := map[string]json.RawMessage{name: json.RawMessage(section)}
		rep, err := carrierSections(file)[name](file[name])
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, f := range rep.Failures {
			t.Errorf("%s: %s", name, f)
		}
		if rep.Passed == 0 {
			t.Errorf("%s: nothing was checked", name)
		}
	}
	for written, want := range map[string]float64{"7.37": 0.005, "2e3": 500, "1.5e-3": 0.00005, "12": 0.5} {
		if got := asGiven(json.RawMessage(written)); got < want*0.999 || got > want*1.001 {
			t.Errorf("%s may be off by %g, want %g", written, got, want)
		}
	}
}
