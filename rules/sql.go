package rules

import (
	"fmt"
	"strconv"
	"strings"
)

// SQL prints the rules of an area as one query over a table whose columns are
// the facts the rules read, by id: yes/no facts as 'yes' and 'no', choices as
// their values, numbers in the fact's own unit, NULL for not known. NULL is
// exactly "not known" of the engine, so the query and the engine must agree row
// by row; that is what it is for. The query gives, for every row, key, a column
// for each criterion (true, false or NULL), SCORE.min and SCORE.max, and
// possible: the set of outcomes as bits, in the order of design.md §3. An age at
// a measurement that is NULL is the patient's age, as in Inputs.
//
// Rules about single tumours are worked out by box subtraction and cannot be
// printed; criteria and rows that need them are an error.
func (a *Area) SQL(table, key string) (string, error) {
	w := &sqlWriter{a: a, level: make([]int, len(a.ops))}
	return w.query(table, key)
}

type sqlWriter struct {
	a     *Area
	level []int
	err   error
}

func (w *sqlWriter) fail(format string, args ...any) string {
	if w.err == nil {
		w.err = fmt.Errorf("the rules of %s cannot be printed as SQL: "+format, append([]any{w.a.src.id}, args...)...)
	}
	return "NULL"
}

func quoted(id string) string { return `"` + strings.ReplaceAll(id, `"`, `""`) + `"` }

func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func column(n int32) string { return "n" + strconv.Itoa(int(n)) }

// query chains one WITH step for each level of nodes: a node stands one step
// above what it is made of.
func (w *sqlWriter) query(table, key string) (string, error) {
	deepest := 0
	for i := range w.a.mainEnd {
		w.level[i] = w.levelOf(int32(i))
		deepest = max(deepest, w.level[i])
	}
	var b strings.Builder
	b.WriteString("WITH l0 AS (SELECT *")
	for _, i := range w.a.varying {
		lo, hi := w.line(i)
		fmt.Fprintf(&b, ",\n  %s AS t%d_lo, %s AS t%d_hi", lo, i, hi, i)
	}
	fmt.Fprintf(&b, " FROM %s)", quoted(table))
	for l := 1; l <= deepest; l++ {
		fmt.Fprintf(&b, ",\nl%d AS (SELECT *", l)
		for i := range w.a.mainEnd {
			if w.level[i] == l {
				w.node(&b, int32(i))
			}
		}
		fmt.Fprintf(&b, " FROM l%d)", l-1)
	}
	fmt.Fprintf(&b, "\nSELECT %s", quoted(key))
	for i := range w.a.criteria {
		fmt.Fprintf(&b, ",\n  %s AS %s", column(w.a.criteria[i].node), quoted(w.a.criteria[i].def.id))
	}
	for i := range w.a.scores {
		sc := &w.a.scores[i]
		fmt.Fprintf(&b, ",\n  %s_min AS %s, %s_max AS %s", column(sc.node), quoted(sc.def.id+".min"), column(sc.node), quoted(sc.def.id+".max"))
	}
	fmt.Fprintf(&b, ",\n  %s AS possible\nFROM l%d ORDER BY %s", w.possible(), deepest, quoted(key))
	return b.String(), w.err
}

// levelOf is one more than the highest level a node is made of.
func (w *sqlWriter) levelOf(n int32) int {
	o := &w.a.ops[n]
	l := 1
	above := func(k int32) { l = max(l, w.level[k]+1) }
	switch o.code {
	case opAll, opAny, opNone:
		for _, k := range w.a.kids[o.b : o.b+o.n] {
			above(k)
		}
	case opNot:
		above(o.a)
	case opScore:
		sc := &w.a.scores[o.a]
		if sc.applies >= 0 {
			above(sc.applies)
		}
		for g := range sc.groups {
			for _, it := range sc.groups[g].items {
				above(it.node)
			}
		}
	case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost:
		above(w.a.scores[o.a].node)
		if sc := &w.a.scores[o.a]; sc.applies >= 0 {
			above(sc.applies)
		}
	}
	return l
}

