package rules

import (
	"kindred/rules/family"
	"kindred/rules/truth"
)

// Area is one area in one edition, compiled to a flat table of operations. It
// is read-only once made; many goroutines may evaluate it at the same time.
type Area struct {
	dict    *Dictionary
	src     *areaSource
	edition editionDef
	day     Date
	info    AreaInfo

	slots   []slot // facts the rules read
	slotOf  map[string]int32
	sizes   [3]int     // how many yes/no, number and choice slots there are
	blank   *state     // of which nothing is known
	slotAt  [3][]int32 // by kind and index in its array: the slot
	tumours []int32
	kin     []kinQuestion

	thresholds          []threshold
	fixed               []truth.Span // values of thresholds that depend on nothing
	varying             []int32      // thresholds to work out for each case
	varyRoute, varyRest []int32      // those of them the outcome depends on, and the others

	ops        []op
	kids       []int32
	routeEnd   int // ops up to here decide the outcome
	routeLines int // and so many of the thresholds
	mainEnd    int // ops up to here are the other criteria
	listEnd    int // ops up to here are what a list shows beside the outcome; those after it are flags and notes
	routePart  batch
	restPart   batch
	listPart   batch // urgent flags and the words for open advice
	notePart   batch // other flags and notes, which lists leave out
	loops      int
	sites      []string // tumour sites rules speak of, by bit

	criteria []criterion
	critOf   map[string]int32
	scores   []score
	scoreOf  map[string]int32
	pathways []pathway
	pathOf   map[string]int32
	rows     []row
	endings  []ending
	open     []opening
	flags    []note
	notes    []note
	presumed []int32          // slots that may be presumed
	locals   []int32          // slots of local settings
	cites    map[*string]cite // sources as they are printed
	keyed    []int32          // slots of the patient that what a list shows depends on
	ageMarks []float64        // every age that what a list shows draws a line at, family questions included
}

// slotKind says in which array a slot's value is kept.
type slotKind uint8

const (
	slotYesNo slotKind = iota
	slotNumber
	slotChoice
)

// slot is one fact the rules read.
type slot struct {
	fact   *FactDef
	kind   slotKind
	at     int32 // index in the array of its kind
	tumour bool
	family int32 // index in kin, -1 for none
	full   uint32
	// presume is what the fact is taken to be in the second pass; for a local
	// setting its default
	presumeYesNo truth.K
	presumeMask  uint32
	notUsed      bool      // absent: every line about it is no
	routed       bool      // a local setting that routing lines read
	tabled       bool      // a local setting that is a column of a decision table
	cuts         []int32   // thresholds it is held against
	routeCuts    []int32   // those of them the outcome depends on
	asGiven      bool      // only an answer about the patient can settle it
	screened     bool      // what a list shows depends on it
	marks        []float64 // every number it is held against for that, in rising order
	routeMarks   []float64 // the same for the outcome alone
}

// kinQuestion is a family fact: a question put to the family graph.
type kinQuestion struct {
	slot       int32
	relatives  *family.Relatives
	cluster    *family.Cluster
	topic      string // of what it asks, for questions
	askedTopic string // "asked.heart"
	fact       string // the number fact, when it is about one
	ageText    string // "below 60", for effects
}

// threshold is a parameter or a numeral: a value, or the first line that
// applies.
type threshold struct {
	id     string // "" for a numeral
	unit   string
	lines  []thresholdLine
	source []string
	from   Date
	label  string

	split int32      // the number slot of a plain "below" and "else"; -1 for anything else
	below float64    // where it splits
	only  int32      // the only number slot held against it; -1 when there are more or none
	hull  truth.Span // from its lowest to its highest value
}

type thresholdLine struct {
	when  []op // all must hold; empty: always
	expr  *expr
	value float64
}

// opCode is what an operation does.
type opCode uint8

const (
	opFact opCode = iota // yes/no slot a
	opOver               // number slot a against threshold b
	opUnder
	opAtLeast
	opAtMost
	opChoice // choice slot a is in mask
	opAll    // kids b … b+n
	opAny
	opNone
	opNot       // of a
	opScore     // work out score a
	opScoreOver // score a against threshold b
	opScoreUnder
	opScoreAtLeast
	opScoreAtMost
	opBand     // score a is in a band of mask
	opStep     // pathway a stands at a step of mask, for any tumour
	opPathway  // pathway a as yes or no, for any tumour
	opStepHere // the same for the tumour of this block
	opPathHere
	opLoop     // the block up to b for each tumour of the sites in mask; n numbers the loop
	opRecorded // slot a is recorded
	opOutcome  // the outcome is in mask
)

// op is one operation; its result is the value of the node of its own index.
type op struct {
	code opCode
	neg  bool
	a, b int32
	n    int32
	mask uint64
}

// criterion is one compiled criterion.
type criterion struct {
	def  *criterionDef
	name string // as a sentence begins
	when *expr
	node int32
	loop int32 // number of its tumour loop, -1 for none
}

// score is one compiled score table.
type score struct {
	def         *scoreDef
	policy      string
	sum         bool  // sum of items instead of the highest of each group
	applies     int32 // node, -1 when it always applies
	appliesExpr *expr
	groups      []scoreGroup
	node        int32
	lines       []int32 // thresholds it is compared with
}

type scoreGroup struct {
	name  string
	items []scoreItem
}

type scoreItem struct {
	node   int32
	points int
	shift  uint8 // of the bit that stands for the points
	expr   *expr
	text   string
}

// pathway is one compiled decision table.
type pathway struct {
	def     *pathwayDef
	table   *decisionTable
	sites   uint64
	verdict []truth.K // of each step
	stepOf  map[string]int
}

// row is one routing row; its endings stand in Area.endings[first:first+n],
// gates first.
type row struct {
	def   *rowDef
	when  int32 // -1: otherwise
	expr  *expr
	first int32
	gates []int32 // nodes
	exprs []*expr // of the gates
	names []because
}

// because is something a row can name in its reason.
type because struct {
	kind leafKind
	ref  int32
	name string
}

// ending is one way the routing can end: a row, or one of its gates.
type ending struct {
	row     int32
	gate    int32 // -1: the row itself
	outcome Outcome
	bit     uint8 // position of the outcome in outcomes
	urgent  bool
	words   wording
}

// note is a compiled note or flag.
type note struct {
	def     *noteDef
	when    *expr
	node    int32
	loop    int32
	pathway int32
}

// Info says what the area is.
func (a *Area) Info() AreaInfo { return a.info }

// ID is the area's id.
func (a *Area) ID() string { return a.src.id }
