package consult

import (
	"strings"
	"testing"
	"time"

	"kindred/app/store"
	"kindred/app/store/storetest"
	"kindred/rules"
	"kindred/rules/truth"
)

// lowTumour is a bowel tumour whose only result is MSI-low.
func lowTumour(r *Record) {
	r.Patient().Tumours = []rules.Tumour{{
		Site: "colorectal", Age: truth.Exactly(38), MLH1: "not_done", PMS2: "not_done", MSH2: "not_done", MSH6: "not_done",
		MSI: "msi_l", BRAF: "not_done", Methylation: "not_done",
	}}
	r.Case.Asked["cancer"] = 2
}

func TestANewLaboratoryPolicyHoldsFromTodayAndOldConsultationsKeepTheirs(t *testing.T) {
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	now := clock()
	s := New(lib, storetest.New(t, store.WithNow(clock)), func() time.Time { return now })
	step := func(r *Record) string {
		t.Helper()
		adv, err := s.Assess(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range adv.Areas {
			for _, p := range a.Pathways {
				if p.ID == "lynch.dg27" {
					return p.Step
				}
			}
		}
		return ""
	}
	old := s.Start(miriam)
	lowTumour(old)
	if got := step(old); got != "DO_BRAF_V600E" {
		t.Fatalf("as delivered MSI-low leads to %s", got)
	}
	if err := s.Save(ctx, old); err != nil {
		t.Fatal(err)
	}

	now = now.AddDate(0, 0, 1)
	if err := s.Set(ctx, "local.msi_low", "stable"); err != nil {
		t.Fatal(err)
	}
	fresh := s.Start(Identity{Family: "Brennan", Sex: "male", Born: "1960-02-01"})
	lowTumour(fresh)
	if got := step(fresh); got != "STOP_PMMR" {
		t.Errorf("once the laboratory reports MSI-low with stable it leads to %s", got)
	}
	if err := s.Save(ctx, fresh); err != nil {
		t.Fatal(err)
	}

	again := New(lib, s.st, func() time.Time { return now }) // the window opened anew
	if got, err := again.Settings(); err != nil || got["local.msi_low"] != "stable" || got["local.r210_order"] == "" {
		t.Errorf("after opening anew the settings are %v, %v", got, err)
	}
	kept, err := again.Open(ctx, old.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := step(kept); got != "DO_BRAF_V600E" || kept.Case.Settings["local.msi_low"] != "unstable" {
		t.Errorf("yesterday's consultation now leads to %s under %v", got, kept.Case.Settings)
	}
	events, err := again.Audit(ctx, 20)
	if err != nil {
		t.Fatal(err)
	}
	told := ""
	for _, e := range events {
		if e.Action == store.ActSetting {
			told += e.Detail
		}
	}
	if !strings.Contains(told, "local.msi_low") || !strings.Contains(told, "Treated as stable, was Treated as unstable") {
		t.Errorf("the audit trail says %q", told)
	}
}

func TestASettingThatIsNoneIsRefused(t *testing.T) {
	s := service(t)
	for _, tc := range [][2]string{{"local.msi_low", "sometimes"}, {"local.nothing", "yes"}, {"patient.sex", "female"}} {
		if err := s.Set(ctx, tc[0], tc[1]); err == nil {
			t.Errorf("%s was set to %s", tc[0], tc[1])
		}
	}
	if err := s.Set(ctx, "local.msi_low", "unstable"); err != nil {
		t.Errorf("setting what holds already: %v", err)
	}
	events, err := s.Audit(ctx, 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Action == store.ActSetting {
			t.Errorf("the trail tells of a change that was none: %s", e.Detail)
		}
	}
}

// Whoever reads the settings while one is being changed must not bring back what
// held before.
func TestReadingWhileASettingIsChangedBringsNothingBack(t *testing.T) {
	s := service(t)
	s.setting.Lock() // a change has begun
	read := make(chan struct{})
	go func() {
		defer close(read)
		if got, err := s.Settings(); err != nil || got["local.msi_low"] != "stable" {
			t.Errorf("read %v, %v", got, err)
		}
	}()
	select {
	case <-read:
		t.Error("the settings were read in the middle of a change")
	case <-time.After(50 * time.Millisecond):
	}
	body := []byte(`{"local.msi_low":"stable"}`)
	if err := s.st.ChangeSetting(ctx, settingsName, body, "in a test"); err != nil {
		t.Error(err)
	}
	s.setting.Unlock()
	<-read
}
