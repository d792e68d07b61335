package rules

import (
	"math/bits"
	"strings"
)

// maxColumns is how many condition columns a decision table can have.
const maxColumns = 12

// maxBoxes bounds the work of splitting a table; beyond it evaluation falls
// back to the looser row walk, which is still sound.
const maxBoxes = 4096

// box is the set of answers that are possible, column by column.
type box [maxColumns]uint32

// rowSet is a set of rows of a decision table.
type rowSet [4]uint64

func (r *rowSet) add(i int)      { r[i>>6] |= 1 << (i & 63) }
func (r *rowSet) has(i int) bool { return r[i>>6]>>(i&63)&1 != 0 }

// decisionTable is a compiled decision table.
type decisionTable struct {
	file    string
	cols    []int32 // slots
	full    box     // everything each column can be
	rows    []tableRow
	exactly bool // hit policy: exactly one row applies
	sources []string
}

type tableRow struct {
	cells box
	step  int
	basis string
	name  string
	notes []string
	line  int
}

// decisionTable compiles a pathway's table and proves that it has no gap and no
// dead row.
func (c *compiler) decisionTable(def *pathwayDef, w *pathway) *decisionTable {
	t := &decisionTable{}
	before := len(c.p.found)
	f := c.s.tables[def.file]
	if f == nil {
		c.p.at(def.at.get("table"), "no table %q in %s/tables%s", def.file, c.s.dir, didYouMean(def.file, sortedKeys(c.s.tables)))
		return t
	}
	t.file = f.file
	if len(f.rows) < 3 {
		c.p.add(f.file, 1, 1, "a decision table has a first row (table,ID,policy,source), a row of column names and rows")
		return t
	}
	head := f.rows[0]
	if head[0] != "table" || len(head) < 3 {
		c.p.add(f.file, f.line[0], 1, "the first row of a decision table is table,%s,POLICY,SOURCE", def.id)
		return t
	}
	if head[1] != def.id {
		c.p.add(f.file, f.line[0], 1, "this is the table of %q, but %s names it", head[1], def.id)
	}
	switch head[2] {
	case "first row that applies":
	case "exactly one row applies":
		t.exactly = true
	default:
		c.p.add(f.file, f.line[0], 1, "no policy %q; it is \"first row that applies\" or \"exactly one row applies\"", head[2])
	}
	if len(head) > 3 {
		t.sources = strings.Fields(strings.ReplaceAll(head[3], "|", " "))
		for _, id := range t.sources {
			if c.s.sourceByID[id] == nil {
				c.p.add(f.file, f.line[0], 1, "no source %q in sources.yaml", id)
			}
		}
	}
	outs := c.tableColumns(t, f)
	for i := 2; i < len(f.rows); i++ {
		c.tableRow(t, w, f, i, outs)
	}
	if len(t.rows) > 256 {
		c.p.add(f.file, 1, 1, "a decision table can have 256 rows")
		t.rows = t.rows[:256]
	}
	if len(c.p.found) == before {
		c.prove(t, w)
	}
	return t
}

// tableColumns reads the row of column names; outs tells what the columns that
// start with = give.
func (c *compiler) tableColumns(t *decisionTable, f *csvTable) (outs []string) {
	outs = make([]string, len(f.rows[1]))
	for i, name := range f.rows[1] {
		if out, ok := strings.CutPrefix(name, "="); ok {
			switch out {
			case "step", "basis", "row", "notes":
			default:
				c.p.add(f.file, f.line[1], i+1, "a table gives =step, =basis, =row and =notes, not %q", name)
			}
			outs[i] = out
			continue
		}
		def := c.d.Fact(name)
		switch {
		case def == nil || def.Area != "" && def.Area != c.s.id:
			c.p.add(f.file, f.line[1], i+1, "no fact %q%s", name, didYouMean(name, c.known()))
			continue
		case def.Type != ChoiceFact && def.Type != YesNo:
			c.p.add(f.file, f.line[1], i+1, "a column must be a choice or yes/no fact, and %s is neither", name)
			continue
		case len(t.cols) == maxColumns:
			c.p.add(f.file, f.line[1], i+1, "a decision table can have %d condition columns", maxColumns)
			continue
		}
		s := c.slot(def, nil)
		full := uint32(3)
		if def.Type == ChoiceFact {
			full = c.a.slots[s].full
		}
		t.full[len(t.cols)] = full
		t.cols = append(t.cols, s)
	}
	return outs
}

