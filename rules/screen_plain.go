package rules

import (
	"math"

	"kindred/rules/truth"
)

// A clinic list is mostly people about whom little is known: a few numbers, no
// tumour, perhaps a relative with an illness. For them an area's advice depends
// only on where each number stands among the lines it is held against, so it is
// kept under that key and looked up before anything is worked out.

// plainAdvice is what an area advises everyone of one key.
type plainAdvice struct {
	advice AreaAdvice
	valued bool // its wording holds the patient's values, so it is filled in for each
}

// isPlain reports whether everything that bears on a case goes into its key: a
// patient without illness of their own, and relatives of whom nothing is known
// but how they are related and what they had.
func isPlain(c *Case) bool {
	if len(c.People) == 0 || c.People[0].ID != c.Patient || len(c.Couples) > 0 || len(c.Twins) > 0 {
		return false
	}
	p := &c.People[0]
	if len(p.Conditions) > 0 || p.Relation != "" || !isPlainPerson(p) {
		return false
	}
	for i := range c.People[1:] {
		r := &c.People[i+1]
		if r.Relation == "" || len(r.Facts) > 0 || len(r.Medications) > 0 || !r.Age.IsAny() || !isPlainPerson(r) {
			return false
		}
		for n := range r.Conditions {
			if age := r.Conditions[n].Age; !age.IsExact() && !age.IsAny() {
				return false
			}
		}
	}
	return true
}

func isPlainPerson(p *Person) bool {
	return len(p.Tumours) == 0 && len(p.Panels) == 0 && p.Mother == "" && p.Father == "" && p.Drawn == (Drawn{})
}

// screenPlain screens a plain case.
func (b *Book) screenPlain(w *bench, c *Case) ([]*AreaAdvice, error) {
	out := make([]*AreaAdvice, len(b.areas))
	w.facts.about(b.dict, c, 0)
	key := peopleKey(b.dict, w.key[:0], c)
	common := len(key)
	prepared := false
	for i, a := range b.areas {
		key = a.plainKey(append(key[:common], byte(i)), w)
		w.key = key
		b.cache.mu.RLock()
		got, ok := b.cache.plain[string(key)]
		b.cache.mu.RUnlock()
		if ok && !got.valued {
			out[i] = &got.advice
			continue
		}
		if !prepared {
			if err := w.kin.build(b.dict, c); err != nil {
				return nil, err
			}
			prepared = true
		}
		a.load(w.states[i], w)
		a.forList(w.states[i])
		x := &teller{a: a, s: w.states[i], w: w, c: c, listing: true}
		if ok {
			a.exact(x.s)
			own := got.advice
			own.Flags = []Flag{}
			x.words(&own)
			x.urgentFlags(&own)
			out[i] = &own
			continue
		}
		made := &plainAdvice{}
		x.screen(&b.cache, i, &made.advice)
		made.valued = x.valued
		out[i] = &made.advice
		b.cache.mu.Lock()
		if b.cache.plain == nil || len(b.cache.plain) >= maxCached {
			b.cache.plain = map[string]*plainAdvice{}
		}
		b.cache.plain[string(key)] = made
		b.cache.mu.Unlock()
	}
	return out, nil
}

// screen fills in what a list shows of an area.
func (x *teller) screen(cache *screenCache, area int, out *AreaAdvice) {
	x.head(out)
	x.cached(cache, area, out)
	x.words(out)
	x.urgentFlags(out)
	if len(out.Next) > 1 {
		out.Next = out.Next[:1]
	}
}

// peopleKey writes down who is there and what was asked, ids included: they
// order evidence, and stand in questions.
func peopleKey(d *Dictionary, key []byte, c *Case) []byte {
	for _, t := range d.topics {
		asked := -1
		if n, ok := c.Asked[t.ID]; ok {
			asked = n
		}
		key = append(key, byte(asked))
	}
	for _, s := range c.UnknownSides {
		key = append(key, s[0])
	}
	key = append(key, 0xFF)
	for i := range c.People {
		p := &c.People[i]
		key = append(append(key, p.ID...), 0, byte(len(p.Sex)), byte(p.Alive))
		key = append(append(key, p.Relation...), 0)
		for n := range p.Conditions {
			c := &p.Conditions[n]
			key = append(append(key, c.Name...), 0, byte(c.Confirmed), byte(c.Present))
		}
		key = append(key, 0xFF)
	}
	return key
}

// plainKey writes down what else the advice of a plain case depends on.
func (a *Area) plainKey(key []byte, w *bench) []byte {
	f := &w.facts
	p := f.patient
	key = a.ageKey(key, p.Age)
	for i := range f.c.People[1:] {
		r := &f.c.People[i+1]
		for n := range r.Conditions {
			key = placeAmong(key, r.Conditions[n].Age, a.ageMarks)
		}
	}
	for _, i := range a.keyed {
		sl := &a.slots[i]
		if sl.asGiven && !f.has(sl.fact) {
			key = append(key, 0)
			continue
		}
		got, ok := f.find(a.dict, sl.fact)
		if !ok {
			key = append(key, 0)
			continue
		}
		key = append(key, 1+byte(got.basis))
		switch sl.kind {
		case slotYesNo:
			key = append(key, byte(got.answer.Bool))
		case slotChoice:
			key = append(key, byte(sl.fact.ChoiceIndex(got.answer.Choice)))
		case slotNumber:
			if got.answer.Number.IsAny() {
				key[len(key)-1] = 0
				continue
			}
			key = placeAmong(key, got.answer.Number, sl.marks)
		}
	}
	for i := range a.dict.family.signs {
		s := &a.dict.family.signs[i]
		if !f.has(s.def) {
			key = append(key, 0)
			continue
		}
		key = append(key, 4+byte(p.Facts[s.fact].Bool))
	}
	for i := range a.dict.family.choice {
		def := a.dict.family.choice[i].def
		at := -1
		if f.has(def) {
			at = def.ChoiceIndex(p.Facts[def.ID].Choice)
		}
		key = append(key, byte(at))
	}
	return key
}

// keying lists the facts of the patient that go into keys.
func (a *Area) keying() {
	for i := range a.slots {
		sl := &a.slots[i]
		def := sl.fact
		sl.asGiven = !def.Derived && !def.Local && def.BuiltIn == "" && def.measured == nil && def.measuredWhen == nil && def.ID != "lipid.basis"
		if sl.screened && !sl.tumour && sl.family < 0 && def.BuiltIn != "age" && def.BuiltIn != "sex" && def.BuiltIn != "alive" && def.BuiltIn != "died" {
			a.keyed = append(a.keyed, int32(i))
		}
	}
}

// ageKey writes down where an age stands among the lines of the area and the
// age limits of its family questions, which may ask about the patient too.
func (a *Area) ageKey(key []byte, age truth.Span) []byte {
	if !age.IsExact() && !age.IsAny() {
		key = appendFloat(appendFloat(key, age.Lo), age.Hi) // ages are drawn between lines of other criteria too
	}
	return placeAmong(key, age, a.ageMarks)
}

// placeAmong writes down where the ends of a span stand among marks: below,
// at, or above each.
func placeAmong(key []byte, s truth.Span, marks []float64) []byte {
	return append(key, place(s.Lo, marks), place(s.Hi, marks))
}

func place(v float64, marks []float64) byte {
	if math.IsInf(v, 0) {
		return 0xFE | byte(bit(v > 0))
	}
	n := byte(0)
	for _, m := range marks {
		if v < m {
			break
		}
		n += 2
		if v == m {
			n--
			break
		}
	}
	return n
}
