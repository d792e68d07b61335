package model

import (
	"math"
	"slices"

	"kindred/rules"
	"kindred/rules/truth"
)

// evidence is what is known about one person, as far as the model counts it.
type evidence struct {
	index    int    // in the pedigree
	sex      string // "" when not known: both are averaged
	from, to int    // ages in completed years, now or at death, that are possible
	cancers  []finding
	ratios   []int // groups of file.Ratios, one for each cancer had
	tumours  []tested
	germline *geneTest
}

// finding is what is known about one cancer: had at an age from lo to hi, free of
// it so far, or nothing (then it is not listed).
type finding struct {
	cancer int
	had    bool
	lo, hi int
}

// Speaks reports whether a case holds anything that raises the question: a
// cancer of the model or a gene test in anybody.
func (m *Model) Speaks(c *rules.Case) bool {
	for i := range c.People {
		p := &c.People[i]
		if r := p.Facts[m.f.Germline.Result].Choice; r == "positive" || r == "negative" {
			return true
		}
		for _, def := range m.counted() {
			for j := range p.Conditions {
				if p.Conditions[j].Name == def.ID && p.Conditions[j].Present == truth.Yes {
					return true
				}
			}
			for j := range p.Tumours {
				if p.Tumours[j].Site == def.Site {
					return true
				}
			}
		}
	}
	return false
}

// counted is every cancer that counts.
func (m *Model) counted() []*rules.ConditionDef {
	out := slices.Clone(m.cancers)
	for _, o := range m.others {
		out = append(out, o.def)
	}
	return out
}

// gather reads a case. The notes say what counts and what does not.
func (m *Model) gather(c *rules.Case, p *rules.Pedigree) ([]evidence, *Rests) {
	notes := &Rests{}
	from, to := m.ages(p)
	var out []evidence
	for i := range c.People {
		if why := noPerson(&c.People[i]); why != "" {
			notes.NotUsed = append(notes.NotUsed, Unused{Someone{c.People[i].ID, p.Who(i)}, "what is recorded", why})
			continue
		}
		e := evidence{index: i, sex: p.People[i].Sex, from: from[i], to: to[i]}
		free := m.read(&e, c, p, notes)
		m.readTumours(&e, &c.People[i], p, notes)
		m.readGermline(&e, c, p, notes)
		if p.People[i].Age.IsAny() && free {
			notes.AgesNotKnown = append(notes.AgesNotKnown, Someone{c.People[i].ID, p.Who(i)})
		}
		if len(e.cancers) > 0 || len(e.ratios) > 0 || len(e.tumours) > 0 || e.germline != nil {
			out = append(out, e)
		}
	}
	m.unusedFacts(c, p, notes)
	at := map[string]int{}
	for i := range c.People {
		at[c.People[i].ID] = i
	}
	for _, x := range c.Couples {
		if _, known := at[x.B]; known && x.Related {
			notes.NotUsed = append(notes.NotUsed, Unused{Someone{x.A, p.Who(at[x.A])}, "related to the partner", "only ancestors who are recorded count"})
		}
	}
	for _, t := range c.Twins {
		if t.Kind == "identical" && !slices.ContainsFunc(p.Twins, func(group []int) bool { return slices.Contains(group, at[t.IDs[0]]) }) {
			notes.NotUsed = append(notes.NotUsed, Unused{Someone{t.IDs[0], p.Who(at[t.IDs[0]])}, "identical twins", "their parents differ in the record"})
		}
	}
	return out, notes
}

// unusedFacts names answers that may say something of the family and add nothing.
func (m *Model) unusedFacts(c *rules.Case, p *rules.Pedigree, notes *Rests) {
	carrier, known := false, -1
	for i := range c.People {
		one := &c.People[i]
		carrier = carrier || one.Facts[m.f.Germline.Result].Choice == "positive"
		if one.Facts[m.f.Germline.Known].Bool == truth.Yes {
			known = i
		}
		for _, id := range m.f.NotCounted {
			if a, ok := one.Facts[id]; ok && (a.Bool == truth.Yes || a.Choice != "" || !a.Number.IsAny() && a.Number.Hi > 0) {
				notes.NotUsed = append(notes.NotUsed, Unused{Someone{one.ID, p.Who(i)}, m.dict.Fact(id).Label, "not in the model"})
			}
		}
	}
	if known >= 0 && !carrier {
		notes.NotUsed = append(notes.NotUsed, Unused{Someone{c.People[known].ID, p.Who(known)}, "the variant known in the family", "nobody is recorded as carrying it; enter who does"})
	}
}

// noPerson says why a symbol of the family stands for nobody in particular.
func noPerson(p *rules.Person) string {
	switch {
	case p.Pregnancy != "":
		return "a pregnancy"
	case p.Count < 0 || p.Count > 1:
		return "several people drawn as one"
	}
	return ""
}

