package consult

import (
	"fmt"
	"strings"

	"kindred/rules"
	"kindred/rules/family"
)

// sexWords are words of relation by sex at birth: female, male, not said. Where
// the third is empty nobody can be called so without a sex.
var sexWords = [][3]string{
	{"granddaughter", "grandson", "grandchild"},
	{"daughter", "son", "child"},
	{"half-sister", "half-brother", "half-sibling"},
	{"sister", "brother", "sibling"},
	{"niece", "nephew", ""},
	{"great-aunt", "great-uncle", ""},
	{"aunt", "uncle", ""},
	{"great-grandmother", "great-grandfather", ""},
	{"grandmother", "grandfather", ""},
	{"mother", "father", ""},
}

// resexed is a word of relation for somebody of another sex at birth: "maternal
// aunt" and male give "maternal uncle". A word that goes with any sex stays;
// one that needs a sex gives "" without it.
func resexed(word, sex string) string {
	at := 2
	switch sex {
	case "female":
		at = 0
	case "male":
		at = 1
	}
	for _, w := range sexWords {
		for _, from := range w {
			if from == "" {
				continue
			}
			if head, ok := strings.CutSuffix(word, from); ok && (head == "" || strings.HasSuffix(head, " ") || strings.HasSuffix(head, "-")) {
				if w[at] == "" || at == 2 && (strings.HasSuffix(head, "step-") || strings.HasSuffix(head, "adoptive ")) {
					return ""
				}
				return head + w[at]
			}
		}
	}
	return word
}

// byGender is the word people use: it follows gender where that was said.
func byGender(word, gender string) string {
	sex := map[string]string{"woman": "female", "man": "male"}[gender]
	if gender == "non-binary" {
		if w := resexed(word, ""); w != "" {
			return w
		}
	}
	if sex == "" {
		return word
	}
	return resexed(word, sex)
}

// kinName is what a relative is called: the word of relation, numbered as they
// stand in the table where there are several; without a word, whose child or
// partner they are.
func (m *model) kinName(p *rules.Person) string { return m.nameIn(p, m.tableOrder()) }

// nameIn is kinName for a known order of the table.
func (m *model) nameIn(p *rules.Person, order []kinLine) string {
	if p.ID == m.rec.Case.Patient {
		return "Patient"
	}
	if p.Relation == "" {
		host, step := m.hostOf(p)
		if h := m.person(host); h != nil {
			return m.stepWord(p, step) + " of " + m.inSentence(h)
		}
		return "Person " + p.ID
	}
	word := byGender(p.Relation, p.Gender)
	n, all := 0, 0
	for _, l := range order {
		if l.p.Relation == p.Relation && l.p.ID != m.rec.Case.Patient {
			all++
			if l.p.ID == p.ID {
				n = all
			}
		}
	}
	if g := kinGroup(p); g == "Father’s side" || g == "Mother’s side" {
		word = strings.TrimPrefix(strings.TrimPrefix(word, "paternal "), "maternal ")
	}
	if p.Pregnancy != "" {
		word = pregnancyWords[p.Pregnancy]
	}
	if all > 1 {
		return fmt.Sprintf("%s %d%s", capital(word), n, times(p.Count))
	}
	return capital(word) + times(p.Count)
}

// times is how many people a row stands for.
func times(count int) string {
	switch {
	case count < 0:
		return " ×n"
	case count > 1:
		return fmt.Sprintf(" ×%d", count)
	}
	return ""
}

var pregnancyWords = map[string]string{
	"ongoing": "pregnancy", "miscarriage": "miscarriage", "termination": "termination", "stillbirth": "stillbirth",
}

// inSentence is a relative's name within a sentence, with the side where the
// word alone could be on either.
func (m *model) inSentence(p *rules.Person) string {
	name := m.kinName(p)
	if side, _, ok := strings.Cut(p.Relation, "ternal "); ok && p.ID != m.rec.Case.Patient && !strings.Contains(name, "ternal") {
		name = side + "ternal " + lowerFirst(name)
	}
	if p.ID == m.rec.Case.Patient {
		return "the patient"
	}
	return lowerFirst(name)
}

// stepWord is what somebody is to the person they stand under.
func (m *model) stepWord(p *rules.Person, step kinStep) string {
	if p.Pregnancy != "" {
		return capital(pregnancyWords[p.Pregnancy])
	}
	switch step {
	case partnerStep:
		host, _ := m.hostOf(p)
		if i := m.coupleAt(p.ID, host); i >= 0 && m.rec.Case.Couples[i].Separated {
			return "Former partner"
		}
		return "Partner"
	case parentStep:
		if w := resexed("mother", p.Sex); w != "" {
			return capital(byGender(w, p.Gender))
		}
		return "Parent"
	}
	return capital(byGender(resexed("child", p.Sex), p.Gender)) + times(p.Count)
}

// place is under whom somebody stands in the table, and what they are to them;
// the zero place is one of their own.
type place struct {
	host string
	step kinStep
}

