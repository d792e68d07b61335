package main

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kindred/app/report"
	"kindred/rules"
)

// newRulebookCommand prints everything the rules say, with sources.
func newRulebookCommand() *cobra.Command {
	var day string
	cmd := &cobra.Command{
		Use:   "rulebook [AREA…]",
		Short: "Print every rule with its source, as Markdown",
		Long: `Rulebook prints every criterion, score, pathway, threshold and outcome of the
editions in force on a day, each with its source, for reading and signing off.
Without an area it prints all of them.`,
		Example: "  kindred-cli rulebook fh > fh.md\n  kindred-cli rulebook --date 2019-12-01",
		RunE: func(cmd *cobra.Command, areas []string) error {
			on := today()
			if day != "" {
				if _, err := time.Parse(time.DateOnly, day); err != nil {
					return badInput(fmt.Errorf("--date %s is not a date; write it as 2026-11-23", day))
				}
				on = rules.Date(day)
			}
			lib, err := rules.Load(rules.Files)
			if err != nil {
				return err
			}
			book, err := lib.On(on)
			if err != nil {
				return badInput(err)
			}
			chosen, err := chooseAreas(book.Areas(), areas)
			if err != nil {
				return badInput(err)
			}
			var page bytes.Buffer
			report.Rulebook(&page, lib.Dictionary(), chosen, on)
			if _, err := page.WriteTo(cmd.OutOrStdout()); err != nil {
				return fmt.Errorf("the rulebook could not be printed: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&day, "date", "", "the day whose editions to print, as 2026-11-23 (default: today)")
	return cmd
}

// chooseAreas keeps the areas asked for, in the order of the book.
func chooseAreas(all []rules.AreaInfo, ids []string) ([]rules.AreaInfo, error) {
	if len(ids) == 0 {
		return all, nil
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	var chosen []rules.AreaInfo
	var known []string
	for _, a := range all {
		known = append(known, a.ID)
		if wanted[a.ID] {
			chosen = append(chosen, a)
			delete(wanted, a.ID)
		}
	}
	for _, id := range ids {
		if wanted[id] {
			return nil, fmt.Errorf("there is no area %q; the areas are %s", id, strings.Join(known, ", "))
		}
	}
	return chosen, nil
}
