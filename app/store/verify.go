package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
)

// Verify reads everything and checks it against itself: SQLite's own structure,
// every link of the audit trail, every revision that the trail says was
// written, every summary. The error is ErrDamaged with the first thing that
// does not fit. progress is called now and then with how many revisions were
// read of how many, when it is not nil. For 100,000 consultations it takes some
// seconds; saving goes on beside it.
func (s *Store) Verify(ctx context.Context, progress func(done, total int)) error {
	done, err := s.read()
	if err != nil {
		return err
	}
	defer done()
	ctx, stop := s.untilClosed(ctx)
	defer stop()
	// Everything is read as it stood at one moment.
	conn, err := s.ro.Conn(ctx)
	if err != nil {
		return translate("checking the file", err)
	}
	defer conn.Close() //nolint:errcheck // goes back to the pool
	var verdict string
	if err := conn.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return translate("checking the file", err)
	}
	if verdict != "ok" {
		return damaged("%s", verdict)
	}

	written := map[revisionKey][16]byte{}
	newest := map[id16]int{}
	last, _, err := s.walk(ctx, 1, func(seq int64, body []byte) error {
		e, err := s.openEvent(seq, body)
		if err != nil {
			return err
		}
		if len(e.Items)%itemSize != 0 {
			return damaged("link %d of the audit trail lists half a revision", seq)
		}
		for items := e.Items; len(items) > 0; items = items[itemSize:] {
			id := id16(items[:16])
			revision := int(binary.BigEndian.Uint32(items[16:20]))
			written[revisionKey{id, revision}] = [16]byte(items[20:itemSize])
			newest[id] = max(newest[id], revision)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.verifyRevisions(ctx, written, progress); err != nil {
		return err
	}
	return s.verifyConsultations(ctx, newest, last)
}

// revisionKey is one revision of one consultation.
type revisionKey struct {
	id       id16
	revision int
}

// verifyRevisions opens every revision and ticks it off.
func (s *Store) verifyRevisions(ctx context.Context, written map[revisionKey][16]byte, progress func(done, total int)) error {
	rows, err := s.ro.QueryContext(ctx, `SELECT v.id, v.body, c.tag, p.id, p.tag, p.wrapped
		FROM revision v LEFT JOIN consultation c ON c.id = v.id >> ? LEFT JOIN patient p ON p.id = v.patient ORDER BY v.id`, revisionBits)
	if err != nil {
		return translate("checking revisions", err)
	}
	defer rows.Close() //nolint:errcheck // read only
	total, n := len(written), 0
	for rows.Next() {
		var row int64
		var body, tag, ptag, wrapped []byte
		var patientRow *int64
		if err := rows.Scan(&row, &body, &tag, &patientRow, &ptag, &wrapped); err != nil {
			return translate("checking revisions", err)
		}
		consultation, revision := row>>revisionBits, int(row&(1<<revisionBits-1))
		if tag == nil || patientRow == nil {
			return damaged("revision %d of consultation %d has lost its consultation or patient", revision, consultation)
		}
		id, who := makeID(consultation, tag), makeID(*patientRow, ptag)
		dek, err := s.keys.unwrapPatient(wrapped, who)
		if err != nil {
			return err
		}
		if _, err := unseal(dek, body, place{table: "revision", row: id, patient: who, revision: uint32(revision)}); err != nil {
			return err
		}
		clear(dek)
		key := revisionKey{id, revision}
		if want, ok := written[key]; ok && !bytes.Equal(want[:], sealTag(body)) {
			return damaged("revision %d of consultation %d is not the one that was saved", revision, consultation)
		}
		delete(written, key)
		if n++; progress != nil && n%1000 == 0 {
			progress(min(n, total), total)
		}
	}
	if err := rows.Err(); err != nil {
		return translate("checking revisions", err)
	}
	for key := range written {
		return damaged("revision %d of consultation %d is missing", key.revision, key.id.row())
	}
	return nil
}

// verifyConsultations opens every summary and compares its revision with the
// newest that the trail knows of.
func (s *Store) verifyConsultations(ctx context.Context, newest map[id16]int, last int64) error {
	err := s.SavedAfter(ctx, 0, func(st Stored) error {
		id, err := parseID(st.ID)
		if err != nil {
			return err
		}
		// A save made while this runs is newer than the trail that was read.
		if want, ok := newest[id]; ok && st.Revision < want {
			return damaged("consultation %d stands at revision %d, the audit trail says %d", id.row(), st.Revision, want)
		}
		delete(newest, id)
		return nil
	})
	if err != nil {
		return err
	}
	for id := range newest {
		return damaged("consultation %d is missing", id.row())
	}
	var links int64
	if err := s.ro.QueryRowContext(ctx, `SELECT count(*) FROM audit WHERE seq <= ?`, last).Scan(&links); err != nil {
		return translate("checking the audit trail", err)
	}
	if links != last {
		return damaged("the audit trail has %d links, its last is number %d", links, last)
	}
	return nil
}

// check is Verify for a file that is not the open one: a backup, with the keys
// of this store.
func (s *Store) check(ctx context.Context, dir string) error {
	other := newStore(dir, s.set)
	other.keys, other.uid = s.keys, s.uid
	if err := other.openPools(); err != nil {
		return err
	}
	defer func() { other.ro.Close(); other.rw.Close() }() //nolint:errcheck // only read from
	uid, err := readUID(ctx, other.ro)
	if err != nil {
		return err
	}
	if !bytes.Equal(uid, s.uid) {
		return fmt.Errorf("the copy belongs to other consultations")
	}
	return other.Verify(ctx, nil)
}
