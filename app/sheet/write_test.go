package sheet

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

var awkward = []string{
	"plain", "=HYPERLINK(\"http://x\")", "+44 20", "-0.5", "@SUM(A1)", "\ttab first", " spaces ", "two\nlines", "a & b < c > d \"e\"", "_x000D_", "Zoë 𝔘", "bell\x07", "no\ufffecharacter\uffff", "007", "'quoted",
}

// TestWhatIsWrittenIsReadBack: our reader and excelize both read every awkward
// text as it was written, and none of them as a formula; from the second time on
// a text is shared.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	w := NewWorkbook()
	s := w.Sheet("Results", Layout{FrozenRows: 1, FilterRow: 1, FilterColumns: 3, Widths: []float64{30, 10, 12}})
	if err := s.Row([]Out{{Cell: Cell{Kind: Text, Text: "Text"}, Style: Header}, {Cell: Cell{Kind: Text, Text: "Number"}}, {Cell: Cell{Kind: Text, Text: "Date"}}}); err != nil {
		t.Fatal(err)
	}
	texts := slices.Repeat(awkward, 3)
	for _, text := range texts {
		if err := s.Row([]Out{{Cell: Cell{Kind: Text, Text: text}}, {Cell: Cell{Kind: Number, Num: 4.96}}, {Cell: Cell{Kind: Date, Num: 45000}}}); err != nil {
			t.Fatal(err)
		}
	}
	w.Sheet("Results", Layout{})
	path := filepath.Join(t.TempDir(), "out.xlsx")
	if err := w.Save(path); err != nil {
		t.Fatal(err)
	}
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	rows, err := readAll(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, text := range texts {
		r := rows[i+2]
		if r[0].Kind != Text || r[0].Text != text || r[1].Num != 4.96 || r[2].Kind != Date || r[2].Num != 45000 {
			t.Errorf("wrote %q, read %+v", text, r)
		}
		cell := "A" + FormatNumber(float64(i+2))
		if v, err := f.GetCellValue("Results", cell); err != nil || v != text && text != "_x000D_" && text != "bell\x07" && text != "no\ufffecharacter\uffff" {
			t.Errorf("wrote %q, excelize reads %q (%v)", text, v, err)
		}
		if formula, _ := f.GetCellFormula("Results", cell); formula != "" {
			t.Errorf("%q became the formula %q", text, formula)
		}
	}
	if names := f.GetSheetList(); !cmp.Equal(names, []string{"Results", "Results 2"}) {
		t.Errorf("sheets are %q", names)
	}
}

func TestCSVIsSafeToOpenAndReadBack(t *testing.T) {
	var buf bytes.Buffer
	w := NewCSVWriter(&buf, ',', false)
	for _, text := range awkward {
		if err := w.Row([]Cell{{Kind: Text, Text: text}, {Kind: Number, Num: -3.5}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	b, err := Open(write(t, "out.csv", bytes.ReplaceAll(buf.Bytes(), []byte{7}, []byte{' '})))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	rows, _ := b.Rows(0)
	for i := 0; rows.Next(); i++ {
		want := strings.ReplaceAll(awkward[i], "\a", " ")
		if got := rows.Row().Cells; got[0].Text != want || got[1].Text != "-3.5" {
			t.Errorf("wrote %q, read %q", want, got)
		}
	}
	for _, line := range strings.Split(buf.String(), "\r\n") {
		if line != "" && strings.ContainsRune("=@\t", rune(strings.TrimPrefix(line, "\"")[0])) {
			t.Errorf("the line %q starts like a formula", line)
		}
	}
}

func TestSameCellsGiveSameBytes(t *testing.T) {
	make := func() []byte {
		w := NewWorkbook()
		s := w.Sheet("A", Layout{})
		s.Row([]Out{{Cell: Cell{Kind: Text, Text: "x"}}})
		var buf bytes.Buffer
		if err := w.Encode(&buf); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	if !bytes.Equal(make(), make()) {
		t.Error("two workbooks of the same cells differ")
	}
}

// TestDiskFullLeavesNothingBehind writes in a child process whose files may not
// grow: the message says so, an older file stands untouched, nothing else is left.
func TestDiskFullLeavesNothingBehind(t *testing.T) {
	if dir := os.Getenv("KINDRED_TEST_FULL"); dir != "" {
		data := bytes.Repeat([]byte("patient data "), 100_000)
		err := WriteFile(filepath.Join(dir, "results.xlsx"), func(w io.Writer) error { _, err := w.Write(data); return err })
		if err == nil {
			t.Fatal("the file was written past its limit")
		}
		os.WriteFile(filepath.Join(dir, "message"), []byte(err.Error()), 0o600)
		return
	}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell here to set a file-size limit")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "results.xlsx"), []byte("older results"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", `ulimit -f 100 && exec "$0" -test.run TestDiskFullLeavesNothingBehind`, os.Args[0])
	cmd.Env = append(os.Environ(), "KINDRED_TEST_FULL="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	message, _ := os.ReadFile(filepath.Join(dir, "message"))
	if !strings.HasPrefix(string(message), "results.xlsx was not written: the disk is full") {
		t.Errorf("the message reads: %s", message)
	}
	if older, _ := os.ReadFile(filepath.Join(dir, "results.xlsx")); string(older) != "older results" {
		t.Error("the older file was touched")
	}
	left, _ := os.ReadDir(dir)
	if len(left) != 2 {
		t.Errorf("files left behind: %v", left)
	}
}
