package consult

import (
	"slices"

	"kindred/app/cliniclist"
	"kindred/app/identity"
	"kindred/app/ui/typed"
	"kindred/app/ui/words"
	"kindred/rules"
	"kindred/rules/truth"
)

// askResults opens the page that reads pasted laboratory results into the
// panels of their days.
func (pg *lipidPage) askResults() {
	reader := cliniclist.NewPaster(pg.s.m.dict)
	pg.reading = openPaste(pg.s.root, paster{
		title:   "Paste results",
		holder:  "Paste results from the record here (Ctrl V), a line each: Serum LDL cholesterol level 6.2 mmol/L (02-Nov-2026)",
		nothing: "No cholesterol, triglycerides or other lipid was recognised. Enter the results by hand.",
		all:     true,
		days:    true,
		read:    func(text string) pasteReading { return pg.readResults(reader, text) },
		entered: pg.enterResults,
	}, func() { pg.reading = nil })
}

// readResults proposes what the lines say about lipids.
func (pg *lipidPage) readResults(reader *cliniclist.Paster, text string) pasteReading {
	var out pasteReading
	others := 0
	for _, got := range reader.Read(text, pg.s.m.today) {
		switch {
		case got.Fact != nil && !slices.ContainsFunc(pg.numbers, func(d *rules.FactDef) bool { return d.ID == got.Fact.ID }), got.Fact == nil && got.Why != "":
			others++
		case got.Why != "":
			out.doubts = append(out.doubts, pastedDoubt{words.Capital(got.Fact.Label) + ", not read: " + got.Why, got.Line})
		default:
			value := typed.Show(got.Answer.Number, got.Fact.Decimals) + " " + got.Fact.Unit
			row := &proposal{
				key: got.Line, label: got.Fact.Label, value: value, quote: got.Line, note: words.Capital(got.Remark),
				when: "No date", words: got.Fact.Label + " " + value,
				take: func() { (*pg.panelOf(got.Answer.When))[got.Fact.ID] = got.Answer },
			}
			if day := identity.FormatDay(got.Answer.When); day != "" {
				row.when, row.dated = day, true
			}
			if now, ok := pg.entered(got.Fact.ID, got.Answer.When); ok {
				row.had = now.Number == got.Answer.Number
				row.note = "Now: " + typed.Show(now.Number, got.Fact.Decimals)
			}
			out.rows = append(out.rows, row)
		}
	}
	if others > 0 {
		out.foot = words.Plural(others, "other line", "other lines") + " about something else."
	}
	return out
}

// enterResults puts the chosen values into the panels of their days.
func (pg *lipidPage) enterResults(chosen []*proposal) {
	for _, row := range chosen {
		row.take()
	}
	pg.s.m.touch()
	pg.sync()
	pg.s.refresh()
}

// entered is what stands for a fact on a day.
func (pg *lipidPage) entered(fact string, day rules.Date) (rules.Answer, bool) {
	p := pg.s.m.patient()
	if day == "" || day == pg.dayOf(-1) {
		a, ok := p.Facts[fact]
		return a, ok
	}
	for i := range p.Panels {
		if p.Panels[i].Date == day {
			a, ok := p.Panels[i].Facts[fact]
			return a, ok
		}
	}
	return rules.Answer{}, false
}

// panelOf finds or makes the panel of a day. Results without a day, and those
// of the newest day, are the current ones; what was current and is older moves
// to the earlier panels with what was said about it.
func (pg *lipidPage) panelOf(day rules.Date) *map[string]rules.Answer {
	p := pg.s.m.patient()
	if p.Facts == nil {
		p.Facts = map[string]rules.Answer{}
	}
	now := pg.dayOf(-1)
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
	return slices.DeleteFunc(slices.Clone(pg.s.m.dict.Facts()), func(d *rules.FactDef) bool { return !d.Sample })
}
