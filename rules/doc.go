// Package rules is the engine: it loads area folders (data a clinician can
// read), compiles them to a flat table, evaluates a case with the set of what
// is still possible, explains every verdict and ranks the next questions.
//
// It is pure: no files of its own but the embedded ones, no clock, no database,
// no window, no network.
package rules
