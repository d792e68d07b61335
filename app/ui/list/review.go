package list

import (
	"strings"

	"kindred/app/cliniclist"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/words"
	"kindred/rules"
)

// reviewStage is the results on screen.
type reviewStage struct {
	res    *cliniclist.Results
	rows   []entry
	shown  []int // into rows
	areas  []rules.AreaInfo
	area   int
	chip   string
	chips  []chip
	by     order
	text   string
	facts  [2]*rules.FactDef
	counts []cliniclist.Count // questions of the area, most frequent first

	table   *kit.Table
	filter  *kit.Field
	sort    *kit.Select
	which   *kit.Segment
	pressed map[string]*kit.Press
	change  *kit.Press
	urgent  *kit.Press
	reject  *kit.Press
	save    *kit.Press
	keep    *kit.Press
	nobody  *kit.Press
}

// valueFacts are the two measurements worth a column: the numbers the list
// brings, in the order of the dictionary.
func (s *Screen) valueFacts(l *cliniclist.List) [2]string {
	brought := map[string]bool{}
	for i := range l.Mapping.Columns {
		brought[l.Mapping.Columns[i].Fact] = true
	}
	var out [2]string
	n := 0
	for _, f := range s.book.Dictionary.Facts() {
		if n < 2 && brought[f.ID] && f.Type == rules.NumberFact && f.BuiltIn == "" && f.Group == "lipids" {
			out[n] = f.ID
			n++
		}
	}
	return out
}

func (s *Screen) newReview(res *cliniclist.Results, rows []entry) *reviewStage {
	v := &reviewStage{res: res, rows: rows, areas: res.Areas(), chip: "act", by: byAdvice, pressed: map[string]*kit.Press{}}
	ids := s.valueFacts(res.List())
	cols := []kit.Column{
		{Title: "NHS No.", Width: 94, From: 620}, {Title: "Patient", Share: 1}, {Title: "Sex", Width: 52, From: 1180}, {Title: "Age", Width: 34, Right: true},
	}
	for k := range ids {
		v.facts[k] = s.book.Dictionary.Fact(ids[k])
		title := ""
		if v.facts[k] != nil {
			title = v.facts[k].Short
		}
		c := kit.Column{Title: title, Width: 44, Right: true, From: 560}
		if v.facts[k] == nil {
			c.From = 1e9 // never
		}
		cols = append(cols, c)
	}
	cols = append(cols, kit.Column{Title: "Advice", Width: 148}, kit.Column{Title: "Because, or next question", Share: 1.5, From: 460})
	v.table = kit.NewTable(34, cols, s.reviewRow)
	v.table.OnChoose = func(i int) { s.host.Say(v.because(&v.rows[v.shown[i]])) }
	v.table.OnOpen = func(i int) { s.openRow(v.shown[i]) }
	v.filter = kit.NewField("Name or NHS number", func(text string) { v.text = text; v.apply(); s.root.Redraw() })
	v.filter.Lead, v.filter.Key = "filter", "/"
	v.filter.Words = "Type to filter; Enter goes to the rows, Esc shows all"
	v.filter.Enter = v.table.Focus
	v.sort = kit.NewSelect("", nil, func(by string) { v.by = order(by); v.arrange(); s.root.Redraw() })
	v.sort.SetSmall()
	var areas []kit.Option
	for _, a := range v.areas {
		areas = append(areas, kit.Option{Value: a.ID, Label: a.Short})
	}
	v.which = kit.NewSegment(areas, func(id string) {
		for k := range v.areas {
			if v.areas[k].ID == id {
				v.show(k)
			}
		}
		v.which.SetValue(v.areas[v.area].ID)
		s.root.Redraw()
	})
	v.change = kit.NewButton(kit.Plain, "", "Change", func() { s.stage = columns; s.changed(); s.focus() })
	v.change.Words = "Back to the columns; running again replaces these results"
	v.urgent = kit.NewButton(kit.Plain, "", "Show", func() { v.pick("urgent"); s.root.Redraw() })
	v.reject = kit.NewButton(kit.Plain, "", "Show rows", func() { v.pick("rejected"); s.root.Redraw() })
	v.nobody = kit.NewButton(kit.Plain, "", "Show all", func() { v.filter.SetText(""); v.text = ""; v.pick("all"); s.root.Redraw() })
	v.save = kit.NewButton(kit.Primary, "savedown", "Save results workbook", s.saveResults)
	v.save.Words = "Ctrl S: a workbook with advice, reason and next question on every row"
	v.keep = kit.NewButton(kit.Plain, "lock", "Keep as consultations", s.keep)
	v.keep.Words = "Seal every row as a consultation that can be opened; keeping the same list again changes nothing"
	v.show(0)
	return v
}

