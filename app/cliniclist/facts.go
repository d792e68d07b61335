package cliniclist

import (
	"fmt"
	"strings"
	"time"

	"kindred/app/sheet"
	"kindred/rules"
	"kindred/rules/truth"
)

// collect reads every column and block of a row that gives a fact.
func (r *reader) collect() {
	if r.plan.start >= 0 {
		t, written, why := cellDay(r.cell(r.plan.start), r.list.Mapping.Columns[r.plan.start].Order, r.day)
		if written && why == "" {
			r.start = t
		}
	}
	for i := range r.plan.sources {
		r.source(&r.plan.sources[i])
	}
}

// settle puts the best answer to each fact into the case.
func (r *reader) settle() {
	for i := range r.best {
		if note := r.best[i].note; note != "" {
			r.warn("%s", note)
		}
		r.put(&r.best[i])
	}
	r.basis()
	r.bySex()
	r.contradictions()
}

// contradictions points out an LDL cholesterol above the total cholesterol it is
// a part of: one of the two is wrong, in another unit or from another day.
func (r *reader) contradictions() {
	ldl, tc := r.bestOf("lipid.ldl"), r.bestOf("lipid.tc")
	if ldl == nil || tc == nil || !ldl.when.Equal(tc.when) || ldl.rank != tc.rank || ldl.answer.Number.Lo <= tc.answer.Number.Hi {
		return
	}
	r.row.Doubt = fmt.Sprintf("%s %s is above the %s of %s it is a part of: check both", ldl.fact.Label, ldl.written(), lowerFirst(tc.fact.Label), tc.written())
	r.warn("%s", r.row.Doubt)
}

