package list

import (
	"fmt"
	"strings"

	"kindred/app/cliniclist"
	"kindred/app/sheet"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/words"
	"kindred/rules"
)

// columnsStage is where a person confirms how the columns were understood.
type columnsStage struct {
	mapping  cliniclist.Mapping
	examples []string
	shown    []int // columns with a heading, those with a question first
	touched  bool
	trouble  error

	table   *kit.Table
	goOn    *kit.Press
	meaning *kit.Select
	unit    *kit.Select
	order   *kit.Select
}

// Values of the meaning select beside facts ("fact:ID") and conditions ("condition:ID").
const useIgnore = "ignore"

// namingUses are the uses a column can be given that name the patient.
var namingUses = []cliniclist.Use{
	cliniclist.NHSNumberUse, cliniclist.FamilyName, cliniclist.GivenName, cliniclist.FullName,
	cliniclist.NameTitle, cliniclist.BornUse, cliniclist.LocalID, cliniclist.TreatmentStart,
}

func (s *Screen) makeColumns() {
	c := &s.cols
	c.goOn = kit.NewButton(kit.Primary, "arrow", "Use these columns", s.startRun)
	c.goOn.Words = "Enter: run the rules over every row with the columns as shown"
	c.table = kit.NewTable(40, []kit.Column{
		{Title: "", Width: 20}, {Title: "Column", Width: 56, From: 700}, {Title: "Heading", Share: 1}, {Title: "Read as", Share: 1.5}, {Title: "First value", Share: 0.8, From: 600},
	}, s.columnRow)
	c.table.OnChoose = func(i int) {
		s.showColumn(c.shown[i])
		s.host.Say(s.list.ReadAs(c.shown[i]))
		s.root.Redraw()
	}
	c.table.OnOpen = func(i int) { s.showColumn(c.shown[i]); s.root.Redraw(); s.cols.meaning.Open() }
	c.meaning = kit.NewSelect("Not used", meanings(s.book.Dictionary), s.setMeaning)
	c.unit = kit.NewSelect("As the heading says", nil, func(v string) { s.edit(func(col *cliniclist.Column) { col.Unit = v }) })
	c.order = kit.NewSelect("Not decided", []kit.Option{
		{Value: string(cliniclist.DayFirst), Label: "Day first (31/12)"}, {Value: string(cliniclist.MonthFirst), Label: "Month first (12/31)"},
	}, func(v string) { s.edit(func(col *cliniclist.Column) { col.Order = cliniclist.Order(v) }) })
}

// meanings are all things a column can be.
func meanings(d *rules.Dictionary) []kit.Option {
	out := []kit.Option{{Value: useIgnore, Label: "Not used"}}
	for _, u := range namingUses {
		out = append(out, kit.Option{Value: string(u), Label: words.Capital(string(u))})
	}
	for _, f := range d.Facts() {
		if len(f.Headings) > 0 {
			out = append(out, kit.Option{Value: "fact:" + f.ID, Label: f.Label})
		}
	}
	for _, c := range d.Conditions() {
		out = append(out, kit.Option{Value: "condition:" + c.ID, Label: "Patient: " + c.Label})
	}
	return out
}

// take shows a list's columns, those that ask for a decision first.
func (c *columnsStage) take(l *cliniclist.List) {
	c.mapping = l.Mapping
	c.mapping.Columns = append([]cliniclist.Column(nil), l.Mapping.Columns...)
	c.touched, c.trouble = false, nil
	c.examples = make([]string, len(c.mapping.Columns))
	var buf []sheet.Cell
	for i := 0; i < min(l.Len(), 200); i++ {
		buf = l.Cells(i, buf)
		for k, cell := range buf {
			if k < len(c.examples) && c.examples[k] == "" {
				c.examples[k] = cell.String()
			}
		}
	}
	c.shown = c.shown[:0]
	for _, doubtful := range []bool{true, false} {
		for i := range c.mapping.Columns {
			if col := &c.mapping.Columns[i]; col.Heading != "" && col.Doubtful == doubtful {
				c.shown = append(c.shown, i)
			}
		}
	}
	c.table.SetRows(len(c.shown))
}

