package sheet

import (
	"os"
	"path/filepath"
	"testing"
)

// samples is the folder of files that nobody here wrote; the test is skipped
// without it.
func samples(t testing.TB) string {
	t.Helper()
	shared := os.Getenv("KINDRED_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	dir := filepath.Join(shared, "samples", "spreadsheets")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the sample files are not here: set KINDRED_SHARED to their folder")
	}
	return dir
}

// readAll gives every row of a sheet as row number → cells.
func readAll(b *Book, sheet int) (map[int][]Cell, error) {
	rows, err := b.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[int][]Cell{}
	for rows.Next() {
		r := rows.Row()
		all[r.Number] = append([]Cell(nil), r.Cells...)
	}
	return all, rows.Err()
}

// write puts data into a file of the test's own folder.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
