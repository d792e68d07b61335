package cliniclist

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"kindred/app/sheet"
	"kindred/rules"
)

// plain advises by one line, so that what is tested here is the list and not
// the rules.
type plain struct{}

func (plain) Areas() []rules.AreaInfo {
	return []rules.AreaInfo{{ID: "fh", Title: "Familial hypercholesterolaemia", Short: "FH", Edition: "test", Status: "transcribed"}, {ID: "x", Title: "Another area", Short: "Other", Edition: "test"}}
}

func (plain) Screen(c *rules.Case) ([]*rules.AreaAdvice, error) {
	ldl, ok := c.People[0].Facts["lipid.ldl"]
	a := rules.AreaAdvice{Area: "fh", Outcome: rules.MoreInformation, Reason: "=LDL not known", Next: []rules.Question{{Question: "What is the LDL cholesterol?"}}}
	if ok {
		a = rules.AreaAdvice{Area: "fh", Outcome: rules.NotIndicated, Reason: "LDL " + ldl.Number.String() + " mmol/L"}
		if ldl.Number.Lo > 4.9 {
			a = rules.AreaAdvice{Area: "fh", Outcome: rules.Test, Code: "R134.1", Reason: "LDL " + ldl.Number.String() + " mmol/L", Urgent: ldl.Number.Lo > 13}
		}
	}
	if ldl.Number.Lo == 9.99 {
		panic("a rule went wrong")
	}
	return []*rules.AreaAdvice{&a, {Area: "x", Outcome: rules.NotIndicated}}, nil
}

func run(t testing.TB, l *List) *Results {
	t.Helper()
	return runWith(t, l, plain{})
}

const smallList = "Practice list\nNHS number,Surname,Born,LDL,Comment\n" +
	"999 000 0018,Smith,03/04/1970,5.6,\"=1+1, she says\"\n" +
	"999 000 0026,Núñez,28/04/1980,3.1,\n" +
	"999 000 0034,Jones,28/04/1981,49,x\n" +
	",Brown,01/02/1990,,\n" +
	"999 000 0018,Smith,03/04/1970,14.2,again\n"

func TestResultsAsCSVCarryEveryColumnAndEveryRow(t *testing.T) {
	res := run(t, read(t, file(t, "list.csv", smallList), Options{}))
	out := filepath.Join(t.TempDir(), "results.csv")
	if err := res.SaveCSV(out); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		`NHS number,Surname,Born,LDL,Comment,FH advice,FH code,FH reason,FH ask next,Other advice,Other code,Other reason,Other ask next,Row notes`,
		`999 000 0018,Smith,03/04/1970,5.6,"'=1+1, she says",test,R134.1,LDL 5.6 mmol/L,,not_indicated,,,,the same NHS number stands in row 7 too`,
		`999 000 0026,Núñez,28/04/1980,3.1,,not_indicated,,LDL 3.1 mmol/L,,not_indicated,,,,`,
		`999 000 0034,Jones,28/04/1981,49,x,rejected,,LDL cholesterol 49 mmol/L is outside what is possible (0.1–30); is it mg/dL?,,rejected,,LDL cholesterol 49 mmol/L is outside what is possible (0.1–30); is it mg/dL?,,`,
		`,Brown,01/02/1990,,,more_information,,'=LDL not known,What is the LDL cholesterol?,not_indicated,,,,`,
		`999 000 0018,Smith,03/04/1970,14.2,again,test,R134.1,Urgent: LDL 14.2 mmol/L,,not_indicated,,,,the same NHS number stands in row 3 too`,
		"",
	}, "\r\n")
	if d := cmp.Diff(want, string(data)); d != "" {
		t.Error(d)
	}
	if got := res.Where(2); got != "list.csv, row 5:" {
		t.Errorf("where: %s", got)
	}
	// The results can be screened again; old advice does not stand beside new.
	list := read(t, out, Options{})
	for _, c := range list.Mapping.Columns {
		if strings.HasPrefix(c.Heading, "FH ") && c.Note != "" {
			t.Errorf("the column %q of our own results is said to be something: %s", c.Heading, c.Note)
		}
	}
	again := run(t, list)
	if err := again.SaveCSV(out); err != nil {
		t.Fatal(err)
	}
	second, _ := os.ReadFile(out)
	if strings.Count(string(second), "FH advice") != 1 {
		t.Errorf("screened again:\n%s", second)
	}
}

