package exchange

import (
	"cmp"
	"encoding/json"
	"math"
	"strings"

	"kindred/rules/truth"
)

// Code systems and extensions of FHIR R4 that a family history uses.
const (
	fhirRole      = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
	fhirGender    = "http://hl7.org/fhir/administrative-gender"
	fhirSnomed    = "http://snomed.info/sct"
	fhirOwn       = "urn:kindred:condition"
	fhirUnits     = "http://unitsofmeasure.org"
	fhirParent    = "http://hl7.org/fhir/StructureDefinition/family-member-history-genetics-parent"
	fhirSibling   = "http://hl7.org/fhir/StructureDefinition/family-member-history-genetics-sibling"
	fhirPersonID  = "urn:kindred:person"
	fhirYears     = "a"
	fhirError     = "entered-in-error"
	patientPrefix = "Patient/"
	memberPrefix  = "FamilyMemberHistory/"
)

// The parts of FHIR R4 that a family history needs.
type fhirBundle struct {
	ResourceType string      `json:"resourceType"`
	Type         string      `json:"type"`
	Entry        []fhirEntry `json:"entry"`
}

type fhirEntry struct {
	FullURL  string          `json:"fullUrl,omitempty"`
	Resource json.RawMessage `json:"resource"`
}

type fhirIdentifier struct {
	System string `json:"system,omitempty"`
	Value  string `json:"value,omitempty"`
}

type fhirName struct {
	Text   string   `json:"text,omitempty"`
	Family string   `json:"family,omitempty"`
	Given  []string `json:"given,omitempty"`
}

type fhirPatient struct {
	ResourceType     string           `json:"resourceType"`
	ID               string           `json:"id,omitempty"`
	Identifier       []fhirIdentifier `json:"identifier,omitempty"`
	Name             []fhirName       `json:"name,omitempty"`
	Gender           string           `json:"gender,omitempty"`
	BirthDate        string           `json:"birthDate,omitempty"`
	DeceasedBoolean  *bool            `json:"deceasedBoolean,omitempty"`
	DeceasedDateTime string           `json:"deceasedDateTime,omitempty"`
}

type fhirMember struct {
	ResourceType    string           `json:"resourceType"`
	ID              string           `json:"id,omitempty"`
	Extension       []fhirExtension  `json:"extension,omitempty"`
	Identifier      []fhirIdentifier `json:"identifier,omitempty"`
	Status          string           `json:"status"`
	Patient         fhirReference    `json:"patient"`
	Name            string           `json:"name,omitempty"`
	Relationship    fhirConcept      `json:"relationship"`
	Sex             *fhirConcept     `json:"sex,omitempty"`
	BornDate        string           `json:"bornDate,omitempty"`
	AgeAge          *fhirQuantity    `json:"ageAge,omitempty"`
	AgeRange        *fhirRange       `json:"ageRange,omitempty"`
	AgeString       string           `json:"ageString,omitempty"`
	BornString      string           `json:"bornString,omitempty"`
	DeceasedString  string           `json:"deceasedString,omitempty"`
	DeceasedBoolean *bool            `json:"deceasedBoolean,omitempty"`
	DeceasedAge     *fhirQuantity    `json:"deceasedAge,omitempty"`
	DeceasedRange   *fhirRange       `json:"deceasedRange,omitempty"`
	DeceasedDate    string           `json:"deceasedDate,omitempty"`
	Condition       []fhirCondition  `json:"condition,omitempty"`
}

type fhirExtension struct {
	URL                  string          `json:"url"`
	Extension            []fhirExtension `json:"extension,omitempty"`
	ValueCodeableConcept *fhirConcept    `json:"valueCodeableConcept,omitempty"`
	ValueReference       *fhirReference  `json:"valueReference,omitempty"`
}

type fhirReference struct {
	Reference string `json:"reference"`
}

type fhirConcept struct {
	Coding []fhirCoding `json:"coding,omitempty"`
	Text   string       `json:"text,omitempty"`
}

type fhirCoding struct {
	System  string `json:"system,omitempty"`
	Code    string `json:"code"`
	Display string `json:"display,omitempty"`
}

type fhirQuantity struct {
	Value  json.Number `json:"value"`
	Than   string      `json:"comparator,omitempty"` // "<", "<=", ">", ">=", "" for just this value
	Unit   string      `json:"unit,omitempty"`
	System string      `json:"system,omitempty"`
	Code   string      `json:"code,omitempty"`
}

type fhirRange struct {
	Low  *fhirQuantity `json:"low,omitempty"`
	High *fhirQuantity `json:"high,omitempty"`
}

type fhirCondition struct {
	Code       fhirConcept   `json:"code"`
	OnsetAge   *fhirQuantity `json:"onsetAge,omitempty"`
	OnsetRange *fhirRange    `json:"onsetRange,omitempty"`
	OnsetText  string        `json:"onsetString,omitempty"`
}

// fhirOwnCondition is a condition of the patient.
type fhirOwnCondition struct {
	ResourceType       string        `json:"resourceType"`
	Subject            fhirReference `json:"subject"`
	VerificationStatus fhirConcept   `json:"verificationStatus,omitzero"`
	fhirCondition
}

