package report

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"kindred/app/about"
	"kindred/rules"
)

// Paper is one of the papers an area brings with it.
type Paper string

// The papers: for the person and the relatives, and for the clinician.
const (
	PatientLeaflet Paper = "leaflet"
	LearningCard   Paper = "learn"
)

// Name is how people call the paper.
func (p Paper) Name() string {
	if p == LearningCard {
		return "learning card"
	}
	return "leaflet"
}

// Papers lists which papers an area has among the rule files.
func Papers(area string, files fs.FS) []Paper {
	var out []Paper
	for _, p := range []Paper{PatientLeaflet, LearningCard} {
		if _, err := fs.Stat(files, area+"/"+string(p)+".md"); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// Leaflet prints a paper of an area as A4 PDF, from AREA/leaflet.md or
// AREA/learn.md among the rule files. In a leaflet each part ("## For you")
// has a page of its own, to be handed out by itself, in large type. A last
// paragraph that starts with "Sources:" goes to the foot of every page, beside
// edition and standing. It holds nothing about any patient. The error says
// which file is missing or which line of it cannot be printed.
func Leaflet(a *rules.AreaInfo, paper Paper, files fs.FS, opts Options) ([]byte, error) {
	name := a.ID + "/" + string(paper) + ".md"
	data, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s has no %s: there is no %s", a.Title, paper.Name(), name)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	blocks, err := readMarkdown(string(data))
	if err != nil {
		return nil, fmt.Errorf("%s, %w", name, err)
	}
	if len(blocks) == 0 || blocks[0].kind != heading || blocks[0].level != 1 {
		return nil, fmt.Errorf("%s, line 1: the title is missing; it is the first line, after one #", name)
	}
	sheet := leaflet{paper: paper, area: a, opts: opts, faces: cardFaces, title: plain(blocks[0].runs)}
	if paper == PatientLeaflet {
		sheet.faces = handoutFaces
	}
	blocks = blocks[1:]
	if n := len(blocks); n > 0 && blocks[n-1].kind == paragraph && strings.HasPrefix(plain(blocks[n-1].runs), "Sources:") {
		sheet.sources, blocks = plain(blocks[n-1].runs), blocks[:n-1]
	}
	sheet.page = newPage(sheet.title, opts.Date)
	sheet.draw(blocks)
	return sheet.bytes()
}

// faces is how the parts of a paper look.
type faces struct {
	title, part, text style
	gap               float64 // between paragraphs
	foot              float64 // height of the foot
}

// A leaflet is read at arm's length by anyone, a card at a desk.
var (
	handoutFaces = faces{
		title: style{22, 9.6, true, ink}, part: style{15, 7, true, petrol}, text: style{12.5, 6, false, ink}, gap: 2.8, foot: 25,
	}
	cardFaces = faces{
		title: style{17, 7.6, true, ink}, part: style{11.5, 5.4, true, petrol}, text: style{9.2, 4.2, false, ink}, gap: 1.2, foot: 16,
	}
)

type leaflet struct {
	*page
	faces
	paper   Paper
	area    *rules.AreaInfo
	opts    Options
	title   string
	sources string
	parts   int // begun so far
}

func (l *leaflet) draw(blocks []block) {
	l.head()
	for i := range blocks {
		b := &blocks[i]
		switch b.kind {
		case heading:
			l.part(b, blocks[i+1:])
		case tableRow:
			if i == 0 || blocks[i-1].kind != tableRow {
				l.table(rowsFrom(blocks[i:]))
			}
		case bullet:
			l.item(b)
			if i+1 == len(blocks) || blocks[i+1].kind != bullet {
				l.y += l.gap
			}
		default:
			l.prose(b)
		}
	}
	l.contact()
	for n := 1; n <= l.pdf.PageCount(); n++ {
		l.pdf.SetPage(n)
		l.drawFoot(n)
	}
}

// head is the mark, whose paper it is and its title.
func (l *leaflet) head() {
	l.y = marginTop
	l.mark(marginSide, l.y, 7)
	name := l.opts.Practice
	if name == "" {
		name = about.Name
	}
	l.at(marginSide+10, l.y+1.4, bold, name)
	what := "Information for you and your family"
	if l.paper == LearningCard {
		what = "For clinicians"
	}
	l.rightAt(pageWidth-marginSide, l.y+1.8, small, what)
	l.y += 13
	l.para(marginSide, l.faces.title, l.title, textWidth)
	l.y += l.gap
}

// part begins a part: on a page of its own in a leaflet, after the first one.
func (l *leaflet) part(b *block, rest []block) {
	l.parts++
	if l.paper == PatientLeaflet {
		if l.parts > 1 {
			l.contact()
			l.pdf.AddPage()
			l.head()
		}
		text := plain(b.runs)
		h := l.faces.part.height + 4
		l.fill(marginSide, l.y, textWidth, h, petrolTint)
		l.at(marginSide+4, l.y+2, l.faces.part, text)
		l.y += h + l.gap + 1
		return
	}
	l.y += 2
	need := l.faces.part.height + 5*l.text.height
	if len(rest) > 0 && rest[0].kind == tableRow {
		need = l.faces.part.height + l.tableHeight(rowsFrom(rest))
	}
	l.room(need)
	l.para(marginSide, l.faces.part, plain(b.runs), textWidth)
	l.y += 0.6
}

// room starts a new page when less than h is left.
func (l *leaflet) room(h float64) {
	if l.y+h > pageHeight-l.faces.foot && l.y > marginTop+40 {
		l.pdf.AddPage()
		l.y = marginTop
	}
}

// prose is a paragraph. In a leaflet a question or sentence in strong type at
// its start stands above it on a line of its own.
func (l *leaflet) prose(b *block) {
	runs := b.runs
	if l.paper == PatientLeaflet && len(runs) > 0 && runs[0].strong && strings.ContainsAny(runs[0].text[len(runs[0].text)-1:], "?.") {
		l.room(l.text.height * 3)
		l.y += 0.6
		lead := l.text
		lead.bold, lead.colour, lead.size = true, petrol, l.text.size+0.5
		l.para(marginSide, lead, runs[0].text, textWidth)
		if runs = runs[1:]; len(runs) == 0 {
			l.y += 0.8
			return
		}
		runs = append([]run{{strings.TrimLeft(runs[0].text, " "), runs[0].strong}}, runs[1:]...)
	}
	l.flow(marginSide, runs, textWidth)
	l.y += l.gap
}

func (l *leaflet) item(b *block) {
	lines := l.wrap(b.runs, textWidth-6)
	l.room(float64(len(lines)) * l.text.height)
	l.pdf.SetFillColor(petrol.r, petrol.g, petrol.b)
	l.pdf.Circle(marginSide+2, l.y+l.text.height*0.52, l.text.size*0.065, "F")
	l.lay(marginSide+6, lines)
	l.y += l.gap * 0.4
}

// contact is where whoever hands a leaflet out writes down whom to ask.
func (l *leaflet) contact() {
	if l.paper != PatientLeaflet || l.y > pageHeight-l.faces.foot-18 {
		return
	}
	y := pageHeight - l.faces.foot - 15
	l.pen(line, 0.3)
	for i, label := range []string{"Whom to ask", "Telephone"} {
		x := marginSide + float64(i)*(textWidth*0.6)
		w := textWidth*0.6 - 6
		if i == 1 {
			w = textWidth * 0.4
		}
		l.at(x, y, small.in(ink), label)
		l.pdf.Line(x, y+9.5, x+w, y+9.5)
	}
}

func (l *leaflet) drawFoot(n int) {
	l.y = pageHeight - l.faces.foot + 3
	l.rule()
	l.y += 2
	standing := "transcribed, awaits clinical sign-off"
	if l.area.Status == "signed_off" {
		standing = "signed off"
	}
	if l.sources != "" {
		l.para(marginSide, small, l.sources, textWidth)
	}
	text := fmt.Sprintf("%s rules, edition %s: %s · fingerprint %s", l.area.Short, l.area.Edition, standing, short(l.area.Fingerprint))
	l.at(marginSide, l.y, small, text)
	l.rightAt(pageWidth-marginSide, l.y, small, fmt.Sprintf("Page %d of %d", n, l.pdf.PageCount()))
	l.y += small.height
	end := about.Name + " " + about.Version
	if l.opts.Date != "" {
		end += ", printed " + longDate(l.opts.Date)
	}
	if l.paper == PatientLeaflet {
		end += ". General information. It does not replace what your doctor or nurse tells you."
	}
	l.at(marginSide, l.y, small, end)
}

// word is a piece of a line in one weight with its width.
type word struct {
	text   string
	strong bool
	x      float64
}

// flow writes runs at x and moves the cursor below them.
func (l *leaflet) flow(x float64, runs []run, width float64) {
	lines := l.wrap(runs, width)
	l.room(float64(min(len(lines), 3)) * l.text.height)
	for len(lines) > 0 { // a long paragraph goes on over the page
		fit := max(1, min(len(lines), int((pageHeight-l.faces.foot-l.y)/l.text.height)))
		l.lay(x, lines[:fit])
		if lines = lines[fit:]; len(lines) > 0 {
			l.room(l.text.height)
		}
	}
}

func (l *leaflet) lay(x float64, lines [][]word) {
	for _, words := range lines {
		for _, w := range words {
			s := l.text
			s.bold = w.strong
			l.at(x+w.x, l.y, s, w.text)
		}
		l.y += l.text.height
	}
}

// wrap breaks runs into lines of a width.
func (l *leaflet) wrap(runs []run, width float64) [][]word {
	var lines [][]word
	var now []word
	x := 0.0
	gap := l.width(l.text, " ")
	space := false
	for _, r := range runs {
		s := l.text
		s.bold = r.strong
		for i, t := range strings.Split(r.text, " ") {
			if i > 0 {
				space = true
			}
			if t == "" {
				continue
			}
			w := l.width(s, t)
			if space && len(now) > 0 {
				x += gap
			}
			if x+w > width && len(now) > 0 && (space || i > 0) {
				lines, now, x = append(lines, now), nil, 0
			}
			now = append(now, word{t, r.strong, x})
			x += w
			space = false
		}
	}
	if len(now) > 0 {
		lines = append(lines, now)
	}
	return lines
}

func rowsFrom(blocks []block) []block {
	n := 0
	for n < len(blocks) && blocks[n].kind == tableRow {
		n++
	}
	return blocks[:n]
}

// columns shares the width of a table by what its cells need.
func (l *leaflet) columns(rows []block) []float64 {
	var need []float64
	total := 0.0
	for _, r := range rows {
		for len(need) < len(r.cells) {
			need = append(need, 0)
		}
		for i, c := range r.cells {
			need[i] = max(need[i], min(l.width(l.text, plain(c))+5, textWidth*0.62))
		}
	}
	for _, n := range need {
		total += n
	}
	for i := range need {
		need[i] *= textWidth / total
	}
	return need
}

func (l *leaflet) tableHeight(rows []block) float64 {
	wide := l.columns(rows)
	h := 0.0
	for _, r := range rows {
		h += l.rowHeight(r, wide)
	}
	return h
}

func (l *leaflet) rowHeight(r block, wide []float64) float64 {
	most := 1
	for i, c := range r.cells {
		most = max(most, len(l.wrap(c, wide[i]-3)))
	}
	return float64(most)*l.text.height + 2
}

func (l *leaflet) table(rows []block) {
	wide := l.columns(rows)
	l.y += 0.6
	for _, r := range rows {
		h := l.rowHeight(r, wide)
		l.room(h)
		if r.first {
			l.pdf.SetFillColor(bannerFill.r, bannerFill.g, bannerFill.b)
			l.pdf.Rect(marginSide, l.y, textWidth, h, "F")
		}
		x, top := marginSide, l.y
		for i, c := range r.cells {
			if r.first {
				c = []run{{plain(c), true}}
			}
			l.y = top + 1
			l.lay(x+1.5, l.wrap(c, wide[i]-3))
			x += wide[i]
		}
		l.y = top + h
		l.rule()
	}
	l.y += l.gap
}
