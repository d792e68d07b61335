package rules

import (
	"cmp"
	"math"
	"slices"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// familyVocabulary is the dictionary as the family rules know it: conditions,
// then one made-up condition for each value a choice fact of a relative can
// have ("genetics.fh=positive"), so that rules can ask about those too.
type familyVocabulary struct {
	v      family.Vocabulary
	number map[string]family.Fact // number facts of anyone
	choice []choiceFact           // choice facts of anyone
	signs  []signFact             // yes/no facts that are conditions

	sentences []string // the name of every condition, to start a line with

	untested []family.Kind // by condition: the same with a tumour not tested; 0 for none
}

// signFact is a yes/no fact that says the same as a condition.
type signFact struct {
	fact string
	def  *FactDef
	kind family.Kind
}

// choiceFact is a choice fact of anyone: its choices are made-up conditions,
// numbered from first on.
type choiceFact struct {
	def   *FactDef
	first family.Kind
}

// newFamilyVocabulary numbers the dictionary for the family rules.
func newFamilyVocabulary(d *Dictionary, p *loadProblems) *familyVocabulary {
	out := &familyVocabulary{number: map[string]family.Fact{}}
	topic := map[string]family.Topic{}
	for i, t := range d.topics {
		topic[t.ID] = family.Topic(i)
		out.v.Topics = append(out.v.Topics, t.ID)
	}
	for _, c := range d.conditions {
		sex, _ := family.ParseSex(c.Sex)
		out.v.Conditions = append(out.v.Conditions, family.ConditionDef{ID: c.ID, Label: c.Short, Topic: topic[c.Topic], OnlySex: sex})
	}
	for _, f := range d.facts {
		switch {
		case f.Of == OfAnyone && f.Type == NumberFact && f.Topic != "":
			out.number[f.ID] = family.Fact(len(out.v.Numbers))
			out.v.Numbers = append(out.v.Numbers, family.NumberDef{ID: f.ID, Label: f.Label, Topic: topic[f.Topic]})
		case f.Of == OfAnyone && f.Type == ChoiceFact && f.Topic != "":
			out.choice = append(out.choice, choiceFact{f, family.Kind(len(out.v.Conditions))})
			for _, c := range f.Choices {
				out.v.Conditions = append(out.v.Conditions, family.ConditionDef{ID: f.ID + "=" + c.Value, Label: f.Label + ": " + c.Label, Topic: topic[f.Topic]})
			}
		case f.Condition != "" && d.conditionByID[f.Condition] != nil:
			out.signs = append(out.signs, signFact{f.ID, f, family.Kind(d.conditionByID[f.Condition].index)})
		}
	}
	out.addUntested(d)
	for k := range out.v.Conditions {
		name := out.v.Conditions[k].Label
		if k < len(d.conditions) {
			name = d.conditions[k].Short
		}
		out.sentences = append(out.sentences, sentence(name))
	}
	if len(out.v.Conditions) > 256 || len(out.v.Numbers) > 256 || len(out.v.Topics) > 64 {
		p.add("facts.yaml", 1, 1, "there are more conditions, numbers of relatives or topics than the family rules can hold (256, 256, 64)")
	}
	return out
}

// kin turns the people of a case into a family graph; it is reused from case to
// case so that filling it allocates nothing once it has grown.
type kin struct {
	fam   family.Family
	graph family.Graph

	areas   []*Area // whose tables the tumours of relatives go through; none to look at the family alone
	stepped []stepped
	split   splitter
}

// build works out the family of a case. The error is family.Problems.
func (k *kin) build(d *Dictionary, c *Case) error {
	v := d.family
	k.fam.Patient = c.Patient
	k.fam.UnknownSides = 0
	for _, s := range c.UnknownSides {
		if s == "maternal" {
			k.fam.UnknownSides |= family.Maternal
		} else {
			k.fam.UnknownSides |= family.Paternal
		}
	}
	k.fam.Asked = k.fam.Asked[:0]
	for _, t := range d.topics {
		asked := int8(-1)
		if n, ok := c.Asked[t.ID]; ok {
			asked = int8(min(n, 100))
		}
		k.fam.Asked = append(k.fam.Asked, asked)
	}
	for len(k.fam.Members) < len(c.People) {
		k.fam.Members = append(k.fam.Members, family.Member{})
	}
	k.fam.Members = k.fam.Members[:len(c.People)]
	k.stepped = k.stepped[:0]
	for i := range c.People {
		k.member(d, v, c, i, &k.fam.Members[i])
	}
	k.withoutBlood(c)
	return k.graph.Build(&v.v, &k.fam)
}

func (k *kin) member(d *Dictionary, v *familyVocabulary, c *Case, person int, m *family.Member) {
	p := &c.People[person]
	sex, _ := family.ParseSex(p.Sex)
	conditions, numbers := m.Conditions[:0], m.Numbers[:0]
	patient := p.ID == k.fam.Patient
	for i := range p.Conditions {
		c := &p.Conditions[i]
		if def := d.conditionByID[c.Name]; def != nil {
			conditions = append(conditions, family.Condition{Kind: family.Kind(def.index), Age: c.Age, Confirmed: c.Confirmed, Present: c.Present})
		}
	}
	conditions = withTumours(d, p, conditions)
	if len(conditions) > 0 {
		conditions = k.withSteps(d, c, person, conditions)
	}
	if len(p.Facts) > 0 || patient {
		conditions = v.withFacts(p, patient, conditions)
	}
	slices.SortStableFunc(conditions, beforeCondition)
	numbers = v.withNumbers(p.Facts, p.Age, numbers)
	for i := range p.Panels {
		numbers = v.withNumbers(p.Panels[i].Facts, p.Panels[i].Age, numbers)
	}
	*m = family.Member{
		ID: p.ID, Relation: p.Relation, Mother: p.Mother, Father: p.Father, Sex: sex, Age: p.Age, Alive: p.Alive,
		Conditions: conditions, Numbers: numbers,
	}
}

// beforeCondition orders the diagnoses of a person, so that the order in which
// they were taken changes nothing, the evidence included.
func beforeCondition(a, b family.Condition) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Age.Lo, b.Age.Lo), cmp.Compare(a.Age.Hi, b.Age.Hi), cmp.Compare(a.Confirmed, b.Confirmed), cmp.Compare(a.Present, b.Present))
}

