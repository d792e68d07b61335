package check

import (
	"strings"
	"testing"

	"kindred/rules/truth"
)

func TestAnAnswerIsComparedAsTheCaseFilesSay(t *testing.T) {
	fields := func(pairs ...any) Result {
		r := Result{Fields: map[string]Value{}}
		for i := 0; i < len(pairs); i += 2 {
			r.Fields[pairs[i].(string)] = pairs[i+1].(Value)
		}
		return r
	}
	for _, c := range []struct {
		story    string
		expected string
		got      Result
		same     bool
	}{
		{"a bare token", "possible", Result{Token: "possible"}, true},
		{"another token", "possible", Result{Token: "definite"}, false},
		{"what follows a colon is explanation", "NOT_MET:no_case_under_50", Result{Token: "NOT_MET"}, true},
		{"what follows a space is explanation", "NOT_MET (third degree does not count)", Result{Token: "NOT_MET"}, true},
		{"a note that is there", "STOP_PMMR+R211_AGE_LT_40", Result{Token: "STOP_PMMR", Notes: []string{"OTHER", "R211_AGE_LT_40"}}, true},
		{"a note that is missing", "STOP_PMMR+R211_AGE_LT_40", Result{Token: "STOP_PMMR", Notes: []string{"OTHER"}}, false},
		{"a note in the place of the result", "R211_AGE_LT_40", Result{Token: "STOP_PMMR", Notes: []string{"R211_AGE_LT_40"}}, false},
		{"extra notes are allowed", "STOP_PMMR", Result{Token: "STOP_PMMR", Notes: []string{"X"}}, true},
		{"a number to the digits given", `{"ldl": 5.955}`, fields("ldl", Num(5.9545454545)), true},
		{"a number that rounds elsewhere", `{"ldl": 5.955}`, fields("ldl", Num(5.9539)), false},
		{"a whole number means whole", `{"score": 6}`, fields("score", Num(7)), false},
		{"digits after a trailing nought", `{"ldl": 150.0}`, fields("ldl", Num(150.2)), false},
		{"an exponent", `{"q": 2.5e-4}`, fields("q", Num(0.000254)), true},
		{"keys not given are not compared", `{"score": 6}`, fields("score", Num(6), "gt5", Bool(true)), true},
		{"a key that was never given", `{"reason": "x"}`, fields("score", Num(6)), false},
		{"null is null", `{"ldl": null}`, fields("ldl", Null()), true},
		{"null is not nought", `{"ldl": null}`, fields("ldl", Num(0)), false},
		{"unknown is not false", `{"nice": false}`, fields("nice", Null()), false},
		{"text up to its first or", `{"code": "R242 or R240"}`, fields("code", Text("R242 (R242.1)")), true},
		{"lists of text are sets that must be contained", `{"flags": ["b", "a"]}`, fields("flags", Texts("a", "c", "b")), true},
		{"a flag that is missing", `{"flags": ["b", "d"]}`, fields("flags", Texts("a", "b")), false},
		{"lists of numbers go by position", `{"groups": [0, 2, 6]}`, fields("groups", Nums(2, 0, 6)), false},
		{"the same numbers", `{"groups": [0, 2, 6]}`, fields("groups", Nums(0, 2, 6)), true},
		{"a shorter list", `{"groups": [0, 2, 6]}`, fields("groups", Nums(0, 2)), false},
	} {
		if why := Compare(c.expected, c.got); (why == "") != c.same {
			t.Errorf("%s: %s against %s: %q", c.story, c.expected, c.got, why)
		}
	}
}

func TestInputsKeepWhatIsNotKnown(t *testing.T) {
	in, err := ParseInputs([]byte(`{"a": 54, "b": [50, 59], "c": null, "d": "50s", "e": "<20", "f": {"min": 3}, "g": "abc", "h": true, "i": false}`))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]truth.Span{
		"a": truth.Exactly(54), "b": {Lo: 50, Hi: 59}, "c": truth.Any(), "none": truth.Any(),
		"d": {Lo: 50, Hi: 59}, "e": truth.Below(20), "f": truth.From(3),
	} {
		got, err := in.Number(key)
		if err != nil || got != want {
			t.Errorf("%s is %v (%v), want %v", key, got, err, want)
		}
	}
	if _, err := in.Number("g"); err == nil {
		t.Error("a word passed for a number")
	}
	for key, want := range map[string]truth.K{"h": truth.Yes, "i": truth.No, "c": truth.Unknown, "none": truth.Unknown} {
		if got, err := in.YesNo(key); err != nil || got != want {
			t.Errorf("%s is %v (%v), want %v", key, got, err, want)
		}
	}
}

func TestSkippedSystemsAreCountedApartAndNamed(t *testing.T) {
	c := &Checker{systems: map[string]System{"ONE": func(Inputs) (Result, error) { return Result{Token: "yes"}, nil }}}
	rows, err := ReadRows("t.csv", strings.NewReader("id,system,inputs,expected,source\n1,ONE,{},yes,\n2,ONE,{},no,\n3,PRS12,{},x,\n"))
	if err != nil {
		t.Fatal(err)
	}
	report := c.Rows(rows)
	lines := report.Summary()
	if want := []string{"skipped 1 of PRS12: not implemented", "1 passed, 1 failed"}; strings.Join(lines, "|") != strings.Join(want, "|") {
		t.Errorf("the run ends %q, want %q", lines, want)
	}
}

func TestAFaultyRowFailsAlone(t *testing.T) {
	c := &Checker{systems: map[string]System{
		"ONE":   func(Inputs) (Result, error) { return Result{Token: "yes"}, nil },
		"BREAK": func(Inputs) (Result, error) { panic("index out of range") },
	}}
	rows, err := ReadRows("t.csv", strings.NewReader("id,system,inputs,expected,source\n1,ONE,{,yes,\n2,ONE,[],no,\n3,BREAK,{},yes,\n4,ONE,{},yes,\n"))
	if err != nil {
		t.Fatal(err)
	}
	report := c.Rows(rows)
	if report.Passed != 1 || len(report.Failures) != 3 {
		t.Fatalf("%d passed, %d failed", report.Passed, len(report.Failures))
	}
	for i, says := range []string{"line 2 are not a JSON object", "line 3 are not a JSON object", "broke on this row"} {
		if !strings.Contains(report.Failures[i].Why, says) {
			t.Errorf("case %s fails because %q, want %q", report.Failures[i].ID, report.Failures[i].Why, says)
		}
	}
}
