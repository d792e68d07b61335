package rules

import (
	"math/bits"
	"slices"
	"strings"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// tell fills in everything an area advises. The state must have been
// evaluated.
func (x *teller) tell(out *AreaAdvice) {
	a := x.a
	x.head(out)
	out.Criteria = make([]CriterionVerdict, 0, len(a.criteria))
	for _, def := range a.src.criteria { // file order
		if i, ok := a.critOf[def.id]; ok && def.show && a.criteria[i].def == def {
			out.Criteria = append(out.Criteria, x.criterion(&a.criteria[i]))
		}
	}
	for _, def := range a.src.pathways {
		if i, ok := a.pathOf[def.id]; ok && a.pathways[i].def == def {
			out.Criteria = append(out.Criteria, x.pathwayVerdict(i))
		}
	}
	out.Scores = make([]ScoreResult, 0, len(a.scores))
	for _, def := range a.src.scores {
		if i, ok := a.scoreOf[def.id]; ok && a.scores[i].def == def {
			out.Scores = append(out.Scores, x.score(i))
		}
	}
	for t := range x.s.tumours {
		for p := range a.pathways {
			if x.s.tumours[t].steps[p] != 0 && x.s.tumours[t].index >= 0 {
				out.Pathways = append(out.Pathways, x.pathway(t, p))
			}
		}
	}
	out.Tumours = x.kinTumours()
	x.remarks(out)
	out.Lines = x.lines()
	out.Cascade = x.cascade()
	out.Next = x.questions()
	x.words(out)
	x.tellLocal(out)
	x.tellNotDone(out)
}

// head fills in the outcome and what the edition says of itself.
func (x *teller) head(out *AreaAdvice) {
	a, s := x.a, x.s
	a.trim(s)
	a.exact(s)
	*out = AreaAdvice{
		Area: a.src.id, Title: a.src.title, Edition: a.edition.name, Fingerprint: a.info.Fingerprint, Status: a.src.status,
		Provided: []string{}, Possible: possibleOutcomes(s.outcomes), Flags: []Flag{}, Next: []Question{},
	}
	for _, i := range s.provided {
		out.Provided = append(out.Provided, a.slots[i].fact.Presume.Text)
	}
	out.Outcome = MoreInformation
	if s.firm() && s.endings != 0 {
		e := &a.endings[bits.TrailingZeros64(s.endings)]
		out.Outcome = e.outcome
		out.Urgent = true
		for m := s.endings; m != 0; m &= m - 1 {
			out.Urgent = out.Urgent && a.endings[bits.TrailingZeros64(m)].urgent
		}
		if out.Code = a.code(s.endings); out.Code == "" {
			if e := x.spoken(); e.gate < 0 {
				out.Code = a.rows[e.row].def.code // the one its words name
			}
		}
	}
}

// code is the test code of the endings when they share one.
func (a *Area) code(endings uint64) string {
	code := ""
	for i, m := 0, endings; m != 0; i, m = i+1, m&(m-1) {
		e := &a.endings[bits.TrailingZeros64(m)]
		c := a.rows[e.row].def.code
		if e.gate >= 0 {
			c = ""
		}
		if i > 0 && c != code {
			return ""
		}
		code = c
	}
	return code
}

func possibleOutcomes(set uint8) []Outcome {
	out := make([]Outcome, 0, bits.OnesCount8(set))
	for m := set; m != 0; m &= m - 1 {
		out = append(out, outcomes[bits.TrailingZeros8(m)])
	}
	return out
}

// words fills in headline, action and reason.
func (x *teller) words(out *AreaAdvice) {
	var w wording
	var r *row
	if x.s.firm() && x.s.endings != 0 {
		e := x.spoken()
		w, r = e.words, &x.a.rows[e.row]
		if e.gate >= 0 {
			if w.headline == "" {
				w.headline = x.a.usualOpening().headline
			}
			if w.action == "" {
				w.action = x.a.usualOpening().action
			}
		}
	} else {
		w = x.openWords(len(out.Next) > 0)
	}
	out.Headline = x.fill(w.headline, r, out)
	out.Action = x.fill(w.action, r, out)
	out.Reason = x.fill(w.reason, r, out)
}

// spoken is the ending whose words a firm advice uses. When several can end the
// walk with the same outcome it is the last: the walk stops there because it
// surely holds, while those before it may not, and advice asserts nothing that
// may be false.
func (x *teller) spoken() *ending {
	return &x.a.endings[63-bits.LeadingZeros64(x.s.endings)]
}

// fill puts values into the placeholders of a wording.
func (x *teller) fill(text string, r *row, out *AreaAdvice) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			break
		}
		j := strings.IndexByte(text[i:], '}')
		if j < 0 {
			break
		}
		b.WriteString(text[:i])
		b.WriteString(x.placeholder(text[i+1:i+j], r, out))
		text = text[i+j+1:]
	}
	b.WriteString(text)
	return strings.TrimRight(strings.TrimSuffix(strings.TrimSpace(b.String()), ":"), " ")
}

