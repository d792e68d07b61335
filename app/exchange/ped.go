package exchange

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// ReadPED reads LINKAGE and PED files: with or without a header, by tabs,
// spaces, commas or semicolons, also the tables of kinship2, Pedixplorer,
// QuickPed, PLINK and Madeline. ignored says what was not taken over. The error
// is Problems with the lines in question.
func ReadPED(data []byte) (fs []Family, ignored []string, err error) {
	text, note, err := plainText(data)
	if err != nil {
		return nil, nil, err
	}
	t := &pedTable{skipped: map[string]bool{}}
	if note != "" {
		t.skipped[note] = true
	}
	lines := strings.Split(text, "\n")
	t.divided(lines)
	for n, line := range lines {
		t.line(n+1, line)
	}
	fs, err = t.families()
	if err != nil {
		return nil, nil, err
	}
	return fs, sortedNames(t.skipped), nil
}

// pedTable is the rows of a pedigree file with their columns.
type pedTable struct {
	comma    string // what stands between values; "" for spaces
	columns  []column
	names    []string // headings
	header   bool
	listing  bool // the header stands one name a line, up to an empty line
	rows     [][]string
	lines    []int
	problems Problems
	skipped  map[string]bool // what was not taken over
}

// divided finds out what stands between the values: a tab anywhere, else a
// semicolon or a comma that the first line has often enough.
func (t *pedTable) divided(lines []string) {
	for _, line := range lines {
		if strings.Contains(line, "\t") {
			t.comma = "\t"
			return
		}
	}
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "##") {
			continue
		}
		for _, c := range [...]string{";", ","} {
			if strings.Count(line, c) >= 3 {
				t.comma = c
				return
			}
		}
		return
	}
}

