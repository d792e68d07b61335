package exchange

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// canriskColumns is the header of a CanRisk 4.0 file (28 columns).
var canriskColumns = []string{
	"FamID", "Name", "Target", "IndivID", "FathID", "MothID", "Sex", "MZtwin", "Dead", "Age", "Yob",
	"BC1", "BC2", "OC", "PRO", "PAN", "Ashkn",
	"BRCA1", "BRCA2", "PALB2", "ATM", "CHEK2", "BARD1", "RAD51D", "RAD51C", "BRIP1", "HOXB13", "ER:PR:HER2:CK14:CK56",
}

// canriskCancers is where our conditions stand in a CanRisk file. A second
// breast cancer goes to BC2.
var canriskCancers = map[string]string{
	"breast_cancer": "BC1", "ovarian_cancer": "OC", "prostate_cancer": "PRO", "pancreatic_cancer": "PAN",
}

// Lengths that CanRisk allows.
const (
	canriskFamilyID = 13
	canriskID       = 7
)

// WriteCanRisk writes one family as CanRisk 4.0 and says what it could not
// carry. Names are left out. CanRisk needs the sex at birth of everyone; the
// error names those of whom it is not known.
func WriteCanRisk(w io.Writer, f *Family) (lost []string, err error) {
	people := withBothParents(f)
	var unknown []string
	for i := range people {
		if p := &people[i]; p.Sex == "" && strings.HasPrefix(p.ID, "+") {
			p.Sex = connectingSex(people, p.ID)
		}
		if people[i].Sex == "" {
			unknown = append(unknown, people[i].ID)
		}
	}
	if len(unknown) > 0 {
		return nil, fmt.Errorf("CanRisk needs the sex at birth of everyone; it is not known for %s", strings.Join(unknown, ", "))
	}
	ids := shortIDs(people)
	loss := map[string]bool{}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "##CanRisk 4.0\n##%s\n", strings.Join(canriskColumns, "\t"))
	family := f.ID
	if family == "" {
		family = "1"
	}
	family = family[:min(len(family), canriskFamilyID)]
	for i := range people {
		fmt.Fprintln(b, strings.Join(canriskRow(&people[i], i, family, ids, f, loss), "\t"))
	}
	if len(f.Twins) > 0 && slices.ContainsFunc(f.Twins, func(t Twins) bool { return t.Kind != "identical" }) {
		loss["twins who are not identical"] = true
	}
	for _, c := range f.Couples {
		if !f.parents(c) {
			loss["couples without children"] = true
		}
		if c.Separated {
			loss["who is separated"] = true
		}
		if c.Related && !f.relatedBlood(c) {
			loss["that a couple is related by blood"] = true
		}
	}
	for what := range loss {
		lost = append(lost, what)
	}
	slices.Sort(lost)
	if err := b.Flush(); err != nil {
		return lost, fmt.Errorf("write the CanRisk file: %w", err)
	}
	return lost, nil
}

func canriskRow(p *Person, i int, family string, ids map[string]string, f *Family, loss map[string]bool) []string {
	value := map[string]string{
		"FamID": family, "Name": strconv.Itoa(i + 1), "IndivID": ids[p.ID], "FathID": orZero(ids[p.Father]), "MothID": orZero(ids[p.Mother]),
		"Sex":                  map[string]string{"female": "F", "male": "M"}[p.Sex],
		"ER:PR:HER2:CK14:CK56": "0:0:0:0:0",
	}
	if p.Consultand || p.Proband && !slices.ContainsFunc(f.People, func(q Person) bool { return q.Consultand }) {
		value["Target"] = "1"
	}
	if p.Dead {
		value["Dead"] = "1"
	}
	for t, set := range f.Twins {
		if set.Kind == "identical" && slices.Contains(set.IDs, p.ID) {
			value["MZtwin"] = strconv.Itoa(t + 1)
		}
	}
	if p.Age != "" {
		if _, err := strconv.Atoi(p.Age); err == nil {
			value["Age"] = p.Age
		} else {
			loss["ages that are not one number"] = true
		}
	}
	if len(p.Born) >= 4 {
		value["Yob"] = year(p.Born)
	}
	for _, c := range p.Findings {
		column := canriskCancers[c.Condition]
		if column == "BC1" && value["BC1"] != "" {
			column = "BC2"
		}
		if column == "" || value[column] != "" {
			loss["conditions other than breast, ovarian, prostate and pancreatic cancer"] = true
			continue
		}
		value[column] = "AU"
		if _, err := strconv.Atoi(c.Age); err == nil {
			value[column] = c.Age
		} else if c.Age != "" {
			loss["ages that are not one number"] = true
		}
	}
	for what, there := range map[string]bool{
		"names": p.Name != "", "gender": p.Gender != "", "adoption": p.Adopted != "",
		"pregnancies and how they ended": p.Loss || p.Pregnancy != "", "who has no children, and why": p.Childless != "", "several people as one symbol": p.several(), "dates of death": p.Died != "", "who is affected by the family's trait": p.Affected == Yes,
	} {
		if there {
			loss[what] = true
		}
	}
	row := make([]string, len(canriskColumns))
	for k, column := range canriskColumns {
		row[k] = value[column]
		if row[k] == "" {
			row[k] = "0"
		}
		if row[k] == "0" && k > slices.Index(canriskColumns, "Ashkn") && k < len(canriskColumns)-1 {
			row[k] = "0:0" // gene tests: none
		}
	}
	return row
}

// withBothParents gives children of whom one parent is recorded an unnamed
// other one; CanRisk knows both parents or none.
func withBothParents(f *Family) []Person {
	people := slices.Clone(f.People)
	other := map[string]string{}
	for i := range people {
		p := &people[i]
		if (p.Mother == "") == (p.Father == "") {
			continue
		}
		parent, sex := p.Mother, "male"
		if parent == "" {
			parent, sex = p.Father, "female"
		}
		id, ok := other[parent]
		if !ok {
			id = "+x" + strconv.Itoa(len(other)+1)
			other[parent] = id
			people = append(people, Person{ID: id, Sex: sex})
			p = &people[i]
		}
		if p.Mother == "" {
			p.Mother = id
		} else {
			p.Father = id
		}
	}
	return people
}

// connectingSex is the sex of somebody nobody named, by whose parent they are.
func connectingSex(people []Person, id string) string {
	for i := range people {
		switch id {
		case people[i].Mother:
			return "female"
		case people[i].Father:
			return "male"
		}
	}
	return ""
}

// shortIDs makes ids of at most seven letters, the same each time.
func shortIDs(people []Person) map[string]string {
	out := map[string]string{"": ""}
	taken := map[string]bool{}
	for i := range people {
		id := strings.Map(func(r rune) rune {
			if r > ' ' && r < 127 && r != '+' {
				return r
			}
			return -1
		}, people[i].ID)
		short := id[:min(len(id), canriskID)]
		for n := 1; short == "" || short == "0" || taken[short]; n++ {
			tail := strconv.Itoa(n)
			short = id[:min(len(id), canriskID-1-len(tail))] + "_" + tail
		}
		taken[short] = true
		out[people[i].ID] = short
	}
	return out
}
