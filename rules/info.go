package rules

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
	Family      []FamilyInfo
	Settings    []SettingInfo
	Outcomes    []OutcomeInfo
	Open        []OpenInfo
	Flags       []Flag
	Notes       []Note
	Remarks     map[string][]RuleLine // when each flag and note is shown, by its id
	Conflicts   []ConflictInfo
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
type StepInfo struct {
	ID, Verdict, Text, Fact string

	Relative       string // condition that a relative counts as having whose tumour stands here
	RelativeTested string // the same where the gene test it may lead to found nothing sure
}

// ParamInfo is one parameter as it stands on the book's day.
type ParamInfo struct {
	ID, Label, Unit, Value string // Value: "4.9; 4 if age under 16"
	From                   Date
	Sources                []string
}

// FamilyInfo is one question about relatives that the area's rules ask.
type FamilyInfo struct {
	ID, Label string
	Question  string // as it stands in the file: "any: myocardial_infarction, degree: 1, age_below: 60"
	Text      string // in words: "Heart attack in a first-degree relative; below 60"
	Cluster   bool   // looks for one set of people that has it all together
	Sources   []string
}

// SettingInfo is one local setting that the area's rules read.
type SettingInfo struct {
	ID, Label, Question, Help string
	Default                   string   // in words
	Choices                   []string // in words
	Sources                   []string
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

// OpenInfo is what the advice says while several outcomes are possible, where
// When surely holds; the last has no condition.
type OpenInfo struct {
	Reason      string
	NothingLeft string // the action when nothing is left to ask
	When        []RuleLine
}
