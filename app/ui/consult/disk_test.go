package consult

import (
	"testing"
	"time"

	"kindred/app/ui/look"
)

// Writes run beside the window and may arrive in any order.
func TestNoOlderDraftCoversWhatIsOnDisk(t *testing.T) {
	svc := &desk{}
	var d disk
	write := func(family string, at int, revision bool) {
		t.Helper()
		rec := nobody() // as it was when nothing had been saved yet
		rec.Identity.Family = family
		do := d.draft
		if revision {
			do = d.save
		}
		if err := do(svc, rec, at); err != nil {
			t.Fatal(err)
		}
	}
	write("Hargreaves", 5, false)
	write("Harg", 3, false)
	if svc.last.Identity.Family != "Hargreaves" {
		t.Errorf("an older draft covered the newer one: %q", svc.last.Identity.Family)
	}
	write("Hargreaves", 6, true)
	write("Hargreaves", 6, false)
	if svc.drafts != 1 {
		t.Error("a draft came back after the revision that was made of it")
	}
	// A second save asked for while the first was still being written.
	write("Hargreaves-Lowe", 7, true)
	if svc.saved != 2 || svc.last.Revision != 2 {
		t.Errorf("%d revisions, the last is number %d", svc.saved, svc.last.Revision)
	}
}

func TestWhoeverTypesWithoutPauseIsKeptAllTheSame(t *testing.T) {
	s, d, _, _ := open(t, look.Light, 1280, 800, nobody())
	s.m.rec.Identity.Family = "H"
	s.m.touch()
	if d.drafts != 0 {
		t.Fatal("every key waits for the disk")
	}
	s.m.since = time.Now().Add(-keepAtMost)
	s.m.rec.Identity.Family = "Ha"
	s.m.touch()
	if d.drafts != 1 || d.last.Identity.Family != "Ha" {
		t.Errorf("after a second of typing %d drafts are on disk", d.drafts)
	}
	s.m.rec.Identity.Family = "Har"
	s.m.touch()
	if d.drafts != 1 {
		t.Error("the next key does not wait for its second")
	}
}
