package rules

import (
	"path"
	"slices"
	"strings"

	"kindred/rules/truth"
)

// compiler turns an area folder into the flat table of one edition.
type compiler struct {
	d   *Dictionary
	s   *areaSource
	p   *loadProblems
	a   *Area
	day Date

	critDef  map[string]*criterionDef
	scoreDef map[string]*scoreDef
	pathDef  map[string]*pathwayDef
	busy     map[string]bool
	negated  map[int32]int32 // node -> its opposite
	equal    map[op]int32    // operation -> the node that does it
	scope    []string        // sites of the tumour block being compiled; nil outside
	stage    compileStage
	literals bool // numerals with a unit are allowed: inside a table that has a source
}

// compileStage says which conditions are allowed.
type compileStage uint8

const (
	stageRules compileStage = iota
	stageFlags
	stageNotes
)

// compileArea compiles the edition in force on day. Problems go to p; the area
// is usable only if there are none.
func compileArea(d *Dictionary, s *areaSource, e editionDef, day Date, p *loadProblems) *Area {
	c := &compiler{
		d: d, s: s, p: p, day: day,
		critDef: map[string]*criterionDef{}, scoreDef: map[string]*scoreDef{}, pathDef: map[string]*pathwayDef{},
		busy: map[string]bool{}, negated: map[int32]int32{}, equal: map[op]int32{},
	}
	c.a = &Area{
		dict: d, src: s, edition: e, day: day,
		slotOf: map[string]int32{}, critOf: map[string]int32{}, scoreOf: map[string]int32{}, pathOf: map[string]int32{},
	}
	c.declare()
	for _, def := range s.pathways {
		if def.holds(day) {
			c.pathway(def)
		}
	}
	c.routing() // first, so that what the outcome needs stands together
	c.a.routeEnd, c.a.routeLines = len(c.a.ops), len(c.a.thresholds)
	for _, def := range s.criteria {
		if def.holds(day) {
			c.criterion(def.id, def.at)
		}
	}
	for _, def := range s.scores {
		if def.holds(day) {
			c.score(def.id, def.at)
		}
	}
	c.because()
	c.a.mainEnd = len(c.a.ops)
	c.remarks()
	c.checkCascade()
	c.finish()
	return c.a
}

// declare registers every id of the area and reports those that stand twice.
func (c *compiler) declare() {
	seen := map[string]*node{}
	once := func(id string, at *node) {
		if other := seen[id]; other != nil {
			c.p.at(at, "%q stands twice, here and in line %d of %s", id, other.line, path.Base(other.file))
		} else if c.d.Fact(id) != nil {
			c.p.at(at, "%q is a fact already", id)
		}
		seen[id] = at
	}
	for _, def := range c.s.criteria {
		if def.holds(c.day) {
			once(def.id, def.at)
			c.critDef[def.id] = def
		}
	}
	for _, def := range c.s.scores {
		if def.holds(c.day) {
			once(def.id, def.at)
			c.scoreDef[def.id] = def
		}
	}
	for _, def := range c.s.pathways {
		if def.holds(c.day) {
			once(def.id, def.at)
			c.pathDef[def.id] = def
		}
	}
	for _, def := range c.s.params {
		once(def.id, def.at)
		if f := c.d.Fact(def.drawOn); def.drawOn != "" && (f == nil || f.Type != NumberFact || f.Unit != def.unit) {
			c.p.at(def.at, "%s is drawn on %q, which is no number in %s%s", def.id, def.drawOn, def.unit, didYouMean(def.drawOn, keysOf(c.d.facts, func(f *FactDef) string { return f.ID })))
		}
	}
	for _, list := range [][]*noteDef{c.s.flags, c.s.notes} {
		names := map[string]bool{}
		for _, def := range list {
			name := def.id + " " + def.pathway // one note may stand on several pathways
			if def.holds(c.day) && names[name] {
				c.p.at(def.at, "%q stands twice", def.id)
			}
			names[name] = names[name] || def.holds(c.day)
		}
	}
}

