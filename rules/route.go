package rules

import (
	"kindred/rules/truth"
)

// route walks the rows. Row i is possible if its condition is not no and no
// earlier row is surely yes; its gates are tried in the same way. Without gates
// it tells what the patient qualifies for.
func (a *Area) route(s *state, gates bool) {
	var endings uint64
	var outs uint8
	add := func(e int32) {
		endings |= 1 << e
		outs |= 1 << a.endings[e].bit
	}
	for i := range a.rows {
		r := &a.rows[i]
		k := truth.Yes
		if r.when >= 0 {
			k = s.values[r.when]
		}
		if !k.CanBe(truth.Yes) {
			continue
		}
		closed := false
		if gates {
			for g, n := range r.gates {
				v := s.values[n]
				if v.CanBe(truth.Yes) {
					add(r.first + int32(g))
				}
				if v == truth.Yes {
					closed = true
					break
				}
			}
		}
		if !closed {
			add(r.first + int32(len(r.gates)))
		}
		if k == truth.Yes {
			break
		}
	}
	s.endings, s.outcomes = endings, outs
}

// firm reports whether every possible ending has the same outcome.
func (s *state) firm() bool { return s.outcomes&(s.outcomes-1) == 0 }

// outcomeBit is the bit of the outcome advised: the one all endings share, else
// that of more_information.
func (a *Area) outcomeBit(s *state) uint8 {
	if s.firm() {
		return s.outcomes
	}
	return 1 << moreInformation
}

// moreInformation is the position of that outcome.
const moreInformation = 5
