package consult

import (
	"slices"

	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/truth"
)

// kinEditor asks about the chosen relative: age, alive, and by topic what they
// had and when.
type kinEditor struct {
	pg     *familyPage
	own    bool // about the patient: age, results and tumours have their own places
	id     string
	sheet  *kit.Sheet
	scroll *kit.Scroll

	line     *kit.Field // everything in one line; not about the patient
	lineRead typed.Relative
	age      *kit.Field
	ageRead  typed.Age
	alive    *kit.Segment
	topics   []*kinTopic
	tests    []*factRow
	drop     *kit.Press
	details  *kinDetails
}

// kinTopic is one topic's conditions and measurements.
type kinTopic struct {
	def   *rules.TopicDef
	rows  []*kinRow
	add   *kit.Select
	facts []*factRow
}

// kinRow is one condition of the relative.
type kinRow struct {
	e         *kinEditor
	def       *rules.ConditionDef
	nth       int // which of several of one kind: two bowel cancers
	seg       *kit.Segment
	age       *kit.Field
	read      typed.Age
	confirmed *kit.Segment
}

func newKinEditor(pg *familyPage) *kinEditor {
	e := &kinEditor{pg: pg}
	e.sheet = kit.NewSheet(e.draw)
	e.scroll = kit.NewScroll(e.sheet)
	return e
}

func (e *kinEditor) person() *rules.Person { return e.pg.s.m.person(e.id) }

// show makes the questions for another relative.
func (e *kinEditor) show(p *rules.Person) {
	if p == nil {
		e.id = ""
		return
	}
	e.id, e.ageRead = p.ID, typed.Age{}
	e.age = kit.NewField("", e.typeAge)
	e.age.Unit, e.age.Words = "y", "Age now, or at death: 54, 50s, ~1974, <60, or ? for not known"
	e.alive = kit.NewYesNo(e.chooseAlive)
	e.alive.Words = "Alive: Y, N, or K for not known"
	e.drop = kit.NewButton(kit.Plain, "close", "Remove", func() { e.pg.remove(e.id) })
	e.drop.Words = "Remove this relative; Ctrl Z brings them back"
	e.line, e.details = nil, nil
	if !e.own {
		e.details = newKinDetails(e, p)
		if !e.patient() {
			e.newLine()
		}
	}
	e.topics, e.tests = nil, nil
	at := factMap{e.pg.s.m, p.ID + " ", func() *map[string]rules.Answer {
		if q := e.person(); q != nil {
			return &q.Facts
		}
		return nil
	}}
	for _, t := range e.pg.s.m.dict.Topics() {
		if e.patient() && !e.own {
			break // asked on the other steps
		}
		kt := &kinTopic{def: t}
		kt.add = kit.NewSelect("Another condition", nil, func(v string) { e.addCondition(kt, v) })
		for _, c := range e.conditions(p, t.ID) {
			for nth := range max(1, countOf(p, c.ID)) {
				kt.rows = append(kt.rows, e.newRow(c, nth))
			}
		}
		for _, def := range e.pg.s.m.dict.Facts() {
			if !e.own && def.Of == rules.OfAnyone && !def.Derived && def.Type != rules.YesNo && (def.Topic == t.ID || t.ID == "cholesterol" && def.Group == groupLipids) {
				kt.facts = append(kt.facts, e.pg.s.newRow(def, at, true))
			}
		}
		e.topics = append(e.topics, kt)
	}
	e.sync()
}

// conditions are the ones a topic shows: what is recorded, and its first, which
// is the one asked about most.
func (e *kinEditor) conditions(p *rules.Person, topic string) []*rules.ConditionDef {
	var out []*rules.ConditionDef
	firstOf := true
	for _, c := range e.pg.s.m.dict.Conditions() {
		if c.Topic != topic {
			continue
		}
		if !e.offers(p, c) {
			firstOf = firstOf && !e.own // the patient's commonest cancer is a tumour: step 4 asks
			continue
		}
		recorded := slices.ContainsFunc(p.Conditions, func(x rules.Condition) bool { return x.Name == c.ID })
		if firstOf || recorded {
			out = append(out, c)
		}
		firstOf = false
	}
	return out
}

