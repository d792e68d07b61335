package rules

import (
	"encoding/json"
	"fmt"
)

// MarshalJSON writes a reason as its one line, so that a reader of the advice
// needs no second schema.
func (r Reason) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(r.String())
	if err != nil {
		return nil, fmt.Errorf("a reason cannot be written: %w", err)
	}
	return b, nil
}

// UnmarshalJSON reads a reason back from its one line; the line becomes the
// clause, since its parts cannot be told apart any more.
func (r *Reason) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("a reason must be one line of text: %w", err)
	}
	*r = Reason{Clause: s}
	return nil
}
