package check

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"kindred/rules"
	"kindred/rules/truth"
)

// fhSystems are the worked-case systems that the FH area answers. Every answer
// comes from the area's own files through the engine; here inputs are only
// given the engine's words, and verdicts the case files' words.
func fhSystems(lib *rules.Library, book *rules.Book) (map[string]System, error) {
	area := book.Area("fh")
	if area == nil {
		return nil, errors.New("the rules hold no area fh, so its worked cases cannot be checked")
	}
	f := fhCheck{lib: lib, area: area}
	return map[string]System{
		"SIMON_BROOME":  f.simonBroome,
		"DLCN":          f.dlcn,
		"NICE_CASEFIND": f.caseFinding,
		"NICE_RELATIVE": f.relative,
		"HOFH":          f.homozygous,
		"R134":          f.r134,
		"MEDPED":        f.medped,
		"CANADA_2018":   f.canada,
		"EAS_PAED":      f.easChildren,
	}, nil
}

type fhCheck struct {
	lib  *rules.Library
	area *rules.Area
}

// fhCase is a case in the making: the patient, relatives as the row gives
// them, and facts that rows state outright (a first-degree relative with
// xanthoma) and that the engine would else work out from people.
type fhCase struct {
	check    fhCheck
	in       Inputs
	patient  rules.Person
	people   []rules.Person
	asked    map[string]int
	stated   map[string]truth.K
	problems []error
}

func (f fhCheck) start(in Inputs) *fhCase {
	c := &fhCase{check: f, in: in, asked: map[string]int{}, stated: map[string]truth.K{}}
	c.patient = rules.Person{
		ID: "p", Age: c.number("age"), Alive: truth.Yes, Facts: map[string]rules.Answer{},
	}
	c.patient.Sex = c.word("sex", sexWords)
	return c
}

var (
	sexWords   = map[string]string{"m": "male", "f": "female", "male": "male", "female": "female", "unknown": ""}
	basisWords = map[string]string{
		"untreated": "untreated", "pre_treatment": "untreated", "measured_untreated": "untreated",
		"estimated_untreated": "untreated", "treatment_adjusted": "untreated",
		"highest_on_treatment": "on_treatment", "on_treatment_current": "on_treatment",
		"on_treatment": "on_treatment", "treated": "on_treatment", "unknown": "",
	}
	geneWords = map[string]string{
		"not_tested": "not_tested", "none": "not_tested", "not_done": "not_tested",
		"positive": "positive", "pathogenic": "positive", "likely_pathogenic": "positive", "variant_found": "positive",
		"mutation_positive": "positive", "class_4": "positive", "class_5": "positive",
		"negative": "negative", "no_variant": "negative", "not_detected": "negative", "benign": "negative", "likely_benign": "negative",
		"vus": "vus", "uncertain": "vus", "class_3": "vus", "variant_of_uncertain_significance": "vus", "unknown": "",
	}
)

func (c *fhCase) note(err error) {
	if err != nil {
		c.problems = append(c.problems, err)
	}
}

func (c *fhCase) number(key string) truth.Span {
	s, err := c.in.Number(key)
	c.note(err)
	return s
}

func (c *fhCase) yesNo(key string) truth.K {
	k, err := c.in.YesNo(key)
	c.note(err)
	return k
}

func (c *fhCase) word(key string, words map[string]string) string {
	w, err := c.in.Word(key, words)
	c.note(err)
	return w
}

// lipid takes a lipid from key (mmol/L) or key_mgdl (mg/dL) to the fact.
func (c *fhCase) lipid(key, fact string) {
	if c.in.Known(key) {
		c.patient.Facts[fact] = rules.Answer{Number: c.number(key)}
		return
	}
	if !c.in.Known(key + "_mgdl") {
		return
	}
	factor, ok := c.check.lib.Dictionary().Fact(fact).UnitFactor("mg/dL")
	if !ok {
		c.note(errors.New(fact + " is not accepted in mg/dL"))
		return
	}
	s := c.number(key + "_mgdl")
	c.patient.Facts[fact] = rules.Answer{Number: truth.Span{Lo: s.Lo * factor, Hi: s.Hi * factor}}
}

// basis takes what the lipids were taken on; a row of a system that has no
// such key speaks of untreated values.
func (c *fhCase) basis(key string) {
	basis := "untreated"
	if key != "" && c.has(key) {
		basis = c.word(key, basisWords)
	}
	if basis != "" {
		c.patient.Facts["lipid.basis"] = rules.Answer{Choice: basis}
	}
}

