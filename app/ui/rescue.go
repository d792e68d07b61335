package ui

import (
	"errors"
	"time"

	"kindred/app/store"
)

// Newest implements unlock.Rescuer.
func (g *program) Newest() (time.Time, bool) {
	files, err := store.Backups(g.opts.Dir)
	if err != nil || len(files) == 0 { // what cannot be read cannot be put back
		return time.Time{}, false
	}
	return files[0].When, true
}

// PutBack implements unlock.Rescuer.
func (g *program) PutBack(passphrase string) error {
	files, err := store.Backups(g.opts.Dir)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("the copy is no longer there; put one back with kindred-cli store restore")
	}
	kept, err := store.PutBack(files[0].Path, g.opts.Dir, passphrase, g.opts.Now())
	if err != nil {
		return err
	}
	g.rescued = "The copy is in place; what was there before is kept in " + kept + "."
	return g.Open(passphrase)
}

// OpenAsItIs implements unlock.Rescuer.
func (g *program) OpenAsItIs(passphrase string) error {
	st, err := store.Open(g.opts.Dir, passphrase, writtenBy, store.AcceptOlder())
	if err == nil {
		g.st = st
	}
	return err
}
