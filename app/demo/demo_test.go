package demo

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kindred/app/consult"
	"kindred/app/identity"
	"kindred/app/store"
	"kindred/app/store/storetest"
	"kindred/rules"
)

func TestTheDemonstrationPracticeIsWholeAndInvented(t *testing.T) {
	storetest.CheapKeys(t)
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	now := func() time.Time { return time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC) }
	dir := filepath.Join(t.TempDir(), "demonstration")
	for range 2 { // the second finds it there
		if err := Ensure(ctx, lib, dir, now); err != nil {
			t.Fatal(err)
		}
	}
	if a := store.ReadAbout(dir); !a.Demonstration || a.Practice != Practice {
		t.Errorf("the unlock screen would say %+v", a)
	}
	st, err := store.Open(dir, Passphrase, store.WithNow(now))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close() //nolint:errcheck // the test is over
	svc := consult.New(lib, st, now)
	saved, err := svc.Recent(ctx, 100)
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := svc.Drafts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(saved) < 20 || len(drafts) != 3 || saved[0].Identity.Family != "Hargreaves" {
		t.Errorf("%d saved and %d drafts, the first %s", len(saved), len(drafts), saved[0].Identity.Family)
	}
	outcomes := map[rules.Outcome]bool{}
	urgent := false
	for _, s := range append(saved, drafts...) {
		if digits, err := identity.ParseNHSNumber(s.Identity.NHSNumber); err != nil || !strings.HasPrefix(digits, "999000") {
			t.Errorf("%s has a number that could be somebody's (%v)", s.Identity.Family, err)
		}
		if len(s.Outcomes) == 0 {
			t.Errorf("%s has no advice: %s", s.Identity.Family, s.Reason)
		}
		for area, o := range s.Outcomes {
			outcomes[o] = true
			t.Logf("%-32s %-6s %-17s urgent %v: %s | %s", s.Identity.Family, area, o, s.Urgent, s.Reason, s.Next)
		}
		urgent = urgent || s.Urgent
	}
	for _, o := range []rules.Outcome{rules.Cascade, rules.Test, rules.TestTumour, rules.Refer, rules.MoreInformation, rules.NotIndicated} {
		if !outcomes[o] {
			t.Errorf("nobody shows the outcome %s", o)
		}
	}
	if !urgent {
		t.Error("nobody is urgent")
	}
	g, err := svc.CascadeRegister(ctx)
	if err != nil {
		t.Fatal(err)
	}
	steps := map[consult.Step]bool{}
	own := 0
	for _, r := range g.Rows {
		t.Logf("%s of %s: %s, %s, %s since %s", r.Who, r.Of.Family, r.Short, r.Odds, r.Step.Word(), r.Since)
		steps[r.Step] = true
		if r.OwnName != nil && r.OwnName.Given == "Rui" && r.Who == "Brother" {
			own++
		}
	}
	for _, step := range []consult.Step{consult.NotOffered, consult.Offered, consult.Awaited, consult.Waits, consult.Declined, consult.Found} {
		if !steps[step] {
			t.Errorf("the register shows nobody at %q", step.Word())
		}
	}
	if own != 1 || g.Unread > 0 {
		t.Errorf("%d brothers with a consultation of their own, %d unread", own, g.Unread)
	}
}