// has reports whether the row names the key at all, null included.
func (c *fhCase) has(key string) bool {
	_, ok := c.in.keys[key]
	return ok
}

// fact takes a yes/no key to a yes/no fact of the patient.
func (c *fhCase) fact(key, fact string) {
	if k := c.yesNo(key); k != truth.Unknown {
		c.patient.Facts[fact] = rules.Answer{Bool: k}
	}
}

// gene takes the result of the patient's own gene test, as a word or as
// true/false.
func (c *fhCase) gene(key string) {
	var result string
	if raw, ok := c.in.raw(key); ok && (string(raw) == "true" || string(raw) == "false") {
		result = map[string]string{"true": "positive", "false": "not_tested"}[string(raw)]
	} else {
		result = c.word(key, geneWords)
	}
	if result != "" {
		c.patient.Facts["genetics.fh"] = rules.Answer{Choice: result}
	}
}

// state fixes a fact that the engine would else work out from people.
func (c *fhCase) state(fact string, k truth.K) { c.stated[fact] = k }

// inputs hands everything over to the engine.
func (c *fhCase) inputs() (*rules.Inputs, error) {
	if err := errors.Join(c.problems...); err != nil {
		return nil, err
	}
	in, err := c.check.area.InputsFrom(&rules.Case{
		Patient: c.patient.ID, People: append([]rules.Person{c.patient}, c.people...), Asked: c.asked,
	})
	if err != nil {
		return nil, err
	}
	for fact, k := range c.stated {
		if err := in.SetYesNo(fact, k); err != nil {
			return nil, err
		}
	}
	return in, nil
}

func (c *fhCase) evaluate() (*rules.Evaluation, error) {
	in, err := c.inputs()
	if err != nil {
		return nil, err
	}
	return c.check.area.Evaluate(in)
}

// asValue is a verdict as JSON writes it: unknown is null.
func asValue(k truth.K) Value {
	switch k {
	case truth.Yes:
		return Bool(true)
	case truth.No:
		return Bool(false)
	}
	return Null()
}

// relationWords maps how rows name a relative to relation words of the case
// form, the first that is still free being used; the last may stand in a
// family any number of times.
var relationWords = map[string][]string{
	"parent": {"mother", "father"}, "mother": {"mother"}, "father": {"father"},
	"child": {"daughter"}, "daughter": {"daughter"}, "son": {"son"},
	"sibling": {"sister"}, "sister": {"sister"}, "brother": {"brother"},
	"half_sibling": {"maternal half-sister"}, "half_sister": {"maternal half-sister"}, "half_brother": {"maternal half-brother"},
	"grandparent": {"maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather"},
	"grandmother": {"maternal grandmother", "paternal grandmother"},
	"grandfather": {"maternal grandfather", "paternal grandfather"},
	"aunt":        {"maternal aunt"}, "uncle": {"maternal uncle"}, "aunt_uncle": {"maternal aunt"},
	"niece": {"niece"}, "nephew": {"nephew"}, "niece_nephew": {"niece"},
	"grandchild": {"granddaughter"}, "granddaughter": {"granddaughter"}, "grandson": {"grandson"},
	"cousin": {"maternal cousin"},
}

// onlyOnce are the places in a family that one person can fill.
var onlyOnce = []string{
	"mother", "father", "maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather",
}

// free is the first of the words whose place nobody fills yet, "" for none.
func (c *fhCase) free(words []string) string {
	for _, w := range words {
		taken := func(p rules.Person) bool { return p.Relation == w }
		if !slices.Contains(onlyOnce, w) || !slices.ContainsFunc(c.people, taken) {
			return w
		}
	}
	return ""
}

// relative adds one relative; relation is a word of the row or "" when only
// the degree is known. It reports false when the row does not say how near
// the relative is.
func (c *fhCase) relative(relation string, degree truth.Span, p rules.Person) bool {
	word := c.free(relationWords[strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(relation))])
	if word == "" {
		switch degree {
		case truth.Exactly(1):
			word = "sister"
		case truth.Exactly(2):
			word = "maternal aunt"
		case truth.Exactly(3):
			word = "maternal cousin"
		default:
			// farther than any rule looks, or how near is not known
			return !degree.IsAny() && degree.Lo > 3
		}
	}
	p.ID = "r" + strconv.Itoa(len(c.people))
	p.Relation, p.Age, p.Alive = word, truth.Any(), truth.Unknown
	c.people = append(c.people, p)
	return true
}