// hostOf is the place of one person.
func (m *model) hostOf(p *rules.Person) (host string, step kinStep) {
	at := m.places()[p.ID]
	return at.host, at.step
}

// places are the places of everyone: those whose word of relation says it have
// their own, the rest stand under a parent, a partner or a child who has one.
func (m *model) places() map[string]place {
	c := &m.rec.Case
	out := make(map[string]place, len(c.People))
	there := make(map[string]bool, len(c.People))
	for i := range c.People {
		p := &c.People[i]
		w := wordOf(p.Relation)
		at := place{}
		switch w.Text {
		case "partner":
			at = place{c.Patient, partnerStep}
		case "step-mother":
			at = place{m.byWord("father"), partnerStep}
		case "step-father":
			at = place{m.byWord("mother"), partnerStep}
		}
		nested := w.Class&(family.Cousin|family.NieceOrNephew|family.Grandchild) != 0 && p.Mother+p.Father != ""
		if p.ID == c.Patient || w.Text != "" && !nested {
			if at.host == "" {
				at = place{}
			}
			out[p.ID], there[p.ID] = at, true
		}
	}
	for grown := true; grown; {
		grown = false
		for i := range c.People {
			if p := &c.People[i]; !there[p.ID] {
				if at, ok := m.placeBeside(p, there); ok {
					out[p.ID], there[p.ID], grown = at, true, true
				}
			}
		}
		for i := range c.People { // a cousin whose parents have no place has one by the word
			if p := &c.People[i]; !grown && !there[p.ID] && p.Relation != "" {
				out[p.ID], there[p.ID], grown = place{}, true, true
			}
		}
	}
	return out
}

// placeBeside finds somebody's place under those who have one.
func (m *model) placeBeside(p *rules.Person, there map[string]bool) (place, bool) {
	for _, blood := range [...]bool{true, false} {
		for _, id := range [...]string{p.Mother, p.Father} {
			if q := m.person(id); q != nil && there[id] && (!blood || m.byBlood(q)) {
				return place{id, childStep}, true
			}
		}
	}
	for _, x := range m.rec.Case.Couples {
		switch {
		case p.ID == x.A && there[x.B]:
			return place{x.B, partnerStep}, true
		case p.ID == x.B && there[x.A]:
			return place{x.A, partnerStep}, true
		}
	}
	for i := range m.rec.Case.People {
		q := &m.rec.Case.People[i]
		if !there[q.ID] || q.Mother != p.ID && q.Father != p.ID {
			continue
		}
		if other := q.Mother + q.Father; other != p.ID { // beside the parent who has a place
			for _, id := range [...]string{q.Mother, q.Father} {
				if id != p.ID && there[id] {
					return place{id, partnerStep}, true
				}
			}
		}
		return place{q.ID, parentStep}, true
	}
	return place{}, false
}

// kinLine is a row of the table: a relative, how far in, and the words there.
type kinLine struct {
	p     *rules.Person
	depth int
	step  kinStep // what they are to the one they stand under
	name  string
	group string
}

// kinLines are the rows of the table with their words.
func (m *model) kinLines() []kinLine {
	order := m.tableOrder()
	for i := range order {
		l := &order[i]
		l.name = m.nameIn(l.p, order)
		if l.step != "" && (l.p.Relation == "" || l.step == partnerStep) {
			l.name = m.stepWord(l.p, l.step)
		}
		l.name += called(l.p)
	}
	return order
}

// tableOrder is the order of the table: by group, in the order taken, and under
// each person their partners and children who have no other place.
func (m *model) tableOrder() []kinLine {
	c := &m.rec.Case
	under := map[string][]*rules.Person{}
	step := map[string]kinStep{}
	places := m.places()
	var roots []*rules.Person
	for i := range c.People {
		p := &c.People[i]
		if p.ID == c.Patient {
			continue
		}
		at := places[p.ID]
		if at.host == "" {
			roots = append(roots, p)
			continue
		}
		under[at.host], step[p.ID] = append(under[at.host], p), at.step
	}
	var out []kinLine
	seen := map[string]bool{}
	var put func(p *rules.Person, depth int, group string)
	put = func(p *rules.Person, depth int, group string) {
		if seen[p.ID] {
			return
		}
		seen[p.ID] = true
		out = append(out, kinLine{p: p, depth: depth, group: group, step: step[p.ID]})
		for _, s := range [...]kinStep{partnerStep, parentStep, childStep} {
			for _, q := range under[p.ID] {
				if step[q.ID] == s {
					put(q, depth+1, group)
				}
			}
		}
	}
	put(m.patient(), 0, "")
	for _, g := range kinGroups {
		for _, p := range roots {
			if kinGroup(p) == g {
				put(p, 0, g)
			}
		}
	}
	for i := range c.People { // nobody is ever left out
		put(&c.People[i], 0, "Other people")
	}
	return out
}
