package ui

import (
	"io"
	"os"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"kindred/app/ui/look"
	"kindred/app/ui/shell"
)

type writer = io.Writer

// sizes are the text sizes, in parts of the normal one.
var sizes = []float64{1, 1.25, 1.5, 2}

// baseScale is the scale the program was started with.
var baseScale = func() float64 {
	if v, err := strconv.ParseFloat(os.Getenv("FYNE_SCALE"), 64); err == nil && v > 0 {
		return v
	}
	return 1
}()

// resize changes the size of everything: the toolkit reads its scale from the
// environment, and looks again when the theme is set.
func (g *program) resize(c shell.Command) {
	if time.Since(g.sized) > time.Second { // sooner, the window is still settling
		// in pixels of the normal text size
		px := float32(sizes[g.size])
		size := g.win.Canvas().Size()
		g.pixels = fyne.NewSize(size.Width*px, size.Height*px)
	}
	g.sized = time.Now()
	switch c {
	case shell.Bigger:
		g.size = min(len(sizes)-1, g.size+1)
	case shell.Smaller:
		g.size = max(0, g.size-1)
	default:
		g.size = 0
	}
	if err := os.Setenv("FYNE_SCALE", strconv.FormatFloat(baseScale*sizes[g.size], 'f', -1, 64)); err != nil {
		g.frame.Say(err.Error())
		return
	}
	g.app.Settings().SetTheme(look.New(g.kind))
	f := 1 / float32(sizes[g.size]) // the window keeps its place on the desk
	g.win.Resize(fyne.NewSize(g.pixels.Width*f, g.pixels.Height*f))
	g.frame.Say("Text size " + strconv.Itoa(int(sizes[g.size]*100)) + " %")
}
