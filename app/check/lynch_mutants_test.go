package check

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kindred/rules"
)

// lynchCases were worked out by hand from the sources before the program was
// asked: strict and inclusive ages, ranges, people and tumours, sides, half-blood,
// steps and adoption, discordant and failed tests.
const lynchCases = "testdata/lynch_cases.csv"

func TestLynchCasesWorkedByHandComeOutAsWritten(t *testing.T) {
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := c.File(lynchCases)
	if err != nil {
		t.Fatal(err)
	}
	failNothing(t, report)
	if len(report.Skipped) > 0 {
		t.Errorf("skipped: %v", report.Skipped)
	}
}

// lynchNotices reports whether any case or vignette fails under changed files.
func lynchNotices(t *testing.T, file string, text []byte) bool {
	t.Helper()
	c, err := checker(t, map[string][]byte{file: text})
	if err != nil {
		return true // the loader itself refuses it
	}
	if report, err := c.File(lynchCases); err != nil || len(report.Failures) > 0 {
		return true
	}
	if len(c.Vignettes("lynch/vignettes", vignettesOf(t, "lynch")).Failures) > 0 {
		return true
	}
	return len(lynchLineErrors(t, c)) > 0
}

// A family question that takes an age the wrong way at its very edge, counts one
// person more or less, or reaches a degree farther or less far, must be noticed;
// so must a condition turned at its edge.
func TestTurningAnyLynchComparisonFailsACase(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the rules once for each comparison")
	}
	for _, m := range []struct{ file, find string }{
		{"lynch/facts.yaml", `\b(age_below|age_at_most): |\b(people|entries|generations|degree_at_most|first_degree_of_others|degree): (\d)`},
		{"lynch/criteria.yaml", ` (over|under|at least|at most) `},
		{"lynch/advice.yaml", ` (over|under|at least|at most) `},
	} {
		text, err := fs.ReadFile(rules.Files, m.file)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range regexp.MustCompile(m.find).FindAllSubmatchIndex(text, -1) {
			line := lineAround(text, at[0])
			if !strings.Contains(line, "relatives:") && !strings.Contains(line, "cluster:") && !aCondition(line) {
				continue
			}
			id := idAbove(text, at[0])
			if strings.HasSuffix(id, "_any") {
				continue // turned with the fact it stands beside
			}
			for _, other := range otherWays(text, at) {
				if lynchEquivalent[id+" "+string(text[at[0]:at[1]])+" as "+other.text] {
					continue
				}
				changed := append(append(append([]byte{}, text[:other.from]...), other.text...), text[other.to:]...)
				changed = alsoIn(changed, id+"_any", string(text[at[0]:at[1]]), string(text[at[0]:other.from])+other.text+string(text[other.to:at[1]]))
				if !lynchNotices(t, m.file, changed) {
					t.Errorf("%s, %s: nobody notices %q instead of %q in %q", m.file, idAbove(text, at[0]), other.text, text[other.from:other.to], line)
				}
			}
		}
	}
}

// lynchEquivalent are slips that change nothing: whoever is a first-degree
// relative of others makes that many people, and a chain of first-degree links
// cannot reach farther than its length.
var lynchEquivalent = map[string]bool{
	"rel.amsterdam1_family people: 3 as 2": true, "rel.amsterdam2_family people: 3 as 2": true, "rel.amsterdam2_confirmed people: 3 as 2": true,
	"rel.r210_pair_of_relatives people: 2 as 1":    true,
	"rel.bsg_kinship_two degree_at_most: 2 as 3":   true,
	"rel.bsg_kinship_three degree_at_most: 3 as 4": true,
}

// alsoIn makes the same slip in the entry of that id, when there is one: a
// question that is asked in two reaches is turned in both.
func alsoIn(text []byte, id, from, to string) []byte {
	i := strings.Index(string(text), "- id: "+id+"\n")
	if i < 0 {
		return text
	}
	rest := string(text[i:])
	end := strings.Index(rest[1:], "- id: ") + 1
	if end < 1 {
		end = len(rest)
	}
	return []byte(string(text[:i]) + strings.Replace(rest[:end], from, to, 1) + rest[end:])
}

// aCondition tells a condition from prose.
func aCondition(line string) bool {
	line = strings.TrimPrefix(strings.TrimSpace(line), "- ")
	if rest, ok := strings.CutPrefix(line, "when: "); ok {
		line = rest
	}
	first, _, _ := strings.Cut(line, " ")
	return strings.Contains(first, ".") && first == strings.ToLower(first) && !strings.Contains(first, ":")
}

func lineAround(text []byte, at int) string {
	from := strings.LastIndexByte(string(text[:at]), '\n') + 1
	to := len(text)
	if n := strings.IndexByte(string(text[at:]), '\n'); n >= 0 {
		to = at + n
	}
	return strings.TrimSpace(string(text[from:to]))
}

// idAbove is the id of the entry a place belongs to.
func idAbove(text []byte, at int) string {
	before := string(text[:at])
	i := strings.LastIndex(before, "- id: ")
	if i < 0 {
		return ""
	}
	id, _, _ := strings.Cut(before[i+len("- id: "):], "\n")
	return id
}

type otherWay struct {
	from, to int
	text     string
}

// otherWays are the slips of the pen that are tried at one place.
func otherWays(text []byte, at []int) (out []otherWay) {
	turned := map[string]string{
		"over": "at least", "at least": "over", "under": "at most", "at most": "under", "age_below": "age_at_most", "age_at_most": "age_below",
	}
	if at[2] >= 0 {
		return []otherWay{{at[2], at[3], turned[string(text[at[2]:at[3]])]}}
	}
	key, n := string(text[at[4]:at[5]]), int(text[at[6]]-'0')
	for _, moved := range []int{n - 1, n + 1} {
		if moved < 0 || moved < 1 && key != "degree" || key == "generations" && moved == 1 {
			continue
		}
		out = append(out, otherWay{at[6], at[7], strconv.Itoa(moved)})
	}
	return out
}
