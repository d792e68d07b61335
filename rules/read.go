package rules

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Helpers that take typed values out of YAML nodes and report what is wrong
// where it stands.

// check reports keys that do not belong and whether n is a mapping at all.
func (p *loadProblems) check(n *node, what string, known ...string) bool {
	if n == nil || n.kind != mapNode {
		p.at(n, "%s must be a mapping of keys and values", what)
		return false
	}
	for _, pr := range n.pairs {
		found := false
		for _, k := range known {
			if pr.key.text == k {
				found = true
				break
			}
		}
		if !found {
			p.at(pr.key, "%s has no key %q%s", what, pr.key.text, oneOf(pr.key.text, known))
		}
	}
	return true
}

// text is the scalar under key, "" when it is not there.
func (p *loadProblems) text(n *node, key string) string {
	v := n.get(key)
	if v == nil || v.null {
		return ""
	}
	if v.kind != scalarNode {
		p.at(v, "%q must be one text", key)
		return ""
	}
	return v.text
}

// need is text that must be there.
func (p *loadProblems) need(n *node, what, key string) string {
	v := n.get(key)
	if v == nil || v.null || v.kind == scalarNode && v.text == "" {
		if v == nil {
			v = n
		}
		p.at(v, "%s needs %q", what, key)
		return ""
	}
	return p.text(n, key)
}

// list is the texts under key: one scalar or a list of scalars.
func (p *loadProblems) list(n *node, key string) []string {
	v := n.get(key)
	if v == nil || v.null {
		return nil
	}
	switch v.kind {
	case scalarNode:
		return []string{v.text}
	case listNode:
		out := make([]string, 0, len(v.items))
		for _, item := range v.items {
			if item.kind != scalarNode || item.null {
				p.at(item, "%q must list plain words", key)
				continue
			}
			out = append(out, item.text)
		}
		return out
	}
	p.at(v, "%q must be one word or a list of words", key)
	return nil
}

// number reads a scalar node as a number; 1/n is allowed.
func (p *loadProblems) number(v *node, what string) (float64, bool) {
	if v == nil || v.kind != scalarNode {
		p.at(v, "%s must be a number", what)
		return 0, false
	}
	text, divide := v.text, false
	if rest, ok := strings.CutPrefix(text, "1/"); ok {
		text, divide = rest, true
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) || divide && f == 0 {
		p.at(v, "%s must be a number, not %q", what, v.text)
		return 0, false
	}
	if divide {
		f = 1 / f
	}
	return f, true
}

// integer reads the whole number under key, or gives def when it is not there.
func (p *loadProblems) integer(n *node, key string, def int) int {
	v := n.get(key)
	if v == nil {
		return def
	}
	i, err := strconv.Atoi(v.text)
	if v.kind != scalarNode || err != nil {
		p.at(v, "%q must be a whole number", key)
		return def
	}
	return i
}

// bool reads yes or no under key.
func (p *loadProblems) bool(n *node, key string, def bool) bool {
	v := n.get(key)
	if v == nil {
		return def
	}
	switch v.text {
	case "yes", "true":
		return true
	case "no", "false":
		return false
	}
	p.at(v, "%q must be yes or no", key)
	return def
}

// pairOf reads [lo, hi].
func (p *loadProblems) pairOf(n *node, key string) Range {
	v := n.get(key)
	if v == nil {
		return Range{}
	}
	if v.kind != listNode || len(v.items) != 2 {
		p.at(v, "%q must be [lowest, highest]", key)
		return Range{}
	}
	lo, ok1 := p.number(v.items[0], "the lowest value")
	hi, ok2 := p.number(v.items[1], "the highest value")
	if !ok1 || !ok2 {
		return Range{}
	}
	if lo > hi {
		p.at(v, "%q starts above its end", key)
		return Range{}
	}
	return Range{Lo: lo, Hi: hi, Set: true}
}

// date reads a calendar day under key.
func (p *loadProblems) date(n *node, key string) Date {
	v := n.get(key)
	if v == nil || v.null {
		return ""
	}
	if v.kind != scalarNode || !validDate(v.text) {
		p.at(v, "%q must be a day written YYYY-MM-DD", key)
		return ""
	}
	return Date(v.text)
}

// validDate reports whether s is a calendar day as YYYY-MM-DD.
func validDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// entries are the items of the list under key; anything else is reported.
func (p *loadProblems) entries(n *node, key string) []*node {
	v := n.get(key)
	if v == nil || v.null {
		return nil
	}
	if v.kind != listNode {
		p.at(v, "%q must be a list", key)
		return nil
	}
	return v.items
}

// period reads from and until.
func (p *loadProblems) period(n *node) period {
	out := period{from: p.date(n, "from"), until: p.date(n, "until")}
	if out.until != "" && out.until < out.from {
		p.at(n.get("until"), "this ends before it begins")
	}
	return out
}

// period is the days something is in force, both ends included; empty ends are
// open.
type period struct{ from, until Date }

// holds reports whether the day lies in the period.
func (p period) holds(day Date) bool {
	return (p.from == "" || p.from <= day) && (p.until == "" || day <= p.until)
}
