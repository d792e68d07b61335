package consult

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	domain "kindred/app/consult"
	"kindred/app/sketch"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
	"kindred/rules"
)

// saveForms are the forms of a family file and of its picture.
var saveForms = []kit.Option{
	{Value: ".ped", Label: "LINKAGE/PED table"},
	{Value: ".canrisk", Label: "CanRisk 4"},
	{Value: ".ged", Label: "GEDCOM 5.5.1"},
	{Value: ".json", Label: "FHIR family history"},
	{Value: ".case.json", Label: "Case of Kindred"},
	{Value: ".svg", Label: "Picture, SVG"},
	{Value: ".png", Label: "Picture, PNG"},
	{Value: ".pdf", Label: "Picture, PDF"},
}

var errNoDrawing = errors.New("this family cannot be drawn: the tree says why")

// pngScale is how many pixels a picture has for each point of the drawing.
const pngScale = 2

// familySave lies over the window: in which form, with names or without, and
// what the form cannot carry, before anything is saved.
type familySave struct {
	kit.Sheet
	pg   *familyPage
	over fyne.Canvas
	back fyne.Focusable

	form   *kit.Select
	names  *kit.Segment
	list   *kit.Sheet
	scroll *kit.Scroll
	save   *kit.Press
	cancel *kit.Press

	data    []byte
	drawing *sketch.Drawing // of a PDF, which is made when it is saved
	lost    []string
	trouble error
	busy    bool
	asked   int // the newest form asked for
}

// saveFile asks how the family is to be saved.
func (pg *familyPage) saveFile() {
	c := kit.CanvasOf(pg.s.root)
	if c == nil {
		return
	}
	o := &familySave{pg: pg, over: c, back: c.Focused()}
	o.Draw = o.draw
	o.ExtendBaseWidget(o)
	o.form = kit.NewSelect("Choose a form", saveForms, func(string) { o.prepare() })
	o.names = kit.NewSegment([]kit.Option{{Value: "no", Label: "Without names"}, {Value: "yes", Label: "With names"}}, func(v string) {
		if v == "" { // one of them always holds
			o.names.SetValue("no")
		}
		o.prepare()
	})
	o.names.SetValue("no")
	o.list = kit.NewSheet(o.drawList)
	o.scroll = kit.NewScroll(o.list)
	o.save = kit.NewButton(kit.Primary, "", "Choose where", o.saveNow)
	o.cancel = kit.NewButton(kit.Plain, "", "Cancel", o.close)
	o.prepare()
	o.Resize(c.Size())
	c.Overlays().Add(o)
	c.Focus(o.form)
}

func (o *familySave) close() {
	o.asked++
	o.over.Overlays().Remove(o)
	if o.back != nil {
		o.over.Focus(o.back)
	}
}

// Tapped outside does nothing.
func (o *familySave) Tapped(*fyne.PointEvent) {}

// prepare makes the file in memory, away from the UI goroutine, to know what it
// cannot carry.
func (o *familySave) prepare() {
	o.asked++
	o.data, o.drawing, o.lost, o.trouble, o.busy = nil, nil, nil, nil, false
	form := o.form.Value()
	if form == "" {
		o.settle()
		return
	}
	at, names := o.asked, o.names.Value() == "yes"
	switch form {
	case ".svg", ".png", ".pdf":
		o.drawing = o.pg.tree.pane.Paper(names)
	}
	o.busy = true
	o.settle()
	kase, dict, drawing := cloneCase(&o.pg.s.m.rec.Case), o.pg.s.m.dict, o.drawing
	var data []byte
	var lost []string
	var err error
	kit.Background(func() { data, lost, err = familyData(&kase, dict, drawing, form, names) }, func() {
		if at != o.asked {
			return
		}
		o.busy, o.data, o.lost, o.trouble = false, data, lost, err
		o.settle()
	})
}

// familyData is the content of the file and what it cannot carry.
func familyData(c *rules.Case, d *rules.Dictionary, drawing *sketch.Drawing, form string, names bool) (data []byte, lost []string, err error) {
	picture := []string{"everything the tree does not show: a picture cannot be opened again as a family"}
	switch {
	case !slices.Contains([]string{".svg", ".png", ".pdf"}, form):
		return domain.SaveFamily(c, d, form, names)
	case drawing == nil:
		return nil, nil, errNoDrawing
	case form == ".svg":
		return drawing.SVG(sketch.Print), picture, nil
	case form == ".pdf":
		data, err = drawing.PDF(sketch.Print, string(c.Date))
		return data, picture, err
	}
	if drawing.PixelScale(pngScale) < 1 {
		picture = append(picture, "readable words: this family is too large for pixels; save it as SVG or PDF")
	}
	data, err = drawing.PNG(sketch.Print, pngScale)
	return data, picture, err
}

func (o *familySave) settle() {
	switch {
	case o.form.Value() == "":
		o.save.SetOff(true, "Choose a form first")
	case o.data == nil:
		o.save.SetOff(true, "This family cannot be saved in that form: the page says why")
	default:
		o.save.SetOff(false, "")
	}
	o.list.Redraw()
	o.Redraw()
}

func (o *familySave) saveNow() {
	if o.data == nil {
		return
	}
	what := "family file"
	if o.drawing != nil {
		what = "family tree"
	}
	data, ending := o.data, o.form.Value()[1:]
	o.close()
	o.pg.s.host.File(o.pg.s.m.rec, what, ending, data)
}

func (o *familySave) draw(p *kit.Pen) {
	w, h := min(640, p.W-32), min(480, p.H-32)
	x, y := (p.W-w)/2, (p.H-h)/2
	p.Box(x, y, w, h, look.Surface, look.Ctl, 2, kit.RCard)
	p.Text(x+24, y+18, w-48, "Save family file", kit.Title, kit.Left)
	p.Text(x+24, y+50, w-48, "Nothing is saved before you saw what the form cannot carry.", kit.Caption, kit.Left)
	p.Put(o.form, x+24, y+76, 240, 32)
	if o.pg.tree.pane.HasNames() {
		p.Put(o.names, x+276, y+76, o.names.Width(), 32)
	}
	top := y + 122
	p.HLine(x+24, top, w-48)
	p.Put(o.scroll, x+24, top+4, w-48, y+h-64-top-4)
	p.HLine(x+24, y+h-60, w-48)
	p.Put(o.cancel, x+w-24-o.save.Width()-8-o.cancel.Width(), y+h-48, o.cancel.Width(), 36)
	p.Put(o.save, x+w-24-o.save.Width(), y+h-48, o.save.Width(), 36)
}

func (o *familySave) drawList(p *kit.Pen) {
	y := float32(10)
	switch {
	case o.form.Value() == "":
		y += p.Para(0, y, p.W, "Who the patient is (name, NHS number, date of birth) goes into none of these files.", kit.Body)
	case o.busy:
		p.Text(0, y, p.W, "Working out what the form can carry", kit.Body.In(look.Muted), kit.Left)
		y += 28
	case o.trouble != nil:
		y += p.Message(0, y, p.W, kit.ToneUrgent, "urg", "The family cannot be saved in this form.", "") + 10
		for _, line := range wrong(o.trouble, 20) {
			y += p.Para(0, y, p.W, words.Capital(line), kit.Body) + 4
		}
	default:
		y = drawLost(p, y, "This file cannot carry", o.lost)
		y += p.Note(0, y, p.W, "shield", "The file leaves the sealed consultations: anyone who has it can read it. The audit trail notes that it was saved.", look.Muted)
	}
	o.list.SetMin(p.W, y+8)
}
