package consult

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"kindred/app/store"
	"kindred/rules"
)

var (
	errKinGone   = errors.New("this relative's own consultation is not among the consultations here (an older copy may have been put back); what was known from it is kept, open or tie another")
	errKinUntied = errors.New("this relative's own consultation is no longer tied to this family; what was known from it is kept")
)

// broughtUp is what the audit trail says of a revision that nobody typed.
const broughtUp = "brought up to date with what was said in a relative's consultation"

// cascades are the areas followed through families on a day; none when no
// rules cover it.
func (s *Service) cascades(on rules.Date) []rules.CascadeInfo {
	book, err := s.lib.On(on)
	if err != nil {
		return nil
	}
	return book.Cascades()
}

// kinOf reads what a consultation says about its family, and who there is its
// patient: its draft's word goes before the last revision's.
func (s *Service) kinOf(ctx context.Context, id string) (kin *Kin, patient string, err error) {
	st, err := s.stored(ctx, id)
	if err != nil {
		return nil, "", err
	}
	var b struct {
		Kin  *Kin `json:"kin"`
		Case struct {
			Patient string `json:"patient"`
		} `json:"case"`
	}
	if err := json.Unmarshal(st.Body, &b); err != nil {
		return nil, "", fmt.Errorf("reading a relative's consultation: %w", err)
	}
	return b.Kin, b.Case.Patient, nil
}

// stored is a consultation as it stands: its draft if there is one.
func (s *Service) stored(ctx context.Context, id string) (store.Stored, error) {
	st, err := s.st.LoadDraft(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		st, err = s.st.Load(ctx, id)
	}
	return st, err
}

// follow reads what the other consultations of the family say and writes it
// into the case. now, when not nil, is a consultation that goes before what the
// store holds of it. A consultation that cannot be read is noted with the
// reason; it keeps nobody from opening this one.
func (s *Service) follow(ctx context.Context, r, now *Record) (changed bool) {
	return s.followFrom(r, func(id string) (*Kin, string, error) {
		if now != nil && id == now.ID {
			return now.Kin, now.Case.Patient, nil
		}
		return s.kinOf(ctx, id)
	})
}

// followFrom is follow with the reading of the others given: of a consultation
// its Kin and its patient.
func (s *Service) followFrom(r *Record, read func(id string) (*Kin, string, error)) (changed bool) {
	if r.Kin == nil {
		return false
	}
	k := r.Kin.clone()
	k.missing, k.owns = nil, map[string]string{}
	var all []statement
	for _, one := range k.Said {
		all = append(all, statement{one, r.ID})
	}
	seen := map[string]bool{r.ID: true}
	queue := k.Links
	for n := 0; n < len(queue); n++ {
		id := queue[n].Consultation
		if seen[id] {
			continue
		}
		seen[id] = true
		other, patient, err := read(id)
		switch {
		case errors.Is(err, store.ErrNotFound):
			err = errKinGone
		case err == nil && (other == nil || other.Family != k.Family):
			err = errKinUntied
		}
		if err != nil {
			if k.missing == nil {
				k.missing = map[string]error{}
			}
			k.missing[id] = err
			continue
		}
		for _, one := range other.Said {
			all = append(all, statement{one, id})
		}
		if member := other.Members[patient]; member != "" && k.owns[member] == "" {
			k.owns[member] = id
		}
		queue = append(queue[:len(queue):len(queue)], other.Links...)
	}
	k.hear(r.Case.Patient, all)
	changed = k.apply(&r.Case, s.cascades(r.Case.Date))
	r.Kin = k
	return changed
}

// CatchUp brings an open record up to date with what the consultations of
// relatives say by now, and works out its advice anew where that changed
// anything.
func (s *Service) CatchUp(ctx context.Context, r *Record) {
	if !s.follow(ctx, r, nil) {
		return
	}
	if advice, err := s.Assess(r); err == nil {
		r.Advice = advice
	}
}

