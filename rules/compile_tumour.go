package rules

import (
	"slices"

	"kindred/rules/truth"
)

// loop compiles a block that is evaluated for each tumour of the sites. What
// does not depend on the tumour is compiled before it.
func (c *compiler) loop(when *expr, sites []string, at *node) (result, number int32) {
	when.leaves(func(e *expr) {
		switch {
		case c.critDef[e.subject] != nil:
			c.criterion(e.subject, e.at)
		case c.scoreDef[e.subject] != nil:
			c.score(e.subject, e.at)
		case c.pathDef[e.subject] != nil:
			c.pathway(c.pathDef[e.subject])
		}
	})
	number = int32(c.a.loops)
	c.a.loops++
	n := c.emit(op{code: opLoop, mask: c.siteMask(sites, at), n: number})
	c.scope = sites
	block := c.cond(when)
	c.scope = nil
	c.a.ops[n].a = block
	c.a.ops[n].b = int32(len(c.a.ops))
	return n, number
}

// siteMask gives the bits of tumour sites.
func (c *compiler) siteMask(sites []string, at *node) (mask uint64) {
	for _, site := range sites {
		if c.d.siteCondition[site] == nil {
			var known []string
			for s := range c.d.siteCondition {
				known = append(known, s)
			}
			slices.Sort(known)
			c.p.at(at, "no tumour site %q%s", site, didYouMean(site, known))
			continue
		}
		i := slices.Index(c.a.sites, site)
		if i < 0 {
			i = len(c.a.sites)
			c.a.sites = append(c.a.sites, site)
		}
		mask |= 1 << i
	}
	return mask
}

func (c *compiler) pathwayLeaf(e *expr) int32 {
	i := c.pathway(c.pathDef[e.subject])
	e.ref = i
	w := &c.a.pathways[i]
	step, path := opStep, opPathway
	if c.scope != nil {
		step, path = opStepHere, opPathHere
	}
	if e.cmp != cmpNone || e.recorded {
		c.p.at(e.at, "%q is a pathway: write %s, not %s, or %s is STEP", e.subject, e.subject, e.subject, e.subject)
		return c.emit(op{code: opAll})
	}
	if len(e.values) == 0 {
		e.kind = leafPathway
		return c.emit(op{code: path, a: i, neg: e.not})
	}
	e.kind = leafStep
	for _, v := range e.values {
		at, ok := w.stepOf[v]
		if !ok {
			c.p.at(e.at, "%s never stands at %q%s", e.subject, v, oneOf(v, keysOf(w.def.steps, func(s StepInfo) string { return s.ID })))
			continue
		}
		e.mask |= 1 << at
	}
	return c.emit(op{code: step, a: i, mask: e.mask, neg: e.not})
}

// pathway compiles a decision table on first use and gives its index.
func (c *compiler) pathway(def *pathwayDef) int32 {
	if i, ok := c.a.pathOf[def.id]; ok {
		return i
	}
	w := pathway{def: def, stepOf: map[string]int{}, sites: c.siteMask(def.sites, def.at)}
	for i, s := range def.steps {
		if _, twice := w.stepOf[s.ID]; twice {
			c.p.at(def.at, "step %q of %s stands twice", s.ID, def.id)
		}
		w.stepOf[s.ID] = i
		w.verdict = append(w.verdict, map[string]truth.K{"yes": truth.Yes, "no": truth.No}[s.Verdict]|map[string]truth.K{"unknown": truth.Unknown}[s.Verdict])
		if f := c.d.Fact(s.Fact); s.Fact != "" && (f == nil || f.Of != OfTumour) {
			c.p.at(def.at, "step %s asks for %q, which is no tumour fact", s.ID, s.Fact)
		}
		for _, id := range [...]string{s.Relative, s.RelativeTested} {
			if id != "" && c.d.conditionByID[id] == nil {
				c.p.at(def.at, "step %s gives relatives %q, which is no condition%s", s.ID, id, didYouMean(id, keysOf(c.d.conditions, func(c *ConditionDef) string { return c.ID })))
			}
		}
	}
	w.table = c.decisionTable(def, &w)
	i := int32(len(c.a.pathways))
	c.a.pathOf[def.id] = i
	c.a.pathways = append(c.a.pathways, w)
	return i
}
