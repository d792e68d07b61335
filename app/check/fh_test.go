package check

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"kindred/rules"
)

// boundaries holds cases on both sides of every line, written from the tables
// of the sources and not from the parameter files.
const boundaries = "testdata/fh_boundaries.csv"

// moreCases holds worked cases of every system that were worked out by hand from
// the sources before the program was asked: ranges, values below a limit, values
// nobody knows, half-siblings, odd units.
const moreCases = "testdata/fh_cases.csv"

func TestTheWorkedFHCasesComeOutAsWritten(t *testing.T) {
	path := shared(t, "cases/fh.csv")
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := c.File(path)
	if err != nil {
		t.Fatal(err)
	}
	failNothing(t, report)
	for system, n := range report.Skipped {
		if system != "PRS12" { // left out on purpose: the laboratory's own result is shown, never computed
			t.Errorf("%d cases of %s were skipped", n, system)
		}
	}
}

func TestEveryLineOfTheFHTablesStandsWhereItsSourcePutsIt(t *testing.T) {
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{boundaries, moreCases} {
		report, err := c.File(file)
		if err != nil {
			t.Fatal(err)
		}
		failNothing(t, report)
		if len(report.Skipped) > 0 {
			t.Errorf("%s: skipped %v", file, report.Skipped)
		}
	}
}

func TestFHVignettesGetTheAdviceTheirSourcesAskFor(t *testing.T) {
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	list := vignettesOf(t, "fh")
	if len(list) < 60 {
		t.Errorf("only %d vignettes; the area promises at least 60", len(list))
	}
	seen := map[string]bool{}
	for _, v := range list {
		if seen[v.ID] || v.Story == "" {
			t.Errorf("vignette %q has no story, or another has its id", v.ID)
		}
		seen[v.ID] = true
	}
	failNothing(t, c.Vignettes("fh/vignettes", list))
}

// numeral finds the numbers of a parameter file that decide something.
var numeral = regexp.MustCompile(`(value|below|else): (\d+(?:\.\d+)?)`)

// Every threshold, moved a little in either direction, must be noticed: else
// a slip of the pen in a parameter file would go unseen.
func TestMovingAnyFHThresholdFailsACase(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the rules once for each threshold")
	}
	m := newMutants(t, "fh/params.yaml")
	for _, at := range numeral.FindAllSubmatchIndex(m.text, -1) {
		text := string(m.text[at[4]:at[5]])
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		step, decimals := 0.1, 1
		if !strings.Contains(text, ".") {
			step, decimals = 1, 0
		}
		name := where(m.text, at[0])
		for _, moved := range []float64{v - step, v + step} {
			other := strconv.FormatFloat(moved, 'f', decimals, 64)
			if !m.noticed(systemOf(name), at[4], at[5], other) {
				t.Errorf("%s: nobody notices %s instead of %s", name, other, text)
			}
		}
	}
}

// comparison finds the comparisons of a criteria file and of a score table.
var comparison = regexp.MustCompile(` (over|under|at least|at most) `)

// A line taken the wrong way at its very edge (over for at least), and a score
// item with one point more or less, must be noticed as well.
func TestTurningAnyFHComparisonFailsACase(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the rules once for each comparison")
	}
	turned := map[string]string{"over": "at least", "at least": "over", "under": "at most", "at most": "under"}
	for _, file := range []string{"fh/criteria.yaml", "fh/advice.yaml", "fh/tables/dlcn.csv"} {
		m := newMutants(t, file)
		for _, at := range comparison.FindAllSubmatchIndex(m.text, -1) {
			line := m.line(at[0])
			word := string(m.text[at[2]:at[3]])
			if !isCondition(line) {
				continue
			}
			if strings.HasPrefix(line, "text:") || strings.HasPrefix(line, "name:") || strings.Contains(line, "at least 0") || strings.Contains(line, "lipid.ldl_estimate") {
				continue // prose; "at least 0" asks whether a value is there at all; no estimate ends on a line
			}
			if !m.noticed("", at[2], at[3], turned[word]) {
				t.Errorf("%s: nobody notices %q instead of %q in %q", file, turned[word], word, line)
			}
		}
	}
	m := newMutants(t, "fh/tables/dlcn.csv")
	for _, at := range regexp.MustCompile(`,(\d+),`).FindAllSubmatchIndex(m.text, -1) {
		points, _ := strconv.Atoi(string(m.text[at[2]:at[3]])) // the pattern holds digits only
		for _, other := range []int{points - 1, points + 1} {
			if !m.noticed("DLCN", at[2], at[3], strconv.Itoa(other)) {
				t.Errorf("dlcn.csv: nobody notices %d instead of %d points in %q", other, points, m.line(at[0]))
			}
		}
	}
}

