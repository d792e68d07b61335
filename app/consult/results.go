package consult

import (
	"context"
	"fmt"

	"kindred/app/cliniclist"
	"kindred/rules"
)

// SaveResults keeps every row of a clinic list that was advised on as a
// consultation that can be opened; rejected rows are left out. It is SaveMany
// (which see) under the list's file name, and what it keeps of the advice is
// what the list shows: outcome, reason and next question of each area with
// edition and fingerprint. Opening such a consultation and assessing it gives
// the rest.
func (s *Service) SaveResults(ctx context.Context, results *cliniclist.Results, progress func(done int)) (Imported, error) {
	list := results.List()
	areas := results.Areas()
	rows := func(yield func(Item) bool) {
		for i := range results.Len() {
			if results.Rejected(i) != "" || list.Continues(i) {
				continue
			}
			row := results.Row(i)
			r := &Record{
				Identity: Identity{
					Family: row.Who.Family, Given: row.Who.Given, Title: row.Who.Title,
					Born: row.Who.Born, Sex: row.Who.Sex, NHSNumber: row.Who.NHSNumber,
				},
				Case:   *row.Case,
				Advice: &rules.Advice{Schema: "kindred.advice/1", Date: row.Case.Date, Areas: listAdvice(areas, results.Advice(i))},
			}
			it := Item{Record: r, Key: list.Key(i, row.Who), Where: fmt.Sprintf("row %d", row.Number)}
			if !yield(it) {
				return
			}
		}
	}
	return s.SaveMany(ctx, list.File, rows, progress)
}

// listAdvice is the advice of one row as far as a list keeps it.
func listAdvice(areas []rules.AreaInfo, results []cliniclist.AreaResult) []rules.AreaAdvice {
	out := make([]rules.AreaAdvice, len(results))
	for k, a := range results {
		info := &areas[k]
		out[k] = rules.AreaAdvice{
			Area: info.ID, Title: info.Title, Edition: info.Edition, Fingerprint: info.Fingerprint, Status: info.Status,
			Outcome: a.Outcome, Urgent: a.Urgent, Code: a.Code, Reason: a.Reason,
		}
		if a.Ask != "" {
			out[k].Next = []rules.Question{{Question: a.Ask}}
		}
	}
	return out
}
