package consult

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"kindred/rules"
	"kindred/rules/truth"
)

// Kin ties a consultation to those of the patient's relatives, so that what
// became of an offer of the family's test, and its result, follow a person
// through all of them. What is said about somebody is kept once, in the
// consultation in which it was said; the others read it there when they are
// opened. What two of them say without knowing of each other is both kept, and
// shown as a contradiction until somebody settles it.
type Kin struct {
	Family  string            `json:"family"`            // random; the same in all consultations of the family
	From    string            `json:"from,omitempty"`    // the consultation this one was opened from or tied to; "" for the first
	Members map[string]string `json:"members,omitempty"` // person here -> who that is in the family, in all its consultations
	Links   []KinLink         `json:"links,omitempty"`
	Said    []Said            `json:"said,omitempty"`    // here, oldest first
	Carried []string          `json:"carried,omitempty"` // what came from the other consultation, in words
	Between []string          `json:"between,omitempty"` // people here whom nobody listed: they only join the others

	view    map[about]heard // as of opening; nil before
	newest  int             // the highest Said.N anywhere in the family
	settled map[about]bool  // contradictions that somebody has just settled
	missing map[string]error
	owns    map[string]string // member -> their own consultation, anywhere in the family
}

// KinLink is a relative's own consultation.
type KinLink struct {
	Person       string `json:"person"` // the relative here; "" when the family here does not list them
	Consultation string `json:"consultation"`
}

// Said is one statement about the testing of one person in one area.
type Said struct {
	ID     string     `json:"id"`
	N      int        `json:"n"` // one more than the highest that was known when it was made
	Member string     `json:"member"`
	Area   string     `json:"area"`
	Value  string     `json:"value"` // see OfferValue; "" takes back what was said before
	Day    rules.Date `json:"day,omitempty"`
	At     time.Time  `json:"at"`
	Over   []string   `json:"over,omitempty"` // statements it takes the place of
}

type about struct{ member, area string }

// heard is what is known about one person in one area, from all consultations.
type heard struct {
	heads []statement // those that no other takes the place of, the one that counts first
}

// statement is a Said with the consultation that holds it.
type statement struct {
	Said
	in string
}

func (h heard) value() string {
	if len(h.heads) == 0 {
		return ""
	}
	return h.heads[0].Value
}

func (h heard) day() rules.Date {
	if len(h.heads) == 0 {
		return ""
	}
	return h.heads[0].Day
}

// same tells whether a person's facts say what was heard, of the same day.
func (h heard) same(p *rules.Person, c *rules.CascadeInfo) bool {
	value := OfferValue(p, c)
	return value == h.value() && (value == "" || OfferDay(p, c) == h.day())
}

// ResultPrefix begins the OfferValue of a result.
const ResultPrefix = "result:"

// hasResult tells whether a choice of the result fact says what was found.
func hasResult(choice string) bool { return choice != "" && choice != "not_tested" }

// OfferValue is how testing stands with a person in an area: a choice of the
// area's offer fact, or ResultPrefix and a choice of its result fact, which
// goes before. "" when nobody said.
func OfferValue(p *rules.Person, c *rules.CascadeInfo) string {
	if r := p.Facts[c.Result].Choice; hasResult(r) {
		return ResultPrefix + r
	}
	return p.Facts[c.State].Choice
}

// SetOffer makes an OfferValue the person's, as of a day.
func SetOffer(p *rules.Person, c *rules.CascadeInfo, value string, day rules.Date) {
	if p.Facts == nil {
		p.Facts = map[string]rules.Answer{}
	}
	delete(p.Facts, c.State)
	if hasResult(p.Facts[c.Result].Choice) {
		delete(p.Facts, c.Result)
	}
	switch result, ok := strings.CutPrefix(value, ResultPrefix); {
	case ok:
		p.Facts[c.Result] = rules.Answer{Choice: result, When: day}
	case value != "":
		p.Facts[c.State] = rules.Answer{Choice: value, When: day}
	}
}

