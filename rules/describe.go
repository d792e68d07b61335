package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"kindred/rules/truth"
)

// describe fills in what the edition says of itself, and its fingerprint.
func (a *Area) describe() {
	s := a.src
	info := AreaInfo{
		ID: s.id, Title: s.title, Short: s.short, Question: s.question, Edition: a.edition.name, From: a.edition.from, Until: a.edition.until,
		Note: a.edition.note, Owner: s.owner, Status: s.status, SignedOffBy: s.signedBy, SignedOffOn: s.signedOn, ReviewBy: s.reviewBy,
	}
	for _, c := range s.codes {
		if c.holds(a.day) {
			info.Codes = append(info.Codes, c.info)
		}
	}
	for _, src := range s.sources {
		info.Sources = append(info.Sources, *src)
	}
	blank := a.newState()
	a.exact(blank)
	d := &describer{a: a, s: blank}
	a.cited()
	a.phrase(blank)
	for _, def := range s.criteria {
		if i, ok := a.critOf[def.id]; ok && a.criteria[i].def == def {
			info.Criteria = append(info.Criteria, CriterionInfo{
				ID: def.id, Name: def.name, Text: def.text, Sources: def.sources, Shown: def.show, Tumours: def.sites, Lines: d.lines(a.criteria[i].when),
			})
		}
	}
	d.scores(&info)
	d.pathways(&info)
	for i := range a.thresholds {
		t := &a.thresholds[i]
		if t.id != "" && !isShifted(t.id) {
			info.Params = append(info.Params, ParamInfo{ID: t.id, Label: t.label, Unit: t.unit, Value: d.tabled(int32(i)), From: t.from, Sources: t.source})
		}
	}
	for i := range a.slots {
		if f := a.slots[i].fact; a.slots[i].family >= 0 {
			info.Family = append(info.Family, FamilyInfo{
				ID: f.ID, Label: f.Label, Question: questionText(f.question.node), Text: d.askedText(f.question.node), Cluster: f.question.cluster, Sources: f.Sources,
			})
		}
	}
	for _, i := range a.locals {
		info.Settings = append(info.Settings, settingInfo(a.slots[i].fact))
	}
	d.outcomes(&info)
	info.Conflicts = s.conflicts
	info.Remarks = make(map[string][]RuleLine, len(a.flags)+len(a.notes))
	for _, f := range a.flags {
		info.Remarks[f.def.id] = d.lines(f.when)
		info.Flags = append(info.Flags, Flag{ID: f.def.id, Urgent: f.def.urgent, Text: f.def.text, Source: strings.Join(f.def.sources, "; ")})
	}
	for _, n := range a.notes {
		info.Remarks[n.def.id] = d.lines(n.when)
		info.Notes = append(info.Notes, Note{ID: n.def.id, Part: n.def.part, Text: n.def.text, Source: strings.Join(n.def.sources, "; ")})
	}
	a.info = info
	a.info.Fingerprint = a.fingerprint()
}

// phrase puts the lines of criteria and scores into words once, where that does
// not depend on the case.
func (a *Area) phrase(s *state) {
	say := func(e *expr) {
		if e.kind != leafNothing && (e.kind != leafNumber && e.kind != leafScore || !slices.Contains(a.varying, e.param)) {
			e.text = a.clause(s, e)
		}
	}
	for i := range a.criteria {
		a.criteria[i].when.leaves(say)
	}
	for i := range a.scores {
		a.scores[i].appliesExpr.leaves(say)
	}
}

