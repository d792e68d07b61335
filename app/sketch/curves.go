package sketch

import (
	"fmt"
	"strings"
)

// Curve is one panel of small multiples: values in percent by age with their
// intervals.
type Curve struct {
	Name   string
	Note   string // under the name: whom it describes
	Points []CurvePoint
}

// CurvePoint is a value with its interval, in percent; Nothing says that no
// case was seen, which is drawn hollow.
type CurvePoint struct {
	Age                int
	Percent, Low, High float64
	Nothing            bool
}

// The measures of a panel.
const (
	panelWidth   = 236.0
	panelHeight  = 190.0
	panelColumns = 3
	plotLeft     = 34.0
	plotTop      = 44.0
	plotWidth    = panelWidth - plotLeft - 18
	plotHeight   = 110.0
	firstAge     = 25
	lastAge      = 75
	chartMargin  = 24.0
)

// Curves draws percentages by age, a panel each, whiskers for the intervals,
// all on the same scale so that panels can be compared; foot is printed below.
// The drawing is no wider than width while one panel fits; 0 is a page.
func Curves(width float64, title, subtitle string, curves []Curve, foot []string) *Drawing {
	d := &Drawing{Title: title, Titled: true}
	columns := panelColumns
	for width > 0 && columns > 1 && 2*chartMargin+float64(columns)*panelWidth > width {
		columns--
	}
	d.Width = 2*chartMargin + float64(columns)*panelWidth
	y := chartMargin + 16
	d.write(chartMargin, y, title, 18, true, Ink)
	y += 22
	for _, line := range wrapped(subtitle, d.Width-2*chartMargin, 13) {
		d.write(chartMargin, y, line, 13, false, Muted)
		y += 18
	}
	y += 4
	top := 20.0 // the scale: a round number that holds every whisker
	for _, c := range curves {
		for _, p := range c.Points {
			for p.High > top {
				top += 20
			}
		}
	}
	for i, c := range curves {
		x := chartMargin + float64(i%columns)*panelWidth
		d.panel(x, y+float64(i/columns)*panelHeight, c, top)
	}
	y += float64((len(curves)+columns-1)/columns)*panelHeight + 8
	for _, f := range foot {
		for _, line := range wrapped(f, d.Width-2*chartMargin, 11) {
			d.write(chartMargin, y, line, 11, false, Muted)
			y += 15
		}
		y += 3
	}
	d.Height = y + chartMargin - 8
	return d
}

func (d *Drawing) panel(x, y float64, c Curve, top float64) {
	d.write(x, y+14, c.Name, 13, true, Ink)
	d.write(x, y+30, c.Note, 11, false, Muted)
	atAge := func(age int) float64 {
		return x + plotLeft + plotWidth*float64(age-firstAge)/(lastAge-firstAge)
	}
	at := func(percent float64) float64 { return y + plotTop + plotHeight*(1-percent/top) }
	for v := 0.0; v <= top; v += 20 {
		d.stroke(Faint, 1, Point{atAge(firstAge), at(v)}, Point{atAge(lastAge), at(v)})
		if v == 0 || v == top || top <= 60 || int(v)%40 == 0 {
			d.Shapes = append(d.Shapes, Mark{Kind: Words, Points: []Point{{atAge(firstAge) - 5, at(v) + 4}}, Ink: Muted, Text: fmt.Sprintf("%.0f%%", v), Size: 11, Align: FromRight})
		}
	}
	for age := 30; age <= 70; age += 20 {
		d.Shapes = append(d.Shapes, Mark{Kind: Words, Points: []Point{{atAge(age), at(0) + 16}}, Ink: Muted, Text: fmt.Sprint(age), Size: 11})
	}
	line := []Point{{atAge(firstAge), at(0)}}
	for _, p := range c.Points {
		line = append(line, Point{atAge(p.Age), at(p.Percent)})
	}
	d.stroke(Petrol, 2, line...)
	for _, p := range c.Points {
		px := atAge(p.Age)
		if p.High > p.Low {
			d.stroke(Petrol, 1, Point{px, at(p.Low)}, Point{px, at(p.High)})
			d.stroke(Petrol, 1, Point{px - 4, at(p.Low)}, Point{px + 4, at(p.Low)})
			d.stroke(Petrol, 1, Point{px - 4, at(p.High)}, Point{px + 4, at(p.High)})
		}
		dot := Mark{Kind: Disc, Points: []Point{{px, at(p.Percent)}}, Radius: 3.5, Width: 1.5, Ink: Petrol, Paper: Petrol}
		if p.Nothing {
			dot.Paper = Paper
		}
		d.Shapes = append(d.Shapes, dot)
	}
	if n := len(c.Points); n > 0 {
		last := c.Points[n-1]
		text := fmt.Sprintf("%.0f%%", last.Percent)
		if !last.Nothing && last.Percent < 1 {
			text = "under 1%"
		}
		d.Shapes = append(d.Shapes, Mark{Kind: Words, Points: []Point{{atAge(last.Age) + 2, at(last.High) - 6}}, Ink: Ink, Text: text, Size: 11, Bold: true, Align: FromRight})
	}
}

func (d *Drawing) write(x, y float64, text string, size float64, bold bool, ink Tone) {
	if text != "" {
		d.Shapes = append(d.Shapes, Mark{Kind: Words, Points: []Point{{x, y}}, Ink: ink, Text: text, Size: size, Bold: bold, Align: FromLeft})
	}
}

func (d *Drawing) stroke(ink Tone, width float64, points ...Point) {
	d.Shapes = append(d.Shapes, Mark{Kind: Path, Points: points, Width: width, Ink: ink})
}

// wrapped breaks a text into lines no wider than width.
func wrapped(text string, width, size float64) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if line != "" && TextWidth(next, size, false) > width {
			lines = append(lines, line)
			next = word
		}
		line = next
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
