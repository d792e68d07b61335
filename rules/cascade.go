package rules

import (
	"fmt"
	"math"
	"slices"

	"kindred/rules/carrier"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// cascadeDef is how an area's family testing goes on once a variant is known:
// the entry `cascade` of area.yaml.
type cascadeDef struct {
	result, state string // choice facts of anyone: the result, and what became of the offer
	known         string // the yes/no fact that a variant is known in the family
	code          string
	age           string   // parameter: offered from this age; empty: at any age
	ages          string   // in words
	carry         []string // facts about the family's variant that hold for every relative: the gene
	sources       []string
	at            *node
}

// The two values of the result that the family is worked out from.
const (
	carries    = "positive"
	noCarrier  = "negative"
	ungraded   = "vus"
	rareVaries = 1e-9 // so rare that the family's variant came in once; a limit, not a clinical number
)

// FamilyTesting is whom to offer the test for the family's variant, most likely
// carriers first. It is there once a variant is known, and changes no outcome.
type FamilyTesting struct {
	Code   string  `json:"code"`
	State  string  `json:"state"`  // the fact that keeps what became of an offer
	Result string  `json:"result"` // the fact that keeps a result
	Ages   string  `json:"ages"`
	Source string  `json:"source"`
	Offers []Offer `json:"offers"`
	Open   string  `json:"open,omitempty"` // what must be known before chances can be worked out
	Note   string  `json:"note,omitempty"` // what the chances take for granted beyond what was told
}

// Offer is one relative, or the patient, in the cascade.
type Offer struct {
	Person string  `json:"person"`
	Who    string  `json:"who"`
	Degree int     `json:"degree"`           // to the patient; 0 is the patient
	Chance float64 `json:"chance"`           // of carrying the variant, 0 to 1
	Odds   string  `json:"odds"`             // in words: "1 in 2"
	State  string  `json:"state,omitempty"`  // a choice of the state fact; empty: nobody said
	Result string  `json:"result,omitempty"` // a choice of the result fact, where tested
	Died   bool    `json:"died,omitempty"`
	From   float64 `json:"from,omitempty"`  // years: offered from this age, which the person may not have reached
	Young  bool    `json:"young,omitempty"` // surely has not
}

// CascadeInfo is what an area says of its family testing.
type CascadeInfo struct {
	Area   string
	Short  string   // what the area calls itself: "FH"
	Result string   // choice fact of anyone: the result
	State  string   // choice fact of anyone: what became of the offer
	Known  string   // yes/no fact: a variant is known in the family
	Carry  []string // facts about the variant that hold for every relative
	Code   string
}

// Cascades are the areas whose variants are followed through families, in the
// areas' order.
func (b *Book) Cascades() []CascadeInfo {
	var out []CascadeInfo
	for _, a := range b.areas {
		if d := a.src.cascade; d != nil {
			out = append(out, CascadeInfo{
				Area: a.src.id, Short: a.src.short, Result: d.result, State: d.state, Known: d.known,
				Carry: slices.Clone(d.carry), Code: d.code,
			})
		}
	}
	return out
}

func (s *areaSource) readCascade(n *node, p *loadProblems) {
	if n == nil || !p.check(n, "cascade", "result", "state", "known", "code", "age", "ages", "carry", "source") {
		return
	}
	s.cascade = &cascadeDef{
		result: p.need(n, "cascade", "result"), state: p.need(n, "cascade", "state"), known: p.need(n, "cascade", "known"),
		code: p.need(n, "cascade", "code"), age: p.text(n, "age"), ages: p.need(n, "cascade", "ages"), carry: p.list(n, "carry"), sources: p.list(n, "source"), at: n,
	}
}

// checkCascade checks what the entry names.
func (c *compiler) checkCascade() {
	def := c.s.cascade
	if def == nil {
		return
	}
	for _, id := range []string{def.result, def.state} {
		if f := c.d.Fact(id); f == nil || f.Of != OfAnyone || f.Type != ChoiceFact {
			c.p.at(def.at, "a cascade needs choice facts of anyone; %q is none%s", id, didYouMean(id, c.known()))
		}
	}
	if len(def.sources) == 0 {
		c.p.at(def.at, "a cascade needs a source")
	}
	for _, id := range def.sources {
		if c.s.sourceByID[id] == nil {
			c.p.at(def.at, "no source %q in sources.yaml", id)
		}
	}
	if f := c.d.Fact(def.known); f == nil || f.Type != YesNo {
		c.p.at(def.at, "a cascade needs a yes/no fact; %q is none%s", def.known, didYouMean(def.known, c.known()))
	}
	for _, id := range def.carry {
		if f := c.d.Fact(id); f == nil || f.Derived || f.Of == OfTumour {
			c.p.at(def.at, "a cascade carries facts that somebody enters; %q is none%s", id, didYouMean(id, c.known()))
		}
	}
	if def.age != "" && c.s.paramByID[def.age] == nil {
		c.p.at(def.at, "no parameter %q in params.yaml", def.age)
	}
	if !slices.ContainsFunc(c.s.codes, func(o codeDef) bool { return o.info.Code == def.code }) {
		c.p.at(def.at, "%q is no code of the area", def.code)
	}
}

// cascade works the offers out; nil while no variant is known, or where there is
// no family to look at, as when single rules are checked.
func (x *teller) cascade() *FamilyTesting {
	def := x.a.src.cascade
	if def == nil || x.c == nil || x.w == nil {
		return nil
	}
	found := false
	for i := range x.c.People {
		found = found || x.c.People[i].Facts[def.result].Choice == carries
	}
	patient := &x.w.facts
	if !found && patient.patient.Facts[def.known].Bool != truth.Yes {
		return nil
	}
	out := &FamilyTesting{Code: def.code, State: def.state, Result: def.result, Ages: def.ages, Source: x.sources(def.sources), Offers: []Offer{}}
	if !found {
		out.Open = "A variant is known in the family. Enter who carries it, and the chances of the others follow."
		return out
	}
	chances, err := x.carriers(def)
	if err != nil {
		out.Open = "The chances cannot be worked out: " + err.Error() + "."
		return out
	}
	out.Note = x.takenTogether(def)
	from, limited := x.cascadeAge(def)
	for i := range x.c.People {
		p := &x.c.People[i]
		near, _, related := x.w.kin.graph.Degree(i)
		if !related {
			continue
		}
		o := Offer{Person: p.ID, Who: x.w.kin.graph.Who(i), Degree: near, Chance: chances(p.ID), State: p.Facts[def.state].Choice, Died: p.Alive == truth.No}
		if r := p.Facts[def.result].Choice; r == carries || r == noCarrier || r == ungraded {
			o.Result = r
		}
		if limited && o.Result == "" && p.Age.Lo < from {
			o.From, o.Young = from, p.Age.Hi < from
		}
		o.Odds = odds(o.Chance)
		out.Offers = append(out.Offers, o)
	}
	slices.SortStableFunc(out.Offers, func(a, b Offer) int {
		if ta, tb := a.rank(), b.rank(); ta != tb {
			return ta - tb
		}
		if d := b.Chance - a.Chance; math.Abs(d) > 1e-6 {
			return int(math.Copysign(1, d))
		}
		return a.Degree - b.Degree
	})
	return out
}

// takenTogether says that relatives whose parent nobody named are taken to
// share one, where that bears on a chance: one of them was tested.
func (x *teller) takenTogether(def *cascadeDef) string {
	type kind struct {
		class family.Classes
		side  family.Sides
	}
	count, tested := map[kind]int{}, map[kind]bool{}
	for i := range x.c.People {
		p := &x.c.People[i]
		w, err := family.ParseRelation(p.Relation)
		if err != nil || p.Mother != "" || p.Father != "" {
			continue
		}
		switch w.Class {
		case family.NieceOrNephew, family.Grandchild, family.Cousin:
			k := kind{w.Class, w.Side}
			count[k]++
			r := p.Facts[def.result].Choice
			tested[k] = tested[k] || r == carries || r == noCarrier
		}
	}
	for k, n := range count {
		if n > 1 && tested[k] {
			return "Nieces and nephews, cousins or grandchildren entered without a parent are taken for brothers and sisters: place them under their parent in the family for their own chances."
		}
	}
	return ""
}

// rank puts whom to offer first, then who waits for an age, who died without a
// test, and who has a result.
func (o *Offer) rank() int {
	switch {
	case o.Result != "":
		return 3
	case o.Died:
		return 2
	case o.Young:
		return 1
	}
	return 0
}

// cascadeAge is the age from which the test is offered.
func (x *teller) cascadeAge(def *cascadeDef) (float64, bool) {
	for i := range x.a.thresholds {
		if def.age != "" && x.a.thresholds[i].id == def.age {
			return x.s.lines[i].Lo, true
		}
	}
	return 0, false
}

// carriers works out everyone's chance from who was found to carry the variant
// and who not, exactly, with the engine of carrier probabilities: a variant so
// rare that it came into the family once, and tests that do not err.
func (x *teller) carriers(def *cascadeDef) (func(id string) float64, error) {
	members, err := family.Connect(&x.a.dict.family.v, &x.w.kin.fam)
	if err != nil {
		return nil, fmt.Errorf("the family does not join up: %w", err)
	}
	f := carrier.Family{Genes: []carrier.Gene{{Name: def.result, Freq: rareVaries, Mutation: rareVaries * rareVaries}}, Likelihood: map[string][]float64{}}
	for _, m := range members {
		f.People = append(f.People, carrier.Person{ID: m.ID, Father: m.Father, Mother: m.Mother})
	}
	for _, t := range x.c.Twins {
		if t.Kind == "identical" {
			f.Twins = append(f.Twins, t.IDs)
		}
	}
	for i := range x.c.People {
		switch p := &x.c.People[i]; p.Facts[def.result].Choice {
		case carries:
			f.Likelihood[p.ID] = []float64{0, 1, 1}
		case noCarrier:
			f.Likelihood[p.ID] = []float64{1, 0, 0}
		}
	}
	r, err := f.Solve()
	if err != nil {
		return nil, fmt.Errorf("working out the chances: %w", err)
	}
	return func(id string) float64 { return r.Carrier(id, 0) }, nil
}

// odds is a chance in words: halves of halves as such, else per cent.
func odds(p float64) string {
	for k := 2; k <= 64; k *= 2 {
		if math.Abs(p*float64(k)-1) < 0.001 {
			return fmt.Sprintf("1 in %d", k)
		}
	}
	switch {
	case p > 0.999:
		return "almost certain"
	case p < 0.001:
		return "not expected"
	}
	return fmt.Sprintf("about %.0f in 100", 100*p)
}

// FamilyTesting works out only whom to offer the test for the family's variant
// to, by area; areas in which no variant is known are left out. It is what
// Assess says of it, in a fraction of the time: for going through many families.
func (b *Book) FamilyTesting(c *Case) (map[string]*FamilyTesting, error) {
	w := b.work.Get().(*bench)
	defer b.work.Put(w)
	if err := b.prepare(w, c, false); err != nil {
		return nil, err
	}
	out := map[string]*FamilyTesting{}
	for i, a := range b.areas {
		if a.src.cascade == nil {
			continue
		}
		x := &teller{a: a, s: w.states[i], w: w, c: c}
		var head AreaAdvice
		x.head(&head)
		if t := x.cascade(); t != nil {
			out[a.src.id] = t
		}
	}
	return out, nil
}
