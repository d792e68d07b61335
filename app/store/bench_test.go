package store

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"kindred/app/store/internal/cost"
)

// The figures of design.md §7 that belong to the store. `make bench` prints
// them; no test depends on a time.

func benchStore(b *testing.B) *Store {
	b.Helper()
	cost.LowerForTests()
	s, _, err := Create(b.TempDir(), "correct horse battery staple")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() }) //nolint:errcheck // the benchmark is over
	return s
}

// listRows are n rows as long as those of a real list: about 300 bytes of
// summary and 1,500 of body.
func listRows(n int) iter.Seq2[Row, error] {
	body := bytes.Repeat([]byte("lipid.tc 8.1 mmol/L untreated; "), 48)
	summary := bytes.Repeat([]byte("summary "), 38)
	return func(yield func(Row, error) bool) {
		for i := range n {
			r := Row{Key: fmt.Sprint("list/", i), Mark: "m", NHSNumber: fmt.Sprintf("999%07d", i), Summary: summary, Body: body}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// BenchmarkImport saves 100,000 list rows as sealed consultations.
func BenchmarkImport(b *testing.B) {
	const rows = 100_000
	for b.Loop() {
		b.StopTimer()
		s := benchStore(b)
		b.StartTimer()
		if _, err := s.Import(context.Background(), "bench", listRows(rows), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkSave saves one consultation with its full advice, as the window does.
func BenchmarkSave(b *testing.B) {
	s := benchStore(b)
	body := bytes.Repeat([]byte("criterion Simon Broome possible: unknown because the father's age is not known; "), 300)
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := s.Save(context.Background(), Entry{ID: s.NewID(), Summary: body[:300], Body: body}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkUnlock opens a store of 100,000 consultations; nearly all of it is
// the passphrase, here at its real price.
func BenchmarkUnlock(b *testing.B) {
	s := benchStore(b)
	if _, err := s.Import(context.Background(), "bench", listRows(100_000), nil); err != nil {
		b.Fatal(err)
	}
	price := cost.Real()
	sl, err := fillSlotAt(price, slotPassphrase, canonical("correct horse battery staple"), s.keys.master, s.uid)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.write(context.Background(), "bench", func(t *tx) error { return writeSlot(t, sl) }); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := Open(s.dir, "correct horse battery staple")
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkVerify proves 100,000 consultations.
func BenchmarkVerify(b *testing.B) {
	s := benchStore(b)
	if _, err := s.Import(context.Background(), "bench", listRows(100_000), nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := s.Verify(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
	}
}
