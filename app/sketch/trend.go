package sketch

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// Trend is what a measurement did over time, for a picture of it.
type Trend struct {
	Title string // "LDL cholesterol, mmol/L"
	Taken []Taken
	Lines []Level
	Given []Given // treatments, drawn as bars below the dates
	// Height is that of the picture without the treatments; 0 is the usual, less
	// than 100 leaves no room for the measurements.
	Height float64
}

// Given is a treatment over time, in days on the scale of the measurements. What
// is known by month or year only is a stretch: begun between Begun[0] and
// Begun[1], ended between Ended[0] and Ended[1]; infinite where nobody knows.
type Given struct {
	Name         string
	Begun, Ended [2]float64
}

// Taken is one measurement.
type Taken struct {
	Day    float64 // days, from any start
	When   string  // the date as it is printed
	Value  float64
	Text   string // the value as it is printed
	Status Status
}

// Status is what is known of treatment at a measurement.
type Status uint8

// The three: each has its own mark, none by colour alone.
const (
	StatusUnknown Status = iota // hollow diamond
	Untreated                   // filled disc
	Treated                     // hollow disc
)

// Level is a line across the picture; most is above least where it depends on
// something not known, and both are drawn.
type Level struct {
	Least, Most float64
	Name        string
}

// Measures of a trend in pixels.
const (
	trendHeight = 188.0
	trendTop    = 44.0
	trendFoot   = 26.0
	trendLeft   = 30.0
	trendRight  = 18.0
	trendText   = 12.0
	trendMark   = 4.5
	trendBar    = 24.0 // a treatment: its name and its bar
)

// Draw draws the trend in a width: time to the right, marks with their numbers,
// thresholds dashed with their names. The scale starts at nought and holds every
// measurement and the lowest line; a line far above them stays out, so that the
// marks keep their room.
func (t Trend) Draw(width float64) *Drawing {
	if t.Height == 0 {
		t.Height = trendHeight
	}
	c := &chart{Trend: t, d: &Drawing{Width: width, Height: t.Height, Title: t.Title, Titled: true}}
	c.Taken = slices.Clone(t.Taken)
	slices.SortStableFunc(c.Taken, func(a, b Taken) int { return cmp.Compare(a.Day, b.Day) })
	c.scale()
	c.frame()
	for _, m := range c.Taken { // no text on a mark
		x, y := c.x(m.Day), c.y(m.Value)
		c.words = append(c.words, box{x - trendMark, y - trendMark, x + trendMark, y + trendMark})
	}
	c.levels()
	c.marks()
	c.dates()
	c.treatments()
	return c.d
}

type chart struct {
	Trend
	d        *Drawing
	top      float64 // the highest value the scale shows
	from, to float64 // days at the ends
	words    []box   // of text, so that none stands on another
}

type box struct{ x0, y0, x1, y1 float64 }

func (b box) hits(o box) bool { return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1 }

func (c *chart) scale() {
	lowest := math.Inf(1)
	for _, l := range c.Lines {
		lowest = min(lowest, l.Least)
	}
	if !math.IsInf(lowest, 1) {
		c.top = lowest
	}
	c.from, c.to = math.Inf(1), math.Inf(-1)
	for _, m := range c.Taken {
		c.top = max(c.top, m.Value)
		c.from, c.to = min(c.from, m.Day), max(c.to, m.Day)
	}
	c.top = math.Ceil(c.top*1.12 + 0.01)
}

func (c *chart) x(day float64) float64 {
	left, right := trendLeft+18, c.d.Width-trendRight-18
	if c.to <= c.from {
		return (left + right) / 2
	}
	return left + (right-left)*(day-c.from)/(c.to-c.from)
}

func (c *chart) y(v float64) float64 {
	return c.Height - trendFoot - (c.Height-trendFoot-trendTop)*v/c.top
}

func (c *chart) line(a, b Point, ink Tone, width float64, dashed bool) {
	c.d.Shapes = append(c.d.Shapes, Mark{Kind: Path, Points: []Point{a, b}, Ink: ink, Width: width, Dashed: dashed})
}

