package sketch

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"kindred/assets"
)

// A4 across, in points.
const (
	pageAcross = 841.89
	pageDown   = 595.28
	pageMargin = 28.0
	headRoom   = 22.0 // for the heading, below the margin
	footRoom   = 14.0 // for what lies on the next pages
	pageWide   = pageAcross - 2*pageMargin
	pageHigh   = pageDown - 2*pageMargin - headRoom - footRoom
	// One pixel of a drawing is three quarters of a point at full size.
	pointPerPixel = 0.75
	// Smaller than this a picture is spread over several pages instead: 12-pixel
	// letters would be smaller than 6 points.
	leastScale = 0.5
)

// PDF renders one drawing as PDF.
func (d *Drawing) PDF(colours Palette, day string) ([]byte, error) {
	return PDF([]*Drawing{d}, colours, day)
}

// PDF renders drawings as vectors on A4 across: each on one page when it stays
// readable, else over several, so that every symbol with its words is whole on
// at least one of them. Every page says what it is, of which day and which of
// how many. day is YYYY-MM-DD; the same drawings and day give the same bytes.
func PDF(ds []*Drawing, colours Palette, day string) ([]byte, error) {
	pdf := fpdf.New("L", "pt", "A4", "")
	stamp, err := time.Parse(time.DateOnly, day)
	date := stamp.Format("02-Jan-2006")
	if err != nil {
		stamp, date = time.Unix(0, 0).UTC(), ""
	}
	pdf.SetCreationDate(stamp)
	pdf.SetModificationDate(stamp)
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.AddUTF8FontFromBytes("inter", "", assets.InterRegular)
	pdf.AddUTF8FontFromBytes("inter", "B", assets.InterSemiBold)
	var all []page
	for _, d := range ds {
		all = append(all, d.pages(len(all))...)
	}
	if len(ds) > 0 {
		pdf.SetTitle(Printable(ds[0].Title), true)
	}
	for i := range all {
		pdf.AddPage()
		w := pdfWriter{pdf: pdf, colours: colours}
		w.page(&all[i])
		w.heading(&all[i], i+1, len(all), date)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("print the family tree: %w", err)
	}
	return out.Bytes(), nil
}

// Onto draws the drawing on the open page of another document, which has the
// fonts "inter" and "inter" bold: its upper left corner at (x, y), a pixel as
// large as scale, all in the document's unit.
func (d *Drawing) Onto(pdf *fpdf.Fpdf, colours Palette, x, y, scale float64) {
	w := pdfWriter{pdf: pdf, colours: colours, scale: scale, corner: Point{x, y}}
	pdf.SetLineCapStyle("butt")
	pdf.SetLineJoinStyle("miter")
	for i := range d.Shapes {
		w.mark(&d.Shapes[i])
	}
}

// page paints what lies on a page, and the key below where there is room.
func (w *pdfWriter) page(p *page) {
	w.scale, w.from, w.corner = p.scale, p.lo, Point{pageMargin, pageMargin + headRoom}
	wide, high := (p.hi.X-p.lo.X)*p.scale, (p.hi.Y-p.lo.Y)*p.scale
	w.pdf.ClipRect(w.corner.X, w.corner.Y, wide, high, false)
	for _, m := range p.marks {
		w.mark(m)
	}
	w.pdf.ClipEnd()
	for _, n := range p.numerals { // in the margin, where the first page has them inside
		w.words(&Mark{Kind: Words, Points: []Point{{p.lo.X - 6/p.scale, n.at.Y}}, Text: n.text, Size: 13, Ink: Muted, Align: FromRight})
	}
	w.pdf.SetLineWidth(0.5)
	w.ink(Faint)
	w.pdf.SetDashPattern([]float64{2, 2}, 0)
	for _, s := range p.sides {
		x0, y0, x1, y1 := w.corner.X, w.corner.Y, w.corner.X+wide, w.corner.Y+high
		switch s.where {
		case "left":
			x1 = x0
		case "right":
			x0 = x1
		case "above":
			y1 = y0
		case "below":
			y0 = y1
		}
		w.pdf.Line(x0, y0, x1, y1)
	}
	w.pdf.SetDashPattern(nil, 0)
	if p.legend != nil {
		w.from, w.corner.Y = Point{}, w.corner.Y+high
		w.scale = min(w.scale, pageWide/p.legend.Width)
		for i := range p.legend.Shapes {
			w.mark(&p.legend.Shapes[i])
		}
	}
}

