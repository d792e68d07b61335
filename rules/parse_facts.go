package rules

import (
	"strconv"
	"strings"

	"kindred/rules/truth"
)

// readFacts reads the facts of a person or of a panel.
func (r *caseReader) readFacts(v *jsonValue) map[string]Answer {
	if v == nil || v.kind == jsonNull {
		return nil
	}
	if v.kind != jsonObject {
		r.report(v, "facts must map fact ids to answers, not "+v.what())
		return nil
	}
	out := make(map[string]Answer, len(v.keys))
	for i, key := range v.keys {
		if r.enough() {
			break
		}
		f := r.d.Fact(key)
		switch {
		case f == nil:
			r.report(v.vals[i], "no fact "+strconv.Quote(shortened(key))+didYouMean(key, r.answerable()))
		case f.Of == OfTumour:
			r.report(v.vals[i], "this belongs to a tumour: put it into tumours")
		case f.BuiltIn == "age" || f.BuiltIn == "sex" || f.BuiltIn == "alive" || f.BuiltIn == "died":
			r.report(v.vals[i], "this is not among the facts: give the person's "+f.BuiltIn)
		case f.Local:
			r.report(v.vals[i], "this is a local setting, not a fact about a person: put it into settings")
		case f.Derived:
			r.report(v.vals[i], "this is worked out from other answers and cannot be given")
		default:
			f = r.inItsUnit(f, v.vals[i])
			if a, ok := r.answer(f, v.vals[i]); ok {
				out[f.ID] = a
			}
		}
	}
	return out
}

// inItsUnit is the fact a value belongs to by its unit: lipoprotein(a) in mg/dL
// and in nmol/L are two facts, since the one does not convert into the other.
func (r *caseReader) inItsUnit(f *FactDef, v *jsonValue) *FactDef {
	if v.kind != jsonObject || v.get("unit") == nil {
		return f
	}
	for unit, id := range f.UnitFacts {
		if other := r.d.Fact(id); other != nil && equalFold(unit, v.get("unit").text) {
			return other
		}
	}
	return f
}

// answerable lists the facts a person's facts may hold.
func (r *caseReader) answerable() []string {
	var out []string
	for _, f := range r.d.facts {
		if f.Of != OfTumour && !f.Derived && f.BuiltIn == "" {
			out = append(out, f.ID)
		}
	}
	return out
}

// answer reads one answer; ok is false when it is null or wrong.
func (r *caseReader) answer(f *FactDef, v *jsonValue) (a Answer, ok bool) {
	a = Answer{Number: truth.Any(), Bool: truth.Unknown}
	if v.kind == jsonNull {
		return a, false
	}
	value := v
	if v.kind == jsonObject && (f.Type != NumberFact || v.get("value") != nil) {
		if !r.object(v, f.ID, "value", "unit", "date") {
			return a, false
		}
		if value = v.get("value"); value == nil {
			r.report(v, f.ID+" needs a value")
			return a, false
		}
	}
	if v.kind == jsonObject {
		a.When = r.past(v.get("date"), "the date of "+f.ID)
	}
	switch f.Type {
	case YesNo:
		switch {
		case value.kind == jsonString && value.text == "yes":
			a.Bool = truth.Yes
		case value.kind == jsonString && value.text == "no":
			a.Bool = truth.No
		case value.kind == jsonString && value.text == "unknown":
		default:
			r.report(value, f.ID+` is "yes", "no" or "unknown", not `+value.what())
			return a, false
		}
	case ChoiceFact:
		if f.ID == "lipid.drug" && value.kind == jsonString {
			value = &jsonValue{kind: jsonString, path: value.path, text: strings.ToLower(strings.TrimSpace(value.text))}
		}
		if value.kind != jsonString || value.text != "unknown" && f.ChoiceIndex(value.text) < 0 {
			r.report(value, f.ID+" is never "+value.shown()+oneOf(value.text, append(choiceValues(f), "unknown")))
			return a, false
		}
		if value.text != "unknown" {
			a.Choice = value.text
		}
	case DateFact:
		a.Date = r.day(value, f.ID)
	case NumberFact:
		return r.numberAnswer(f, v, value, a)
	}
	return a, true
}

