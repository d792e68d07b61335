package rules

import (
	"fmt"
	"strings"
	"testing"

	"kindred/rules/lipid"
	"kindred/rules/truth"
)

func TestWhatIsKnownOfTreatmentByDate(t *testing.T) {
	tables, err := lipid.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	atorva := Medication{Drug: "atorvastatin", DoseMG: 20, From: "2019-06", To: "2024-03", As: "Atorvastatin 20mg tablets"}
	ezetimibe := Medication{Drug: "ezetimibe", DoseMG: 10, From: "2021", As: "ezetimibe 10 mg od"}
	undated := Medication{Drug: "simvastatin", DoseMG: 40}
	list := func(m ...Medication) []Medication { return m }
	facts := func(pairs ...string) map[string]Answer {
		out := map[string]Answer{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = Answer{Choice: pairs[i+1], Number: truth.Any()}
		}
		return out
	}
	const today = Date("2026-11-02")
	for _, c := range []struct {
		story     string
		medicines []Medication
		complete  string
		panel     map[string]Answer
		day       Date
		basis     string
		taken     string
		perhaps   int
		clash     string
	}{
		{story: "within the months it was taken", medicines: list(atorva), day: "2020-05-01", basis: "on_treatment", taken: "atorvastatin 20 mg"},
		{story: "two medicines at once", medicines: list(atorva, ezetimibe), day: "2022-05-10", basis: "on_treatment", taken: "atorvastatin 20 mg + ezetimibe 10 mg"},
		{story: "in the year the second began, the first is sure and the second is not", medicines: list(atorva, ezetimibe), day: "2021-07-01", basis: "on_treatment", taken: "atorvastatin 20 mg", perhaps: 1},
		{story: "still taken where no end is written", medicines: list(ezetimibe), day: today, basis: "on_treatment", taken: "ezetimibe 10 mg"},
		{story: "in the month it began, nobody knows", medicines: list(atorva), day: "2019-06-15", perhaps: 1},
		{story: "in the month it ended, nobody knows", medicines: list(atorva), day: "2024-03-31", perhaps: 1},
		{story: "after the end, nobody knows whether the effect had gone", medicines: list(atorva), complete: "all", day: "2025-01-01"},
		{story: "before all of them, and the list is complete", medicines: list(atorva, ezetimibe), complete: "all", day: "2018-01-01", basis: "untreated"},
		{story: "before all of them, and the list may not be complete", medicines: list(atorva, ezetimibe), day: "2018-01-01"},
		{story: "before one with a date; the other has none", medicines: list(atorva, undated), complete: "all", day: "2018-01-01", perhaps: 1},
		{story: "one that was not understood may have been taken", medicines: list(Medication{As: "wonderstatin 10"}), complete: "all", day: "2018-01-01", perhaps: 1},
		{story: "a date nobody wrote", medicines: list(atorva), complete: "all", day: "", perhaps: 1},
		{story: "no dates at all", medicines: list(undated), day: today, perhaps: 1},
		{story: "said to be taken still: today it is", medicines: list(Medication{Drug: "simvastatin", DoseMG: 40, Stopped: truth.No}), day: today, basis: "on_treatment", taken: "simvastatin 40 mg"},
		{story: "stopped, nobody knows when", medicines: list(Medication{Drug: "simvastatin", From: "2010", Stopped: truth.Yes}), day: "2015-01-01", perhaps: 1},
		{story: "stopped: today it is not taken, and that is all", medicines: list(Medication{Drug: "simvastatin", From: "2010", Stopped: truth.Yes}), day: today},
		{story: "never any", complete: "never", day: "2020-01-01", basis: "untreated"},
		{story: "silence", day: "2020-01-01"},
		{story: "fish oil is no treatment of LDL", medicines: list(Medication{Drug: "none", As: "Omacor", From: "2010"}), day: "2020-01-01"},
		{story: "what is said with the panel wins", medicines: list(atorva), panel: facts("lipid.basis", "untreated"), day: "2018-01-01", basis: "untreated"},
		{story: "and a contradiction is named", medicines: list(atorva), panel: facts("lipid.basis", "untreated"), day: "2020-05-01", basis: "untreated", clash: "Atorvastatin 20mg tablets"},
		{story: "also against a drug named with the panel", panel: facts("lipid.basis", "untreated", "lipid.drug", "rosuvastatin"), day: "2020-05-01", basis: "untreated", clash: "rosuvastatin"},
		{story: "a drug said to be none, while the list has one", medicines: list(atorva), panel: facts("lipid.drug", "none"), day: "2020-05-01", basis: "untreated", clash: "Atorvastatin 20mg tablets"},
		{story: "a drug named with the panel wins over the list", medicines: list(atorva), panel: facts("lipid.drug", "rosuvastatin"), day: "2020-05-01", basis: "on_treatment", taken: "rosuvastatin"},
	} {
		p := &Person{Medications: c.medicines, Facts: map[string]Answer{}}
		if c.complete != "" {
			p.Facts[factMedicines] = Answer{Choice: c.complete}
		}
		got := FootingOf(tables, p, c.panel, c.day, today)
		if got.Basis != c.basis || got.Taken.String() != c.taken || len(got.Perhaps) != c.perhaps || got.Clash != c.clash {
			t.Errorf("%s: got %q on %q, perhaps %q, clash %q", c.story, got.Basis, got.Taken, got.Perhaps, got.Clash)
		}
	}
}

