package consult

import (
	"fmt"
	"slices"
	"strings"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
	"kindred/rules"
)

// What carries the outcome stands first on a card; the rest is one press away,
// with its number, so that nothing is left out unsaid.
const (
	fewCriteria = 4 // so many stand without folding
	mostOpen    = 3 // open criteria shown while an area is open
	mostReasons = 3 // reasons shown of one group
)

// order splits an area's criteria into those that carry the outcome and the
// rest, both as indexes; lead is the one that stands unfolded, -1 for none.
func order(ar *rules.AreaAdvice) (shown, rest []int, lead int) {
	var met, open []int
	for i := range ar.Criteria {
		switch ar.Criteria[i].Verdict {
		case "yes":
			met = append(met, i)
		case "unknown":
			open = append(open, i)
		}
	}
	slices.SortStableFunc(open, func(i, j int) int { return closer(ar, &ar.Criteria[i], &ar.Criteria[j]) })
	lead = -1
	switch {
	case ar.Outcome == rules.MoreInformation && len(open) > 0:
		lead = open[0]
		shown = append(open[:min(mostOpen, len(open)):min(mostOpen, len(open))], met...)
	case len(met) > 0:
		lead, shown = met[0], met
	}
	for i := range ar.Criteria {
		if !slices.Contains(shown, i) {
			rest = append(rest, i)
		}
	}
	if len(ar.Criteria) <= fewCriteria || len(rest) == 1 {
		return append(shown, rest...), nil, lead
	}
	return shown, rest, lead
}

// closer puts the open criterion first that the next question can settle, then
// the one for which most is known and least is missing.
func closer(ar *rules.AreaAdvice, a, b *rules.CriterionVerdict) int {
	if x, y := settledNext(ar, a), settledNext(ar, b); x != y {
		if x {
			return -1
		}
		return 1
	}
	if d := len(b.For) - len(a.For); d != 0 {
		return d
	}
	return len(a.Unknown) - len(b.Unknown)
}

func settledNext(ar *rules.AreaAdvice, c *rules.CriterionVerdict) bool {
	if len(ar.Next) == 0 || c.Name == "" {
		return false
	}
	return slices.ContainsFunc(ar.Next[0].Effects, func(e rules.Effect) bool {
		return strings.Contains(strings.ToLower(e.Text), strings.ToLower(c.Name))
	})
}

// criteria draws the criteria that carry the outcome and, folded, the others.
func (b *cardBody) criteria(ar *rules.AreaAdvice) {
	shown, rest, lead := order(ar)
	for _, i := range shown {
		b.criterion(ar, &ar.Criteria[i], i == lead)
	}
	if len(rest) == 0 {
		return
	}
	key := "more:" + ar.Area
	b.y += 6
	b.more(key, len(shown) > 0, ar, rest)
	if !b.a.isOpen(key, false) {
		return
	}
	for _, i := range rest {
		b.criterion(ar, &ar.Criteria[i], false)
	}
}

// more is the line that stands for the criteria folded away.
func (b *cardBody) more(key string, others bool, ar *rules.AreaAdvice, rest []int) {
	count := map[string]int{}
	for _, i := range rest {
		count[ar.Criteria[i].Verdict]++
	}
	var parts []string
	for _, v := range []struct{ verdict, word string }{{"yes", "met"}, {"unknown", "not known"}, {"no", "not met"}} {
		if n := count[v.verdict]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v.word))
		}
	}
	noun := words.Plural(len(rest), "criterion", "criteria")
	if others {
		noun = fmt.Sprintf("%d more", len(rest))
	}
	if b.p != nil {
		fold := b.a.fold(key, false)
		fold.Words = "Show or fold the criteria that do not carry this advice"
		b.p.Put(fold, b.x-6, b.y-1, b.w+12, 22)
		b.p.Text(b.x+10, b.y, b.w-10, noun+": "+strings.Join(parts, ", "), kit.Small.In(look.Muted), kit.Left)
	}
	b.y += 20
}

// deciding puts the reasons first that are asked for soonest.
func deciding(ar *rules.AreaAdvice, list []rules.Reason) []rules.Reason {
	rank := func(r *rules.Reason) int {
		for i := range ar.Next {
			q := &ar.Next[i]
			own := r.Person == "" || q.Person == r.Person
			if r.Fact != "" && own && (q.Fact == r.Fact || slices.Contains(q.Facts, r.Fact)) || r.Fact != "" && q.Fact == "asked."+r.Fact {
				return i
			}
		}
		return len(ar.Next)
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(x, y rules.Reason) int { return rank(&x) - rank(&y) })
	return out
}

// folded cuts a list of reasons to the first few, with a line that shows the
// others; a line that hid only one would save nothing.
func (b *cardBody) folded(key string, list []rules.Reason) (shown []rules.Reason, hidden int) {
	if len(list) <= mostReasons+1 || b.a.isOpen(key, false) {
		return list, 0
	}
	return list[:mostReasons], len(list) - mostReasons
}

func (b *cardBody) restOf(key string, hidden int, all int) {
	if all <= mostReasons+1 {
		return
	}
	text := fmt.Sprintf("and %d more", hidden)
	if hidden == 0 {
		text = "fewer"
	}
	b.y += 2
	if b.p != nil {
		fold := b.a.fold(key, false)
		fold.Words = "Show or fold the others"
		b.p.Put(fold, b.x+22-6, b.y-2, b.w-22+12, 20)
		b.p.Text(b.x+22+10, b.y, b.w-32, text, kit.Caption.In(look.Muted), kit.Left)
	}
	b.y += 18
}
