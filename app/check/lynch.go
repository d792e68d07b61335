package check

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"kindred/rules"
	"kindred/rules/truth"
)

// lynchSystems are the worked-case systems that the Lynch area answers. Every
// answer comes from the area's own files through the engine and the family
// rules; here inputs are only given the engine's words, and verdicts the words
// of the case files.
func lynchSystems(lib *rules.Library, book *rules.Book) (map[string]System, error) {
	area := book.Area("lynch")
	if area == nil {
		return nil, errors.New("the rules hold no area lynch, so its worked cases cannot be checked")
	}
	l := lynchCheck{dictionary: lib.Dictionary(), area: area}
	return map[string]System{
		"AmsterdamII":     l.amsterdam,
		"RevisedBethesda": l.bethesda,
		"DG27":            l.dg27,
		"DG42":            l.dg42,
		"R210":            l.r210,
		"BSG_FH_risk":     l.bsg,
	}, nil
}

type lynchCheck struct {
	dictionary *rules.Dictionary
	area       *rules.Area
}

// undecided is the result where what is not known leaves several open.
const undecided = "INDETERMINATE"

// lynchCase is a family in the making; the patient stands first.
type lynchCase struct {
	check    lynchCheck
	people   []rules.Person
	asked    int // degree up to which cancer was asked for; below 0 for nobody
	unknown  []string
	settings map[string]string  // local settings the row states
	assumed  map[string]truth.K // criteria the row states outright
	stated   map[string]truth.K // facts the row states outright
	problems []error
}

func (l lynchCheck) start() *lynchCase {
	return &lynchCase{
		check: l, asked: wholeFamily,
		people: []rules.Person{{
			ID: "p", Age: truth.Any(), Alive: truth.Yes, Facts: map[string]rules.Answer{},
		}},
		assumed: map[string]truth.K{}, stated: map[string]truth.K{},
	}
}

func (c *lynchCase) patient() *rules.Person { return &c.people[0] }

func (c *lynchCase) note(err error) {
	if err != nil {
		c.problems = append(c.problems, err)
	}
}

// evaluate hands the family to the engine. The error of an impossible family
// is told apart from rows that cannot be read.
func (c *lynchCase) evaluate() (*rules.Evaluation, error) {
	if err := errors.Join(c.problems...); err != nil {
		return nil, err
	}
	full := &rules.Case{Patient: c.patient().ID, People: c.people, UnknownSides: c.unknown, Settings: c.settings}
	if c.asked >= 0 {
		full.Asked = map[string]int{"cancer": c.asked}
	}
	in, err := c.check.area.InputsFrom(full)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errImpossible, err)
	}
	for fact, k := range c.stated {
		if err := in.SetYesNo(fact, k); err != nil {
			return nil, err
		}
	}
	for criterion, k := range c.assumed {
		if err := in.Assume(criterion, k); err != nil {
			return nil, err
		}
	}
	return c.check.area.Evaluate(in)
}

// local reads the local settings a row states; a laboratory's own rows may.
func (c *lynchCase) local(in Inputs) {
	settings, err := in.Object("settings")
	c.note(err)
	for _, id := range settings.Keys() {
		value, err := settings.Text(id)
		c.note(err)
		if err := c.check.dictionary.CheckSetting(id, value); err != nil {
			c.note(err)
			continue
		}
		if c.settings == nil {
			c.settings = map[string]string{}
		}
		c.settings[id] = value
	}
}

// errImpossible marks a family that cannot be so.
var errImpossible = errors.New("the family cannot be so")

// cancers reads a list of cancers of one person; known is false when nobody
// asked. The word of a cancer may be any the dictionary knows for it.
func (c *lynchCase) cancers(in Inputs, key string, confirmed truth.K) (list []rules.Condition, known bool) {
	items, known, err := in.List(key)
	c.note(err)
	for _, item := range items {
		list = append(list, c.cancer(item, confirmed))
	}
	return list, known
}

// cancer reads one cancer: its site, the age at diagnosis, whether a report
// confirmed it.
func (c *lynchCase) cancer(in Inputs, confirmed truth.K) rules.Condition {
	site, err := in.Text("site")
	c.note(err)
	age := c.age(in, "age")
	for _, key := range []string{"confirmed", "verified", "histology_verified"} {
		if in.Known(key) {
			k, err := in.YesNo(key)
			c.note(err)
			confirmed = k
		}
	}
	present := truth.Yes
	name := "colorectal_cancer"
	if site == "" {
		present = truth.Unknown // some cancer, but which is not known
	} else if def := c.check.condition(site); def != nil {
		name = def.ID
	} else {
		c.note(fmt.Errorf("no cancer is called %q", site))
	}
	return rules.Condition{Name: name, Age: age, Confirmed: confirmed, Present: present}
}

