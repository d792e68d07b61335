package store

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"
)

// What is written into the audit trail.
const (
	ActCreated     = "created"    // the store itself
	ActUnlocked    = "unlocked"   // with the passphrase
	ActRecovered   = "recovered"  // with the recovery code
	ActLocked      = "locked"     // window closed or locked
	ActSaved       = "saved"      // a revision of a consultation
	ActImported    = "imported"   // many rows of a clinic list at once
	ActViewed      = "viewed"     // a consultation was opened
	ActExported    = "exported"   // letter, workbook or text left the store
	ActPassphrase  = "passphrase" // the passphrase was changed
	ActSetting     = "setting"    // a setting that advice depends on was changed
	ActBackedUp    = "backed up"  //
	ActNoticed     = "noticed"    // something about the file was not as it should be
	ActClockBehind = "clock back" // this machine's clock shows less than at the last event
)

// Event is one link of the audit trail. It is sealed; Detail may say anything
// but belongs to the user's own words ("why").
type Event struct {
	Seq      int64     `json:"-"`
	At       time.Time `json:"at"` // UTC, by this machine's clock; the order is Seq
	Action   string    `json:"action"`
	Author   string    `json:"author,omitempty"`  // who the program was told
	Account  string    `json:"account,omitempty"` // who the operating system says
	Host     string    `json:"host,omitempty"`
	Program  string    `json:"program,omitempty"` // name and version
	Patient  string    `json:"patient,omitempty"` // store's id, never a name
	Record   string    `json:"record,omitempty"`
	Revision int       `json:"revision,omitempty"`
	Detail   string    `json:"detail,omitempty"`
	// Consultations is how many there were after this event: rows that vanish
	// are missed.
	Consultations int64 `json:"consultations"`
	// Items are the revisions this event wrote, 36 bytes each: consultation,
	// revision, authentication tag of the sealed body.
	Items []byte `json:"items,omitempty"`
}

const itemSize = 16 + 4 + 16

func appendItem(items []byte, consultation id16, revision int, sealed []byte) []byte {
	items = append(items, consultation[:]...)
	items = binary.BigEndian.AppendUint32(items, uint32(revision))
	return append(items, sealTag(sealed)...)
}

func (k *keys) link(before []byte, seq int64, sealed []byte) []byte {
	m := hmac.New(sha256.New, k.auditMAC)
	m.Write(before)                                          //nolint:errcheck // a hash never fails
	m.Write(binary.BigEndian.AppendUint64(nil, uint64(seq))) //nolint:errcheck
	m.Write(sealed)                                          //nolint:errcheck
	return m.Sum(nil)
}

func auditPlace(seq int64) place { return place{table: "audit", row: makeID(seq, nil)} }

// audit adds a link to the trail, in the same transaction as what it tells of.
func (t *tx) audit(e Event) error {
	if t.err != nil {
		return t.err
	}
	e.At = t.now
	e.Author, e.Account, e.Host, e.Program = t.s.set.author, t.s.set.account, t.s.set.host, t.s.set.program
	e.Consultations = t.state.consultations
	plain, err := json.Marshal(e)
	if err != nil {
		return t.fail(fmt.Errorf("writing the audit trail: %w", err))
	}
	seq := t.state.seq + 1
	sealed := seal(t.s.keys.auditSeal, plain, auditPlace(seq))
	mac := t.s.keys.link(t.state.mac, seq, sealed)
	if err := t.exec(`INSERT INTO audit (seq, body, mac) VALUES (?, ?, ?)`, seq, sealed, mac); err != nil {
		return err
	}
	t.state.seq, t.state.mac = seq, mac
	return nil
}

// Note adds an event to the audit trail: what was viewed, printed, exported.
// Action, Patient, Record, Revision and Detail are taken from e.
func (s *Store) Note(ctx context.Context, e Event) error {
	return s.write(ctx, "writing the audit trail", func(t *tx) error { return t.audit(e) })
}

func (s *Store) openEvent(seq int64, sealed []byte) (Event, error) {
	plain, err := unseal(s.keys.auditSeal, sealed, auditPlace(seq))
	if err != nil {
		return Event{}, err
	}
	e := Event{Seq: seq}
	if err := json.Unmarshal(plain, &e); err != nil {
		return Event{}, damaged("link %d of the audit trail does not read", seq)
	}
	return e, nil
}

