package report

import (
	"fmt"
	"strings"

	"kindred/rules"
)

// criteria lists those met first, then those not known, then those not met,
// each with its source and its reasons in the order for, against, not known.
func (l *letter) criteria(a rules.AreaAdvice) {
	groups := map[string][]rules.CriterionVerdict{}
	for _, c := range a.Criteria {
		groups[c.Verdict] = append(groups[c.Verdict], c)
	}
	l.group("yes", groups["yes"], l.detail.met, l.detail.briefMet)
	l.group("unknown", groups["unknown"], l.detail.open, l.detail.briefOpen)
	l.group("no", groups["no"], l.detail.notMet, l.detail.briefNo)
}

func (l *letter) group(verdict string, list []rules.CriterionVerdict, reasons int, brief bool) {
	if len(list) == 0 {
		return
	}
	if brief {
		l.names(verdict, list)
		return
	}
	if len(list) > l.detail.criteria {
		defer l.names(verdict, list[l.detail.criteria:])
		list = list[:l.detail.criteria]
	}
	for _, c := range list {
		l.criterion(c, reasons)
	}
}

// names writes a group of criteria on one line.
func (l *letter) names(verdict string, list []rules.CriterionVerdict) {
	var names []string
	for i, c := range list {
		if i == l.detail.names {
			names = append(names, fmt.Sprintf("and %d more in the record", len(list)-i))
			break
		}
		names = append(names, criterionName(c))
	}
	l.icon(verdict, marginSide+1.7, l.y+2.2, 1.5, verdictColour(verdict))
	word := verdictWords(verdict)
	l.at(marginSide+6, l.y, bold.in(verdictColour(verdict)), word)
	indent := 6 + l.width(bold, word) + 1.8
	l.para(marginSide+indent, body, strings.Join(names, "; "), textWidth-indent)
	l.y += 0.9
}

func (l *letter) criterion(c rules.CriterionVerdict, reasons int) {
	col := verdictColour(c.Verdict)
	l.icon(c.Verdict, marginSide+1.7, l.y+2.2, 1.5, col)
	word := verdictWords(c.Verdict)
	l.at(marginSide+6, l.y, bold.in(col), word)
	indent := l.width(bold, word) + 1.8
	for _, row := range l.lines(bold, criterionName(c), textWidth-6-indent) {
		l.at(marginSide+6+indent, l.y, bold, row)
		l.y += bold.height
	}
	if l.detail.text && c.Text != criterionName(c) {
		l.para(marginSide+6, style{8.6, 3.9, false, ink}, c.Text, textWidth-6)
	}
	if c.Source != "" {
		l.para(marginSide+6, small, c.Source, textWidth-6)
	}
	speaking := reasons
	if l.detail.whole && c.Verdict == "yes" {
		speaking = len(c.For)
	}
	l.reasons("For", c.For, speaking, ink)
	l.reasons("Against", c.Against, reasons, ink)
	l.reasons("Not known", c.Unknown, reasons, unknown)
	l.y += 0.9
}

// criterionName is the short name, for rules that have one.
func criterionName(c rules.CriterionVerdict) string {
	if c.Name != "" {
		return c.Name
	}
	return c.Text
}

func verdictColour(verdict string) colour {
	switch verdict {
	case "yes":
		return met
	case "no":
		return notMet
	}
	return unknown
}

// reasons writes one group after its word, wrapped under each other.
func (l *letter) reasons(word string, list []rules.Reason, most int, c colour) {
	if len(list) == 0 || most == 0 {
		return
	}
	const indent = 16.0
	left := 0
	if len(list) > most {
		left = len(list) - most
		list = list[:most]
	}
	l.at(marginSide+6, l.y+0.2, small, word)
	for _, r := range list {
		l.reason(marginSide+6+indent, textWidth-6-indent, r, c)
	}
	if left > 0 {
		l.para(marginSide+6+indent, small, fmt.Sprintf("and %d more in the record", left), textWidth-6-indent)
	}
}

// reason writes one reason: the clause, the value in semibold, its basis muted.
func (l *letter) reason(x, width float64, r rules.Reason, c colour) {
	clause, value, basis := reasonParts(r)
	l.said(x, width, clause, value, basis, c)
}

// said writes what was asked, the answer in semibold and where it is from muted;
// side by side where they fit, else the answer on lines of its own.
func (l *letter) said(x, width float64, clause, value, basis string, c colour) {
	plain := style{8.6, 3.9, false, c}
	strong := style{8.6, 3.9, true, c}
	const gap = 1.6
	total := l.width(plain, clause) + gap + l.width(strong, value) + gap + l.width(small, basis)
	if total <= width {
		l.at(x, l.y, plain, clause)
		x += l.width(plain, clause) + gap
		l.at(x, l.y, strong, value)
		x += l.width(strong, value) + gap
		l.at(x, l.y+0.2, small, basis)
		l.y += plain.height
		return
	}
	l.para(x, plain, clause, width)
	l.para(x, strong, strings.TrimSpace(value+" "+basis), width)
}