// fhirRoles are the codes of relatives by place, side and sex; words without a
// side stand for both.
var fhirRoles = []struct{ code, word string }{
	{"NMTH", "mother"},
	{"NFTH", "father"},
	{"NSIS", "sister"},
	{"NBRO", "brother"},
	{"NSIB", "sibling"},
	{"DAU", "daughter"},
	{"SON", "son"},
	{"NCHILD", "child"},
	{"HSIS", "half-sister"},
	{"HBRO", "half-brother"},
	{"HSIB", "half-sibling"},
	{"MGRMTH", "maternal grandmother"},
	{"PGRMTH", "paternal grandmother"},
	{"MGRFTH", "maternal grandfather"},
	{"PGRFTH", "paternal grandfather"},
	{"GRMTH", "grandmother"},
	{"GRFTH", "grandfather"},
	{"MAUNT", "maternal aunt"},
	{"PAUNT", "paternal aunt"},
	{"MUNCLE", "maternal uncle"},
	{"PUNCLE", "paternal uncle"},
	{"AUNT", "aunt"},
	{"UNCLE", "uncle"},
	{"MCOUSN", "maternal cousin"},
	{"PCOUSN", "paternal cousin"},
	{"COUSN", "cousin"},
	{"NIECE", "niece"},
	{"NEPHEW", "nephew"},
	{"GRNDDAU", "granddaughter"},
	{"GRNDSON", "grandson"},
	{"GRNDCHILD", "grandchild"},
	{"MGGRMTH", "maternal great-grandmother"},
	{"PGGRMTH", "paternal great-grandmother"},
	{"MGGRFTH", "maternal great-grandfather"},
	{"PGGRFTH", "paternal great-grandfather"},
	{"STPMTH", "step-mother"},
	{"STPFTH", "step-father"},
	{"STPSIS", "step-sister"},
	{"STPBRO", "step-brother"},
	{"STPDAU", "step-daughter"},
	{"STPSON", "step-son"},
	{"ADOPTM", "adoptive-mother"},
	{"ADOPTF", "adoptive-father"},
	{"DAUADOPT", "adoptive-daughter"},
	{"SONADOPT", "adoptive-son"},
	{"SPS", "partner"},
	// Read as well, never written.
	{"MTH", "mother"},
	{"FTH", "father"},
	{"SIS", "sister"},
	{"BRO", "brother"},
	{"DAUC", "daughter"},
	{"SONC", "son"},
	{"HUSB", "partner"},
	{"WIFE", "partner"},
	{"DOMPART", "partner"},
}

// quantity turns an age as we write it into FHIR's; one of the two is nil.
func quantity(years string) (*fhirQuantity, *fhirRange) {
	one := func(s string) *fhirQuantity {
		if !isAge(s) {
			return nil
		}
		return &fhirQuantity{Value: json.Number(s), Unit: "years", System: fhirUnits, Code: fhirYears}
	}
	switch lo, hi, both := strings.Cut(years, "–"); {
	case years == "":
		return nil, nil
	case both:
		return nil, &fhirRange{Low: one(lo), High: one(hi)}
	case strings.HasPrefix(years, "at least "):
		return nil, &fhirRange{Low: one(strings.TrimPrefix(years, "at least "))}
	case strings.HasPrefix(years, "up to "):
		return nil, &fhirRange{High: one(strings.TrimPrefix(years, "up to "))}
	}
	return one(years), nil
}

func yearsOf(q *fhirQuantity, r *fhirRange) string {
	s := truth.Any()
	switch {
	case q != nil:
		s = q.span()
	case r != nil:
		if r.Low != nil {
			s.Lo = r.Low.span().Lo
		}
		if r.High != nil {
			s.Hi = r.High.span().Hi
		}
	}
	return years(s)
}

// daysIn are UCUM's units of an age, and the words for them where no code says
// which it is.
var daysIn = map[string]float64{
	fhirYears: 365.25, "mo": 365.25 / 12, "wk": 7, "d": 1, "h": 1. / 24, "min": 1. / (24 * 60),
	"": 365.25, "y": 365.25, "yr": 365.25, "year": 365.25, "years": 365.25,
	"month": 365.25 / 12, "months": 365.25 / 12, "week": 7, "weeks": 7, "day": 1, "days": 1,
}

// span is an age in years; without a value, or in a unit that is none of time, it
// is not known.
func (q *fhirQuantity) span() truth.Span {
	v, err := q.Value.Float64()
	days, ok := daysIn[cmp.Or(q.Code, strings.ToLower(q.Unit))]
	if err != nil || !ok || v < 0 {
		return truth.Any()
	}
	v *= days / daysIn[fhirYears]
	switch q.Than {
	case "":
		return truth.Exactly(v)
	case "<", "<=":
		return truth.Span{Lo: math.Inf(-1), Hi: v}
	case ">", ">=":
		return truth.From(v)
	}
	return truth.Any()
}

// fhirTwins are the codes of brothers and sisters born together, by kind.
var fhirTwins = map[string]struct{ sister, brother, either string }{
	"":          {"TWINSIS", "TWINBRO", "TWIN"},
	"identical": {"ITWINSIS", "ITWINBRO", "ITWIN"},
	"fraternal": {"FTWINSIS", "FTWINBRO", "FTWIN"},
}

// twinKind is the kind of twins a code means.
func twinKind(code string) (kind string, ok bool) {
	for kind, c := range fhirTwins {
		if code == c.sister || code == c.brother || code == c.either {
			return kind, true
		}
	}
	return "", false
}
