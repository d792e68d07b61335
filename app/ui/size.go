package ui

import (
	"io"
	"os"
	"strconv"

	"kindred/app/ui/look"
	"kindred/app/ui/shell"
)

type writer = io.Writer

// sizes are the text sizes, in parts of the normal one.
var sizes = []float64{1, 1.25, 1.5, 2}

// resize changes the size of everything: the toolkit reads its scale from the
// environment, and looks again when the theme is set.
func (g *program) resize(c shell.Command) {
	switch c {
	case shell.Bigger:
		g.size = min(len(sizes)-1, g.size+1)
	case shell.Smaller:
		g.size = max(0, g.size-1)
	default:
		g.size = 0
	}
	if err := os.Setenv("FYNE_SCALE", strconv.FormatFloat(sizes[g.size], 'f', -1, 64)); err != nil {
		g.frame.Say(err.Error())
		return
	}
	g.app.Settings().SetTheme(look.New(g.kind))
	g.frame.Say("Text size " + strconv.Itoa(int(sizes[g.size]*100)) + " %")
}

// screens are the screens of the tabs that no package of its own starts.
func (g *program) screens() map[shell.Tab]shell.Screen { return map[shell.Tab]shell.Screen{} }
