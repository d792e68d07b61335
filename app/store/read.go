package store

import (
	"context"
	"database/sql"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
)

// Stored is what the store knows of one consultation.
type Stored struct {
	ID       string
	Patient  string
	Revision int
	Saved    int64  // order of saving
	Summary  []byte // as given to Save
	Body     []byte // as given to Save; nil where only summaries are read
}

var idText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func (id id16) String() string { return idText.EncodeToString(id[:]) }

func parseID(text string) (id id16, err error) {
	b, err := idText.DecodeString(strings.ToLower(text))
	if err != nil || len(b) != len(id) {
		return id, ErrNotFound
	}
	id = id16(b)
	if id.row() <= 0 {
		return id, ErrNotFound
	}
	return id, nil
}

// NewID makes the id of a new consultation. Nothing is written until it is
// saved.
func (s *Store) NewID() string {
	tag := newTag()
	return makeID(s.nextID.Add(1), tag[:]).String()
}

// read lets a reader in, or says that the store is locked.
func (s *Store) read() (done func(), err error) {
	if s.closed.Load() || !s.reading.TryRLock() {
		return nil, ErrClosed
	}
	return s.reading.RUnlock, nil
}

// revisionBits is how many bits of a revision's row number count revisions: a
// million for each consultation.
const revisionBits = 20

func revisionRow(consultation int64, revision int) int64 {
	return consultation<<revisionBits | int64(revision)
}

// Load returns the current revision of a consultation, or ErrNotFound.
func (s *Store) Load(ctx context.Context, id string) (Stored, error) {
	return s.load(ctx, id, 0)
}

// LoadRevision returns one revision of a consultation, the first being 1.
// Summary is nil: it belongs to the current revision only.
func (s *Store) LoadRevision(ctx context.Context, id string, revision int) (Stored, error) {
	if revision < 1 || revision >= 1<<revisionBits {
		return Stored{}, ErrNotFound
	}
	return s.load(ctx, id, revision)
}

func (s *Store) load(ctx context.Context, text string, revision int) (Stored, error) {
	done, err := s.read()
	if err != nil {
		return Stored{}, err
	}
	defer done()
	id, err := parseID(text)
	if err != nil {
		return Stored{}, err
	}
	var r sealedRow
	err = s.ro.QueryRowContext(ctx, summaryQuery+` WHERE c.id = ? AND c.tag = ?`, id.row(), id.tag()).Scan(r.dest()...)
	if errors.Is(err, sql.ErrNoRows) {
		return Stored{}, ErrNotFound
	}
	if err != nil {
		return Stored{}, translate("reading a consultation", err)
	}
	out, _, err := s.openSummary(&r)
	if err != nil {
		return Stored{}, err
	}
	if revision == 0 {
		revision = out.Revision
	} else {
		out.Summary = nil
	}
	// An earlier revision may have been sealed for another patient: its number
	// was corrected later.
	var patient int64
	var tag, wrapped, body []byte
	err = s.ro.QueryRowContext(ctx, `SELECT p.id, p.tag, p.wrapped, v.body FROM revision v JOIN patient p ON p.id = v.patient WHERE v.id = ?`,
		revisionRow(id.row(), revision)).Scan(&patient, &tag, &wrapped, &body)
	if errors.Is(err, sql.ErrNoRows) {
		if revision == out.Revision {
			return Stored{}, damaged("revision %d of consultation %d is missing", revision, id.row())
		}
		return Stored{}, ErrNotFound
	}
	if err != nil {
		return Stored{}, translate("reading a consultation", err)
	}
	who := makeID(patient, tag)
	dek, err := s.keys.unwrapPatient(wrapped, who)
	if err != nil {
		return Stored{}, err
	}
	packed, err := unseal(dek, body, place{table: "revision", row: id, patient: who, revision: uint32(revision)})
	if err != nil {
		return Stored{}, err
	}
	out.Patient, out.Revision = who.String(), revision
	out.Body, err = unpack(packed)
	return out, err
}

// Revisions is how many revisions a consultation has, or ErrNotFound.
func (s *Store) Revisions(ctx context.Context, id string) (int, error) {
	st, err := s.Load(ctx, id)
	return st.Revision, err
}

// sealedRow is a consultation with its patient's wrapped key, as read.
type sealedRow struct {
	id, patient, saved int64
	revision           int
	tag, ptag, wrapped []byte
	summary            []byte
}

