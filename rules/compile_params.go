package rules

import (
	"slices"

	"kindred/rules/truth"
)

// threshold gives the index of the number or parameter a line is held against.
// A numeral is refused where it would be a clinical number without a source.
func (c *compiler) threshold(e *expr, unit string, clinical bool) int32 {
	if v, ok := literal(e.threshold); ok {
		if clinical && !c.literals && v != 0 {
			c.p.at(e.at, "the number %s needs a source: make it a parameter in params.yaml", e.threshold)
		}
		return c.fixed(threshold{lines: []thresholdLine{{value: v}}, unit: unit})
	}
	def := c.s.paramByID[e.threshold]
	if def == nil && isShifted(e.threshold) {
		if def = c.shifted(e.threshold, e.at); def == nil {
			return c.fixed(threshold{lines: []thresholdLine{{}}}) // reported
		}
	}
	if def == nil {
		c.p.at(e.at, "no parameter %q in params.yaml%s", e.threshold, didYouMean(e.threshold, keysOf(c.s.params, func(d *paramDef) string { return d.id })))
		return c.fixed(threshold{lines: []thresholdLine{{}}})
	}
	if def.unit != "" && unit != "" && def.unit != unit {
		c.p.at(e.at, "%s is in %s, but %s is in %s", e.subject, unit, def.id, def.unit)
	}
	return c.param(def, e.at)
}

// param gives the index of a parameter, compiled on first use.
func (c *compiler) param(def *paramDef, at *node) int32 {
	for i := range c.a.thresholds {
		if c.a.thresholds[i].id == def.id {
			return int32(i)
		}
	}
	v := def.valueOn(c.day)
	if v == nil {
		c.p.at(def.at, "%s has no value in force on %s", def.id, c.day)
		return c.fixed(threshold{id: def.id, lines: []thresholdLine{{}}})
	}
	t := threshold{id: def.id, unit: def.unit, source: v.sources, from: v.from, label: def.label}
	i := int32(len(c.a.thresholds))
	c.a.thresholds = append(c.a.thresholds, t) // its place is taken before its lines are compiled
	for _, l := range v.lines {
		line := thresholdLine{value: l.value, expr: l.when.clone()}
		if l.when != nil {
			line.when = c.paramCondition(line.expr, def)
		}
		t.lines = append(t.lines, line)
	}
	c.a.thresholds[i] = t
	return i
}

// fixed adds a threshold; equal numerals share one.
func (c *compiler) fixed(t threshold) int32 {
	if t.id == "" {
		for i := range c.a.thresholds {
			o := &c.a.thresholds[i]
			if o.id == "" && len(o.lines) == 1 && o.lines[0].value == t.lines[0].value && o.unit == t.unit {
				return int32(i)
			}
		}
	}
	c.a.thresholds = append(c.a.thresholds, t)
	return int32(len(c.a.thresholds) - 1)
}

// paramCondition compiles the condition of a parameter's line: plain lines
// about facts, all of which must hold.
func (c *compiler) paramCondition(e *expr, def *paramDef) []op {
	var out []op
	var flat func(e *expr)
	flat = func(e *expr) {
		if e.join == joinAll {
			for _, k := range e.kids {
				flat(k)
			}
			return
		}
		f := c.d.Fact(e.subject)
		if e.join != joinLeaf || f == nil || f.Of == OfTumour || e.recorded {
			c.p.at(e.at, "a line of %s may only depend on plain facts of the patient%s", def.id, didYouMean(e.subject, c.known()))
			return
		}
		before := len(c.a.ops)
		literals := c.literals
		c.literals = true // the value the line gives has its source
		c.factLeaf(e, f)
		c.literals = literals
		out = append(out, c.a.ops[before:]...)
		c.a.ops = c.a.ops[:before]
	}
	flat(e)
	return out
}

