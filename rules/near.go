package rules

import (
	"math"
	"slices"
	"strings"
)

// A line "FACT within MARGIN of LINE" is read as two: at least LINE less
// MARGIN, and at most LINE plus MARGIN. Both ends count. LINE and MARGIN are
// parameters, so that a line that moves takes its neighbourhood along.

// readWithin reads what follows "within"; ok is false when it is not of that form.
func readWithin(e *expr, rest []string) (*expr, bool) {
	if len(rest) != 3 || rest[1] != "of" {
		return nil, false
	}
	end := func(cmp comparison, sign string) *expr {
		return &expr{at: e.at, line: e.line, subject: e.subject, cmp: cmp, threshold: rest[2] + sign + rest[0]}
	}
	return &expr{join: joinAll, at: e.at, line: e.line, within: rest[0], kids: []*expr{end(cmpAtLeast, minusSign), end(cmpAtMost, plusSign)}}, true
}

const (
	plusSign  = " + "
	minusSign = " - "
)

// shifted is the parameter that a line's end stands for, "sb.ldl - near.margin";
// nil when the name is not of that form, or names what is not there.
func (c *compiler) shifted(name string, at *node) *paramDef {
	for sign, way := range map[string]float64{plusSign: 1, minusSign: -1} {
		of, by, ok := strings.Cut(name, sign)
		if !ok {
			continue
		}
		line, margin := c.s.paramByID[of], c.s.paramByID[by]
		if line == nil || margin == nil {
			for _, id := range []string{of, by} {
				if c.s.paramByID[id] == nil {
					c.p.at(at, "no parameter %q in params.yaml%s", id, didYouMean(id, keysOf(c.s.params, func(d *paramDef) string { return d.id })))
				}
			}
			return nil
		}
		from, width := line.valueOn(c.day), margin.valueOn(c.day)
		if from == nil || width == nil || len(width.lines) != 1 || width.lines[0].when != nil {
			c.p.at(at, "%s needs one value in force on %s to stand for a margin, and %s a value", by, c.day, of)
			return nil
		}
		v := paramValue{period: from.period, sources: slices.Concat(width.sources, from.sources), at: from.at}
		for _, l := range from.lines {
			v.lines = append(v.lines, paramLine{when: l.when, value: rounded(l.value + way*width.lines[0].value)})
		}
		return &paramDef{id: name, label: line.label + sign + margin.label, unit: line.unit, at: at, values: []*paramValue{&v}}
	}
	return nil
}

// rounded takes away what adding two decimals in binary leaves behind: 4.9 less
// 0.1 is 4.8.
func rounded(v float64) float64 {
	const places = 1e6
	return math.Round(v*places) / places
}

// isShifted reports whether a threshold is an end made here; it is printed with
// the line it belongs to, not among the parameters.
func isShifted(id string) bool {
	return strings.Contains(id, plusSign) || strings.Contains(id, minusSign)
}

// within is a line of this form in words: "LDL cholesterol within 0.1 mmol/L of
// 4.9 mmol/L".
func (d *describer) within(e *expr) string {
	low := e.kids[0]
	of, _, _ := strings.Cut(low.threshold, minusSign)
	for i := range d.a.thresholds {
		if d.a.thresholds[i].id == of {
			return d.subject(low) + " within " + d.marginOf(e) + " of " + d.threshold(int32(i))
		}
	}
	return d.clause(low)
}

func (d *describer) marginOf(e *expr) string {
	for i := range d.a.thresholds {
		if d.a.thresholds[i].id == e.within {
			return d.threshold(int32(i))
		}
	}
	return e.within
}