func (c *compiler) tableRow(t *decisionTable, w *pathway, f *csvTable, i int, outs []string) {
	row := tableRow{cells: t.full, step: -1, line: f.line[i]}
	col := 0
	for j, cell := range f.rows[i] {
		if j >= len(outs) {
			c.p.add(f.file, f.line[i], j+1, "this row has more cells than there are columns")
			break
		}
		switch outs[j] {
		case "":
			if col < len(t.cols) {
				row.cells[col] = c.cell(t, f, i, j, col, cell)
			}
			col++
		case "step":
			at, ok := w.stepOf[cell]
			if !ok {
				c.p.add(f.file, f.line[i], j+1, "%s has no step %q%s", w.def.id, cell, didYouMean(cell, keysOf(w.def.steps, func(s StepInfo) string { return s.ID })))
			}
			row.step = at
		case "basis":
			switch cell {
			case "guidance":
				row.basis = "guidance"
			case "ours":
				row.basis = "our rule where guidance is silent"
			default:
				c.p.add(f.file, f.line[i], j+1, "the basis of a row is guidance or ours, not %q", cell)
			}
		case "row":
			row.name = cell
		case "notes":
			for _, id := range strings.Split(cell, "|") {
				if id = strings.TrimSpace(id); id != "" && id != "-" {
					row.notes = append(row.notes, id)
				}
			}
		}
	}
	if row.step < 0 {
		c.p.add(f.file, f.line[i], 1, "this row gives no =step")
		row.step = 0
	}
	t.rows = append(t.rows, row)
}

// cell reads what one cell allows.
func (c *compiler) cell(t *decisionTable, f *csvTable, i, j, col int, cell string) uint32 {
	if cell == "-" {
		return t.full[col]
	}
	if cell == "" {
		c.p.add(f.file, f.line[i], j+1, "this cell is empty; - means any")
		return t.full[col]
	}
	def := c.a.slots[t.cols[col]].fact
	but, all := strings.CutPrefix(cell, "!")
	var mask uint32
	for _, v := range strings.Split(but, "|") {
		v = strings.TrimSpace(v)
		switch at := def.ChoiceIndex(v); {
		case def.Type == ChoiceFact && at >= 0:
			mask |= 1 << at
		case def.Type == YesNo && v == "yes":
			mask |= 1
		case def.Type == YesNo && v == "no":
			mask |= 2
		case def.Type == YesNo:
			c.p.add(f.file, f.line[i], j+1, "%s is yes or no, not %q", def.ID, v)
		default:
			c.p.add(f.file, f.line[i], j+1, "%s is never %q%s", def.ID, v, oneOf(v, choiceValues(def)))
		}
	}
	if all {
		mask = t.full[col] &^ mask
	}
	if mask == 0 {
		c.p.add(f.file, f.line[i], j+1, "nothing is left in this cell")
		return t.full[col]
	}
	return mask
}

// prove reports gaps, dead rows and, where exactly one row must apply, rows
// that overlap.
func (c *compiler) prove(t *decisionTable, w *pathway) {
	var s splitter
	s.start(t, t.full)
	for i := range t.rows {
		if !s.take(t, i) {
			if s.overflow {
				c.p.add(t.file, 1, 1, "this table is too tangled to prove that it has no gap; put rows with - last")
				return
			}
			c.p.add(t.file, t.rows[i].line, 1, "this row can never apply; the rows above take everything it covers")
		}
		if t.exactly {
			for j := range i {
				if meets(t, &t.rows[i].cells, &t.rows[j].cells) {
					c.p.add(t.file, t.rows[i].line, 1, "this row and the one in line %d can apply together", t.rows[j].line)
				}
			}
		}
	}
	if len(s.boxes) > 0 {
		parts := make([]string, len(t.cols))
		for col := range t.cols {
			def := c.a.slots[t.cols[col]].fact
			at := bits.TrailingZeros32(s.boxes[0][col])
			value := []string{"yes", "no"}[at&1]
			if def.Type == ChoiceFact {
				value = def.Choices[at].Value
			}
			parts[col] = strings.TrimPrefix(def.ID, "tumour.") + "=" + value
		}
		c.p.add(t.file, 1, 1, "no row covers %s", strings.Join(parts, ", "))
	}
	_ = w
}