// text writes a text unless another stands there already.
func (c *chart) text(at Point, text string, align Align, ink Tone, bold bool) bool {
	return !slices.ContainsFunc(c.words, c.room(at, text, align, bold).hits) && c.put(at, text, align, ink, bold)
}

// room is what a text takes.
func (c *chart) room(at Point, text string, align Align, bold bool) box {
	w := TextWidth(text, trendText, bold)
	x := at.X
	switch align {
	case Centred:
		x -= w / 2
	case FromRight:
		x -= w
	}
	return box{x - 2, at.Y - trendText + 1, x + w + 2, at.Y + 3}
}

// put writes a text whatever stands there.
func (c *chart) put(at Point, text string, align Align, ink Tone, bold bool) bool {
	c.words = append(c.words, c.room(at, text, align, bold))
	c.d.Shapes = append(c.d.Shapes, Mark{Kind: Words, Points: []Point{at}, Text: text, Size: trendText, Align: align, Ink: ink, Bold: bold})
	return true
}

// frame is the title, what the marks mean, and the scale.
func (c *chart) frame() {
	c.text(Point{0, 13}, c.Title, FromLeft, Ink, true)
	x := c.d.Width
	for _, s := range []Status{StatusUnknown, Treated, Untreated} {
		if !slices.ContainsFunc(c.Taken, func(m Taken) bool { return m.Status == s }) {
			continue
		}
		name := [...]string{StatusUnknown: "treatment not known", Untreated: "untreated", Treated: "on treatment"}[s]
		c.text(Point{x, 13}, name, FromRight, Muted, false)
		x -= TextWidth(name, trendText, false) + 12
		c.mark(Point{x, 9}, s)
		x -= 18
	}
	step := math.Max(1, math.Ceil(c.top/5))
	for v := 0.0; v <= c.top; v += step {
		y := c.y(v)
		c.line(Point{trendLeft, y}, Point{c.d.Width - trendRight, y}, Faint, 1, false)
		c.text(Point{trendLeft - 6, y + 4}, strconv.Itoa(int(v)), FromRight, Muted, false)
	}
}

func (c *chart) levels() {
	for _, l := range c.Lines {
		name, at := l.Name+": over "+number(l.Least), 0.0
		if l.Most != l.Least {
			name += " or " + number(l.Most)
		}
		for _, v := range []float64{l.Least, l.Most} {
			if v > c.top || at != 0 && l.Most == l.Least {
				continue
			}
			at = c.y(v)
			c.line(Point{trendLeft, at}, Point{c.d.Width - trendRight, at}, Amber, 1.5, true)
		}
		if at != 0 {
			behind := len(c.d.Shapes)
			_ = c.text(Point{c.d.Width - trendRight, at - 4}, name, FromRight, Amber, false) ||
				c.text(Point{c.d.Width - trendRight, at + 13}, name, FromRight, Amber, false) ||
				c.text(Point{trendLeft + 4, at - 4}, name, FromLeft, Amber, false) ||
				c.text(Point{trendLeft + 4, at + 13}, name, FromLeft, Amber, false) ||
				c.put(Point{c.d.Width - trendRight, at - 4}, name, FromRight, Amber, false)
			c.plate(behind)
		}
		for _, v := range []float64{l.Least, l.Most} { // no number on a line
			c.words = append(c.words, box{trendLeft, c.y(v) - 1, c.d.Width - trendRight, c.y(v) + 1})
		}
	}
}

