// Package cost holds what it costs to try one passphrase, and the only way to
// lower it: from a test. It is internal so that no program can reach it.
package cost

import (
	"fmt"
	"testing"
)

// Argon2id are the parameters of one derivation.
type Argon2id struct {
	Time      uint32 // passes
	MemoryKiB uint32
	Threads   uint8
}

// Real is what a new slot costs outside of tests: 0.5 to 0.8 s a try, measured
// on two cores.
func Real() Argon2id { return Argon2id{Time: 3, MemoryKiB: 128 << 10, Threads: 2} }

var (
	standard = Real()
	floor    = Argon2id{Time: 3, MemoryKiB: 64 << 10, Threads: 1}
	// ceiling keeps a hostile file from exhausting the machine before anyone
	// has proved to know the passphrase.
	ceiling = Argon2id{Time: 10, MemoryKiB: 1 << 20, Threads: 8}
)

// Current is what new key slots are made with.
func Current() Argon2id { return standard }

// Check refuses parameters read from a file that are too cheap to be safe or
// too dear to be honest.
func Check(p Argon2id) error {
	switch {
	case p.Time > ceiling.Time || p.MemoryKiB > ceiling.MemoryKiB || p.Threads > ceiling.Threads:
		return fmt.Errorf("its key parameters ask for %d passes over %d MiB with %d threads, more than the %d, %d and %d allowed",
			p.Time, p.MemoryKiB>>10, p.Threads, ceiling.Time, ceiling.MemoryKiB>>10, ceiling.Threads)
	case p.Time < floor.Time || p.MemoryKiB < floor.MemoryKiB || p.Threads < floor.Threads:
		return fmt.Errorf("its key parameters (%d passes over %d KiB) are weaker than this program ever writes",
			p.Time, p.MemoryKiB)
	}
	return nil
}

// LowerForTests makes passphrases nearly free to try for the rest of this
// process. It does nothing but panic outside a test binary.
func LowerForTests() {
	if !testing.Testing() {
		panic("cost: passphrases may be made cheap only inside a test")
	}
	standard = Argon2id{Time: 1, MemoryKiB: 64, Threads: 1}
	floor = standard
}
