package model

import (
	"fmt"
	"io/fs"
	"strings"

	"kindred/rules"
)

// All reads the carrier models of every area of fsys that has one, by area.
func All(fsys fs.FS, dict *rules.Dictionary) (map[string]*Model, error) {
	names, err := fs.Glob(fsys, "*/carrier.yaml")
	if err != nil {
		return nil, fmt.Errorf("carrier models cannot be listed: %w", err)
	}
	out := map[string]*Model{}
	for _, name := range names {
		area := strings.TrimSuffix(name, "/carrier.yaml")
		m, err := Load(fsys, area, dict)
		if err != nil {
			return nil, err
		}
		out[area] = m
	}
	return out, nil
}

// Percent is a chance in words for people: no more digits than it deserves.
func Percent(p float64) string {
	switch {
	case p > 0.995:
		return "over 99%"
	case p >= 0.0995:
		return fmt.Sprintf("%.0f%%", 100*p)
	case p >= 0.00995:
		return fmt.Sprintf("%.1f%%", 100*p)
	case p >= 0.0005:
		return fmt.Sprintf("%.2f%%", 100*p)
	}
	return "under 0.05%"
}

// String is the chance with its band: "12% (5.0% to 30%)".
func (b Band) String() string {
	lo, base, hi := Percent(b.Low), Percent(b.Base), Percent(b.High)
	if lo == base && base == hi {
		return base
	}
	return fmt.Sprintf("%s (%s to %s)", base, lo, hi)
}

// Standing is what must be said before any number.
func (r *Result) Standing() string {
	out := "Context only: no advice depends on it, and a low chance closes no case."
	if r.Status != "signed_off" {
		out += " The model's numbers are transcribed, not signed off."
	}
	return out
}

// Told is what the chances rest on, a sentence each.
func (r *Result) Told() []string {
	n := &r.Rests
	out := []string{fmt.Sprintf("Counted: %s, %s, %s.", count(n.Cancers, "cancer"), count(n.Tumours, "tested tumour"), count(n.Tested, "gene test"))}
	if len(n.AgesNotKnown) > 0 {
		out = append(out, "Age not known, so every possible age was summed over: "+names(n.AgesNotKnown)+".")
	}
	if len(n.NotAsked) > 0 {
		out = append(out, "Not asked about all of these cancers, so years without cancer are not counted: "+names(n.NotAsked)+".")
	}
	for _, u := range n.NotUsed {
		out = append(out, fmt.Sprintf("Not counted: %s, %s: %s.", u.name(), u.What, u.Why))
	}
	if r.Approximate != "" {
		out = append(out, r.Approximate)
	}
	return out
}

// Contradiction says whose entries exclude each other; "" when none do.
func (r *Result) Contradiction() string {
	if len(r.Conflict) == 0 {
		return ""
	}
	return "No genotypes explain what is recorded. The entries in conflict belong to: " + names(r.Conflict) + ". Check their test results and who their parents are."
}

func (s Someone) name() string {
	if s.Who == "" {
		return s.Person
	}
	return s.Who
}

// mostNamed is how many people a sentence names before it counts the others.
const mostNamed = 12

func names(list []Someone) string {
	var out []string
	for i, s := range list {
		if i == mostNamed && len(list) > mostNamed+1 {
			return strings.Join(out, ", ") + fmt.Sprintf(" and %d more", len(list)-i)
		}
		out = append(out, s.name())
	}
	return strings.Join(out, ", ")
}

func count(n int, what string) string {
	switch n {
	case 0:
		return "no " + what
	case 1:
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
