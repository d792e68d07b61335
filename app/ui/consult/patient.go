package consult

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/truth"
)

var sexOptions = []kit.Option{{Value: "female", Label: "Female"}, {Value: "male", Label: "Male"}, {Value: "unknown", Label: "Not known"}}

// patientPage is who the patient is, and what was tested before.
type patientPage struct {
	s *Screen

	family, given, title, born, died, nhs, age *kit.Field
	sex                                        *kit.Segment
	bornRead, diedRead                         typed.Date
	ageRead                                    typed.Age
	nhsErr                                     string
	onFile                                     *onFile
	cures                                      [2]*kit.Press

	sections []section
	own      *kinEditor
}

func newPatientPage(s *Screen) *patientPage {
	pg := &patientPage{s: s}
	pg.onFile = newOnFile(pg)
	s.m.hold = pg.onFile.hold
	id := &s.m.rec.Identity
	text := func(placeholder, words string, to *string) *kit.Field {
		f := kit.NewField(placeholder, func(text string) { *to = strings.TrimSpace(text); pg.changed(words) })
		f.Words = words
		return f
	}
	pg.family = text("", "Family name, shown in capitals", &id.Family)
	pg.given = text("", "Given names", &id.Given)
	pg.title = text("", "Mr, Mrs, Ms, Dr", &id.Title)
	pg.born = kit.NewField("dd-mmm-yyyy", pg.typeBorn)
	pg.born.Icon, pg.born.Words = "cal", "Date of birth: 14-Mar-1985, 14/3/85"
	pg.died = kit.NewField("alive", pg.typeDied)
	pg.died.Icon, pg.died.Words = "cal", "Date of death; leave empty while alive"
	pg.age = kit.NewField("", pg.typeAge)
	pg.age.Unit, pg.age.Words = "y", "Only where nobody knows the date of birth: 54, 50s, <60"
	pg.nhs = kit.NewField("999 000 0000", pg.typeNHS)
	pg.nhs.Words = "NHS number, ten digits in any grouping"
	pg.sex = kit.NewSegment(sexOptions, pg.chooseSex)
	pg.sex.Words = "Sex at birth: F, M, or K for not known"
	for i := range pg.cures {
		pg.cures[i] = kit.NewLink("", kit.Caption, nil)
	}
	own := factMap{s.m, "patient ", func() *map[string]rules.Answer { return &s.m.patient().Facts }}
	groups := map[string]int{}
	for _, def := range s.m.dict.Facts() {
		if def.Derived || def.BuiltIn != "" || def.Of == rules.OfTumour || !slices.Contains(patientGroups, def.Group) {
			continue
		}
		i, ok := groups[def.Group]
		if !ok {
			i = len(pg.sections)
			groups[def.Group] = i
			title := groupTitle(def.Group)
			if def.Group == "patient" {
				title = "At present"
			}
			pg.sections = append(pg.sections, section{title: title})
		}
		pg.sections[i].rows = append(pg.sections[i].rows, s.newRow(def, own, false))
	}
	pg.own = newOwnHistory(s)
	pg.sync()
	return pg
}

// changed follows a change of who the patient is; key tells the box.
func (pg *patientPage) changed(key string) {
	pg.s.m.touchAs("identity " + key)
	pg.onFile.follow()
	pg.s.refresh()
	pg.s.host.Update()
}

func (pg *patientPage) chooseSex(v string) {
	if v == unknownChoice {
		v = ""
	}
	pg.s.m.rec.Identity.Sex = v
	pg.s.m.patient().Sex = v
	pg.changed("sex " + v)
}

func (pg *patientPage) typeBorn(text string) {
	pg.bornRead = typed.ReadDate(text, pg.s.m.today)
	pg.born.SetMood(mood(pg.bornRead.State, false))
	pg.s.m.rec.Identity.Born = pg.bornRead.Day
	if pg.bornRead.Day == "" {
		pg.s.m.patient().Age = pg.ageSpan()
	}
	pg.changed("born")
}

