package rules

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"kindred/rules/truth"
)

// EncodeCase writes a case as kindred.case/1, so that ParseCase reads the same
// case back. Keys come in the order of design.md §4 and facts in the order of
// the alphabet, so that equal cases give equal bytes. The dictionary says of
// which type each fact is; a fact it does not know is an error.
func EncodeCase(c *Case, d *Dictionary) ([]byte, error) {
	w := &caseWriter{d: d}
	w.open('{')
	w.text("schema", caseSchema)
	w.textIf("date", string(c.Date))
	w.text("patient", c.Patient)
	w.key("people")
	w.open('[')
	for i := range c.People {
		w.item()
		w.person(&c.People[i])
	}
	w.close(']')
	if len(c.Asked) > 0 {
		w.key("asked")
		w.open('{')
		for _, topic := range sortedKeys(c.Asked) {
			w.key(topic)
			w.raw(strconv.Itoa(c.Asked[topic]))
		}
		w.close('}')
	}
	if len(c.UnknownSides) > 0 {
		w.key("unknown_sides")
		w.open('[')
		for _, s := range c.UnknownSides {
			w.item()
			w.quoted(s)
		}
		w.close(']')
	}
	w.settings(c)
	w.couples(c.Couples)
	w.twins(c.Twins)
	w.close('}')
	return append(w.out, '\n'), w.err
}

// caseWriter writes JSON with commas in the right places.
type caseWriter struct {
	d     *Dictionary
	out   []byte
	fresh bool // nothing stands in the current object or list yet
	err   error
}

func (w *caseWriter) open(c byte)  { w.out, w.fresh = append(w.out, c), true }
func (w *caseWriter) close(c byte) { w.out, w.fresh = append(w.out, c), false }
func (w *caseWriter) raw(s string) { w.out, w.fresh = append(w.out, s...), false }

func (w *caseWriter) item() {
	if !w.fresh {
		w.out = append(w.out, ',')
	}
	w.fresh = false
}

func (w *caseWriter) key(k string) {
	w.item()
	w.quoted(k)
	w.out = append(w.out, ':')
}

func (w *caseWriter) quoted(s string) {
	b, err := json.Marshal(s)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.raw(string(b))
}

func (w *caseWriter) text(k, s string) {
	w.key(k)
	w.quoted(s)
}

func (w *caseWriter) textIf(k, s string) {
	if s != "" {
		w.text(k, s)
	}
}

// knownIf writes a yes or no that is known.
func (w *caseWriter) knownIf(k string, v truth.K) {
	if v == truth.Yes || v == truth.No {
		w.text(k, v.String())
	}
}

func (w *caseWriter) spanIf(k string, s truth.Span) {
	if !s.IsAny() {
		w.key(k)
		w.span(s)
	}
}

// span writes a number, a bound as text or {"min","max"}.
func (w *caseWriter) span(s truth.Span) {
	switch {
	case s.IsAny():
		w.quoted("unknown")
	case s.IsExact():
		w.raw(exact(s.Lo))
	case math.IsInf(s.Lo, -1):
		if v, ok := shorter(s.Hi, math.Inf(1)); ok {
			w.quoted("<" + exact(v))
		} else {
			w.quoted("<=" + exact(s.Hi))
		}
	case math.IsInf(s.Hi, 1):
		if v, ok := shorter(s.Lo, math.Inf(-1)); ok {
			w.quoted(">" + exact(v))
		} else {
			w.quoted(">=" + exact(s.Lo))
		}
	default:
		w.raw(`{"min":` + exact(s.Lo) + `,"max":` + exact(s.Hi) + `}`)
	}
}

