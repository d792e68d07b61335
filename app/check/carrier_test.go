package check

import (
	"os"
	"testing"
)

func TestCarrierEngineAgreesWithTheOracle(t *testing.T) {
	path := shared(t, "reference/carrier_oracle.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sections, err := readOracle(path, data)
	if err != nil {
		t.Fatal(err)
	}
	for name, check := range carrierSections(sections) {
		if len(sections[name]) == 0 {
			continue
		}
		rep, err := check(sections[name])
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if rep.Passed == 0 {
			t.Errorf("%s: nothing was checked", name)
		}
		for _, f := range rep.Failures {
			t.Errorf("%s: %s", name, f)
		}
		t.Logf("%s: %d agree", name, rep.Passed)
	}
}
