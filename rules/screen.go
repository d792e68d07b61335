package rules

import (
	"math"
	"sync"

	"kindred/rules/truth"
)

// screenCache keeps ranked questions by signature: two cases in which every
// rule says the same, and in which the same is missing about the same people,
// have the same next questions.
type screenCache struct {
	mu    sync.RWMutex
	kept  map[string]cachedQuestions
	plain map[string]*plainAdvice
}

// cachedQuestions are ranked questions; people holds, for each question, the
// place of its person among the people of the case.
type cachedQuestions struct {
	list   []Question
	people []int
}

// maxCached bounds the cache; it is emptied when full.
const maxCached = 1 << 14

// Screen is Assess for long lists: the same outcome, code, wording and first
// question (without its effects); criteria, scores, notes, local settings,
// relatives' tumours, flags that are not urgent and the other questions are left
// out. Rows alike share their advice, so
// it must not be changed.
func (b *Book) Screen(c *Case) ([]*AreaAdvice, error) {
	w := b.work.Get().(*bench)
	defer b.work.Put(w)
	if isPlain(c) {
		return b.screenPlain(w, c)
	}
	if err := b.prepare(w, c, true); err != nil {
		return nil, err
	}
	out := make([]*AreaAdvice, len(b.areas))
	for i, a := range b.areas {
		x := &teller{a: a, s: w.states[i], w: w, c: c, listing: true}
		out[i] = &AreaAdvice{}
		x.screen(&b.cache, i, out[i])
	}
	return out, nil
}

// urgentFlags adds the flags that no list may leave out.
func (x *teller) urgentFlags(out *AreaAdvice) {
	for i := range x.a.flags {
		n := &x.a.flags[i]
		if n.def.urgent && x.s.values[n.node] == truth.Yes {
			out.Flags = append(out.Flags, Flag{ID: n.def.id, Urgent: true, Text: x.fill(n.def.text, nil, out), Source: x.sources(n.def.sources), About: n.def.about})
		}
	}
}

// cached gives the ranked questions, from the cache when the signature is
// known.
func (x *teller) cached(cache *screenCache, area int, out *AreaAdvice) {
	if x.s.firm() && len(x.s.provided) == 0 {
		return
	}
	r := x.open()
	key := x.signature(x.w.signature[:0], byte(area), r)
	x.w.signature = key
	cache.mu.RLock()
	got, ok := cache.kept[string(key)]
	cache.mu.RUnlock()
	if ok {
		out.Next = make([]Question, len(got.list))
		copy(out.Next, got.list)
		for i := range out.Next {
			if got.people[i] >= 0 {
				out.Next[i].Person = x.c.People[got.people[i]].ID
			}
		}
		return
	}
	out.Next = x.rankedQuestions(r)
	for i := range out.Next {
		out.Next[i].Effects = nil // a list has no room for them, and they depend on more than the signature
	}
	got = cachedQuestions{list: append([]Question(nil), out.Next...), people: make([]int, len(out.Next))}
	for i := range got.list {
		got.people[i] = -1
		if at, known := x.w.kin.graph.Index(got.list[i].Person); known {
			got.people[i] = at
		}
	}
	cache.mu.Lock()
	if cache.kept == nil || len(cache.kept) >= maxCached {
		cache.kept = map[string]cachedQuestions{}
	}
	cache.kept[string(key)] = got
	cache.mu.Unlock()
}

// signature writes down everything the ranking depends on: the nodes that are
// still open and can reach the outcome, how each of them may turn out, what is
// presumed, on what footing measurements count, what is open about tumours, and
// what is missing about which relative. What is settled, and what can no longer
// matter, is left out.
func (x *teller) signature(key []byte, area byte, r *state) []byte {
	a := x.a
	l := a.live(r, true)
	key = append(key, area, byte(x.w.facts.index), x.sexKey(r, l))
	var p packer
	for i := range a.routeEnd {
		p.add(&key, bit(l.marked[i]), 1)
	}
	for i := range a.rows {
		if w := a.rows[i].when; w >= 0 {
			p.add(&key, r.values[w], 2)
		}
		for _, g := range a.rows[i].gates {
			p.add(&key, r.values[g], 2)
		}
	}
	for i := range a.routeEnd {
		if o := &a.ops[i]; l.marked[i] {
			x.openNode(&key, &p, r, o)
		}
	}
	p.flush(&key)
	for _, i := range x.s.provided {
		key = append(key, byte(i), byte(i>>8))
	}
	for _, i := range a.locals {
		key = a.settingKey(key, r, i)
	}
	key = append(key, 0xFF)
	for i := range a.slots {
		if sl := &a.slots[i]; l.slots[i] {
			key = x.openSlot(key, r, l, int32(i), sl)
		}
	}
	return x.tumourKey(key, r)
}

// packer writes small numbers bit by bit.
type packer struct {
	bits uint64
	n    int
}

func (p *packer) add(key *[]byte, v truth.K, width int) {
	p.bits = p.bits<<width | uint64(v)
	if p.n += width; p.n >= 8 {
		p.n -= 8
		*key = append(*key, byte(p.bits>>p.n))
	}
}

func (p *packer) flush(key *[]byte) {
	*key = append(*key, byte(p.bits<<(8-p.n)))
	p.bits, p.n = 0, 0
}

