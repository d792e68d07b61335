package rules

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"kindred/rules/truth"
)

// shipped is the book of the areas that ship with the program.
func shipped(b *testing.B) *Book {
	b.Helper()
	book, err := embedded(b).On("2026-11-23")
	if err != nil {
		b.Fatal(err)
	}
	return book
}

// BenchmarkLoadAllAreas reads, checks and compiles everything (goal: at most
// 10 ms).
func BenchmarkLoadAllAreas(b *testing.B) {
	for b.Loop() {
		if _, err := Load(Files); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFHWithTrace works out the FH area with the value of every node kept,
// half the facts unknown, one number in ten a span (goal: at most 200 ns, no
// allocation).
func BenchmarkFHWithTrace(b *testing.B) {
	a := shipped(b).Area("fh")
	r := rand.New(rand.NewPCG(1, 2))
	states := make([]*state, 64)
	for i := range states {
		states[i] = a.newState()
		scramble(a, states[i], r, 0.5)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		a.decide(states[i&63])
		i++
	}
	b.ReportMetric(float64(a.routeEnd), "nodes")
}

// BenchmarkFHOutcome adds the second pass with presumptions, flags and notes.
func BenchmarkFHOutcome(b *testing.B) {
	a := shipped(b).Area("fh")
	r := rand.New(rand.NewPCG(1, 2))
	states := make([]*state, 64)
	for i := range states {
		states[i] = a.newState()
		scramble(a, states[i], r, 0.5)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		a.evaluate(states[i&63])
		i++
	}
}

// familyOfTwenty is a patient with nineteen relatives.
func familyOfTwenty() *Case {
	c := &Case{Date: "2026-11-23", Patient: "p", Asked: map[string]int{"heart": 2, "cancer": 3, "cholesterol": 1}}
	words := []string{
		"mother", "father", "sister", "brother", "sister", "daughter", "son", "maternal aunt", "maternal uncle", "maternal aunt", "paternal aunt",
		"paternal uncle", "maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather", "maternal cousin", "niece", "nephew",
	}
	names := []string{"colorectal_cancer", "endometrial_cancer", "myocardial_infarction", "stroke"}
	patient := Person{ID: "p", Sex: "female", Age: truth.Exactly(45), Alive: truth.Yes, Facts: map[string]Answer{
		"lipid.tc":    {Number: truth.Exactly(8.1), Bool: truth.Unknown},
		"lipid.ldl":   {Number: truth.Exactly(6.2), Bool: truth.Unknown},
		"lipid.basis": {Choice: "untreated", Number: truth.Any(), Bool: truth.Unknown},
	}}
	patient.Tumours = []Tumour{{Site: "colorectal", Age: truth.Exactly(44), MLH1: "lost", PMS2: "lost", MSH2: "intact", MSH6: "intact", Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown, Confirmed: truth.Yes}}
	c.People = append(c.People, patient)
	for i, w := range words {
		p := Person{ID: fmt.Sprintf("r%d", i), Relation: w, Age: truth.Any(), Alive: truth.Unknown}
		if i%4 == 0 && w != "paternal uncle" {
			p.Conditions = []Condition{{Name: names[i/4%2*2], Age: truth.Exactly(float64(45 + i)), Confirmed: truth.Unknown, Present: truth.Yes}}
		}
		c.People = append(c.People, p)
	}
	return c
}

// BenchmarkAllAreasFamilyOfTwenty works out every area with a family of twenty,
// everything from the case on recomputed (goal: at most 2 µs).
func BenchmarkAllAreasFamilyOfTwenty(b *testing.B) {
	book := shipped(b)
	c := familyOfTwenty()
	w := book.work.New().(*bench)
	b.ReportAllocs()
	for b.Loop() {
		if err := book.prepare(w, c, false); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkExplainEverything puts every verdict of the FH area into words
// (goal: at most 5 µs to find the reasons).
func BenchmarkExplainEverything(b *testing.B) {
	book := shipped(b)
	c := familyOfTwenty()
	w := book.work.New().(*bench)
	if err := book.prepare(w, c, false); err != nil {
		b.Fatal(err)
	}
	a := book.Area("fh")
	b.ReportAllocs()
	for b.Loop() {
		x := &teller{a: a, s: w.states[0], w: w, c: c} // remembers nothing of the round before
		for i := range a.criteria {
			if a.criteria[i].def.show {
				x.criterion(&a.criteria[i])
			}
		}
	}
}

// BenchmarkRankQuestions ranks the next questions of an undecided patient
// (goal: at most 1 ms).
func BenchmarkRankQuestions(b *testing.B) {
	book := shipped(b)
	for _, id := range []string{"fh", "lynch"} {
		b.Run(id, func(b *testing.B) {
			c := familyOfTwenty()
			delete(c.Asked, "heart")
			c.People[0].Tumours[0].MSH2 = ""
			w := book.work.New().(*bench)
			if err := book.prepare(w, c, false); err != nil {
				b.Fatal(err)
			}
			n := 0
			for i, a := range book.areas {
				if a.src.id == id {
					x := &teller{a: a, s: w.states[i], w: w, c: c}
					for b.Loop() {
						n = len(x.questions())
					}
				}
			}
			b.ReportMetric(float64(n), "questions")
		})
	}
}

// BenchmarkAssess is everything the window asks for at a keystroke.
func BenchmarkAssess(b *testing.B) {
	book := shipped(b)
	c := familyOfTwenty()
	for b.Loop() {
		if _, err := book.Assess(c); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScreen is one row of a clinic list.
func BenchmarkScreen(b *testing.B) {
	book := shipped(b)
	r := rand.New(rand.NewPCG(1, 2))
	cases := make([]*Case, 256)
	for i := range cases {
		facts := map[string]Answer{}
		for _, f := range []string{"lipid.tc", "lipid.ldl", "lipid.tg", "lipid.hdl"} {
			facts[f] = Answer{Number: truth.Exactly(1 + r.Float64()*8), Bool: truth.Unknown}
		}
		if r.IntN(2) == 0 {
			facts["lipid.basis"] = Answer{Choice: "untreated", Number: truth.Any(), Bool: truth.Unknown}
		}
		cases[i] = &Case{Date: "2026-11-23", Patient: "p", People: []Person{{ID: "p", Sex: "male", Age: truth.Exactly(float64(10 + r.IntN(70))), Alive: truth.Yes, Facts: facts}}}
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := book.Screen(cases[i&255]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkDecisionTable finds the step of a bowel tumour with everything known,
// two results unknown, and nothing known.
func BenchmarkDecisionTable(b *testing.B) {
	a := shipped(b).Area("lynch")
	t := a.pathways[a.pathOf["lynch.dg27"]].table
	for _, open := range []int{0, 2, len(t.cols)} {
		b.Run(fmt.Sprintf("%dUnknown", open), func(b *testing.B) {
			from := t.full
			for col := range len(t.cols) - open {
				from[col] &= -from[col]
			}
			var s splitter
			b.ReportAllocs()
			for b.Loop() {
				t.steps(from, &s)
			}
		})
	}
}

// BenchmarkAdviceAsJSON writes a whole advice.
func BenchmarkAdviceAsJSON(b *testing.B) {
	adv, err := shipped(b).Assess(familyOfTwenty())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := json.Marshal(adv); err != nil {
			b.Fatal(err)
		}
	}
}