// Audit returns the newest n events, newest first.
func (s *Store) Audit(ctx context.Context, n int) ([]Event, error) {
	done, err := s.read()
	if err != nil {
		return nil, err
	}
	defer done()
	rows, err := s.ro.QueryContext(ctx, `SELECT seq, body FROM audit ORDER BY seq DESC LIMIT ?`, n)
	if err != nil {
		return nil, translate("reading the audit trail", err)
	}
	defer rows.Close() //nolint:errcheck // read only
	var out []Event
	for rows.Next() {
		var seq int64
		var body []byte
		if err := rows.Scan(&seq, &body); err != nil {
			return nil, translate("reading the audit trail", err)
		}
		e, err := s.openEvent(seq, body)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, translate("reading the audit trail", rows.Err())
}

// walk follows the chain from link first to the end, checks each MAC, and calls
// each with the sealed body. It returns the last link.
func (s *Store) walk(ctx context.Context, first int64, each func(seq int64, body []byte) error) (seq int64, mac []byte, err error) {
	seq, mac = first-1, make([]byte, sha256.Size)
	if first > 1 {
		if err := s.ro.QueryRowContext(ctx, `SELECT mac FROM audit WHERE seq = ?`, seq).Scan(&mac); err != nil {
			return 0, nil, damaged("link %d of the audit trail is missing", seq)
		}
	}
	rows, err := s.ro.QueryContext(ctx, `SELECT seq, body, mac FROM audit WHERE seq >= ? ORDER BY seq`, first)
	if err != nil {
		return 0, nil, translate("reading the audit trail", err)
	}
	defer rows.Close() //nolint:errcheck // read only
	for rows.Next() {
		var n int64
		var body, got []byte
		if err := rows.Scan(&n, &body, &got); err != nil {
			return 0, nil, translate("reading the audit trail", err)
		}
		if n != seq+1 {
			return 0, nil, damaged("link %d of the audit trail is missing", seq+1)
		}
		if want := s.keys.link(mac, n, body); !bytes.Equal(want, got) {
			return 0, nil, damaged("link %d of the audit trail was altered", n)
		}
		if each != nil {
			if err := each(n, body); err != nil {
				return 0, nil, err
			}
		}
		seq, mac = n, got
	}
	return seq, mac, translate("reading the audit trail", rows.Err())
}

// linksAtUnlock is how much of the trail's end is checked at every unlock
// (about 50 ms); Verify checks all of it.
const linksAtUnlock = 10_000

// checkTrail compares the trail with itself, with the witness file and with the
// number of consultations. It returns what the user should be told although the
// store is sound.
func (s *Store) checkTrail(ctx context.Context) (notices []string, err error) {
	st, err := readState(ctx, s.ro)
	if err != nil {
		return nil, translate("reading the end of the file", err)
	}
	var links int64
	if err := s.ro.QueryRowContext(ctx, `SELECT count(*) FROM audit`).Scan(&links); err != nil {
		return nil, translate("reading the audit trail", err)
	}
	if links != st.seq || links == 0 {
		return nil, damaged("the audit trail has %d links, its last is number %d", links, st.seq)
	}
	var last Event
	_, _, err = s.walk(ctx, max(1, links-linksAtUnlock+1), func(seq int64, body []byte) error {
		if seq < links {
			return nil
		}
		var err error
		last, err = s.openEvent(seq, body)
		return err
	})
	if err != nil {
		return nil, err
	}
	if last.Consultations != st.consultations {
		return nil, damaged("it holds %d consultations, the audit trail counts %d", st.consultations, last.Consultations)
	}
	if now := s.set.now(); now.Before(last.At) {
		notices = append(notices, fmt.Sprintf("This computer's clock is %s behind the last save.", last.At.Sub(now).Round(time.Second)))
	}
	seq, mac, present := s.head.read(s.keys, s.uid)
	if !present {
		return append(notices, "The witness file was missing or damaged, so nobody can say whether this is the newest state of the consultations. It was begun afresh."), nil
	}
	if seq > st.seq {
		return notices, fmt.Errorf("%w (the audit trail ends at link %d, it had reached %d)", ErrOlder, st.seq, seq)
	}
	var there []byte
	if err := s.ro.QueryRowContext(ctx, `SELECT mac FROM audit WHERE seq = ?`, seq).Scan(&there); err != nil {
		return nil, translate("reading the audit trail", err)
	}
	if !bytes.Equal(there, mac) {
		return notices, fmt.Errorf("%w (the audit trail went another way after link %d)", ErrOlder, seq-1)
	}
	return notices, nil
}
