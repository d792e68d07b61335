package typed

import (
	"fmt"
	"regexp"
	"strings"

	"kindred/app/identity"
	"kindred/rules"
	"kindred/rules/truth"
)

// Relative is what one line says about a relative: "66 died, heart attack 54,
// chol 7.8".
type Relative struct {
	State State // Empty, Good, or Unreadable: then nothing of the line is used
	Echo  string

	AgeSaid bool
	Age     truth.Span // now, or at death
	Alive   truth.K    // Unknown when the line does not say
	Had     []Had
	Doubts  []string // what may have been meant instead, of diagnoses not confirmed
	Facts   map[string]rules.Answer
	facts   []string // in words, in their order

	Tree // what the family tree shows besides
}

// Had is a condition that a line says a relative had, or did not have.
type Had struct {
	Def       *rules.ConditionDef
	Present   truth.K
	Age       truth.Span // then; anything when the line does not say
	Confirmed truth.K
	Another   bool // one more of the same kind: "another bowel cancer 60"
}

// RelativeReader reads such lines in the words of a dictionary: every condition
// by its labels and lay words, every measurement of a relative by its headings.
type RelativeReader struct {
	conditions map[string]*rules.ConditionDef
	facts      map[string]*rules.FactDef
	longest    int // words in the longest name
}

// NewRelativeReader learns a dictionary's words.
func NewRelativeReader(d *rules.Dictionary) *RelativeReader {
	r := &RelativeReader{conditions: map[string]*rules.ConditionDef{}, facts: map[string]*rules.FactDef{}}
	for _, c := range d.Conditions() {
		label, _, _ := strings.Cut(c.Label, " (")
		for _, name := range append([]string{c.Short, label, c.Label, c.ID}, c.Lay...) {
			r.learn(c, name)
		}
	}
	for _, f := range d.Facts() {
		if f.Of != rules.OfAnyone || f.Derived || f.Type != rules.NumberFact || f.Unit == "y" {
			continue
		}
		for _, name := range append([]string{f.Short, f.Label}, f.Headings...) {
			key := plain(name)
			if key != "" && r.facts[key] == nil && r.conditions[key] == nil {
				r.facts[key] = f
				r.longest = max(r.longest, len(strings.Fields(key)))
			}
		}
	}
	return r
}

// learn adds a name; one that is an organ alone ("bowel") also with the word
// cancer, and where many organs share a condition ("kidney") only with it.
func (r *RelativeReader) learn(c *rules.ConditionDef, name string) {
	key := plain(name)
	if key == "" {
		return
	}
	keys := []string{key}
	if c.IsTumour() && !strings.Contains(key, "cancer") {
		if c.Site == "other" && !strings.HasSuffix(key, "oma") && !strings.HasSuffix(key, "aemia") {
			keys = nil
		}
		for _, w := range []string{"cancer", "ca", "carcinoma", "tumour"} {
			keys = append(keys, key+" "+w)
		}
	}
	for _, k := range keys {
		if r.conditions[k] == nil {
			r.conditions[k] = c
			r.longest = max(r.longest, len(strings.Fields(k)))
		}
	}
}

// plain is a name in lower case with single spaces, hyphens and underscores
// taken as spaces.
func plain(s string) string {
	s = strings.NewReplacer("-", " ", "_", " ", "(", " ", ")", " ").Replace(strings.ToLower(s))
	return strings.Join(strings.Fields(s), " ")
}

var (
	reStop  = regexp.MustCompile(`[;&]|,(?:\D|$)|\.(?:\s|$)`)
	reGlued = regexp.MustCompile(`(?i)^([a-wyz][a-z]*)\.?(\d[\d.,]*s?)$`)
)

const stop = "," // a boundary between two statements

var (
	died      = wordsOf("d died dead dec deceased passed")
	living    = wordsOf("alive living")
	born      = wordsOf("b born")
	another   = wordsOf("another second 2nd again")
	atWords   = wordsOf("at aged age in his her their when away @")
	yearWords = wordsOf("y yr yrs year years old")
)

