package rules

import (
	"errors"
	"fmt"
	"strings"

	"kindred/rules/lipid"
	"kindred/rules/truth"
)

// ReadMedication understands a medicine as GP systems and people write it
// ("Atorvastatin 80mg tablets", "rosuva 20", "Inegy 10/40"), or by a value of
// lipid.drug. Drug is that fact's value, with the one daily dose in mg that goes
// with it; a drug that does not lower LDL cholesterol is "none". The doubts are
// sentences about a dose that was left open. The error says what is wrong with
// the text (lipid.ErrUnknownDrugDose, lipid.ErrNotTaken); no drug is ever guessed.
func (d *Dictionary) ReadMedication(text string) (m Medication, doubts []string, err error) {
	fact := d.Fact("lipid.drug")
	if fact == nil {
		return m, nil, errors.New("the dictionary knows no medicines (lipid.drug)")
	}
	lower := strings.ToLower(strings.TrimSpace(text))
	if fact.ChoiceIndex(lower) >= 0 {
		return Medication{Drug: lower}, nil, nil
	}
	tables, err := lipid.Embedded()
	if err != nil {
		return m, nil, err
	}
	read, err := tables.Read(text)
	if err != nil {
		return m, nil, err
	}
	m.Drug, m.DoseMG = d.DrugChoice(read.Taken)
	m.As = text
	return m, read.Doubts, nil
}

// DrugChoice is the value of lipid.drug for what is taken together, with its
// daily dose in mg (0 when not known): the drug's own name, else its class, else
// "other"; "none" for what does not lower LDL cholesterol.
func (d *Dictionary) DrugChoice(r lipid.Regimen) (value string, doseMG float64) {
	fact := d.Fact("lipid.drug")
	name, class, doseMG := r.Main()
	if name == "" || fact == nil {
		return "none", 0
	}
	plain := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "_", " ") }
	for _, c := range fact.Choices {
		if plain(c.Value) == name {
			return c.Value, doseMG
		}
	}
	for _, c := range fact.Choices {
		if strings.HasSuffix(plain(c.Label), " "+plain(class)) { // "A bile acid sequestrant"
			return c.Value, doseMG
		}
	}
	return "other", doseMG
}

// Regimen is what the medicine is, as its tables know it. The error is
// lipid.ErrUnknownDrugDose for what no table knows; a medicine of that kind is
// never one without effect.
func (m *Medication) Regimen(tables *lipid.Tables) (lipid.Regimen, error) {
	if m.Drug == "" {
		return nil, fmt.Errorf("the medicine %q was not understood: %w", m.As, lipid.ErrUnknownDrugDose)
	}
	r, err := tables.Single(strings.ReplaceAll(m.Drug, "_", " "), m.DoseMG)
	if err == nil || m.As == "" {
		return r, err
	}
	read, err := tables.Read(m.As) // "other", "fibrate": the text names the drug
	if err != nil {
		return nil, err
	}
	return read.Taken, nil
}

// Lowers reports whether the medicine lowers LDL cholesterol, or may: one that
// was not understood may.
func (m *Medication) Lowers() bool { return m.Drug != "none" && (m.Drug != "" || m.As != "") }

// Covers tells whether the medicine was taken on a day; today is the day of the
// assessment. A medicine without a beginning may or may not have been taken;
// one without an end is still taken unless it is said to have been stopped. Days
// known by month or year ("2019-06") cover what is sure.
func (m *Medication) Covers(day, today Date) truth.K {
	if day == "" {
		return truth.Unknown
	}
	begun := truth.Unknown
	switch {
	case m.From != "":
		begun = truth.No
		if m.From.first() <= day {
			begun = truth.Unknown
		}
		if m.From.last() <= day {
			begun = truth.Yes
		}
	case m.Stopped == truth.No && day >= today:
		begun = truth.Yes
	}
	ended := truth.No
	switch {
	case m.To != "":
		if m.To.first() < day {
			ended = truth.Unknown
		}
		if m.To.last() < day {
			ended = truth.Yes
		}
	case m.Stopped == truth.Yes:
		ended = truth.Unknown
		if day >= today {
			ended = truth.Yes
		}
	}
	return begun.And(ended.Not())
}

// first and last are the days a date known by month or year can be.
func (d Date) first() Date {
	switch len(d) {
	case len("2019"):
		return d + "-01-01"
	case len("2019-06"):
		return d + "-01"
	}
	return d
}

func (d Date) last() Date {
	switch len(d) {
	case len("2019"):
		return d + "-12-31"
	case len("2019-06"):
		return d + "-31" // only compared, never shown: no day of the month lies after it
	}
	return d
}
