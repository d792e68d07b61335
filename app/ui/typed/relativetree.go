package typed

import (
	"regexp"
	"strconv"
	"strings"

	"kindred/app/identity"
	"kindred/rules/truth"
)

// Tree is what a line says of the family tree: "female, twin called Ann, x3,
// adopted in". Empty fields were not said.
type Tree struct {
	Sex       string // at birth
	Gender    string
	Name      string
	Adopted   string // in, out
	Childless string // by_choice, infertile
	Pregnancy string // ongoing, miscarriage, termination, stillbirth
	Count     int    // people this stands for; -1 when nobody knows how many
	Proband   bool
}

var (
	sexAtStart  = map[string]string{"f": "female", "female": "female", "girl": "female", "woman": "female", "m": "male", "male": "male", "boy": "male", "man": "male"}
	pregnancies = map[string]string{
		"pregnancy": "ongoing", "unborn": "ongoing", "miscarriage": "miscarriage",
		"termination": "termination", "stillbirth": "stillbirth", "stillborn": "stillbirth",
	}
	nameWords = wordsOf("called named name")
	stopWord  = wordsOf(stop)
	reTimes   = regexp.MustCompile(`^[x×](\d{1,2}|n)$`)
)

// tree reads a statement about the family tree, false when w begins none.
func (l *relativeLine) tree(w string) bool {
	next := ""
	if l.at+1 < len(l.words) {
		next = l.words[l.at+1]
	}
	t, used := &l.out.Tree, 1
	switch {
	case sexAtStart[w] != "" && (len(w) > 1 || l.first()):
		t.Sex, l.sex = sexAtStart[w], sexAtStart[w]
	case w == "non-binary" || w == "nonbinary":
		t.Gender = "non-binary"
	case nameWords[w] && next != "" && next != stop:
		var name []string
		for l.at+used < len(l.words) && l.words[l.at+used] != stop && (l.words[l.at+used][0] < '0' || l.words[l.at+used][0] > '9') {
			name = append(name, l.raw[l.at+used])
			used++
		}
		t.Name = strings.Join(name, " ")
	case w == "adopted":
		t.Adopted = "in"
		if next == "out" || next == "away" {
			t.Adopted = "out"
		}
		if next == "out" || next == "away" || next == "in" {
			used = 2
		}
	case pregnancies[w] != "" && l.first(): // "38, miscarriage" is about somebody who had one
		t.Pregnancy = pregnancies[w]
	case w == "childless", w == "no" && (next == "children" || next == "kids"):
		t.Childless = "by_choice"
		if w == "no" {
			used = 2
		}
		for _, more := range [][]string{{"by", "choice"}, {"infertile"}, {"infertility"}} {
			if rest := l.words[min(len(l.words), l.at+used):]; len(rest) >= len(more) && strings.Join(rest[:len(more)], " ") == strings.Join(more, " ") {
				used += len(more)
				if len(more) == 1 {
					t.Childless = "infertile"
				}
			}
		}
	case w == "infertile" || w == "infertility":
		t.Childless = "infertile"
	case w == "proband":
		t.Proband = true
	case reTimes.MatchString(w):
		t.Count = -1
		if n, err := strconv.Atoi(reTimes.FindStringSubmatch(w)[1]); err == nil {
			t.Count = n
		}
	default:
		return false
	}
	l.at += used
	return true
}

// first tells whether only stops stand before.
func (l *relativeLine) first() bool {
	for _, w := range l.words[:l.at] {
		if w != stop {
			return false
		}
	}
	return true
}

// words says what was understood of the tree.
func (t *Tree) words() []string {
	var out []string
	add := func(said bool, text string) {
		if said {
			out = append(out, text)
		}
	}
	add(t.Sex != "", t.Sex)
	add(t.Gender != "", t.Gender)
	add(t.Adopted != "", "adopted "+t.Adopted)
	add(t.Childless == "by_choice", "no children")
	add(t.Childless == "infertile", "no children, infertility")
	add(t.Pregnancy == "ongoing", "pregnancy")
	add(t.Pregnancy != "" && t.Pregnancy != "ongoing", t.Pregnancy)
	add(t.Proband, "proband")
	add(t.Count > 1, strconv.Itoa(t.Count)+" people")
	add(t.Count < 0, "several people")
	return out
}

// date is the age just read as a date, when it was written as one.
func (l *relativeLine) date() identity.Reading {
	if r, err := identity.ParseAgeOrDate(l.text, l.on); err == nil && len(r) > 0 {
		return r[0]
	}
	return identity.Reading{}
}

// settleDeath works out the age at death from the years of birth and death; a
// year of death alone says no age.
func (l *relativeLine) settleDeath() {
	if !l.death.IsDate() {
		return
	}
	byBirth := l.birth.IsDate()
	if l.out.AgeSaid && !byBirth {
		return
	}
	l.out.Age, l.out.AgeSaid = truth.Any(), false
	if byBirth {
		l.out.Age = l.death.AgeAt(l.birth.From, l.birth.Until)
		l.out.AgeSaid = !l.out.Age.IsAny()
	}
}
