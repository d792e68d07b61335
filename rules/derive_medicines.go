package rules

import (
	"fmt"
	"strings"

	"kindred/rules/lipid"
	"kindred/rules/truth"
)

// The facts that say what was taken at a test, and whether the list of medicines
// holds every one that was ever taken.
const (
	factBasis     = "lipid.basis"
	factDrug      = "lipid.drug"
	factDose      = "lipid.dose_mg"
	factMedicines = "lipid.medicines"
)

// currentDay is the day of the plain facts: the date of their lipids, else the
// day of the assessment.
func (f *patientFacts) currentDay() Date {
	return CurrentDay(f.patient, f.c.Date)
}

// CurrentDay is the day on which a person's current lipids (the plain facts)
// were taken: the date that stands with one of them, else today, the day of the
// assessment.
func CurrentDay(p *Person, today Date) Date {
	if len(p.Medications) == 0 && len(p.Panels) == 0 {
		return today // nobody compares
	}
	for _, id := range []string{"lipid.ldl", "lipid.tc", "lipid.non_hdl", "lipid.hdl", "lipid.tg"} {
		if a, ok := p.Facts[id]; ok && a.When != "" {
			return a.When
		}
	}
	return today
}

// basisByMedicines tells how lipids of a day were taken by the list of medicines
// alone. Only a list that is said to be complete can say that nothing was taken,
// and only for a day before all of them: when the effect of a drug that was
// stopped has gone, nobody can tell from dates.
func (f *patientFacts) basisByMedicines(day Date) basis {
	return basisByMedicines(f.patient, day, f.c.Date)
}

func basisByMedicines(p *Person, day, today Date) basis {
	complete := p.Facts[factMedicines].Choice
	if len(p.Medications) == 0 && complete == "" {
		return basisUnknown
	}
	before := day != ""
	for i := range p.Medications {
		m := &p.Medications[i]
		if !m.Lowers() {
			continue
		}
		if m.Drug != "" && m.Covers(day, today) == truth.Yes {
			return basisTreated
		}
		before = before && m.From != "" && day < m.From.first() && (m.To == "" || day < m.To.first())
	}
	switch {
	case complete == "never" && !lowering(p):
		return basisUntreated
	case complete == "all" && before:
		return basisUntreated
	}
	return basisUnknown
}

// lowering reports whether a medicine of the list lowers LDL cholesterol.
func lowering(p *Person) bool {
	for i := range p.Medications {
		if p.Medications[i].Lowers() {
			return true
		}
	}
	return false
}

// TakenAt is what lowered the lipids of a panel taken that day: the drug written
// with the panel, else the medications that surely cover the day; empty when
// nobody wrote any. A drug that no table knows is lipid.ErrUnknownDrugDose, never
// a drug without effect.
func TakenAt(tables *lipid.Tables, p *Person, facts map[string]Answer, day, today Date) (lipid.Regimen, error) {
	if drug := facts[factDrug].Choice; drug != "" && drug != "none" {
		mg := 0.0
		if s := facts[factDose].Number; s.IsExact() {
			mg = s.Lo
		}
		return tables.Single(strings.ReplaceAll(drug, "_", " "), mg)
	}
	var all lipid.Regimen
	for i := range p.Medications {
		m := &p.Medications[i]
		if !m.Lowers() || m.Covers(day, today) != truth.Yes {
			continue
		}
		r, err := m.Regimen(tables)
		if err != nil {
			return nil, err
		}
		all = append(all, r...)
	}
	return all, nil
}

// Footing is what is known of treatment at a set of lipids.
type Footing struct {
	Basis   string        // a value of lipid.basis, "" when not known
	Said    bool          // somebody said so with the lipids; else the list of medicines does
	Taken   lipid.Regimen // what lowered them, empty when not known
	Perhaps []string      // medicines of which the dates do not say
	Clash   string        // the medicine that covers the day of lipids said to be untreated, "" when none
	Problem error         // a medicine that no table knows
}

// FootingOf is what is known of treatment at lipids taken on a day ("" when
// nobody wrote it); today is the day of the assessment.
func FootingOf(tables *lipid.Tables, p *Person, facts map[string]Answer, day, today Date) Footing {
	var out Footing
	f := patientFacts{c: &Case{Date: today}, patient: p}
	switch f.basisOf(facts, day) {
	case basisUntreated:
		out.Basis = "untreated"
	case basisTreated:
		out.Basis = "on_treatment"
	}
	out.Said = facts[factBasis].Choice != "" || facts[factDrug].Choice != ""
	out.Clash = clash(p, facts, day, today)
	if out.Basis == "on_treatment" {
		out.Taken, out.Problem = TakenAt(tables, p, facts, day, today)
	}
	if !out.Said {
		for i := range p.Medications {
			if m := &p.Medications[i]; m.Lowers() && m.Covers(day, today) == truth.Unknown {
				out.Perhaps = append(out.Perhaps, m.Name())
			}
		}
	}
	return out
}