const summaryQuery = `SELECT c.id, c.tag, c.revision, c.saved, c.summary, p.id, p.tag, p.wrapped
	FROM consultation c JOIN patient p ON p.id = c.patient`

func (r *sealedRow) dest() []any {
	return []any{&r.id, &r.tag, &r.revision, &r.saved, &r.summary, &r.patient, &r.ptag, &r.wrapped}
}

func (s *Store) openSummary(r *sealedRow) (Stored, []byte, error) {
	id, who := makeID(r.id, r.tag), makeID(r.patient, r.ptag)
	dek, err := s.keys.unwrapPatient(r.wrapped, who)
	if err != nil {
		return Stored{}, nil, err
	}
	plain, err := unseal(dek, r.summary, place{table: "consultation", row: id, patient: who, revision: uint32(r.revision)})
	if err != nil {
		return Stored{}, nil, err
	}
	return Stored{ID: id.String(), Patient: who.String(), Revision: r.revision, Saved: r.saved, Summary: plain}, dek, nil
}

// Recent returns the summaries of the n consultations saved last, newest first.
func (s *Store) Recent(ctx context.Context, n int) ([]Stored, error) {
	var out []Stored
	err := s.summaries(ctx, func(st Stored) error { out = append(out, st); return nil },
		` ORDER BY c.saved DESC LIMIT ?`, n)
	return out, err
}

// SavedAfter calls each with every summary saved after the given order of
// saving, oldest first; 0 means all. It stops at each's first error, and when
// the store is closed.
func (s *Store) SavedAfter(ctx context.Context, saved int64, each func(Stored) error) error {
	ctx, stop := s.untilClosed(ctx)
	defer stop()
	return s.summaries(ctx, each, ` WHERE c.saved > ? ORDER BY c.saved`, saved)
}

// Summaries returns the summaries of the given consultations, in that order;
// ids that are not there are left out.
func (s *Store) Summaries(ctx context.Context, ids []string) ([]Stored, error) {
	var out []Stored
	for _, text := range ids {
		id, err := parseID(text)
		if err != nil {
			continue
		}
		err = s.summaries(ctx, func(st Stored) error { out = append(out, st); return nil },
			` WHERE c.id = ? AND c.tag = ?`, id.row(), id.tag())
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// OfPatient returns the summaries of all consultations of one patient, newest
// first.
func (s *Store) OfPatient(ctx context.Context, patient string) ([]Stored, error) {
	id, err := parseID(patient)
	if err != nil {
		return nil, nil //nolint:nilerr // no such patient has no consultations
	}
	var out []Stored
	err = s.summaries(ctx, func(st Stored) error { out = append(out, st); return nil },
		` WHERE c.patient = ? AND p.tag = ? ORDER BY c.saved DESC`, id.row(), id.tag())
	return out, err
}

func (s *Store) summaries(ctx context.Context, each func(Stored) error, where string, args ...any) error {
	done, err := s.read()
	if err != nil {
		return err
	}
	defer done()
	rows, err := s.ro.QueryContext(ctx, summaryQuery+where, args...)
	if err != nil {
		return translate("reading summaries", err)
	}
	defer rows.Close() //nolint:errcheck // read only
	for rows.Next() {
		var r sealedRow
		if err := rows.Scan(r.dest()...); err != nil {
			return translate("reading summaries", err)
		}
		st, dek, err := s.openSummary(&r)
		clear(dek)
		if err != nil {
			return err
		}
		if err := each(st); err != nil {
			return err
		}
	}
	return translate("reading summaries", rows.Err())
}

// PatientOf returns the store's id for the patient with this NHS number (ten
// digits), or "" when there is none yet.
func (s *Store) PatientOf(ctx context.Context, nhsNumber string) (string, error) {
	done, err := s.read()
	if err != nil {
		return "", err
	}
	defer done()
	var row int64
	var tag []byte
	err = s.ro.QueryRowContext(ctx, `SELECT id, tag FROM patient WHERE nhs = ?`, s.keys.hash("nhs", nhsNumber)).Scan(&row, &tag)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", translate("looking up an NHS number", err)
	}
	return makeID(row, tag).String(), nil
}

// errTooMany guards the row numbering.
var errTooMany = fmt.Errorf("this consultation was saved %d times; start a new one", 1<<revisionBits-1)
