package journey

import (
	"bytes"
	"context"
	"image"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kindred/app/consult"
	"kindred/app/demo"
	"kindred/app/store"
	"kindred/rules"
)

// fortyKeys is the family of forty, key by key; the tests of the consultation
// play the same file without a display and look closer.
var fortyKeys = filepath.Join("..", "..", "app", "ui", "consult", "testdata", "family-of-forty.keys")

// A family of forty by keyboard, with a second marriage, twins and cousins who
// married: entered, moved about with the mouse, saved as PDF, closed and read
// again.
func TestAFamilyOfFortyEnteredDrawnPrintedAndReopened(t *testing.T) {
	data, folder := t.TempDir(), t.TempDir()
	w := startWindow(t, startDisplay(t), "family", "--demo", "--data", data)
	unlockDemonstration(w)
	w.keys("ctrl+n")
	w.title("Patient")
	for _, text := range []string{"Forty", "Helen", "Mrs", "03-Feb-1984"} {
		w.write(text)
		w.keys("Tab")
	}
	w.keys("f", "Tab", "alt+2")
	w.title("Family")
	w.keep("empty")
	w.play(fortyKeys)
	entered := w.keep("entered")

	w.click(1238, 178) // Fit
	fitted := w.keep("fitted")
	if changed(entered, fitted, treeArea) < 2000 {
		t.Error("Fit changes nothing in a tree that does not fit")
	}
	w.click(1113, 178) // smaller, and so by hand
	w.click(1193, 178)
	w.click(1193, 178)
	w.click(1193, 178)
	larger := w.keep("larger")
	w.drag(image.Pt(1010, 215), image.Pt(1170, 225)) // the ground
	if moved := w.keep("moved"); changed(larger, moved, treeArea) < 2000 {
		t.Error("dragging the ground does not move the tree")
	}
	w.keys("ctrl+z", "ctrl+y")
	again := w.keep("undone-and-made-again")
	if d := changed(entered, again, image.Rect(212, 285, 732, 640)); d > 3000 {
		t.Errorf("%d pixels of the table differ after one step back and forth", d)
	}
	w.click(992, 178) // PDF
	w.settle()
	w.keys("Return") // without names
	w.settle()
	file := filepath.Join(folder, "tree.pdf")
	w.keys("ctrl+a")
	w.write(file)
	w.keys("Return")
	waitForFile(w, file)
	w.keep("on-paper")
	w.keys("ctrl+s")
	w.settle()
	w.end()

	pdf, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) || len(pdf) < 5000 {
		t.Errorf("the tree on paper has %d bytes (%v)", len(pdf), err)
	}
	checkForty(t, data)
}

// treeArea is where the tree stands in a window of 1280 by 800.
var treeArea = image.Rect(756, 200, 1276, 560)

// play plays a file of keys.
func (w *window) play(file string) {
	w.t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, line := range strings.Split(string(data), "\n") {
		what, rest, _ := strings.Cut(line, " ")
		switch what {
		case "press":
			name, times, _ := strings.Cut(rest, " ")
			if len(name) == 1 && name >= "A" && name <= "Z" {
				name = "shift+" + strings.ToLower(name)
			}
			n, err := strconv.Atoi(times)
			if err != nil {
				n = 1
			}
			for range n {
				w.keys(name)
			}
		case "say":
			if rest != "" {
				w.write(rest)
			}
			w.keys("Return")
		}
	}
}

// drag pulls the mouse from one place to another with the button held.
func (w *window) drag(from, to image.Point) {
	w.t.Helper()
	place := func(p image.Point) {
		w.xdotool("mousemove", strconv.Itoa(p.X), strconv.Itoa(p.Y))
		time.Sleep(80 * time.Millisecond)
	}
	place(from)
	time.Sleep(300 * time.Millisecond)
	w.xdotool("mousedown", "1")
	const steps = 8
	for i := 1; i <= steps; i++ {
		place(from.Add(to.Sub(from).Mul(i).Div(steps)))
	}
	w.xdotool("mouseup", "1")
	time.Sleep(300 * time.Millisecond)
}

// checkForty reads what the walk left in the store.
func checkForty(t *testing.T, data string) {
	t.Helper()
	ctx := context.Background()
	folder, err := demo.Dir(data)
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(folder, demo.Passphrase)
	if err != nil {
		t.Fatalf("the store does not open after the walk: %v", err)
	}
	defer st.Close()
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	svc := consult.New(lib, st, nil)
	found, err := svc.Search(ctx, "Forty", 5)
	if err != nil || len(found) != 1 {
		t.Fatalf("searching for the patient of the walk gave %d consultations, error %v", len(found), err)
	}
	r, err := svc.Open(ctx, found[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	c := &r.Case
	names := 0
	for i := range c.People {
		if c.People[i].Name != "" {
			names++
		}
	}
	if len(c.People) != 43 || len(c.Twins) != 2 || names != 2 {
		t.Errorf("kept %d people, %d sets of twins, %d names", len(c.People), len(c.Twins), names)
	}
	file, err := rules.EncodeCase(c, lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rules.ParseCase(file, lib.Dictionary()); err != nil {
		t.Errorf("what was kept is refused as a case: %v", err)
	}
}
