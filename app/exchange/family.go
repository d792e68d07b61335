// Package exchange reads and writes families in the forms other programs use.
// Each writer says what its form cannot carry; each reader names file lines.
package exchange

import (
	"fmt"
	"slices"
	"strings"
)

// Family is a family as files describe it.
type Family struct {
	ID      string
	People  []Person
	Twins   []Twins
	Couples []Couple
	// HasAffected says that the file records one trait for everyone, so that an
	// empty answer means not known.
	HasAffected bool
	// Beside is what the case held that no family file has a place for.
	Beside []string
}

// Person is one member of a family.
type Person struct {
	ID, Mother, Father string
	Name               string
	Sex                string // at birth: female, male, "" not known
	Gender             string // woman, man, non-binary; "" when not said
	Dead               bool
	Affected           State
	Proband            bool
	Consultand         bool
	Adopted            string // in, out, ""
	Loss               bool   // a pregnancy not carried to term
	Pregnancy          string // ongoing, miscarriage, termination, stillbirth; "" for a person
	Childless          string // by_choice, infertile, ""
	Count              int    // people the symbol stands for; -1 when nobody knows how many
	Place              float64
	Born, Died         string // YYYY, YYYY-MM or YYYY-MM-DD
	Age                string // years, as written: "66", "40-49"
	Findings           []Finding
	line               int
	// half says that a word like "son" left open who the other parent is, so that
	// a picture may show them under the one partner there is.
	half bool
}

// Finding is a condition a person had.
type Finding struct {
	Condition string // id of the dictionary
	Age       string // at diagnosis, as written
}

// State is yes, no or not known.
type State uint8

// The states.
const (
	NotKnown State = iota
	No
	Yes
)

// Twins are born together; Kind is identical, fraternal or "" when not known.
type Twins struct {
	IDs  []string
	Kind string

	label string // what a file calls them
}

// Couple is two partners.
type Couple struct {
	A, B      string
	Related   bool // by blood, even where no common ancestor is recorded
	Separated bool
}

// Problem is one thing wrong with a file.
type Problem struct {
	Line int // 0 when it is about the whole file
	Text string
}

// Problems is everything wrong with a file, one line each.
type Problems []Problem

// Error gives one line a problem.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.Text
		if x.Line > 0 {
			lines[i] = fmt.Sprintf("line %d: %s", x.Line, x.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// Check reports impossible families: unknown parents, a mother recorded male,
// a person who is their own ancestor, an id twice.
func (f *Family) Check() Problems {
	var out Problems
	report := func(p *Person, format string, args ...any) {
		out = append(out, Problem{p.line, fmt.Sprintf(format, args...)})
	}
	if len(f.People) > mostPeople {
		return Problems{{0, fmt.Sprintf("%d people in one family; up to %d are read. Leave out branches nobody asks about", len(f.People), mostPeople)}}
	}
	at := map[string]*Person{}
	for i := range f.People {
		p := &f.People[i]
		if p.ID == "" {
			report(p, "this person has no id (0 and . stand for nobody)")
			continue
		}
		if first := at[p.ID]; first != nil {
			report(p, "the id %q was used already%s; give each person their own", p.ID, onLine(first))
			continue
		}
		at[p.ID] = p
	}
	for i := range f.People {
		p := &f.People[i]
		for _, parent := range [...]struct{ what, id, not string }{{"mother", p.Mother, "male"}, {"father", p.Father, "female"}} {
			if parent.id == "" {
				continue
			}
			q := at[parent.id]
			switch {
			case q == nil:
				report(p, "%s has the %s %q, who is not in the file", p.ID, parent.what, parent.id)
			case q.Sex == parent.not:
				report(p, "%s has the %s %q, who is recorded as %s%s", p.ID, parent.what, parent.id, q.Sex, onLine(q))
			}
		}
		if p.Mother != "" && p.Mother == p.Father {
			report(p, "%s has %q as both mother and father", p.ID, p.Mother)
		}
	}
	for _, t := range f.Twins {
		for _, id := range t.IDs {
			if a, b := at[t.IDs[0]], at[id]; a != nil && b != nil && (a.Mother != b.Mother || a.Father != b.Father) {
				report(b, "%s and %s are twins and have different parents", a.ID, b.ID)
			}
		}
	}
	state := map[string]int{}
	var climb func(id string)
	climb = func(id string) {
		p := at[id]
		if p == nil || state[id] == 2 {
			return
		}
		if state[id] == 1 {
			report(p, "%s would be their own ancestor; correct the parents", id)
			return
		}
		state[id] = 1
		climb(p.Mother)
		climb(p.Father)
		state[id] = 2
	}
	for i := range f.People {
		climb(f.People[i].ID)
	}
	return out
}

func onLine(p *Person) string {
	if p.line == 0 {
		return ""
	}
	return fmt.Sprintf(" (line %d)", p.line)
}

// several says that the symbol stands for more than one person.
func (p *Person) several() bool { return p.Count < 0 || p.Count > 1 }

// relatedBlood says whether a couple has a common ancestor in the family.
func (f *Family) relatedBlood(c Couple) bool {
	at := map[string]*Person{}
	for i := range f.People {
		at[f.People[i].ID] = &f.People[i]
	}
	var walked, above map[string]bool
	var climb func(id string) bool
	climb = func(id string) bool {
		p := at[id]
		if p == nil || walked[id] {
			return false
		}
		if above[id] {
			return true
		}
		walked[id] = true
		return climb(p.Mother) || climb(p.Father)
	}
	walked = map[string]bool{}
	climb(c.A)
	above, walked = walked, map[string]bool{}
	return climb(c.B)
}

// mostPeople is how many people a family file may hold; a drawing of more is of
// no use to anybody.
const mostPeople = 20000

// index is somebody's place in the list; -1 for nobody.
func (f *Family) index(id string) int {
	return slices.IndexFunc(f.People, func(p Person) bool { return p.ID == id })
}

// first is what stands before the first of a mark.
func first(s, mark string) string {
	s, _, _ = strings.Cut(s, mark)
	return s
}
