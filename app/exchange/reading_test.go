package exchange

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// misread lists everything by which somebody who looks at a picture would get
// the family wrong.
func misread(f *Family, p *picture) []string {
	c := &reader{f: f, p: p, at: map[string]*Person{}, group: p.strands()}
	for i := range f.People {
		c.at[f.People[i].ID] = &f.People[i]
	}
	c.everyone()
	if len(c.faults) > 0 {
		return c.faults
	}
	c.rows()
	c.couples()
	c.parents()
	c.twins()
	c.overlaps()
	c.strangers()
	return c.faults
}

type reader struct {
	f      *Family
	p      *picture
	at     map[string]*Person
	group  []int
	faults []string
}

func (c *reader) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

func connecting(id string) bool { return strings.HasPrefix(id, "+") }

// everyone is drawn once, and nobody else.
func (c *reader) everyone() {
	times := map[string]int{}
	for _, s := range c.p.symbols {
		if s.id != "" {
			times[s.id]++
			if c.at[s.id] == nil {
				c.fault("%s is drawn and not in the family", s.id)
			}
		}
	}
	for id := range c.at {
		if !connecting(id) && times[id] != 1 {
			c.fault("%s is drawn %d times", id, times[id])
		}
	}
	slices.Sort(c.faults)
}

// rows: children below their parents, brothers and sisters level, partners
// level as far as that is possible at all.
func (c *reader) rows() {
	for i := range c.f.People {
		who := &c.f.People[i]
		me := c.p.find(who.ID)
		if me == nil {
			continue
		}
		for _, id := range [...]string{who.Mother, who.Father} {
			if up := c.p.find(id); up != nil && id != "" && up.y+me.size > me.y {
				c.fault("%s stands no lower than the parent %s", who.ID, id)
			}
		}
		for j := range i {
			if sib := c.p.find(c.f.People[j].ID); sib != nil && fullSiblings(who, &c.f.People[j]) && sib.y != me.y {
				c.fault("%s and %s have the same parents and stand in different rows", who.ID, c.f.People[j].ID)
			}
		}
	}
	if !c.levelPossible() {
		return
	}
	for _, pair := range c.f.pairs() {
		if a, b := c.p.find(pair[0]), c.p.find(pair[1]); a != nil && b != nil && a.y != b.y {
			c.fault("%s and %s could stand level and do not", pair[0], pair[1])
		}
	}
}

func fullSiblings(a, b *Person) bool {
	return a.Mother != "" && a.Father != "" && a.Mother == b.Mother && a.Father == b.Father
}

// pairs are the couples of a family: parents of somebody, and those recorded.
func (f *Family) pairs() (out [][2]string) {
	add := func(a, b string) {
		if b < a {
			a, b = b, a
		}
		if a != "" && a != b && !slices.Contains(out, [2]string{a, b}) {
			out = append(out, [2]string{a, b})
		}
	}
	for i := range f.People {
		add(f.People[i].Mother, f.People[i].Father)
	}
	for _, c := range f.Couples {
		add(c.A, c.B)
	}
	return out
}

// levelPossible says whether all partners and all full siblings can stand level
// with every child below both parents.
func (c *reader) levelPossible() bool {
	block := map[string]string{}
	var root func(id string) string
	root = func(id string) string {
		if block[id] == "" || block[id] == id {
			return id
		}
		return root(block[id])
	}
	for _, pair := range c.f.pairs() {
		block[root(pair[0])] = root(pair[1])
	}
	sibs := map[[2]string]string{}
	for i := range c.f.People {
		who := &c.f.People[i]
		if k := [2]string{who.Mother, who.Father}; who.Mother != "" || who.Father != "" {
			if first := sibs[k]; first != "" {
				if a, b := root(first), root(who.ID); a != b {
					block[a] = b
				}
			}
			sibs[k] = who.ID
		}
	}
	above := map[string][]string{}
	for i := range c.f.People {
		who := &c.f.People[i]
		for _, id := range [...]string{who.Mother, who.Father} {
			if id != "" {
				above[root(who.ID)] = append(above[root(who.ID)], root(id))
			}
		}
	}
	state := map[string]int{}
	var ok func(b string) bool
	ok = func(b string) bool {
		if state[b] > 0 {
			return state[b] == 2
		}
		state[b] = 1
		for _, up := range above[b] {
			if !ok(up) {
				return false
			}
		}
		state[b] = 2
		return true
	}
	for i := range c.f.People {
		if !ok(root(c.f.People[i].ID)) {
			return false
		}
	}
	return true
}

