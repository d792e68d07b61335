package rules

import (
	"kindred/rules/family"
	"kindred/rules/truth"
)

// teller puts what an area worked out into words. w and c are nil when facts
// were given directly, so that nobody's record can be named.
type teller struct {
	a  *Area
	s  *state
	w  *bench
	c  *Case
	ev family.Evidence

	depth    int
	unranked bool     // leave the questions out
	listing  bool     // for a row of a list: the first question, and names for the next few
	valued   bool     // a wording held values of this patient
	names    []string // of people, once asked for
	kept     *memo
	tumour   bool     // a block about one tumour is being told
	room     []Reason // memory for reasons
}

// criterion explains one criterion.
func (x *teller) criterion(cr *criterion) CriterionVerdict {
	k := x.s.values[cr.node]
	v := CriterionVerdict{
		ID: cr.def.id, Name: cr.name, Text: cr.def.text, Verdict: k.String(), Source: x.sources(cr.def.sources),
	}
	m := x.memo()
	m.empty()
	if cr.loop >= 0 {
		x.tumourReasons(cr)
	} else {
		x.reasons(cr.when, false, cr.def.sources)
	}
	if len(*m.bin(k)) == 0 { // every verdict has a reason on its own side
		m.add(k, Reason{Clause: cr.name, Value: yesNoText(k), Source: x.sources(cr.def.sources)})
	}
	v.For, v.Against, v.Unknown = x.cut(m.bins[0]), x.cut(m.bins[1]), x.cut(m.bins[2])
	return v
}

// tumourReasons explains a criterion about single tumours, tumour by tumour.
func (x *teller) tumourReasons(cr *criterion) {
	mask := x.a.siteBits(cr.def.sites)
	x.tumour = true
	defer func() { x.tumour = false }()
	for t := range x.s.tumours {
		ts := &x.s.tumours[t]
		if ts.site&mask == 0 {
			continue
		}
		if ts.exists == truth.Unknown {
			cond := x.a.dict.siteCondition[x.a.siteName(ts.site)]
			x.memo().add(truth.Unknown, Reason{Who: "Patient", Clause: sentence(cond.Short), Value: "Not known", Source: x.sources(cr.def.sources), Fact: "asked." + cond.Topic})
			continue
		}
		o := &x.a.ops[cr.node]
		x.a.look(x.s, t)
		x.a.run(x.s, int(cr.node)+1, int(o.b))
		x.reasons(cr.when, false, cr.def.sources)
	}
}

// siteBits is the set of tumour sites by bit.
func (a *Area) siteBits(sites []string) (mask uint64) {
	for i, known := range a.sites {
		for _, s := range sites {
			if s == known {
				mask |= 1 << i
			}
		}
	}
	return mask
}

// siteName is the site of a bit.
func (a *Area) siteName(bit uint64) string {
	for i, s := range a.sites {
		if bit == 1<<i {
			return s
		}
	}
	return ""
}

// reasons files every line below e under what it says for the verdict; flip
// turns the sides round below none and not.
func (x *teller) reasons(e *expr, flip bool, sources []string) {
	if e.join != joinLeaf {
		for _, k := range e.kids {
			x.reasons(k, flip != (e.join == joinNone), sources)
		}
		return
	}
	if e.kind == leafCriterion && x.depth < 8 {
		cr := &x.a.criteria[e.ref]
		if cr.loop >= 0 {
			x.line(e, flip, sources)
			return
		}
		x.depth++
		x.reasons(cr.when, flip != e.not, cr.def.sources)
		x.depth--
		return
	}
	if e.kind == leafFact && x.a.slots[e.slot].family >= 0 && x.w != nil {
		x.relatives(e, flip, sources)
		return
	}
	x.line(e, flip, sources)
}

// line files one line.
func (x *teller) line(e *expr, flip bool, sources []string) {
	if e.fact != nil && x.a.slots[e.slot].notUsed && !x.s.recorded[e.slot] {
		return // an optional route nobody took says nothing
	}
	m := x.memo()
	m.file(side(x.s.values[e.node], flip), x.lineOf(e), x.cite(x.lineSources(e, sources)))
}

// lineSources are the sources of a line: those of the number it is held against
// before those of its criterion.
func (x *teller) lineSources(e *expr, sources []string) []string {
	if e.kind == leafNumber || e.kind == leafScore {
		if own := x.a.thresholds[e.param].source; len(own) > 0 {
			return own
		}
	}
	return sources
}

// reason is one line with what the record says about it, without its source.
func (x *teller) reason(e *expr) Reason {
	var r Reason
	if e.fact != nil {
		r = x.recordOf(e.fact, e.slot)
	}
	if r.Clause = e.text; r.Clause == "" {
		r.Clause = x.a.clause(x.s, e)
	}
	switch e.kind {
	case leafScore, leafBand:
		sv := &x.s.scores[e.ref]
		r.Value = totals(sv)
		if sv.applies == truth.No {
			r.Value = "Does not apply"
		}
	case leafPathway, leafStep:
		r.Value = x.stepsText(e.ref)
	case leafCriterion:
		r.Value = yesNoText(x.s.values[e.node])
	}
	return r
}

