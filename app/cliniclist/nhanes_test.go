package cliniclist

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kindred/rules"
)

// withoutUnit drops the columns of one unit from the sample, so that only the other
// is left to read.
func withoutUnit(t *testing.T, drop string) string {
	t.Helper()
	f, err := os.Open(shared(t, "samples", "nhanes_2015_2016_lipids.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, row := range rows {
		var kept []string
		for i, cell := range row {
			if !strings.Contains(rows[0][i], drop) {
				kept = append(kept, cell)
			}
		}
		if err := w.Write(kept); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.String()
}

// verdict is what must not depend on the unit.
type verdict struct{ advice, dlcn string }

func verdicts(t *testing.T, path string, opt Options, book *rules.Book) ([]verdict, *Results) {
	t.Helper()
	l := read(t, path, opt)
	res := runWith(t, l, book)
	fh := book.Area("fh")
	out := make([]verdict, l.Len())
	for i := range out {
		out[i].advice = res.Rejected(i)
		for _, a := range res.Advice(i) {
			out[i].advice += fmt.Sprintf("%s|%s|%s|%s|%v\n", a.Outcome, a.Code, a.Reason, a.Ask, a.Urgent)
		}
		in, err := fh.InputsFrom(res.Row(i).Case)
		if err != nil {
			t.Fatalf("row %d: %v", l.RowNumber(i), err)
		}
		e, err := fh.Decide(in)
		if err != nil {
			t.Fatalf("row %d: %v", l.RowNumber(i), err)
		}
		lo, hi, ok := e.Totals("fh.dlcn")
		if !ok {
			t.Fatal("there is no score fh.dlcn")
		}
		out[i].dlcn = fmt.Sprintf("DLCN %d to %d", lo, hi)
	}
	return out, res
}

// sides says which threshold of a fact lies between two readings that are the
// same but for rounding; empty when none does.
func sides(area *rules.Area, a, b *rules.Case) string {
	for _, fact := range []string{"lipid.ldl", "lipid.tg", "lipid.hdl"} {
		x, y := a.People[0].Facts[fact].Number.Lo, b.People[0].Facts[fact].Number.Lo
		for _, limit := range area.Thresholds(fact) {
			if min(x, y) <= limit && limit <= max(x, y) && max(x, y)-min(x, y) < 0.02 {
				return fmt.Sprintf("%s %.4f and %.4f lie on either side of %v", fact, x, y, limit)
			}
		}
	}
	return ""
}

// TestRealPeopleGetTheSameAdviceInEitherUnit reads 1,477 people's lipids in
// mg/dL and in mmol/L. Whoever gets other advice is named, and a threshold of
// the rules must lie between the two readings, which differ by rounding only.
func TestRealPeopleGetTheSameAdviceInEitherUnit(t *testing.T) {
	book := book(t)
	mmol, inMmol := verdicts(t, file(t, "mmol.csv", withoutUnit(t, "(mg/dL)")), Options{}, book)
	mg, inMg := verdicts(t, file(t, "mg.csv", withoutUnit(t, "(mmol/L)")), Options{}, book)
	both := shared(t, "samples", "nhanes_2015_2016_lipids.csv")
	mapped, _ := verdicts(t, both, Options{Map: map[string]string{"LDL cholesterol (mmol/L)": "", "HDL cholesterol (mmol/L)": "ignore", "Triglycerides (mmol/L)": "ignore"}}, book)
	first, _ := verdicts(t, both, Options{}, book)
	if len(mmol) != 1477 || len(mg) != 1477 || len(mapped) != 1477 || len(first) != 1477 {
		t.Fatalf("%d, %d, %d and %d rows", len(mmol), len(mg), len(mapped), len(first))
	}
	differ := 0
	for i := range mmol {
		who := inMmol.Row(i).Who.LocalID
		if why := inMmol.Rejected(i) + inMg.Rejected(i); why != "" {
			t.Errorf("survey no %s is rejected: %s", who, why)
		}
		if mapped[i] != mg[i] {
			t.Errorf("survey no %s: leaving columns out by --map is not dropping them\n%v\n%v", who, mapped[i], mg[i])
		}
		if first[i] != mmol[i] {
			t.Errorf("survey no %s: with both units the one in mmol/L is not the one used\n%v\n%v", who, first[i], mmol[i])
		}
		if mmol[i] == mg[i] {
			continue
		}
		differ++
		if why := sides(book.Area("fh"), inMmol.Row(i).Case, inMg.Row(i).Case); why != "" {
			t.Logf("survey no %s: %s", who, why)
			continue
		}
		t.Errorf("survey no %s differs, and not by rounding\nmmol/L: %v\nmg/dL:  %v", who, mmol[i], mg[i])
	}
	t.Logf("%d of %d people differ between the units", differ, len(mmol))
}

// TestAdviceDoesNotDependOnWhoStandsAbove: what was worked out for one row and
// kept for the next must not show. The same rows from the bottom up, with rules
// that remember nothing, give the same advice.
func TestAdviceDoesNotDependOnWhoStandsAbove(t *testing.T) {
	text := withoutUnit(t, "(mg/dL)")
	lines := strings.Split(strings.TrimSpace(text), "\n")
	backwards := append([]string{lines[0]}, lines[1:]...)
	slices.Reverse(backwards[1:])
	fresh := func() *rules.Book {
		lib, err := rules.Load(rules.Files)
		if err != nil {
			t.Fatal(err)
		}
		b, err := lib.On(testDay)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	down := runWith(t, read(t, file(t, "down.csv", text), Options{}), fresh())
	up := runWith(t, read(t, file(t, "up.csv", strings.Join(backwards, "\n")+"\n"), Options{}), fresh())
	differ := 0
	for i := range down.Len() {
		a, b := fmt.Sprintf("%+v", down.Advice(i)), fmt.Sprintf("%+v", up.Advice(up.Len()-1-i))
		if a != b {
			if differ++; differ < 4 {
				t.Errorf("survey no %s\nread down: %s\nread up:   %s", down.Row(i).Who.LocalID, a, b)
			}
		}
	}
	if differ > 0 {
		t.Errorf("%d of %d people get other advice when the list is turned round", differ, down.Len())
	}
}
