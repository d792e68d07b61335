package exchange

import (
	"bufio"
	"fmt"
	"io"
	"slices"
)

// WritePED writes a LINKAGE file (family, id, father, mother, sex, affected)
// and says what it could not carry.
func WritePED(w io.Writer, families []Family) (lost []string, err error) {
	b := bufio.NewWriter(w)
	loss := map[string]bool{}
	for i, f := range families {
		id := f.ID
		if id == "" {
			id = fmt.Sprint(i + 1)
		}
		for k := range f.People {
			p := &f.People[k]
			sex := map[string]string{"male": "1", "female": "2"}[p.Sex]
			affected := [...]string{NotKnown: "0", No: "1", Yes: "2"}[p.Affected]
			fmt.Fprintf(b, "%s\t%s\t%s\t%s\t%s\t%s\n", oneLine(id), oneLine(p.ID), orZero(oneLine(p.Father)), orZero(oneLine(p.Mother)), orZero(sex), affected)
			p.losses(loss)
		}
		if len(f.Twins) > 0 {
			loss["twins"] = true
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
	}
	for what := range loss {
		lost = append(lost, what)
	}
	slices.Sort(lost)
	if err := b.Flush(); err != nil {
		return lost, fmt.Errorf("write the pedigree: %w", err)
	}
	return lost, nil
}

// losses notes what a PED line has no place for.
func (p *Person) losses(loss map[string]bool) {
	for what, there := range map[string]bool{
		"names":                          p.Name != "",
		"gender":                         p.Gender != "",
		"deaths":                         p.Dead,
		"dates and ages":                 p.Born != "" || p.Died != "" || p.Age != "",
		"conditions with their ages":     len(p.Findings) > 0,
		"who is the proband":             p.Proband,
		"who is the consultand":          p.Consultand,
		"adoption":                       p.Adopted != "",
		"pregnancies and how they ended": p.Loss || p.Pregnancy != "",
		"who has no children, and why":   p.Childless != "",
		"several people as one symbol":   p.several(),
	} {
		if there {
			loss[what] = true
		}
	}
}

func (f *Family) parents(c Couple) bool {
	return slices.ContainsFunc(f.People, func(p Person) bool {
		return p.Mother == c.A && p.Father == c.B || p.Mother == c.B && p.Father == c.A
	})
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}
