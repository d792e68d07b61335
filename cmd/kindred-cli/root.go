package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kindred/app/about"
)

// settings are the flags every command shares.
type settings struct {
	dataDir string // --data; empty: the platform's data folder
}

// run executes one command line and returns the exit code of the process.
// Errors go to stderr, one line a problem; stdout carries results only.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	root := newRootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if text := strings.TrimSpace(err.Error()); text != "" {
		fmt.Fprintln(errOut, text)
	}
	if ctx.Err() != nil {
		return exitInterrupted
	}
	return exitCodeOf(err)
}

func newRootCommand() *cobra.Command {
	s := &settings{}
	root := &cobra.Command{
		Use:   "kindred-cli",
		Short: "Is a genetic test indicated? Kindred's rules without a screen",
		Long: `Kindred reads a family history with lipid or tumour results and says whether
genetic testing is indicated, why, from which source, and what to ask next.
Everything is worked out on this computer; nothing is sent anywhere.

` + about.Standing,
		Version:       about.Version,
		SilenceErrors: true, // run prints them, once
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate(about.Line("kindred-cli") + "\n")
	root.PersistentFlags().StringVar(&s.dataDir, "data", "", "folder of the consultations (default: the platform's data folder)")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return badInput(fmt.Errorf("%w (see %s --help)", err, cmd.CommandPath()))
	})
	// One line a command; each file of this folder holds one of them.
	root.AddCommand(
		newAssessCommand(),
		newScreenCommand(),
		newCheckCommand(),
		newRequestCommand(),
		newLeafletCommand(),
		newRulebookCommand(),
		newDemoCommand(),
		newStoreCommand(s),
		newFamilyCommand(),
		newRiskCommand(),
		newCarrierCommand(),
		newGenerateCommand(),
		newExitCodesTopic(),
	)
	explainArgs(root)
	return root
}

// explainArgs lets every command say what it wants in place of cobra's count of
// arguments.
func explainArgs(cmd *cobra.Command) {
	for _, c := range cmd.Commands() {
		explainArgs(c)
	}
	want := cmd.Args
	if want == nil {
		return
	}
	cmd.Args = func(c *cobra.Command, args []string) error {
		err := want(c, args)
		if err == nil {
			return nil
		}
		if c.HasSubCommands() && len(args) > 0 {
			hint := ""
			c.SuggestionsMinimumDistance = 2
			if near := c.SuggestionsFor(args[0]); len(near) > 0 {
				hint = "; did you mean " + strings.Join(near, " or ") + "?"
			}
			return badInput(fmt.Errorf("there is no command %q%s (see %s --help)", strings.TrimSpace(c.CommandPath()+" "+args[0]), hint, c.CommandPath()))
		}
		return badInput(fmt.Errorf("use it like this: %s (%d names were given)", c.UseLine(), len(args)))
	}
}

// codedError carries the exit code that an error asks for.
type codedError struct {
	err  error
	code int
}

func (e *codedError) Error() string { return e.err.Error() }
func (e *codedError) Unwrap() error { return e.err }

// badInput marks an error of the input or the command line: exit code 2.
func badInput(err error) error { return &codedError{err, exitBadInput} }

// checkFailed marks a check that ran and did not pass: exit code 1.
func checkFailed(err error) error { return &codedError{err, exitCheckFailed} }

// exitCodeOf reads the exit code that an error carries. Errors without one
// come from the machine (disk, permissions), but for cobra's own of the command
// line, which it returns as plain text.
func exitCodeOf(err error) int {
	var coded *codedError
	if errors.As(err, &coded) {
		return coded.code
	}
	for _, start := range []string{"unknown command", "unknown flag", "accepts ", "requires ", "required flag", "invalid argument"} {
		if strings.HasPrefix(err.Error(), start) {
			return exitBadInput
		}
	}
	return exitFailed
}
