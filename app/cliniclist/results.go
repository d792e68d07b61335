package cliniclist

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kindred/app/sheet"
	"kindred/rules"
)

// Rejected stands where an outcome would for a row that cannot be trusted.
const Rejected rules.Outcome = "rejected"

// Results is a list with advice on every row. It holds the list: rows can be
// read again as cases, and saved with everything they came with.
type Results struct {
	list   *List
	day    time.Time
	areas  []rules.AreaInfo
	rows   []storedRow
	advice []AreaResult // len(areas) a row

	people int // how many different NHS numbers there are

	settings map[string]string // local settings the run was made under
}

// storedRow is what is kept of one row beside its advice.
type storedRow struct {
	nhs  string
	born rules.Date
	why  string // why it is rejected, a line each; empty when it is not
	note string
}

// AreaResult is one area's advice on a row, in the words of a list.
type AreaResult struct {
	Outcome rules.Outcome
	Urgent  bool
	Code    string
	Reason  string
	Ask     string // the next question; empty when nothing is left to ask
}

func newResults(l *List, areas []rules.AreaInfo, day time.Time) *Results {
	n := l.Len()
	return &Results{list: l, day: day, areas: areas, rows: make([]storedRow, n), advice: make([]AreaResult, n*len(areas))}
}

// keep drops rows that were not reached.
func (r *Results) keep(n int) {
	r.rows, r.advice = r.rows[:n], r.advice[:n*len(r.areas)]
}

// Len is the number of rows advised on or rejected.
func (r *Results) Len() int { return len(r.rows) }

// Total is the number of rows of the list; more than Len after a cancelled run.
func (r *Results) Total() int { return r.list.Len() }

// List is the list the results belong to.
func (r *Results) List() *List { return r.list }

// Areas are the areas that advised, in order.
func (r *Results) Areas() []rules.AreaInfo { return r.areas }

// Rejected says why row i was rejected; empty when it was not.
func (r *Results) Rejected(i int) string { return strings.ReplaceAll(r.rows[i].why, "\n", "; ") }

// Note is what should be looked at in row i.
func (r *Results) Note(i int) string { return r.rows[i].note }

// Advice is the advice on row i, one an area; nil for a rejected row.
func (r *Results) Advice(i int) []AreaResult {
	if r.rows[i].why != "" {
		return nil
	}
	n := len(r.areas)
	return r.advice[i*n : (i+1)*n]
}

// Row reads row i again: who it is and the case.
func (r *Results) Row(i int) *Row {
	row := r.list.Patient(i, r.day)
	if row.Case != nil {
		row.Case.Settings = r.settings
	}
	return row
}

// Where names row i for a sentence: `clinic-list.xlsx, sheet "LDL", row 17:`.
func (r *Results) Where(i int) string {
	e := sheet.FileError{File: r.list.File, Sheet: r.list.Sheet, Row: r.list.RowNumber(i)}
	return e.Where()
}

// Count is a text and how many rows it applies to.
type Count struct {
	Text  string
	Count int
}

// Outcomes counts the rows of area k by outcome, in the order of outcomeOrder.
// Urgent counts come first.
func (r *Results) Outcomes(k int) (counts []Count, urgent int) {
	n := map[rules.Outcome]int{}
	for i := range r.rows {
		a := r.Advice(i)
		if a == nil {
			continue
		}
		n[a[k].Outcome]++
		if a[k].Urgent {
			urgent++
		}
	}
	for _, o := range outcomeOrder {
		if n[o] > 0 {
			counts = append(counts, Count{string(o), n[o]})
		}
	}
	return counts, urgent
}

var outcomeOrder = []rules.Outcome{rules.Test, rules.TestTumour, rules.Refer, rules.Cascade, rules.MoreInformation, rules.AlreadyTested, rules.NotIndicated}

// Missing counts the next questions of area k, the most frequent first.
func (r *Results) Missing(k int) []Count {
	return r.tally(func(i int, count func(text string)) {
		if a := r.Advice(i); a != nil && a[k].Outcome == rules.MoreInformation && a[k].Ask != "" {
			count(a[k].Ask)
		}
	})
}

// Rejections counts the rejected rows by what is wrong, the most frequent first.
// Numbers and quotations are left out, so that equal faults are one line.
func (r *Results) Rejections() []Count {
	return r.tally(func(i int, count func(text string)) {
		if r.rows[i].why == "" {
			return
		}
		var kinds []string
		for _, part := range strings.Split(r.rows[i].why, "\n") {
			if k := kindOf(part); k != "" && !slices.Contains(kinds, k) {
				kinds = append(kinds, k)
				count(k)
			}
		}
	})
}

func (r *Results) tally(of func(i int, count func(text string))) []Count {
	n := map[string]int{}
	count := func(text string) { n[text]++ }
	for i := range r.rows {
		of(i, count)
	}
	out := make([]Count, 0, len(n))
	for s, c := range n {
		out = append(out, Count{s, c})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text))
	})
	return out
}

// kindOf cuts the values out of a rejection's sentence.
func kindOf(why string) string {
	if i := strings.Index(why, " is outside what is possible"); i > 0 {
		name := why[:i]
		for j := range len(name) { // the label ends where the value begins
			if j > 0 && name[j-1] == ' ' && (name[j] >= '0' && name[j] <= '9' || name[j] == '<' || name[j] == '>' || name[j] == '-') {
				name = name[:j-1]
				break
			}
		}
		return name + " outside what is possible"
	}
	if i := strings.Index(why, " stands in row"); i > 0 {
		return why[:i] + " stands in several rows with different dates of birth"
	}
	if strings.HasPrefix(why, "the NHS number has") || strings.HasPrefix(why, "the NHS number contains") {
		return "the NHS number does not have ten digits"
	}
	if i := strings.IndexAny(why, ":;"); i > 0 {
		return why[:i]
	}
	return why
}
