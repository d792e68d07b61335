// Package report prints what leaves the program on paper: the letter about one
// assessment. Pages are vector PDF with the fonts of the program; the same
// input gives the same bytes, because every date comes from the caller.
package report

import (
	"kindred/rules"
)

// Patient is who the letter is about. It has the fields of consult.Identity in
// the same order, so that one converts into the other.
type Patient struct {
	Family    string
	Given     string
	Title     string
	Born      rules.Date
	Died      rules.Date
	Sex       string // at birth: female, male, ""
	NHSNumber string // ten digits or empty
}

// Options are what the letter needs beside patient and advice. All but Date may
// be empty.
type Options struct {
	Practice  string     // letterhead: "Riverside Surgery"
	Recipient string     // who it goes to, one line a line of the address
	Author    string     // who signs: "Dr A. Okafor"
	Date      rules.Date // of the letter; empty: the day of the advice

	// Case is what the advice is about; with the dictionary the letter says which
	// results it rests on. nil leaves them out.
	Case       *rules.Case
	Dictionary *rules.Dictionary
}
