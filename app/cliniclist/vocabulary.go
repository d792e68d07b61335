package cliniclist

import (
	"slices"
	"strings"

	"kindred/rules"
)

// vocabulary knows what headings and code terms mean. Everything clinical comes
// from the dictionary; only the words for who the patient is stand here.
type vocabulary struct {
	dict  *rules.Dictionary
	exact map[string][]meaning // by words in their order
	loose map[string][]meaning // by the set of words that carry meaning
	codes map[string]string    // clinical code -> fact id
	units []string             // every unit of the dictionary, longest first
}

// identityHeadings are the names under which lists carry who the patient is.
var identityHeadings = map[Use][]string{
	NHSNumberUse: {"NHS number", "NHS no", "NHS", "NHSNumber", "NHS number of patient", "Patient NHS number"},
	LocalID:      {"EMIS number", "Patient ID", "Patient number", "Patient no", "Hospital number", "Hospital no", "MRN", "Survey no", "Survey number", "Study number", "Study ID", "ID", "Identifier", "Record number", "Local number", "CHI number", "CHI", "SEQN"},
	FamilyName:   {"Surname", "Family name", "Last name"},
	GivenName:    {"Forename", "Forenames", "First name", "First names", "Given name", "Given names"},
	FullName:     {"Full name", "Patient name", "Name", "Patient", "Patient full name"},
	NameTitle:    {"Title"},
	BornUse:      {"Date of birth", "DOB", "D O B", "Birth date", "Birthdate", "Born", "Patient date of birth"},
	TreatmentStart: {
		"Statin start date", "Statin started", "Date statin started", "Treatment start date", "Treatment started", "Start of treatment",
		"First statin date", "Date of first statin", "First issue date",
	},
	TermUse:  {"Code term", "Codeterm", "Term", "Code", "Code description", "Description", "Read code", "SNOMED code", "SNOMED CT code", "Clinical code", "Rubric", "Test", "Test name", "Investigation"},
	ValueUse: {"Value", "Result", "Numeric value", "Result value", "Reading"},
	UnitUse:  {"Unit", "Units", "Unit of measure", "Value units", "Value unit", "Result units"},
	DateUse: {
		"Date", "Event date", "Date taken", "Result date", "Sample date", "Date of sample", "Date of test", "Test date", "Collected", "Date recorded", "Effective date",
		"Issue date", "Last issue date", "Date of last issue", "Last issued", "Date issued",
	},
}

// fillers are words of headings and code terms that do not change what is
// measured.
var fillers = wordSet("a an the of in at on for by and serum plasma ser blood level levels lev result results value reading measurement measured concentration substance molar test " +
	"fasting random calculated calc estimated latest last most recent current highest max maximum peak ever first pre treatment untreated before baseline patient patients observable entity procedure finding disorder nos")

// rankWords tell which of several columns of one fact is read first.
var (
	untreatedWords = wordSet("untreated pre pretreatment before baseline")
	highWords      = wordSet("highest max maximum peak ever")
	lowWords       = wordSet("latest last recent current")
)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// spellings are longer names that become the shorter ones of the dictionary.
var spellings = strings.NewReplacer("low density lipoprotein", "ldl", "high density lipoprotein", "hdl", "nonhdl", "non hdl", "triglyceride ", "triglycerides ", "xanthomata", "xanthoma", "xanthomas", "xanthoma")

