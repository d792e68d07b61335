package model

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"sync"

	"github.com/goccy/go-yaml"

	"kindred/rules"
	"kindred/rules/risk"
)

// Model is an area's carrier model, read and checked. It is safe for use by
// many goroutines.
type Model struct {
	Area string

	f       file
	dict    *rules.Dictionary
	cancers []*rules.ConditionDef // as file.Cancers
	others  []otherCancer
	rates   map[rateKey][]ageBand
	risks   map[riskKey]cumulative
	shapes  map[shapeKey]shape

	mu   sync.Mutex
	made map[setting]*compiled
}

// otherCancer is a cancer that counts by a ratio.
type otherCancer struct {
	def   *rules.ConditionDef
	group int // of file.Ratios
}

type rateKey struct{ condition, sex string }

// ageBand is new cancers and years lived from one birthday on.
type ageBand struct {
	from  int
	cases value // with the 95% interval of the count
	years float64
}

type riskKey struct{ gene, condition, sex string }

// cumulative is the risk of carriers up to an age; excess is false where none
// was shown.
type cumulative struct {
	to     int
	risk   value // 0 to 1
	excess bool
	source string
}

type shapeKey struct{ gene, condition string }

type shape struct {
	centre, scale, slope, curve float64
	source                      string
}

// Load reads the carrier model of an area folder of fsys; nil without an error
// where the folder has none. The error names the file and what is wrong in it.
func Load(fsys fs.FS, area string, dict *rules.Dictionary) (*Model, error) {
	name := area + "/carrier.yaml"
	data, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", name, err)
	}
	m := &Model{Area: area, dict: dict, made: map[setting]*compiled{}}
	if err := yaml.UnmarshalWithOptions(data, &m.f, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, table := range []struct {
		name string
		take func(*row) error
	}{{"baseline", m.takeRate}, {"risks", m.takeRisk}, {"shapes", m.takeShape}} {
		if err := readTable(fsys, area+"/carrier/"+table.name+".csv", table.take); err != nil {
			return nil, err
		}
	}
	return m, m.complete()
}

// Title is what the model is called.
func (m *Model) Title() string { return m.f.Title }

// Short is what a button says.
func (m *Model) Short() string { return m.f.Short }

// check looks at what carrier.yaml alone can be wrong about.
func (m *Model) check() error {
	f := &m.f
	if f.Title == "" || f.Short == "" || f.Oldest < 1 || len(f.Genes) == 0 || len(f.Cancers) == 0 || len(f.Limits) == 0 {
		return errors.New("title, short, oldest, genes, cancers and limits are needed")
	}
	if f.Status != "transcribed" && f.Status != "signed_off" {
		return fmt.Errorf("status is transcribed or signed_off, not %q", f.Status)
	}
	if f.Prevalence.Low.Total > f.Prevalence.High.Total || f.Prevalence.Low.Total <= 0 {
		return errors.New("prevalence needs a low total above 0 and a high one above it")
	}
	for _, g := range f.Genes {
		if g.OneIn <= 1 {
			return fmt.Errorf("gene %s: one in how many carries a variant?", g.Name)
		}
	}
	for i := range f.Cancers {
		def := m.dict.Condition(f.Cancers[i].Condition)
		if def == nil {
			return fmt.Errorf("there is no condition %q", f.Cancers[i].Condition)
		}
		m.cancers = append(m.cancers, def)
	}
	for i, r := range f.Ratios {
		for _, id := range r.Conditions {
			def := m.dict.Condition(id)
			if def == nil {
				return fmt.Errorf("there is no condition %q", id)
			}
			m.others = append(m.others, otherCancer{def, i})
		}
		for gene, v := range r.Genes {
			if m.gene(gene) < 0 || v.Low <= 0 || v.Low > v.Base || v.Base > v.High || len(v.Source) == 0 {
				return fmt.Errorf("ratio of %s: a gene of the model, base between low and high, above 0, and a source are needed", gene)
			}
		}
	}
	for _, p := range f.Patterns.Rows {
		if m.gene(p.Gene) < 0 {
			return fmt.Errorf("a pattern is of %q, which is no gene here", p.Gene)
		}
		for _, protein := range slices.Concat(p.Lost, p.MayBeLost) {
			if _, ok := stain(&rules.Tumour{}, protein); !ok {
				return fmt.Errorf("pattern of %s: no stain is called %q", p.Gene, protein)
			}
		}
	}
	for _, id := range append([]string{f.Germline.Result, f.Germline.Known, f.Germline.Gene}, f.NotCounted...) {
		if m.dict.Fact(id) == nil {
			return fmt.Errorf("there is no fact %q", id)
		}
	}
	return errors.Join(m.checkValues(), m.checkSources())
}

