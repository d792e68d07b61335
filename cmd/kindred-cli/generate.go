package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kindred/app/cliniclist/generate"
)

// newGenerateCommand writes the synthetic clinic list of testdata. It is for
// those who work on Kindred, so help does not list it.
func newGenerateCommand() *cobra.Command {
	var seed uint64
	cmd := &cobra.Command{
		Use:    "generate FILE.xlsx",
		Short:  "Write the synthetic clinic list of testdata",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := generate.Workbook(seed)
			if err != nil {
				return err
			}
			if err := w.Save(args[0]); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d invented patients written to %s\n", generate.Patients, args[0])
			return err
		},
	}
	cmd.Flags().Uint64Var(&seed, "seed", generate.Seed, "seed of the random draws")
	return cmd
}
