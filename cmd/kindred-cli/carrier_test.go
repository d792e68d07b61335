package main

import (
	"encoding/json"
	"strings"
	"testing"

	"kindred/rules/carrier/model"
)

const carrierCase = `{"schema": "kindred.case/1", "date": "2026-11-23", "patient": "p", "asked": {"cancer": 2}, "people": [
 {"id": "p", "sex": "male", "age": 45, "tumours": [{"site": "colorectal", "age": 42, "mlh1": "intact", "pms2": "intact", "msh2": "lost", "msh6": "lost"}]},
 {"id": "m", "relation": "mother", "alive": false, "age": 71, "conditions": [{"name": "endometrial_cancer", "age": 48}, {"name": "pancreatic_cancer", "age": 60}]},
 {"id": "s", "relation": "sister"}]}`

func TestCarrierSaysWhatItRestsOnAndThatItDecidesNothing(t *testing.T) {
	code, out, errOut := cli(t, carrierCase, "carrier")
	if code != exitDone || errOut != "" {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	for _, want := range []string{
		"no advice depends on it", "not signed off", "MSH2", "Sister", "Anybody", "Counted: 2 cancers, 1 tested tumour, no gene test",
		"every possible age was summed over: Sister", "Mother, pancreatic cancer: not in the model",
		"not corrected", "Scotland", "Where sources differ", "Dowty",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing:\n%s", want, out)
		}
	}
	code, out, _ = cli(t, carrierCase, "carrier", "--json", "--area", "lynch")
	var r model.Result
	if err := json.Unmarshal([]byte(out), &r); code != exitDone || err != nil || r.Schema != model.Schema || len(r.People) != 3 {
		t.Fatalf("exit %d, %v:\n%s", code, err, out)
	}
	if p := r.People[0].Any; p.Low > p.Base || p.Base > p.High || p.Base < 0.8 {
		t.Errorf("the patient: %+v", p)
	}
	code, out, _ = cli(t, "", "carrier", "--numbers")
	for _, want := range []string{"MSH6: carriers: 1 in 758", "MSH2, bowel cancer, male: 47% (36% to 60%) to 70", "PMS2, ovarian cancer, female: as everybody's", "0.1825%", "5.47 (2.18 to 13.75)", "-2 t", "womb cancer, female: 0: 0.0"} {
		if code != exitDone || !strings.Contains(out, want) {
			t.Errorf("exit %d, %q is missing:\n%s", code, want, out)
		}
	}
	for _, args := range [][]string{{"carrier", "--area", "fh"}, {"carrier", "nowhere.json"}} {
		if code, out, errOut := cli(t, carrierCase, args...); code != exitBadInput || out != "" || errOut == "" {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, errOut)
		}
	}
}
