package report

import (
	"bytes"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"kindred/app/about"
	"kindred/app/sketch"
	"kindred/assets"
	"kindred/rules"
)

// Millimetres and points of an A4 letter.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	marginSide = 19.0
	marginTop  = 14.0
	textWidth  = pageWidth - 2*marginSide
	footHeight = 27.0
)

type colour struct{ r, g, b int }

// The colours of the light theme, by meaning.
var (
	ink        = colour{0x1B, 0x24, 0x26}
	muted      = colour{0x56, 0x60, 0x5F}
	line       = colour{0xD9, 0xD5, 0xCB}
	petrol     = colour{0x0B, 0x55, 0x63}
	petrolTint = colour{0xDF, 0xEC, 0xEE}
	bannerFill = colour{0xE2, 0xEB, 0xEA}
	met        = colour{0x17, 0x66, 0x3D}
	metTint    = colour{0xE2, 0xF1, 0xE7}
	notMet     = colour{0x4A, 0x53, 0x55}
	notTint    = colour{0xE8, 0xEA, 0xE8}
	unknown    = colour{0x6A, 0x3A, 0x7C}
	unkTint    = colour{0xF3, 0xE9, 0xF6}
	urgent     = colour{0xA3, 0x21, 0x1A}
	urgentTint = colour{0xFB, 0xE7, 0xE4}
	white      = colour{255, 255, 255}
)

// page is a thin layer over the PDF library: a cursor that runs down the page,
// text that wraps, and the few shapes a letter needs. Units are millimetres,
// type sizes points.
type page struct {
	pdf *fpdf.Fpdf
	y   float64
}

func newPage(title string, day rules.Date) *page {
	pdf := fpdf.New("P", "mm", "A4", "")
	stamp, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		stamp = time.Unix(0, 0).UTC() // a letter without a date still prints the same twice
	}
	pdf.SetCreationDate(stamp)
	pdf.SetModificationDate(stamp)
	pdf.SetCatalogSort(true)
	pdf.SetTitle(sketch.Printable(title), true)
	pdf.SetCreator(about.Name+" "+about.Version, true)
	pdf.SetLang("en-GB")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCellMargin(0)
	pdf.AddUTF8FontFromBytes("inter", "", assets.InterRegular)
	pdf.AddUTF8FontFromBytes("inter", "B", assets.InterSemiBold)
	pdf.AddPage()
	return &page{pdf: pdf, y: marginTop}
}

func (p *page) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := p.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("the letter could not be laid out: %w", err)
	}
	return b.Bytes(), nil
}

// style is how a text looks: size in points, line height in millimetres.
type style struct {
	size   float64
	height float64
	bold   bool
	colour colour
}

var (
	lead  = style{11.5, 5.2, true, ink}
	body  = style{9.5, 4.4, false, ink}
	bold  = style{9.5, 4.4, true, ink}
	small = style{8, 3.6, false, muted}
)

func (s style) in(c colour) style { s.colour = c; return s }

func (p *page) use(s style) {
	weight := ""
	if s.bold {
		weight = "B"
	}
	p.pdf.SetFont("inter", weight, s.size)
	p.pdf.SetTextColor(s.colour.r, s.colour.g, s.colour.b)
}

// width of a text on one line.
func (p *page) width(s style, text string) float64 {
	p.use(s)
	return p.pdf.GetStringWidth(sketch.Printable(text))
}

// at writes one line with its top at y and moves nothing.
func (p *page) at(x, y float64, s style, text string) {
	p.use(s)
	p.pdf.Text(x, y+s.height*0.74, sketch.Printable(text))
}

// rightAt writes one line that ends at x.
func (p *page) rightAt(x, y float64, s style, text string) {
	p.at(x-p.width(s, text), y, s, text)
}

// lines is how a text wraps in a width.
func (p *page) lines(s style, text string, width float64) []string {
	p.use(s)
	return p.pdf.SplitText(sketch.Printable(text), width)
}

// para writes a wrapped text at x and moves the cursor below it.
func (p *page) para(x float64, s style, text string, width float64) {
	for _, l := range p.lines(s, text, width) {
		p.at(x, p.y, s, l)
		p.y += s.height
	}
}

