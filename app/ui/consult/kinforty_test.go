package consult

import (
	"cmp"
	"fmt"
	"image"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/sketch"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
	"kindred/rules/truth"
)

// typist works the family step by keys alone and counts them.
type typist struct {
	t    *testing.T
	s    *Screen
	win  fyne.Window
	fp   *familyPage
	keys int
}

func newTypist(t *testing.T, k look.Kind, w, h float32) *typist {
	t.Helper()
	lib, err := rules.Load(rules.Files) // people's words are those of the real dictionary
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	win := uitest.Window(t, k, w, h)
	s := New(&desk{lib: lib}, Book{Dictionary: lib.Dictionary(), Areas: book.Areas()}, &window{}, clock, nobody())
	shell.NewFrame(win).Show(s)
	win.Resize(fyne.NewSize(w, h))
	s.m.rec.Identity.Born, s.m.rec.Identity.Sex = "1984-02-03", "female"
	s.m.syncIdentity()
	s.Open(FamilyStep)
	return &typist{t: t, s: s, win: win, fp: s.pages[FamilyStep].(*familyPage)}
}

func (y *typist) key(name fyne.KeyName) {
	y.keys++
	y.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

// letter presses one letter; a capital is Shift and the letter.
func (y *typist) letter(r rune) {
	y.keys++
	if r >= 'A' && r <= 'Z' {
		y.keys++
	}
	y.win.Canvas().Focused().TypedRune(r)
}

// says types a line and stores it.
func (y *typist) says(text string) {
	y.t.Helper()
	test.Type(y.win.Canvas().Focused(), text)
	y.keys += len([]rune(text))
	y.key(fyne.KeyReturn)
	if bad(y.fp.editor.lineRead.State) {
		y.t.Fatalf("%q: %s", text, y.fp.editor.lineRead.Echo)
	}
}

// add presses a letter and says a line about who comes.
func (y *typist) add(r rune, text string) {
	y.t.Helper()
	n := len(y.s.m.rec.Case.People)
	y.letter(r)
	if len(y.s.m.rec.Case.People) == n {
		y.t.Fatalf("%c on %s added nobody", r, y.s.m.kinName(y.s.m.person(y.fp.chosen)))
	}
	y.says(text)
}

// to goes to a row by the arrow keys.
func (y *typist) to(name string) {
	y.t.Helper()
	lines := y.s.m.kinLines()
	find := func(ok func(l kinLine) bool) int { return slices.IndexFunc(lines, ok) }
	from := find(func(l kinLine) bool { return l.p.ID == y.fp.chosen })
	at := find(func(l kinLine) bool { return y.s.m.inSentence(l.p) == name })
	if at < 0 {
		y.t.Fatalf("no row %q", name)
	}
	for ; from < at; from++ {
		y.key(fyne.KeyDown)
	}
	for ; from > at; from-- {
		y.key(fyne.KeyUp)
	}
	if y.fp.chosen != lines[at].p.ID {
		y.t.Fatalf("the arrows lead to %q, not %q", y.fp.chosen, name)
	}
}

// Fourteen relatives with ages and seven conditions. At two keys a second,
// which is slow for somebody who listens as well, three minutes are 360 keys.
func TestFourteenRelativesTakeAHundredAndThirtyKeys(t *testing.T) {
	y := newTypist(t, look.Light, 1280, 800)
	y.key(fyne.KeyReturn) // both parents
	y.says("71")
	y.says("d66 mi 54")
	y.add('s', "38")
	y.add('b', "44 chol 7.8")
	y.add('d', "12")
	y.add('n', "9")
	y.letter('g')
	for _, text := range []string{"d88", "d79", "d84 stroke 80", "d58 mi 58"} {
		y.says(text)
	}
	y.add('u', "73 mi 53")
	y.add('a', "70")
	y.to("maternal grandfather")
	y.add('a', "68 womb 58")
	y.add('u', "66 bowel 60s")
	for range 2 { // heart and cancer, nobody else up to second degree
		y.letter('h')
		y.letter('e')
	}
	got := len(y.fp.relatives())
	if got != 14 || y.s.m.rec.Case.Asked["heart"] != 2 || y.s.m.rec.Case.Asked["cancer"] != 2 {
		t.Errorf("%d relatives, asked %v", got, y.s.m.rec.Case.Asked)
	}
	had := 0
	for _, p := range y.fp.relatives() {
		had += len(p.Conditions) + len(p.Facts)
	}
	if had != 7 {
		t.Errorf("%d findings of 7", had)
	}
	if y.keys > 130 {
		t.Errorf("%d keys", y.keys)
	}
	t.Logf("14 relatives, 7 findings, 2 topics: %d keys", y.keys)
}

// play plays a file of keys.
func (y *typist) play(file string) {
	y.t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		y.t.Fatal(err)
	}
	for n, line := range strings.Split(string(data), "\n") {
		what, rest, _ := strings.Cut(line, " ")
		switch what {
		case "press":
			name, times, _ := strings.Cut(rest, " ")
			count, err := strconv.Atoi(cmp.Or(times, "1"))
			if err != nil {
				y.t.Fatalf("line %d: %v", n+1, err)
			}
			for range count {
				if len(name) == 1 {
					y.letter(rune(name[0]))
				} else {
					y.key(fyne.KeyName(name))
				}
			}
		case "say":
			y.says(rest)
		case "on":
			if got := y.s.m.inSentence(y.s.m.person(y.fp.chosen)); got != rest {
				y.t.Fatalf("line %d: %s is chosen, not %s", n+1, got, rest)
			}
		}
	}
}

