package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kindred/app/report"
	"kindred/app/sketch"
	"kindred/rules/risk"
)

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
			if _, err := tables.Curves(gene, sex); err != nil {
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
			return drawRisk(out, gene, sex)
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
	fmt.Fprintf(w, "%s, %s, first cancer from %d to %d, percent (95%% interval), number of cancers it rests on\n\n", gene, report.RiskWhom(sex), age, to)
	found := 0
	var last error
	for _, c := range report.CancerNames {
		r, err := tables.Between(gene, sex, c.ID, age, to)
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
			fmt.Fprintf(w, "%-40s none seen (up to %.0f)  in %.0f years%s\n", c.Name, r.High, r.PersonYears, note)
			continue
		}
		fmt.Fprintf(w, "%-40s %3.0f (%.0f to %.0f)  %d%s\n", c.Name, r.Percent, r.Low, r.High, r.Cases, note)
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

func drawRisk(out, gene, sex string) error {
	d, err := report.RiskPicture(gene, sex, 0)
	if err != nil {
		return err
	}
	var data []byte
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