// isCondition tells a condition from prose: it begins with what it is about,
// and what it is about is an id.
func isCondition(line string) bool {
	line = strings.TrimPrefix(strings.TrimPrefix(line, "when: "), "if: ")
	return strings.HasPrefix(line, "any: [") || conditionSubject.MatchString(line)
}

var conditionSubject = regexp.MustCompile(`^(family history|own history|examination|LDL cholesterol|DNA|[a-z_0-9]+(\.[a-z_0-9]+)+)[ ,]`)

// joining finds where conditions are put together, in a list or in one line.
var joining = regexp.MustCompile(`(?m)^( +(?:- )?)(all|any):`)

// All read as any, and any as all, must be noticed too.
func TestJoiningAnyFHConditionsTheOtherWayFailsACase(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the rules once for each group of conditions")
	}
	other := map[string]string{"all": "any", "any": "all"}
	for _, file := range []string{"fh/criteria.yaml", "fh/advice.yaml"} {
		m := newMutants(t, file)
		for _, at := range joining.FindAllSubmatchIndex(m.text, -1) {
			word := string(m.text[at[4]:at[5]])
			if m.single(at[0]) {
				continue // one condition alone is the same either way
			}
			if !m.noticed("", at[4], at[5], other[word]) {
				t.Errorf("%s:%d: nobody notices %s instead of %s", file, 1+bytes.Count(m.text[:at[4]], []byte("\n")), other[word], word)
			}
		}
	}
}

// single reports whether the group that begins on a line holds one condition.
func (m *mutants) single(at int) bool {
	lines := strings.Split(string(m.text[at:]), "\n")
	if in := strings.TrimSpace(lines[0]); strings.HasSuffix(in, "]") {
		return !strings.Contains(in, ",")
	}
	indent := func(l string) int { return len(l) - len(strings.TrimLeft(l, " ")) }
	head := indent(lines[0])
	if strings.HasPrefix(strings.TrimSpace(lines[0]), "- ") {
		head += 2
	}
	n, first := 0, -1
	for _, l := range lines[1:] {
		if strings.TrimSpace(l) == "" || indent(l) <= head {
			break
		}
		if first < 0 {
			first = indent(l)
		}
		if indent(l) == first && strings.HasPrefix(strings.TrimSpace(l), "- ") {
			n++
		}
	}
	return n == 1
}

// mutants makes small changes to one file of the area and asks whether a case
// or a vignette notices.
type mutants struct {
	t         *testing.T
	file      string
	text      []byte
	rows      []Row
	vignettes []Vignette
}

