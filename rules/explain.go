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
	room     []Reason // memory for reasons
}

// criterion explains one criterion.
func (x *teller) criterion(cr *criterion) CriterionVerdict {
	k := x.s.values[cr.node]
	v := CriterionVerdict{
		ID: cr.def.id, Name: cr.name, Text: cr.def.text, Verdict: k.String(), Source: x.sources(cr.def.sources),
	}
	x.gather(&v)
	if cr.loop >= 0 {
		x.tumourReasons(cr, &v)
	} else {
		x.reasons(cr.when, false, cr.def.sources, &v)
	}
	x.ensure(k, &v, cr)
	x.gathered(&v)
	return v
}

// ensure gives every verdict at least one reason on its own side.
func (x *teller) ensure(k truth.K, v *CriterionVerdict, cr *criterion) {
	bin := bin(v, k)
	if len(*bin) == 0 {
		*bin = append(*bin, Reason{Clause: cr.name, Value: yesNoText(k), Source: x.sources(cr.def.sources)})
	}
}

// bin is the list of reasons for an answer.
func bin(v *CriterionVerdict, k truth.K) *[]Reason {
	switch k {
	case truth.Yes:
		return &v.For
	case truth.No:
		return &v.Against
	}
	return &v.Unknown
}

// tumourReasons explains a criterion about single tumours, tumour by tumour.
func (x *teller) tumourReasons(cr *criterion, v *CriterionVerdict) {
	mask := x.a.siteBits(cr.def.sites)
	for t := range x.s.tumours {
		ts := &x.s.tumours[t]
		if ts.site&mask == 0 {
			continue
		}
		if ts.exists == truth.Unknown {
			v.Unknown = append(v.Unknown, Reason{Who: "Patient", Clause: sentence(x.a.dict.siteCondition[x.a.siteName(ts.site)].Short), Value: "Not known", Source: x.sources(cr.def.sources), Fact: "asked." + x.a.dict.siteCondition[x.a.siteName(ts.site)].Topic})
			continue
		}
		o := &x.a.ops[cr.node]
		x.a.look(x.s, t)
		x.a.run(x.s, int(cr.node)+1, int(o.b))
		x.reasons(cr.when, false, cr.def.sources, v)
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
func (x *teller) reasons(e *expr, flip bool, sources []string, v *CriterionVerdict) {
	if e.join != joinLeaf {
		for _, k := range e.kids {
			x.reasons(k, flip != (e.join == joinNone), sources, v)
		}
		return
	}
	if e.kind == leafCriterion && x.depth < 8 {
		cr := &x.a.criteria[e.ref]
		if cr.loop >= 0 {
			x.line(e, flip, sources, v)
			return
		}
		x.depth++
		x.reasons(cr.when, flip != e.not, cr.def.sources, v)
		x.depth--
		return
	}
	if e.kind == leafFact && x.a.slots[e.slot].family >= 0 && x.w != nil {
		x.relatives(e, flip, sources, v)
		return
	}
	x.line(e, flip, sources, v)
}

// line files one line.
func (x *teller) line(e *expr, flip bool, sources []string, v *CriterionVerdict) {
	if e.fact != nil && x.a.slots[e.slot].notUsed && !x.s.recorded[e.slot] {
		return // an optional route nobody took says nothing
	}
	x.file(v, side(x.s.values[e.node], flip), x.reason(e, sources))
}

// reason is one line with what the record says about it.
func (x *teller) reason(e *expr, sources []string) Reason {
	clause := e.text
	if clause == "" {
		clause = x.a.clause(x.s, e)
	}
	var r Reason
	if e.fact != nil {
		r = x.recordOf(e.fact, e.slot)
	}
	r.Clause, r.Source, r.URL = clause, x.sources(sources), x.url(sources)
	switch e.kind {
	case leafNumber, leafScore:
		if t := &x.a.thresholds[e.param]; len(t.source) > 0 {
			r.Source, r.URL = x.sources(t.source), x.url(t.source)
		}
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
	r.Basis = got.basis.text()
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
func (x *teller) relatives(e *expr, flip bool, sources []string, v *CriterionVerdict) {
	q := &x.a.kin[x.a.slots[e.slot].family]
	a := x.reasonsOf(q, e.fact)
	if own := e.fact.Sources; len(own) > 0 {
		sources = own
	}
	if e.not {
		flip = !flip
	}
	source, url := x.sources(sources), x.url(sources)
	reasons := x.memo().reasons[a.from:a.to]
	for i := range reasons {
		r := reasons[i].r
		r.Source, r.URL = source, url
		x.file(v, side(reasons[i].says, flip), r)
	}
	if !a.shown {
		to := bin(v, side(a.k, flip))
		*to = append(*to, Reason{Clause: e.fact.Label, Value: yesNoText(a.k), Source: source, URL: url, Fact: q.askedTopic})
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

// file adds a reason once.
func (x *teller) file(v *CriterionVerdict, k truth.K, r Reason) {
	to := bin(v, k)
	for i := range *to {
		have := &(*to)[i]
		if have.Clause == r.Clause && have.Who == r.Who && have.Value == r.Value {
			return
		}
	}
	*to = append(*to, r)
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
