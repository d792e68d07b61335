package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Create makes an empty store in dir and leaves it open. The recovery code is
// shown once, here: it opens the store when the passphrase is forgotten, and is
// kept nowhere. Errors: ErrExists, ErrWeakPassphrase, ErrInUse, ErrReadOnly,
// ErrFull.
func Create(dir, passphrase string, opts ...Option) (st *Store, recoveryCode string, err error) {
	if err := checkPassphrase(passphrase); err != nil {
		return nil, "", err
	}
	s := newStore(dir, newSettings(opts))
	defer func() {
		if err != nil {
			err = errors.Join(translate("setting up "+dir, err), s.release())
		}
	}()
	if err := makeFolder(dir); err != nil {
		return nil, "", err
	}
	if err := s.takeLock(); err != nil {
		return nil, "", err
	}
	if Exists(dir) {
		return nil, "", ErrExists
	}
	secret := newRecovery()
	defer clear(secret)
	if err := s.build(passphrase, secret); err != nil {
		return nil, "", err
	}
	if err := s.openFiles(); err != nil {
		return nil, "", err
	}
	if err := s.write(context.Background(), "setting up", func(t *tx) error { return t.audit(Event{Action: ActCreated}) }); err != nil {
		return nil, "", err
	}
	return s, recoveryText(secret), nil
}

// build writes the new database aside and gives it its name only when it is
// whole.
func (s *Store) build(passphrase string, secret []byte) error {
	ctx := context.Background()
	name := filepath.Join(s.dir, newName)
	for _, suffix := range []string{"", "-journal", "-wal", "-shm"} { // of an earlier try that was cut off
		if err := os.Remove(name + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	// The witness of a store that was here before would contradict the new one.
	if err := os.Remove(filepath.Join(s.dir, headName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	master := make([]byte, keySize)
	rand.Read(master) // never fails (crypto/rand)
	s.uid = make([]byte, len(id16{}))
	rand.Read(s.uid)
	var err error
	if s.keys, err = newKeys(master); err != nil {
		return err
	}
	steps, err := migrations(schemaFiles)
	if err != nil {
		return err
	}
	if err := touch(name); err != nil {
		return err
	}
	s.rw, err = sql.Open("sqlite", dsn(name, "page_size(8192)", "synchronous(FULL)", "temp_store(MEMORY)", "secure_delete(ON)"))
	if err != nil {
		return err
	}
	s.rw.SetMaxOpenConns(1)
	conn, err := s.rw.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { conn.Close(); s.rw.Close(); s.rw = nil }() //nolint:errcheck // closed below when it matters
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return err
	}
	if err := migrate(ctx, conn, 0, steps); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, `INSERT INTO store (id, uid) VALUES (1, ?)`, s.uid); err != nil {
		return err
	}
	for kind, secret := range map[string][]byte{slotPassphrase: canonical(passphrase), slotRecovery: secret} {
		slot, err := fillSlot(kind, secret, master, s.uid)
		if err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, `INSERT INTO keyslot (kind, params, sealed, sum) VALUES (?, ?, ?, ?)`,
			slot.kind, slot.params, slot.sealed, slot.sum); err != nil {
			return err
		}
	}
	if err := errors.Join(conn.Close(), s.rw.Close()); err != nil {
		return err
	}
	if err := writeAbout(s.dir, s.set.about); err != nil {
		return err
	}
	if err := os.Rename(name, filepath.Join(s.dir, databaseName)); err != nil {
		return err
	}
	return syncFolder(s.dir)
}