func newMutants(t *testing.T, file string) *mutants {
	t.Helper()
	text, err := fs.ReadFile(rules.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	m := &mutants{t: t, file: file, text: text, rows: boundaryRows(t), vignettes: vignettesOf(t, "fh")}
	if m.noticed("", 0, 0, "") {
		t.Fatal("a case fails already")
	}
	return m
}

// noticed reports whether anything fails with the bytes from … to replaced. What
// is likeliest to notice goes first.
func (m *mutants) noticed(system string, from, to int, other string) bool {
	m.t.Helper()
	changed := slices.Concat(m.text[:from], []byte(other), m.text[to:])
	lib, err := rules.Load(onlyFH(m.t, m.file, changed))
	if err != nil {
		return true // at load
	}
	book, err := lib.On(day)
	if err != nil {
		m.t.Fatal(err)
	}
	c, err := newChecker(lib, book, []provider{fhSystems})
	if err != nil {
		m.t.Fatal(err)
	}
	inRows := func() bool {
		for _, near := range []bool{true, false} {
			for _, row := range m.rows {
				if (row.System == system) == near && len(c.Rows([]Row{row}).Failures) > 0 {
					return true
				}
			}
		}
		return false
	}
	inVignettes := func() bool {
		for _, v := range slices.Backward(m.vignettes) {
			if len(c.Vignettes("v", []Vignette{v}).Failures) > 0 {
				return true
			}
		}
		return false
	}
	if system == byVignette {
		return inVignettes() || inRows()
	}
	return inRows() || inVignettes()
}

// byVignette stands for a system where only whole patients are likely to notice.
const byVignette = "vignettes"

// line is the line a byte stands on, trimmed.
func (m *mutants) line(at int) string {
	from := bytes.LastIndexByte(m.text[:at], '\n') + 1
	rest, _, _ := bytes.Cut(m.text[from:], []byte("\n"))
	return strings.TrimLeft(string(rest), " -")
}

// where names the parameter and line of a byte of a parameter file.
func where(params []byte, at int) string {
	name := ""
	for _, l := range strings.Split(string(params[:at]), "\n") {
		if l != "" && l[0] != ' ' && l[0] != '#' {
			name = strings.TrimSuffix(l, ":")
		}
	}
	return fmt.Sprintf("%s (line %d)", name, 1+bytes.Count(params[:at], []byte("\n")))
}

// onlyFH is the rules without other areas, so that loading them is quick, and
// with one file changed.
func onlyFH(t *testing.T, name string, data []byte) fs.FS {
	t.Helper()
	all := overlay(t, map[string][]byte{name: data}).(fstest.MapFS)
	for path := range all {
		if path != "facts.yaml" && !strings.HasPrefix(path, "fh/") {
			delete(all, path)
		}
	}
	return all
}

// systemOf is the system whose cases a parameter is about.
func systemOf(param string) string {
	for prefix, system := range map[string]string{
		"sb.": "SIMON_BROOME", "dlcn.": "DLCN", "nice.relative": "NICE_RELATIVE", "nice.s": "NICE_CASEFIND",
		"near.": byVignette, "women.": byVignette, "tg.": byVignette,
		"hofh.": "HOFH", "medped.": "MEDPED", "canada.": "CANADA_2018", "eas_paed.": "EAS_PAED", "welsh.": "R134",
	} {
		if strings.HasPrefix(param, prefix) {
			return system
		}
	}
	return ""
}

func boundaryRows(t *testing.T) []Row {
	t.Helper()
	f, err := os.Open(boundaries)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := ReadRows(boundaries, f)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestFHRulesAreCitedAndNotPastTheirReview(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On(day)
	if err != nil {
		t.Fatal(err)
	}
	for _, area := range book.Areas() {
		if area.ID != "fh" {
			continue
		}
		known := map[string]bool{}
		for _, s := range area.Sources {
			known[s.ID] = true
		}
		cited := func(what string, sources []string) {
			if len(sources) == 0 {
				t.Errorf("%s cites nothing", what)
			}
			for _, s := range sources {
				if !known[s] {
					t.Errorf("%s cites %q, which is no source", what, s)
				}
			}
		}
		for _, c := range area.Criteria {
			cited(c.ID, c.Sources)
		}
		for _, s := range area.Scores {
			cited(s.ID, s.Sources)
		}
		for _, p := range area.Params {
			cited(p.ID, p.Sources)
		}
		for _, o := range area.Outcomes {
			cited("the outcome "+o.Headline, o.Sources)
		}
		if area.ReviewBy <= day {
			t.Errorf("the review of FH was due on %s", area.ReviewBy)
		}
	}
}
