package consult

import (
	"context"
	"fmt"
	"io"

	"kindred/app/identity"
	"kindred/app/sheet"
	"kindred/app/store"
)

// registerColumns are the headings of the register on paper, with their widths
// in characters.
var registerColumns = []struct {
	heading string
	width   float64
}{
	{"To do", 18},
	{"Since", 13},
	{"Area", 7},
	{"Test code", 10},
	{"Relative", 24},
	{"Chance", 16},
	{"Offered from age", 10},
	{"Family of", 26},
	{"NHS number", 14},
	{"Own consultation", 26},
	{"Own NHS number", 14},
	{"Remark", 40},
}

// Write writes the register as a workbook: the rows in their order, patients by
// name and number. What it holds can be read by anyone who has the file.
func (g *Register) Write(out io.Writer) error {
	w := sheet.NewWorkbook()
	layout := sheet.Layout{FrozenRows: 1, FilterRow: 1, FilterColumns: len(registerColumns), OnePageWide: true}
	var line []sheet.Out
	cell := func(text string, style sheet.Style) {
		o := sheet.Out{Style: style}
		if text != "" {
			o.Kind, o.Text = sheet.Text, text
		}
		line = append(line, o)
	}
	for _, c := range registerColumns {
		layout.Widths = append(layout.Widths, c.width)
		cell(c.heading, sheet.HeaderOurs)
	}
	tab := w.Sheet("Family testing", layout)
	if err := tab.Row(line); err != nil {
		return err
	}
	for i := range g.Rows {
		r := &g.Rows[i]
		line = line[:0]
		cell(r.Step.Word(), chipOf(r.Step))
		cell(identity.FormatDay(r.Since), sheet.Plain)
		cell(r.Short, sheet.Plain)
		cell(r.Code, sheet.Plain)
		cell(r.Who, sheet.Plain)
		cell(r.Odds, sheet.Plain)
		if r.From > 0 {
			cell(fmt.Sprintf("%g", r.From), sheet.Plain)
		} else {
			cell("", sheet.Plain)
		}
		b := r.Of.Banner(r.Since)
		cell(b.Name(), sheet.Plain)
		cell(identity.FormatNHSNumber(r.Of.NHSNumber), sheet.Plain)
		if r.OwnName != nil {
			cell(r.OwnName.Banner(r.Since).Name(), sheet.Plain)
			cell(identity.FormatNHSNumber(r.OwnName.NHSNumber), sheet.Plain)
		} else {
			cell("", sheet.Plain)
			cell("", sheet.Plain)
		}
		cell(r.remark(), sheet.Wrapped)
		if err := tab.Row(line); err != nil {
			return err
		}
	}
	return w.Encode(out)
}

// remark is what else must be known of a row.
func (r *RegisterRow) remark() string {
	switch {
	case r.Unsure:
		return "Two consultations say otherwise: open and settle"
	case r.Open != "":
		return r.Open
	case r.Says != "" && r.Step != Offered && r.Step != Awaited && r.Step != Declined:
		return r.Says
	}
	return ""
}

func chipOf(s Step) sheet.Style {
	switch s {
	case NotOffered:
		return sheet.ChipTest
	case Offered:
		return sheet.ChipAsk
	case Awaited:
		return sheet.ChipRefer
	}
	return sheet.ChipQuiet
}

// RegisterExported notes in the audit trail that the register left the store.
func (s *Service) RegisterExported(ctx context.Context, g *Register) error {
	return s.st.Note(ctx, store.Event{Action: store.ActExported, Detail: fmt.Sprintf("the register of family testing, %d rows", len(g.Rows))})
}
