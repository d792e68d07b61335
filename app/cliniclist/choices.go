package cliniclist

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// Lists of one practice come in the same shape week after week. What somebody
// decided about the columns of one is kept and taken back for the next.

// Shape identifies lists with the same headings in the same order.
func (l *List) Shape() string {
	h := sha256.New()
	for i := range l.Mapping.Columns {
		fmt.Fprintln(h, words(l.Mapping.Columns[i].Heading))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// chosen is one column as it is kept. The order of dates is not: it belongs to
// the dates of one list, and each list is looked at anew.
type chosen struct {
	Use      Use    `json:"use"`
	Fact     string `json:"fact,omitempty"`
	Relation string `json:"relation,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Anchor   int    `json:"anchor"`
	AgeGiven bool   `json:"age_given,omitempty"`
}

// Choices is how the columns are understood now, to be kept under Shape.
func (l *List) Choices() ([]byte, error) {
	out := make([]chosen, len(l.Mapping.Columns))
	for i := range out {
		c := &l.Mapping.Columns[i]
		out[i] = chosen{c.Use, c.Fact, c.Relation, c.Unit, c.Anchor, c.AgeGiven}
	}
	return json.Marshal(out)
}

// Restore takes back what Choices gave for a list of the same shape. Choices
// that do not fit (another number of columns, a fact the dictionary no longer
// has) are an error and change nothing.
func (l *List) Restore(choices []byte) error {
	var in []chosen
	if err := json.Unmarshal(choices, &in); err != nil {
		return fmt.Errorf("the kept choice of columns cannot be read: %w", err)
	}
	if len(in) != len(l.Mapping.Columns) {
		return fmt.Errorf("the kept choice is of %d columns, this list has %d", len(in), len(l.Mapping.Columns))
	}
	before := l.Mapping
	m := Mapping{HeaderRow: before.HeaderRow, Columns: slices.Clone(before.Columns)}
	for i, k := range in {
		if k.Anchor >= len(in) {
			return fmt.Errorf("the kept choice names column %d, this list has %d", k.Anchor+1, len(in))
		}
		c := &m.Columns[i]
		c.Use, c.Fact, c.Relation, c.Unit, c.Anchor, c.AgeGiven = k.Use, k.Fact, k.Relation, k.Unit, k.Anchor, k.AgeGiven
	}
	if err := l.SetMapping(m); err != nil {
		l.Mapping = before
		return err
	}
	l.Notes = append(l.Notes, "the columns are understood as they were left for the last list with these headings")
	return nil
}
