package store

import (
	"bytes"
	"compress/flate"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"
)

// formatVersion is bound into every seal: a later way of sealing gets another.
const formatVersion = 1

// keyID numbers the master key that a row is sealed under; there is one.
const keyID = 1

// id16 is a row number and a random tag: who a patient or consultation is,
// within one store and across all.
type id16 [16]byte

func newTag() (tag [8]byte) {
	rand.Read(tag[:]) // never fails (crypto/rand)
	return tag
}

func makeID(row int64, tag []byte) (id id16) {
	binary.BigEndian.PutUint64(id[:8], uint64(row))
	copy(id[8:], tag)
	return id
}

func (id id16) row() int64  { return int64(binary.BigEndian.Uint64(id[:8])) }
func (id id16) tag() []byte { return id[8:] }

// place is where a sealed value stands. All of it is authenticated with the
// value, so that nothing opens anywhere but where it was put.
type place struct {
	table    string
	row      id16
	patient  id16
	revision uint32
}

func (p place) aad() []byte {
	b := make([]byte, 0, 64)
	b = append(b, "kindred"...)
	b = append(b, formatVersion, keyID, byte(len(p.table)))
	b = append(b, p.table...)
	b = append(b, p.row[:]...)
	b = append(b, p.patient[:]...)
	return binary.BigEndian.AppendUint32(b, p.revision)
}

// sealTo encrypts plain under key for place: nonce, ciphertext, tag.
func seal(key, plain []byte, at place) []byte {
	aead := newAEAD(key)
	out := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(plain)+chacha20poly1305.Overhead)
	rand.Read(out) // never fails (crypto/rand)
	return aead.Seal(out, out, plain, at.aad())
}

// unseal opens what seal made for the same key and place, and nothing else.
func unseal(key, sealed []byte, at place) ([]byte, error) {
	if len(sealed) < chacha20poly1305.NonceSizeX+chacha20poly1305.Overhead {
		return nil, damaged("a value in %s is too short to be sealed", at.table)
	}
	nonce, rest := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	plain, err := newAEAD(key).Open(nil, nonce, rest, at.aad())
	if err != nil {
		return nil, damaged("row %d of %s was altered or moved", at.row.row(), at.table)
	}
	return plain, nil
}

// sealTag is the last 16 bytes of a sealed value: its authentication tag, which
// the audit trail keeps to recognise exactly this value.
func sealTag(sealed []byte) []byte { return sealed[len(sealed)-chacha20poly1305.Overhead:] }

func newAEAD(key []byte) cipher.AEAD {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		// Only a key of the wrong length does this, and every key is made here.
		panic(fmt.Sprintf("store: sealing with a key of %d bytes", len(key)))
	}
	return aead
}

// keys are what the master key is stretched into; one purpose, one key.
type keys struct {
	master    []byte
	patient   []byte // wraps each patient's own key
	blind     []byte // hashes NHS numbers, list rows and setting names
	draft     []byte
	setting   []byte
	auditSeal []byte
	auditMAC  []byte
	head      []byte
}

func newKeys(master []byte) (*keys, error) {
	k := &keys{master: master}
	for _, sub := range []struct {
		key  *[]byte
		name string
	}{
		{&k.patient, "patient"},
		{&k.blind, "blind"},
		{&k.draft, "draft"},
		{&k.setting, "setting"},
		{&k.auditSeal, "audit-seal"},
		{&k.auditMAC, "audit-mac"},
		{&k.head, "head"},
	} {
		derived, err := hkdf.Key(sha256.New, master, nil, "kindred/"+sub.name+"/1", keySize)
		if err != nil {
			return nil, fmt.Errorf("deriving the %s key: %w", sub.name, err)
		}
		*sub.key = derived
	}
	return k, nil
}

// wipe forgets the keys as far as the runtime allows: copies that the garbage
// collector or the ciphers made stay until their memory is used again.
func (k *keys) wipe() {
	for _, b := range [][]byte{k.master, k.patient, k.blind, k.draft, k.setting, k.auditSeal, k.auditMAC, k.head} {
		clear(b)
	}
}

// hash is the blind index: equal values of one kind meet, and without the key
// the billion possible NHS numbers cannot be tried.
func (k *keys) hash(kind, value string) []byte {
	m := hmac.New(sha256.New, k.blind)
	io.WriteString(m, kind)  //nolint:errcheck // a hash never fails
	m.Write([]byte{0})       //nolint:errcheck
	io.WriteString(m, value) //nolint:errcheck
	return m.Sum(nil)[:16:16]
}

func (k *keys) wrapPatient(dek []byte, patient id16) []byte {
	return seal(k.patient, dek, place{table: "patient", row: patient, patient: patient})
}

func (k *keys) unwrapPatient(wrapped []byte, patient id16) ([]byte, error) {
	dek, err := unseal(k.patient, wrapped, place{table: "patient", row: patient, patient: patient})
	if err == nil && len(dek) != keySize {
		err = damaged("the key of patient %d has %d bytes", patient.row(), len(dek))
	}
	return dek, err
}

// Bodies are text that repeats itself; longer ones are compressed before they
// are sealed.
const (
	packRaw     byte = 0
	packDeflate byte = 1
	packFrom         = 2048    // bytes; shorter bodies cost more time than they save room
	packLimit        = 1 << 26 // bytes; no consultation is 64 MiB
)

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, flate.BestSpeed)
	if err != nil {
		panic("store: compression level: " + err.Error())
	}
	return w
}}

func pack(body []byte) []byte {
	if len(body) < packFrom {
		return append([]byte{packRaw}, body...)
	}
	var out bytes.Buffer
	out.WriteByte(packDeflate)
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&out)
	_, err := w.Write(body)
	if cerr := w.Close(); err != nil || cerr != nil {
		return append([]byte{packRaw}, body...) // a buffer does not fail; if it did, nothing is lost
	}
	return out.Bytes()
}

func unpack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, damaged("a consultation is empty")
	}
	switch b[0] {
	case packRaw:
		return b[1:], nil
	case packDeflate:
		body, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b[1:])), packLimit+1))
		if err != nil || len(body) > packLimit {
			return nil, damaged("a consultation does not unpack")
		}
		return body, nil
	}
	return nil, damaged("a consultation is packed in the unknown way %d", b[0])
}
