// Package sqloracle holds the rules against the same rules printed as SQL: two
// independent evaluations must agree on every row.
package sqloracle

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"kindred/rules"
	"kindred/rules/truth"
)

const rows = 20000

// TestTheRulesOfFHAgreeWithTheSameRulesInSQLite fills 20,000 rows with random
// facts, from all known to none known, and compares every criterion, the score
// and the set of outcomes still possible.
func TestTheRulesOfFHAgreeWithTheSameRulesInSQLite(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, lib, "fh")
}

// TestTheToyRulesAgreeWithTheSameRulesInSQLite does the same for a small area
// that uses every operator.
func TestTheToyRulesAgreeWithTheSameRulesInSQLite(t *testing.T) {
	lib, err := rules.Load(os.DirFS("../../rules/testdata/toys"))
	if err != nil {
		t.Fatal(err)
	}
	compare(t, lib, "plain")
}

func compare(t *testing.T, lib *rules.Library, id string) {
	t.Helper()
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	area := book.Area(id)
	query, err := area.SQL("patients", "id")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })

	facts := area.Reads()
	in := area.Inputs()
	want := make([][]string, rows)
	r := rand.New(rand.NewPCG(7, 11))
	insert := fill(t, db, facts)
	defer func() { _ = insert.Close() }()
	for i := range rows {
		in.Reset()
		values := make([]any, len(facts)+1)
		values[0] = i
		missing := r.Float64()
		for f, def := range facts {
			if r.Float64() >= missing {
				values[f+1] = draw(t, r, area, in, def)
			}
		}
		if _, err := insert.Exec(values...); err != nil {
			t.Fatal(err)
		}
		e, err := area.Decide(in)
		if err != nil {
			t.Fatal(err)
		}
		want[i] = verdicts(area, e)
	}
	if _, err := db.Exec("COMMIT"); err != nil {
		t.Fatal(err)
	}
	check(t, db, area, query, want)
}

// fill makes the table and gives the statement that adds a row.
func fill(t *testing.T, db *sql.DB, facts []*rules.FactDef) *sql.Stmt {
	t.Helper()
	columns, marks := "id INTEGER PRIMARY KEY", "?"
	for _, f := range facts {
		kind := "TEXT"
		if f.Type == rules.NumberFact {
			kind = "REAL"
		}
		columns += fmt.Sprintf(", %q %s", f.ID, kind)
		marks += ", ?"
	}
	for _, q := range []string{"CREATE TABLE patients (" + columns + ")", "BEGIN"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	insert, err := db.Prepare("INSERT INTO patients VALUES (" + marks + ")")
	if err != nil {
		t.Fatal(err)
	}
	return insert
}

// draw gives a fact a random value: numbers just below, at and just above the
// lines they are held against.
func draw(t *testing.T, r *rand.Rand, area *rules.Area, in *rules.Inputs, f *rules.FactDef) any {
	t.Helper()
	a := rules.Answer{Number: truth.Any(), Bool: truth.Unknown}
	var v any
	switch f.Type {
	case rules.YesNo:
		yes := r.IntN(3) == 0
		a.Bool = truth.Of(yes)
		v = map[bool]string{true: "yes", false: "no"}[yes]
	case rules.ChoiceFact:
		a.Choice = f.Choices[r.IntN(len(f.Choices))].Value
		v = a.Choice
	default:
		x := r.Float64() * 20
		if lines := area.Thresholds(f.ID); len(lines) > 0 {
			x = lines[r.IntN(len(lines))] + float64(r.IntN(3)-1)*0.01
		}
		a.Number = truth.Exactly(x)
		v = x
	}
	if err := in.Set(f.ID, a); err != nil {
		t.Fatal(err)
	}
	return v
}

// verdicts is what the engine says, as the query prints it.
func verdicts(area *rules.Area, e *rules.Evaluation) []string {
	var out []string
	info := area.Info()
	for _, c := range info.Criteria {
		out = append(out, c.ID+"="+map[truth.K]string{truth.Yes: "1", truth.No: "0", truth.Unknown: "NULL"}[e.Verdict(c.ID)])
	}
	for _, s := range info.Scores {
		lo, hi, _ := e.Totals(s.ID)
		out = append(out, fmt.Sprintf("%s.min=%d", s.ID, lo), fmt.Sprintf("%s.max=%d", s.ID, hi))
	}
	bits := 0
	for _, o := range e.Possible() {
		for i, known := range []rules.Outcome{rules.AlreadyTested, rules.Cascade, rules.Test, rules.TestTumour, rules.Refer, rules.MoreInformation, rules.NotIndicated} {
			if o == known {
				bits |= 1 << i
			}
		}
	}
	return append(out, fmt.Sprintf("possible=%d", bits))
}

// check runs the query and compares row by row, column by column.
func check(t *testing.T, db *sql.DB, area *rules.Area, query string, want [][]string) {
	t.Helper()
	got, err := db.Query(query)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer func() { _ = got.Close() }()
	names, err := got.Columns()
	if err != nil {
		t.Fatal(err)
	}
	cells := make([]sql.NullInt64, len(names))
	into := make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	n, wrong, compared := 0, 0, 0
	for got.Next() {
		if err := got.Scan(into...); err != nil {
			t.Fatal(err)
		}
		said := map[string]string{}
		for i := 1; i < len(names); i++ {
			said[names[i]] = "NULL"
			if cells[i].Valid {
				said[names[i]] = fmt.Sprint(cells[i].Int64)
			}
		}
		for _, w := range want[n] {
			name, value, _ := strings.Cut(w, "=")
			compared++
			if said[name] != value {
				if wrong++; wrong <= 5 {
					t.Errorf("row %d: %s is %s in the engine and %s in SQL", n, name, value, said[name])
				}
			}
		}
		n++
	}
	if err := got.Err(); err != nil {
		t.Fatal(err)
	}
	if n != len(want) || wrong > 0 {
		t.Errorf("%d rows, %d of %d comparisons disagree", n, wrong, compared)
	}
	t.Logf("%s: %d rows, %d comparisons, query of %d bytes", area.ID(), n, compared, len(query))
}
