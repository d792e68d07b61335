package cliniclist

import (
	"fmt"
	"strings"

	"kindred/app/sheet"
)

// header is the row of headings that was found, with what stands above it.
type header struct {
	sheet  int
	number int
	cells  []sheet.Cell
	above  []sheet.Cell // the row before, which may name blocks of columns
	score  int
	facts  int
	sample string // headings for the message when nothing is recognised
}

// bannerRows is how far down the headings are looked for: exports put the
// practice, the search's name and the day above them.
const bannerRows = 60

// chooseSheet finds the sheet and row of headings with most recognised columns.
func (l *List) chooseSheet(b *sheet.Book) (*header, error) {
	var best *header
	var also []string
	sample := ""
	for i, info := range b.Sheets() {
		if l.opt.Sheet != "" && !strings.EqualFold(l.opt.Sheet, info.Name) {
			continue
		}
		h, err := l.findHeader(b, i)
		if err != nil {
			return nil, err
		}
		if h.score == 0 {
			if sample == "" {
				sample = h.sample
			}
			continue
		}
		switch {
		case best == nil, h.score > best.score && (!info.Hidden || b.Sheets()[best.sheet].Hidden), b.Sheets()[best.sheet].Hidden && !info.Hidden:
			if best != nil {
				also = append(also, b.Sheets()[best.sheet].Name)
			}
			best = h
		default:
			also = append(also, info.Name)
		}
	}
	if best == nil {
		return nil, l.noHeader(b, sample)
	}
	l.Sheet = b.Sheets()[best.sheet].Name
	if best.facts == 0 {
		return nil, l.problem(fmt.Errorf("%w as a result: it has who the patients are, but no column such as LDL cholesterol, Total cholesterol or Statin; name one with --map or on the columns page", ErrNoColumn))
	}
	if len(also) > 0 {
		l.Notes = append(l.Notes, fmt.Sprintf("sheet %q was read; %s may hold a list too", l.Sheet, quotedList(also)))
	}
	if b.Sheets()[best.sheet].Hidden {
		l.Notes = append(l.Notes, fmt.Sprintf("sheet %q is hidden in the workbook", l.Sheet))
	}
	return best, nil
}

func (l *List) noHeader(b *sheet.Book, sample string) error {
	if l.opt.Sheet != "" {
		var names []string
		found := false
		for _, s := range b.Sheets() {
			names = append(names, s.Name)
			found = found || strings.EqualFold(s.Name, l.opt.Sheet)
		}
		if b.IsCSV() {
			return l.problem(fmt.Errorf("is a CSV file, which has no sheets; leave out the sheet %q", l.opt.Sheet))
		}
		if !found {
			return l.problem(fmt.Errorf("%w as %q; it has %s", ErrNoSheet, l.opt.Sheet, quotedList(names)))
		}
		l.Sheet = l.opt.Sheet
	}
	if sample == "" {
		return l.problem(sheet.ErrEmpty)
	}
	return l.problem(fmt.Errorf("%w; headings such as NHS number, Date of birth, LDL cholesterol, Total cholesterol or Statin are looked for in the first %d rows, and the first row reads: %s", ErrNoColumn, bannerRows, sample))
}

// findHeader scores the first rows of one sheet.
func (l *List) findHeader(b *sheet.Book, i int) (*header, error) {
	rows, err := b.Rows(i)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	best := &header{sheet: i}
	var above []sheet.Cell
	aboveNumber := 0
	for n := 0; n < bannerRows && rows.Next(); n++ {
		r := rows.Row()
		score, facts := l.score(r.Cells)
		if best.sample == "" {
			best.sample = sampleOf(r.Cells)
		}
		if score > best.score {
			best.score, best.facts, best.number = score, facts, r.Number
			best.cells = append([]sheet.Cell(nil), r.Cells...)
			best.above = nil
			if aboveNumber == r.Number-1 {
				best.above = above
			}
		}
		above, aboveNumber = append([]sheet.Cell(nil), r.Cells...), r.Number
	}
	return best, rows.Err()
}

// score is how much a row looks like headings: two for every heading that is
// recognised, one for a word of a result block, nothing where a cell is no text.
func (l *List) score(cells []sheet.Cell) (score, facts int) {
	inBlock := false
	for i := range cells {
		if cells[i].Kind != sheet.Text {
			continue
		}
		found, _ := l.vocab.understand(cells[i].Text)
		if found == nil {
			if _, mapped := l.mapped(cells[i].Text); mapped {
				score += 3
				facts++
			}
			continue
		}
		switch found[0].use {
		case TermUse, ValueUse, UnitUse, DateUse:
			score++
			if found[0].use == ValueUse && inBlock {
				facts++
			}
			inBlock = inBlock || found[0].use == TermUse
		case FactUse:
			score += 2
			if f := found[0].fact; f != "patient.age" && f != "patient.sex" {
				facts++
			}
		case ConditionUse, RelativeUse:
			score += 2
			facts++
		default:
			score += 2
		}
	}
	return score, facts
}

// mapped looks a heading up in what the caller mapped by hand.
func (l *List) mapped(heading string) (string, bool) {
	for h, to := range l.opt.Map {
		if words(h) == words(heading) {
			return to, true
		}
	}
	return "", false
}

func sampleOf(cells []sheet.Cell) string {
	var out []string
	for i := range cells {
		if s := cells[i].String(); s != "" {
			if r := []rune(s); len(r) > 30 {
				s = string(r[:29]) + "…"
			}
			out = append(out, s)
		}
		if len(out) == 6 {
			out = append(out, "…")
			break
		}
	}
	return strings.Join(out, " | ")
}

func quotedList(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(out, ", ")
}
