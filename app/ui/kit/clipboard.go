package kit

import (
	"time"

	"fyne.io/fyne/v2"
)

// clipFor is how long words that were copied lie on the clipboard, where every
// program of the desktop can read them. It is long enough to go to another
// window and paste.
const clipFor = 30 * time.Second

// CopiedFor says it to whoever copied.
const CopiedFor = "Copied for 30 seconds."

var copied string

// Copy puts words on the clipboard and takes them off again after half a
// minute, unless something else lies there by then.
func Copy(words string) {
	copied = words
	fyne.CurrentApp().Clipboard().SetContent(words)
	After(clipFor, func() {
		if copied == words {
			ClearCopied()
		}
	})
}

// ClearCopied takes what was copied off the clipboard at once; what another
// program put there stays.
func ClearCopied() {
	if clip := fyne.CurrentApp().Clipboard(); copied != "" && clip.Content() == copied {
		clip.SetContent("")
	}
	copied = ""
}