// numberAnswer reads a number with its unit.
func (r *caseReader) numberAnswer(f *FactDef, v, value *jsonValue, a Answer) (Answer, bool) {
	factor := 1.0
	if u := v.get("unit"); v.kind == jsonObject && u != nil && u.kind != jsonNull {
		var ok bool
		if factor, ok = f.UnitFactor(r.text(u, "unit")); !ok {
			known := []string{f.Unit}
			for _, unit := range f.Units {
				known = append(known, unit.Name)
			}
			r.report(u, f.ID+" is not measured in "+u.shown()+oneOf(u.text, known))
			return a, false
		}
		a.As = value.text + " " + u.text
	}
	s, ok := r.span(value, f.ID, f.Possible, factor)
	if !ok {
		return a, false
	}
	if value.kind == jsonString && a.As == "" {
		a.As = value.text
	}
	if value.kind == jsonObject {
		a.As = ""
	}
	a.Number = s
	return a, true
}

// tumourFields maps the keys of a tumour to where they are kept.
func tumourFields(t *Tumour) []tumourField {
	return []tumourField{
		{"mlh1", "tumour.mlh1", &t.MLH1},
		{"pms2", "tumour.pms2", &t.PMS2},
		{"msh2", "tumour.msh2", &t.MSH2},
		{"msh6", "tumour.msh6", &t.MSH6},
		{"msi", "tumour.msi", &t.MSI},
		{"braf_v600e", "tumour.braf_v600e", &t.BRAF},
		{"mlh1_methylation", "tumour.mlh1_methylation", &t.Methylation},
		{"tissue", "tumour.tissue", &t.Tissue},
	}
}

type tumourField struct {
	key, fact string
	at        *string
}

func (r *caseReader) readTumour(v *jsonValue) Tumour {
	t := Tumour{Age: truth.Any(), Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown, Confirmed: truth.Unknown}
	fields := tumourFields(&t)
	keys := []string{"site", "age", "neoadjuvant", "msi_h_histology", "confirmed", "date"}
	for _, f := range fields {
		keys = append(keys, f.key)
	}
	if !r.object(v, "a tumour", keys...) {
		return t
	}
	if v.get("site") == nil {
		r.report(v, "a tumour needs a site")
	} else {
		r.choice(v.get("site"), "tumour.site", &t.Site)
	}
	for _, f := range fields {
		if value := v.get(f.key); value != nil {
			r.choice(value, f.fact, f.at)
		}
	}
	t.Age = r.age(v.get("age"), "age at diagnosis")
	t.Neoadjuvant = r.yesNo(v.get("neoadjuvant"), "neoadjuvant", truth.Unknown)
	t.MSIHHistology = r.yesNo(v.get("msi_h_histology"), "msi_h_histology", truth.Unknown)
	t.Confirmed = r.yesNo(v.get("confirmed"), "confirmed", truth.Unknown)
	t.Date = r.past(v.get("date"), "date")
	return t
}

// choice reads one choice of a fact; "unknown" and null are not known.
func (r *caseReader) choice(v *jsonValue, fact string, at *string) {
	f := r.d.Fact(fact)
	if fact == "lipid.drug" && v.kind == jsonString { // drug names are written in any case
		v = &jsonValue{kind: jsonString, path: v.path, text: strings.ToLower(strings.TrimSpace(v.text))}
	}
	if v.kind == jsonNull || v.kind == jsonString && v.text == "unknown" || f == nil {
		return
	}
	if v.kind != jsonString || f.ChoiceIndex(v.text) < 0 {
		r.report(v, fact+" is never "+v.shown()+oneOf(v.text, append(choiceValues(f), "unknown")))
		return
	}
	*at = v.text
}

func (r *caseReader) readPanel(v *jsonValue) Panel {
	p := Panel{Age: truth.Any(), Fasting: truth.Unknown}
	if !r.object(v, "a panel", "date", "age", "fasting", "facts") {
		return p
	}
	p.Date = r.past(v.get("date"), "the date of the panel")
	p.Age = r.age(v.get("age"), "age at the panel")
	p.Fasting = r.yesNo(v.get("fasting"), "fasting", truth.Unknown)
	p.Facts = r.readFacts(v.get("facts"))
	return p
}
