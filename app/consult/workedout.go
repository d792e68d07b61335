package consult

import (
	"errors"
	"fmt"
	"strings"

	"kindred/rules"
	"kindred/rules/lipid"
	"kindred/rules/truth"
)

// WorkedOut is what can be worked out beside a panel's LDL cholesterol, in
// sentences, for people to look at. It fills no box and decides nothing.
// Cholesterol is in mmol/L, to one decimal. day is when the panel was taken, ""
// when nobody wrote it; today is the day of the assessment.
func WorkedOut(p *rules.Person, facts map[string]rules.Answer, day, today rules.Date) []string {
	tables, err := lipid.Embedded()
	if err != nil {
		return nil // the rules did not load either
	}
	if _, reported := facts["lipid.ldl"]; !reported {
		return calculated(tables, facts)
	}
	if footing := rules.FootingOf(tables, p, facts, day, today); footing.Basis == "on_treatment" {
		return untreated(tables, footing, facts)
	}
	return nil
}

// calculated is LDL cholesterol by each equation, by name; one that is not valid
// for the panel says why instead of a number.
func calculated(tables *lipid.Tables, facts map[string]rules.Answer) []string {
	exact := func(id string) truth.Span {
		if a, ok := facts[id]; ok && a.Number.IsExact() {
			return a.Number
		}
		return truth.Any()
	}
	panel := lipid.Panel{TC: exact("lipid.tc"), HDL: exact("lipid.hdl"), TG: exact("lipid.tg"), Unit: lipid.MmolL}
	if panel.TC.IsAny() || panel.HDL.IsAny() {
		return nil
	}
	var values, refused []string
	results := tables.All(panel)
	for _, r := range results {
		if !r.OK {
			why, _, _ := strings.Cut(r.Why, ";")
			refused = append(refused, r.Equation.Name()+" ("+why+")")
			continue
		}
		values = append(values, tenth(r.LDL)+" by "+r.Equation.Name())
	}
	if panel.TG.IsAny() {
		return []string{"LDL cannot be worked out: triglycerides are not known as one number."}
	}
	var out []string
	if len(values) > 0 {
		out = append(out, "LDL "+listed(values)+". It decides nothing; enter the value you stand by.")
	}
	if span, ok := lipid.Agreement(results); ok && tenth(span.Lo) != tenth(span.Hi) {
		out = append(out, "The equations disagree: "+tenth(span.Lo)+" to "+tenth(span.Hi)+" mmol/L.")
	}
	if len(refused) > 0 {
		out = append(out, "Not valid here: "+listed(refused)+".")
	}
	return out
}

// untreated is LDL cholesterol without the treatment by each published table.
func untreated(tables *lipid.Tables, footing rules.Footing, facts map[string]rules.Answer) []string {
	ldl := facts["lipid.ldl"].Number
	regimen := footing.Taken
	switch {
	case !ldl.IsExact():
		return nil
	case footing.Problem != nil:
		return []string{"No estimate without treatment: no table has this drug."}
	case len(regimen) == 0:
		return []string{"For an estimate without treatment, answer which drug and what dose, below."}
	}
	span, each, err := tables.UntreatedRange(regimen, ldl.Lo)
	switch {
	case errors.Is(err, lipid.ErrCannotEstimate):
		return []string{"On " + regimen.String() + " a value without treatment cannot be estimated."}
	case err != nil:
		if drug := doseless(regimen); drug != "" {
			return []string{"For an estimate without treatment, enter the daily dose of " + drug + "."}
		}
		return []string{"No estimate without treatment: no table has " + regimen.String() + "."}
	}
	var by []string
	for _, e := range each {
		by = append(by, tenth(e.Untreated)+" by the "+e.Name())
	}
	text := "LDL without treatment about " + tenth(span.Lo) + " to " + tenth(span.Hi) + " mmol/L"
	if tenth(span.Lo) == tenth(span.Hi) {
		text = "LDL without treatment about " + tenth(span.Lo) + " mmol/L"
	}
	return []string{
		text + ", measured on " + regimen.String() + ": " + listed(by) + ". Too high if tablets were missed; it decides nothing, a result from before treatment does.",
	}
}

// doseless is the drug whose daily dose is missing; ezetimibe has only one.
func doseless(r lipid.Regimen) string {
	for _, d := range r {
		if d.DoseMG == 0 && d.Drug != "ezetimibe" {
			return d.Drug
		}
	}
	return ""
}

func tenth(v float64) string { return fmt.Sprintf("%.1f", v) }

// listed joins words: "a, b and c".
func listed(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}
