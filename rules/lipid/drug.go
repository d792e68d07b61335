package lipid

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Estimable says whether an untreated value can be worked out on a drug.
type Estimable uint8

// The three ways.
const (
	EstimateYes  Estimable = iota // a table may have it
	EstimateNo                    // not credible: PCSK9 antibodies, inclisiran, bempedoic acid …
	EstimateNone                  // does not lower LDL cholesterol to speak of
)

type drug struct {
	name     string
	written  []string // name and other names, lower case
	short    []string // what clinicians shorten it to
	class    string
	estimate Estimable
	contains []string
}

// Dose is one drug at its daily dose.
type Dose struct {
	Drug     string
	Class    string
	DoseMG   float64 // mg a day; 0 when not known
	Estimate Estimable
}

// Regimen is the lipid-lowering drugs taken together.
type Regimen []Dose

// lowering leaves out drugs that do not lower LDL cholesterol, in a fixed order.
func (r Regimen) lowering() []Dose {
	out := slices.DeleteFunc(slices.Clone(r), func(d Dose) bool { return d.Estimate == EstimateNone })
	slices.SortStableFunc(out, func(a, b Dose) int { return strings.Compare(a.Drug, b.Drug) })
	return out
}

// Lowers reports whether a drug among them lowers LDL cholesterol.
func (r Regimen) Lowers() bool { return len(r.lowering()) > 0 }

// Beyond is the first drug on which an untreated value cannot be worked out,
// empty when there is none.
func (r Regimen) Beyond() string {
	for _, d := range r {
		if d.Estimate == EstimateNo {
			return d.Drug
		}
	}
	return ""
}

// String prints the regimen: "atorvastatin 80 mg + ezetimibe 10 mg".
func (r Regimen) String() string {
	parts := make([]string, len(r))
	for i, d := range r {
		parts[i] = d.Drug
		if d.DoseMG > 0 {
			parts[i] += fmt.Sprintf(" %g mg", d.DoseMG)
		}
	}
	return strings.Join(parts, " + ")
}

// Main is the regimen in one name and the one daily dose in mg that goes with
// it (0 when not known): what decides that no untreated value can be worked
// out comes first, then a statin, with ezetimibe before it: "atorvastatin",
// "ezetimibe/atorvastatin", "evolocumab". The empty name is a regimen that
// lowers nothing. class is that of the named drug, of a pair the statin's.
func (r Regimen) Main() (name, class string, doseMG float64) {
	var statin, ezetimibe, other *Dose
	for i := range r {
		switch d := &r[i]; {
		case d.Estimate == EstimateNone:
		case d.Estimate == EstimateNo:
			if other == nil {
				other = d
			}
		case d.Class == "statin":
			statin = d
		case d.Drug == "ezetimibe":
			ezetimibe = d
		default:
			other = d
		}
	}
	switch {
	case other != nil:
		return other.Drug, other.Class, other.DoseMG
	case statin != nil && ezetimibe != nil:
		return "ezetimibe/" + statin.Drug, statin.Class, statin.DoseMG
	case statin != nil:
		return statin.Drug, statin.Class, statin.DoseMG
	case ezetimibe != nil:
		return ezetimibe.Drug, ezetimibe.Class, ezetimibe.DoseMG
	}
	return "", "", 0
}

func (t *Tables) addDrug(row []string) error {
	d := drug{name: row[0], class: row[3]}
	switch row[4] {
	case "yes":
	case "no":
		d.estimate = EstimateNo
	case "none":
		d.estimate = EstimateNone
	default:
		return fmt.Errorf("estimate is %q; it is yes, no or none", row[4])
	}
	if row[6] == "" || row[7] != "yes" && row[7] != "no" {
		return errors.New("say where the name was read (source), and whether it was seen there (yes or no)")
	}
	list := func(text string) []string {
		if text == "" {
			return nil
		}
		return strings.Split(text, ";")
	}
	d.written = append([]string{row[0]}, list(row[1])...)
	d.short, d.contains = list(row[2]), list(row[5])
	for _, name := range slices.Concat(d.written, d.short) {
		if other := t.find(name); other != nil {
			return fmt.Errorf("%q is a name of %s already", name, other.name)
		}
	}
	t.drugs = append(t.drugs, d)
	return nil
}

// Drugs lists the names of single drugs, for choosing from.
func (t *Tables) Drugs() []string {
	var out []string
	for _, d := range t.drugs {
		if len(d.contains) == 0 {
			out = append(out, d.name)
		}
	}
	return out
}

// Single is one drug, or "ezetimibe/STATIN" with the statin's dose, at a daily
// dose in mg. The error is ErrUnknownDrugDose for a name nobody knows.
func (t *Tables) Single(name string, doseMG float64) (Regimen, error) {
	var out Regimen
	for _, part := range strings.Split(strings.ToLower(name), "/") {
		d := t.find(strings.TrimSpace(part))
		if d == nil || len(d.contains) > 0 {
			return nil, fmt.Errorf("no lipid-lowering drug %q%s: %w", name, t.meant(part), ErrUnknownDrugDose)
		}
		dose := doseMG
		if strings.Contains(name, "/") && d.name == "ezetimibe" {
			dose = 0 // the dose given is the statin's
		}
		out = append(out, Dose{d.name, d.class, dose, d.estimate})
	}
	return out, nil
}

func (t *Tables) find(written string) *drug {
	for i := range t.drugs {
		if slices.Contains(t.drugs[i].written, written) || slices.Contains(t.drugs[i].short, written) {
			return &t.drugs[i]
		}
	}
	return nil
}

// meant suggests a name for a slip of the pen.
func (t *Tables) meant(text string) string {
	best, least := "", 3
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if len(word) < 6 {
			continue
		}
		for i := range t.drugs {
			for _, w := range t.drugs[i].written {
				if d := distance(word, w); d < least {
					best, least = w, d
				}
			}
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance is how many letters must be changed, added or dropped.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
