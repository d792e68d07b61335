package rules

import (
	"slices"
)

func (s *areaSource) readCriteria(n *node, p *loadProblems) {
	if n == nil || n.null || !p.check(n, "criteria.yaml", "criteria", "scores", "pathways") {
		return
	}
	for _, item := range p.entries(n, "criteria") {
		if !p.check(item, "a criterion", "id", "name", "text", "source", "show", "some_tumour", "all", "any", "none", "from", "until") {
			continue
		}
		c := &criterionDef{
			period: p.period(item), id: p.need(item, "a criterion", "id"), name: p.text(item, "name"), text: p.need(item, "a criterion", "text"),
			sources: p.list(item, "source"), show: p.bool(item, "show", true), sites: p.list(item, "some_tumour"), when: groupOf(item, "a criterion", p), at: item,
		}
		if c.name == "" {
			c.name = c.text
		}
		s.needSource(c.sources, item, "criterion "+c.id, p)
		s.criteria = append(s.criteria, c)
	}
	for _, item := range p.entries(n, "scores") {
		s.readScore(item, p)
	}
	for _, item := range p.entries(n, "pathways") {
		s.readPathway(item, p)
	}
}

// needSource reports a missing source and unknown ones.
func (s *areaSource) needSource(ids []string, n *node, what string, p *loadProblems) {
	if len(ids) == 0 {
		p.at(n, "%s needs a source", what)
	}
	s.checkSources(ids, n, p)
}

func (s *areaSource) readScore(item *node, p *loadProblems) {
	if !p.check(item, "a score", "id", "name", "text", "source", "table", "applies", "bands", "from", "until") {
		return
	}
	c := &scoreDef{
		period: p.period(item), id: p.need(item, "a score", "id"), name: p.need(item, "a score", "name"), file: p.need(item, "a score", "table"),
		sources: p.list(item, "source"), at: item,
	}
	if a := item.get("applies"); a != nil {
		c.applies = readExpr(a, p)
	}
	for _, b := range p.entries(item, "bands") {
		if p.check(b, "a band", "name", "from") {
			c.bands = append(c.bands, ScoreBand{Name: p.need(b, "a band", "name"), From: p.integer(b, "from", 0)})
			if k := len(c.bands) - 1; k > 0 && c.bands[k].From <= c.bands[k-1].From {
				p.at(b, "bands stand in rising order")
			}
		}
	}
	s.needSource(c.sources, item, "score "+c.id, p)
	s.scores = append(s.scores, c)
}

func (s *areaSource) readPathway(item *node, p *loadProblems) {
	if !p.check(item, "a pathway", "id", "name", "text", "source", "table", "tumour", "steps", "from", "until") {
		return
	}
	c := &pathwayDef{
		period: p.period(item), id: p.need(item, "a pathway", "id"), name: p.need(item, "a pathway", "name"), text: p.text(item, "text"),
		file: p.need(item, "a pathway", "table"), sources: p.list(item, "source"), sites: p.list(item, "tumour"), at: item,
	}
	if len(c.sites) == 0 {
		p.at(item, "a pathway needs %q: the sites it is for", "tumour")
	}
	for _, st := range p.entries(item, "steps") {
		if !p.check(st, "a step", "id", "verdict", "text", "fact", "relative", "relative_tested") {
			continue
		}
		step := StepInfo{ID: p.need(st, "a step", "id"), Verdict: p.need(st, "a step", "verdict"), Text: p.need(st, "a step", "text"), Fact: p.text(st, "fact"), Relative: p.text(st, "relative"), RelativeTested: p.text(st, "relative_tested")}
		if !slices.Contains([]string{"yes", "no", "unknown"}, step.Verdict) {
			p.at(st.get("verdict"), "a step's verdict is yes, no or unknown, not %q", step.Verdict)
		}
		c.steps = append(c.steps, step)
	}
	if len(c.steps) == 0 || len(c.steps) > 64 {
		p.at(item, "a pathway needs between 1 and 64 steps")
	}
	s.needSource(c.sources, item, "pathway "+c.id, p)
	s.pathways = append(s.pathways, c)
}

// outcomes are the outcome words, in the order of design.md §3.
var outcomes = []Outcome{AlreadyTested, Cascade, Test, TestTumour, Refer, MoreInformation, NotIndicated}

