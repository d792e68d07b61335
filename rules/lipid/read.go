package lipid

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrNotTaken says that a text names a drug as one that is not taken.
var ErrNotTaken = errors.New("not_taken")

// Reading is a text about a medicine, understood.
type Reading struct {
	Taken  Regimen  // a daily dose that is not certain is 0
	Doubts []string // why a dose was left open, each a sentence
}

// Read reads lipid-lowering drugs as GP systems and people write them:
// "Atorvastatin 80mg tablets", "ezetimibe 10mg/simvastatin 40mg", "Inegy
// 10mg/40mg", "rosuva 20 od". A strength is the daily dose unless instructions
// say otherwise ("take two at night"). Every number has to be accounted for: one
// that is not, or a dose that is not one number a day ("on alternate days",
// "10mg or 20mg"), leaves the dose open with the reason, so that no wrong dose is
// ever given. Text without a drug we know is ErrUnknownDrugDose, never a drug
// without effect; text about a drug that is not taken is ErrNotTaken.
func (t *Tables) Read(text string) (Reading, error) {
	ws := t.words(text)
	found := t.mentions(ws)
	if len(found) == 0 {
		return Reading{}, fmt.Errorf("%q names no lipid-lowering drug we know%s: %w", shortened(text), t.meant(strings.ToLower(text)), ErrUnknownDrugDose)
	}
	for at := 0; at < len(ws); {
		if named := mentionAt(found, at); named != nil {
			at = named.end
			continue
		}
		ph, n := t.phraseAt(ws, at)
		if ph.means == meansNotTaken {
			return Reading{}, fmt.Errorf("%q says that something is not taken; write what is taken, a line each: %w", shortened(text), ErrNotTaken)
		}
		at += max(n, 1)
	}
	return t.reading(ws, found), nil
}

// shortened keeps a text to what a message can hold.
func shortened(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return text
}

// mention is a drug named in a text, from word start to word end.
type mention struct {
	drug       *drug
	start, end int
	dropped    bool // named again, or in other words, elsewhere
}

func mentionAt(found []mention, at int) *mention {
	for i := range found {
		if found[i].start == at {
			return &found[i]
		}
	}
	return nil
}

// mentions finds the known names in the order they stand, longer names first.
func (t *Tables) mentions(ws []word) []mention {
	var out []mention
	for i := 0; i < len(ws); i++ {
		if ws[i].is != isWord {
			continue
		}
		if d, n := t.nameAt(ws, i); d != nil {
			out = append(out, mention{drug: d, start: i, end: i + n})
			i += n - 1
		}
	}
	// "Inegy (ezetimibe 10mg/simvastatin 40mg)" names the parts itself, and a
	// brand beside its own drug is one drug.
	for i := range out {
		m := &out[i]
		m.dropped = slices.ContainsFunc(out[i+1:], func(o mention) bool { return o.drug == m.drug }) ||
			len(m.drug.contains) > 0 && !slices.ContainsFunc(m.drug.contains, func(part string) bool {
				return !slices.ContainsFunc(out, func(o mention) bool { return o.drug.name == part })
			})
	}
	return out
}

// nameAt is the drug named at a word, with how many words its name has.
func (t *Tables) nameAt(ws []word, at int) (*drug, int) {
	var best *drug
	length := 0
	for i := range t.drugs {
		for _, name := range t.drugs[i].written {
			if n := spelt(ws[at:], name); n > length && n > 1 {
				best, length = &t.drugs[i], n
			}
		}
	}
	if best != nil {
		return best, length
	}
	if d := t.named(ws[at].text); d != nil {
		return d, 1
	}
	return nil, 0
}

// spelt is how many words a name takes at the start of ws, 0 when it does not
// stand there. Hyphens may stand or not.
func spelt(ws []word, name string) int {
	k := 0
	for i, part := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		if i > 0 && k < len(ws) && ws[k].text == "-" {
			k++
		}
		if k >= len(ws) || ws[k].text != part {
			return 0
		}
		k++
	}
	return k
}

// reading gives every drug its dose.
func (t *Tables) reading(ws []word, found []mention) Reading {
	var out Reading
	doubt := func(format string, args ...any) {
		if text := fmt.Sprintf(format, args...); !slices.Contains(out.Doubts, text) {
			out.Doubts = append(out.Doubts, text)
		}
	}
	lead := t.amount(ws[:found[0].start], true)
	// Names that follow each other without a number between are one group: their
	// strengths stand together at the end.
	for i := 0; i < len(found); {
		group, own, slash := []mention(nil), amount{}, false
		for ; i < len(found); i++ {
			end := len(ws)
			if i+1 < len(found) {
				end = found[i+1].start
			}
			between := ws[found[i].end:end]
			if !found[i].dropped {
				group = append(group, found[i])
			}
			a := t.amount(between, false)
			own = own.with(a)
			if a.said() || i+1 == len(found) {
				i++
				break
			}
			slash = slash || slices.ContainsFunc(between, func(w word) bool { return w.text == "/" })
		}
		parts := t.partsOf(group)
		if len(parts) == 0 {
			continue
		}
		own = own.leading(lead, len(found) == len(group))
		if at := group[0].start; own.open == "" && at > 0 && (ws[at-1].is == isNumber || ws[at-1].is == isCount) && ws[at-1].number != 1 {
			own.open = "it is not sure whether “" + ws[at-1].text + "” before the name is how many are taken"
		}
		doses, why := own.doses(len(parts))
		if why == "" && len(doses) < len(parts) && len(own.strengths) == 1 && !slash && len(group) == len(parts) && len(parts) > 1 {
			// "atorvastatin and ezetimibe 10mg": the last one's.
			doses = append(make([]float64, len(parts)-1), own.strengths[0]*own.times())
			why = "the dose of " + parts[0].Drug + " is not said"
		}
		for k := range parts {
			if k < len(doses) {
				parts[k].DoseMG = doses[k]
			}
		}
		// The tables know ezetimibe at one dose: strengths in another order are not
		// guessed at.
		if at := slices.IndexFunc(parts, func(d Dose) bool { return d.Drug == "ezetimibe" && d.DoseMG > 0 }); at >= 0 && len(parts) > 1 && !t.knows(parts[at]) {
			for k := range parts {
				parts[k].DoseMG = 0
			}
			why = "the strengths do not fit the drugs in this order"
		}
		if why != "" {
			doubt("%s", "Dose left open: "+why+".")
		}
		out.Taken = append(out.Taken, parts...)
	}
	return out
}

// knows reports whether some table has the drug at its dose.
func (t *Tables) knows(d Dose) bool {
	return slices.ContainsFunc(t.effectTables, func(table string) bool {
		_, ok := t.effects[effectKey{table, d.Drug, d.DoseMG}]
		return ok
	})
}

// partsOf is the single drugs of a group of names, without doses.
func (t *Tables) partsOf(group []mention) []Dose {
	var out []Dose
	for _, m := range group {
		names := m.drug.contains
		if len(names) == 0 {
			names = []string{m.drug.name}
		}
		for _, name := range names {
			if d := t.find(name); d != nil {
				out = append(out, Dose{Drug: d.name, Class: d.class, Estimate: d.estimate})
			}
		}
	}
	return out
}
