package consult

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"sync"

	"kindred/app/store"
	"kindred/rules"
	"kindred/rules/truth"
)

// Step is where a relative stands in a cascade.
type Step int

// The steps, what is left to do first.
const (
	NotOffered Step = iota
	Offered         // no answer yet
	Awaited         // tested, no result yet
	Waits           // for the age from which the test is offered
	Declined
	Died // without a test
	Found
	stepCount
)

// StepWords are the steps in words, in their order.
var StepWords = [stepCount]string{"Not offered yet", "Offered, no answer", "Result awaited", "Waits for an age", "Declined", "Died untested", "Has a result"}

// Word is the step in words.
func (s Step) Word() string { return StepWords[s] }

// Outstanding tells whether something is left to do for the relative now.
func (s Step) Outstanding() bool { return s <= Awaited }

// RegisterRow is one person of one family in one area.
type RegisterRow struct {
	Family  string // the same for everyone of one family; says nothing about it
	Record  string // the consultation that lists the person
	Of      Identity
	Person  string
	Who     string // the relation to the patient of that consultation, "Patient" for that one
	Own     string // the person's own consultation, "" when none is tied
	OwnName *Identity
	Area    string
	Short   string
	Code    string
	Degree  int
	Odds    string // empty with a result, and where chances cannot be worked out
	chance  float64
	Step    Step
	Since   rules.Date // when the offer or result was said; "" when nobody said
	Says    string     // the offer's or result's own words
	From    float64    // years: the age waited for
	Unsure  bool       // two consultations say otherwise without knowing of each other
	Open    string     // why no chance is given
}

// Register is everyone in the families in which a variant is known.
type Register struct {
	Rows     []RegisterRow // what is left to do first, the longest waiting first
	Families int
	Unread   int // consultations that could not be read or assessed
}

// register remembers which consultations have a cascade, so that asking again
// reads only what was saved since.
type register struct {
	mu    sync.Mutex
	saved int64
	ids   map[string]bool
}

// mayFollow tells whether a consultation with this summary can have a cascade.
func (j *summaryJSON) mayFollow() bool {
	for _, o := range j.Outcomes {
		if o == rules.Cascade || o == rules.AlreadyTested && !j.Marked {
			return true
		}
	}
	return len(j.Cascade) > 0
}

// followed lists the consultations with a cascade, drafts included.
func (s *Service) followed(ctx context.Context) ([]string, error) {
	x := &s.index.register
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.ids == nil {
		x.ids = map[string]bool{}
	}
	read := func(row store.Stored) (bool, error) {
		var j summaryJSON
		err := json.Unmarshal(row.Summary, &j)
		return j.mayFollow(), err
	}
	err := s.st.SavedAfter(ctx, x.saved, func(row store.Stored) error {
		may, err := read(row)
		if err != nil {
			return err
		}
		delete(x.ids, row.ID)
		if may {
			x.ids[row.ID] = true
		}
		x.saved = row.Saved
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(x.ids))
	for id := range x.ids {
		out = append(out, id)
	}
	drafts, err := s.st.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		if may, err := read(d); err == nil && may && !x.ids[d.ID] {
			out = append(out, d.ID)
		}
	}
	return out, nil
}

