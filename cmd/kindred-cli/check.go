package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kindred/app/check"
	"kindred/rules"
)

// newCheckCommand runs worked cases against the rules.
func newCheckCommand() *cobra.Command {
	var day string
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Run worked cases against the rules and compare the answers",
		Long: `Check reads worked cases, asks the rules for each answer and compares it with
the one expected. A laboratory runs it on its own cases before it deploys.

A case table is CSV with the columns id, system, inputs (JSON), expected and
source. Expected is either a JSON object, of which the keys given are compared
(numbers to the digits given), or a word with notes after "+". A file of whole
patients (YAML, as the areas' own vignettes) and an oracle file (JSON) are
recognised by their form.

Each failure is printed with its case, what was expected and what came. The last
line is "N passed, M failed"; systems that are not implemented are skipped,
named and counted before it. Exit code 1 when any case failed.`,
		Example: "  kindred-cli check cases.csv\n  kindred-cli check fh.csv lynch.csv",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			on := today()
			if day != "" {
				on = rules.Date(day)
			}
			lib, err := rules.Load(rules.Files)
			if err != nil {
				return err
			}
			checker, err := check.New(lib, on)
			if err != nil {
				return badInput(err)
			}
			var all check.Report
			var unread []error
			for _, file := range files {
				report, err := checker.File(file)
				if err != nil {
					unread = append(unread, err)
					continue
				}
				all.Add(report)
			}
			if err := errors.Join(unread...); err != nil {
				return badInput(err)
			}
			var out strings.Builder
			for _, failure := range all.Failures {
				fmt.Fprintln(&out, failure)
			}
			for _, line := range overdue(lib, on) {
				fmt.Fprintln(&out, line)
			}
			for _, line := range all.Summary() {
				fmt.Fprintln(&out, line)
			}
			if _, err := io.WriteString(cmd.OutOrStdout(), out.String()); err != nil {
				return fmt.Errorf("what was checked could not be printed: %w", err)
			}
			if len(all.Failures) > 0 {
				return checkFailed(errors.New("")) // the failures are on standard output already
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&day, "day", "", "use the editions in force on this day, YYYY-MM-DD (default: today)")
	return cmd
}

// overdue names the areas whose review was due before the day.
func overdue(lib *rules.Library, day rules.Date) []string {
	book, err := lib.On(day)
	if err != nil {
		return nil // already reported
	}
	var lines []string
	for _, area := range book.Areas() {
		if area.ReviewBy != "" && area.ReviewBy < day {
			lines = append(lines, fmt.Sprintf("review overdue: the rules of %s were to be reviewed by %s", area.Title, area.ReviewBy))
		}
	}
	return lines
}