// fill paints a rectangle with rounded corners.
func (p *page) fill(x, y, w, h float64, c colour) {
	p.pdf.SetFillColor(c.r, c.g, c.b)
	p.pdf.RoundedRect(x, y, w, h, 1.6, "1234", "F")
}

// rule draws a hairline across the text at the cursor.
func (p *page) rule() {
	p.pdf.SetDrawColor(line.r, line.g, line.b)
	p.pdf.SetLineWidth(0.2)
	p.pdf.Line(marginSide, p.y, pageWidth-marginSide, p.y)
}

func (p *page) pen(c colour, width float64) {
	p.pdf.SetDrawColor(c.r, c.g, c.b)
	p.pdf.SetLineWidth(width)
	p.pdf.SetLineCapStyle("round")
	p.pdf.SetLineJoinStyle("round")
}

// mark draws Kindred's mark, the square, circle and diamond of a family tree,
// in a square of the given size.
func (p *page) mark(x, y, size float64) {
	u := size / 26
	p.pdf.SetFillColor(petrol.r, petrol.g, petrol.b)
	p.pdf.RoundedRect(x, y, size, size, 6*u, "1234", "F")
	p.pen(white, 1.8*u)
	p.pdf.Rect(x+5*u, y+5.5*u, 5.5*u, 5.5*u, "D")
	p.pdf.Circle(x+18.2*u, y+8.25*u, 2.9*u, "D")
	p.pdf.Line(x+10.5*u, y+8.25*u, x+15.3*u, y+8.25*u)
	p.pdf.Line(x+13*u, y+8.25*u, x+13*u, y+14.75*u)
	p.pdf.SetFillColor(white.r, white.g, white.b)
	p.pdf.Polygon([]fpdf.PointType{
		{X: x + 13*u, Y: y + 14.3*u},
		{X: x + 16.4*u, Y: y + 17.7*u},
		{X: x + 13*u, Y: y + 21.1*u},
		{X: x + 9.6*u, Y: y + 17.7*u},
	}, "FD")
}

// icon draws the sign that goes with a colour, so that nothing on paper is
// told by colour alone. The centre is (x, y), r the radius.
func (p *page) icon(name string, x, y, r float64, c colour) {
	p.pen(c, r*0.2)
	switch name {
	case "yes":
		p.pdf.Circle(x, y, r, "D")
		p.pdf.Line(x-r*0.42, y+r*0.02, x-r*0.1, y+r*0.36)
		p.pdf.Line(x-r*0.1, y+r*0.36, x+r*0.45, y-r*0.32)
	case "no":
		p.pdf.Circle(x, y, r, "D")
		p.pdf.Line(x-r*0.45, y, x+r*0.45, y)
	case "unknown":
		p.pdf.SetDashPattern([]float64{r * 0.5, r * 0.42}, 0)
		p.pdf.Circle(x, y, r, "D")
		p.pdf.SetDashPattern(nil, 0)
		s := style{size: r * 4, height: r * 1.5, bold: true, colour: c}
		p.at(x-p.width(s, "?")/2, y-r*0.62, s, "?")
	case "arrow":
		p.pdf.Line(x-r*0.8, y, x+r*0.8, y)
		p.pdf.Line(x+r*0.2, y-r*0.6, x+r*0.8, y)
		p.pdf.Line(x+r*0.2, y+r*0.6, x+r*0.8, y)
	case "urgent":
		k := r * 0.41
		p.pdf.Polygon([]fpdf.PointType{
			{X: x - k, Y: y - r},
			{X: x + k, Y: y - r},
			{X: x + r, Y: y - k},
			{X: x + r, Y: y + k},
			{X: x + k, Y: y + r},
			{X: x - k, Y: y + r},
			{X: x - r, Y: y + k},
			{X: x - r, Y: y - k},
		}, "D")
		p.pdf.Line(x, y-r*0.5, x, y+r*0.1)
		p.pdf.Line(x, y+r*0.48, x, y+r*0.5)
	case "tick":
		p.pdf.Line(x-r*0.7, y+r*0.05, x-r*0.2, y+r*0.55)
		p.pdf.Line(x-r*0.2, y+r*0.55, x+r*0.75, y-r*0.5)
	}
}