func TestAMedicineOfACaseMayBeWrittenAsPeopleWriteIt(t *testing.T) {
	lib := embedded(t)
	read := func(medicine string) (*Case, error) {
		return ParseCase([]byte(fmt.Sprintf(`{"date":"2026-11-02","patient":"p","people":[{"id":"p","medications":[%s]}]}`, medicine)), lib.Dictionary())
	}
	for _, c := range []struct {
		in, drug string
		mg       float64
		from     Date
	}{
		{`{"drug":"Atorvastatin 80mg tablets","from":"2019-06"}`, "atorvastatin", 80, "2019-06"},
		{`{"drug":"atorvastatin","dose_mg":80,"from":2019}`, "atorvastatin", 80, "2019"},
		{`{"drug":"Atorvastatin 80mg tablets","dose_mg":80}`, "atorvastatin", 80, ""},
		{`{"drug":"Inegy 10mg/40mg"}`, "ezetimibe/simvastatin", 40, ""},
		{`{"drug":"Repatha"}`, "evolocumab", 0, ""},
		{`{"drug":"bempedoic_acid"}`, "bempedoic_acid", 0, ""},
		{`{"drug":"Nustendi 180mg/10mg"}`, "bempedoic_acid", 180, ""},
		{`{"drug":"fenofibrate 160 mg"}`, "fibrate", 160, ""},
		{`{"drug":"Cholestagel"}`, "resin", 0, ""},
		{`{"drug":"lovastatin 20mg"}`, "other", 20, ""}, // and not atorvastatin
		{`{"drug":"Omacor"}`, "none", 0, ""},
	} {
		k, err := read(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		m := k.People[0].Medications[0]
		if m.Drug != c.drug || m.DoseMG != c.mg || m.From != c.from {
			t.Errorf("%s reads as %+v", c.in, m)
		}
		written, err := EncodeCase(k, lib.Dictionary())
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseCase(written, lib.Dictionary())
		if err != nil || again.People[0].Medications[0] != m {
			t.Errorf("%s comes back as %+v (%v)", c.in, again, err)
		}
	}
	for in, says := range map[string]string{
		`{"drug":"Paracetamol 500mg"}`:                                  "a lipid-lowering drug is never",
		`{"drug":"atorvastatin – stopped"}`:                             "not taken",
		`{"drug":"Atorvastatin 80mg tablets","dose_mg":40}`:             "80 mg a day",
		`{"drug":"atorvastatin","from":"June 2019"}`:                    "YYYY-MM",
		`{"drug":"atorvastatin","from":"2030"}`:                         "after the day of the assessment",
		`{"drug":"atorvastatin","from":"2020","to":"2019-05"}`:          "before it begins",
		`{"drug":"atorvastatin","to":"2019","stopped":"no"}`:            "not to be stopped",
		`{"drug":"atorvastatin","dose_mg":{"min":10,"max":20}}`:         "one number",
		`{"drug":"atorvastatin","from":"2019-13"}`:                      "YYYY-MM",
		`{"drug":{"name":"atorvastatin"}}`:                              "needs a drug",
		`{"drug":"atorvastatin","from":"2019-06-31","stopped":"maybe"}`: "YYYY-MM",
	} {
		if _, err := read(in); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v; it should say %q", in, err, says)
		}
	}
}

func TestAReasonNamesThePanelAndWhatItWasTakenOn(t *testing.T) {
	ldl := map[string]Answer{"lipid.ldl": {Number: truth.Exactly(3)}}
	p := Person{
		Panels: []Panel{{Date: "2022-05-10", Facts: ldl}, {Facts: ldl}},
		Medications: []Medication{
			{Drug: "atorvastatin", DoseMG: 20, From: "2019-06", As: "Atorvastatin 20mg tablets"},
			{Drug: "ezetimibe", DoseMG: 10, From: "2021"},
		},
	}
	f := patientFacts{c: &Case{Date: "2026-11-02", People: []Person{p}}, patient: &p}
	for panel, want := range []string{"On treatment, atorvastatin 20 mg + ezetimibe 10 mg", "Treatment not recorded, panel without a date"} {
		if got := f.footing(found{panel: panel, basis: f.basisOf(p.Panels[panel].Facts, p.Panels[panel].Date)}); got != want {
			t.Errorf("panel %d: %q, want %q", panel, got, want)
		}
	}
}
