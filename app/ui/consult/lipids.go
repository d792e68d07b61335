package consult

import (
	"slices"
	"strings"

	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/truth"
)

// The groups of the dictionary that the other steps show; every other group
// has its section on this step, so that a new area needs no new window.
const (
	groupLipids    = "lipids"
	groupTumour    = "tumour"
	groupTreatment = "treatment"
)

var patientGroups = []string{"patient", "genetics"}

// groupTitles names the sections; a group without a title gets its own word
// with a capital.
var groupTitles = map[string]string{
	groupTreatment: "Treatment", "signs": "Signs and other causes", "scores": "Scores worked out elsewhere",
	"genetics": "Genetic tests", "causes": "Other causes", "history": "History", "routing": "About this request",
}

func groupTitle(g string) string {
	if t, ok := groupTitles[g]; ok {
		return t
	}
	return strings.ToUpper(g[:1]) + strings.ReplaceAll(g[1:], "_", " ")
}

// section is a group of facts under a heading.
type section struct {
	title string
	rows  []*factRow
}

type lipidPage struct {
	s         *Screen
	numbers   []*rules.FactDef // measured in one blood sample
	basis     *rules.FactDef   // how the sample was taken
	details   []*rules.FactDef // what else is known of the sample
	columns   []*panelColumn   // the current panel first, then as many earlier ones as fit
	fit       int              // how many columns were drawn
	tabs      []*kit.Press     // one for each earlier panel
	about     []*factRow       // yes/no questions about the lipids
	sections  []section
	medicines *medicineList // nil where the dictionary knows none
	more      bool          // what is rarely known of a sample is shown as well
	unfold    *kit.Press
	add       *kit.Press
	paste     *kit.Press
	reading   *pastePage // the pasted results being read, nil for none
	trends    *trends
}

func newLipidPage(s *Screen) *lipidPage {
	pg := &lipidPage{s: s, trends: newTrends()}
	own := factMap{s.m, "patient ", func() *map[string]rules.Answer { return &s.m.patient().Facts }}
	groups := map[string]int{}
	if s.m.dict.Fact("lipid.drug") != nil {
		pg.medicines = newMedicineList(s)
	}
	for _, def := range s.m.dict.Facts() {
		switch {
		case def.Derived || def.BuiltIn != "" || def.Of == rules.OfTumour || def.Group == "" || def.Group == groupTumour:
			continue
		case def.ID == "lipid.basis":
			pg.basis = def
		case def.Sample && def.Group == groupLipids && def.Type == rules.NumberFact:
			pg.numbers = append(pg.numbers, def)
		case def.Sample && def.Group != groupTreatment:
			pg.details = append(pg.details, def)
		case slices.Contains(patientGroups, def.Group):
			continue
		case def.Group == groupLipids && def.Unit == "y":
			continue // the age at the test follows from its date
		case def.Group == groupLipids:
			pg.about = append(pg.about, s.newRow(def, own, false))
		case def.Group == groupTreatment && pg.medicines != nil:
			pg.medicines.rows = append(pg.medicines.rows, s.newRow(def, own, false))
		default:
			i, ok := groups[def.Group]
			if !ok {
				i = len(pg.sections)
				groups[def.Group] = i
				pg.sections = append(pg.sections, section{title: groupTitle(def.Group)})
			}
			pg.sections[i].rows = append(pg.sections[i].rows, s.newRow(def, own, false))
		}
	}
	pg.unfold = kit.NewLink("", kit.Caption, func() {
		pg.more = !pg.more
		pg.s.refresh()
		pg.s.focus(pg.unfold)
	})
	pg.unfold.Words = "Shows or folds away what is rarely known of a sample"
	pg.add = kit.NewButton(kit.Ghost, "plus", "Add panel", pg.addPanel)
	pg.add.Words = "Another set of lipid results, with its own date"
	pg.paste = kit.NewButton(kit.Ghost, "paste", "Paste results", pg.askResults)
	pg.paste.Words = "Reads results copied from the record; each value is entered only when you say so"
	pg.columns = []*panelColumn{pg.newColumn(currentPanel)}
	for len(pg.columns) < mostColumns {
		pg.columns = append(pg.columns, pg.newColumn(noPanel))
	}
	pg.sync()
	return pg
}

// facts is the map a panel keeps its answers in, nil when there is none.
func (pg *lipidPage) facts(index int) *map[string]rules.Answer {
	p := pg.s.m.patient()
	if index == currentPanel {
		return &p.Facts
	}
	if index < 0 || index >= len(p.Panels) {
		return nil
	}
	return &p.Panels[index].Facts
}