func meets(t *decisionTable, a, b *box) bool {
	for col := range t.cols {
		if a[col]&b[col] == 0 {
			return false
		}
	}
	return true
}

// splitter carries the answers no row has taken yet, as disjoint boxes.
type splitter struct {
	boxes, next []box
	overflow    bool
	known       map[splitKey]splitResult // tables walked before: most patients of a list have the same tumours, or none
}

// splitKey is all that the steps of a table depend on.
type splitKey struct {
	table *decisionTable
	from  box
}

type splitResult struct {
	steps uint64
	rows  rowSet
}

// maxKnown bounds what a splitter remembers; it forgets all when full.
const maxKnown = 1 << 10

// remember keeps a result.
func (s *splitter) remember(k splitKey, r splitResult) {
	if s.known == nil || len(s.known) >= maxKnown {
		s.known = map[splitKey]splitResult{}
	}
	s.known[k] = r
}

func (s *splitter) start(_ *decisionTable, from box) {
	s.boxes = append(s.boxes[:0], from)
	s.overflow = false
}

// take gives row i its part; it reports whether there was any.
func (s *splitter) take(t *decisionTable, i int) bool {
	hit := false
	s.next = s.next[:0]
	cells := &t.rows[i].cells
	n := len(t.cols)
	for k := range s.boxes {
		b := s.boxes[k]
		if !meets(t, &b, cells) {
			s.next = append(s.next, b)
			continue
		}
		hit = true
		for col := range n {
			if rest := b[col] &^ cells[col]; rest != 0 {
				piece := b
				piece[col] = rest
				s.next = append(s.next, piece)
				b[col] &= cells[col]
			}
		}
		if len(s.next) > maxBoxes {
			s.overflow = true
			return hit
		}
	}
	s.boxes, s.next = s.next, s.boxes
	return hit
}

// steps finds every step that the answers in from can still lead to, and the
// rows that give them.
func (t *decisionTable) steps(from box, s *splitter) (steps uint64, rows rowSet) {
	if t.single(&from) {
		for i := range t.rows {
			if meets(t, &from, &t.rows[i].cells) {
				rows.add(i)
				return 1 << t.rows[i].step, rows
			}
		}
		return 0, rows
	}
	key := splitKey{t, from}
	if r, ok := s.known[key]; ok {
		return r.steps, r.rows
	}
	defer func() { s.remember(key, splitResult{steps, rows}) }()
	s.start(t, from)
	for i := range t.rows {
		if s.take(t, i) {
			rows.add(i)
			steps |= 1 << t.rows[i].step
		}
		if s.overflow {
			return t.loosely(&from)
		}
		if len(s.boxes) == 0 {
			break
		}
	}
	return steps, rows
}

// single reports whether every column has one value left.
func (t *decisionTable) single(b *box) bool {
	for col := range t.cols {
		if b[col]&(b[col]-1) != 0 {
			return false
		}
	}
	return true
}

// loosely takes every row that meets the answers, down to one that covers them
// all: perhaps too many, never too few.
func (t *decisionTable) loosely(from *box) (steps uint64, rows rowSet) {
	for i := range t.rows {
		if !meets(t, from, &t.rows[i].cells) {
			continue
		}
		rows.add(i)
		steps |= 1 << t.rows[i].step
		covers := true
		for col := range t.cols {
			covers = covers && from[col]&^t.rows[i].cells[col] == 0
		}
		if covers {
			break
		}
	}
	return steps, rows
}