// couples: a line between two people if and only if they are one, from symbol
// to symbol, double when they share an ancestor.
func (c *reader) couples() {
	want := map[string]bool{} // not yet drawn
	pair := map[string][2]string{}
	for _, k := range c.f.pairs() {
		if connecting(k[0]) || connecting(k[1]) {
			continue
		}
		want[k[0]+" "+k[1]] = true
		pair[k[0]+" "+k[1]], pair[k[1]+" "+k[0]] = k, [2]string{k[1], k[0]}
	}
	for i := range c.p.wires {
		w := &c.p.wires[i]
		if w.couple == "" {
			continue
		}
		k, known := pair[w.couple]
		if !known {
			c.fault("a couple nobody recorded: %s", w.couple)
			continue
		}
		name := min(k[0], k[1]) + " " + max(k[0], k[1])
		if !want[name] {
			c.fault("the couple %s is drawn twice", w.couple)
		}
		want[name] = false
		first, last := w.points[0], w.points[len(w.points)-1]
		a, b := c.p.find(k[0]), c.p.find(k[1])
		if there, back := a.atSide(first) && b.atSide(last), a.atSide(last) && b.atSide(first); !there && !back {
			c.fault("the line of %s does not lead from one symbol to the other", w.couple)
		}
		if shared := c.shareAncestor(k[0], k[1]); shared != w.double {
			c.fault("%s: double line %v, common ancestor %v", w.couple, w.double, shared)
		}
	}
	for name, missing := range want {
		if missing {
			c.fault("no line between %s", name)
		}
	}
}

// atSide says whether a line that ends there ends at the side of the symbol.
func (s *drawnSymbol) atSide(p spot) bool {
	d := math.Abs(p.x - s.x)
	return d <= s.size*0.6 && d >= s.size*0.2 && math.Abs(p.y-s.y) <= s.size/2
}

func (c *reader) shareAncestor(a, b string) bool {
	seen := map[string]bool{}
	var climb func(id string, mark bool) bool
	climb = func(id string, mark bool) bool {
		who := c.at[id]
		if who == nil {
			return false
		}
		if mark {
			seen[id] = true
		} else if seen[id] {
			return true
		}
		up := climb(who.Mother, mark)
		return climb(who.Father, mark) || up
	}
	climb(a, true)
	return climb(b, false)
}

// parents: following the line up from each child leads to the parents, and to
// nobody else.
func (c *reader) parents() {
	couplesOf := map[int][]string{} // strand -> couples on it
	for i := range c.p.wires {
		if w := &c.p.wires[i]; w.couple != "" {
			couplesOf[c.group[i]] = append(couplesOf[c.group[i]], w.couple)
		}
	}
	for _, names := range couplesOf {
		if len(names) > 1 {
			c.fault("lines of the couples %s run into each other", strings.Join(names, " and "))
		}
	}
	family := map[int]string{} // strand -> parents of the children on it
	for i := range c.f.People {
		who := &c.f.People[i]
		me := c.p.find(who.ID)
		if me == nil {
			continue
		}
		strand := -1
		for k := range c.p.wires {
			w := &c.p.wires[k]
			for _, end := range [...]spot{w.points[0], w.points[len(w.points)-1]} {
				if math.Abs(end.x-me.x) < 0.6 && end.y < me.y-me.size*0.25 && end.y > me.y-me.size*0.62 && w.above(me.y-me.size*0.25) {
					strand = c.group[k]
				}
			}
		}
		switch {
		case strand < 0 && (who.Mother != "" || who.Father != ""):
			c.fault("no line leads down to %s", who.ID)
			continue
		case strand < 0:
			continue
		case who.Mother == "" && who.Father == "" && slices.ContainsFunc(c.f.Twins, func(t Twins) bool { return slices.Contains(t.IDs, who.ID) }):
			continue // twins have parents nobody named
		case who.Mother == "" && who.Father == "":
			c.fault("a line leads down to %s, who has no parents here", who.ID)
			continue
		}
		key := who.Mother + "×" + who.Father
		if before := family[strand]; before != "" && before != key {
			c.fault("children of %s and of %s hang from one line", before, key)
		}
		family[strand] = key
		if who.Mother != "" && who.Father != "" && !connecting(who.Mother) && !connecting(who.Father) {
			if got := couplesOf[strand]; len(got) != 1 || got[0] != who.Mother+" "+who.Father && got[0] != who.Father+" "+who.Mother {
				c.fault("the line up from %s leads to %v, not to %s", who.ID, got, key)
			}
			continue
		}
		for _, id := range [...]string{who.Mother, who.Father} {
			if up := c.p.find(id); id != "" && up != nil && !c.reaches(strand, up) {
				c.fault("the line up from %s does not lead to %s", who.ID, id)
			}
		}
	}
}

// above says whether all of a line lies above a height.
func (w *drawnWire) above(y float64) bool {
	return !slices.ContainsFunc(w.points, func(p spot) bool { return p.y > y })
}

func (c *reader) reaches(strand int, s *drawnSymbol) bool {
	for i := range c.p.wires {
		w := &c.p.wires[i]
		if c.group[i] == strand && (s.atSide(w.points[0]) || s.atSide(w.points[len(w.points)-1])) {
			return true
		}
	}
	return false
}

