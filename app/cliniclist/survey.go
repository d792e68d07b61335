package cliniclist

import (
	"fmt"
	"slices"
	"strings"

	"kindred/app/sheet"
	"kindred/rules"
)

// tally is what one column's cells show when all of them are looked at.
type tally struct {
	dayFirst, monthFirst, eitherWay int // text dates
	asIs, converted, values         int // numbers that are plausible in the fact's own unit, in another
	yesNo, drugs                    int
	strange, filled                 int // cells that the column's fact cannot be read from, all that hold something
}

// survey looks at all rows once to decide what no single cell can: the order of
// dates, what an ambiguous heading means, whether a column without a unit can
// be in the fact's own, and which of several columns of a fact is read first.
func (l *List) survey() {
	columns := l.Mapping.Columns
	tallies := make([]tally, len(columns))
	look := l.toSurvey(tallies)
	var cells []sheet.Cell
	for i := range l.rows.len() {
		cells = l.rows.row(i, cells)
		for k := range look {
			if c := look[k].column.Index; c < len(cells) && cells[c].Kind != sheet.Empty {
				l.count(&look[k], &cells[c], i)
			}
		}
	}
	for c := range columns {
		l.decide(&columns[c], &tallies[c])
	}
	l.rankRepeats()
}

// surveyed is what has to be counted in one column.
type surveyed struct {
	column           *Column
	tally            *tally
	fact             *rules.FactDef
	number, day, any bool
}

// toSurvey lists the columns in which something has to be counted.
func (l *List) toSurvey(tallies []tally) []surveyed {
	var out []surveyed
	for i := range l.Mapping.Columns {
		s := surveyed{column: &l.Mapping.Columns[i], tally: &tallies[i]}
		switch s.column.Use {
		case FactUse, Repeated:
			s.fact = l.vocab.dict.Fact(s.column.Fact)
			s.number = s.fact != nil && s.fact.Type == rules.NumberFact
			s.day = !s.number
			s.any = true
		case BornUse, DateUse, TreatmentStart, ConditionUse, RelativeUse:
			s.day = true
		default:
			continue
		}
		out = append(out, s)
	}
	return out
}

// strangeRows is how many rows are enough to see that a column holds something
// else than its heading says.
const strangeRows = 2_000

func (l *List) count(s *surveyed, cell *sheet.Cell, row int) {
	t, c := s.tally, s.column
	if s.any && row < strangeRows && (cell.Kind != sheet.Text || !isBlankWord(cell.Text)) {
		t.filled++
		if !l.readable(s, cell) {
			t.strange++
		}
	}
	switch cell.Kind {
	case sheet.Number:
		t.values++
		l.countNumber(t, c, cell.Num)
		return
	case sheet.Bool:
		t.yesNo++
		return
	case sheet.Text:
	default:
		return
	}
	if s.number {
		if r, ok := parseReading(cell.Text); ok {
			t.values++
			if r.unit == "" {
				l.countNumber(t, c, r.value)
			}
		}
		return
	}
	if len(c.meanings) > 1 {
		if _, known := yesNoWord(cell.Text); known {
			t.yesNo++
		}
		if l.drugs.read(cell.Text).drug != "" {
			t.drugs++
		}
	}
	if d, ok := parseDay(cell.Text); ok {
		switch d.evidence() {
		case DayFirst:
			t.dayFirst++
		case MonthFirst:
			t.monthFirst++
		default:
			if !d.certain {
				t.eitherWay++
			}
		}
	}
}

// countNumber asks whether a number is plausible in the fact's own unit and in
// the first other one.
func (l *List) countNumber(t *tally, c *Column, v float64) {
	if c.Unit != "" {
		return
	}
	f := l.vocab.dict.Fact(c.Fact)
	if f == nil || f.Type != rules.NumberFact || len(f.Units) == 0 || !f.Plausible.Set {
		return
	}
	if f.Plausible.Holds(v) {
		t.asIs++
	}
	if f.Plausible.Holds(v * f.Units[0].Factor) {
		t.converted++
	}
}

// readable reports whether a cell can be an answer to the column's fact.
func (l *List) readable(s *surveyed, cell *sheet.Cell) bool {
	f := s.fact
	switch {
	case f == nil, len(s.column.meanings) > 1:
		return true
	case s.number:
		if cell.Kind == sheet.Number {
			return true
		}
		_, ok := parseReading(cell.String())
		return ok
	case f.ID == "patient.sex":
		_, known := sexOf(cell)
		return known
	case f.ID == "lipid.drug":
		return true // a list of all medicines may hold few that lower lipids
	case cell.Kind != sheet.Text:
		return true
	}
	if _, yesNo := yesNoWord(cell.Text); yesNo {
		return true
	}
	if f.Type == rules.ChoiceFact {
		_, ok := choiceOf(f, cell.Text)
		return ok
	}
	_, day := parseDay(cell.Text)
	return day || l.vocab.factOfTerm(cell.Text) == f
}