func (pg *patientPage) typeDied(text string) {
	pg.diedRead = typed.ReadDate(text, pg.s.m.today)
	pg.died.SetMood(mood(pg.diedRead.State, false))
	pg.s.m.rec.Identity.Died = pg.diedRead.Day
	pg.changed("died")
}

func (pg *patientPage) ageSpan() truth.Span {
	if pg.ageRead.State.Usable() {
		return pg.ageRead.Span
	}
	return truth.Any()
}

func (pg *patientPage) typeAge(text string) {
	pg.ageRead = typed.ReadAge(text, pg.s.m.today)
	m := kit.Calm
	if text != "" && !pg.ageRead.State.Usable() {
		m = kit.Red
	}
	pg.age.SetMood(m)
	pg.s.m.patient().Age = pg.ageSpan()
	pg.changed("age")
}

// typeNHS regroups while typing and says at once when the check digit fails.
func (pg *patientPage) typeNHS(text string) {
	if grouped := identity.FormatNHSNumber(text); grouped != text && pg.nhs.AtEnd() {
		pg.nhs.SetText(grouped)
	}
	digits, err := identity.ParseNHSNumber(text)
	pg.nhsErr = ""
	if err != nil {
		pg.nhsErr = err.Error()
	}
	pg.s.m.rec.Identity.NHSNumber = digits
	pg.nhs.SetMood(kit.Calm)
	if err != nil && (len(strings.ReplaceAll(text, " ", "")) >= 10 || !pg.nhs.Focused()) {
		pg.nhs.SetMood(kit.Red)
	}
	pg.changed("NHS number")
}

func (pg *patientPage) sync() {
	id := pg.s.m.rec.Identity
	if pg.s.m.restoring {
		pg.forget()
	}
	set := func(f *kit.Field, text string) {
		if !f.Focused() && f.Mood() == kit.Calm {
			f.SetText(text)
		}
	}
	if !pg.family.Focused() {
		set(pg.family, id.Family)
	}
	set(pg.given, id.Given)
	set(pg.title, id.Title)
	pg.onFile.follow()
	set(pg.born, typed.ShowDate(id.Born))
	set(pg.died, typed.ShowDate(id.Died))
	if pg.nhsErr == "" {
		set(pg.nhs, identity.FormatNHSNumber(id.NHSNumber))
	}
	if id.Born == "" && pg.ageRead.State == typed.Empty {
		set(pg.age, typed.ShowAge(pg.s.m.patient().Age))
	}
	pg.sex.SetValue(sexValue(id.Sex, pg.sex.Value()))
	for _, sec := range pg.sections {
		for _, r := range sec.rows {
			r.sync()
		}
	}
	pg.own.sync()
}

// forget drops what was read in boxes that could not be used, so that they
// show the record again.
func (pg *patientPage) forget() {
	id := pg.s.m.rec.Identity
	pg.bornRead, pg.diedRead = typed.ReadDate(typed.ShowDate(id.Born), pg.s.m.today), typed.ReadDate(typed.ShowDate(id.Died), pg.s.m.today)
	pg.ageRead, pg.nhsErr = typed.Age{}, ""
	for _, f := range []*kit.Field{pg.born, pg.died, pg.age, pg.nhs} {
		f.SetMood(kit.Calm)
	}
}

// sexValue shows the record's sex; "not known" stays on screen as chosen.
func sexValue(sex, shown string) string {
	if sex == "" && shown == unknownChoice {
		return shown
	}
	return sex
}

func (pg *patientPage) first() fyne.Focusable { return pg.family.Target() }

