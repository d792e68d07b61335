package cliniclist

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"kindred/app/identity"
	"kindred/app/sheet"
	"kindred/rules"
	"kindred/rules/truth"
)

// Who is the patient of a row. It never enters the rules.
type Who struct {
	Family, Given, Title string
	Born                 rules.Date
	Sex                  string // female, male, "" when not known
	NHSNumber            string // ten digits or empty
	LocalID              string
}

// Row is one row, understood. Rejected is empty for a row the rules may see.
type Row struct {
	Number   int // in the file
	Who      Who
	Case     *rules.Case
	Rejected []string // why it cannot be trusted, a sentence each
	Warnings []string // what was kept but should be looked at
	Doubt    string   // the warning that speaks against an urgent advice; empty when none
}

// Patient reads row i for the given day: who it is and the case for the rules.
// The row is the caller's own. Safe for several goroutines.
func (l *List) Patient(i int, day time.Time) *Row {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.single == nil || l.single.plan != l.plan || !l.single.day.Equal(day) {
		l.single = newReader(l, day)
	}
	return l.single.read(i)
}

// Key identifies a row when its list is imported again: by NHS number, else by
// local number, else by what the row says. It holds patient data: seal it (the
// store's blind index) before it is kept.
func (l *List) Key(i int, who Who) string {
	switch {
	case who.NHSNumber != "":
		return "nhs:" + who.NHSNumber
	case who.LocalID != "":
		return "local:" + who.LocalID
	}
	h := sha256.New()
	for _, c := range l.rows.row(i, nil) {
		fmt.Fprintf(h, "%d:%s\n", c.Kind, c.String())
	}
	return "row:" + hex.EncodeToString(h.Sum(nil))
}

// reader reads rows; it belongs to one worker and reuses its memory.
type reader struct {
	list  *List
	plan  *plan
	day   time.Time
	reuse bool // the caller is done with a row when it asks for the next
	cells []sheet.Cell
	row   *Row
	me    *rules.Person
	born  time.Time
	best  []candidate // what was found so far, one a fact
	start time.Time   // of treatment

	drugs *drugReader
	units map[unitOf]unitMeaning
	dates map[int64]rules.Date // days written out before
	on    rules.Date
}

// candidate is one answer to a fact and where it stands.
type candidate struct {
	fact      *rules.FactDef
	answer    rules.Answer
	untreated bool
	when      time.Time
	dose      float64
	cell      *sheet.Cell
	behind    string // unit written behind the number
	unit      string // as it stood there; empty when nothing says one
	rank      int
	other     bool   // not in the fact's own unit
	note      string // a warning that counts only if this candidate is used
}

func newReader(l *List, day time.Time) *reader {
	return &reader{list: l, plan: l.plan, day: day, on: dateOf(day), drugs: l.drugs.fresh(), units: map[unitOf]unitMeaning{}, dates: map[int64]rules.Date{}}
}

// date is dateOf, written out once a day.
func (r *reader) date(t time.Time) rules.Date {
	day := t.Unix() / 86400
	if d, ok := r.dates[day]; ok {
		return d
	}
	d := dateOf(t)
	if len(r.dates) < 1<<16 {
		r.dates[day] = d
	}
	return d
}

func (r *reader) reject(format string, args ...any) {
	r.row.Rejected = append(r.row.Rejected, fmt.Sprintf(format, args...))
}

func (r *reader) warn(format string, args ...any) {
	r.row.Warnings = append(r.row.Warnings, fmt.Sprintf(format, args...))
}

var nothing sheet.Cell

func (r *reader) cell(i int) *sheet.Cell {
	if i < 0 || i >= len(r.cells) {
		return &nothing
	}
	return &r.cells[i]
}

func (r *reader) text(i int) string {
	c := r.cell(i)
	if c.Kind == sheet.Text {
		return strings.TrimSpace(c.Text)
	}
	return c.String()
}

