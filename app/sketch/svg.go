package sketch

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Palette gives every tone its colour as RRGGBB.
type Palette map[Tone]string

// Print is the palette of paper and files: light ground, and tints that the
// hatches make readable without colour.
var Print = Palette{
	Ink: "1B2426", Muted: "56605F", Unsure: "6A3A7C", Paper: "FFFFFF", Tint: "DFECEE",
	Petrol: "0B5563", Amber: "7F4C00", Plum: "6A3A7C", Slate: "4A5355",
	PetrolTint: "9CCBD0", AmberTint: "F6D9A0", PlumTint: "F3E9F6", SlateTint: "E8EAE8", Faint: "D9D5CB",
}

// SVG renders the drawing. Every symbol carries data-person with its centre
// (data-x, data-y) and size (data-size); every couple's line carries
// data-couple with the two ids.
func (d *Drawing) SVG(colours Palette) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" font-family="Inter, 'Helvetica Neue', Arial, sans-serif">`+"\n",
		px(d.Width), px(d.Height), px(d.Width), px(d.Height))
	if d.Title != "" {
		fmt.Fprintf(&b, "<title>%s</title>\n", escape(d.Title))
	}
	fmt.Fprintf(&b, `<rect width="%s" height="%s" fill="#%s"/>`+"\n", px(d.Width), px(d.Height), colours[Paper])
	for i := range d.Shapes {
		d.Shapes[i].svg(&b, colours)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func (m *Mark) svg(b *bytes.Buffer, colours Palette) {
	if m.Kind == Words {
		anchor := [...]string{Centred: "middle", FromLeft: "start", FromRight: "end"}[m.Align]
		weight := ""
		if m.Bold {
			weight = ` font-weight="600"`
		}
		fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%s" text-anchor="%s" fill="#%s"%s>%s</text>`+"\n",
			px(m.Points[0].X), px(m.Points[0].Y), px(m.Size), anchor, colours[m.Ink], weight, escape(m.Text))
		return
	}
	paint := ` fill="none"`
	if m.Paper != None {
		paint = ` fill="#` + colours[m.Paper] + `"`
	}
	if m.Width > 0 {
		paint += ` stroke="#` + colours[m.Ink] + `" stroke-width="` + px(m.Width) + `"`
	}
	if m.Dashed {
		paint += ` stroke-dasharray="5 4"`
	}
	if m.Square {
		paint += ` stroke-linecap="square"`
	}
	if m.Person != "" {
		paint += fmt.Sprintf(` data-person="%s" data-x="%s" data-y="%s" data-size="%s"`, escape(m.Person), px(m.At.X), px(m.At.Y), px(m.Across))
	}
	if m.Couple[0] != "" {
		paint += fmt.Sprintf(` data-couple="%s %s"`, escape(m.Couple[0]), escape(m.Couple[1]))
	}
	if m.Kind == Disc {
		fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="%s"%s/>`+"\n", px(m.Points[0].X), px(m.Points[0].Y), px(m.Radius), paint)
		return
	}
	var path strings.Builder
	for i, p := range m.Points {
		if i == 0 {
			path.WriteByte('M')
		} else {
			path.WriteByte('L')
		}
		path.WriteString(px(p.X) + " " + px(p.Y))
	}
	if m.Closed {
		path.WriteByte('Z')
	}
	fmt.Fprintf(b, `<path d="%s"%s/>`+"\n", path.String(), paint)
}

// px prints a length with at most two decimals.
func px(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape is a text as XML can hold it.
func escape(s string) string { return escaper.Replace(shown(s, unicode.MaxRune)) }
