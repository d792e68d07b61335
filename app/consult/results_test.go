package consult

import (
	"testing"

	"kindred/app/cliniclist"
	"kindred/rules"
)

// TestAScreenedWorkbookBecomesConsultationsThatOpen takes the practice list
// through the use case: screened, kept, kept again the day after, opened.
func TestAScreenedWorkbookBecomesConsultationsThatOpen(t *testing.T) {
	s := service(t)
	run := func(day rules.Date) *cliniclist.Results {
		t.Helper()
		list, err := cliniclist.Read("../../testdata/clinic-list.xlsx", s.lib.Dictionary(), cliniclist.Options{})
		if err != nil {
			t.Fatal(err)
		}
		book, err := s.lib.On(day)
		if err != nil {
			t.Fatal(err)
		}
		results, err := cliniclist.Run(ctx, list, book, day, nil)
		if err != nil {
			t.Fatal(err)
		}
		return results
	}
	results := run("2026-11-23")
	want := 0
	for i := range results.Len() {
		if results.Rejected(i) == "" {
			want++
		}
	}
	if want < 300 {
		t.Fatalf("only %d of %d rows were advised on", want, results.Len())
	}
	got, err := s.SaveResults(ctx, results, nil)
	if err != nil || got != (Imported{Added: want}) {
		t.Fatalf("the first time: %+v, %v, want %d added", got, err, want)
	}
	if got, err = s.SaveResults(ctx, run("2026-11-24"), nil); err != nil || got != (Imported{Unchanged: want}) {
		t.Errorf("the day after: %+v, %v, want %d unchanged", got, err, want)
	}
	kept, err := s.Recent(ctx, want)
	if err != nil || len(kept) != want {
		t.Fatalf("%d kept, %v", len(kept), err)
	}
	for i, k := range kept {
		if k.Origin != "clinic-list.xlsx" || len(k.Outcomes) != len(results.Areas()) {
			t.Fatalf("row %d is kept as %+v", i, k)
		}
		if i%25 != 0 {
			continue
		}
		// What a list says and what the consultation says when it is opened agree.
		r, err := s.Open(ctx, k.ID)
		if err != nil {
			t.Fatal(err)
		}
		adv, err := s.Assess(r)
		if err != nil {
			t.Errorf("%s: %v", k.ID, err)
			continue
		}
		for _, a := range adv.Areas {
			if a.Outcome != k.Outcomes[a.Area] {
				t.Errorf("row %d, %s: the list says %s, the consultation %s", i, a.Area, k.Outcomes[a.Area], a.Outcome)
			}
		}
	}
}
