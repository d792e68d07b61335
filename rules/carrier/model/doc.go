// Package model works out, for everyone in a case, the chance of carrying a
// variant in one of an area's genes, with a band. What goes in is data: an area
// folder with a carrier.yaml says which genes, how common variants are, how often
// carriers and others get which cancer at what age, how good the tests are, and
// who says so. An area without that file has no model.
//
// The chances are context. No rule, outcome or question reads them.
//
// Everyone's evidence becomes a likelihood for each set of genes they may carry:
// cancers by age at diagnosis, years without cancer, the tumour tests and the
// gene tests; ages that are not known are summed over. The exact engine of
// package carrier does the rest.
package model

// value is a number with the ends of its uncertainty.
type value struct {
	Base   float64  `yaml:"base"`
	Low    float64  `yaml:"low"`
	High   float64  `yaml:"high"`
	Source []string `yaml:"source"`
}

// level is which end of the uncertainty a run takes.
type level int8

const (
	low  level = -1
	base level = 0
	high level = 1
)

func (v *value) at(l level) float64 {
	switch l {
	case low:
		return v.Low
	case high:
		return v.High
	}
	return v.Base
}

// file is carrier.yaml.
type file struct {
	Title  string `yaml:"title"`
	Short  string `yaml:"short"`
	Status string `yaml:"status"`
	Oldest int    `yaml:"oldest"`
	Topic  string `yaml:"topic"`
	Genes  []struct {
		Name  string   `yaml:"name"`
		OneIn float64  `yaml:"one_in"`
		Also  []string `yaml:"also"` // other names of results in it
	} `yaml:"genes"`
	Prevalence struct {
		Source []string `yaml:"source"`
		Low    total    `yaml:"low"`
		High   total    `yaml:"high"`
	} `yaml:"prevalence"`
	New        value    `yaml:"new_variants"`
	Cancers    []cancer `yaml:"cancers"`
	Ratios     []ratio  `yaml:"ratios"`
	NotCounted []string `yaml:"not_counted"`
	Patterns   struct {
		Source []string  `yaml:"source"`
		Rows   []pattern `yaml:"rows"`
	} `yaml:"patterns"`
	Germline germline `yaml:"germline"`
	Limits   []string `yaml:"limits"`
	Differ   []string `yaml:"differ"`
	Sources  []Source `yaml:"sources"`
}

// total is the share of the population that carries a variant in any gene.
type total struct {
	Total  float64  `yaml:"total"`
	Source []string `yaml:"source"`
}

// ratio is cancers that count where somebody had one, by how much commoner they
// are in a gene's carriers.
type ratio struct {
	Conditions []string         `yaml:"conditions"`
	Genes      map[string]value `yaml:"genes"`
}

// cancer is a cancer that counts, with the tests of its tumours.
type cancer struct {
	Condition   string     `yaml:"condition"`
	Stains      *accuracy  `yaml:"stains"`
	MSI         *accuracy  `yaml:"msi"`
	BRAF        *molecular `yaml:"braf"`
	Methylation *molecular `yaml:"methylation"`
}

// accuracy is how often a test is abnormal in carriers and normal in others.
type accuracy struct {
	Sensitivity value `yaml:"sensitivity"`
	Specificity value `yaml:"specificity"`
}

// molecular is how often a finding that speaks against a variant is there in the
// deficient tumours of carriers and of others; by microsatellites where no
// stain was done.
type molecular struct {
	Carriers    value  `yaml:"carriers"`
	Others      value  `yaml:"others"`
	OthersByMSI *value `yaml:"others_by_msi"`
}

// pattern is which proteins the tumours of a gene's carriers lose.
type pattern struct {
	Gene      string   `yaml:"gene"`
	Lost      []string `yaml:"lost"`
	MayBeLost []string `yaml:"may_be_lost"`
	Others    float64  `yaml:"others"` // share of the abnormal tumours of people without a variant
	Molecular bool     `yaml:"molecular"`
	Doubtful  bool     `yaml:"doubtful_after_treatment"`
}

// germline is the facts that hold gene tests and how good those are.
type germline struct {
	Result      string           `yaml:"result"`
	Known       string           `yaml:"known"`
	Gene        string           `yaml:"gene"`
	Sensitivity map[string]value `yaml:"sensitivity"`
}

// Source is where numbers come from.
type Source struct {
	ID      string `yaml:"id" json:"id"`
	Title   string `yaml:"title" json:"title"`
	Issuer  string `yaml:"issuer" json:"issuer"`
	Section string `yaml:"section" json:"section,omitempty"`
	Date    string `yaml:"date" json:"date,omitempty"`
	URL     string `yaml:"url" json:"url,omitempty"`
	Read    string `yaml:"read" json:"read,omitempty"`
	Seen    bool   `yaml:"seen" json:"seen"`
	Note    string `yaml:"note" json:"note,omitempty"`
}
