package consult

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kindred/app/identity"
	"kindred/app/store"
	"kindred/rules"
)

// index is what the search looks through: of each consultation the folded name,
// the number and the day of birth. It lives in memory only, is filled when it
// is first asked, and then only reads what was saved since.
type index struct {
	mu      sync.Mutex
	saved   int64 // order of the last save that is in
	entries []indexEntry
	at      map[string]int // consultation -> position in entries

	register register // of family testing
}

type indexEntry struct {
	id    string
	words string // " hargreaves miriam": each word after a space, the family name first
	nhs   string
	born  rules.Date
	saved int64
}

// Warm fills the search's index, so that the first search is as quick as the
// next. For 100,000 consultations it takes a second or two; run it beside the
// window after unlocking.
func (s *Service) Warm(ctx context.Context) error {
	s.index.mu.Lock()
	defer s.index.mu.Unlock()
	return s.index.update(ctx, s.st)
}

func (x *index) update(ctx context.Context, st *store.Store) error {
	if x.at == nil {
		x.at = map[string]int{}
	}
	var j struct { // the part of summaryJSON that is searched
		Family    string     `json:"family"`
		Given     string     `json:"given"`
		Born      rules.Date `json:"born"`
		NHSNumber string     `json:"nhs_number"`
	}
	return st.SavedAfter(ctx, x.saved, func(row store.Stored) error {
		j.Family, j.Given, j.Born, j.NHSNumber = "", "", "", ""
		if err := json.Unmarshal(row.Summary, &j); err != nil {
			return err
		}
		e := indexEntry{id: row.ID, words: words(j.Family) + words(j.Given), nhs: j.NHSNumber, born: j.Born, saved: row.Saved}
		if at, ok := x.at[e.id]; ok {
			x.entries[at] = e
		} else {
			x.at[e.id] = len(x.entries)
			x.entries = append(x.entries, e)
		}
		x.saved = row.Saved
		return nil
	})
}

// Search finds consultations whose patient fits every word of text: the start
// of a family or given name (accents, capitals and apostrophes do not matter),
// an NHS number or its beginning in any grouping, a date of birth or its year.
// The best fit comes first (family name before given name), then the newest; at
// most n. Empty text finds nothing.
func (s *Service) Search(ctx context.Context, text string, n int) ([]Summary, error) {
	q := parseQuery(text, s.Today())
	if q.empty() || n <= 0 {
		return nil, nil
	}
	s.index.mu.Lock()
	err := s.index.update(ctx, s.st)
	var hits []hit
	if err == nil {
		hits = s.index.find(q)
	}
	s.index.mu.Unlock()
	if err != nil {
		return nil, err
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.saved, a.saved))
	})
	ids := make([]string, min(n, len(hits)))
	for i := range ids {
		ids[i] = hits[i].id
	}
	stored, err := s.st.Summaries(ctx, ids)
	if err != nil {
		return nil, err
	}
	return summaries(stored)
}

type hit struct {
	id    string
	rank  int
	saved int64
}

// query is what was typed, taken apart.
type query struct {
	names  []string     // " har": to be found at the start of a word
	digits string       // of a number
	born   []rules.Date // any of these days
	year   string       // "1985": a year of birth, or the beginning of a number
}

func (q query) empty() bool {
	return len(q.names) == 0 && q.digits == "" && len(q.born) == 0
}

func parseQuery(text string, today rules.Date) query {
	var q query
	text = strings.TrimSpace(text)
	if days, err := identity.ParseDay(text, today); err == nil {
		return query{born: days}
	}
	for _, field := range strings.Fields(text) {
		if days, err := identity.ParseDay(field, today); err == nil {
			q.born = days
			continue
		}
		if d := strings.Map(keepDigit, field); d != "" && strings.Trim(field, "0123456789-") == "" {
			q.digits += d
			continue
		}
		for w := range strings.FieldsSeq(words(field)) {
			q.names = append(q.names, " "+w)
		}
	}
	if len(q.digits) == 4 {
		q.year = q.digits
	}
	return q
}

func keepDigit(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

func (x *index) find(q query) []hit {
	var hits []hit
	for i := range x.entries {
		if rank, ok := q.fits(&x.entries[i]); ok {
			hits = append(hits, hit{x.entries[i].id, rank, x.entries[i].saved})
		}
	}
	return hits
}

// fits tells whether everything that was typed fits a patient; rank 0 fits
// best.
func (q *query) fits(e *indexEntry) (rank int, ok bool) {
	for k, name := range q.names {
		at := strings.Index(e.words, name)
		if at < 0 {
			return 0, false
		}
		if k == 0 && at > 0 {
			rank = 1 // the first word typed is not how the family name begins
		}
	}
	if q.digits != "" && !strings.HasPrefix(e.nhs, q.digits) &&
		(q.year == "" || !strings.HasPrefix(string(e.born), q.year)) {
		return 0, false
	}
	if len(q.born) > 0 && !slices.Contains(q.born, e.born) {
		return 0, false
	}
	return rank, true
}

// SearchAll is Search that finds consultations kept only as drafts too, and of
// one with a draft what the draft says; drafts come first.
func (s *Service) SearchAll(ctx context.Context, text string, n int) ([]Summary, error) {
	q := parseQuery(text, s.Today())
	if q.empty() || n <= 0 {
		return nil, nil
	}
	drafts, err := s.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	drafted := map[string]bool{}
	var out []Summary
	for _, d := range drafts {
		drafted[d.ID] = true
		id := d.Identity
		if _, ok := q.fits(&indexEntry{words: words(id.Family) + words(id.Given), nhs: id.NHSNumber, born: id.Born}); ok {
			out = append(out, d)
		}
	}
	saved, err := s.Search(ctx, text, n+len(drafts))
	if err != nil {
		return nil, err
	}
	for _, one := range saved {
		if !drafted[one.ID] {
			out = append(out, one)
		}
	}
	return out[:min(n, len(out))], nil
}

// words folds a name for searching: small letters without accents, apostrophes
// left out, every word after one space. " lloyd evans", " obrien".
func words(name string) string {
	var b strings.Builder
	gap := true
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '\u2019', r == '`':
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if gap {
				b.WriteByte(' ')
				gap = false
			}
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}
