package lipid

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// amount is what the words beside a drug's name say about how much is taken.
type amount struct {
	strengths []float64 // mg, with a unit, in order
	bare      []float64 // numbers right behind the name, without a unit
	counts    []float64 // how many are taken at a time
	perDay    float64   // times a day, 0 when not said
	morning   bool
	night     bool
	half      bool
	strange   bool   // a word nobody knows stood before the first strength
	open      string // why the dose is not one number, "" when it is
	stray     string // why a number is not understood, "" when all are
}

// said reports whether there is a number or a reason to leave the dose open.
func (a amount) said() bool {
	return len(a.strengths) > 0 || len(a.bare) > 0 || len(a.counts) > 0 || a.open != "" || a.stray != ""
}

// with adds what stands further on about the same drug.
func (a amount) with(b amount) amount {
	a.strengths = append(slices.Clone(a.strengths), b.strengths...)
	a.bare = append(slices.Clone(a.bare), b.bare...)
	a.counts = append(slices.Clone(a.counts), b.counts...)
	a.morning, a.night, a.half = a.morning || b.morning, a.night || b.night, a.half || b.half
	a.strange = a.strange || b.strange
	a.perDay = max(a.perDay, b.perDay)
	if a.open == "" {
		a.open = b.open
	}
	if a.stray == "" {
		a.stray = b.stray
	}
	return a
}

// leading takes into account what stands before the first name: a strength right
// before it ("80mg atorvastatin"), or a reason to leave the dose open. A number
// there that is not understood ("1. Atorvastatin") is passed over.
func (a amount) leading(lead amount, only bool) amount {
	before := len(lead.strengths) > 0 && !lead.strange
	switch {
	case a.open != "":
	case lead.open != "":
		a.open = lead.open
	case lead.half || lead.perDay > 1 || slices.ContainsFunc(lead.counts, func(n float64) bool { return n != 1 }):
		a.open = "how many are taken is said before the name"
	case before && !only:
		a.open = "strengths before names cannot be told apart"
	case before:
		a.strengths = append(slices.Clone(a.strengths), lead.strengths...)
	}
	return a
}

// times is how many of one strength are taken a day.
func (a amount) times() float64 {
	n := max(a.perDay, 1)
	if len(a.counts) > 0 {
		n *= a.counts[0]
	}
	if a.half {
		n *= 0.5
	}
	return n
}

// doses gives n drugs their daily doses in mg; why says what leaves them open.
func (a amount) doses(n int) (doses []float64, why string) {
	if a.open != "" {
		return nil, a.open
	}
	if a.stray != "" {
		return nil, a.stray
	}
	strengths := a.strengths
	if len(strengths) == 0 {
		strengths = a.bare
	} else if len(a.bare) > 0 {
		return nil, "a number beside the strength is not understood"
	}
	if n == 1 && len(strengths) > 1 { // the same strength said twice
		if slices.ContainsFunc(strengths, func(v float64) bool { return v != strengths[0] }) {
			return nil, "there is more than one strength"
		}
		strengths = strengths[:1]
	}
	switch {
	case len(strengths) == 0:
		return nil, "" // nothing was said
	case a.strange:
		return nil, "it is not sure that the strength is this drug’s"
	case len(a.counts) > 1 || a.half && len(a.counts) > 0:
		return nil, "how many are taken is said more than once"
	case a.morning && a.night:
		return nil, "it is taken in the morning and at night, and it is not sure how many"
	case len(strengths) < n:
		return nil, fmt.Sprintf("%d strengths are needed", n)
	case len(strengths) > n:
		return nil, "there are more strengths than drugs"
	}
	for _, v := range strengths {
		doses = append(doses, v*a.times())
	}
	return doses, ""
}

// scan reads the words between two names.
type scan struct {
	t    *Tables
	ws   []word
	at   int
	lead bool // before the first name
	out  amount
	form bool // tablets or the like were named
	took bool // "take" was just said
	pack bool // a pack size follows
	near bool // still right behind the name
}

func (t *Tables) amount(ws []word, lead bool) amount {
	s := scan{t: t, ws: ws, lead: lead, near: !lead}
	for s.at < len(s.ws) {
		s.step()
	}
	if lead && len(s.out.strengths) > 0 && !s.endsWithStrength() {
		s.out.strange = true
	}
	return s.out
}

func (s *scan) stop(why string) {
	if s.out.open == "" {
		s.out.open = why
	}
}

func (s *scan) astray(w word) {
	if s.out.stray == "" {
		s.out.stray = "the number " + w.text + " is not understood"
	}
}

// endsWithStrength reports whether a strength stands right before the end.
func (s *scan) endsWithStrength() bool {
	for i := len(s.ws) - 1; i > 0; i-- {
		switch w := s.ws[i]; {
		case w.text == "of" || w.is == isSign && (w.text == "(" || w.text == "-"):
		case w.is == isWord && massUnits[w.text] > 0:
			return s.ws[i-1].is == isNumber
		default:
			return false
		}
	}
	return false
}

func (s *scan) peek(k int) word {
	if s.at+k < len(s.ws) {
		return s.ws[s.at+k]
	}
	return word{is: isSign}
}

