package rules

import (
	"math"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// patientFacts is what a case says about the patient, before any area reads it.
type patientFacts struct {
	c       *Case
	patient *Person
	index   int      // of the patient among the people
	given   []uint64 // by FactDef.index: the patient has an answer to it
}

// read finds the patient; the family graph has proved that there is one.
func (f *patientFacts) read(d *Dictionary, c *Case, k *kin) {
	f.about(d, c, k.graph.Patient())
}

// about takes person number index as the patient. Most of the facts that rules
// read are not answered, so the few that are get marked.
func (f *patientFacts) about(d *Dictionary, c *Case, index int) {
	f.c, f.index, f.patient = c, index, &c.People[index]
	if n := len(d.facts)>>6 + 1; len(f.given) != n {
		f.given = make([]uint64, n)
	}
	clear(f.given)
	for id := range f.patient.Facts {
		if def := d.factByID[id]; def != nil {
			f.given[def.index>>6] |= 1 << (def.index & 63)
		}
	}
}

// has reports whether the patient has an answer to a fact, panels left aside.
func (f *patientFacts) has(def *FactDef) bool {
	return f.given[def.index>>6]>>(def.index&63)&1 != 0
}

// found is an answer with where it comes from.
type found struct {
	answer Answer
	panel  int // -1: the plain facts; else the panel
	basis  basis
}

// basis says on what footing a measurement counts.
type basis uint8

const (
	basisNone basis = iota
	basisUntreated
	basisTreated
	basisUnknown
	basisComputed
	basisLocal
)

// text puts a basis into words.
func (b basis) text() string {
	switch b {
	case basisUntreated:
		return "Untreated"
	case basisTreated:
		return "On treatment"
	case basisUnknown:
		return "Treatment not recorded"
	case basisComputed:
		return "Worked out"
	case basisLocal:
		return "Local setting"
	}
	return ""
}

// load puts what a case says into the slots of an area.
func (a *Area) load(s *state, w *bench) {
	s.assumed = s.assumed[:0]
	copy(s.yesNo, a.blank.yesNo)
	copy(s.numbers, a.blank.numbers)
	copy(s.choices, a.blank.choices)
	copy(s.recorded, a.blank.recorded)
	for i := range a.slots {
		sl := &a.slots[i]
		switch {
		case sl.tumour:
		case sl.family >= 0:
			s.yesNo[sl.at] = a.kin[sl.family].ask(&w.kin.graph, nil)
			s.recorded[i] = s.yesNo[sl.at] != truth.Unknown
			if sl.notUsed && !s.recorded[i] {
				s.yesNo[sl.at] = truth.No
			}
		case !sl.asGiven || w.facts.mayKnow(sl.fact):
			a.loadFact(s, int32(i), w)
		}
	}
	a.loadTumours(s, w)
}

// mayKnow reports whether the patient has an answer to a fact that is not worked
// out from others.
func (f *patientFacts) mayKnow(def *FactDef) bool {
	return f.has(def) || len(f.patient.Panels) > 0 || def.Condition != "" && len(f.patient.Conditions) > 0
}

// ask puts a family question to the graph.
func (q *kinQuestion) ask(g *family.Graph, ev *family.Evidence) truth.K {
	if q.cluster != nil {
		return q.cluster.Ask(g, ev)
	}
	return q.relatives.Ask(g, ev)
}

// loadFact puts one fact of the patient into its slot.
func (a *Area) loadFact(s *state, i int32, w *bench) {
	sl := &a.slots[i]
	f := sl.fact
	a.forget(s, i)
	p := w.facts.patient
	switch f.BuiltIn {
	case "age":
		s.numbers[sl.at] = p.Age
		s.recorded[i] = !p.Age.IsAny()
		return
	case "sex":
		s.recorded[i] = true
		switch w.kin.graph.SexOf(w.facts.index) {
		case family.Female:
			s.choices[sl.at] = a.choiceBit(f, "female", sl.full)
		case family.Male:
			s.choices[sl.at] = a.choiceBit(f, "male", sl.full)
		default:
			s.recorded[i] = false
		}
		return
	case "died":
		if p.Alive == truth.Yes || p.Alive == truth.No {
			s.yesNo[sl.at], s.recorded[i] = p.Alive.Not(), true
		}
		return
	case "alive":
		if p.Alive != truth.Never {
			s.yesNo[sl.at] = p.Alive
		}
		return
	}
	got, ok := w.facts.find(a.dict, f)
	if !ok {
		return
	}
	switch sl.kind {
	case slotYesNo:
		if got.answer.Bool != truth.Unknown && got.answer.Bool != truth.Never {
			s.yesNo[sl.at] = got.answer.Bool
			s.recorded[i] = true
		}
	case slotNumber:
		if !got.answer.Number.IsAny() {
			s.numbers[sl.at] = got.answer.Number
			s.recorded[i] = true
		}
	case slotChoice:
		if got.answer.Choice != "" {
			s.choices[sl.at] = a.choiceBit(f, got.answer.Choice, sl.full)
			s.recorded[i] = true
		}
	}
}

// choiceBit is the mask of one value; a value that is none leaves all open.
func (a *Area) choiceBit(f *FactDef, value string, full uint32) uint32 {
	if i := f.ChoiceIndex(value); i >= 0 {
		return 1 << i
	}
	return full
}

// find looks a fact of the patient up; ok is false when nothing is known.
func (f *patientFacts) find(d *Dictionary, def *FactDef) (found, bool) {
	switch {
	case def.Local:
		return f.setting(def), true
	case def.measured != nil && len(f.patient.Panels) == 0 && !f.has(def.measured):
		return found{}, false
	case def.measuredWhen != nil:
		return f.ageAt(d, def.measuredWhen)
	case def.highest:
		return f.highest(def.measured)
	case def.measured != nil:
		return f.untreated(d, def.measured)
	case def.BuiltIn == "non_hdl":
		return f.nonHDL()
	case def.BuiltIn == "ldl_estimate":
		return f.estimate()
	case def.BuiltIn == "ldl_calculated":
		return f.calculated()
	case def.BuiltIn == "ldl_over_tc":
		return f.excess()
	case def.BuiltIn == "usable_lipids":
		return f.usableLipids()
	case def.BuiltIn == "untreated_on_drug":
		return f.untreatedOnDrug()
	case def.BuiltIn == "beyond_estimate":
		return f.beyondEstimate()
	}
	if f.has(def) {
		a := f.patient.Facts[def.ID]
		return found{answer: a, panel: -1, basis: f.basisIf(def, -1)}, true
	}
	if def.Condition != "" {
		if k, ok := f.condition(def.Condition); ok {
			return found{answer: Answer{Bool: k, Number: truth.Any()}, panel: -1}, true
		}
	}
	if i := f.newestPanel(def.ID); i >= 0 {
		p := &f.patient.Panels[i]
		return found{answer: p.Facts[def.ID], panel: i, basis: f.basisIf(def, i)}, true
	}
	if def.ID == "lipid.basis" {
		return f.basisFact()
	}
	return found{}, false
}

// basisFact tells how the lipids that count now were taken: the plain ones, or
// those of the newest panel when there are no plain ones.
func (f *patientFacts) basisFact() (found, bool) {
	facts, panel, day := f.patient.Facts, -1, Date("")
	_, ldl := facts["lipid.ldl"]
	_, tc := facts["lipid.tc"]
	if i := max(f.newestPanel("lipid.ldl"), f.newestPanel("lipid.tc")); !ldl && !tc && i >= 0 {
		facts, panel, day = f.patient.Panels[i].Facts, i, f.patient.Panels[i].Date
	} else {
		day = f.currentDay()
	}
	a := Answer{Number: truth.Any()}
	switch f.basisOf(facts, day) {
	case basisTreated:
		a.Choice = "on_treatment"
	case basisUntreated:
		a.Choice = "untreated"
	default:
		return found{}, false
	}
	return found{answer: a, panel: panel}, true
}

// condition answers from the patient's conditions; silence says nothing here.
func (f *patientFacts) condition(name string) (truth.K, bool) {
	for i := range f.patient.Conditions {
		if c := &f.patient.Conditions[i]; c.Name == name {
			return c.Present, true
		}
	}
	return truth.Unknown, false
}

// newestPanel is the newest panel that holds the fact, -1 for none.
func (f *patientFacts) newestPanel(id string) int {
	best := -1
	for i := range f.patient.Panels {
		p := &f.patient.Panels[i]
		a, ok := p.Facts[id]
		if !ok || a.Number.IsAny() {
			continue
		}
		if best >= 0 {
			if b := &f.patient.Panels[best]; p.Date < b.Date || p.Date == b.Date && a.Number.Lo <= b.Facts[id].Number.Lo {
				continue
			}
		}
		best = i
	}
	return best
}

// basisIf tells on what footing a measurement of a panel (-1: the plain facts)
// counts; other facts have none.
func (f *patientFacts) basisIf(def *FactDef, panel int) basis {
	switch {
	case def.Type != NumberFact || def.Unit == "" || def.Topic == "":
		return basisNone
	case panel < 0:
		return f.basisOf(f.patient.Facts, f.currentDay())
	}
	return f.basisOf(f.patient.Panels[panel].Facts, f.patient.Panels[panel].Date)
}

// basisOf tells whether a panel was taken untreated: what was written with it,
// else what the drug says, else the medications that cover its day.
func (f *patientFacts) basisOf(facts map[string]Answer, day Date) basis {
	switch facts["lipid.basis"].Choice {
	case "untreated":
		return basisUntreated
	case "on_treatment":
		return basisTreated
	}
	switch drug := facts["lipid.drug"].Choice; drug {
	case "":
	case "none":
		return basisUntreated
	default:
		return basisTreated
	}
	return f.basisByMedicines(day)
}

// unusable reports whether a panel must not be used: taken in pregnancy or
// acute illness.
func unusable(facts map[string]Answer) bool {
	return facts["pregnant"].Bool == truth.Yes || facts["lipid.acute_illness"].Bool == truth.Yes
}

// untreated is the untreated value of a measurement: the newest one known to
// be untreated; else at least the highest measured.
func (f *patientFacts) untreated(_ *Dictionary, of *FactDef) (found, bool) {
	best := found{panel: -2}
	var when Date
	high, at, footing := math.Inf(-1), -2, basisUnknown
	consider := func(facts map[string]Answer, panel int, day Date) {
		a, ok := facts[of.ID]
		if !ok || a.Number.IsAny() || unusable(facts) {
			return
		}
		b := f.basisOf(facts, day)
		if b == basisUntreated {
			if best.panel == -2 || panel == -1 || day > when || day == when && a.Number.Lo > best.answer.Number.Lo {
				best, when = found{answer: a, panel: panel, basis: b}, day
			}
			return
		}
		if a.Number.Lo > high || at == -2 {
			high, at, footing = a.Number.Lo, panel, b
		}
	}
	for i := range f.patient.Panels {
		consider(f.patient.Panels[i].Facts, i, f.patient.Panels[i].Date)
	}
	consider(f.patient.Facts, -1, f.currentDay())
	if best.panel != -2 {
		return best, true
	}
	if at == -2 {
		return found{}, false
	}
	facts := f.patient.Facts
	if at >= 0 {
		facts = f.patient.Panels[at].Facts
	}
	out := found{answer: facts[of.ID], panel: at, basis: footing}
	out.answer.Number.Hi = math.Inf(1)
	return out, true
}

// highest is the highest value ever measured, on whatever footing: a line that
// was crossed once stays crossed.
func (f *patientFacts) highest(of *FactDef) (found, bool) {
	best, any := found{panel: -1}, false
	consider := func(facts map[string]Answer, panel int, day Date) {
		a, ok := facts[of.ID]
		if ok && !a.Number.IsAny() && (!any || a.Number.Lo > best.answer.Number.Lo) {
			best, any = found{answer: a, panel: panel, basis: f.basisOf(facts, day)}, true
		}
	}
	consider(f.patient.Facts, -1, f.currentDay())
	for i := range f.patient.Panels {
		consider(f.patient.Panels[i].Facts, i, f.patient.Panels[i].Date)
	}
	return best, any
}

// nonHDL is the non-HDL cholesterol given, else TC − HDL of the same panel.
func (f *patientFacts) nonHDL() (found, bool) {
	if a, ok := f.patient.Facts["lipid.non_hdl"]; ok {
		return found{answer: a, panel: -1}, true
	}
	tc, ok1 := f.patient.Facts["lipid.tc"]
	hdl, ok2 := f.patient.Facts["lipid.hdl"]
	if !ok1 || !ok2 || tc.Number.IsAny() || hdl.Number.IsAny() {
		return found{}, false
	}
	a := Answer{Number: truth.Span{Lo: tc.Number.Lo - hdl.Number.Hi, Hi: tc.Number.Hi - hdl.Number.Lo}}
	return found{answer: a, panel: -1, basis: basisComputed}, true
}
