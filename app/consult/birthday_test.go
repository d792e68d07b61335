package consult

import (
	"testing"
	"time"

	"kindred/app/store"
	"kindred/app/store/storetest"
	"kindred/rules"
	"kindred/rules/truth"
)

func TestTheDayBeforeTheEighteenthBirthdayTheTestIsDeferred(t *testing.T) {
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	s := New(lib, storetest.New(t, store.WithNow(clock)), func() time.Time { return now })
	for born, want := range map[rules.Date]rules.Outcome{
		"2008-11-26": rules.MoreInformation, // eighteen tomorrow
		"2008-11-25": rules.Cascade,         // eighteen today
	} {
		r := s.Start(Identity{Family: "Brennan", Born: born, Sex: "female"})
		r.Patient().Facts["family.lynch_variant"] = rules.Answer{Bool: truth.Yes, Number: truth.Any()}
		r.Case.Asked["cancer"] = 2
		adv, err := s.Assess(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range adv.Areas {
			if a.Area == "lynch" && a.Outcome != want {
				t.Errorf("born %s, on 25 November 2026: %s (%s), wanted %s", born, a.Outcome, a.Headline, want)
			}
		}
	}
}