// known lists every id a line may start with.
func (c *compiler) known() []string {
	var out []string
	for _, f := range c.d.facts {
		if f.Area == "" || f.Area == c.s.id {
			out = append(out, f.ID)
		}
	}
	for id := range c.critDef {
		out = append(out, id)
	}
	for id := range c.scoreDef {
		out = append(out, id)
	}
	for id := range c.pathDef {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// emit adds an operation and gives its node.
func (c *compiler) emit(o op) int32 {
	c.a.ops = append(c.a.ops, o)
	return int32(len(c.a.ops) - 1)
}

// group emits a join of nodes.
func (c *compiler) group(code opCode, nodes []int32) int32 {
	start := int32(len(c.a.kids))
	c.a.kids = append(c.a.kids, nodes...)
	return c.emit(op{code: code, b: start, n: int32(len(nodes))})
}

// slot gives the slot of a fact, made on first use.
func (c *compiler) slot(f *FactDef, at *node) int32 {
	if i, ok := c.a.slotOf[f.ID]; ok {
		return i
	}
	s := slot{fact: f, tumour: f.Of == OfTumour, family: -1}
	switch f.Type {
	case YesNo:
		s.kind = slotYesNo
	case NumberFact:
		s.kind = slotNumber
	case ChoiceFact:
		s.kind = slotChoice
		s.full = uint32(1)<<len(f.Choices) - 1
	case DateFact:
		c.p.at(at, "%q is a date, and conditions on dates are not part of the notation; use an age", f.ID)
	}
	s.at = int32(c.a.sizes[s.kind])
	c.a.sizes[s.kind]++
	i := int32(len(c.a.slots))
	if pr := f.Presume; pr != nil {
		switch {
		case pr.Value == "not_used":
			s.notUsed = true
		case f.Type == YesNo:
			s.presumeYesNo = truth.Of(pr.Value == "yes")
		case f.Type == ChoiceFact:
			s.presumeMask = 1 << max(f.ChoiceIndex(pr.Value), 0)
		}
		if !s.notUsed {
			c.a.presumed = append(c.a.presumed, i)
		}
	}
	if f.Local {
		c.local(&s, i)
	}
	c.a.slots = append(c.a.slots, s)
	c.a.slotOf[f.ID] = i
	if f.question != nil {
		c.a.slots[i].family = int32(len(c.a.kin))
		q := c.kinQuestion(f, i)
		q.askedTopic = "asked." + q.topic
		c.a.kin = append(c.a.kin, q)
	}
	if s.tumour {
		c.a.tumours = append(c.a.tumours, i)
	}
	return i
}

// cond compiles a condition and gives its node. Equal lines share one node, and
// a group of one is what is in it.
func (c *compiler) cond(e *expr) int32 {
	if e == nil {
		return c.emit(op{code: opAll})
	}
	if e.join == joinLeaf {
		e.node = c.shared(c.leaf(e))
		return e.node
	}
	nodes := make([]int32, 0, len(e.kids))
	for _, k := range e.kids {
		if n := c.cond(k); !slices.Contains(nodes, n) {
			nodes = append(nodes, n)
		}
	}
	switch {
	case len(nodes) == 1 && e.join == joinNone:
		e.node = c.opposite(nodes[0])
	case len(nodes) == 1:
		e.node = nodes[0]
	default:
		e.node = c.group(map[joinKind]opCode{joinAll: opAll, joinAny: opAny, joinNone: opNone}[e.join], nodes)
	}
	return e.node
}

// shared takes back the operation just emitted when an equal one stands before
// it. Operations of tumour blocks are never shared.
func (c *compiler) shared(n int32) int32 {
	if c.scope != nil || int(n) != len(c.a.ops)-1 {
		return n
	}
	o := c.a.ops[n]
	switch o.code {
	case opFact, opChoice, opOver, opUnder, opAtLeast, opAtMost, opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost, opStep, opPathway, opNot:
	default:
		return n
	}
	if first, ok := c.equal[o]; ok && first == n {
		return n
	} else if ok {
		c.a.ops = c.a.ops[:n]
		return first
	}
	c.equal[o] = n
	return n
}

// opposite gives the node that says the opposite.
func (c *compiler) opposite(n int32) int32 {
	if c.scope == nil {
		if m, ok := c.negated[n]; ok {
			return m
		}
	}
	m := c.emit(op{code: opNot, a: n})
	if c.scope == nil {
		c.negated[n] = m
	}
	return m
}

// leaf compiles one line.
func (c *compiler) leaf(e *expr) int32 {
	nothing := func() int32 { return c.emit(op{code: opAll}) }
	if e.subject == "outcome" && c.d.Fact("outcome") == nil {
		return c.outcomeLeaf(e)
	}
	f := c.d.Fact(e.subject)
	switch {
	case f != nil && f.Area != "" && f.Area != c.s.id:
		c.p.at(e.at, "%q belongs to area %s and cannot be used here", f.ID, f.Area)
		return nothing()
	case f != nil:
		return c.factLeaf(e, f)
	case c.critDef[e.subject] != nil:
		return c.criterionLeaf(e)
	case c.scoreDef[e.subject] != nil:
		return c.scoreLeaf(e)
	case c.pathDef[e.subject] != nil:
		return c.pathwayLeaf(e)
	}
	c.p.at(e.at, "no fact, criterion or score %q%s", e.subject, didYouMean(e.subject, c.known()))
	return nothing()
}

func (c *compiler) outcomeLeaf(e *expr) int32 {
	e.kind = leafOutcome
	if c.stage == stageRules {
		c.p.at(e.at, "the outcome may be read only by flags and notes")
	}
	for _, v := range e.values {
		i := slices.Index(outcomes, Outcome(v))
		if i < 0 {
			c.p.at(e.at, "no outcome %q%s", v, oneOf(v, outcomeWords()))
			continue
		}
		e.mask |= 1 << i
	}
	return c.emit(op{code: opOutcome, mask: e.mask, neg: e.not})
}

func (c *compiler) factLeaf(e *expr, f *FactDef) int32 {
	e.fact, e.slot = f, c.slot(f, e.at)
	s := &c.a.slots[e.slot]
	if s.tumour && !c.inScope(f) {
		c.p.at(e.at, "%q is about one tumour; put this under some_tumour", f.ID)
	}
	wrong := func(say string) int32 {
		c.p.at(e.at, "%q is a %s fact: %s", f.ID, strings.ReplaceAll(string(f.Type), "_", "/"), say)
		return c.emit(op{code: opAll})
	}
	switch {
	case e.recorded:
		e.kind = leafRecorded
		if c.stage != stageNotes {
			c.p.at(e.at, "only notes and open wordings may ask whether something is recorded: it would let an answer overturn a firm verdict")
		}
		return c.emit(op{code: opRecorded, a: e.slot, neg: e.not})
	case f.Type == YesNo:
		if e.cmp != cmpNone || len(e.values) > 0 {
			return wrong("write " + f.ID + " or not " + f.ID)
		}
		e.kind = leafFact
		return c.emit(op{code: opFact, a: s.at, neg: e.not})
	case f.Type == NumberFact:
		if e.cmp == cmpNone {
			return wrong("write " + f.ID + " over, under, at least or at most a number or parameter")
		}
		e.kind = leafNumber
		e.param = c.threshold(e, f.Unit, f.Unit != "")
		if c.stage == stageRules {
			c.a.slots[e.slot].cuts = appendOnce(c.a.slots[e.slot].cuts, e.param)
		}
		code := map[comparison]opCode{cmpOver: opOver, cmpUnder: opUnder, cmpAtLeast: opAtLeast, cmpAtMost: opAtMost}[e.cmp]
		return c.emit(op{code: code, a: c.a.slots[e.slot].at, b: e.param})
	case f.Type == ChoiceFact:
		if len(e.values) == 0 {
			return wrong("write " + f.ID + " is one of its values")
		}
		e.kind = leafChoice
		for _, v := range e.values {
			i := f.ChoiceIndex(v)
			if i < 0 {
				c.p.at(e.at, "%s is never %q%s", f.ID, v, oneOf(v, choiceValues(f)))
				continue
			}
			e.mask |= 1 << i
		}
		m := e.mask
		if e.not {
			m = uint64(s.full) &^ m
		}
		return c.emit(op{code: opChoice, a: s.at, mask: m})
	}
	return c.emit(op{code: opAll})
}

func appendOnce(list []int32, v int32) []int32 {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// inScope reports whether a tumour fact may be read here.
func (c *compiler) inScope(*FactDef) bool { return c.scope != nil }

func (c *compiler) criterionLeaf(e *expr) int32 {
	if e.cmp != cmpNone || len(e.values) > 0 || e.recorded {
		c.p.at(e.at, "%q is a criterion: write %s or not %s", e.subject, e.subject, e.subject)
		return c.emit(op{code: opAll})
	}
	e.kind = leafCriterion
	n := c.criterion(e.subject, e.at)
	e.ref = c.a.critOf[e.subject]
	if e.not {
		n = c.opposite(n)
	}
	return n
}

// criterion compiles a criterion on first use and gives its node.
func (c *compiler) criterion(id string, at *node) int32 {
	if i, ok := c.a.critOf[id]; ok {
		return c.a.criteria[i].node
	}
	if c.busy[id] {
		c.p.at(at, "%q is worked out from itself", id)
		return 0
	}
	c.busy[id] = true
	defer delete(c.busy, id)
	def := c.critDef[id]
	outer := c.scope
	c.scope = nil
	cr := criterion{def: def, name: sentence(def.name), loop: -1, when: def.when.clone()}
	if len(def.sites) > 0 {
		cr.node, cr.loop = c.loop(cr.when, def.sites, def.at)
	} else {
		cr.node = c.cond(cr.when)
	}
	c.scope = outer
	c.a.critOf[id] = int32(len(c.a.criteria))
	c.a.criteria = append(c.a.criteria, cr)
	return cr.node
}
