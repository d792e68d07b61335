package consult

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/rules"
	"kindred/rules/truth"
)

// BenchmarkKeystrokeInAFamilyOfSixty is one letter in the line about a relative,
// with the table and the tree of sixty in view, and then the line stored: table,
// tree and advice anew.
func BenchmarkKeystrokeInAFamilyOfSixty(b *testing.B) {
	s := sixtyScreen(b)
	s.Open(FamilyStep)
	fp := s.pages[FamilyStep].(*familyPage)
	fp.choose("x30")
	fp.editor.focusLine()
	b.Run("letter", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			fp.editor.line.SetText([]string{"54, heart attack 4", "54, heart attack 45"}[i%2])
			fp.editor.readLine(fp.editor.line.Text())
		}
	})
	b.Run("stored", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			fp.editor.readLine([]string{"54, heart attack 50", "55, heart attack 45"}[i%2])
			fp.editor.storeLine()
		}
	})
}

// BenchmarkKeystrokeToAdvice is one key in the LDL box with the real rules and
// a family of sixty: read, assess, explain, rank, draw the form and the advice
// anew. What the graphics card does comes on top.
func BenchmarkKeystrokeToAdvice(b *testing.B) {
	s := sixtyScreen(b)
	s.Open(LipidStep)
	var ldl *factRow
	for _, r := range s.pages[LipidStep].(*lipidPage).allRows() {
		if r.def.ID == "lipid.ldl" {
			ldl = r
		}
	}
	keys := []string{"6.3", "4.1"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		ldl.box.SetText(keys[i%2])
		ldl.typeNumber(keys[i%2])
	}
}

// sixtyScreen is a consultation with the real rules and a family of sixty.
func sixtyScreen(b *testing.B) *Screen {
	b.Helper()
	lib, err := rules.Load(rules.Files)
	if err != nil {
		b.Fatal(err)
	}
	book, err := lib.On("2026-11-23")
	if err != nil {
		b.Fatal(err)
	}
	kit.RunInline(true)
	test.NewApp().Settings().SetTheme(look.New(look.Light))
	win := test.NewWindow(nil)
	rec := miriam()
	for i := len(rec.Case.People); i <= 60; i++ {
		rec.Case.People = append(rec.Case.People, rules.Person{
			ID: fmt.Sprintf("x%d", i), Relation: kinWords[2+i%20], Age: truth.Exactly(float64(30 + i)), Alive: truth.Yes,
			Conditions: []rules.Condition{{Name: "myocardial_infarction", Age: truth.Exactly(75), Present: truth.Yes, Confirmed: truth.Unknown}},
		})
	}
	s := New(&desk{lib: lib}, Book{Dictionary: lib.Dictionary(), Areas: book.Areas()}, &window{}, clock, rec)
	shell.NewFrame(win).Show(s)
	win.Resize(fyne.NewSize(1280, 800))
	return s
}
