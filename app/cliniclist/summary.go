package cliniclist

import (
	"fmt"

	"kindred/app/sheet"
)

// summary collects the rows of the sheet Summary.
type summary struct {
	r    *Results
	rows [][]sheet.Out
	bars []sheet.Bars
}

func word(s string, style sheet.Style) sheet.Out {
	return sheet.Out{Cell: sheet.Cell{Kind: sheet.Text, Text: s}, Style: style}
}

func (s *summary) add(cells ...sheet.Out) { s.rows = append(s.rows, cells) }

func (s *summary) title(text string) { s.add(word(text, sheet.Title)); s.add() }

func (s *summary) line(name, value string) {
	s.add(word(name, sheet.Muted), sheet.Out{}, word(value, sheet.Wrapped))
}

// table writes a heading and counts with bars beside them.
func (s *summary) table(heading, second string, counts []Count) {
	s.add()
	s.add(word(heading, sheet.HeaderOurs), word(second, sheet.HeaderOurs))
	from := len(s.rows) + 1
	for _, c := range counts {
		s.add(word(c.Text, sheet.Wrapped), sheet.Out{Cell: sheet.Cell{Kind: sheet.Number, Num: float64(c.Count)}, Style: sheet.CountStyle})
	}
	if len(counts) > 0 {
		s.bars = append(s.bars, sheet.Bars{Column: 1, FromRow: from, ToRow: len(s.rows)})
	}
}

// counts writes every table of the summary.
func (s *summary) counts() {
	r := s.r
	rejected := 0
	for i := range r.rows {
		if r.rows[i].why != "" {
			rejected++
		}
	}
	rows := []Count{{"Rows read", r.Total()}, {"Rows with advice", r.Len() - rejected}, {"Rows rejected (see the sheet Rejected)", rejected}}
	if r.Len() < r.Total() {
		rows = append(rows, Count{"Rows not reached: the run was stopped", r.Total() - r.Len()})
	}
	if r.people > 0 {
		rows = append(rows, Count{"Different NHS numbers", r.people})
	}
	s.table("The list", "Rows", rows)
	for k := range r.areas {
		name := shortTitle(&r.areas[k])
		outcomes, urgent := r.Outcomes(k)
		for i := range outcomes {
			if text, ok := outcomeMeaning[outcomes[i].Text]; ok {
				outcomes[i].Text += ": " + text
			}
		}
		if urgent > 0 {
			outcomes = append([]Count{{"Urgent among them", urgent}}, outcomes...)
		}
		s.table(name+" advice", "Rows", outcomes)
		if missing := r.Missing(k); len(missing) > 0 {
			s.table(name+": what to ask next, most frequent first", "Rows", missing[:min(len(missing), 8)])
		}
	}
	if rejections := r.Rejections(); len(rejections) > 0 {
		s.table("Why rows were rejected", "Rows", rejections[:min(len(rejections), 12)])
	}
	s.columns()
}

// outcomeMeaning says an outcome's word in plain English.
var outcomeMeaning = map[string]string{
	"already_tested":   "a gene test is on record",
	"cascade":          "offer the targeted test for the variant known in the family",
	"test":             "genetic test indicated",
	"test_tumour":      "test the tumour first",
	"refer":            "specialist first",
	"more_information": "something decisive is not known yet",
	"not_indicated":    "no test indicated on what is recorded",
}

// columns says how each column was understood.
func (s *summary) columns() {
	s.add()
	s.add(word("How the columns were understood", sheet.HeaderOurs), word("Column", sheet.HeaderOurs), word("Read as", sheet.HeaderOurs))
	for _, n := range s.r.list.Notes {
		s.add(word("The file", sheet.Wrapped), sheet.Out{}, word(n, sheet.Wrapped))
	}
	for i := range s.r.list.Mapping.Columns {
		c := &s.r.list.Mapping.Columns[i]
		if c.Heading == "" {
			continue
		}
		s.add(word(c.Heading, sheet.Wrapped), word(sheet.ColumnName(i), sheet.Plain), word(s.r.list.ReadAs(i), sheet.Wrapped))
	}
}

// ReadAs says in words how column i is understood.
func (l *List) ReadAs(i int) string {
	c := &l.Mapping.Columns[i]
	var text string
	switch c.Use {
	case Unused:
		text = "not used; carried through as it came"
	case FactUse, Repeated:
		f := l.vocab.dict.Fact(c.Fact)
		text = f.Label
		if unit := unitOr(c.Unit, f); unit != "" && !l.hasUnitColumn(i) {
			text += " in " + unit
		}
	case ConditionUse, RelativeUse:
		text = l.vocab.dict.Condition(c.Fact).Label
		if c.Relation != "" {
			text = c.Relation + ": " + text
		}
	case ValueUse, UnitUse, DateUse:
		text = string(c.Use)
		if c.Anchor >= 0 {
			text = fmt.Sprintf("%s of column %s %q", c.Use, sheet.ColumnName(c.Anchor), l.Mapping.Columns[c.Anchor].Heading)
		}
	case TermUse:
		text = "says what the value beside it is"
		if f := l.vocab.dict.Fact(c.Fact); f != nil {
			text += " (" + f.Label + ")"
		}
	default:
		text = string(c.Use)
	}
	if c.Note != "" {
		text += "; " + c.Note
	}
	return text
}
