// Package identity reads and writes what tells one patient from another, and
// how old people are: NHS numbers, dates as people type them, ages. It has no
// clock: a day to reckon from is always given.
package identity
