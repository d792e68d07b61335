package rules

import (
	"math/bits"
	"slices"
	"strings"

	"kindred/rules/truth"
)

// effects works out what single answers to a question would lead to.
func (x *teller) effects(r *state, q *ask, others []*ask) {
	var settled uint8
	try := func(answer string, set func(s *state)) {
		s := x.a.spare(r)
		set(s)
		x.a.decide(s)
		e := Effect{Answer: answer}
		if s.outcomes != 0 && s.firm() {
			settled |= s.outcomes
			e.Outcome = outcomes[bits.TrailingZeros8(s.outcomes)]
		}
		if x.listing {
			return // a row has no room for what single answers do
		}
		x.a.rest(s)
		e.Text = x.changes(r, s)
		if e.Text == staysOpen {
			e.Text += x.comesNext(s, others)
		}
		if answer != "" && (e.Text != "" || e.Outcome != "") {
			q.q.Effects = append(q.q.Effects, e)
		}
	}
	switch {
	case q.tumour >= 0:
		x.tumourEffects(r, q, try)
	case len(q.exists) > 0 && len(q.slots) == 0:
		try("no", func(s *state) {
			for _, t := range q.exists {
				s.tumours[t].exists = truth.No
			}
		})
	case len(q.slots) == 1 && len(q.exists) == 0:
		x.slotEffects(r, q, q.slots[0], try)
	default:
		x.groupEffects(r, q, try)
	}
	q.q.CouldBecome = possibleOutcomes(settled)
	if settled == 0 {
		q.q.CouldBecome = possibleOutcomes(r.outcomes)
	}
	for i := range q.q.Effects {
		if q.q.Effects[i].Text == "" {
			q.q.Effects[i].Text = strings.ReplaceAll(string(q.q.Effects[i].Outcome), "_", " ")
		}
	}
}

// staysOpen is what an answer does that settles nothing.
const staysOpen = "stays open"

// comesNext names the best of the other questions that still matters after an
// answer.
func (x *teller) comesNext(s *state, others []*ask) string {
	if len(others) == 0 {
		return ""
	}
	l := x.a.live(s, true)
	for _, q := range others {
		for _, i := range q.slots {
			if l.slots[i] && q.q.missing != "" {
				return "; next: " + q.q.missing
			}
		}
		if q.tumour >= 0 && (l.tumours[q.tumour].pathways != 0 || l.tumours[q.tumour].exists) && q.q.missing != "" {
			return "; next: " + q.q.missing
		}
	}
	return ""
}

// slotEffects tries every answer to a question about one fact.
func (x *teller) slotEffects(r *state, q *ask, i int32, try func(string, func(*state))) {
	sl := &x.a.slots[i]
	switch sl.kind {
	case slotYesNo:
		yes, no := "yes", "no"
		if q.personDetail && strings.HasSuffix(q.q.Fact, ".age") {
			if t := x.a.kin[sl.family].ageText; strings.HasPrefix(t, "below ") {
				limit := x.ageLimit(sl.family, q.q.Person, t)
				yes, no = "under "+limit, limit+" or over"
			}
		}
		try(yes, func(s *state) { s.yesNo[sl.at] = truth.Yes })
		try(no, func(s *state) { s.yesNo[sl.at] = truth.No })
	case slotChoice:
		for c := range sl.fact.Choices {
			if r.choices[sl.at]>>c&1 != 0 {
				try(lowered(sl.fact.Choices[c].Label), func(s *state) { s.choices[sl.at] = 1 << c })
			}
		}
	case slotNumber:
		span := r.numbers[sl.at]
		if q.basis {
			try("untreated", func(s *state) { s.numbers[sl.at] = truth.Exactly(span.Lo) })
			try("on treatment", func(*state) {})
			return
		}
		values := x.a.stretches(r, i)
		for n, v := range values {
			try(x.stretchText(r, i, n, values), func(s *state) {
				s.numbers[sl.at] = truth.Exactly(v)
				x.a.follow(s, x.a.following(r, i), truth.Exactly(v))
			})
		}
	}
}

// ageLimit is the age line that counts for a person.
func (x *teller) ageLimit(k int32, person, text string) string {
	text = strings.TrimPrefix(text, "below ")
	women, rest, two := strings.Cut(text, " (men below ")
	if !two || x.w == nil {
		return women
	}
	g := &x.w.kin.graph
	if i, ok := g.Index(person); ok && g.SexOf(i).String() == "male" {
		return strings.TrimSuffix(rest, ")")
	}
	_ = k
	return women
}

