package rules

import (
	"math"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// kinQuestion compiles the question behind a family fact for this edition.
func (c *compiler) kinQuestion(f *FactDef, slot int32) kinQuestion {
	n := f.question.node
	k := kinQuestion{slot: slot}
	if f.question.cluster {
		c.cluster(f, n, &k)
		return k
	}
	if !c.p.check(n, "relatives", "any", "degree", "degree_at_most", "from_degree", "relation", "sex", "side",
		"age_below", "age_at_most", "age_at_least", "age_over", "people", "entries", "including", "youngest_below", "generations", "each") {
		return k
	}
	near, far := c.degrees(n)
	for _, key := range [...]string{"entries", "including", "youngest_below", "generations", "side"} {
		if n.get(key) != nil {
			c.relativesTogether(f, n, near, far, &k)
			return k
		}
	}
	q := family.NewRelatives(near, far)
	if q.Count = c.p.integer(n, "people", 1); q.Count < 1 {
		c.p.at(n.get("people"), "people must be at least 1")
	}
	q.Confirmed = c.confirmed(n)
	q.Women, q.Men = c.ages(n)
	q.Relation = c.relation(n)
	if sex := c.p.text(n, "sex"); sex != "" {
		var ok bool
		if q.Sex, ok = family.ParseSex(sex); !ok || q.Sex == family.SexUnknown {
			c.p.at(n.get("sex"), "sex is female or male, not %q", sex)
		}
	}
	any := n.get("any")
	if any != nil && any.kind == mapNode && any.get("list") == nil && any.get("of") == nil && any.get("is") == nil {
		c.numberLines(any, q, &k)
	} else {
		q.Any = c.what(any, n, &k)
	}
	q.Prepare(&c.d.family.v)
	k.relatives = q
	k.ageText = ageWords(q.Women, q.Men)
	return k
}

// degrees reads degree, degree_at_most and from_degree.
func (c *compiler) degrees(n *node) (near, far int) {
	list := c.p.list(n, "degree")
	if n.get("degree") == nil {
		from, to := c.p.integer(n, "from_degree", 1), c.p.integer(n, "degree_at_most", -1)
		if to < 0 {
			if n.get("relation") == nil {
				c.p.at(n, "say how near the relatives are: degree, degree_at_most or relation")
			}
			to = 9
		}
		return from, to
	}
	near, far = 99, -1
	for _, s := range list {
		v, ok := literal(s)
		if !ok || v != math.Trunc(v) || v < 0 || v > 9 {
			c.p.at(n.get("degree"), "a degree is a whole number from 0 (the patient), not %q", s)
			continue
		}
		near, far = min(near, int(v)), max(far, int(v))
	}
	if far < 0 {
		return 1, 1
	}
	if far-near+1 != len(list) {
		c.p.at(n.get("degree"), "the degrees must follow each other without a gap")
	}
	return near, far
}

func (c *compiler) confirmed(n *node) bool {
	switch each := c.p.text(n, "each"); each {
	case "":
		return false
	case "confirmed":
		return true
	default:
		c.p.at(n.get("each"), "each may only be confirmed, not %q", each)
		return false
	}
}

func (c *compiler) relation(n *node) (out family.Classes) {
	for _, w := range c.p.list(n, "relation") {
		class, err := family.ParseClass(w)
		if err != nil {
			c.p.at(n.get("relation"), "%v%s", err, didYouMean(w, family.ClassNames()))
		}
		out |= class
	}
	return out
}

// ages reads the four age keys, each one value or one for each sex.
func (c *compiler) ages(n *node) (women, men family.Ages) {
	women, men = family.AnyAge(), family.AnyAge()
	for _, k := range [...]struct {
		key string
		set func(a *family.Ages, v float64)
	}{
		{"age_below", func(a *family.Ages, v float64) { a.Hi = math.Min(a.Hi, truth.Below(v).Hi) }},
		{"age_at_most", func(a *family.Ages, v float64) { a.Hi = math.Min(a.Hi, v) }},
		{"age_at_least", func(a *family.Ages, v float64) { a.Lo = math.Max(a.Lo, v) }},
		{"age_over", func(a *family.Ages, v float64) { a.Lo = math.Max(a.Lo, truth.Above(v).Lo) }},
	} {
		v := n.get(k.key)
		switch {
		case v == nil:
		case v.kind == mapNode:
			if !c.p.check(v, k.key, "male", "female") {
				continue
			}
			if x, ok := c.number(v.get("female"), k.key); ok {
				k.set(&women, x)
			}
			if x, ok := c.number(v.get("male"), k.key); ok {
				k.set(&men, x)
			}
		default:
			if x, ok := c.number(v, k.key); ok {
				k.set(&women, x)
				k.set(&men, x)
			}
		}
	}
	return women, men
}

// what reads what counts: a condition, a list of conditions, {list: …} or
// {fact: …, is: …}.
func (c *compiler) what(n, at *node, k *kinQuestion) (out family.Set) {
	if n == nil {
		c.p.at(at, "say what counts")
		return out
	}
	names := []string{}
	switch {
	case n.kind == scalarNode:
		names = append(names, n.text)
	case n.kind == listNode:
		for _, item := range n.items {
			names = append(names, item.text)
		}
	case n.get("of") != nil:
		if !c.p.check(n, "what counts", "of", "tumour") {
			return out
		}
		names = c.p.list(n, "of")
	case n.get("list") != nil:
		if !c.p.check(n, "what counts", "list", "tumour") {
			return out
		}
		found := false
		want := n.get("list").text
		known := map[string]bool{}
		for _, def := range c.d.conditions {
			for _, l := range def.Lists {
				known[l] = true
				if l == want {
					found = true
					names = append(names, def.ID)
				}
			}
		}
		if !found {
			c.p.at(n.get("list"), "no condition is in the list %q%s", want, didYouMean(want, sortedKeys(known)))
		}
	default:
		return c.choiceOf(n, k)
	}
	for _, id := range names {
		def := c.d.conditionByID[id]
		if def == nil {
			c.p.at(n, "no condition %q%s", id, didYouMean(id, keysOf(c.d.conditions, func(c *ConditionDef) string { return c.ID })))
			continue
		}
		k.topic = def.Topic
		for _, i := range def.counts {
			c.add(&out, i, n)
		}
	}
	return out
}

// add adds what counts as a condition; with {list: …, tumour: untested} only a
// cancer whose tumour is not at the end of a pathway.
func (c *compiler) add(out *family.Set, condition int, n *node) {
	switch tumour := c.p.text(n, "tumour"); tumour {
	case "":
		out.Add(family.Kind(condition))
	case "untested":
		if k, ok := c.d.family.untestedKind(condition); ok {
			out.Add(k)
		}
	default:
		c.p.at(n.get("tumour"), "tumour may only be untested, not %q", tumour)
	}
}

// choiceOf reads {fact: genetics.fh, is: positive}.
func (c *compiler) choiceOf(n *node, k *kinQuestion) (out family.Set) {
	if !c.p.check(n, "what counts", "fact", "is") {
		return out
	}
	id := c.p.need(n, "what counts", "fact")
	for _, f := range c.d.family.choice {
		if f.def.ID != id {
			continue
		}
		k.topic, k.fact = f.def.Topic, id
		for _, v := range c.p.list(n, "is") {
			i := f.def.ChoiceIndex(v)
			if i < 0 {
				c.p.at(n.get("is"), "%s is never %q%s", id, v, oneOf(v, choiceValues(f.def)))
				continue
			}
			out.Add(f.first + family.Kind(i))
		}
		return out
	}
	c.p.at(n, "no choice fact %q that relatives can have (of: anyone, with a topic)", id)
	return out
}

// numberLines reads {fact: lipid.tc, over: …} or {fact: …, lines: [{over: …,
// age_at_least: …, relation: …}]}.
func (c *compiler) numberLines(n *node, q *family.Relatives, k *kinQuestion) {
	if !c.p.check(n, "what counts", "fact", "over", "at_least", "lines") {
		return
	}
	id := c.p.need(n, "what counts", "fact")
	number, ok := c.d.family.number[id]
	if !ok {
		c.p.at(n.get("fact"), "no number fact %q that relatives can have (of: anyone, with a topic)%s", id, didYouMean(id, sortedKeys(c.d.family.number)))
		return
	}
	q.Number = number
	k.fact, k.topic = id, c.d.factByID[id].Topic
	lines := []*node{n}
	if n.get("lines") != nil {
		lines = c.p.entries(n, "lines")
	}
	for _, l := range lines {
		if l != n && !c.p.check(l, "a line", "over", "at_least", "age_below", "age_at_most", "age_at_least", "age_over", "relation") {
			continue
		}
		line := family.Line{Ages: family.AnyAge()}
		value := l.get("over")
		if value == nil {
			value, line.AtLeast = l.get("at_least"), true
		}
		if value == nil {
			c.p.at(l, "say over or at_least which number")
			continue
		}
		line.Limit, _ = c.number(value, "the limit")
		if l != n {
			women, men := c.ages(l)
			if women != men {
				c.p.at(l, "ages in a line are the same for both sexes")
			}
			line.Ages, line.Relation = women, c.relation(l)
		} else {
			line.Ages, q.Women, q.Men = q.Women, family.AnyAge(), family.AnyAge()
		}
		q.Lines = append(q.Lines, line)
	}
}

// relativesTogether compiles a relatives question that needs people or
// diagnoses counted together.
func (c *compiler) relativesTogether(f *FactDef, n *node, near, far int, k *kinQuestion) {
	q := family.NewCluster(c.what(n.get("any"), n, k), c.p.integer(n, "people", 1))
	q.Near, q.Far = int8(near), int8(far)
	q.Tumours = c.p.integer(n, "entries", 0)
	q.Generations = c.p.integer(n, "generations", 0)
	q.Confirmed = c.confirmed(n)
	women, men := c.ages(n)
	if women != men || n.get("sex") != nil || n.get("relation") != nil {
		c.p.at(n, "sex, relation and ages by sex do not go with entries, including, youngest_below, generations or side")
	}
	q.Ages = women
	switch side := c.p.text(n, "side"); side {
	case "":
	case "one":
		q.SameSide = true
	default:
		c.p.at(n.get("side"), "side may only be one (all on one side of the family), not %q", side)
	}
	c.young(n, q)
	if far == 0 {
		q.AskTo = 0
	}
	q.Prepare(&c.d.family.v)
	k.cluster = q
	k.ageText = ageWords(women, women)
	_ = f
}

// young reads youngest_below and including.
func (c *compiler) young(n *node, q *family.Cluster) {
	if y := n.get("youngest_below"); y != nil {
		if v, ok := c.number(y, "youngest_below"); ok {
			q.Youngest = family.YoungerThan(v)
		}
	}
	if i := n.get("including"); i != nil {
		var ignored kinQuestion
		q.OneOf = c.what(i, n, &ignored)
	}
}

// cluster compiles a cluster question.
func (c *compiler) cluster(f *FactDef, n *node, k *kinQuestion) {
	if !c.p.check(n, "cluster", "of", "people", "first_degree_of_others", "generations", "youngest_below", "each", "count", "patient",
		"kinship", "including", "same_side", "degree_at_most", "ask_to_degree", "age_below", "age_at_most", "age_at_least", "age_over") {
		return
	}
	people := c.p.integer(n, "people", 0)
	if people < 1 {
		c.p.at(n, "cluster needs %q: at least so many", "people")
	}
	q := family.NewCluster(c.what(n.get("of"), n, k), people)
	switch count := c.p.text(n, "count"); count {
	case "", "people":
	case "cases":
		q.People, q.Tumours = 1, people
	default:
		c.p.at(n.get("count"), "count is people or cases, not %q", count)
	}
	q.FirstDegreeOfOthers = c.p.integer(n, "first_degree_of_others", 0)
	q.Generations = c.p.integer(n, "generations", 0)
	q.Confirmed = c.confirmed(n)
	q.SameSide = c.p.bool(n, "same_side", true)
	if far := c.p.integer(n, "degree_at_most", 0); far > 0 {
		q.Far = int8(min(far, 100))
	}
	q.AskTo = int8(c.p.integer(n, "ask_to_degree", 0))
	switch patient := c.p.text(n, "patient"); patient {
	case "", "included":
	case "required":
		q.IncludesPatient = true
	case "excluded":
		q.Near = 1
	default:
		c.p.at(n.get("patient"), "patient is included, required or excluded, not %q", patient)
	}
	if kin := c.p.text(n, "kinship"); kin != "" {
		q.Kinship = true
		if kin != "first_degree" {
			c.p.at(n.get("kinship"), "kinship may only be first_degree, not %q", kin)
		}
	}
	women, men := c.ages(n)
	if women != men {
		c.p.at(n, "ages in a cluster are the same for both sexes")
	}
	q.Ages = women
	c.young(n, q)
	q.Prepare(&c.d.family.v)
	k.cluster = q
	_ = f
}

// ageWords puts an age limit into words: "below 60", "up to 60", "below 60 (men
// below 55)".
func ageWords(women, men family.Ages) string {
	one := func(a family.Ages) string {
		switch {
		case !math.IsInf(a.Hi, 1) && math.IsInf(a.Lo, -1):
			if v, ok := shorter(a.Hi, math.Inf(1)); ok {
				return "below " + exact(v)
			}
			return "up to " + exact(a.Hi)
		case !math.IsInf(a.Lo, -1) && math.IsInf(a.Hi, 1):
			return "from " + exact(a.Lo)
		}
		return ""
	}
	if women == men {
		return one(women)
	}
	return one(women) + " (men " + one(men) + ")"
}
