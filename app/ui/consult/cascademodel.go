package consult

import (
	"context"

	domain "kindred/app/consult"
	"kindred/app/ui/kit"
)

// kinService is what the screen asks of a program that keeps the consultations
// of a family together; a Service that does not is asked for nothing of it.
type kinService interface {
	ProposeRelative(r *domain.Record, person string, carry domain.Carry) (*domain.Proposal, error)
	OpenRelative(ctx context.Context, r *domain.Record, p *domain.Proposal) (*domain.Record, error)
	ProposeTie(ctx context.Context, r *domain.Record, person, consultation string) (*domain.Proposal, error)
	TieRelative(ctx context.Context, r *domain.Record, p *domain.Proposal) (*domain.Record, error)
	Untie(ctx context.Context, r *domain.Record, person string) error
	SearchAll(ctx context.Context, text string, n int) ([]domain.Summary, error)
}

// kin is the service for the consultations of relatives, nil where there is
// none.
func (m *model) kin() kinService {
	k, _ := m.svc.(kinService)
	return k
}

// together runs a change that saves this consultation with another one: it
// takes its turn among the writes, and the record is a new revision afterwards.
func (m *model) together(change func(ctx context.Context, rec *domain.Record) error, done func(error)) {
	if err := m.hold(); err != nil {
		done(err)
		return
	}
	m.still()
	at := m.seq
	rec := m.snapshot()
	was := m.rec.Kin
	var err error
	kit.Background(func() { err = m.disk.together(rec, at, change) }, func() {
		if err == nil {
			m.took(rec, was, at)
		}
		if !m.closed {
			m.changed()
		}
		done(err)
	})
}

// took is what the record learns of a save.
func (m *model) took(rec *domain.Record, was *domain.Kin, at int) {
	m.rec.PatientID, m.rec.Revision, m.rec.Saved = rec.PatientID, rec.Revision, rec.Saved
	if m.rec.Kin == was { // else something was settled meanwhile, which the next save says
		m.rec.Kin = rec.Kin
	}
	m.kept, m.saved, m.keptAt = max(m.kept, at), max(m.saved, at), m.now()
	m.rec.Draft = false
}

// together is save for a change that saves the record itself.
func (d *disk) together(rec *domain.Record, at int, change func(context.Context, *domain.Record) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.follow(rec)
	err := change(context.Background(), rec)
	if err == nil {
		d.at = max(d.at, at)
		d.revision, d.patient = rec.Revision, rec.PatientID
	}
	return err
}
