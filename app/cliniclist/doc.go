// Package cliniclist is the use case of a clinic list: open a workbook or CSV
// file, recognise its header row and columns, turn every row into a case, have
// the rules advise on each, and write the results.
//
// A list can find candidates; it never clears anybody: a blank cell is not
// known, never normal. A row that cannot be trusted is rejected with a sentence
// that says why, and is never dropped.
package cliniclist
