package lipid

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"kindred/rules/truth"
)

func tables(t *testing.T) *Tables {
	t.Helper()
	tb, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return tb
}

// shared finds the folder of worked cases, which is not part of the project.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	dir := os.Getenv("KINDRED_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	p := filepath.Join(append([]string{dir}, parts...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("%s is not here; nothing to compare with", filepath.Join(parts...))
	}
	return p
}

func TestWorkedCases(t *testing.T) {
	tb := tables(t)
	f, err := os.Open(shared(t, "cases", "fh.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, row := range rows[1:] {
		run := map[string]func(*Tables, map[string]any) map[string]any{
			"LDL_FRIEDEWALD": equationCase(Friedewald), "LDL_SAMPSON": equationCase(Sampson), "LDL_MARTIN180": equationCase(MartinHopkins),
			"UNITS": unitCase, "LDL_TREAT_ADJ": treatmentCase,
		}[row[1]]
		if run == nil {
			continue
		}
		seen++
		var in, want map[string]any
		if err := errors.Join(json.Unmarshal([]byte(row[2]), &in), json.Unmarshal([]byte(row[3]), &want)); err != nil {
			t.Fatal(row[0], err)
		}
		got := run(tb, in)
		for key, w := range want {
			if !same(got[key], w) {
				t.Errorf("%s: %s is %v, want %v (%s → %v)", row[0], key, got[key], w, row[2], got)
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d cases found", seen)
	}
}

// same compares numbers to the digits given.
func same(got, want any) bool {
	w, ok := want.(float64)
	if !ok {
		return got == want
	}
	g, ok := got.(float64)
	text := strconv.FormatFloat(w, 'f', -1, 64)
	digits := 0
	if at := strings.IndexByte(text, '.'); at >= 0 {
		digits = len(text) - at - 1
	}
	return ok && math.Abs(g-w) <= 0.5000001*math.Pow10(-digits)
}

func span(v any) truth.Span {
	if f, ok := v.(float64); ok {
		return truth.Exactly(f)
	}
	return truth.Any()
}

func equationCase(e Equation) func(*Tables, map[string]any) map[string]any {
	return func(tb *Tables, in map[string]any) map[string]any {
		p := Panel{TC: span(in["tc"]), HDL: span(in["hdl"]), TG: span(in["tg"]), Unit: Unit(in["unit"].(string))}
		if in["via"] == "mgdl" {
			for _, v := range []struct {
				s *truth.Span
				a Analyte
			}{{&p.TC, Cholesterol}, {&p.HDL, Cholesterol}, {&p.TG, Triglycerides}} {
				mg, _ := tb.ToMgdL(v.a, v.s.Lo)
				*v.s = truth.Exactly(mg)
			}
			p.Unit = MgdL
			r := tb.LDL(e, p)
			return map[string]any{"ldl_mgdl": r.LDL, "tc_mgdl": p.TC.Lo, "hdl_mgdl": p.HDL.Lo, "tg_mgdl": p.TG.Lo}
		}
		r := tb.LDL(e, p)
		out := map[string]any{"ldl": r.LDL, "factor": r.Factor}
		if !r.OK && e != MartinHopkins { // cases above 400 mg/dL test the table itself
			out["ldl"], out["reason"] = nil, r.Reason
		}
		return out
	}
}

func unitCase(tb *Tables, in map[string]any) map[string]any {
	a := map[string]Analyte{"chol": Cholesterol, "tg": Triglycerides}[in["analyte"].(string)]
	mg, _ := tb.ToMgdL(a, in["mmol"].(float64))
	return map[string]any{"mgdl": mg}
}

func treatmentCase(tb *Tables, in map[string]any) map[string]any {
	dose, _ := in["dose_mg"].(float64)
	r, err := tb.Single(in["drug"].(string), dose)
	var e Estimate
	if err == nil {
		e, err = tb.Untreated(in["table"].(string), r, in["treated_ldl"].(float64))
	}
	switch {
	case errors.Is(err, ErrUnknownDrugDose):
		return map[string]any{"ldl_untreated_est": nil, "reason": "unknown_drug_dose"}
	case err != nil:
		return map[string]any{"ldl_untreated_est": nil, "reason": err.Error()}
	}
	return map[string]any{"ldl_untreated_est": e.Untreated, "factor": e.Factor()}
}

func TestEquationsSayWhyTheyDecline(t *testing.T) {
	tb := tables(t)
	mmol := func(tc, hdl, tg float64) Panel {
		return Panel{truth.Exactly(tc), truth.Exactly(hdl), truth.Exactly(tg), MmolL}
	}
	for _, c := range []struct {
		name     string
		equation Equation
		panel    Panel
		reason   string
	}{
		{"at the limit", Friedewald, mmol(9.2, 1.2, 4.5), ""},
		{"just above", Friedewald, mmol(9.2, 1.2, 4.51), "tg_above_4.5"},
		{"Martin at 399 mg/dL", MartinHopkins, Panel{truth.Exactly(300), truth.Exactly(50), truth.Exactly(399.9), MgdL}, ""},
		{"Martin at 400 mg/dL", MartinHopkins, Panel{truth.Exactly(300), truth.Exactly(50), truth.Exactly(400), MgdL}, "tg_from_400"},
		{"no triglycerides", Sampson, Panel{truth.Exactly(8), truth.Exactly(1), truth.Any(), MmolL}, "missing_tg"},
		{"triglycerides below what the laboratory measures", Sampson, Panel{truth.Exactly(8), truth.Exactly(1), truth.Below(0.5), MmolL}, "inexact_tg"},
		{"more HDL than total", Friedewald, mmol(1.5, 2.0, 1.0), "not_positive"},
	} {
		r := tb.LDL(c.equation, c.panel)
		if r.Reason != c.reason || r.OK != (c.reason == "") || (c.reason != "") != (r.Why != "") {
			t.Errorf("%s: reason %q (%s), want %q", c.name, r.Reason, r.Why, c.reason)
		}
	}
	s, ok := Agreement(tb.All(mmol(7.6, 1.3, 4.4)))
	if !ok || s.Over(truth.Exactly(4.5)) != truth.Unknown {
		t.Errorf("at high triglycerides the equations span %v; they should disagree about 4.5", s)
	}
}

func TestUntreatedIsARangeAndNeverSilent(t *testing.T) {
	tb := tables(t)
	// The choice of table decides eligibility: 3.0 on rosuvastatin 40 is 6.4 or 6.9.
	read, err := tb.Read("Rosuvastatin 40mg tablets")
	if err != nil {
		t.Fatal(err)
	}
	s, estimates, err := tb.UntreatedRange(read.Taken, 3.0)
	if err != nil || len(estimates) != 2 || s.Over(truth.Exactly(6.5)) != truth.Unknown {
		t.Errorf("rosuvastatin 40: %v %v %v; the tables should disagree about 6.5", s, estimates, err)
	}
	for text, want := range map[string]error{
		"Repatha 140mg/ml injection":                  ErrCannotEstimate,
		"Atorvastatin 80mg and inclisiran 284mg":      ErrCannotEstimate,
		"Bempedoic acid 180mg tablets":                ErrCannotEstimate,
		"Atorvastatin 30mg tablets":                   ErrUnknownDrugDose,
		"Rosuvastatin 10mg on alternate days":         ErrUnknownDrugDose,
		"Atorvastatin 40mg and simvastatin 40mg":      ErrUnknownDrugDose,
		"Vazkepa 998mg capsules":                      ErrUnknownDrugDose,
		"Simvastatin 40mg and fenofibrate 160mg":      ErrCannotEstimate,
		"Fluvastatin 20mg and ezetimibe 10mg tablets": ErrUnknownDrugDose,
	} {
		r, err := tb.Read(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if s, _, err := tb.UntreatedRange(r.Taken, 3.0); !errors.Is(err, want) || !s.IsAny() {
			t.Errorf("%q: %v, %v; want %v", text, s, err, want)
		}
	}
}

func TestBadTablesNameFileAndLine(t *testing.T) {
	sub, err := fs.Sub(files, "data")
	if err != nil {
		t.Fatal(err)
	}
	broken := fstest.MapFS{}
	for _, name := range []string{"units.csv", "equations.csv", "martin_hopkins.csv", "treatment.csv", "drugs.csv", "intensity.csv", "instructions.csv"} {
		data, err := fs.ReadFile(sub, name)
		if err != nil {
			t.Fatal(err)
		}
		broken[name] = &fstest.MapFile{Data: data}
	}
	broken["treatment.csv"].Data = []byte("table,drug,dose_mg,remaining,fall_percent,source\nx,atorvastatin,10,0.6,40,s\nx,atorvastatin,0,0.6,,s\n")
	broken["units.csv"].Data = []byte("analyte,unit,factor\n")
	_, err = Load(broken)
	for _, want := range []string{"treatment.csv:2:", "treatment.csv:3:", "units.csv:1:"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no problem at %s in %v", want, err)
		}
	}
}
