package rules

import (
	"math"
	"slices"
	"strings"

	"kindred/rules/family"
)

// ask is one question with the facts its answer would settle.
type ask struct {
	q     Question
	slots []int32 // of the patient
	// of one tumour
	tumour       int // -1: not about a tumour
	tumourSlots  []int32
	exists       []int // tumours whose very existence it settles
	firstOrder   int   // order of its first fact in the area's files
	basis        bool  // it asks on what footing a measurement counts
	personDetail bool
	onRecord     bool // the patient is on treatment: only old results can answer it
}

// asks turns the facts that still matter into questions: facts answered in one
// go are one question.
func (x *teller) asks(s *state, l *liveness) []*ask {
	b := &asker{x: x, s: s, byKey: map[string]*ask{}}
	for i, alive := range l.slots {
		if alive {
			b.slot(int32(i))
		}
	}
	for t := range l.tumours {
		b.tumour(t, &l.tumours[t])
	}
	for _, a := range b.list {
		if a.onRecord {
			a.q.Cost = 1 // on treatment no blood test can give an untreated value: the record is asked
		}
	}
	return b.list
}

type asker struct {
	x     *teller
	s     *state
	list  []*ask
	byKey map[string]*ask
}

// get is the question of a key, made on first use.
func (b *asker) get(key string, order int) *ask {
	if a := b.byKey[key]; a != nil {
		return a
	}
	a := &ask{tumour: -1, firstOrder: order}
	if b.x.w != nil {
		a.q.Person = b.x.w.facts.patient.ID
	}
	b.byKey[key] = a
	b.list = append(b.list, a)
	return a
}

// slot files a fact of the patient under its question.
func (b *asker) slot(i int32) {
	sl := &b.x.a.slots[i]
	if sl.notUsed {
		return
	}
	if sl.family >= 0 {
		b.relatives(i, sl)
		return
	}
	f, onRecord := sl.fact, false
	if of := f.untreatedOf; of != "" {
		f = b.x.a.dict.factByID[of]
		if b.x.w != nil {
			got, ok := b.x.w.facts.find(b.x.a.dict, sl.fact)
			onRecord = ok && got.basis == basisTreated
			if basisFact := b.x.a.dict.factByID["lipid.basis"]; ok && got.basis == basisUnknown && basisFact != nil {
				f = basisFact
			}
		}
	}
	if f.ageOf != "" {
		if i, f = b.x.ageAsked(b.s, i); b.x.a.slots[i].notUsed {
			return
		}
	}
	if f.BuiltIn == "non_hdl" {
		f = cmpFact(b.x.a.dict.factByID["lipid.non_hdl"], f)
	}
	key := f.ID
	if f.Together != "" {
		key = "together " + f.Together
	}
	a := b.get(key, int(i))
	if !slices.Contains(a.slots, i) {
		a.slots = append(a.slots, i)
	}
	a.basis = a.basis || f.ID == "lipid.basis"
	a.addFact(f, b.x.a.brief(f))
	a.onRecord = a.onRecord || onRecord
}

func cmpFact(a, b *FactDef) *FactDef {
	if a != nil {
		return a
	}
	return b
}

// addFact names a fact the question answers; the first gives the wording, the
// dearest the cost.
func (a *ask) addFact(f *FactDef, missing string) {
	if a.q.Fact == "" {
		a.q.Fact, a.q.Question, a.q.missing = f.ID, f.Question, missing
		if a.q.Question == "" {
			a.q.Question = f.Label + "?"
		}
	}
	if !slices.Contains(a.q.Facts, f.ID) {
		if len(a.q.Facts) == 1 && f.Together != "" && missing != "" && !strings.Contains(a.q.missing, missing) {
			a.q.missing += ", " + missing
		}
		a.q.Facts = append(a.q.Facts, f.ID)
	}
	a.q.Cost = max(a.q.Cost, f.Cost)
}

// relatives files a family fact: under the missing detail of one person if
// there is one, else under its topic.
func (b *asker) relatives(i int32, sl *slot) {
	k := &b.x.a.kin[sl.family]
	topic := b.x.a.dict.topicByID[k.topic]
	if topic == nil {
		return
	}
	if b.x.w == nil {
		a := b.get("asked."+topic.ID, int(i))
		a.slots = append(a.slots, i)
		a.topicQuestion(topic, 0)
		return
	}
	b.x.evidenceOf(k)
	degree, unaskable := 0, true
	for n := range b.x.ev.Unknown {
		f := &b.x.ev.Unknown[n]
		if f.Person >= 0 && b.detail(i, k, f) {
			return
		}
		switch {
		case f.Reason == family.UnknownSide:
		case f.Person >= 0:
			if _, far, ok := b.x.w.kin.graph.Degree(f.Person); ok {
				degree = max(degree, far)
			}
			unaskable = false
		default:
			degree = max(degree, f.Degree)
			unaskable = false
		}
	}
	if unaskable && len(b.x.ev.Unknown) > 0 {
		return // nobody knows about that side: there is nobody to ask
	}
	if asked, ok := b.x.c.Asked[topic.ID]; ok && asked >= degree && degree > 0 {
		b.structure(i)
		return
	}
	a := b.get("asked."+topic.ID, int(i))
	a.slots = append(a.slots, i)
	a.topicQuestion(topic, degree)
}