// totals prints what a score can still be: "6", "at least 3, up to 11".
func totals(sv *scoreValue) string {
	if sv.min == sv.max {
		return numeral(float64(sv.min))
	}
	return "at least " + numeral(float64(sv.min)) + ", up to " + numeral(float64(sv.max))
}

// record fills in the patient's value, its footing and its date.
func (x *teller) record(r *Reason, f *FactDef, i int32) {
	r.Fact = f.ID
	if f.untreatedOf != "" {
		r.Fact = f.untreatedOf
	}
	r.Value = x.value(i)
	if x.w == nil || f.Of == OfTumour || f.BuiltIn == "age" || f.BuiltIn == "sex" {
		return
	}
	got, ok := x.w.facts.find(x.a.dict, f)
	if !ok {
		return
	}
	r.Basis = x.w.facts.footing(got)
	if got.panel >= 0 {
		r.When = x.w.facts.patient.Panels[got.panel].Date
	}
	if got.answer.When != "" {
		r.When = got.answer.When
	}
}

// value prints what is known of a slot.
func (x *teller) value(i int32) string {
	sl := &x.a.slots[i]
	switch sl.kind {
	case slotYesNo:
		return yesNoText(x.s.yesNo[sl.at])
	case slotNumber:
		return valueText(x.s.numbers[sl.at], sl.fact.Unit)
	}
	return choiceText(sl.fact, x.s.choices[sl.at], sl.full)
}

// relatives files a family fact person by person.
func (x *teller) relatives(e *expr, flip bool, sources []string) {
	q := &x.a.kin[x.a.slots[e.slot].family]
	a := x.reasonsOf(q, e.fact)
	if own := e.fact.Sources; len(own) > 0 {
		sources = own
	}
	if e.not {
		flip = !flip
	}
	m, from := x.memo(), x.cite(sources)
	for i := a.from; i < a.to; i++ {
		m.file(side(m.told[i], flip), int32(i), from)
	}
	if !a.shown {
		m.add(side(a.k, flip), Reason{Clause: e.fact.Label, Value: yesNoText(a.k), Source: from.text, URL: from.url, Fact: q.askedTopic})
	}
}

// beside reports whether a finding is beside the point: the person is none of
// those the rule is about.
func beside(r family.Reason) bool {
	switch r {
	case family.NotNearEnough, family.NotThatRelative, family.NotThatSex, family.NotByBlood:
		return true
	}
	return false
}

// finding puts one person's part in a family question into words, without the
// source.
func (x *teller) finding(q *kinQuestion, f *FactDef, found *family.Finding) Reason {
	g := &x.w.kin.graph
	r := Reason{Fact: q.askedTopic, Value: reasonSentences[found.Reason&63]}
	if found.Person < 0 {
		r.Who, r.Clause = "Relatives", f.Label
		return r
	}
	m := g.Member(found.Person)
	r.Who, r.Person, r.Clause = x.who(found.Person), m.ID, f.Label
	if found.Entry < 0 {
		return r
	}
	if q.relatives != nil && len(q.relatives.Lines) > 0 {
		n := &m.Numbers[found.Entry]
		def := x.a.dict.factByID[q.fact]
		r.Clause, r.Fact = def.Label, def.ID
		r.Value = valueText(n.Value, def.Unit)
		if !n.Age.IsAny() {
			r.Value += " at " + spanText(n.Age)
		}
		r.Basis = basisOfFinding(found.Reason)
		return r
	}
	c := &m.Conditions[found.Entry]
	r.Clause = x.a.dict.family.sentences[c.Kind]
	if q.ageText != "" {
		r.Clause += " " + q.ageText
	}
	r.Value = "age not known"
	if !c.Age.IsAny() {
		r.Value = withUnit(spanText(c.Age), "y")
	}
	if c.Present == truth.No {
		r.Value = "No"
	}
	switch c.Confirmed {
	case truth.Yes:
		r.Basis = "confirmed by a report"
	case truth.No:
		r.Basis = "not confirmed"
	default:
		r.Basis = "from the patient"
	}
	if found.Reason != family.Counts && found.Reason != family.AgeNotKnown && found.Reason != family.TooOld && found.Reason != family.AnswerNo {
		r.Basis = found.Reason.String()
	}
	return r
}

func basisOfFinding(r family.Reason) string {
	if r == family.Counts {
		return ""
	}
	return r.String()
}

// conditionName names a condition of the family vocabulary.
func (a *Area) conditionName(k family.Kind) string {
	if int(k) < len(a.dict.conditions) {
		return a.dict.conditions[k].Short
	}
	return a.dict.family.v.Conditions[k].Label
}
