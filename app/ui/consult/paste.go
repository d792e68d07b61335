package consult

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

// pasteReading is what a pasted text was understood to say.
type pasteReading struct {
	rows   []*proposal
	doubts []pastedDoubt
	foot   string // said below them all, "" for nothing
}

// proposal is one value to enter: nothing of it is entered until somebody says so.
type proposal struct {
	key   string // the same value, when the text is edited: its choice stays
	label string
	value string
	when  string // its day in words, "" where days do not matter
	dated bool   // when is a day, not the lack of one
	note  string // what to look at first, in amber
	quote string // the words it came from
	had   bool   // entered already: nothing to choose
	words string // what the status bar says
	take  func() // enters it
	seg   *kit.Segment
}

// pastedDoubt is something recognised that could not be read.
type pastedDoubt struct{ text, quote string }

// paster says what one kind of pasted text is and where it goes.
type paster struct {
	title   string
	holder  string // what the empty box says
	nothing string // said when nothing was recognised
	all     bool   // all proposals may be chosen at once
	days    bool   // the proposals have days
	read    func(text string) pasteReading
	entered func(chosen []*proposal) // enters them in one change
}

// pastePage lies over the window: a text, what it says, and what of it is
// entered. The text itself is not kept.
type pastePage struct {
	kit.Sheet
	paster
	over   fyne.Canvas
	back   fyne.Focusable
	closed func()

	text   *kit.Area
	list   *kit.Sheet
	scroll *kit.Scroll
	every  *kit.Press
	take   *kit.Press
	cancel *kit.Press
	got    pasteReading
}

var useOrLeave = []kit.Option{{Value: "yes", Label: "Enter"}, {Value: "no", Label: "Leave"}}

// openPaste opens the page over the window that shows root; nil where there is
// none. closed is called when it goes.
func openPaste(root fyne.CanvasObject, what paster, closed func()) *pastePage {
	c := kit.CanvasOf(root)
	if c == nil {
		return nil
	}
	r := &pastePage{paster: what, over: c, back: c.Focused(), closed: closed}
	r.Draw = r.draw
	r.ExtendBaseWidget(r)
	r.text = kit.NewArea(what.holder, r.reread)
	r.text.Escape = r.close
	r.list = kit.NewSheet(r.drawList)
	r.scroll = kit.NewScroll(r.list)
	r.every = kit.NewButton(kit.Plain, "", "Choose all", r.chooseAll)
	r.take = kit.NewButton(kit.Primary, "", "Enter chosen", r.enter)
	r.cancel = kit.NewButton(kit.Plain, "", "Cancel", r.close)
	r.reread("")
	r.Resize(c.Size())
	c.Overlays().Add(r)
	c.Focus(r.text.Target())
	return r
}

func (r *pastePage) close() {
	r.over.Overlays().Remove(r)
	r.closed()
	if r.back != nil {
		r.over.Focus(r.back)
	}
}

// Tapped outside does nothing: what was chosen must not vanish by a slip.
func (r *pastePage) Tapped(*fyne.PointEvent) {}

// reread proposes what the text says; what was chosen stays chosen where the
// proposal is the same.
func (r *pastePage) reread(text string) {
	chosen := map[string]string{}
	for _, row := range r.got.rows {
		chosen[row.key] = row.seg.Value()
	}
	r.got = r.read(text)
	for _, row := range r.got.rows {
		row.seg = kit.NewSegment(useOrLeave, func(string) { r.count() })
		row.seg.SetSmall()
		row.seg.Words = row.words + ": Y enters it, N leaves it"
		row.seg.SetValue(chosen[row.key])
	}
	r.count()
}

func (r *pastePage) chosen() []*proposal {
	var out []*proposal
	for _, row := range r.got.rows {
		if row.seg.Value() == "yes" && !row.had {
			out = append(out, row)
		}
	}
	return out
}

func (r *pastePage) chooseAll() {
	for _, row := range r.got.rows {
		row.seg.SetValue("yes")
	}
	r.count()
	r.over.Focus(r.take)
}

