package rules

import (
	"slices"
	"strings"
)

// newDictionary makes an empty dictionary.
func newDictionary() *Dictionary {
	return &Dictionary{
		topicByID: map[string]*TopicDef{}, conditionByID: map[string]*ConditionDef{},
		factByID: map[string]*FactDef{}, siteCondition: map[string]*ConditionDef{},
	}
}

// read adds one facts.yaml; area is empty for the shared one.
func (d *Dictionary) read(n *node, area string, p *loadProblems) {
	if n.null {
		return
	}
	if !p.check(n, "facts.yaml", "topics", "conditions", "facts") {
		return
	}
	for _, item := range p.entries(n, "topics") {
		d.readTopic(item, p)
	}
	for _, item := range p.entries(n, "conditions") {
		d.readCondition(item, area, p)
	}
	for _, item := range p.entries(n, "facts") {
		d.readFact(item, area, p)
	}
}

func (d *Dictionary) readTopic(n *node, p *loadProblems) {
	if !p.check(n, "a topic", "id", "label", "question", "cost") {
		return
	}
	t := &TopicDef{ID: p.need(n, "a topic", "id"), Label: p.need(n, "a topic", "label"), Question: p.need(n, "a topic", "question"), Cost: p.integer(n, "cost", 1), at: n}
	if d.topicByID[t.ID] != nil {
		p.at(n, "topic %q stands twice", t.ID)
		return
	}
	d.topicByID[t.ID] = t
	d.topics = append(d.topics, t)
}

func (d *Dictionary) readCondition(n *node, area string, p *loadProblems) {
	if !p.check(n, "a condition", "id", "label", "short", "lay", "doubt", "topic", "is", "sex", "lists", "site", "codes") {
		return
	}
	c := &ConditionDef{
		ID: p.need(n, "a condition", "id"), Label: p.need(n, "a condition", "label"), Short: p.text(n, "short"),
		Lay: p.list(n, "lay"), Doubt: p.text(n, "doubt"), Topic: p.need(n, "a condition", "topic"), Is: p.list(n, "is"), Sex: p.text(n, "sex"),
		Lists: p.list(n, "lists"), Site: p.text(n, "site"), Codes: readCodes(n.get("codes"), p), Area: area, at: n,
	}
	if c.Short == "" {
		c.Short = strings.ToLower(c.Label)
	}
	if c.Sex != "" && c.Sex != "female" && c.Sex != "male" {
		p.at(n.get("sex"), "%q is not female or male", c.Sex)
	}
	if d.conditionByID[c.ID] != nil {
		p.at(n, "condition %q stands twice", c.ID)
		return
	}
	if c.Site != "" {
		if d.siteCondition[c.Site] != nil {
			p.at(n.get("site"), "site %q is already %s", c.Site, d.siteCondition[c.Site].ID)
		}
		d.siteCondition[c.Site] = c
	}
	c.index = len(d.conditions)
	d.conditionByID[c.ID] = c
	d.conditions = append(d.conditions, c)
}

var factKeys = []string{
	"id", "type", "of", "unit", "units", "unit_facts", "possible", "plausible", "decimals", "label", "short", "help", "question",
	"group", "together", "topic", "condition", "cost", "choices", "headings", "codes", "presume", "usual", "source",
	"built_in", "untreated", "highest", "age_of", "relatives", "cluster", "local", "default", "sample", "rare",
}

