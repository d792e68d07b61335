package main

import "github.com/spf13/cobra"

// The exit codes, the same for every command. They are part of the interface:
// scripts rely on them.
const (
	exitDone        = 0
	exitCheckFailed = 1
	exitBadInput    = 2
	exitFailed      = 3
	exitInterrupted = 130
)

// newExitCodesTopic is a page of help, shown by "kindred-cli help exit-codes".
func newExitCodesTopic() *cobra.Command {
	return &cobra.Command{
		Use:   "exit-codes",
		Short: "What the exit codes mean",
		Long: `Exit codes of kindred-cli:

  0    Done; where results were asked for, they were written. Rejected rows of
       a clinic list do not change this: they stand in the results with why.
  1    "check" ran and at least one case failed.
  2    The input or the command line is wrong. One line a problem is on
       standard error; nothing was printed or written as a result.
  3    The input was right and something else failed: disk full, no permission,
       the store open in another window. Nothing partial is left under the
       final name.
  130  Interrupted (Ctrl C). Nothing partial is left under the final name.`,
	}
}
