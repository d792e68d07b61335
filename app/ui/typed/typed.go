// Package typed reads what people type into boxes: numbers with or without a
// unit, ages and dates as precise as they are known. It never guesses: a text
// with two readings is given back with both, and a text it cannot read says so.
package typed

// State is what came of reading a text.
type State int

// The states, from nothing to nonsense. Only Good and Unusual carry a value.
const (
	Empty State = iota
	Good
	Unusual    // possible, but outside what is plausible: asked again
	Impossible // outside what is possible: not used
	Ambiguous  // two readings
	Unreadable
)

// Usable tells whether the reading has a value to work with.
func (s State) Usable() bool { return s == Good || s == Unusual }

// Cure is a replacement offered beside the box.
type Cure struct {
	Label string // "Make it 8.1"
	Text  string // what the box then holds
}