// read takes the cancers of one person; it reports whether years without one
// count.
func (m *Model) read(e *evidence, c *rules.Case, p *rules.Pedigree, notes *Rests) (free bool) {
	person := Someone{c.People[e.index].ID, p.Who(e.index)}
	open := false
	for k, def := range m.cancers {
		if def.Sex != "" && e.sex != "" && def.Sex != e.sex {
			continue
		}
		said, silence := p.Entries(e.index, def)
		f := finding{cancer: k, lo: math.MaxInt}
		doubt := len(said) == 0 && silence != truth.No
		for _, one := range said {
			switch {
			case one.Present == truth.Yes:
				f.had = true
				if lo, hi := m.years(one.Age); lo < f.lo || lo == f.lo && hi < f.hi { // the first in the organ
					f.lo, f.hi = lo, hi
				}
			case one.Present.CanBe(truth.Yes):
				doubt = true
			}
		}
		switch {
		case f.had:
			if def.Sex != "" && e.sex == "" {
				e.sex = def.Sex
			}
			if f.hi = min(f.hi, e.to); f.lo == f.hi && f.hi < m.youngest(def) {
				notes.NotUsed = append(notes.NotUsed, Unused{person, def.Short, "the tables have no case at that age"})
				continue
			}
			e.from = max(e.from, min(f.lo, e.to))
			notes.Cancers++
		case doubt:
			open = true
			continue
		default:
			free = true
		}
		e.cancers = append(e.cancers, f)
	}
	for _, o := range m.others {
		said, _ := p.Entries(e.index, o.def)
		for _, one := range said {
			if one.Present == truth.Yes {
				lo, _ := m.years(one.Age)
				e.from = max(e.from, min(lo, e.to))
				e.ratios = append(e.ratios, o.group)
				notes.Cancers++
				break
			}
		}
	}
	if open && p.Blood(e.index) {
		notes.NotAsked = append(notes.NotAsked, person)
	}
	m.otherCancers(c, p, e.index, person, notes)
	return free
}

// otherCancers names the cancers the area counts that the model does not.
func (m *Model) otherCancers(c *rules.Case, p *rules.Pedigree, i int, person Someone, notes *Rests) {
	var seen []string
	for _, def := range m.dict.Conditions() {
		if def.Topic != m.f.Topic || slices.Contains(m.cancers, def) || slices.ContainsFunc(m.others, func(o otherCancer) bool { return o.def == def }) || slices.ContainsFunc(m.cancers, func(o *rules.ConditionDef) bool { return slices.Contains(def.Is, o.ID) }) {
			continue
		}
		said, _ := p.Entries(i, def)
		for _, one := range said {
			if one.Present == truth.Yes && !slices.Contains(seen, def.Short) {
				seen = append(seen, def.Short)
				notes.NotUsed = append(notes.NotUsed, Unused{person, def.Short, "not in the model"})
			}
		}
	}
}

// youngest is the first age at which anybody in the tables has a cancer.
func (m *Model) youngest(def *rules.ConditionDef) int {
	out := m.f.Oldest
	for _, sex := range sexes(def) {
		for _, b := range m.rates[rateKey{def.ID, sex}] {
			if b.cases.Base > 0 {
				out = min(out, b.from)
				break
			}
		}
	}
	return out
}

// years is a span of ages in completed years, within what the model follows.
func (m *Model) years(s truth.Span) (lo, hi int) {
	last := float64(m.f.Oldest - 1)
	return int(math.Floor(min(max(s.Lo, 0), last))), int(math.Floor(min(max(s.Hi, 0), last)))
}

// ages is everyone's possible ages. Where an age is not given, a living person is
// no younger than their living children and no older than their living parents.
func (m *Model) ages(p *rules.Pedigree) (from, to []int) {
	from, to = make([]int, len(p.People)), make([]int, len(p.People))
	for i := range p.People {
		from[i], to[i] = m.years(p.People[i].Age)
	}
	for changed, round := true, 0; changed && round < len(p.People); round++ {
		changed = false
		for i := range p.People {
			for _, parent := range []int{p.People[i].Mother, p.People[i].Father} {
				if parent < 0 || p.People[i].Alive != truth.Yes || p.People[parent].Alive != truth.Yes {
					continue
				}
				if from[i] > from[parent] && from[i] <= to[parent] {
					from[parent], changed = from[i], true
				}
				if to[parent] < to[i] && to[parent] >= from[i] {
					to[i], changed = to[parent], true
				}
			}
		}
	}
	return from, to
}

// ratioChance is how much likelier the cancers that count by a ratio are in
// carriers of a set of genes than in others.
func (m *Model) ratioChance(k *compiled, e *evidence, set int) float64 {
	out := 1.0
	for _, group := range e.ratios {
		most := 1.0
		for gene, v := range m.f.Ratios[group].Genes {
			if set>>m.gene(gene)&1 != 0 {
				most = max(most, v.at(k.s.risks))
			}
		}
		out *= most
	}
	return out
}

// cancerChance is P(what is known about the cancers | genes), ages that are not
// known summed over, each year of a span as likely as the others.
func (k *compiled) cancerChance(e *evidence, set int) float64 {
	if len(e.cancers) == 0 {
		return 1
	}
	of := []int{sexIndex(e.sex)}
	if e.sex == "" {
		of = []int{0, 1}
	}
	sum := 0.0
	for _, sex := range of {
		for age := e.from; age <= e.to; age++ {
			one := 1.0
			for _, f := range e.cancers {
				curves := k.alive[f.cancer][sex]
				if curves == nil {
					if f.had {
						one = 0
					}
					continue
				}
				alive := curves[set]
				switch hi := min(f.hi, age); {
				case !f.had:
					one *= alive[age]
				case hi < f.lo:
					one = 0
				default:
					one *= alive[f.lo] - alive[hi+1]
				}
			}
			sum += one
		}
	}
	return sum / float64(len(of)*(e.to-e.from+1))
}