// dayOf is the date a panel's values carry, "" when nobody wrote it.
func (pg *lipidPage) dayOf(index int) rules.Date {
	facts := pg.facts(index)
	switch {
	case facts == nil:
		return ""
	case index >= 0:
		return pg.s.m.patient().Panels[index].Date
	}
	for _, def := range pg.numbers {
		if a, ok := (*facts)[def.ID]; ok && a.When != "" {
			return a.When
		}
	}
	return ""
}

// measured tells whether a panel holds a number.
func (pg *lipidPage) measured(index int) bool {
	facts := pg.facts(index)
	return facts != nil && slices.ContainsFunc(pg.numbers, func(d *rules.FactDef) bool { _, ok := (*facts)[d.ID]; return ok })
}

func (pg *lipidPage) setDay(index int, day rules.Date) {
	facts := pg.facts(index)
	switch {
	case facts == nil:
		return
	case index >= 0:
		p := pg.s.m.patient()
		p.Panels[index].Date = day
		p.Panels[index].Age = pg.ageOn(day)
	default:
		for _, def := range pg.numbers {
			if a, ok := (*facts)[def.ID]; ok {
				a.When = day
				(*facts)[def.ID] = a
			}
		}
	}
	pg.s.m.touch()
}

// ageOn is how old the patient was on a day.
func (pg *lipidPage) ageOn(day rules.Date) truth.Span {
	if y, ok := identity.Years(pg.s.m.rec.Identity.Born, day); ok {
		return truth.Exactly(float64(y))
	}
	return truth.Any()
}

func (pg *lipidPage) addPanel() {
	p := pg.s.m.patient()
	p.Panels = append(p.Panels, rules.Panel{Age: truth.Any(), Fasting: truth.Unknown, Facts: map[string]rules.Answer{}})
	pg.s.m.touch()
	pg.pick(len(p.Panels) - 1)
	pg.s.refresh()
	pg.s.focus(pg.columns[1].date.Target())
}

func (pg *lipidPage) dropPanel(index int) {
	p := pg.s.m.patient()
	if index >= 0 && index < len(p.Panels) {
		p.Panels = slices.Delete(p.Panels, index, index+1)
		pg.s.m.touch()
		pg.pick(noPanel)
	}
	pg.s.refresh()
	pg.s.focus(pg.first())
}

// putFirst makes an earlier panel the current one; what was current becomes an
// earlier one, with what was said about it.
func (pg *lipidPage) putFirst(index int) {
	p := pg.s.m.patient()
	if index < 0 || index >= len(p.Panels) {
		return
	}
	other, day := p.Panels[index], pg.dayOf(currentPanel)
	old := rules.Panel{Date: day, Age: pg.ageOn(day), Fasting: truth.Unknown, Facts: map[string]rules.Answer{}}
	for _, d := range pg.ofPanel() {
		if a, ok := p.Facts[d.ID]; ok {
			old.Facts[d.ID] = a
			delete(p.Facts, d.ID)
		}
		if a, ok := other.Facts[d.ID]; ok {
			if d.Type == rules.NumberFact && d.Group == groupLipids {
				a.When = other.Date
			}
			p.Facts[d.ID] = a
		}
	}
	p.Panels[index] = old
	pg.s.m.touch()
	pg.columns[0].day = typed.Date{}
	pg.pick(index)
	pg.s.refresh()
	pg.s.focus(pg.first())
}

// sync shows the record.
func (pg *lipidPage) sync() {
	if !pg.rightPanels() {
		pg.pick(pg.columns[1].index)
	}
	for _, c := range pg.columns {
		c.sync()
	}
	for _, r := range pg.about {
		r.sync()
	}
	for _, sec := range pg.sections {
		for _, r := range sec.rows {
			r.sync()
		}
	}
	if pg.medicines != nil {
		pg.medicines.sync()
	}
	pg.stamp()
}

// stamp gives numbers typed after the date their date.
func (pg *lipidPage) stamp() {
	c := pg.columns[0]
	if !c.day.State.Usable() {
		return
	}
	facts := pg.facts(currentPanel)
	for _, def := range pg.numbers {
		if a, ok := (*facts)[def.ID]; ok && a.When == "" {
			a.When = c.day.Day
			(*facts)[def.ID] = a
		}
	}
}
