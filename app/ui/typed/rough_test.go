package typed

import (
	"testing"

	"kindred/rules"
)

func TestAYearOrAMonthIsADateWhereNobodyKnowsTheDay(t *testing.T) {
	for text, want := range map[string]string{
		"2019": "2019", "Jun-2019": "2019-06", "june 2019": "2019-06", "6/2019": "2019-06", "06.2019": "2019-06", "2019-06": "2019-06",
		"14-Mar-2019": "2019-03-14", "14/3/2019": "2019-03-14", "2019-03-14": "2019-03-14", "today": "2026-11-23", "": "", "Nov-2026": "2026-11",
	} {
		if got := ReadRough(text, "2026-11-23"); string(got.Day) != want || want != "" && !got.State.Usable() {
			t.Errorf("%q reads as %+v, want %s", text, got, want)
		}
	}
	for text, want := range map[string]State{
		"2030": Impossible, "Dec-2026": Impossible, "1-Dec-2026": Impossible, "13/2019": Unreadable, "a while ago": Unreadable, "1745": Unreadable,
		"3/4/2019": Ambiguous,
	} {
		if got := ReadRough(text, "2026-11-23"); got.State != want || got.Day != "" {
			t.Errorf("%q reads as %+v", text, got)
		}
	}
	for day, want := range map[string]string{"2019": "2019", "2019-06": "Jun-2019", "2019-06-11": "11-Jun-2019", "": ""} {
		if got := ShowRough(rules.Date(day)); got != want {
			t.Errorf("%s shows as %q", day, got)
		}
	}
}