// theirs is her, his or what is said when the sex is not known.
func theirs(sex family.Sex, unknown string) string {
	switch sex {
	case family.Female:
		return "her"
	case family.Male:
		return "his"
	}
	return unknown
}

// idOf is the id of a person by number; nobody's is empty.
func (x *teller) idOf(person int) string {
	if person < 0 || person >= x.w.kin.graph.Len() {
		return ""
	}
	return x.w.kin.graph.Member(person).ID
}

func (a *ask) topicQuestion(t *TopicDef, degree int) {
	a.q.Fact, a.q.Topic, a.q.Question, a.q.Cost = "asked."+t.ID, t.ID, t.Question, t.Cost
	a.q.MaxDegree = max(a.q.MaxDegree, degree)
	a.q.missing = "family history (" + lowered(t.Label) + ")"
}

// structure asks how people are related when that is what is open.
func (b *asker) structure(i int32) {
	a := b.get("relation", int(i))
	a.slots = append(a.slots, i)
	a.q.Fact, a.q.Cost = "relation", 1
	a.q.Question = "How are these relatives related to each other (parents, full or half siblings, side of the family)?"
	a.q.missing = "how relatives are related"
}

// detail files a family fact under what is missing about one person; ok is
// false when that is not what keeps it open.
func (b *asker) detail(i int32, k *kinQuestion, f *family.Finding) bool {
	g := &b.x.w.kin.graph
	m := g.Member(f.Person)
	name := lowered(b.x.who(f.Person))
	person := theirs(g.SexOf(g.Patient()), "the patient's") + " " + name
	if f.Person == g.Patient() {
		person, name = "the patient", "patient"
	}
	kind := ""
	if f.Entry >= 0 && (k.relatives == nil || len(k.relatives.Lines) == 0) {
		kind = b.x.a.conditionName(m.Conditions[f.Entry].Kind)
	}
	var fact, text, missing string
	cost := 1
	switch {
	case f.Reason == family.AgeNotKnown && kind != "":
		fact = b.x.a.dict.family.v.Conditions[m.Conditions[f.Entry].Kind].ID + ".age"
		text, missing = "How old was "+person+" at "+theirs(g.SexOf(f.Person), "the")+" "+kind+"?", name+"'s age at "+kind
	case f.Reason == family.AgeNotKnown:
		fact, text, missing = "lipid.age", "How old was "+person+" at that cholesterol test?", name+"'s age at the test"
	case f.Reason == family.ConfirmationNotKnown && kind != "":
		fact = b.x.a.dict.family.v.Conditions[m.Conditions[f.Entry].Kind].ID + ".confirmed"
		text, missing = "Is there a report that confirms the "+kind+" of "+person+"?", "report on "+name+"'s "+kind
		cost = 10
	case f.Reason == family.SexNotKnown:
		fact, text, missing = "sex", "What is the sex at birth of "+person+"?", name+"'s sex at birth"
	case f.Reason == family.StateNotAsked && kind != "":
		fact = b.x.a.dict.family.v.Conditions[m.Conditions[f.Entry].Kind].ID
		text, missing = "Has "+person+" had this: "+kind+"?", name+": "+kind
	default:
		return false
	}
	if sign := b.x.a.dict.signOf(fact); sign != nil && f.Person == g.Patient() {
		key := sign.ID
		if sign.Together != "" {
			key = "together " + sign.Together
		}
		a := b.get(key, int(i))
		a.slots = append(a.slots, i)
		a.addFact(sign, b.x.a.brief(sign))
		return true
	}
	a := b.get("person "+m.ID+" "+fact, int(i))
	a.slots = append(a.slots, i)
	a.personDetail = true
	a.q.Fact, a.q.Question, a.q.Cost, a.q.Person, a.q.missing = fact, text, cost, m.ID, missing
	a.q.Topic = k.topic
	return true
}

