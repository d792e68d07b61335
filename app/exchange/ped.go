package exchange

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// column is what a column of a pedigree table holds.
type column int

const (
	ignored column = iota
	familyColumn
	idColumn
	fatherColumn
	motherColumn
	sexColumn
	affectedColumn
	nameColumn
	bornColumn
	diedColumn
	deadColumn
	probandColumn
	consultandColumn
	adoptedColumn
	lossColumn
	identicalColumn
	fraternalColumn
)

// headings are the names programs give the columns.
var headings = map[string]column{
	"ped": familyColumn, "fam": familyColumn, "famid": familyColumn, "family": familyColumn, "familyid": familyColumn, "pedigree": familyColumn,
	"id": idColumn, "indid": idColumn, "individualid": idColumn, "individual": idColumn, "person": idColumn, "iid": idColumn,
	"father": fatherColumn, "fatherid": fatherColumn, "dadid": fatherColumn, "dad": fatherColumn, "fid": fatherColumn, "fathid": fatherColumn, "pid": fatherColumn, "paternalid": fatherColumn,
	"mother": motherColumn, "motherid": motherColumn, "momid": motherColumn, "mom": motherColumn, "mid": motherColumn, "mothid": motherColumn, "maternalid": motherColumn,
	"sex": sexColumn, "gender": sexColumn,
	"affected": affectedColumn, "aff": affectedColumn, "affection": affectedColumn, "phenotype": affectedColumn, "pheno": affectedColumn, "status": affectedColumn,
	"name": nameColumn,
	"dob":  bornColumn, "dateofbirth": bornColumn, "born": bornColumn, "yob": bornColumn,
	"dateofdeath": diedColumn, "dod": diedColumn,
	"deceased": deadColumn, "dead": deadColumn,
	"proband": probandColumn, "consultand": consultandColumn, "adopted": adoptedColumn, "miscarriage": lossColumn,
	"mztwin": identicalColumn, "dztwin": fraternalColumn,
}

// heading reads one column name; case, quotes, dots and underscores do not matter.
func heading(s string) (column, bool) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
	c, ok := headings[s]
	return c, ok
}

// ReadPED reads LINKAGE and PED files: with or without a header, by tabs or by
// spaces, also the tables of kinship2, Pedixplorer, QuickPed and Madeline. The
// error is Problems with the lines in question.
func ReadPED(data []byte) ([]Family, error) {
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, Problems{{0, "this is not a text file"}}
	}
	t := &pedTable{tabs: bytes.IndexByte(data, '\t') >= 0}
	scan := bufio.NewScanner(bytes.NewReader(data))
	scan.Buffer(nil, 1<<20)
	for n := 1; scan.Scan(); n++ {
		t.line(n, strings.TrimRight(strings.TrimPrefix(scan.Text(), "\ufeff"), "\r"))
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("pedigree file: %w", err)
	}
	return t.families()
}

// pedTable is the rows of a pedigree file with their columns.
type pedTable struct {
	tabs     bool
	columns  []column
	header   bool
	listing  bool // the header stands one name a line, up to an empty line
	rows     [][]string
	lines    []int
	problems Problems
}

func (t *pedTable) fields(text string) []string {
	var out []string
	if t.tabs {
		out = strings.Split(text, "\t")
	} else {
		out = quotedFields(text)
	}
	for i := range out {
		out[i] = strings.TrimSpace(strings.Trim(strings.TrimSpace(out[i]), `"`))
	}
	return out
}

// quotedFields splits at spaces outside quotes.
func quotedFields(text string) []string {
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && unicode.IsSpace(r)
	})
}

func (t *pedTable) line(n int, text string) {
	trimmed := strings.TrimSpace(text)
	switch {
	case trimmed == "":
		t.listing = false
		return
	case strings.HasPrefix(trimmed, "#") && !t.header && len(t.rows) == 0:
		trimmed = strings.TrimLeft(trimmed, "#")
		text = trimmed
		if t.headerLine(t.fields(text)) {
			return
		}
		return // a remark
	case strings.HasPrefix(trimmed, "#"):
		return
	}
	fields := t.fields(text)
	if len(t.rows) == 0 && (t.listing || !t.header) && len(fields) == 1 {
		c, _ := heading(fields[0])
		t.columns = append(t.columns, c)
		t.header, t.listing = true, true
		return
	}
	if len(t.rows) == 0 && !t.header && t.headerLine(fields) {
		return
	}
	t.rows = append(t.rows, fields)
	t.lines = append(t.lines, n)
}

// headerLine takes the line as header when it names id and a parent.
func (t *pedTable) headerLine(fields []string) bool {
	var columns []column
	for _, f := range fields {
		c, _ := heading(f)
		columns = append(columns, c)
	}
	if !slices.Contains(columns, idColumn) || !slices.Contains(columns, motherColumn) {
		return false
	}
	t.columns, t.header = columns, true
	return true
}

