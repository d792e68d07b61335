package consult

import (
	"fmt"
	"testing"

	"kindred/rules"
)

// Thirteen criteria: the one the next question settles leads, then those for
// which most is known, then what is met; the others are one line.
func TestTheCriteriaThatCarryTheOutcomeComeFirst(t *testing.T) {
	verdict := func(v string, known, missing int) rules.CriterionVerdict {
		return rules.CriterionVerdict{Name: fmt.Sprintf("%s %d/%d", v, known, missing), Verdict: v, For: make([]rules.Reason, known), Unknown: make([]rules.Reason, missing)}
	}
	ar := &rules.AreaAdvice{Outcome: rules.MoreInformation, Next: []rules.Question{{Effects: []rules.Effect{{Text: "meets unknown 1/9"}}}}}
	for i := range 5 {
		ar.Criteria = append(ar.Criteria, verdict("no", i, 0))
	}
	ar.Criteria = append(ar.Criteria, verdict("unknown", 0, 36), verdict("unknown", 3, 4), verdict("unknown", 1, 9), verdict("unknown", 3, 2), verdict("yes", 2, 0))
	shown, rest, lead := order(ar)
	if got := fmt.Sprint(shown, rest, lead); got != "[7 8 6 9] [0 1 2 3 4 5] 7" {
		t.Errorf("shown, rest, lead: %s", got)
	}
	ar.Outcome, ar.Next = rules.Test, nil
	if shown, _, lead = order(ar); len(shown) != 1 || lead != 9 {
		t.Errorf("once decided only what is met carries it: %v, lead %d", shown, lead)
	}
	ar.Criteria = ar.Criteria[:4]
	if shown, rest, _ = order(ar); len(shown) != 4 || rest != nil {
		t.Errorf("four criteria need no folding: %v, %v", shown, rest)
	}
}
