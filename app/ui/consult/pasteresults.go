package consult

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/cliniclist"
	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/app/ui/words"
	"kindred/rules"
	"kindred/rules/truth"
)

// resultsPage reads pasted laboratory results into the panels. Every value is
// proposed with the line it came from and entered only when somebody said so;
// the text itself is not kept.
type resultsPage struct {
	kit.Sheet
	lipids *lipidPage
	reader *cliniclist.Paster
	over   fyne.Canvas
	back   fyne.Focusable

	text   *kit.Area
	list   *kit.Sheet
	scroll *kit.Scroll
	all    *kit.Press
	take   *kit.Press
	cancel *kit.Press
	rows   []*resultRow
	doubts []cliniclist.Pasted
	others int // lines about something else
}

// resultRow is one proposed value.
type resultRow struct {
	cliniclist.Pasted
	seg *kit.Segment
}

// askResults opens the page over the window.
func (pg *lipidPage) askResults() {
	c := kit.CanvasOf(pg.s.root)
	if c == nil {
		return
	}
	r := &resultsPage{lipids: pg, reader: cliniclist.NewPaster(pg.s.m.dict), over: c, back: c.Focused()}
	r.Draw = r.draw
	r.ExtendBaseWidget(r)
	r.text = kit.NewArea("Paste results from the record here (Ctrl V), a line each: Serum LDL cholesterol level 6.2 mmol/L (02-Nov-2026)", r.read)
	r.text.Escape = r.close
	r.list = kit.NewSheet(r.drawList)
	r.scroll = kit.NewScroll(r.list)
	r.all = kit.NewButton(kit.Plain, "", "Choose all", r.chooseAll)
	r.take = kit.NewButton(kit.Primary, "", "Enter chosen", r.enter)
	r.cancel = kit.NewButton(kit.Plain, "", "Cancel", r.close)
	r.read("")
	r.Resize(c.Size())
	c.Overlays().Add(r)
	c.Focus(r.text.Target())
	pg.reading = r
}

func (r *resultsPage) close() {
	r.over.Overlays().Remove(r)
	r.lipids.reading = nil
	if r.back != nil {
		r.over.Focus(r.back)
	}
}

// Tapped outside does nothing: what was chosen must not vanish by a slip.
func (r *resultsPage) Tapped(*fyne.PointEvent) {}

// read proposes what the text says; what was chosen stays chosen where the line
// is the same.
func (r *resultsPage) read(text string) {
	chosen := map[string]string{}
	for _, row := range r.rows {
		chosen[row.Line] = row.seg.Value()
	}
	r.rows, r.doubts, r.others = nil, nil, 0
	for _, got := range r.reader.Read(text, r.lipids.s.m.today) {
		switch {
		case got.Fact != nil && !slices.ContainsFunc(r.lipids.numbers, func(d *rules.FactDef) bool { return d.ID == got.Fact.ID }), got.Fact == nil && got.Why != "":
			r.others++
		case got.Why != "":
			r.doubts = append(r.doubts, got)
		default:
			row := &resultRow{Pasted: got, seg: kit.NewSegment(useOrLeave, func(string) { r.count() })}
			row.seg.SetSmall()
			row.seg.Words = got.Fact.Label + " " + row.value() + ": Y enters it, N leaves it"
			row.seg.SetValue(chosen[got.Line])
			r.rows = append(r.rows, row)
		}
	}
	r.count()
}

func (row *resultRow) value() string {
	return typed.Show(row.Answer.Number, row.Fact.Decimals) + " " + row.Fact.Unit
}

func (r *resultsPage) chooseAll() {
	for _, row := range r.rows {
		row.seg.SetValue("yes")
	}
	r.count()
	r.over.Focus(r.take)
}

func (r *resultsPage) count() {
	n := 0
	for _, row := range r.rows {
		if row.seg.Value() == "yes" {
			n++
		}
	}
	label := "Enter chosen"
	if n > 0 {
		label = fmt.Sprintf("Enter %d chosen", n)
	}
	r.take.SetLabel(kit.Primary, "", label)
	r.take.SetOff(n == 0, "Choose Enter beside at least one value")
	r.all.SetOff(len(r.rows) == 0, "There is no value to choose")
	r.list.Redraw()
	r.Redraw()
}

// enter puts the chosen values into the panels of their days, in one change.
func (r *resultsPage) enter() {
	pg := r.lipids
	for _, row := range r.rows {
		if row.seg.Value() == "yes" {
			(*pg.panelOf(row.Answer.When))[row.Fact.ID] = row.Answer
		}
	}
	r.close()
	pg.s.m.touch()
	pg.sync()
	pg.s.refresh()
}

