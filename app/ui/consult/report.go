package consult

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/pathology"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/rules"
	"kindred/rules/truth"
)

// reportPage reads a pasted pathology report into the fields of one tumour.
// Every field is proposed with the words it came from and entered only when
// somebody said so; the text itself is not kept.
type reportPage struct {
	kit.Sheet
	tumours *tumourPage
	over    fyne.Canvas
	back    fyne.Focusable

	text   *kit.Area
	list   *kit.Sheet
	scroll *kit.Scroll
	take   *kit.Press
	cancel *kit.Press
	rows   []*reportRow
	unsure []pathology.Doubt
}

// reportRow is one proposed field.
type reportRow struct {
	def   *rules.FactDef
	found pathology.Finding
	now   string // what is entered already, "" for nothing
	seg   *kit.Segment
}

var useOrLeave = []kit.Option{{Value: "yes", Label: "Enter"}, {Value: "no", Label: "Leave"}}

// askReport opens the page over the window.
func (pg *tumourPage) askReport() {
	c := kit.CanvasOf(pg.s.root)
	if c == nil {
		return
	}
	r := &reportPage{tumours: pg, over: c, back: c.Focused()}
	r.Draw = r.draw
	r.ExtendBaseWidget(r)
	r.text = kit.NewArea("Paste the mismatch repair part of the pathology report here (Ctrl V)", r.read)
	r.text.Escape = r.close
	r.list = kit.NewSheet(r.drawList)
	r.scroll = kit.NewScroll(r.list)
	r.take = kit.NewButton(kit.Primary, "", "Enter chosen", r.enter)
	r.cancel = kit.NewButton(kit.Plain, "", "Cancel", r.close)
	r.read("")
	r.Resize(c.Size())
	c.Overlays().Add(r)
	c.Focus(r.text.Target())
	pg.reading = r
}

func (r *reportPage) close() {
	r.over.Overlays().Remove(r)
	r.tumours.reading = nil
	if r.back != nil {
		r.over.Focus(r.back)
	}
}

// Tapped outside does nothing: what was chosen must not vanish by a slip.
func (r *reportPage) Tapped(*fyne.PointEvent) {}

// read proposes what the text says; what was chosen before stays chosen where
// the proposal is the same.
func (r *reportPage) read(text string) {
	got := pathology.Read(text)
	chosen := map[string]string{}
	for _, row := range r.rows {
		chosen[row.found.Fact+"="+row.found.Value] = row.seg.Value()
	}
	dict := r.tumours.s.m.dict
	known := func(fact string) bool { return dict.Fact(fact) != nil }
	r.rows, r.unsure = nil, nil
	for _, d := range got.Unsure {
		if slices.ContainsFunc(d.Facts, known) {
			r.unsure = append(r.unsure, d)
		}
	}
	t := r.tumours.tumour()
	for _, f := range got.Found {
		def := dict.Fact(f.Fact)
		if def == nil {
			continue
		}
		row := &reportRow{def: def, found: f, now: tumourValue(t, f.Fact)}
		row.seg = kit.NewSegment(useOrLeave, func(string) { r.count() })
		row.seg.SetSmall()
		row.seg.Words = fmt.Sprintf("%s: %s. Y enters it, N leaves it", about(def), valueLabel(def, f.Value))
		row.seg.SetValue(chosen[f.Fact+"="+f.Value])
		r.rows = append(r.rows, row)
	}
	r.count()
}

// tumourValue is what is entered for a fact of a tumour, in the reader's words.
func tumourValue(t *rules.Tumour, fact string) string {
	if f := tumourField(t, fact); f != nil {
		return *f
	}
	if k := tumourTruth(t, fact); k != nil && (*k == truth.Yes || *k == truth.No) {
		return k.String()
	}
	return ""
}

func valueLabel(def *rules.FactDef, value string) string {
	if def.Type == rules.ChoiceFact {
		return def.ChoiceLabel(value)
	}
	return strings.ToUpper(value[:1]) + value[1:]
}

func (row *reportRow) chosen() bool { return row.seg.Value() == "yes" && row.now != row.found.Value }

func (r *reportPage) chosen() (n int) {
	for _, row := range r.rows {
		if row.chosen() {
			n++
		}
	}
	return n
}

func (r *reportPage) count() {
	n := r.chosen()
	label := "Enter chosen"
	if n > 0 {
		label = fmt.Sprintf("Enter %d chosen", n)
	}
	r.take.SetLabel(kit.Primary, "", label)
	r.take.SetOff(n == 0, "Choose Enter beside at least one proposal")
	r.list.Redraw()
	r.Redraw()
}