func (x *teller) placeholder(word string, r *row, out *AreaAdvice) string {
	name, arg, _ := strings.Cut(word, " ")
	switch name {
	case "code":
		if r != nil {
			return r.def.code
		}
	case "met":
		if arg != "" {
			return x.named(arg, truth.Yes)
		}
		return x.met(r)
	case "evidence":
		x.valued = true
		return x.evidence(r)
	case "missing":
		return x.missing(out)
	case "next":
		if len(out.Next) > 0 {
			return out.Next[0].Question
		}
	case "possible":
		var names []string
		for _, o := range out.Possible {
			names = append(names, strings.ReplaceAll(string(o), "_", " "))
		}
		return strings.Join(names, " or ")
	case "value":
		x.valued = true
		if i, ok := x.a.slotOf[arg]; ok {
			return lowered(x.value(i))
		}
	case "score":
		if i, ok := x.a.scoreOf[arg]; ok {
			return totals(&x.s.scores[i])
		}
	case "open":
		return x.named(arg, truth.Unknown)
	case "living":
		x.valued = true
		return x.living(arg)
	case "youngest":
		x.valued = true
		return x.youngest(arg)
	case "tumours":
		x.valued = true
		return x.kinTumourText(arg)
	case "step":
		if i, ok := x.a.pathOf[arg]; ok {
			return x.stepsText(i)
		}
	case "results":
		if i, ok := x.a.pathOf[arg]; ok {
			if text := x.tumourText(i); text != "" {
				return text
			}
			return lowered(x.stepsText(i))
		}
	}
	return ""
}

// met names what a row rests on and what is met: "Simon Broome possible and
// Dutch Lipid Clinic Network score 6".
func (x *teller) met(r *row) string {
	if r == nil {
		return ""
	}
	var names []string
	for _, b := range r.names {
		switch b.kind {
		case leafCriterion:
			if x.s.values[x.a.criteria[b.ref].node] == truth.Yes {
				names = append(names, b.name)
			}
		case leafPathway:
			if x.a.pathwayTruth(x.s, b.ref) == truth.Yes {
				names = append(names, b.name)
			}
		case leafScore:
			if x.scoreMet(b.ref) {
				names = append(names, b.name+" "+totals(&x.s.scores[b.ref]))
			}
		}
	}
	return listed(names)
}

// listed joins names as people do: "a, b and c".
func listed(names []string) string {
	if n := len(names); n > 2 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, " and ")
}

// scoreMet reports whether a line the score is held against is surely passed.
func (x *teller) scoreMet(i int32) bool {
	for n := range x.a.ops {
		o := &x.a.ops[n]
		if (o.code == opScoreOver || o.code == opScoreAtLeast) && o.a == i && x.s.values[n] == truth.Yes {
			return true
		}
	}
	return false
}

