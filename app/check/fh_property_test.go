package check

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"kindred/rules"
	"kindred/rules/truth"
)

// Verdicts and scores are worked out with nothing presumed. Whatever is filled
// in afterwards may settle one that was open, never turn one that was not; and
// firm advice may change only where it stood on something it said it presumed.
func TestFillingInAnFHPatientNeverTurnsAVerdict(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On(day)
	if err != nil {
		t.Fatal(err)
	}
	advise := func(c *rules.Case) *rules.AreaAdvice {
		adv, err := book.Assess(c)
		if err != nil {
			t.Fatalf("a made-up family cannot be: %v", err)
		}
		i := slices.IndexFunc(adv.Areas, func(a rules.AreaAdvice) bool { return a.Area == "fh" })
		return &adv.Areas[i]
	}
	decided := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 7))
		c := someFHCase(r)
		before := advise(c)
		for range 3 {
			filled := fillIn(r, c)
			after := advise(c)
			for _, problem := range turned(before, after) {
				t.Errorf("case %d, after filling in %s: %s", seed, filled, problem)
			}
			if len(before.Provided) == 0 && len(before.Possible) == 1 {
				decided++
				if after.Outcome != before.Outcome {
					t.Errorf("case %d: filling in %s turned %s into %s", seed, filled, before.Outcome, after.Outcome)
				}
			}
			before = after
		}
		if t.Failed() {
			return
		}
	}
	if decided < 20 {
		t.Errorf("only %d firm advices were tried; the cases are too empty to show anything", decided)
	}
}

// turned lists verdicts and scores that changed although they were settled.
func turned(before, after *rules.AreaAdvice) []string {
	var out []string
	for i, c := range before.Criteria {
		if now := after.Criteria[i]; c.Verdict != "unknown" && now.Verdict != c.Verdict {
			out = append(out, fmt.Sprintf("%s was %s and is %s", c.ID, c.Verdict, now.Verdict))
		}
	}
	for i, s := range before.Scores {
		now := after.Scores[i]
		if now.Applies == "no" {
			continue
		}
		if now.Min < s.Min || now.Max > s.Max {
			out = append(out, fmt.Sprintf("%s was %d to %d and is %d to %d", s.ID, s.Min, s.Max, now.Min, now.Max))
		}
	}
	return out
}

// numberAnswer, yesNoAnswer and choiceAnswer are answers of the three kinds.
func numberAnswer(v float64) rules.Answer {
	return rules.Answer{Number: truth.Exactly(v), Bool: truth.Unknown}
}

func yesNoAnswer(k truth.K) rules.Answer {
	return rules.Answer{Bool: k, Number: truth.Any()}
}

func choiceAnswer(s string) rules.Answer {
	return rules.Answer{Choice: s, Bool: truth.Unknown, Number: truth.Any()}
}

// gaps are the facts that may be missing, with the values they are filled with.
// Facts that take something back when they turn up (pregnancy, acute illness,
// optional scores) are not among them.
var gaps = map[string][]rules.Answer{
	"lipid.tc":                        {numberAnswer(4.9), numberAnswer(7.5), numberAnswer(7.6), numberAnswer(9.4)},
	"lipid.ldl":                       {numberAnswer(3.1), numberAnswer(4.9), numberAnswer(5.0), numberAnswer(6.6), numberAnswer(9), numberAnswer(13.4)},
	"lipid.basis":                     {choiceAnswer("untreated"), choiceAnswer("on_treatment")},
	"sign.tendon_xanthoma":            {yesNoAnswer(truth.Yes), yesNoAnswer(truth.No)},
	"sign.arcus_before_45":            {yesNoAnswer(truth.Yes), yesNoAnswer(truth.No)},
	"genetics.fh":                     {choiceAnswer("not_tested"), choiceAnswer("positive"), choiceAnswer("negative")},
	"family.fh_variant":               {yesNoAnswer(truth.No), yesNoAnswer(truth.Yes)},
	"pregnant":                        {yesNoAnswer(truth.No)},
	"lipid.acute_illness":             {yesNoAnswer(truth.No)},
	"lipid.secondary_causes_excluded": {yesNoAnswer(truth.Yes), yesNoAnswer(truth.No)},
	"lipid.two_measurements":          {yesNoAnswer(truth.Yes), yesNoAnswer(truth.No)},
}

