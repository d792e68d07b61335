package store

import (
	"bytes"
	"path/filepath"
	"testing"

	"kindred/app/store/storetest/canary"
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
	canary.Look(t, s.Dir(), canaries...)
	mustClose(t, s)
	canary.Look(t, s.Dir(), canaries...)
}