func (t *pedTable) fields(text string) []string {
	var out []string
	if t.comma == "" || !strings.Contains(text, t.comma) {
		out = quotedFields(text)
	} else {
		out = strings.Split(text, t.comma)
		if !t.header && len(out) < 6 && t.comma == "\t" {
			if words := strings.Fields(text); len(words) >= 6 { // tabs and spaces mixed
				out = words
			}
		}
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
		t.columns, t.names = append(t.columns, c), append(t.names, fields[0])
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
	t.columns, t.names, t.header = takenFor(columns, fields), fields, true
	return true
}

// families turns the rows into families.
func (t *pedTable) families() ([]Family, error) {
	if len(t.rows) == 0 {
		return nil, Problems{{0, "no person in this file"}}
	}
	if !t.header {
		t.columns = []column{familyColumn, idColumn, fatherColumn, motherColumn, sexColumn, affectedColumn}
		if !slices.ContainsFunc(t.rows, func(row []string) bool { return len(row) != 4 }) {
			t.columns = t.columns[1:5] // no family and nobody said to be affected
		}
	}
	t.dropRowNames()
	t.ragged()
	if !slices.Contains(t.columns, idColumn) {
		return nil, Problems{{0, "no column with the persons' ids; name it id"}}
	}
	coding := t.affectedCoding()
	var out []Family
	at := map[string]int{}
	twins := map[string][]string{}
	var twinOrder []string
	for k, row := range t.rows {
		if row == nil {
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
		out[i].noParents()
		t.problems = append(t.problems, out[i].Check()...)
	}
	if len(t.problems) > 0 {
		return nil, t.problems
	}
	for c, name := range t.names {
		if c < len(t.columns) && t.columns[c] == ignored && slices.ContainsFunc(t.rows, func(row []string) bool { return c < len(row) && !missing(row[c]) }) {
			t.skipped["the column "+name] = true
		}
	}
	return out, nil
}

// ragged reports rows that are too short to tell who is meant, or that have more
// values than the header names: a name with spaces in a file without tabs.
func (t *pedTable) ragged() {
	needed, longest := 0, 0
	for c, what := range t.columns {
		if what == idColumn || what == fatherColumn || what == motherColumn || what == sexColumn {
			needed = c + 1
		}
	}
	same := true
	for _, row := range t.rows {
		longest = max(longest, len(row))
		same = same && len(row) == len(t.rows[0])
	}
	for k, row := range t.rows {
		text := ""
		switch {
		case len(row) < needed && !t.header:
			text = fmt.Sprintf("%d columns; a PED line has family, id, father, mother, sex and affected", len(row))
		case len(row) < needed && t.comma != "\t":
			text = fmt.Sprintf("%d columns; the header names %d", len(row), len(t.columns))
		case len(row) < needed: // values missing at the end of a line by tabs are empty
			t.rows[k] = append(row, make([]string, needed-len(row))...)
		case t.header && len(row) > len(t.columns) && !same && t.comma == "":
			text = fmt.Sprintf("%d values; the header names %d columns. Put values with spaces in quotes, or tabs between columns", len(row), len(t.columns))
		}
		if text != "" {
			t.problems = append(t.problems, Problem{t.lines[k], text})
			t.rows[k] = nil
		}
	}
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
// many tables 1 and 0. Where everyone has a 1, it is LINKAGE's and nobody is.
func (t *pedTable) affectedCoding() map[string]State {
	c := slices.Index(t.columns, affectedColumn)
	if c < 0 {
		return nil
	}
	seen := map[string]bool{}
	for _, row := range t.rows {
		if c < len(row) {
			seen[strings.ToUpper(row[c])] = true
		}
	}
	coding := map[string]State{"1": Yes, "0": No}
	if !t.header || seen["2"] || !seen["0"] {
		coding = map[string]State{"2": Yes, "1": No}
	}
	for word, state := range map[string]State{
		"A": Yes, "U": No, "Y": Yes, "N": No, "YES": Yes, "NO": No, "TRUE": Yes, "FALSE": No, "T": Yes, "F": No,
		"AFFECTED": Yes, "UNAFFECTED": No, "AFF": Yes, "UNAFF": No, "CASE": Yes, "CONTROL": No,
	} {
		coding[word] = state
	}
	known := false
	for v := range seen {
		if _, ok := coding[v]; ok {
			known = true
		} else if !missing(v) && v != "0" && v != "1" && v != "2" {
			t.skipped[fmt.Sprintf("affected %q, which is neither yes nor no", v)] = true
		}
	}
	if !known {
		return nil
	}
	return coding
}

// missing is how tables write nothing.
func missing(v string) bool { return nobody(v) || perhapsNobody(v) }

// nobody is what never is somebody's id.
func nobody(v string) bool {
	switch strings.ToUpper(v) {
	case "", ".", "0", "NA", "-9", "N/A", "*":
		return true
	}
	return false
}

// perhapsNobody is what stands for no parent unless somebody is called so.
func perhapsNobody(v string) bool {
	switch strings.ToUpper(v) {
	case "-", "?", "X", "NULL", "NONE", "NAN", "UNKNOWN":
		return true
	}
	return false
}

// noParents drops parents that are a word for nobody.
func (f *Family) noParents() {
	named := map[string]bool{}
	for i := range f.People {
		named[f.People[i].ID] = true
	}
	for i := range f.People {
		for _, parent := range [...]*string{&f.People[i].Mother, &f.People[i].Father} {
			if perhapsNobody(*parent) && !named[*parent] {
				*parent = ""
			}
		}
	}
}

func yes(v string) bool {
	switch strings.ToUpper(v) {
	case "1", "Y", "YES", "TRUE", "T", "D", "A", "DEAD", "DECEASED":
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
		if v != "0" && v != "." { // these stand for nobody
			p.ID = v
		}
	case fatherColumn:
		if !nobody(v) {
			p.Father = v
		}
	case motherColumn:
		if !nobody(v) {
			p.Mother = v
		}
	case sexColumn:
		p.Sex = sexWord(v)
		if p.Sex == "" && !missing(v) && v != "3" && !strings.EqualFold(v, "u") && !strings.EqualFold(v, "other") {
			t.skipped[fmt.Sprintf("the sex %q, taken as not known", v)] = true
		}
	case affectedColumn:
		p.Affected = coding[strings.ToUpper(v)]
	case nameColumn:
		if !gone {
			p.Name = v
		}
	case identicalColumn:
		if !gone {
			return "identical:" + v
		}
	case fraternalColumn:
		if !gone {
			return "fraternal:" + v
		}
	default:
		t.life(p, c, v)
	}
	return ""
}

// life takes what tables say of a person's life beside sex and parents.
func (t *pedTable) life(p *Person, c column, v string) {
	gone := missing(v)
	switch c {
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
		if !gone && !strings.EqualFold(v, "false") && !strings.EqualFold(v, "no") && !strings.EqualFold(v, "n") {
			p.Loss, p.Pregnancy = true, lossWord(v)
		}
	case ageColumn:
		if !gone && isAge(v) {
			p.Age = v
		} else if !gone {
			t.skipped[fmt.Sprintf("the age %q", v)] = true
		}
	case childlessColumn:
		switch word := strings.ToLower(v); {
		case strings.Contains(word, "choice"), strings.Contains(word, "vasectomy"), strings.Contains(word, "tubal"):
			p.Childless = "by_choice"
		case strings.HasPrefix(word, "steril"), strings.HasPrefix(word, "infertil"):
			p.Childless = "infertile"
		}
	}
}

// lossWord is how a pregnancy ended.
func lossWord(v string) string {
	switch word := strings.ToUpper(v); {
	case word == "TOP", strings.HasPrefix(word, "TERM"):
		return "termination"
	case word == "ECT", strings.HasPrefix(word, "ECTOP"):
		return "ectopic"
	}
	return "miscarriage"
}

func sexWord(v string) string {
	switch strings.ToLower(v) {
	case "1", "m", "male", "man", "boy":
		return "male"
	case "2", "f", "female", "woman", "girl":
		return "female"
	}
	return ""
}

// date reads 1987.02.12, 1956-02-15, 1989 and 15/02/1956.
func date(v string) string {
	v = strings.NewReplacer(".", "-", "/", "-").Replace(v)
	if len(v) == 10 && v[2] == '-' && v[5] == '-' { // the day first
		v = v[6:] + v[2:6] + v[:2]
	}
	if len(v) < 4 || missing(v) || strings.Trim(v[:4], "0123456789") != "" {
		return ""
	}
	return v
}
