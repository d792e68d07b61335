package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRiskSaysWhatItRestsOnAndWhatItDoesNotKnow(t *testing.T) {
	picture := filepath.Join(t.TempDir(), "risk.svg")
	code, out, errOut := cli(t, "", "risk", "--gene", "msh2", "--sex", "female", "--age", "40", "-o", picture)
	if code != exitDone || errOut != "" {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	for _, want := range []string{"Womb", "women and men together", "colonoscopic surveillance", "Source:"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing:\n%s", want, out)
		}
	}
	if svg, err := os.ReadFile(picture); err != nil || !strings.Contains(string(svg), "Womb") {
		t.Errorf("no picture: %v", err)
	}
	if _, out, _ := cli(t, "", "risk", "--gene", "MLH1", "--sex", "male"); strings.Contains(out, "Womb") {
		t.Errorf("men have a womb:\n%s", out)
	}
	for _, args := range [][]string{
		{"risk", "--gene", "PMS2", "--sex", "female"},
		{"risk", "--gene", "MLH1", "--age", "20"},
		{"risk", "--gene", "MLH1", "--sex", "x"},
	} {
		if code, out, errOut := cli(t, "", args...); code != exitBadInput || out != "" && args[2] == "PMS2" || errOut == "" {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, errOut)
		}
	}
}
