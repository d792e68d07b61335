package consult

import (
	"slices"
	"testing"
	"time"

	"kindred/rules"
	"kindred/rules/truth"
)

// day is a day so many years and days from another.
func day(from rules.Date, years, days int) rules.Date {
	t, err := time.Parse(time.DateOnly, string(from))
	if err != nil {
		panic(err)
	}
	return rules.Date(t.AddDate(years, 0, days).Format(time.DateOnly))
}

// turning is somebody whose advice changes on a birthday.
type turning struct {
	years  int
	sex    string
	facts  map[string]rules.Answer
	father []rules.Condition
	asked  map[string]int
	// what is looked at: a criterion's verdict, a score, a flag or note, or the outcome
	look          func(rules.AreaAdvice) string
	before, after string
}

func number(v float64) rules.Answer {
	return rules.Answer{Number: truth.Exactly(v), Bool: truth.Unknown}
}

func yes(k truth.K) rules.Answer { return rules.Answer{Bool: k, Number: truth.Any()} }

func word(s string) rules.Answer {
	return rules.Answer{Choice: s, Bool: truth.Unknown, Number: truth.Any()}
}

func verdict(id string) func(rules.AreaAdvice) string {
	return func(a rules.AreaAdvice) string {
		i := slices.IndexFunc(a.Criteria, func(c rules.CriterionVerdict) bool { return c.ID == id })
		return a.Criteria[i].Verdict
	}
}

func noted(id string) func(rules.AreaAdvice) string {
	return func(a rules.AreaAdvice) string {
		if slices.ContainsFunc(a.Notes, func(n rules.Note) bool { return n.ID == id }) ||
			slices.ContainsFunc(a.Flags, func(f rules.Flag) bool { return f.ID == id }) {
			return "said"
		}
		return "not said"
	}
}

func outcome(a rules.AreaAdvice) string { return string(a.Outcome) }

func scoreApplies(a rules.AreaAdvice) string { return a.Scores[0].Applies }

// beforeTreatment is what most of them have in common.
func beforeTreatment(more map[string]rules.Answer) map[string]rules.Answer {
	out := map[string]rules.Answer{
		"lipid.basis": word("untreated"), "genetics.fh": word("not_tested"), "family.fh_variant": yes(truth.No),
	}
	for id, a := range more {
		out[id] = a
	}
	return out
}

var turnings = map[string]turning{
	"16: the children's line of Simon Broome ends": {
		years: 16, sex: "male", facts: beforeTreatment(map[string]rules.Answer{"lipid.ldl": number(4.5), "lipid.tc": number(6.6), "sign.tendon_xanthoma": yes(truth.Yes)}),
		look: verdict("fh.simon_broome.definite"), before: "yes", after: "no",
	},
	"16: heart disease in the family begins to count for NICE 1.1.1": {
		years: 16, sex: "female", facts: beforeTreatment(map[string]rules.Answer{"lipid.ldl": number(3.2), "lipid.tc": number(5)}),
		father: []rules.Condition{{Name: "coronary_heart_disease", Age: truth.Exactly(50), Present: truth.Yes}}, asked: map[string]int{"heart": 1},
		look: verdict("fh.nice_case_finding"), before: "no", after: "yes",
	},
	"16: the NICE line for homozygous FH moves up, the European one does not": {
		years: 16, sex: "male", facts: beforeTreatment(map[string]rules.Answer{"lipid.ldl": number(13.05), "lipid.tc": number(15)}),
		look: noted("fh.near_hofh"), before: "not said", after: "said",
	},
	"18: the DLCN score begins": {
		years: 18, sex: "male", facts: beforeTreatment(map[string]rules.Answer{"lipid.ldl": number(6.6)}),
		look: scoreApplies, before: "no", after: "yes",
	},
	"30: the record search asks for more than 9": {
		years: 30, sex: "male", facts: beforeTreatment(map[string]rules.Answer{"lipid.tc": number(9.05), "lipid.ldl": number(6)}),
		look: noted("fh.near_search"), before: "not said", after: "said",
	},
	"40: the Canadian line moves up": {
		years: 40, sex: "female", facts: beforeTreatment(map[string]rules.Answer{"lipid.ldl": number(4.6), "lipid.tc": number(8), "sign.tendon_xanthoma": yes(truth.Yes)}),
		look: noted("fh.other_canada_definite"), before: "said", after: "not said",
	},
	"45: a man's LDL of 4.3 becomes unlikely in the relatives' table": {
		years: 45, sex: "male", facts: beforeTreatment(map[string]rules.Answer{"lipid.ldl": number(4.3), "lipid.tc": number(6), "family.relative_of_index": yes(truth.Yes)}),
		look: outcome, before: "refer", after: "not_indicated",
	},
	"55: a woman's LDL of 4.2 becomes unlikely in the relatives' table": {
		years: 55, sex: "female", facts: beforeTreatment(map[string]rules.Answer{"lipid.ldl": number(4.2), "lipid.tc": number(6), "family.relative_of_index": yes(truth.Yes)}),
		look: outcome, before: "refer", after: "not_indicated",
	},
}