func (c *columnsStage) doubts() int {
	n := 0
	for i := range c.mapping.Columns {
		if c.mapping.Columns[i].Doubtful {
			n++
		}
	}
	return n
}

// chosen is the column being looked at.
func (c *columnsStage) chosen() *cliniclist.Column {
	if i := c.table.Chosen(); i >= 0 && i < len(c.shown) {
		return &c.mapping.Columns[c.shown[i]]
	}
	return nil
}

// showColumn fills the selects from a column.
func (s *Screen) showColumn(i int) {
	col := &s.cols.mapping.Columns[i]
	s.cols.meaning.SetValue(meaningOf(col))
	var units []kit.Option
	if f := s.book.Dictionary.Fact(col.Fact); f != nil && f.Unit != "" {
		units = append(units, kit.Option{Value: f.Unit, Label: f.Unit})
		for _, u := range f.Units {
			units = append(units, kit.Option{Value: u.Name, Label: u.Name})
		}
	}
	s.cols.unit.SetOptions(units)
	s.cols.unit.SetValue(col.Unit)
	s.cols.order.SetValue(string(col.Order))
}

func meaningOf(col *cliniclist.Column) string {
	switch col.Use {
	case cliniclist.Unused:
		return useIgnore
	case cliniclist.FactUse, cliniclist.Repeated:
		return "fact:" + col.Fact
	case cliniclist.ConditionUse:
		return "condition:" + col.Fact
	}
	return string(col.Use)
}

// setMeaning gives the chosen column another use.
func (s *Screen) setMeaning(v string) {
	s.edit(func(col *cliniclist.Column) {
		col.Fact, col.Relation, col.Note, col.Unit, col.Anchor = "", "", "", "", -1
		kind, id, named := strings.Cut(v, ":")
		switch {
		case v == useIgnore || v == "":
			col.Use = cliniclist.Unused
		case named && kind == "fact":
			col.Use, col.Fact = cliniclist.FactUse, id
		case named:
			col.Use, col.Fact = cliniclist.ConditionUse, id
		default:
			col.Use = cliniclist.Use(v)
		}
	})
}

// edit changes the chosen column and has the list understand it.
func (s *Screen) edit(change func(col *cliniclist.Column)) {
	col := s.cols.chosen()
	if col == nil {
		return
	}
	change(col)
	col.Doubtful = false
	s.cols.touched = true
	s.cols.trouble = s.list.SetMapping(s.cols.mapping)
	s.cols.mapping.Columns = append([]cliniclist.Column(nil), s.list.Mapping.Columns...)
	s.showColumn(s.cols.shown[s.cols.table.Chosen()])
	s.cols.table.SetRows(len(s.cols.shown))
	s.root.Redraw()
}

func (s *Screen) doColumns(c shell.Command) bool {
	switch c {
	case shell.Confirm, shell.NextStep:
		s.startRun()
	case shell.Down:
		s.cols.table.Focus()
	case shell.Back, shell.PrevStep:
		s.restart()
	default:
		return false
	}
	return true
}

func (s *Screen) columnRow(p *kit.Pen, i int, c []kit.Cell, _ bool) {
	if i >= len(s.cols.shown) {
		return
	}
	k := s.cols.shown[i]
	col := &s.cols.mapping.Columns[k]
	icon, tok := "met", look.Met
	switch {
	case col.Doubtful:
		icon, tok = "warn", look.Warn
	case !col.Used():
		icon, tok = "minus", look.Faint
	}
	p.Icon(c[0].X, 12, 16, icon, tok)
	text := func(n int, t string, st kit.Style) {
		if c[n].W > 0 {
			p.Text(c[n].X, 11, c[n].W, t, st, kit.Left)
		}
	}
	text(1, sheet.ColumnName(k), kit.Small.In(look.Muted))
	text(2, col.Heading, kit.Small.B())
	st := kit.Small
	if !col.Used() {
		st = st.In(look.Muted)
	}
	text(3, words.Capital(s.list.ReadAs(k)), st)
	text(4, s.cols.examples[k], kit.Small.In(look.Muted))
}

