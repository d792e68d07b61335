// Package consult is the use case of one consultation: gather facts, assess
// them, record the result, follow it up.
package consult

import (
	"time"

	"kindred/rules"
)

// Identity is who the patient is. It never enters the rules and never leaves
// the sealed record but in a file the user asked for.
type Identity struct {
	Family    string     `json:"family"`
	Given     string     `json:"given"`
	Title     string     `json:"title,omitempty"`
	Born      rules.Date `json:"born,omitempty"`
	Died      rules.Date `json:"died,omitempty"`
	Sex       string     `json:"sex,omitempty"`        // at birth: female, male, ""
	NHSNumber string     `json:"nhs_number,omitempty"` // ten digits or empty
}

// Record is one consultation as it is sealed in the store. Each save is a new
// revision.
type Record struct {
	ID        string // made by the store, says nothing about the patient
	PatientID string // random; the same for every consultation of one NHS number
	Revision  int    // 0 before the first save
	Identity  Identity
	Case      rules.Case
	Advice    *rules.Advice // as given at the last save, with edition and fingerprint
	Created   time.Time
	Saved     time.Time
	Author    string
	Origin    string // "" for a consultation, else the clinic list it came from
	Notes     string
	Kin       *Kin // to the consultations of relatives; nil while there are none
	Draft     bool // opened from a draft: what it holds is not yet a revision
}

// Summary is what lists and the search need of a record.
type Summary struct {
	ID        string
	PatientID string
	Revision  int
	Identity  Identity
	Saved     time.Time
	Outcomes  map[string]rules.Outcome // area -> outcome
	Urgent    bool
	Next      string // the next question of the strongest area, in words
	Reason    string
	Origin    string
}
