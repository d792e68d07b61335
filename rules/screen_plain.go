package rules

import (
	"math"
	"slices"

	"kindred/rules/truth"
)

// A clinic list is mostly people about whom nothing but a few numbers is known:
// no relative, no diagnosis, no tumour. For them an area's advice depends only
// on where each number stands among the lines it is held against, so it is kept
// under that key and looked up before anything is worked out.

// plainAdvice is what an area advises everyone of one key.
type plainAdvice struct {
	advice AreaAdvice
	valued bool // its wording holds the patient's values, so it is filled in for each
}

// isPlain reports whether the case is one person without any family or illness.
func isPlain(c *Case) bool {
	if len(c.People) != 1 || c.People[0].ID != c.Patient {
		return false
	}
	p := &c.People[0]
	return len(p.Conditions) == 0 && len(p.Tumours) == 0 && len(p.Panels) == 0 && p.Mother == "" && p.Father == "" && p.Relation == ""
}

// screenPlain screens a plain case.
func (b *Book) screenPlain(w *bench, c *Case) ([]AreaAdvice, error) {
	out := make([]AreaAdvice, len(b.areas))
	w.facts.about(b.dict, c, 0)
	prepared := false
	for i, a := range b.areas {
		key := a.plainKey(w.key[:0], byte(i), w)
		w.key = key
		b.cache.mu.RLock()
		got, ok := b.cache.plain[string(key)]
		b.cache.mu.RUnlock()
		if ok && !got.valued {
			out[i] = got.advice
			out[i].Next = withPerson(got.advice.Next, c.Patient)
			continue
		}
		if !prepared {
			if err := w.kin.build(b.dict, c); err != nil {
				return nil, err
			}
			prepared = true
		}
		a.load(w.states[i], w)
		a.evaluate(w.states[i])
		x := &teller{a: a, s: w.states[i], w: w, c: c}
		if ok {
			a.exact(x.s)
			out[i] = got.advice
			out[i].Next = withPerson(got.advice.Next, c.Patient)
			out[i].Flags = []Flag{}
			x.words(&out[i])
			x.urgentFlags(&out[i])
			continue
		}
		x.screen(&b.cache, i, &out[i])
		b.cache.mu.Lock()
		if b.cache.plain == nil || len(b.cache.plain) >= maxCached {
			b.cache.plain = map[string]*plainAdvice{}
		}
		b.cache.plain[string(key)] = &plainAdvice{advice: out[i], valued: x.valued}
		b.cache.mu.Unlock()
	}
	return out, nil
}

// withPerson copies questions and puts them to the patient.
func withPerson(list []Question, id string) []Question {
	out := slices.Clone(list)
	for i := range out {
		out[i].Person = id
	}
	return out
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

// plainKey writes down everything the advice of a plain case depends on.
func (a *Area) plainKey(key []byte, area byte, w *bench) []byte {
	p, c := w.facts.patient, w.facts.c
	key = append(key, area, byte(len(p.Sex)), byte(p.Alive))
	for _, t := range a.dict.topics {
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
	key = a.ageKey(key, p.Age)
	for i := range a.slots {
		sl := &a.slots[i]
		if !sl.screened || sl.tumour || sl.family >= 0 || sl.fact.BuiltIn == "age" || sl.fact.BuiltIn == "sex" || sl.fact.BuiltIn == "alive" {
			continue
		}
		got, ok := w.facts.find(a.dict, sl.fact)
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
	for _, s := range a.dict.family.signs {
		key = append(key, byte(p.Facts[s.fact].Bool)+4*given(p.Facts, s.fact))
	}
	for _, f := range a.dict.family.choice {
		key = append(key, byte(f.def.ChoiceIndex(p.Facts[f.def.ID].Choice)))
	}
	return key
}

func given(facts map[string]Answer, id string) byte {
	if _, ok := facts[id]; ok {
		return 1
	}
	return 0
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
