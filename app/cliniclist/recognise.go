package cliniclist

import (
	"fmt"
	"strings"

	"kindred/app/sheet"
)

// recognise gives every column its use, from its heading, from the heading above
// it and from its neighbours to the left.
func (l *List) recognise(h *header) []Column {
	l.headings = h.cells
	width := len(h.cells)
	columns := make([]Column, width)
	anchor := -1 // the column that a following Value, Unit or Date belongs to
	banner := ""
	for i := range columns {
		c := &columns[i]
		*c = Column{Index: i, Anchor: -1}
		if h.cells[i].Kind != sheet.Empty {
			c.Heading = strings.TrimSpace(h.cells[i].String())
		}
		if i < len(h.above) && h.above[i].Kind == sheet.Text {
			banner = h.above[i].Text
		}
		if c.Heading == "" {
			continue
		}
		c.meanings, c.Unit = l.vocab.understand(c.Heading)
		if len(c.meanings) == 0 {
			if w := words(c.Heading); strings.HasPrefix(w, "family history") || strings.HasPrefix(w, "fh ") && !looksOurs(w) {
				c.Note = "may say that somebody in the family was affected, but not who and at what age: not used, so ask"
			}
			continue
		}
		m := c.meanings[0]
		c.Use, c.Fact, c.Relation, c.AgeGiven = m.use, m.fact, m.relation, m.age
		c.Rank, c.untreated = rank(c.Heading)
		anchor = l.place(columns, i, anchor, banner)
	}
	return columns
}

// looksOurs knows the headings of an earlier results file: "FH ask next".
func looksOurs(w string) bool {
	for _, a := range added {
		if strings.HasSuffix(w, " "+a) {
			return true
		}
	}
	return false
}

// place settles the columns of a block; it gives the anchor for what follows.
func (l *List) place(columns []Column, i, anchor int, banner string) int {
	c := &columns[i]
	switch c.Use {
	case TermUse:
		l.fromBanner(c, banner)
		return i
	case FactUse, ConditionUse:
		return i
	case ValueUse:
		if anchor >= 0 && (columns[anchor].Use == TermUse || columns[anchor].Use == FactUse) {
			if columns[anchor].Use == FactUse { // "LDL" heads the term, the value follows
				columns[anchor].Use = TermUse
			}
			c.Anchor = anchor
			return anchor
		}
		if l.fromBanner(c, banner); c.Fact != "" { // a value alone under a heading of two rows
			c.Use = FactUse
			c.Anchor = -1
			return i
		}
		c.Use = Unused
	case UnitUse, DateUse:
		if c.Fact != "" { // "LDL date": belongs to that fact's column, wherever it is
			for j := range columns {
				if columns[j].Fact == c.Fact && (columns[j].Use == FactUse || columns[j].Use == TermUse) {
					c.Anchor = j
				}
			}
			if c.Anchor < 0 { // the fact's column may still come
				c.Note = laterAnchor
			}
			return anchor
		}
		if anchor >= 0 {
			c.Anchor = anchor
			return anchor
		}
		c.Use = Unused
	}
	return anchor
}

// laterAnchor marks a date or unit column until all columns are known.
const laterAnchor = "\x00"

// fromBanner gives a block the fact that the heading above it names.
func (l *List) fromBanner(c *Column, banner string) {
	if banner == "" {
		return
	}
	found, unit := l.vocab.understand(banner)
	if len(found) == 0 || found[0].use != FactUse {
		return
	}
	c.Fact = found[0].fact
	c.Rank, c.untreated = rank(banner)
	if c.Unit == "" {
		c.Unit = unit
	}
}

// applyMap puts what the caller mapped by hand over what was recognised.
func (l *List) applyMap() error {
	columns := l.Mapping.Columns
	for i := range columns {
		if c := &columns[i]; c.Note == laterAnchor {
			c.Note = ""
			for j := range columns {
				if columns[j].Fact == c.Fact && columns[j].Use == FactUse {
					c.Anchor = j
				}
			}
			if c.Anchor < 0 {
				c.Use, c.Fact = Unused, ""
			}
		}
	}
	for heading, to := range l.opt.Map {
		hit := false
		for i := range columns {
			if words(columns[i].Heading) == words(heading) && columns[i].Heading != "" {
				hit = true
				if err := l.mapColumn(&columns[i], to); err != nil {
					return err
				}
			}
		}
		if !hit {
			return l.problem(fmt.Errorf("has no column headed %q; its headings are: %s", heading, strings.Join(l.Headings(), ", ")))
		}
	}
	return nil
}

// mapColumn reads one "fact.id", "fact.id:unit", use or "ignore".
func (l *List) mapColumn(c *Column, to string) error {
	fact, unit, _ := strings.Cut(to, ":")
	fact = strings.TrimSpace(fact)
	c.Doubtful, c.Note, c.Relation = false, "", ""
	if f := l.vocab.dict.Fact(fact); f != nil {
		if unit = strings.TrimSpace(unit); unit != "" {
			if !acceptsUnit(f, unit) {
				return fmt.Errorf("%s cannot be given in %q; known units: %s", f.Label, unit, strings.Join(unitsOf(f), ", "))
			}
			c.Unit = unit
		}
		c.Use, c.Fact, c.Rank, c.meanings = FactUse, f.ID, 4, nil
		return nil
	}
	if d := l.vocab.dict.Condition(fact); d != nil {
		c.Use, c.Fact, c.meanings = ConditionUse, d.ID, nil
		return nil
	}
	switch words(to) {
	case "", "ignore", "unused", "none", "skip":
		c.Use, c.Fact, c.meanings = Unused, "", nil
		return nil
	}
	for use := range identityHeadings {
		if words(to) == words(string(use)) {
			c.Use, c.Fact, c.meanings = use, "", nil
			return nil
		}
	}
	return fmt.Errorf("the column %q cannot be %q: that is no fact, condition or use; %s", c.Heading, to, l.suggest(fact))
}

// suggest names the fact ids that come nearest.
func (l *List) suggest(id string) string {
	var near []string
	for _, f := range l.vocab.dict.Facts() {
		if len(f.Headings) > 0 && (strings.Contains(f.ID, id) || strings.Contains(id, f.ID) || strings.Contains(f.ID, strings.TrimLeft(id[strings.LastIndexByte(id, '.')+1:], " "))) {
			near = append(near, f.ID)
		}
	}
	if len(near) == 0 || len(near) > 6 {
		return "facts are named as in the rulebook: lipid.ldl, lipid.tc, sign.tendon_xanthoma"
	}
	return "did you mean " + strings.Join(near, ", ") + "?"
}
