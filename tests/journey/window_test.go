package journey

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// window is the running program as seen from outside: a process, a window on a
// display, and pictures of it.
type window struct {
	t       *testing.T
	display string
	home    string
	shots   string
	name    string
	id      string
	program *exec.Cmd
	ended   chan error
	closed  bool
	count   int // screenshots kept so far
}

// run calls a tool on the window's display and returns what it printed.
func (w *window) run(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+w.display)
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

func (w *window) xdotool(args ...string) string {
	w.t.Helper()
	select {
	case err := <-w.ended:
		w.closed = true
		w.t.Fatalf("the window ended by itself (%v); see %s.log beside the screenshots", err, w.name)
	default:
	}
	out, err := w.run("xdotool", args...)
	if err != nil {
		w.t.Fatalf("xdotool %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return out
}

// find waits for the window to appear, makes it fill the screen and gives it
// the keyboard. There is no window manager, so nothing else would.
func (w *window) find() {
	w.t.Helper()
	deadline := time.Now().Add(60 * time.Second)
	for {
		out, err := w.run("xdotool", "search", "--onlyvisible", "--name", "Kindred")
		if ids := strings.Fields(out); err == nil && len(ids) > 0 {
			w.id = ids[0]
			break
		}
		select {
		case err := <-w.ended:
			w.closed = true
			w.t.Fatalf("the window ended before it appeared (%v); see %s.log beside the screenshots", err, w.name)
		case <-time.After(200 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			w.t.Fatal("no window named Kindred appeared within 60 seconds")
		}
	}
	w.xdotool("windowmove", w.id, "0", "0", "windowsize", w.id, fmt.Sprint(screenWidth), fmt.Sprint(screenHeight))
	w.xdotool("windowfocus", w.id)
	w.xdotool("mousemove", fmt.Sprint(screenWidth-2), fmt.Sprint(screenHeight-2))
	w.settle()
}

// keys presses keys one after the other: "ctrl+n", "Tab", "Return".
func (w *window) keys(keys ...string) {
	w.t.Helper()
	for _, k := range keys {
		w.xdotool("key", "--clearmodifiers", "--delay", "40", k)
		time.Sleep(60 * time.Millisecond)
	}
}

// write types a text where the cursor is.
func (w *window) write(text string) {
	w.t.Helper()
	w.xdotool("type", "--delay", "25", text)
	time.Sleep(100 * time.Millisecond)
}

// title waits until the title of the window holds a text. Every screen has its
// own, which is how a person tells them apart in the task bar too.
func (w *window) title(text string) {
	w.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		now := w.xdotool("getwindowname", w.id)
		if strings.Contains(now, text) {
			return
		}
		if time.Now().After(deadline) {
			w.keep("stuck")
			w.t.Fatalf("the window is at %q, not at %q (last picture kept as …stuck.png)", now, text)
		}
		time.Sleep(150 * time.Millisecond)
	}
}

// click presses the left button at a place of the window, in pixels.
func (w *window) click(x, y int) {
	w.t.Helper()
	w.xdotool("mousemove", fmt.Sprint(x), fmt.Sprint(y))
	time.Sleep(80 * time.Millisecond)
	w.xdotool("click", "1")
	time.Sleep(80 * time.Millisecond)
}

// look takes a picture of the screen.
func (w *window) look() image.Image {
	w.t.Helper()
	file := filepath.Join(w.home, "look.png")
	if out, err := w.run("import", "-window", "root", file); err != nil {
		w.t.Fatalf("import could not take a screenshot: %v: %s", err, out)
	}
	f, err := os.Open(file)
	if err != nil {
		w.t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		w.t.Fatalf("the screenshot is no picture: %v", err)
	}
	return img
}

// keep settles, takes a picture and leaves it among the screenshots, numbered
// in the order of the walk.
func (w *window) keep(what string) image.Image {
	w.t.Helper()
	img := w.settle()
	w.count++
	file := filepath.Join(w.shots, fmt.Sprintf("%s-%02d-%s.png", w.name, w.count, what))
	f, err := os.Create(file)
	if err != nil {
		w.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		w.t.Fatal(err)
	}
	return img
}

// settle waits until three pictures in a row agree but for a blinking cursor.
func (w *window) settle() image.Image {
	w.t.Helper()
	before, calm := w.look(), 0
	for range 60 {
		time.Sleep(150 * time.Millisecond)
		now := w.look()
		if changed(before, now, now.Bounds()) < 80 {
			if calm++; calm == 2 {
				return now
			}
		} else {
			calm = 0
		}
		before = now
	}
	return before
}

// until waits for a picture that satisfies the condition, or fails with what
// was waited for.
func (w *window) until(what string, limit time.Duration, ok func(image.Image) bool) image.Image {
	w.t.Helper()
	deadline := time.Now().Add(limit)
	for {
		img := w.look()
		if ok(img) {
			return img
		}
		if time.Now().After(deadline) {
			w.keep("stuck")
			w.t.Fatalf("after %s the screen still does not show %s (last picture kept as …stuck.png)", limit, what)
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// end asks the program to end, as a desktop does at log-out, and waits for it.
func (w *window) end() {
	w.t.Helper()
	w.settle()
	if err := w.program.Process.Signal(syscall.SIGTERM); err != nil {
		w.t.Fatalf("the window could not be asked to end: %v", err)
	}
	select {
	case err := <-w.ended:
		w.closed = true
		if err != nil {
			w.t.Errorf("the window ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		w.keep("did-not-end")
		w.t.Error("the window did not end within 20 seconds")
	}
}

// crash kills the program without warning, as a power cut does.
func (w *window) crash() {
	w.t.Helper()
	_ = w.program.Process.Kill()
	<-w.ended
	w.closed = true
}

// changed counts the pixels in an area that differ between two pictures.
func changed(a, b image.Image, area image.Rectangle) int {
	n := 0
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}

// share is how much of an area has a colour, within a tolerance a channel.
func share(img image.Image, area image.Rectangle, r, g, b uint8) float64 {
	const tolerance = 6
	near := func(v uint32, want uint8) bool {
		d := int(v>>8) - int(want)
		return -tolerance <= d && d <= tolerance
	}
	n := 0
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			pr, pg, pb, _ := img.At(x, y).RGBA()
			if near(pr, r) && near(pg, g) && near(pb, b) {
				n++
			}
		}
	}
	return float64(n) / float64(area.Dx()*area.Dy())
}