// plate puts ground behind the text last written, before the shape of that
// number, so that no line of the scale runs through it.
func (c *chart) plate(before int) {
	b := c.words[len(c.words)-1]
	ground := Mark{Kind: Path, Closed: true, Paper: Paper, Points: []Point{{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}}}
	c.d.Shapes = slices.Insert(c.d.Shapes, before, ground)
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// marks draws the measurements with their numbers: the newest and the highest
// first, which are never left without one.
func (c *chart) marks() {
	for i := 1; i < len(c.Taken); i++ {
		a, b := c.Taken[i-1], c.Taken[i]
		c.line(Point{c.x(a.Day), c.y(a.Value)}, Point{c.x(b.Day), c.y(b.Value)}, Muted, 1, false)
	}
	order := make([]int, len(c.Taken))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch newest := len(order) - 1; newest {
		case a:
			return -1
		case b:
			return 1
		}
		return cmp.Compare(c.Taken[b].Value, c.Taken[a].Value)
	})
	for n, i := range order {
		m := c.Taken[i]
		at := Point{c.x(m.Day), c.y(m.Value)}
		c.mark(at, m.Status)
		said := c.text(Point{at.X, at.Y - 9}, m.Text, Centred, Ink, true) ||
			c.text(Point{at.X, at.Y + 18}, m.Text, Centred, Ink, true) ||
			c.text(Point{at.X + 10, at.Y + 4}, m.Text, FromLeft, Ink, true) ||
			c.text(Point{at.X - 10, at.Y + 4}, m.Text, FromRight, Ink, true)
		for away := 16.0; n < 2 && !said && away < c.Height; away += 7 {
			said = at.Y-away > trendTop-12 && c.text(Point{at.X, at.Y - away}, m.Text, Centred, Ink, true) ||
				at.Y+away < c.Height-trendFoot && c.text(Point{at.X, at.Y + away}, m.Text, Centred, Ink, true)
		}
	}
}

func (c *chart) mark(at Point, s Status) {
	m := Mark{Kind: Disc, Points: []Point{at}, Radius: trendMark, Width: 2, Ink: Petrol, Paper: Paper}
	switch s {
	case Untreated:
		m.Paper = Petrol
	case StatusUnknown:
		const r = trendMark + 1
		m.Kind, m.Closed = Path, true
		m.Points = []Point{{at.X, at.Y - r}, {at.X + r, at.Y}, {at.X, at.Y + r}, {at.X - r, at.Y}}
	}
	c.d.Shapes = append(c.d.Shapes, m)
}

// treatments draws each treatment that falls into the picture as a bar, solid
// where it was surely taken and dashed where it may have been.
func (c *chart) treatments() {
	clip := func(day float64) float64 { return c.x(min(max(day, c.from), c.to)) }
	for _, g := range c.Given {
		if g.Begun[0] > c.to || g.Ended[1] < c.from {
			continue
		}
		y := c.d.Height + trendBar - 8
		begun, sure, until, ended := clip(g.Begun[0]), clip(g.Begun[1]), clip(g.Ended[0]), clip(g.Ended[1])
		if sure < until {
			c.line(Point{begun, y}, Point{sure, y}, Petrol, 2, true)
			c.line(Point{sure, y}, Point{until, y}, Petrol, 5, false)
			c.line(Point{until, y}, Point{ended, y}, Petrol, 2, true)
		} else {
			c.line(Point{begun, y}, Point{ended, y}, Petrol, 2, true)
		}
		at := min(begun, c.d.Width-TextWidth(g.Name, trendText, false))
		c.d.Shapes = append(c.d.Shapes, Mark{Kind: Words, Points: []Point{{max(0, at), y - 7}}, Text: g.Name, Size: trendText, Align: FromLeft, Ink: Muted})
		c.d.Height += trendBar
	}
}

// dates writes the last and the first date, then those between that have room.
func (c *chart) dates() {
	last := len(c.Taken) - 1
	for i := range c.Taken {
		k := (i + last) % len(c.Taken)
		m := c.Taken[k]
		at, align := Point{c.x(m.Day), c.Height - 7}, Centred
		if w := TextWidth(m.When, trendText, false) / 2; at.X+w > c.d.Width {
			at.X, align = c.d.Width, FromRight
		}
		c.line(Point{c.x(m.Day), c.Height - trendFoot}, Point{c.x(m.Day), c.Height - trendFoot + 4}, Muted, 1, false)
		c.text(at, m.When, align, Muted, false)
	}
}
