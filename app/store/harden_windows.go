package store

// Harden does nothing on Windows: files below the user's own folder are closed
// to other users already, and crash images are the system's choice
// (docs/store.md).
func Harden() error { return nil }