func newVocabulary(d *rules.Dictionary) *vocabulary {
	v := &vocabulary{dict: d, exact: map[string][]meaning{}, loose: map[string][]meaning{}, codes: map[string]string{}}
	for _, f := range d.Facts() {
		if f.Derived {
			continue
		}
		m := meaning{use: FactUse, fact: f.ID}
		names := append([]string{f.ID}, f.Headings...)
		if f.Of != rules.OfTumour { // "Site" or "Tissue" alone heads many another column
			names = append(names, f.Label)
		}
		for _, h := range names {
			v.add(h, m, true)
		}
		for _, codes := range f.Codes {
			for _, c := range codes {
				v.codes[codeKey(c)] = f.ID
			}
		}
		v.addUnit(f.Unit)
		for _, u := range f.Units {
			v.addUnit(u.Name)
		}
	}
	for use, headings := range identityHeadings {
		for _, h := range headings {
			v.add(h, meaning{use: use}, false)
		}
	}
	for _, c := range d.Conditions() {
		m := meaning{use: ConditionUse, fact: c.ID}
		for _, h := range append([]string{c.ID, c.Label, c.Short}, c.Lay...) {
			if key := words(h); key != "" && v.exact[key] == nil {
				v.exact[key] = []meaning{m}
			}
		}
	}
	slices.SortFunc(v.units, func(a, b string) int { return len(b) - len(a) })
	return v
}

func (v *vocabulary) addUnit(u string) {
	if u != "" && !slices.Contains(v.units, u) {
		v.units = append(v.units, u)
	}
}

func (v *vocabulary) add(heading string, m meaning, loosely bool) {
	if key := words(heading); key != "" && !slices.Contains(v.exact[key], m) {
		v.exact[key] = append(v.exact[key], m)
	}
	if loosely {
		if key := essence(heading); key != "" && !slices.Contains(v.loose[key], m) {
			v.loose[key] = append(v.loose[key], m)
		}
	}
}

// words is a heading in lower case with single spaces and no punctuation.
func words(h string) string {
	var b strings.Builder
	space := false
	for _, r := range strings.ToLower(h) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7F && r != 0xA0 {
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
			continue
		}
		if r != '\'' && r != '’' {
			space = true
		}
	}
	return b.String()
}

// essence is the set of a heading's words that say what is measured, sorted.
func essence(h string) string {
	var set []string
	all := strings.Fields(spellings.Replace(words(h) + " "))
	for _, w := range all {
		if w == "c" && len(all) > 1 || w == "chol" { // a lone letter heads anything
			w = "cholesterol"
		}
		if !fillers[w] && !slices.Contains(set, w) {
			set = append(set, w)
		}
	}
	slices.Sort(set)
	return strings.Join(set, " ")
}

// codeKey is a clinical code without the dots and the term number by which Read
// v2 pads it: 44P6., 44P6.00 and 44P6 are one.
func codeKey(c string) string {
	c = strings.TrimSpace(c)
	if len(c) == 7 && strings.HasSuffix(c, "00") {
		c = c[:5]
	}
	return strings.TrimRight(c, ".")
}

// understand says what a heading means. The unit is the one the heading names.
func (v *vocabulary) understand(heading string) (found []meaning, unit string) {
	if found = v.lookup(heading); found != nil {
		if _, unit = v.cutUnit(heading); unit != "" && found[0].use == FactUse {
			if f := v.dict.Fact(found[0].fact); f != nil && !acceptsUnit(f, unit) {
				unit = ""
			}
		}
		return found, unit
	}
	base, unit := v.cutUnit(heading)
	if found = v.lookup(base); found != nil {
		return found, unit
	}
	if found = v.attached(base); found != nil {
		return found, ""
	}
	return v.aboutRelative(base), ""
}

func (v *vocabulary) lookup(heading string) []meaning {
	key := words(heading)
	if key == "" {
		return nil
	}
	if m := v.exact[key]; m != nil {
		return m
	}
	if bare := strings.TrimRight(key, "0123456789"); strings.HasSuffix(bare, " ") { // "Value 2", "Date.1"
		if m := v.exact[strings.TrimSpace(bare)]; m != nil {
			return m
		}
	}
	if key = essence(heading); key != "" {
		return v.loose[key]
	}
	return nil
}

