package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"kindred/rules"
)

// largestCase is how much input is read as one case; a family of a thousand
// takes a few hundred kilobytes.
const largestCase = 16 << 20

// newAssessCommand reads one case and prints the advice.
func newAssessCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "assess [CASE.json]",
		Short: "Assess one case: case JSON in, advice JSON out",
		Long: `Assess reads one case (kindred.case/1) from a file or, without one or with -,
from standard input, and prints the advice (kindred.advice/1) on standard output.

A case that cannot be right is not assessed: every problem is named on standard
error, one line each with its JSON path, nothing is printed, and the exit code is 2.`,
		Example: "  kindred-cli assess case.json\n  kindred-cli assess < case.json > advice.json",
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
			return printJSON(cmd.OutOrStdout(), advice)
		},
	}
}

// assess parses a case and assesses it with the editions in force on its date,
// or on the given day when it has none.
func assess(lib *rules.Library, data []byte, day rules.Date) (*rules.Advice, error) {
	c, err := rules.ParseCase(data, lib.Dictionary())
	if err != nil {
		return nil, err
	}
	if c.Date == "" {
		c.Date = day
	}
	book, err := lib.On(c.Date)
	if err != nil {
		return nil, err
	}
	return book.Assess(c)
}

// readInput reads the file named, or standard input.
func readInput(in io.Reader, args []string) ([]byte, error) {
	name := "standard input"
	if len(args) == 1 && args[0] != "-" {
		name = args[0]
		file, err := os.Open(name)
		if err != nil {
			var why *fs.PathError
			if errors.As(err, &why) {
				err = why.Err
			}
			return nil, badInput(fmt.Errorf("%s could not be opened: %w", name, err))
		}
		defer file.Close()
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, largestCase+1))
	if err != nil {
		return nil, badInput(fmt.Errorf("%s could not be read: %w", name, err))
	}
	if len(data) > largestCase {
		return nil, badInput(fmt.Errorf("%s is larger than %d MB, which no single case is; for many patients use screen", name, largestCase>>20))
	}
	return data, nil
}

// printJSON prints a result for people and programs alike.
func printJSON(out io.Writer, v *rules.Advice) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("the advice could not be printed: %w", err)
	}
	return nil
}

// today is the day of this computer; rules never read the clock themselves.
func today() rules.Date { return rules.Date(time.Now().Format(time.DateOnly)) }
