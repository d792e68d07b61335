package check

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Row is one worked case.
type Row struct {
	File     string
	Line     int
	ID       string
	System   string
	Inputs   Inputs
	Expected string
	Source   string
	Fault    string // why the inputs cannot be read; empty when they can
}

// columns every case file carries, in any order; more are allowed.
var columns = []string{"id", "system", "inputs", "expected", "source"}

// ReadRows reads a case table: CSV with the columns id, system, inputs (JSON),
// expected and source. name stands in error messages. A row whose inputs cannot
// be read is kept with its Fault, so that it fails alone.
func ReadRows(name string, r io.Reader) ([]Row, error) {
	cr := csv.NewReader(r)
	cr.FieldsPerRecord = -1
	head, err := cr.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s is empty; a case table starts with the row %s", name, strings.Join(columns, ","))
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read as a case table: %w", name, err)
	}
	at := map[string]int{}
	for i, h := range head {
		at[strings.ToLower(strings.TrimSpace(h))] = i
	}
	for _, c := range columns[:4] {
		if _, ok := at[c]; !ok {
			return nil, fmt.Errorf("%s has no column %q; a case table needs %s", name, c, strings.Join(columns, ", "))
		}
	}
	var rows []Row
	for {
		rec, err := cr.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read as a case table: %w", name, err)
		}
		line, _ := cr.FieldPos(0)
		if len(rec) == 1 && strings.TrimSpace(rec[0]) == "" {
			continue
		}
		field := func(column string) string {
			if i, ok := at[column]; ok && i < len(rec) {
				return strings.TrimSpace(rec[i])
			}
			return ""
		}
		in, err := ParseInputs([]byte(field("inputs")))
		row := Row{
			File: name, Line: line, ID: field("id"), System: field("system"),
			Inputs: in, Expected: field("expected"), Source: field("source"),
		}
		if err != nil {
			row.Fault = fmt.Sprintf("the inputs in line %d are not a JSON object: %v", line, err)
		}
		rows = append(rows, row)
	}
	return slices.Clip(rows), nil
}
