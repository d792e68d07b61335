package rules

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"kindred/rules/truth"
)

// Local settings are facts about the practice and its laboratory rather than
// about a patient: who may order a test here, how a laboratory's "MSI-low" is to
// be read. They stand in facts.yaml with `local: true` and the value that holds
// until somebody changes it, so they are never unknown; advice that rests on one
// names it.

// readLocal reads what makes a fact a local setting.
func readLocal(f *FactDef, n *node, p *loadProblems) {
	f.Local, f.Default = p.bool(n, "local", false), p.text(n, "default")
	if !f.Local {
		if n.get("default") != nil {
			p.at(n.get("default"), "only a local setting has a default: an answer about a patient is never taken for granted")
		}
		return
	}
	f.Derived = true // nobody is asked it about a patient
	switch {
	case f.Of != OfPatient || f.Presume != nil || f.question != nil || f.BuiltIn != "" || f.untreatedOf != "" || len(f.Headings) > 0:
		p.at(n, "local setting %q is about the practice: it has no of, presume, headings, built_in, untreated, highest, relatives or cluster", f.ID)
	case f.Type != YesNo && f.Type != ChoiceFact:
		p.at(n.get("type"), "local setting %q must be of type yes_no or choice; a threshold is a parameter", f.ID)
	case f.Default == "":
		p.at(n, "local setting %q needs a default", f.ID)
	case !slices.Contains(f.SettingValues(), f.Default):
		p.at(n.get("default"), "%s is never %q%s", f.ID, f.Default, oneOf(f.Default, f.SettingValues()))
	case f.Question == "" || f.Help == "" || len(f.Sources) == 0:
		p.at(n, "local setting %q needs a question, a help that says why it may differ, and a source", f.ID)
	}
}

// SettingValues are the values a local setting can have.
func (f *FactDef) SettingValues() []string {
	if f.Type == YesNo {
		return []string{"yes", "no"}
	}
	return choiceValues(f)
}

// SettingLabel is a value of a local setting in words.
func (f *FactDef) SettingLabel(value string) string {
	if f.Type == YesNo {
		return sentence(value)
	}
	return f.ChoiceLabel(value)
}

// Settings is every local setting, shared ones first, in file order.
func (d *Dictionary) Settings() []*FactDef {
	var out []*FactDef
	for _, f := range d.facts {
		if f.Local {
			out = append(out, f)
		}
	}
	return out
}

// CheckSetting says what is wrong with a value for a local setting: there is no
// such setting, or it never has that value. nil when it fits.
func (d *Dictionary) CheckSetting(id, value string) error {
	f := d.Fact(id)
	if f == nil || !f.Local {
		return fmt.Errorf("there is no local setting %q%s", id, oneOf(id, keysOf(d.Settings(), func(f *FactDef) string { return f.ID })))
	}
	if !slices.Contains(f.SettingValues(), value) {
		return fmt.Errorf("the local setting %s is never %q%s", id, value, oneOf(value, f.SettingValues()))
	}
	return nil
}

// settingInfo puts a local setting into words.
func settingInfo(f *FactDef) SettingInfo {
	out := SettingInfo{ID: f.ID, Label: f.Label, Question: f.Question, Help: f.Help, Default: f.SettingLabel(f.Default), Sources: f.Sources}
	for _, v := range f.SettingValues() {
		out.Choices = append(out.Choices, f.SettingLabel(v))
	}
	return out
}

// readSettings reads the local settings a case was or is to be assessed under;
// one that is absent or null has its default.
func (r *caseReader) readSettings(v *jsonValue, c *Case) {
	if v == nil || v.kind == jsonNull {
		return
	}
	if v.kind != jsonObject {
		r.report(v, "settings must map local settings to values, not "+v.what())
		return
	}
	all := keysOf(r.d.Settings(), func(f *FactDef) string { return f.ID })
	for i, key := range v.keys {
		f, value := r.d.Fact(key), v.vals[i]
		switch {
		case r.enough():
			return
		case f == nil || !f.Local:
			r.report(value, "no local setting "+strconv.Quote(shortened(key))+oneOf(key, all))
		case value.kind == jsonNull:
		case value.kind != jsonString || !slices.Contains(f.SettingValues(), value.text):
			r.report(value, key+" is never "+value.shown()+oneOf(value.text, f.SettingValues()))
		default:
			if c.Settings == nil {
				c.Settings = map[string]string{}
			}
			c.Settings[key] = value.text
		}
	}
}

// settings writes the local settings of a case.
func (w *caseWriter) settings(c *Case) {
	if len(c.Settings) == 0 {
		return
	}
	w.key("settings")
	w.open('{')
	for _, id := range sortedKeys(c.Settings) {
		w.text(id, c.Settings[id])
	}
	w.close('}')
}

// setting is the value of a local setting in this case.
func (f *patientFacts) setting(def *FactDef) found {
	value := def.Default
	if v, ok := f.c.Settings[def.ID]; ok {
		value = v
	}
	a := Answer{Number: truth.Any(), Bool: truth.Unknown, Choice: value}
	if def.Type == YesNo {
		a.Choice, a.Bool = "", truth.Of(value == "yes")
	}
	return found{answer: a, panel: -1, basis: basisLocal}
}