// CascadeRegister works out, over all families in which a variant is known, who
// was not offered the test yet, who has not answered, and whose result is
// awaited: as of today, from what every consultation says. That it was looked
// at goes to the audit trail. For the background: it reads each of those
// consultations.
func (s *Service) CascadeRegister(ctx context.Context) (*Register, error) {
	ids, err := s.followed(ctx)
	if err != nil {
		return nil, err
	}
	var records []*Record
	out := &Register{}
	byID := map[string]*Record{}
	for _, id := range ids {
		st, _, err := s.current(ctx, id)
		var r *Record
		if err == nil {
			r, err = decode(st)
		}
		if err != nil {
			out.Unread++
			continue
		}
		records, byID[id] = append(records, r), r
	}
	read := func(id string) (*Kin, string, error) {
		if r := byID[id]; r != nil {
			return r.Kin, r.Case.Patient, nil
		}
		return s.kinOf(ctx, id)
	}
	testing := map[string]map[string]*rules.FamilyTesting{} // by record and area
	for _, r := range records {
		s.followFrom(r, read)
		r.Case.Date = s.Today()
		if testing[r.ID], err = s.familyTesting(r); err != nil {
			out.Unread++
		}
	}
	// Who is listed twice is listed where the cascade began.
	slices.SortFunc(records, func(a, b *Record) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
	s.fill(out, records, testing)
	err = s.st.Note(ctx, store.Event{Action: store.ActViewed, Detail: "the register of family testing"})
	return out, err
}

// rank is 0 for the consultation with which a family began.
func (r *Record) rank() int {
	if r.Kin != nil && r.Kin.From != "" {
		return 1
	}
	return 0
}

// family names the family of a record.
func (r *Record) family() string {
	if r.Kin != nil && r.Kin.Family != "" {
		return r.Kin.Family
	}
	return r.ID
}

// familyTesting is whom to offer the test to in a record, by area. The error
// says why that cannot be worked out.
func (s *Service) familyTesting(r *Record) (out map[string]*rules.FamilyTesting, err error) {
	defer func() {
		if recover() != nil { // what it says may quote the patient
			out, err = nil, errFault
		}
	}()
	r.ApplyIdentity()
	if err := s.localise(&r.Case); err != nil {
		return nil, err
	}
	book, err := s.lib.On(r.Case.Date)
	if err != nil {
		return nil, err
	}
	return book.FamilyTesting(&r.Case)
}

func (s *Service) fill(out *Register, records []*Record, testing map[string]map[string]*rules.FamilyTesting) {
	cascades := s.cascades(s.Today())
	names := map[string]*Identity{}
	for _, r := range records {
		names[r.ID] = &r.Identity
	}
	listed := map[[3]string]bool{}
	families := map[string]bool{}
	for _, r := range records {
		for i := range cascades {
			c := testing[r.ID][cascades[i].Area]
			if c == nil {
				continue
			}
			for _, row := range s.rowsOf(r, &cascades[i], c) {
				who := row.Person
				if r.Kin != nil {
					who = cmp.Or(r.Kin.Members[row.Person], r.ID+row.Person)
				}
				if key := [3]string{row.Family, who, row.Area}; !listed[key] {
					listed[key] = true
					families[row.Family] = true
					row.OwnName = names[row.Own]
					out.Rows = append(out.Rows, row)
				}
			}
		}
	}
	out.Families = len(families)
	slices.SortStableFunc(out.Rows, func(a, b RegisterRow) int {
		return cmp.Or(cmp.Compare(a.turn(), b.turn()), cmp.Compare(a.Since, b.Since), cmp.Compare(b.chance, a.chance), cmp.Compare(a.Degree, b.Degree), cmp.Compare(a.Family, b.Family))
	})
}

// turn is the place of a row's step; contradictions come first.
func (r *RegisterRow) turn() Step {
	if r.Unsure {
		return -1
	}
	return r.Step
}

// rowsOf are the people of one consultation in one area.
func (s *Service) rowsOf(r *Record, area *rules.CascadeInfo, c *rules.FamilyTesting) []RegisterRow {
	base := RegisterRow{Family: r.family(), Record: r.ID, Of: r.Identity, Area: area.Area, Short: area.Short, Code: c.Code}
	if c.Open != "" {
		base.Person, base.Who, base.Own, base.Open = r.Case.Patient, "Patient", r.ID, c.Open
		if p := r.Patient(); p != nil {
			base.Step, base.Since, base.Says = s.step(p, c, nil)
		}
		return []RegisterRow{base}
	}
	var out []RegisterRow
	for i := range c.Offers {
		o := &c.Offers[i]
		p := r.person(o.Person)
		if p == nil || r.Implied(p.ID) || o.Result == "" && o.Odds == "not expected" && o.State == "" {
			continue
		}
		row := base
		row.Person, row.Who, row.Degree, row.Odds, row.chance, row.From = o.Person, o.Who, o.Degree, o.Odds, o.Chance, o.From
		row.Step, row.Since, row.Says = s.step(p, c, o)
		if row.Step == Found {
			row.Odds = ""
		}
		if o.Degree == 0 {
			row.Own = r.ID
		} else {
			st := r.Standing(o.Person, area.Area)
			row.Own, row.Unsure = st.Own, len(st.Against) > 0
		}
		out = append(out, row)
	}
	return out
}

// step tells where a person stands, since when, and in whose words.
func (s *Service) step(p *rules.Person, c *rules.FamilyTesting, o *rules.Offer) (Step, rules.Date, string) {
	d := s.lib.Dictionary()
	label := func(fact, choice string) string {
		if def := d.Fact(fact); def != nil {
			return def.ChoiceLabel(choice)
		}
		return choice
	}
	if a := p.Facts[c.Result]; hasResult(a.Choice) {
		return Found, a.When, label(c.Result, a.Choice)
	}
	a := p.Facts[c.State]
	says := ""
	if a.Choice != "" {
		says = label(c.State, a.Choice)
	}
	switch {
	case p.Alive == truth.No:
		return Died, a.When, says
	case a.Choice == "declined":
		return Declined, a.When, says
	case a.Choice == "tested":
		return Awaited, a.When, says
	case a.Choice != "":
		return Offered, a.When, says
	case o != nil && o.Young:
		return Waits, "", ""
	}
	return NotOffered, "", ""
}
