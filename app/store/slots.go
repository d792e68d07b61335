package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"

	"kindred/app/store/internal/cost"
)

// The ways to the master key.
const (
	slotPassphrase = "passphrase"
	slotRecovery   = "recovery"
)

// slot is the master key sealed under a key made from one secret.
type slot struct {
	kind   string
	params []byte
	sealed []byte
	sum    []byte
}

// slotPlace binds a slot to its store and to the parameters that made its key.
func slotPlace(kind string, uid, params []byte) place {
	return place{table: "keyslot/" + kind + "/" + string(params), row: id16(uid)}
}

func (s slot) checksum() []byte {
	h := sha256.New()
	for _, b := range [][]byte{[]byte(s.kind), s.params, s.sealed} {
		h.Write([]byte{byte(len(b))}) //nolint:errcheck // a hash never fails
		h.Write(b)                    //nolint:errcheck
	}
	return h.Sum(nil)[:8]
}

// fillSlot seals the master key for one secret.
func fillSlot(kind string, secret, master, uid []byte) (slot, error) {
	return fillSlotAt(cost.Current(), kind, secret, master, uid)
}

func fillSlotAt(price cost.Argon2id, kind string, secret, master, uid []byte) (slot, error) {
	algorithm := kdfArgon2id
	if kind == slotRecovery {
		algorithm = kdfHKDF
	}
	k := newKDF(algorithm, price)
	key, err := k.key(secret)
	if err != nil {
		return slot{}, err
	}
	defer clear(key)
	s := slot{kind: kind, params: k.encode()}
	s.sealed = seal(key, master, slotPlace(kind, uid, s.params))
	s.sum = s.checksum()
	return s, nil
}

// errSecret says that the secret does not fit the slot.
var errSecret = errors.New("the secret does not open the slot")

// open returns the master key, or errSecret, or ErrDamaged when the slot itself
// is broken.
func (s slot) open(secret, uid []byte) ([]byte, error) {
	if !bytes.Equal(s.sum, s.checksum()) {
		return nil, damaged("its %s slot does not fit its checksum", s.kind)
	}
	k, err := decodeKDF(s.params)
	if err != nil {
		return nil, damaged("%s", err)
	}
	key, err := k.key(secret)
	if err != nil {
		return nil, damaged("%s", err)
	}
	defer clear(key)
	master, err := unseal(key, s.sealed, slotPlace(s.kind, uid, s.params))
	if err != nil || len(master) != keySize {
		return nil, errSecret
	}
	return master, nil
}

// queryer is what a pool and a connection have in common.
type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readUID(ctx context.Context, q queryer) ([]byte, error) {
	var uid []byte
	if err := q.QueryRowContext(ctx, `SELECT uid FROM store WHERE id = 1`).Scan(&uid); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return nil, damaged("it does not say which store it is")
		}
		return nil, translate("reading the store's name", err)
	}
	if len(uid) != len(id16{}) {
		return nil, damaged("its own name has %d bytes", len(uid))
	}
	return uid, nil
}

func readSlot(ctx context.Context, q queryer, kind string) (slot, error) {
	s := slot{kind: kind}
	err := q.QueryRowContext(ctx, `SELECT params, sealed, sum FROM keyslot WHERE kind = ?`, kind).
		Scan(&s.params, &s.sealed, &s.sum)
	if errors.Is(err, sql.ErrNoRows) {
		return s, damaged("its %s slot is missing", kind)
	}
	return s, translate("reading the key slots", err)
}

func writeSlot(t *tx, s slot) error {
	return t.exec(`INSERT INTO keyslot (kind, params, sealed, sum) VALUES (?, ?, ?, ?)
		ON CONFLICT (kind) DO UPDATE SET params = excluded.params, sealed = excluded.sealed, sum = excluded.sum`,
		s.kind, s.params, s.sealed, s.sum)
}

// ChangePassphrase replaces the passphrase after checking the old one. Nothing
// but the one key slot is rewritten.
func (s *Store) ChangePassphrase(ctx context.Context, old, new string) error {
	if err := checkPassphrase(new); err != nil {
		return err
	}
	done, err := s.read()
	if err != nil {
		return err
	}
	sl, err := readSlot(ctx, s.ro, slotPassphrase)
	done()
	if err != nil {
		return err
	}
	master, err := sl.open(canonical(old), s.uid)
	if errors.Is(err, errSecret) {
		return ErrWrongPassphrase
	}
	if err != nil {
		return err
	}
	clear(master)
	return s.setPassphrase(ctx, new)
}

func (s *Store) setPassphrase(ctx context.Context, passphrase string) error {
	sl, err := fillSlot(slotPassphrase, canonical(passphrase), s.keys.master, s.uid)
	if err != nil {
		return err
	}
	return s.write(ctx, "changing the passphrase", func(t *tx) error {
		if err := writeSlot(t, sl); err != nil {
			return err
		}
		return t.audit(Event{Action: ActPassphrase})
	})
}
