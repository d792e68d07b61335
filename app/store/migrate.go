package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// applicationID marks a SQLite file as Kindred's ("KIND").
const applicationID = 0x4B494E44

// migration is one numbered step of the schema; user_version counts them.
type migration struct {
	number int
	name   string
	sql    string
}

// migrations reads the steps in order from files named 0001_words.sql.
func migrations(fsys fs.FS) ([]migration, error) {
	names, err := fs.Glob(fsys, "schema/*.sql")
	if err != nil {
		return nil, err
	}
	var out []migration
	for i, name := range names { // Glob sorts
		digits, _, _ := strings.Cut(path.Base(name), "_")
		n, err := strconv.Atoi(digits)
		if err != nil || n != i+1 {
			return nil, fmt.Errorf("schema step %s is not number %04d", path.Base(name), i+1)
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		out = append(out, migration{n, path.Base(name), string(text)})
	}
	return out, nil
}

// schemaVersion reads how far a file has come and whether it is Kindred's.
func schemaVersion(ctx context.Context, q queryer) (version int, err error) {
	var app int64
	if err := q.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, err
	}
	if app != applicationID {
		return 0, damaged("it is a SQLite database, but not one of Kindred's")
	}
	err = q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return version, err
}

// migrate brings the file from one version to the last of steps, each step in a
// transaction of its own: a crash leaves the file at a whole number. A file
// from the future is refused untouched.
func migrate(ctx context.Context, conn *sql.Conn, version int, steps []migration) error {
	if version > len(steps) {
		return fmt.Errorf("%w (its layout is number %d, this program knows %d)", ErrNewer, version, len(steps))
	}
	for _, m := range steps[version:] {
		script := fmt.Sprintf("BEGIN IMMEDIATE;\n%s\nPRAGMA user_version = %d;\nCOMMIT", m.sql, m.number)
		if _, err := conn.ExecContext(ctx, script); err != nil {
			conn.ExecContext(ctx, "ROLLBACK") //nolint:errcheck // the first error is the one to tell
			return fmt.Errorf("bringing the file to layout %s: %w", m.name, err)
		}
	}
	return nil
}
