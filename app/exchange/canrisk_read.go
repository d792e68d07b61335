package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ReadCanRisk reads CanRisk files of versions 1 to 4, and the BOADICEA import
// files they come from. Risk factors and gene tests are not taken over; ignored
// says which were there.
func ReadCanRisk(data []byte) (f *Family, ignored []string, err error) {
	text, note, err := plainText(data)
	if err != nil {
		return nil, nil, err
	}
	r := canriskReader{skipped: map[string]bool{}, f: &Family{}}
	if note != "" {
		r.skipped[note] = true
	}
	for n, line := range strings.Split(text, "\n") {
		if err := r.line(n+1, strings.TrimRight(line, " \t")); err != nil {
			return nil, nil, err
		}
	}
	f = r.f
	if len(f.People) == 0 && len(r.problems) == 0 {
		r.problems = append(r.problems, Problem{0, "no person in this CanRisk file"})
	}
	f.Twins = slices.DeleteFunc(f.Twins, func(t Twins) bool { return len(t.IDs) < 2 })
	r.problems = append(r.problems, f.Check()...)
	if len(r.problems) > 0 {
		return nil, nil, r.problems
	}
	return f, sortedNames(r.skipped), nil
}

type canriskReader struct {
	f        *Family
	columns  []string
	problems Problems
	skipped  map[string]bool
}

// canriskNames are the names of older versions for columns.
var canriskNames = map[string]string{
	"1stBrCa": "BC1", "2ndBrCa": "BC2", "OvCa": "OC", "ProCa": "PRO", "PanCa": "PAN", "MZTwin": "MZtwin", "Twin": "MZtwin",
}

// line takes one line; the error is what makes the rest senseless.
func (r *canriskReader) line(n int, text string) error {
	bare := strings.TrimLeft(text, "# ")
	switch lower := strings.ToLower(bare); {
	case text == "" || strings.HasPrefix(lower, "canrisk") || strings.HasPrefix(lower, "boadicea import"):
	case strings.HasPrefix(lower, "famid"):
		r.columns = strings.Fields(bare)
		for k, name := range r.columns {
			if now := canriskNames[name]; now != "" {
				r.columns[k] = now
			}
		}
		for _, needed := range [...]string{"IndivID", "FathID", "MothID", "Sex"} {
			if !slices.Contains(r.columns, needed) {
				return Problems{{n, "this line names no column " + needed}}
			}
		}
	case strings.HasPrefix(text, "#"):
		name, _, _ := strings.Cut(bare, "=")
		r.skipped["the risk factor "+name] = true
	case r.columns == nil:
		return Problems{{n, "a person before the line that names the columns (##FamID …)"}}
	default:
		values := strings.Split(text, "\t")
		if len(values) < len(r.columns)-1 {
			values = strings.Fields(text)
		}
		if len(values) < 11 || len(values) > len(r.columns) {
			r.problems = append(r.problems, Problem{n, fmt.Sprintf("%d values; the file names %d columns", len(values), len(r.columns))})
			return nil
		}
		r.f.People = append(r.f.People, r.person(values, n))
	}
	return nil
}

// canriskConditions is what a column of cancers means here.
var canriskConditions = map[string]string{
	"BC1": "breast_cancer", "BC2": "breast_cancer", "OC": "ovarian_cancer", "PRO": "prostate_cancer", "PAN": "pancreatic_cancer",
}

// twin puts somebody to the identical twins of a label.
func (f *Family) twin(label, id string) {
	i := slices.IndexFunc(f.Twins, func(t Twins) bool { return t.Kind == "identical" && t.label == label })
	if i < 0 {
		i = len(f.Twins)
		f.Twins = append(f.Twins, Twins{Kind: "identical", label: label})
	}
	f.Twins[i].IDs = append(f.Twins[i].IDs, id)
}

func (r *canriskReader) person(values []string, line int) Person {
	p := Person{line: line}
	twin := ""
	wrong := func(format string, args ...any) {
		r.problems = append(r.problems, Problem{line, fmt.Sprintf(format, args...)})
	}
	cancer := func(column, condition, age string) {
		if strings.EqualFold(age, "AU") {
			age = ""
		} else if !isAge(age) {
			wrong("%s is %q; it is 0, an age at diagnosis, or AU when the age is not known", column, age)
		}
		p.Findings = append(p.Findings, Finding{condition, age})
	}
	for k, column := range r.columns {
		v := "0"
		if k < len(values) {
			v = strings.TrimSpace(values[k])
		}
		if v == "0" || v == "" {
			continue
		}
		switch column {
		case "FamID":
			r.f.ID = v
		case "Target":
			p.Consultand = true
		case "IndivID":
			p.ID = v
		case "FathID":
			p.Father = v
		case "MothID":
			p.Mother = v
		case "Sex":
			p.Sex = sexWord(v)
		case "MZtwin":
			twin = v
		case "Dead":
			p.Dead = true
		case "Age":
			if !isAge(v) {
				wrong("the age is %q, which is no number of years", v)
			}
			p.Age = v
		case "Yob":
			if p.Born = date(v); p.Born == "" {
				wrong("the year of birth is %q, which is no year", v)
			}
		case "BC1", "BC2", "OC", "PRO", "PAN":
			cancer(column, canriskConditions[column], v)
		case "Name":
			if _, err := strconv.Atoi(v); err != nil && v != "NA" { // numbers are rows of a file without names
				p.Name = v
			}
		case "Ashkn":
			r.skipped["Ashkenazi origin"] = true
		default:
			if strings.Trim(v, "0:") != "" {
				r.skipped["results of "+column] = true
			}
		}
	}
	if twin != "" {
		r.f.twin(twin, p.ID)
	}
	return p
}
