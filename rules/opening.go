package rules

import "kindred/rules/truth"

// openDef is what an area says while several outcomes are possible, as its file
// says it.
type openDef struct {
	when *expr // nil: otherwise
	wording
	nothingLeft string // the action when nothing is left to ask; "" for that of wording
	at          *node
}

// opening is an openDef of one edition. Openings choose words, never outcomes:
// the first whose condition surely holds speaks, the last always can.
type opening struct {
	def  *openDef
	expr *expr
	node int32 // -1: otherwise
}

// readOpen reads the wording for open advice: one mapping, or a list of which
// the last has no condition and the others may leave out headline and action.
func (s *areaSource) readOpen(n *node, p *loadProblems) {
	s.openAt = n.get("open")
	if s.openAt == nil {
		p.at(n, "advice.yaml needs %q: what to say when several outcomes are possible", "open")
		return
	}
	items := []*node{s.openAt}
	if s.openAt.kind == listNode {
		items = p.entries(n, "open")
	}
	for i, item := range items {
		if !p.check(item, "open", "when", "headline", "action", "nothing_left", "reason") {
			continue
		}
		d := &openDef{nothingLeft: p.text(item, "nothing_left"), at: item}
		when := item.get("when")
		switch last := i == len(items)-1; {
		case !last && when == nil:
			p.at(item, "only the last entry of %q may leave out %q; the entries below it could never speak", "open", "when")
			continue
		case last && when != nil:
			p.at(when, "the last entry of %q has no %q, so that there is always something to say", "open", "when")
			continue
		case last:
			d.wording = wording{p.need(item, "open", "headline"), p.need(item, "open", "action"), p.need(item, "open", "reason")}
		default:
			d.when = readExpr(when, p)
			d.wording = wording{p.text(item, "headline"), p.text(item, "action"), p.need(item, "open", "reason")}
		}
		s.open = append(s.open, d)
	}
	if len(s.open) == 0 {
		return
	}
	usual := s.open[len(s.open)-1]
	for _, d := range s.open {
		if d.nothingLeft == "" {
			d.nothingLeft = usual.nothingLeft
		}
		if d.headline == "" {
			d.headline = usual.headline
		}
		if d.action == "" {
			d.action = usual.action
		}
	}
}

// openings compiles them, with the notes: like those they only speak.
func (c *compiler) openings() {
	for _, def := range c.s.open {
		o := opening{def: def, node: -1}
		if def.when != nil {
			o.expr = def.when.clone()
			o.node = c.cond(o.expr)
		}
		c.a.open = append(c.a.open, o)
	}
}

// openWords is what to say while several outcomes are possible; left tells
// whether anything is left to ask. A family nobody knows can leave nothing.
func (x *teller) openWords(left bool) wording {
	for i := range x.a.open {
		if o := &x.a.open[i]; o.node < 0 || x.s.values[o.node] == truth.Yes {
			w := o.def.wording
			if !left && o.def.nothingLeft != "" {
				w.action = o.def.nothingLeft
			}
			return w
		}
	}
	return wording{}
}

// usualOpening is the wording without any condition.
func (a *Area) usualOpening() wording {
	return a.open[len(a.open)-1].def.wording
}
