package consult

import (
	"strings"

	"kindred/app/report"
	"kindred/app/ui/typed"
	"kindred/app/ui/words"
)

// panelLines are the earlier panels, the newest first: what was measured, and
// how it was taken.
func (pg *lipidPage) panelLines() []line {
	var out []line
	for _, index := range pg.order() {
		facts := *pg.facts(index)
		var values []string
		for _, def := range pg.numbers {
			if a, ok := facts[def.ID]; ok && !a.Number.IsAny() {
				values = append(values, def.Short+" "+typed.Show(a.Number, def.Decimals)+" "+def.Unit)
			}
		}
		if len(values) == 0 {
			continue
		}
		how := "treatment not known"
		switch f := pg.footing(index); {
		case f.Basis == "untreated":
			how = "untreated"
		case len(f.Taken) > 0:
			how = "on " + f.Taken.String()
		case f.Basis == "on_treatment":
			how = "on treatment"
		}
		out = append(out, line{pg.tabName(index), strings.Join(values, ", ") + " · " + how, ""})
	}
	return out
}

// lines are the medicines with what was understood and when they were taken.
func (l *medicineList) lines() []line {
	var out []line
	for i, r := range l.list {
		m := l.at(i)
		if m.Name() == "" {
			continue
		}
		value := r.echo + " · " + report.Period(m)
		if r.fault != "" {
			value = "not understood · " + report.Period(m)
		}
		out = append(out, line{m.Name(), value, ""})
	}
	return out
}

// undated says which panels have values and no date, and which medicines were
// not understood: each to confirm before anything is sent.
func (pg *lipidPage) undated() []string {
	var out []string
	if pg.measured(currentPanel) && pg.dayOf(currentPanel) == "" {
		out = append(out, "The newest lipid panel has no date")
	}
	n := 0
	for i := range pg.s.m.patient().Panels {
		if pg.measured(i) && pg.dayOf(i) == "" {
			n++
		}
	}
	if n > 0 {
		out = append(out, words.Plural(n, "earlier lipid panel has", "earlier lipid panels have")+" no date")
	}
	if pg.medicines == nil {
		return out
	}
	for i, r := range pg.medicines.list {
		if r.fault != "" {
			out = append(out, "The medicine “"+pg.medicines.at(i).Name()+"” was not understood")
		}
	}
	return out
}
