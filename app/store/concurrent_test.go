package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestLockingInTheMiddleOfEverythingIsClean closes the store while it is being
// saved to, imported into, searched, verified and backed up.
func TestLockingInTheMiddleOfEverythingIsClean(t *testing.T) {
	for round := range 5 {
		s, _ := fresh(t)
		backup := filepath.Join(t.TempDir(), "backup.db")
		id := s.NewID()
		mustSave(t, s, Entry{ID: id, NHSNumber: "9990000131", Body: []byte("first")})
		var work sync.WaitGroup
		for name, do := range map[string]func(i int) error{
			"save":  func(i int) error { _, err := s.Save(ctx, Entry{ID: s.NewID(), Body: []byte("b")}); return err },
			"draft": func(i int) error { return s.SaveDraft(ctx, Entry{ID: id, Base: 1, Body: []byte("d")}) },
			"import": func(i int) error {
				_, err := s.Import(ctx, fmt.Sprint(i), list(200, map[int]string{0: fmt.Sprint(i)}), nil)
				return err
			},
			"load":   func(i int) error { _, err := s.Load(ctx, id); return err },
			"recent": func(i int) error { _, err := s.Recent(ctx, 50); return err },
			"search": func(i int) error { return s.SavedAfter(ctx, 0, func(Stored) error { return nil }) },
			"verify": func(i int) error { return s.Verify(ctx, nil) },
			"backup": func(i int) error { return s.Backup(ctx, backup) },
		} {
			work.Go(func() {
				for i := 0; ; i++ {
					switch err := do(i); {
					case err == nil:
					case errors.Is(err, ErrClosed), errors.Is(err, context.Canceled):
						return
					default:
						t.Errorf("%s: %v", name, err)
						return
					}
				}
			})
		}
		time.Sleep(time.Duration(20+30*round) * time.Millisecond)
		mustClose(t, s)
		finished := make(chan struct{})
		go func() { work.Wait(); close(finished) }()
		select {
		case <-finished:
		case <-time.After(30 * time.Second):
			t.Fatal("something still waits for the closed store")
		}
		s = reopen(t, s.Dir())
		if err := s.Verify(ctx, nil); err != nil {
			t.Error(err)
		}
		mustClose(t, s)
	}
}