// offers tells whether a condition can be recorded here for the person: not
// one that the sex at birth excludes, and for the patient neither tumours nor
// signs, which have their own steps.
func (e *kinEditor) offers(p *rules.Person, c *rules.ConditionDef) bool {
	if c.Sex != "" && p.Sex != "" && c.Sex != p.Sex {
		return false
	}
	if !e.own {
		return true
	}
	isSign := slices.ContainsFunc(e.pg.s.m.dict.Facts(), func(f *rules.FactDef) bool { return f.Condition == c.ID })
	return !c.IsTumour() && !isSign
}

// countOf is how often a condition is recorded of a person.
func countOf(p *rules.Person, name string) int {
	n := 0
	for i := range p.Conditions {
		if p.Conditions[i].Name == name {
			n++
		}
	}
	return n
}

// patient tells whether the patient is shown.
func (e *kinEditor) patient() bool { return e.id == e.pg.s.m.rec.Case.Patient }

func (e *kinEditor) newRow(def *rules.ConditionDef, nth int) *kinRow {
	r := &kinRow{e: e, def: def, nth: nth}
	r.seg = kit.NewYesNo(r.choose)
	r.seg.Words = def.Label + ": Y, N, or K for not known"
	r.age = kit.NewField("", r.typeAge)
	r.age.Unit, r.age.Words = "y", "Age then: 54, 50s, <60, a year, or ? for not known"
	r.confirmed = kit.NewYesNo(r.confirm)
	r.confirmed.Words = "Confirmed by a report or letter, rather than from hearsay"
	return r
}

// addCondition records another condition and puts the keyboard on its age.
func (e *kinEditor) addCondition(kt *kinTopic, v string) {
	def := e.pg.s.m.dict.Condition(v)
	kt.add.SetValue("")
	if def == nil {
		return
	}
	r := e.newRow(def, countOf(e.person(), v))
	kt.rows = append(kt.rows, r)
	r.choose("yes")
	r.seg.SetValue("yes")
	e.sheet.Redraw()
	r.age.Focus()
}

func (e *kinEditor) sync() {
	p := e.person()
	if p == nil {
		return
	}
	if !e.age.Focused() && !bad(e.ageRead.State) {
		e.age.SetText(typed.ShowAge(p.Age))
	}
	if p.Alive == truth.Yes || p.Alive == truth.No {
		e.alive.SetValue(p.Alive.String())
	} else if e.alive.Value() != unknownChoice {
		e.alive.SetValue("")
	}
	if e.details != nil {
		e.details.sync()
	}
	for _, kt := range e.topics {
		var left []kit.Option
		for _, c := range e.pg.s.m.dict.Conditions() {
			shown := slices.ContainsFunc(kt.rows, func(r *kinRow) bool { return r.def == c && (!c.IsTumour() || r.recorded() == nil) })
			if c.Topic == kt.def.ID && !shown && e.offers(p, c) {
				label := c.Label
				if countOf(p, c.ID) > 0 {
					label = "Another " + lowerFirst(label)
				}
				left = append(left, kit.Option{Value: c.ID, Label: label})
			}
		}
		kt.add.SetOptions(left)
		for _, r := range kt.rows {
			r.sync()
		}
		for _, f := range kt.facts {
			f.sync()
		}
	}
	e.sheet.Redraw()
}

func (e *kinEditor) typeAge(text string) {
	e.ageRead = typed.ReadAge(text, e.pg.s.m.today)
	e.age.SetMood(kit.Calm)
	if bad(e.ageRead.State) {
		e.age.SetMood(kit.Red)
	}
	p := e.person()
	p.Age = truth.Any()
	if e.ageRead.State.Usable() {
		p.Age = e.ageRead.Span
	}
	e.pg.changedAs("age of " + e.id)
}