// panelOf finds or makes the panel of a day. Results without a day, and those
// of the newest day, are the current ones; what was current and is older moves
// to the earlier panels with what was said about it.
func (pg *lipidPage) panelOf(day rules.Date) *map[string]rules.Answer {
	p := pg.s.m.patient()
	if p.Facts == nil {
		p.Facts = map[string]rules.Answer{}
	}
	now := pg.dayOf(pg.columns[0])
	filled := slices.ContainsFunc(pg.numbers, func(d *rules.FactDef) bool { _, ok := p.Facts[d.ID]; return ok })
	switch {
	case day == "" || day == now || !filled:
		return &p.Facts
	case now != "" && day > now:
		old := rules.Panel{Date: now, Age: pg.ageOn(now), Fasting: truth.Unknown, Facts: map[string]rules.Answer{}}
		for _, d := range pg.ofPanel() {
			if a, ok := p.Facts[d.ID]; ok {
				old.Facts[d.ID] = a
				delete(p.Facts, d.ID)
			}
		}
		p.Panels = append([]rules.Panel{old}, p.Panels...)
		return &p.Facts
	}
	for i := range p.Panels {
		if p.Panels[i].Date == day {
			if p.Panels[i].Facts == nil {
				p.Panels[i].Facts = map[string]rules.Answer{}
			}
			return &p.Panels[i].Facts
		}
	}
	p.Panels = append(p.Panels, rules.Panel{Date: day, Age: pg.ageOn(day), Fasting: truth.Unknown, Facts: map[string]rules.Answer{}})
	return &p.Panels[len(p.Panels)-1].Facts
}

// ofPanel are the facts that belong to one blood sample.
func (pg *lipidPage) ofPanel() []*rules.FactDef {
	out := slices.Clone(pg.numbers)
	if pg.basis != nil {
		out = append(out, pg.basis)
	}
	return out
}

func (pg *lipidPage) ageOn(day rules.Date) truth.Span {
	if y, ok := identity.Years(pg.s.m.rec.Identity.Born, day); ok {
		return truth.Exactly(float64(y))
	}
	return truth.Any()
}

func (r *resultsPage) draw(p *kit.Pen) {
	w, h := min(900, p.W-32), min(720, p.H-32)
	x, y := (p.W-w)/2, (p.H-h)/2
	p.Box(x, y, w, h, look.Surface, look.Ctl, 2, kit.RCard)
	p.Text(x+24, y+18, w-48, "Paste results", kit.Title, kit.Left)
	p.Text(x+24, y+50, w-48, "Nothing is entered until you choose it. The pasted text is not kept.", kit.Caption, kit.Left)
	th := max(72, min(168, h*0.26))
	p.Put(r.text, x+24, y+74, w-48, th)
	top := y + 74 + th + 12
	p.HLine(x+24, top, w-48)
	p.Put(r.scroll, x+24, top+4, w-48, y+h-64-top-4)
	p.HLine(x+24, y+h-60, w-48)
	p.Put(r.all, x+24, y+h-48, r.all.Width(), 36)
	p.Put(r.cancel, x+w-24-r.take.Width()-8-r.cancel.Width(), y+h-48, r.cancel.Width(), 36)
	p.Put(r.take, x+w-24-r.take.Width(), y+h-48, r.take.Width(), 36)
}

func (r *resultsPage) drawList(p *kit.Pen) {
	y := float32(8)
	if r.text == nil || strings.TrimSpace(r.text.Text()) == "" {
		r.list.SetMin(p.W, y)
		return
	}
	if len(r.rows) == 0 && len(r.doubts) == 0 {
		y += p.Para(0, y, p.W, "No cholesterol, triglycerides or other lipid was recognised. Enter the results by hand.", kit.Body)
	}
	for _, row := range r.rows {
		y = r.drawRow(p, y, row)
	}
	for i := range r.doubts {
		d := &r.doubts[i]
		p.Icon(0, y+1, 16, "unk", look.Unk)
		y += p.Para(24, y, p.W-24, words.Capital(d.Fact.Label)+", not read: "+d.Why, kit.Small)
		y += p.Para(24, y, p.W-24, "“"+shortened(d.Line)+"”", kit.Caption) + 10
	}
	if r.others > 0 {
		y += p.Para(0, y, p.W, words.Plural(r.others, "other line", "other lines")+" about something else.", kit.Caption)
	}
	r.list.SetMin(p.W, y+8)
}

func (r *resultsPage) drawRow(p *kit.Pen, y float32, row *resultRow) float32 {
	const label, value, day = 176, 132, 120
	p.Text(0, y+6, label-8, row.Fact.Label, kit.Body, kit.Left)
	p.Text(label, y+6, value-8, row.value(), kit.Body.B(), kit.Left)
	when, tok := identity.FormatDay(row.Answer.When), look.Muted
	if when == "" {
		when, tok = "No date", look.Unk
	}
	p.Text(label+value, y+7, day, when, kit.Small.In(tok), kit.Left)
	sx := p.W - row.seg.Width()
	p.Put(row.seg, sx, y, row.seg.Width(), 32)
	note := row.Remark
	if had := r.had(row); had != "" {
		note = had
	}
	p.Text(label+value+day, y+7, sx-label-value-day-8, words.Capital(note), kit.Small.In(look.Warn), kit.Left)
	quoted := p.Para(label, y+30, sx-label-8, "“"+shortened(row.Line)+"”", kit.Caption)
	return y + 30 + quoted + 8
}

// had says what is entered already for the same day.
func (r *resultsPage) had(row *resultRow) string {
	pg := r.lipids
	facts := pg.s.m.patient().Facts
	if day := pg.dayOf(pg.columns[0]); row.Answer.When != "" && row.Answer.When != day {
		facts = nil
		for _, pn := range pg.s.m.patient().Panels {
			if pn.Date == row.Answer.When {
				facts = pn.Facts
			}
		}
	}
	a, ok := facts[row.Fact.ID]
	switch {
	case !ok:
		return ""
	case a.Number == row.Answer.Number:
		return "entered already"
	}
	return "now: " + typed.Show(a.Number, row.Fact.Decimals)
}
