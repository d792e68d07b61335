package cliniclist

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kindred/rules"
)

// Advisor gives advice on cases: a *rules.Book.
type Advisor interface {
	Screen(c *rules.Case) ([]*rules.AreaAdvice, error)
	Areas() []rules.AreaInfo
}

// Local is an Advisor for a practice with local settings; a run puts those in
// force when it begins under every case.
type Local interface {
	Settings() (map[string]string, error)
}

// batchRows is how many rows a worker takes at a time.
const batchRows = 256

// Run advises on every row of the list as of the given day. progress, which may
// be nil, is called now and then, by one goroutine at a time. When ctx ends, the
// rows done so far are kept: the results then cover the first rows and the
// error is ctx's.
func Run(ctx context.Context, l *List, advisor Advisor, day rules.Date, progress func(done, total int)) (*Results, error) {
	on := dayOf(day)
	if on.IsZero() {
		return nil, fmt.Errorf("%q is no day; write it as 2026-11-25", string(day))
	}
	res := newResults(l, advisor.Areas(), on)
	if local, ok := advisor.(Local); ok {
		var err error
		if res.settings, err = local.Settings(); err != nil {
			return nil, err
		}
	}
	var (
		next, done atomic.Int64
		group      sync.WaitGroup
		told       sync.Mutex
	)
	total := l.Len()
	tell := func(n int) {
		d := int(done.Add(int64(n)))
		if progress != nil {
			told.Lock()
			progress(d, total)
			told.Unlock()
		}
	}
	for range max(1, min(runtime.GOMAXPROCS(0), 8)) {
		group.Go(func() {
			w := &worker{reader: newReader(l, on), advisor: advisor, res: res, same: map[string]string{}, made: map[*rules.AreaAdvice]AreaResult{}}
			w.reader.reuse = true
			for ctx.Err() == nil {
				from := int(next.Add(batchRows)) - batchRows
				if from >= total {
					return
				}
				to := min(from+batchRows, total)
				for i := from; i < to; i++ {
					if !l.Continues(i) {
						w.do(i)
					}
				}
				tell(to - from)
			}
		})
	}
	group.Wait()
	// Batches are handed out from the top and finished once begun, so what is
	// done is a stretch from the first row on.
	res.keep(min(int(done.Load()), total))
	res.findRepeats()
	res.carryOn()
	if err := ctx.Err(); err != nil && res.Len() < total {
		return res, fmt.Errorf("stopped after %d of %d rows: %w", res.Len(), total, err)
	}
	return res, nil
}

// worker advises on rows one after another.
type worker struct {
	reader  *reader
	advisor Advisor
	res     *Results
	same    map[string]string // texts that come again, kept once
	made    map[*rules.AreaAdvice]AreaResult
}

// do advises on row i. What the rules cannot take is a rejected row, not the
// end of the list.
func (w *worker) do(i int) {
	row := w.reader.read(i)
	s := &w.res.rows[i]
	s.nhs, s.born = row.Who.NHSNumber, row.Who.Born
	s.note = w.once(strings.Join(row.Warnings, "; "))
	if len(row.Rejected) > 0 {
		s.why = w.once(strings.Join(row.Rejected, "\n"))
		return
	}
	row.Case.Settings = w.res.settings
	advice, err := w.screen(row.Case)
	if err != nil {
		s.why = w.once(err.Error())
		return
	}
	n := len(w.res.areas)
	for k := range min(n, len(advice)) {
		at := &w.res.advice[i*n+k]
		*at = w.resultOf(advice[k])
		if at.Urgent && row.Doubt != "" {
			at.Reason = w.once(row.Doubt + "; " + at.Reason) // nobody is called in on a slip of the pen
		}
	}
}

// maxMade bounds what is kept of advice that rows share.
const maxMade = 1 << 14