func gapNames() []string {
	names := make([]string, 0, len(gaps))
	for name := range gaps {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// yearsSince is how many birthdays lie between a day and today, where the
// birthday is early in the year.
func yearsSince(d rules.Date) int {
	return int(day[3]-'0') + 10*int(day[2]-'0') - int(d[3]-'0') - 10*int(d[2]-'0')
}

// someFHCase makes up a patient with a small family, about half of it unknown.
func someFHCase(r *rand.Rand) *rules.Case {
	p := rules.Person{ID: "p", Age: truth.Any(), Alive: truth.Yes, Facts: map[string]rules.Answer{}}
	if r.IntN(4) > 0 {
		p.Age = truth.Exactly([]float64{9, 15, 16, 18, 30, 45, 62}[r.IntN(7)])
	}
	p.Sex = []string{"female", "male", "male", ""}[r.IntN(4)]
	for _, name := range gapNames() {
		if r.IntN(5) < 3 {
			p.Facts[name] = gaps[name][r.IntN(len(gaps[name]))]
		}
	}
	_, measured := p.Facts["lipid.ldl"]
	_, footing := p.Facts["lipid.basis"]
	if measured && footing && r.IntN(2) == 0 { // an earlier result, of whatever age; a newer one is no gap filled in
		p.Panels = []rules.Panel{{Date: []rules.Date{"2009-03-01", "2020-03-01", "2026-03-01"}[r.IntN(3)], Age: truth.Any(), Facts: map[string]rules.Answer{
			"lipid.ldl": gaps["lipid.ldl"][r.IntN(6)], "lipid.basis": gaps["lipid.basis"][r.IntN(2)],
		}}}
	}
	c := &rules.Case{Date: day, Patient: "p", People: []rules.Person{p}, Asked: map[string]int{}}
	for i, relation := range []string{"mother", "father", "brother", "maternal aunt", "paternal grandfather"} {
		if r.IntN(2) == 0 {
			continue
		}
		q := rules.Person{ID: fmt.Sprint("r", i), Relation: relation, Age: truth.Any(), Alive: truth.Unknown}
		if r.IntN(2) == 0 {
			q.Conditions = append(q.Conditions, rules.Condition{
				Name: []string{"myocardial_infarction", "coronary_heart_disease", "tendon_xanthoma", "ldl_over_95th_centile"}[r.IntN(4)],
				Age:  eventAge(r), Present: truth.Yes, Confirmed: truth.Unknown,
			})
		}
		if r.IntN(3) == 0 {
			q.Facts = map[string]rules.Answer{"lipid.tc": numberAnswer([]float64{6.8, 7.5, 7.6}[r.IntN(3)])}
		}
		c.People = append(c.People, q)
	}
	for _, topic := range []string{"heart", "cholesterol"} {
		if r.IntN(2) == 0 {
			c.Asked[topic] = r.IntN(3)
		}
	}
	return c
}

func eventAge(r *rand.Rand) truth.Span {
	return []truth.Span{truth.Any(), truth.Exactly(45), truth.Exactly(56), truth.Exactly(60), {Lo: 40, Hi: 59}, {Lo: 50, Hi: 65}}[r.IntN(6)]
}

// fillIn makes one thing known that was not, and says what.
func fillIn(r *rand.Rand, c *rules.Case) string {
	p := &c.People[0]
	switch r.IntN(4) {
	case 0:
		if p.Age.IsAny() {
			p.Age = truth.Exactly([]float64{12, 17, 29, 50}[r.IntN(4)])
			return "the age " + p.Age.String()
		}
	case 1:
		topic := []string{"heart", "cholesterol"}[r.IntN(2)]
		if c.Asked[topic] < 2 {
			c.Asked[topic] = 2
			return "that everyone was asked about " + topic
		}
	case 2:
		for i := range p.Panels {
			if at := &p.Panels[i].Age; at.IsAny() && p.Age.IsExact() {
				*at = truth.Exactly(max(0, p.Age.Lo-float64(yearsSince(p.Panels[i].Date))))
				return "the age at the panel " + at.String()
			}
		}
		for i := range c.People {
			for j := range c.People[i].Conditions {
				if at := &c.People[i].Conditions[j].Age; !at.IsExact() {
					lo := max(at.Lo, 41)
					*at = truth.Exactly(min(lo+float64(r.IntN(12)), at.Hi))
					return c.People[i].Relation + "'s age " + at.String()
				}
			}
		}
	}
	names := gapNames()
	for _, n := range r.Perm(len(names)) {
		name := names[n]
		if _, ok := p.Facts[name]; ok {
			continue
		}
		p.Facts[name] = gaps[name][r.IntN(len(gaps[name]))]
		return name
	}
	return "nothing"
}
