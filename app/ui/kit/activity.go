package kit

import "time"

// lastActivity is when somebody last typed, clicked or moved over a control.
// Only the UI goroutine writes and reads it.
var lastActivity = time.Now()

func active() { lastActivity = time.Now() }

// LastActivity is when the program was last touched, for locking when nobody is
// there. Call it on the UI goroutine.
func LastActivity() time.Time { return lastActivity }