// number resolves a number or parameter of a family question, which must be one
// value.
func (c *compiler) number(n *node, what string) (float64, bool) {
	if n == nil || n.kind != scalarNode {
		c.p.at(n, "%s must be a number or a parameter", what)
		return 0, false
	}
	if v, ok := literal(n.text); ok {
		return v, true
	}
	def := c.s.paramByID[n.text]
	if def == nil {
		c.p.at(n, "no parameter %q in params.yaml%s", n.text, didYouMean(n.text, keysOf(c.s.params, func(d *paramDef) string { return d.id })))
		return 0, false
	}
	t := &c.a.thresholds[c.param(def, n)]
	if len(t.lines) != 1 || t.lines[0].when != nil {
		c.p.at(n, "%s depends on the patient's facts and cannot be used in a question about relatives", def.id)
		return 0, false
	}
	return t.lines[0].value, true
}

// finish fills what evaluation needs once everything is compiled, and checks
// what only the whole area can tell.
func (c *compiler) finish() {
	a := c.a
	for _, def := range c.s.params {
		if def.valueOn(c.day) == nil {
			if !slices.ContainsFunc(a.thresholds, func(t threshold) bool { return t.id == def.id }) {
				c.p.at(def.at, "%s has no value in force on %s", def.id, c.day)
			}
		} else {
			c.param(def, def.at)
		}
	}
	a.fixed = a.fixed[:0]
	a.varying = a.varying[:0]
	for i := range a.thresholds {
		t := &a.thresholds[i]
		s := truth.Exactly(t.lines[0].value)
		if len(t.lines) > 1 || t.lines[0].when != nil {
			a.varying = append(a.varying, int32(i))
		}
		a.fixed = append(a.fixed, s)
	}
	split, _ := slices.BinarySearch(a.varying, int32(a.routeLines))
	a.varyRoute, a.varyRest = a.varying[:split], a.varying[split:]
	for i := range a.slots {
		a.slotAt[a.slots[i].kind] = append(a.slotAt[a.slots[i].kind], int32(i))
	}
	a.routePart, a.restPart = a.newBatch(0, a.routeEnd), a.newBatch(a.routeEnd, a.mainEnd)
	a.listPart, a.notePart = a.newBatch(a.mainEnd, a.listEnd), a.newBatch(a.listEnd, len(a.ops))
	c.onlyNumbers()
	c.markLocal()
	c.screening()
	if len(a.slots) > 512 {
		c.p.at(c.s.at, "the area reads more than 512 facts")
	}
	for _, f := range c.d.facts {
		if f.Area == c.s.id && f.question != nil {
			if _, used := a.slotOf[f.ID]; !used {
				c.kinQuestion(f, -1) // checked, though no rule asks it
			}
		}
	}
}

// onlyNumbers finds, for thresholds that depend on facts, the one number that
// is held against each.
func (c *compiler) onlyNumbers() {
	a := c.a
	for _, i := range a.varying {
		t := &a.thresholds[i]
		t.only, t.split = -1, -1
		if len(t.lines) == 2 && len(t.lines[0].when) == 1 && t.lines[1].when == nil {
			if o := t.lines[0].when[0]; o.code == opUnder && !slices.Contains(a.varying, o.b) {
				t.split, t.below = o.a, a.fixed[o.b].Lo
			}
		}
		t.hull = truth.Exactly(t.lines[0].value)
		for _, l := range t.lines {
			t.hull.Lo, t.hull.Hi = min(t.hull.Lo, l.value), max(t.hull.Hi, l.value)
		}
		users := map[int32]bool{}
		for _, o := range a.ops {
			if o.code >= opOver && o.code <= opAtMost && o.b == i {
				users[o.a] = true
			}
			if o.code >= opScoreOver && o.code <= opScoreAtMost && o.b == i {
				users[-1] = true
			}
		}
		for _, other := range a.thresholds {
			for _, l := range other.lines {
				for _, o := range l.when {
					if o.code >= opOver && o.code <= opAtMost && o.b == i {
						users[-1] = true
					}
				}
			}
		}
		for u := range users {
			if len(users) == 1 {
				t.only = u
			}
		}
	}
}
