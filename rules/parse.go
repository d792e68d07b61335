package rules

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// caseSchema is the form this program reads and writes.
const caseSchema = "kindred.case/1"

// ParseCase reads a case of the form kindred.case/1 (design.md §4). The error
// is Problems: everything wrong with the case, one line each with its JSON
// path. An impossible family is reported at the person concerned. A case
// without a date is read; whoever assesses it gives the day.
func ParseCase(data []byte, d *Dictionary) (*Case, error) {
	root, problems := readJSON(data)
	if root == nil {
		return nil, problems
	}
	r := &caseReader{d: d, problems: problems, index: map[string]int{}}
	c := r.readCase(root)
	if len(r.problems) == 0 {
		r.checkFamily(c)
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return c, nil
}

// caseReader turns JSON into a case and collects what is wrong with it.
type caseReader struct {
	d        *Dictionary
	problems Problems
	index    map[string]int // person id -> position
	date     Date
}

// enough tells whether so much is wrong that looking for more helps nobody.
func (r *caseReader) enough() bool { return len(r.problems) > mostProblems }

// What one case may hold. The largest families drawn or calculated in practice
// are some hundreds of people, and nobody has a thousand blood tests.
const (
	mostPeople  = 2500
	mostEntries = 1000
)

func (r *caseReader) report(v *jsonValue, text string) {
	r.problems = append(r.problems, Problem{Path: v.path, Text: text})
}

// checkFamily reports an impossible family at the people concerned.
func (r *caseReader) checkFamily(c *Case) {
	var k kin
	err := k.build(r.d, c)
	var found family.Problems
	if errors.As(err, &found) {
		for _, p := range found {
			path := "$.people"
			if i, ok := r.index[p.Person]; ok {
				path += "[" + strconv.Itoa(i) + "]"
			}
			r.problems = append(r.problems, Problem{Path: path, Text: p.Text})
		}
	} else if err != nil {
		r.problems = append(r.problems, Problem{Path: "$.people", Text: err.Error()})
	}
}

// object reports values that are no object and keys that do not belong.
func (r *caseReader) object(v *jsonValue, what string, known ...string) bool {
	if v.kind != jsonObject {
		r.report(v, what+" must be an object, not "+v.what())
		return false
	}
	for i, key := range v.keys {
		if !slices.Contains(known, key) {
			r.report(v.vals[i], what+" has no key "+strconv.Quote(shortened(key))+didYouMean(key, known))
		}
	}
	return true
}

// items are the entries of a list; null and absent are an empty one.
func (r *caseReader) items(v *jsonValue, what string) []*jsonValue {
	if v == nil || v.kind == jsonNull {
		return nil
	}
	if v.kind != jsonList {
		r.report(v, what+" must be a list, not "+v.what())
		return nil
	}
	if len(v.items) > mostEntries {
		r.report(v, what+" has "+strconv.Itoa(len(v.items))+" entries; more than "+strconv.Itoa(mostEntries)+" is no record of one person")
		return nil
	}
	return v.items
}

// text is a string; null and absent are empty.
func (r *caseReader) text(v *jsonValue, what string) string {
	if v == nil || v.kind == jsonNull {
		return ""
	}
	if v.kind != jsonString {
		r.report(v, what+" must be a text, not "+v.what())
		return ""
	}
	return v.text
}

// day is a calendar day.
func (r *caseReader) day(v *jsonValue, what string) Date {
	s := r.text(v, what)
	if s != "" && !validDate(s) {
		r.report(v, what+" must be a day written YYYY-MM-DD, not "+strconv.Quote(shortened(s)))
		return ""
	}
	return Date(s)
}

// past is a day that must not lie after the assessment.
func (r *caseReader) past(v *jsonValue, what string) Date {
	d := r.day(v, what)
	if d != "" && r.date != "" && d > r.date {
		r.report(v, what+" lies after the day of the assessment, "+string(r.date))
	}
	return d
}

func (r *caseReader) readCase(v *jsonValue) *Case {
	c := &Case{}
	if !r.object(v, "a case", "schema", "date", "patient", "people", "asked", "unknown_sides", "settings", "couples", "twins") {
		return c
	}
	if s := v.get("schema"); s != nil && r.text(s, "schema") != caseSchema {
		r.report(s, "this program reads "+caseSchema)
	}
	c.Date = r.day(v.get("date"), "date")
	r.date = c.Date
	people := v.get("people")
	if people == nil || people.kind != jsonList || len(people.items) == 0 {
		at := people
		if at == nil {
			at = &jsonValue{path: "$.people"}
		}
		r.report(at, "a case needs its people: a list with the patient in it")
		return c
	}
	if n := len(people.items); n > mostPeople {
		r.report(people, "a case holds at most "+strconv.Itoa(mostPeople)+" people, not "+strconv.Itoa(n)+"; for many patients use a list")
		return c
	}
	for i, p := range people.items {
		if r.enough() {
			return c
		}
		c.People = append(c.People, r.readPerson(p, i))
	}
	r.readPatient(v, c)
	r.readAsked(v.get("asked"), c)
	r.readSettings(v.get("settings"), c)
	r.readCouples(v.get("couples"), c)
	r.readTwins(v.get("twins"), c)
	for _, s := range r.items(v.get("unknown_sides"), "unknown_sides") {
		side := r.text(s, "a side")
		switch {
		case side != "maternal" && side != "paternal":
			r.report(s, "a side is maternal or paternal, not "+s.what())
		case !slices.Contains(c.UnknownSides, side):
			c.UnknownSides = append(c.UnknownSides, side)
		}
	}
	return c
}

func (r *caseReader) readPatient(v *jsonValue, c *Case) {
	p := v.get("patient")
	c.Patient = r.text(p, "patient")
	switch _, found := r.index[c.Patient]; {
	case c.Patient == "":
		if p == nil {
			p = &jsonValue{path: "$.patient"}
		}
		r.report(p, "a case needs the id of its patient")
	case !found:
		r.report(p, "the patient "+strconv.Quote(shortened(c.Patient))+" is not among the people")
	}
	for i := range c.People {
		for _, q := range [...]struct{ key, id string }{{"mother", c.People[i].Mother}, {"father", c.People[i].Father}} {
			if _, found := r.index[q.id]; q.id != "" && !found {
				r.report(v.get("people").items[i].get(q.key), "the "+q.key+" "+strconv.Quote(shortened(q.id))+" is not among the people")
			}
		}
	}
}

func (r *caseReader) readAsked(v *jsonValue, c *Case) {
	if v == nil || v.kind == jsonNull {
		return
	}
	if v.kind != jsonObject {
		r.report(v, "asked must map topics to degrees, not "+v.what())
		return
	}
	c.Asked = map[string]int{}
	topics := keysOf(r.d.topics, func(t *TopicDef) string { return t.ID })
	for i, key := range v.keys {
		if r.d.Topic(key) == nil {
			r.report(v.vals[i], "no topic "+strconv.Quote(shortened(key))+oneOf(key, topics))
			continue
		}
		degree, err := strconv.Atoi(v.vals[i].text)
		if v.vals[i].kind == jsonNull {
			continue
		}
		if v.vals[i].kind != jsonNumber || err != nil || degree < 0 || degree > 9 {
			r.report(v.vals[i], "asked."+key+" is the degree up to which everyone was asked about: 0 (the patient), 1, 2, 3 …, not "+v.vals[i].what())
			continue
		}
		c.Asked[key] = degree
	}
}

func (r *caseReader) readPerson(v *jsonValue, i int) Person {
	p := Person{Age: truth.Any(), Alive: truth.Unknown}
	if !r.object(v, "a person", "id", "name", "relation", "mother", "father", "sex", "gender", "adopted", "proband", "childless", "pregnancy", "count", "place", "age", "alive", "conditions", "facts", "tumours", "panels", "medications") {
		return p
	}
	p.ID = r.text(v.get("id"), "id")
	if first, twice := r.index[p.ID]; p.ID == "" {
		r.report(v, "a person needs an id")
	} else if twice {
		r.report(v.get("id"), "the id "+strconv.Quote(shortened(p.ID))+" stands for two people, here and at $.people["+strconv.Itoa(first)+"]")
	} else {
		r.index[p.ID] = i
	}
	p.Relation = r.text(v.get("relation"), "relation")
	if p.Relation != "" && p.Relation != "self" && p.Relation != "patient" {
		if _, err := family.ParseRelation(p.Relation); err != nil {
			r.report(v.get("relation"), err.Error())
		}
	}
	p.Mother, p.Father = r.text(v.get("mother"), "mother"), r.text(v.get("father"), "father")
	p.Sex, p.Gender = r.text(v.get("sex"), "sex"), r.text(v.get("gender"), "gender")
	switch p.Sex {
	case "", "female", "male":
	case "unknown":
		p.Sex = ""
	default:
		r.report(v.get("sex"), "sex at birth is female, male or unknown, not "+v.get("sex").what())
		p.Sex = ""
	}
	p.Name = r.text(v.get("name"), "name")
	p.Drawn = r.readDrawn(v)
	p.Age = r.age(v.get("age"), "age")
	p.Alive = r.yesNo(v.get("alive"), "alive", truth.Unknown)
	for _, item := range r.items(v.get("conditions"), "conditions") {
		p.Conditions = append(p.Conditions, r.readCondition(item))
	}
	p.Facts = r.readFacts(v.get("facts"))
	for _, item := range r.items(v.get("tumours"), "tumours") {
		p.Tumours = append(p.Tumours, r.readTumour(item))
	}
	for _, item := range r.items(v.get("panels"), "panels") {
		p.Panels = append(p.Panels, r.readPanel(item))
	}
	for _, item := range r.items(v.get("medications"), "medications") {
		p.Medications = append(p.Medications, r.readMedication(item))
	}
	return p
}

func (r *caseReader) readCondition(v *jsonValue) Condition {
	c := Condition{Age: truth.Any(), Confirmed: truth.Unknown, Present: truth.Yes}
	if !r.object(v, "a condition", "name", "age", "confirmed", "present") {
		return c
	}
	c.Name = r.text(v.get("name"), "name")
	switch {
	case c.Name == "":
		r.report(v, "a condition needs a name")
	case r.d.Condition(c.Name) == nil:
		r.report(v.get("name"), "no condition "+strconv.Quote(shortened(c.Name))+didYouMean(c.Name, keysOf(r.d.conditions, func(c *ConditionDef) string { return c.ID })))
	}
	c.Age = r.age(v.get("age"), "age at diagnosis")
	c.Confirmed = r.yesNo(v.get("confirmed"), "confirmed", truth.Unknown)
	c.Present = r.yesNo(v.get("present"), "present", truth.Yes)
	return c
}

// yesNo reads true, false, "yes", "no" or "unknown".
func (r *caseReader) yesNo(v *jsonValue, what string, absent truth.K) truth.K {
	if v == nil || v.kind == jsonNull {
		return absent
	}
	switch {
	case v.kind == jsonBool:
		return truth.Of(v.yes)
	case v.kind == jsonString && v.text == "yes":
		return truth.Yes
	case v.kind == jsonString && v.text == "no":
		return truth.No
	case v.kind == jsonString && v.text == "unknown":
		return truth.Unknown
	}
	r.report(v, what+" is yes, no or unknown, not "+v.what())
	return absent
}

// age reads an age in years.
func (r *caseReader) age(v *jsonValue, what string) truth.Span {
	a, ok := r.span(v, what, Range{Lo: 0, Hi: 120, Set: true}, 1)
	if !ok {
		return truth.Any()
	}
	return a
}

// span reads a number, {"min","max"} or "<0.5"; every number written must lie
// in the possible range once it is in the fact's own unit. ok is false when
// nothing usable stands there.
func (r *caseReader) span(v *jsonValue, what string, possible Range, factor float64) (s truth.Span, ok bool) {
	if v == nil || v.kind == jsonNull {
		return truth.Any(), true
	}
	written := func(v *jsonValue, text string) (float64, bool) {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			r.report(v, what+" must be a number, not "+v.what())
			return 0, false
		}
		f *= factor
		if !possible.Holds(f) {
			r.report(v, what+" cannot be "+text+inUnit(f, factor)+"; it lies between "+plain(possible.Lo)+" and "+plain(possible.Hi))
			return 0, false
		}
		return f, true
	}
	switch v.kind {
	case jsonNumber:
		f, good := written(v, v.text)
		return truth.Exactly(f), good
	case jsonString:
		if v.text == "unknown" {
			return truth.Any(), true
		}
		return r.bound(v, what, written)
	case jsonObject:
		return r.minMax(v, what, written)
	}
	r.report(v, what+" must be a number, {\"min\", \"max\"} or a text such as \"<0.5\", not "+v.what())
	return truth.Any(), false
}