func (pg *patientPage) draw(p *kit.Pen) {
	x, y := float32(formPad), float32(18)
	p.Text(x, y, 0, "Patient", kit.Title, kit.Left)
	y = 60
	const lab, bw = float32(144), float32(280)
	line := func(label string, f fyne.CanvasObject, w float32, echo string, bad bool) {
		p.Text(x, y+6, lab, label, kit.Body, kit.Left)
		p.Put(f, x+lab+12, y, w, 32)
		tok := look.Muted
		ex := x + lab + 24 + w
		if bad {
			tok = look.Urgent
			p.Icon(ex, y+9, 14, "urg", tok)
			ex += 20
		}
		for i, l := range kit.Caption.Wrap(echo, p.W-ex-12) {
			p.Text(ex, y+8+float32(i)*16, 0, l, kit.Caption.In(tok), kit.Left)
		}
		y += 40
	}
	line("Family name", pg.family, bw, "", false)
	line("Given names", pg.given, bw, "", false)
	line("Title", pg.title, 96, "", false)
	line("Date of birth", pg.born, boxW, dateEcho(pg.bornRead, pg.s.m.rec.Identity.Born, pg.s.m.today), bad(pg.bornRead.State))
	pg.drawCures(p, x+lab+24+boxW+100, y-32)
	if pg.s.m.rec.Identity.Born == "" {
		line("Age, if no date", pg.age, 96, pg.ageRead.Echo, bad(pg.ageRead.State))
	}
	line("Sex at birth", pg.sex, pg.sex.Width(), "", false)
	echo, nhsBad := "", pg.nhs.Mood() == kit.Red
	if pg.nhsErr != "" && nhsBad {
		echo = strings.ToUpper(pg.nhsErr[:1]) + pg.nhsErr[1:]
	}
	line("NHS number", pg.nhs, boxW, echo, nhsBad)
	y += pg.onFile.draw(p, x+lab+12, y-2, min(p.W-x-lab-12-24, 460))
	line("Died", pg.died, boxW, pg.diedRead.Echo, bad(pg.diedRead.State))
	y = pg.own.drawOwn(p, x, y)
	for _, sec := range pg.sections {
		y = drawRows(p, x, y-8, sec.title, pg.shown(sec.rows)) + 8
	}
	pg.s.form[PatientStep].SetMin(p.W, y+24)
}

// shown leaves out what the recorded sex at birth makes pointless.
func (pg *patientPage) shown(rows []*factRow) []*factRow {
	if pg.s.m.rec.Identity.Sex != "male" {
		return rows
	}
	out := make([]*factRow, 0, len(rows))
	for _, r := range rows {
		if r.def.ID != "pregnant" {
			out = append(out, r)
		}
	}
	return out
}

func bad(st typed.State) bool {
	return st == typed.Impossible || st == typed.Unreadable || st == typed.Ambiguous
}

func dateEcho(d typed.Date, born, today rules.Date) string {
	if bad(d.State) {
		return d.Echo
	}
	return identity.AgeText(born, today)
}

func (pg *patientPage) drawCures(p *kit.Pen, x, y float32) {
	for i, c := range pg.bornRead.Cures {
		l := pg.cures[i]
		l.SetText(c.Label, kit.Caption.In(look.Urgent))
		l.OnPress = func() {
			pg.born.SetText(c.Text)
			pg.typeBorn(c.Text)
			pg.born.Focus()
		}
		p.Put(l, x, y, l.Width(), 16)
		x += l.Width() + 12
	}
}

func (pg *patientPage) status() (string, look.Token, string) {
	id := pg.s.m.rec.Identity
	missing := 0
	for _, empty := range []bool{id.Family == "", id.Born == "" && pg.s.m.patient().Age.IsAny(), id.Sex == "", id.NHSNumber == ""} {
		if empty {
			missing++
		}
	}
	if icon, tok, word, ok := pg.onFile.status(); ok {
		return icon, tok, word
	}
	switch {
	case pg.nhs.Mood() == kit.Red:
		return "urg", look.Urgent, "NHS number to correct"
	case missing == 0:
		return "met", look.Met, "Complete"
	case missing == 1:
		return "unk", look.Unk, "1 item not known"
	}
	return "unk", look.Unk, "Items not known"
}
