package store

import (
	"context"
	"database/sql"
	"errors"
)

// A draft is a consultation as it stands on screen, written while somebody
// types. There is one at most for each consultation; it is overwritten, and
// goes when the consultation is saved or the draft dropped. Drafts are sealed
// under a key of their own: their patient may not be known yet.

func draftPlace(id id16, part string, base int) place {
	return place{table: "draft/" + part, row: id, revision: uint32(base)}
}

// SaveDraft keeps e as the draft of its consultation; e.Base is the revision it
// was begun from.
func (s *Store) SaveDraft(ctx context.Context, e Entry) error {
	return s.write(ctx, "keeping the draft", func(t *tx) error {
		id, err := parseID(e.ID)
		if err != nil {
			return err
		}
		return t.saveDraft(id, e)
	})
}

func (t *tx) saveDraft(id id16, e Entry) error {
	t.state.saved++
	return t.exec(`INSERT INTO draft (consultation, tag, base, saved, summary, body) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (consultation) DO UPDATE SET tag = excluded.tag, base = excluded.base, saved = excluded.saved,
			summary = excluded.summary, body = excluded.body`,
		id.row(), id.tag(), e.Base, t.state.saved,
		seal(t.s.keys.draft, e.Summary, draftPlace(id, "summary", e.Base)),
		seal(t.s.keys.draft, pack(e.Body), draftPlace(id, "body", e.Base)))
}

// DropDraft throws a draft away; one that is not there is no error.
func (s *Store) DropDraft(ctx context.Context, id string) error {
	return s.write(ctx, "dropping the draft", func(t *tx) error {
		id, err := parseID(id)
		if err != nil {
			return err
		}
		return t.exec(`DELETE FROM draft WHERE consultation = ? AND tag = ?`, id.row(), id.tag())
	})
}

// LoadDraft returns the draft of a consultation, or ErrNotFound. Its Revision
// is the one it was begun from.
func (s *Store) LoadDraft(ctx context.Context, text string) (Stored, error) {
	id, err := parseID(text)
	if err != nil {
		return Stored{}, err
	}
	out, err := s.drafts(ctx, ` WHERE consultation = ? AND tag = ?`, id.row(), id.tag())
	if err == nil && len(out) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Stored{}, err
	}
	return out[0], nil
}

// Drafts returns all drafts, the last written first.
func (s *Store) Drafts(ctx context.Context) ([]Stored, error) {
	return s.drafts(ctx, ` ORDER BY saved DESC`)
}

func (s *Store) drafts(ctx context.Context, where string, args ...any) ([]Stored, error) {
	done, err := s.read()
	if err != nil {
		return nil, err
	}
	defer done()
	rows, err := s.ro.QueryContext(ctx, `SELECT consultation, tag, base, saved, summary, body FROM draft`+where, args...)
	if err != nil {
		return nil, translate("reading drafts", err)
	}
	defer rows.Close() //nolint:errcheck // read only
	var out []Stored
	for rows.Next() {
		var row int64
		var st Stored
		var tag, summary, body []byte
		if err := rows.Scan(&row, &tag, &st.Revision, &st.Saved, &summary, &body); err != nil {
			return nil, translate("reading drafts", err)
		}
		id := makeID(row, tag)
		st.ID = id.String()
		if st.Summary, err = unseal(s.keys.draft, summary, draftPlace(id, "summary", st.Revision)); err != nil {
			return nil, err
		}
		packed, err := unseal(s.keys.draft, body, draftPlace(id, "body", st.Revision))
		if err != nil {
			return nil, err
		}
		if st.Body, err = unpack(packed); err != nil {
			return nil, err
		}
		out = append(out, st)
	}
	return out, translate("reading drafts", rows.Err())
}

// SetSetting keeps a named value, sealed: a column mapping, the user's name.
func (s *Store) SetSetting(ctx context.Context, name string, value []byte) error {
	return s.write(ctx, "keeping a setting", func(t *tx) error { return s.keepSetting(t, name, value) })
}

// ChangeSetting is SetSetting for a value that advice depends on: that it was
// changed, and detail, which says from what to what, go to the audit trail in the
// same transaction.
func (s *Store) ChangeSetting(ctx context.Context, name string, value []byte, detail string) error {
	return s.write(ctx, "keeping a setting", func(t *tx) error {
		if err := s.keepSetting(t, name, value); err != nil {
			return err
		}
		return t.audit(Event{Action: ActSetting, Detail: detail})
	})
}

func (s *Store) keepSetting(t *tx, name string, value []byte) error {
	key := s.keys.hash("setting", name)
	return t.exec(`INSERT INTO setting (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body`,
		key, seal(s.keys.setting, value, place{table: "setting", row: id16(key)}))
}

// Setting returns a named value, nil when it was never set.
func (s *Store) Setting(ctx context.Context, name string) ([]byte, error) {
	done, err := s.read()
	if err != nil {
		return nil, err
	}
	defer done()
	key := s.keys.hash("setting", name)
	var body []byte
	err = s.ro.QueryRowContext(ctx, `SELECT body FROM setting WHERE name = ?`, key).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, translate("reading a setting", err)
	}
	return unseal(s.keys.setting, body, place{table: "setting", row: id16(key)})
}
