package familytree

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/uitest"
	"kindred/rules"
	"kindred/rules/truth"
)

func dictionary(t testing.TB) *rules.Dictionary {
	t.Helper()
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	return lib.Dictionary()
}

func person(id, relation, sex string, age float64, alive truth.K, had ...rules.Condition) rules.Person {
	p := rules.Person{ID: id, Relation: relation, Sex: sex, Age: truth.Any(), Alive: alive, Conditions: had}
	if age > 0 {
		p.Age = truth.Exactly(age)
	}
	return p
}

func had(name string, age float64) rules.Condition {
	c := rules.Condition{Name: name, Age: truth.Any(), Present: truth.Yes}
	if age > 0 {
		c.Age = truth.Exactly(age)
	}
	return c
}

// hargreaves is an invented family with hearts on one side and a womb on the
// other.
func hargreaves() *rules.Case {
	c := &rules.Case{Date: "2026-11-23", Patient: "p", People: []rules.Person{
		person("p", "", "female", 41, truth.Yes),
		person("m", "mother", "female", 70, truth.Yes),
		person("f", "father", "male", 66, truth.No, had("myocardial_infarction", 0)),
		person("b", "brother", "male", 44, truth.Yes),
		person("s", "sister", "female", 38, truth.Yes),
		person("u", "paternal uncle", "male", 73, truth.Yes, had("myocardial_infarction", 53), had("stroke", 60), had("tendon_xanthoma", 0)),
		person("g", "paternal grandfather", "male", 58, truth.No, had("myocardial_infarction", 58)),
		person("a", "maternal aunt", "female", 68, truth.Yes, had("endometrial_cancer", 58)),
		person("d", "daughter", "female", 0, truth.Yes),
	}}
	c.People[0].Panels = []rules.Panel{{Date: "2026-11-02", Facts: map[string]rules.Answer{"lipid.tc": {Number: truth.Exactly(8.4)}}}}
	return c
}

func show(t testing.TB, k look.Kind, c *rules.Case, w, h float32) (*Pane, fyne.Window) {
	t.Helper()
	tt, ok := t.(*testing.T)
	if !ok {
		t.Fatal("a picture needs a test")
	}
	p := New(dictionary(t))
	win := uitest.Show(tt, k, w, h, kit.NewSheet(func(pen *kit.Pen) {
		pen.Fill(0, 0, pen.W, pen.H, look.Surface)
		pen.Put(p.Root, 0, 0, pen.W, pen.H)
	}))
	p.Show(c, "f")
	return p, win
}

func TestPictures(t *testing.T) {
	for name, k := range look.Kinds {
		_, win := show(t, k, hargreaves(), 528, 600)
		uitest.Golden(t, "tree-"+name, win.Canvas().Capture())
	}
	_, win := show(t, look.Light, &rules.Case{Patient: "p", People: []rules.Person{person("p", "", "male", 30, truth.Yes)}}, 528, 400)
	uitest.Golden(t, "tree-empty", win.Canvas().Capture())
}

func TestPressingAPersonChoosesThemAndAgainOpensThem(t *testing.T) {
	p, win := show(t, look.Light, hargreaves(), 528, 600)
	chosen, opened := "", ""
	p.OnChoose = func(id string) { chosen = id; p.Choose(id) }
	p.OnOpen = func(id string) { opened = id }
	m := p.tree.symbol("a")
	if m == nil {
		t.Fatal("the aunt is not in the picture")
	}
	x, y := p.tree.place(m.At)
	at := fyne.NewPos(x-p.scroll.Offset.X, y-p.scroll.Offset.Y+BarH)
	test.TapCanvas(win.Canvas(), at)
	if chosen != "a" || opened != "" {
		t.Fatalf("chosen %q, opened %q", chosen, opened)
	}
	test.TapCanvas(win.Canvas(), at)
	if opened != "a" {
		t.Errorf("opened %q", opened)
	}
}

func TestZoomKeepsTheChosenPersonInView(t *testing.T) {
	p, _ := show(t, look.Light, hargreaves(), 360, 320)
	for range 6 {
		p.step(1)
	}
	x, y := p.tree.place(p.tree.symbol("f").At)
	off, view := p.scroll.Offset, p.scroll.Size()
	if x < off.X || y < off.Y || x > off.X+view.Width || y > off.Y+view.Height {
		t.Errorf("the father at %.0f, %.0f; in view is %v, %v", x, y, off, view)
	}
	p.fit.OnPress()
	if p.tree.pc.zoom > 1 {
		t.Errorf("fitted at %.2f", p.tree.pc.zoom)
	}
}

func TestMissingAgesAreSaidUnderTheSymbol(t *testing.T) {
	d := dictionary(t)
	ped, err := Pedigree(hargreaves(), d, false)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"f": "d. 66 y|heart attack|age not known", "d": "age not known", "p": "41 y|cholesterol 8.4", "u": "73 y|heart attack 53|stroke 60|tendon xanthoma", "a": "68 y|womb cancer 58"}
	for i := range ped.People {
		got := ""
		for k, l := range ped.People[i].Lines {
			if k > 0 {
				got += "|"
			}
			got += l.Text
		}
		if w, ok := want[ped.People[i].ID]; ok && got != w {
			t.Errorf("%s: %q, want %q", ped.People[i].ID, got, w)
		}
	}
}

func TestAgesStandUnderTheSymbolsAsTheyAreSaid(t *testing.T) {
	for want, s := range map[string]truth.Span{
		"54": truth.Exactly(54), "50s": {Lo: 50, Hi: 59}, "under 50": {Lo: 0, Hi: 49}, "60 or over": truth.From(60), "45–47": {Lo: 45, Hi: 47},
	} {
		if got := years(s); got != want {
			t.Errorf("%v is %q, want %q", s, got, want)
		}
	}
	p := person("x", "uncle", "male", 0, truth.No)
	p.Age = truth.Span{Lo: 80, Hi: 89}
	if got := ageLine(&p).Text; got != "d. 80s" {
		t.Errorf("died in his eighties: %q", got)
	}
}

func TestAnImpossibleFamilyIsNotDrawnButNamed(t *testing.T) {
	c := hargreaves()
	c.People[1].Mother, c.People[1].Relation = "m", ""
	p, _ := show(t, look.Light, c, 528, 400)
	if p.trouble == nil || p.Paper(false) != nil {
		t.Error("a woman who is her own mother is drawn")
	}
}
