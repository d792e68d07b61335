package rules

import (
	"strconv"
	"strings"
)

// askedText puts a family question into words for people who sign rules:
// "heart attack in a first-degree relative; below 60".
func (d *describer) askedText(q *node) string {
	var parts []string
	for _, p := range q.pairs {
		if text := d.askedPart(q, p.key.text, p.value); text != "" {
			parts = append(parts, text)
		}
	}
	return sentence(strings.Join(parts, "; "))
}

// askedPart is one key of a family question in words; some say what another
// key's words hold already.
func (d *describer) askedPart(q *node, key string, v *node) string {
	number := func() string { return d.limit(v) }
	switch key {
	case "any", "of":
		text := d.what(v)
		if from, to := q.get("degree"), q.get("degree_at_most"); from != nil || to != nil {
			text += " in " + whereText(from, to, q.get("from_degree"))
		}
		return text
	case "degree", "from_degree":
		return ""
	case "degree_at_most":
		if q.get("any") != nil || q.get("of") != nil {
			return ""
		}
	case "relation":
		return "only in a " + strings.ReplaceAll(listText(v), "_", "-")
	case "sex":
		return "only " + v.text
	case "side", "same_side":
		return "all on one side of the family"
	case "age_below":
		return "below " + number()
	case "age_at_most":
		return "at " + number() + " or under"
	case "age_at_least":
		return "at " + number() + " or over"
	case "age_over":
		return "over " + number()
	case "youngest_below":
		return "at least one below " + number()
	case "people":
		return "in at least " + number() + " people"
	case "entries":
		return "at least " + number() + " diagnoses, several in one person counting"
	case "count":
		return "counting " + v.text
	case "generations":
		return "over " + number() + " successive generations"
	case "first_degree_of_others":
		return "one of them a first-degree relative of " + number() + " of the others"
	case "including":
		return "at least one of them " + d.what(v)
	case "each":
		return "each confirmed by a report"
	case "patient":
		return map[string]string{"excluded": "the patient not counted", "required": "the patient among them"}[v.text]
	case "ask_to_degree":
		return "a no is firm once asked up to " + ordinal(v.text) + " degree"
	case "kinship":
		return "linked to each other by first-degree steps"
	}
	return strings.ReplaceAll(key, "_", " ") + " " + strings.ReplaceAll(listText(v), "_", " ")
}

// what names what a family question counts.
func (d *describer) what(n *node) string {
	switch n.kind {
	case listNode:
		parts := make([]string, len(n.items))
		for i, item := range n.items {
			parts[i] = d.what(item)
		}
		return orList(parts)
	case mapNode:
		untested := ""
		if n.get("tumour") != nil {
			untested = " whose tumour was not tested to the end"
		}
		if list := n.get("list"); list != nil {
			return "anything on the list " + strings.ReplaceAll(list.text, "_", " ") + untested
		}
		if of := n.get("of"); of != nil {
			return d.what(of) + untested
		}
		var rest []string
		for _, p := range n.pairs {
			switch p.key.text {
			case "fact":
				rest = append([]string{d.factWords(p.value.text)}, rest...)
			case "is":
				rest = append(rest, "is "+d.choiceWords(n, p.value.text))
			default:
				rest = append(rest, strings.ReplaceAll(p.key.text, "_", " ")+" "+d.limit(p.value))
			}
		}
		return strings.Join(rest, " ")
	}
	if c := d.a.dict.conditionByID[n.text]; c != nil {
		return lowered(c.Label)
	}
	return strings.ReplaceAll(n.text, "_", " ")
}

func (d *describer) factWords(id string) string {
	if f := d.a.dict.Fact(id); f != nil {
		return lowered(f.Label)
	}
	return id
}

func (d *describer) choiceWords(n *node, value string) string {
	if id := n.get("fact"); id != nil {
		if f := d.a.dict.Fact(id.text); f != nil {
			if i := f.ChoiceIndex(value); i >= 0 {
				return lowered(f.Choices[i].Label)
			}
		}
	}
	return value
}

// limit is a number, a parameter's value, or one for men and one for women.
func (d *describer) limit(n *node) string {
	if n.kind == mapNode {
		var parts []string
		for _, p := range n.pairs {
			parts = append(parts, d.limit(p.value)+" in "+map[string]string{"male": "men", "female": "women"}[p.key.text])
		}
		return orList(parts)
	}
	for i := range d.a.thresholds {
		if d.a.thresholds[i].id == n.text {
			return strings.TrimSuffix(d.threshold(int32(i)), " y")
		}
	}
	return n.text
}

// whereText says which relatives a question is about.
func whereText(degree, most, from *node) string {
	switch {
	case degree != nil && degree.kind == listNode:
		var parts []string
		for _, item := range degree.items {
			parts = append(parts, ordinal(item.text))
		}
		return "a " + orList(parts) + "-degree relative"
	case degree != nil && degree.text == "0":
		return "the patient"
	case degree != nil:
		return "a " + ordinal(degree.text) + "-degree relative"
	case from != nil && from.text == "0":
		return "the patient or relatives up to " + ordinal(most.text) + " degree"
	}
	return "relatives up to " + ordinal(most.text) + " degree"
}

func ordinal(n string) string {
	names := [...]string{"0", "first", "second", "third", "fourth", "fifth"}
	if i, err := strconv.Atoi(n); err == nil && i > 0 && i < len(names) {
		return names[i]
	}
	return n
}

func listText(n *node) string {
	if n.kind != listNode {
		return n.text
	}
	parts := make([]string, len(n.items))
	for i, item := range n.items {
		parts[i] = item.text
	}
	return orList(parts)
}

// orList joins alternatives as people do: "a, b or c".
func orList(parts []string) string {
	if n := len(parts); n > 2 {
		return strings.Join(parts[:n-1], ", ") + " or " + parts[n-1]
	}
	return strings.Join(parts, " or ")
}
