package consult

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/lipid"
	"kindred/rules/truth"
)

// medicineList is the lipid-lowering medicines of the patient, a row each: what
// was written, from when to when, and whether it was stopped. What was typed is
// understood at once and shown back.
type medicineList struct {
	s    *Screen
	list []*medicineRow
	rows []*factRow // the facts of the treatment group
	add  *kit.Press
}

type medicineRow struct {
	l     *medicineList
	index int
	text  *kit.Field
	from  *kit.Field
	to    *kit.Field
	state *kit.Segment
	drop  *kit.Press

	echo     string // what was understood
	doubt    string // why the dose is open, or that it is not said
	fault    string // why nothing was understood
	fromRead typed.Rough
	toRead   typed.Rough
	cures    [2]*kit.Press
}

var takenOrStopped = []kit.Option{{Value: "no", Label: "Still taken"}, {Value: "yes", Label: "Stopped"}}

func newMedicineList(s *Screen) *medicineList {
	l := &medicineList{s: s}
	l.add = kit.NewButton(kit.Ghost, "plus", "Add medicine", l.addRow)
	l.add.Words = "A lipid-lowering medicine, as it stands in the record: Atorvastatin 80mg tablets"
	return l
}

func (l *medicineList) medicines() []rules.Medication { return l.s.m.patient().Medications }

func (l *medicineList) at(i int) *rules.Medication {
	if p := l.s.m.patient(); i < len(p.Medications) {
		return &p.Medications[i]
	}
	return &rules.Medication{}
}

func (l *medicineList) newRow(index int) *medicineRow {
	r := &medicineRow{l: l, index: index}
	r.text = kit.NewField("Atorvastatin 80mg tablets", r.typeText)
	r.text.Words = "The medicine with its strength, as it stands in the record or as you say it: rosuva 20, Inegy 10/40, ezetimibe 10 mg od"
	r.from = kit.NewField("From", r.typeFrom)
	r.from.Words = "When it was started: 2019, Jun-2019 or 14-Mar-2019. Without it, nobody can tell which panels were taken on it"
	r.to = kit.NewField("To", r.typeTo)
	r.to.Words = "When it was stopped: 2024, Mar-2024 or a date; empty while it is taken"
	r.state = kit.NewSegment(takenOrStopped, r.choose)
	r.state.SetSmall()
	r.state.Words = "Whether the medicine is still taken"
	r.drop = kit.NewButton(kit.Ghost, "close", "", func() { l.dropRow(r.index) })
	r.drop.Words = "Remove this medicine; Ctrl Z brings it back"
	for i := range r.cures {
		r.cures[i] = kit.NewLink("", kit.Caption, nil)
	}
	return r
}

func (l *medicineList) addRow() {
	p := l.s.m.patient()
	p.Medications = append(p.Medications, rules.Medication{})
	l.s.m.touch()
	l.sync()
	l.s.refresh()
	l.s.focus(l.list[len(l.list)-1].text.Target())
}

func (l *medicineList) dropRow(i int) {
	p := l.s.m.patient()
	if i >= len(p.Medications) {
		return
	}
	p.Medications = slices.Delete(slices.Clone(p.Medications), i, i+1)
	l.s.m.touch()
	was := l.s.m.restoring
	l.s.m.restoring = true // every row shows another medicine now
	l.sync()
	l.s.m.restoring = was
	l.s.refresh()
	l.s.focus(l.first())
}

// first is where the keyboard goes in the list.
func (l *medicineList) first() fyne.Focusable {
	if len(l.list) > 0 {
		return l.list[0].text.Target()
	}
	return l.add
}

func (l *medicineList) sync() {
	n := len(l.medicines())
	for len(l.list) < n {
		l.list = append(l.list, l.newRow(len(l.list)))
	}
	l.list = l.list[:n]
	for _, r := range l.list {
		r.sync()
	}
	for _, r := range l.rows {
		r.sync()
	}
}

func (r *medicineRow) sync() {
	m, restoring := r.l.at(r.index), r.l.s.m.restoring
	if !r.text.Focused() || restoring {
		r.text.SetText(m.Name())
		r.understand()
	}
	today := r.l.s.m.today
	for _, d := range []struct {
		box  *kit.Field
		read *typed.Rough
		day  rules.Date
	}{{r.from, &r.fromRead, m.From}, {r.to, &r.toRead, m.To}} {
		if !d.box.Focused() && (restoring || d.read.State.Usable() || d.read.State == typed.Empty) {
			d.box.SetText(typed.ShowRough(d.day))
			*d.read = typed.ReadRough(d.box.Text(), today)
			d.box.SetMood(mood(d.read.State, false))
		}
	}
	switch {
	case m.Stopped == truth.No:
		r.state.SetValue("no")
	case m.Stopped == truth.Yes || m.To != "":
		r.state.SetValue("yes")
	default:
		r.state.SetValue("")
	}
}

