package model

import (
	"slices"

	"kindred/rules"
	"kindred/rules/truth"
)

// tested is a tumour with results that count.
type tested struct {
	cancer  int
	stains  bool
	normal  bool   // the stains may be those of a tumour that lost nothing
	pattern []bool // by pattern: the stains may be that one
	msi     string // "msi_h", "mss", "" where a stain counts or nothing was done
	braf    string // "v600e", "wild_type", ""
	meth    string // "detected", "not_detected", ""
}

// stain is the state of a protein in a tumour; ok is false for other names.
func stain(t *rules.Tumour, protein string) (state string, ok bool) {
	switch protein {
	case "mlh1":
		return t.MLH1, true
	case "pms2":
		return t.PMS2, true
	case "msh2":
		return t.MSH2, true
	case "msh6":
		return t.MSH6, true
	}
	return "", false
}

var proteins = [...]string{"mlh1", "pms2", "msh2", "msh6"}

// readTumours takes the first tested tumour of each organ: two tumours of one
// person are not two independent tests of their genes.
func (m *Model) readTumours(e *evidence, p *rules.Person, ped *rules.Pedigree, notes *Rests) {
	person := Someone{p.ID, ped.Who(e.index)}
	for k, def := range m.cancers {
		for i := range p.Tumours {
			t := &p.Tumours[i]
			if t.Site != def.Site {
				continue
			}
			one, why := m.readTumour(k, t)
			if why != "" {
				notes.NotUsed = append(notes.NotUsed, Unused{person, "tests of the " + def.Short + " tumour", why})
			}
			if one != nil {
				e.tumours = append(e.tumours, *one)
				notes.Tumours++
				break
			}
		}
	}
}

// readTumour takes the results of one tumour; why says what does not count.
func (m *Model) readTumour(k int, t *rules.Tumour) (out *tested, why string) {
	c := &m.f.Cancers[k]
	one := tested{cancer: k}
	if c.Stains != nil {
		why = m.readStains(&one, t)
	}
	if !one.stains && why == "" && c.MSI != nil && (t.MSI == "msi_h" || t.MSI == "mss") {
		one.msi = t.MSI
	}
	if !one.stains && one.msi == "" {
		if why == "" && (t.MSI == "msi_h" || t.MSI == "mss" || anyStain(t)) {
			why = "no accuracy is on file for this organ"
		}
		return nil, why
	}
	if c.BRAF != nil {
		switch t.BRAF {
		case "v600e":
			one.braf = "v600e"
		case "wild_type", "other":
			one.braf = "wild_type"
		}
	}
	if c.Methylation != nil && (t.Methylation == "detected" || t.Methylation == "not_detected") {
		one.meth = t.Methylation
	}
	if one.braf == "v600e" { // methylation and V600E are one event: the first result counts
		one.meth = ""
	} else if one.meth != "" {
		one.braf = ""
	}
	return &one, ""
}

func anyStain(t *rules.Tumour) bool {
	return slices.ContainsFunc(proteins[:], func(protein string) bool {
		s, _ := stain(t, protein)
		return s == "intact" || s == "lost"
	})
}

// readStains finds which patterns the stains may be; other states than intact
// and lost leave a protein open.
func (m *Model) readStains(one *tested, t *rules.Tumour) (why string) {
	if !anyStain(t) {
		return ""
	}
	may := func(lost, mayBeLost []string) bool {
		for _, protein := range proteins {
			switch s, _ := stain(t, protein); {
			case s == "lost" && !slices.Contains(lost, protein) && !slices.Contains(mayBeLost, protein):
				return false
			case s == "intact" && slices.Contains(lost, protein):
				return false
			}
		}
		return true
	}
	one.normal = may(nil, nil)
	found, sound := one.normal, one.normal
	for _, p := range m.f.Patterns.Rows {
		ok := may(p.Lost, p.MayBeLost)
		one.pattern = append(one.pattern, ok)
		found = found || ok
		sound = sound || ok && !p.Doubtful
	}
	switch {
	case !found:
		return "the stains fit no single gene"
	case !sound && t.Neoadjuvant == truth.Yes:
		return "this loss is doubtful after treatment before the operation"
	}
	one.stains = true
	return ""
}

// tumourChance is P(tumour results | genes). A carrier's tumour comes from the
// variant with a chance set so that the sensitivity comes out as published, and
// else is as anybody's.
func (m *Model) tumourChance(k *compiled, t *tested, set int) float64 {
	c := &m.f.Cancers[t.cancer]
	worse, better := k.s.tests, -k.s.tests
	test := c.Stains
	if !t.stains {
		test = c.MSI
	}
	sens, spec := test.Sensitivity.at(worse), test.Specificity.at(worse)
	others := m.othersChance(c, t, spec, worse, better)
	n, sum := 0, 0.0
	due := max(0, (sens-(1-spec))/spec)
	for g := range m.f.Genes {
		if set>>g&1 != 0 {
			n++
			sum += due*m.dueChance(c, t, g, better) + (1-due)*others
		}
	}
	if n == 0 {
		return others
	}
	return sum / float64(n)
}

