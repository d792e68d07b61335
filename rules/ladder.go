package rules

import (
	"math/bits"
	"slices"
	"strings"

	"kindred/rules/truth"
)

// LaterStep is a step of a pathway that may follow the next one.
type LaterStep struct {
	Step    string `json:"step"`    // its id
	Text    string `json:"text"`    // in words
	Verdict string `json:"verdict"` // yes: germline test offered; no: the pathway ends; unknown: another step follows
	If      string `json:"if"`      // the results that lead to it: "BRAF V600E: not found (wild type)"
}

// inTable is what the columns of a pathway's table can still be for a tumour.
func (a *Area) inTable(s *state, ts *tumourState, w *pathway) box {
	var b box
	for col, slot := range w.table.cols {
		sl := &a.slots[slot]
		switch {
		case sl.kind == slotYesNo && sl.tumour:
			b[col] = uint32(ts.yesNo[sl.at])
		case sl.kind == slotYesNo:
			b[col] = uint32(s.yesNo[sl.at])
		case sl.tumour:
			b[col] = ts.choice[sl.at]
		default:
			b[col] = s.choices[sl.at]
		}
	}
	return b
}

// ladder is what may come after a step of a pathway, as the table has it: one
// test after the other, each result tried. Tests asked for several at a time
// (the four stains) and results that are none (failed, not done) lead nowhere
// that could be told in a line, and are left out. Outstanding steps come first,
// then the offer of a germline test, then the ends.
func (x *teller) ladder(t, p, step int) []LaterStep {
	l := ladder{x: x, w: &x.a.pathways[p], seen: map[int]int{}}
	l.climb(x.a.inTable(x.s, &x.s.tumours[t], l.w), step)
	rank := map[string]int{truth.Unknown.String(): 0, truth.Yes.String(): 1, truth.No.String(): 2}
	slices.SortStableFunc(l.out, func(a, b LaterStep) int { return rank[a.Verdict] - rank[b.Verdict] })
	return l.out
}

type ladder struct {
	x    *teller
	w    *pathway
	asks uint16      // columns tried on the way here
	seen map[int]int // step to its place in out
	out  []LaterStep
}

// climb tries every result of the test that a step asks for.
func (l *ladder) climb(from box, step int) {
	col := l.column(step)
	if col < 0 || l.asks>>col&1 != 0 {
		return
	}
	l.asks |= 1 << col
	defer func() { l.asks &^= 1 << col }()
	def := l.x.a.slots[l.w.table.cols[col]].fact
	leads := map[int]uint32{}
	var order []int
	for i := range def.Choices {
		if noResult(def.Choices[i].Value) {
			continue
		}
		next := from
		next[col] = 1 << i
		steps, _ := l.w.table.steps(next, &l.x.s.split)
		if bits.OnesCount64(steps) != 1 {
			continue
		}
		to := bits.TrailingZeros64(steps)
		if leads[to] == 0 {
			order = append(order, to)
		}
		leads[to] |= 1 << i
	}
	for _, to := range order {
		l.add(to, def, leads[to])
	}
	for _, to := range order {
		next := from
		next[col] = leads[to] & -leads[to]
		l.climb(next, to)
	}
}

// column is the column of the one test that a step asks for, -1 when it asks
// for none or for several at once.
func (l *ladder) column(step int) int {
	ask := l.w.def.steps[step].Fact
	for col, slot := range l.w.table.cols {
		if sl := &l.x.a.slots[slot]; sl.fact.ID == ask && sl.tumour && sl.kind == slotChoice && sl.fact.Together == "" {
			return col
		}
	}
	return -1
}

func (l *ladder) add(step int, def *FactDef, results uint32) {
	at, ok := l.seen[step]
	if !ok {
		at = len(l.out)
		l.seen[step] = at
		l.out = append(l.out, LaterStep{Step: l.w.def.steps[step].ID, Text: l.w.def.steps[step].Text, Verdict: l.w.verdict[step].String()})
	}
	var labels []string
	for m := results; m != 0; m &= m - 1 {
		labels = append(labels, lowered(def.Choices[bits.TrailingZeros32(m)].Label))
	}
	text := l.x.a.brief(def) + ": " + strings.Join(labels, " or ")
	if had := l.out[at].If; had == "" {
		l.out[at].If = text
	} else if !strings.Contains(had, text) {
		l.out[at].If = had + "; or " + text
	}
}

// noResult tells a test that gave no answer.
func noResult(choice string) bool { return choice == "failed" || choice == "not_done" }
