package consult

import (
	"context"
	"maps"
	"slices"
	"time"

	domain "kindred/app/consult"
	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/rules"
	"kindred/rules/truth"
)

// Service is what the consultation screen asks of the program; the consult
// package's Service implements it.
type Service interface {
	Assess(r *domain.Record) (*rules.Advice, error)
	// Save makes a new revision and fills in the record's revision and time.
	Save(ctx context.Context, r *domain.Record) error
	// SaveDraft keeps the record as it stands, so that a crash loses nothing;
	// saving makes it a revision.
	SaveDraft(ctx context.Context, r *domain.Record) error
	// OnFile tells who is kept already under the record's NHS number.
	OnFile(ctx context.Context, r *domain.Record) (other *domain.Summary, differs bool, err error)
}

// A change is on disk keepAfter after the last key, and keepAtMost after the
// first, however long somebody goes on typing.
const (
	keepAfter  = 600 * time.Millisecond
	keepAtMost = time.Second
)

// model is the consultation being worked on. It is touched on the UI goroutine
// only; assessing and saving work on copies.
type model struct {
	svc   Service
	dict  *rules.Dictionary
	now   func() time.Time
	rec   *domain.Record
	today rules.Date

	advice  *rules.Advice
	trouble error // why there is no advice

	hold    func() error // why no revision may be made yet; the draft is kept
	changed func()       // the advice or the save state changed: draw
	renewed func()       // the assessment moved to today

	seq     int // counts changes
	asked   int // the change being assessed
	busy    bool
	kept    int // the change last on disk, as a draft or a revision
	keptAt  time.Time
	saved   int       // the change of the last revision
	stop    func()    // forgets the draft that is planned
	since   time.Time // the first change that no draft is planned for yet
	disk    disk
	saveErr error
	history
	closed bool
}

func newModel(svc Service, dict *rules.Dictionary, now func() time.Time, rec *domain.Record) *model {
	m := &model{svc: svc, dict: dict, now: now, rec: rec}
	m.today = identity.Day(now())
	m.advice = rec.Advice
	m.patient()
	m.syncIdentity()
	m.last = m.state()
	return m
}

// patient is the consultand, made when a new record has none.
func (m *model) patient() *rules.Person {
	c := &m.rec.Case
	if c.Patient == "" {
		c.Patient = "p"
	}
	for i := range c.People {
		if c.People[i].ID == c.Patient {
			return &c.People[i]
		}
	}
	p := rules.Person{ID: c.Patient, Age: truth.Any(), Alive: truth.Unknown}
	c.People = slices.Insert(c.People, 0, p)
	return &c.People[0]
}

// person finds a relative by id, nil when there is none.
func (m *model) person(id string) *rules.Person {
	for i := range m.rec.Case.People {
		if m.rec.Case.People[i].ID == id {
			return &m.rec.Case.People[i]
		}
	}
	return nil
}

// touch records that something changed: advice is worked out anew and the
// record is kept.
func (m *model) touch() { m.touchAs("") }

// touchAs is touch for the fact of that key: one edited letter by letter is
// taken back in one go.
func (m *model) touchAs(key string) {
	m.seq++
	if m.rec.Case.Date != m.today { // looked at it replays its own day; worked on it is of today
		m.rec.Case.Date = m.today
		m.last.kase.Date = m.today
		m.renewed()
	}
	m.syncIdentity()
	m.remember(key)
	m.assess()
	m.keepSoon()
}

// syncIdentity gives the rules what the identity says about the patient: the
// sex and, once the date of birth is known, the age on the day of the
// assessment; an age that was given stays until then. Who the patient is stays
// out of the case.
func (m *model) syncIdentity() {
	if m.rec.Case.Date == "" {
		m.rec.Case.Date = m.today
	}
	p := m.patient()
	p.Sex, p.Alive = "", truth.Yes
	m.rec.ApplyIdentity()
}