// local gives the slot of a local setting its default, which forget puts there.
func (c *compiler) local(s *slot, i int32) {
	f := s.fact
	if f.Type == YesNo {
		s.presumeYesNo = truth.Of(f.Default == "yes")
	} else {
		s.presumeMask = 1 << max(f.ChoiceIndex(f.Default), 0)
	}
	c.a.locals = append(c.a.locals, i)
}

// tellLocal adds to what the advice rests on the local settings it would not be
// the same without: another value would lead elsewhere, or a remark reads it.
func (x *teller) tellLocal(out *AreaAdvice) {
	for _, i := range x.a.locals {
		if x.remarked(i) || x.decides(i) {
			out.Provided = append(out.Provided, x.settingText(i))
		}
	}
}

// settingText is "MSI-low treated as unstable here (local setting)".
func (x *teller) settingText(i int32) string {
	sl := &x.a.slots[i]
	f, value := sl.fact, lowered(x.value(i))
	text := f.Short + " " + value + " here (local setting"
	if f.Type == YesNo {
		text = f.Short + ": " + value + " (local setting"
	}
	if sl.kind == slotYesNo && x.s.yesNo[sl.at] == sl.presumeYesNo || sl.kind == slotChoice && x.s.choices[sl.at] == sl.presumeMask {
		text += ", as delivered"
	}
	return text + ")"
}

// remarked reports whether a flag or note that is shown reads the setting,
// or gives its value.
func (x *teller) remarked(i int32) bool {
	for _, list := range [][]note{x.a.flags, x.a.notes} {
		for n := range list {
			says := strings.Contains(list[n].def.text, "{value "+x.a.slots[i].fact.ID+"}")
			if x.s.values[list[n].node] == truth.Yes && (says || x.a.reads(list[n].when, i, 0)) {
				return true
			}
		}
	}
	return false
}

// reads reports whether a condition holds a line about a slot, in it or in a
// criterion it names.
func (a *Area) reads(e *expr, i int32, depth int) bool {
	found := false
	e.leaves(func(l *expr) {
		switch {
		case l.fact != nil:
			found = found || l.slot == i
		case l.kind == leafCriterion && depth < 8:
			found = found || a.reads(a.criteria[l.ref].when, i, depth+1)
		}
	})
	return found
}

// decides reports whether another value of the setting would change how the
// routing ends or where a tumour stands.
func (x *teller) decides(i int32) bool {
	a := x.a
	sl := &a.slots[i]
	if !sl.routed && (!sl.tabled || len(x.s.tumours) == 0) {
		return false
	}
	endings := x.s.endings
	steps := make([][]uint64, len(x.s.tumours))
	for t := range x.s.tumours {
		steps[t] = slices.Clone(x.s.tumours[t].steps)
	}
	same := func(r *state) bool {
		for t := range r.tumours { // one nobody entered stands anywhere
			if r.tumours[t].index >= 0 && !slices.Equal(r.tumours[t].steps, steps[t]) {
				return false
			}
		}
		return r.endings == endings
	}
	try := func(set func(r *state)) bool {
		r := a.spare(x.s)
		for _, p := range x.s.provided {
			a.setPresumed(r, p)
		}
		set(r)
		a.decide(r)
		return !same(r)
	}
	if sl.kind == slotYesNo {
		return try(func(r *state) { r.yesNo[sl.at] = x.s.yesNo[sl.at].Not() })
	}
	for c := range sl.fact.Choices {
		if bit := uint32(1) << c; bit != x.s.choices[sl.at] && try(func(r *state) { r.choices[sl.at] = bit }) {
			return true
		}
	}
	return false
}

// settingKey writes down which value a local setting has.
func (a *Area) settingKey(key []byte, s *state, i int32) []byte {
	if sl := &a.slots[i]; sl.kind == slotChoice {
		return append(key, byte(bits.TrailingZeros32(s.choices[sl.at])))
	}
	return append(key, byte(s.yesNo[a.slots[i].at]))
}

// markLocal notes, for each local setting, whether the routing or a decision
// table reads it.
func (c *compiler) markLocal() {
	for _, i := range c.a.locals {
		sl := &c.a.slots[i]
		for n := range c.a.routeEnd {
			o := &c.a.ops[n]
			sl.routed = sl.routed || o.a == sl.at && (o.code == opFact && sl.kind == slotYesNo || o.code == opChoice && sl.kind == slotChoice)
		}
		for t := range c.a.thresholds {
			for l := range c.a.thresholds[t].lines {
				for _, o := range c.a.thresholds[t].lines[l].when {
					sl.routed = sl.routed || o.a == sl.at && (o.code == opFact && sl.kind == slotYesNo || o.code == opChoice && sl.kind == slotChoice)
				}
			}
		}
		for p := range c.a.pathways {
			sl.tabled = sl.tabled || slices.Contains(c.a.pathways[p].table.cols, i)
		}
	}
}
