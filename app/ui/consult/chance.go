package consult

import (
	"cmp"
	"context"
	"slices"
	"strings"

	domain "kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/rules"
	chances "kindred/rules/carrier/model"
)

// Carriers works out chances of carrying a variant; the consult package's Service
// does. They are context beside the advice and never part of it.
type Carriers interface {
	// CarrierLabel is what the button says, "" where there is nothing to work out.
	CarrierLabel(area string, c *rules.Case) string
	// Carrier may take seconds.
	Carrier(ctx context.Context, area string, r *domain.Record) (*chances.Result, error)
}

// chance is the carrier chances of one area as the check page shows them, worked
// out when asked for and folded away again.
type chance struct {
	open, busy, more bool
	seq              int // the change it was worked out from
	result           *chances.Result
	err              error
	cancel           context.CancelFunc
	sources          *kit.Press
}

// pressChance opens the chances of an area and works them out, or folds them.
func (pg *checkPage) pressChance(area string) {
	s, c := pg.s, pg.papersOf(area).chance
	switch {
	case c.open && (c.busy || c.seq == s.m.seq):
		if c.cancel != nil {
			c.cancel()
		}
		c.open, c.busy = false, false
	default:
		c.open, c.busy, c.result, c.err, c.seq = true, true, nil, nil, s.m.seq
		ctx, cancel := context.WithCancel(context.Background())
		c.cancel = cancel
		rec, seq := s.m.snapshot(), s.m.seq
		var result *chances.Result
		var err error
		kit.Background(func() { result, err = s.carriers.Carrier(ctx, area, rec) }, func() {
			cancel()
			if c.seq != seq || !c.open || s.m.closed { // folded or asked again meanwhile
				return
			}
			c.busy, c.result, c.err = false, result, err
			s.form[CheckStep].Refresh()
		})
	}
	s.form[CheckStep].Refresh()
}

// chanceLabel is what the area's button says, "" where it has none.
func (s *Screen) chanceLabel(area string) string {
	if s.carriers == nil {
		return ""
	}
	return s.carriers.CarrierLabel(area, &s.m.rec.Case)
}

// drawChance shows the chances of an area under its advice.
func (pg *checkPage) drawChance(p *kit.Pen, x, y, w float32, area string) float32 {
	c := pg.papersOf(area).chance
	if !c.open || pg.s.chanceLabel(area) == "" {
		return y
	}
	p.HLine(x, y, w)
	y += 10
	if c.busy {
		return y + p.Note(x, y, w, "dot", "Working out the chances. Press the button again to stop.", look.Muted) + 12
	}
	if c.err != nil {
		return y + p.Message(x, y, w, kit.ToneWarn, "warn", "The chances cannot be worked out.", c.err.Error()) + 12
	}
	r := c.result
	p.Text(x, y, 0, r.Title, kit.Body.B(), kit.Left)
	y += 22
	y += p.Para(x, y, w, r.Standing(), kit.Caption) + 6
	if c.seq != pg.s.m.seq {
		y += p.Message(x, y, w, kit.ToneWarn, "warn", "The record changed since.", "Press the button again to work the chances out anew.") + 8
	}
	if text := r.Contradiction(); text != "" {
		return y + p.Message(x, y, w, kit.ToneWarn, "warn", "Entries contradict each other.", text) + 12
	}
	y = pg.drawChanceRows(p, x, y, w, r)
	for _, line := range append(r.Told(), r.Band) {
		y += p.Para(x, y, w, line, kit.Caption) + 2
	}
	for _, line := range r.Limits {
		y += p.Note(x, y+2, w, "info", line, look.Muted) + 4
	}
	if c.sources == nil {
		c.sources = kit.NewLink("Sources", kit.Caption, func() {
			c.more = !c.more
			pg.s.form[CheckStep].Refresh()
		})
		c.sources.Words = "Where the numbers come from and where sources differ"
	}
	p.Put(c.sources, x, y+4, c.sources.Width(), 16)
	y += 26
	if c.more {
		for _, line := range r.Differ {
			y += p.Note(x, y, w, "info", line, look.Muted) + 4
		}
		for _, src := range r.Sources {
			y += p.Para(x, y, w, strings.TrimSuffix(src.Issuer+": "+src.Title+"; "+src.Section, "; ")+".", kit.Caption) + 2
		}
	}
	return y + 10
}

// byGene names the genes that make up the chance, the likeliest first.
func byGene(r *chances.Result, one *chances.Chance) string {
	genes := slices.Clone(r.Genes)
	slices.SortStableFunc(genes, func(a, b string) int { return cmp.Compare(one.ByGene[b].Base, one.ByGene[a].Base) })
	var out []string
	for i, g := range genes {
		if p := one.ByGene[g].Base; i == 0 || p > one.Any.Base/20 {
			out = append(out, g+" "+chances.Percent(p))
		}
	}
	return strings.Join(out, ", ")
}

// drawChanceRows lists everyone related by blood, and anybody for comparison.
func (pg *checkPage) drawChanceRows(p *kit.Pen, x, y, w float32, r *chances.Result) float32 {
	const who, any = 200, 190
	row := func(name, chance, genes string, style kit.Style) {
		p.Text(x, y, who-8, name, style, kit.Left)
		p.Text(x+who, y, any, chance, style, kit.Left)
		p.Text(x+who+any, y, w-who-any, genes, kit.Caption, kit.Left)
		y += 22
	}
	row("", "Any gene (band)", "Likeliest genes", kit.Caption)
	for i := range r.People {
		one := &r.People[i]
		if strings.HasPrefix(one.Who, "Not related") {
			continue
		}
		name := one.Who
		if rel := pg.s.m.person(one.Person); rel != nil && one.Person != pg.s.m.rec.Case.Patient {
			name = pg.s.m.kinName(rel)
		}
		row(name, one.Any.String(), byGene(r, one), kit.Body)
	}
	row("Anybody", r.Population.String(), "", kit.Body.In(look.Muted))
	return y + 6
}