func wordsOf(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// Read reads a line about a relative of that sex at birth, "" when not known,
// on a day.
func (r *RelativeReader) Read(line, sex string, on rules.Date) Relative {
	l := &relativeLine{r: r, sex: sex, on: on, raw: split(spoken(line)), out: Relative{Age: truth.Any(), Alive: truth.Unknown}}
	for _, w := range l.raw {
		l.words = append(l.words, strings.ToLower(w))
	}
	if len(l.words) == 0 {
		return l.out
	}
	for l.at < len(l.words) {
		if err := l.statement(); err != nil {
			return Relative{State: Unreadable, Echo: err.Error(), Age: truth.Any(), Alive: truth.Unknown}
		}
	}
	l.settleDeath()
	l.out.State, l.out.Echo = Good, l.out.String()
	for _, h := range l.out.Had {
		if h.Present == truth.Yes && h.Confirmed != truth.Yes && h.Def.Doubt != "" {
			l.out.Doubts = append(l.out.Doubts, h.Def.Doubt)
		}
	}
	return l.out
}

// split makes words of a line; what is glued to a number comes apart: "d66",
// "mi54".
func split(line string) []string {
	line = reStop.ReplaceAllStringFunc(line, func(m string) string {
		return " " + stop + " " + strings.TrimLeft(m, ",;&.")
	})
	var out []string
	for _, w := range strings.Fields(line) {
		if m := reGlued.FindStringSubmatch(w); m != nil {
			out = append(out, m[1], m[2])
			continue
		}
		out = append(out, w)
	}
	return out
}

type relativeLine struct {
	r     *RelativeReader
	sex   string
	on    rules.Date
	raw   []string // as written
	words []string // in lower case
	at    int
	out   Relative

	text  string           // the age just read, as written
	birth identity.Reading // when a date or year of birth was written
	death identity.Reading // when a date or year of death was written
}

// statement reads one thing the line says.
func (l *relativeLine) statement() error {
	w := l.words[l.at]
	switch {
	case w == stop || w == "and" || yearWords[w]:
		l.at++
		return nil
	case died[w] || living[w]:
		l.at++
		l.out.Alive = truth.Of(living[w])
		l.skip(stopWord) // "d. 66"
		l.skip(atWords)
		if a, ok := l.age(ReadAge); ok {
			if day := l.date(); died[w] && day.IsDate() {
				l.death = day
				return nil
			}
			return l.setAge(a)
		}
		return nil
	case born[w] && l.at+1 < len(l.words):
		l.at++
		l.skip(stopWord)
		l.skip(atWords)
		if a, ok := l.age(ReadAge); ok && l.date().IsDate() {
			return l.setAge(a)
		}
		return fmt.Errorf("after “born” write a year or a date")
	case l.tree(w):
		return nil
	case (w == "confirmed" || w == "hearsay") && len(l.out.Had) > 0:
		l.out.Had[len(l.out.Had)-1].Confirmed = truth.Of(w == "confirmed")
		l.at++
		return nil
	}
	if a, ok := l.age(ReadAge); ok {
		return l.setAge(a)
	}
	return l.named()
}

// named reads a condition with its age, or a measurement with its value.
func (l *relativeLine) named() error {
	from, present, again := l.at, truth.Yes, false
	switch w := l.words[l.at]; {
	case w == "no" || w == "never":
		present = truth.No
		l.at++
	case another[w]:
		again = true
		l.at++
	}
	for n := min(l.r.longest, len(l.words)-l.at); n > 0; n-- {
		key := plain(strings.Join(l.words[l.at:l.at+n], " "))
		if def := l.r.conditions[key]; def != nil {
			l.at += n
			return l.had(def, present, again)
		}
		if def := l.r.facts[key]; def != nil && present == truth.Yes && l.at+n < len(l.words) {
			l.at += n
			return l.measured(def)
		}
	}
	unread := l.words[from:]
	for i, w := range unread {
		if w == stop {
			unread = unread[:i]
			break
		}
	}
	return fmt.Errorf("“%s” is not understood", strings.Join(unread, " "))
}

func (l *relativeLine) had(def *rules.ConditionDef, present truth.K, again bool) error {
	if def.Sex != "" && l.sex != "" && def.Sex != l.sex {
		return fmt.Errorf("%s cannot be recorded in somebody recorded %s", def.Short, l.sex)
	}
	h := Had{Def: def, Present: present, Age: truth.Any(), Confirmed: truth.Unknown, Another: again}
	for i := range l.out.Had { // twice in one line are two
		h.Another = h.Another || l.out.Had[i].Def == def
	}
	l.skip(atWords)
	if present == truth.Yes {
		a, ok := l.age(func(text string, on rules.Date) Age { return ReadAgeAt(text, on, l.birth.From, l.birth.Until) })
		switch {
		case ok && !a.State.Usable():
			return fmt.Errorf("%s: %s", def.Short, lower(a.Echo))
		case ok:
			h.Age = a.Span
		default:
			if _, dated := l.age(ReadAge); dated { // never taken for the age today
				return fmt.Errorf("%s: write the age then, or the year of birth before it", def.Short)
			}
		}
	}
	l.out.Had = append(l.out.Had, h)
	return nil
}

func (l *relativeLine) measured(def *rules.FactDef) error {
	n := ReadNumber(l.words[l.at], def)
	if l.at+1 < len(l.words) {
		if withUnit := ReadNumber(l.words[l.at]+" "+l.words[l.at+1], def); l.words[l.at+1] != stop && withUnit.State != Unreadable {
			n = withUnit
			l.at++
		}
	}
	l.at++
	if n.State != Good {
		return fmt.Errorf("%s %s: enter it in its own box below", def.Short, l.words[l.at-1])
	}
	if l.out.Facts == nil {
		l.out.Facts = map[string]rules.Answer{}
	}
	l.out.Facts[def.ID] = rules.Answer{Number: n.Span, As: n.As}
	l.out.facts = append(l.out.facts, strings.TrimSpace(def.Short+" "+Show(n.Span, def.Decimals)+" "+def.Unit))
	return nil
}

func (l *relativeLine) setAge(a Age) error {
	switch {
	case !a.State.Usable():
		return fmt.Errorf("the age: %s", lower(a.Echo))
	}
	byBirth := l.date()
	switch {
	case byBirth.IsDate() && l.birth.IsDate():
		return fmt.Errorf("two dates of birth: %s and %s", l.birth.Echo, byBirth.Echo)
	case byBirth.IsDate() && l.out.AgeSaid: // the age said counts, the year helps with the rest
		l.birth = byBirth
		return nil
	case l.out.AgeSaid && !l.birth.IsDate():
		return fmt.Errorf("two ages: %s and %s", said(l.out.Age), said(a.Span))
	}
	if byBirth.IsDate() {
		l.birth = byBirth
	}
	l.out.Age, l.out.AgeSaid = a.Span, true
	return nil
}

// age reads the longest run of words that is an age; ok is false, and nothing
// is read, when there is none.
func (l *relativeLine) age(read func(string, rules.Date) Age) (a Age, ok bool) {
	for n := min(4, len(l.words)-l.at); n > 0; n-- {
		text := strings.Join(l.words[l.at:l.at+n], " ")
		if strings.Contains(text, stop) && n > 1 {
			continue
		}
		if got := read(text, l.on); got.State != Unreadable && got.State != Empty {
			l.at += n
			l.text = text
			l.skip(yearWords)
			return got, true
		}
	}
	return Age{}, false
}

func (l *relativeLine) skip(set map[string]bool) {
	for l.at < len(l.words) && set[l.words[l.at]] {
		l.at++
	}
}

// String says what was understood, for beside the box.
func (r *Relative) String() string {
	var parts []string
	if r.Name != "" {
		parts = append(parts, r.Name)
	}
	switch {
	case r.Alive == truth.No && r.AgeSaid:
		parts = append(parts, "died, "+said(r.Age))
	case r.Alive == truth.No:
		parts = append(parts, "died")
	case r.Alive == truth.Yes && r.AgeSaid:
		parts = append(parts, "alive, "+said(r.Age))
	case r.Alive == truth.Yes:
		parts = append(parts, "alive")
	case r.AgeSaid:
		parts = append(parts, said(r.Age))
	}
	parts = append(parts, r.words()...)
	for _, h := range r.Had {
		text := h.Def.Short
		if h.Another {
			text = "another " + text
		}
		switch {
		case h.Present == truth.No:
			text = "no " + text
		case h.Age.IsAny():
			text += ", age not known"
		default:
			text += ", " + said(h.Age)
		}
		switch h.Confirmed {
		case truth.Yes:
			text += ", confirmed"
		case truth.No:
			text += ", hearsay"
		}
		parts = append(parts, text)
	}
	return strings.Join(append(parts, r.facts...), " · ")
}

func said(s truth.Span) string {
	if s.IsAny() {
		return "age not known"
	}
	return identity.SpanText(s)
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
