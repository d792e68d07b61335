package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
)

// list is n rows; change gives some of them another text.
func list(n int, change map[int]string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for i := range n {
			text := fmt.Sprint("row ", i, change[i])
			r := Row{Key: fmt.Sprint("key ", i), Mark: text, Summary: []byte("s"), Body: []byte(text)}
			if i%2 == 0 {
				r.NHSNumber = fmt.Sprintf("999%07d", i)
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestImportingTheSameListAgainChangesNothing(t *testing.T) {
	s, _ := fresh(t)
	const n = importBatch + 10
	steps := []int{}
	got, err := s.Import(ctx, "list", list(n, nil), func(done int) { steps = append(steps, done) })
	if err != nil || got != (Imported{Added: n}) || fmt.Sprint(steps) != fmt.Sprint([]int{importBatch, n}) {
		t.Fatalf("first: %+v %v, progress %v", got, err, steps)
	}
	before := s.state.seq
	if got, err = s.Import(ctx, "list", list(n, nil), nil); err != nil || got != (Imported{Unchanged: n}) {
		t.Fatalf("again: %+v, %v", got, err)
	}
	if s.state.seq != before || s.Count() != n {
		t.Errorf("the second import left %d events and %d consultations", s.state.seq-before, s.Count())
	}
	if got, err = s.Import(ctx, "list", list(n, map[int]string{3: " changed", 4: " changed"}), nil); err != nil || got != (Imported{Changed: 2, Unchanged: n - 2}) {
		t.Fatalf("with two rows changed: %+v, %v", got, err)
	}
	var patients int
	if err := s.ro.QueryRow(`SELECT count(*) FROM patient`).Scan(&patients); err != nil || patients != n {
		t.Errorf("%d patients for %d rows (%v)", patients, n, err)
	}
	if err := s.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
}

func TestAPatientTwiceInOneListIsTwoRowsEachTime(t *testing.T) {
	s, _ := fresh(t)
	twice := func(yield func(Row, error) bool) {
		for i := range 3 {
			if !yield(Row{Key: "same", Mark: fmt.Sprint(i), NHSNumber: "9990000131", Body: []byte("b")}, nil) {
				return
			}
		}
	}
	for _, want := range []Imported{{Added: 3}, {Unchanged: 3}} {
		if got, err := s.Import(ctx, "list", twice, nil); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
}

func TestAListNeverOverwritesWhatSomebodyWorkedOn(t *testing.T) {
	s, _ := fresh(t)
	if _, err := s.Import(ctx, "list", list(1, nil), nil); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Recent(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	row := rows[0]
	mustSave(t, s, Entry{ID: row.ID, Base: 1, Patient: row.Patient, NHSNumber: "9990000000", Body: []byte("worked on")})
	if got, err := s.Import(ctx, "list", list(1, nil), nil); err != nil || got != (Imported{Unchanged: 1}) {
		t.Errorf("the same list: %+v, %v", got, err)
	}
	changed := list(1, map[int]string{0: " changed"})
	for _, want := range []Imported{{Added: 1}, {Unchanged: 1}} {
		if got, err := s.Import(ctx, "list", changed, nil); err != nil || got != want {
			t.Errorf("a changed list: %+v, %v, want %+v", got, err, want)
		}
	}
	if got, err := s.Load(ctx, row.ID); err != nil || string(got.Body) != "worked on" {
		t.Errorf("what was worked on reads %q, %v", got.Body, err)
	}
	if all, err := s.OfPatient(ctx, row.Patient); err != nil || len(all) != 2 {
		t.Errorf("the patient has %d consultations, want 2 (%v)", len(all), err)
	}
}

func TestCancellingAnImportKeepsWhatIsSavedAndGoesOnLater(t *testing.T) {
	s, _ := fresh(t)
	const n = 3*importBatch + 5
	stopping, cancel := context.WithCancel(ctx)
	got, err := s.Import(stopping, "list", list(n, nil), func(int) { cancel() })
	if !errors.Is(err, context.Canceled) || got.Added != importBatch || s.Count() != importBatch {
		t.Fatalf("cancelled after one batch: %+v, %v, %d kept", got, err, s.Count())
	}
	if got, err = s.Import(ctx, "list", list(n, nil), nil); err != nil || got != (Imported{Added: n - importBatch, Unchanged: importBatch}) {
		t.Errorf("going on: %+v, %v", got, err)
	}
	broken := errors.New("the workbook is damaged at row 2,001")
	bad := func(yield func(Row, error) bool) {
		for r := range list(importBatch, map[int]string{0: "x"}) {
			if !yield(r, nil) {
				return
			}
		}
		yield(Row{}, broken)
	}
	if got, err = s.Import(ctx, "list", bad, nil); !errors.Is(err, broken) || got.Changed != 1 {
		t.Errorf("a list that breaks off: %+v, %v", got, err)
	}
}

func TestAListLeavesAConsultationAloneWhileItsDraftIsOpen(t *testing.T) {
	s, _ := fresh(t)
	if _, err := s.Import(ctx, "list", list(1, nil), nil); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Recent(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	row := rows[0]
	if err := s.SaveDraft(ctx, Entry{ID: row.ID, Base: 1, Body: []byte("half typed")}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Import(ctx, "list", list(1, map[int]string{0: " changed"}), nil); err != nil || got != (Imported{Added: 1}) {
		t.Fatalf("a changed list: %+v, %v", got, err)
	}
	// What was being typed can still be saved on what it began from.
	mustSave(t, s, Entry{ID: row.ID, Base: 1, Patient: row.Patient, NHSNumber: "9990000000", Body: []byte("typed to the end")})
}
