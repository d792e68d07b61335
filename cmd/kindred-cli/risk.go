package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kindred/app/sketch"
	"kindred/rules/risk"
)

// cancerNames are the words for the cancers of the risk tables, in the order
// they are shown.
var cancerNames = []struct{ id, name string }{
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
	{"brain", "Brain"},
}

// newRiskCommand shows the observed risks of carriers.
func newRiskCommand() *cobra.Command {
	var gene, sex, out string
	var age, to int
	cmd := &cobra.Command{
		Use:   "risk --gene GENE",
		Short: "Show how often carriers of a Lynch variant get cancer, with the uncertainty",
		Long: `Risk prints how often carriers of a Lynch variant got a first cancer from an age
on, by gene and sex, with 95% intervals and the number of cancers behind each line,
as one prospective database observed it. With -o it also draws the cumulative
risks by age. It is for talking with people after a result; no rule reads it.`,
		Example: "  kindred-cli risk --gene MSH2 --sex female --age 40\n  kindred-cli risk --gene MLH1 --sex male -o risk.svg",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			tables, err := risk.Load()
			if err != nil {
				return err
			}
			gene = strings.ToUpper(gene)
			if sex != "" && sex != "female" && sex != "male" {
				return badInput(fmt.Errorf("sex at birth is female or male, not %q", sex))
			}
			curves, err := tables.Curves(gene, sex)
			if err != nil {
				for _, c := range tables.Caveats(gene) {
					err = fmt.Errorf("%w\n%s", err, c.Text)
				}
				return badInput(err)
			}
			if err := printRisk(cmd.OutOrStdout(), tables, gene, sex, age, to); err != nil {
				return badInput(err)
			}
			if out == "" {
				return nil
			}
			return drawRisk(out, tables, curves, gene, sex)
		},
	}
	cmd.Flags().StringVar(&gene, "gene", "", "MLH1, MSH2 or MSH6")
	cmd.Flags().StringVar(&sex, "sex", "", "sex at birth, female or male (default: only what is known of both together)")
	cmd.Flags().IntVar(&age, "age", 25, "age now, without cancer so far (25 to 74)")
	cmd.Flags().IntVar(&to, "to", 70, "up to this age (at most 75)")
	cmd.Flags().StringVarP(&out, "output", "o", "", "also draw the cumulative risks (.svg, .pdf, .png)")
	_ = cmd.MarkFlagRequired("gene")
	return cmd
}

func printRisk(w io.Writer, tables *risk.Tables, gene, sex string, age, to int) error {
	fmt.Fprintf(w, "%s, %s, first cancer from %d to %d, percent (95%% interval), number of cancers it rests on\n\n", gene, whom(sex), age, to)
	found := 0
	var last error
	for _, c := range cancerNames {
		r, err := tables.Between(gene, sex, c.id, age, to)
		if err != nil {
			last = err
			continue
		}
		found++
		note := ""
		if r.Pooled && sex != "" {
			note = ", women and men together"
		}
		if r.Cases == 0 {
			fmt.Fprintf(w, "%-40s none seen (up to %.0f)  in %.0f years%s\n", c.name, r.High, r.PersonYears, note)
			continue
		}
		fmt.Fprintf(w, "%-40s %3.0f (%.0f to %.0f)  %d%s\n", c.name, r.Percent, r.Low, r.High, r.Cases, note)
	}
	if found == 0 {
		return last
	}
	fmt.Fprintln(w)
	for _, c := range tables.Caveats(gene) {
		fmt.Fprintln(w, "-", c.Text)
	}
	fmt.Fprintln(w, "Source:", risk.Source)
	return nil
}

func whom(sex string) string {
	if sex == "" {
		return "women and men together"
	}
	return map[string]string{"female": "women", "male": "men"}[sex]
}

func drawRisk(out string, tables *risk.Tables, printed []risk.Curve, gene, sex string) error {
	var curves []sketch.Curve
	for _, name := range cancerNames {
		for _, c := range printed {
			if c.Cancer != name.id {
				continue
			}
			one := sketch.Curve{Name: name.name, Note: whom(sex)}
			if c.Pooled {
				one.Note = whom("")
			}
			for _, p := range c.Points {
				one.Points = append(one.Points, sketch.CurvePoint{Age: p.Age, Percent: p.Percent, Low: p.Low, High: p.High, Nothing: p.High == 0})
			}
			curves = append(curves, one)
		}
	}
	var foot []string
	for _, c := range tables.Caveats(gene) {
		foot = append(foot, c.Text+".")
	}
	foot = append(foot, "Hollow: no case was seen by that age. Source: "+risk.Source+".")
	d := sketch.Curves("Risk of a first cancer with a variant in "+gene, "Up to each age from 25, with 95% intervals; carriers under surveillance by colonoscopy.", curves, foot)
	var data []byte
	var err error
	switch ext := strings.ToLower(filepath.Ext(out)); ext {
	case ".svg":
		data = d.SVG(sketch.Print)
	case ".pdf":
		data, err = d.PDF(sketch.Print, string(today()))
	case ".png":
		data, err = d.PNG(sketch.Print, 2)
	default:
		err = badInput(fmt.Errorf("%q: a picture is written as .svg, .pdf or .png", out))
	}
	if err != nil {
		return err
	}
	return writeWhole(out, data)
}