// twins: lines fan out from one point; identical ones, and no others, are
// joined by a bar.
func (c *reader) twins() {
	for _, t := range c.f.Twins {
		var tops []spot
		var strands []*drawnWire
		for _, id := range t.IDs {
			me := c.p.find(id)
			for k := range c.p.wires {
				w := &c.p.wires[k]
				if end := w.points[len(w.points)-1]; me != nil && math.Abs(end.x-me.x) < 0.6 && end.y < me.y-me.size*0.25 && end.y > me.y-me.size*0.62 && w.above(me.y-me.size*0.25) {
					tops = append(tops, w.points[0])
					strands = append(strands, w)
				}
			}
		}
		if len(tops) != len(t.IDs) {
			c.fault("twins %v: %d lines down", t.IDs, len(tops))
			continue
		}
		for _, top := range tops {
			if top != tops[0] {
				c.fault("the lines of the twins %v do not start at one point", t.IDs)
			}
		}
		bars := 0
		for k := range c.p.wires {
			w := &c.p.wires[k]
			if len(w.points) == 2 && w.points[0].y == w.points[1].y && w.joins(strands) {
				bars++
			}
		}
		if want := map[string]int{"identical": 1}[t.Kind]; bars != want {
			c.fault("twins %v (%s): %d bars between them", t.IDs, t.Kind, bars)
		}
	}
}

// joins says whether both ends of a bar lie inside two of the lines.
func (w *drawnWire) joins(lines []*drawnWire) bool {
	on := func(p spot) bool {
		return slices.ContainsFunc(lines, func(l *drawnWire) bool {
			a, b := l.points[0], l.points[1]
			return distance(p, a, b) < 0.7 && p.y > a.y+2 && p.y < b.y-2
		})
	}
	return on(w.points[0]) && on(w.points[1])
}

// overlaps: symbols keep apart, words keep off symbols and words.
func (c *reader) overlaps() {
	for i, s := range c.p.symbols {
		for _, t := range c.p.symbols[:i] {
			if math.Abs(s.x-t.x) < s.size+4 && math.Abs(s.y-t.y) < s.size+4 {
				c.fault("the symbols of %q and %q overlap", s.id, t.id)
			}
		}
	}
	type frame struct {
		lo, hi spot
		text   string
	}
	var frames []frame
	for _, w := range c.p.words {
		wide := 0.5 * w.size * float64(len([]rune(w.text)))
		x := map[string]float64{"middle": w.x - wide/2, "end": w.x - wide, "start": w.x}[w.anchor]
		frames = append(frames, frame{spot{x, w.y - w.size*0.7}, spot{x + wide, w.y}, w.text})
	}
	for i, a := range frames {
		for _, b := range frames[:i] {
			if a.lo.x < b.hi.x && b.lo.x < a.hi.x && a.lo.y < b.hi.y && b.lo.y < a.hi.y {
				c.fault("the words %q and %q overlap", a.text, b.text)
			}
		}
		for _, s := range c.p.symbols {
			if r := s.size / 2; len(a.text) > 1 && a.lo.x < s.x+r && s.x-r < a.hi.x && a.lo.y < s.y+r && s.y-r < a.hi.y {
				c.fault("the words %q lie on the symbol of %s", a.text, s.id)
			}
		}
		if a.text == "?" {
			continue
		}
		for _, w := range c.p.wires {
			for k := 1; k < len(w.points); k++ {
				p, q := w.points[k-1], w.points[k]
				if max(p.x, q.x) > a.lo.x && min(p.x, q.x) < a.hi.x && max(p.y, q.y) > a.lo.y && min(p.y, q.y) < a.hi.y && (p.x == q.x || p.y == q.y) {
					c.fault("a line runs through the words %q", a.text)
				}
			}
		}
	}
}

// strangers: no line runs through a symbol, and none lies on another's.
func (c *reader) strangers() {
	type stretch struct {
		a, b   spot
		strand int
		width  float64
	}
	var all []stretch
	for i := range c.p.wires {
		w := &c.p.wires[i]
		for k := 1; k < len(w.points); k++ {
			all = append(all, stretch{w.points[k-1], w.points[k], c.group[i], w.width})
		}
	}
	for i, s := range all {
		for _, who := range c.p.symbols {
			middle := spot{(s.a.x + s.b.x) / 2, (s.a.y + s.b.y) / 2}
			slash := math.Hypot(middle.x-who.x, middle.y-who.y) < 0.1 && s.a.x != s.b.x && s.a.y != s.b.y
			if !slash && distance(spot{who.x, who.y}, s.a, s.b) < who.size*0.4 {
				c.fault("a line from %.0f,%.0f to %.0f,%.0f runs through the symbol of %q", s.a.x, s.a.y, s.b.x, s.b.y, who.id)
			}
		}
		for _, t := range all[:i] {
			if s.strand == t.strand {
				continue
			}
			near := 1 + (s.width+t.width)/2
			if s.a.x == s.b.x && t.a.x == t.b.x && math.Abs(s.a.x-t.a.x) < near && min(max(s.a.y, s.b.y), max(t.a.y, t.b.y))-max(min(s.a.y, s.b.y), min(t.a.y, t.b.y)) > 1 ||
				s.a.y == s.b.y && t.a.y == t.b.y && math.Abs(s.a.y-t.a.y) < near-0.5 && min(max(s.a.x, s.b.x), max(t.a.x, t.b.x))-max(min(s.a.x, s.b.x), min(t.a.x, t.b.x)) > 1 {
				c.fault("two lines lie on each other at %.0f,%.0f", s.a.x, s.a.y)
			}
		}
	}
}
