package rules

import (
	"math/bits"
	"slices"
	"strings"

	"kindred/rules/truth"
)

// pathwayTruth is a pathway as yes or no, over all tumours.
func (a *Area) pathwayTruth(s *state, p int32) truth.K {
	return a.special(s, &op{code: opPathway, a: p})
}

// stepsText names where a pathway stands: one step, or the steps still possible.
func (x *teller) stepsText(p int32) string {
	var steps uint64
	open := false
	for t := range x.s.tumours {
		if x.s.tumours[t].exists == truth.Yes {
			steps |= x.s.tumours[t].steps[p]
		} else if x.s.tumours[t].steps[p] != 0 {
			open = true
		}
	}
	switch {
	case steps == 0 && open:
		return "Not known"
	case steps == 0:
		return "No such tumour"
	case bits.OnesCount64(steps) > 3:
		return "Not known"
	}
	return x.a.stepNames(p, steps)
}

// tumourText names the results that put a tumour of the patient where it stands
// in a table, ordinary ones left out: "MSH6 lost". It is empty when more than
// one row can still apply.
func (x *teller) tumourText(p int32) string {
	w := &x.a.pathways[p]
	var out []string
	for t := range x.s.tumours {
		ts := &x.s.tumours[t]
		if ts.exists != truth.Yes || ts.steps[p] == 0 {
			continue
		}
		hit := -1
		for i := range w.table.rows {
			if ts.rows[p].has(i) {
				if hit >= 0 {
					return ""
				}
				hit = i
			}
		}
		if hit < 0 {
			return ""
		}
		for c, slot := range w.table.cols {
			sl := &x.a.slots[slot]
			if sl.kind != slotChoice || w.table.rows[hit].cells[c] == w.table.full[c] {
				continue
			}
			value := ts.choice[sl.at]
			if bits.OnesCount32(value) != 1 || value == 1 || sl.fact.Choices[bits.TrailingZeros32(value)].Value == "not_done" {
				continue // the first choice of a result is the ordinary one
			}
			text := x.a.brief(sl.fact) + " " + lowered(choiceText(sl.fact, value, sl.full))
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return strings.Join(out, ", ")
}

func (a *Area) stepNames(p int32, steps uint64) string {
	var out []string
	for m := steps; m != 0; m &= m - 1 {
		out = append(out, a.pathways[p].def.steps[bits.TrailingZeros64(m)].Text)
	}
	return strings.Join(out, " or ")
}

// pathway is where one tumour stands.
func (x *teller) pathway(t, p int) PathwayResult {
	ts, w := &x.s.tumours[t], &x.a.pathways[p]
	r := PathwayResult{ID: w.def.id, Tumour: ts.index, Possible: []string{}, Source: x.sources(w.def.sources)}
	for m := ts.steps[p]; m != 0; m &= m - 1 {
		r.Possible = append(r.Possible, w.def.steps[bits.TrailingZeros64(m)].ID)
	}
	r.Text = x.a.stepNames(int32(p), ts.steps[p])
	switch n := len(r.Possible); {
	case n == 1:
		r.Step = r.Possible[0]
		r.Later = x.ladder(t, p, bits.TrailingZeros64(ts.steps[p]))
	case n > 2: // too many to read; what decides between them says more
		if open := x.openColumns(t, p); len(open) > 0 {
			r.Text = "Several next steps are still possible. Not recorded: " + strings.Join(open[:min(len(open), 4)], ", ")
		}
	}
	for i := range w.table.rows {
		if !ts.rows[p].has(i) {
			continue
		}
		row := &w.table.rows[i]
		if r.Basis == "" || strings.HasPrefix(row.basis, "our") {
			r.Basis = row.basis // ours if any row that can apply is ours
		}
		if r.Step != "" {
			for _, n := range row.notes {
				if !slices.Contains(r.Notes, n) {
					r.Notes = append(r.Notes, n)
				}
			}
		}
	}
	return r
}

// openColumns names the results of a tumour that a table asks for and nobody
// recorded, in the table's own order.
func (x *teller) openColumns(t, p int) []string {
	var out []string
	ts := &x.s.tumours[t]
	for _, slot := range x.a.pathways[p].table.cols {
		if sl := &x.a.slots[slot]; sl.kind == slotChoice && bits.OnesCount32(ts.choice[sl.at]) > 1 {
			out = append(out, x.a.brief(sl.fact))
		}
	}
	return out
}

// pathwayNote puts a note on the results of the tumours it is about.
func (x *teller) pathwayNote(n *note, out *AreaAdvice) {
	if n.pathway < 0 || n.loop < 0 {
		return
	}
	id := x.a.pathways[n.pathway].def.id
	for i := range out.Pathways {
		r := &out.Pathways[i]
		for t := range x.s.tumours {
			if r.ID == id && x.s.tumours[t].index == r.Tumour && x.s.hits[n.loop]>>t&1 != 0 && !slices.Contains(r.Notes, n.def.id) {
				r.Notes = append(r.Notes, n.def.id)
			}
		}
	}
}

// pathwayVerdict lists a pathway among the criteria: yes a germline test is
// offered, no the pathway ends without it, unknown a step is outstanding.
func (x *teller) pathwayVerdict(p int32) CriterionVerdict {
	w := &x.a.pathways[p]
	k := x.a.pathwayTruth(x.s, p)
	v := CriterionVerdict{
		ID: w.def.id, Name: sentence(w.def.name), Text: w.def.text, Verdict: k.String(), Source: x.sources(w.def.sources),
		For: []Reason{}, Against: []Reason{}, Unknown: []Reason{},
	}
	if v.Text == "" {
		v.Text = w.def.name
	}
	for t := range x.s.tumours {
		ts := &x.s.tumours[t]
		if ts.steps[p] == 0 {
			continue
		}
		one := truth.Never
		for m := ts.steps[p]; m != 0; m &= m - 1 {
			one |= w.verdict[bits.TrailingZeros64(m)]
		}
		cond := x.a.dict.siteCondition[x.a.siteName(ts.site)]
		r := Reason{Who: "Patient", Clause: sentence(cond.Short), Source: x.sources(w.def.sources), URL: x.url(w.def.sources), Fact: "asked." + cond.Topic}
		if x.w != nil {
			r.Person = x.w.facts.patient.ID
		}
		switch {
		case ts.exists == truth.Unknown:
			r.Value, one = "Not known whether the patient had it", truth.Unknown
		case bits.OnesCount64(ts.steps[p]) > 3:
			r.Value = "Tumour tests not known"
		default:
			r.Value = x.a.stepNames(p, ts.steps[p])
		}
		*bin(&v, one) = append(*bin(&v, one), r)
	}
	if b := bin(&v, k); len(*b) == 0 {
		*b = append(*b, Reason{Clause: sentence(w.def.name), Value: x.stepsText(p), Source: x.sources(w.def.sources)})
	}
	return v
}

// bin is the list of reasons for an answer.
func bin(v *CriterionVerdict, k truth.K) *[]Reason {
	switch k {
	case truth.Yes:
		return &v.For
	case truth.No:
		return &v.Against
	}
	return &v.Unknown
}
