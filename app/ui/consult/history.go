package consult

import (
	"fyne.io/fyne/v2"

	domain "kindred/app/consult"
	"kindred/rules"
)

// history is what undo and redo go through: every change since the
// consultation was opened, without end.
type history struct {
	undone  []state // to come back to by redo, the latest last
	done    []state // to go back to by undo, the latest last
	last    state   // as of the last recorded change
	lastKey string  // the fact of the last change
	place   Step    // the step shown: where a change is made

	restoring bool // what boxes hold gives way to the record, read or not
}

// state is a consultation at one moment, with the step on which the change
// after it was made.
type state struct {
	kase  rules.Case
	id    domain.Identity
	notes string
	step  Step
}

func (m *model) state() state {
	return state{kase: cloneCase(&m.rec.Case), id: m.rec.Identity, notes: m.rec.Notes, step: m.place}
}

// remember makes a change one that can be taken back. A fact typed letter by
// letter is one change as long as its key stays the same.
func (m *model) remember(key string) {
	if key == "" || key != m.lastKey {
		m.last.step = m.place
		m.done = append(m.done, m.last)
	}
	m.lastKey, m.undone = key, nil
	m.last = m.state()
}

// undoLast takes the last change back, redoLast makes it again; false when
// there is none. at is the step on which it was made.
func (m *model) undoLast() (at Step, ok bool) { return m.travel(&m.done, &m.undone) }

func (m *model) redoLast() (at Step, ok bool) { return m.travel(&m.undone, &m.done) }

func (m *model) travel(from, to *[]state) (Step, bool) {
	n := len(*from)
	if n == 0 {
		return m.place, false
	}
	target := (*from)[n-1]
	*from = (*from)[:n-1]
	left := m.last
	left.step = target.step
	*to = append(*to, left)
	m.rec.Case, m.rec.Notes, m.rec.Identity = cloneCase(&target.kase), target.notes, target.id
	m.last, m.lastKey = target, ""
	m.seq++
	m.assess()
	m.keepSoon()
	return target.step, true
}

// takeBack undoes the change of that key when it was the last one, and leaves
// nothing to redo: what is being typed replaces what was typed so far.
func (m *model) takeBack(key string) bool {
	if m.lastKey != key || key == "" || len(m.done) == 0 {
		return false
	}
	var dropped []state
	_, ok := m.travel(&m.done, &dropped)
	return ok
}

// settle ends a change that was typed letter by letter: the next of its key is
// another one.
func (m *model) settle() { m.lastKey = "" }

// travel takes the last change back, or makes it again, on the step where it
// was made.
func (s *Screen) travel(redo bool) {
	move, none, done := s.m.undoLast, "Nothing to undo", "The last change was taken back. Ctrl Y makes it again"
	if redo {
		move, none, done = s.m.redoLast, "Nothing to redo", "Made again. Ctrl Z takes it back"
	}
	at, ok := move()
	if !ok {
		s.host.Say(none)
		return
	}
	// A box with the keyboard keeps its text while it is synced, and so does one
	// that could not be read: let go of both.
	cv := fyne.CurrentApp().Driver().CanvasForObject(s.root)
	var held fyne.Focusable
	if cv != nil {
		held = cv.Focused()
		cv.Unfocus()
	}
	s.m.restoring = true
	for _, pg := range s.pages {
		pg.sync()
	}
	s.m.restoring = false
	switch {
	case at != s.step || at == FamilyStep:
		s.Open(at)
	case cv != nil && held != nil:
		cv.Focus(held)
	}
	s.refresh()
	s.host.Say(done)
}