func (r *reader) bestOf(fact string) *candidate {
	for i := range r.best {
		if r.best[i].fact.ID == fact {
			return &r.best[i]
		}
	}
	return nil
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// source reads one source of a fact, unless a better one gave it already.
func (r *reader) source(s *source) {
	value := r.cell(s.col)
	if value.Kind == sheet.Empty {
		return
	}
	f := s.fact
	if s.term >= 0 {
		if term := r.text(s.term); term != "" {
			if named := r.factOfTerm(term); named != nil {
				f = named
			} else if f == nil || s.term != s.col {
				return // some other test
			}
		}
	}
	if f == nil {
		return
	}
	if value.Kind == sheet.Error {
		r.warn("%s holds the error %s: left as not known", f.Label, value.Text)
		return
	}
	c := candidate{fact: f, untreated: s.untreated, rank: s.rank}
	if s.dateCol >= 0 {
		c.when = r.when(s.dateCol, s.order)
	}
	if !r.answer(&c, s, value) {
		return
	}
	r.keep(&c)
}

func (r *reader) factOfTerm(term string) *rules.FactDef {
	if d := r.drugs.read(term); d.drug != "" && d.drug != "none" {
		return r.list.vocab.dict.Fact("lipid.drug")
	}
	return r.list.vocab.factOfTerm(term)
}

// when reads the date of a measurement; a date that cannot be read leaves the
// measurement undated, and one in the future is pointed out.
func (r *reader) when(col int, order Order) time.Time {
	t, written, why := cellDay(r.cell(col), order, r.day)
	switch {
	case !written:
		return time.Time{}
	case why != "":
		r.warn("the date in the column %q %s: left out", r.list.Mapping.Columns[col].Heading, why)
		return time.Time{}
	case t.After(r.day):
		r.warn("the date in the column %q lies in the future: left out", r.list.Mapping.Columns[col].Heading)
		return time.Time{}
	case !r.born.IsZero() && t.Before(r.born):
		r.warn("the date in the column %q lies before the date of birth: left out", r.list.Mapping.Columns[col].Heading)
		return time.Time{}
	}
	return t
}

// keep takes a candidate, unless the fact has a better one: from before
// treatment, the highest, the fact's own unit, what stands first. Two that ought
// to be the same and are not are said.
func (r *reader) keep(c *candidate) {
	for i := range r.best {
		b := &r.best[i]
		if b.fact != c.fact {
			continue
		}
		better := r.outranks(c, b)
		first, second := b, c
		if better {
			first, second = c, b
		}
		if c.fact.Type == rules.NumberFact && c.rank == b.rank && c.when.Equal(b.when) && apart(b.answer.Number, c.answer.Number) {
			r.warn("%s stands as %s and as %s, which are not the same: %s was used", c.fact.Label, first.written(), second.written(), first.written())
		}
		if better {
			*b = *c
		}
		return
	}
	r.best = append(r.best, *c)
}

// outranks compares two answers to one fact: from before treatment, the highest
// ever, plain, latest; then the fact's own unit. Results of several days: of
// cholesterol that treatment lowers the highest counts, of all else the newest.
func (r *reader) outranks(c, b *candidate) bool {
	switch {
	case c.rank != b.rank:
		return c.rank > b.rank
	case c.when.Equal(b.when):
		return b.other && !c.other
	case isCholesterol(c.fact.ID):
		return c.answer.Number.Lo > b.answer.Number.Lo
	}
	return c.when.After(b.when)
}

// isCholesterol names the facts whose value before treatment counts.
func isCholesterol(fact string) bool {
	return fact == "lipid.ldl" || fact == "lipid.tc" || fact == "lipid.non_hdl"
}

// apart reports whether two exact values differ by more than two roundings: to
// one decimal of mmol/L and to one mg/dL.
func apart(a, b truth.Span) bool {
	if !a.IsExact() || !b.IsExact() {
		return false
	}
	d := a.Lo - b.Lo
	return max(d, -d) > 0.08
}

// answer types the value; false leaves the fact as it is.
func (r *reader) answer(c *candidate, s *source, value *sheet.Cell) bool {
	if !c.when.IsZero() {
		c.answer.When = r.date(c.when)
	}
	switch c.fact.Type {
	case rules.NumberFact:
		return r.number(c, s, value)
	case rules.YesNo:
		return r.yesNo(c, s, value)
	case rules.ChoiceFact:
		return r.choice(c, value)
	case rules.DateFact:
		t, written, why := cellDay(value, s.valueDate, r.day)
		if why != "" {
			r.warn("%s %s: left as not known", c.fact.Label, why)
		}
		c.answer.Date = r.date(t)
		return written && why == ""
	}
	return false
}

func (r *reader) number(c *candidate, s *source, value *sheet.Cell) bool {
	f := c.fact
	var in reading
	switch value.Kind {
	case sheet.Number:
		in.value = value.Num
	case sheet.Text:
		var ok bool
		if in, ok = parseReading(value.Text); !ok {
			if !isBlankWord(value.Text) {
				r.warn("%s reads %q, which is no number: left as not known", f.Label, clip(value.Text))
			}
			return false
		}
	default:
		r.warn("%s holds a %s, not a number: left as not known", f.Label, kindWord(value.Kind))
		return false
	}
	c.cell, c.behind = value, in.unit
	c.unit = r.unitOf(s, f, in.unit)
	u := r.unitIn(f, c.unit)
	if !u.known {
		r.reject("%s is given in %q, which is not a unit it can have (%s)", f.Label, clip(c.unit), strings.Join(unitsOf(f), " or "))
		return false
	}
	c.other = !u.own
	if c.other || in.sign != 0 {
		c.answer.As = c.written()
	}
	c.answer.Number = in.span(u.factor)
	if !r.inRange(c, in.value*u.factor) {
		return false
	}
	if s.doubtful && c.unit == "" {
		r.reject("%s %s has no unit, and the whole column looks like %s: say which with --units or on the columns page", f.Label, strings.TrimSuffix(c.written(), " "+f.Unit), f.Units[0].Name)
		return false
	}
	return true
}

// written is the number as it stands in the list, with its unit.
func (c *candidate) written() string {
	number := strings.TrimSpace(c.cell.String())
	if c.behind != "" {
		number = strings.TrimSpace(strings.TrimSuffix(number, c.behind))
	}
	return number + " " + unitOr(c.unit, c.fact)
}

// unitIn is what a unit means for a fact. A list has few units, written in few
// ways, so each is worked out once.
func (r *reader) unitIn(f *rules.FactDef, unit string) unitMeaning {
	key := unitOf{f, unit}
	if u, ok := r.units[key]; ok {
		return u
	}
	u := unitMeaning{own: sameUnit(unitOr(unit, f), f.Unit)}
	u.factor, u.known = factor(f, unit)
	if len(r.units) < 1<<10 {
		r.units[key] = u
	}
	return u
}

type unitOf struct {
	fact *rules.FactDef
	unit string
}

type unitMeaning struct {
	factor     float64
	known, own bool
}

// unitOf is the unit a number stands in: what is written behind it, what its
// unit column says, what its heading or the caller says, else the fact's own.
func (r *reader) unitOf(s *source, f *rules.FactDef, behind string) string {
	if behind != "" {
		return behind
	}
	if s.unitCol >= 0 {
		if u := r.text(s.unitCol); u != "" && !isBlankWord(u) {
			return u
		}
	}
	if s.unit != "" {
		return s.unit
	}
	return r.list.unitFor(f)
}

// inRange rejects what cannot be and points out what is unlikely.
func (r *reader) inRange(c *candidate, v float64) bool {
	f := c.fact
	if !f.Possible.Holds(v) {
		hint := ""
		for _, u := range f.Units {
			if !c.other && f.Plausible.Holds(v*u.Factor) {
				hint = "; is it " + u.Name + "?"
			}
		}
		r.reject("%s %s is outside what is possible (%s)%s", f.Label, c.written(), c.rangeText(f.Possible), hint)
		return false
	}
	if !f.Plausible.Holds(v) {
		c.note = fmt.Sprintf("%s %s is unusual (expected %s): kept, please check", f.Label, c.written(), c.rangeText(f.Plausible))
	}
	return true
}

// rangeText writes a range, with its unit when the value stands in another.
func (c *candidate) rangeText(r rules.Range) string {
	text := sheet.FormatNumber(r.Lo) + "–" + sheet.FormatNumber(r.Hi)
	if c.other {
		text += " " + c.fact.Unit
	}
	return text
}

func (r *reader) yesNo(c *candidate, s *source, value *sheet.Cell) bool {
	switch value.Kind {
	case sheet.Bool, sheet.Number:
		if value.Num != 0 && value.Num != 1 {
			if t, _, why := cellDay(value, s.valueDate, r.day); why == "" {
				return r.coded(c, t)
			}
			r.warn("%s reads %s, which is neither yes nor no: left as not known", c.fact.Label, value.String())
			return false
		}
		c.answer.Bool = truth.Of(value.Num == 1)
		return true
	case sheet.Date:
		t, _, why := cellDay(value, s.valueDate, r.day)
		return why == "" && r.coded(c, t)
	}
	if k, known := yesNoWord(value.Text); known {
		c.answer.Bool = k
		return true
	}
	if isBlankWord(value.Text) {
		return false
	}
	if t, _, why := cellDay(value, s.valueDate, r.day); why == "" {
		return r.coded(c, t)
	}
	if f := r.list.vocab.factOfTerm(value.Text); f == c.fact { // the code term itself stands there
		c.answer.Bool = truth.Yes
		return true
	}
	r.warn("%s reads %q, which is neither yes nor no: left as not known", c.fact.Label, clip(value.Text))
	return false
}

// coded is a yes by the day on which it was recorded.
func (r *reader) coded(c *candidate, t time.Time) bool {
	c.answer.Bool = truth.Yes
	if !t.After(r.day) {
		c.answer.When = r.date(t)
	}
	return true
}

func (r *reader) choice(c *candidate, value *sheet.Cell) bool {
	text := strings.TrimSpace(value.String())
	f := c.fact
	switch f.ID {
	case "patient.sex":
		sex, known := sexOf(value)
		if !known {
			r.warn("%s reads %q: left as not known", f.Label, clip(text))
		}
		c.answer.Choice = sex
		return sex != ""
	case "lipid.drug":
		return r.drug(c, text)
	case "lipid.basis":
		if k, known := yesNoWord(text); known && value.Kind != sheet.Number {
			c.answer.Choice = map[truth.K]string{truth.Yes: "on_treatment", truth.No: "untreated"}[k]
			return true
		}
	}
	choice, ok := choiceOf(f, text)
	if !ok && !isBlankWord(text) {
		r.warn("%s reads %q, which is none of its choices: left as not known", f.Label, clip(text))
	}
	c.answer.Choice, c.answer.As = choice, ""
	return ok
}

func (r *reader) drug(c *candidate, text string) bool {
	d := r.drugs.read(text)
	if d.drug == "" {
		if !isBlankWord(text) {
			r.warn("%s reads %q, which is no lipid-lowering drug the dictionary knows: left as not known", c.fact.Label, clip(text))
		}
		return false
	}
	c.answer.Choice, c.answer.As, c.dose = d.drug, text, d.dose
	return true
}

func kindWord(k sheet.Kind) string {
	switch k {
	case sheet.Date:
		return "date"
	case sheet.TimeOnly:
		return "time"
	case sheet.Bool:
		return "yes or no"
	}
	return "text"
}

// clip shortens what a cell says for a sentence.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}
