package rules

import (
	"math"
	"slices"
	"strconv"

	"kindred/rules/family"
)

// Drawn is what a family tree shows of a person beside health. Rules use none
// of it, except that someone adopted into the family shares no blood with it.
type Drawn struct {
	Adopted   string  // "in" into this family, "out" of it, "" neither
	Proband   bool    // the first affected member who came to attention
	Childless string  // "by_choice", "infertile" or ""
	Pregnancy string  // "ongoing", "miscarriage", "termination", "stillbirth"; "" for a person
	Count     int     // several people as one symbol: how many; -1 when nobody knows; 0 or 1 for one
	Place     float64 // wanted place among the siblings once someone moved the symbol; 0 for none
}

// Couple is two people of the family who are or were together.
type Couple struct {
	A, B      string // ids
	Related   bool   // by blood, even where no common ancestor is recorded
	Separated bool
}

// TwinSet is brothers and sisters born together.
type TwinSet struct {
	IDs  []string
	Kind string // "identical", "fraternal", "" when not known
}

var (
	adoptions   = []string{"in", "out"}
	childless   = []string{"by_choice", "infertile"}
	pregnancies = []string{"ongoing", "miscarriage", "termination", "stillbirth"}
	twinKinds   = []string{"identical", "fraternal"}
)

// Together tells who belongs to the family only as somebody's partner, or as the
// parent of somebody adopted: neither a word of relation nor a parent or child
// by blood links them to the patient. They carry no blood.
func (c *Case) Together() func(i int) bool {
	adopted := slices.ContainsFunc(c.People, func(p Person) bool { return p.Adopted == "in" })
	if len(c.Couples) == 0 && !adopted {
		return func(int) bool { return false }
	}
	linked := map[string]bool{c.Patient: true}
	partner := map[string]bool{}
	for i := range c.People {
		if p := &c.People[i]; p.Relation != "" || p.Adopted == "in" {
			linked[p.ID] = true
		}
	}
	for grown := true; grown; {
		grown = false
		join := func(a, b string, blood bool) {
			if a == "" || b == "" || linked[a] == linked[b] {
				return
			}
			if !linked[b] {
				a = b
			}
			linked[a], grown = true, true
			partner[a] = !blood
		}
		for i := range c.People {
			if p := &c.People[i]; p.Adopted != "in" || p.ID == c.Patient {
				join(p.ID, p.Mother, true)
				join(p.ID, p.Father, true)
			}
		}
		if grown {
			continue // all who are linked by blood first
		}
		for _, x := range c.Couples {
			join(x.A, x.B, false)
		}
		for i := range c.People {
			if p := &c.People[i]; p.Adopted == "in" {
				join(p.ID, p.Mother, false)
				join(p.ID, p.Father, false)
			}
		}
	}
	return func(i int) bool { return partner[c.People[i].ID] }
}

// partnerWord is the relation word for those who share no blood.
const partnerWord = "partner"

// withoutBlood takes those who are only somebody's partner, and those adopted
// into the family, for what they are: not related.
func (k *kin) withoutBlood(c *Case) {
	together := c.Together()
	for i := range c.People {
		if together(i) {
			k.fam.Members[i].Relation = partnerWord
		}
	}
	for i := range c.People {
		p, m := &c.People[i], &k.fam.Members[i]
		if p.Adopted != "in" || p.ID == c.Patient {
			continue
		}
		m.Mother, m.Father = "", ""
		if word, err := family.ParseRelation("adoptive " + p.Relation); err == nil && p.Relation != "" {
			m.Relation = word.Text
		} else {
			m.Relation = partnerWord
		}
	}
}

// oneWord reads a word of a list; absent is "".
func (r *caseReader) oneWord(v *jsonValue, what string, known []string) string {
	s := r.text(v, what)
	if s == "" || s == "unknown" {
		return ""
	}
	if !slices.Contains(known, s) {
		r.report(v, what+" cannot be "+strconv.Quote(shortened(s))+oneOf(s, known))
		return ""
	}
	return s
}

// marked reads true or false; absent is false.
func (r *caseReader) marked(v *jsonValue, what string) bool {
	if v == nil || v.kind == jsonNull {
		return false
	}
	if v.kind != jsonBool {
		r.report(v, what+" is true or false, not "+v.what())
	}
	return v.yes
}

