package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cli runs one command line as a process would and returns what came out.
func cli(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(stdin), &out, &errOut)
	return code, out.String(), errOut.String()
}

// fatherAt54 is the worked case of the pictures: cholesterol above the Simon
// Broome line, untreated, and a father with a heart attack at 54.
const fatherAt54 = `{"schema": "kindred.case/1", "date": "2026-11-23", "patient": "p",
 "people": [
  {"id": "p", "sex": "female", "age": 41,
   "facts": {"lipid.tc": 8.4, "lipid.ldl": 6.3, "lipid.basis": "untreated",
             "lipid.two_measurements": "yes", "lipid.secondary_causes_excluded": "yes",
             "genetics.fh": "not_tested", "sign.tendon_xanthoma": "no", "sign.arcus_before_45": "no"}},
  {"id": "f", "relation": "father", "alive": false, "age": 71,
   "conditions": [{"name": "myocardial_infarction", "age": 54}]}],
 "asked": {"heart": 2, "cholesterol": 1, "cancer": 2}}`

func TestAssessPrintsAdviceForTheFatherWithAHeartAttackAt54(t *testing.T) {
	code, stdout, stderr := cli(t, fatherAt54, "assess")
	if code != exitDone || stderr != "" {
		t.Fatalf("exit code %d, standard error %q", code, stderr)
	}
	var advice struct {
		Schema string
		Areas  []struct {
			Area, Outcome, Code, Edition string
			Criteria                     []struct{ ID, Verdict, Source string }
		}
	}
	if err := json.Unmarshal([]byte(stdout), &advice); err != nil {
		t.Fatalf("the advice is no JSON: %v", err)
	}
	if advice.Schema != "kindred.advice/1" || len(advice.Areas) == 0 {
		t.Fatalf("schema %q with %d areas", advice.Schema, len(advice.Areas))
	}
	verdicts := map[string]string{}
	for _, a := range advice.Areas {
		if a.Area == "fh" && (a.Outcome != "test" || a.Code == "") {
			t.Errorf("FH advice is %q (%s), want a test with its code", a.Outcome, a.Code)
		}
		for _, c := range a.Criteria {
			verdicts[c.ID] = c.Verdict
			if c.Source == "" {
				t.Errorf("criterion %s has no source", c.ID)
			}
		}
	}
	if got := verdicts["fh.simon_broome.possible"]; got != "yes" {
		t.Errorf("Simon Broome possible is %q, want yes", got)
	}
}

func TestBadInputIsNamedLineByLineAndPrintsNothing(t *testing.T) {
	for name, c := range map[string]struct{ stdin, want string }{
		"an LDL in the wrong unit": {strings.Replace(fatherAt54, `"lipid.ldl": 6.3`, `"lipid.ldl": 243`, 1), `$.people[0].facts`},
		"an unknown fact":          {strings.Replace(fatherAt54, `lipid.tc`, `lipid.tcc`, 1), `lipid.tcc`},
		"an unknown relation":      {strings.Replace(fatherAt54, `"father"`, `"fathre"`, 1), `$.people[1]`},
		"an unknown key":           {strings.Replace(fatherAt54, `"alive"`, `"alife"`, 1), `alife`},
		"no JSON at all":           {"Dear colleague", "$"},
		"nothing":                  {"", "$"},
	} {
		code, stdout, stderr := cli(t, c.stdin, "assess")
		if code != exitBadInput {
			t.Errorf("%s: exit code %d, want %d", name, code, exitBadInput)
		}
		if stdout != "" {
			t.Errorf("%s: something was printed as a result", name)
		}
		if !strings.Contains(stderr, c.want) {
			t.Errorf("%s: standard error does not name %s:\n%s", name, c.want, stderr)
		}
	}
}

func TestAssessOfAFileThatIsNotThere(t *testing.T) {
	code, stdout, stderr := cli(t, "", "assess", "no-such-case.json")
	if code != exitBadInput || stdout != "" || !strings.Contains(stderr, "no-such-case.json") {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

func TestWrongCommandLineIsBadInput(t *testing.T) {
	for _, args := range [][]string{{"asess"}, {"assess", "a", "b"}, {"assess", "--nonsense"}, {"rulebook", "nowhere"}, {"rulebook", "--date", "yesterday"}} {
		code, stdout, stderr := cli(t, "", args...)
		if code != exitBadInput || stdout != "" || stderr == "" {
			t.Errorf("%v: exit code %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
}

// Whoever signs an area off reads the rulebook: every criterion and every
// number must be in it, and none without a source.
func TestRulebookNamesASourceForEverything(t *testing.T) {
	code, stdout, stderr := cli(t, "", "rulebook", "--date", "2026-11-23")
	if code != exitDone || stderr != "" {
		t.Fatalf("exit code %d, standard error %q", code, stderr)
	}
	for _, want := range []string{"fh.simon_broome.possible", "fh.dlcn", "lynch.dg27", "lynch.amsterdam2", "awaits clinical sign-off", "### Sources", "### Thresholds"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the rulebook lacks %q", want)
		}
	}
	inNumbers := false
	for _, row := range strings.Split(stdout, "\n") {
		if strings.HasPrefix(row, "### ") {
			inNumbers = strings.HasPrefix(row, "### Thresholds")
		}
		if inNumbers && strings.HasPrefix(row, "| ") && strings.HasSuffix(row, "|  |") {
			t.Errorf("a number without a source: %s", row)
		}
	}
}

func TestVersionAndHelpTopics(t *testing.T) {
	if code, stdout, _ := cli(t, "", "--version"); code != exitDone || !strings.HasPrefix(stdout, "kindred-cli ") {
		t.Errorf("--version: exit code %d, %q", code, stdout)
	}
	if code, stdout, _ := cli(t, "", "help", "exit-codes"); code != exitDone || !strings.Contains(stdout, "130") {
		t.Errorf("help exit-codes: exit code %d, %q", code, stdout)
	}
	if code, stdout, _ := cli(t, "", "completion", "bash"); code != exitDone || !strings.Contains(stdout, "kindred-cli") {
		t.Errorf("completion bash: exit code %d", code)
	}
}

func TestDemoWritesAListItsResultsAndALetter(t *testing.T) {
	folder := t.TempDir()
	code, stdout, stderr := cli(t, "", "demo", "-o", folder)
	if code != exitDone || stderr != "" {
		t.Fatalf("exit code %d, standard error %q", code, stderr)
	}
	for name, start := range map[string]string{"clinic-list.xlsx": "PK", "results.xlsx": "PK", "letter.pdf": "%PDF-"} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || !bytes.HasPrefix(data, []byte(start)) {
			t.Errorf("%s is missing or is not what its name says (error %v)", name, err)
		}
		if !strings.Contains(stdout, name) {
			t.Errorf("the demonstration does not say that it wrote %s", name)
		}
	}
}