// age reads an age in completed years: a known fraction is cut off.
func (c *lynchCase) age(in Inputs, key string) truth.Span {
	s, err := in.Number(key)
	c.note(err)
	return s
}

// siteWords are words of pathology for sites that the dictionary's lay words
// leave out.
var siteWords = map[string]string{
	"crc": "colorectal_cancer", "colorectum": "colorectal_cancer", "caecum": "colorectal_cancer", "cecum": "colorectal_cancer",
	"rectosigmoid": "colorectal_cancer", "sigmoid": "colorectal_cancer", "large bowel": "colorectal_cancer",
	"ec": "endometrial_cancer", "endometrium": "endometrial_cancer", "uterus": "endometrial_cancer", "corpus uteri": "endometrial_cancer",
	"ovarian epithelial": "ovarian_cancer", "epithelial ovarian": "ovarian_cancer", "ovary epithelial": "ovarian_cancer",
	"fallopian tube": "ovarian_cancer", "small intestine": "small_bowel_cancer", "duodenal": "small_bowel_cancer",
	"ureteric": "ureter_cancer", "ureteral": "ureter_cancer", "upper urinary tract": "ureter_cancer",
	"renal pelvis transitional": "renal_pelvis_cancer", "renal pelvis tcc": "renal_pelvis_cancer",
	"pancreatic": "pancreatic_cancer", "gallbladder": "biliary_cancer", "biliary": "biliary_cancer", "biliary tract": "biliary_cancer",
	"brain": "glioblastoma", "glioma": "glioblastoma", "sebaceous": "sebaceous_tumour", "sebaceous adenoma": "sebaceous_tumour",
	"sebaceous carcinoma": "sebaceous_tumour", "prostatic": "prostate_cancer", "urinary bladder": "bladder_cancer",
	"adenoma": "other_cancer", "colorectal adenoma": "other_cancer", "polyp": "other_cancer",
	"cervical": "other_cancer", "skin": "other_cancer", "oesophageal": "other_cancer", "renal": "other_cancer",
	"renal cell": "other_cancer", "hepatocellular": "other_cancer", "haematological": "other_cancer",
}

// condition finds the cancer that a word means: an id, a tumour site, a lay
// word of the dictionary or a word of pathology.
func (l lynchCheck) condition(word string) *rules.ConditionDef {
	word = spaced(word)
	for _, w := range []string{word, strings.TrimSuffix(word, " cancer"), strings.TrimSuffix(word, " carcinoma")} {
		for _, def := range l.dictionary.Conditions() {
			if def.Topic != "cancer" {
				continue
			}
			same := func(s string) bool { return spaced(s) == w }
			if same(def.ID) || same(def.Site) || same(def.Short) || slices.ContainsFunc(def.Lay, same) {
				return def
			}
		}
		if id, ok := siteWords[w]; ok {
			return l.dictionary.Condition(id)
		}
	}
	return nil
}

// spaced writes a word in small letters with single spaces.
func spaced(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '/' }), " ")
}

// own gives the patient a tumour, or a condition where the cancer has no site.
func (c *lynchCase) own(cancer rules.Condition, states rules.Tumour) {
	p := c.patient()
	def := c.check.dictionary.Condition(cancer.Name)
	if def == nil || def.Site == "" || cancer.Present != truth.Yes {
		p.Conditions = append(p.Conditions, cancer)
		return
	}
	states.Site, states.Age, states.Confirmed = def.Site, cancer.Age, cancer.Confirmed
	if states.Neoadjuvant == truth.Never {
		states.Neoadjuvant = truth.Unknown
	}
	if states.MSIHHistology == truth.Never {
		states.MSIHHistology = truth.Unknown
	}
	p.Tumours = append(p.Tumours, states)
}

// notAsked records that nobody asked whether the person had cancer.
func notAsked(p *rules.Person) {
	p.Conditions = append(p.Conditions, rules.Condition{
		Name: "colorectal_cancer", Age: truth.Any(), Confirmed: truth.Unknown, Present: truth.Unknown,
	})
}