// OfferDay is the day an OfferValue was given for.
func OfferDay(p *rules.Person, c *rules.CascadeInfo) rules.Date {
	if a := p.Facts[c.Result]; hasResult(a.Choice) {
		return a.When
	}
	return p.Facts[c.State].When
}

// clone is a copy that can be changed without changing k; of nil, an empty one.
func (k *Kin) clone() *Kin {
	if k == nil {
		return &Kin{Members: map[string]string{}}
	}
	out := *k
	out.Members = maps.Clone(k.Members)
	if out.Members == nil {
		out.Members = map[string]string{}
	}
	out.Links, out.Said, out.Carried = slices.Clone(k.Links), slices.Clone(k.Said), slices.Clone(k.Carried)
	out.settled, out.missing, out.owns = maps.Clone(k.settled), maps.Clone(k.missing), maps.Clone(k.owns)
	return &out
}

// ownOf is the consultation of a person's own, tied to this one or to another of
// the family; "" when there is none.
func (k *Kin) ownOf(person string) string {
	if k == nil {
		return ""
	}
	if id := k.linkOf(person); id != "" {
		return id
	}
	if member := k.Members[person]; member != "" {
		return k.owns[member]
	}
	return ""
}

// linkOf is the consultation of a person's own that is tied to this one.
func (k *Kin) linkOf(person string) string {
	for _, l := range k.Links {
		if l.Person == person {
			return l.Consultation
		}
	}
	return ""
}

// hear works out what counts from every statement of the family. Of each
// person the results are heard everywhere, because everyone's chances rest on
// them; what became of an offer is heard in the person's own consultation, in
// those tied to it, and in the first of the family.
func (k *Kin) hear(patient string, all []statement) {
	over := map[string]bool{}
	k.newest = 0
	for _, s := range all {
		k.newest = max(k.newest, s.N)
		for _, id := range s.Over {
			over[id] = true
		}
	}
	near := map[string]bool{k.Members[patient]: true}
	for _, l := range k.Links {
		if l.Person != "" {
			near[k.Members[l.Person]] = true
		}
	}
	k.view = map[about]heard{}
	seen := map[string]bool{}
	for _, s := range all {
		if over[s.ID] || seen[s.ID] {
			continue
		}
		seen[s.ID] = true
		at := about{s.Member, s.Area}
		h := k.view[at]
		k.view[at] = h // somebody said something, be it for others only: a result that was taken back is not kept here
		if result := strings.HasPrefix(s.Value, ResultPrefix); !result && k.From != "" && !near[s.Member] && !k.says(s.ID) {
			continue
		}
		h.heads = append(h.heads, s)
		k.view[at] = h
	}
	for at, h := range k.view {
		slices.SortFunc(h.heads, func(a, b statement) int {
			return cmp.Or(cmp.Compare(b.N, a.N), b.At.Compare(a.At), cmp.Compare(a.ID, b.ID))
		})
		k.view[at] = h
	}
}

func (k *Kin) says(id string) bool {
	return slices.ContainsFunc(k.Said, func(s Said) bool { return s.ID == id })
}

// apply writes what was heard into the case. It tells whether anything changed.
func (k *Kin) apply(c *rules.Case, cascades []rules.CascadeInfo) (changed bool) {
	for i := range c.People {
		p := &c.People[i]
		member := k.Members[p.ID]
		if member == "" {
			continue
		}
		for j := range cascades {
			h, said := k.view[about{member, cascades[j].Area}]
			if !said || h.same(p, &cascades[j]) {
				continue
			}
			p.Facts = maps.Clone(p.Facts)
			SetOffer(p, &cascades[j], h.value(), h.day())
			changed = true
		}
	}
	return changed
}