func adviceOn(t *testing.T, c turning, born, on rules.Date, change func(*rules.Person)) rules.AreaAdvice {
	t.Helper()
	facts := map[string]rules.Answer{}
	for id, a := range c.facts {
		facts[id] = a
	}
	p := rules.Person{ID: "p", Alive: truth.Yes, Age: truth.Any(), Facts: facts}
	if change != nil {
		change(&p)
	}
	r := &Record{
		Identity: Identity{Born: born, Sex: c.sex},
		Case:     rules.Case{Date: on, Patient: "p", People: []rules.Person{p}, Asked: c.asked},
	}
	if c.father != nil {
		r.Case.People = append(r.Case.People, rules.Person{ID: "f", Relation: "father", Age: truth.Any(), Alive: truth.Unknown, Conditions: c.father})
	}
	r.ApplyIdentity()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On(on)
	if err != nil {
		t.Fatal(err)
	}
	advice, err := book.Assess(&r.Case)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(advice.Areas, func(a rules.AreaAdvice) bool { return a.Area == "fh" })
	return advice.Areas[i]
}

// birthday is the day everybody here turns the age in question, the day after
// the end of a February.
const birthday = rules.Date("2019-03-01")

func TestOnTheDayBeforeABirthdayTheOldLineHolds(t *testing.T) {
	for name, c := range turnings {
		born := day(birthday, -c.years, 0)
		if got := c.look(adviceOn(t, c, born, day(birthday, 0, -1), nil)); got != c.before {
			t.Errorf("%s: on the day before it is %s, not %s", name, got, c.before)
		}
		if got := c.look(adviceOn(t, c, born, birthday, nil)); got != c.after {
			t.Errorf("%s: on the birthday it is %s, not %s", name, got, c.after)
		}
	}
}

// The lines of a measurement are those of the day the blood was taken, whether
// it is an earlier panel or the current one with its own day.
func TestAResultIsHeldAgainstTheLineOfTheAgeItWasTakenAt(t *testing.T) {
	c := turnings["16: the children's line of Simon Broome ends"]
	born, later := day(birthday, -16, 0), day(birthday, 7, 0)
	for taken, want := range map[rules.Date]string{day(birthday, 0, -1): "yes", birthday: "no"} {
		panel := func(p *rules.Person) {
			p.Panels = []rules.Panel{{Date: taken, Age: truth.Any(), Facts: map[string]rules.Answer{
				"lipid.ldl": p.Facts["lipid.ldl"], "lipid.tc": p.Facts["lipid.tc"], "lipid.basis": word("untreated"),
			}}}
			delete(p.Facts, "lipid.ldl")
			delete(p.Facts, "lipid.tc")
		}
		current := func(p *rules.Person) {
			for _, id := range []string{"lipid.ldl", "lipid.tc"} {
				a := p.Facts[id]
				a.When = taken
				p.Facts[id] = a
			}
		}
		for how, change := range map[string]func(*rules.Person){"an earlier panel": panel, "the current panel": current} {
			if got := c.look(adviceOn(t, c, born, later, change)); got != want {
				t.Errorf("%s of %s, looked at when the patient is 23: Simon Broome definite is %s, not %s", how, taken, got, want)
			}
		}
	}
}

// Somebody who knows the age but not the day of the test has said it; the age
// that was worked out goes with its day.
func TestAnAgeAtTheTestThatWasGivenIsKept(t *testing.T) {
	s := service(t)
	r := s.Start(miriam)
	p := r.Patient()
	p.Facts["lipid.ldl"], p.Facts[ageAtTest] = number(4.5), number(12)
	s.mustSave(t, r)
	r = s.mustOpen(t, r.ID)
	if got := r.Patient().Facts[ageAtTest].Number; got != truth.Exactly(12) {
		t.Fatalf("the age given is now %s", got)
	}
	dated := number(4.5)
	dated.When = "2019-03-01"
	r.Patient().Facts["lipid.ldl"] = dated
	s.mustSave(t, r)
	r = s.mustOpen(t, r.ID)
	if got := r.Patient().Facts[ageAtTest].Number; !got.IsExact() || got.Lo < 20 {
		t.Errorf("worked out from the day: %s", got)
	}
	r.Patient().Facts["lipid.ldl"] = number(4.5)
	s.mustSave(t, r)
	if got, left := s.mustOpen(t, r.ID).Patient().Facts[ageAtTest]; left {
		t.Errorf("the day is gone, the age stays: %s", got.Number)
	}
}
