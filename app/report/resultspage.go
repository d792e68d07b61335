package report

import (
	"fmt"
	"strings"

	"kindred/app/sketch"
	"kindred/rules"
)

// mostOthers is how many samples that no criterion was decided on a letter names.
const mostOthers = 3

// results says on which blood samples the criteria of an area were decided, what
// else was measured, and which medicines were taken when.
func (l *letter) results(a rules.AreaAdvice) {
	o := &l.opts
	if l.detail.results == 0 || o.Case == nil || o.Dictionary == nil || !reads(o.Dictionary, &a) {
		return
	}
	list := samples(o.Dictionary, o.Case)
	taken, _ := medicines(o.Dictionary, o.Case)
	if len(list) == 0 && len(taken) == 0 {
		return // that nothing was measured stands in what is missing
	}
	markUsed(list, &a)
	var used, others []*sampled
	for i := range list {
		if s := &list[i]; len(s.used) > 0 && len(used) < l.detail.results {
			used = append(used, s)
		} else {
			others = append(others, s)
		}
	}
	l.y += 0.8
	if l.detail.results == 1 {
		l.resultsBrief(used, len(others))
		return
	}
	l.at(marginSide, l.y, bold, "Results used")
	l.y += bold.height + 0.3
	x, width := marginSide+6, textWidth-6
	for _, s := range used {
		l.said(x, width, sampleWords(s)+":", s.values, strings.ReplaceAll(s.also, "; ", ", "), ink)
		l.para(x, small, "Used for: "+strings.Join(s.used, "; "), width)
		l.y += 0.5
	}
	if len(used) == 0 {
		l.para(x, small, noneUsed, width)
	}
	var also []string
	for k, s := range others {
		if k == mostOthers {
			also = append(also, fmt.Sprintf("and %d more in the record", len(others)-k))
			break
		}
		also = append(also, sampleWords(s)+": "+s.values)
	}
	if len(also) > 0 {
		l.para(x, small, "Also measured: "+strings.Join(also, "; "), width)
	}
	l.para(x, small, medicineText(o.Dictionary, o.Case), width)
}

const noneUsed = "No criterion was decided on a measured value."

// resultsBrief says in a few lines the newest result that decided something,
// how many others there are, and the medicines.
func (l *letter) resultsBrief(used []*sampled, others int) {
	l.at(marginSide+6, l.y, bold, "Results used")
	indent := 6 + l.width(bold, "Results used") + 1.8
	text := noneUsed
	if len(used) > 0 {
		text = sampleWords(used[0]) + ": " + used[0].values + "."
	}
	if others > 0 {
		text += fmt.Sprintf(" Others in the record: %d.", others)
	}
	l.y += 0.4
	l.para(marginSide+indent, small, text+" "+medicineText(l.opts.Dictionary, l.opts.Case)+".", textWidth-indent)
	l.y += 0.5
}

// sampleWords is when and how a sample was taken.
func sampleWords(s *sampled) string {
	if s.day == "" {
		return "Date not known, " + s.how
	}
	return longDate(s.day) + ", " + s.how
}

// trendWidth is how wide the picture of a trend is in its own pixels: as many as
// make its letters as large as the small print.
const trendWidth = 720.0

// trendHeight keeps the picture low, in its pixels.
const trendHeight = 144.0

// trend draws what was measured over time with the lines of the area, where two
// measurements have a date.
func (l *letter) trend(a rules.AreaAdvice) {
	if !l.detail.trend {
		return
	}
	t, note, ok := trendOf(&l.opts, &a)
	if !ok {
		return
	}
	const scale = textWidth / trendWidth
	t.Height = trendHeight
	d := t.Draw(trendWidth)
	l.y += 2
	d.Onto(l.pdf, sketch.Print, marginSide, l.y, scale)
	l.y += d.Height*scale + 1
	l.para(marginSide, small, note, textWidth)
}
