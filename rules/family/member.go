package family

import (
	"strings"

	"kindred/rules/truth"
)

// Family is what was said about one family.
type Family struct {
	Patient string   // id of the person in the room, who is degree 0
	Members []Member // in any order; order changes nothing
	// Asked says, topic by topic, up to which degree the question was put for
	// everyone: 0 is the patient alone, -1 nobody. Topics beyond its end were
	// not asked.
	Asked        []int8
	UnknownSides Sides // sides nobody knows about (adoption, donor)
}

// Member is one person of a family. A span or truth that is not known must be
// given as truth.Any() or truth.Unknown; their zero values mean the number 0
// and a contradiction.
type Member struct {
	ID       string
	Relation string // "maternal aunt"; may be empty when parents link the person
	Mother   string // id; empty when not given
	Father   string
	Sex      Sex
	Age      truth.Span // years, now or at death
	Alive    truth.K

	Conditions []Condition
	Numbers    []Number
}

// Condition is one diagnosis or tumour of a member. Two entries of one kind
// are two tumours of one person.
type Condition struct {
	Kind      Kind
	Age       truth.Span // years at diagnosis
	Confirmed truth.K    // by a report, not by hearsay
	Present   truth.K    // No: asked about this person and absent
}

// Number is one measurement of a member in the fact's own unit.
type Number struct {
	Fact  Fact
	Value truth.Span
	Age   truth.Span // years when it was measured
}

// Problem is something about a family that cannot be so.
type Problem struct {
	Person string // id
	Text   string // a sentence that names the person and says what to do
}

// Problems is every problem found in a family; as an error it is one line each.
type Problems []Problem

// Error gives one line a problem.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].Text
	}
	return strings.Join(lines, "\n")
}
