package consult

import (
	"context"
	"sync"

	domain "kindred/app/consult"
)

// disk puts the writes of one consultation in order. They run away from the UI
// goroutine and may overtake each other: an older draft must not cover a newer
// one, nor come back after the revision that was made of it, and a revision
// begins from the one before even while that is still being written.
type disk struct {
	mu       sync.Mutex
	at       int // the change last written
	revision int // the revision last made here
	patient  string
}

// draft keeps the record as it stood at a change, unless a later change is on
// disk already.
func (d *disk) draft(svc Service, rec *domain.Record, at int) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if at <= d.at {
		return nil
	}
	d.follow(rec)
	err := svc.SaveDraft(context.Background(), rec)
	if err == nil {
		d.at = at
	}
	return err
}

// save makes a revision of the record as it stood at a change.
func (d *disk) save(svc Service, rec *domain.Record, at int) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.follow(rec)
	err := svc.Save(context.Background(), rec)
	if err == nil {
		d.at = max(d.at, at)
		d.revision, d.patient = rec.Revision, rec.PatientID
	}
	return err
}

// follow makes the record begin from the revision last made.
func (d *disk) follow(rec *domain.Record) {
	if d.revision > rec.Revision {
		rec.Revision, rec.PatientID = d.revision, d.patient
	}
}