func (s *scan) step() {
	w := s.ws[s.at]
	if ph, n := s.t.phraseAt(s.ws, s.at); n > 0 && !(w.is == isNumber && n == 1) {
		s.phrase(ph)
		s.at += n
		return
	}
	switch w.is {
	case isNumber:
		s.number(w)
	case isCount:
		s.inWords(w)
	case isOdd:
		s.astray(w)
		s.at++
	case isSign:
		if !strings.Contains(quietSigns, w.text) {
			s.stop("“" + w.text + "” is not understood")
		}
		s.at++
	default:
		if len(s.out.strengths) == 0 && len(s.out.bare) == 0 {
			s.out.strange = true
		}
		s.near = false
		s.at++
	}
}

// quietSigns say nothing about how much is taken.
const quietSigns = "/+-–—()[],.;:&®™_|\"“”‘`´•·"

func (s *scan) phrase(ph phrase) {
	took, pack := false, false
	switch ph.means {
	case meansDaily:
		if s.out.perDay > 1 && ph.times > 1 && ph.times != s.out.perDay {
			s.stop("two different numbers of times a day are said")
		}
		s.out.perDay = max(s.out.perDay, ph.times)
	case meansMorning:
		s.out.morning = true
	case meansNight:
		s.out.night = true
	case meansTake:
		took = true
	case meansHalf:
		if s.out.half {
			s.stop("how many are taken is said more than once")
		}
		s.out.half = true
	case meansForm:
		s.form = true
	case meansPack:
		pack = true
	case meansLiquid:
		s.stop("the strength is of a liquid")
	case meansOpen:
		s.stop("it is not one dose a day")
	}
	s.took, s.pack = took, pack
}

// number makes sense of a number in figures, or leaves the dose open.
func (s *scan) number(w word) {
	switch {
	case s.date():
	case s.strengthList():
	case s.fraction():
	case s.pack && w.number > mostAtATime:
		s.at++
	case s.pack && w.number != 1:
		s.stop("it is not sure whether “x " + w.text + "” is a pack or how many are taken")
		s.at++
	case s.peek(1).text == "x" && w.number <= mostAtATime: // "2 x 40mg"
		s.count(w.number, 2)
	case s.formAt(1) > 0:
		s.some(w)
	case s.took && w.number <= mostAtATime, s.freqAt(1) && w.number <= mostAtATime:
		s.count(w.number, 1)
	case s.near && !s.took && len(s.out.bare) == 0 && len(s.out.strengths) == 0 && w.number > mostAtATime:
		s.bareList()
	case s.form && packSize(w.number) && len(s.out.strengths)+len(s.out.bare) > 0:
		s.at++
	default:
		s.astray(w)
		s.at++
	}
	s.took, s.pack = false, false
}

// inWords makes sense of a number in words.
func (s *scan) inWords(w word) {
	switch {
	case w.text == "½":
		s.count(w.number, 1)
	case s.formAt(1) > 0:
		s.some(w)
	case s.took, s.freqAt(1), w.number == 1:
		s.count(w.number, 1)
	default:
		s.astray(w)
		s.at++
	}
	s.took, s.pack = false, false
}

// mostAtATime is how many tablets are taken at a time at most: a larger number
// before "tablets" is a pack, a smaller number without a unit is no strength.
const mostAtATime = 4

// packSize reports whether a number is one that packs come in: whole weeks, or
// months of thirty days.
func packSize(n float64) bool {
	const week, month, bottle = 7, 30, 100
	return n >= week && (int(n)%week == 0 || int(n)%month == 0 || n == bottle) && n == float64(int(n))
}

// some is a number before "tablets": how many are taken, or a pack.
func (s *scan) some(w word) {
	n := 1 + s.formAt(1)
	s.form = true
	after, _ := s.t.phraseAt(s.ws, s.at+n)
	daily := after.means == meansDaily || after.means == meansMorning || after.means == meansNight || after.means == meansTake
	switch {
	case w.number <= mostAtATime && (s.took || daily || w.number == 1):
		s.count(w.number, n)
		if after.means == meansTake { // "1 tablet to be taken"
			_, k := s.t.phraseAt(s.ws, s.at)
			s.at += k
		}
	case packSize(w.number) && !s.took && !daily:
		s.at += n
	default:
		s.stop("it is not sure how many are taken a day")
		s.at += n
	}
}

// count files how many are taken at a time; n is how many words said so.
func (s *scan) count(v float64, n int) {
	if v == 0.5 { // "½"
		if s.out.half {
			s.stop("how many are taken is said more than once")
		}
		s.out.half = true
		s.at += n
		return
	}
	figure := func(k int) bool { return s.peek(k).is == isNumber || s.peek(k).is == isCount }
	next, _ := s.t.phraseAt(s.ws, s.at+n)
	between := s.peek(n).text == "-" && figure(n+1) || s.peek(n).text == "to" && next.means != meansTake
	if v != math.Trunc(v) || v <= 0 || between || figure(n) && s.peek(n-1).text != "x" {
		s.stop("it is not sure how many are taken a day")
	}
	s.out.counts = append(s.out.counts, v)
	s.at += n
}

// formAt is how many words "tablets" has k words on, 0 when it is not there.
func (s *scan) formAt(k int) int {
	if ph, n := s.t.phraseAt(s.ws, s.at+k); ph.means == meansForm && s.peek(k).is == isWord {
		return n
	}
	return 0
}

// freqAt reports whether "daily" or the like stands k words on.
func (s *scan) freqAt(k int) bool {
	ph, _ := s.t.phraseAt(s.ws, s.at+k)
	return s.peek(k).is == isWord && (ph.means == meansDaily || ph.means == meansMorning || ph.means == meansNight || ph.means == meansTake)
}
