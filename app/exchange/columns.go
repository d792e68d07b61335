package exchange

import (
	"slices"
	"strings"
	"unicode"
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
	ageColumn
	childlessColumn
	statusColumn // dead or alive beside a column of the affected, else who is affected
)

// headings are the names programs give the columns.
var headings = map[string]column{
	"ped": familyColumn, "pedid": familyColumn, "pedigreeid": familyColumn, "kindred": familyColumn, "fam": familyColumn, "famid": familyColumn, "family": familyColumn, "familyid": familyColumn, "pedigree": familyColumn,
	"id": idColumn, "indid": idColumn, "individualid": idColumn, "individual": idColumn, "person": idColumn, "iid": idColumn, "personid": idColumn, "indiv": idColumn, "individ": idColumn, "ind": idColumn, "sampleid": idColumn,
	"father": fatherColumn, "fatherid": fatherColumn, "dadid": fatherColumn, "dad": fatherColumn, "fid": fatherColumn, "fathid": fatherColumn, "pid": fatherColumn, "paternalid": fatherColumn, "fa": fatherColumn, "pat": fatherColumn, "patid": fatherColumn, "sire": fatherColumn, "paternal": fatherColumn,
	"mother": motherColumn, "motherid": motherColumn, "momid": motherColumn, "mom": motherColumn, "mid": motherColumn, "mothid": motherColumn, "maternalid": motherColumn, "mo": motherColumn, "mat": motherColumn, "matid": motherColumn, "dam": motherColumn, "maternal": motherColumn,
	"sex": sexColumn, "gender": sexColumn,
	"affected": affectedColumn, "aff": affectedColumn, "affection": affectedColumn, "phenotype": affectedColumn, "pheno": affectedColumn, "pheno1": affectedColumn, "affectedstatus": affectedColumn, "affectionstatus": affectedColumn, "disease": affectedColumn, "trait": affectedColumn,
	"status": statusColumn,
	"name":   nameColumn,
	"dob":    bornColumn, "dateofbirth": bornColumn, "born": bornColumn, "yob": bornColumn, "yearofbirth": bornColumn, "birthyear": bornColumn, "birthdate": bornColumn,
	"dateofdeath": diedColumn, "dod": diedColumn, "died": diedColumn, "yearofdeath": diedColumn,
	"deceased": deadColumn, "dead": deadColumn,
	"proband": probandColumn, "consultand": consultandColumn, "adopted": adoptedColumn, "miscarriage": lossColumn,
	"age": ageColumn, "fertility": childlessColumn,
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

// takenFor settles what headings mean only together: fid is the family beside
// another column of fathers (PLINK), status is whether alive beside a column of
// the affected.
func takenFor(columns []column, fields []string) []column {
	fathers := 0
	for _, c := range columns {
		if c == fatherColumn {
			fathers++
		}
	}
	for i, c := range columns {
		switch {
		case c == fatherColumn && fathers > 1 && strings.EqualFold(strings.TrimLeft(fields[i], "#"), "fid") && !slices.Contains(columns, familyColumn):
			columns[i] = familyColumn
		case c == statusColumn && slices.Contains(columns, affectedColumn):
			columns[i] = deadColumn
		case c == statusColumn:
			columns[i] = affectedColumn
		}
	}
	return columns
}