// decide settles one column from its tally.
func (l *List) decide(c *Column, t *tally) {
	l.decideMeaning(c, t)
	l.decideOrder(c, t)
	if c.Use == FactUse && c.meanings != nil && t.filled >= 5 && t.strange*5 > t.filled*4 { // a heading that means something else here
		f := l.vocab.dict.Fact(c.Fact)
		c.Use, c.Fact, c.Unit = Unused, "", ""
		c.Note = fmt.Sprintf("reads like %s, but %d of its %d cells do not: not used", f.Label, t.strange, t.filled)
		return
	}
	f := l.vocab.dict.Fact(c.Fact)
	if c.Use != FactUse || f == nil || f.Type != rules.NumberFact || c.Unit != "" || l.hasUnitColumn(c.Index) {
		return
	}
	if u := l.unitFor(f); u != "" {
		c.Unit = u
		return
	}
	if len(f.Units) > 0 && t.values > 0 && t.converted > t.asIs && t.asIs*2 < t.values {
		c.Doubtful = true
		c.Note = fmt.Sprintf("names no unit and its numbers look like %s, not %s: say which with --units %s or on the columns page", f.Units[0].Name, f.Unit, f.Units[0].Name)
	}
}

// decideMeaning chooses between the meanings of a heading such as "Statin",
// which some lists fill with a drug and some with yes or no.
func (l *List) decideMeaning(c *Column, t *tally) {
	if len(c.meanings) < 2 || c.Use != FactUse {
		return
	}
	want := "lipid.basis"
	if t.drugs > 0 && t.drugs >= t.yesNo { // "none" is both

		want = "lipid.drug"
	}
	for _, m := range c.meanings {
		if m.fact == want {
			c.Fact = m.fact
		}
	}
}

func (l *List) decideOrder(c *Column, t *tally) {
	if c.Order == DayFirst && t.monthFirst == 0 || c.Order == MonthFirst && t.dayFirst == 0 && c.Order != "" {
		return // a person chose it and nothing speaks against it
	}
	switch {
	case t.dayFirst > 0 && t.monthFirst > 0:
		c.Order = Contradictory
		c.Note = fmt.Sprintf("holds dates that can only be day first (%d) and dates that can only be month first (%d): the %d that can be read two ways are not used", t.dayFirst, t.monthFirst, t.eitherWay)
	case t.monthFirst > 0:
		c.Order = MonthFirst
		c.Note = "writes the month before the day, as its dates show; read so throughout"
	case t.dayFirst > 0:
		c.Order = DayFirst
	case t.eitherWay > 0:
		c.Order = DayFirst
		c.Note = "holds no date that shows whether the day or the month comes first; read as day first, as in the UK"
	}
}

func (l *List) hasUnitColumn(i int) bool {
	for j := range l.Mapping.Columns {
		if c := &l.Mapping.Columns[j]; c.Use == UnitUse && c.Anchor == i {
			return true
		}
	}
	return false
}

// unitFor is the unit the caller gave for columns that name none.
func (l *List) unitFor(f *rules.FactDef) string {
	if u := l.opt.Units[f.ID]; u != "" {
		return u
	}
	if u := l.opt.Units[""]; u != "" && acceptsUnit(f, u) {
		return u
	}
	return ""
}

// rankRepeats says where a measurement stands in several columns and which one
// is read: before treatment, highest, plain, latest; of two units the fact's own.
func (l *List) rankRepeats() {
	columns := l.Mapping.Columns
	for _, f := range l.vocab.dict.Facts() {
		var same []*Column
		for i := range columns {
			if c := &columns[i]; (c.Use == FactUse || c.Use == Repeated) && c.Fact == f.ID {
				c.Use = FactUse
				same = append(same, c)
			}
		}
		if len(same) < 2 {
			continue
		}
		slices.SortStableFunc(same, func(a, b *Column) int { return l.before(f, a, b) })
		for _, c := range same[1:] {
			c.Use = Repeated
			c.Note = l.whyRepeated(f, same[0], c)
		}
	}
}

// before orders two columns of one fact: the one to read first comes first.
func (l *List) before(f *rules.FactDef, a, b *Column) int {
	if a.Rank != b.Rank {
		return b.Rank - a.Rank
	}
	own := func(c *Column) int {
		if c.Unit == "" || sameUnit(c.Unit, f.Unit) {
			return 0
		}
		return 1
	}
	return own(a) - own(b)
}

func (l *List) whyRepeated(f *rules.FactDef, used, c *Column) string {
	reason := "it comes first"
	switch {
	case used.Rank != c.Rank && used.untreated:
		reason = "it is from before treatment"
	case used.Rank != c.Rank:
		reason = "the highest value counts"
	case !sameUnit(unitOr(used.Unit, f), unitOr(c.Unit, f)):
		reason = "it is in " + f.Unit
	}
	return fmt.Sprintf("%s stands in the column %q too; that one is used because %s, and this one where it is empty", f.Label, used.Heading, reason)
}

func unitOr(unit string, f *rules.FactDef) string {
	if unit == "" {
		return f.Unit
	}
	return unit
}

func unitsOf(f *rules.FactDef) []string {
	out := []string{f.Unit}
	for _, u := range f.Units {
		out = append(out, u.Name)
	}
	return out
}

// Decisions lists, in a sentence a column, what was decided or is doubtful.
func (l *List) Decisions() []string {
	var out []string
	for i := range l.Mapping.Columns {
		if c := &l.Mapping.Columns[i]; c.Note != "" {
			out = append(out, fmt.Sprintf("Column %s %q: %s", sheet.ColumnName(c.Index), c.Heading, strings.TrimSpace(c.Note)))
		}
	}
	return out
}
