package cliniclist

import (
	"kindred/rules"
)

// plan is the mapping made ready for reading rows: which column gives what.
type plan struct {
	nhs, localID, family, given, full, title, born, start int // -1: none
	sources                                               []source
	conditions                                            []conditionColumn
}

// source is a column or block that gives a fact.
type source struct {
	fact      *rules.FactDef // nil: the term column says which, row by row
	col       int            // of the value
	term      int            // of the code term; -1 for none
	unitCol   int
	dateCol   int
	unit      string // of the column; empty: the fact's own
	rank      int
	untreated bool
	doubtful  bool
	order     Order // of text dates in dateCol
	valueDate Order // of text dates in col, for yes/no facts given as a date
}

type conditionColumn struct {
	condition *rules.ConditionDef
	relation  string
	col       int
	dateCol   int
	age       bool
	order     Order
}

// prepare compiles the mapping.
func (l *List) prepare() error {
	p := &plan{nhs: -1, localID: -1, family: -1, given: -1, full: -1, title: -1, born: -1, start: -1}
	columns := l.Mapping.Columns
	for i := range columns {
		c := &columns[i]
		switch c.Use {
		case NHSNumberUse:
			first(&p.nhs, i)
		case LocalID:
			first(&p.localID, i)
		case FamilyName:
			first(&p.family, i)
		case GivenName:
			first(&p.given, i)
		case FullName:
			first(&p.full, i)
		case NameTitle:
			first(&p.title, i)
		case BornUse:
			first(&p.born, i)
		case TreatmentStart:
			first(&p.start, i)
		case FactUse, Repeated:
			p.sources = append(p.sources, l.source(c, i, -1))
		case ValueUse:
			if c.Anchor >= 0 {
				s := l.source(&columns[c.Anchor], i, c.Anchor)
				if s.unit == "" {
					s.unit = c.Unit
				}
				p.sources = append(p.sources, s)
			}
		case TermUse:
			if !l.hasValue(i) { // a code term alone: a drug, or a sign that is coded
				p.sources = append(p.sources, l.source(c, i, i))
			}
		case ConditionUse, RelativeUse:
			if d := l.vocab.dict.Condition(c.Fact); d != nil {
				p.conditions = append(p.conditions, conditionColumn{condition: d, relation: c.Relation, col: i, dateCol: l.attachedTo(i, DateUse), age: c.AgeGiven, order: c.Order})
			}
		}
	}
	l.plan = p
	return nil
}

func first(at *int, i int) {
	if *at < 0 {
		*at = i
	}
}

func (l *List) source(c *Column, col, term int) source {
	s := source{
		fact: l.vocab.dict.Fact(c.Fact), col: col, term: term,
		unitCol: l.attachedTo(c.Index, UnitUse), dateCol: l.attachedTo(c.Index, DateUse),
		unit: c.Unit, rank: c.Rank, untreated: c.untreated, doubtful: c.Doubtful, valueDate: l.Mapping.Columns[col].Order,
	}
	if s.dateCol >= 0 {
		s.order = l.Mapping.Columns[s.dateCol].Order
	}
	return s
}

func (l *List) hasValue(term int) bool { return l.attachedTo(term, ValueUse) >= 0 }

func (l *List) attachedTo(anchor int, use Use) int {
	for j := range l.Mapping.Columns {
		if c := &l.Mapping.Columns[j]; c.Use == use && c.Anchor == anchor {
			return j
		}
	}
	return -1
}