// show takes an area's advice.
func (v *reviewStage) show(area int) {
	v.area = area
	v.chips = chips(v.rows, area)
	v.counts = v.res.Missing(area)
	if len(v.areas) > area {
		v.which.SetValue(v.areas[area].ID)
	}
	by := []kit.Option{{Value: string(byAdvice), Label: "By advice"}, {Value: string(byName), Label: "By name"}}
	if f := v.facts[1]; f != nil {
		by = append(by, kit.Option{Value: string(byValue), Label: "By " + f.Short})
	}
	v.sort.SetOptions(by)
	v.sort.SetValue(string(v.by))
	if v.count(v.chip) == 0 {
		v.chip = "all"
	}
	v.arrange()
}

func (v *reviewStage) count(id string) int {
	for i := range v.chips {
		if v.chips[i].id == id {
			return v.chips[i].count
		}
	}
	return 0
}

func (v *reviewStage) pick(id string) {
	v.chip = id
	v.apply()
}

func (v *reviewStage) arrange() {
	sorted(v.rows, v.by, v.area)
	v.table.Sorted = -1
	switch v.by {
	case byName:
		v.table.Sorted = 1
	case byValue:
		v.table.Sorted = 5
	}
	v.apply()
}

// apply filters the rows.
func (v *reviewStage) apply() {
	keep := func(*entry) bool { return true }
	for i := range v.chips {
		if v.chips[i].id == v.chip {
			keep = v.chips[i].keep
		}
	}
	text := strings.ToLower(strings.TrimSpace(v.text))
	digits := strings.ReplaceAll(text, " ", "")
	v.shown = v.shown[:0]
	for i := range v.rows {
		e := &v.rows[i]
		if keep(e) && (text == "" || strings.Contains(e.fold, text) || strings.Contains(e.fold, digits)) {
			v.shown = append(v.shown, i)
		}
	}
	v.table.SetRows(len(v.shown))
}

// because is a row's reason, or the question that is open.
func (v *reviewStage) because(e *entry) string {
	if e.why != "" {
		return words.Capital(e.why)
	}
	a := v.res.Advice(e.row)
	if v.area >= len(a) {
		return ""
	}
	if a[v.area].Outcome.Open() && a[v.area].Ask != "" {
		return a[v.area].Ask
	}
	return a[v.area].Reason
}

func (s *Screen) doReview(c shell.Command) bool {
	v := s.results
	switch c {
	case shell.Filter, shell.Find:
		v.filter.Focus()
	case shell.Back:
		if v.text == "" && v.chip == "all" {
			v.table.Focus()
			return true
		}
		v.filter.SetText("")
		v.text = ""
		v.pick("all")
		v.table.Focus()
		s.root.Redraw()
	case shell.Down:
		v.table.Focus()
	case shell.Save, shell.SavePDF:
		s.saveResults()
	case shell.PrevStep:
		s.stage = columns
		s.changed()
		s.focus()
	default:
		return false
	}
	return true
}

func (s *Screen) reviewRow(p *kit.Pen, i int, c []kit.Cell, _ bool) {
	v := s.results
	if v == nil || i >= len(v.shown) {
		return
	}
	e := &v.rows[v.shown[i]]
	text := func(n int, t string, st kit.Style, a kit.Align) {
		if c[n].W > 0 {
			p.Text(c[n].X, 8, c[n].W, t, st, a)
		}
	}
	text(0, dash(e.nhs), kit.Small, kit.Left)
	name := []kit.Run{{Text: strings.ToUpper(e.family), Style: kit.Small.B()}}
	if e.given != "" {
		name = append(name, kit.Run{Text: ", " + e.given, Style: kit.Small})
	}
	if e.family == "" && e.given == "" {
		name = []kit.Run{{Text: "Row " + words.Count(s.list.RowNumber(e.row)), Style: kit.Small.In(look.Muted)}}
	}
	p.Runs(c[1].X, 8, c[1].W, name...)
	text(2, words.Capital(dash(e.sex)), kit.Small, kit.Left)
	text(3, dash(e.age), kit.Small, kit.Right)
	for k, f := range v.facts {
		if f != nil {
			text(4+k, number(e.values[k], f.Decimals), kit.Small, kit.Right)
		}
	}
	switch {
	case e.why != "":
		p.Pill(c[6].X, 6, kit.ToneWarn, "warn", "Row rejected")
	case v.area < len(e.lead):
		f := words.Of(e.lead[v.area].outcome, e.lead[v.area].urgent)
		p.Pill(c[6].X, 6, f.Tone, f.Icon, f.List)
	}
	text(7, v.because(e), kit.Small.In(look.Muted), kit.Left)
}

// dash stands for a missing value.
func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