func exact(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// shorter recognises the number just beside a written bound: "<0.5" is kept as
// everything up to the largest number below 0.5.
func shorter(v, towards float64) (float64, bool) {
	next := math.Nextafter(v, towards)
	return next, len(exact(next))+4 < len(exact(v))
}

func (w *caseWriter) person(p *Person) {
	w.open('{')
	w.text("id", p.ID)
	w.textIf("name", p.Name)
	w.textIf("relation", p.Relation)
	w.textIf("mother", p.Mother)
	w.textIf("father", p.Father)
	w.textIf("sex", p.Sex)
	w.textIf("gender", p.Gender)
	w.drawn(&p.Drawn)
	w.spanIf("age", p.Age)
	w.knownIf("alive", p.Alive)
	if len(p.Conditions) > 0 {
		w.key("conditions")
		w.open('[')
		for i := range p.Conditions {
			c := &p.Conditions[i]
			w.item()
			w.open('{')
			w.text("name", c.Name)
			w.spanIf("age", c.Age)
			w.knownIf("confirmed", c.Confirmed)
			if c.Present != truth.Yes {
				w.text("present", c.Present.String())
			}
			w.close('}')
		}
		w.close(']')
	}
	w.facts(p.Facts)
	w.tumours(p.Tumours)
	w.panels(p.Panels)
	w.medications(p.Medications)
	w.close('}')
}

func (w *caseWriter) facts(facts map[string]Answer) {
	if len(facts) == 0 {
		return
	}
	w.key("facts")
	w.open('{')
	for _, id := range sortedKeys(facts) {
		f := w.d.Fact(id)
		if f == nil {
			if w.err == nil {
				w.err = Problems{{Path: "facts", Text: "the case holds the fact " + strconv.Quote(id) + ", which this program does not know"}}
			}
			continue
		}
		w.key(id)
		a := facts[id]
		value, unit := asWritten(f, a)
		if a.When == "" && unit == "" {
			w.answer(f, a)
			continue
		}
		w.open('{')
		w.key("value")
		if unit == "" {
			w.answer(f, a)
		} else {
			w.raw(value)
			w.text("unit", unit)
		}
		w.textIf("date", string(a.When))
		w.close('}')
	}
	w.close('}')
}

// asWritten gives the number and unit as they were written, when the unit is
// not our own and the number says the same in it.
func asWritten(f *FactDef, a Answer) (value, unit string) {
	value, unit, ok := strings.Cut(a.As, " ")
	if f.Type != NumberFact || !ok || !a.Number.IsExact() {
		return "", ""
	}
	factor, known := f.UnitFactor(unit)
	v, err := strconv.ParseFloat(value, 64)
	if !known || err != nil || v*factor != a.Number.Lo || value[0] < '0' || value[0] > '9' || !json.Valid([]byte(value)) {
		return "", ""
	}
	return value, unit
}

func (w *caseWriter) answer(f *FactDef, a Answer) {
	switch f.Type {
	case YesNo:
		w.quoted(a.Bool.String())
	case ChoiceFact:
		if a.Choice == "" {
			w.quoted("unknown")
		} else {
			w.quoted(a.Choice)
		}
	case DateFact:
		w.quoted(string(a.Date))
	case NumberFact:
		w.span(a.Number)
	}
}

func (w *caseWriter) tumours(tumours []Tumour) {
	if len(tumours) == 0 {
		return
	}
	w.key("tumours")
	w.open('[')
	for i := range tumours {
		t := tumours[i]
		w.item()
		w.open('{')
		w.text("site", t.Site)
		w.spanIf("age", t.Age)
		for _, f := range tumourFields(&t) {
			w.textIf(f.key, *f.at)
		}
		w.knownIf("neoadjuvant", t.Neoadjuvant)
		w.knownIf("msi_h_histology", t.MSIHHistology)
		w.knownIf("confirmed", t.Confirmed)
		w.textIf("date", string(t.Date))
		w.close('}')
	}
	w.close(']')
}

func (w *caseWriter) panels(panels []Panel) {
	if len(panels) == 0 {
		return
	}
	w.key("panels")
	w.open('[')
	for i := range panels {
		p := &panels[i]
		w.item()
		w.open('{')
		w.textIf("date", string(p.Date))
		w.spanIf("age", p.Age)
		w.knownIf("fasting", p.Fasting)
		w.facts(p.Facts)
		w.close('}')
	}
	w.close(']')
}

func (w *caseWriter) medications(list []Medication) {
	if len(list) == 0 {
		return
	}
	w.key("medications")
	w.open('[')
	for i := range list {
		m := &list[i]
		w.item()
		w.open('{')
		if m.As != "" {
			w.text("drug", m.As)
		} else {
			w.text("drug", m.Drug)
		}
		if m.DoseMG != 0 {
			w.key("dose_mg")
			w.raw(exact(m.DoseMG))
		}
		w.textIf("from", string(m.From))
		w.textIf("to", string(m.To))
		w.knownIf("stopped", m.Stopped)
		w.close('}')
	}
	w.close(']')
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