// factColumn is the column of slot number at of a kind.
func (w *sqlWriter) factColumn(kind slotKind, at int32) (string, *slot) {
	for i := range w.a.slots {
		if sl := &w.a.slots[i]; sl.kind == kind && sl.at == at {
			if sl.fact.Local {
				return "COALESCE(" + quoted(sl.fact.ID) + ", " + text(sl.fact.Default) + ")", sl
			}
			if sl.fact.ageOf != "" {
				for k := range w.a.slots {
					if age := w.a.slots[k].fact; age.BuiltIn == "age" && age.Of != OfTumour {
						return "COALESCE(" + quoted(sl.fact.ID) + ", " + quoted(age.ID) + ")", sl
					}
				}
			}
			return quoted(sl.fact.ID), sl
		}
	}
	return "NULL", nil
}

// node prints a node as a column.
func (w *sqlWriter) node(b *strings.Builder, n int32) {
	o := &w.a.ops[n]
	var e string
	switch o.code {
	case opFact, opChoice, opOver, opUnder, opAtLeast, opAtMost:
		e = w.leaf(o)
	case opAll, opAny, opNone:
		e = w.join(o)
	case opNot:
		e = "NOT " + column(o.a)
	case opScore:
		w.score(b, n, &w.a.scores[o.a])
		return
	case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost:
		sc := &w.a.scores[o.a]
		lo, hi := w.bounds(o.b)
		e = compare(plainComparison[o.code-opScoreOver], column(sc.node)+"_min", column(sc.node)+"_max", lo, hi)
		if sc.applies >= 0 {
			e = "(" + e + " AND " + column(sc.applies) + ")"
		}
	default:
		e = w.fail("a rule is about single tumours or score bands")
	}
	fmt.Fprintf(b, ",\n  %s AS %s", e, column(n))
}

// leaf prints a line about a fact. A text that is neither yes nor no is not
// known, never no.
func (w *sqlWriter) leaf(o *op) string {
	var e string
	switch o.code {
	case opFact:
		c, sl := w.factColumn(slotYesNo, o.a)
		other := "NULL"
		if sl != nil && sl.notUsed {
			other = "FALSE"
		}
		e = fmt.Sprintf("(CASE WHEN %s = 'yes' THEN TRUE WHEN %s = 'no' THEN FALSE ELSE %s END)", c, c, other)
	case opChoice:
		e = w.choice(o)
	default:
		c, sl := w.factColumn(slotNumber, o.a)
		lo, hi := w.bounds(o.b)
		e = compare(o.code, c, c, lo, hi)
		if sl != nil && sl.notUsed {
			e = fmt.Sprintf("(%s IS NOT NULL AND %s)", c, e)
		}
	}
	if o.neg {
		e = "NOT " + e
	}
	return e
}

func (w *sqlWriter) choice(o *op) string {
	c, sl := w.factColumn(slotChoice, o.a)
	if sl == nil {
		return "NULL"
	}
	var yes, no []string
	for i, ch := range sl.fact.Choices {
		if o.mask>>i&1 != 0 {
			yes = append(yes, text(ch.Value))
		} else {
			no = append(no, text(ch.Value))
		}
	}
	other := "NULL"
	if sl.notUsed {
		other = "FALSE"
	}
	e := "(CASE"
	if len(yes) > 0 {
		e += fmt.Sprintf(" WHEN %s IN (%s) THEN TRUE", c, strings.Join(yes, ", "))
	}
	if len(no) > 0 {
		e += fmt.Sprintf(" WHEN %s IN (%s) THEN FALSE", c, strings.Join(no, ", "))
	}
	return e + " ELSE " + other + " END)"
}

func (w *sqlWriter) join(o *op) string {
	var parts []string
	for _, k := range w.a.kids[o.b : o.b+o.n] {
		parts = append(parts, column(k))
	}
	switch {
	case o.code == opAll && len(parts) == 0:
		return "TRUE"
	case len(parts) == 0:
		return map[opCode]string{opAny: "FALSE", opNone: "TRUE"}[o.code]
	case o.code == opAll:
		return "(" + strings.Join(parts, " AND ") + ")"
	case o.code == opAny:
		return "(" + strings.Join(parts, " OR ") + ")"
	}
	return "NOT (" + strings.Join(parts, " OR ") + ")"
}

// compare holds lo … hi against a line that may itself be lo … hi.
func compare(code opCode, xlo, xhi, tlo, thi string) string {
	var yes, no string
	switch code {
	case opOver:
		yes, no = xlo+" > "+thi, xhi+" <= "+tlo
	case opAtLeast:
		yes, no = xlo+" >= "+thi, xhi+" < "+tlo
	case opUnder:
		yes, no = xhi+" < "+tlo, xlo+" >= "+thi
	default:
		yes, no = xhi+" <= "+tlo, xlo+" > "+thi
	}
	return "(CASE WHEN " + yes + " THEN TRUE WHEN " + no + " THEN FALSE END)"
}