// othersChance is P(results) of the tumour of somebody without a variant.
func (m *Model) othersChance(c *cancer, t *tested, spec float64, worse, better level) float64 {
	if !t.stains {
		if t.msi == "mss" {
			return spec
		}
		return (1 - spec) * t.molecular(c, false, worse, better)
	}
	out := 0.0
	if t.normal {
		out = spec
	}
	for i, p := range m.f.Patterns.Rows {
		if t.pattern[i] {
			one := (1 - spec) * p.Others
			if p.Molecular {
				one *= t.molecular(c, false, worse, better)
			}
			out += one
		}
	}
	return out
}

// dueChance is P(results) of a tumour that comes from a variant in a gene.
func (m *Model) dueChance(c *cancer, t *tested, gene int, better level) float64 {
	if !t.stains {
		if t.msi == "mss" {
			return 0
		}
		return t.molecular(c, true, -better, better)
	}
	for i, p := range m.f.Patterns.Rows {
		if p.Gene == m.f.Genes[gene].Name && t.pattern[i] {
			if p.Molecular {
				return t.molecular(c, true, -better, better)
			}
			return 1
		}
	}
	return 0
}

// molecular is P(BRAF or methylation result) of a deficient tumour. Where tests
// are taken at their worst, carriers have the finding more often and others less.
func (t *tested) molecular(c *cancer, carrier bool, worse, better level) float64 {
	chance := func(def *molecular, found bool) float64 {
		v := def.Others.at(worse)
		if !t.stains && def.OthersByMSI != nil {
			v = def.OthersByMSI.at(worse)
		}
		if carrier {
			v = def.Carriers.at(better)
		}
		if !found {
			v = 1 - v
		}
		return v
	}
	switch {
	case t.meth != "":
		return chance(c.Methylation, t.meth == "detected")
	case t.braf != "":
		return chance(c.BRAF, t.braf == "v600e")
	}
	return 1
}

// geneTest is a gene test of a person.
type geneTest struct {
	positive bool
	gene     int  // that was tested or found; -1 when not known
	known    bool // for a variant known in the family
}

// readGermline takes somebody's gene test. A test is for the family's variant
// when a relative's was found; before that was known when its date is earlier.
func (m *Model) readGermline(e *evidence, c *rules.Case, ped *rules.Pedigree, notes *Rests) {
	g := &m.f.Germline
	p := &c.People[e.index]
	answer := p.Facts[g.Result]
	family := -1
	foundOn, found := rules.Date(""), false
	for i := range c.People {
		o := &c.People[i]
		if gene := m.gene(o.Facts[g.Gene].Choice); gene >= 0 {
			family = gene
		}
		if i != e.index && o.Facts[g.Result].Choice == "positive" {
			found = true
			if when := o.Facts[g.Result].When; foundOn == "" || when != "" && when < foundOn {
				foundOn = when
			}
		}
		found = found || o.Facts[g.Known].Bool == truth.Yes && i != e.index
	}
	known := c.People[e.index].Facts[g.Known].Bool == truth.Yes || found
	if answer.When != "" && foundOn != "" && answer.When < foundOn {
		known = false
	}
	switch answer.Choice {
	case "positive":
		e.germline = &geneTest{positive: true, gene: family}
		notes.Tested++
	case "negative":
		e.germline = &geneTest{gene: family, known: known}
		notes.Tested++
	case "vus":
		notes.NotUsed = append(notes.NotUsed, Unused{Someone{p.ID, ped.Who(e.index)}, "gene test", "a variant of uncertain significance says nothing here"})
	}
}

// germlineChance is P(gene test | genes). A variant that was found and graded is
// there: grading it has weighed what speaks against it.
func (m *Model) germlineChance(k *compiled, t *geneTest, set int) float64 {
	g := &m.f.Germline
	missed := 1.0 // P(nothing found)
	for i, gene := range m.f.Genes {
		if set>>i&1 == 0 || t.gene >= 0 && (t.known || t.positive) && i != t.gene {
			continue
		}
		v := g.Sensitivity[gene.Name]
		miss := 1 - v.at(k.s.tests)
		if t.known { // a test for one variant misses only those who carry another
			miss = 2 * k.freq[i]
		}
		missed *= miss
	}
	if t.positive {
		return 1 - missed
	}
	return missed
}