func outcomeWords() []string {
	out := make([]string, len(outcomes))
	for i, o := range outcomes {
		out[i] = string(o)
	}
	return out
}

func (s *areaSource) readAdvice(n *node, p *loadProblems) {
	if n == nil || n.null || !p.check(n, "advice.yaml", "outcomes", "open", "flags", "notes") {
		return
	}
	rows := p.entries(n, "outcomes")
	for i, item := range rows {
		s.readRow(item, i == len(rows)-1, p)
	}
	if len(rows) == 0 {
		p.at(n, "advice.yaml needs outcomes")
	}
	s.readOpen(n, p)
	for _, item := range p.entries(n, "flags") {
		s.readNote(item, true, p)
	}
	for _, item := range p.entries(n, "notes") {
		s.readNote(item, false, p)
	}
}

func (s *areaSource) outcome(n *node, key string, def Outcome, p *loadProblems) Outcome {
	v := n.get(key)
	if v == nil {
		if def == "" {
			p.at(n, "an outcome row needs %q", key)
		}
		return def
	}
	if !slices.Contains(outcomes, Outcome(v.text)) {
		p.at(v, "no outcome %q%s", v.text, oneOf(v.text, outcomeWords()))
	}
	return Outcome(v.text)
}

func (s *areaSource) readRow(item *node, last bool, p *loadProblems) {
	if !p.check(item, "an outcome row", "outcome", "id", "when", "code", "urgent", "because", "source", "headline", "action", "reason", "but_first", "from", "until") {
		return
	}
	r := &rowDef{
		period: p.period(item), id: p.text(item, "id"), code: p.text(item, "code"), outcome: s.outcome(item, "outcome", "", p),
		urgent: p.bool(item, "urgent", false), because: p.list(item, "because"), sources: p.list(item, "source"), at: item,
	}
	r.wording = wording{p.need(item, "an outcome row", "headline"), p.need(item, "an outcome row", "action"), p.need(item, "an outcome row", "reason")}
	s.checkSources(r.sources, item, p)
	when := item.get("when")
	otherwise := when != nil && when.kind == scalarNode && when.text == "otherwise"
	switch {
	case otherwise && !last:
		p.at(when, "otherwise may stand only in the last row; the rows below it could never apply")
	case otherwise:
	case when == nil:
		p.at(item, "an outcome row needs %q", "when")
	default:
		r.when = readExpr(when, p)
		if last {
			p.at(when, "the last row must say when: otherwise, so that there is always an outcome")
		}
	}
	if r.code != "" && !slices.ContainsFunc(s.codes, func(c codeDef) bool { return c.info.Code == r.code }) {
		p.at(item.get("code"), "no code %q in area.yaml%s", r.code, didYouMean(r.code, keysOf(s.codes, func(c codeDef) string { return c.info.Code })))
	}
	for _, g := range p.entries(item, "but_first") {
		if !p.check(g, "a gate", "if", "outcome", "urgent", "headline", "action", "reason") {
			continue
		}
		gate := &gateDef{outcome: s.outcome(g, "outcome", MoreInformation, p), urgent: p.bool(g, "urgent", false), at: g}
		gate.wording = wording{p.text(g, "headline"), p.text(g, "action"), p.need(g, "a gate", "reason")}
		if g.get("if") == nil {
			p.at(g, "a gate needs %q", "if")
			continue
		}
		gate.when = readExpr(g.get("if"), p)
		r.gates = append(r.gates, gate)
	}
	s.rows = append(s.rows, r)
}

func (s *areaSource) readNote(item *node, flag bool, p *loadProblems) {
	what := "a note"
	keys := []string{"id", "when", "text", "source", "pathway", "some_tumour", "about", "from", "until"}
	if flag {
		what, keys = "a flag", append(keys, "urgent")
	} else {
		keys = append(keys, "part")
	}
	if !p.check(item, what, keys...) {
		return
	}
	c := &noteDef{
		period: p.period(item), id: p.need(item, what, "id"), text: p.need(item, what, "text"), pathway: p.text(item, "pathway"),
		about: p.text(item, "about"), urgent: p.bool(item, "urgent", false), sources: p.list(item, "source"), sites: p.list(item, "some_tumour"), at: item,
	}
	s.checkSources(c.sources, item, p)
	if c.part = p.text(item, "part"); c.part != "" && !slices.Contains(NoteParts, c.part) {
		p.at(item.get("part"), "no part %q%s", c.part, oneOf(c.part, NoteParts))
	}
	if item.get("when") == nil {
		p.at(item, "%s needs %q", what, "when")
		return
	}
	c.when = readExpr(item.get("when"), p)
	if flag {
		s.flags = append(s.flags, c)
	} else {
		s.notes = append(s.notes, c)
	}
}

