package cliniclist

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"kindred/app/sheet"
	"kindred/rules"
)

// added are the columns that every area adds, after the area's short title.
var added = [...]string{"advice", "code", "reason", "ask next"}

// notesHeading heads the last column: what was noticed about the row itself.
const notesHeading = "Row notes"

// headings of the added columns, area by area.
func (r *Results) addedHeadings() []string {
	var out []string
	for _, a := range r.areas {
		for _, what := range added {
			out = append(out, shortTitle(&a)+" "+what)
		}
	}
	return append(out, notesHeading)
}

func shortTitle(a *rules.AreaInfo) string {
	if a.Short != "" {
		return a.Short
	}
	return a.Title
}

// carried are the indices of the columns that go into the results as they came:
// all of them, but for the advice columns of an earlier results file, which
// would stand beside the new ones.
func (r *Results) carried() []int {
	ours := map[string]bool{}
	for _, h := range r.addedHeadings() {
		ours[h] = true
	}
	var out []int
	for i, c := range r.list.Mapping.Columns {
		if !ours[c.Heading] {
			out = append(out, i)
		}
	}
	return out
}

// Replaced counts the advice columns of an earlier results file, whose place
// the new ones take.
func (r *Results) Replaced() int { return len(r.list.Mapping.Columns) - len(r.carried()) }

// adviceCells appends the added columns of row i.
func (r *Results) adviceCells(dst []sheet.Cell, i int) []sheet.Cell {
	text := func(s string) sheet.Cell {
		if s == "" {
			return sheet.Cell{}
		}
		return sheet.Cell{Kind: sheet.Text, Text: s}
	}
	advice := r.Advice(i)
	for k := range r.areas {
		if advice == nil {
			dst = append(dst, text(string(Rejected)), sheet.Cell{}, text(r.Rejected(i)), sheet.Cell{})
			continue
		}
		a := &advice[k]
		reason := a.Reason
		if a.Urgent {
			reason = "Urgent: " + reason
		}
		dst = append(dst, text(string(a.Outcome)), text(a.Code), text(reason), text(a.Ask))
	}
	return append(dst, text(r.rows[i].note))
}

