package rules

import (
	"sync"
)

// Book is the edition of every area in force on one day. It is safe for use by
// many goroutines.
type Book struct {
	dict  *Dictionary
	areas []*Area
	work  sync.Pool // *bench
	cache screenCache
}

// bench is the working memory of one assessment.
type bench struct {
	kin    kin
	states []*state // by area
	facts  patientFacts
	key    []byte // of the screen cache
	memo   memo

	signature []byte // of the cache of rankings
}

func newBook(d *Dictionary, areas []*Area) *Book {
	b := &Book{dict: d, areas: areas}
	b.work.New = func() any {
		w := &bench{}
		w.kin.areas = areas
		for _, a := range areas {
			w.states = append(w.states, a.newState())
		}
		return w
	}
	return b
}

// Areas says what each area is, in the order of screens.
func (b *Book) Areas() []AreaInfo {
	out := make([]AreaInfo, len(b.areas))
	for i, a := range b.areas {
		out[i] = a.info
	}
	return out
}

// Area is one area of the book by id, nil when there is none. Acceptance
// checks use it to give facts and verdicts directly.
func (b *Book) Area(id string) *Area {
	for _, a := range b.areas {
		if a.src.id == id {
			return a
		}
	}
	return nil
}

// prepare reads the case into working memory and evaluates every area, for a
// list without what lists leave out. The error names what in the family cannot
// be so.
func (b *Book) prepare(w *bench, c *Case, list bool) error {
	if err := w.kin.build(b.dict, c); err != nil {
		return err
	}
	w.facts.read(b.dict, c, &w.kin)
	for i, a := range b.areas {
		a.load(w.states[i], w)
		if list {
			a.forList(w.states[i])
		} else {
			a.evaluate(w.states[i])
		}
	}
	return nil
}

// Assess works out everything about a case: advice, reasons, ranked questions.
// The error names what in the case cannot be so.
func (b *Book) Assess(c *Case) (*Advice, error) {
	w := b.work.Get().(*bench)
	defer b.work.Put(w)
	if err := b.prepare(w, c, false); err != nil {
		return nil, err
	}
	out := &Advice{Schema: "kindred.advice/1", Date: c.Date, Areas: make([]AreaAdvice, len(b.areas))}
	for i, a := range b.areas {
		x := &teller{a: a, s: w.states[i], w: w, c: c}
		x.tell(&out.Areas[i])
	}
	return out, nil
}