func (r *pastePage) count() {
	n := len(r.chosen())
	label := "Enter chosen"
	if n > 0 {
		label = fmt.Sprintf("Enter %d chosen", n)
	}
	r.take.SetLabel(kit.Primary, "", label)
	r.take.SetOff(n == 0, "Choose Enter beside at least one of them")
	r.every.SetOff(len(r.got.rows) == 0, "There is nothing to choose")
	r.list.Redraw()
	r.Redraw()
}

// enter takes the chosen proposals over, in one go that one undo takes back.
func (r *pastePage) enter() {
	chosen := r.chosen()
	r.close()
	r.entered(chosen)
}

func (r *pastePage) draw(p *kit.Pen) {
	w, h := min(900, p.W-32), min(720, p.H-32)
	x, y := (p.W-w)/2, (p.H-h)/2
	p.Box(x, y, w, h, look.Surface, look.Ctl, 2, kit.RCard)
	p.Text(x+24, y+18, w-48, r.title, kit.Title, kit.Left)
	p.Text(x+24, y+50, w-48, "Nothing is entered until you choose it. The pasted text is not kept.", kit.Caption, kit.Left)
	th := max(72, min(168, h*0.26))
	p.Put(r.text, x+24, y+74, w-48, th)
	top := y + 74 + th + 12
	p.HLine(x+24, top, w-48)
	p.Put(r.scroll, x+24, top+4, w-48, y+h-64-top-4)
	p.HLine(x+24, y+h-60, w-48)
	if r.all {
		p.Put(r.every, x+24, y+h-48, r.every.Width(), 36)
	}
	p.Put(r.cancel, x+w-24-r.take.Width()-8-r.cancel.Width(), y+h-48, r.cancel.Width(), 36)
	p.Put(r.take, x+w-24-r.take.Width(), y+h-48, r.take.Width(), 36)
}

func (r *pastePage) drawList(p *kit.Pen) {
	y := float32(8)
	if r.text == nil || strings.TrimSpace(r.text.Text()) == "" {
		r.list.SetMin(p.W, y)
		return
	}
	if len(r.got.rows) == 0 && len(r.got.doubts) == 0 {
		y += p.Para(0, y, p.W, r.nothing, kit.Body)
	}
	for _, row := range r.got.rows {
		y = r.drawRow(p, y, row)
	}
	for _, d := range r.got.doubts {
		p.Icon(0, y+1, 16, "unk", look.Unk)
		y += p.Para(24, y, p.W-24, d.text, kit.Small)
		y += p.Para(24, y, p.W-24, "“"+quoted(d.quote)+"”", kit.Caption) + 10
	}
	if r.got.foot != "" {
		y += p.Para(0, y, p.W, r.got.foot, kit.Caption)
	}
	r.list.SetMin(p.W, y+8)
}

// drawRow draws a proposal: what it is, its value, its day, whether it is
// entered, and the words it came from.
func (r *pastePage) drawRow(p *kit.Pen, y float32, row *proposal) float32 {
	const label = 176
	value, day := float32(236), float32(0)
	if r.days {
		value, day = 132, 120
	}
	named := p.Para(0, y+6, label-12, row.label, kit.Body)
	p.Text(label, y+6, value-8, row.value, kit.Body.B(), kit.Left)
	if r.days {
		tok := look.Unk
		if row.dated {
			tok = look.Muted
		}
		p.Text(label+value, y+7, day, row.when, kit.Small.In(tok), kit.Left)
	}
	sx := p.W - row.seg.Width()
	at := label + value + day
	if row.had {
		p.Text(at, y+6, p.W-at, "Entered already", kit.Small.In(look.Muted), kit.Left)
	} else {
		p.Put(row.seg, sx, y, row.seg.Width(), 32)
		p.Text(at, y+7, sx-at-8, row.note, kit.Small.In(look.Warn), kit.Left)
	}
	said := p.Para(label, y+30, sx-label-8, "“"+quoted(row.quote)+"”", kit.Caption)
	return y + max(30+said, 6+named) + 8
}

// quoted keeps a quotation to about two lines.
func quoted(words string) string {
	if r := []rune(words); len(r) > 160 {
		return string(r[:157]) + "…"
	}
	return words
}
