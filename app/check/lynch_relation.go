package check

import (
	"slices"
	"strings"

	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// told is a relation as case files write it, taken apart.
type told struct{ prefix, half, great, noun, side string }

// plainRelations are words that settle the relation by themselves. "self" and
// its like give the empty relation, in-laws are related through a partner.
var plainRelations = map[string]string{
	"self": "", "proband": "", "consultand": "", "patient": "", "index": "",
	"wife": "partner", "husband": "partner", "spouse": "partner", "partner": "partner", "law": "partner",
}

// relationNouns are other words for the nouns of the case form.
var relationNouns = map[string]string{"mum": "mother", "mom": "mother", "dad": "father"}

// silentWords say nothing about the relation.
var silentWords = []string{"full", "twin", "identical", "first", "own", "biological", "older", "younger", "elder", "side", "on", "the", "of", "via", "in"}

// take reads one word of a relation.
func (r *told) take(w string) {
	for _, joined := range []string{"half", "step", "great"} {
		if rest, found := strings.CutPrefix(w, joined); found && rest != "" {
			r.take(joined)
			w = rest
		}
	}
	switch w {
	case "maternal", "paternal":
		r.side = w
	case "half":
		r.half = "half-"
	case "great":
		r.great += "great-"
	case "step":
		r.prefix = "step-"
	case "adoptive", "adopted", "foster":
		r.prefix = "adoptive-"
	default:
		if other, ok := relationNouns[w]; ok {
			w = other
		}
		if !slices.Contains(silentWords, w) {
			r.noun = w
		}
	}
}

// relationOf writes the relation words of case files ("half_brother_paternal",
// "full_sister", "wife") as the case form has them; ok is false when no word
// fits. "self" gives the empty relation.
func relationOf(text, side string) (relation string, ok bool) {
	r := told{side: side}
	for _, w := range strings.Fields(spaced(text)) {
		if plain, ok := plainRelations[w]; ok {
			return plain, true
		}
		r.take(w)
	}
	if r.noun == "parent" {
		r.noun = map[string]string{"maternal": "mother", "paternal": "father"}[r.side]
	}
	relation = r.prefix + r.half + r.great + r.noun
	if r.prefix == "" && (r.side == "maternal" || r.side == "paternal") {
		if _, err := family.ParseRelation(r.side + " " + relation); err == nil {
			return r.side + " " + relation, true
		}
	}
	_, err := family.ParseRelation(relation)
	return relation, err == nil
}

// byDegree is a relation of that degree for rows that give no other: a full
// sibling, an aunt or uncle, a cousin. Nobody of them is of the parents'
// or children's line, and all beyond the first degree are on one side.
func byDegree(degree truth.Span, sex, side string) (relation string, ok bool) {
	if side != "paternal" {
		side = "maternal"
	}
	female := sex != "male"
	pick := func(f, m string) string {
		if female {
			return f
		}
		return m
	}
	switch degree {
	case truth.Exactly(1):
		return pick("sister", "brother"), true
	case truth.Exactly(2):
		return side + " " + pick("aunt", "uncle"), true
	case truth.Exactly(3):
		return side + " cousin", true
	}
	return "", false
}

// add puts a relative into the family. The people whom nobody can have twice
// (parents, grandparents) are one person when a row names them twice: rules
// count people, not tumours.
func (c *lynchCase) add(id, relation string, conditions []rules.Condition) *rules.Person {
	switch plain := spaced(relation); plain {
	case "mother", "father", "maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather":
		for i := range c.people {
			if spaced(c.people[i].Relation) == plain {
				c.people[i].Conditions = append(c.people[i].Conditions, conditions...)
				return &c.people[i]
			}
		}
	}
	if id == "" {
		id = "r" + string(rune('a'+len(c.people)))
	}
	c.people = append(c.people, rules.Person{
		ID: id, Relation: relation, Age: truth.Any(), Alive: truth.Unknown, Conditions: conditions,
	})
	return &c.people[len(c.people)-1]
}

// relatives reads a list of affected relatives, each with a relation word or a
// degree, a site and an age; known is false when nobody asked.
func (c *lynchCase) relatives(in Inputs, key string, confirmed truth.K) (known bool) {
	list, known, err := in.List(key)
	c.note(err)
	for _, item := range list {
		cancers := []rules.Condition{}
		if _, several := item.keys["cancers"]; several {
			cancers, _ = c.cancers(item, "cancers", confirmed)
		} else {
			cancers = append(cancers, c.cancer(item, confirmed))
		}
		relation, ok := c.placeOf(item, cancers)
		if !ok {
			continue // farther than any rule looks
		}
		c.add("", relation, cancers)
	}
	return known
}

// placeOf finds the relation of a relative from the words of the row.
func (c *lynchCase) placeOf(item Inputs, cancers []rules.Condition) (relation string, ok bool) {
	word, err := item.Text("rel")
	c.note(err)
	if word == "" {
		word, err = item.Text("relation")
		c.note(err)
	}
	side, err := item.Text("side")
	c.note(err)
	if word != "" {
		relation, ok = relationOf(word, strings.ToLower(side))
		if !ok {
			c.note(noRelationError(word))
		}
		return relation, ok
	}
	degree, err := item.Number("degree")
	c.note(err)
	sex, err := item.Word("sex", sexWords)
	c.note(err)
	for i := range cancers {
		if def := c.check.dictionary.Condition(cancers[i].Name); def != nil && def.Sex != "" && sex == "" {
			sex = def.Sex
		}
	}
	relation, ok = byDegree(degree, sex, strings.ToLower(side))
	if !ok && (degree.IsAny() || !degree.IsExact()) {
		c.note(noRelationError("a relative of unknown degree"))
	}
	return relation, ok
}

type noRelationError string

// Error names the word that is no relation.
func (e noRelationError) Error() string {
	return "no relation is called " + string(e) + "; it is a word such as mother, maternal_aunt or half_brother_paternal"
}