// heading writes what the page is, the day and the page's number above, and
// below where the picture goes on.
func (w *pdfWriter) heading(p *page, number, of int, date string) {
	w.from, w.scale, w.corner = Point{}, 1, Point{}
	y := pageMargin + 8
	w.words(&Mark{Points: []Point{{pageMargin, y}}, Text: p.title, Size: 11, Bold: true, Ink: Ink, Align: FromLeft})
	right := []string{date, fmt.Sprintf("page %d of %d", number, of)}
	if date == "" {
		right = right[1:]
	}
	w.words(&Mark{Points: []Point{{pageAcross - pageMargin, y}}, Text: strings.Join(right, " · "), Size: 9, Ink: Muted, Align: FromRight})
	w.pdf.SetLineWidth(0.5)
	w.ink(Faint)
	w.pdf.Line(pageMargin, y+6, pageAcross-pageMargin, y+6)
	var on []string
	for _, s := range p.sides {
		on = append(on, fmt.Sprintf("%s: page %d", s.where, s.page))
	}
	if len(on) > 0 {
		text := "The picture goes on " + strings.Join(on, ", ")
		w.words(&Mark{Points: []Point{{pageMargin, pageDown - pageMargin + 4}}, Text: text, Size: 8, Ink: Muted, Align: FromLeft})
	}
}

type pdfWriter struct {
	pdf     *fpdf.Fpdf
	colours Palette
	scale   float64
	from    Point // of the drawing, at the page's corner
	corner  Point // where that is on the page
}

func (w *pdfWriter) x(p Point) float64 { return (p.X-w.from.X)*w.scale + w.corner.X }
func (w *pdfWriter) y(p Point) float64 { return (p.Y-w.from.Y)*w.scale + w.corner.Y }

func (w *pdfWriter) rgb(t Tone) (r, g, b int) {
	v, err := strconv.ParseUint(w.colours[t], 16, 32)
	if err != nil {
		return 0, 0, 0
	}
	return int(v >> 16), int(v >> 8 & 255), int(v & 255)
}

func (w *pdfWriter) ink(t Tone) {
	r, g, b := w.rgb(t)
	w.pdf.SetDrawColor(r, g, b)
	w.pdf.SetTextColor(r, g, b)
}

func (w *pdfWriter) mark(m *Mark) {
	if m.Kind == Words {
		w.words(m)
		return
	}
	w.ink(m.Ink)
	style := ""
	if m.Paper != None {
		r, g, b := w.rgb(m.Paper)
		w.pdf.SetFillColor(r, g, b)
		style = "F"
	}
	if m.Width > 0 {
		w.pdf.SetLineWidth(m.Width * w.scale)
		style += "D"
	}
	if m.Square {
		w.pdf.SetLineCapStyle("square")
		defer w.pdf.SetLineCapStyle("butt")
	}
	if m.Dashed {
		w.pdf.SetDashPattern([]float64{5 * w.scale, 4 * w.scale}, 0)
		defer w.pdf.SetDashPattern(nil, 0)
	}
	if m.Kind == Disc {
		w.pdf.Circle(w.x(m.Points[0]), w.y(m.Points[0]), m.Radius*w.scale, style)
		return
	}
	for i, p := range m.Points {
		if i == 0 {
			w.pdf.MoveTo(w.x(p), w.y(p))
		} else {
			w.pdf.LineTo(w.x(p), w.y(p))
		}
	}
	if m.Closed {
		w.pdf.ClosePath()
	}
	w.pdf.DrawPath(style)
}

func (w *pdfWriter) words(m *Mark) {
	w.ink(m.Ink)
	style := ""
	if m.Bold {
		style = "B"
	}
	w.pdf.SetFont("inter", style, w.pdf.UnitToPointConvert(m.Size*w.scale))
	x, text := w.x(m.Points[0]), Printable(m.Text)
	switch width := w.pdf.GetStringWidth(text); m.Align {
	case Centred:
		x -= width / 2
	case FromRight:
		x -= width
	}
	w.pdf.Text(x, w.y(m.Points[0]), text)
}