func (s *Screen) drawColumns(p *kit.Pen, top float32) {
	c := &s.cols
	side := float32(316)
	if p.W < 1000 {
		side = 0
	}
	x, y := float32(24), top+16
	w := p.W - 48
	if side > 0 {
		w -= side + 16
	}
	used, all := s.list.Recognised()
	p.Text(x, y, 0, fmt.Sprintf("%d of %d columns recognised", used, all), kit.Title, kit.Left)
	bw := c.goOn.Width() + 8
	p.Put(c.goOn, x+w-bw, y-4, bw, 36)
	p.Text(x, y+30, w-bw-12, s.columnsHelp(), kit.Small.In(look.Muted), kit.Left)
	y += 60
	if c.trouble != nil {
		y += p.Message(x, y, w, kit.ToneUrgent, "urg", "That cannot be used.", words.Capital(c.trouble.Error())) + 10
	}
	foot := float32(0)
	if side == 0 {
		foot = 150
	}
	p.Put(c.table, x, y, w, min(p.H-y-14-foot, c.table.Height(len(c.shown))))
	if side > 0 {
		s.drawEditor(p, x+w+16, top+16, side)
	} else {
		s.drawEditor(p, x, p.H-foot, w)
	}
}

func (s *Screen) columnsHelp() string {
	if n := s.cols.doubts(); n > 0 {
		return words.Plural(n, "column asks", "columns ask") + " for a decision and is not used until then. ↑ ↓ choose a column, Enter changes it."
	}
	return "Check that each is what it says. ↑ ↓ choose a column, Enter changes it."
}

// drawEditor is the card in which one column is changed.
func (s *Screen) drawEditor(p *kit.Pen, x, y, w float32) {
	col := s.cols.chosen()
	if col == nil {
		return
	}
	inner := w - 28
	note := kit.Caption.Wrap(words.Capital(col.Note), inner)
	if col.Note == "" {
		note = nil
	}
	h := float32(44) + 54
	unit := col.Use == cliniclist.FactUse && s.hasUnits(col)
	dates := col.Use == cliniclist.BornUse || col.Use == cliniclist.DateUse || col.Use == cliniclist.TreatmentStart
	if unit || dates {
		h += 58
	}
	h += float32(len(note))*16 + 14
	p.Card(x, y, w, h)
	p.Text(x+14, y+12, inner, fmt.Sprintf("Column %s, “%s”", sheet.ColumnName(col.Index), col.Heading), kit.Body.B(), kit.Left)
	y += 40
	p.Text(x+14, y, inner, "is read as", kit.Caption, kit.Left)
	p.Put(s.cols.meaning, x+14, y+18, inner, 32)
	y += 58
	switch {
	case unit:
		p.Text(x+14, y, inner, "in", kit.Caption, kit.Left)
		p.Put(s.cols.unit, x+14, y+18, inner, 32)
		y += 58
	case dates:
		p.Text(x+14, y, inner, "dates written as text are", kit.Caption, kit.Left)
		p.Put(s.cols.order, x+14, y+18, inner, 32)
		y += 58
	}
	if len(note) > 0 {
		p.Para(x+14, y, inner, words.Capital(col.Note), kit.Caption)
	}
}

func (s *Screen) hasUnits(col *cliniclist.Column) bool {
	f := s.book.Dictionary.Fact(col.Fact)
	return f != nil && f.Unit != "" && len(f.Units) > 0
}