// unknownSide names the side of the family that nobody knows about, when a
// family question is open because of it; nobody can be asked about that.
func (x *teller) unknownSide() string {
	if x.w == nil || x.c == nil || len(x.c.UnknownSides) == 0 {
		return ""
	}
	for i := range x.a.kin {
		if x.evidenceOf(&x.a.kin[i]) != truth.Unknown {
			continue
		}
		for n := range x.ev.Unknown {
			if x.ev.Unknown[n].Reason == family.UnknownSide {
				return "history of the " + strings.Join(x.c.UnknownSides, " and ") + " side (nobody knows it)"
			}
		}
	}
	return ""
}

// mostNamed is how many things a reason names as not known.
const mostNamed = 3

// missing names what is not known, most useful first.
func (x *teller) missing(out *AreaAdvice) string {
	var names []string
	if side := x.unknownSide(); side != "" {
		names = append(names, side)
	}
	for i := range out.Next {
		if len(names) == mostNamed {
			break
		}
		if n := out.Next[i].missing; n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return strings.Join(names, ", ")
}

// score is one score with its bands and groups.
func (x *teller) score(i int32) ScoreResult {
	sc, sv := &x.a.scores[i], &x.s.scores[i]
	r := ScoreResult{ID: sc.def.id, Title: sc.def.name, Min: int(sv.min), Max: int(sv.max), Applies: sv.applies.String()}
	for m := sv.set; m != 0; m &= m - 1 {
		r.Possible = append(r.Possible, bits.TrailingZeros64(m)-scoreOffset)
	}
	top := 0
	for g := range sc.groups {
		group := sc.groups[g].reach(x.s.values)
		if sc.groups[g].name != "" {
			name, _, _ := strings.Cut(sc.groups[g].name, "\x00")
			r.Groups = append(r.Groups, ScoreGroup{
				Name: name, Min: bits.TrailingZeros64(group) - scoreOffset, Max: 63 - bits.LeadingZeros64(group) - scoreOffset,
			})
		}
		best := 0
		for _, it := range sc.groups[g].items {
			best = max(best, it.points)
		}
		top += best
	}
	for b := range sc.def.bands {
		band := sc.def.bands[b]
		band.To = top
		if b+1 < len(sc.def.bands) {
			band.To = sc.def.bands[b+1].From - 1
		}
		r.Scale = append(r.Scale, band)
		if sv.set&bandTotals(sc.def.bands, b) != 0 {
			r.Bands = append(r.Bands, band.Name)
		}
	}
	if sv.applies == truth.No {
		r.Bands = nil
		r.Why = x.whyNot(sc)
	}
	if len(r.Bands) == 1 {
		r.Band = r.Bands[0]
	}
	return r
}

// whyNot says why a score does not apply: the first line that fails.
func (x *teller) whyNot(sc *score) string {
	why := ""
	sc.appliesExpr.leaves(func(e *expr) {
		if why == "" && e.kind != leafNothing {
			r := x.reason(e)
			if x.s.values[e.node] == truth.No || e.kind == leafFact && x.s.values[e.node] == truth.Yes {
				why = r.Clause + ": " + lowered(r.Value)
			}
		}
	})
	return why
}

// remarks fills in flags and notes whose condition is surely yes.
func (x *teller) remarks(out *AreaAdvice) {
	for i := range x.a.flags {
		n := &x.a.flags[i]
		if x.s.values[n.node] == truth.Yes {
			out.Flags = append(out.Flags, Flag{ID: n.def.id, Urgent: n.def.urgent, Text: x.fill(n.def.text, nil, out), Source: x.sources(n.def.sources), About: n.def.about})
		}
	}
	for i := range x.a.notes {
		n := &x.a.notes[i]
		if x.s.values[n.node] != truth.Yes {
			continue
		}
		if !slices.ContainsFunc(out.Notes, func(o Note) bool { return o.ID == n.def.id }) {
			out.Notes = append(out.Notes, Note{ID: n.def.id, Text: x.fill(n.def.text, nil, out), Source: x.sources(n.def.sources), About: n.def.about, Part: n.def.part})
		}
		x.pathwayNote(n, out)
	}
}
