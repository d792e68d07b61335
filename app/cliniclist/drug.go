package cliniclist

import (
	"strings"

	"kindred/rules"
	"kindred/rules/lipid"
)

// drugText is a medicine as GP systems write it, understood.
type drugText struct {
	drug string  // choice of lipid.drug; "none" when the text says so, empty when it is no lipid-lowering drug
	dose float64 // daily dose in mg, of a combination the statin's; 0 when not said
}

// drugReader reads medicines by the tables of rules/lipid and remembers what it
// read: a list has few texts in many rows. It belongs to one goroutine.
type drugReader struct {
	tables *lipid.Tables
	fact   *rules.FactDef // lipid.drug; nil when the dictionary has none
	seen   map[string]drugText
}

func newDrugReader(d *rules.Dictionary) (*drugReader, error) {
	t, err := lipid.Embedded()
	if err != nil {
		return nil, err
	}
	return &drugReader{tables: t, fact: d.Fact("lipid.drug"), seen: map[string]drugText{}}, nil
}

// fresh is a reader of the same tables for another goroutine.
func (r *drugReader) fresh() *drugReader {
	return &drugReader{tables: r.tables, fact: r.fact, seen: map[string]drugText{}}
}

// read reads "Atorvastatin 80mg tablets", "SIMVASTATIN 40 mg", "none".
func (r *drugReader) read(text string) drugText {
	if d, ok := r.seen[text]; ok {
		return d
	}
	d := r.parse(text)
	if len(r.seen) < 1<<14 {
		r.seen[text] = d
	}
	return d
}

func (r *drugReader) parse(text string) drugText {
	switch words(text) {
	case "none", "no statin", "no statins", "nil", "not on a statin", "not on statin", "no treatment", "untreated", "no drug":
		return drugText{drug: "none"}
	}
	if r.fact == nil || strings.IndexFunc(text, func(c rune) bool { return c >= 'A' }) < 0 {
		return drugText{}
	}
	taken, err := r.tables.ParseDrug(text)
	if err != nil {
		return drugText{}
	}
	var statin, ezetimibe, other *lipid.Dose
	for i := range taken {
		switch d := &taken[i]; {
		case d.Estimate == lipid.EstimateNone:
		case d.Class == "statin":
			statin = d
		case d.Drug == "ezetimibe":
			ezetimibe = d
		default:
			other = d
		}
	}
	switch {
	case other != nil: // whatever else is taken, this decides that no untreated value can be worked out
		return drugText{r.choice(other), other.DoseMG}
	case statin != nil && ezetimibe != nil:
		return drugText{r.named("ezetimibe/" + statin.Drug), statin.DoseMG}
	case statin != nil:
		return drugText{r.choice(statin), statin.DoseMG}
	case ezetimibe != nil:
		return drugText{r.choice(ezetimibe), ezetimibe.DoseMG}
	}
	return drugText{}
}

// choice is the dictionary's choice for one drug: its name, else its class,
// else "other".
func (r *drugReader) choice(d *lipid.Dose) string {
	if v := r.named(d.Drug); v != "other" {
		return v
	}
	for _, c := range r.fact.Choices {
		if class := words(d.Class); class != "" && strings.HasSuffix(words(c.Label), class) {
			return c.Value
		}
	}
	return "other"
}

func (r *drugReader) named(name string) string {
	for _, c := range r.fact.Choices {
		if words(c.Value) == words(name) {
			return c.Value
		}
	}
	return "other"
}
