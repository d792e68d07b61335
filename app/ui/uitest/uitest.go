// Package uitest draws screens without a display and holds them to pictures
// that somebody looked at.
package uitest

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

var update = flag.Bool("update", false, "write the golden pictures anew; look at every one before committing")

// Window opens a window without a display in a look and size.
func Window(t *testing.T, k look.Kind, w, h float32) fyne.Window {
	t.Helper()
	kit.RunInline(true)
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(k))
	win := test.NewTempWindow(t, nil)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

// Show puts an object into a window without a display.
func Show(t *testing.T, k look.Kind, w, h float32, o fyne.CanvasObject) fyne.Window {
	t.Helper()
	win := Window(t, k, w, h)
	win.SetContent(o)
	win.Resize(fyne.NewSize(w, h))
	return win
}

// tolerance: the mean difference and the worst pixel, of 255. Software drawing
// is the same everywhere; what differs is the odd rounded glyph.
const (
	meanLimit  = 0.1
	pixelLimit = 40
)

// Golden compares a picture with testdata/NAME.png; -update writes it. A
// picture that differs is left in testdata/failed.
func Golden(t *testing.T, name string, img image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if *update {
		write(t, path, img)
		return
	}
	want, err := read(path)
	if err != nil {
		t.Fatalf("no golden picture %s (run with -update and look at it): %v", path, err)
	}
	mean, worst := difference(want, img)
	if mean > meanLimit || worst > pixelLimit {
		failed := filepath.Join("testdata", "failed", name+".png")
		write(t, failed, img)
		t.Errorf("%s differs from its golden picture: mean %.3f (limit %.1f), worst pixel %d (limit %d); see %s",
			name, mean, meanLimit, worst, pixelLimit, failed)
	}
}

func read(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

func write(t *testing.T, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// difference is the mean and the greatest difference of grey levels.
func difference(a, b image.Image) (mean float64, worst int) {
	if a.Bounds() != b.Bounds() {
		return 255, 255
	}
	r := a.Bounds()
	sum, n := 0, 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			d := (abs(ar, br) + abs(ag, bg) + abs(ab, bb)) / 3 >> 8
			sum += d
			n++
			worst = max(worst, d)
		}
	}
	return float64(sum) / float64(n), worst
}

func abs(a, b uint32) int {
	if a > b {
		return int(a - b)
	}
	return int(b - a)
}
