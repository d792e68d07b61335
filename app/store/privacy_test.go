package store

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"
)

// TestNothingReadableIsInTheFolder saves words that occur nowhere else, in
// every way the store has, and looks for them in every file, in every encoding
// text is found in, while the store is open and after.
func TestNothingReadableIsInTheFolder(t *testing.T) {
	canaries := []string{
		"QUETZALCOATLSSON", "Wilhelminaxia", "9990000131", "999 000 0131", "1911-02-29", "6.66123456",
		"xanthomatosis-canary", "clinic-list-of-doom.xlsx", "Dr Zyzzyva", "column mapping canary",
	}
	s, code := fresh(t, WithAuthor("Dr Zyzzyva"))
	canaries = append(canaries, passphrase, code)
	text := []byte(`{"family":"QUETZALCOATLSSON","given":"Wilhelminaxia","nhs_number":"9990000131","as":"999 000 0131","born":"1911-02-29","ldl":6.66123456,"notes":"xanthomatosis-canary"}`)
	long := bytes.Repeat(text, 40)
	saved := mustSave(t, s, Entry{NHSNumber: "9990000131", Summary: text, Body: text})
	mustSave(t, s, Entry{ID: saved.ID, Base: 1, Patient: saved.Patient, NHSNumber: "9990000131", Summary: text, Body: long})
	if err := s.SaveDraft(ctx, Entry{ID: s.NewID(), NHSNumber: "9990000131", Summary: text, Body: long}); err != nil {
		t.Fatal(err)
	}
	rows := func(yield func(Row, error) bool) {
		yield(Row{Key: string(text), Mark: string(text), NHSNumber: "9990000131", Summary: text, Body: text}, nil)
	}
	if _, err := s.Import(ctx, "clinic-list-of-doom.xlsx", rows, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.SetSetting(ctx, "column mapping canary", []byte("column mapping canary")); err != nil {
		t.Fatal(err)
	}
	if err := s.Note(ctx, Event{Action: ActExported, Detail: string(text)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PatientOf(ctx, "9990000131"); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, filepath.Join(s.Dir(), "backup.db")); err != nil {
		t.Fatal(err)
	}
	look(t, s.Dir(), "while open", canaries)
	mustClose(t, s)
	look(t, s.Dir(), "when closed", canaries)
}

func look(t *testing.T, dir, when string, canaries []string) {
	t.Helper()
	files, sane := 0, false
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		data = append(data, name...)
		sane = sane || bytes.Contains(data, []byte("CREATE TABLE consultation"))
		lower := bytes.ToLower(data)
		for _, c := range canaries {
			for how, want := range encodings(c) {
				if bytes.Contains(data, want) || bytes.Contains(lower, bytes.ToLower(want)) {
					t.Errorf("%s %q stands in %s as %s", when, c, filepath.Base(name), how)
				}
			}
		}
		return nil
	})
	if err != nil || files < 4 || !sane {
		t.Fatalf("%s: %d files looked through (%v)", when, files, err)
	}
}

// encodings are the ways text shows up in files. Base64 is looked for from each
// of the three places it may begin at.
func encodings(c string) map[string][]byte {
	units := utf16.Encode([]rune(c))
	var le, be []byte
	for _, u := range units {
		le = append(le, byte(u), byte(u>>8))
		be = append(be, byte(u>>8), byte(u))
	}
	out := map[string][]byte{"UTF-8": []byte(c), "UTF-16LE": le, "UTF-16BE": be, "hex": []byte(hex.EncodeToString([]byte(c)))}
	for skip := range 3 {
		if len(c) > 6 {
			// The middle of the encoding, which does not depend on what is around it.
			e := base64.StdEncoding.EncodeToString(append(make([]byte, skip), c...))
			out["base64+"+string(rune('0'+skip))] = []byte(e[4 : len(e)-4])
		}
	}
	return out
}
