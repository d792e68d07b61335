package family

// Reason says in one word why a person counts, does not count, or cannot be
// judged yet.
type Reason uint8

// The reasons.
const (
	Counts               Reason = iota
	AskedNone                   // asked up to the degree needed; nobody else has it
	NotNearEnough               // outside the degrees that count
	NotThatRelative             // another place in the family than the rule names
	NotThatSex                  // the rule is for the other sex
	TooOld                      // too old at diagnosis or measurement
	TooYoung                    // too young at measurement
	BelowLine                   // the number is not over the line
	NotConfirmed                // known not to be confirmed
	NotByBlood                  // step, adoptive, partner, in-law
	AnswerNo                    // asked about this person: absent
	OneSideOnly                 // on the other side of the family than the ones that count
	NotFirstDegree              // not first degree to enough of the others
	TooFew                      // too few people have it
	OneGeneration               // all in one generation
	NobodyYoung                 // nobody was young enough at diagnosis
	NoneOfThose                 // none of the cancers the rule names
	StateNotAsked               // nobody asked whether this person has it
	AgeNotKnown                 // age at diagnosis or measurement
	ConfirmationNotKnown        // a report has not been seen
	NumberNotKnown              // the number was not measured
	SexNotKnown                 // the age line depends on sex at birth
	DegreeNotKnown              // full or half sibling
	SideNotKnown                // which side is not said
	RelativesNotAsked           // the topic was not put for everyone up to the degree needed
	UnknownSide                 // nobody knows about a side
	BothParents                 // met only by joining the two sides through both parents
	FirstDegreeNotSure          // may be first degree to the others, depending on parents not given
)

// reasonWords are the plain words of each reason.
var reasonWords = [...]string{
	Counts:               "counts",
	AskedNone:            "asked, nobody else",
	NotNearEnough:        "not a near enough relative",
	NotThatRelative:      "not one of the relatives this counts",
	NotThatSex:           "not the sex this counts",
	TooOld:               "too old at the time",
	TooYoung:             "too young at the time",
	BelowLine:            "not over the line",
	NotConfirmed:         "not confirmed",
	NotByBlood:           "not related by blood",
	AnswerNo:             "asked, absent",
	OneSideOnly:          "on the other side of the family",
	NotFirstDegree:       "not a first-degree relative of the others",
	TooFew:               "too few people",
	OneGeneration:        "all in one generation",
	NobodyYoung:          "nobody young enough at diagnosis",
	NoneOfThose:          "none of the cancers needed",
	StateNotAsked:        "not asked",
	AgeNotKnown:          "age not known",
	ConfirmationNotKnown: "not confirmed by a report yet",
	NumberNotKnown:       "not measured",
	SexNotKnown:          "sex at birth not known",
	DegreeNotKnown:       "full or half sibling not known",
	SideNotKnown:         "side of the family not known",
	RelativesNotAsked:    "not asked for all relatives",
	UnknownSide:          "a side of the family is unknown",
	BothParents:          "affected people are on two sides, joined by both parents",
	FirstDegreeNotSure:   "parents not given, so who is whose first-degree relative is open",
}

// String gives the reason in words.
func (r Reason) String() string {
	if int(r) < len(reasonWords) {
		return reasonWords[r]
	}
	return "unknown reason"
}

// Finding is one person's part in an answer.
type Finding struct {
	Person int // member number; -1 when it is about relatives nobody listed
	Entry  int // which of the member's Conditions (or Numbers, for a number question); -1 for none
	Reason Reason
	Topic  Topic // what must be asked, for StateNotAsked and RelativesNotAsked
	Degree int   // up to which degree it must be asked, for RelativesNotAsked
}

// Evidence is an answer person by person. Reset it before reuse; asking appends.
type Evidence struct {
	For     []Finding
	Against []Finding
	Unknown []Finding
}

// Reset empties the evidence and keeps its memory.
func (e *Evidence) Reset() {
	e.For, e.Against, e.Unknown = e.For[:0], e.Against[:0], e.Unknown[:0]
}