// stated gives the record a Kin with everything the case says now.
func (s *Service) stated(r *Record) (fresh []Said) {
	if r.Kin == nil {
		return nil
	}
	k := r.Kin.clone()
	fresh = k.state(r, s.cascades(r.Case.Date), s.now().UTC())
	k.Said = append(k.Said, fresh...)
	if k.view == nil {
		k.view = map[about]heard{}
	} else {
		view := make(map[about]heard, len(k.view))
		for at, h := range k.view {
			view[at] = h
		}
		k.view = view
	}
	for _, one := range fresh {
		k.view[about{one.Member, one.Area}] = heard{[]statement{{one, r.ID}}}
		k.newest = max(k.newest, one.N)
	}
	k.settled = nil
	r.Kin = k
	return fresh
}

// alongside are the consultations of those about whom something new is said in
// r, brought up to date with it, ready to be saved together with r. One that
// cannot be read is left as it is: it follows when it is opened.
func (s *Service) alongside(ctx context.Context, r *Record, fresh []Said) []store.Entry {
	var out []store.Entry
	done := map[string]bool{r.ID: true}
	for _, one := range fresh {
		id := r.Kin.owns[one.Member]
		if id == "" || done[id] {
			continue
		}
		done[id] = true
		if e, ok := s.broughtUp(ctx, id, r); ok {
			out = append(out, e)
		}
	}
	return out
}

// broughtUp is a consultation of the family as it reads with what r says.
func (s *Service) broughtUp(ctx context.Context, id string, r *Record) (store.Entry, bool) {
	st, draft, err := s.current(ctx, id)
	if err != nil {
		return store.Entry{}, false
	}
	other, err := decode(st)
	if err != nil || !s.follow(ctx, other, r) {
		return store.Entry{}, false
	}
	s.Renew(other)
	e, err := s.entry(other)
	if err != nil {
		return store.Entry{}, false
	}
	e.Draft, e.Why = draft, broughtUp
	return e, true
}

// current is a consultation as it stands and whether that is a draft.
func (s *Service) current(ctx context.Context, id string) (st store.Stored, draft bool, err error) {
	st, err = s.st.LoadDraft(ctx, id)
	draft = err == nil
	if errors.Is(err, store.ErrNotFound) {
		st, err = s.st.Load(ctx, id)
		return st, false, err
	}
	if err == nil && st.Revision > 0 {
		saved, err := s.st.Load(ctx, id)
		if err != nil {
			return st, draft, err
		}
		st.Patient = saved.Patient
	}
	return st, draft, err
}

// entry assesses a record and makes it ready for the store.
func (s *Service) entry(r *Record) (store.Entry, error) {
	r.Saved = s.now().UTC()
	advice, assessErr := s.Assess(r)
	r.Advice = advice
	return encode(r, assessErr)
}

// saveWith saves r, whose entry is e, together with the others. Where one of
// the others was saved in the meantime, r is saved alone: they follow when they
// are opened.
func (s *Service) saveWith(ctx context.Context, e store.Entry, others []store.Entry) (store.Saved, error) {
	if len(others) > 0 {
		saved, err := s.st.SaveAll(ctx, append([]store.Entry{e}, others...))
		if err == nil {
			return saved[0], nil
		}
		if !errors.Is(err, store.ErrChanged) {
			return store.Saved{}, err
		}
	}
	return s.st.Save(ctx, e)
}

// Again reads a consultation that is about to be shown once more, if it is tied
// to others: the one that was on screen before may just have brought it up to
// date. What cannot be read again stays as it is.
func (s *Service) Again(ctx context.Context, r *Record) *Record {
	if r.Kin == nil {
		return r
	}
	st, draft, err := s.current(ctx, r.ID)
	if err != nil {
		return r
	}
	again, err := decode(st)
	if err != nil {
		return r
	}
	again.Draft = draft
	s.CatchUp(ctx, again)
	return again
}
