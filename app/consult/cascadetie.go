package consult

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kindred/app/identity"
	"kindred/app/store"
	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// ProposeTie works out what tying a relative to a consultation that is there
// already would change in it. Nothing is written before TieRelative.
func (s *Service) ProposeTie(ctx context.Context, r *Record, person, consultation string) (*Proposal, error) {
	p, known, err := s.relativeOf(r, person)
	if err != nil {
		return nil, err
	}
	if consultation == r.ID {
		return nil, errOneRecord
	}
	st, draft, err := s.current(ctx, consultation)
	if err != nil {
		return nil, err
	}
	other, err := decode(st)
	if err != nil {
		return nil, err
	}
	other.Draft = draft
	err = s.st.Note(ctx, store.Event{Action: store.ActViewed, Record: other.ID, Patient: other.PatientID, Revision: other.Revision, Detail: "before tying a relative"})
	if err != nil {
		return nil, err
	}
	own := other.Patient()
	switch {
	case own == nil:
		return nil, errors.New("that consultation has no patient yet; open it and begin there")
	case sexOf(p) != "" && own.Sex != "" && sexOf(p) != own.Sex:
		return nil, errOtherSex
	case other.Kin != nil && (r.Kin == nil || other.Kin.Family != r.Kin.Family):
		return nil, errOtherKin
	}
	out := &Proposal{record: other, ties: []tie{{person, other.Case.Patient}}}
	other.ApplyIdentity()
	if !sameAge(p, own) {
		out.Doubts = append(out.Doubts, fmt.Sprintf("The relative is %s years old here, the patient of that consultation %s. Is this the same person?", p.Age, own.Age))
	}
	s.matchKin(r, other, person, out)
	if own.Facts == nil {
		own.Facts = map[string]rules.Answer{}
	}
	for k := range known {
		c := &known[k]
		if own.Facts[c.Known].Bool == truth.No {
			out.Kept = append(out.Kept, c.Short+": that consultation says no variant is known in the family; it stays so until somebody changes it there.")
			continue
		}
		out.Carried = append(out.Carried, s.carryVariant(r, own, c))
	}
	out.Kept = append(out.Kept, "Everything else: neither consultation takes over names, numbers, illnesses or blood results of the other.")
	return out, nil
}

// sexOf is the sex at birth that is recorded or that the relation word says.
func sexOf(p *rules.Person) string {
	if w, err := family.ParseRelation(p.Relation); p.Sex == "" && err == nil && w.Sex != family.SexUnknown {
		return w.Sex.String()
	}
	return p.Sex
}

// matchKin finds who of the two families must be the same person: those with a
// relation word that only one person has in either, once both are seen from the
// same patient, and whose sex and age do not contradict each other.
func (s *Service) matchKin(r, other *Record, person string, out *Proposal) {
	there := ""
	turned, err := s.lib.Dictionary().Reroot(&r.Case, person, nil)
	if err == nil {
		words := byRelation(other.Case.People)
		var pairs []string
		for word, here := range byRelation(turned.People) {
			q := words[word]
			if here == nil || q == nil || !sameAge(here, q) {
				continue
			}
			known := r.person(here.ID)
			if known == nil {
				continue // somebody in between whom nobody listed
			}
			if known.ID == r.Case.Patient {
				there = q.ID
				continue
			}
			out.ties = append(out.ties, tie{here.ID, q.ID})
			pairs = append(pairs, word)
		}
		if len(pairs) > 0 {
			slices.Sort(pairs)
			out.Carried = append(out.Carried, "The same people in both families: "+strings.Join(pairs, ", ")+". Their test results are heard in both.")
		}
	}
	added := false
	if there == "" && turned != nil && turned.Joined {
		there = s.addTeller(turned, r.Case.Patient, other)
		added = there != ""
	}
	out.ties = append(out.ties, tie{r.Case.Patient, there})
	if q := other.person(there); added {
		out.Carried = append(out.Carried, "The other patient, who is not listed in that family yet, is added there as "+q.Relation+", with the test result and nothing else.")
	} else if q != nil {
		out.Carried = append(out.Carried, "Seen from there, the other patient is the "+q.Relation+"; their test result is heard there.")
	} else {
		out.Kept = append(out.Kept, "The result of the patient here: that family does not list them as a relative it could be told of.")
	}
	out.Carried = append(out.Carried, "The relative's offer and result are the same in both from now on.")
}

