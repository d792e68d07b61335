package journey

import (
	"image"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// practiceList is the list of invented patients that comes with the program.
var practiceList = filepath.Join("..", "..", "testdata", "clinic-list.xlsx")

// A clinic list, by keyboard and mouse: opened by its path, columns confirmed, run,
// looked through, results saved as a workbook, which is then read.
func TestClinicListToAResultsWorkbook(t *testing.T) {
	folder := t.TempDir()
	list := filepath.Join(folder, "clinic-list.xlsx")
	copyFile(t, practiceList, list)
	results := filepath.Join(folder, "results.xlsx")

	w := startWindow(t, startDisplay(t), "clinic-list", "--demo", "--data", t.TempDir())
	unlockDemonstration(w)
	w.keys("ctrl+o")
	w.title("Clinic lists")
	w.keep("open")
	w.write(filepath.Join(folder, "no-such-list.xlsx"))
	w.keys("Return")
	w.keep("a-list-that-is-not-there")
	w.keys("ctrl+a")
	w.write(list)
	w.keys("Return")
	w.title("Columns")
	w.keep("columns")
	w.keys("Return")
	w.title("Review")
	w.until("a patient who needs another question", time.Minute, func(img image.Image) bool {
		return shows(img, image.Rect(0, 100, screenWidth, 770), unknownPlum)
	})
	w.keep("results")
	w.keys("Down", "Down")
	w.keep("a-row-chosen")
	w.click(1098, 740) // Save results workbook
	w.settle()
	w.keys("ctrl+a")
	w.write(results)
	w.keep("save")
	w.keys("Return")
	waitForFile(w, results)
	w.keep("saved")
	w.end()

	checkResults(t, results)
	if !same(t, practiceList, list) {
		t.Error("the list itself was changed")
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, a, b string) bool {
	t.Helper()
	x, errA := os.ReadFile(a)
	y, errB := os.ReadFile(b)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	return string(x) == string(y)
}

func waitForFile(w *window, file string) {
	w.t.Helper()
	for range 100 {
		if _, err := os.Stat(file); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	w.keep("stuck")
	w.t.Fatalf("no results workbook appeared (last picture kept as …stuck.png)")
}

// checkResults reads the workbook with a reader that is not ours: every row has
// its advice, and the rejected ones stand on their own sheet with the reason.
func checkResults(t *testing.T, file string) {
	t.Helper()
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatalf("the results workbook does not open: %v", err)
	}
	defer book.Close()
	rows, err := book.GetRows("Results")
	if err != nil {
		t.Fatal(err)
	}
	header := slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row, "FH advice") })
	if header < 0 {
		t.Fatal("the results have no column FH advice")
	}
	column := map[string]int{}
	for c, heading := range rows[header] {
		column[heading] = c
	}
	for _, heading := range []string{"NHS Number", "Surname", "FH advice", "FH code", "FH reason", "FH ask next", "Lynch advice", "Lynch code", "Lynch reason", "Lynch ask next"} {
		if _, ok := column[heading]; !ok {
			t.Errorf("the results have no column %q", heading)
		}
	}
	advised := 0
	for _, row := range rows[header+1:] {
		if c := column["FH advice"]; c < len(row) && row[c] != "" {
			advised++
			if r := column["FH reason"]; r >= len(row) || row[r] == "" {
				t.Errorf("a row with the advice %q has no reason", row[c])
			}
		}
	}
	rejected, err := book.GetRows("Rejected")
	if err != nil {
		t.Fatal(err)
	}
	if advised < 480 || len(rejected) < 5 {
		t.Errorf("%d rows with advice and %d on the sheet of rejected ones, for a list of 504 with some that cannot be right", advised, len(rejected))
	}
}