// stretchText says in which stretch between lines a value lies: "over 4.9
// mmol/L".
func (x *teller) stretchText(r *state, i int32, n int, values []float64) string {
	sl := &x.a.slots[i]
	var below, above float64
	hasBelow, hasAbove := false, false
	for _, c := range x.a.stretchCuts(sl) {
		for _, v := range [...]float64{r.lines[c].Lo, r.lines[c].Hi} {
			if v <= values[n] && (!hasBelow || v > below) {
				below, hasBelow = v, true
			}
			if v > values[n] && (!hasAbove || v < above) {
				above, hasAbove = v, true
			}
		}
	}
	switch {
	case hasBelow && hasAbove:
		return numeral(below) + " to " + withUnit(numeral(above), sl.fact.Unit)
	case hasBelow:
		return "over " + withUnit(numeral(below), sl.fact.Unit)
	case hasAbove:
		return "under " + withUnit(numeral(above), sl.fact.Unit)
	}
	return "any value"
}

// groupEffects tries the answers to a question about several facts: all no,
// and each at its most telling.
func (x *teller) groupEffects(r *state, q *ask, try func(string, func(*state))) {
	try(x.noneAnswer(q), func(s *state) {
		for _, i := range q.slots {
			sl := &x.a.slots[i]
			switch sl.kind {
			case slotYesNo:
				s.yesNo[sl.at] = truth.No
			case slotNumber:
				v := x.a.stretches(r, i)
				s.numbers[sl.at] = truth.Exactly(v[0])
				if q.basis {
					s.numbers[sl.at] = truth.Exactly(r.numbers[sl.at].Lo)
				}
			}
		}
		for _, t := range q.exists {
			s.tumours[t].exists = truth.No
		}
	})
	for _, i := range q.slots {
		sl := &x.a.slots[i]
		switch sl.kind {
		case slotYesNo:
			try(lowered(sl.fact.Short), func(s *state) { s.yesNo[sl.at] = truth.Yes })
		case slotNumber:
			if v := x.a.stretches(r, i); !q.basis && len(v) > 0 {
				try(x.a.brief(sl.fact)+" "+x.stretchText(r, i, len(v)-1, v), func(s *state) { s.numbers[sl.at] = truth.Exactly(v[len(v)-1]) })
			}
		}
	}
}

func (x *teller) noneAnswer(q *ask) string {
	switch {
	case q.basis:
		return "untreated"
	case q.q.Topic != "":
		return "none"
	}
	if x.a.slots[q.slots[0]].kind == slotYesNo {
		return "no"
	}
	return ""
}

// tumourEffects tries the results of one tumour test.
func (x *teller) tumourEffects(r *state, q *ask, try func(string, func(*state))) {
	if len(q.tumourSlots) != 1 {
		for _, i := range q.tumourSlots {
			sl := &x.a.slots[i]
			if at := sl.fact.ChoiceIndex("lost"); at >= 0 && sl.kind == slotChoice && r.tumours[q.tumour].choice[sl.at]>>at&1 != 0 {
				try(sl.fact.Short+" lost", func(s *state) {
					for _, j := range q.tumourSlots {
						o := &x.a.slots[j]
						if intact := o.fact.ChoiceIndex("intact"); intact >= 0 && o.kind == slotChoice {
							s.tumours[q.tumour].choice[o.at] = 1 << intact
						}
					}
					s.tumours[q.tumour].choice[sl.at] = 1 << at
				})
			}
		}
		return
	}
	i := q.tumourSlots[0]
	sl, ts := &x.a.slots[i], &r.tumours[q.tumour]
	switch sl.kind {
	case slotChoice:
		for c := range sl.fact.Choices {
			if ts.choice[sl.at]>>c&1 != 0 {
				try(lowered(sl.fact.Choices[c].Label), func(s *state) { s.tumours[q.tumour].choice[sl.at] = 1 << c })
			}
		}
	case slotYesNo:
		try("yes", func(s *state) { s.tumours[q.tumour].yesNo[sl.at] = truth.Yes })
		try("no", func(s *state) { s.tumours[q.tumour].yesNo[sl.at] = truth.No })
	}
}

// changes names the criteria that an answer settles: "meets Simon Broome
// possible", "does not meet …".
func (x *teller) changes(before, after *state) string {
	var yes, no []string
	for i := range x.a.criteria {
		cr := &x.a.criteria[i]
		if !cr.def.show || before.values[cr.node] != truth.Unknown {
			continue
		}
		switch after.values[cr.node] {
		case truth.Yes:
			yes = append(yes, cr.def.name)
		case truth.No:
			no = append(no, cr.def.name)
		}
	}
	for i := range x.a.pathways {
		if x.a.pathwayTruth(before, int32(i)) == truth.Unknown && x.a.pathwayTruth(after, int32(i)) == truth.Yes {
			yes = append(yes, x.a.pathways[i].def.name)
		}
	}
	slices.Sort(yes)
	slices.Sort(no)
	switch {
	case len(yes) > 0:
		return "meets " + strings.Join(yes[:min(len(yes), 2)], " and ")
	case len(no) > 0:
		return "does not meet " + strings.Join(no[:min(len(no), 2)], " or ")
	case after.outcomes != before.outcomes || after.firm():
		return ""
	}
	return staysOpen
}