// read turns row i, with the rows that carry it on, into a Row.
func (r *reader) read(i int) *Row {
	from := r.list.groupStart(i)
	r.begin(int(r.list.rows.rows[from].number))
	r.me = &r.row.Case.People[0]
	r.best, r.born, r.start = r.best[:0], time.Time{}, time.Time{}
	for k := from; k < r.list.groupEnd(from); k++ {
		if k > from { // candidates point at cells: they keep the memory of the rows before
			r.cells = nil
		}
		r.cells = r.list.rows.row(k, r.cells)
		if r.list.rows.rows[k].short {
			r.reject("the last line ends before its last column: the file may be cut off")
		}
		if k == from {
			r.identity()
		}
		r.collect()
		r.conditions()
	}
	r.settle()
	return r.row
}

// begin starts an empty row, in the memory of the one before where that is free.
func (r *reader) begin(number int) {
	me := rules.Person{ID: "p", Age: truth.Any(), Alive: truth.Unknown}
	if r.reuse && r.row != nil {
		c := r.row.Case
		me.Facts = c.People[0].Facts
		clear(me.Facts)
		c.People = append(c.People[:0], me)
		*r.row = Row{Number: number, Case: c}
		return
	}
	me.Facts = make(map[string]rules.Answer, 8)
	r.row = &Row{Number: number, Case: &rules.Case{Date: r.on, Patient: me.ID, People: []rules.Person{me}}}
}

// identity reads who the patient is.
func (r *reader) identity() {
	w := &r.row.Who
	w.Family, w.Given, w.Title = r.text(r.plan.family), r.text(r.plan.given), r.text(r.plan.title)
	if w.Family == "" && w.Given == "" {
		w.Family, w.Given = splitName(r.text(r.plan.full))
	}
	w.LocalID = r.text(r.plan.localID)
	r.nhsNumber()
	r.birth()
}

func (r *reader) nhsNumber() {
	c := r.cell(r.plan.nhs)
	text := strings.TrimSpace(c.String())
	if c.Kind == sheet.Empty || isBlankWord(text) {
		return
	}
	if plainNHS(text) {
		r.row.Who.NHSNumber = text
		return
	}
	digits, err := identity.ParseNHSNumber(text)
	if err == nil {
		r.row.Who.NHSNumber = digits
		return
	}
	if c.Kind == sheet.Number && len(text) == 9 { // a spreadsheet drops a leading zero
		if digits, again := identity.ParseNHSNumber("0" + text); again == nil {
			r.row.Who.NHSNumber = digits
			r.warn("the NHS number lost its leading zero in the file; it was put back because the check digit then fits")
			return
		}
	}
	r.reject("%s", err)
}

// plainNHS knows a valid number written without spaces, as most are.
func plainNHS(text string) bool {
	if len(text) != 10 {
		return false
	}
	c, ok := identity.CheckDigit(text[:9])
	return ok && c == text[9] && strings.Count(text, text[:1]) < 10
}

func (r *reader) birth() {
	if r.plan.born < 0 {
		return
	}
	t, written, why := cellDay(r.cell(r.plan.born), r.list.Mapping.Columns[r.plan.born].Order, r.day)
	switch {
	case !written:
	case why != "":
		r.reject("the date of birth %s", why)
	case t.After(r.day):
		r.reject("the date of birth lies in the future")
	default:
		age := yearsBetween(t, r.day)
		if f := r.list.vocab.dict.Fact("patient.age"); f != nil && !f.Possible.Holds(float64(age)) {
			r.reject("the date of birth makes the patient %d years old", age)
			return
		}
		r.born = t
		r.row.Who.Born = r.date(t)
		r.me.Age = truth.Exactly(float64(age))
	}
}

// splitName parts "SMITH, Jane" and "Jane Smith".
func splitName(full string) (family, given string) {
	if before, after, ok := strings.Cut(full, ","); ok {
		return strings.TrimSpace(before), strings.TrimSpace(after)
	}
	if i := strings.LastIndexByte(full, ' '); i > 0 {
		return strings.TrimSpace(full[i:]), strings.TrimSpace(full[:i])
	}
	return full, ""
}
