package exchange

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"kindred/rules"
	"kindred/rules/truth"
)

// WriteCase writes one family as a case of ours (kindred.case/1) and says what
// that cannot carry.
func WriteCase(w io.Writer, f *Family, d *rules.Dictionary) (lost []string, err error) {
	c, lost, err := f.Case(d)
	if err != nil {
		return nil, err
	}
	out, err := rules.EncodeCase(c, d)
	if err == nil {
		_, err = w.Write(out)
	}
	if err != nil {
		return nil, fmt.Errorf("write the case: %w", err)
	}
	return lost, nil
}

// Case turns a family into a case and says what that cannot carry, and who was
// taken as the patient where nobody is marked. The error is what a case may not
// be: somebody whom nothing links to the patient, a condition older than the
// person.
func (f *Family) Case(d *rules.Dictionary) (c *rules.Case, lost []string, err error) {
	if len(f.People) == 0 {
		return nil, nil, errors.New("a family without people is no case")
	}
	loss := map[string]bool{}
	at := f.patient(loss)
	ids := f.caseIDs()
	c = &rules.Case{Patient: ids[f.People[at].ID]}
	order := append([]int{at}, others(len(f.People), at)...) // the patient first
	for _, i := range order {
		c.People = append(c.People, f.People[i].forCase(ids, loss))
	}
	for _, x := range f.withAdoptive() {
		c.Couples = append(c.Couples, rules.Couple{A: ids[x.A], B: ids[x.B], Related: x.Related, Separated: x.Separated})
	}
	for _, t := range f.Twins {
		set := rules.TwinSet{Kind: t.Kind}
		for _, id := range t.IDs {
			set.IDs = append(set.IDs, ids[id])
		}
		c.Twins = append(c.Twins, set)
	}
	out, err := rules.EncodeCase(c, d)
	if err != nil {
		return nil, nil, fmt.Errorf("write the case: %w", err)
	}
	if c, err = rules.ParseCase(out, d); err != nil { // everything a case may not be
		return nil, nil, fmt.Errorf("this family is no case: %w", err)
	}
	return c, sortedNames(loss), nil
}

// withAdoptive is the couples and those whom only an adopted child links.
func (f *Family) withAdoptive() []Couple {
	couples := slices.Clone(f.Couples)
	for i := range f.People {
		p := &f.People[i]
		pair := Couple{A: p.Mother, B: p.Father}
		if p.Adopted == "in" && p.Mother != "" && p.Father != "" && !slices.ContainsFunc(couples, func(x Couple) bool {
			return x.A == pair.A && x.B == pair.B || x.A == pair.B && x.B == pair.A
		}) {
			couples = append(couples, pair)
		}
	}
	return couples
}

func others(n, but int) (out []int) {
	for i := range n {
		if i != but {
			out = append(out, i)
		}
	}
	return out
}

// caseIDs gives connecting people ids of their own; "+" means one added for the
// drawing.
func (f *Family) caseIDs() map[string]string {
	ids := map[string]string{"": ""}
	for i := range f.People {
		ids[f.People[i].ID] = f.People[i].ID
	}
	for i := range f.People {
		id := f.People[i].ID
		if !strings.HasPrefix(id, "+") {
			continue
		}
		short := "between" + id[1:]
		for f.index(short) >= 0 {
			short += "_"
		}
		ids[id] = short
	}
	return ids
}

func (p *Person) forCase(ids map[string]string, loss map[string]bool) rules.Person {
	out := rules.Person{
		ID: ids[p.ID], Name: p.Name, Mother: ids[p.Mother], Father: ids[p.Father], Sex: p.Sex, Gender: p.Gender, Alive: truth.Unknown,
		Drawn: rules.Drawn{Adopted: p.Adopted, Proband: p.Proband, Childless: p.Childless, Pregnancy: p.Pregnancy, Count: p.Count, Place: p.Place},
		Age:   p.span(p.Age, loss),
	}
	if p.Dead {
		out.Alive = truth.No
	}
	switch {
	case p.Pregnancy == "ectopic":
		out.Pregnancy = "miscarriage"
		loss["that a pregnancy was ectopic"] = true
	case p.Loss && p.Pregnancy == "":
		out.Pregnancy = "miscarriage"
	}
	if p.Born != "" || p.Died != "" {
		loss["dates of birth and death"] = true
	}
	if p.Affected != NotKnown {
		loss["who is affected by the family's trait"] = true
	}
	for _, x := range p.Findings {
		out.Conditions = append(out.Conditions, rules.Condition{Name: x.Condition, Age: p.span(x.Age, loss), Present: truth.Yes, Confirmed: truth.Unknown})
	}
	return out
}

// span reads an age as files and pictures write it: "54", "40–49", "40-49",
// "at least 40", "up to 49".
func (p *Person) span(age string, loss map[string]bool) truth.Span {
	s := truth.Any()
	number := func(v string) float64 {
		n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		if err != nil {
			loss["ages in words"] = true
		}
		return n
	}
	age = strings.ReplaceAll(age, "–", "-")
	lo, hi, both := strings.Cut(age, "-")
	switch {
	case age == "":
	case both:
		s.Lo, s.Hi = number(lo), number(hi)
	case strings.HasPrefix(age, "at least "):
		s.Lo = number(strings.TrimPrefix(age, "at least "))
	case strings.HasPrefix(age, "up to "):
		s.Hi = number(strings.TrimPrefix(age, "up to "))
	default:
		if !isAge(age) {
			loss["ages in words"] = true
			break
		}
		s = truth.Exactly(number(age))
	}
	return s
}

// WithoutNames leaves out what the people are called.
func (f Family) WithoutNames() Family {
	f.People = slices.Clone(f.People)
	for i := range f.People {
		f.People[i].Name = ""
	}
	return f
}
