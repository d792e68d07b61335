package kit

import (
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
		work()
		fyne.Do(then)
	}()
}

// After runs f on the UI goroutine after a while, unless stop is called first.
func After(d time.Duration, f func()) (stop func()) {
	if inline {
		return func() {}
	}
	t := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { t.Stop() }
}
