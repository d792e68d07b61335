package rules

import "strings"

// Outcome is what an area advises; the words of design.md §3.
type Outcome string

// The outcomes, the same for all areas.
const (
	AlreadyTested   Outcome = "already_tested"
	Cascade         Outcome = "cascade"
	Test            Outcome = "test"
	TestTumour      Outcome = "test_tumour"
	Refer           Outcome = "refer"
	MoreInformation Outcome = "more_information"
	NotIndicated    Outcome = "not_indicated"
)

// Advice is what all areas say about one case: the form kindred.advice/1.
type Advice struct {
	Schema string       `json:"schema"`
	Date   Date         `json:"date"`
	Areas  []AreaAdvice `json:"areas"`
}

// AreaAdvice is one area's outcome and everything behind it.
type AreaAdvice struct {
	Area        string  `json:"area"`  // "fh"
	Title       string  `json:"title"` // "Familial hypercholesterolaemia"
	Outcome     Outcome `json:"outcome"`
	Urgent      bool    `json:"urgent"`
	Code        string  `json:"code"` // "R134.1"; empty when the advice has none
	Edition     string  `json:"edition"`
	Fingerprint string  `json:"fingerprint"`
	Status      string  `json:"status"`   // "transcribed" or "signed_off"
	Headline    string  `json:"headline"` // the answer in words: "FH genetic test indicated"
	Action      string  `json:"action"`   // verb first: "Offer the FH genetic test (R134.1)"
	Reason      string  `json:"reason"`   // one line for a list: why, in the fewest words

	Criteria []CriterionVerdict `json:"criteria"`
	Scores   []ScoreResult      `json:"scores"`
	Pathways []PathwayResult    `json:"pathways,omitempty"`
	Provided []string           `json:"provided"` // what the advice presumes
	Possible []Outcome          `json:"possible"` // outcomes that some completion still reaches
	Next     []Question         `json:"next"`     // ranked; the first is the next question
	Flags    []Flag             `json:"flags"`
	Notes    []Note             `json:"notes,omitempty"`
	Lines    []Line             `json:"lines,omitempty"`
	Tumours  []KinTumour        `json:"relatives_tumours,omitempty"` // of relatives, in the same tables
	Cascade  *FamilyTesting     `json:"cascade,omitempty"`
}

// CriterionVerdict is one criterion's yes/no/unknown with its reasons.
type CriterionVerdict struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"` // short: "Simon Broome possible"
	Text    string   `json:"text"`
	Verdict string   `json:"verdict"` // yes, no, unknown
	Source  string   `json:"source"`  // "NICE CG71, appendix F (2008, updated 2019)"
	For     []Reason `json:"for"`
	Against []Reason `json:"against"`
	Unknown []Reason `json:"unknown"`
}

// Reason is one clause with what the patient's record says about it. In JSON
// it is its String, so that a reader needs no second schema.
type Reason struct {
	Who    string // "Patient", "Father", "Maternal aunt"; empty when about no one
	Clause string // "LDL cholesterol above 4.9 mmol/L"
	Value  string // "6.3 mmol/L", "53 y", "Not known"
	Basis  string // "Untreated", "from patient", "confirmed by report"
	When   Date
	Source string // short form of the source with its clause
	URL    string
	Fact   string // primitive fact or topic behind it, for jumping to its box; may be empty
	Person string // id
}

// ScoreResult is a score as the totals that can still be reached.
type ScoreResult struct {
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Min      int          `json:"min"`
	Max      int          `json:"max"`
	Possible []int        `json:"possible,omitempty"`
	Band     string       `json:"band"`            // the band of Min..Max when it is one, else ""
	Bands    []string     `json:"bands,omitempty"` // every band still possible
	Scale    []ScoreBand  `json:"scale,omitempty"` // all bands with their edges, for drawing
	Groups   []ScoreGroup `json:"groups,omitempty"`
	Applies  string       `json:"applies"` // yes, no, unknown
	Why      string       `json:"why,omitempty"`
}

