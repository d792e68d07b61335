package consult

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kindred/app/identity"
	"kindred/app/store"
	"kindred/rules"
	"kindred/rules/truth"
)

// Carry says what goes into a relative's own consultation beside what the test
// needs. The zero value carries no illness.
type Carry struct {
	Illnesses bool // of the other relatives, as this patient told them; never the patient's own
}

// Proposal is what a relative's own consultation would begin with, for the user
// to see before it is made.
type Proposal struct {
	Carried []string // what goes over, a sentence each
	Kept    []string // what does not, a sentence each
	Doubts  []string // what speaks against its being the same person, a sentence each
	record  *Record
	ties    []tie    // who is the same person in both
	between []string // people of the record who only join others
}

// tie is one person under the id of either consultation.
type tie struct{ here, there string }

func newName() string {
	var b [10]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

var (
	errOneself   = errors.New("this is the patient of this consultation already")
	errTied      = errors.New("this relative has a consultation of their own already; open that one")
	errNoVariant = errors.New("no variant is known in this family yet; a relative's consultation for its test can be opened once one is")
	errOtherSex  = errors.New("the sex at birth differs between the relative here and the patient of that consultation; they cannot be the same person")
	errOtherKin  = errors.New("that consultation belongs to another family already")
	errOneRecord = errors.New("that is this consultation; choose the relative's own")
)

// person finds somebody of the case, nil when there is none.
func (r *Record) person(id string) *rules.Person {
	for i := range r.Case.People {
		if r.Case.People[i].ID == id {
			return &r.Case.People[i]
		}
	}
	return nil
}

// knownIn tells whether an area's variant is known in the family of the record.
func (r *Record) knownIn(c *rules.CascadeInfo) bool {
	if p := r.Patient(); p != nil && p.Facts[c.Known].Bool == truth.Yes {
		return true
	}
	return slices.ContainsFunc(r.Case.People, func(p rules.Person) bool { return p.Facts[c.Result].Choice == "positive" })
}

// relativeOf finds the person a consultation of their own is wanted for.
func (s *Service) relativeOf(r *Record, person string) (*rules.Person, []rules.CascadeInfo, error) {
	p := r.person(person)
	switch {
	case p == nil:
		return nil, nil, errors.New("there is no such person in this family")
	case person == r.Case.Patient:
		return nil, nil, errOneself
	case r.Kin.ownOf(person) != "":
		return nil, nil, errTied
	}
	var known []rules.CascadeInfo
	for _, c := range s.cascades(r.Case.Date) {
		if r.knownIn(&c) {
			known = append(known, c)
		}
	}
	if len(known) == 0 {
		return nil, nil, errNoVariant
	}
	return p, known, nil
}

// ProposeRelative works out the consultation of a relative's own: the family
// seen from them, what is known of the family's variant, and nothing that tells
// who anybody is. Nothing is written before OpenRelative.
func (s *Service) ProposeRelative(r *Record, person string, carry Carry) (*Proposal, error) {
	p, known, err := s.relativeOf(r, person)
	if err != nil {
		return nil, err
	}
	tested := func(id string) bool {
		q := r.person(id)
		return q != nil && slices.ContainsFunc(known, func(c rules.CascadeInfo) bool { return hasResult(q.Facts[c.Result].Choice) })
	}
	turned, err := s.lib.Dictionary().Reroot(&r.Case, person, tested)
	if err != nil {
		return nil, fmt.Errorf("the family cannot be seen from this relative: %w", err)
	}
	out := &Proposal{record: s.Start(Identity{Sex: turned.People[0].Sex})}
	c := &out.record.Case
	c.Patient, c.People, c.Twins = person, turned.People, turned.Twins
	var results []string
	ages := 0
	for i := range c.People {
		to := &c.People[i]
		from := r.person(to.ID)
		if from == nil {
			out.between = append(out.between, to.ID)
			continue
		}
		out.ties = append(out.ties, tie{to.ID, to.ID})
		if from.ID == r.Case.Patient {
			to.Age, to.Alive = truth.Any(), truth.Unknown
		} else if !to.Age.IsAny() {
			ages++
		}
		if carry.Illnesses && from.ID != r.Case.Patient {
			to.Conditions = slices.Clone(from.Conditions)
		}
		for k := range known {
			if value := OfferValue(from, &known[k]); strings.HasPrefix(value, ResultPrefix) || from == p && value != "" {
				SetOffer(to, &known[k], value, OfferDay(from, &known[k]))
				results = append(results, s.resultWords(to, &known[k], i == 0))
			}
		}
	}
	if !turned.Joined {
		out.ties = append(out.ties, tie{r.Case.Patient, ""})
	}
	own := &c.People[0]
	for k := range known {
		out.Carried = append(out.Carried, s.carryVariant(r, own, &known[k]))
	}
	out.tell(r, turned, results, ages, carry)
	return out, nil
}

// carryVariant enters what is known of the family's variant, and says it.
func (s *Service) carryVariant(r *Record, to *rules.Person, c *rules.CascadeInfo) string {
	if to.Facts[c.Known].Bool != truth.Yes {
		to.Facts[c.Known] = rules.Answer{Bool: truth.Yes, When: s.Today()}
	}
	var more []string
	for _, id := range c.Carry {
		a, ok := r.Patient().Facts[id]
		def := s.lib.Dictionary().Fact(id)
		if !ok || def == nil {
			continue
		}
		if _, has := to.Facts[id]; !has {
			to.Facts[id] = a
		}
		if def.Type == rules.ChoiceFact && a.Choice != "" {
			more = append(more, def.ChoiceLabel(a.Choice))
		}
	}
	text := c.Short + ": a variant (class 4 or 5) is known in the family"
	if len(more) > 0 {
		return text + ", gene " + strings.Join(more, ", ") + "."
	}
	return text + "; its gene is not recorded here."
}

// resultWords is a person's result or offer in words.
func (s *Service) resultWords(p *rules.Person, c *rules.CascadeInfo, own bool) string {
	who := strings.TrimSpace(p.Relation)
	if own {
		who = "the relative"
	} else if who == "" {
		who = "a relative"
	}
	value := OfferValue(p, c)
	id, choice := c.State, value
	if result, ok := strings.CutPrefix(value, ResultPrefix); ok {
		id, choice = c.Result, result
	}
	if def := s.lib.Dictionary().Fact(id); def != nil {
		choice = def.ChoiceLabel(choice)
	}
	return who + ": " + c.Short + ", " + strings.ToLower(choice[:1]) + choice[1:]
}

// tell says what goes over and what does not.
func (out *Proposal) tell(r *Record, turned *rules.Rerooted, results []string, ages int, carry Carry) {
	n := len(turned.People) - len(out.between) - 1
	switch {
	case n > 0:
		text := fmt.Sprintf("The family as seen from the relative: %d people with sex at birth", n)
		if n == 1 {
			text = "The family as seen from the relative: one person with sex at birth"
		}
		if ages > 0 {
			text += ", age and whether they live"
		}
		out.Carried = append(out.Carried, text+", as they were told. The patient who told it stands in it as a relative, without an age.")
	default:
		out.Carried = append(out.Carried, "No family: nobody said through whom this relative is related. Enter a parent in the family table first, or take the family in their own consultation.")
	}
	if len(results) > 0 {
		out.Carried = append(out.Carried, "Test results that chances rest on: "+strings.Join(results, "; ")+".")
	}
	if carry.Illnesses {
		out.Carried = append(out.Carried, "Illnesses of the other relatives, as they were told.")
	} else {
		out.Kept = append(out.Kept, "Illnesses of relatives.")
	}
	out.Kept = append(out.Kept,
		"Who anybody is: no name, date of birth or NHS number, not even the relative's. You enter those.",
		"The own blood results, illnesses, tumours, medicines, notes and advice of the patient here.")
	if len(turned.Left) > 0 && n > 0 {
		out.Kept = append(out.Kept, fmt.Sprintf("%d of the family, because nobody said through whom they are related.", len(turned.Left)))
	}
	if p := r.person(turned.People[0].ID); p != nil && p.Name != "" {
		out.Kept = append(out.Kept, "The name noted for the relative in this family.")
	}
}

// carriedOn begins the notes that say what came from a relative's consultation.
const carriedOn = "From a relative's consultation, "

// OpenRelative makes the proposed consultation and ties it to r; both are on
// the disk, sealed, when it returns, or neither is. r becomes a revision of its
// own and must pass CheckIdentity. The record returned is the relative's.
func (s *Service) OpenRelative(ctx context.Context, r *Record, p *Proposal) (*Record, error) {
	other := *p.record
	day := identity.FormatDay(s.Today())
	for _, line := range p.Carried {
		other.Notes += carriedOn + day + ": " + line + "\n"
	}
	next := *r
	next.Kin = r.Kin.clone()
	other.Kin = (*Kin)(nil).clone()
	other.Kin.Carried, other.Kin.Between = p.Carried, p.between
	s.tieKin(&next, &other, p.ties)
	s.stated(&next)
	return &other, s.saveBoth(ctx, r, &next, &other, false, "opened for a relative")
}

// tieKin makes two consultations know each other, and who is who in both.
func (s *Service) tieKin(a, b *Record, ties []tie) {
	if a.Kin.Family == "" {
		a.Kin.Family = newName()
	}
	b.Kin.Family = a.Kin.Family
	if b.Kin.From == "" {
		b.Kin.From = a.ID
	}
	var there string // who a's patient is in b
	for _, t := range ties {
		if t.here == a.Case.Patient {
			there = t.there
		}
		member := cmp.Or(a.Kin.Members[t.here], b.Kin.Members[t.there], newName())
		a.Kin.Members[t.here] = member
		if t.there != "" && b.Kin.Members[t.there] == "" {
			b.Kin.Members[t.there] = member
		}
	}
	here := ""
	for _, t := range ties {
		if t.there == b.Case.Patient {
			here = t.here
		}
	}
	a.Kin.Links = append(a.Kin.Links, KinLink{Person: here, Consultation: b.ID})
	b.Kin.Links = append(b.Kin.Links, KinLink{Person: there, Consultation: a.ID})
}

// saveBoth saves two tied consultations together; r takes over what next became.
func (s *Service) saveBoth(ctx context.Context, r, next, other *Record, draft bool, why string) error {
	if err := CheckIdentity(next.Identity, s.Today()); err != nil {
		return fmt.Errorf("save this consultation first: %w", err)
	}
	digits, err := identity.ParseNHSNumber(next.Identity.NHSNumber)
	if err != nil {
		return fmt.Errorf("save this consultation first: %w", err)
	}
	next.Identity.NHSNumber, next.Draft = digits, false
	s.follow(ctx, other, next)
	s.follow(ctx, next, other)
	e, err := s.entry(next)
	if err != nil {
		return err
	}
	o, err := s.entry(other)
	if err != nil {
		return err
	}
	o.Draft, o.Why = draft, why
	saved, err := s.st.SaveAll(ctx, []store.Entry{e, o})
	if err != nil {
		return err
	}
	next.Revision, next.PatientID = saved[0].Revision, saved[0].Patient
	other.Revision, other.PatientID = saved[1].Revision, saved[1].Patient
	*r = *next
	return nil
}