// checkValues looks at every number with a band: a share whose base is inside.
func (m *Model) checkValues() error {
	for what, v := range m.values() {
		if v.Low > v.Base || v.Base > v.High || v.Low < 0 || v.High > 1 {
			return fmt.Errorf("%s: %v must lie between %v and %v, and all between 0 and 1", what, v.Base, v.Low, v.High)
		}
		if len(v.Source) == 0 {
			return fmt.Errorf("%s needs a source", what)
		}
	}
	for _, g := range m.f.Genes {
		if _, ok := m.f.Germline.Sensitivity[g.Name]; !ok {
			return fmt.Errorf("germline: no sensitivity for %s", g.Name)
		}
	}
	return nil
}

// values is every number of carrier.yaml that has a band, by what it is.
func (m *Model) values() map[string]*value {
	out := map[string]*value{"new_variants": &m.f.New}
	for gene, v := range m.f.Germline.Sensitivity {
		out["germline sensitivity of "+gene] = &v
	}
	for i := range m.f.Cancers {
		c := &m.f.Cancers[i]
		for test, a := range map[string]*accuracy{"stains": c.Stains, "msi": c.MSI} {
			if a != nil {
				out[c.Condition+" "+test+" sensitivity"], out[c.Condition+" "+test+" specificity"] = &a.Sensitivity, &a.Specificity
			}
		}
		for test, a := range map[string]*molecular{"braf": c.BRAF, "methylation": c.Methylation} {
			if a != nil {
				out[c.Condition+" "+test+" carriers"], out[c.Condition+" "+test+" others"] = &a.Carriers, &a.Others
				if a.OthersByMSI != nil {
					out[c.Condition+" "+test+" others by msi"] = a.OthersByMSI
				}
			}
		}
	}
	return out
}

func (m *Model) checkSources() error {
	ids := slices.Concat(m.f.Prevalence.Source, m.f.Prevalence.Low.Source, m.f.Prevalence.High.Source, m.f.Patterns.Source)
	for _, v := range m.values() {
		ids = append(ids, v.Source...)
	}
	for _, r := range m.f.Ratios {
		for _, v := range r.Genes {
			ids = append(ids, v.Source...)
		}
	}
	for _, id := range ids {
		if !m.hasSource(id) {
			return fmt.Errorf("no source %q is listed", id)
		}
	}
	return nil
}

func (m *Model) hasSource(id string) bool {
	return slices.ContainsFunc(m.f.Sources, func(s Source) bool { return s.ID == id })
}

// gene is the position of a gene by its name or another name of results in it.
func (m *Model) gene(name string) int {
	for i, g := range m.f.Genes {
		if g.Name == name || slices.Contains(g.Also, name) {
			return i
		}
	}
	return -1
}

// row is a line of a table by its headings.
type row struct {
	head, cells []string
	bad         error
}

func (r *row) text(column string) string {
	if i := slices.Index(r.head, column); i >= 0 {
		return r.cells[i]
	}
	r.bad = errors.Join(r.bad, fmt.Errorf("column %q is missing", column))
	return ""
}