// withTumours adds the tumours of a person: each is also that cancer. A cancer
// that was listed as a condition too, at an age that may be the same, is the
// same one.
func withTumours(d *Dictionary, p *Person, conditions []family.Condition) []family.Condition {
	listed := len(conditions)
	var taken uint64
	for i := range p.Tumours {
		t := &p.Tumours[i]
		def := d.siteCondition[t.Site]
		if def == nil {
			continue
		}
		c := family.Condition{Kind: family.Kind(def.index), Age: t.Age, Confirmed: t.Confirmed, Present: truth.Yes}
		if c.Confirmed != truth.No && testedTissue(t) {
			c.Confirmed = truth.Yes // a laboratory held the tissue: that is the report
		}
		same := -1
		for j := range min(listed, 64) {
			if e := &conditions[j]; e.Kind == c.Kind && taken>>j&1 == 0 && e.Present != truth.No {
				if _, meets := e.Age.Meet(c.Age); meets {
					same = j
					break
				}
			}
		}
		if same < 0 {
			conditions = append(conditions, c)
			continue
		}
		taken |= 1 << same
		e := &conditions[same]
		e.Age, _ = e.Age.Meet(c.Age)
		e.Present = truth.Yes
		if e.Confirmed == truth.Unknown || c.Confirmed == truth.Yes {
			e.Confirmed = c.Confirmed
		}
	}
	return conditions
}

// testedTissue reports whether a laboratory gave any result on the tumour.
func testedTissue(t *Tumour) bool {
	for _, state := range [...]string{t.MLH1, t.PMS2, t.MSH2, t.MSH6, t.MSI, t.BRAF, t.Methylation} {
		if state != "" && state != "not_done" {
			return true
		}
	}
	return false
}

// withFacts adds what facts say about conditions. A sign nobody looked for in
// the patient is not known, whatever the family was asked.
func (v *familyVocabulary) withFacts(p *Person, patient bool, conditions []family.Condition) []family.Condition {
	for _, s := range v.signs {
		a, given := p.Facts[s.fact]
		if given && a.Bool != truth.Unknown || patient && !hasKind(conditions, s.kind) {
			present := truth.Unknown
			if given {
				present = a.Bool
			}
			conditions = append(conditions, family.Condition{Kind: s.kind, Age: truth.Any(), Confirmed: truth.Unknown, Present: present})
		}
	}
	for _, f := range v.choice {
		a, given := p.Facts[f.def.ID]
		if !given || a.Choice == "" {
			continue
		}
		for i := range f.def.Choices {
			conditions = append(conditions, family.Condition{
				Kind: f.first + family.Kind(i), Age: truth.Any(), Confirmed: truth.Unknown, Present: truth.Of(f.def.Choices[i].Value == a.Choice),
			})
		}
	}
	return conditions
}

func hasKind(conditions []family.Condition, k family.Kind) bool {
	for i := range conditions {
		if conditions[i].Kind == k {
			return true
		}
	}
	return false
}

// withNumbers adds measurements. Plain facts are the current ones, so they are
// taken at the age given with them or at the person's age; on treatment the
// untreated value is at least what was measured.
func (v *familyVocabulary) withNumbers(facts map[string]Answer, age truth.Span, numbers []family.Number) []family.Number {
	if len(facts) == 0 {
		return numbers
	}
	if a, ok := facts["lipid.age"]; ok && !a.Number.IsAny() {
		age = a.Number
	}
	treated := facts["lipid.basis"].Choice == "on_treatment"
	for _, n := range v.v.Numbers {
		a, given := facts[n.ID]
		if !given || a.Number.IsAny() {
			continue
		}
		value := a.Number
		if treated {
			value.Hi = math.Inf(1)
		}
		numbers = append(numbers, family.Number{Fact: v.number[n.ID], Value: value, Age: age})
	}
	return numbers
}
