package rules

import (
	"strconv"
	"strings"
)

// joinKind says how the lines of a group are put together.
type joinKind uint8

const (
	joinLeaf joinKind = iota
	joinAll
	joinAny
	joinNone
)

var joinWords = map[joinKind]string{joinAll: "all", joinAny: "any", joinNone: "none"}

// comparison is one of the four ways a number is held against a line.
type comparison uint8

const (
	cmpNone comparison = iota
	cmpOver
	cmpUnder
	cmpAtLeast
	cmpAtMost
)

// comparisonWords are the words of the notation.
var comparisonWords = [...]string{cmpOver: "over", cmpUnder: "under", cmpAtLeast: "at least", cmpAtMost: "at most"}

// expr is a condition: one plain line, or a group of them. Lines are read from
// text once; the compiler fills in what their words refer to.
type expr struct {
	join joinKind
	kids []*expr
	at   *node

	// of a line, as written
	line      string
	subject   string // the id it is about
	not       bool
	cmp       comparison
	threshold string   // number or parameter id
	values    []string // of "is one of"
	recorded  bool     // "recorded"
	within    string   // of "within MARGIN of LINE", read as two lines: the margin

	// filled in by the compiler
	node  int32 // index of its value
	fact  *FactDef
	slot  int32
	param int32
	mask  uint64
	kind  leafKind
	ref   int32  // index of the criterion, score or pathway
	text  string // in words, when that does not depend on the case
}

// leafKind is what a line is about.
type leafKind uint8

const (
	leafNothing   leafKind = iota
	leafFact               // a yes/no fact
	leafNumber             // a number fact against a threshold
	leafChoice             // a choice fact
	leafCriterion          // another criterion
	leafPathway            // a pathway as yes or no
	leafStep               // a pathway at one of some steps
	leafScore              // a score against a threshold
	leafBand               // a score in one of some bands
	leafRecorded           // a fact that is there at all (notes only)
	leafOutcome            // the area's outcome (notes and flags only)
)

// readExpr reads a condition: one line, a list of lines (all of them), or a
// mapping with all, any or none. Keys of a mapping other than those are left to
// the caller, who names them in also.
func readExpr(n *node, p *loadProblems) *expr {
	if n == nil {
		return nil
	}
	switch n.kind {
	case scalarNode:
		if n.null || n.text == "" {
			p.at(n, "a condition is missing here")
			return nil
		}
		return readLine(n, p)
	case listNode:
		e := &expr{join: joinAll, at: n}
		for _, item := range n.items {
			if kid := readExpr(item, p); kid != nil {
				e.kids = append(e.kids, kid)
			}
		}
		return e
	}
	if len(n.pairs) != 1 {
		p.at(n, "a group of conditions has exactly one of all, any, none; put groups side by side in a list")
		return nil
	}
	return readGroup(n.pairs[0].key, n.pairs[0].value, p)
}

// readGroup reads the list under all, any or none.
func readGroup(key, list *node, p *loadProblems) *expr {
	e := &expr{at: key}
	switch key.text {
	case "all":
		e.join = joinAll
	case "any":
		e.join = joinAny
	case "none":
		e.join = joinNone
	default:
		p.at(key, "conditions are joined by all, any or none, not %q%s", key.text, didYouMean(key.text, []string{"all", "any", "none"}))
		return nil
	}
	if list.kind != listNode || len(list.items) == 0 {
		p.at(key, "%q needs a list of conditions", key.text)
		return nil
	}
	for _, item := range list.items {
		if kid := readExpr(item, p); kid != nil {
			e.kids = append(e.kids, kid)
		}
	}
	return e
}

// groupOf finds the all, any, none or when of an entry such as a criterion.
func groupOf(n *node, what string, p *loadProblems) *expr {
	var found *expr
	for _, pr := range n.pairs {
		var e *expr
		switch pr.key.text {
		case "all", "any", "none":
			e = readGroup(pr.key, pr.value, p)
		case "when":
			e = readExpr(pr.value, p)
		default:
			continue
		}
		if found != nil {
			p.at(pr.key, "%s has a second condition here; nest one in the other", what)
			continue
		}
		found = e
		if e == nil {
			found = &expr{join: joinAll, at: pr.key} // reported already
		}
	}
	if found == nil {
		p.at(n, "%s needs a condition: all, any or none", what)
	}
	return found
}

// readLine takes one line apart.
func readLine(n *node, p *loadProblems) *expr {
	e := &expr{at: n, line: n.text}
	words := strings.Fields(n.text)
	if len(words) > 1 && words[0] == "not" {
		e.not = true
		words = words[1:]
	}
	e.subject = words[0]
	rest := words[1:]
	bad := func() *expr {
		p.at(n, "%q is no condition; write FACT, not FACT, FACT over|under|at least|at most NUMBER, FACT is [not] [one of] a, b", n.text)
		return nil
	}
	if len(rest) == 0 {
		return e
	}
	if e.not {
		p.at(n, "\"not\" goes with a yes/no fact alone; turn the comparison round instead")
		return nil
	}
	joined := strings.Join(rest, " ")
	switch {
	case joined == "recorded":
		e.recorded = true
		return e
	case joined == "not recorded":
		e.recorded, e.not = true, true
		return e
	case rest[0] == "is":
		return readIs(e, rest[1:], bad)
	case rest[0] == "within":
		if near, ok := readWithin(e, rest[1:]); ok {
			return near
		}
		p.at(n, "%q is no condition; write FACT within MARGIN of LINE, both of them parameters", n.text)
		return nil
	}
	for c := cmpOver; c <= cmpAtMost; c++ {
		w := comparisonWords[c]
		if after, ok := strings.CutPrefix(joined, w+" "); ok {
			if strings.Contains(after, " ") {
				p.at(n, "%q must be followed by one number or parameter, not %q (a wrong indent may have joined two lines)", w, after)
				return nil
			}
			e.cmp, e.threshold = c, after
			return e
		}
	}
	if w := strings.Join(rest[:min(2, len(rest))], " "); len(rest) > 1 {
		p.at(n, "%q is no comparison here%s", w, didYouMean(rest[0], []string{"over", "under", "at least", "at most", "is"}))
		return nil
	}
	return bad()
}

// readIs reads what follows "is".
func readIs(e *expr, rest []string, bad func() *expr) *expr {
	if len(rest) > 0 && rest[0] == "not" {
		e.not = true
		rest = rest[1:]
	}
	many := len(rest) > 2 && rest[0] == "one" && rest[1] == "of"
	if many {
		rest = rest[2:]
	}
	for _, v := range strings.Split(strings.Join(rest, " "), ",") {
		v = strings.TrimSpace(v)
		if v == "" || strings.Contains(v, " ") {
			return bad()
		}
		e.values = append(e.values, v)
	}
	if len(e.values) > 1 && !many {
		return bad()
	}
	return e
}

// literal reads a numeral.
func literal(s string) (float64, bool) {
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil && len(s) > 0 && (s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '.')
}

// clone copies a condition, so that every edition fills in its own.
func (e *expr) clone() *expr {
	if e == nil {
		return nil
	}
	out := *e
	out.kids = make([]*expr, len(e.kids))
	for i, k := range e.kids {
		out.kids[i] = k.clone()
	}
	return &out
}

// leaves calls f for every line below e.
func (e *expr) leaves(f func(*expr)) {
	if e == nil {
		return
	}
	if e.join == joinLeaf {
		f(e)
		return
	}
	for _, k := range e.kids {
		k.leaves(f)
	}
}