// tumour files what still matters about one tumour: whether there is one, the
// first result that matters in a pathway, and other facts of it.
func (b *asker) tumour(t int, l *liveTumour) {
	ts := &b.s.tumours[t]
	order := len(b.x.a.slots) + t*64
	if l.exists {
		topic := b.x.a.dict.topicByID[b.x.a.dict.siteCondition[b.x.a.siteName(ts.site)].Topic]
		a := b.get("asked."+topic.ID, order)
		a.exists = append(a.exists, t)
		a.topicQuestion(topic, 0)
		return
	}
	later := map[int32]bool{} // results whose turn in a pathway has not come
	for p := range b.x.a.pathways {
		if l.pathways>>p&1 != 0 {
			for _, i := range b.x.a.pathways[p].table.cols {
				later[i] = true
			}
			for _, i := range b.x.a.firstColumn(b.s, t, int32(p)) {
				b.tumourSlot(t, i, order)
			}
		}
	}
	for i, alive := range l.slots {
		if alive && !later[int32(i)] {
			b.tumourSlot(t, int32(i), order+1)
		}
	}
}

func (b *asker) tumourSlot(t int, i int32, order int) {
	f := b.x.a.slots[i].fact
	key := f.ID
	if f.Together != "" {
		key = "together " + f.Together
	}
	a := b.get("tumour "+numeral(float64(t))+" "+key, order)
	if !slices.Contains(a.tumourSlots, i) {
		a.tumour = t
		a.tumourSlots = append(a.tumourSlots, i)
		a.addFact(f, f.Short)
		if site := b.x.a.dict.siteCondition[b.x.a.siteName(b.s.tumours[t].site)]; len(b.s.tumours) > 1 && len(a.tumourSlots) == 1 {
			a.q.Question = strings.TrimSuffix(a.q.Question, "?") + ", for the " + site.Short + "?"
		}
	}
}

// firstColumn is the leftmost column of a pathway that matters for a tumour,
// with those answered in one go with it.
func (a *Area) firstColumn(s *state, t int, p int32) []int32 {
	w, ts := &a.pathways[p], &s.tumours[t]
	from := a.inTable(s, ts, w)
	matters := func(col int) bool {
		var first uint64
		for m, n := from[col], 0; m != 0; m, n = m&(m-1), n+1 {
			one := from
			one[col] = m & -m
			steps, _ := w.table.steps(one, &s.split)
			if n > 0 && steps != first {
				return true
			}
			first = steps
		}
		return false
	}
	for col, slot := range w.table.cols {
		sl := &a.slots[slot]
		if !sl.tumour || from[col]&(from[col]-1) == 0 || !matters(col) {
			continue
		}
		out := []int32{slot}
		for other, o := range w.table.cols {
			if f := a.slots[o].fact; other != col && f.Together != "" && f.Together == sl.fact.Together && from[other]&(from[other]-1) != 0 {
				out = append(out, o)
			}
		}
		return out
	}
	return nil
}

// stretches cuts the numbers at the lines a fact is held against, and gives one
// number in each stretch that is still possible. Which numbers those are depends
// on nothing but the lines and what is possible at each of them.
func (a *Area) stretches(s *state, i int32) []float64 {
	sl := &a.slots[i]
	span := s.numbers[sl.at]
	var cuts []float64
	for _, c := range a.stretchCuts(sl) {
		for _, v := range [...]float64{s.lines[c].Lo, s.lines[c].Hi} {
			if !slices.Contains(cuts, v) {
				cuts = append(cuts, v)
			}
		}
	}
	slices.Sort(cuts)
	if len(cuts) == 0 {
		return []float64{math.Min(math.Max(1, span.Lo), span.Hi)}
	}
	step := math.Max((cuts[len(cuts)-1]-cuts[0])/float64(len(cuts)), 0.1)
	usual := a.dict.usualOf(sl.fact)
	var all, kept []float64
	below := math.Inf(-1)
	for k := 0; k <= len(cuts); k++ {
		above := math.Inf(1)
		if k < len(cuts) {
			above = cuts[k]
		}
		if span.Lo <= above && span.Hi > below {
			v := (below + above) / 2
			if k == 0 {
				v = above - step/2
			} else if k == len(cuts) {
				v = below + step/2
			}
			v = math.Min(math.Max(v, span.Lo), span.Hi)
			all = append(all, v)
			if usual.Holds(v) {
				kept = append(kept, v)
			}
		}
		below = above
	}
	if len(kept) == 0 {
		return all
	}
	return kept
}

// stretchCuts are the thresholds that tell the stretches of a fact apart: for a
// measurement those the outcome depends on, so that a criterion which is merely
// shown changes nothing in what is asked next. Ages are cut at every line, which
// spreads them more evenly.
func (a *Area) stretchCuts(sl *slot) []int32 {
	if sl.fact.BuiltIn == "age" {
		return a.ageCuts(sl)
	}
	return sl.routeCuts
}

// usualOf is the usual span of a number; an untreated value has that of what is
// measured.
func (d *Dictionary) usualOf(f *FactDef) Range {
	if f.untreatedOf != "" {
		return d.factByID[f.untreatedOf].usualSpan
	}
	if age := d.factByID["patient.age"]; f.ageOf != "" && age != nil {
		return age.usualSpan
	}
	return f.usualSpan
}
