package report

import (
	"bytes"
	"strings"
	"testing"

	"kindred/rules"
)

// Who signs the rules must see when each remark appears, in words, and where
// sources disagree.
func TestTheRulebookSaysWhenEveryRemarkAppears(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	const day = "2026-11-23"
	book, err := lib.On(day)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	Rulebook(&out, lib.Dictionary(), book.Areas(), day)
	text := out.String()
	rows := map[string]string{}
	for _, l := range strings.Split(text, "\n") {
		if id, rest, ok := strings.Cut(strings.TrimPrefix(l, "| `"), "` | "); ok && strings.HasPrefix(l, "| `") {
			rows[id] = rest
		}
	}
	for _, area := range book.Areas() {
		var ids []string
		for _, f := range area.Flags {
			ids = append(ids, f.ID)
		}
		for _, n := range area.Notes {
			ids = append(ids, n.ID)
		}
		for _, id := range ids {
			cells := strings.Split(rows[id], " | ")
			if len(cells) != 3 || cells[0] == "" || cells[1] == "" || strings.TrimSuffix(cells[2], " |") == "" {
				t.Errorf("%s: text, condition and source are %q", id, rows[id])
			}
		}
		for _, c := range area.Conflicts {
			if !strings.Contains(text, "| "+c.Point+" | "+c.Followed+" | ") {
				t.Errorf("%s: the rulebook does not say that sources disagree about %s", area.ID, c.Point)
			}
		}
		if area.ID == "fh" && len(area.Conflicts) < 15 {
			t.Errorf("only %d disagreements about FH are listed", len(area.Conflicts))
		}
	}
	if i := strings.Index(text, "{value"); i >= 0 {
		t.Errorf("a placeholder is printed raw: %q", text[i:i+60])
	}
}
