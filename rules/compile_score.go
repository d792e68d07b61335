package rules

import (
	"slices"
	"strconv"
)

// scoreOffset shifts totals so that small negative ones fit into a bit set:
// bit scoreOffset+n stands for the total n.
const scoreOffset = 8

// score compiles a score table on first use and gives its index.
func (c *compiler) score(id string, at *node) int32 {
	if i, ok := c.a.scoreOf[id]; ok {
		return i
	}
	if c.busy[id] {
		c.p.at(at, "%q is worked out from itself", id)
		return 0
	}
	c.busy[id] = true
	defer delete(c.busy, id)
	def := c.scoreDef[id]
	outer := c.scope
	c.scope = nil
	sc := score{def: def, applies: -1}
	if def.applies != nil {
		sc.appliesExpr = def.applies.clone()
		sc.applies = c.cond(sc.appliesExpr)
	}
	c.scoreTable(def, &sc)
	c.scope = outer
	i := int32(len(c.a.scores))
	sc.node = c.emit(op{code: opScore, a: i})
	c.a.scoreOf[id] = i
	c.a.scores = append(c.a.scores, sc)
	return i
}

// scoreTable reads the items of a score.
func (c *compiler) scoreTable(def *scoreDef, sc *score) {
	f := c.s.tables[def.file]
	if f == nil {
		c.p.at(def.at.get("table"), "no table %q in %s/tables%s", def.file, c.s.dir, didYouMean(def.file, sortedKeys(c.s.tables)))
		return
	}
	if len(f.rows) < 3 || f.rows[0][0] != "score" || len(f.rows[0]) < 4 {
		c.p.add(f.file, 1, 1, "a score table starts with the row score,%s,POLICY,SOURCE, then group,item,points, then its items", def.id)
		return
	}
	head := f.rows[0]
	if head[1] != def.id {
		c.p.add(f.file, f.line[0], 1, "this is the table of %q, but %s names it", head[1], def.id)
	}
	switch sc.policy = head[2]; head[2] {
	case "sum of groups; highest item of each group":
	case "sum of items":
		sc.sum = true
	default:
		c.p.add(f.file, f.line[0], 1, "no policy %q; it is \"sum of groups; highest item of each group\" or \"sum of items\"", head[2])
	}
	if c.s.sourceByID[head[3]] == nil {
		c.p.add(f.file, f.line[0], 1, "no source %q in sources.yaml%s", head[3], didYouMean(head[3], sortedKeys(c.s.sourceByID)))
	}
	if cols := f.rows[1]; len(cols) < 3 || cols[0] != "group" || cols[1] != "item" || cols[2] != "points" {
		c.p.add(f.file, f.line[1], 1, "the second row of a score table is group,item,points")
		return
	}
	c.literals = true // the table names its source
	for i := 2; i < len(f.rows); i++ {
		c.scoreItem(sc, f, i)
	}
	c.literals = false
	c.scoreRange(sc, f)
}

func (c *compiler) scoreItem(sc *score, f *csvTable, i int) {
	row := f.rows[i]
	if len(row) < 3 {
		c.p.add(f.file, f.line[i], 1, "an item has a group, a condition and points")
		return
	}
	points, err := strconv.Atoi(row[2])
	if err != nil {
		c.p.add(f.file, f.line[i], 3, "points must be a whole number, not %q", row[2])
	}
	if row[1] == "" {
		c.p.add(f.file, f.line[i], 2, "an item needs a condition")
		return
	}
	e := readLine(&node{text: row[1], file: f.file, line: f.line[i], col: 2}, c.p)
	if e == nil {
		return
	}
	item := scoreItem{points: points, expr: e}
	item.node = c.cond(e)
	if len(row) > 3 {
		item.text = row[3]
	}
	name := row[0]
	if sc.sum {
		name += "\x00" + strconv.Itoa(i) // every item is a group of its own
	}
	g := slices.IndexFunc(sc.groups, func(g scoreGroup) bool { return g.name == name })
	if g < 0 {
		g = len(sc.groups)
		sc.groups = append(sc.groups, scoreGroup{name: name})
	}
	sc.groups[g].items = append(sc.groups[g].items, item)
}

// scoreRange refuses scores whose totals do not fit the set of totals.
func (c *compiler) scoreRange(sc *score, f *csvTable) {
	lo, hi := 0, 0
	for _, g := range sc.groups {
		for i := range g.items {
			g.items[i].shift = uint8(g.items[i].points+scoreOffset) & 63
		}
		glo, ghi := 0, 0
		for _, it := range g.items {
			glo, ghi = min(glo, it.points), max(ghi, it.points)
		}
		lo, hi = lo+glo, hi+ghi
		if !sc.sum && glo < 0 {
			c.p.add(f.file, 1, 1, "group %q mixes negative points with \"highest item\"; use \"sum of items\"", g.name)
		}
	}
	if lo < -scoreOffset || hi > 63-scoreOffset {
		c.p.add(f.file, 1, 1, "totals from %d to %d do not fit; they must stay within %d and %d", lo, hi, -scoreOffset, 63-scoreOffset)
	}
}

// scoreLeaf compiles a line about a score.
func (c *compiler) scoreLeaf(e *expr) int32 {
	i := c.score(e.subject, e.at)
	e.ref = i
	sc := &c.a.scores[i]
	if len(e.values) > 0 {
		e.kind = leafBand
		for _, v := range e.values {
			at := slices.IndexFunc(sc.def.bands, func(b ScoreBand) bool { return b.Name == v })
			if at < 0 {
				c.p.at(e.at, "%s has no band %q%s", e.subject, v, oneOf(v, keysOf(sc.def.bands, func(b ScoreBand) string { return b.Name })))
				continue
			}
			e.mask |= bandTotals(sc.def.bands, at)
		}
		return c.emit(op{code: opBand, a: i, mask: e.mask, neg: e.not})
	}
	if e.cmp == cmpNone {
		c.p.at(e.at, "%q is a score: hold it against a parameter, or ask for a band", e.subject)
		return c.emit(op{code: opAll})
	}
	e.kind = leafScore
	e.param = c.threshold(e, "", true)
	c.a.scores[i].lines = appendOnce(c.a.scores[i].lines, e.param)
	code := map[comparison]opCode{cmpOver: opScoreOver, cmpUnder: opScoreUnder, cmpAtLeast: opScoreAtLeast, cmpAtMost: opScoreAtMost}[e.cmp]
	return c.emit(op{code: code, a: i, b: e.param})
}

// bandTotals is the set of totals in a band: from its start up to the next; the
// first band takes everything below it too.
func bandTotals(bands []ScoreBand, i int) uint64 {
	from, to := bands[i].From+scoreOffset, 64
	if i+1 < len(bands) {
		to = bands[i+1].From + scoreOffset
	}
	if i == 0 {
		from = 0
	}
	from, to = min(max(from, 0), 64), min(max(to, 0), 64)
	m := ^uint64(0)
	if to < 64 {
		m = uint64(1)<<to - 1
	}
	return m &^ (uint64(1)<<from - 1)
}
