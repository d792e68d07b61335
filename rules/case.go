package rules

import (
	"kindred/rules/truth"
)

// Date is a calendar day as YYYY-MM-DD; the empty Date is not known. Rules
// never read the clock: an assessment is given its date.
type Date string

// Case is everything the engine is given about one patient and their family:
// the form kindred.case/1 of design.md §4. Who the patient is, the date of
// birth and the NHS number stay with the consultation.
type Case struct {
	Date         Date           // day of the assessment
	Patient      string         // id of the consultand
	People       []Person       // the patient first, then relatives in the order taken
	Asked        map[string]int // topic -> highest degree the question was put for
	UnknownSides []string       // "maternal", "paternal": nobody knows about that side

	// Settings are the local settings the case is assessed under, by fact id; one
	// that is absent has its default.
	Settings map[string]string
	Couples  []Couple // beyond those that children and the word "partner" say
	Twins    []TwinSet
}

// Person is the patient or a relative.
type Person struct {
	ID       string
	Relation string // "mother", "maternal aunt" …; empty for the patient or when parents are given
	Mother   string // id; empty when not given
	Father   string
	Sex      string // sex at birth: "female", "male", "" when not known
	Gender   string // optional, as the person says it; never used by rules
	Name     string // optional, what the family calls the person; never used by rules

	Drawn // what a family tree says besides

	Age   truth.Span // current age or age at death in years; truth.Any() when not known
	Alive truth.K

	Conditions  []Condition
	Facts       map[string]Answer // fact id -> answer; absent means not asked
	Tumours     []Tumour
	Panels      []Panel
	Medications []Medication
}

// Condition is a diagnosis a person had.
type Condition struct {
	Name      string     // id from facts.yaml: "myocardial_infarction", "colorectal_cancer"
	Age       truth.Span // age at diagnosis, years
	Confirmed truth.K    // by a report rather than by hearsay
	Present   truth.K    // Yes unless the file says "no" or "unknown"
}

// Tumour is one tumour and what the laboratory found in it. States are the
// words of design.md §4; an empty string is not known.
type Tumour struct {
	Site            string // "colorectal", "endometrial", …
	Age             truth.Span
	MLH1            string
	PMS2            string
	MSH2            string
	MSH6            string
	MSI             string
	BRAF            string // braf_v600e
	Methylation     string // mlh1_methylation
	Tissue          string // biopsy, resection, polyp …
	Neoadjuvant     truth.K
	MSIHHistology   truth.K
	Confirmed       truth.K
	Date            Date
	FromReportNotes string // never used by rules
}

// Panel is one dated set of lipid results.
type Panel struct {
	Date    Date
	Age     truth.Span
	Fasting truth.K
	Facts   map[string]Answer // lipid.tc, lipid.ldl, lipid.basis …
}

// Medication is a lipid-lowering drug with its daily dose in mg. From and To may
// be known by month or year only ("2019-06", "2019").
type Medication struct {
	Drug    string  // a value of lipid.drug; "" when what was written is not understood
	DoseMG  float64 // 0: not known
	From    Date
	To      Date
	Stopped truth.K `json:",omitempty"` // Yes without To: nobody knows when; No: still taken
	As      string  `json:",omitempty"` // how it was written: "Atorvastatin 80mg tablets"; may be empty
}

// Answer is one typed answer about a person. Which field counts follows from
// the fact's type in the dictionary.
type Answer struct {
	Bool   truth.K    // yes_no
	Number truth.Span // number, in the fact's own unit
	Choice string     // choice; "" is not known
	Date   Date       // date

	As   string // how it was written ("<0.5", "313 mg/dL"), for the trace; may be empty
	When Date   // when it was measured or said; may be empty
}