const fortyKeys = "testdata/family-of-forty.keys"

func TestAFamilyOfFortyIsEnteredDrawnPrintedReadAgainAndTakenBack(t *testing.T) {
	y := newTypist(t, look.Light, 1280, 800)
	y.play(fortyKeys)
	c := &y.s.m.rec.Case
	if n := len(c.People); n < 40 {
		t.Errorf("%d people", n)
	}
	var wrong []string
	for i := range c.People {
		if p := &c.People[i]; p.Age.IsAny() && p.Pregnancy == "" && !strings.HasPrefix(p.Relation, "maternal great-grand") {
			wrong = append(wrong, y.s.m.inSentence(p))
		}
	}
	if len(wrong) > 0 {
		t.Errorf("no age arrived for %v", wrong)
	}
	separated, related := 0, 0
	for _, x := range c.Couples {
		if x.Separated {
			separated++
		}
		if y.s.m.byBlood(y.s.m.person(x.A)) && y.s.m.byBlood(y.s.m.person(x.B)) {
			related++
		}
	}
	if separated != 1 || related != 1 || len(c.Twins) != 2 || c.Twins[0].Kind != "fraternal" {
		t.Errorf("%d couples separated, %d of cousins, twins %+v", separated, related, c.Twins)
	}
	checkRows(t, y)
	if y.fp.tree.pane.Empty() {
		t.Fatal("not drawn")
	}
	d := y.fp.tree.pane.Paper(false)
	checkDrawing(t, c, d)
	for i := range d.Shapes {
		if strings.Contains(d.Shapes[i].Text, "Colin") {
			t.Error("a name on paper that nobody asked for")
		}
	}
	named := y.fp.tree.pane.Paper(true)
	if !slices.ContainsFunc(named.Shapes, func(m sketch.Mark) bool { return m.Text == "Colin" }) {
		t.Error("no name where it was asked for")
	}
	if pdf, err := d.PDF(sketch.Print, "2026-11-23"); err != nil || len(pdf) < 2000 {
		t.Errorf("on paper: %d bytes, %v", len(pdf), err)
	}
	file, err := rules.EncodeCase(c, y.s.m.dict)
	if err != nil {
		t.Fatal(err)
	}
	again, err := rules.ParseCase(file, y.s.m.dict)
	if err != nil {
		t.Fatalf("what was entered is refused when read again: %v", err)
	}
	if second, err := rules.EncodeCase(again, y.s.m.dict); err != nil || string(second) != string(file) {
		t.Errorf("read again it is another family (%v)", err)
	}
	if _, err := y.s.m.svc.Assess(y.s.m.rec); err != nil {
		t.Errorf("no advice about it: %v", err)
	}
	t.Logf("%d people, %d keys", len(c.People), y.keys)
	y.takenBack()
}

