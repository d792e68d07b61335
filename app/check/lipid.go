package check

import (
	"errors"
	"fmt"
	"strings"

	"kindred/rules"
	"kindred/rules/lipid"
	"kindred/rules/truth"
)

// lipidSystems are the worked-case systems of the lipid equations, the units
// and the treatment tables.
func lipidSystems(*rules.Library, *rules.Book) (map[string]System, error) {
	tables, err := lipid.Embedded()
	if err != nil {
		return nil, err
	}
	l := lipidCheck{tables}
	return map[string]System{
		"LDL_FRIEDEWALD": l.equation(lipid.Friedewald),
		"LDL_SAMPSON":    l.equation(lipid.Sampson),
		"LDL_MARTIN180":  l.equation(lipid.MartinHopkins),
		"UNITS":          l.units,
		"LDL_TREAT_ADJ":  l.treatment,
	}, nil
}

type lipidCheck struct{ tables *lipid.Tables }

var unitWords = map[string]lipid.Unit{"mmol/l": lipid.MmolL, "mg/dl": lipid.MgdL, "": lipid.MmolL}

// equation checks one equation. A row may ask for the way through mg/dL
// ("via": "mgdl") and then wants every value in that unit.
func (l lipidCheck) equation(e lipid.Equation) System {
	return func(in Inputs) (Result, error) {
		written, err := in.Text("unit")
		if err != nil {
			return Result{}, err
		}
		unit, ok := unitWords[strings.ToLower(written)]
		if !ok {
			return Result{}, fmt.Errorf("no unit %q; there are mmol/L and mg/dL", written)
		}
		panel := lipid.Panel{Unit: unit}
		for key, to := range map[string]*truth.Span{"tc": &panel.TC, "hdl": &panel.HDL, "tg": &panel.TG} {
			if *to, err = in.Number(key); err != nil {
				return Result{}, err
			}
		}
		via, err := in.Text("via")
		if err != nil {
			return Result{}, err
		}
		fields := map[string]Value{"reason": Null()}
		name := "ldl"
		if via == "mgdl" {
			if unit == lipid.MmolL {
				if panel, err = l.inMgdL(panel); err != nil {
					return Result{}, err
				}
			}
			fields["tc_mgdl"], fields["hdl_mgdl"], fields["tg_mgdl"] = orNull(panel.TC), orNull(panel.HDL), orNull(panel.TG)
			name = "ldl_mgdl"
		}
		r := l.tables.LDL(e, panel)
		// Rows above the validity of the Martin–Hopkins table test the table itself.
		if r.OK || e == lipid.MartinHopkins && r.Factor > 0 {
			fields[name] = Num(r.LDL)
		} else {
			fields[name], fields["reason"] = Null(), Text(r.Reason)
		}
		if r.Factor > 0 {
			fields["factor"] = Num(r.Factor)
		}
		return Result{Fields: fields}, nil
	}
}

func orNull(s truth.Span) Value {
	if !s.IsExact() {
		return Null()
	}
	return Num(s.Lo)
}

func (l lipidCheck) inMgdL(p lipid.Panel) (lipid.Panel, error) {
	out := lipid.Panel{Unit: lipid.MgdL, TC: p.TC, HDL: p.HDL, TG: p.TG}
	for _, v := range []struct {
		span    *truth.Span
		analyte lipid.Analyte
	}{{&out.TC, lipid.Cholesterol}, {&out.HDL, lipid.Cholesterol}, {&out.TG, lipid.Triglycerides}} {
		lo, err := l.tables.ToMgdL(v.analyte, v.span.Lo)
		if err != nil {
			return out, err
		}
		hi, err := l.tables.ToMgdL(v.analyte, v.span.Hi)
		if err != nil {
			return out, err
		}
		*v.span = truth.Span{Lo: lo, Hi: hi}
	}
	return out, nil
}

var analyteWords = map[string]string{
	"chol": string(lipid.Cholesterol), "cholesterol": string(lipid.Cholesterol), "tc": string(lipid.Cholesterol),
	"ldl": string(lipid.Cholesterol), "hdl": string(lipid.Cholesterol), "non_hdl": string(lipid.Cholesterol),
	"tg": string(lipid.Triglycerides), "triglycerides": string(lipid.Triglycerides), "trig": string(lipid.Triglycerides),
	"apob": string(lipid.ApoB),
}

// units checks the unit factors, in either direction.
func (l lipidCheck) units(in Inputs) (Result, error) {
	analyte, err := in.Word("analyte", analyteWords)
	if err != nil {
		return Result{}, err
	}
	fields := map[string]Value{}
	for _, way := range []struct {
		from, to string
		turn     func(lipid.Analyte, float64) (float64, error)
	}{{"mmol", "mgdl", l.tables.ToMgdL}, {"mgdl", "mmol", l.tables.FromMgdL}} {
		v, ok, err := in.Exact(way.from)
		if err != nil {
			return Result{}, err
		}
		if !ok {
			continue
		}
		turned, err := way.turn(lipid.Analyte(analyte), v)
		if err != nil {
			return Result{}, err
		}
		fields[way.from], fields[way.to] = Num(v), Num(turned)
	}
	return Result{Fields: fields}, nil
}

// treatment checks the untreated LDL cholesterol that a table makes of a
// treated one.
func (l lipidCheck) treatment(in Inputs) (Result, error) {
	table, err := in.Word("table", map[string]string{"rdrf": "rdrf", "nice": "nice_percent", "nice_percent": "nice_percent"})
	if err != nil {
		return Result{}, err
	}
	drug, err := in.Text("drug")
	if err != nil {
		return Result{}, err
	}
	none := func(reason string) (Result, error) {
		return Result{Fields: map[string]Value{"ldl_untreated_est": Null(), "factor": Null(), "reason": Text(reason)}}, nil
	}
	treated, known, err := in.Exact("treated_ldl")
	if err != nil {
		return Result{}, err
	}
	if !known {
		return none("missing_ldl")
	}
	dose, _, err := in.Exact("dose_mg")
	if err != nil {
		return Result{}, err
	}
	regimen, err := l.tables.Single(drug, dose)
	var estimate lipid.Estimate
	if err == nil {
		estimate, err = l.tables.Untreated(table, regimen, treated)
	}
	switch {
	case errors.Is(err, lipid.ErrUnknownDrugDose):
		return none(lipid.ErrUnknownDrugDose.Error())
	case errors.Is(err, lipid.ErrCannotEstimate):
		return none(lipid.ErrCannotEstimate.Error())
	case err != nil:
		return Result{}, err
	}
	return Result{Fields: map[string]Value{
		"ldl_untreated_est": Num(estimate.Untreated), "factor": Num(estimate.Factor()), "reason": Null(),
	}}, nil
}