func (e *kinEditor) chooseAlive(v string) {
	e.person().Alive = kOf(v)
	e.pg.changed()
}

// kOf is the set of answers a Yes / No / Not known control stands for.
func kOf(v string) truth.K {
	switch v {
	case "yes":
		return truth.Yes
	case "no":
		return truth.No
	}
	return truth.Unknown
}

func (e *kinEditor) focusFirst() {
	if e.age == nil {
		return
	}
	e.pg.tree.ask()
	e.sheet.Redraw()
	if e.patient() {
		e.pg.s.focus(e.details.gender)
		return
	}
	e.pg.s.focus(e.age.Target())
}

// focus puts the keyboard on a condition or measurement by its fact.
func (e *kinEditor) focus(fact string) {
	e.pg.tree.ask()
	for _, kt := range e.topics {
		for _, f := range kt.facts {
			if f.def.ID == fact && f.box != nil {
				f.box.Focus()
				return
			}
		}
		for _, r := range kt.rows {
			if r.def.ID == fact || "condition."+r.def.ID == fact {
				if c := r.recorded(); c != nil && c.Present == truth.Yes {
					r.age.Focus()
				} else {
					e.pg.s.focus(r.seg)
				}
				return
			}
		}
	}
	e.focusFirst()
}

// recorded is the condition in the record, nil when nobody asked.
func (r *kinRow) recorded() *rules.Condition {
	p := r.e.person()
	if p == nil {
		return nil
	}
	nth := 0
	for i := range p.Conditions {
		if p.Conditions[i].Name != r.def.ID {
			continue
		}
		if nth == r.nth {
			return &p.Conditions[i]
		}
		nth++
	}
	return nil
}

func (r *kinRow) choose(v string) {
	p := r.e.person()
	if v == "" {
		if c := r.recorded(); c != nil {
			at := slices.IndexFunc(p.Conditions, func(x rules.Condition) bool { return x.Name == r.def.ID })
			for k := range p.Conditions {
				if &p.Conditions[k] == c {
					at = k
				}
			}
			p.Conditions = slices.Delete(p.Conditions, at, at+1)
			r.e.pg.changed()
			r.e.show(p)
		}
		return
	}
	c := r.recorded()
	if c == nil {
		p.Conditions = append(p.Conditions, rules.Condition{Name: r.def.ID, Age: truth.Any(), Confirmed: truth.Unknown})
		c = &p.Conditions[len(p.Conditions)-1]
	}
	c.Present = kOf(v)
	r.e.pg.changed()
}

func (r *kinRow) typeAge(text string) {
	born := rules.Date("")
	if r.e.own {
		born = r.e.pg.s.m.rec.Identity.Born
	}
	r.read = typed.ReadAgeAt(text, r.e.pg.s.m.today, born, born)
	r.age.SetMood(kit.Calm)
	if bad(r.read.State) {
		r.age.SetMood(kit.Red)
	}
	if c := r.recorded(); c != nil {
		c.Age = truth.Any()
		if r.read.State.Usable() {
			c.Age = r.read.Span
		}
		r.e.pg.changedAs(r.def.ID + " age of " + r.e.id)
	}
}

func (r *kinRow) confirm(v string) {
	if c := r.recorded(); c != nil {
		c.Confirmed = kOf(v)
		r.e.pg.changed()
	}
}

func (r *kinRow) sync() {
	c := r.recorded()
	if c == nil {
		r.seg.SetValue("")
		return
	}
	r.seg.SetValue(c.Present.String())
	if !r.age.Focused() && !bad(r.read.State) && !r.read.Unknown {
		r.age.SetText(typed.ShowAge(c.Age))
	}
	if c.Confirmed == truth.Yes || c.Confirmed == truth.No {
		r.confirmed.SetValue(c.Confirmed.String())
	} else if r.confirmed.Value() != unknownChoice {
		r.confirmed.SetValue("")
	}
}
