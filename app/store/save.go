package store

import (
	"context"
	"crypto/rand"
)

// Entry is a consultation to save.
type Entry struct {
	ID        string // from NewID or Load
	Base      int    // the revision the change began from; 0 for the first
	Patient   string // store's id of the patient so far; "" for the first
	NHSNumber string // ten digits, or ""
	Summary   []byte
	Body      []byte
	Why       string // for the audit trail, where a save is not simply somebody's own; may be empty
	Draft     bool   // SaveAll keeps it as the draft instead of making a revision

	packed []byte // Body made ready to seal, where that was done before
}

// Saved says what a save made.
type Saved struct {
	ID       string
	Patient  string
	Revision int
	Order    int64 // order of saving
}

// Save writes a new revision and removes the consultation's draft, in one
// transaction that is on the disk when it returns. ErrChanged when the
// consultation is no longer at e.Base.
func (s *Store) Save(ctx context.Context, e Entry) (Saved, error) {
	out, err := s.SaveAll(ctx, []Entry{e})
	if err != nil {
		return Saved{}, err
	}
	return out[0], nil
}

// SaveAll is Save for consultations that belong together: all of them are kept
// or none is. ErrChanged when any is no longer at its Base.
func (s *Store) SaveAll(ctx context.Context, entries []Entry) ([]Saved, error) {
	var out []Saved
	err := s.write(ctx, "saving the consultation", func(t *tx) error {
		out = out[:0]
		for _, e := range entries {
			saved, err := t.saveEntry(e)
			if err != nil {
				return err
			}
			out = append(out, saved)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (t *tx) saveEntry(e Entry) (Saved, error) {
	id, err := parseID(e.ID)
	if err != nil {
		return Saved{}, err
	}
	current, err := t.currentRevision(id)
	if err != nil {
		return Saved{}, err
	}
	if current != e.Base {
		return Saved{}, ErrChanged
	}
	if e.Draft {
		if err := t.saveDraft(id, e); err != nil {
			return Saved{}, err
		}
		return Saved{ID: e.ID, Patient: e.Patient, Revision: e.Base, Order: t.state.saved}, nil
	}
	out, items, err := t.save(id, e, current, importKeys{})
	if err != nil {
		return Saved{}, err
	}
	if err := t.exec(`DELETE FROM draft WHERE consultation = ? AND tag = ?`, id.row(), id.tag()); err != nil {
		return Saved{}, err
	}
	return out, t.audit(Event{Action: ActSaved, Record: out.ID, Patient: out.Patient, Revision: out.Revision, Detail: e.Why, Items: items})
}

func (t *tx) currentRevision(id id16) (revision int, err error) {
	var tag []byte
	found, err := t.row(`SELECT revision, tag FROM consultation WHERE id = ?`, []any{id.row()}, &revision, &tag)
	if err == nil && found && makeID(id.row(), tag) != id {
		return 0, ErrNotFound
	}
	return revision, err
}

// importKeys are the keyed hashes of a list row; both nil for a consultation.
type importKeys struct{ key, mark []byte }

// listed is the revision to remember as made by a list row; NULL for none.
func (k importKeys) listed(revision int) any {
	if k.key == nil {
		return nil
	}
	return revision
}

// save writes the revision after current, its summary and, when needed, its
// patient.
func (t *tx) save(id id16, e Entry, current int, imp importKeys) (out Saved, items []byte, err error) {
	p, err := t.resolvePatient(e.Patient, e.NHSNumber)
	if err != nil {
		return out, nil, err
	}
	return t.saveFor(p, id, e, current, imp)
}

// saveFor is save once the patient is known.
func (t *tx) saveFor(p patient, id id16, e Entry, current int, imp importKeys) (out Saved, items []byte, err error) {
	revision := current + 1
	if revision >= 1<<revisionBits {
		return out, nil, errTooMany
	}
	if e.packed == nil {
		e.packed = pack(e.Body)
	}
	body := seal(p.dek, e.packed, place{table: "revision", row: id, patient: p.id, revision: uint32(revision)})
	summary := seal(p.dek, e.Summary, place{table: "consultation", row: id, patient: p.id, revision: uint32(revision)})
	t.state.saved++
	if current == 0 {
		err = t.exec(`INSERT INTO consultation (id, tag, patient, revision, saved, imported, mark, listed, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id.row(), id.tag(), p.id.row(), revision, t.state.saved, imp.key, imp.mark, imp.listed(revision), summary)
		t.state.consultations++
	} else {
		err = t.exec(`UPDATE consultation SET patient = ?, revision = ?, saved = ?,
				mark = coalesce(?, mark), listed = coalesce(?, listed), summary = ? WHERE id = ?`,
			p.id.row(), revision, t.state.saved, imp.mark, imp.listed(revision), summary, id.row())
	}
	if err != nil {
		return out, nil, err
	}
	if err := t.exec(`INSERT INTO revision (id, patient, body) VALUES (?, ?, ?)`,
		revisionRow(id.row(), revision), p.id.row(), body); err != nil {
		return out, nil, err
	}
	out = Saved{ID: id.String(), Patient: p.id.String(), Revision: revision, Order: t.state.saved}
	return out, appendItem(nil, id, revision, body), nil
}

// patient is a patient with the key to everything about them.
type patient struct {
	id  id16
	dek []byte
}

// resolvePatient finds whom a consultation belongs to: by NHS number when there
// is one, else whom it belonged to before, else somebody new. A patient without
// a number takes the one that is given; a number that was corrected to one
// nobody has makes a new patient, so that it never renames another
// consultation's.
func (t *tx) resolvePatient(before, nhsNumber string) (patient, error) {
	var blind []byte
	var row int64
	var tag, wrapped, numbered []byte
	if nhsNumber != "" {
		blind = t.s.keys.hash("nhs", nhsNumber)
		found, err := t.row(`SELECT id, tag, wrapped FROM patient WHERE nhs = ?`, []any{blind}, &row, &tag, &wrapped)
		if err != nil {
			return patient{}, err
		}
		if found {
			return t.unwrap(row, tag, wrapped)
		}
	}
	if before != "" {
		id, err := parseID(before)
		if err != nil {
			return patient{}, err
		}
		found, err := t.row(`SELECT id, tag, wrapped, nhs FROM patient WHERE id = ? AND tag = ?`,
			[]any{id.row(), id.tag()}, &row, &tag, &wrapped, &numbered)
		if err != nil {
			return patient{}, err
		}
		if found && blind == nil {
			return t.unwrap(row, tag, wrapped)
		}
		if found && numbered == nil {
			if err := t.exec(`UPDATE patient SET nhs = ? WHERE id = ?`, blind, row); err != nil {
				return patient{}, err
			}
			return t.unwrap(row, tag, wrapped)
		}
	}
	return t.newPatient(blind)
}

func (t *tx) unwrap(row int64, tag, wrapped []byte) (patient, error) {
	p := patient{id: makeID(row, tag)}
	var err error
	p.dek, err = t.s.keys.unwrapPatient(wrapped, p.id)
	return p, err
}

func (t *tx) newPatient(blind []byte) (patient, error) {
	tag := newTag()
	t.state.patients++
	p := patient{id: makeID(t.state.patients, tag[:]), dek: make([]byte, keySize)}
	rand.Read(p.dek) // never fails (crypto/rand)
	return p, t.exec(`INSERT INTO patient (id, tag, nhs, wrapped) VALUES (?, ?, ?, ?)`,
		p.id.row(), tag[:], blind, t.s.keys.wrapPatient(p.dek, p.id))
}
