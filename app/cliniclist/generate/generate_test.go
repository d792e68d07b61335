package generate

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestTheCommittedListIsWhatTheSeedGives regenerates testdata/clinic-list.xlsx.
// After a change on purpose: kindred-cli generate testdata/clinic-list.xlsx
func TestTheCommittedListIsWhatTheSeedGives(t *testing.T) {
	w, err := Workbook(Seed)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := w.Encode(&got); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "clinic-list.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got.Bytes(), want) {
		return
	}
	// Another release of Go may pack the same parts differently.
	for name, text := range parts(t, want) {
		if text != parts(t, got.Bytes())[name] {
			t.Errorf("%s differs from what the seed gives", name)
		}
	}
	if len(parts(t, want)) != len(parts(t, got.Bytes())) {
		t.Error("the parts differ")
	}
}

func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}