// openNode writes down what an open node depends on beside the open nodes below
// it: the sure items of a score, and where a known number stands among lines
// that are not.
func (x *teller) openNode(key *[]byte, p *packer, r *state, o *op) {
	a := x.a
	switch o.code {
	case opScoreOver, opScoreUnder, opScoreAtLeast, opScoreAtMost, opBand:
		sc := &a.scores[o.a]
		for g := range sc.groups {
			for i := range sc.groups[g].items {
				p.add(key, r.values[sc.groups[g].items[i].node], 2)
			}
		}
		p.add(key, r.scores[o.a].applies, 2)
	case opOver, opUnder, opAtLeast, opAtMost:
		if t := &a.thresholds[o.b]; !r.lines[o.b].IsExact() {
			for i := range t.lines {
				x, line := &r.numbers[o.a], truth.Exactly(t.lines[i].value)
				p.add(key, known(compared(o.code, x, &line)), 2)
			}
		}
	}
}

// openSlot writes down how a fact that matters may turn out, and how it would be
// asked for.
func (x *teller) openSlot(key []byte, r *state, l *liveness, i int32, sl *slot) []byte {
	key = append(key, byte(i), byte(i>>8))
	if sl.family >= 0 {
		return x.missingKey(key, i, sl)
	}
	switch sl.kind {
	case slotChoice:
		m := r.choices[sl.at]
		key = append(key, byte(m), byte(m>>8), byte(m>>16), byte(m>>24))
	case slotNumber:
		for _, v := range x.a.stretches(r, i) {
			key = x.heldKey(key, r, l, sl, v) // within a stretch one number is like another
		}
	case slotYesNo:
	}
	if got, ok := x.w.facts.find(x.a.dict, sl.fact); ok {
		key = append(key, 1+byte(got.basis))
		if got.basis == basisUnknown { // asked whether it was untreated: it would be this value
			key = appendFloat(key, 0)
			key = x.heldKey(key, r, l, sl, got.answer.Number.Lo)
			key = x.heldKey(key, r, l, sl, got.answer.Number.Hi)
		}
	}
	return append(key, 0xFD)
}

// heldKey writes down how a number stands to the lines that still matter. Where
// one of them depends on something not known, its place among all lines is told.
func (x *teller) heldKey(key []byte, r *state, l *liveness, sl *slot, v float64) []byte {
	at, number := len(key), truth.Exactly(v)
	var p packer
	for i := range x.a.routeEnd {
		o := &x.a.ops[i]
		if !l.marked[i] || o.code < opOver || o.code > opAtMost || o.a != sl.at {
			continue
		}
		if !r.lines[o.b].IsExact() {
			return append(key[:at], 0xFC, place(v, sl.routeMarks))
		}
		p.add(&key, compared(o.code, &number, &r.lines[o.b]), 2)
	}
	p.flush(&key)
	return append(key, 0xFB)
}

// sexKey is the patient's sex where questions or lines may depend on it; where
// it matters in another way it stands among the open facts.
func (x *teller) sexKey(r *state, l *liveness) byte {
	sex := byte(x.w.kin.graph.SexOf(x.w.facts.index))
	if len(x.c.People) > 1 || len(r.tumours) > 0 {
		return sex
	}
	for i := range x.a.routeEnd {
		if o := &x.a.ops[i]; l.marked[i] && o.code >= opOver && o.code <= opAtMost && !r.lines[o.b].IsExact() {
			return sex
		}
	}
	return 0xFF
}

// tumourKey writes down what is known of every tumour.
func (x *teller) tumourKey(key []byte, s *state) []byte {
	a := x.a
	for t := range s.tumours {
		ts := &s.tumours[t]
		key = append(key, 0xFE, byte(ts.site), byte(ts.site>>8), byte(ts.site>>16), byte(ts.exists))
		for _, slot := range a.tumours {
			sl := &a.slots[slot]
			switch sl.kind {
			case slotYesNo:
				key = append(key, byte(ts.yesNo[sl.at]))
			case slotChoice:
				m := ts.choice[sl.at]
				key = append(key, byte(m), byte(m>>8), byte(m>>16), byte(m>>24))
			case slotNumber:
				key = appendFloat(appendFloat(key, ts.number[sl.at].Lo), ts.number[sl.at].Hi)
			}
		}
	}
	return key
}

// missingKey writes down what keeps a family fact open.
func (x *teller) missingKey(key []byte, i int32, sl *slot) []byte {
	key = append(key, 0xFD, byte(i), byte(i>>8))
	q := &x.a.kin[sl.family]
	topic := -1
	if n, ok := x.c.Asked[q.topic]; ok {
		topic = n
	}
	key = append(key, byte(topic))
	if len(x.c.People) == 1 && len(x.c.UnknownSides) == 0 {
		return key // nobody listed: the topic is all there is to ask
	}
	x.evidenceOf(q)
	for n := range x.ev.Unknown {
		f := &x.ev.Unknown[n]
		key = append(key, byte(f.Person), byte(f.Reason), byte(f.Degree), byte(f.Topic))
		if f.Person >= 0 {
			key = append(key, x.who(f.Person)...)
			if m := x.w.kin.graph.Member(f.Person); f.Entry >= 0 && f.Entry < len(m.Conditions) {
				key = append(key, byte(m.Conditions[f.Entry].Kind))
			}
			key = append(key, x.w.kin.graph.SexOf(f.Person).String()...)
		}
	}
	return key
}

func appendFloat(key []byte, v float64) []byte {
	b := math.Float64bits(v)
	return append(key, byte(b>>56), byte(b>>48), byte(b>>40), byte(b>>32), byte(b>>24), byte(b>>16), byte(b>>8), byte(b))
}
