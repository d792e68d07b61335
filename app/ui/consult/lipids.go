package consult

import (
	"fmt"
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
	groupLipids = "lipids"
	groupTumour = "tumour"
)

var patientGroups = []string{"patient", "genetics"}

// groupTitles names the sections; a group without a title gets its own word
// with a capital.
var groupTitles = map[string]string{
	"treatment": "Treatment", "signs": "Signs and other causes", "scores": "Scores worked out elsewhere",
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

// panelColumn is one set of lipid results: the current one (the patient's own
// facts) or an earlier one.
type panelColumn struct {
	index int // -1 for the current panel
	date  *kit.Field
	day   typed.Date
	rows  []*factRow // in the order of the numbers
	basis *factRow
	drop  *kit.Press
}

type lipidPage struct {
	s        *Screen
	numbers  []*rules.FactDef
	basis    *rules.FactDef
	columns  []*panelColumn
	about    []*factRow // yes/no questions about the lipids
	sections []section
	add      *kit.Press
	paste    *kit.Press
	reading  *resultsPage // the pasted results being read, nil for none
	trends   *trends
}

// mostPanels is how many columns stand side by side.
const mostPanels = 2

func newLipidPage(s *Screen) *lipidPage {
	pg := &lipidPage{s: s, trends: newTrends()}
	own := factMap{s.m, "patient ", func() *map[string]rules.Answer { return &s.m.patient().Facts }}
	groups := map[string]int{}
	for _, def := range s.m.dict.Facts() {
		switch {
		case def.Derived || def.BuiltIn != "" || def.Of == rules.OfTumour || def.Group == "" || def.Group == groupTumour:
			continue
		case slices.Contains(patientGroups, def.Group):
			continue
		case def.Group == groupLipids && def.Unit == "y":
			continue // the age at the test follows from its date
		case def.Group == groupLipids && def.Type == rules.NumberFact:
			pg.numbers = append(pg.numbers, def)
		case def.Group == groupLipids && def.Type == rules.ChoiceFact && pg.basis == nil:
			pg.basis = def
		case def.Group == groupLipids:
			pg.about = append(pg.about, s.newRow(def, own, false))
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
	pg.add = kit.NewButton(kit.Ghost, "plus", "Add panel", pg.addPanel)
	pg.add.Words = "Another set of lipid results, with its own date"
	pg.paste = kit.NewButton(kit.Ghost, "paste", "Paste results", pg.askResults)
	pg.paste.Words = "Reads results copied from the record; each value is entered only when you say so"
	pg.columns = []*panelColumn{pg.newColumn(-1)}
	pg.sync()
	return pg
}

// facts is the map a column keeps its answers in.
func (pg *lipidPage) facts(index int) *map[string]rules.Answer {
	p := pg.s.m.patient()
	if index < 0 {
		return &p.Facts
	}
	if index >= len(p.Panels) {
		return nil
	}
	return &p.Panels[index].Facts
}

func (pg *lipidPage) newColumn(index int) *panelColumn {
	c := &panelColumn{index: index}
	at := factMap{pg.s.m, fmt.Sprintf("panel %d ", index), func() *map[string]rules.Answer { return pg.facts(index) }}
	c.date = kit.NewField("dd-mmm-yyyy", func(text string) { pg.typeDay(c, text) })
	c.date.Icon = "cal"
	c.date.Words = "When the blood was taken: 02-Nov-2026, 2/11/26 or today"
	if pg.basis != nil {
		c.basis = pg.s.newRow(pg.basis, at, true)
	}
	for _, def := range pg.numbers {
		c.rows = append(c.rows, pg.s.newRow(def, at, false))
	}
	if index >= 0 {
		c.drop = kit.NewLink("Remove", kit.Caption, func() { pg.dropPanel(index) })
	}
	return c
}

// day is the date a column's values carry.
func (pg *lipidPage) dayOf(c *panelColumn) rules.Date {
	if c.index >= 0 {
		if p := pg.s.m.patient(); c.index < len(p.Panels) {
			return p.Panels[c.index].Date
		}
		return ""
	}
	facts := pg.facts(-1)
	for _, def := range pg.numbers {
		if a, ok := (*facts)[def.ID]; ok && a.When != "" {
			return a.When
		}
	}
	return ""
}

func (pg *lipidPage) typeDay(c *panelColumn, text string) {
	c.day = typed.ReadDate(text, pg.s.m.today)
	c.date.SetMood(mood(c.day.State, false))
	if c.day.State.Usable() || c.day.State == typed.Empty {
		pg.setDay(c, c.day.Day)
	}
	pg.s.refresh()
}

func (pg *lipidPage) setDay(c *panelColumn, day rules.Date) {
	if c.index >= 0 {
		p := pg.s.m.patient()
		if c.index >= len(p.Panels) {
			return
		}
		p.Panels[c.index].Date = day
		p.Panels[c.index].Age = truth.Any()
		if y, ok := identity.Years(pg.s.m.rec.Identity.Born, day); ok {
			p.Panels[c.index].Age = truth.Exactly(float64(y))
		}
		pg.s.m.touch()
		return
	}
	facts := pg.facts(-1)
	for _, def := range pg.numbers {
		if a, ok := (*facts)[def.ID]; ok {
			a.When = day
			(*facts)[def.ID] = a
		}
	}
	pg.s.m.touch()
}

func (pg *lipidPage) addPanel() {
	p := pg.s.m.patient()
	p.Panels = append(p.Panels, rules.Panel{Age: truth.Any(), Fasting: truth.Unknown, Facts: map[string]rules.Answer{}})
	pg.s.m.touch()
	pg.s.refresh()
	pg.s.focus(pg.columns[len(pg.columns)-1].date.Target())
}

func (pg *lipidPage) dropPanel(index int) {
	p := pg.s.m.patient()
	if index < len(p.Panels) {
		p.Panels = slices.Delete(p.Panels, index, index+1)
		pg.s.m.touch()
	}
	pg.s.refresh()
	pg.s.focus(pg.first())
}

// sync shows the record, the newest panels first.
func (pg *lipidPage) sync() {
	n := min(mostPanels-1, len(pg.s.m.patient().Panels))
	for len(pg.columns)-1 < n {
		pg.columns = append(pg.columns, pg.newColumn(len(pg.columns)-1))
	}
	pg.columns = pg.columns[:n+1]
	for _, c := range pg.columns {
		if !c.date.Focused() && (pg.s.m.restoring || c.day.State.Usable() || c.day.State == typed.Empty) {
			c.date.SetText(typed.ShowDate(pg.dayOf(c)))
			if pg.s.m.restoring {
				c.day = typed.ReadDate(c.date.Text(), pg.s.m.today)
				c.date.SetMood(mood(c.day.State, false))
			}
		}
		if c.basis != nil {
			c.basis.sync()
		}
		for _, r := range c.rows {
			r.sync()
		}
	}
	for _, r := range pg.about {
		r.sync()
	}
	for _, sec := range pg.sections {
		for _, r := range sec.rows {
			r.sync()
		}
	}
	pg.stamp()
}

// stamp gives numbers typed after the date their date.
func (pg *lipidPage) stamp() {
	c := pg.columns[0]
	if !c.day.State.Usable() {
		return
	}
	facts := pg.facts(-1)
	for _, def := range pg.numbers {
		if a, ok := (*facts)[def.ID]; ok && a.When == "" {
			a.When = c.day.Day
			(*facts)[def.ID] = a
		}
	}
}
