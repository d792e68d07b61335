package cliniclist

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"kindred/app/sheet"
	"kindred/rules"
)

// Options steer the reading of a list where headings alone cannot.
type Options struct {
	Sheet string            // name of the sheet to read; empty: the one that looks most like a list
	Map   map[string]string // heading -> fact id, "fact.id:unit", a use ("NHS number") or "ignore"
	Units map[string]string // fact id, or "" for every fact -> unit of columns that name none
}

// List is a clinic list in memory, with its columns recognised.
type List struct {
	File    string // name without folder
	Sheet   string // empty for a CSV file
	Mapping Mapping
	Notes   []string // what a person should know about the file as a whole

	IsCSV    bool
	Comma    byte // separator of a CSV file
	Marked   bool // the CSV file came with an encoding mark
	headings []sheet.Cell
	rows     packed
	starts   []int32 // first row of each row's patient; nil when every row is a patient
	vocab    *vocabulary
	plan     *plan
	drugs    *drugReader // of the survey
	hasBasis bool        // the dictionary knows lipid.basis
	opt      Options
	mu       sync.Mutex
	single   *reader // reads single rows; guarded by mu
}

// Mapping is how the columns of a list are understood.
type Mapping struct {
	HeaderRow int // row number of the headings
	Columns   []Column
}

// Problems of a list as a whole; test with errors.Is.
var (
	ErrNoColumn = errors.New("has no column that can be recognised")
	ErrNoRows   = errors.New("has headings but no rows under them")
	ErrNoSheet  = errors.New("has no such sheet")
)

// Read reads a list wholly and recognises its columns. A file that cannot be
// read to its end is an error: no row is lost in silence.
func Read(path string, d *rules.Dictionary, opt Options) (*List, error) {
	b, err := sheet.Open(path)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	l := &List{File: b.Name(), IsCSV: b.IsCSV(), vocab: newVocabulary(d), opt: opt}
	l.Comma, l.Marked = b.CSVForm()
	l.drugs = newDrugReader(d)
	l.hasBasis = d.Fact("lipid.basis") != nil
	if err := l.checkOptions(); err != nil {
		return nil, err
	}
	head, err := l.chooseSheet(b)
	if err != nil {
		return nil, err
	}
	if err := l.readRows(b, head); err != nil {
		return nil, err
	}
	if l.rows.len() == 0 {
		return nil, l.problem(ErrNoRows)
	}
	l.Mapping = Mapping{HeaderRow: head.number, Columns: l.recognise(head)}
	if err := l.applyMap(); err != nil {
		return nil, err
	}
	l.survey()
	l.groupRows()
	return l, l.prepare()
}

// SetMapping takes over columns that a person changed: their Use, Fact, Unit,
// Order or Anchor.
func (l *List) SetMapping(m Mapping) error {
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Use == FactUse && l.vocab.dict.Fact(c.Fact) == nil {
			return fmt.Errorf("the column %q is given the fact %q, which the dictionary does not have", c.Heading, c.Fact)
		}
	}
	l.Mapping = m
	for i := range m.Columns {
		c := &m.Columns[i]
		// What a person saw and left is decided: no heading is read twice.
		c.Doubtful, c.Note, c.meanings = false, "", nil
	}
	l.survey()
	l.groupRows()
	return l.prepare()
}

// Len is the number of rows under the headings.
func (l *List) Len() int { return l.rows.len() }

// Headings are the headings as written, one a column.
func (l *List) Headings() []string {
	out := make([]string, len(l.Mapping.Columns))
	for i := range out {
		out[i] = l.Mapping.Columns[i].Heading
	}
	return out
}

// Cells gives row i as it came; buf may be reused.
func (l *List) Cells(i int, buf []sheet.Cell) []sheet.Cell { return l.rows.row(i, buf) }

// RowNumber is the number of row i in the file.
func (l *List) RowNumber(i int) int { return int(l.rows.rows[i].number) }

// Recognised counts the columns that are used and those that carry a heading.
func (l *List) Recognised() (used, all int) {
	for i := range l.Mapping.Columns {
		c := &l.Mapping.Columns[i]
		if c.Heading == "" {
			continue
		}
		all++
		if c.Used() {
			used++
		}
	}
	return used, all
}

func (l *List) problem(err error) error {
	return &sheet.FileError{File: l.File, Sheet: l.Sheet, Err: err}
}

// readRows packs every row below the headings.
func (l *List) readRows(b *sheet.Book, head *header) error {
	rows, err := b.Rows(head.sheet)
	if err != nil {
		return err
	}
	defer rows.Close()
	hidden := 0
	for rows.Next() {
		r := rows.Row()
		if r.Number <= head.number {
			continue
		}
		width := lastFilled(r.Cells)
		if width == 0 {
			continue // nothing but spaces
		}
		for len(head.cells) < width { // more cells than headings: nothing of a row is lost
			head.cells = append(head.cells, sheet.Cell{})
		}
		if r.Hidden {
			hidden++
		}
		short := r.Short && len(r.Cells) < len(head.cells)
		l.rows.add(r.Number, short, r.Cells)
	}
	l.rows.done()
	if hidden > 0 {
		l.Notes = append(l.Notes, fmt.Sprintf("%d hidden rows were read like all others", hidden))
	}
	return rows.Err()
}

// lastFilled is the number of cells up to the last that holds more than spaces.
func lastFilled(cells []sheet.Cell) int {
	for n := len(cells); n > 0; n-- {
		switch c := &cells[n-1]; c.Kind {
		case sheet.Empty:
		case sheet.Text:
			if strings.TrimSpace(c.Text) != "" {
				return n
			}
		default:
			return n
		}
	}
	return 0
}

// checkOptions looks at what the caller asks for before anything is read.
func (l *List) checkOptions() error {
	for fact, unit := range l.opt.Units {
		if fact == "" {
			if !containsUnit(l.vocab.units, unit) {
				return fmt.Errorf("the unit %q is not known; known units: %s", unit, strings.Join(l.vocab.units, ", "))
			}
			continue
		}
		f := l.vocab.dict.Fact(fact)
		if f == nil {
			return fmt.Errorf("there is no fact %q to give a unit", fact)
		}
		if !acceptsUnit(f, unit) {
			return fmt.Errorf("%s cannot be given in %q", f.Label, unit)
		}
	}
	return nil
}

func containsUnit(units []string, unit string) bool {
	for _, u := range units {
		if sameUnit(u, unit) {
			return true
		}
	}
	return false
}
