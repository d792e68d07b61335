package rules

import (
	"math/bits"
	"slices"
	"strings"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// The tumours of relatives go through the same decision tables as the
// patient's. Where a step says so (`relative:`), whoever has a tumour that stands
// there counts as having that condition, so that family questions can ask for
// it; and a cancer whose tumour has not reached the end of a pathway counts as
// untested (`tumour: untested` in a family question).

// KinTumour is where a relative's tumour stands, as far as a laboratory reported
// on it.
type KinTumour struct {
	Person  string `json:"person"`
	Who     string `json:"who"`  // "Mother"
	Cancer  string `json:"what"` // "bowel cancer 45"
	Tumour  int    `json:"tumour"`
	Results string `json:"results"` // what is out of the ordinary: "MSH2 lost, MSH6 lost"
	Pathway string `json:"pathway"`
	Step    string `json:"step"`
	Text    string `json:"text"` // the step in words
	Basis   string `json:"basis"`
	Source  string `json:"source"`
}

// stepped is a relative's tumour in a decision table.
type stepped struct {
	person, tumour int
	area           *Area
	pathway, step  int
	row            int
}

// untestedKind is the made-up condition "this cancer, tumour not tested" of a
// condition with a site; ok is false for others.
func (v *familyVocabulary) untestedKind(condition int) (k family.Kind, ok bool) {
	if condition >= len(v.untested) || v.untested[condition] == 0 {
		return 0, false
	}
	return v.untested[condition], true
}

// addUntested adds a made-up condition for every cancer that has a site. Its id
// and name are those of the cancer: they stand in questions about a person.
func (v *familyVocabulary) addUntested(d *Dictionary) {
	v.untested = make([]family.Kind, len(d.conditions))
	for i, c := range d.conditions {
		if c.Site != "" {
			v.untested[i] = family.Kind(len(v.v.Conditions))
			v.v.Conditions = append(v.v.Conditions, v.v.Conditions[i])
		}
	}
}

// steps reads every tumour of a person through the tables of all areas.
func (k *kin) steps(c *Case, person int) {
	p := &c.People[person]
	for t := range p.Tumours {
		if !testedTissue(&p.Tumours[t]) {
			continue
		}
		for _, a := range k.areas {
			for i := range a.pathways {
				if step, row, ok := a.stepOf(i, &p.Tumours[t], c, &k.split); ok {
					k.stepped = append(k.stepped, stepped{person: person, tumour: t, area: a, pathway: i, step: step, row: row})
				}
			}
		}
	}
}

// stepOf finds where one tumour stands; ok is false for a site the table is not
// for, and where it depends on something not known about the patient. A result
// nobody recorded was not done, as far as anybody here can tell.
func (a *Area) stepOf(p int, t *Tumour, c *Case, split *splitter) (step, row int, ok bool) {
	w := &a.pathways[p]
	site := uint64(0)
	for i, known := range a.sites {
		if known == t.Site {
			site = 1 << i
		}
	}
	if site&w.sites == 0 {
		return 0, 0, false
	}
	var from box
	for col, slot := range w.table.cols {
		sl := &a.slots[slot]
		from[col] = w.table.full[col]
		switch {
		case sl.fact.Local:
			facts := patientFacts{c: c}
			if got := facts.setting(sl.fact).answer; sl.kind == slotChoice {
				from[col] = a.choiceBit(sl.fact, got.Choice, sl.full)
			} else {
				from[col] = uint32(got.Bool)
			}
		case sl.tumour && sl.kind == slotChoice:
			value := "not_done"
			for _, f := range tumourFields(t) {
				if f.fact == sl.fact.ID && *f.at != "" {
					value = *f.at
				}
			}
			if sl.fact.ID == "tumour.site" {
				value = t.Site
			}
			from[col] = a.choiceBit(sl.fact, value, sl.full)
		}
	}
	steps, rows := w.table.steps(from, split)
	if bits.OnesCount64(steps) != 1 {
		return 0, 0, false
	}
	for i := range w.table.rows {
		if rows.has(i) {
			return bits.TrailingZeros64(steps), i, true
		}
	}
	return 0, 0, false
}

// withSteps adds to a person's conditions what the steps of their tumours say,
// and marks the cancers whose tumour is not at the end of a pathway.
func (k *kin) withSteps(d *Dictionary, c *Case, person int, conditions []family.Condition) []family.Condition {
	p := &c.People[person]
	first := len(k.stepped)
	if p.ID == c.Patient {
		return conditions // theirs are worked out by each area, with what is not known
	}
	k.steps(c, person)
	mine := k.stepped[first:]
	for i := range mine {
		s := &mine[i]
		id := s.area.relativeCondition(s, p)
		if def := d.conditionByID[id]; def != nil && !k.said(conditions, def, &p.Tumours[s.tumour]) {
			conditions = append(conditions, family.Condition{Kind: family.Kind(def.index), Age: p.Tumours[s.tumour].Age, Confirmed: truth.Yes, Present: truth.Yes})
		}
	}
	var taken uint64
	for i := range len(conditions) {
		kind, ok := d.family.untestedKind(int(conditions[i].Kind))
		if !ok || conditions[i].Present == truth.No {
			continue
		}
		if !k.ended(d, p, mine, conditions[i], &taken) {
			e := conditions[i]
			e.Kind = kind
			conditions = append(conditions, e)
		}
	}
	return conditions
}

// said reports whether a condition stands there already at an age that may be
// the same.
func (k *kin) said(conditions []family.Condition, def *ConditionDef, t *Tumour) bool {
	for i := range conditions {
		if e := &conditions[i]; int(e.Kind) == def.index && e.Present != truth.No {
			if _, meets := e.Age.Meet(t.Age); meets {
				return true
			}
		}
	}
	return false
}

// relativeCondition is what somebody counts as having whose tumour stands at a
// step: another thing where the gene test that the step may lead to was done and
// found nothing sure, and nothing where it found the variant.
func (a *Area) relativeCondition(s *stepped, p *Person) string {
	step := &a.pathways[s.pathway].def.steps[s.step]
	if a.src.cascade != nil {
		switch p.Facts[a.src.cascade.result].Choice {
		case "positive":
			return ""
		case "negative", "vus":
			return step.RelativeTested
		}
	}
	return step.Relative
}

// ended reports whether a cancer is a tumour at the end of a pathway; each
// tumour is one cancer.
func (k *kin) ended(d *Dictionary, p *Person, mine []stepped, e family.Condition, taken *uint64) bool {
	for i := range mine {
		s := &mine[i]
		t := &p.Tumours[s.tumour]
		def := d.siteCondition[t.Site]
		if def == nil || family.Kind(def.index) != e.Kind || *taken>>(s.tumour&63)&1 != 0 {
			continue
		}
		if _, meets := t.Age.Meet(e.Age); meets && s.area.pathways[s.pathway].verdict[s.step] != truth.Unknown {
			*taken |= 1 << (s.tumour & 63)
			return true
		}
	}
	return false
}

// kinTumours lists where the tumours of relatives stand in this area's tables.
func (x *teller) kinTumours() []KinTumour {
	var out []KinTumour
	for i := range x.kinSteps() {
		s := &x.w.kin.stepped[i]
		if s.area != x.a {
			continue
		}
		w := &x.a.pathways[s.pathway]
		p := &x.c.People[s.person]
		t := &p.Tumours[s.tumour]
		cancer := ""
		if def := x.a.dict.siteCondition[t.Site]; def != nil {
			cancer = def.Short
		}
		if !t.Age.IsAny() {
			cancer += " " + spanText(t.Age)
		}
		out = append(out, KinTumour{
			Person: p.ID, Who: x.who(s.person), Cancer: cancer, Tumour: s.tumour, Results: x.a.resultsOf(t),
			Pathway: w.def.id, Step: w.def.steps[s.step].ID, Text: w.def.steps[s.step].Text,
			Basis: w.table.rows[s.row].basis, Source: x.sources(w.def.sources),
		})
	}
	return out
}

// tellNotDone adds to what the advice rests on that results of a relative's
// tumour which nobody recorded were taken as not done, where that matters: the
// tumour is not at the end of its pathway, or at one that names the relative.
func (x *teller) tellNotDone(out *AreaAdvice) {
	for i := range x.kinSteps() {
		s := &x.w.kin.stepped[i]
		if s.area != x.a {
			continue
		}
		w := &x.a.pathways[s.pathway]
		if w.verdict[s.step] == truth.No || !x.a.unreported(w.table, &x.c.People[s.person].Tumours[s.tumour]) {
			continue
		}
		out.Provided = append(out.Provided, lowered(x.who(s.person))+"'s tumour: results not recorded were not done")
	}
}

// kinSteps are the tumours of relatives in the tables of all areas.
func (x *teller) kinSteps() []stepped {
	if x.w == nil {
		return nil
	}
	return x.w.kin.stepped
}

// unreported reports whether a result that a table asks for was not recorded.
func (a *Area) unreported(t *decisionTable, tumour *Tumour) bool {
	for _, f := range tumourFields(tumour) {
		if *f.at == "" && slices.ContainsFunc(t.cols, func(slot int32) bool { return a.slots[slot].fact.ID == f.fact }) {
			return true
		}
	}
	return false
}

// resultsOf names the results of a tumour; of a panel those that are out of the
// ordinary (the first choice is the ordinary one).
func (a *Area) resultsOf(t *Tumour) string {
	var out []string
	for _, f := range tumourFields(t) {
		def := a.dict.Fact(f.fact)
		switch {
		case def == nil || f.fact == "tumour.tissue" || *f.at == "" || *f.at == "not_done":
			continue
		case def.Together != "" && def.ChoiceIndex(*f.at) == 0:
			continue // one of a panel, as in anybody
		}
		out = append(out, a.brief(def)+" "+lowered(def.ChoiceLabel(*f.at)))
	}
	if len(out) == 0 {
		return "nothing lost"
	}
	return listed(out)
}

// kinTumourText names the tumours of relatives that stand at one of the steps,
// with what to do: "mother, bowel cancer 45 (MSH2 lost): offer …"; without any
// (the condition was entered by hand), what stands after the colon.
func (x *teller) kinTumourText(arg string) string {
	steps, otherwise, _ := strings.Cut(arg, ":")
	var out []string
	for _, t := range x.kinTumours() {
		if slices.Contains(strings.Fields(steps), t.Step) {
			out = append(out, lowered(t.Who)+", "+t.Cancer+" ("+t.Results+"): "+lowered(t.Text))
		}
	}
	if len(out) == 0 {
		return strings.TrimSpace(otherwise)
	}
	return strings.Join(out, "; ")
}