func (r *caseReader) readDrawn(v *jsonValue) Drawn {
	d := Drawn{
		Adopted:   r.oneWord(v.get("adopted"), "adopted", adoptions),
		Proband:   r.marked(v.get("proband"), "proband"),
		Childless: r.oneWord(v.get("childless"), "childless", childless),
		Pregnancy: r.oneWord(v.get("pregnancy"), "pregnancy", pregnancies),
	}
	if n := v.get("count"); n != nil && n.kind != jsonNull {
		count, err := strconv.Atoi(n.text)
		if n.kind != jsonNumber || err != nil || count < -1 || count > 99 {
			r.report(n, "count is how many people the symbol stands for, up to 99, or -1 when nobody knows, not "+n.what())
		} else {
			d.Count = count
		}
	}
	if n := v.get("place"); n != nil && n.kind != jsonNull {
		place, err := strconv.ParseFloat(n.text, 64)
		if n.kind != jsonNumber || err != nil || math.IsInf(place, 0) {
			r.report(n, "place is a number: smaller stands further left among brothers and sisters, not "+n.what())
		} else {
			d.Place = place
		}
	}
	return d
}

func (r *caseReader) readCouples(v *jsonValue, c *Case) {
	for _, item := range r.items(v, "couples") {
		if !r.object(item, "a couple", "a", "b", "related", "separated") {
			continue
		}
		x := Couple{
			A: r.someone(item, "a"), B: r.someone(item, "b"),
			Related: r.marked(item.get("related"), "related"), Separated: r.marked(item.get("separated"), "separated"),
		}
		if x.A != "" && x.A == x.B {
			r.report(item, strconv.Quote(shortened(x.A))+" cannot be a couple alone")
		}
		c.Couples = append(c.Couples, x)
	}
}

// someone is the id of one of the people, under a key.
func (r *caseReader) someone(v *jsonValue, key string) string {
	at := v.get(key)
	id := r.text(at, key)
	if at == nil {
		at = v
	}
	if _, found := r.index[id]; !found {
		r.report(at, strconv.Quote(shortened(id))+" is not among the people")
	}
	return id
}

func (r *caseReader) readTwins(v *jsonValue, c *Case) {
	for _, item := range r.items(v, "twins") {
		if !r.object(item, "twins", "ids", "kind") {
			continue
		}
		set := TwinSet{Kind: r.oneWord(item.get("kind"), "kind", twinKinds)}
		for _, one := range r.items(item.get("ids"), "ids") {
			id := r.text(one, "a twin")
			switch _, found := r.index[id]; {
			case !found:
				r.report(one, strconv.Quote(shortened(id))+" is not among the people")
			case slices.Contains(set.IDs, id):
				r.report(one, strconv.Quote(shortened(id))+" is there twice")
			default:
				set.IDs = append(set.IDs, id)
			}
		}
		if len(set.IDs) < 2 {
			r.report(item, "twins need the ids of at least two people")
			continue
		}
		c.Twins = append(c.Twins, set)
	}
}

// markIf writes a mark that is set.
func (w *caseWriter) markIf(k string, set bool) {
	if set {
		w.key(k)
		w.raw("true")
	}
}

func (w *caseWriter) drawn(d *Drawn) {
	w.textIf("adopted", d.Adopted)
	w.markIf("proband", d.Proband)
	w.textIf("childless", d.Childless)
	w.textIf("pregnancy", d.Pregnancy)
	if d.Count != 0 {
		w.key("count")
		w.raw(strconv.Itoa(d.Count))
	}
	if d.Place != 0 {
		w.key("place")
		w.raw(exact(d.Place))
	}
}

func (w *caseWriter) couples(list []Couple) {
	if len(list) == 0 {
		return
	}
	w.key("couples")
	w.open('[')
	for _, x := range list {
		w.item()
		w.open('{')
		w.text("a", x.A)
		w.text("b", x.B)
		w.markIf("related", x.Related)
		w.markIf("separated", x.Separated)
		w.close('}')
	}
	w.close(']')
}

func (w *caseWriter) twins(list []TwinSet) {
	if len(list) == 0 {
		return
	}
	w.key("twins")
	w.open('[')
	for _, t := range list {
		w.item()
		w.open('{')
		w.key("ids")
		w.open('[')
		for _, id := range t.IDs {
			w.item()
			w.quoted(id)
		}
		w.close(']')
		w.textIf("kind", t.Kind)
		w.close('}')
	}
	w.close(']')
}
