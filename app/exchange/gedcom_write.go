package exchange

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// WriteGEDCOM writes the structure as GEDCOM 5.5.1 and says what it could not
// carry: diseases above all.
func WriteGEDCOM(w io.Writer, f *Family) (lost []string, err error) {
	b := bufio.NewWriter(w)
	loss := map[string]bool{}
	fmt.Fprint(b, "0 HEAD\n1 SOUR Kindred\n1 GEDC\n2 VERS 5.5.1\n2 FORM LINEAGE-LINKED\n1 CHAR UTF-8\n")
	type pair struct{ mother, father string }
	var unions []pair
	at := map[pair]int{}
	join := func(mother, father string) int {
		k := pair{mother, father}
		if i, ok := at[k]; ok {
			return i
		}
		at[k] = len(unions)
		unions = append(unions, k)
		return at[k]
	}
	for i := range f.People {
		if p := &f.People[i]; p.Mother != "" || p.Father != "" {
			join(p.Mother, p.Father)
		}
	}
	for _, c := range f.Couples {
		if _, ok := at[pair{c.B, c.A}]; !ok {
			join(c.A, c.B)
		}
	}
	index := map[string]int{}
	for i := range f.People {
		index[f.People[i].ID] = i + 1
	}
	plain := f.plainIDs()
	ref := func(id string) string {
		if plain {
			return "@" + id + "@"
		}
		return fmt.Sprintf("@I%d@", index[id])
	}
	famRef := func(u int) string {
		id := fmt.Sprintf("F%d", u+1)
		for plain && index[id] > 0 {
			id += "_"
		}
		return "@" + id + "@"
	}
	for i := range f.People {
		p := &f.People[i]
		family := ""
		if p.Mother != "" || p.Father != "" {
			family = famRef(join(p.Mother, p.Father))
		}
		p.gedcom(b, ref(p.ID), family)
		p.gedcomLosses(loss)
	}
	for u, k := range unions {
		fmt.Fprintf(b, "0 %s FAM\n", famRef(u))
		if k.father != "" {
			fmt.Fprintf(b, "1 HUSB %s\n", ref(k.father))
		}
		if k.mother != "" {
			fmt.Fprintf(b, "1 WIFE %s\n", ref(k.mother))
		}
		if f.separated(k.mother, k.father) {
			fmt.Fprint(b, "1 DIV Y\n")
		}
		for i := range f.People {
			if p := &f.People[i]; (p.Mother != "" || p.Father != "") && p.Mother == k.mother && p.Father == k.father {
				fmt.Fprintf(b, "1 CHIL %s\n", ref(p.ID))
			}
		}
	}
	fmt.Fprint(b, "0 TRLR\n")
	for _, c := range f.Couples {
		if c.Related && !f.relatedBlood(c) {
			loss["that a couple is related by blood"] = true
		}
	}
	if len(f.Twins) > 0 {
		loss["twins"] = true
	}
	for what := range loss {
		lost = append(lost, what)
	}
	slices.Sort(lost)
	if err := b.Flush(); err != nil {
		return lost, fmt.Errorf("write the GEDCOM file: %w", err)
	}
	return lost, nil
}

// gedcom writes a person's record; family is that of the parents.
func (p *Person) gedcom(b io.Writer, ref, family string) {
	fmt.Fprintf(b, "0 %s INDI\n", ref)
	if p.Name != "" {
		fmt.Fprintf(b, "1 NAME %s\n", oneLine(p.Name))
	}
	fmt.Fprintf(b, "1 SEX %s\n", map[string]string{"male": "M", "female": "F", "": "U"}[p.Sex])
	if p.Born != "" {
		fmt.Fprintf(b, "1 BIRT\n2 DATE %s\n", gedcomWords(p.Born))
	}
	if p.Dead {
		fmt.Fprint(b, "1 DEAT Y\n")
		if p.Died != "" {
			fmt.Fprintf(b, "2 DATE %s\n", gedcomWords(p.Died))
		}
		if _, err := strconv.Atoi(p.Age); err == nil {
			fmt.Fprintf(b, "2 AGE %sy\n", p.Age)
		}
	}
	if family != "" {
		fmt.Fprintf(b, "1 FAMC %s\n", family)
		if p.Adopted == "in" {
			fmt.Fprint(b, "2 PEDI adopted\n")
		}
	}
	fmt.Fprintf(b, "1 REFN %s\n", oneLine(p.ID))
}

func (p *Person) gedcomLosses(loss map[string]bool) {
	_, err := strconv.Atoi(p.Age)
	for what, there := range map[string]bool{
		"conditions with their ages":           len(p.Findings) > 0,
		"who is affected":                      p.Affected != NotKnown,
		"gender":                               p.Gender != "",
		"ages without a date":                  p.Age != "" && (err != nil || !p.Dead),
		"who is the proband or the consultand": p.Proband || p.Consultand,
		"pregnancies and how they ended":       p.Loss || p.Pregnancy != "",
		"who has no children, and why":         p.Childless != "",
		"several people as one symbol":         p.several(),
		"who was adopted out":                  p.Adopted == "out",
	} {
		if there {
			loss[what] = true
		}
	}
}

// gedcomWords prints a date of ours as GEDCOM writes it.
func gedcomWords(date string) string {
	parts := strings.Split(date, "-")
	slices.Reverse(parts)
	if n := len(parts); n >= 2 {
		if m, err := strconv.Atoi(parts[n-2]); err == nil && m >= 1 && m <= 12 {
			parts[n-2] = months[m-1]
		}
	}
	if len(parts) == 3 {
		parts[0] = strings.TrimLeft(parts[0], "0")
	}
	return strings.Join(parts, " ")
}

// gedcomID is what may stand between the @ of a record's name.
var gedcomID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_]{0,19}$`)

// plainIDs says whether everyone's id can name their record.
func (f *Family) plainIDs() bool {
	return !slices.ContainsFunc(f.People, func(p Person) bool { return !gedcomID.MatchString(p.ID) })
}

func (f *Family) separated(a, b string) bool {
	return slices.ContainsFunc(f.Couples, func(c Couple) bool {
		return c.Separated && (c.A == a && c.B == b || c.A == b && c.B == a)
	})
}
