package lipid

import (
	"fmt"
	"math"

	"kindred/rules/truth"
)

// Equation is a way to calculate LDL cholesterol.
type Equation string

// The equations, in the order they are shown.
const (
	Friedewald    Equation = "friedewald"
	MartinHopkins Equation = "martin_hopkins"
	Sampson       Equation = "sampson"
)

// Equations lists them.
func Equations() []Equation { return []Equation{Friedewald, MartinHopkins, Sampson} }

// Name is how the equation is printed.
func (e Equation) Name() string {
	switch e {
	case Friedewald:
		return "Friedewald"
	case MartinHopkins:
		return "Martin–Hopkins"
	case Sampson:
		return "Sampson–NIH 2"
	}
	return string(e)
}

// Panel is one sample. A value that is not known is truth.Any().
type Panel struct {
	TC, HDL, TG truth.Span
	Unit        Unit
}

// Result is what one equation makes of a panel.
type Result struct {
	Equation Equation
	OK       bool    // inside the equation's validity; else never show LDL as a result
	LDL      float64 // in the panel's unit, unrounded; also given outside validity when it can be calculated
	Factor   float64 // the cell used; Martin–Hopkins only
	Reason   string  // "" when OK, else a short code: missing_tg, tg_above_4.5, tg_above_limit …
	Why      string  // the reason as a sentence
	Source   string
}

// LDL calculates LDL cholesterol. Sampson and Martin–Hopkins are defined in
// mg/dL, so other units are converted, computed and converted back; Friedewald
// has its own divisor in each unit.
func (t *Tables) LDL(e Equation, p Panel) Result {
	r := Result{Equation: e, Source: t.sources[string(e)]}
	for _, v := range []struct {
		span truth.Span
		code string
		name string
	}{{p.TC, "tc", "total cholesterol"}, {p.HDL, "hdl", "HDL cholesterol"}, {p.TG, "tg", "triglycerides"}} {
		switch {
		case v.span.IsAny():
			r.Reason, r.Why = "missing_"+v.code, v.name+" not known"
			return r
		case !v.span.IsExact() || math.IsNaN(v.span.Lo):
			r.Reason, r.Why = "inexact_"+v.code, v.name+" is not one number"
			return r
		case v.span.Lo < 0:
			r.Reason, r.Why = "impossible_"+v.code, v.name+" below zero"
			return r
		}
	}
	tc, hdl, tg := p.TC.Lo, p.HDL.Lo, p.TG.Lo
	switch e {
	case Friedewald:
		t.friedewald(&r, tc, hdl, tg, p.Unit)
	case MartinHopkins, Sampson:
		chol, trig := 1.0, 1.0
		if p.Unit != MgdL {
			chol, trig = t.units[unitKey{string(Cholesterol), string(MgdL)}], t.units[unitKey{string(Triglycerides), string(MgdL)}]
		}
		tc, hdl, tg = tc*chol, hdl*chol, tg*trig
		if e == Sampson {
			t.sampson(&r, tc, hdl, tg)
		} else {
			t.martinHopkins(&r, tc, hdl, tg)
		}
		r.LDL /= chol
	default:
		r.Reason, r.Why = "unknown_equation", fmt.Sprintf("no equation %q", e)
		return r
	}
	if r.Reason == "" && r.LDL <= 0 {
		r.Reason, r.Why = "not_positive", "the result is not above zero; the values do not belong together"
	}
	r.OK = r.Reason == ""
	return r
}

func (t *Tables) coefficient(e Equation, u Unit, name string) float64 {
	return t.coefficients[coefficientKey{string(e), string(u), name}]
}

// tooHigh names the limit that was passed.
func (r *Result) tooHigh(code string, limit float64, u Unit) {
	r.Reason = code
	r.Why = fmt.Sprintf("triglycerides above %g %s; %s is not valid there", limit, u, r.Equation.Name())
}

// friedewald: LDL = TC − HDL − TG / divisor.
func (t *Tables) friedewald(r *Result, tc, hdl, tg float64, u Unit) {
	r.LDL = tc - hdl - tg/t.coefficient(Friedewald, u, "tg_divisor")
	if limit := t.coefficient(Friedewald, u, "tg_limit"); tg > limit {
		code := "tg_above_limit"
		if u == MmolL {
			code = fmt.Sprintf("tg_above_%g", limit)
		}
		r.tooHigh(code, limit, u)
	}
}

// sampson, equation 2, in mg/dL:
// LDL = TC/a − HDL/b − (TG/c + TG·nonHDL/d − TG²/e) − f.
func (t *Tables) sampson(r *Result, tc, hdl, tg float64) {
	c := func(name string) float64 { return t.coefficient(Sampson, MgdL, name) }
	r.LDL = tc/c("tc_divisor") - hdl/c("hdl_divisor") -
		(tg/c("tg_divisor") + tg*(tc-hdl)/c("tg_non_hdl_divisor") - tg*tg/c("tg_squared_divisor")) - c("constant")
	if limit := c("tg_limit"); tg > limit {
		r.tooHigh(fmt.Sprintf("tg_above_%g", limit), limit, MgdL)
	}
}

// martinHopkins: LDL = TC − HDL − TG / cell, in mg/dL. The cell is found by
// lower edges, so that a converted value always has one.
func (t *Tables) martinHopkins(r *Result, tc, hdl, tg float64) {
	factor, ok := t.martin.cell(tg, tc-hdl)
	if !ok {
		r.Reason, r.Why = "tg_below_table", "triglycerides below the lowest row of the table"
		return
	}
	r.Factor, r.LDL = factor, tc-hdl-tg/factor
	if limit := t.coefficient(MartinHopkins, MgdL, "tg_below"); tg >= limit {
		r.tooHigh(fmt.Sprintf("tg_from_%g", limit), limit, MgdL)
	}
}

// All calculates LDL cholesterol by every equation.
func (t *Tables) All(p Panel) []Result {
	out := make([]Result, 0, 3)
	for _, e := range Equations() {
		out = append(out, t.LDL(e, p))
	}
	return out
}

// Agreement is what the valid results of several equations span; ok is false
// when none is valid. A threshold inside the span is one on which the equations
// disagree: span.Over(line) is then unknown.
func Agreement(rs []Result) (span truth.Span, ok bool) {
	for _, r := range rs {
		if !r.OK {
			continue
		}
		if !ok {
			span, ok = truth.Exactly(r.LDL), true
			continue
		}
		span = truth.Span{Lo: min(span.Lo, r.LDL), Hi: max(span.Hi, r.LDL)}
	}
	return span, ok
}

// NonHDL is total minus HDL cholesterol as the span that is possible; not known
// when either is not.
func NonHDL(tc, hdl truth.Span) truth.Span {
	if tc.IsAny() || hdl.IsAny() {
		return truth.Any()
	}
	return truth.Span{Lo: tc.Lo - hdl.Hi, Hi: tc.Hi - hdl.Lo}
}