// takenBack goes back through every step of what was entered, and forth again.
func (y *typist) takenBack() {
	y.t.Helper()
	ids := y.fp.relatives()
	y.fp.order([]string{ids[0].ID, ids[1].ID})
	end, err := rules.EncodeCase(&y.s.m.rec.Case, y.s.m.dict)
	if err != nil {
		y.t.Fatal(err)
	}
	steps := 0
	for ; len(y.s.m.done) > 0; steps++ {
		y.s.Do(shell.Undo)
	}
	if n := len(y.s.m.rec.Case.People); n != 1 || len(y.s.m.rec.Case.Couples)+len(y.s.m.rec.Case.Twins) != 0 {
		y.t.Errorf("%d people and %d couples left at the beginning", n, len(y.s.m.rec.Case.Couples))
	}
	for range steps {
		y.s.Do(shell.Redo)
	}
	if got, err := rules.EncodeCase(&y.s.m.rec.Case, y.s.m.dict); err != nil || string(got) != string(end) {
		y.t.Errorf("after %d steps forth it is another family (%v)", steps, err)
	}
	checkRows(y.t, y)
	y.t.Logf("%d steps back and forth", steps)
}

func checkRows(t *testing.T, y *typist) {
	t.Helper()
	seen := map[string]int{}
	for _, l := range y.s.m.kinLines() {
		seen[l.p.ID]++
		if strings.HasPrefix(l.name, "Person ") || l.group == "Other people" {
			t.Errorf("%s stands as %q under %q", l.p.ID, l.name, l.group)
		}
	}
	for i := range y.s.m.rec.Case.People {
		if p := &y.s.m.rec.Case.People[i]; seen[p.ID] != 1 {
			t.Errorf("%s has %d rows", p.ID, seen[p.ID])
		}
	}
}

// checkDrawing holds the picture to what must be so in any: everyone once, no
// symbol on another, no words on a symbol or on other words, a line for each
// couple and no other.
func checkDrawing(t *testing.T, c *rules.Case, d *sketch.Drawing) {
	t.Helper()
	symbols := map[string]image.Rectangle{}
	couples := map[string]bool{}
	var words []image.Rectangle
	var texts []string
	box := func(x, y, w, h float64) image.Rectangle {
		return image.Rect(int(math.Ceil(x)), int(math.Ceil(y)), int(x+w), int(y+h))
	}
	for i := range d.Shapes {
		m := &d.Shapes[i]
		if m.Person != "" && m.Across > 0 {
			if _, twice := symbols[m.Person]; twice {
				t.Errorf("%s is drawn twice", m.Person)
			}
			symbols[m.Person] = box(m.At.X-m.Across/2, m.At.Y-m.Across/2, m.Across, m.Across)
		}
		if m.Couple[0] != "" {
			pair := []string{m.Couple[0], m.Couple[1]}
			slices.Sort(pair)
			couples[strings.Join(pair, " ")] = true
		}
		if m.Kind == sketch.Words && m.Align == sketch.Centred && len(m.Text) > 1 {
			w := float64(len([]rune(m.Text))) * m.Size * 0.45
			words = append(words, box(m.Points[0].X-w/2, m.Points[0].Y-m.Size*0.7, w, m.Size*0.7))
			texts = append(texts, m.Text)
		}
	}
	for i := range c.People {
		if _, there := symbols[c.People[i].ID]; !there {
			t.Errorf("%s (%s) is not drawn", c.People[i].ID, c.People[i].Relation)
		}
	}
	for a, ra := range symbols {
		for b, rb := range symbols {
			if a < b && ra.Overlaps(rb) {
				t.Errorf("%s and %s are drawn on each other", a, b)
			}
		}
		for i, w := range words {
			if ra.Overlaps(w) {
				t.Errorf("%q stands on the symbol of %s", texts[i], a)
			}
		}
	}
	for i := range words {
		for k := range i {
			if words[i].Overlaps(words[k]) {
				t.Errorf("%q stands on %q", texts[i], texts[k])
			}
		}
	}
	want := map[string]bool{}
	pair := func(a, b string) {
		if a != "" && b != "" {
			p := []string{a, b}
			slices.Sort(p)
			want[strings.Join(p, " ")] = true
		}
	}
	for _, x := range c.Couples {
		pair(x.A, x.B)
	}
	for i := range c.People {
		pair(c.People[i].Mother, c.People[i].Father)
	}
	for p := range want {
		if !couples[p] {
			t.Errorf("no line joins %s", p)
		}
	}
}

