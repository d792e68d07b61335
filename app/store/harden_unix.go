//go:build unix

package store

import (
	"errors"
	"fmt"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// Harden is called once at the start of a program: new files are the owner's
// alone, and a crash writes no memory image, which would hold open
// consultations and keys. Reaching a file-size limit becomes an error instead
// of the end of the program.
func Harden() error {
	unix.Umask(0o077)
	signal.Ignore(syscall.SIGXFSZ)
	var errs []error
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		errs = append(errs, fmt.Errorf("switching core dumps off: %w", err))
	}
	return errors.Join(append(errs, noDump())...)
}
