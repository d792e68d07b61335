package sketch

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"kindred/assets"
)

// A4 across, in points.
const (
	pageAcross = 841.89
	pageDown   = 595.28
	pageMargin = 28.0
	// One pixel of a drawing is three quarters of a point at full size.
	pointPerPixel = 0.75
	// Smaller than this a picture is spread over several pages instead.
	leastScale = 0.44
)

// PDF renders the drawing as vectors on A4 across: on one page when it stays
// readable, else over several, cut where no symbol and no word is. day dates
// the file (YYYY-MM-DD); the same drawing and day give the same bytes.
func (d *Drawing) PDF(colours Palette, day string) ([]byte, error) {
	pdf := fpdf.New("L", "pt", "A4", "")
	stamp, err := time.Parse(time.DateOnly, day)
	if err != nil {
		stamp = time.Unix(0, 0).UTC()
	}
	pdf.SetCreationDate(stamp)
	pdf.SetModificationDate(stamp)
	pdf.SetCatalogSort(true)
	pdf.SetTitle(d.Title, true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.AddUTF8FontFromBytes("inter", "", assets.InterRegular)
	pdf.AddUTF8FontFromBytes("inter", "B", assets.InterSemiBold)
	roomX, roomY := pageAcross-2*pageMargin, pageDown-2*pageMargin
	scale := min(pointPerPixel, roomX/d.Width, roomY/d.Height)
	scale = max(scale, min(leastScale, pointPerPixel))
	columns := d.cuts(d.Width, roomX/scale, true)
	rows := d.cuts(d.Height, roomY/scale, false)
	for r := range len(rows) - 1 {
		for c := range len(columns) - 1 {
			pdf.AddPage()
			from, to := Point{columns[c], rows[r]}, Point{columns[c+1], rows[r+1]}
			pdf.ClipRect(pageMargin, pageMargin, (to.X-from.X)*scale, (to.Y-from.Y)*scale, false)
			w := pdfWriter{pdf, colours, scale, from}
			for i := range d.Shapes {
				w.mark(&d.Shapes[i])
			}
			pdf.ClipEnd()
			if len(columns) > 2 || len(rows) > 2 {
				pdf.SetFont("inter", "", 8)
				w.ink(Muted)
				pdf.Text(pageMargin, pageDown-pageMargin/2, fmt.Sprintf("Part %d of %d (row %d, column %d)",
					r*(len(columns)-1)+c+1, (len(columns)-1)*(len(rows)-1), r+1, c+1))
			}
		}
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("print the family tree: %w", err)
	}
	return out.Bytes(), nil
}

// cuts divides a length into stretches of at most room, each cut moved back to
// where it goes through no symbol and no word.
func (d *Drawing) cuts(length, room float64, across bool) []float64 {
	out := []float64{0}
	for length-out[len(out)-1] > room {
		at := out[len(out)-1] + room
		least := out[len(out)-1] + room/2
		for at > least && d.cutsThrough(at, across) {
			at -= 2
		}
		out = append(out, at)
	}
	return append(out, length)
}

func (d *Drawing) cutsThrough(at float64, across bool) bool {
	for i := range d.Shapes {
		m := &d.Shapes[i]
		var lo, hi Point
		switch {
		case m.Person != "" || m.Kind == Disc:
			half := max(m.Across/2+8, m.Radius)
			c := m.Points[0]
			if m.Person != "" {
				c = m.At
			}
			lo, hi = Point{c.X - half, c.Y - half}, Point{c.X + half, c.Y + half}
		case m.Kind == Words:
			w := TextWidth(m.Text, m.Size, m.Bold)
			x := m.Points[0].X
			switch m.Align {
			case Centred:
				x -= w / 2
			case FromRight:
				x -= w
			}
			lo, hi = Point{x, m.Points[0].Y - m.Size}, Point{x + w, m.Points[0].Y + 4}
		default:
			continue
		}
		if across && lo.X < at && hi.X > at || !across && lo.Y < at && hi.Y > at {
			return true
		}
	}
	return false
}

type pdfWriter struct {
	pdf     *fpdf.Fpdf
	colours Palette
	scale   float64
	from    Point
}

func (w *pdfWriter) x(p Point) float64 { return (p.X-w.from.X)*w.scale + pageMargin }
func (w *pdfWriter) y(p Point) float64 { return (p.Y-w.from.Y)*w.scale + pageMargin }

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
	w.ink(m.Ink)
	if m.Kind == Words {
		style := ""
		if m.Bold {
			style = "B"
		}
		w.pdf.SetFont("inter", style, m.Size*w.scale)
		x := w.x(m.Points[0])
		switch width := w.pdf.GetStringWidth(m.Text); m.Align {
		case Centred:
			x -= width / 2
		case FromRight:
			x -= width
		}
		w.pdf.Text(x, w.y(m.Points[0]), m.Text)
		return
	}
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

// Stack puts drawings below each other into one.
func Stack(ds []*Drawing) *Drawing {
	if len(ds) == 1 {
		return ds[0]
	}
	out := &Drawing{}
	for _, d := range ds {
		if out.Title == "" {
			out.Title = d.Title
		}
		for _, m := range d.Shapes {
			m.Points = moved(m.Points, 0, out.Height)
			m.At.Y += out.Height
			out.Shapes = append(out.Shapes, m)
		}
		out.Width, out.Height = max(out.Width, d.Width), out.Height+d.Height+margin
	}
	return out
}