// families turns the rows into families.
func (t *pedTable) families() ([]Family, error) {
	if len(t.rows) == 0 {
		return nil, Problems{{0, "no person in this file"}}
	}
	if !t.header {
		t.columns = []column{familyColumn, idColumn, fatherColumn, motherColumn, sexColumn, affectedColumn}
	}
	t.dropRowNames()
	if !slices.Contains(t.columns, idColumn) {
		return nil, Problems{{0, "no column with the persons' ids; name it id"}}
	}
	coding := t.affectedCoding()
	var out []Family
	at := map[string]int{}
	twins := map[string][]string{}
	var twinOrder []string
	for k, row := range t.rows {
		if !t.header && len(row) < 5 {
			t.problems = append(t.problems, Problem{t.lines[k], fmt.Sprintf("%d columns; a PED line has family, id, father, mother, sex and affected", len(row))})
			continue
		}
		p := Person{line: t.lines[k]}
		family := ""
		var labels []string
		for c, value := range row {
			if c >= len(t.columns) {
				break
			}
			if t.columns[c] == familyColumn {
				family = value
				continue
			}
			if label := t.set(&p, t.columns[c], value, coding); label != "" {
				labels = append(labels, family+"\x00"+label)
			}
		}
		i, ok := at[family]
		if !ok {
			i = len(out)
			at[family] = i
			out = append(out, Family{ID: family, HasAffected: coding != nil})
		}
		out[i].People = append(out[i].People, p)
		for _, key := range labels {
			if twins[key] == nil {
				twinOrder = append(twinOrder, key)
			}
			twins[key] = append(twins[key], p.ID)
		}
	}
	for _, key := range twinOrder {
		family, label, _ := strings.Cut(key, "\x00")
		kind, _, _ := strings.Cut(label, ":")
		if ids := twins[key]; len(ids) > 1 {
			f := &out[at[family]]
			f.Twins = append(f.Twins, Twins{IDs: ids, Kind: kind})
		}
	}
	for i := range out {
		t.problems = append(t.problems, out[i].Check()...)
	}
	if len(t.problems) > 0 {
		return nil, t.problems
	}
	return out, nil
}

// dropRowNames takes off the row numbers that R writes without a heading.
func (t *pedTable) dropRowNames() {
	for _, row := range t.rows {
		if !t.header || len(row) != len(t.columns)+1 {
			return
		}
	}
	for i := range t.rows {
		t.rows[i] = t.rows[i][1:]
	}
}

// affectedCoding finds out which value means affected: LINKAGE writes 2 and 1,
// many tables 1 and 0.
func (t *pedTable) affectedCoding() map[string]State {
	c := slices.Index(t.columns, affectedColumn)
	if c < 0 {
		return nil
	}
	known, two := false, !t.header
	for _, row := range t.rows {
		if c < len(row) {
			two = two || row[c] == "2"
			known = known || !missing(row[c]) || row[c] == "0" && t.header
		}
	}
	if !known {
		return nil
	}
	if two {
		return map[string]State{"2": Yes, "1": No, "A": Yes, "U": No}
	}
	return map[string]State{"1": Yes, "0": No, "A": Yes, "U": No, "Y": Yes, "N": No}
}

// missing is how tables write nothing.
func missing(v string) bool {
	switch v {
	case "", ".", "0", "NA", "-9", "na", "N/A", "*":
		return true
	}
	return false
}

func yes(v string) bool {
	switch strings.ToUpper(v) {
	case "1", "Y", "YES", "TRUE", "T", "D", "A":
		return true
	}
	return false
}

// set takes one value; it returns a twin set's label.
func (t *pedTable) set(p *Person, c column, v string, coding map[string]State) string {
	v = strings.Join(strings.Fields(v), " ")
	gone := missing(v)
	switch c {
	case idColumn:
		p.ID = v
	case fatherColumn:
		if !gone {
			p.Father = v
		}
	case motherColumn:
		if !gone {
			p.Mother = v
		}
	case sexColumn:
		p.Sex = sexWord(v)
	case affectedColumn:
		p.Affected = coding[strings.ToUpper(v)]
	case nameColumn:
		if !gone {
			p.Name = v
		}
	case bornColumn:
		p.Born = date(v)
	case diedColumn:
		p.Died = date(v)
		p.Dead = p.Dead || p.Died != ""
	case deadColumn:
		p.Dead = p.Dead || yes(v)
	case probandColumn:
		p.Proband = yes(v)
	case consultandColumn:
		p.Consultand = yes(v)
	case adoptedColumn:
		if yes(v) || v == "in" {
			p.Adopted = "in"
		} else if v == "out" {
			p.Adopted = "out"
		}
	case lossColumn:
		p.Loss = !gone && v != "FALSE"
	case identicalColumn:
		if !gone {
			return "identical:" + v
		}
	case fraternalColumn:
		if !gone {
			return "fraternal:" + v
		}
	}
	return ""
}

func sexWord(v string) string {
	switch strings.ToLower(v) {
	case "1", "m", "male":
		return "male"
	case "2", "f", "female":
		return "female"
	}
	return ""
}

// date reads 1987.02.12, 1956-02-15 and 1989.
func date(v string) string {
	v = strings.ReplaceAll(v, ".", "-")
	if len(v) < 4 || missing(v) {
		return ""
	}
	for _, r := range v[:4] {
		if r < '0' || r > '9' {
			return ""
		}
	}
	return v
}