func (r *row) number(column string) float64 {
	v, err := strconv.ParseFloat(r.text(column), 64)
	if err != nil {
		r.bad = errors.Join(r.bad, fmt.Errorf("%s: %q is no number", column, r.text(column)))
	}
	return v
}

func readTable(fsys fs.FS, name string, take func(*row) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("the table %s cannot be read: %w", name, err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	lines, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i, cells := range lines {
		if i == 0 {
			continue
		}
		one := &row{head: lines[0], cells: cells}
		if err := errors.Join(take(one), one.bad); err != nil {
			return fmt.Errorf("%s, row %d: %w", name, i, err)
		}
	}
	return nil
}

func (m *Model) takeRate(r *row) error {
	if m.rates == nil {
		m.rates = map[rateKey][]ageBand{}
	}
	k := rateKey{r.text("condition"), r.text("sex")}
	cases := r.number("cases")
	b := ageBand{from: int(r.number("from_age")), cases: value{Base: cases, Low: cases, High: cases}, years: r.number("person_years")}
	if cases > 0 { // a band without a case stays one about which the model says nothing
		b.cases.Low, b.cases.High = risk.Counted(int(cases))
	}
	if list := m.rates[k]; len(list) > 0 && list[len(list)-1].from >= b.from || len(list) == 0 && b.from != 0 {
		return errors.New("bands start at 0 and rise")
	}
	if b.years <= 0 || cases < 0 {
		return errors.New("years lived must be above 0, cases 0 or more")
	}
	m.rates[k] = append(m.rates[k], b)
	return nil
}

func (m *Model) takeRisk(r *row) error {
	if m.risks == nil {
		m.risks = map[riskKey]cumulative{}
	}
	k := riskKey{r.text("gene"), r.text("condition"), r.text("sex")}
	c := cumulative{to: int(r.number("to_age")), source: r.text("source")}
	if !m.hasSource(r.text("source")) {
		return fmt.Errorf("no source %q is listed", r.text("source"))
	}
	if r.text("percent") != "population" {
		c.excess = true
		c.risk = value{Base: r.number("percent") / 100, Low: r.number("low") / 100, High: r.number("high") / 100}
		if c.risk.Low > c.risk.Base || c.risk.Base > c.risk.High || c.risk.High >= 1 {
			return errors.New("the risk must lie between low and high, below 100")
		}
	}
	if c.to < 1 || c.to > m.f.Oldest {
		return fmt.Errorf("to_age must be 1 to %d", m.f.Oldest)
	}
	m.risks[k] = c
	return nil
}

func (m *Model) takeShape(r *row) error {
	if m.shapes == nil {
		m.shapes = map[shapeKey]shape{}
	}
	if !m.hasSource(r.text("source")) {
		return fmt.Errorf("no source %q is listed", r.text("source"))
	}
	s := shape{r.number("centre"), r.number("scale"), r.number("slope"), r.number("curve"), r.text("source")}
	if s.scale == 0 {
		return errors.New("scale must not be 0")
	}
	m.shapes[shapeKey{r.text("gene"), r.text("condition")}] = s
	return nil
}

// sexes are the sexes at birth that a cancer concerns.
func sexes(def *rules.ConditionDef) []string {
	if def.Sex != "" {
		return []string{def.Sex}
	}
	return []string{"female", "male"}
}

// complete reports a rate or a risk that no table gives.
func (m *Model) complete() error {
	for _, def := range m.cancers {
		for _, sex := range sexes(def) {
			if len(m.rates[rateKey{def.ID, sex}]) == 0 {
				return fmt.Errorf("%s/carrier/baseline.csv has no rates of %s, %s", m.Area, def.ID, sex)
			}
			for _, g := range m.f.Genes {
				if _, ok := m.risks[riskKey{g.Name, def.ID, sex}]; !ok {
					return fmt.Errorf("%s/carrier/risks.csv has no risk of %s for %s, %s", m.Area, def.ID, g.Name, sex)
				}
			}
		}
	}
	return nil
}
