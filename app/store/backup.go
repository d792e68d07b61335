package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a copy of everything to the file name and proves it: the copy
// is opened, every revision in it is deciphered and compared with the audit
// trail, and only then does it get its name. It is sealed like the store itself
// and opens with the same passphrase or recovery code. An existing file of that
// name is replaced, only by a copy that was proved.
//
// Copying the database file by hand is no backup: while the store is open, part
// of it is in SQLite's log.
func (s *Store) Backup(ctx context.Context, name string) (err error) {
	defer func() { err = translate("writing the backup", err) }()
	work, err := os.MkdirTemp(filepath.Dir(name), ".kindred-backup-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	made := filepath.Join(work, databaseName)
	if err := s.proveCopy(ctx, made); err != nil {
		return err
	}
	if err := os.Rename(made, name); err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(name)); err != nil {
		return err
	}
	if err := s.Note(ctx, Event{Action: ActBackedUp}); !errors.Is(err, ErrClosed) {
		return err
	}
	return nil // closed meanwhile: the backup is as good
}

// proveCopy makes the copy and checks it, while the keys are there.
func (s *Store) proveCopy(ctx context.Context, name string) error {
	done, err := s.read()
	if err != nil {
		return err
	}
	defer done()
	ctx, stop := s.untilClosed(ctx)
	defer stop()
	if err := s.copyTo(ctx, name); err != nil {
		return err
	}
	return s.check(ctx, filepath.Dir(name))
}

// copyTo writes the database as it stands at one moment, without its log.
func (s *Store) copyTo(ctx context.Context, name string) error {
	// A connection of its own: the reading ones may not write anything, and the
	// writing one stays free for saves.
	db, err := sql.Open("sqlite", dsn(filepath.Join(s.dir, databaseName), "busy_timeout(5000)", "temp_store(MEMORY)"))
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // only read from
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // goes with its pool
	if err := vacuumInto(ctx, conn, name); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Restore puts a backup into dir, which must hold no consultations, and proves
// that it opens with the passphrase. The store is left closed; its next Open
// says once that the witness file was begun afresh.
func Restore(backup, dir, passphrase string) (err error) {
	if Exists(dir) {
		return ErrExists
	}
	if err := makeFolder(dir); err != nil {
		return translate("restoring into "+dir, err)
	}
	aside, err := os.MkdirTemp(dir, ".kindred-restore-*")
	if err != nil {
		return translate("restoring into "+dir, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(aside)) }()
	if err := copyFile(filepath.Join(aside, databaseName), backup); err != nil {
		return translate("restoring "+filepath.Base(backup), err)
	}
	s, err := Open(aside, passphrase)
	if err != nil {
		return err
	}
	if err := errors.Join(s.Verify(context.Background(), nil), s.Close()); err != nil {
		return err
	}
	for _, f := range []string{databaseName, headName} {
		if err := os.Rename(filepath.Join(aside, f), filepath.Join(dir, f)); err != nil {
			return translate("restoring into "+dir, err)
		}
	}
	return translate("restoring into "+dir, syncFolder(dir))
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // read only
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return fmt.Errorf("copying: %w", err)
	}
	if info, err := os.Stat(to); err != nil || info.Size() == 0 {
		return fs.ErrInvalid
	}
	return nil
}

// vacuumInto writes a compact copy of the database to a new file that only its
// owner can read.
func vacuumInto(ctx context.Context, conn *sql.Conn, name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := touch(name); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, `VACUUM INTO ?`, name); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
