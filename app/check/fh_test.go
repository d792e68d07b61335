package check

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"kindred/rules"
)

// boundaries holds cases on both sides of every line, written from the tables
// of the sources and not from the parameter files.
const boundaries = "testdata/fh_boundaries.csv"

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
	report, err := c.File(boundaries)
	if err != nil {
		t.Fatal(err)
	}
	failNothing(t, report)
	if len(report.Skipped) > 0 {
		t.Errorf("skipped: %v", report.Skipped)
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
	const file = "fh/params.yaml"
	params, err := fs.ReadFile(rules.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	list := vignettesOf(t, "fh")
	rows := boundaryRows(t)
	fails := func(name string, changed []byte) bool {
		lib, err := rules.Load(onlyFH(t, file, changed))
		if err != nil {
			return true // noticed at load
		}
		book, err := lib.On(day)
		if err != nil {
			t.Fatal(err)
		}
		c, err := newChecker(lib, book, []provider{fhSystems})
		if err != nil {
			t.Fatal(err)
		}
		// the rows that are likeliest to notice go first
		for _, near := range []bool{true, false} {
			for _, row := range rows {
				if (row.System == systemOf(name)) == near && len(c.Rows([]Row{row}).Failures) > 0 {
					return true
				}
			}
		}
		for _, v := range list {
			if len(c.Vignettes("v", []Vignette{v}).Failures) > 0 {
				return true
			}
		}
		return false
	}
	if fails("", params) {
		t.Fatal("a case fails already")
	}
	for _, at := range numeral.FindAllSubmatchIndex(params, -1) {
		text := string(params[at[4]:at[5]])
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		step, decimals := 0.1, 1
		if !strings.Contains(text, ".") {
			step, decimals = 1, 0
		}
		for _, moved := range []float64{v - step, v + step} {
			var changed bytes.Buffer
			changed.Write(params[:at[4]])
			changed.WriteString(strconv.FormatFloat(moved, 'f', decimals, 64))
			changed.Write(params[at[5]:])
			if !fails(where(params, at[0]), changed.Bytes()) {
				t.Errorf("%s: nobody notices %s instead of %s", where(params, at[0]), strconv.FormatFloat(moved, 'f', decimals, 64), text)
			}
		}
	}
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

// where names the parameter and line of a byte of a parameter file.
func where(params []byte, at int) string {
	line := 1 + bytes.Count(params[:at], []byte("\n"))
	name := ""
	for _, l := range strings.Split(string(params[:at]), "\n") {
		if l != "" && l[0] != ' ' && l[0] != '#' {
			name = strings.TrimSuffix(l, ":")
		}
	}
	return fmt.Sprintf("%s (line %d)", name, line)
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
