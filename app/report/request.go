package report

import (
	"fmt"
	"io/fs"
	"strings"

	"kindred/rules"
)

// Request is an area's advice as text for a test request: criteria met with
// their evidence as a laboratory asks for them, scores with their items, what
// the order needs besides, and what is still missing. It holds nothing about
// who the patient is; that stands on the form.
func Request(a *rules.AreaAdvice, files fs.FS) string {
	b := &strings.Builder{}
	line := func(format string, args ...any) { fmt.Fprintf(b, format+"\n", args...) }
	if ready(a) {
		line("Request: %s %s", a.Code, a.Title)
		line("%s", a.Action)
	} else {
		line("No request yet: %s", a.Title)
		line("%s. %s", a.Headline, a.Action)
	}
	line("Reason: %s", a.Reason)
	for _, f := range a.Flags {
		line("To be said with it: %s", f.Text)
	}

	if met := verdicts(a, "yes"); len(met) > 0 {
		line("\nCriteria met")
		for _, c := range met {
			line("- %s (%s)", criterionName(c), c.Source)
			for _, r := range c.For {
				line("  - %s", evidence(r))
			}
		}
	}
	if open := verdicts(a, "unknown"); len(open) > 0 {
		line("\nNot known")
		for _, c := range open {
			line("- %s", criterionName(c))
		}
	}
	for _, s := range a.Scores {
		if s.Applies != "no" {
			line("\n%s: %s", s.Title, scoreWords(s))
		}
	}
	if needs := requestNeeds(a, files); len(needs) > 0 {
		line("\nThe laboratory also asks for")
		for _, n := range needs {
			if strings.HasPrefix(n, settledMark) {
				line("%s", n)
			} else {
				line("[ ] %s", n)
			}
		}
	}
	if len(a.Provided) > 0 {
		line("\nTaken for granted; confirm")
		for _, p := range a.Provided {
			line("[ ] %s", p)
		}
	}
	if missing := outstanding(a); len(missing) > 0 {
		line("\nStill missing")
		for _, q := range missing {
			line("[ ] %s", q)
		}
	}
	line("\nRules: %s, edition %s, %s, fingerprint %s. %s",
		a.Title, a.Edition, strings.ReplaceAll(a.Status, "_", " "), short(a.Fingerprint), "Whether the laboratory accepts the order is for the laboratory.")
	return b.String()
}

// settledMark stands before what an order needs and the advice has settled: a
// request is only ready once it has.
const settledMark = "[x] "

// mostAsked is how many open questions a request names.
const mostAsked = 5

// outstanding is the questions that still decide; those the advice takes for
// granted stand apart.
func outstanding(a *rules.AreaAdvice) []string {
	if a.Outcome != rules.MoreInformation {
		return nil
	}
	var out []string
	for _, q := range a.Next {
		if len(q.CouldBecome) > 0 && len(out) < mostAsked {
			out = append(out, q.Question)
		}
	}
	return out
}

// ready reports whether the advice is a test that can be ordered.
func ready(a *rules.AreaAdvice) bool {
	return a.Code != "" && (a.Outcome == rules.Test || a.Outcome == rules.Cascade)
}

func verdicts(a *rules.AreaAdvice, verdict string) []rules.CriterionVerdict {
	var out []rules.CriterionVerdict
	for _, c := range a.Criteria {
		if c.Verdict == verdict {
			out = append(out, c)
		}
	}
	return out
}

// evidence is one reason without its source, which stands with the criterion.
func evidence(r rules.Reason) string {
	r.Source = ""
	return r.String()
}

// scoreWords is a score with what each group of items gives: "4 (family
// history 1, LDL cholesterol 3)".
func scoreWords(s rules.ScoreResult) string {
	span := func(lo, hi int) string {
		if lo == hi {
			return fmt.Sprint(lo)
		}
		return fmt.Sprintf("%d to %d", lo, hi)
	}
	total := span(s.Min, s.Max)
	if s.Min != s.Max {
		total = fmt.Sprintf("at least %d, up to %d", s.Min, s.Max)
	}
	if s.Band != "" {
		total += ", " + s.Band
	}
	var parts []string
	for _, g := range s.Groups {
		parts = append(parts, g.Name+" "+span(g.Min, g.Max))
	}
	if len(parts) > 0 {
		total += " (" + strings.Join(parts, ", ") + ")"
	}
	return total
}

// requestNeeds reads what an order of the code needs besides, from the area's
// request.md; an area without one asks for nothing more.
func requestNeeds(a *rules.AreaAdvice, files fs.FS) []string {
	if !ready(a) {
		return nil
	}
	data, err := fs.ReadFile(files, a.Area+"/request.md")
	if err != nil {
		return nil
	}
	var out []string
	here := false
	for _, l := range strings.Split(string(data), "\n") {
		if heading, ok := strings.CutPrefix(l, "## "); ok {
			here = strings.TrimSpace(heading) == a.Code
		} else if item, ok := strings.CutPrefix(l, "- "); ok && here {
			out = append(out, strings.TrimSpace(item))
		}
	}
	return out
}
