package unlock

import (
	"errors"
	"time"

	"kindred/app/store"
	"kindred/app/ui/kit"
)

// Rescuer is what the door asks when the consultations file is damaged, or
// older than it was. Every method may take seconds: a copy is proved before
// anything is moved.
type Rescuer interface {
	// Newest is when the newest copy was made that the program keeps by itself.
	Newest() (when time.Time, ok bool)
	// PutBack replaces the consultations by that copy and opens it. What was
	// there is kept in a folder beside it.
	PutBack(passphrase string) error
	// OpenAsItIs opens a file of which saves are missing.
	OpenAsItIs(passphrase string) error
}

// rescue is the way out of a file that does not open.
type rescue struct {
	s      *Screen
	on     bool
	older  bool // else damaged
	when   time.Time
	copied bool // there is a copy

	back *kit.Press
	asIs *kit.Press
}

func newRescue(s *Screen) *rescue {
	r := &rescue{s: s}
	r.back = kit.NewButton(kit.Plain, "", "Put the newest copy back", r.putBack)
	r.back.Words = "The copy is proved with the passphrase first; what is there now is kept beside it"
	r.asIs = kit.NewButton(kit.Danger, "", "Open as it is", r.open)
	r.asIs.Words = "The saves that are missing stay missing"
	return r
}

// offer looks whether an error of opening has a way out here.
func (r *rescue) offer(err error) {
	v, ok := r.s.vault.(Rescuer)
	r.older = errors.Is(err, store.ErrOlder)
	r.on = ok && r.s.mode == Unlock && (r.older || errors.Is(err, store.ErrDamaged))
	if r.on {
		r.when, r.copied = v.Newest()
	}
}

// say is what stands in the message; the store's own sentence names a command
// that this page makes unnecessary.
func (r *rescue) say() (bold, text string) {
	bold, text = "The consultations file is damaged.", "Nothing was changed."
	if r.older {
		bold, text = "Saves are missing.", "The consultations file is older than it was when last closed: an earlier state was put in its place, or the disk lost the last saves."
	}
	if r.copied {
		return bold, text + " The newest copy on this computer is of " + r.stamp() + "."
	}
	return bold, text + " There is no copy in the data folder. A copy kept elsewhere is put back with kindred-cli store restore FILE."
}

func (r *rescue) stamp() string { return r.when.Local().Format("02-Jan-2006, 15:04") }

// draw writes the message and the ways out; it returns the height taken.
func (r *rescue) draw(p *kit.Pen, x, y, w float32) float32 {
	bold, text := r.say()
	h := p.Message(x, y, w, kit.ToneUrgent, "urg", bold, text) + 10
	bx := x
	if r.copied {
		p.Put(r.back, bx, y+h, r.back.Width(), 32)
		bx += r.back.Width() + 12
	}
	if r.older {
		p.Put(r.asIs, bx, y+h, r.asIs.Width(), 32)
	}
	if r.copied || r.older {
		h += 44
	}
	return h
}

func (r *rescue) putBack() {
	v, ok := r.s.vault.(Rescuer)
	if !ok || r.s.busy {
		return
	}
	pass := r.s.pass.Text()
	kit.Confirm(r.s.win.Canvas(), "Put the copy of "+r.stamp()+" back?",
		"It replaces the consultations file. Consultations saved since then are not in it. What is there now is kept, sealed, in a folder beside it.",
		"Put copy back", func() { r.s.run(func() error { return v.PutBack(pass) }, r.s.done) })
}

func (r *rescue) open() {
	v, ok := r.s.vault.(Rescuer)
	if !ok || r.s.busy {
		return
	}
	pass := r.s.pass.Text()
	kit.Confirm(r.s.win.Canvas(), "Open the older file as it is?",
		"The saves that are missing stay missing, and new ones go on from here. The audit trail notes it.",
		"Open as it is", func() { r.s.run(func() error { return v.OpenAsItIs(pass) }, r.s.done) })
}

// height is how much higher the form is with a way out.
func (r *rescue) height() float32 {
	if !r.on {
		return 0
	}
	return 130
}