// state adds what the case says now and nobody had said before. Doing it again
// from the same view makes the same statements.
func (k *Kin) state(r *Record, cascades []rules.CascadeInfo, now time.Time) (fresh []Said) {
	if k == nil {
		return nil
	}
	for i := range r.Case.People {
		p := &r.Case.People[i]
		member := k.Members[p.ID]
		if member == "" {
			continue
		}
		for j := range cascades {
			at := about{member, cascades[j].Area}
			h := k.view[at]
			value := OfferValue(p, &cascades[j])
			if open := k.settled[at] && len(h.heads) > 1; h.same(p, &cascades[j]) && !open {
				continue
			}
			s := Said{
				ID: fmt.Sprintf("%s.%d.%s.%s.%s", r.ID, k.newest+1, member, at.area, value), N: k.newest + 1,
				Member: member, Area: at.area, Value: value, Day: OfferDay(p, &cascades[j]), At: now,
			}
			for _, head := range h.heads {
				s.Over = append(s.Over, head.ID)
			}
			fresh = append(fresh, s)
		}
	}
	return fresh
}

// OfferStanding is what the family's other consultations add to how testing
// stands with one person in one area.
type OfferStanding struct {
	Own     string     // the person's own consultation; "" when none is tied
	Missing error      // why that cannot be read; nil when it can
	Value   string     // as of opening, see OfferValue
	Day     rules.Date // of that value
	// Elsewhere is the consultation in which that was said; "" for this one.
	Elsewhere string
	// Against are other values said without knowing of this one; they are kept
	// until somebody settles which is right.
	Against []string
}

// Standing tells what is known about a person's test beyond this consultation.
func (r *Record) Standing(person, area string) OfferStanding {
	k := r.Kin
	if k == nil {
		return OfferStanding{}
	}
	out := OfferStanding{Own: k.ownOf(person)}
	out.Missing = k.missing[out.Own]
	member := k.Members[person]
	if person == "" || member == "" {
		return out
	}
	at := about{member, area}
	h := k.view[at]
	if len(h.heads) == 0 {
		return out
	}
	out.Value, out.Day = h.heads[0].Value, h.heads[0].Day
	if h.heads[0].in != r.ID {
		out.Elsewhere = h.heads[0].in
	}
	for _, s := range h.heads[1:] {
		if s.Value != out.Value && !k.settled[at] && !slices.Contains(out.Against, s.Value) {
			out.Against = append(out.Against, s.Value)
		}
	}
	return out
}

// Settle takes what the record says about a person's test for right, against
// what was said elsewhere without knowing of it. It counts from the next save.
func (r *Record) Settle(person, area string) {
	if r.Kin == nil || r.Kin.Members[person] == "" {
		return
	}
	k := r.Kin.clone()
	if k.settled == nil {
		k.settled = map[about]bool{}
	}
	k.settled[about{k.Members[person], area}] = true
	r.Kin = k
}

// Implied tells whether a person is here only to join others and nobody said
// anything about them: there is nobody to offer a test to.
func (r *Record) Implied(person string) bool {
	if r.Kin == nil || !slices.Contains(r.Kin.Between, person) {
		return false
	}
	p := r.person(person)
	return p != nil && p.Alive == truth.Unknown && p.Age.IsAny() && p.Name == "" &&
		len(p.Facts) == 0 && len(p.Conditions) == 0 && len(p.Tumours) == 0 && len(p.Panels) == 0
}

// MissingPeople are the people whose tied consultations cannot be read.
func (r *Record) MissingPeople() []string {
	var out []string
	if r.Kin != nil {
		for _, l := range r.Kin.Links {
			if r.Kin.missing[l.Consultation] != nil {
				out = append(out, l.Person)
			}
		}
	}
	return out
}

// MissingKin is how many tied consultations cannot be read, and why the first
// of them cannot.
func (r *Record) MissingKin() (n int, why error) {
	if r.Kin == nil {
		return 0, nil
	}
	for _, id := range slices.Sorted(maps.Keys(r.Kin.missing)) {
		if n++; why == nil {
			why = r.Kin.missing[id]
		}
	}
	return n, why
}
