package consult

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"runtime"
	"strconv"
	"strings"

	"kindred/app/identity"
	"kindred/app/store"
)

// Item is one row of a clinic list on its way to become a consultation.
type Item struct {
	Record *Record // Identity, Case, Advice; the rest is filled in
	// Key names the patient within the list, or the row where there is no
	// patient to name: the same each time the list is read. Empty means number,
	// else name and day of birth. It never leaves the store but as a keyed hash.
	Key   string
	Where string // for error sentences: "row 17"
}

// Imported counts what an import did.
type Imported = store.Imported

// SaveMany keeps the rows of a clinic list as consultations, in batches, and
// calls progress (when not nil) with how many are done after each. list names
// the list, usually its file's base name. Importing the same list again changes
// nothing; a row that is understood otherwise than before makes a new revision, or,
// when somebody has worked on that consultation since, a consultation beside
// it. When ctx is cancelled or an error comes, the batches before are kept, and
// importing again adds only the rest. Records stay as they are until SaveMany
// returns: several are encoded at a time.
func (s *Service) SaveMany(ctx context.Context, list string, items iter.Seq[Item], progress func(done int)) (Imported, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	rows := func(yield func(store.Row, error) bool) {
		for p := range s.prepare(ctx, list, items) {
			<-p.ready
			for _, row := range p.rows {
				if !yield(row, nil) {
					return
				}
			}
			if p.err != nil {
				yield(store.Row{}, p.err)
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(store.Row{}, err)
		}
	}
	return s.st.Import(ctx, list, rows, progress)
}

// prepared are neighbouring rows as the store takes them, once ready is closed:
// all of them, or those before the first that could not be encoded.
type prepared struct {
	rows  []store.Row
	err   error
	ready chan struct{}
}

// prepare encodes rows on every core, beside the writing of the batch before,
// and hands them on in the order they came.
func (s *Service) prepare(ctx context.Context, list string, items iter.Seq[Item]) <-chan *prepared {
	const (
		together = 64
		ahead    = 2048 // rows, about as many as the store writes at once
	)
	out := make(chan *prepared, ahead/together)
	busy := make(chan struct{}, runtime.GOMAXPROCS(0))
	hand := func(some []Item) bool {
		p := &prepared{ready: make(chan struct{})}
		select {
		case out <- p:
		case <-ctx.Done():
			return false
		}
		busy <- struct{}{}
		go func() {
			defer func() { close(p.ready); <-busy }()
			p.rows = make([]store.Row, 0, len(some))
			for _, it := range some {
				row, err := s.listRow(list, it)
				if err != nil {
					p.err = err
					return
				}
				p.rows = append(p.rows, row)
			}
		}()
		return true
	}
	go func() {
		defer close(out)
		var some []Item
		for it := range items {
			if some = append(some, it); len(some) == together {
				if !hand(some) {
					return
				}
				some = nil
			}
		}
		if len(some) > 0 {
			hand(some)
		}
	}()
	return out
}

func (s *Service) listRow(list string, it Item) (store.Row, error) {
	r := *it.Record
	r.Origin, r.Saved = list, s.now().UTC()
	if r.Created.IsZero() {
		r.Created = r.Saved
	}
	digits, err := identity.ParseNHSNumber(r.Identity.NHSNumber)
	if err != nil {
		return store.Row{}, fmt.Errorf("%s: %w", it.Where, err)
	}
	r.Identity.NHSNumber = digits
	e, err := encode(&r, nil)
	if err != nil {
		return store.Row{}, fmt.Errorf("%s: %w", it.Where, err)
	}
	mark, err := contentMark(&r)
	if err != nil {
		return store.Row{}, fmt.Errorf("%s: %w", it.Where, err)
	}
	key := it.Key
	if key == "" {
		key = who(r.Identity)
	}
	row := store.Row{Key: list + "\x00" + key, Mark: mark, NHSNumber: digits, Summary: e.Summary, Body: e.Body}
	row.Pack()
	return row, nil
}

// who names a patient: by number, else by name and day of birth.
func who(id Identity) string {
	if id.NHSNumber != "" {
		return "nhs " + id.NHSNumber
	}
	return "name" + words(id.Family) + words(id.Given) + " " + string(id.Born)
}

// contentMark is what a row was understood to say, without the day it was read
// on, the age that follows from it and the local settings of that day.
func contentMark(r *Record) (string, error) {
	c := caseOut(&r.Case)
	c.Date, c.Settings = "", nil
	if r.Identity.Born != "" {
		for i := range c.People {
			if c.People[i].ID == c.Patient {
				c.People[i].Age = span{}
			}
		}
	}
	text, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, part := range []string{
		r.Identity.Family, r.Identity.Given, r.Identity.Title, string(r.Identity.Born), string(r.Identity.Died),
		r.Identity.Sex, r.Identity.NHSNumber,
	} {
		b.WriteString(strconv.Quote(part))
	}
	b.Write(text)
	return b.String(), nil
}
