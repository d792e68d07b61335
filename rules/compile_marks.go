package rules

import (
	"math"
	"slices"

	"kindred/rules/truth"
)

// marker finds what the advice on a row of a list depends on: the outcome, the
// words of its rows, what is said while it is open, and urgent flags. Criteria
// and notes that only a whole advice shows are left out, so that the many rows
// which differ in nothing else share one advice.
type marker struct {
	a     *Area
	nodes []bool
	lines []bool // thresholds
}

// screening marks the facts a list depends on, and every number each of them is
// held against.
func (c *compiler) screening() {
	a := c.a
	m := &marker{a: a, nodes: make([]bool, len(a.ops)), lines: make([]bool, len(a.thresholds))}
	for n := range a.routeEnd {
		m.node(int32(n))
	}
	for i := range a.routeLines { // ranking reads them all
		m.threshold(int32(i))
	}
	for i := range a.slots {
		sl := &a.slots[i]
		sl.routeMarks = slices.Clone(sl.marks)
		for _, t := range sl.cuts {
			if int(t) < a.routeLines {
				sl.routeCuts = append(sl.routeCuts, t)
			}
		}
	}
	for i := range a.rows {
		for _, b := range a.rows[i].names {
			if b.kind == leafCriterion {
				m.node(a.criteria[b.ref].node)
			}
		}
	}
	for i := range a.scores { // wordings may give any of them
		m.node(a.scores[i].node)
	}
	for i := range a.pathways {
		m.pathway(int32(i))
	}
	for i := range a.open {
		m.node(a.open[i].node)
	}
	for i := range a.flags {
		if a.flags[i].def.urgent {
			m.node(a.flags[i].node)
		}
	}
	c.sortMarks()
	a.keying()
	a.blank = a.newState()
	a.clear(a.blank)
}

// node marks a node and all it is worked out from.
func (m *marker) node(n int32) {
	if n < 0 || m.nodes[n] {
		return
	}
	m.nodes[n] = true
	a := m.a
	o := &a.ops[n]
	switch o.code {
	case opAll, opAny, opNone:
		for _, kid := range a.kids[o.b : o.b+o.n] {
			m.node(kid)
		}
	case opNot:
		m.node(o.a)
	case opScore:
		sc := &a.scores[o.a]
		m.node(sc.applies)
		for g := range sc.groups {
			for i := range sc.groups[g].items {
				m.node(sc.groups[g].items[i].node)
			}
		}
	case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost:
		m.node(a.scores[o.a].node)
		m.threshold(o.b)
	case opBand:
		m.node(a.scores[o.a].node)
	case opStep, opPathway, opStepHere, opPathHere:
		m.pathway(o.a)
	case opLoop:
		for i := n + 1; i < o.b; i++ {
			m.node(i)
		}
	case opRecorded:
		a.slots[o.a].screened = true
	default:
		m.leaf(o)
	}
}

// leaf marks the fact an operation reads, and what it is held against.
func (m *marker) leaf(o *op) {
	kind := slotNumber
	switch o.code {
	case opFact:
		kind = slotYesNo
	case opChoice:
		kind = slotChoice
	case opOver, opUnder, opAtLeast, opAtMost:
	default:
		return
	}
	for i := range m.a.slots {
		sl := &m.a.slots[i]
		if sl.kind != kind || sl.at != o.a {
			continue
		}
		sl.screened = true
		if kind == slotNumber {
			for _, l := range m.a.thresholds[o.b].lines {
				mark(&sl.marks, l.value)
			}
			m.threshold(o.b)
		}
	}
}

// threshold marks the facts a threshold depends on.
func (m *marker) threshold(i int32) {
	if m.lines[i] {
		return
	}
	m.lines[i] = true
	for _, l := range m.a.thresholds[i].lines {
		for o := range l.when {
			m.leaf(&l.when[o])
		}
	}
}

// pathway marks the facts of a decision table that are not about the tumour.
func (m *marker) pathway(i int32) {
	for _, s := range m.a.pathways[i].table.cols {
		m.a.slots[s].screened = true
	}
}

// mark adds a number once.
func mark(list *[]float64, v float64) {
	if !math.IsInf(v, 0) && !slices.Contains(*list, v) {
		*list = append(*list, v)
	}
}

// sortMarks puts the marks in rising order and collects those of ages, the age
// limits of family questions among them: they may ask about the patient too.
func (c *compiler) sortMarks() {
	a := c.a
	for i := range a.slots {
		sl := &a.slots[i]
		slices.Sort(sl.marks)
		slices.Sort(sl.routeMarks)
		if sl.fact.BuiltIn == "age" && !sl.tumour {
			a.ageMarks = append(a.ageMarks, sl.marks...)
		}
		if len(sl.marks) > 100 {
			c.p.at(sl.fact.at, "%s is held against more than 100 numbers", sl.fact.ID)
		}
	}
	for i := range a.kin {
		if !a.slots[a.kin[i].slot].screened {
			continue
		}
		ages := []truth.Span{}
		if q := a.kin[i].relatives; q != nil {
			ages = append(ages, q.Women, q.Men)
			for _, l := range q.Lines {
				ages = append(ages, l.Ages)
			}
		}
		if q := a.kin[i].cluster; q != nil {
			ages = append(ages, q.Ages, q.Youngest)
		}
		for _, s := range ages {
			mark(&a.ageMarks, s.Lo)
			mark(&a.ageMarks, s.Hi)
		}
	}
	slices.Sort(a.ageMarks)
	a.ageMarks = slices.Compact(a.ageMarks)
	if len(a.ageMarks) > 100 {
		c.p.at(c.s.at, "the area draws more than 100 lines through ages")
	}
}
