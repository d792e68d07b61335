package rules

// FactType is the kind of answer a fact takes.
type FactType string

// The fact types.
const (
	YesNo      FactType = "yes_no"
	NumberFact FactType = "number"
	DateFact   FactType = "date"
	ChoiceFact FactType = "choice"
)

// Choice is one value a choice fact can have.
type Choice struct {
	Value string // as files and rules write it: "on_treatment"
	Label string // as people read it: "On treatment"
}

// Range is a closed stretch of numbers in a fact's own unit. Set says whether
// the dictionary gives one.
type Range struct {
	Lo, Hi float64
	Set    bool
}

// Holds reports whether v lies in the range; a range that is not set holds
// everything.
func (r Range) Holds(v float64) bool { return !r.Set || r.Lo <= v && v <= r.Hi }

// Unit is an accepted unit of a number fact: value × Factor is in the fact's
// own unit.
type Unit struct {
	Name   string
	Factor float64
}

// Subject is who a fact is about.
type Subject string

// The subjects.
const (
	OfPatient Subject = "patient"
	OfAnyone  Subject = "anyone" // relatives can have it too
	OfTumour  Subject = "tumour"
)

// Presumption is what may be taken for granted about a routing fact that
// nobody raised.
type Presumption struct {
	Value  string // "no", a choice value, or "not_used"
	Reason string // "not asked"
	Text   string // the sentence listed as provided: "no FH variant known in the family (not asked)"
}

// FactDef is one fact of the dictionary.
type FactDef struct {
	ID        string
	Type      FactType
	Of        Subject
	Unit      string
	Units     []Unit            // other accepted units, in file order
	UnitFacts map[string]string // units that do not convert: the fact that a value in them belongs to
	Possible  Range             // outside: rejected
	Plausible Range             // outside: asked again
	Decimals  int
	Label     string
	Short     string // for the one-line reason; the label when not given
	Help      string
	Question  string // the next-question wording; empty for derived facts
	Group     string // where forms show it
	Together  string // facts with the same word are answered in one go
	Topic     string // of: anyone — covered by asking this topic
	Condition string // yes is the same as this condition on the person
	Cost      int    // 1 ask, 2 examine, 5 blood test, 10 letter
	Choices   []Choice
	Headings  []string // spreadsheet columns that mean this fact
	Codes     map[string][]string
	Presume   *Presumption
	Area      string // id of the area that defines it; empty for shared facts
	Sources   []string
	BuiltIn   string // age, sex, alive, non_hdl, ldl_estimate …: taken from the case, not from its facts
	Sample    bool   // belongs to one blood sample: every panel has its own
	Rare      bool   // forms fold it away until it is answered, asked for or opened
	Derived   bool   // worked out from other facts, or a local setting; nobody types it about a patient
	Local     bool   // a local setting: about the practice, not about a patient
	Default   string // the value a local setting has until somebody changes it

	usualYes     float64
	usualChoice  map[string]float64
	usualSpan    Range
	untreatedOf  string   // the measurement this is the untreated, or the highest, value of
	measured     *FactDef // the fact untreatedOf names
	ageOf        string   // the untreated or highest value this is the age at
	measuredWhen *FactDef // the fact ageOf names
	highest      bool
	question     *familyQuestion
	at           *node
	index        int
}

// ChoiceIndex is the position of a choice value, -1 when it is none.
func (f *FactDef) ChoiceIndex(value string) int {
	for i := range f.Choices {
		if f.Choices[i].Value == value {
			return i
		}
	}
	return -1
}

// ChoiceLabel is the label of a choice value, the value itself when it is none.
func (f *FactDef) ChoiceLabel(value string) string {
	if i := f.ChoiceIndex(value); i >= 0 {
		return f.Choices[i].Label
	}
	return value
}

// UnitFactor gives the factor that turns a value in the unit into the fact's
// own unit; ok is false for a unit that is not accepted. Case and spaces do
// not matter.
func (f *FactDef) UnitFactor(unit string) (factor float64, ok bool) {
	if unit == "" || equalFold(unit, f.Unit) {
		return 1, true
	}
	for _, u := range f.Units {
		if equalFold(unit, u.Name) {
			return u.Factor, true
		}
	}
	return 0, false
}

// ConditionDef is a diagnosis anyone may have.
type ConditionDef struct {
	ID     string
	Label  string   // "Heart attack (myocardial infarction)"
	Short  string   // inside a sentence: "heart attack"
	Lay    []string // words people and records use
	Doubt  string   // what a family may have meant instead, said until it is confirmed
	Topic  string
	Is     []string // conditions it also counts as
	Sex    string   // female or male when only one sex at birth can have it
	Lists  []string // amsterdam2, bethesda, r210 …
	Site   string   // the tumour site that is this condition; empty for none
	Codes  map[string][]string
	Area   string
	index  int
	at     *node
	counts []int // indexes of the conditions that count as this one, itself included
}

// IsTumour reports whether it is a tumour with a site.
func (c *ConditionDef) IsTumour() bool { return c.Site != "" }

// TopicDef is something a whole family can be asked about in one go.
type TopicDef struct {
	ID       string
	Label    string
	Question string
	Cost     int
	at       *node
}

// Dictionary is every topic, condition and fact, for forms, import and parsing.
type Dictionary struct {
	topics     []*TopicDef
	conditions []*ConditionDef
	facts      []*FactDef

	topicByID     map[string]*TopicDef
	conditionByID map[string]*ConditionDef
	factByID      map[string]*FactDef
	siteCondition map[string]*ConditionDef
	family        *familyVocabulary
}

// Fact is the fact of that id, nil when there is none.
func (d *Dictionary) Fact(id string) *FactDef { return d.factByID[id] }

// Facts is every fact, shared ones first, in file order.
func (d *Dictionary) Facts() []*FactDef { return d.facts }

// Condition is the condition of that id, nil when there is none.
func (d *Dictionary) Condition(id string) *ConditionDef { return d.conditionByID[id] }

// signOf is the yes/no fact about the patient that says the same as a
// condition, nil when there is none.
func (d *Dictionary) signOf(condition string) *FactDef {
	for _, f := range d.facts {
		if f.Condition == condition && f.Type == YesNo {
			return f
		}
	}
	return nil
}

// Conditions is every condition in file order.
func (d *Dictionary) Conditions() []*ConditionDef { return d.conditions }

// ConditionOfSite is the condition that a tumour of the site is, nil for none.
func (d *Dictionary) ConditionOfSite(site string) *ConditionDef { return d.siteCondition[site] }

// Topic is the topic of that id, nil when there is none.
func (d *Dictionary) Topic(id string) *TopicDef { return d.topicByID[id] }

// Topics is every topic in file order.
func (d *Dictionary) Topics() []*TopicDef { return d.topics }
