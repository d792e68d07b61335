package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kindred/app/about"
	"kindred/app/store"
)

// newStoreCommand looks after the kept consultations: proves them, copies them,
// puts a copy back.
func newStoreCommand(s *settings) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "store",
		Short: "Look after the kept consultations: verify, back up, put back",
		Long: `Look after the kept consultations in the data folder (--data DIR). The window
must be closed meanwhile. The passphrase is asked for, or read from the first
line of standard input where that is no terminal.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newStoreVerifyCommand(s), newStoreBackupCommand(s), newStoreBackupsCommand(s), newStoreRestoreCommand(s))
	return cmd
}

func newStoreVerifyCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Read everything and check it against the audit trail",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd, func(ctx context.Context, st *store.Store) error {
				if err := st.Verify(ctx, nil); err != nil {
					return err
				}
				for _, n := range st.Notices() {
					fmt.Fprintln(cmd.ErrOrStderr(), n)
				}
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "%d consultations: all there, all as they were saved\n", st.Count())
				return err
			})
		},
	}
}

func newStoreBackupCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write one proved, sealed copy of everything",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.withStore(cmd, func(ctx context.Context, st *store.Store) error {
				if err := st.Backup(ctx, args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "%d consultations copied to %s and read back; it opens with the same passphrase\n", st.Count(), args[0])
				return err
			})
		},
	}
}

func newStoreBackupsCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "backups",
		Short: "List the copies that were made day by day",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := s.folder()
			if err != nil {
				return err
			}
			files, err := store.Backups(dir)
			if err != nil {
				return err
			}
			for _, f := range files {
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %6.1f MB  %s\n", f.When.Local().Format("02-Jan-2006 15:04"), float64(f.Size)/1e6, f.Path)
			}
			if len(files) == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "There is no backup yet; the window makes one a day.")
			}
			return nil
		},
	}
}

func newStoreRestoreCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "restore [FILE]",
		Short: "Put a copy back; without FILE the newest of the data folder",
		Long: `Put a copy back. It is proved with its passphrase before anything is moved, and
what was there, damaged or not, is kept in a folder beside it.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := s.folder()
			if err != nil {
				return err
			}
			var file string
			if len(args) == 1 {
				file = args[0]
			} else {
				files, err := store.Backups(dir)
				if err != nil {
					return err
				}
				if len(files) == 0 {
					return badInput(errors.New("there is no backup in the data folder; name the file of one"))
				}
				file = files[0].Path
			}
			passphrase, err := askPassphrase(cmd)
			if err != nil {
				return err
			}
			if !store.Exists(dir) {
				if err := store.Restore(file, dir, passphrase); err != nil {
					return storeError(err)
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is in place\n", filepath.Base(file))
				return err
			}
			kept, err := store.PutBack(file, dir, passphrase, time.Now())
			if err != nil {
				return storeError(err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is in place; what was there before is kept in %s\n", filepath.Base(file), kept)
			return err
		},
	}
}

func (s *settings) folder() (string, error) {
	if s.dataDir != "" {
		return s.dataDir, nil
	}
	return store.DefaultDir()
}

// withStore opens the store, does something with it and closes it.
func (s *settings) withStore(cmd *cobra.Command, do func(context.Context, *store.Store) error) error {
	dir, err := s.folder()
	if err != nil {
		return err
	}
	if !store.Exists(dir) {
		return badInput(fmt.Errorf("%s: %w", dir, store.ErrMissing))
	}
	passphrase, err := askPassphrase(cmd)
	if err != nil {
		return err
	}
	st, err := store.Open(dir, passphrase, store.WithProgram(about.Line("kindred-cli")))
	if err != nil {
		return storeError(err)
	}
	return storeError(errors.Join(do(cmd.Context(), st), st.Close()))
}

// storeError gives a wrong passphrase the exit code of bad input.
func storeError(err error) error {
	if errors.Is(err, store.ErrWrongPassphrase) || errors.Is(err, store.ErrMissing) {
		return badInput(err)
	}
	return err
}

// askPassphrase asks at the terminal without showing what is typed, or takes
// the first line of standard input where that is no terminal.
func askPassphrase(cmd *cobra.Command) (string, error) {
	if f, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(cmd.ErrOrStderr(), "Passphrase: ")
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(cmd.ErrOrStderr())
		return string(b), err
	}
	line, err := bufio.NewReader(cmd.InOrStdin()).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("reading the passphrase: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", badInput(errors.New("no passphrase was given on standard input"))
	}
	return line, nil
}