// enter takes the chosen proposals over, in one go that one undo takes back.
func (r *reportPage) enter() {
	pg := r.tumours
	if len(pg.tumours()) == 0 {
		pg.addTumour()
	}
	t := pg.tumour()
	for _, row := range r.rows {
		if !row.chosen() {
			continue
		}
		if f := tumourField(t, row.found.Fact); f != nil {
			*f = row.found.Value
		} else if k := tumourTruth(t, row.found.Fact); k != nil {
			*k = truth.Of(row.found.Value == "yes")
		}
	}
	r.close()
	pg.sync()
	pg.changed()
}

func (r *reportPage) draw(p *kit.Pen) {
	w, h := min(900, p.W-32), min(720, p.H-32)
	x, y := (p.W-w)/2, (p.H-h)/2
	p.Box(x, y, w, h, look.Surface, look.Ctl, 2, kit.RCard)
	p.Text(x+24, y+18, w-48, "Read a pathology report", kit.Title, kit.Left)
	p.Text(x+24, y+50, w-48, "Nothing is entered until you choose it. The pasted text is not kept.", kit.Caption, kit.Left)
	th := max(72, min(168, h*0.26))
	p.Put(r.text, x+24, y+74, w-48, th)
	top := y + 74 + th + 12
	p.HLine(x+24, top, w-48)
	p.Put(r.scroll, x+24, top+4, w-48, y+h-64-top-4)
	p.HLine(x+24, y+h-60, w-48)
	p.Put(r.take, x+w-24-r.take.Width(), y+h-48, r.take.Width(), 36)
	p.Put(r.cancel, x+w-24-r.take.Width()-8-r.cancel.Width(), y+h-48, r.cancel.Width(), 36)
}

func (r *reportPage) drawList(p *kit.Pen) {
	y := float32(8)
	switch {
	case r.text == nil || strings.TrimSpace(r.text.Text()) == "":
	case len(r.rows) == 0 && len(r.unsure) == 0:
		y += p.Para(0, y, p.W, "Nothing about mismatch repair, MSI, BRAF or methylation was recognised. Enter the results by hand.", kit.Body)
	}
	for _, row := range r.rows {
		y = row.draw(p, y)
	}
	for i := range r.unsure {
		y = r.drawDoubt(p, y, &r.unsure[i])
	}
	r.list.SetMin(p.W, y+8)
}

func (row *reportRow) draw(p *kit.Pen, y float32) float32 {
	const label, value = 176, 236
	named := p.Para(0, y+6, label-12, row.def.Label, kit.Body)
	p.Text(label, y+6, value-8, valueLabel(row.def, row.found.Value), kit.Body.B(), kit.Left)
	sx := p.W - row.seg.Width()
	switch row.now {
	case row.found.Value:
		p.Text(label+value, y+6, p.W-label-value, "Entered already", kit.Small.In(look.Muted), kit.Left)
	default:
		p.Put(row.seg, sx, y, row.seg.Width(), 32)
		if row.now != "" {
			p.Text(label+value, y+7, sx-label-value-8, "Now: "+valueLabel(row.def, row.now), kit.Small.In(look.Warn), kit.Left)
		}
	}
	quoted := p.Para(label, y+30, sx-label-8, "“"+shortened(row.found.Words)+"”", kit.Caption)
	return y + max(30+quoted, 6+named) + 8
}

func (r *reportPage) drawDoubt(p *kit.Pen, y float32, d *pathology.Doubt) float32 {
	names := make([]string, 0, len(d.Facts))
	for _, f := range d.Facts {
		if def := r.tumours.s.m.dict.Fact(f); def != nil {
			names = append(names, def.Short)
		}
	}
	text := strings.Join(names, ", ")
	text = strings.ToUpper(text[:min(1, len(text))]) + text[min(1, len(text)):]
	p.Icon(0, y+1, 16, "unk", look.Unk)
	y += p.Para(24, y, p.W-24, text+": "+d.Why, kit.Small)
	y += p.Para(24, y, p.W-24, "“"+shortened(d.Words)+"”", kit.Caption)
	return y + 10
}

// shortened keeps a quotation to about two lines.
func shortened(words string) string {
	if r := []rune(words); len(r) > 160 {
		return string(r[:157]) + "…"
	}
	return words
}
