package kit_test

import (
	"testing"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/uitest"
)

// gallery is the components in their states, after the picture of the same
// name in shared/ui.
type gallery struct {
	segs   []*kit.Segment
	fields []*kit.Field
	bigs   []*kit.Press
	sel    *kit.Select
	table  *kit.Table
}

func newGallery() *gallery {
	g := &gallery{}
	for _, v := range []string{"", "yes", "unknown", "no", ""} {
		s := kit.NewYesNo(nil)
		s.SetValue(v)
		g.segs = append(g.segs, s)
	}
	g.segs[4].SetFaded(true)
	for i, v := range []string{"", "6.3", "14.2", "313", "<0.5"} {
		f := kit.NewNumberField("mmol/L", nil)
		f.SetText(v)
		f.SetMood([]kit.Mood{kit.Calm, kit.Calm, kit.Amber, kit.Red, kit.Calm}[i])
		g.fields = append(g.fields, f)
	}
	f := kit.NewField("", nil)
	f.SetText("50s")
	f.Unit = "y"
	d := kit.NewField("day, month, year", nil)
	d.Icon = "cal"
	g.fields = append(g.fields, f, d)
	for _, k := range []kit.Kind{kit.Primary, kit.Plain, kit.Ghost, kit.Danger} {
		g.bigs = append(g.bigs, kit.NewButton(k, "plus", "Add panel", nil))
	}
	off := kit.NewButton(kit.Plain, "", "Undo", nil)
	off.SetOff(true, "Nothing to undo")
	g.bigs = append(g.bigs, off)
	g.sel = kit.NewSelect("Taken while", []kit.Option{{Value: "untreated", Label: "Untreated"}}, nil)
	g.sel.SetValue("untreated")
	g.table = kit.NewTable(34, []kit.Column{{Title: "Patient", Share: 1}, {Title: "Age", Width: 44, Right: true}, {Title: "Advice", Width: 148}},
		func(p *kit.Pen, i int, c []kit.Cell, _ bool) {
			p.Runs(c[0].X, 7, c[0].W, kit.Run{Text: "ABERNETHY", Style: kit.Body.B()}, kit.Run{Text: ", Rory", Style: kit.Body})
			p.Text(c[1].X, 7, c[1].W, "27", kit.Body, kit.Right)
			p.Pill(c[2].X, 6, kit.ToneMet, "met", "Test indicated")
		})
	g.table.SetRows(3)
	g.table.Choose(1)
	return g
}

func (g *gallery) draw(p *kit.Pen) {
	p.Fill(0, 0, p.W, p.H, look.BG)
	p.Mark(24, 17, 26, look.Action, look.ActionOn)
	p.Text(66, 16, 0, "Components and their states", kit.Title, kit.Left)
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
	p.Pill(41, 341, kit.ToneUrgent, "urg", "Urgent: specialist")
	p.Pill(186, 341, kit.ToneMet, "met", "Targeted test")
	p.Pill(41, 369, kit.ToneNot, "not", "Not indicated")
	p.Pill(186, 369, kit.ToneUnk, "unk", "More information")
	p.Pill(41, 397, kit.ToneWarn, "warn", "Not signed off")
	p.Pill(186, 397, kit.ToneAction, "exam", "Examine")
	p.Card(439, 303, 402, 216)
	bands := []kit.Band{{Name: "unlikely", From: 0, To: 2}, {Name: "possible", From: 3, To: 5}, {Name: "probable", From: 6, To: 8}, {Name: "definite", From: 9, To: 18}}
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
	p.Message(41, 571, 369, kit.ToneUrgent, "urg", "Fix 1 value.", "Row 17: LDL cholesterol 49 mmol/L is outside what is possible (0.1 to 30).")
	p.Message(41, 640, 369, kit.ToneWarn, "warn", "Back up today.", "Last backup 20-Nov-2026.")
	p.Key(41, 700, "Ctrl K")
	p.Put(g.table, 439, 532, 402, g.table.Height(3))
}

func TestGallery(t *testing.T) {
	for name, k := range look.Kinds {
		win := uitest.Window(t, k, 1280, 800)
		win.SetContent(kit.NewSheet(newGallery().draw))
		uitest.Golden(t, "gallery-"+name, win.Canvas().Capture())
	}
}
