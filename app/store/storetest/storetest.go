// Package storetest lets tests of other packages use a real store without
// waiting half a second for each passphrase.
package storetest

import (
	"testing"

	"kindred/app/store"
	"kindred/app/store/internal/cost"
)

// Passphrase opens every store that New makes.
const Passphrase = "correct horse battery staple"

// CheapKeys makes passphrases nearly free to try for the rest of the test
// process. Stores made under it can be opened only under it.
func CheapKeys(tb testing.TB) {
	tb.Helper()
	cost.LowerForTests()
}

// New returns an open, empty store in a folder of the test, and closes it with
// the test.
func New(tb testing.TB, opts ...store.Option) *store.Store {
	tb.Helper()
	CheapKeys(tb)
	st, _, err := store.Create(tb.TempDir(), Passphrase, opts...)
	if err != nil {
		tb.Fatalf("creating a store for the test: %v", err)
	}
	tb.Cleanup(func() {
		if err := st.Close(); err != nil {
			tb.Errorf("closing the test's store: %v", err)
		}
	})
	return st
}
