package rules

import "slices"

// routing compiles the outcome rows with their gates.
func (c *compiler) routing() {
	for _, def := range c.s.rows {
		if !def.holds(c.day) {
			continue
		}
		r := row{def: def, when: -1, first: int32(len(c.a.endings))}
		if def.when != nil {
			r.expr = def.when.clone()
			r.when = c.cond(r.expr)
		}
		for _, g := range def.gates {
			e := g.when.clone()
			r.exprs = append(r.exprs, e)
			r.gates = append(r.gates, c.cond(e))
			c.a.endings = append(c.a.endings, c.ending(int32(len(c.a.rows)), int32(len(r.gates)-1), g.outcome, g.urgent, g.wording))
		}
		c.a.endings = append(c.a.endings, c.ending(int32(len(c.a.rows)), -1, def.outcome, def.urgent, def.wording))
		c.a.rows = append(c.a.rows, r)
	}
	if len(c.a.endings) > 64 {
		c.p.at(c.s.openAt, "there are more than 64 rows and gates")
	}
}

func (c *compiler) ending(row, gate int32, o Outcome, urgent bool, w wording) ending {
	return ending{row: row, gate: gate, outcome: o, bit: uint8(max(slices.Index(outcomes, o), 0)), urgent: urgent, words: w}
}

// because finds what every row can name as its reason.
func (c *compiler) because() {
	for i := range c.a.rows {
		r := &c.a.rows[i]
		c.reasons(r)
		for _, text := range [...]string{r.def.headline, r.def.action, r.def.reason} {
			c.words(text, r.def.at)
		}
	}
}

// reasons finds what a row can name as its reason: what it lists, or the
// criteria, scores and pathways its condition names.
func (c *compiler) reasons(r *row) {
	ids := r.def.because
	if len(ids) == 0 {
		r.expr.leaves(func(e *expr) {
			if !e.not && !slices.Contains(ids, e.subject) {
				ids = append(ids, e.subject)
			}
		})
	}
	for _, id := range ids {
		if i, ok := c.a.critOf[id]; ok {
			r.names = append(r.names, because{leafCriterion, i, c.a.criteria[i].def.name})
		} else if i, ok := c.a.scoreOf[id]; ok {
			r.names = append(r.names, because{leafScore, i, c.a.scores[i].def.name})
		} else if i, ok := c.a.pathOf[id]; ok {
			r.names = append(r.names, because{leafPathway, i, c.a.pathways[i].def.name})
		} else if len(r.def.because) > 0 {
			c.p.at(r.def.at.get("because"), "no criterion, score or pathway %q%s", id, didYouMean(id, c.known()))
		}
	}
}

// remarks compiles flags, notes and what to say while advice is open, which are
// evaluated last.
func (c *compiler) remarks() {
	// What a list shows stands first, so that a list works out nothing else.
	urgent := map[*noteDef]note{}
	c.stage = stageFlags
	for _, def := range c.s.flags {
		if def.urgent && def.holds(c.day) {
			urgent[def] = c.remark(def)
		}
	}
	c.stage = stageNotes
	c.openings()
	c.a.listEnd = len(c.a.ops)
	c.stage = stageFlags
	for _, def := range c.s.flags {
		if def.holds(c.day) {
			n, made := urgent[def]
			if !made {
				n = c.remark(def)
			}
			c.a.flags = append(c.a.flags, n)
		}
	}
	c.stage = stageNotes
	for _, def := range c.s.notes {
		if def.holds(c.day) {
			c.a.notes = append(c.a.notes, c.remark(def))
		}
	}
}

func (c *compiler) remark(def *noteDef) note {
	n := note{def: def, loop: -1, pathway: -1, when: def.when.clone()}
	if def.about != "" && c.d.Fact(def.about) == nil {
		c.p.at(def.at.get("about"), "no fact %q%s", def.about, didYouMean(def.about, keysOf(c.d.facts, func(f *FactDef) string { return f.ID })))
	}
	c.words(def.text, def.at)
	sites := def.sites
	if def.pathway != "" {
		w := c.pathDef[def.pathway]
		if w == nil {
			c.p.at(def.at.get("pathway"), "no pathway %q%s", def.pathway, didYouMean(def.pathway, sortedKeys(c.pathDef)))
			return n
		}
		n.pathway = c.pathway(w)
		if len(sites) == 0 {
			sites = w.sites
		}
	}
	if len(sites) > 0 {
		n.node, n.loop = c.loop(n.when, sites, def.at)
	} else {
		n.node = c.cond(n.when)
	}
	return n
}
