package store

import (
	"encoding/binary"
	"os"
)

// head is the witness file: which link the audit trail had reached, kept
// outside the database so that a file put back to an older state, or cut short,
// is noticed. It has two slots written in turn, so that one is whole at any
// moment. It is not synced: it may lag behind the database, never run ahead.
type head struct{ f *os.File }

const (
	headSlot  = 512 // bytes, apart from each other on the disk
	headPlain = 8 + 32
)

func openHead(name string) (*head, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return &head{f}, nil
}

func headPlace(uid []byte, slot int64) place {
	return place{table: "head", row: id16(uid), revision: uint32(slot)}
}

// write notes the state. A failure is let pass: the save is in the database,
// and a witness that lags is a weaker witness, not a wrong one.
func (h *head) write(k *keys, uid []byte, st state) {
	slot := st.seq % 2
	plain := binary.BigEndian.AppendUint64(nil, uint64(st.seq))
	plain = append(plain, st.mac...)
	h.f.WriteAt(seal(k.head, plain, headPlace(uid, slot)), slot*headSlot) //nolint:errcheck // see above
}

// read returns the newest link that the witness remembers. It is absent when
// the file is new, damaged, or another store's.
func (h *head) read(k *keys, uid []byte) (seq int64, mac []byte, present bool) {
	for slot := int64(0); slot < 2; slot++ {
		buf := make([]byte, 24+headPlain+16)
		if n, _ := h.f.ReadAt(buf, slot*headSlot); n < len(buf) {
			continue
		}
		plain, err := unseal(k.head, buf, headPlace(uid, slot))
		if err != nil || len(plain) != headPlain {
			continue
		}
		if s := int64(binary.BigEndian.Uint64(plain)); !present || s > seq {
			seq, mac, present = s, plain[8:], true
		}
	}
	return seq, mac, present
}

func (h *head) close() error {
	if h == nil || h.f == nil {
		return nil
	}
	return h.f.Close()
}
