// Package pathology reads the mismatch repair part of a pathology report as
// people paste it and proposes what to enter for a tumour. It never guesses:
// what a report leaves open (words that laboratories use both ways, hedges,
// results awaited, contradictions) comes back as a doubt with the words it
// stands in, and nothing is entered before somebody confirmed it.
package pathology

import (
	"cmp"
	"slices"
	"strings"
)

// Reading is what a report says about one tumour.
type Reading struct {
	Found  []Finding // one a fact at most, in the order of the form
	Unsure []Doubt   // what a person must read
}

// Finding is one proposed answer.
type Finding struct {
	Fact  string // "tumour.mlh1"
	Value string // choice of that fact, or yes/no: "lost"
	Words string // the words of the report it comes from
	From  int    // where they stand: bytes of the text read
	To    int
}

// Doubt is something the report says that could be taken in more than one way,
// or names without a result.
type Doubt struct {
	Facts []string // facts it may be about
	Words string
	Why   string // a sentence
	From  int
}

// facts is the order of proposals, that of the form.
var facts = []string{
	"tumour.site", "tumour.mlh1", "tumour.pms2", "tumour.msh2", "tumour.msh6", "tumour.msi", "tumour.braf_v600e",
	"tumour.mlh1_methylation", "tumour.tissue", "tumour.neoadjuvant", "tumour.msi_h_histology",
}

var proteins = []string{"tumour.mlh1", "tumour.pms2", "tumour.msh2", "tumour.msh6"}

// Of is the proposal for a fact.
func (r *Reading) Of(fact string) (Finding, bool) {
	i := slices.IndexFunc(r.Found, func(f Finding) bool { return f.Fact == fact })
	if i < 0 {
		return Finding{}, false
	}
	return r.Found[i], true
}

// Read reads a report. It keeps nothing of the text but the words it quotes.
func Read(text string) Reading {
	c := &collector{text: text}
	for _, clause := range clauses(text) {
		c.clause(clause)
	}
	c.sample()
	return c.settle()
}

// kind orders doubts by how much a clear statement elsewhere outweighs them.
type kind int

const (
	lasting   kind = iota // stays beside a finding
	yielding              // gone once the same fact is found elsewhere
	mentioned             // named without a result: gone once anything else is known
)

type doubt struct {
	Doubt
	kind kind
}

type collector struct {
	text     string
	found    []Finding
	unsure   []doubt
	mentions []doubt
}

func (c *collector) find(fact, value string, from, to int) {
	c.found = append(c.found, Finding{Fact: fact, Value: value, Words: quote(c.text[from:to]), From: from, To: to})
}

func (c *collector) doubt(k kind, from, to int, why string, facts ...string) {
	d := doubt{Doubt: Doubt{Facts: facts, Words: quote(c.text[from:to]), Why: why, From: from}, kind: k}
	if k == mentioned {
		c.mentions = append(c.mentions, d)
		return
	}
	c.unsure = append(c.unsure, d)
}

// quote writes words of the report on one line.
func quote(s string) string { return strings.Join(strings.Fields(s), " ") }

// settle keeps one answer a fact: two statements that differ become a doubt.
func (c *collector) settle() Reading {
	var out Reading
	known := map[string]bool{}
	for _, fact := range facts {
		var first *Finding
		clash := false
		for i := range c.found {
			f := &c.found[i]
			switch {
			case f.Fact != fact:
			case first == nil:
				first = f
			case f.Value != first.Value && !clash:
				clash = true
				out.Unsure = append(out.Unsure, Doubt{
					Facts: []string{fact}, From: first.From, Words: first.Words + " … " + f.Words,
					Why: "The report says two different things.",
				})
			}
		}
		if first == nil {
			continue
		}
		known[fact] = true
		if !clash {
			out.Found = append(out.Found, *first)
		}
	}
	all := func(fs []string) bool { return !slices.ContainsFunc(fs, func(f string) bool { return !known[f] }) }
	for _, d := range c.unsure {
		if d.kind == yielding && all(d.Facts) {
			continue
		}
		if !slices.ContainsFunc(out.Unsure, func(o Doubt) bool { return o.Words == d.Words && o.Why == d.Why }) {
			out.Unsure = append(out.Unsure, d.Doubt)
		}
	}
	for _, d := range out.Unsure {
		for _, f := range d.Facts {
			known[f] = true
		}
	}
	for _, d := range c.mentions {
		if !all(d.Facts) {
			out.Unsure = append(out.Unsure, d.Doubt)
			for _, f := range d.Facts {
				known[f] = true
			}
		}
	}
	slices.SortStableFunc(out.Unsure, func(a, b Doubt) int { return cmp.Compare(a.From, b.From) })
	return out
}