// SaveCSV writes the results as a CSV file, rejected rows among them. It is
// written in the manner of the list it came from: same separator, encoding mark
// where there was one.
func (r *Results) SaveCSV(path string) error {
	return sheet.WriteFile(path, func(out io.Writer) error {
		mark := r.list.Marked || !r.list.IsCSV && r.hasAccents()
		w := sheet.NewCSVWriter(out, r.list.Comma, mark)
		carried := r.carried()
		var line, cells []sheet.Cell
		for _, c := range carried {
			line = append(line, sheet.Cell{Kind: sheet.Text, Text: r.list.Mapping.Columns[c].Heading})
		}
		for _, h := range r.addedHeadings() {
			line = append(line, sheet.Cell{Kind: sheet.Text, Text: h})
		}
		if err := w.Row(line); err != nil {
			return err
		}
		for i := range r.rows {
			cells = r.list.rows.row(i, cells)
			line = line[:0]
			for _, c := range carried {
				if c < len(cells) {
					line = append(line, cells[c])
				} else {
					line = append(line, sheet.Cell{})
				}
			}
			if err := w.Row(r.adviceCells(line, i)); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

// hasAccents reports whether anything to be written has letters outside ASCII,
// which Excel misreads in a CSV file without a mark.
func (r *Results) hasAccents() bool {
	if r.list.rows.accents {
		return true
	}
	for i := range r.rows {
		if !isASCII(r.rows[i].why) || !isASCII(r.rows[i].note) {
			return true
		}
	}
	for i := range r.advice {
		if !isASCII(r.advice[i].Reason) || !isASCII(r.advice[i].Ask) {
			return true
		}
	}
	return false
}

// SaveWorkbook writes the results as a workbook: the rows with their advice,
// the rejected rows with why, and a summary.
func (r *Results) SaveWorkbook(path string) error {
	w := sheet.NewWorkbook()
	counted := make(chan summary, 1)
	go func() { counted <- r.summarise() }() // beside the writing of the rows
	if err := r.writeRows(w); err != nil {
		return err
	}
	if err := writeSummary(w, <-counted); err != nil {
		return err
	}
	return w.Save(path)
}

// writeRows fills the sheets Results and Rejected in one walk through the list.
func (r *Results) writeRows(w *sheet.Workbook) error {
	carried := r.carried()
	ours := r.addedHeadings()
	widths := r.widths(carried)
	frozen := r.frozenColumns(carried, widths)
	results := w.Sheet("Results", sheet.Layout{
		Widths: append(append([]float64(nil), widths...), r.ourWidths()...), FrozenRows: 1, FrozenColumns: frozen,
		FirstColumn: len(carried), FilterRow: 1, FilterColumns: len(carried) + len(ours), OnePageWide: true,
	})
	rejected := w.Sheet("Rejected", sheet.Layout{
		Widths: append([]float64{8, 70}, widths...), FrozenRows: 1, FrozenColumns: 2,
		FilterRow: 1, FilterColumns: len(carried) + 2,
	})
	head := func(texts []string, style sheet.Style) (out []sheet.Out) {
		for _, t := range texts {
			out = append(out, sheet.Out{Cell: sheet.Cell{Kind: sheet.Text, Text: t}, Style: style})
		}
		return out
	}
	var theirs []string
	for _, c := range carried {
		theirs = append(theirs, r.list.Mapping.Columns[c].Heading)
	}
	if err := results.Row(append(head(theirs, sheet.Header), head(ours, sheet.HeaderOurs)...)); err != nil {
		return err
	}
	if err := rejected.Row(append(head([]string{"Row", "Why it was rejected"}, sheet.HeaderOurs), head(theirs, sheet.Header)...)); err != nil {
		return err
	}
	var (
		cells, extra []sheet.Cell
		line         []sheet.Out
	)
	for i := range r.rows {
		cells = r.list.rows.row(i, cells)
		line = line[:0]
		out := results
		if why := r.Rejected(i); why != "" {
			out = rejected
			line = append(line,
				sheet.Out{Cell: sheet.Cell{Kind: sheet.Number, Num: float64(r.list.RowNumber(i))}},
				sheet.Out{Cell: sheet.Cell{Kind: sheet.Text, Text: why}, Style: sheet.Wrapped})
		}
		for _, c := range carried {
			var cell sheet.Cell
			if c < len(cells) {
				cell = cells[c]
			}
			if r.list.IsCSV {
				cell = typed(cell)
			}
			style := sheet.Plain
			if cell.Kind == sheet.Number && r.list.Mapping.Columns[c].Use == NHSNumberUse {
				style = sheet.NHSStyle
			}
			line = append(line, sheet.Out{Cell: cell, Style: style})
		}
		if out == results {
			extra = r.adviceCells(extra[:0], i)
			line = r.styled(line, extra, i)
		}
		if err := out.Row(line); err != nil {
			return err
		}
	}
	return nil
}

// styled gives the added cells their looks.
func (r *Results) styled(line []sheet.Out, extra []sheet.Cell, i int) []sheet.Out {
	advice := r.Advice(i)
	for k := range extra {
		style := sheet.Wrapped
		if k%len(added) == 0 && k/len(added) < len(advice) {
			style = chip(&advice[k/len(added)])
		}
		if extra[k].Kind == sheet.Empty {
			style = sheet.Plain
		}
		line = append(line, sheet.Out{Cell: extra[k], Style: style})
	}
	return line
}

// chip is the look of an outcome.
func chip(a *AreaResult) sheet.Style {
	switch {
	case a.Urgent:
		return sheet.ChipUrgent
	case a.Outcome == rules.Test, a.Outcome == rules.Cascade:
		return sheet.ChipTest
	case a.Outcome == rules.Refer, a.Outcome == rules.TestTumour:
		return sheet.ChipRefer
	case a.Outcome == rules.MoreInformation:
		return sheet.ChipAsk
	}
	return sheet.ChipQuiet
}

// typed turns a CSV field that is a plain number into a number, so that it
// sorts; a leading zero or a long run of digits is an identifier and stays text.
func typed(c sheet.Cell) sheet.Cell {
	t := c.Text
	if c.Kind != sheet.Text || t == "" || len(t) > 15 {
		return c
	}
	d := strings.TrimPrefix(t, "-")
	if d == "" || d[0] < '0' || d[0] > '9' || len(d) > 1 && d[0] == '0' && d[1] != '.' || strings.ContainsAny(d, "eE+") {
		return c
	}
	if v, ok := sheet.ParseNumber(t); ok {
		return sheet.Cell{Kind: sheet.Number, Num: v}
	}
	return c
}

// widths fits each carried column to what stands in its heading and first rows.
func (r *Results) widths(carried []int) []float64 {
	out := make([]float64, len(carried))
	var cells []sheet.Cell
	for i := 0; i < min(len(r.rows), 300); i++ {
		cells = r.list.rows.row(i, cells)
		for k, c := range carried {
			if c < len(cells) {
				out[k] = max(out[k], float64(utf8.RuneCountInString(cells[c].String())))
			}
		}
	}
	for k, c := range carried {
		for _, word := range strings.Fields(r.list.Mapping.Columns[c].Heading) {
			out[k] = max(out[k], float64(utf8.RuneCountInString(word)))
		}
		out[k] = math.Min(math.Max(out[k]+3, 9), 42)
	}
	return out
}

func (r *Results) ourWidths() []float64 {
	var out []float64
	for range r.areas {
		out = append(out, 18, 10, 56, 56)
	}
	return append(out, 56)
}

// frozenColumns keeps who the patient is in sight: the first columns up to the
// last that names the patient, unless they would fill the window.
func (r *Results) frozenColumns(carried []int, widths []float64) int {
	last, total := -1, 0.0
	for k, c := range carried {
		total += widths[k]
		if total > 75 {
			break
		}
		switch r.list.Mapping.Columns[c].Use {
		case NHSNumberUse, FamilyName, GivenName, FullName, BornUse, LocalID:
			last = k
		}
	}
	return last + 1
}

// summarise makes the rows of the sheet Summary.
func (r *Results) summarise() summary {
	s := summary{r: r}
	s.title("Clinic list: " + r.list.File)
	if r.list.Sheet != "" {
		s.line("Sheet", r.list.Sheet)
	}
	s.line("Assessed as of", r.day.Format("02-Jan-2006"))
	for _, a := range r.areas {
		s.line("Rules: "+shortTitle(&a), fmt.Sprintf("%s, edition %s (%s)", a.Title, a.Edition, standing(&a)))
	}
	s.line("", "Kindred supports a decision; it does not make one. A list finds people to look at and never clears anybody.")
	s.counts()
	return s
}

// writeSummary fills the sheet Summary.
func writeSummary(w *sheet.Workbook, s summary) error {
	out := w.Sheet("Summary", sheet.Layout{Widths: []float64{58, 14, 60}, Bars: s.bars, OnePageWide: true})
	for _, row := range s.rows {
		if err := out.Row(row); err != nil {
			return err
		}
	}
	return nil
}

func standing(a *rules.AreaInfo) string {
	if a.Status == "signed_off" {
		return "signed off by " + a.SignedOffBy
	}
	return "transcribed from the sources, awaits clinical sign-off"
}
