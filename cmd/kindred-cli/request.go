package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"kindred/app/report"
	"kindred/rules"
)

// newRequestCommand prints what a test request needs.
func newRequestCommand() *cobra.Command {
	var area string
	cmd := &cobra.Command{
		Use:   "request [CASE.json]",
		Short: "Print what a test request needs: criteria met, evidence, what is missing",
		Long: `Request assesses one case (kindred.case/1) and prints, as text to paste into an
order, the criteria met with the evidence behind them, the scores with their
items, what the laboratory asks for besides, and what is still missing. It names
nobody: who the patient is stands on the form.`,
		Example: "  kindred-cli request case.json --area fh",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := readInput(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			lib, err := rules.Load(rules.Files)
			if err != nil {
				return err
			}
			advice, err := assess(lib, data, today())
			if err != nil {
				return badInput(err)
			}
			i := slices.IndexFunc(advice.Areas, func(a rules.AreaAdvice) bool { return a.Area == area })
			if i < 0 {
				return badInput(fmt.Errorf("there is no area %q", area))
			}
			fmt.Fprint(cmd.OutOrStdout(), report.Request(&advice.Areas[i], rules.Files))
			return nil
		},
	}
	cmd.Flags().StringVar(&area, "area", "fh", "the area to request a test for")
	return cmd
}
