package sheet

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// lines gives every row's texts joined by |.
func lines(t testing.TB, name string, data []byte) []string {
	t.Helper()
	b, err := Open(write(t, name, data))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	rows, err := b.Rows(0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		var cells []string
		for _, c := range rows.Row().Cells {
			cells = append(cells, c.String())
		}
		out = append(out, strings.Join(cells, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCSVAsClinicsReallyHaveIt(t *testing.T) {
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Name\tLDL\r\nZoë\t7,5\r\n")
	ansi, _ := charmap.Windows1252.NewEncoder().String("Name;LDL\r\nZoë–Ann;7,5\r\n")
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"plain", "a,b\n1,2\n", []string{"a|b", "1|2"}},
		{"byte order mark", "\xEF\xBB\xBFNHS number,LDL\r\n1,2\r\n", []string{"NHS number|LDL", "1|2"}},
		{"UTF-16 with tabs, as Excel's Unicode text", utf16, []string{"Name|LDL", "Zoë|7,5"}},
		{"Windows-1252 with semicolons and decimal commas", ansi, []string{"Name|LDL", "Zoë–Ann|7,5"}},
		{"sep line", "sep=;\r\na;b\r\n1;2\r\n", []string{"a|b", "1|2"}},
		{"old Mac line ends", "a,b\r1,2\r3,4", []string{"a|b", "1|2", "3|4"}},
		{"quotes, commas and line ends inside", "a,b\r\n\"Doe, Jane\",\"says \"\"no\"\"\r\nand more\"\r\n", []string{"a|b", "Doe, Jane|says \"no\"\nand more"}},
		{"ragged and empty rows", "a,b,c\n1\n\n,,\n1,2,3,4\n", []string{"a|b|c", "1", "1|2|3|4"}},
		{"banner of one field above a comma list", "Search: lipids\nRun; 2026\na,b,c\n1,2,3\n4,5,6\n", []string{"Search: lipids", "Run; 2026", "a|b|c", "1|2|3", "4|5|6"}},
		{"our own apostrophe before a formula comes off", "a,b\n'=1+1,'tis\n", []string{"a|b", "=1+1|'tis"}},
		{"zero bytes and the old end mark", "a,b\n1\x00,2\n\x1A", []string{"a|b", "1|2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Contains(c.data, "\x00") && c.name[0] == 'z' {
				t.Log("zero bytes make it binary unless it is UTF-16")
				if _, err := Open(write(t, "list.csv", []byte(c.data))); !errors.Is(err, ErrNotAWorkbook) {
					t.Errorf("got %v", err)
				}
				return
			}
			if d := cmp.Diff(c.want, lines(t, "list.csv", []byte(c.data))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCSVCutOffInsideAQuotationIsDamaged(t *testing.T) {
	b, err := Open(write(t, "list.csv", []byte("a,b\n1,2\n3,\"unfinished\n4,5\n")))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if _, err := readAll(b, 0); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("got %v", err)
	}
}

func TestCSVLastLineWithoutItsEndIsMarked(t *testing.T) {
	b, err := Open(write(t, "list.csv", []byte("a,b,c\n1,2,3\n4,5")))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	rows, _ := b.Rows(0)
	short := 0
	for rows.Next() {
		if rows.Row().Short {
			short = rows.Row().Number
		}
	}
	if short != 3 {
		t.Errorf("the cut line is %d, want 3", short)
	}
}

// TestSpectrumSamples reads the public set of awkward CSV files.
func TestSpectrumSamples(t *testing.T) {
	dir := samples(t)
	for name, want := range map[string][]string{
		"spectrum_comma_in_quotes.csv":     {"first|last|address|city|zip", "John|Doe|120 any st.|Anytown, WW|08123"},
		"spectrum_escaped_quotes.csv":      {"a|b", `1|ha "ha" ha`, "3|4"},
		"spectrum_json.csv":                {"key|val", `1|{"type": "Point", "coordinates": [102.0, 0.5]}`},
		"spectrum_newlines.csv":            {"a|b|c", "1|2|3", "Once upon \na time|5|6", "7|8|9"},
		"spectrum_newlines_crlf.csv":       {"a|b|c", "1|2|3", "Once upon \na time|5|6", "7|8|9"},
		"spectrum_quotes_and_newlines.csv": {"a|b", "1|ha \n\"ha\" \nha", "3|4"},
		"spectrum_utf8.csv":                {"a|b|c", "1|2|3", "4|5|ʤ"},
		"spectrum_empty.csv":               {"a|b|c", "1", "2|3|4"},
	} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, lines(t, name, data)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}
