package lipid

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"kindred/rules/truth"
)

// Effect is what one table says a drug at a daily dose leaves of LDL cholesterol.
type Effect struct {
	Table     string
	Drug      string // "atorvastatin", "ezetimibe/simvastatin"
	DoseMG    float64
	Remaining float64 // fraction left, above 0 and at most 1
	Source    string
}

// Name is what people call the table: its source without the details in brackets.
func (e Effect) Name() string {
	name, _, _ := strings.Cut(e.Source, " (")
	return name
}

// Factor turns a treated into an untreated LDL cholesterol.
func (e Effect) Factor() float64 { return 1 / e.Remaining }

type effectKey struct {
	table, drug string
	dose        float64
}

func (t *Tables) addEffect(row []string) error {
	dose, err := positive(row[2])
	if err != nil {
		return err
	}
	e := Effect{Table: row[0], Drug: row[1], DoseMG: dose, Source: row[5]}
	if (row[3] == "") == (row[4] == "") {
		return errors.New("give either remaining or fall_percent")
	}
	if row[3] != "" {
		e.Remaining, err = positive(row[3])
	} else {
		var fall float64
		fall, err = positive(row[4])
		e.Remaining = 1 - fall/100
	}
	if err != nil {
		return err
	}
	if e.Remaining <= 0 || e.Remaining > 1 {
		return fmt.Errorf("%g is not a fraction that is left", e.Remaining)
	}
	if e.Source == "" {
		return errors.New("no source")
	}
	key := effectKey{e.Table, e.Drug, e.DoseMG}
	if _, twice := t.effects[key]; twice {
		return fmt.Errorf("%s %g mg stands twice in %s", e.Drug, dose, e.Table)
	}
	t.effects[key] = e
	if !slices.Contains(t.effectTables, e.Table) {
		t.effectTables = append(t.effectTables, e.Table)
	}
	return nil
}

// EffectTables names the treatment tables in file order: "rdrf", "nice_percent".
func (t *Tables) EffectTables() []string { return slices.Clone(t.effectTables) }

// The ways in which an untreated value cannot be worked out.
var (
	// ErrUnknownDrugDose: no table has the drug at that dose. It is never
	// treated as no effect.
	ErrUnknownDrugDose = errors.New("unknown_drug_dose")
	// ErrCannotEstimate: on this drug an untreated value is not credible.
	ErrCannotEstimate = errors.New("cannot_estimate")
)

// Estimate is an untreated LDL cholesterol by one table.
type Estimate struct {
	Effect
	Untreated float64 // in the unit of the treated value, unrounded
}

// Untreated works out LDL cholesterol without treatment by one table. The
// estimate is too high when the drug was not taken every day. The error is
// ErrUnknownDrugDose or ErrCannotEstimate with what was asked.
func (t *Tables) Untreated(table string, r Regimen, treated float64) (Estimate, error) {
	e, err := t.effect(table, r)
	if err != nil {
		return Estimate{}, err
	}
	return Estimate{e, treated * e.Factor()}, nil
}

func (t *Tables) effect(table string, r Regimen) (Effect, error) {
	if !slices.Contains(t.effectTables, table) {
		return Effect{}, fmt.Errorf("no treatment table %q; there are %s", table, strings.Join(t.effectTables, ", "))
	}
	key := effectKey{table: table}
	for _, d := range r.lowering() {
		if d.Estimate == EstimateNo {
			return Effect{}, fmt.Errorf("on %s (%s) an untreated value cannot be estimated: %w", d.Drug, d.Class, ErrCannotEstimate)
		}
		switch {
		case key.drug == "":
			key.drug, key.dose = d.Drug, d.DoseMG
		case d.Drug == "ezetimibe":
			key.drug = "ezetimibe/" + key.drug
		case key.drug == "ezetimibe":
			key.drug, key.dose = "ezetimibe/"+d.Drug, d.DoseMG
		default:
			key.drug += "+" + d.Drug // two statins: no table has that
		}
	}
	if e, ok := t.effects[key]; ok {
		return e, nil
	}
	dose := "at an unknown dose"
	if key.dose > 0 {
		dose = fmt.Sprintf("%g mg a day", key.dose)
	}
	if key.drug == "" {
		key.drug = "no lipid-lowering drug"
	}
	return Effect{}, fmt.Errorf("%s has no %s %s: %w", table, key.drug, dose, ErrUnknownDrugDose)
}

// UntreatedRange is the span of all tables that know the regimen, with each
// estimate. The error says why no table gives one.
func (t *Tables) UntreatedRange(r Regimen, treated float64) (truth.Span, []Estimate, error) {
	var out []Estimate
	var why error
	for _, table := range t.effectTables {
		e, err := t.Untreated(table, r, treated)
		if err != nil {
			why = err
			if errors.Is(err, ErrCannotEstimate) {
				return truth.Any(), nil, err
			}
			continue
		}
		out = append(out, e)
	}
	if len(out) == 0 {
		return truth.Any(), nil, why
	}
	span := truth.Exactly(out[0].Untreated)
	for _, e := range out[1:] {
		span = truth.Span{Lo: min(span.Lo, e.Untreated), Hi: max(span.Hi, e.Untreated)}
	}
	return span, out, nil
}