// assess works the advice out away from the UI goroutine. Changes made
// meanwhile are assessed next; the newest wins.
func (m *model) assess() {
	if m.busy || m.closed {
		return
	}
	m.busy = true
	m.asked = m.seq
	rec := m.snapshot()
	var adv *rules.Advice
	var err error
	kit.Background(func() { adv, err = m.svc.Assess(rec) }, func() {
		m.busy = false
		if m.closed {
			return
		}
		if err != nil {
			m.trouble = err
		} else {
			m.advice, m.trouble = adv, nil
		}
		if m.asked != m.seq {
			m.assess()
			return
		}
		m.changed()
	})
}

// keepSoon puts the record on disk once the typing pauses.
func (m *model) keepSoon() {
	m.still()
	if m.since.IsZero() {
		m.since = time.Now()
	}
	left := keepAtMost - time.Since(m.since)
	if left <= 0 {
		m.keep()
		return
	}
	m.stop = kit.After(min(keepAfter, left), m.keep)
}

// still forgets a write that was planned.
func (m *model) still() {
	if m.stop != nil {
		m.stop()
	}
}

// keep writes the draft in the background.
func (m *model) keep() {
	m.since = time.Time{}
	if m.closed || m.kept == m.seq {
		return
	}
	at := m.seq
	rec := m.snapshot()
	var err error
	kit.Background(func() { err = m.disk.draft(m.svc, rec, at) }, func() {
		m.saveErr = err
		if err == nil {
			m.kept, m.keptAt = max(m.kept, at), m.now()
		}
		if !m.closed {
			m.changed()
		}
	})
}

// keepNow writes the draft and then goes on.
func (m *model) keepNow(done func(error)) {
	at := m.seq
	rec := m.snapshot()
	var err error
	kit.Background(func() { err = m.disk.draft(m.svc, rec, at) }, func() { done(err) })
}

// save makes a revision now; done runs on the UI goroutine.
func (m *model) save(done func(error)) {
	m.still()
	m.since = time.Time{}
	at := m.seq
	rec := m.snapshot()
	rec.Advice = m.advice
	was := rec.Kin
	held := m.hold()
	var err error
	kit.Background(func() {
		if held == nil {
			err = m.disk.save(m.svc, rec, at)
		} else if err = m.disk.draft(m.svc, rec, at); err == nil {
			err = held
		}
	}, func() {
		m.saveErr = err
		if err == nil {
			m.took(rec, was, at)
		}
		if !m.closed {
			m.changed()
		}
		if done != nil {
			done(err)
		}
	})
}

// dirty tells whether something is not on disk yet.
func (m *model) dirty() bool { return m.kept != m.seq }

// unsaved tells whether something is not in a revision yet.
func (m *model) unsaved() bool { return m.saved != m.seq || m.rec.Draft }

func (m *model) snapshot() *domain.Record {
	r := *m.rec
	r.Case = cloneCase(&m.rec.Case)
	return &r
}

func cloneCase(c *rules.Case) rules.Case {
	out := *c
	out.Asked = maps.Clone(c.Asked)
	out.UnknownSides = slices.Clone(c.UnknownSides)
	out.Couples = slices.Clone(c.Couples)
	out.Twins = slices.Clone(c.Twins)
	for i := range out.Twins {
		out.Twins[i].IDs = slices.Clone(out.Twins[i].IDs)
	}
	out.People = slices.Clone(c.People)
	for i := range out.People {
		p := &out.People[i]
		p.Conditions = slices.Clone(p.Conditions)
		p.Facts = maps.Clone(p.Facts)
		p.Tumours = slices.Clone(p.Tumours)
		p.Medications = slices.Clone(p.Medications)
		p.Panels = slices.Clone(p.Panels)
		for j := range p.Panels {
			p.Panels[j].Facts = maps.Clone(p.Panels[j].Facts)
		}
	}
	return out
}
