package lipid

import "fmt"

// Analyte is what a unit factor belongs to.
type Analyte string

// The analytes whose units turn into each other. Total, LDL, HDL and non-HDL
// cholesterol share one factor. Lipoprotein(a) is missing on purpose: a mass
// and a number of particles do not turn into each other.
const (
	Cholesterol   Analyte = "cholesterol"
	Triglycerides Analyte = "triglycerides"
	ApoB          Analyte = "apob" // per g/L, not mmol/L
)

// Unit is a unit of concentration.
type Unit string

// The units the equations are printed in.
const (
	MmolL Unit = "mmol/L"
	MgdL  Unit = "mg/dL"
)

// ToMgdL turns mmol/L (of apoB: g/L) into mg/dL, unrounded.
func (t *Tables) ToMgdL(a Analyte, v float64) (float64, error) {
	f, err := t.factor(a)
	return v * f, err
}

// FromMgdL turns mg/dL into mmol/L (of apoB: g/L), unrounded.
func (t *Tables) FromMgdL(a Analyte, v float64) (float64, error) {
	f, err := t.factor(a)
	return v / f, err
}

func (t *Tables) factor(a Analyte) (float64, error) {
	f, ok := t.units[unitKey{string(a), string(MgdL)}]
	if !ok {
		return 1, fmt.Errorf("no factor between units of %q", a)
	}
	return f, nil
}
