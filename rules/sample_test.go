package rules

import (
	"math/rand/v2"
	"testing"
)

// TestManyCompletionsAtOnceGiveWhatEachGivesAlone draws completions of random
// undecided patients, and works them out in lanes and one by one.
func TestManyCompletionsAtOnceGiveWhatEachGivesAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 4))
	rounds := 60
	if testing.Short() {
		rounds = 10
	}
	for _, a := range areasUnderTest(t) {
		compared := 0
		for range rounds {
			s := a.newState()
			scramble(a, s, r, 0.4+0.5*r.Float64())
			s.tumours = s.tumours[:0] // tumours are worked out one by one as it is
			a.evaluate(s)
			x := &teller{a: a, s: s}
			open := x.open()
			for _, gates := range []bool{false, true} {
				list := x.asks(open, a.live(open, gates))
				if open.firm() || len(list) == 0 {
					continue
				}
				compared++
				outcomes := func(apart bool) [samples]uint8 {
					var m sampler
					work, draws := a.copyOf(open), x.draws(open, list)
					m.start(x, work, draws)
					if m.apart {
						t.Fatalf("%s: without a tumour nothing needs to be worked out one by one", a.src.id)
					}
					m.apart = apart
					m.draw(x, work, draws, len(list), gates)
					return m.outcomes
				}
				lanes, alone := outcomes(false), outcomes(true)
				for n := range lanes {
					if lanes[n] != alone[n] {
						t.Fatalf("%s, completion %d: %d in its lane, %d alone", a.src.id, n, lanes[n], alone[n])
					}
				}
			}
		}
		if a.src.id == "fh" && compared == 0 {
			t.Error("no undecided patient was drawn")
		}
	}
}
