package cliniclist

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kindred/app/identity"
	"kindred/app/sheet"
	"kindred/rules"
)

const benchRows = 100_000

// bigList is 100,000 rows of 20 columns, made once.
var bigList = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kindred-bench-*")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "list.xlsx")
	return path, writeBigList(path)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if madeBigList {
		if path, err := bigList(); err == nil {
			os.RemoveAll(filepath.Dir(path))
		}
	}
	os.Exit(code)
}

var madeBigList bool

func big(b *testing.B) string {
	b.Helper()
	madeBigList = true
	path, err := bigList()
	if err != nil {
		b.Fatal(err)
	}
	return path
}

func writeBigList(path string) error {
	w := sheet.NewWorkbook()
	s := w.Sheet("List", sheet.Layout{})
	text := func(v string) sheet.Out { return sheet.Out{Cell: sheet.Cell{Kind: sheet.Text, Text: v}} }
	num := func(v float64) sheet.Out { return sheet.Out{Cell: sheet.Cell{Kind: sheet.Number, Num: v}} }
	var head []sheet.Out
	for _, h := range []string{
		"NHS number", "Surname", "Forename", "Date of birth", "Sex", "Practice", "Total cholesterol (mmol/L)", "LDL cholesterol (mmol/L)", "HDL cholesterol (mmol/L)", "Triglycerides (mmol/L)",
		"Result date", "Statin", "Tendon xanthoma", "Corneal arcus", "Father MI age", "Secondary causes excluded", "Usual GP", "Ethnic origin", "Postcode area", "Comment",
	} {
		head = append(head, text(h))
	}
	if err := s.Row(head); err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(1, 2))
	serial := sheet.SerialOf(time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	n := 0
	for i := 0; n < benchRows; i++ {
		nine := fmt.Sprintf("999%06d", i)
		c, ok := identity.CheckDigit(nine)
		if !ok {
			continue
		}
		n++
		row := []sheet.Out{
			text(nine + string(c)), text(fmt.Sprintf("Surname%d", rng.IntN(20_000))), text(fmt.Sprintf("Given%d", rng.IntN(2_000))),
			{Cell: sheet.Cell{Kind: sheet.Date, Num: serial - 7_000 - float64(rng.IntN(22_000))}},
			text([]string{"Male", "Female"}[rng.IntN(2)]), text("A99999"),
			num(float64(35+rng.IntN(60)) / 10), num(float64(15+rng.IntN(60)) / 10), num(float64(60+rng.IntN(200)) / 100), num(float64(40+rng.IntN(400)) / 100),
			{Cell: sheet.Cell{Kind: sheet.Date, Num: serial - float64(rng.IntN(900))}},
			{},
			{},
			{},
			{},
			{},
			text("Dr A. Okafor"), text("White British"), text("ZZ99"), text("Recall in 12 months"),
		}
		if rng.IntN(3) == 0 {
			row[11] = text("Atorvastatin 40mg tablets")
		}
		if rng.IntN(20) == 0 {
			row[12] = text("No")
		}
		if rng.IntN(12) == 0 {
			row[14] = num(float64(40 + rng.IntN(40)))
		}
		if rng.IntN(4) == 0 {
			row[15] = text("Yes")
		}
		if err := s.Row(row); err != nil {
			return err
		}
	}
	return w.Save(path)
}

// BenchmarkList measures one list of 100,000 rows × 20 columns step by step and
// whole, with the peer's reading of the same file in the same run.
func BenchmarkList(b *testing.B) {
	lib, err := library()
	if err != nil {
		b.Fatal(err)
	}
	book, err := lib.On(testDay)
	if err != nil {
		b.Fatal(err)
	}
	path := big(b)
	b.Run("cells", func(b *testing.B) {
		for b.Loop() {
			benchCells(b, path)
		}
	})
	b.Run("cells/excelize", func(b *testing.B) {
		for b.Loop() {
			benchExcelize(b, path)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			read(b, path, Options{})
		}
	})
	list := read(b, path, Options{})
	b.Run("cases", func(b *testing.B) { // rows understood, without the rules
		b.ReportAllocs()
		for b.Loop() {
			r := newReader(list, dayOf(testDay))
			r.reuse = true
			for i := range list.Len() {
				r.read(i)
			}
		}
	})
	b.Run("assess", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Run(context.Background(), list, book, testDay, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	results, err := Run(context.Background(), list, book, testDay, nil)
	if err != nil {
		b.Fatal(err)
	}
	out := filepath.Join(b.TempDir(), "results")
	b.Run("write xlsx", func(b *testing.B) {
		for b.Loop() {
			if err := results.SaveWorkbook(out + ".xlsx"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("write csv", func(b *testing.B) {
		for b.Loop() {
			if err := results.SaveCSV(out + ".csv"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			benchWhole(b, path, out+".xlsx")
		}
	})
}

// benchWhole is what the command line does, rules loaded and nothing remembered
// from the run before.
func benchWhole(b *testing.B, path, out string) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		b.Fatal(err)
	}
	book, err := lib.On(testDay)
	if err != nil {
		b.Fatal(err)
	}
	res, err := Run(context.Background(), read(b, path, Options{}), book, testDay, nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := res.SaveWorkbook(out); err != nil {
		b.Fatal(err)
	}
}

func benchCells(b *testing.B, path string) {
	f, err := sheet.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows(0)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		n += len(rows.Row().Cells)
	}
	if rows.Err() != nil || n < benchRows*20 {
		b.Fatal(n, rows.Err())
	}
}

// benchExcelize reads as the library's own documentation shows.
func benchExcelize(b *testing.B, path string) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("List")
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			b.Fatal(err)
		}
		n += len(cells)
	}
	if err := rows.Close(); err != nil || n < benchRows*20 {
		b.Fatal(n, err)
	}
}