// bound reads "<0.5", ">10", "<=0.5", ">=10".
func (r *caseReader) bound(v *jsonValue, what string, written func(*jsonValue, string) (float64, bool)) (truth.Span, bool) {
	op, rest := "", v.text
	for _, o := range [...]string{"<=", ">=", "≤", "≥", "<", ">"} {
		if len(v.text) > len(o) && v.text[:len(o)] == o {
			op, rest = o, v.text[len(o):]
			break
		}
	}
	for len(rest) > 0 && rest[0] == ' ' {
		rest = rest[1:]
	}
	if op == "" {
		r.report(v, what+" must be a number, {\"min\", \"max\"} or a text such as \"<0.5\", not "+v.what())
		return truth.Any(), false
	}
	f, ok := written(v, rest)
	if !ok {
		return truth.Any(), false
	}
	switch op {
	case "<":
		return truth.Below(f), true
	case ">":
		return truth.Above(f), true
	case "<=", "≤":
		return truth.Span{Lo: math.Inf(-1), Hi: f}, true
	}
	return truth.From(f), true
}

func (r *caseReader) minMax(v *jsonValue, what string, written func(*jsonValue, string) (float64, bool)) (truth.Span, bool) {
	s := truth.Any()
	ok := r.object(v, what, "min", "max", "value", "unit", "date")
	for _, end := range [...]struct {
		key string
		at  *float64
	}{{"min", &s.Lo}, {"max", &s.Hi}} {
		e := v.get(end.key)
		if e == nil || e.kind == jsonNull {
			continue
		}
		if e.kind != jsonNumber {
			r.report(e, end.key+" must be a number, not "+e.what())
			ok = false
			continue
		}
		f, good := written(e, e.text)
		*end.at = f
		ok = ok && good
	}
	if ok && s.Lo > s.Hi {
		r.report(v, what+" has its min above its max")
		ok = false
	}
	return s, ok
}

// plain prints a number without exponent or needless zeros.
func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// inUnit adds the converted value to a message when a unit was converted.
func inUnit(f, factor float64) string {
	if factor == 1 {
		return ""
	}
	return " (" + strconv.FormatFloat(f, 'f', 2, 64) + " in the unit rules use)"
}
