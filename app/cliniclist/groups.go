package cliniclist

import (
	"fmt"
	"slices"
	"strings"

	"kindred/app/sheet"
)

// A list has one row a patient or one row a result. In the second form the rows
// of a patient follow each other, and who it is may stand in the first of them
// only. Such rows are read together: each alone would be half a patient, and a
// row without its name would be nobody's.

// groupRows finds the rows that belong together. It does so only in a list of
// result blocks in which a good part of the rows carry on the row above.
func (l *List) groupRows() {
	l.starts = nil
	who := l.whoColumns()
	if len(who) == 0 || !l.hasBlocks() {
		return
	}
	n := l.rows.len()
	starts := make([]int32, n)
	carried := 0
	var above, cells []sheet.Cell
	for i := range n {
		cells = l.rows.row(i, cells)
		starts[i] = int32(i)
		if i > 0 && carriesOn(who, above, cells) {
			starts[i] = starts[i-1]
			carried++
			continue // a nameless row is compared with the last one that has a name
		}
		above = append(above[:0], cells...)
	}
	if carried*5 < n {
		return
	}
	l.starts = starts
	l.Notes = slices.DeleteFunc(l.Notes, func(s string) bool { return strings.HasPrefix(s, groupedNote) })
	l.Notes = append(l.Notes, fmt.Sprintf("%s: %d rows of %d patients; rows of one patient that follow each other were read together", groupedNote, n, n-carried))
}

const groupedNote = "one row is one result, not one patient"

// whoColumns are the columns that say who a row is about.
func (l *List) whoColumns() []int {
	var out []int
	for i := range l.Mapping.Columns {
		switch l.Mapping.Columns[i].Use {
		case NHSNumberUse, LocalID, FamilyName, GivenName, FullName, BornUse:
			out = append(out, i)
		}
	}
	return out
}

func (l *List) hasBlocks() bool {
	for i := range l.Mapping.Columns {
		if l.Mapping.Columns[i].Use == TermUse && l.hasValue(i) {
			return true
		}
	}
	return false
}

// carriesOn reports whether a row says the same about who it is as the row
// above, or says nothing.
func carriesOn(who []int, above, cells []sheet.Cell) bool {
	at := func(row []sheet.Cell, i int) string {
		if i < len(row) {
			return strings.TrimSpace(row[i].String())
		}
		return ""
	}
	said := false
	for _, i := range who {
		here := at(cells, i)
		if here != "" && here != at(above, i) {
			return false
		}
		said = said || at(above, i) != ""
	}
	return said
}

// Continues reports whether row i carries on the patient of the row above; its
// advice is then the same.
func (l *List) Continues(i int) bool { return l.starts != nil && int(l.starts[i]) != i }

// groupEnd is the row after the last that belongs to the patient of row i.
func (l *List) groupEnd(i int) int {
	if l.starts == nil {
		return i + 1
	}
	end := i + 1
	for end < len(l.starts) && int(l.starts[end]) == int(l.starts[i]) {
		end++
	}
	return end
}

// groupStart is the first row of the patient of row i.
func (l *List) groupStart(i int) int {
	if l.starts == nil {
		return i
	}
	return int(l.starts[i])
}