// addTeller adds the patient of the one consultation to the family of the other,
// where nobody there can be that person already, and returns their id; "" where
// that cannot be told.
func (s *Service) addTeller(turned *rules.Rerooted, patient string, other *Record) string {
	at := slices.IndexFunc(turned.People, func(p rules.Person) bool { return p.ID == patient })
	if at < 0 || turned.People[at].Relation == "" {
		return ""
	}
	word := turned.People[at].Relation
	used := map[string]bool{}
	for i := range other.Case.People {
		p := &other.Case.People[i]
		used[p.ID] = true
		if w, err := family.ParseRelation(p.Relation); err == nil && w.Text == word {
			return "" // that person, or another
		}
	}
	n := 1
	for used[fmt.Sprintf("r%d", n)] {
		n++
	}
	c := other.Case
	c.People = append(slices.Clone(c.People), rules.Person{
		ID: fmt.Sprintf("r%d", n), Relation: word, Sex: turned.People[at].Sex, Age: truth.Any(), Alive: truth.Unknown, Facts: map[string]rules.Answer{},
	})
	if _, err := s.lib.Dictionary().Reroot(&c, c.Patient, nil); err != nil {
		return "" // the family there has no place for them
	}
	other.Case = c
	return fmt.Sprintf("r%d", n)
}

// byRelation are the people whom a relation word names alone, by the word; nil
// where several share one.
func byRelation(people []rules.Person) map[string]*rules.Person {
	out := map[string]*rules.Person{}
	for i := range people {
		w, err := family.ParseRelation(people[i].Relation)
		if err != nil || w.Class == 0 {
			continue
		}
		if _, twice := out[w.Text]; twice {
			out[w.Text] = nil
			continue
		}
		out[w.Text] = &people[i]
	}
	return out
}

func sameAge(a, b *rules.Person) bool {
	const drift = 1 // a year: birthdays between the days on which the two were told
	return a.Age.Lo <= b.Age.Hi+drift && b.Age.Lo <= a.Age.Hi+drift
}

// TieRelative ties the proposed consultation to r. Both are saved together, or
// neither is; a draft stays a draft.
func (s *Service) TieRelative(ctx context.Context, r *Record, p *Proposal) (*Record, error) {
	other := *p.record
	next := *r
	next.Kin, other.Kin = r.Kin.clone(), other.Kin.clone()
	s.tieKin(&next, &other, p.ties)
	other.Kin.Carried = append(other.Kin.Carried, p.Carried...)
	day := identity.FormatDay(s.Today())
	for _, line := range p.Carried {
		other.Notes = strings.TrimLeft(other.Notes+"\n"+carriedOn+day+": "+line, "\n")
	}
	other.Notes += "\n"
	s.stated(&next)
	s.stated(&other)
	return &other, s.saveBoth(ctx, r, &next, &other, other.Draft, "tied to a relative's consultation")
}

// Untie lets two consultations go their own ways again. What either knows by
// then it keeps.
func (s *Service) Untie(ctx context.Context, r *Record, person string) error {
	id := ""
	if r.Kin != nil {
		id = r.Kin.linkOf(person)
	}
	if id == "" {
		return errors.New("this relative has no consultation of their own tied to this one")
	}
	next := *r
	next.Kin = r.Kin.clone()
	next.Kin.Links = slices.DeleteFunc(next.Kin.Links, func(l KinLink) bool { return l.Consultation == id })
	delete(next.Kin.missing, id)
	if err := CheckIdentity(next.Identity, s.Today()); err != nil {
		return fmt.Errorf("save this consultation first: %w", err)
	}
	digits, err := identity.ParseNHSNumber(next.Identity.NHSNumber)
	if err != nil {
		return fmt.Errorf("save this consultation first: %w", err)
	}
	next.Identity.NHSNumber, next.Draft = digits, false
	e, err := s.entry(&next)
	if err != nil {
		return err
	}
	entries := []store.Entry{e}
	if o, ok := s.untied(ctx, id, r.ID); ok {
		entries = append(entries, o)
	}
	saved, err := s.st.SaveAll(ctx, entries)
	if err != nil {
		return err
	}
	next.Revision, next.PatientID = saved[0].Revision, saved[0].Patient
	*r = next
	return nil
}

// untied is a consultation without its tie to another.
func (s *Service) untied(ctx context.Context, id, from string) (store.Entry, bool) {
	st, draft, err := s.current(ctx, id)
	if err != nil {
		return store.Entry{}, false
	}
	other, err := decode(st)
	if err != nil || other.Kin == nil {
		return store.Entry{}, false
	}
	s.follow(ctx, other, nil)
	s.Renew(other)
	other.Kin.Links = slices.DeleteFunc(other.Kin.Links, func(l KinLink) bool { return l.Consultation == from })
	e, err := s.entry(other)
	e.Draft, e.Why = draft, "no longer tied to a relative's consultation"
	return e, err == nil
}
