package ui

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
)

// Run shows the program in a window until it is closed. A fault opens a new
// window at the door; the error, a *Fault, still says what happened. Another
// error says why the rules do not cover today.
func Run(app fyne.App, win fyne.Window, opts Options) error {
	opened := time.Now()
	g, err := open(app, win, opts)
	if err != nil {
		return err
	}
	err = g.guard(win.ShowAndRun)
	var f *Fault
	if errors.As(err, &f) {
		again(f, opened)
		return err
	}
	// When the desktop ends, or something asks the program to, the window goes
	// without having been closed.
	if !g.secure() {
		return errors.New("the window was ended from outside, and the last second of typing could not be kept")
	}
	return nil
}

// afterFault tells a window that the one before it closed by a fault; its value
// says whether what was on screen was kept.
const afterFault = "KINDRED_AFTER_FAULT"

// The values of afterFault.
const (
	kept    = "kept"
	notKept = "not kept"
)

// soon is how long a window must have been open to be opened anew after a
// fault: one that fails at once would fail for ever.
const soon = 20 * time.Second

const closed = "Kindred closed because of a mistake in the program. "

// Fault is a mistake in the program that ended a window. Its words hold nothing
// that was typed or read: the kind of fault and the places in the program.
type Fault struct {
	What  string   // "runtime error: index out of range [3] with length 3"
	Where []string // "kindred/app/ui/consult.(*model).assess model.go:142", innermost first
	Kept  bool     // what was on screen is on disk
}

// Error says what happened, what is safe and what to do.
func (f *Fault) Error() string {
	return closed + f.Safe() +
		" Report these lines; they hold nothing about a patient.\n  " + f.What + "\n  " + strings.Join(f.Where, "\n  ")
}

// Safe says what is safe and what to do.
func (f *Fault) Safe() string {
	if f.Kept {
		return "Nothing is lost: what was on screen was kept. Unlock to go on; it is on Home as a draft."
	}
	return "Every saved consultation is safe; the last second of typing may be missing. Unlock and look through the draft on Home."
}

// guard runs the window; a fault in it closes the store in order and comes back
// as a *Fault.
func (g *program) guard(run func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			f := &Fault{What: kind(p), Where: places(p)}
			f.Kept = g.secure()
			err = f
		}
	}()
	run()
	return nil
}

// kind is what may be said of a fault: the runtime's own words, which hold
// numbers and types; of anything else only the type, because it may quote what
// was typed.
func kind(p any) string {
	if c, ok := p.(*kit.Carried); ok {
		p = c.Fault
	}
	if e, ok := p.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("fault of type %T", p)
}

// places names the functions that were running, without what they were given.
func places(p any) []string {
	const most = 24
	pcs := make([]uintptr, 64)
	if c, ok := p.(*kit.Carried); ok {
		pcs = c.Where
	} else {
		pcs = pcs[:runtime.Callers(3, pcs)]
	}
	var out []string
	for frames := runtime.CallersFrames(pcs); ; {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "kindred/") && len(out) < most {
			out = append(out, fmt.Sprintf("%s %s:%d", f.Function, f.File[strings.LastIndex(f.File, "/")+1:], f.Line))
		}
		if !more {
			return out
		}
	}
}

// secure puts on disk what is on screen and closes the store, without the
// window, which may be past working. It reports whether nothing is missing.
func (g *program) secure() bool {
	done := make(chan bool, 1)
	go func() {
		safe := true
		defer func() {
			if recover() != nil { // whatever broke, broke here too
				safe = false
			}
			done <- safe
		}()
		st, screen := g.st, g.consult
		if st == nil {
			return
		}
		if screen != nil {
			safe = screen.Rescue() == nil
		}
		g.st, g.svc, g.consult = nil, nil, nil
		safe = st.Close() == nil && safe
	}()
	select {
	case safe := <-done:
		return safe
	case <-time.After(10 * time.Second): // a lock held by what broke
		return false
	}
}

// again opens a new window in the place of the one that failed, and reports
// whether it could.
func again(f *Fault, opened time.Time) bool {
	if os.Getenv(afterFault) != "" && time.Since(opened) < soon {
		return false
	}
	self, err := os.Executable()
	if err != nil {
		return false
	}
	state := notKept
	if f.Kept {
		state = kept
	}
	if err := os.Setenv(afterFault, state); err != nil {
		return false
	}
	p, err := os.StartProcess(self, os.Args, &os.ProcAttr{Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}})
	return err == nil && p.Release() == nil
}

// greeting is what the door says when the window before closed by a fault,
// nothing otherwise.
func greeting() string {
	state := os.Getenv(afterFault)
	if state == "" {
		return ""
	}
	return closed + (&Fault{Kept: state == kept}).Safe()
}