// attached knows "LDL date", "Date of LDL", "LDL units", "Age at heart attack",
// "Date of heart attack".
func (v *vocabulary) attached(heading string) []meaning {
	var rest []string
	use := Unused
	for _, w := range strings.Fields(words(heading)) {
		switch w {
		case "date", "dated", "when":
			use = DateUse
		case "unit", "units":
			use = UnitUse
		case "age", "diagnosis", "diagnosed", "history", "first", "onset":
			if w == "age" {
				use = ConditionUse
			}
		case "of", "at", "for", "the":
		default:
			rest = append(rest, w)
		}
	}
	base := strings.Join(rest, " ")
	found := v.lookup(base)
	if base == "" || found == nil {
		return nil
	}
	switch m := found[0]; {
	case m.use == ConditionUse:
		return []meaning{{use: ConditionUse, fact: m.fact, age: use == ConditionUse}}
	case m.use == FactUse && (use == DateUse || use == UnitUse):
		return []meaning{{use: use, fact: m.fact}}
	}
	return nil
}

// aboutRelative knows "Father heart attack", "Mother's bowel cancer age".
func (v *vocabulary) aboutRelative(heading string) []meaning {
	all := strings.Fields(words(heading))
	for n := min(3, len(all)-1); n >= 1; n-- {
		relation := strings.Join(all[:n], " ")
		for _, spelt := range []string{relation, strings.TrimSuffix(relation, "s")} {
			if !isRelation(spelt) {
				continue
			}
			rest := strings.Join(all[n:], " ")
			found := v.lookup(rest)
			if found == nil || found[0].use != ConditionUse {
				if found = v.attached(rest); found == nil {
					continue
				}
			}
			if m := found[0]; m.use == ConditionUse {
				return []meaning{{use: RelativeUse, fact: m.fact, relation: spelt, age: m.age}}
			}
		}
	}
	return nil
}

// isRelation knows the relation words a heading can start with: close relatives
// of whom there is one, so that the column is about one person.
func isRelation(w string) bool {
	switch w {
	case "mother", "father", "maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather":
		return true
	}
	return false
}

// cutUnit takes a unit off a heading: "LDL (mg/dL)", "LDL mmol/l".
func (v *vocabulary) cutUnit(heading string) (base, unit string) {
	flat := strings.ToLower(heading)
	if len(flat) != len(heading) {
		return heading, ""
	}
	flat = strings.ReplaceAll(flat, "mmols/l", "mmol/l ")
	for _, u := range v.units {
		if len(u) < 3 {
			continue
		}
		if i := strings.Index(flat, strings.ToLower(u)); i > 0 && !isLetter(flat[i-1]) && (i+len(u) == len(flat) || !isLetter(flat[i+len(u)])) {
			return heading[:i] + " " + heading[min(len(heading), i+len(u)):], u
		}
	}
	return heading, ""
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

func acceptsUnit(f *rules.FactDef, unit string) bool {
	_, ok := factor(f, unit)
	return ok
}

// factor is UnitFactor for units as people spell them.
func factor(f *rules.FactDef, unit string) (float64, bool) {
	if k, ok := f.UnitFactor(unit); ok {
		return k, true
	}
	if sameUnit(unit, f.Unit) {
		return 1, true
	}
	for _, u := range f.Units {
		if sameUnit(unit, u.Name) {
			return u.Factor, true
		}
	}
	return 0, false
}

// rank says which of several columns of one fact is read first, from its
// heading: from before treatment, then the highest ever, then a plain one, then
// the latest.
func rank(heading string) (rank int, untreated bool) {
	rank = 1
	for _, w := range strings.Fields(words(heading)) {
		switch {
		case untreatedWords[w]:
			return 3, true
		case highWords[w]:
			rank = 2
		case lowWords[w] && rank == 1:
			rank = 0
		}
	}
	return rank, false
}

// factOfTerm finds the fact of a code term or code in a block.
func (v *vocabulary) factOfTerm(term string) *rules.FactDef {
	if id, ok := v.codes[codeKey(term)]; ok {
		return v.dict.Fact(id)
	}
	for _, m := range v.lookup(term) {
		if m.use == FactUse {
			return v.dict.Fact(m.fact)
		}
	}
	return nil
}
