package kit

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestWhatWasCopiedGoesAndWhatOthersCopiedStays(t *testing.T) {
	app := test.NewTempApp(t)
	RunInline(true)
	Copy("FH assessment")
	if got := app.Clipboard().Content(); got != "FH assessment" {
		t.Fatalf("the clipboard holds %q", got)
	}
	ClearCopied()
	if got := app.Clipboard().Content(); got != "" {
		t.Errorf("left on the clipboard: %q", got)
	}
	Copy("FH assessment")
	app.Clipboard().SetContent("somebody else's")
	ClearCopied()
	if got := app.Clipboard().Content(); got != "somebody else's" {
		t.Errorf("another program's words became %q", got)
	}
}
