package consult

import (
	"fmt"
	"slices"
	"strings"

	"kindred/app/pathology"
	"kindred/app/ui/words"
	"kindred/rules"
	"kindred/rules/truth"
)

// askReport opens the page that reads a pasted pathology report into the fields
// of one tumour.
func (pg *tumourPage) askReport() {
	pg.reading = openPaste(pg.s.root, paster{
		title:   "Read a pathology report",
		holder:  "Paste the mismatch repair part of the pathology report here (Ctrl V)",
		nothing: "Nothing about mismatch repair, MSI, BRAF or methylation was recognised. Enter the results by hand.",
		read:    pg.readReport,
		entered: pg.enterReport,
	}, func() { pg.reading = nil })
}

// readReport proposes what a report says about the tumour shown.
func (pg *tumourPage) readReport(text string) pasteReading {
	read, dict := pathology.Read(text), pg.s.m.dict
	var out pasteReading
	t := pg.tumour()
	for _, f := range read.Found {
		def := dict.Fact(f.Fact)
		if def == nil {
			continue
		}
		now := tumourValue(t, f.Fact)
		row := &proposal{
			key: f.Fact + "=" + f.Value, label: def.Label, value: valueLabel(def, f.Value), quote: f.Words, had: now == f.Value,
			words: fmt.Sprintf("%s: %s", about(def), valueLabel(def, f.Value)),
			take:  func() { setTumour(pg.tumour(), f.Fact, f.Value) },
		}
		if now != "" {
			row.note = "Now: " + valueLabel(def, now)
		}
		out.rows = append(out.rows, row)
	}
	for _, d := range read.Unsure {
		if !slices.ContainsFunc(d.Facts, func(fact string) bool { return dict.Fact(fact) != nil }) {
			continue
		}
		names := make([]string, 0, len(d.Facts))
		for _, f := range d.Facts {
			if def := dict.Fact(f); def != nil {
				names = append(names, def.Short)
			}
		}
		out.doubts = append(out.doubts, pastedDoubt{words.Capital(strings.Join(names, ", ")) + ": " + d.Why, d.Words})
	}
	return out
}

// enterReport puts chosen findings into the tumour shown, or into a new one.
func (pg *tumourPage) enterReport(chosen []*proposal) {
	if len(pg.tumours()) == 0 {
		pg.addTumour()
	}
	for _, row := range chosen {
		row.take()
	}
	pg.sync()
	pg.changed()
}

func setTumour(t *rules.Tumour, fact, value string) {
	if f := tumourField(t, fact); f != nil {
		*f = value
	} else if k := tumourTruth(t, fact); k != nil {
		*k = truth.Of(value == "yes")
	}
}

// tumourValue is what is entered for a fact of a tumour, in the reader's words.
func tumourValue(t *rules.Tumour, fact string) string {
	if f := tumourField(t, fact); f != nil {
		return *f
	}
	if k := tumourTruth(t, fact); k != nil && (*k == truth.Yes || *k == truth.No) {
		return k.String()
	}
	return ""
}

func valueLabel(def *rules.FactDef, value string) string {
	if def.Type == rules.ChoiceFact {
		return def.ChoiceLabel(value)
	}
	return words.Capital(value)
}
