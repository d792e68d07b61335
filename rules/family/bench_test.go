package family

import (
	"fmt"
	"testing"

	"kindred/rules/truth"
)

// familyOfTwenty is a clinic family: three generations, both sides, six people
// affected.
func familyOfTwenty() *Family {
	words := []string{
		"mother", "father", "sister", "brother", "daughter", "son", "maternal grandmother", "maternal grandfather",
		"paternal grandmother", "paternal grandfather", "maternal aunt", "maternal aunt", "maternal uncle", "paternal aunt",
		"paternal uncle", "paternal uncle", "maternal half-brother", "partner", "daughter",
	}
	f := &Family{Patient: "p", Asked: []int8{2, 2, 1}, Members: []Member{person("p", "", Female, at(bowel, 55))}}
	for i, w := range words {
		m := person(fmt.Sprintf("r%d", i), w, SexUnknown)
		m.Age = truth.Exactly(float64(20 + i))
		switch w {
		case "mother":
			m.Age, m.Conditions = truth.Exactly(80), []Condition{at(bowel, 66)}
		case "father", "maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather":
			m.Age = truth.Any()
		}
		if i%6 == 4 {
			m.Age = truth.Any()
			m.Conditions = []Condition{atUnknownAge(infarct), {Kind: breast, Age: truth.Span{Lo: 40, Hi: 59}, Present: truth.Yes, Confirmed: truth.Unknown}}
		}
		f.Members = append(f.Members, m)
	}
	return f
}

func BenchmarkFamilyOfTwenty(b *testing.B) {
	f := familyOfTwenty()
	g, err := New(testVocabulary, f)
	if err != nil {
		b.Fatal(err)
	}
	var rs []*Relatives
	for i := range 12 {
		q := NewRelatives(1, 1+i%2)
		q.Any = SetOf(Kind(i % 5))
		if i%3 == 0 {
			q.Any.Add(infarct)
			q.Women, q.Men = YoungerThan(60), YoungerThan(55)
		}
		q.Prepare(testVocabulary)
		rs = append(rs, q)
	}
	ams := amsterdam2()
	b.Run("build from words", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = g.Build(testVocabulary, f)
		}
	})
	b.Run("degrees and adjacency", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			g.relate()
		}
	})
	b.Run("12 questions and Amsterdam", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, q := range rs {
				q.Ask(g, nil)
			}
			ams.Ask(g, nil)
		}
	})
}
