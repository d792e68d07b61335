package rules

import "testing"

func TestOpenAdviceSaysWhomToAskFirst(t *testing.T) {
	usual, err := Load(changed(t, "", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	files := changed(t, "plain/advice.yaml", "  headline: More information needed\n  action: \"Next: {next}\"\n  reason: \"Not known yet: {missing}\"", `
  - when: plain.lipids
    headline: Over the line
    reason: "Over the line. Not known yet: {missing}"
  - when: {all: [ldl not recorded, hdl not recorded]}
    reason: Nothing measured
  - headline: More information needed
    action: "Next: {next}"
    reason: "Not known yet: {missing}"`)
	lib, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := usual.On("2026-11-23")
	after, _ := lib.On("2026-11-23")
	if before.Area("plain").info.Fingerprint == after.Area("plain").info.Fingerprint {
		t.Error("other words, same fingerprint")
	}
	for _, tc := range []struct{ story, facts, headline, starts string }{
		{"over the line", `"ldl":6,"hdl":1`, "Over the line", "Over the line. Not known yet: "},
		{"below it", `"ldl":3,"hdl":3`, "More information needed", "Not known yet: "},
		{"on either side of it", `"ldl":{"min":3,"max":6}`, "More information needed", "Not known yet: "},
		{"nothing measured", `"sign.a":"yes"`, "More information needed", "Nothing measured"},
	} {
		c, err := ParseCase([]byte(`{"date":"2026-11-23","patient":"p","people":[{"id":"p","age":40,"facts":{`+tc.facts+`}}]}`), lib.Dictionary())
		if err != nil {
			t.Fatal(err)
		}
		was, err1 := before.Assess(c)
		is, err2 := after.Assess(c)
		listed, err3 := after.Screen(c)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		got := is.Areas[0]
		if got.Headline != tc.headline || len(got.Reason) < len(tc.starts) || got.Reason[:len(tc.starts)] != tc.starts {
			t.Errorf("%s: says %q, %q; wanted %q, %q …", tc.story, got.Headline, got.Reason, tc.headline, tc.starts)
		}
		if listed[0].Reason != got.Reason {
			t.Errorf("%s: a list says %q, a consultation %q", tc.story, listed[0].Reason, got.Reason)
		}
		if got.Outcome != was.Areas[0].Outcome {
			t.Errorf("%s: words changed the outcome from %s to %s", tc.story, was.Areas[0].Outcome, got.Outcome)
		}
	}
}
