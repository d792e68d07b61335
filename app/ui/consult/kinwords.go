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
				if w[at] == "" {
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

// kinName is what a relative is called: the word of relation, numbered in the
// order taken where there are several; without a word, whose child or partner
// they are.
func (m *model) kinName(p *rules.Person) string {
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
	for i := range m.rec.Case.People {
		if q := &m.rec.Case.People[i]; q.Relation == p.Relation && q.ID != m.rec.Case.Patient {
			all++
			if q == p || q.ID == p.ID {
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

// hostOf is the person under whom somebody stands in the table, and what they
// are to them; "" for those with a place of their own.
func (m *model) hostOf(p *rules.Person) (host string, step kinStep) {
	c := &m.rec.Case
	if p.ID == c.Patient {
		return "", ""
	}
	w := wordOf(p.Relation)
	switch {
	case w.Text == "partner":
		return c.Patient, partnerStep
	case w.Text == "step-mother":
		return m.byWord("father"), partnerStep
	case w.Text == "step-father":
		return m.byWord("mother"), partnerStep
	case w.NoBlood, w.Class != 0 && w.Class&(family.Cousin|family.NieceOrNephew|family.Grandchild) == 0:
		return "", ""
	}
	if p.Mother != "" || p.Father != "" {
		for _, id := range [...]string{p.Mother, p.Father} {
			if q := m.person(id); q != nil && m.byBlood(q) {
				return id, childStep
			}
		}
		return p.Mother + p.Father, childStep // one of them at most is a listed partner alone
	}
	if p.Relation != "" {
		return "", ""
	}
	for _, x := range c.Couples {
		switch p.ID {
		case x.A:
			return x.B, partnerStep
		case x.B:
			return x.A, partnerStep
		}
	}
	for i := range c.People {
		if q := &c.People[i]; q.Mother == p.ID || q.Father == p.ID {
			return q.ID, parentStep
		}
	}
	return "", ""
}

// kinLine is a row of the table: a relative, how far in, and the words there.
type kinLine struct {
	p     *rules.Person
	depth int
	name  string
	group string
}

// kinLines are the rows of the table: by group, in the order taken, and under
// each person their partners and children who have no other place.
func (m *model) kinLines() []kinLine {
	c := &m.rec.Case
	under := map[string][]*rules.Person{}
	step := map[string]kinStep{}
	var roots []*rules.Person
	for i := range c.People {
		p := &c.People[i]
		if p.ID == c.Patient {
			continue
		}
		host, s := m.hostOf(p)
		if host == "" || m.person(host) == nil {
			roots = append(roots, p)
			continue
		}
		under[host], step[p.ID] = append(under[host], p), s
	}
	var out []kinLine
	seen := map[string]bool{}
	var put func(p *rules.Person, depth int, group string)
	put = func(p *rules.Person, depth int, group string) {
		if seen[p.ID] {
			return
		}
		seen[p.ID] = true
		name := m.kinName(p)
		if s := step[p.ID]; s != "" && (p.Relation == "" || s == partnerStep) {
			name = m.stepWord(p, s)
		}
		if p.Name != "" {
			name += ", " + p.Name
		}
		out = append(out, kinLine{p, depth, name, group})
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
