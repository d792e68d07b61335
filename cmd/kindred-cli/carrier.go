package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"kindred/rules"
	"kindred/rules/carrier/model"
)

// newCarrierCommand works out chances of carrying a variant.
func newCarrierCommand() *cobra.Command {
	var area string
	var asJSON, numbers bool
	cmd := &cobra.Command{
		Use:   "carrier [CASE.json]",
		Short: "Work out everyone's chance of carrying a variant, with a band",
		Long: `Carrier reads one case (kindred.case/1) and prints, for everyone in it, the chance
of carrying a variant in one of an area's genes, with a band and what it rests on.
It is context for a clinician: no advice depends on it, and a low chance closes no case.

Numbers, sources and limits stand in the area's carrier.yaml and are printed with the
result. With --json the result is printed as kindred.carrier/1.`,
		Example: "  kindred-cli carrier case.json\n  kindred-cli carrier --json < case.json\n  kindred-cli carrier --numbers",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, err := rules.Load(rules.Files)
			if err != nil {
				return err
			}
			if numbers {
				m, err := carrierModel(lib, area)
				if err != nil {
					return err
				}
				return printNumbers(cmd.OutOrStdout(), m)
			}
			data, err := readInput(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			c, err := rules.ParseCase(data, lib.Dictionary())
			if err != nil {
				return badInput(err)
			}
			m, err := carrierModel(lib, area)
			if err != nil {
				return err
			}
			result, err := m.Compute(cmd.Context(), c)
			if err != nil {
				if cmd.Context().Err() != nil {
					return err
				}
				return badInput(err)
			}
			if !asJSON {
				return printCarrier(cmd.OutOrStdout(), result)
			}
			enc := json.NewEncoder(cmd.OutOrStdout())
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(result); err != nil {
				return fmt.Errorf("the chances could not be printed: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&area, "area", "", "area whose genes are meant (default: the one that has a carrier model)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print kindred.carrier/1 for programs")
	cmd.Flags().BoolVar(&numbers, "numbers", false, "print every number of the model with its source, for signing off")
	return cmd
}

// printNumbers prints what a clinician has to agree to.
func printNumbers(out io.Writer, m *model.Model) error {
	fmt.Fprintf(out, "%s: every number, for signing off\n\n", m.Title())
	for _, n := range m.Numbers() {
		fmt.Fprintf(out, "%s: %s\n    %s\n", n.What, n.Value, n.Source)
	}
	fmt.Fprintln(out, "\nYearly rates of everybody, cases per 100,000 from each age on")
	for _, n := range m.Rates() {
		if _, err := fmt.Fprintf(out, "%s: %s\n", n.What, n.Value); err != nil {
			return fmt.Errorf("the numbers could not be printed: %w", err)
		}
	}
	return nil
}

// carrierModel finds the model of an area, or the only one there is.
func carrierModel(lib *rules.Library, area string) (*model.Model, error) {
	all, err := model.All(rules.Files, lib.Dictionary())
	if err != nil {
		return nil, err
	}
	have := slices.Sorted(maps.Keys(all))
	switch m := all[area]; {
	case m != nil:
		return m, nil
	case area == "" && len(have) == 1:
		return all[have[0]], nil
	case area == "":
		return nil, badInput(fmt.Errorf("say which area with --area: %s", strings.Join(have, ", ")))
	}
	return nil, badInput(fmt.Errorf("area %q has no carrier model; these have one: %s", area, strings.Join(have, ", ")))
}

func printCarrier(out io.Writer, r *model.Result) error {
	fmt.Fprintf(out, "%s\n%s\n\n", r.Title, r.Standing())
	if text := r.Contradiction(); text != "" {
		fmt.Fprintln(out, text)
		return checkFailed(errors.New("the chances cannot be worked out"))
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\tany gene\t%s\t\n", strings.Join(r.Genes, "\t"))
	called := map[string]int{}
	for _, p := range r.People {
		called[p.Who]++
	}
	for _, p := range r.People {
		who := p.Who
		if called[who] > 1 {
			who += " (" + p.Person + ")"
		}
		if p.Who == "" || strings.HasPrefix(p.Who, "Not related") {
			who = p.Person + " (not related)"
		}
		fmt.Fprintf(w, "%s\t%s\t", who, p.Any)
		for _, g := range r.Genes {
			fmt.Fprintf(w, "%s\t", model.Percent(p.ByGene[g].Base))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "Anybody\t%s\t\n", r.Population)
	if err := w.Flush(); err != nil {
		return fmt.Errorf("the chances could not be printed: %w", err)
	}
	for _, part := range []struct {
		title string
		lines []string
	}{{"What it rests on", r.Told()}, {"The band", []string{r.Band}}, {"Limits", r.Limits}, {"Where sources differ", r.Differ}, {"Sources", cited(r.Sources)}} {
		fmt.Fprintf(out, "\n%s\n", part.title)
		for _, line := range part.lines {
			fmt.Fprintln(out, "-", line)
		}
	}
	return nil
}

// cited is a line for each source.
func cited(list []model.Source) []string {
	var out []string
	for _, s := range list {
		line := s.Issuer + ": " + s.Title + "; " + s.Section
		if s.Read != "" {
			line += "; read " + s.Read
		}
		out = append(out, line)
	}
	return out
}
