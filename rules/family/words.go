package family

import (
	"fmt"
	"slices"
	"strings"
)

// Classes is a set of the places a relative can have: usually one; two for
// someone who may be a full or a half sibling.
type Classes uint32

// The places of relatives that rules speak about.
const (
	Parent Classes = 1 << iota
	Sibling
	Child
	Grandparent
	HalfSibling
	Grandchild
	AuntOrUncle
	NieceOrNephew
	GreatGrandparent
	GreatAuntOrUncle
	Cousin
	OtherBlood
	Self
)

// classNames are the words of `relation:` in rule files.
var classNames = []struct {
	word  string
	class Classes
}{
	{"parent", Parent},
	{"sibling", Sibling},
	{"child", Child},
	{"grandparent", Grandparent},
	{"half_sibling", HalfSibling},
	{"grandchild", Grandchild},
	{"aunt_or_uncle", AuntOrUncle},
	{"niece_or_nephew", NieceOrNephew},
	{"great_grandparent", GreatGrandparent},
	{"great_aunt_or_uncle", GreatAuntOrUncle},
	{"cousin", Cousin},
}

// ClassNames lists the words ParseClass understands.
func ClassNames() []string {
	out := make([]string, len(classNames))
	for i, c := range classNames {
		out[i] = c.word
	}
	return out
}

// ParseClass reads one word of a rule's `relation:` list.
func ParseClass(word string) (Classes, error) {
	for _, c := range classNames {
		if c.word == word {
			return c.class, nil
		}
	}
	return 0, fmt.Errorf("%q is no place in a family that a rule can name; it is one of %s", word, strings.Join(ClassNames(), ", "))
}

// Word is a relation word taken apart: "maternal aunt", "step-father".
type Word struct {
	Text    string  // as printed: "maternal half-sister"
	Side    Sides   // of the words that have one; 0 when not said
	Class   Classes // 0 for partner, step- and adoptive relatives
	Sex     Sex
	NoBlood bool // partner, step-, adoptive-
	Great   int  // great-grandparents 1, great-great-grandparents 2 …
}

// base words with the sex they say.
var baseWords = []struct {
	word  string
	class Classes
	sex   Sex
	sided bool // takes maternal or paternal
}{
	{"mother", Parent, Female, false},
	{"father", Parent, Male, false},
	{"sister", Sibling, Female, false},
	{"brother", Sibling, Male, false},
	{"sibling", Sibling, SexUnknown, false},
	{"daughter", Child, Female, false},
	{"son", Child, Male, false},
	{"child", Child, SexUnknown, false},
	{"grandson", Grandchild, Male, false},
	{"granddaughter", Grandchild, Female, false},
	{"grandchild", Grandchild, SexUnknown, false},
	{"niece", NieceOrNephew, Female, false},
	{"nephew", NieceOrNephew, Male, false},
	{"half sister", HalfSibling, Female, true},
	{"half brother", HalfSibling, Male, true},
	{"half sibling", HalfSibling, SexUnknown, true},
	{"grandmother", Grandparent, Female, true},
	{"grandfather", Grandparent, Male, true},
	{"aunt", AuntOrUncle, Female, true},
	{"uncle", AuntOrUncle, Male, true},
	{"cousin", Cousin, SexUnknown, true},
	{"great grandmother", GreatGrandparent, Female, true},
	{"great grandfather", GreatGrandparent, Male, true},
	{"great aunt", GreatAuntOrUncle, Female, true},
	{"great uncle", GreatAuntOrUncle, Male, true},
}

// noBloodWords take the prefixes step and adoptive.
var noBloodWords = []struct {
	word string
	sex  Sex
}{
	{"mother", Female},
	{"father", Male},
	{"sister", Female},
	{"brother", Male},
	{"daughter", Female},
	{"son", Male},
}

// words is every relation word in its plain form (spaces only).
var words = func() map[string]Word {
	out := map[string]Word{"partner": {Text: "partner", NoBlood: true}}
	add := func(key string, w Word) {
		w.Text = printed(key)
		out[key] = w
	}
	for _, b := range baseWords {
		w := Word{Class: b.class, Sex: b.sex}
		if b.class == GreatGrandparent || b.class == GreatAuntOrUncle {
			w.Great = 1
		}
		add(b.word, w)
		if b.sided {
			w.Side = Maternal
			add("maternal "+b.word, w)
			w.Side = Paternal
			add("paternal "+b.word, w)
		}
		if b.class == Sibling {
			w.Side = 0
			out["full "+b.word] = out[b.word]
		}
	}
	for _, b := range noBloodWords {
		for _, prefix := range []string{"step", "adoptive"} {
			add(prefix+" "+b.word, Word{Sex: b.sex, NoBlood: true})
			out[prefix+b.word] = out[prefix+" "+b.word]
		}
	}
	for key, w := range out { // "stepmother" and "halfsister" are written in one word too
		if joined := strings.Replace(key, "half ", "half", 1); joined != key {
			out[joined] = w
		}
		out[w.Text] = w // as printed, so that the usual spelling is found at once
	}
	return out
}()

// printed gives a plain form its hyphens.
func printed(key string) string {
	for _, p := range []string{"half ", "step ", "adoptive ", "great "} {
		key = strings.Replace(key, p, strings.TrimSpace(p)+"-", 1)
	}
	return key
}

// plain makes space, hyphen and underscore equal and drops case.
func plain(s string) string {
	if !strings.ContainsAny(s, "-_ ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		return s
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }), " ")
}

// ParseRelation reads a relation word; space, hyphen and underscore are equal.
// The error says which words it knows are nearest.
func ParseRelation(text string) (Word, error) {
	if w, ok := words[text]; ok {
		return w, nil
	}
	key := plain(text)
	if w, ok := words[key]; ok {
		return w, nil
	}
	best, dist := "", 4
	for _, known := range Relations() {
		if d := distance(key, plain(known)); d < dist {
			best, dist = known, d
		}
	}
	if best != "" {
		return Word{}, fmt.Errorf("no relation word %q; did you mean %q?", text, best)
	}
	return Word{}, fmt.Errorf("no relation word %q; it is a word such as mother, maternal aunt, paternal half-brother, step-father or partner", text)
}

// Relations lists every relation word as it is printed, in alphabetical order.
func Relations() []string {
	seen := map[string]bool{}
	var out []string
	for _, w := range words {
		if !seen[w.Text] {
			seen[w.Text] = true
			out = append(out, w.Text)
		}
	}
	slices.Sort(out)
	return out
}

// distance is how many letters must be changed, added or dropped to turn a
// into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
