package rules

import (
	"embed"
	"errors"
	"io/fs"

	"kindred/rules/truth"
)

// Files holds the shared dictionary and every area folder. A new folder with
// an area.yaml is a new area; no Go file names it.
//
//go:embed facts.yaml
var Files embed.FS

// Library is every area in every edition, loaded and checked once.
type Library struct {
	dictionary *Dictionary
}

// Load reads the shared dictionary and every area folder of fsys (the embedded
// Files, or another folder of the same form) and checks all of it. The error is
// a LoadError that lists all problems of all files.
func Load(fsys fs.FS) (*Library, error) { return nil, errors.New("the rules are not built yet") }

// Dictionary is every topic, condition and fact.
func (l *Library) Dictionary() *Dictionary { return l.dictionary }

// On gives the editions in force that day. Books are kept, so that asking
// again costs nothing. The error names an area that has no edition that day.
func (l *Library) On(day Date) (*Book, error) { return nil, errors.New("the rules are not built yet") }

// Book is the edition of every area in force on one day.
type Book struct{}

// AreaInfo is what an area says about itself, for the rule book and for
// screens.
type AreaInfo struct {
	ID          string
	Title       string
	Short       string
	Question    string
	Codes       []CodeInfo
	Edition     string
	From, Until Date
	Note        string
	Owner       string
	Status      string // "transcribed" or "signed_off"
	SignedOffBy string
	SignedOffOn Date
	ReviewBy    Date
	Fingerprint string
	Sources     []SourceInfo
	Criteria    []CriterionInfo
	Scores      []ScoreInfo
	Pathways    []PathwayInfo
	Params      []ParamInfo
	Outcomes    []OutcomeInfo
	Flags       []Flag
	Notes       []Note
}

// CodeInfo is a test code an area may give.
type CodeInfo struct{ Code, Title, Source string }

// SourceInfo is a guideline or paper.
type SourceInfo struct {
	ID, Title, Short, Issuer, Section, URL, Note string
	Date                                         Date
	Seen                                         bool // false: recalled, to be confirmed before sign-off
}

// CriterionInfo is one criterion in words.
type CriterionInfo struct {
	ID, Name, Text string
	Sources        []string // ids
	Lines          []RuleLine
	Shown          bool // listed in advice
	Tumours        []string
}

// RuleLine is one line of a rule as it stands in the file, with its depth.
type RuleLine struct {
	Depth int    // 0 for the outermost
	Join  string // all, any or none when the line opens a group; else empty
	Text  string // the condition in words: "LDL cholesterol (untreated) over 4.9 mmol/L (under 16: 4)"
	Line  string // the condition as written
}

// ScoreInfo is one score in words.
type ScoreInfo struct {
	ID, Name, Policy string
	Sources          []string
	Applies          []RuleLine
	Items            []ScoreItemInfo
	Bands            []ScoreBand
}

// ScoreItemInfo is one item of a score.
type ScoreItemInfo struct {
	Group, Text string
	Points      int
}

// PathwayInfo is one decision table.
type PathwayInfo struct {
	ID, Name, Text, Policy string
	Sources, Sites         []string
	Columns                []string   // labels
	Rows                   [][]string // cells, then step, basis, row name
	Steps                  []StepInfo
}

// StepInfo is one step a pathway can give.
type StepInfo struct{ ID, Verdict, Text, Fact string }

// ParamInfo is one parameter as it stands on the book's day.
type ParamInfo struct {
	ID, Label, Unit, Value string // Value: "4.9; 4 if age under 16"
	From                   Date
	Sources                []string
}

// OutcomeInfo is one routing row in words.
type OutcomeInfo struct {
	Outcome  Outcome
	Code     string
	Headline string
	Action   string
	Sources  []string
	When     []RuleLine
	ButFirst []string // gates in words
}

// Areas says what each area is, in the order of screens.
func (b *Book) Areas() []AreaInfo { return nil }

// Assess works out everything about a case: advice, reasons, ranked questions.
// The error names what in the case cannot be so.
func (b *Book) Assess(c *Case) (*Advice, error) { return nil, errors.New("the rules are not built yet") }

// Screen is Assess for long lists: the same outcome, code, reason and first
// question, without criteria and without the other questions.
func (b *Book) Screen(c *Case) ([]AreaAdvice, error) {
	return nil, errors.New("the rules are not built yet")
}

// Area is one area of the book by id, nil when there is none. Acceptance
// checks use it to give facts and verdicts directly.
func (b *Book) Area(id string) *Area { return nil }

// Area is one area in one edition, compiled.
type Area struct{}

// Inputs makes an empty set of inputs: nothing known.
func (a *Area) Inputs() *Inputs { return nil }

// Inputs are facts given directly, derived and family facts too, and verdicts
// assumed instead of worked out.
type Inputs struct{}

// Set gives one fact; a tumour fact goes to the tumour added last. The error
// names an unknown fact or value.
func (in *Inputs) Set(fact string, a Answer) error { return nil }

// SetYesNo gives one yes/no fact.
func (in *Inputs) SetYesNo(fact string, k truth.K) error { return nil }

// SetNumber gives one number in the fact's own unit.
func (in *Inputs) SetNumber(fact string, s truth.Span) error { return nil }

// SetChoice gives one choice; "" is not known.
func (in *Inputs) SetChoice(fact, value string) error { return nil }

// AddTumour gives the patient one more tumour.
func (in *Inputs) AddTumour(t Tumour) error { return nil }

// Assume fixes the verdict of a criterion or pathway.
func (in *Inputs) Assume(id string, k truth.K) error { return nil }

// AssumeScore fixes a score to the totals from lo to hi.
func (in *Inputs) AssumeScore(id string, lo, hi int) error { return nil }

// Evaluate works the area out on these inputs.
func (a *Area) Evaluate(in *Inputs) (*Evaluation, error) { return nil, nil }

// Evaluation is what an area makes of inputs given directly.
type Evaluation struct {
	Advice AreaAdvice // everything, explained and ranked
}

// Verdict is the verdict of a criterion or pathway by id; helpers that advice
// does not list are there too. Unknown for an id there is not.
func (e *Evaluation) Verdict(id string) truth.K { return truth.Unknown }

// Score is a score by id.
func (e *Evaluation) Score(id string) (ScoreResult, bool) { return ScoreResult{}, false }

// Pathways is where each tumour stands in the table of that id.
func (e *Evaluation) Pathways(id string) []PathwayResult { return nil }

// Noted reports whether a note or flag appeared.
func (e *Evaluation) Noted(id string) bool { return false }