// Name is what the medicine is called: as it was written, else by its drug and
// daily dose.
func (m *Medication) Name() string {
	name := strings.ReplaceAll(m.Drug, "_", " ")
	switch {
	case m.As != "":
		return m.As
	case m.DoseMG > 0:
		return fmt.Sprintf("%s %g mg", name, m.DoseMG)
	}
	return name
}

// clash names what contradicts lipids that are said to be untreated: the drug
// written with them, or a medicine that surely covers their day.
func clash(p *Person, facts map[string]Answer, day, today Date) string {
	drug := facts[factDrug].Choice
	switch {
	case facts[factBasis].Choice == "untreated" && drug != "" && drug != "none":
		return strings.ReplaceAll(drug, "_", " ")
	case facts[factBasis].Choice != "untreated" && !(facts[factBasis].Choice == "" && drug == "none"):
		return ""
	}
	for i := range p.Medications {
		if m := &p.Medications[i]; m.Drug != "" && m.Lowers() && m.Covers(day, today) == truth.Yes {
			return m.Name()
		}
	}
	return ""
}

// untreatedOnDrug is whether lipids that are said to be untreated were taken
// while a lipid-lowering drug was, by what else is recorded: of the plain facts,
// and of every panel.
func (f *patientFacts) untreatedOnDrug() (found, bool) {
	yes := func(panel int) (found, bool) {
		return found{answer: Answer{Bool: truth.Yes, Number: truth.Any()}, panel: panel}, true
	}
	measured := func(facts map[string]Answer) bool {
		_, ldl := facts["lipid.ldl"]
		_, tc := facts["lipid.tc"]
		return ldl || tc
	}
	if measured(f.patient.Facts) && clash(f.patient, f.patient.Facts, f.currentDay(), f.c.Date) != "" {
		return yes(-1)
	}
	for i := range f.patient.Panels {
		if p := &f.patient.Panels[i]; measured(p.Facts) && clash(f.patient, p.Facts, p.Date, f.c.Date) != "" {
			return yes(i)
		}
	}
	if f.patient.Facts[factMedicines].Choice == "never" && lowering(f.patient) {
		return yes(-1)
	}
	return found{answer: Answer{Bool: truth.No, Number: truth.Any()}, panel: -1}, true
}

// beyondEstimate is whether the newest LDL cholesterol was taken on a drug on
// which an untreated value cannot be worked out.
func (f *patientFacts) beyondEstimate() (found, bool) {
	facts, panel, day := f.patient.Facts, -1, f.currentDay()
	if _, ok := facts["lipid.ldl"]; !ok {
		if panel = f.newestPanel("lipid.ldl"); panel < 0 {
			return found{}, false
		}
		facts, day = f.patient.Panels[panel].Facts, f.patient.Panels[panel].Date
	}
	tables, err := lipid.Embedded()
	if err != nil || f.basisOf(facts, day) != basisTreated {
		return found{}, false
	}
	taken, err := TakenAt(tables, f.patient, facts, day, f.c.Date)
	if err != nil || taken.Beyond() == "" {
		return found{}, false
	}
	return found{answer: Answer{Bool: truth.Yes, Number: truth.Any()}, panel: panel}, true
}

// footing tells on what footing a measurement counts, with the drug where it is
// known, and that its panel has no date where it has none.
func (f *patientFacts) footing(got found) string {
	text := got.basis.text()
	facts, day := f.patient.Facts, Date("")
	if got.panel >= 0 {
		facts, day = f.patient.Panels[got.panel].Facts, f.patient.Panels[got.panel].Date
	}
	if got.basis == basisTreated {
		if got.panel < 0 {
			day = f.currentDay()
		}
		if tables, err := lipid.Embedded(); err == nil {
			if taken, err := TakenAt(tables, f.patient, facts, day, f.c.Date); err == nil && len(taken) > 0 {
				text += ", " + taken.String()
			}
		}
	}
	if got.panel >= 0 && got.basis != basisNone && f.patient.Panels[got.panel].Date == "" && got.answer.When == "" {
		text += ", panel without a date"
	}
	return text
}
