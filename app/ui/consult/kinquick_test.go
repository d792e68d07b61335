package consult

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/rules/truth"
)

// By letters and lines alone: mother, a brother with a heart attack, all four
// grandparents, an aunt on the side of the chosen grandfather.
func TestOneKeyAddsARelativeAndOneLineSaysEverything(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, nobody())
	s.Open(FamilyStep)
	fp := s.pages[FamilyStep].(*familyPage)
	line := func(key rune, text string) {
		if key != 0 {
			win.Canvas().Focused().TypedRune(key)
		}
		test.Type(win.Canvas().Focused(), text)
		win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	line('m', "71")
	line('b', "d52 heart attack 49 confirmed")
	line('g', "died 80s")
	line(0, "")
	line(0, "")
	line(0, "d61 heart attack 58")
	line('a', "68, no heart attack")
	var got []string
	for _, p := range fp.relatives() {
		got = append(got, p.Relation+" "+ageCell(p))
	}
	want := []string{"mother 71", "brother d. 52", "paternal grandmother –", "paternal grandfather d. 61", "paternal aunt 68", "maternal grandmother d. 80s", "maternal grandfather –"}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	c := fp.relatives()[1].Conditions
	if len(c) != 1 || c[0].Age != truth.Exactly(49) || c[0].Confirmed != truth.Yes {
		t.Errorf("the brother: %+v", c)
	}
	// A line that is not understood stays, and nothing of it is used.
	line('s', "44, headaches")
	if fp.editor.line.Mood() != kit.Red || !fp.editor.line.Focused() || !fp.editor.person().Age.IsAny() {
		t.Errorf("a line with something unknown in it: %q", fp.editor.lineRead.Echo)
	}
	// One step back is the sister, the next the aunt's line.
	s.Do(shell.Undo)
	s.Do(shell.Undo)
	if n := len(fp.relatives()); n != 7 || fp.relatives()[4].Age != truth.Any() {
		t.Errorf("%d relatives after undo, the aunt is %v", n, fp.relatives()[4].Age)
	}
}

// What the line says is taken over while it is typed, half a word leaves it as
// it was, and one step back takes the whole line.
func TestTheLineIsTakenOverWhileItIsTyped(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, nobody())
	s.Open(FamilyStep)
	fp := s.pages[FamilyStep].(*familyPage)
	win.Canvas().Focused().TypedRune('m')
	mother := func() string {
		p := s.m.person("r1")
		if p == nil {
			return "nobody"
		}
		return ageCell(p) + " " + s.m.topicCell(p, "heart", 1).text
	}
	for _, step := range []struct{ text, want string }{
		{"d6", "d. 6 Not asked"},
		{"6, heart atta", "d. 66 Not asked"},
		{"ck 5", "d. 66 Yes, 5"},
		{"4", "d. 66 Yes, 54"},
	} {
		test.Type(win.Canvas().Focused(), step.text)
		if got := mother(); got != step.want {
			t.Errorf("after %q: %q, want %q", step.text, got, step.want)
		}
	}
	s.Do(shell.Undo)
	if got := mother(); got != "– Not asked" || fp.editor.line.Text() != "" {
		t.Errorf("one step back: %q, the line says %q", got, fp.editor.line.Text())
	}
	s.Do(shell.Redo)
	if got := mother(); got != "d. 66 Yes, 54" {
		t.Errorf("made again: %q", got)
	}
	s.Do(shell.Undo)
	s.Do(shell.Undo)
	if got := mother(); got != "nobody" {
		t.Errorf("two steps back: %q", got)
	}
}