// bounds are the ends of a threshold.
func (w *sqlWriter) bounds(i int32) (lo, hi string) {
	for _, v := range w.a.varying {
		if v == i {
			return fmt.Sprintf("t%d_lo", i), fmt.Sprintf("t%d_hi", i)
		}
	}
	v := number(w.a.thresholds[i].lines[0].value)
	return v, v
}

// line prints the lowest and highest value of a threshold that depends on
// facts: over its lines that are not ruled out.
func (w *sqlWriter) line(i int32) (lo, hi string) {
	var los, his []string
	before := "TRUE"
	for _, l := range w.a.thresholds[i].lines {
		here := "TRUE"
		for o := range l.when {
			if v := l.when[o]; v.code >= opOver && v.code <= opAtMost && !w.fixed(v.b) {
				return w.fail("a threshold depends on another"), "NULL"
			}
			here += " AND " + w.leaf(&l.when[o])
		}
		chosen := fmt.Sprintf("(%s AND %s)", before, here)
		v := number(l.value)
		los = append(los, fmt.Sprintf("CASE WHEN %s IS FALSE THEN 1e300 ELSE %s END", chosen, v))
		his = append(his, fmt.Sprintf("CASE WHEN %s IS FALSE THEN -1e300 ELSE %s END", chosen, v))
		before = fmt.Sprintf("(%s AND NOT (%s))", before, here)
	}
	return "min(" + strings.Join(los, ", ") + ")", "max(" + strings.Join(his, ", ") + ")"
}

func (w *sqlWriter) fixed(i int32) bool {
	for _, v := range w.a.varying {
		if v == i {
			return false
		}
	}
	return true
}

// score prints a score as its lowest and highest total.
func (w *sqlWriter) score(b *strings.Builder, n int32, sc *score) {
	lo, hi := "0", "0"
	for g := range sc.groups {
		var least, most []string
		for _, it := range sc.groups[g].items {
			c := column(it.node)
			if it.points < 0 {
				least = append(least, fmt.Sprintf("CASE WHEN NOT %s THEN 0 ELSE %d END", c, it.points))
				most = append(most, fmt.Sprintf("CASE WHEN %s THEN %d ELSE 0 END", c, it.points))
				continue
			}
			least = append(least, fmt.Sprintf("CASE WHEN %s THEN %d ELSE 0 END", c, it.points))
			most = append(most, fmt.Sprintf("CASE WHEN NOT %s THEN 0 ELSE %d END", c, it.points))
		}
		lo += " + " + highest(least)
		hi += " + " + highest(most)
	}
	fmt.Fprintf(b, ",\n  TRUE AS %s, %s AS %s_min, %s AS %s_max", column(n), lo, column(n), hi, column(n))
}

func highest(parts []string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	return "max(" + strings.Join(parts, ", ") + ")"
}

// possible prints the set of outcomes: the same walk as Area.route.
func (w *sqlWriter) possible() string {
	byOutcome := make([][]string, len(outcomes))
	reached := "TRUE"
	for i := range w.a.rows {
		r := &w.a.rows[i]
		holds, sure := "TRUE", "TRUE"
		if r.when >= 0 {
			holds = fmt.Sprintf("coalesce(%s, TRUE)", column(r.when))
			sure = fmt.Sprintf("coalesce(%s, FALSE)", column(r.when))
		}
		open := fmt.Sprintf("%s AND %s", reached, holds)
		for g, n := range r.gates {
			e := &w.a.endings[int(r.first)+g]
			byOutcome[e.bit] = append(byOutcome[e.bit], fmt.Sprintf("(%s AND coalesce(%s, TRUE))", open, column(n)))
			open += fmt.Sprintf(" AND NOT coalesce(%s, FALSE)", column(n))
		}
		e := &w.a.endings[int(r.first)+len(r.gates)]
		byOutcome[e.bit] = append(byOutcome[e.bit], "("+open+")")
		reached += " AND NOT " + sure
	}
	var sum []string
	for bit, ways := range byOutcome {
		if len(ways) > 0 {
			sum = append(sum, fmt.Sprintf("CASE WHEN %s THEN %d ELSE 0 END", strings.Join(ways, " OR "), 1<<bit))
		}
	}
	return strings.Join(sum, " + ")
}