func TestCellsWithoutAHeadingAreCarriedAndSpacesAreNoPatient(t *testing.T) {
	res := run(t, read(t, file(t, "list.csv", "NHS number,LDL\n9990000018,5.6,see,letter\n   , \n9990000026\n"), Options{}))
	out := filepath.Join(t.TempDir(), "results.csv")
	if err := res.SaveCSV(out); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\r\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "NHS number,LDL,,,FH advice") || !strings.HasPrefix(lines[1], "9990000018,5.6,see,letter,") || !strings.HasPrefix(lines[2], "9990000026,,,,") {
		t.Errorf("results are\n%s", data)
	}
}

func TestAnLDLAboveTheTotalIsNotSilentlyUrgent(t *testing.T) {
	res := runWith(t, read(t, file(t, "list.csv", "Age,Total cholesterol,LDL\n45,5,13.5\n45,15,13.5\n"), Options{}), book(t))
	for i, doubted := range []bool{true, false} {
		a := res.Advice(i)[0]
		if !a.Urgent || strings.Contains(a.Reason, "check both") != doubted {
			t.Errorf("row %d: urgent %t, %q", i, a.Urgent, a.Reason)
		}
	}
}

func TestResultsWorkbookHasRejectedRowsOnTheirOwnSheet(t *testing.T) {
	res := run(t, read(t, file(t, "list.csv", smallList), Options{}))
	out := filepath.Join(t.TempDir(), "results.xlsx")
	if err := res.SaveWorkbook(out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if d := cmp.Diff([]string{"Results", "Rejected", "Summary"}, f.GetSheetList()); d != "" {
		t.Error(d)
	}
	results, _ := f.GetRows("Results")
	rejected, _ := f.GetRows("Rejected")
	summary, _ := f.GetRows("Summary")
	if len(results) != 5 || len(rejected) != 2 {
		t.Fatalf("%d result rows, %d rejected rows", len(results), len(rejected))
	}
	if d := cmp.Diff([]string{"999 000 0018", "Smith", "03/04/1970", "5.6", "=1+1, she says", "test", "R134.1", "LDL 5.6 mmol/L"}, results[1][:8]); d != "" {
		t.Error(d)
	}
	if formula, _ := f.GetCellFormula("Results", "E2"); formula != "" {
		t.Errorf("a comment became the formula %q", formula)
	}
	if kind, _ := f.GetCellType("Results", "D2"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("LDL is written as %v, not as a number", kind)
	}
	if d := cmp.Diff([]string{"5", "LDL cholesterol 49 mmol/L is outside what is possible (0.1–30); is it mg/dL?", "999 000 0034"}, rejected[1][:3]); d != "" {
		t.Error(d)
	}
	text := fmt.Sprint(summary)
	for _, want := range []string{"Rows read 5", "Rows with advice 4", "LDL cholesterol outside what is possible 1", "awaits clinical sign-off", "What is the LDL cholesterol? 1", "Urgent among them 1"} {
		if !strings.Contains(text, want) {
			t.Errorf("the summary does not say %q:\n%s", want, text)
		}
	}
}

func TestSamePersonWithTwoDatesOfBirthIsNobody(t *testing.T) {
	res := run(t, read(t, file(t, "list.csv", "NHS number,DOB,LDL\n9990000018,03/04/1970,5\n9990000026,28/04/1980,5\n9990000018,03/04/1971,5\n"), Options{}))
	if res.Rejected(0) != "the same NHS number stands in row 4 with another date of birth" || res.Rejected(2) != "the same NHS number stands in row 2 with another date of birth" || res.Rejected(1) != "" {
		t.Errorf("%q %q %q", res.Rejected(0), res.Rejected(1), res.Rejected(2))
	}
}

func TestCancelKeepsWhatIsDone(t *testing.T) {
	var b strings.Builder
	b.WriteString("NHS number,LDL\n")
	for range 20_000 {
		b.WriteString(",5.6\n")
	}
	l := read(t, file(t, "list.csv", b.String()), Options{})
	ctx, cancel := context.WithCancel(context.Background())
	res, err := Run(ctx, l, plain{}, testDay, func(done, total int) {
		if done > total/4 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || res == nil || res.Len() < 5_000 || res.Len() == res.Total() {
		t.Fatalf("%v, %d of %d rows", err, res.Len(), res.Total())
	}
	for i := range res.Len() {
		if a := res.Advice(i); a == nil || a[0].Outcome != rules.Test {
			t.Fatalf("row %d of the kept stretch has %+v", i, a)
		}
	}
	if err := res.SaveWorkbook(filepath.Join(t.TempDir(), "part.xlsx")); err != nil {
		t.Error(err)
	}
}

func TestOneImpossibleRowDoesNotEndTheList(t *testing.T) {
	res := run(t, read(t, file(t, "list.csv", "LDL\n9.99\n5\n"), Options{}))
	if !strings.Contains(res.Rejected(0), "please report it") || res.Advice(1) == nil {
		t.Errorf("%q, %+v", res.Rejected(0), res.Advice(1))
	}
}

func TestKeyIsTheSameWhenTheListIsReadAgain(t *testing.T) {
	path := file(t, "list.csv", smallList)
	a, b := read(t, path, Options{}), read(t, path, Options{})
	seen := map[string]int{}
	for i := range a.Len() {
		ka, kb := a.Key(i, a.Patient(i, dayOf(testDay)).Who), b.Key(i, b.Patient(i, dayOf(testDay)).Who)
		if ka != kb || ka == "" {
			t.Errorf("row %d: %q and %q", i, ka, kb)
		}
		seen[ka]++
	}
	if len(seen) != 4 || seen["nhs:9990000018"] != 2 {
		t.Errorf("keys %v", seen)
	}
}

func TestCutOffListIsRefusedNotRead(t *testing.T) {
	data, err := os.ReadFile(clinicList)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{len(data) / 2, len(data) - 30, 100} {
		if _, err := Read(file(t, "list.xlsx", string(data[:n])), dictionary(t), Options{}); !errors.Is(err, sheet.ErrDamaged) {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
	l := read(t, file(t, "list.csv", "Age,LDL,HDL\n50,5.1,1.2\n50,7"), Options{})
	if r := l.Patient(1, dayOf(testDay)); len(r.Rejected) == 0 || !strings.Contains(r.Rejected[0], "cut off") {
		t.Errorf("the last line, cut in the middle, was used: %+v", r)
	}
}

// TestOneWrongByteIsNoticedOrChangesNothing spoils single bytes all over the
// file: the list is refused, or it is read as if nothing had happened. It never
// reads on with other values or fewer rows.
func TestOneWrongByteIsNoticedOrChangesNothing(t *testing.T) {
	data, err := os.ReadFile(clinicList)
	if err != nil {
		t.Fatal(err)
	}
	digest := func(l *List) string {
		h := sha256.New()
		var cells []sheet.Cell
		for i := range l.Len() {
			cells = l.Cells(i, cells)
			fmt.Fprintln(h, l.RowNumber(i), cells)
		}
		return fmt.Sprintf("%s %d %x", l.Sheet, l.Len(), h.Sum(nil))
	}
	want := digest(read(t, clinicList, Options{}))
	refused, same := 0, 0
	rng := rand.New(rand.NewPCG(7, 7))
	for range 60 {
		at := rng.IntN(len(data))
		spoilt := append([]byte(nil), data...)
		spoilt[at] ^= byte(1 + rng.IntN(255))
		l, err := Read(file(t, "list.xlsx", string(spoilt)), dictionary(t), Options{})
		switch {
		case err != nil:
			refused++
		case digest(l) == want:
			same++
		default:
			t.Errorf("byte %d of %d: read with other cells (%d rows)", at, len(data), l.Len())
		}
	}
	t.Logf("%d refused, %d unharmed", refused, same)
	if refused < 50 {
		t.Errorf("only %d of 60 spoilt files were refused", refused)
	}
}
