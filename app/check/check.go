// Package check is the use case of a laboratory that runs worked cases against
// the rules before it deploys them: it reads case files, asks the real engine
// for each row's answer and compares it with the answer expected.
package check

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kindred/rules"
)

// System works out what one system (SIMON_BROOME, DG27 …) says about the
// inputs of a row. An error means the inputs could not be understood.
type System func(in Inputs) (Result, error)

// ErrNotImplemented is returned by a System for a variant of its inputs that
// Kindred leaves out on purpose; the row is then skipped and counted apart.
var ErrNotImplemented = errors.New("not implemented")

// Checker knows every system that can be checked.
type Checker struct {
	lib     *rules.Library
	systems map[string]System
}

// New prepares all systems on the edition of the rules in force on day.
func New(lib *rules.Library, day rules.Date) (*Checker, error) {
	book, err := lib.On(day)
	if err != nil {
		return nil, fmt.Errorf("no rules to check on %s: %w", day, err)
	}
	return newChecker(lib, book, providers)
}

func newChecker(lib *rules.Library, book *rules.Book, from []provider) (*Checker, error) {
	c := &Checker{lib: lib, systems: map[string]System{}}
	for _, provide := range from {
		systems, err := provide(lib, book)
		if err != nil {
			return nil, err
		}
		for name, s := range systems {
			c.systems[name] = s
		}
	}
	return c, nil
}

// Systems names every implemented system, in alphabetical order.
func (c *Checker) Systems() []string {
	names := make([]string, 0, len(c.systems))
	for name := range c.systems {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Failure is a row whose answer differs from the one expected.
type Failure struct {
	File     string
	Line     int
	ID       string
	System   string
	Expected string
	Got      string
	Why      string // the first difference
	Source   string
}

// String is the failure as one paragraph for the terminal.
func (f Failure) String() string {
	s := fmt.Sprintf("FAIL %s (%s)\n  expected %s\n  got      %s\n  because  %s", f.ID, f.System, f.Expected, f.Got, f.Why)
	if f.Source != "" {
		s += "\n  source   " + f.Source
	}
	return s
}

// Report is what a run found.
type Report struct {
	Passed   int
	Failures []Failure
	Skipped  map[string]int // system -> rows
}

// Add takes another file's report into this one.
func (r *Report) Add(other Report) {
	r.Passed += other.Passed
	r.Failures = append(r.Failures, other.Failures...)
	for system, n := range other.Skipped {
		r.skip(system, n)
	}
}

func (r *Report) skip(system string, n int) {
	if r.Skipped == nil {
		r.Skipped = map[string]int{}
	}
	r.Skipped[system] += n
}

// answer asks a system about a row. A row that cannot be read, or that breaks
// the system, fails alone; the others are still checked.
func answer(system System, row *Row) (got Result, err error) {
	if row.Fault != "" {
		return got, errors.New(row.Fault)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the rules broke on this row (%v): please report it", p)
		}
	}()
	return system(row.Inputs)
}

// Rows checks rows already read.
func (c *Checker) Rows(rows []Row) Report {
	var rep Report
	for _, row := range rows {
		system, ok := c.systems[row.System]
		if !ok {
			rep.skip(row.System, 1)
			continue
		}
		got, err := answer(system, &row)
		if errors.Is(err, ErrNotImplemented) {
			rep.skip(row.System, 1)
			continue
		}
		var why, shown string
		if err != nil {
			why, shown = err.Error(), "no answer"
		} else {
			why, shown = Compare(row.Expected, got), got.String()
		}
		if why == "" {
			rep.Passed++
			continue
		}
		rep.Failures = append(rep.Failures, Failure{
			File: row.File, Line: row.Line, ID: row.ID, System: row.System,
			Expected: row.Expected, Got: shown, Why: why, Source: row.Source,
		})
	}
	return rep
}

// File reads a case file and checks all of it. The error means the file itself
// could not be read; failed cases are in the report.
func (c *Checker) File(path string) (Report, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Report{}, fmt.Errorf("the case file could not be read: %w", err)
	}
	switch data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))); {
	case bytes.HasPrefix(data, []byte("{")):
		sections, err := readOracle(path, data)
		if err != nil {
			return Report{}, err
		}
		return c.oracle(path, sections), nil
	case strings.EqualFold(filepath.Ext(path), ".yaml"), strings.EqualFold(filepath.Ext(path), ".yml"):
		list, err := ParseVignettes(path, data)
		if err != nil {
			return Report{}, err
		}
		return c.Vignettes(path, list), nil
	}
	rows, err := ReadRows(path, bytes.NewReader(data))
	if err != nil {
		return Report{}, err
	}
	return c.Rows(rows), nil
}