// Two bowel cancers of one person stay two, and each has its own row to correct.
func TestTwoCancersOfOneKindAreTwo(t *testing.T) {
	y := newTypist(t, look.Light, 1280, 800)
	y.add('m', "71, bowel cancer 45, bowel cancer 60 confirmed")
	p := y.s.m.person("r1")
	if len(p.Conditions) != 2 || p.Conditions[0].Age != truth.Exactly(45) || p.Conditions[1].Confirmed != truth.Yes {
		t.Fatalf("recorded %+v", p.Conditions)
	}
	y.fp.open("r1")
	var rows []*kinRow
	for _, kt := range y.fp.editor.topics {
		for _, r := range kt.rows {
			if r.def.ID == "colorectal_cancer" {
				rows = append(rows, r)
			}
		}
	}
	if len(rows) != 2 || rows[1].age.Text() != "60" {
		t.Fatalf("%d rows", len(rows))
	}
	test.Type(rows[1].age.Target(), "1")
	if got := fmt.Sprint(p.Conditions[0].Age, y.s.m.person("r1").Conditions[1].Age); strings.HasPrefix(got, "601") {
		t.Errorf("ages now %s", got)
	}
	rows[0].choose("")
	if left := y.s.m.person("r1").Conditions; len(left) != 1 || left[0].Confirmed != truth.Yes {
		t.Errorf("after taking the first back: %+v", left)
	}
}

// One letter a topic, one degree further each time; the fourth takes it back.
func TestOneKeySaysThatNobodyElseHadIt(t *testing.T) {
	y := newTypist(t, look.Light, 1280, 800)
	y.add('m', "71")
	c := &y.s.m.rec.Case
	for i, want := range []int{1, 2, 3, -1, 1} {
		y.letter(y.fp.topicKeys["heart"])
		got, asked := c.Asked["heart"]
		if !asked {
			got = -1
		}
		if got != want {
			t.Errorf("after %d presses asked to %d, want %d", i+1, got, want)
		}
	}
	if cell := y.s.m.topicCell(y.s.m.person("r1"), "heart", 1); cell.text != "No" {
		t.Errorf("the mother says %q", cell.text)
	}
	for _, want := range []string{"[maternal]", "[paternal]", "[maternal paternal]", "[]"} {
		y.letter(sideKey)
		if got := fmt.Sprint(c.UnknownSides); got != want {
			t.Errorf("nobody knows about %s, want %s", got, want)
		}
	}
	seen := map[rune]bool{}
	for _, k := range kinKeys {
		seen[k.key] = true
	}
	for topic, r := range y.fp.topicKeys {
		if seen[r] {
			t.Errorf("%c for %s means something else too", r, topic)
		}
		seen[r] = true
	}
}

// Words about the tree in the line, and the menu, keep what the drawing shows.
func TestTheLineAndTheMenuSayWhatTheTreeShows(t *testing.T) {
	y := newTypist(t, look.Light, 1280, 800)
	y.add('b', "x3, 40s")
	y.add('p', "f, called Ann Marie, 38")
	y.to("brother ×3")
	y.add('c', "f 12, adopted")
	child := y.s.m.person("r3")
	if b := y.s.m.person("r1"); b.Count != 3 || y.s.m.kinName(b) != "Brother ×3" {
		t.Errorf("the brothers: %+v", b)
	}
	if ann := y.s.m.person("r2"); ann.Name != "Ann Marie" || ann.Sex != "female" {
		t.Errorf("the partner: %+v", ann)
	}
	if child.Adopted != "in" || child.Sex != "female" || child.Mother != "r2" || child.Father != "r1" {
		t.Errorf("the child: %+v", child)
	}
	y.to("brother ×3")
	for _, v := range []string{"separated r2", "related r2", "proband", "died"} {
		y.fp.doMenu("r1", v)
	}
	b, c := y.s.m.person("r1"), y.s.m.rec.Case.Couples
	if len(c) != 1 || !c[0].Separated || !c[0].Related || !b.Proband || b.Alive != truth.No {
		t.Errorf("after the menu: %+v, %+v", b, c)
	}
	y.fp.doMenu("r3", "childless infertile")
	y.fp.doMenu("r3", "adopted out")
	if p := y.s.m.person("r3"); p.Childless != "infertile" || p.Adopted != "out" {
		t.Errorf("the child after the menu: %+v", p)
	}
	y.fp.doMenu("r1", "remove")
	if n := len(y.s.m.rec.Case.People); n != 3 || y.s.m.kinName(y.s.m.person("r3")) != "Niece" || len(y.s.m.rec.Case.Couples) != 0 {
		t.Errorf("%d people after the brothers went; their child is a niece with a mother: %q", n, y.s.m.kinName(y.s.m.person("r3")))
	}
}