// fingerprint is the SHA-256 of the compiled normal form: everything the rules
// say and mean on this day, with wording and sources, but not who signed it or
// when it is to be reviewed. The same files give the same fingerprint.
func (a *Area) fingerprint() string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	info := a.info
	info.Status, info.SignedOffBy, info.SignedOffOn, info.ReviewBy, info.Owner, info.Until = "", "", "", "", "", ""
	parts := []any{info, a.sizes, a.kids, a.sites, a.fixed}
	for i := range a.ops {
		o := &a.ops[i]
		parts = append(parts, []int64{int64(o.code), int64(o.a), int64(o.b), int64(o.n), int64(o.mask), int64(truth.Of(o.neg))})
	}
	for i := range a.slots {
		sl := &a.slots[i]
		q := ""
		if sl.family >= 0 {
			q = questionText(sl.fact.question.node)
		}
		parts = append(parts, []any{sl.fact.ID, sl.presumeYesNo, sl.presumeMask, sl.notUsed, q})
	}
	for i := range a.rows {
		r := &a.rows[i]
		parts = append(parts, []any{r.when, r.gates, r.first})
		for _, w := range append([]wording{r.def.wording}, gateWords(r.def.gates)...) {
			parts = append(parts, w.headline, w.action, w.reason)
		}
	}
	for i := range a.endings {
		parts = append(parts, a.endings[i].outcome, a.endings[i].urgent)
	}
	for _, o := range a.open {
		parts = append(parts, o.node, o.def.headline, o.def.action, o.def.reason)
	}
	for _, p := range parts {
		if err := enc.Encode(p); err != nil {
			_, _ = h.Write([]byte(err.Error())) // nothing here can fail to encode but infinite numbers, and there are none
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func gateWords(gates []*gateDef) []wording {
	out := make([]wording, len(gates))
	for i, g := range gates {
		out[i] = g.wording
	}
	return out
}

// questionText writes a family question down as it stands in the file.
func questionText(n *node) string {
	switch n.kind {
	case scalarNode:
		return n.text
	case listNode:
		parts := make([]string, len(n.items))
		for i, item := range n.items {
			parts[i] = questionText(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	parts := make([]string, len(n.pairs))
	for i, p := range n.pairs {
		parts[i] = p.key.text + ": " + questionText(p.value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// describer puts compiled rules into words.
type describer struct {
	a *Area
	s *state
}

// lines lists a condition line by line.
func (d *describer) lines(e *expr) []RuleLine {
	var out []RuleLine
	d.walk(e, 0, &out)
	return out
}

func (d *describer) walk(e *expr, depth int, out *[]RuleLine) {
	if e == nil {
		return
	}
	if e.join == joinLeaf {
		*out = append(*out, RuleLine{Depth: depth, Text: d.clause(e), Line: e.line})
		return
	}
	if e.within != "" {
		*out = append(*out, RuleLine{Depth: depth, Text: d.within(e), Line: e.line})
		return
	}
	if len(e.kids) == 1 && e.join != joinNone {
		d.walk(e.kids[0], depth, out)
		return
	}
	*out = append(*out, RuleLine{Depth: depth, Join: joinWords[e.join]})
	for _, k := range e.kids {
		d.walk(k, depth+1, out)
	}
}

// subject is what a line about a number is about, with the footing on which
// measurements count.
func (d *describer) subject(e *expr) string {
	footing := ""
	switch {
	case e.fact.highest:
		footing = " (highest measured)"
	case e.fact.untreatedOf != "":
		footing = " (untreated)"
	}
	return d.a.label(e.fact) + footing
}

// clause is a line in words, with its threshold in full.
func (d *describer) clause(e *expr) string {
	switch e.kind {
	case leafNumber:
		return d.subject(e) + " " + comparedWords[e.cmp] + " " + d.threshold(e.param)
	case leafScore:
		return d.a.scores[e.ref].def.name + " " + comparedWords[e.cmp] + " " + d.threshold(e.param)
	case leafRecorded:
		if e.not {
			return e.fact.Label + " is not recorded"
		}
		return e.fact.Label + " is recorded"
	case leafOutcome:
		return "The outcome" + isWords(e.not) + strings.ReplaceAll(strings.Join(e.values, " or "), "_", " ")
	}
	return d.a.clause(d.s, e)
}

// inWords is how many lines a parameter may have to be written out in a
// condition; one with more is named there, and written out as a table once.
const inWords = 3

// tabled is a parameter in full, line by line where it has many.
func (d *describer) tabled(i int32) string {
	t := &d.a.thresholds[i]
	if len(t.lines) <= inWords {
		return d.threshold(i)
	}
	var rows []string
	for _, l := range t.lines {
		value := withUnit(numeral(l.value), t.unit)
		if when := d.conditions(l.expr); when != "" {
			rows = append(rows, when+": "+value)
		} else {
			rows = append(rows, "otherwise "+value)
		}
	}
	return strings.Join(rows, "; ")
}

// conditions are the lines below e as one phrase.
func (d *describer) conditions(e *expr) string {
	var when []string
	e.leaves(func(e *expr) { when = append(when, lowered(d.clause(e))) })
	return strings.Join(when, " and ")
}

// threshold is a parameter as it stands in a condition: "4.9 mmol/L (4 mmol/L if
// age below 16 y)".
func (d *describer) threshold(i int32) string {
	t := &d.a.thresholds[i]
	last := len(t.lines) - 1
	if len(t.lines) > inWords {
		return "the line “" + t.label + "”"
	}
	text := withUnit(numeral(t.lines[last].value), t.unit)
	var ifs []string
	for _, l := range t.lines[:last] {
		ifs = append(ifs, withUnit(numeral(l.value), t.unit)+" if "+d.conditions(l.expr))
	}
	if len(ifs) > 0 {
		text += " (" + strings.Join(ifs, "; ") + ")"
	}
	return text
}

func (d *describer) scores(info *AreaInfo) {
	for _, def := range d.a.src.scores {
		i, ok := d.a.scoreOf[def.id]
		if !ok || d.a.scores[i].def != def {
			continue
		}
		sc := &d.a.scores[i]
		x := teller{a: d.a, s: d.s}
		out := ScoreInfo{ID: def.id, Name: def.name, Policy: sc.policy, Sources: def.sources, Bands: x.score(i).Scale}
		if sc.appliesExpr != nil {
			out.Applies = d.lines(sc.appliesExpr)
		}
		for _, g := range sc.groups {
			name, _, _ := strings.Cut(g.name, "\x00")
			for _, it := range g.items {
				text := it.text
				if text == "" {
					text = d.clause(it.expr)
				}
				out.Items = append(out.Items, ScoreItemInfo{Group: name, Text: text, Points: it.points})
			}
		}
		info.Scores = append(info.Scores, out)
	}
}

func (d *describer) pathways(info *AreaInfo) {
	for _, def := range d.a.src.pathways {
		i, ok := d.a.pathOf[def.id]
		if !ok || d.a.pathways[i].def != def {
			continue
		}
		t := d.a.pathways[i].table
		out := PathwayInfo{ID: def.id, Name: def.name, Text: def.text, Policy: "first row that applies", Sources: def.sources, Sites: def.sites, Steps: def.steps}
		if t.exactly {
			out.Policy = "exactly one row applies"
		}
		for _, slot := range t.cols {
			out.Columns = append(out.Columns, d.a.slots[slot].fact.Label)
		}
		for r := range t.rows {
			row := &t.rows[r]
			var cells []string
			for col, slot := range t.cols {
				cells = append(cells, cellText(d.a.slots[slot].fact, row.cells[col], t.full[col]))
			}
			out.Rows = append(out.Rows, append(cells, def.steps[row.step].ID, row.basis, row.name))
		}
		info.Pathways = append(info.Pathways, out)
	}
}

func cellText(f *FactDef, mask, full uint32) string {
	if mask == full {
		return "any"
	}
	var out []string
	for i := range 32 {
		if mask>>i&1 == 0 {
			continue
		}
		if f.Type == YesNo {
			out = append(out, [...]string{"yes", "no"}[i&1])
		} else {
			out = append(out, lowered(f.Choices[i].Label))
		}
	}
	return strings.Join(out, " or ")
}

func (d *describer) outcomes(info *AreaInfo) {
	for i := range d.a.rows {
		r := &d.a.rows[i]
		out := OutcomeInfo{Outcome: r.def.outcome, Code: r.def.code, Headline: r.def.headline, Action: strings.ReplaceAll(r.def.action, "{code}", r.def.code), Sources: r.def.sources, When: d.lines(r.expr)}
		for g, def := range r.def.gates {
			var when []string
			for _, l := range d.lines(r.exprs[g]) {
				if l.Text != "" {
					when = append(when, l.Text)
				}
			}
			out.ButFirst = append(out.ButFirst, strings.Join(when, "; ")+": "+strings.ReplaceAll(string(def.outcome), "_", " ")+", "+def.reason)
		}
		info.Outcomes = append(info.Outcomes, out)
	}
	for i := range d.a.open {
		o := &d.a.open[i]
		info.Open = append(info.Open, OpenInfo{Reason: o.def.reason, NothingLeft: o.def.nothingLeft, When: d.lines(o.expr)})
	}
}
