package check

import (
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"kindred/rules"
	"kindred/rules/truth"
)

// Tests made from the parameters themselves: whatever number stands in the file,
// every line that is held against it must fall to the right side just under it,
// at it and just over it, in every stretch of age it is drawn for.

// edge is one comparison of the area, as it stands in its files.
type edge struct {
	file, line           string
	fact, compare, param string
	within               string // the margin, for a line "within MARGIN of LINE"
}

var edgeLine = regexp.MustCompile(`^([a-z_0-9.]+) (over|under|at least|at most) ([a-z_0-9]+\.[a-z_0-9.]+)$`)
var withinLine = regexp.MustCompile(`^([a-z_0-9.]+) within ([a-z_0-9.]+) of ([a-z_0-9.]+)$`)

// edges finds every comparison with a parameter in the files of the area.
func edges(t *testing.T) []edge {
	t.Helper()
	seen := map[string]bool{}
	var out []edge
	for _, file := range []string{"fh/criteria.yaml", "fh/advice.yaml", "fh/tables/dlcn.csv"} {
		text, err := fs.ReadFile(rules.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range strings.FieldsFunc(string(text), func(r rune) bool { return strings.ContainsRune("\n,[]{}", r) }) {
			l = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(l, " -"), "when: "), "if: "))
			e := edge{file: file, line: l}
			if m := edgeLine.FindStringSubmatch(l); m != nil {
				e.fact, e.compare, e.param = m[1], m[2], m[3]
			} else if m := withinLine.FindStringSubmatch(l); m != nil {
				e.fact, e.compare, e.within, e.param = m[1], "within", m[2], m[3]
			} else {
				continue
			}
			if !seen[l] {
				seen[l] = true
				out = append(out, e)
			}
		}
	}
	return out
}

// aParam is a parameter as the file gives it.
type aParam struct {
	By     struct{ Fact, Below string }
	Values []struct {
		From               string
		Value, Below, Else *float64
		Lines              []struct {
			When  []string
			Value float64
		}
	}
}

// setting is one way of fixing the facts a parameter depends on, with the number
// that then holds.
type setting struct {
	numbers map[string]float64
	choices map[string]string
	value   float64
}

// settings lists every line of a parameter with facts that make it hold, at both
// ends of each stretch of age.
func settings(t *testing.T, params map[string]aParam, id string) []setting {
	t.Helper()
	p, ok := params[id]
	if !ok {
		t.Fatalf("no parameter %s", id)
	}
	v := p.Values[len(p.Values)-1]
	switch {
	case v.Value != nil:
		return []setting{{value: *v.Value}}
	case v.Below != nil:
		limit := *params[p.By.Below].Values[0].Value
		return []setting{
			{numbers: map[string]float64{p.By.Fact: limit - 1}, value: *v.Below},
			{numbers: map[string]float64{p.By.Fact: limit}, value: *v.Else},
		}
	}
	var out []setting
	for i, l := range v.Lines {
		s := setting{numbers: map[string]float64{}, choices: map[string]string{}, value: l.Value}
		for _, w := range l.When {
			words := strings.Fields(w)
			switch words[1] {
			case "is":
				s.choices[words[0]] = words[2]
			case "under":
				var limit float64
				if _, err := fmt.Sscan(words[2], &limit); err != nil {
					t.Fatal(err)
				}
				s.numbers[words[0]] = limit - 1
			default:
				t.Fatalf("%s: %q is not understood here", id, w)
			}
		}
		// what an earlier line asks must not hold: its limit of age is reached
		for _, w := range v.Lines[:i] {
			for _, line := range w.When {
				words := strings.Fields(line)
				if _, bound := s.choices[words[0]]; words[1] == "is" && !bound {
					s.choices[words[0]] = map[string]string{"patient.sex": "female", "family.closest_fh": "none"}[words[0]]
				}
				if _, bound := s.numbers[words[0]]; words[1] == "under" && !bound {
					s.numbers[words[0]] = 90
				}
			}
		}
		out = append(out, s)
	}
	return out
}

// holds is what a comparison says, worked out beside the program.
func holds(compare string, x, line float64) bool {
	switch compare {
	case "over":
		return x > line
	case "under":
		return x < line
	case "at least":
		return x >= line
	default:
		return x <= line
	}
}

func TestEveryFHLineFallsToTheRightSideOfItsParameter(t *testing.T) {
	text, err := fs.ReadFile(rules.Files, "fh/params.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var params map[string]aParam
	if err := yaml.Unmarshal(text, &params); err != nil {
		t.Fatal(err)
	}
	criteria, err := fs.ReadFile(rules.Files, "fh/criteria.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all := edges(t)
	if len(all) < 60 {
		t.Fatalf("only %d comparisons were found in the files", len(all))
	}
	probes := "criteria:\n"
	for i, e := range all {
		probes += fmt.Sprintf("  - {id: fh.probe%d, name: probe, text: probe, source: kindred_rule, show: no, any: [%q]}\n", i, e.line)
	}
	changed := strings.Replace(string(criteria), "criteria:\n", probes, 1)
	if i := strings.Index(changed, "- id: fh.dlcn"); i < 0 {
		t.Fatal("the file of criteria has no score fh.dlcn")
	}
	lib, err := rules.Load(onlyFH(t, "fh/criteria.yaml", []byte(changed)))
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On(day)
	if err != nil {
		t.Fatal(err)
	}
	area := book.Area("fh")
	tried := 0
	for i, e := range all {
		step := 1.0 // a score has whole points
		if f := lib.Dictionary().Fact(e.fact); f != nil {
			step = math.Pow(0.1, float64(f.Decimals))
		}
		for _, s := range settings(t, params, e.param) {
			margin := 0.0
			if e.within != "" {
				margin = settings(t, params, e.within)[0].value
			}
			for _, from := range []float64{s.value - margin, s.value + margin} {
				for _, away := range []float64{-1, 0, 1} {
					x := math.Round((from+away*step)*1e6) / 1e6
					want := holds(e.compare, x, s.value)
					if e.within != "" {
						want = math.Abs(x-s.value) <= margin+1e-9
					}
					got, err := probe(area, e, i, s, x)
					if err != nil {
						t.Fatal(err)
					}
					if tried++; got != truth.Of(want) {
						t.Errorf("%s: %q with %v %v: %v is held to be %s, the line being %v", e.file, e.line, s.numbers, s.choices, x, got, s.value)
					}
				}
			}
		}
	}
	if tried < 600 {
		t.Errorf("only %d values were tried", tried)
	}
}

// probe asks one line about one value.
func probe(area *rules.Area, e edge, i int, s setting, x float64) (truth.K, error) {
	in := area.Inputs()
	for id, v := range s.numbers {
		if err := in.SetNumber(id, truth.Exactly(v)); err != nil {
			return truth.Unknown, err
		}
	}
	for id, v := range s.choices {
		if err := in.SetChoice(id, v); err != nil {
			return truth.Unknown, err
		}
	}
	if e.fact == "fh.dlcn" {
		if err := in.AssumeScore(e.fact, int(x), int(x)); err != nil {
			return truth.Unknown, err
		}
	} else if err := in.SetNumber(e.fact, truth.Exactly(x)); err != nil {
		return truth.Unknown, err
	}
	got, err := area.Decide(in)
	if err != nil {
		return truth.Unknown, err
	}
	return got.Verdict(fmt.Sprintf("fh.probe%d", i)), nil
}
