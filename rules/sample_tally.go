package rules

import (
	"math"
	"slices"
)

// tally counts outcomes by answer.
type tally struct {
	cells []tallied
	table [2 * samples]int16 // of the cells by answer, one more than their place; 0 is free
}

// tallied is one answer with how often each outcome came with it.
type tallied struct {
	answer uint64
	counts [8]int
}

// information is the mutual information in bits of the outcome and the answer
// to question q of n, with the usual correction for small samples.
func (m *sampler) information(q, n int) float64 {
	t := &m.tallies
	t.cells = t.cells[:0]
	clear(t.table[:])
	var total [8]int
	for i := range samples {
		o := m.outcomes[i] & 7
		total[o]++
		t.cell(m.answers[i*n+q]).counts[o]++
	}
	h, cells, outs := 0.0, 0, 0
	for _, n := range total {
		if n > 0 {
			outs++
			p := float64(n) / samples
			h -= p * math.Log2(p)
		}
	}
	// The same sum in the same order every time.
	slices.SortFunc(t.cells, func(a, b tallied) int {
		if a.answer < b.answer {
			return -1
		}
		return 1
	})
	for i := range t.cells {
		c := &t.cells[i].counts
		n := 0
		for _, v := range c {
			n += v
		}
		for _, v := range c {
			if v > 0 {
				cells++
				p := float64(v) / float64(n)
				h += float64(v) / samples * math.Log2(p)
			}
		}
	}
	bias := float64(cells-len(t.cells)-outs+1) / (2 * samples * math.Ln2)
	return math.Max(0, h-math.Max(bias, 0))
}

// cell finds or adds the cell of an answer.
func (t *tally) cell(answer uint64) *tallied {
	const mask = 2*samples - 1
	at := answer * 0x9E3779B97F4A7C15 >> 54 & mask
	for ; t.table[at] != 0; at = (at + 1) & mask {
		if c := &t.cells[t.table[at]-1]; c.answer == answer {
			return c
		}
	}
	t.cells = append(t.cells, tallied{answer: answer})
	t.table[at] = int16(len(t.cells))
	return &t.cells[len(t.cells)-1]
}
