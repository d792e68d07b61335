package consult

import (
	"slices"

	"fyne.io/fyne/v2"

	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/truth"
)

// tumourPage is what the laboratory found in each tumour of the patient, or of a
// relative.
type tumourPage struct {
	s      *Screen
	person string      // id of whose tumours are shown; empty for the patient
	whose  *kit.Select // offered once there are relatives
	at     int         // the tumour shown

	site *kit.Select
	age  *kit.Field
	date *kit.Field

	ageRead  typed.Age
	dateRead typed.Date
	rows     []*tumourRow
	tabs     []*kit.Press
	add      *kit.Press
	drop     *kit.Press
	start    *kit.Press
	paste    *kit.Press
	reading  *pastePage // the pasted report being read, nil for none
}

// tumourRow is one finding with its choices in a row.
type tumourRow struct {
	def *rules.FactDef
	seg *kit.Segment
}

func newTumourPage(s *Screen) *tumourPage {
	pg := &tumourPage{s: s}
	for _, def := range s.m.dict.Facts() {
		if def.Of != rules.OfTumour || def.Derived || def.BuiltIn != "" {
			continue
		}
		if def.ID == "tumour.site" {
			opts := make([]kit.Option, len(def.Choices))
			for i, c := range def.Choices {
				opts[i] = kit.Option{Value: c.Value, Label: c.Label}
			}
			pg.site = kit.NewSelect("Where it is", opts, func(v string) { pg.tumour().Site = v; pg.changed() })
			pg.site.Words = "Site of the tumour"
			continue
		}
		if tumourField(&rules.Tumour{}, def.ID) == nil && tumourTruth(&rules.Tumour{}, def.ID) == nil {
			continue
		}
		pg.rows = append(pg.rows, pg.newRow(def))
	}
	pg.whose = kit.NewSelect("Patient", nil, pg.of)
	pg.whose.Words = "Whose tumour: a relative's goes through the same tables"
	pg.age = kit.NewField("", pg.typeAge)
	pg.age.Unit, pg.age.Words = "y", "Age at diagnosis: 62, 60s, or ? for not known"
	pg.date = kit.NewField("dd-mmm-yyyy", pg.typeDate)
	pg.date.Icon, pg.date.Words = "cal", "Date of diagnosis"
	pg.add = kit.NewButton(kit.Ghost, "plus", "Add tumour", pg.addTumour)
	pg.drop = kit.NewButton(kit.Plain, "close", "Remove", pg.dropTumour)
	pg.drop.Words = "Remove this tumour; Ctrl Z brings it back"
	pg.start = kit.NewButton(kit.Primary, "plus", "Add tumour", pg.addTumour)
	pg.paste = kit.NewButton(kit.Ghost, "", "Paste report", pg.askReport)
	pg.paste.Words = "Read a pathology report that was copied; each result is confirmed before it is entered"
	pg.sync()
	return pg
}

func (pg *tumourPage) newRow(def *rules.FactDef) *tumourRow {
	r := &tumourRow{def: def}
	options := kit.YesNoUnknown
	if def.Type == rules.ChoiceFact {
		options = nil
		for _, c := range def.Choices {
			options = append(options, kit.Option{Value: c.Value, Label: c.Label})
		}
	}
	r.seg = kit.NewSegment(options, func(v string) { pg.set(def, v) })
	r.seg.Words = about(def)
	if def.Type == rules.ChoiceFact {
		r.seg.SetSmall()
	}
	return r
}

// tumourField is the place in a tumour where a choice is kept.
func tumourField(t *rules.Tumour, fact string) *string {
	switch fact {
	case "tumour.site":
		return &t.Site
	case "tumour.mlh1":
		return &t.MLH1
	case "tumour.pms2":
		return &t.PMS2
	case "tumour.msh2":
		return &t.MSH2
	case "tumour.msh6":
		return &t.MSH6
	case "tumour.msi":
		return &t.MSI
	case "tumour.braf_v600e":
		return &t.BRAF
	case "tumour.mlh1_methylation":
		return &t.Methylation
	case "tumour.tissue":
		return &t.Tissue
	}
	return nil
}

// tumourTruth is the place in a tumour where a yes/no answer is kept.
func tumourTruth(t *rules.Tumour, fact string) *truth.K {
	switch fact {
	case "tumour.neoadjuvant":
		return &t.Neoadjuvant
	case "tumour.msi_h_histology":
		return &t.MSIHHistology
	case "tumour.confirmed":
		return &t.Confirmed
	}
	return nil
}

