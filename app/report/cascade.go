package report

import (
	"fmt"
	"strings"

	"kindred/rules"
)

// offerLines are the relatives to offer the test for the family's variant to, a
// line a chance, most likely first; then who died, who has a result, and in
// whom the variant is not expected. They name relations, nobody by name.
func offerLines(c *rules.FamilyTesting) []string {
	var keys []string
	groups := map[string][]string{}
	add := func(key, who string) {
		if _, ok := groups[key]; !ok {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], who)
	}
	for i := range c.Offers {
		o := &c.Offers[i]
		who := lowerFirst(o.Who)
		switch {
		case o.Degree == 0 && o.Result != "":
		case o.Result != "":
			add("Tested", who+": "+resultWord(o.Result))
		case o.Died:
			add("Died without a test", who)
		case o.Odds == "not expected":
			add("Not expected to carry it", who)
		default:
			if said := offerWord(o); said != "" {
				who += " (" + said + ")"
			}
			add("Chance "+o.Odds, who)
		}
	}
	var out []string
	for _, k := range keys {
		out = append(out, k+": "+strings.Join(groups[k], ", "))
	}
	return out
}

// CascadeText is whom to offer the test for the family's variant to, as text
// for the record: a heading, then a line each. Nil where no variant is known.
func CascadeText(c *rules.FamilyTesting) []string {
	if c == nil {
		return nil
	}
	out := []string{offerHeading(c)}
	if c.Open != "" {
		return append(out, c.Open)
	}
	out = append(out, offerLines(c)...)
	if c.Note != "" {
		out = append(out, c.Note)
	}
	return append(out, c.Ages+" ("+c.Source+")")
}

func offerHeading(c *rules.FamilyTesting) string {
	return "Offer the test for the family's variant (" + c.Code + ")"
}

// offerWord is what became of an offer, and whether an age stands against it.
func offerWord(o *rules.Offer) string {
	var parts []string
	switch {
	case o.Young:
		parts = append(parts, fmt.Sprintf("from %g", o.From))
	case o.From > 0:
		parts = append(parts, fmt.Sprintf("if %g or over", o.From))
	}
	switch o.State {
	case "":
	case "tested":
		parts = append(parts, "tested, result awaited")
	default:
		parts = append(parts, o.State)
	}
	return strings.Join(parts, ", ")
}

func resultWord(result string) string {
	switch result {
	case "positive":
		return "variant found"
	case "negative":
		return "no variant"
	}
	return "uncertain variant"
}

// cascade tells whom to offer the test to next.
func (l *letter) cascade(a rules.AreaAdvice) {
	c := a.Cascade
	if c == nil {
		return
	}
	l.y += 0.8
	l.at(marginSide, l.y, bold, offerHeading(c))
	l.y += bold.height + 0.3
	if c.Open != "" {
		l.para(marginSide+6, body, c.Open, textWidth-6)
		return
	}
	for i, text := range offerLines(c) {
		if i == max(4, l.detail.questions) {
			l.para(marginSide+6, small, "and others in the record", textWidth-6)
			break
		}
		l.para(marginSide+6, body, text, textWidth-6)
	}
	if c.Note != "" {
		l.para(marginSide+6, small, c.Note, textWidth-6)
	}
	l.para(marginSide+6, small, c.Ages+" ("+c.Source+")", textWidth-6)
}