func (r *medicineRow) typeText(text string) {
	m := r.l.at(r.index)
	read, _, err := r.l.s.m.dict.ReadMedication(text)
	if err != nil {
		read = rules.Medication{}
	}
	m.Drug, m.DoseMG, m.As = read.Drug, read.DoseMG, strings.TrimSpace(text)
	r.understand()
	r.changed("text")
}

// understand says what the text was read as.
func (r *medicineRow) understand() {
	r.echo, r.doubt, r.fault = "", "", ""
	m := r.l.at(r.index)
	text := m.Name()
	if text == "" {
		r.text.SetMood(kit.Calm)
		return
	}
	_, doubts, err := r.l.s.m.dict.ReadMedication(text)
	tables, noTables := lipid.Embedded()
	if noTables != nil {
		return
	}
	taken, unknown := m.Regimen(tables)
	switch {
	case m.Drug == "" && err != nil:
		r.fault, _, _ = strings.Cut(err.Error(), ": unknown_drug_dose")
		r.fault = strings.TrimSuffix(r.fault, ": not_taken")
		r.text.SetMood(kit.Red)
		return
	case m.Drug == "none" && m.As != "":
		if full, err := tables.Read(m.As); err == nil {
			taken, unknown = full.Taken, nil
		}
	case m.As != "":
		if full, err := tables.Read(m.As); err == nil { // the text may name more than the one dose kept
			taken, unknown = full.Taken, nil
		}
	}
	if unknown != nil || len(taken) == 0 {
		r.echo = m.Name()
		r.text.SetMood(kit.Calm)
		return
	}
	r.echo = r.describe(tables, taken)
	switch {
	case len(doubts) > 0:
		r.doubt = doubts[0]
	case doseless(taken):
		r.doubt = "No dose: add it, for example 20mg."
	}
	r.text.SetMood(kit.Calm)
	if r.doubt != "" {
		r.text.SetMood(kit.Amber)
	}
}

// doseless tells whether a dose is missing that an estimate needs.
func doseless(r lipid.Regimen) bool {
	return r.Beyond() == "" && slices.ContainsFunc(r, func(d lipid.Dose) bool {
		return d.DoseMG == 0 && d.Estimate == lipid.EstimateYes && d.Drug != "ezetimibe"
	})
}

// describe is what was understood: "atorvastatin 80 mg · high-intensity".
func (r *medicineRow) describe(tables *lipid.Tables, taken lipid.Regimen) string {
	parts := []string{taken.String()}
	for _, d := range taken {
		if band, ok := tables.Intensity(d); ok {
			parts = append(parts, band.Name)
		}
	}
	switch {
	case taken.Beyond() != "":
		parts = append(parts, "untreated LDL cannot be estimated")
	case !taken.Lowers():
		parts = append(parts, "does not lower LDL")
	}
	return strings.Join(parts, " · ")
}

func (r *medicineRow) typeFrom(text string) {
	r.fromRead = typed.ReadRough(text, r.l.s.m.today)
	r.from.SetMood(mood(r.fromRead.State, false))
	r.l.at(r.index).From = r.fromRead.Day
	r.changed("from")
}

func (r *medicineRow) typeTo(text string) {
	r.toRead = typed.ReadRough(text, r.l.s.m.today)
	r.to.SetMood(mood(r.toRead.State, false))
	m := r.l.at(r.index)
	m.To = r.toRead.Day
	if m.To != "" {
		m.Stopped = 0 // the date says it
	}
	r.changed("to")
}

// choose says whether the medicine is still taken; a date of stopping goes when
// it is.
func (r *medicineRow) choose(v string) {
	m := r.l.at(r.index)
	switch v {
	case "no":
		m.Stopped, m.To, r.toRead = truth.No, "", typed.Rough{}
		r.to.SetText("")
		r.to.SetMood(kit.Calm)
	case "yes":
		m.Stopped = truth.Yes
		if m.To != "" {
			m.Stopped = 0
		}
	default:
		m.Stopped = 0
	}
	r.changed("")
}

// changed keeps a change; the same box typed in letter by letter is one.
func (r *medicineRow) changed(box string) {
	key := ""
	if box != "" {
		key = "medicine " + string(rune('a'+r.index%26)) + box
	}
	r.l.s.m.touchAs(key)
	r.l.s.refresh()
}

// wrongWay tells whether the medicine ends before it begins.
func (r *medicineRow) wrongWay() bool {
	m := r.l.at(r.index)
	n := min(len(m.From), len(m.To))
	return n > 0 && m.To[:n] < m.From[:n]
}