// paramDef is a threshold with all its dated values.
type paramDef struct {
	id, label, unit string
	byFact          string
	byBelow         string
	drawOn          string // the fact in whose picture it is a line
	drawName        string
	values          []*paramValue
	at              *node
}

type paramValue struct {
	period
	sources []string
	lines   []paramLine
	at      *node
}

// paramLine is one line of a value: first that applies.
type paramLine struct {
	when  *expr // nil: always
	value float64
}

func (s *areaSource) readParams(n *node, p *loadProblems) {
	if n == nil || n.null {
		return
	}
	if n.kind != mapNode {
		p.at(n, "params.yaml must map parameter ids to their values")
		return
	}
	for _, pr := range n.pairs {
		item := pr.value
		if !p.check(item, "a parameter", "label", "unit", "by", "values", "note", "draw") {
			continue
		}
		d := &paramDef{id: pr.key.text, label: p.text(item, "label"), unit: p.text(item, "unit"), at: pr.key}
		if by := item.get("by"); by != nil && p.check(by, "by", "fact", "below") {
			d.byFact, d.byBelow = p.need(by, "by", "fact"), p.need(by, "by", "below")
		}
		if draw := item.get("draw"); draw != nil && p.check(draw, "draw", "on", "name") {
			d.drawOn, d.drawName = p.need(draw, "draw", "on"), p.need(draw, "draw", "name")
		}
		for _, v := range p.entries(item, "values") {
			s.readParamValue(d, v, p)
		}
		if len(d.values) == 0 {
			p.at(pr.key, "%s has no values", d.id)
		}
		if s.paramByID[d.id] != nil {
			continue // a duplicate key is reported by the YAML reader
		}
		s.paramByID[d.id] = d
		s.params = append(s.params, d)
	}
}

func (s *areaSource) readParamValue(d *paramDef, v *node, p *loadProblems) {
	if !p.check(v, "a value", "from", "until", "source", "value", "below", "else", "lines", "note") {
		return
	}
	out := &paramValue{period: p.period(v), sources: p.list(v, "source"), at: v}
	if out.from == "" {
		p.at(v, "a value of %s needs %q", d.id, "from")
	}
	s.needSource(out.sources, v, "a value of "+d.id, p)
	switch {
	case v.get("lines") != nil:
		for _, l := range p.entries(v, "lines") {
			if !p.check(l, "a line", "when", "value") {
				continue
			}
			line := paramLine{}
			if w := l.get("when"); w != nil {
				line.when = readExpr(w, p)
			}
			line.value, _ = p.number(l.get("value"), "the value")
			out.lines = append(out.lines, line)
		}
		if len(out.lines) == 0 || out.lines[len(out.lines)-1].when != nil {
			p.at(v, "the last line of %s must hold always: leave out its %q", d.id, "when")
		}
	case v.get("below") != nil || v.get("else") != nil:
		if d.byFact == "" {
			p.at(v, "%s has below and else, but no %q says of what", d.id, "by")
			return
		}
		below, ok1 := p.number(v.get("below"), "below")
		other, ok2 := p.number(v.get("else"), "else")
		if ok1 && ok2 {
			when := &expr{join: joinLeaf, at: d.at, line: d.byFact + " under " + d.byBelow, subject: d.byFact, cmp: cmpUnder, threshold: d.byBelow}
			out.lines = []paramLine{{when, below}, {nil, other}}
		}
	default:
		if f, ok := p.number(v.get("value"), "the value of "+d.id); ok {
			out.lines = []paramLine{{nil, f}}
		}
		if d.byFact != "" {
			p.at(v, "%s depends on %s, so its values need below and else", d.id, d.byFact)
		}
	}
	d.values = append(d.values, out)
}

// valueOn is the newest value in force that day.
func (d *paramDef) valueOn(day Date) *paramValue {
	var best *paramValue
	for _, v := range d.values {
		if v.holds(day) && (best == nil || v.from >= best.from) {
			best = v
		}
	}
	return best
}
