package consult

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"kindred/app/identity"
	"kindred/app/store"
	"kindred/rules"
	"kindred/rules/truth"
)

// patientID is what the patient is called within a case that starts here.
const patientID = "p"

// Service is the use case over one set of rules and one unlocked store. Its
// methods may be called from any goroutine.
type Service struct {
	lib   *rules.Library
	st    *store.Store
	now   func() time.Time
	index index

	settings atomic.Pointer[map[string]string] // those in force, once read
	setting  sync.Mutex                        // held while they are read or one is changed

	carriers carrierModels
}

// New makes the service. now is the clock; nil means the computer's.
func New(lib *rules.Library, st *store.Store, now func() time.Time) *Service {
	if now == nil {
		now = time.Now
	}
	return &Service{lib: lib, st: st, now: now}
}

var errFault = errors.New("the rules could not be applied to this consultation because of a mistake in the program; everything typed is kept; please report it")

// Today is the day by the service's clock.
func (s *Service) Today() rules.Date { return identity.Day(s.now()) }

// Store is the store behind the service, for locking, backup and passphrase.
func (s *Service) Store() *store.Store { return s.st }

// Start begins a consultation of today. Nothing is written before it is saved
// or kept as a draft.
func (s *Service) Start(id Identity) *Record {
	r := &Record{
		ID:       s.st.NewID(),
		Identity: id,
		Case: rules.Case{
			Date:    s.Today(),
			Patient: patientID,
			People: []rules.Person{{
				ID: patientID, Age: truth.Any(), Alive: truth.Unknown,
				Facts: map[string]rules.Answer{},
			}},
			Asked: map[string]int{},
		},
		Created: s.now().UTC(),
	}
	r.ApplyIdentity()
	return r
}

// Renew makes today the day of the assessment: for a consultation that is taken
// up again rather than looked at.
func (s *Service) Renew(r *Record) {
	r.Case.Date = s.Today()
	r.ApplyIdentity()
}

// Patient is the consultand within the case, nil when the case has none.
func (r *Record) Patient() *rules.Person {
	for i := range r.Case.People {
		if r.Case.People[i].ID == r.Case.Patient {
			return &r.Case.People[i]
		}
	}
	return nil
}

// ApplyIdentity carries over what the banner knows and the rules need: sex at
// birth, and the age on the day of the assessment (or at death). What the
// banner does not know is left as it is.
func (r *Record) ApplyIdentity() {
	p := r.Patient()
	if p == nil {
		return
	}
	if r.Identity.Sex != "" {
		p.Sex = r.Identity.Sex
	}
	on := r.Case.Date
	if r.Identity.Died != "" {
		p.Alive = truth.No
		if on == "" || r.Identity.Died < on {
			on = r.Identity.Died
		}
	}
	if years, ok := identity.Years(r.Identity.Born, on); ok {
		p.Age = truth.Exactly(float64(years))
	}
	r.agesAtTests()
}

// Assess works out the advice for the consultation as it stands, under the
// editions in force on its day and the local settings (see Settings). The error says what in the family or the
// results cannot be so. The record is left as it is but for ApplyIdentity. A
// fault of the rules is an error too: it must not keep anything from being saved.
func (s *Service) Assess(r *Record) (advice *rules.Advice, err error) {
	defer func() {
		if recover() != nil { // what it says may quote the patient
			advice, err = nil, errFault
		}
	}()
	if r.Case.Date == "" {
		r.Case.Date = s.Today()
	}
	r.ApplyIdentity()
	if err := s.localise(&r.Case); err != nil {
		return nil, err
	}
	book, err := s.lib.On(r.Case.Date)
	if err != nil {
		return nil, fmt.Errorf("no rules for %s: %w", identity.FormatDay(r.Case.Date), err)
	}
	return book.Assess(&r.Case)
}

// CheckIdentity says what in an identity cannot be so on a day: a number that
// fails its check, a birth to come, a death before birth. Nothing missing is an
// error.
func CheckIdentity(id Identity, on rules.Date) error {
	var errs []error
	if _, err := identity.ParseNHSNumber(id.NHSNumber); err != nil {
		errs = append(errs, err)
	}
	if id.Born != "" {
		if _, ok := identity.Time(id.Born); !ok {
			errs = append(errs, fmt.Errorf("the date of birth %q is not a date", string(id.Born)))
		} else if id.Born > on {
			errs = append(errs, fmt.Errorf("the date of birth %s is in the future", identity.FormatDay(id.Born)))
		}
	}
	if id.Died != "" {
		switch {
		case id.Died > on:
			errs = append(errs, fmt.Errorf("the date of death %s is in the future", identity.FormatDay(id.Died)))
		case id.Born != "" && id.Died < id.Born:
			errs = append(errs, errors.New("the date of death is before the date of birth"))
		}
	}
	return errors.Join(errs...)
}

