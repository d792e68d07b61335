package main

import (
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const clinicList = "../../testdata/clinic-list.xlsx"

// readCSV gives the rows of a result by heading; of equal headings the last.
func readCSV(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			m[strings.TrimPrefix(rows[0][i], "\ufeff")] = cell
		}
		out = append(out, m)
	}
	return out
}

func TestScreenTheClinicList(t *testing.T) {
	out := filepath.Join(t.TempDir(), "results.csv")
	code, stdout, stderr := cli(t, "", "screen", clinicList, "-o", out, "--date", "2026-11-25")
	if code != exitDone || stderr != "" {
		t.Fatalf("exit code %d, %s", code, stderr)
	}
	if !strings.Contains(stdout, "504 rows") || !strings.Contains(stdout, "11 rows rejected") {
		t.Errorf("printed:\n%s", stdout)
	}
	rows := readCSV(t, out)
	if len(rows) != 504 {
		t.Fatalf("%d rows written of 504", len(rows))
	}
	counts := map[string]int{}
	for _, r := range rows {
		counts[r["FH advice"]]++
		if r["FH advice"] != "rejected" && (r["FH reason"] == "" || r["Lynch advice"] == "") {
			t.Errorf("a row without its reason: %v", r)
		}
		if r["FH advice"] == "more_information" && r["FH ask next"] == "" {
			t.Errorf("nothing to ask next: %v", r)
		}
		if r["FH advice"] == "test" && r["FH code"] != "R134.1" {
			t.Errorf("a test without its code: %v", r)
		}
	}
	for _, outcome := range []string{"test", "cascade", "already_tested", "more_information", "rejected"} {
		if counts[outcome] == 0 {
			t.Errorf("no row is %s: %v", outcome, counts)
		}
	}
	if why := rows[10]["FH reason"]; why != "LDL cholesterol 49 mmol/L is outside what is possible (0.1–30); is it mg/dL?" {
		t.Errorf("row 17: %q", why)
	}
}

func TestScreenIsQuietWhenAsked(t *testing.T) {
	out := filepath.Join(t.TempDir(), "results.xlsx")
	code, stdout, stderr := cli(t, "", "screen", clinicList, "-o", out, "--quiet")
	if code != exitDone || stdout != "" || stderr != "" {
		t.Errorf("exit code %d, %q, %q", code, stdout, stderr)
	}
	if info, err := os.Stat(out); err != nil || info.Size() < 10_000 || info.Mode().Perm() != 0o600 {
		t.Errorf("results: %v %v", info, err)
	}
}

func TestScreenRefusesWhatItCannotReadAndWritesNothing(t *testing.T) {
	dir := t.TempDir()
	list := filepath.Join(dir, "list.csv")
	put := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	put("list.csv", "NHS number,LDL\n9990000018,5.1\n")
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no such file":           {[]string{filepath.Join(dir, "nothing.xlsx")}, "nothing.xlsx was not found"},
		"an empty file":          {[]string{put("empty.xlsx", "")}, "is empty"},
		"not a workbook":         {[]string{put("photo.xlsx", "\x89PNG\x00\x01\x02")}, "is not a workbook"},
		"no column":              {[]string{put("foo.csv", "foo,bar\n1,2\n")}, "no column that can be recognised"},
		"a unit nobody knows":    {[]string{list, "--units", "stone"}, `"stone" is not known`},
		"a day that is none":     {[]string{list, "--date", "25/11/2026"}, "write it as 2026-11-25"},
		"a map that is none":     {[]string{list, "--map", "LDL"}, `"Heading=fact.id"`},
		"a heading not there":    {[]string{list, "--map", "Chol=lipid.tc"}, `no column headed "Chol"`},
		"over the list itself":   {[]string{list, "-o", list}, "overwrite the list"},
		"an unknown form":        {[]string{list, "-o", filepath.Join(dir, "results.docx")}, ".xlsx or .csv"},
		"no list at all":         {nil, "use it like this"},
		"a sheet it has not got": {[]string{clinicList, "--sheet", "Lipids"}, `has no such sheet`},
	} {
		out := filepath.Join(dir, "results.xlsx")
		args := append([]string{"screen", "-o", out}, c.args...)
		code, stdout, stderr := cli(t, "", args...)
		if code != exitBadInput || !strings.Contains(stderr, c.says) || stdout != "" {
			t.Errorf("%s: exit code %d, %q, want %d and %q", name, code, stderr, exitBadInput, c.says)
		}
		if strings.Contains(stderr, dir) && name != "an unknown form" {
			t.Errorf("%s: the message names a folder: %s", name, stderr)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s: something was written", name)
		}
	}
}

func TestScreenInterruptedWritesNothing(t *testing.T) {
	out := filepath.Join(t.TempDir(), "results.xlsx")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var stdout, stderr strings.Builder
	if code := run(ctx, []string{"screen", clinicList, "-o", out}, strings.NewReader(""), &stdout, &stderr); code != exitInterrupted {
		t.Errorf("exit code %d, %s", code, stderr.String())
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("results were written")
	}
}

// TestScreenOnAFullDisk runs the command in a process whose files may not grow.
func TestScreenOnAFullDisk(t *testing.T) {
	if out := os.Getenv("KINDRED_TEST_FULL"); out != "" {
		os.Exit(run(context.Background(), []string{"screen", clinicList, "-o", out, "-q"}, strings.NewReader(""), os.Stdout, os.Stderr))
	}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell here to set a file-size limit")
	}
	for _, name := range []string{"results.xlsx", "results.csv"} {
		dir := t.TempDir()
		out := filepath.Join(dir, name)
		if err := os.WriteFile(out, []byte("older results"), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("sh", "-c", `ulimit -f 8 && exec "$0" -test.run '^TestScreenOnAFullDisk$'`, os.Args[0])
		cmd.Env = append(os.Environ(), "KINDRED_TEST_FULL="+out)
		message, err := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(message), name+" was not written: the disk is full") {
			t.Errorf("%v: %s", err, message)
		}
		if older, _ := os.ReadFile(out); string(older) != "older results" {
			t.Error("the older results were touched")
		}
		if left, _ := os.ReadDir(dir); len(left) != 1 {
			t.Errorf("left behind: %v", left)
		}
	}
}
