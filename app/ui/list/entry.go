package list

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kindred/app/cliniclist"
	"kindred/app/identity"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/truth"
)

// entry is what the table shows and sorts of one row.
type entry struct {
	row    int // in the results
	family string
	given  string
	nhs    string
	age    string
	sex    string
	values [2]truth.Span // of the two facts shown
	lead   []face        // by area
	why    string        // of a rejected row
	fold   string        // name and number folded for the filter
}

// face is one area's outcome on a row.
type face struct {
	outcome rules.Outcome
	urgent  bool
}

// entries reads every row once more for the table.
func entries(res *cliniclist.Results, facts [2]string) []entry {
	out := make([]entry, res.Len())
	for i := range out {
		r := res.Row(i)
		e := entry{row: i, family: r.Who.Family, given: r.Who.Given, nhs: r.Who.NHSNumber, sex: r.Who.Sex, why: res.Rejected(i)}
		if e.nhs != "" {
			e.nhs = identity.FormatNHSNumber(e.nhs)
		}
		if e.family == "" && e.given == "" {
			e.family = r.Who.LocalID
		}
		e.values = [2]truth.Span{truth.Any(), truth.Any()}
		if r.Case != nil && len(r.Case.People) > 0 {
			p := &r.Case.People[0]
			if !p.Age.IsAny() {
				e.age = p.Age.String()
			}
			for k, id := range facts {
				e.values[k] = newest(p, id)
			}
		}
		for _, a := range res.Advice(i) {
			e.lead = append(e.lead, face{a.Outcome, a.Urgent})
		}
		e.fold = strings.ToLower(e.family + " " + e.given + " " + strings.ReplaceAll(e.nhs, " ", ""))
		out[i] = e
	}
	return out
}

// newest is a number the row gives, of the current panel or the first that has it.
func newest(p *rules.Person, id string) truth.Span {
	if a, ok := p.Facts[id]; ok {
		return a.Number
	}
	for i := range p.Panels {
		if a, ok := p.Panels[i].Facts[id]; ok {
			return a.Number
		}
	}
	return truth.Any()
}

// strength orders outcomes by how much there is to do.
var strength = []rules.Outcome{
	rules.Cascade, rules.Test, rules.TestTumour, rules.Refer, rules.MoreInformation, rules.AlreadyTested, rules.NotIndicated,
}

// rank of a row in an area: urgent first, rejected last.
func (e *entry) rank(area int) int {
	if e.why != "" || area >= len(e.lead) {
		return len(strength) + 1
	}
	if e.lead[area].urgent {
		return -1
	}
	return slices.Index(strength, e.lead[area].outcome)
}

// size is the number a value is sorted by; a missing one sorts below all.
func size(s truth.Span) float64 {
	switch {
	case !math.IsInf(s.Lo, 0):
		return s.Lo
	case !math.IsInf(s.Hi, 0):
		return s.Hi
	}
	return math.Inf(-1)
}

// order of rows.
type order string

const (
	byAdvice order = "advice"
	byName   order = "name"
	byValue  order = "value" // the second fact shown, largest first
)

// sorted puts rows in order; within equal advice the largest value comes first,
// so that whoever is nearest to a decision is seen first.
func sorted(rows []entry, by order, area int) {
	name := func(a, b entry) int {
		return cmp.Or(strings.Compare(a.fold, b.fold), cmp.Compare(a.row, b.row))
	}
	value := func(a, b entry) int {
		return cmp.Or(cmp.Compare(size(b.values[1]), size(a.values[1])), cmp.Compare(size(b.values[0]), size(a.values[0])))
	}
	slices.SortStableFunc(rows, func(a, b entry) int {
		switch by {
		case byName:
			return name(a, b)
		case byValue:
			return cmp.Or(value(a, b), name(a, b))
		}
		return cmp.Or(cmp.Compare(a.rank(area), b.rank(area)), value(a, b), name(a, b))
	})
}

// chip is a filter with its count.
type chip struct {
	id    string
	label string
	count int
	keep  func(e *entry) bool
}

// chips are the filters of an area, in the order of the strength of outcomes.
func chips(rows []entry, area int) []chip {
	is := func(o rules.Outcome) func(*entry) bool {
		return func(e *entry) bool {
			return e.why == "" && area < len(e.lead) && e.lead[area].outcome == o && !e.lead[area].urgent
		}
	}
	urgent := func(e *entry) bool { return e.why == "" && area < len(e.lead) && e.lead[area].urgent }
	act := func(e *entry) bool {
		return e.why == "" && area < len(e.lead) && e.rank(area) <= slices.Index(strength, rules.MoreInformation)
	}
	out := []chip{
		{id: "all", label: "All", keep: func(*entry) bool { return true }},
		{id: "act", label: "To act on", keep: act},
		{id: "urgent", label: "Urgent", keep: urgent},
		{id: "cascade", label: "Targeted", keep: is(rules.Cascade)},
		{id: "test", label: "Test", keep: is(rules.Test)},
		{id: "tumour", label: "Tumour", keep: is(rules.TestTumour)},
		{id: "refer", label: "Specialist", keep: is(rules.Refer)},
		{id: "ask", label: "Ask more", keep: is(rules.MoreInformation)},
		{id: "tested", label: "Tested", keep: is(rules.AlreadyTested)},
		{id: "not", label: "Not indicated", keep: is(rules.NotIndicated)},
		{id: "rejected", label: "Rejected", keep: func(e *entry) bool { return e.why != "" }},
	}
	for k := range out {
		for i := range rows {
			if out[k].keep(&rows[i]) {
				out[k].count++
			}
		}
	}
	return out
}

// number writes a value for the table; a missing one is a dash.
func number(s truth.Span, decimals int) string {
	if s.IsAny() {
		return "–"
	}
	return typed.Show(s, min(decimals, 1))
}
