package check

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"kindred/rules"
	"kindred/rules/truth"
)

// family makes up a whole family, everything known, cancer asked for
// everywhere.
func madeUpFamily(r *rand.Rand, d *rules.Dictionary) *rules.Case {
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	cancers := []string{"colorectal_cancer", "colorectal_cancer", "colorectal_cancer", "gastric_cancer", "ureter_cancer", "glioblastoma", "breast_cancer"}
	c := &rules.Case{Date: day, Patient: "p", Asked: map[string]int{"cancer": 3, "heart": 3, "cholesterol": 3}}
	p := rules.Person{ID: "p", Sex: pick([]string{"female", "male"}), Age: truth.Any(), Alive: truth.Yes, Facts: map[string]rules.Answer{
		"family.lynch_variant": {Bool: truth.No}, "family.fap": {Bool: truth.No}, "genetics.lynch": {Choice: "not_tested"},
	}}
	for range r.IntN(3) {
		t := rules.Tumour{Site: pick([]string{"colorectal", "colorectal", "gastric", "ureter"}), Age: truth.Exactly(float64(36 + r.IntN(45))), Confirmed: truth.Yes, Neoadjuvant: truth.No, MSIHHistology: truth.Of(r.IntN(3) == 0)}
		state := func(fact string) string {
			choices := d.Fact(fact).Choices
			if r.IntN(2) == 0 {
				return choices[0].Value
			}
			return choices[r.IntN(len(choices))].Value
		}
		t.MLH1, t.PMS2, t.MSH2, t.MSH6 = state("tumour.mlh1"), state("tumour.pms2"), state("tumour.msh2"), state("tumour.msh6")
		t.MSI, t.BRAF, t.Methylation = state("tumour.msi"), state("tumour.braf_v600e"), state("tumour.mlh1_methylation")
		p.Tumours = append(p.Tumours, t)
	}
	c.People = append(c.People, p)
	words := []string{"mother", "father", "sister", "brother", "maternal aunt", "maternal uncle", "paternal uncle", "maternal grandmother", "maternal grandfather", "paternal grandfather", "maternal half-brother", "son", "daughter", "maternal cousin"}
	r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	for i, w := range words[:1+r.IntN(8)] {
		rel := rules.Person{ID: fmt.Sprint("r", i), Relation: w, Age: truth.Any(), Alive: truth.Unknown}
		if r.IntN(3) > 0 {
			rel.Conditions = append(rel.Conditions, rules.Condition{
				Name: pick(cancers), Age: truth.Exactly(float64(38 + r.IntN(45))), Confirmed: truth.Of(r.IntN(3) > 0), Present: truth.Yes,
			})
		}
		c.People = append(c.People, rel)
	}
	return c
}

// forget gives the same family with some of it not known yet: ages, reports,
// stains, whole relatives nobody was asked about.
func forget(r *rand.Rand, c *rules.Case) *rules.Case {
	out := *c
	out.Asked = map[string]int{"heart": 3, "cholesterol": 3, "cancer": 3}
	asked := 3
	if r.IntN(3) == 0 {
		asked = r.IntN(3) - 1
		if out.Asked["cancer"] = asked; asked < 0 {
			delete(out.Asked, "cancer")
		}
	}
	out.People = nil
	for i, p := range c.People {
		if i > 0 && asked < 1 && r.IntN(3) == 0 {
			continue
		}
		p.Conditions, p.Tumours = slices.Clone(p.Conditions), slices.Clone(p.Tumours)
		for k := range p.Conditions {
			e := &p.Conditions[k]
			if r.IntN(3) == 0 {
				e.Age = truth.Span{Lo: e.Age.Lo - float64(r.IntN(9)), Hi: e.Age.Hi + float64(r.IntN(9))}
			}
			if r.IntN(4) == 0 {
				e.Age = truth.Any()
			}
			if r.IntN(3) == 0 {
				e.Confirmed = truth.Unknown
			}
		}
		for k := range p.Tumours {
			t := &p.Tumours[k]
			if r.IntN(3) == 0 {
				t.Age = truth.Any()
			}
			for _, state := range []*string{&t.MLH1, &t.PMS2, &t.MSH2, &t.MSH6, &t.MSI, &t.BRAF, &t.Methylation} {
				if r.IntN(4) == 0 {
					*state = ""
				}
			}
			if r.IntN(2) == 0 {
				t.MSIHHistology = truth.Unknown
			}
		}
		out.People = append(out.People, p)
	}
	return &out
}

// What was firm about a family half told stays so when the rest is told.
func TestNothingFirmAboutALynchFamilyIsOverturnedLater(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On(day)
	if err != nil {
		t.Fatal(err)
	}
	lynch := func(c *rules.Case) *rules.AreaAdvice {
		advice, err := book.Assess(c)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(advice.Areas, func(a rules.AreaAdvice) bool { return a.Area == "lynch" })
		return &advice.Areas[at]
	}
	r := rand.New(rand.NewPCG(7, 11))
	firm, seen := 0, map[string]int{}
	for range 400 {
		whole := madeUpFamily(r, lib.Dictionary())
		half := forget(r, whole)
		told, known := lynch(half), lynch(whole)
		seen[string(known.Outcome)]++
		for i, c := range told.Criteria {
			if c.Verdict != "unknown" && c.Verdict != known.Criteria[i].Verdict {
				t.Errorf("%s was %s and becomes %s\nhalf told:  %+v\nwhole: %+v", c.ID, c.Verdict, known.Criteria[i].Verdict, half.People, whole.People)
			}
		}
		if len(told.Possible) == 1 {
			firm++
			if len(told.Provided) == 0 && len(known.Possible) == 1 && told.Outcome != known.Outcome {
				t.Errorf("the outcome was %s and becomes %s\nhalf told:  %+v\nwhole: %+v", told.Outcome, known.Outcome, half.People, whole.People)
			}
		}
		for _, o := range known.Possible {
			if !slices.Contains(told.Possible, o) {
				t.Errorf("%s was not among what was possible, %v\nhalf told:  %+v\nwhole: %+v", o, told.Possible, half.People, whole.People)
			}
		}
		if t.Failed() {
			return
		}
	}
	if firm < 40 || len(seen) < 4 {
		t.Errorf("only %d advices were firm, and the outcomes were %v: the families are too dull to prove anything", firm, seen)
	}
}
