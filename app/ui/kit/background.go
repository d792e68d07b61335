package kit

import (
	"runtime"
	"time"

	"fyne.io/fyne/v2"
)

// inline makes Background and After deterministic for tests: the toolkit's test
// driver has no UI goroutine to come back to.
var inline bool

// RunInline makes Background work at once and After never fire, for tests.
func RunInline(on bool) { inline = on }

// Background runs work away from the UI goroutine and then, on it, then.
func Background(work, then func()) {
	if inline {
		work()
		then()
		return
	}
	go func() {
		defer func() {
			if p := recover(); p != nil { // the window ends in order, on its own goroutine
				where := make([]uintptr, 64)
				fault := &Carried{p, where[:runtime.Callers(2, where)]}
				fyne.Do(func() { panic(fault) })
			}
		}()
		work()
		fyne.Do(then)
	}()
}

// Carried is a fault of background work on its way to the UI goroutine.
type Carried struct {
	Fault any
	Where []uintptr // the callers, as runtime.Callers gives them
}

// After runs f on the UI goroutine after a while, unless stop is called first.
func After(d time.Duration, f func()) (stop func()) {
	if inline {
		return func() {}
	}
	t := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { t.Stop() }
}