// resultOf puts advice into the words of a list, once for all rows that share it.
func (w *worker) resultOf(a *rules.AreaAdvice) AreaResult {
	if out, ok := w.made[a]; ok {
		return out
	}
	out := AreaResult{Outcome: a.Outcome, Urgent: a.Urgent, Code: a.Code}
	out.Reason = w.once(reasonOf(a, &out.Urgent))
	out.Ask = w.once(a.NextStep())
	if len(w.made) < maxMade {
		w.made[a] = out
	}
	return out
}

// reasonOf is the advice's reason. An urgent flag that stands beside another
// outcome must not be missed in a list: it comes first.
func reasonOf(a *rules.AreaAdvice, urgent *bool) string {
	reason := a.Reason
	if a.Urgent {
		return reason
	}
	for i := range a.Flags {
		if a.Flags[i].Urgent {
			*urgent = true
			reason = a.Flags[i].Text + "; " + reason
		}
	}
	return reason
}

var errFault = errors.New("the rules could not be applied to this row because of a mistake in the program; please report it")

// screen keeps one impossible case from ending the whole list.
func (w *worker) screen(c *rules.Case) (advice []*rules.AreaAdvice, err error) {
	defer func() {
		if recover() != nil {
			err = errFault // what the fault says may quote another row
		}
	}()
	return w.advisor.Screen(c)
}

// once keeps one copy of texts that come again.
func (w *worker) once(s string) string {
	if s == "" {
		return ""
	}
	if kept, ok := w.same[s]; ok {
		return kept
	}
	if len(w.same) < 1<<16 {
		w.same[s] = s
	}
	return s
}

// carryOn gives the rows of one patient the advice of their first. A group that
// was cut by stopping the run is whole all the same: its first row saw it all.
func (r *Results) carryOn() {
	n := len(r.areas)
	for i := range r.rows {
		if !r.list.Continues(i) {
			continue
		}
		from := r.list.groupStart(i)
		r.rows[i] = r.rows[from]
		r.rows[i].note = fmt.Sprintf("read together with row %d", r.list.RowNumber(from))
		copy(r.advice[i*n:(i+1)*n], r.advice[from*n:(from+1)*n])
	}
}

// findRepeats compares rows of one NHS number. With two dates of birth it is
// not known whose results they are: all of them are rejected. Otherwise each
// row stands, and says which other rows are the same person's.
func (r *Results) findRepeats() {
	first := make(map[string]int, len(r.rows))
	again := map[string][]int{} // all rows of numbers that come more than once
	for i := range r.rows {
		nhs := r.rows[i].nhs
		if nhs == "" || r.list.Continues(i) {
			continue
		}
		at, seen := first[nhs]
		switch {
		case !seen:
			first[nhs] = i
		case again[nhs] == nil:
			again[nhs] = []int{at, i}
		default:
			again[nhs] = append(again[nhs], i)
		}
	}
	r.people = len(first)
	for _, all := range again {
		born := map[rules.Date]bool{}
		for _, i := range all {
			if b := r.rows[i].born; b != "" {
				born[b] = true
			}
		}
		for _, i := range all {
			others := r.otherRows(all, i)
			if len(born) > 1 {
				r.reject(i, "the same NHS number stands in "+others+" with another date of birth")
				continue
			}
			r.rows[i].note = joinNotes(r.rows[i].note, "the same NHS number stands in "+others+" too")
		}
	}
}

func (r *Results) otherRows(all []int, self int) string {
	var n []string
	for _, i := range all {
		if i != self && len(n) < 5 {
			n = append(n, fmt.Sprint(r.list.RowNumber(i)))
		}
	}
	word := "row "
	if len(n) > 1 {
		word = "rows "
	}
	return word + strings.Join(n, ", ")
}

func (r *Results) reject(i int, why string) {
	s := &r.rows[i]
	if s.why != "" {
		why = s.why + "\n" + why
	}
	s.why = why
	clear(r.advice[i*len(r.areas) : (i+1)*len(r.areas)])
}

func joinNotes(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// Today is a day as the rules take it.
func Today(t time.Time) rules.Date { return dateOf(t) }