// Save keeps the consultation as a new revision with its advice, and removes
// its draft. On success r carries the new revision, its patient and the advice.
// A case that cannot be assessed is saved all the same, without advice: nothing
// that was typed is lost. The identity must pass CheckIdentity.
func (s *Service) Save(ctx context.Context, r *Record) error {
	if err := CheckIdentity(r.Identity, s.Today()); err != nil {
		return fmt.Errorf("not saved: %w", err)
	}
	digits, err := identity.ParseNHSNumber(r.Identity.NHSNumber)
	if err != nil {
		return fmt.Errorf("not saved: %w", err)
	}
	next := *r
	next.Identity.NHSNumber, next.Draft = digits, false
	fresh := s.stated(&next)
	e, err := s.entry(&next)
	if err != nil {
		return err
	}
	saved, err := s.saveWith(ctx, e, s.alongside(ctx, &next, fresh))
	if err != nil {
		return err
	}
	next.Revision, next.PatientID = saved.Revision, saved.Patient
	*r = next
	return nil
}

// SaveDraft keeps the consultation as it stands on screen, whatever state it is
// in, without making a revision. It takes some milliseconds and waits for the
// disk: call it beside the window, at most once a second.
func (s *Service) SaveDraft(ctx context.Context, r *Record) error {
	draft := *r
	s.stated(&draft)
	e, err := s.entry(&draft)
	if err != nil {
		return err
	}
	return s.st.SaveDraft(ctx, e)
}

// DropDraft throws away what was typed since the last save.
func (s *Service) DropDraft(ctx context.Context, id string) error { return s.st.DropDraft(ctx, id) }

// Open returns a consultation: its draft when there is one (Draft is then
// true), else its newest revision, brought up to date with what the
// consultations of relatives say (CatchUp). That it was seen goes to the audit
// trail.
func (s *Service) Open(ctx context.Context, id string) (*Record, error) {
	st, draft, err := s.current(ctx, id)
	if err != nil {
		return nil, err
	}
	r, err := decode(st)
	if err != nil {
		return nil, err
	}
	r.Draft = draft
	s.CatchUp(ctx, r)
	err = s.st.Note(ctx, store.Event{Action: store.ActViewed, Record: r.ID, Patient: r.PatientID, Revision: r.Revision})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// OpenRevision returns one revision as it was saved, the first being 1.
func (s *Service) OpenRevision(ctx context.Context, id string, revision int) (*Record, error) {
	st, err := s.st.LoadRevision(ctx, id, revision)
	if err != nil {
		return nil, err
	}
	r, err := decode(st)
	if err != nil {
		return nil, err
	}
	err = s.st.Note(ctx, store.Event{Action: store.ActViewed, Record: r.ID, Patient: r.PatientID, Revision: revision})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// History returns all revisions of a consultation, the newest first.
func (s *Service) History(ctx context.Context, id string) ([]*Record, error) {
	n, err := s.st.Revisions(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []*Record
	for ; n > 0; n-- {
		st, err := s.st.LoadRevision(ctx, id, n)
		if err != nil {
			return nil, err
		}
		r, err := decode(st)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// Recent returns the n consultations saved last, newest first.
func (s *Service) Recent(ctx context.Context, n int) ([]Summary, error) {
	stored, err := s.st.Recent(ctx, n)
	if err != nil {
		return nil, err
	}
	return summaries(stored)
}

// OfPatient returns all consultations of one patient, newest first.
func (s *Service) OfPatient(ctx context.Context, patientID string) ([]Summary, error) {
	stored, err := s.st.OfPatient(ctx, patientID)
	if err != nil {
		return nil, err
	}
	return summaries(stored)
}

// Drafts returns what was typed and not yet saved, newest first.
func (s *Service) Drafts(ctx context.Context) ([]Summary, error) {
	stored, err := s.st.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	return summaries(stored)
}

// Count is how many consultations are kept.
func (s *Service) Count() int { return s.st.Count() }

// Exported notes in the audit trail that a letter, workbook or text left the
// store; what says which, in words without the patient's name.
func (s *Service) Exported(ctx context.Context, r *Record, what string) error {
	e := store.Event{Action: store.ActExported, Detail: what}
	if r != nil {
		e.Record, e.Patient, e.Revision = r.ID, r.PatientID, r.Revision
	}
	return s.st.Note(ctx, e)
}

// Audit returns the newest n events of the audit trail, newest first.
func (s *Service) Audit(ctx context.Context, n int) ([]store.Event, error) { return s.st.Audit(ctx, n) }
