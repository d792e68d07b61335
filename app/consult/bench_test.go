package consult

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kindred/rules"
	"kindred/rules/truth"
)

// The figures of design.md §7 that belong to consultations. `make bench` prints
// them; no test depends on a time.

// BenchmarkSaveMany keeps 100,000 rows of a clinic list, as long as real ones,
// as sealed consultations (design.md §7: at least 15,000 rows/s).
func BenchmarkSaveMany(b *testing.B) {
	const n = 100_000
	number := func(v float64) rules.Answer {
		return rules.Answer{Number: truth.Exactly(v), As: fmt.Sprint(v, " mmol/L"), When: "2026-05-02"}
	}
	area := func(id string) rules.AreaAdvice {
		return rules.AreaAdvice{
			Area: id, Title: "Familial hypercholesterolaemia", Outcome: rules.MoreInformation, Code: "R134.1",
			Edition: "2026-11", Fingerprint: "0123456789abcdef0123456789abcdef", Status: "transcribed",
			Headline: "More information needed before an FH test can be advised", Action: "Ask about heart attacks in parents, brothers and sisters",
			Reason:   "Simon Broome: not known whether a first-degree relative had a heart attack below 60",
			Possible: []rules.Outcome{rules.Test, rules.NotIndicated},
			Next:     []rules.Question{{Fact: "asked.heart", Person: "p", Question: "Did any close relative have a heart attack?", Cost: 1, CouldBecome: []rules.Outcome{rules.Test}}},
		}
	}
	items := func(s *Service) func(yield func(Item) bool) {
		return func(yield func(Item) bool) {
			for i := range n {
				r := s.Start(Identity{Family: fmt.Sprint("Family", i), Given: "Given", Title: "Mrs", Born: "1975-02-03", Sex: "female"})
				r.Patient().Facts = map[string]rules.Answer{
					"lipid.tc": number(8.1), "lipid.ldl": number(6.2), "lipid.hdl": number(1.3), "lipid.tg": number(1.9),
					"lipid.basis": {Choice: "on_treatment"}, "lipid.drug": {Choice: "atorvastatin", As: "Atorvastatin 20mg tablets"},
					"sign.tendon_xanthoma": {Bool: truth.No}, "lipid.secondary_causes_excluded": {Bool: truth.Yes},
				}
				r.Advice = &rules.Advice{Schema: "kindred.advice/1", Date: r.Case.Date, Areas: []rules.AreaAdvice{area("fh"), area("lynch")}}
				if !yield(Item{Record: r, Key: fmt.Sprint(i)}) {
					return
				}
			}
		}
	}
	for b.Loop() {
		b.StopTimer()
		s := service(b)
		b.StartTimer()
		if _, err := s.SaveMany(ctx, "bench.xlsx", items(s), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkSearch looks through 100,000 consultations (design.md §7: < 50 ms).
func BenchmarkSearch(b *testing.B) {
	const n = 100_000
	s := service(b)
	items := func(yield func(Item) bool) {
		for i := range n {
			r := &Record{Identity: Identity{
				Family: fmt.Sprintf("%c%clinger%d", 'a'+i%26, 'a'+i/26%26, i%997), Given: []string{"Miriam", "Winston", "Zofia"}[i%3],
				Born: rules.Date(fmt.Sprintf("19%02d-%02d-%02d", i%90+10, i%12+1, i%28+1)),
			}}
			if !yield(Item{Record: r, Key: fmt.Sprint(i)}) {
				return
			}
		}
	}
	if _, err := s.SaveMany(ctx, "bench", items, nil); err != nil {
		b.Fatal(err)
	}
	b.Run("fill the index", func(b *testing.B) {
		for b.Loop() {
			if err := New(s.lib, s.st, clock).Warm(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	if err := s.Warm(ctx); err != nil {
		b.Fatal(err)
	}
	for _, text := range []string{"m", "melinger4 wins", "999 000", "14/3/85"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Search(ctx, text, 50); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSave is one save as the window makes it: assessed, sealed, on the
// disk; and a draft, which is written while somebody types.
func BenchmarkSave(b *testing.B) {
	for _, draft := range []bool{false, true} {
		b.Run(map[bool]string{false: "revision", true: "draft"}[draft], func(b *testing.B) {
			s := service(b)
			r := s.Start(miriam)
			p := r.Patient()
			p.Facts["lipid.tc"] = rules.Answer{Number: truth.Exactly(8.4)}
			p.Facts["lipid.ldl"] = rules.Answer{Number: truth.Exactly(6.3)}
			p.Facts["lipid.basis"] = rules.Answer{Choice: "untreated"}
			r.Case.People = append(r.Case.People, rules.Person{
				ID: "f", Relation: "father", Age: truth.Any(), Alive: truth.No,
				Conditions: []rules.Condition{{Name: "myocardial_infarction", Age: truth.Any(), Present: truth.Yes, Confirmed: truth.Unknown}},
			})
			save := s.Save
			if draft {
				save = s.SaveDraft
			}
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				if err := save(ctx, r); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
}
