package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can go wrong, each a sentence a clinician can act on. Test with
// errors.Is; the text that is returned adds what was being done.
var (
	ErrMissing         = errors.New("there are no consultations in this folder yet")
	ErrExists          = errors.New("this folder holds consultations already; open them, or choose another folder")
	ErrInUse           = errors.New("these consultations are open in another Kindred window; use that window, or close it and try again")
	ErrWrongPassphrase = errors.New("this passphrase does not open the consultations; check capitals and keyboard language, or use the recovery code")
	ErrWeakPassphrase  = fmt.Errorf("the passphrase is too short; use at least %d characters, such as four words that have nothing to do with each other", minPassphrase)
	ErrRecoveryTyped   = errors.New("the recovery code has a typing error; it is nine groups of four letters and digits, compare it with the printed page")
	ErrWrongRecovery   = errors.New("this recovery code belongs to other consultations; look for the page printed when these were set up")
	ErrDamaged         = errors.New("the consultations file is damaged; nothing was changed, put the newest backup back (kindred-cli store restore)")
	ErrOlder           = errors.New("the consultations file is older than it was when last closed: saves are missing; put the newest backup back (kindred-cli store restore), or open it as it is")
	ErrNewer           = errors.New("the consultations were last opened by a newer Kindred; update this program, nothing was changed")
	ErrReadOnly        = errors.New("the consultations folder cannot be written; ask for write permission, or choose another folder")
	ErrFull            = errors.New("there is no room left to save; free some space and save again, everything saved before is kept")
	ErrChanged         = errors.New("this consultation was saved elsewhere in the meantime; open it again and repeat the change")
	ErrNotFound        = errors.New("there is no such consultation")
	ErrClosed          = errors.New("the consultations are locked; unlock them first")
)

// minPassphrase is in characters.
const minPassphrase = 12

// known are the errors that translate leaves as they are.
var known = []error{
	ErrMissing, ErrExists, ErrInUse, ErrWrongPassphrase, ErrWeakPassphrase, ErrRecoveryTyped,
	ErrWrongRecovery, ErrDamaged, ErrOlder, ErrNewer, ErrReadOnly, ErrFull, ErrChanged, ErrNotFound, ErrClosed,
}

// translate turns what the operating system or SQLite reports into one of the
// errors above, and keeps the original behind it. Anything else is returned
// with what was being done in front.
func translate(doing string, err error) error {
	if err == nil {
		return nil
	}
	for _, k := range known {
		if errors.Is(err, k) {
			return err
		}
	}
	if kind := kindOf(err); kind != nil {
		return fmt.Errorf("%w (%s: %w)", kind, doing, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func kindOf(err error) error {
	var sq *sqlite.Error
	if errors.As(err, &sq) {
		switch code := sq.Code(); code {
		// A file-size limit (EFBIG) and some full network disks come back as a
		// failed write rather than as a full disk.
		case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE:
			return ErrFull
		default:
			switch code & 0xff {
			case sqlite3.SQLITE_FULL:
				return ErrFull
			case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
				return ErrInUse
			case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
				return ErrDamaged
			case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
				return ErrReadOnly
			}
		}
		return nil
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EFBIG):
		return ErrFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ErrReadOnly
	case errors.Is(err, os.ErrNotExist):
		return ErrMissing
	}
	return nil
}

// damaged is ErrDamaged with what exactly does not fit.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w (%s)", ErrDamaged, fmt.Sprintf(format, args...))
}
