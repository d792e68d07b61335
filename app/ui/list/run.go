package list

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"kindred/app/cliniclist"
	"kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
)

// runStage is work over the whole list: advising on it, keeping it.
type runStage struct {
	verb   string // "Assessing", "Keeping"
	total  int
	done   atomic.Int64
	began  time.Time
	ended  time.Time
	stop   context.CancelFunc
	kept   string // what keeping did, in words
	err    error
	going  bool
	rows   int
	cancel *kit.Press
}

// showAfter is how long work goes on in silence.
const showAfter = 300 * time.Millisecond

func (s *Screen) makeRun() {
	s.run.cancel = kit.NewButton(kit.Plain, "close", "Cancel", func() {
		if s.run.stop != nil {
			s.run.stop()
		}
	})
	s.run.cancel.Words = "Stop; the rows done so far are kept"
}

// begin starts work over n rows and keeps the progress moving on screen.
func (s *Screen) begin(verb string, n int) context.Context {
	ctx, stop := context.WithCancel(context.Background())
	r := &s.run
	r.verb, r.total, r.stop, r.going, r.err = verb, n, stop, true, nil
	r.began = time.Now()
	r.done.Store(0)
	s.changed()
	s.poll()
	return ctx
}

// poll draws the progress while work goes on.
func (s *Screen) poll() {
	kit.After(120*time.Millisecond, func() {
		if s.run.going {
			s.root.Redraw()
			s.poll()
		}
	})
}

func (s *Screen) end(err error) {
	r := &s.run
	r.going, r.ended, r.err = false, time.Now(), err
	r.stop()
}

// startRun advises on every row.
func (s *Screen) startRun() {
	if s.cols.trouble != nil || s.run.going {
		return
	}
	s.stage = running
	list, day := s.list, s.svc.Today()
	ctx := s.begin("Assessing", list.Len())
	s.focus()
	var res *cliniclist.Results
	var rows []entry
	var err error
	kit.Background(func() {
		s.remember(ctx, list)
		res, err = cliniclist.Run(ctx, list, s.book.Advisor, day, func(done, _ int) { s.run.done.Store(int64(done)) })
		if res != nil {
			rows = entries(res, s.valueFacts(list))
		}
	}, func() {
		s.end(err)
		if s.list != list { // put away in the meantime
			return
		}
		if res == nil {
			s.stage, s.cols.trouble = columns, err
			s.changed()
			return
		}
		s.run.rows = res.Len()
		s.stage = review
		s.results = s.newReview(res, rows)
		s.changed()
		s.focus()
	})
}

// keep saves every row as a sealed consultation.
func (s *Screen) keep() {
	if s.run.going || s.results == nil {
		return
	}
	res := s.results.res
	ctx := s.begin("Keeping", res.Len())
	var got consult.Imported
	var err error
	kit.Background(func() {
		got, err = s.svc.SaveResults(ctx, res, func(done int) { s.run.done.Store(int64(done)) })
	}, func() {
		s.end(err)
		s.run.kept = fmt.Sprintf("%s kept: %s new, %s changed, %s as before",
			words.Plural(got.Added+got.Changed+got.Unchanged, "consultation", "consultations"), words.Count(got.Added), words.Count(got.Changed), words.Count(got.Unchanged))
		if errors.Is(err, context.Canceled) {
			s.run.kept += "; keeping again adds the rest"
			s.run.err = nil
		}
		s.host.Say(s.run.kept)
		s.changed()
	})
}

// took says how long the last assessment took.
func (r *runStage) took() string {
	d := r.ended.Sub(r.began).Round(100 * time.Millisecond)
	if r.verb != "Assessing" || d <= 0 {
		return words.Plural(r.rows, "row", "rows") + " assessed"
	}
	return fmt.Sprintf("Assessed %s in %.1f s", words.Plural(r.rows, "row", "rows"), d.Seconds())
}

// words are the progress in words, and the time that is left.
func (r *runStage) words() (text, left string, share float32) {
	done := int(r.done.Load())
	text = fmt.Sprintf("%s %s of %s", r.verb, words.Count(done), words.Count(r.total))
	if r.total > 0 {
		share = float32(done) / float32(r.total)
	}
	if spent := time.Since(r.began); done > 0 && spent > time.Second {
		rest := time.Duration(float64(spent) / float64(done) * float64(r.total-done))
		left = fmt.Sprintf("about %d s left", int(rest.Seconds())+1)
	}
	return text, left, share
}

// drawProgress is a card with the work that is going on.
func (s *Screen) drawProgress(p *kit.Pen, x, y, w float32) {
	text, left, share := s.run.words()
	p.Card(x, y, w, 58)
	cw := s.run.cancel.Small() + 8
	p.Text(x+14, y+10, w-cw-130, text, kit.Body.B(), kit.Left)
	p.Text(x+14, y+12, w-cw-42, left, kit.Caption, kit.Right)
	p.Progress(x+14, y+38, w-cw-42, share)
	p.Put(s.run.cancel, x+w-cw-6, y+15, cw-8, 28)
}

func (s *Screen) drawRun(p *kit.Pen, top float32) {
	w := min(640, p.W-48)
	x, y := (p.W-w)/2, top+max(40, p.H/2-top-80)
	if time.Since(s.run.began) < showAfter && s.run.going {
		return
	}
	s.drawProgress(p, x, y, w)
	p.Note(x, y+72, w, "info", "Another screen may be opened meanwhile; the run goes on.", look.Muted)
}
