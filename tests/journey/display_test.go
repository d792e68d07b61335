package journey

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Size of the virtual screen and of the window on it, in pixels.
const (
	screenWidth  = 1280
	screenHeight = 800
)

// windowProgram is the built window, or the test is skipped: it takes minutes
// to build, which plain "go test ./..." must not do.
func windowProgram(t *testing.T) string {
	t.Helper()
	program := os.Getenv("KINDRED_WINDOW")
	if program == "" {
		t.Skip("journeys need the built window; make test builds it and sets KINDRED_WINDOW")
	}
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("KINDRED_WINDOW names a program that is not there: %v", err)
	}
	return program
}

// shotsFolder is where screenshots stay; a folder of the test when nobody asked
// for them.
func shotsFolder(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("KINDRED_SHOTS"); dir != "" {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	return t.TempDir()
}

// startDisplay starts a screen in memory on a display number that the X server
// finds free by itself, and returns it as ":N".
func startDisplay(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("Xvfb"); err != nil {
		t.Fatal("journeys need Xvfb, xdotool and ImageMagick; scripts/deps.sh screen installs them")
	}
	numbers, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0",
		fmt.Sprintf("%dx%dx24", screenWidth, screenHeight), "-nolisten", "tcp", "+extension", "GLX")
	server.ExtraFiles = []*os.File{writer}
	if err := server.Start(); err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	writer.Close()
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
		numbers.Close()
	})
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(numbers).ReadString('\n')
		answer <- strings.TrimSpace(line)
	}()
	select {
	case number := <-answer:
		if _, err := strconv.Atoi(number); err != nil {
			t.Fatalf("Xvfb found no free display (it said %q)", number)
		}
		return ":" + number
	case <-time.After(20 * time.Second):
		t.Fatal("Xvfb did not come up within 20 seconds")
	}
	return ""
}

// startWindow opens the window on the display with an own home, so that a
// journey neither sees nor leaves anything of the person who runs it. Its
// output goes to a log beside the screenshots, named after the walk.
func startWindow(t *testing.T, display, walk string, args ...string) *window {
	t.Helper()
	home := t.TempDir()
	for _, dir := range []string{".cache", ".config", ".local/share", "run"} {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w := &window{t: t, display: display, home: home, shots: shotsFolder(t), name: walk}
	log, err := os.Create(filepath.Join(w.shots, w.name+".log"))
	if err != nil {
		t.Fatal(err)
	}
	program := exec.Command(windowProgram(t), args...)
	program.Dir = home
	program.Stdout, program.Stderr = log, log
	program.Env = []string{
		"DISPLAY=" + display, "HOME=" + home, "USER=journey", "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8",
		"XDG_CACHE_HOME=" + home + "/.cache", "XDG_CONFIG_HOME=" + home + "/.config",
		"XDG_DATA_HOME=" + home + "/.local/share", "XDG_RUNTIME_DIR=" + home + "/run",
		"LIBGL_ALWAYS_SOFTWARE=1",
	}
	if err := program.Start(); err != nil {
		t.Fatalf("the window did not start: %v", err)
	}
	w.program = program
	w.ended = make(chan error, 1)
	go func() { w.ended <- program.Wait() }()
	t.Cleanup(func() {
		if !w.closed {
			_ = program.Process.Kill()
			<-w.ended
		}
		log.Close()
	})
	w.find()
	return w
}
