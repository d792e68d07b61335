package cliniclist

import (
	"strings"

	"kindred/rules"
)

// drugText is a medicine as GP systems write it, understood.
type drugText struct {
	drug string  // choice of lipid.drug; "none" when the text says so, empty when it is no lipid-lowering drug
	dose float64 // daily dose in mg, of a combination the statin's; 0 when not said
}

// drugReader reads medicines by the dictionary and remembers what it read: a
// list has few texts in many rows. It belongs to one goroutine.
type drugReader struct {
	dict *rules.Dictionary
	seen map[string]drugText
}

func newDrugReader(d *rules.Dictionary) *drugReader {
	return &drugReader{dict: d, seen: map[string]drugText{}}
}

// fresh is a reader of the same dictionary for another goroutine.
func (r *drugReader) fresh() *drugReader { return newDrugReader(r.dict) }

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
	if strings.IndexFunc(text, func(c rune) bool { return c >= 'A' }) < 0 {
		return drugText{}
	}
	m, _, err := r.dict.ReadMedication(text)
	if err != nil || m.Drug == "none" || m.As == "" && m.Drug == "other" { // a drug that lowers nothing does not say that none is taken
		return drugText{}
	}
	return drugText{m.Drug, m.DoseMG}
}