func (pg *tumourPage) set(def *rules.FactDef, v string) {
	t := pg.tumour()
	if f := tumourField(t, def.ID); f != nil {
		*f = v
	} else if k := tumourTruth(t, def.ID); k != nil {
		*k = map[string]truth.K{"yes": truth.Yes, "no": truth.No}[v]
		if v == "" || v == unknownChoice {
			*k = truth.Unknown
		}
	}
	pg.changed()
}

func (pg *tumourPage) changed() {
	pg.s.m.touch()
	pg.s.refresh()
}

func (pg *tumourPage) tumours() []rules.Tumour { return pg.owner().Tumours }

func (pg *tumourPage) tumour() *rules.Tumour {
	p := pg.owner()
	if pg.at < len(p.Tumours) {
		return &p.Tumours[pg.at]
	}
	return &rules.Tumour{Age: truth.Any()}
}

func (pg *tumourPage) addTumour() {
	p := pg.owner()
	p.Tumours = append(p.Tumours, rules.Tumour{
		Age: truth.Any(), Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown, Confirmed: truth.Unknown,
	})
	pg.pick(len(p.Tumours) - 1)
	pg.changed()
	pg.s.focus(pg.site)
}

func (pg *tumourPage) dropTumour() {
	p := pg.owner()
	if pg.at < len(p.Tumours) {
		p.Tumours = slices.Delete(p.Tumours, pg.at, pg.at+1)
		pg.pick(max(0, pg.at-1))
		pg.changed()
		pg.s.focus(pg.first())
	}
}

func (pg *tumourPage) pick(i int) {
	pg.at = i
	pg.ageRead, pg.dateRead = typed.Age{}, typed.Date{}
	pg.age.SetMood(kit.Calm)
	pg.date.SetMood(kit.Calm)
	pg.age.SetText("")
	pg.date.SetText("")
	pg.sync()
	pg.s.redrawForm()
}

// show puts the keyboard on a finding, for the next-question card.
func (pg *tumourPage) show(_, fact string) {
	pg.of("")
	if len(pg.tumours()) == 0 {
		pg.addTumour()
		return
	}
	for _, r := range pg.rows {
		if r.def.ID == fact {
			pg.s.focus(r.seg)
		}
	}
}

func (pg *tumourPage) typeAge(text string) {
	born := pg.born()
	pg.ageRead = typed.ReadAgeAt(text, pg.s.m.today, born, born)
	m := kit.Calm
	if bad(pg.ageRead.State) {
		m = kit.Red
	}
	pg.age.SetMood(m)
	pg.tumour().Age = truth.Any()
	if pg.ageRead.State.Usable() {
		pg.tumour().Age = pg.ageRead.Span
	}
	pg.changed()
}

func (pg *tumourPage) typeDate(text string) {
	pg.dateRead = typed.ReadDate(text, pg.s.m.today)
	pg.date.SetMood(mood(pg.dateRead.State, false))
	t := pg.tumour()
	t.Date = pg.dateRead.Day
	if y, ok := identity.Years(pg.born(), t.Date); ok {
		t.Age = truth.Exactly(float64(y))
		pg.age.SetText(typed.ShowAge(t.Age))
	}
	pg.changed()
}

func (pg *tumourPage) sync() {
	pg.syncWhose()
	list := pg.tumours()
	if pg.at >= len(list) {
		pg.at = max(0, len(list)-1)
	}
	if len(list) == 0 {
		return
	}
	t := &list[pg.at]
	if pg.site != nil {
		pg.site.SetValue(t.Site)
	}
	if !pg.age.Focused() && pg.age.Mood() == kit.Calm {
		pg.age.SetText(typed.ShowAge(t.Age))
	}
	if !pg.date.Focused() && pg.date.Mood() == kit.Calm {
		pg.date.SetText(typed.ShowDate(t.Date))
	}
	for _, r := range pg.rows {
		if f := tumourField(t, r.def.ID); f != nil {
			r.seg.SetValue(*f)
		} else if k := tumourTruth(t, r.def.ID); k != nil && (*k == truth.Yes || *k == truth.No) {
			r.seg.SetValue(k.String())
		} else if r.seg.Value() != unknownChoice {
			r.seg.SetValue("")
		}
	}
}

func (pg *tumourPage) first() fyne.Focusable {
	if len(pg.tumours()) == 0 {
		return pg.start
	}
	return pg.site
}