// ScoreBand is a named stretch of a score, both ends included.
type ScoreBand struct {
	Name string `json:"name"`
	From int    `json:"from"`
	To   int    `json:"to"`
}

// ScoreGroup is what one group of items contributes.
type ScoreGroup struct {
	Name string `json:"name"`
	Min  int    `json:"min"`
	Max  int    `json:"max"`
}

// PathwayResult is where one tumour stands in a decision table.
type PathwayResult struct {
	ID       string   `json:"id"`       // "lynch.dg27"
	Tumour   int      `json:"tumour"`   // index among the patient's tumours
	Step     string   `json:"step"`     // the next step when only one is possible, else ""
	Possible []string `json:"possible"` // steps still possible
	Text     string   `json:"text"`     // the step in words
	Basis    string   `json:"basis"`    // "guidance" or "our rule where guidance is silent"
	Source   string   `json:"source"`
	Notes    []string `json:"notes,omitempty"`
	// Later are the steps that may follow, empty unless Step is known.
	Later []LaterStep `json:"later,omitempty"`
}

// Question is a next question, ranked by what its answer is expected to settle
// over what it costs to ask.
type Question struct {
	Fact        string    `json:"fact"`   // primitive fact, or "asked.heart" style topic
	Person      string    `json:"person"` // id; the patient's for topics
	Question    string    `json:"question"`
	Cost        int       `json:"cost"`              // 1 ask, 2 examine, 5 blood test, 10 letter
	Facts       []string  `json:"facts,omitempty"`   // facts answered in one go with it
	CouldBecome []Outcome `json:"could_become"`      // outcomes reachable by its answer
	Effects     []Effect  `json:"effects,omitempty"` // what single answers would do, for the card
	Gain        float64   `json:"gain,omitempty"`    // bits
	Unlocks     string    `json:"for,omitempty"`     // criterion or gate it settles
	Topic       string    `json:"topic,omitempty"`   // set for questions to the whole family
	MaxDegree   int       `json:"max_degree,omitempty"`

	missing string // what is not known, in the fewest words, for one-line reasons
}

// Effect says what one answer to a question would lead to.
type Effect struct {
	Answer  string  `json:"answer"` // "yes", "under 60", "over 4.9 mmol/L"
	Outcome Outcome `json:"outcome,omitempty"`
	Text    string  `json:"text"` // "meets Simon Broome possible"
}

// NextStep is what to do next in a line: the first question, or where a tumour
// test comes first, that test. It is empty where nothing is open.
func (a *AreaAdvice) NextStep() string {
	switch {
	case len(a.Next) > 0:
		return a.Next[0].Question
	case a.Outcome == TestTumour:
		return strings.TrimSuffix(a.Action, ".")
	}
	return ""
}

// Open tells whether what comes next says more than the reason: something is
// missing, or a tumour test comes first.
func (o Outcome) Open() bool { return o == MoreInformation || o == TestTumour }

// Flag is a warning that stands beside any outcome.
type Flag struct {
	ID     string `json:"id"`
	Urgent bool   `json:"urgent"`
	Text   string `json:"text"`
	Source string `json:"source,omitempty"`
	About  string `json:"about,omitempty"` // the fact beside which it is shown as well
}

// NoteParts are the headings notes can stand under (NotePartTitle), in the order
// they are shown: for each reader of the advice, for other published definitions that are said and decide nothing,
// guidance for what follows a genetic result, and for treatment, which is kept
// apart from heredity.
var NoteParts = []string{"gp", "mdt", "genetics", "other_definitions", "after_result", "treatment"}

// Note is a remark evaluated after the outcome; it never changes one.
type Note struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Source string `json:"source,omitempty"`
	About  string `json:"about,omitempty"` // the fact beside which it is shown as well
	Part   string `json:"part,omitempty"`  // of NoteParts, under which it is shown; empty stands alone
}
