package store_test

import (
	"context"
	"errors"
	"testing"

	"kindred/app/store"
	"kindred/app/store/storetest"
)

// Two consultations of one family are kept together or not at all.
func TestConsultationsThatBelongTogetherAreSavedTogether(t *testing.T) {
	ctx := context.Background()
	s := storetest.New(t)
	a, b := store.Entry{ID: s.NewID(), Summary: []byte("a"), Body: []byte("a")}, store.Entry{ID: s.NewID(), Summary: []byte("b"), Body: []byte("b"), Why: "opened for a relative"}
	saved, err := s.SaveAll(ctx, []store.Entry{a, b})
	if err != nil || len(saved) != 2 || saved[0].ID != a.ID || saved[1].Revision != 1 {
		t.Fatalf("saved %+v: %v", saved, err)
	}
	a.Base, a.Patient = 1, saved[0].Patient
	b.Base, b.Patient = 0, saved[1].Patient // somebody saved it meanwhile
	if _, err := s.SaveAll(ctx, []store.Entry{a, b}); !errors.Is(err, store.ErrChanged) {
		t.Fatalf("an outdated one was saved: %v", err)
	}
	if n, err := s.Revisions(ctx, a.ID); err != nil || n != 1 {
		t.Errorf("the other has %d revisions (%v), want 1", n, err)
	}
	events, err := s.Audit(ctx, 1)
	if err != nil || events[0].Record != b.ID || events[0].Detail != b.Why {
		t.Errorf("the trail ends with %+v (%v)", events, err)
	}
	if err := s.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
}
