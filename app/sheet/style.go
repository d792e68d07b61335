package sheet

import (
	"fmt"
	"strings"
)

// Style is how a written cell looks. The set is fixed: a results workbook needs
// no more, and a fixed style sheet is the same bytes every time.
type Style uint8

// The styles. The chips are the colours of the outcomes on screen.
const (
	Plain Style = iota
	Wrapped
	Header
	HeaderOurs // heading of a column that was added
	Title
	Muted
	DateStyle
	DateTimeStyle
	TimeStyle
	CountStyle
	NHSStyle // ten digits as 3-3-4, to the left like text
	ChipTest
	ChipUrgent
	ChipAsk
	ChipRefer
	ChipQuiet
	ChipReject
	nStyles
)

// look is what one style is made of: font and fill are indices of the lists in
// styleSheet.
type look struct {
	font, fill, border, format int
	wrap, left                 bool
}

var looks = [nStyles]look{
	Plain:         {},
	Wrapped:       {wrap: true},
	Header:        {font: 1, fill: 2, border: 1, wrap: true},
	HeaderOurs:    {font: 2, fill: 3, border: 1, wrap: true},
	Title:         {font: 3},
	Muted:         {font: 4, wrap: true},
	DateStyle:     {format: 164},
	DateTimeStyle: {format: 165},
	TimeStyle:     {format: 166},
	CountStyle:    {format: 3},
	NHSStyle:      {format: 167, left: true},
	ChipTest:      {font: 5, fill: 4},
	ChipUrgent:    {font: 2, fill: 5},
	ChipAsk:       {font: 6, fill: 6},
	ChipRefer:     {font: 7, fill: 7},
	ChipQuiet:     {font: 8, fill: 8},
	ChipReject:    {font: 9, fill: 9},
}

// styleSheet writes xl/styles.xml. Every style stands twice: as it is, and with
// quotePrefix for text that would otherwise become a formula when it is edited.
func styleSheet() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<numFmts count="4"><numFmt numFmtId="164" formatCode="dd\-mmm\-yyyy"/><numFmt numFmtId="165" formatCode="dd\-mmm\-yyyy\ hh:mm"/><numFmt numFmtId="166" formatCode="[hh]:mm:ss"/><numFmt numFmtId="167" formatCode="000\ 000\ 0000"/></numFmts>`)
	fonts := []string{
		font(11, "FF212B32", false), font(11, "FF212B32", true), font(11, "FFFFFFFF", true), font(16, "FF0B4F5C", true), font(11, "FF4C6272", false),
		font(11, "FF0B5E36", true), font(11, "FF5B2A77", true), font(11, "FF0B4F5C", true), font(11, "FF4C6272", false), font(11, "FF7A4B00", true),
	}
	list(&b, "fonts", fonts)
	list(&b, "fills", []string{
		`<fill><patternFill patternType="none"/></fill>`, `<fill><patternFill patternType="gray125"/></fill>`,
		fill("FFE8E6DF"), fill("FF0B4F5C"), fill("FFDFF1E6"), fill("FFA31D1D"), fill("FFF0E6F6"), fill("FFDEEBED"), fill("FFF3F2EE"), fill("FFFCEBCB"),
	})
	list(&b, "borders", []string{
		`<border><left/><right/><top/><bottom/><diagonal/></border>`,
		`<border><left/><right/><top/><bottom style="thin"><color rgb="FF768692"/></bottom><diagonal/></border>`,
	})
	b.WriteString(`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1"><alignment vertical="top"/></xf></cellStyleXfs>`)
	var xfs []string
	for _, quote := range []string{"", ` quotePrefix="1"`} {
		for _, l := range looks {
			wrap := ""
			if l.wrap {
				wrap = ` wrapText="1"`
			}
			if l.left {
				wrap += ` horizontal="left"`
			}
			xfs = append(xfs, fmt.Sprintf(`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"%s><alignment vertical="top"%s/></xf>`,
				l.format, l.font, l.fill, l.border, quote, wrap))
		}
	}
	list(&b, "cellXfs", xfs)
	b.WriteString(`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	return b.String()
}

func list(b *strings.Builder, name string, items []string) {
	fmt.Fprintf(b, `<%s count="%d">%s</%s>`, name, len(items), strings.Join(items, ""), name)
}

func font(size int, colour string, bold bool) string {
	weight := ""
	if bold {
		weight = "<b/>"
	}
	return fmt.Sprintf(`<font>%s<sz val="%d"/><color rgb="%s"/><name val="Calibri"/><family val="2"/></font>`, weight, size, colour)
}

func fill(colour string) string {
	return `<fill><patternFill patternType="solid"><fgColor rgb="` + colour + `"/><bgColor indexed="64"/></patternFill></fill>`
}
