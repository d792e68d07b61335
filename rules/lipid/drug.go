package lipid

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
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

func (t *Tables) addDrug(row []string) error {
	d := drug{name: row[0], class: row[2]}
	switch row[3] {
	case "yes":
	case "no":
		d.estimate = EstimateNo
	case "none":
		d.estimate = EstimateNone
	default:
		return fmt.Errorf("estimate is %q; it is yes, no or none", row[3])
	}
	d.written = []string{row[0]}
	if row[1] != "" {
		d.written = append(d.written, strings.Split(row[1], ";")...)
	}
	if row[4] != "" {
		d.contains = strings.Split(row[4], ";")
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
		if slices.Contains(t.drugs[i].written, written) {
			return &t.drugs[i]
		}
	}
	return nil
}

// strength finds "80mg", "80 mg", "10/40mg", "10mg/40mg".
var strength = regexp.MustCompile(`(\d+(?:\.\d+)?)\s*(mg|milligrams?|mcg|micrograms?|g)?\b`)

// Instructions that change how much is taken a day.
var (
	twice    = regexp.MustCompile(`\b(two|2) (tablets?|tabs?|capsules?|caps?|at night|nocte|daily|a day|once)\b|\btake (two|2)\b|\btwice (a day|daily)\b|\bb\.?d\.?\b`)
	half     = regexp.MustCompile(`\b(half|½|1/2) (a )?(tablet|tab)\b|\btake (half|½)\b`)
	notDaily = regexp.MustCompile(`\b(alternate|alternative) days?\b|\bevery (other|second) day\b|\btimes (a|per) week\b|\bweekly\b|\bonce a week\b|\bevery \d+ (days|weeks|months)\b`)
)

// ParseDrug reads a drug as GP systems write it: "Atorvastatin 80mg tablets",
// "ezetimibe 10mg/simvastatin 40mg", "Inegy 10mg/40mg tablets". Instructions
// such as "take two" count; "on alternate days" leaves the daily dose unknown.
// Text without a drug we know is an error, never a drug without effect.
func (t *Tables) ParseDrug(text string) (Regimen, error) {
	lower := strings.ToLower(strings.Join(strings.Fields(text), " "))
	found := t.mentions(lower)
	if len(found) == 0 {
		return nil, fmt.Errorf("%q names no lipid-lowering drug we know%s: %w", text, t.meant(lower), ErrUnknownDrugDose)
	}
	var out Regimen
	for i, m := range found {
		end := len(lower)
		if i+1 < len(found) {
			end = found[i+1].start
		}
		doses := strengths(lower[m.end:end])
		parts := m.drug.contains
		if len(parts) == 0 {
			parts = []string{m.drug.name}
		}
		for k, name := range parts {
			d := t.find(name)
			if d == nil {
				return nil, fmt.Errorf("drugs.csv: %s contains %q, which has no row of its own", m.drug.name, name)
			}
			dose := Dose{Drug: d.name, Class: d.class, Estimate: d.estimate}
			if k < len(doses) {
				dose.DoseMG = doses[k]
			}
			out = append(out, dose)
		}
	}
	// "atorvastatin/ezetimibe 10mg/40mg": the strengths stand together at the end.
	if len(out) > 1 && len(found) == len(out) {
		if doses := strengths(lower[found[len(found)-1].end:]); len(doses) == len(out) && out[0].DoseMG == 0 {
			for i := range out {
				out[i].DoseMG = doses[i]
			}
		}
	}
	factor := 1.0
	switch {
	case notDaily.MatchString(lower):
		factor = 0
	case half.MatchString(lower):
		factor = 0.5
	case twice.MatchString(lower):
		factor = 2
	}
	for i := range out {
		out[i].DoseMG *= factor
	}
	return out, nil
}

type mention struct {
	drug       *drug
	start, end int
}

// mentions finds the known names in the text, in the order they stand; a name
// inside a longer one does not count twice.
func (t *Tables) mentions(lower string) []mention {
	var out []mention
	for i := range t.drugs {
		for _, w := range t.drugs[i].written {
			if at := wordAt(lower, w); at >= 0 {
				out = append(out, mention{&t.drugs[i], at, at + len(w)})
			}
		}
	}
	slices.SortFunc(out, func(a, b mention) int { return a.start - b.start })
	// "Inegy (ezetimibe 10mg/simvastatin 40mg)" names the parts itself; and a
	// brand beside its own drug is one drug.
	var kept []mention
	for _, m := range out {
		repeated := slices.ContainsFunc(out, func(o mention) bool {
			return len(m.drug.contains) > 0 && len(o.drug.contains) == 0 && slices.Contains(m.drug.contains, o.drug.name) ||
				o.drug == m.drug && o.start > m.start
		})
		if !repeated {
			kept = append(kept, m)
		}
	}
	return kept
}

// wordAt finds w as a whole word.
func wordAt(text, w string) int {
	for from := 0; ; {
		at := strings.Index(text[from:], w)
		if at < 0 {
			return -1
		}
		at += from
		letter := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= 'a' && text[i] <= 'z' }
		if !letter(at-1) && !letter(at+len(w)) {
			return at
		}
		from = at + 1
	}
}

// strengths reads the strengths of a stretch of text in mg. Numbers without a
// unit count only where nothing else does and right at the start ("10/40mg",
// "simvastatin 40").
func strengths(text string) []float64 {
	var withUnit, leading []float64
	at := 0
	for _, m := range strength.FindAllStringSubmatchIndex(text, -1) {
		v, err := strconv.ParseFloat(text[m[2]:m[3]], 64)
		if err != nil {
			continue
		}
		unit := ""
		if m[4] >= 0 {
			unit = text[m[4]:m[5]]
		}
		switch {
		case strings.HasPrefix(unit, "mc"), strings.HasPrefix(unit, "micro"):
			v /= 1000
		case unit == "g":
			v *= 1000
		}
		if gap := strings.Trim(text[at:m[0]], " /-(:"); gap == "" && (len(leading) > 0 || at == 0) {
			leading = append(leading, v)
			at = m[1]
		}
		if unit != "" {
			withUnit = append(withUnit, v)
		}
	}
	if len(leading) >= len(withUnit) {
		return leading
	}
	return withUnit
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
