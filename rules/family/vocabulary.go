// Package family knows people and how they are related by blood, and answers
// the declarative questions that rules ask about relatives.
//
// Everything is three-valued. A relative whose illness nobody asked about, an
// age nobody knows, a pair who may be full or half siblings: each leaves the
// answer open instead of making it a no.
package family

import "math/bits"

// Kind is the small number by which a Vocabulary knows a condition.
type Kind uint8

// Fact is the small number by which a Vocabulary knows a number fact.
type Fact uint8

// Topic is the small number by which a Vocabulary knows a topic that is asked
// for whole families ("heart").
type Topic uint8

// Vocabulary names the conditions, number facts and topics that Members use.
// Positions in its lists are the Kind, Fact and Topic numbers.
type Vocabulary struct {
	Conditions []ConditionDef // at most 256
	Numbers    []NumberDef    // at most 256
	Topics     []string       // at most 64
}

// ConditionDef is what the family rules must know about a condition.
type ConditionDef struct {
	ID      string
	Label   string // "endometrial cancer", for messages
	Topic   Topic
	OnlySex Sex // the only sex at birth that can have it; SexUnknown for no limit
}

// NumberDef is what the family rules must know about a number fact.
type NumberDef struct {
	ID    string
	Label string
	Topic Topic // silence about the number is a no only once this was asked
}

// Sex is sex at birth.
type Sex uint8

// The sexes at birth; gender is not a matter for rules.
const (
	SexUnknown Sex = iota
	Female
	Male
)

// ParseSex reads "female", "male", "unknown" or nothing; ok is false for
// anything else.
func ParseSex(s string) (sex Sex, ok bool) {
	switch s {
	case "female":
		return Female, true
	case "male":
		return Male, true
	case "", "unknown":
		return SexUnknown, true
	}
	return SexUnknown, false
}

// String gives the word of the case form.
func (s Sex) String() string {
	switch s {
	case Female:
		return "female"
	case Male:
		return "male"
	}
	return "unknown"
}

// Sides is a set of sides of the family as the patient sees it. Full siblings,
// their descendants and the patient's own descendants are on both.
type Sides uint8

// The sides.
const (
	Maternal Sides = 1 << iota
	Paternal
	BothSides = Maternal | Paternal
)

// String names the sides.
func (s Sides) String() string {
	switch s {
	case Maternal:
		return "maternal"
	case Paternal:
		return "paternal"
	case BothSides:
		return "both sides"
	}
	return "no side"
}

// Set is a set of condition kinds.
type Set [4]uint64

// SetOf is the set of the kinds given.
func SetOf(kinds ...Kind) (s Set) {
	for _, k := range kinds {
		s.Add(k)
	}
	return s
}

// Add puts a kind into the set.
func (s *Set) Add(k Kind) { s[k>>6] |= 1 << (k & 63) }

// Has reports whether the kind is in the set.
func (s *Set) Has(k Kind) bool { return s[k>>6]>>(k&63)&1 != 0 }

// Empty reports whether nothing is in the set.
func (s *Set) Empty() bool { return s[0]|s[1]|s[2]|s[3] == 0 }

// Len is how many kinds are in the set.
func (s *Set) Len() int {
	return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) + bits.OnesCount64(s[2]) + bits.OnesCount64(s[3])
}

// meets reports whether the sets share a kind.
func (s *Set) meets(t *Set) bool {
	return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3] != 0
}

// covers reports whether t is a subset of s.
func (s *Set) covers(t *Set) bool {
	return t[0]&^s[0]|t[1]&^s[1]|t[2]&^s[2]|t[3]&^s[3] == 0
}
