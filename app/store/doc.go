// Package store keeps consultations in one sealed SQLite file.
//
// What it promises, and tests by breaking it on purpose:
//   - Nothing is lost: a save is on the disk (WAL, synchronous FULL) before it
//     is reported, each save is a new revision, and an import stops at the first
//     error with everything before it kept.
//   - Nothing leaks: bodies, summaries, drafts, settings and the audit trail are
//     sealed with XChaCha20-Poly1305, each bound to its table, row, patient and
//     revision, under keys that only the passphrase or the printed recovery code
//     opens. An NHS number is found by a keyed hash.
//   - Nothing is changed unseen: the audit trail is a chain of MACs whose head is
//     also kept outside the database.
//
// What it does not hide: how many rows there are, how long they are, which rows
// belong to one patient, and when files changed. docs/store.md says it in full.
//
// The store knows nothing of rules or forms: it is given bytes and gives bytes
// back. Only this package imports the SQLite driver.
package store