func (d *Dictionary) readFact(n *node, area string, p *loadProblems) {
	if !p.check(n, "a fact", factKeys...) {
		return
	}
	f := &FactDef{
		ID: p.need(n, "a fact", "id"), Type: FactType(p.need(n, "a fact", "type")), Of: Subject(p.text(n, "of")),
		Unit: p.text(n, "unit"), Possible: p.pairOf(n, "possible"), Plausible: p.pairOf(n, "plausible"),
		Decimals: p.integer(n, "decimals", 2), Label: p.need(n, "a fact", "label"), Short: p.text(n, "short"),
		Help: p.text(n, "help"), Question: p.text(n, "question"), Group: p.text(n, "group"), Together: p.text(n, "together"),
		Topic: p.text(n, "topic"), Condition: p.text(n, "condition"), Cost: p.integer(n, "cost", 1),
		Headings: p.list(n, "headings"), Codes: readCodes(n.get("codes"), p), Area: area, Sources: p.list(n, "source"),
		BuiltIn: p.text(n, "built_in"), Sample: p.bool(n, "sample", false), Rare: p.bool(n, "rare", false), untreatedOf: p.text(n, "untreated"), at: n,
	}
	if of := p.text(n, "highest"); of != "" {
		f.untreatedOf, f.highest = of, true
	}
	f.ageOf = p.text(n, "age_of")
	if f.Of == "" {
		f.Of = OfPatient
	}
	if f.Short == "" {
		f.Short = f.Label
	}
	d.checkFact(f, n, p)
	d.readUnits(f, n.get("units"), p)
	if u := n.get("unit_facts"); u != nil && u.kind == mapNode {
		f.UnitFacts = map[string]string{}
		for _, pr := range u.pairs {
			f.UnitFacts[pr.key.text] = pr.value.text
		}
	} else if u != nil {
		p.at(u, "unit_facts must map a unit to the fact a value in it belongs to")
	}
	for _, item := range p.entries(n, "choices") {
		if p.check(item, "a choice", "value", "label") {
			f.Choices = append(f.Choices, Choice{Value: p.need(item, "a choice", "value"), Label: p.need(item, "a choice", "label")})
		}
	}
	if f.Type == ChoiceFact && (len(f.Choices) < 2 || len(f.Choices) > 32) {
		p.at(n, "choice fact %q needs between 2 and 32 choices", f.ID)
	}
	readUsual(f, n.get("usual"), p)
	readPresume(f, n.get("presume"), p)
	if q := n.get("relatives"); q != nil {
		f.question = &familyQuestion{node: q}
		f.Derived = true
	}
	if q := n.get("cluster"); q != nil {
		f.question = &familyQuestion{node: q, cluster: true}
		f.Derived = true
	}
	f.Derived = f.Derived || f.untreatedOf != "" || f.ageOf != "" || slices.Contains(workedOutBuiltIns, f.BuiltIn)
	if f.question != nil && f.Type != YesNo {
		p.at(n, "family fact %q must be of type yes_no", f.ID)
	}
	if f.Derived && f.Question != "" {
		p.at(n.get("question"), "%q is worked out, so nobody can be asked it", f.ID)
	}
	readLocal(f, n, p)
	if d.factByID[f.ID] != nil {
		p.at(n, "fact %q stands twice", f.ID)
		return
	}
	f.index = len(d.facts)
	d.factByID[f.ID] = f
	d.facts = append(d.facts, f)
}

// workedOutBuiltIns are the built-ins that the engine works out of other answers.
var workedOutBuiltIns = []string{"non_hdl", "ldl_estimate", "ldl_calculated", "ldl_over_tc", "untreated_on_drug", "beyond_estimate", "usable_lipids"}

func (d *Dictionary) checkFact(f *FactDef, n *node, p *loadProblems) {
	types := []string{string(YesNo), string(NumberFact), string(DateFact), string(ChoiceFact)}
	if f.Type != "" && !slices.Contains(types, string(f.Type)) {
		p.at(n.get("type"), "no fact type %q%s", f.Type, oneOf(string(f.Type), types))
	}
	subjects := []string{string(OfPatient), string(OfAnyone), string(OfTumour)}
	if !slices.Contains(subjects, string(f.Of)) {
		p.at(n.get("of"), "a fact cannot be of %q%s", f.Of, oneOf(string(f.Of), subjects))
	}
	builtIns := append([]string{"age", "sex", "alive", "died"}, workedOutBuiltIns...)
	if f.BuiltIn != "" && !slices.Contains(builtIns, f.BuiltIn) {
		p.at(n.get("built_in"), "no built-in %q%s", f.BuiltIn, oneOf(f.BuiltIn, builtIns))
	}
	if f.ID != strings.ToLower(f.ID) || strings.ContainsAny(f.ID, " ,") {
		p.at(n.get("id"), "an id is lower-case words joined by dots, not %q", f.ID)
	}
}

func (d *Dictionary) readUnits(f *FactDef, n *node, p *loadProblems) {
	if n == nil {
		return
	}
	if n.kind != mapNode {
		p.at(n, "units must map each accepted unit to its factor")
		return
	}
	for _, pr := range n.pairs {
		if factor, ok := p.number(pr.value, "the factor of "+pr.key.text); ok {
			f.Units = append(f.Units, Unit{Name: pr.key.text, Factor: factor})
		}
	}
}

func readUsual(f *FactDef, n *node, p *loadProblems) {
	f.usualYes = 0.1
	if n == nil {
		return
	}
	switch f.Type {
	case YesNo:
		v, ok := p.number(n, "how common yes is")
		if ok && (v <= 0 || v >= 1) {
			p.at(n, "how common yes is must lie between 0 and 1")
		} else if ok {
			f.usualYes = v
		}
	case NumberFact:
		f.usualSpan = p.pairOf(f.at, "usual")
	case ChoiceFact:
		if n.kind != mapNode {
			p.at(n, "usual of a choice maps each value to its share")
			return
		}
		f.usualChoice = map[string]float64{}
		for _, pr := range n.pairs {
			if f.ChoiceIndex(pr.key.text) < 0 {
				p.at(pr.key, "%s is never %q%s", f.ID, pr.key.text, oneOf(pr.key.text, choiceValues(f)))
				continue
			}
			if v, ok := p.number(pr.value, "a share"); ok {
				f.usualChoice[pr.key.text] = v
			}
		}
	case DateFact:
		p.at(n, "a date has no usual value")
	}
}

