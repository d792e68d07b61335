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
// question, without criteria, scores and the other questions.
func (b *Book) Screen(c *Case) ([]AreaAdvice, error) {
	w := b.work.Get().(*bench)
	defer b.work.Put(w)
	if isPlain(c) {
		return b.screenPlain(w, c)
	}
	if err := b.prepare(w, c); err != nil {
		return nil, err
	}
	out := make([]AreaAdvice, len(b.areas))
	for i, a := range b.areas {
		x := &teller{a: a, s: w.states[i], w: w, c: c}
		x.head(&out[i])
		x.cached(&b.cache, i, &out[i])
		x.words(&out[i])
		x.urgentFlags(&out[i])
		if len(out[i].Next) > 1 {
			out[i].Next = out[i].Next[:1]
		}
	}
	return out, nil
}

// urgentFlags adds the flags that no list may leave out.
func (x *teller) urgentFlags(out *AreaAdvice) {
	for i := range x.a.flags {
		n := &x.a.flags[i]
		if n.def.urgent && x.s.values[n.node] == truth.Yes {
			out.Flags = append(out.Flags, Flag{ID: n.def.id, Urgent: true, Text: x.fill(n.def.text, nil, out), Source: x.sources(n.def.sources)})
		}
	}
}

// cached gives the ranked questions, from the cache when the signature is
// known.
func (x *teller) cached(cache *screenCache, area int, out *AreaAdvice) {
	if x.s.firm() && len(x.s.provided) == 0 {
		return
	}
	key := x.signature(x.w.key[:0], byte(area))
	x.w.key = key
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
	out.Next = x.questions()
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

// signature writes down everything the ranking depends on: the value of every
// node, thresholds that vary, what is presumed, on what footing measurements
// count, what is open about tumours, and what is missing about which relative.
func (x *teller) signature(key []byte, area byte) []byte {
	a, s := x.a, x.s
	key = append(key, area, byte(x.w.facts.index), byte(x.w.kin.graph.SexOf(x.w.facts.index)))
	packed := byte(0)
	for i := 0; i < a.mainEnd; i++ {
		packed = packed<<2 | byte(s.values[i])
		if i&3 == 3 {
			key = append(key, packed)
			packed = 0
		}
	}
	key = append(key, packed)
	for _, i := range a.varying {
		key = appendFloat(appendFloat(key, s.lines[i].Lo), s.lines[i].Hi)
	}
	for _, i := range s.provided {
		key = append(key, byte(i), byte(i>>8))
	}
	key = append(key, 0xFF)
	for i := range a.slots {
		sl := &a.slots[i]
		switch {
		case sl.tumour:
		case sl.fact.untreatedOf != "" && s.recorded[i]:
			if got, ok := x.w.facts.find(a.dict, sl.fact); ok {
				key = append(key, byte(got.basis))
			}
		case sl.family >= 0 && s.yesNo[sl.at] == truth.Unknown:
			key = x.missingKey(key, int32(i), sl)
		case s.recorded[i]:
			key = append(key, 1)
		default:
			key = append(key, 0)
		}
	}
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
	x.ev.Reset()
	q.ask(&x.w.kin.graph, &x.ev)
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
