package report

import (
	"sync"

	"kindred/app/sketch"
	"kindred/rules"
	"kindred/rules/risk"
)

// CancerName is how a cancer of the risk tables is called.
type CancerName struct{ ID, Name string }

// CancerNames are the cancers of the risk tables in the order they are shown.
var CancerNames = []CancerName{
	{"any", "Any cancer"},
	{"colorectal", "Bowel"},
	{"endometrial", "Womb"},
	{"ovarian", "Ovary"},
	{"upper_gi", "Stomach, duodenum, bile duct, pancreas"},
	{"gastric", "Stomach"},
	{"pancreatic", "Pancreas"},
	{"urological", "Bladder, ureter, kidney"},
	{"urinary", "Ureter and kidney"},
	{"bladder", "Bladder"},
	{"prostate", "Prostate"},
	{"brain", "Brain"},
}

var riskTables = sync.OnceValues(risk.Load)

// RiskGene is the gene of the variant that was found in the patient where there
// are observed risks for it, "" where there are none.
func RiskGene(area string, c *rules.Case) string {
	if area != "lynch" || len(c.People) == 0 {
		return ""
	}
	p := &c.People[0]
	for i := range c.People {
		if c.People[i].ID == c.Patient {
			p = &c.People[i]
		}
	}
	gene := p.Facts["family.lynch_gene"].Choice
	if p.Facts["genetics.lynch"].Choice != "positive" || gene == "" {
		return ""
	}
	tables, err := riskTables()
	if err != nil {
		return ""
	}
	for _, g := range tables.Genes() {
		if g == gene {
			return gene
		}
	}
	return ""
}

// RiskPicture draws the cumulative risks of a gene by age for a sex at birth
// ("female", "male", "" for not known), with intervals, caveats and source. It is
// no wider than width while that can be; 0 is a page.
func RiskPicture(gene, sex string, width float64) (*sketch.Drawing, error) {
	tables, err := riskTables()
	if err != nil {
		return nil, err
	}
	printed, err := tables.Curves(gene, sex)
	if err != nil {
		return nil, err
	}
	var curves []sketch.Curve
	for _, name := range CancerNames {
		for _, c := range printed {
			if c.Cancer != name.ID {
				continue
			}
			one := sketch.Curve{Name: name.Name, Note: RiskWhom(sex)}
			if c.Pooled {
				one.Note = RiskWhom("")
			}
			for _, p := range c.Points {
				one.Points = append(one.Points, sketch.CurvePoint{Age: p.Age, Percent: p.Percent, Low: p.Low, High: p.High, Nothing: p.High == 0 || p.Cases == 0})
			}
			curves = append(curves, one)
		}
	}
	var foot []string
	for _, c := range tables.Caveats(gene) {
		foot = append(foot, c.Text+".")
	}
	foot = append(foot, "Hollow: no case was seen by that age. Source: "+risk.Source+".")
	return sketch.Curves(width, "Risk of a first cancer with a variant in "+gene, "Up to each age from 25, with 95% intervals; carriers under surveillance by colonoscopy.", curves, foot), nil
}

// RiskWhom says whom a row of the tables describes.
func RiskWhom(sex string) string {
	switch sex {
	case "female":
		return "women"
	case "male":
		return "men"
	}
	return "women and men together"
}
