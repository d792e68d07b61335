package store

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"kindred/app/store/internal/cost"
)

const (
	keySize  = 32
	saltSize = 16

	kdfArgon2id byte = 1 // for what people choose
	kdfHKDF     byte = 2 // for 160 random bits, which no one can try out
)

// kdf is how a slot's key is made from its secret: stored beside the slot, so
// read from a file that anyone may have written.
type kdf struct {
	algorithm byte
	cost      cost.Argon2id // of argon2id
	salt      [saltSize]byte
}

func newKDF(algorithm byte, price cost.Argon2id) kdf {
	k := kdf{algorithm: algorithm}
	if algorithm == kdfArgon2id {
		k.cost = price
	}
	rand.Read(k.salt[:]) // never fails (crypto/rand)
	return k
}

// encode is algorithm, passes, KiB, threads, salt: 26 bytes.
func (k kdf) encode() []byte {
	b := []byte{k.algorithm}
	b = binary.BigEndian.AppendUint32(b, k.cost.Time)
	b = binary.BigEndian.AppendUint32(b, k.cost.MemoryKiB)
	b = append(b, k.cost.Threads)
	return append(b, k.salt[:]...)
}

func decodeKDF(b []byte) (kdf, error) {
	var k kdf
	if len(b) != 10+saltSize {
		return k, fmt.Errorf("its key parameters are %d bytes, not %d", len(b), 10+saltSize)
	}
	k.algorithm = b[0]
	k.cost = cost.Argon2id{
		Time:      binary.BigEndian.Uint32(b[1:]),
		MemoryKiB: binary.BigEndian.Uint32(b[5:]),
		Threads:   b[9],
	}
	copy(k.salt[:], b[10:])
	switch k.algorithm {
	case kdfArgon2id:
		return k, cost.Check(k.cost)
	case kdfHKDF:
		return k, nil
	}
	return k, fmt.Errorf("its key parameters name the unknown method %d", k.algorithm)
}

// key derives the slot's key. The secret is a passphrase in its canonical form
// or the 20 bytes of a recovery code.
func (k kdf) key(secret []byte) ([]byte, error) {
	switch k.algorithm {
	case kdfArgon2id:
		return argon2.IDKey(secret, k.salt[:], k.cost.Time, k.cost.MemoryKiB, k.cost.Threads, keySize), nil
	case kdfHKDF:
		return hkdf.Key(sha256.New, secret, k.salt[:], "kindred/recovery-slot/1", keySize)
	}
	return nil, errors.New("unknown key derivation")
}

// canonical writes a passphrase in the one form that every keyboard and
// platform agrees on (é typed as one or as two characters is the same).
func canonical(passphrase string) []byte { return norm.NFKC.Bytes([]byte(passphrase)) }

func checkPassphrase(passphrase string) error {
	if n := len([]rune(string(canonical(passphrase)))); n < minPassphrase {
		return ErrWeakPassphrase
	}
	return nil
}
