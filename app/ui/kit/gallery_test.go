package kit

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"kindred/app/ui/look"
)

var update = flag.Bool("update", false, "write the golden pictures anew; look at every one")

// gallery is the components in their states, after the picture of the same
// name in shared/ui.
type gallery struct {
	segs   []*Segment
	fields []*Field
	bigs   []*Press
	sel    *Select
	table  *Table
}

func newGallery() *gallery {
	g := &gallery{}
	for _, v := range []string{"", "yes", "unknown", "no", ""} {
		s := NewYesNo(nil)
		s.SetValue(v)
		g.segs = append(g.segs, s)
	}
	g.segs[4].SetFaded(true)
	for i, v := range []string{"", "6.3", "14.2", "313", "<0.5"} {
		f := NewNumberField("mmol/L", nil)
		f.SetText(v)
		f.SetMood([]Mood{Calm, Calm, Amber, Red, Calm}[i])
		g.fields = append(g.fields, f)
	}
	f := NewField("", nil)
	f.SetText("50s")
	f.Unit = "y"
	d := NewField("day, month, year", nil)
	d.Icon = "cal"
	g.fields = append(g.fields, f, d)
	for _, k := range []Kind{Primary, Plain, Ghost, Danger} {
		g.bigs = append(g.bigs, NewButton(k, "plus", "Add panel", nil))
	}
	off := NewButton(Plain, "", "Undo", nil)
	off.SetOff(true, "Nothing to undo")
	g.bigs = append(g.bigs, off)
	g.sel = NewSelect("Taken while", []Option{{"untreated", "Untreated"}}, nil)
	g.sel.SetValue("untreated")
	g.table = NewTable(34, []Column{{Title: "Patient", Share: 1}, {Title: "Age", Width: 44, Right: true}, {Title: "Advice", Width: 148}},
		func(p *Pen, i int, c []Cell, _ bool) {
			p.Runs(c[0].X, 7, c[0].W, Run{"ABERNETHY", Body.B()}, Run{", Rory", Body})
			p.Text(c[1].X, 7, c[1].W, "27", Body, Right)
			p.Pill(c[2].X, 6, ToneMet, "met", "Test indicated")
		})
	g.table.SetRows(3)
	g.table.Choose(1)
	return g
}

func (g *gallery) draw(p *Pen) {
	p.Fill(0, 0, p.W, p.H, look.BG)
	p.Mark(24, 17, 26, look.Action, look.ActionOn)
	p.Text(66, 16, 0, "Components and their states", Title, Left)
	p.Card(24, 54, 402, 236)
	for i, s := range g.segs {
		p.Put(s, 141, 93+float32(i)*38, s.Width(), 32)
	}
	p.Card(439, 54, 402, 236)
	for i, f := range g.fields[:5] {
		p.Put(f, 556, 93+float32(i)*38, 128, 32)
	}
	p.Card(853, 54, 402, 236)
	for i, f := range g.fields[5:] {
		p.Put(f, 970, 93+float32(i)*38, 128, 32)
	}
	p.Put(g.sel, 970, 93+76, 156, 32)
	p.Card(24, 303, 402, 216)
	p.Pill(41, 341, ToneUrgent, "urg", "Urgent: specialist")
	p.Pill(186, 341, ToneMet, "met", "Targeted test")
	p.Pill(41, 369, ToneNot, "not", "Not indicated")
	p.Pill(186, 369, ToneUnk, "unk", "More information")
	p.Pill(41, 397, ToneWarn, "warn", "Not signed off")
	p.Pill(186, 397, ToneAction, "exam", "Examine")
	p.Card(439, 303, 402, 216)
	bands := []Band{{"unlikely", 0, 2}, {"possible", 3, 5}, {"probable", 6, 8}, {"definite", 9, 18}}
	p.Bands(456, 366, 366, bands, 7, 7)
	p.Bands(456, 440, 366, bands, 3, 11)
	p.Card(853, 303, 402, 216)
	x := float32(870)
	for i, b := range g.bigs {
		if i == 3 {
			x = 870
		}
		p.Put(b, x, 341+float32(i/3)*40, b.Width(), 32)
		x += b.Width() + 8
	}
	p.Progress(870, 496, 268, 0.65)
	p.Card(24, 532, 402, 248)
	p.Message(41, 571, 369, ToneUrgent, "urg", "Fix 1 value.", "Row 17: LDL cholesterol 49 mmol/L is outside what is possible (0.1 to 30).")
	p.Message(41, 640, 369, ToneWarn, "warn", "Back up today.", "Last backup 20-Nov-2026.")
	p.Key(41, 700, "Ctrl K")
	p.Put(g.table, 439, 532, 402, g.table.Height(3))
}

func picture(t *testing.T, k look.Kind, w, h float32, o fyne.CanvasObject) image.Image {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New(k))
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(o)
	c.Resize(fyne.NewSize(w, h))
	return c.Capture()
}

func TestGallery(t *testing.T) {
	for name, k := range look.Kinds {
		test.NewTempApp(t).Settings().SetTheme(look.New(k))
		img := picture(t, k, 1280, 800, NewSheet(newGallery().draw))
		if *update {
			f, err := os.Create(filepath.Join("testdata", "gallery-"+name+".png"))
			if err != nil {
				t.Fatal(err)
			}
			_ = png.Encode(f, img)
			_ = f.Close()
		}
	}
}
