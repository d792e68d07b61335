// Package truth holds the values the rules compute with: what is still possible.
//
// A yes/no fact is the set of answers it may still have, a number is a span, a
// score is the set of totals that can still be reached. Every operation maps
// sets to sets, so that filling in a missing fact can only narrow a result,
// never overturn it (reference: engine.md §2).
package truth

// K is the set of answers a yes/no question can still have.
type K uint8

// The four sets. Never is the empty set: no completion is left, which only
// contradictory input can produce.
const (
	Never   K = 0
	Yes     K = 1
	No      K = 2
	Unknown K = Yes | No
)

// Of returns Yes for true and No for false.
func Of(b bool) K {
	if b {
		return Yes
	}
	return No
}

// CanBe reports whether answer v is still possible.
func (a K) CanBe(v K) bool { return a&v != 0 }

// And is Kleene's conjunction:
//
//	and | yes no  ?
//	yes | yes no  ?
//	no  | no  no  no
//	?   | ?   no  ?
func (a K) And(b K) K { return (a & b & Yes) | ((a | b) & No) }

// Or is Kleene's disjunction:
//
//	or  | yes no  ?
//	yes | yes yes yes
//	no  | yes no  ?
//	?   | yes ?   ?
func (a K) Or(b K) K { return ((a | b) & Yes) | (a & b & No) }

// Not swaps the two answers; not known stays not known.
func (a K) Not() K { return (a&Yes)<<1 | (a&No)>>1 }

// String gives the word used on screen and in JSON: yes, no or unknown.
func (a K) String() string {
	switch a {
	case Yes:
		return "yes"
	case No:
		return "no"
	case Unknown:
		return "unknown"
	}
	return "never"
}
