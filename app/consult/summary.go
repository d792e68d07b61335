package consult

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"kindred/app/store"
	"kindred/rules"
)

// summaryJSON is the sealed summary: what lists and the search need, and short,
// because every one of them is read at unlock.
type summaryJSON struct {
	Identity
	Saved    time.Time                `json:"at"`
	Outcomes map[string]rules.Outcome `json:"outcomes,omitempty"`
	Urgent   bool                     `json:"urgent,omitempty"`
	Next     string                   `json:"next,omitempty"`
	Reason   string                   `json:"reason,omitempty"`
	Origin   string                   `json:"origin,omitempty"`
	// Cascade are the areas in which a variant is known in the family; Marked
	// says that the program that wrote this looked.
	Cascade []string `json:"cascade,omitempty"`
	Marked  bool     `json:"marked,omitempty"`
}

// strength orders outcomes by how much there is to do; screens show the
// strongest area first.
var strength = []rules.Outcome{
	rules.Cascade, rules.Test, rules.TestTumour, rules.Refer, rules.MoreInformation, rules.AlreadyTested, rules.NotIndicated,
}

// Strongest is the area of an advice that leads: urgent before all, then by how
// much there is to do, then the one that more in the record speaks for, then in
// the order of the advice. Nil when there is none.
func Strongest(areas []rules.AreaAdvice) *rules.AreaAdvice {
	var best *rules.AreaAdvice
	var most [2]int
	for i := range areas {
		a := &areas[i]
		rank := [2]int{-slices.Index(strength, a.Outcome), 0}
		if a.Urgent {
			rank[0] += len(strength)
		}
		for _, c := range a.Criteria {
			rank[1] += len(c.For)
		}
		if best == nil || slices.Compare(rank[:], most[:]) > 0 {
			best, most = a, rank
		}
	}
	return best
}

func summaryOf(r *Record, assessErr error) summaryJSON {
	s := summaryJSON{Identity: r.Identity, Saved: r.Saved, Origin: r.Origin, Marked: true}
	if assessErr != nil {
		s.Reason = "Not assessed: " + assessErr.Error()
	}
	if r.Advice == nil {
		return s
	}
	s.Outcomes = make(map[string]rules.Outcome, len(r.Advice.Areas))
	for _, a := range r.Advice.Areas {
		s.Outcomes[a.Area] = a.Outcome
		s.Urgent = s.Urgent || a.Urgent
		if a.Cascade != nil {
			s.Cascade = append(s.Cascade, a.Area)
		}
	}
	if lead := Strongest(r.Advice.Areas); lead != nil {
		s.Reason = lead.Reason
		s.Next = lead.NextStep()
	}
	return s
}

func summaryIn(st store.Stored) (Summary, error) {
	var j summaryJSON
	if err := json.Unmarshal(st.Summary, &j); err != nil {
		return Summary{}, fmt.Errorf("reading a consultation's summary: %w", err)
	}
	return Summary{
		ID: st.ID, PatientID: st.Patient, Revision: st.Revision, Identity: j.Identity, Saved: j.Saved,
		Outcomes: j.Outcomes, Urgent: j.Urgent, Next: j.Next, Reason: j.Reason, Origin: j.Origin,
	}, nil
}

func summaries(stored []store.Stored) ([]Summary, error) {
	out := make([]Summary, 0, len(stored))
	for _, st := range stored {
		s, err := summaryIn(st)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}
