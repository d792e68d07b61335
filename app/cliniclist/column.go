package cliniclist

// Use is what a column is used for.
type Use string

// The uses. Term, value, unit and date columns belong together as the blocks in
// which GP systems export results.
const (
	Unused         Use = ""
	NHSNumberUse   Use = "NHS number"
	LocalID        Use = "local number"
	FamilyName     Use = "family name"
	GivenName      Use = "given name"
	FullName       Use = "full name"
	NameTitle      Use = "title"
	BornUse        Use = "date of birth"
	FactUse        Use = "fact"             // Column.Fact
	ConditionUse   Use = "condition"        // Column.Fact is a condition of the patient
	RelativeUse    Use = "relative"         // Column.Fact is a condition of Column.Relation
	TermUse        Use = "code term"        // says per row what the value beside it is
	ValueUse       Use = "value"            // of the term column Column.Anchor
	UnitUse        Use = "unit"             // of Column.Anchor
	DateUse        Use = "date"             // of Column.Anchor
	TreatmentStart Use = "treatment start"  // day the lipid-lowering treatment began
	Repeated       Use = "same measurement" // stands in a better column too; read where that one is empty
)

// Column is one column of a list and how it is understood.
type Column struct {
	Index     int    // from 0
	Heading   string // as written
	Use       Use
	Fact      string // fact or condition id
	Relation  string // "mother", for RelativeUse
	Unit      string // of its numbers: as the heading or the user says; empty: the fact's own, or a unit column's
	Anchor    int    // column a value, unit or date belongs to; -1 for none
	Order     Order  // of text dates; filled from the whole column
	Rank      int    // which of several columns of one fact is read first: highest first
	AgeGiven  bool   // a condition's column holds the age at diagnosis
	Note      string // what a person should know or decide about this column
	Doubtful  bool   // the note asks for a decision; until then its values are not used
	untreated bool   // the heading says the value is from before treatment
	meanings  []meaning
}

// Used reports whether the column contributes to a case or names the patient.
func (c *Column) Used() bool { return c.Use != Unused }

// meaning is one thing a heading can mean.
type meaning struct {
	use      Use
	fact     string
	relation string
	age      bool // an age at diagnosis rather than yes or no
}