func readPresume(f *FactDef, n *node, p *loadProblems) {
	if n == nil {
		return
	}
	if !p.check(n, "presume", "value", "reason", "text") {
		return
	}
	pr := &Presumption{Value: p.need(n, "presume", "value"), Reason: p.need(n, "presume", "reason"), Text: p.text(n, "text")}
	switch {
	case pr.Value == "not_used":
	case f.Type == YesNo && (pr.Value == "no" || pr.Value == "yes"):
	case f.Type == ChoiceFact && f.ChoiceIndex(pr.Value) >= 0:
	case f.Type == NumberFact:
		p.at(n.get("value"), "a measurement may not be presumed; only not_used is allowed here")
	default:
		p.at(n.get("value"), "%s is never %q", f.ID, pr.Value)
	}
	if pr.Text == "" {
		pr.Text = f.Label + ": " + pr.Value + " (" + pr.Reason + ")"
	}
	f.Presume = pr
}

func choiceValues(f *FactDef) []string {
	out := make([]string, len(f.Choices))
	for i := range f.Choices {
		out[i] = f.Choices[i].Value
	}
	return out
}

// readCodes reads {snomed: "…", read2: […]}.
func readCodes(n *node, p *loadProblems) map[string][]string {
	if n == nil || n.null {
		return nil
	}
	if n.kind != mapNode {
		p.at(n, "codes must map a code system to a code or a list of codes")
		return nil
	}
	out := map[string][]string{}
	for _, pr := range n.pairs {
		out[pr.key.text] = p.list(n, pr.key.text)
	}
	return out
}

// finish resolves what refers to other entries, once everything is read.
func (d *Dictionary) finish(p *loadProblems) {
	topics := keysOf(d.topics, func(t *TopicDef) string { return t.ID })
	conditions := keysOf(d.conditions, func(c *ConditionDef) string { return c.ID })
	facts := keysOf(d.facts, func(f *FactDef) string { return f.ID })
	for _, c := range d.conditions {
		if d.topicByID[c.Topic] == nil && c.Topic != "" {
			p.at(c.at.get("topic"), "no topic %q%s", c.Topic, oneOf(c.Topic, topics))
		}
		for _, is := range c.Is {
			if d.conditionByID[is] == nil {
				p.at(c.at.get("is"), "no condition %q%s", is, didYouMean(is, conditions))
			}
		}
	}
	for _, c := range d.conditions {
		for _, other := range d.conditions {
			if d.isA(other, c, 0) {
				c.counts = append(c.counts, other.index)
			}
		}
	}
	for _, f := range d.facts {
		for unit, id := range f.UnitFacts {
			if other := d.factByID[id]; other == nil || other.Type != NumberFact || other.Unit != unit {
				p.at(f.at.get("unit_facts"), "no number fact %q in %s%s", id, unit, didYouMean(id, facts))
			}
		}
		if f.Topic != "" && d.topicByID[f.Topic] == nil {
			p.at(f.at.get("topic"), "no topic %q%s", f.Topic, oneOf(f.Topic, topics))
		}
		if f.Condition != "" && d.conditionByID[f.Condition] == nil {
			p.at(f.at.get("condition"), "no condition %q%s", f.Condition, didYouMean(f.Condition, conditions))
		}
		if f.ageOf != "" {
			if f.measuredWhen = d.factByID[f.ageOf]; f.measuredWhen == nil || f.measuredWhen.untreatedOf == "" {
				p.at(f.at.get("age_of"), "no untreated or highest value %q%s", f.ageOf, didYouMean(f.ageOf, facts))
				f.measuredWhen = nil
			}
		}
		f.measured = d.factByID[f.untreatedOf]
		if f.untreatedOf != "" && (d.factByID[f.untreatedOf] == nil || d.factByID[f.untreatedOf].Type != NumberFact) {
			p.at(f.at.get("untreated"), "no number fact %q%s", f.untreatedOf, didYouMean(f.untreatedOf, facts))
		}
	}
	if site := d.factByID["tumour.site"]; site != nil {
		for _, c := range site.Choices {
			if d.siteCondition[c.Value] == nil {
				p.at(site.at.get("choices"), "no condition has the site %q", c.Value)
			}
		}
	}
}

// isA reports whether c counts as other.
func (d *Dictionary) isA(c, other *ConditionDef, depth int) bool {
	if c == other {
		return true
	}
	if depth > 8 {
		return false
	}
	for _, is := range c.Is {
		if next := d.conditionByID[is]; next != nil && d.isA(next, other, depth+1) {
			return true
		}
	}
	return false
}

func keysOf[T any](list []T, key func(T) string) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = key(list[i])
	}
	return out
}
