package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"iter"
)

// Row is one row of a clinic list to keep as a consultation.
type Row struct {
	// Key names the row: the same each time the same patient is read from the
	// same list. A key that comes twice in one import gets a number.
	Key string
	// Mark is everything the row said. A row whose mark is stored already is
	// left alone.
	Mark      string
	NHSNumber string // ten digits, or ""
	Summary   []byte
	Body      []byte

	packed []byte // Body as it will be sealed, once Pack was called
}

// Pack does the part of an import that needs no turn at the file, so that rows
// can be made ready beside the writing of others. Import packs what is not.
func (r *Row) Pack() { r.packed = pack(r.Body) }

// Imported counts what an import did.
type Imported struct {
	Added     int // new consultations
	Changed   int // new revisions of rows that say something else than before
	Unchanged int // rows that were stored already
}

// importBatch is how many rows one transaction keeps: large enough that the
// disk's sync does not count, small enough that cancelling loses little.
const importBatch = 2000

// Import keeps rows as consultations, a batch a transaction. After each batch
// progress is called with the number of rows done, when it is not nil. It stops
// at the first error or when ctx is cancelled; the batches before are kept, and
// importing again adds only the rest. detail goes to the audit trail.
func (s *Store) Import(ctx context.Context, detail string, rows iter.Seq2[Row, error], progress func(done int)) (Imported, error) {
	var total Imported
	im := importer{s: s, seen: map[[16]byte]uint32{}}
	next, stop := iter.Pull2(rows)
	defer stop()
	for done := 0; ; {
		batch := make([]Row, 0, importBatch)
		for len(batch) < importBatch {
			r, err, ok := next()
			if err != nil {
				return total, err
			}
			if !ok {
				break
			}
			batch = append(batch, r)
		}
		if len(batch) == 0 {
			return total, nil
		}
		n, err := im.keep(ctx, detail, batch)
		if err != nil {
			return total, err
		}
		total.Added += n.Added
		total.Changed += n.Changed
		total.Unchanged += n.Unchanged
		if done += len(batch); progress != nil {
			progress(done)
		}
	}
}

// importer remembers within one import how often each key came before.
type importer struct {
	s    *Store
	seen map[[16]byte]uint32
}

func (im *importer) keep(ctx context.Context, detail string, batch []Row) (n Imported, err error) {
	seen := map[[16]byte]uint32{} // joined into im.seen when the batch is kept
	err = im.s.write(ctx, "importing the list", func(t *tx) error {
		n = Imported{}
		var items []byte
		for i := range batch {
			item, err := im.keepRow(t, &batch[i], seen, &n)
			if err != nil {
				return err
			}
			items = append(items, item...)
		}
		if len(items) == 0 {
			return nil
		}
		return t.audit(Event{Action: ActImported, Detail: detail, Items: items})
	})
	if err != nil {
		return Imported{}, err
	}
	for k, v := range seen {
		im.seen[k] = v
	}
	return n, nil
}

func (im *importer) keepRow(t *tx, r *Row, seen map[[16]byte]uint32, n *Imported) (item []byte, err error) {
	k := im.s.keys
	base := [16]byte(k.hash("row", r.Key))
	times, ok := seen[base]
	if !ok {
		times = im.seen[base]
	}
	seen[base] = times + 1
	key := base[:]
	if times > 0 {
		key = k.hash("row again", string(binary.BigEndian.AppendUint32(base[:], times)))
	}
	imp := importKeys{key: key, mark: k.hash("mark", r.Mark)}

	before, found, err := t.importedAs(key)
	if err != nil {
		return nil, err
	}
	if r.packed == nil {
		r.Pack()
	}
	e := Entry{NHSNumber: r.NHSNumber, Summary: r.Summary, packed: r.packed}
	var id id16
	switch {
	case found && bytes.Equal(before.mark, imp.mark):
		n.Unchanged++
		return nil, nil
	case found && before.revision == before.listed && !before.drafted:
		id, e.Patient = before.id, before.patient
		n.Changed++
	case found:
		// Somebody has worked on it since. Their work stays as it is, and what
		// the list says now becomes a consultation beside it.
		if err := t.exec(`UPDATE consultation SET imported = NULL WHERE id = ?`, before.id.row()); err != nil {
			return nil, err
		}
		before.revision, e.Patient = 0, before.patient
		fallthrough
	default:
		tag := newTag()
		id = makeID(im.s.nextID.Add(1), tag[:])
		n.Added++
	}
	_, item, err = t.save(id, e, before.revision, imp)
	return item, err
}

// listed is a consultation that a list row made.
type listed struct {
	id               id16
	patient          string
	revision, listed int
	mark             []byte
	drafted          bool // somebody is at it: a draft is kept
}

func (t *tx) importedAs(key []byte) (l listed, found bool, err error) {
	var row, prow int64
	var tag, ptag []byte
	found, err = t.row(`SELECT c.id, c.tag, c.revision, c.listed, c.mark, p.id, p.tag,
			EXISTS (SELECT 1 FROM draft d WHERE d.consultation = c.id)
		FROM consultation c JOIN patient p ON p.id = c.patient WHERE c.imported = ?`, []any{key},
		&row, &tag, &l.revision, &l.listed, &l.mark, &prow, &ptag, &l.drafted)
	if found {
		l.id, l.patient = makeID(row, tag), makeID(prow, ptag).String()
	}
	return l, found, err
}
