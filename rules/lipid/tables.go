// Package lipid knows lipid units, the equations for LDL cholesterol, and what
// lipid-lowering drugs leave of it. Coefficients, tables and drug names are
// data (data/*.csv, each with its source); the shapes of the equations are code.
//
// Nothing here decides anything: an equation outside its validity says so, a
// drug that no table knows is an error, and estimates are ranges.
package lipid

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/*.csv
var files embed.FS

// Tables is everything the package computes with.
type Tables struct {
	units        map[unitKey]float64
	coefficients map[coefficientKey]float64
	sources      map[string]string // equation or treatment table -> its source
	martin       martinTable
	effects      map[effectKey]Effect
	effectTables []string
	drugs        []drug
	intensities  []Intensity
	phrases      map[string]phrase
	longest      int // words of the longest phrase
}

type unitKey struct{ analyte, unit string }

type coefficientKey struct{ equation, unit, name string }

// Embedded gives the tables that come with the program. An error can only mean
// that a data file was edited badly; it names file and line.
func Embedded() (*Tables, error) { return embedded() }

var embedded = sync.OnceValues(func() (*Tables, error) {
	data, err := fs.Sub(files, "data")
	if err != nil {
		return nil, fmt.Errorf("lipid data: %w", err)
	}
	return Load(data)
})

// Load reads the tables from a folder of CSV files and reports every problem
// in them at once.
func Load(fsys fs.FS) (*Tables, error) {
	t := &Tables{
		units:        map[unitKey]float64{},
		coefficients: map[coefficientKey]float64{},
		sources:      map[string]string{},
		effects:      map[effectKey]Effect{},
		phrases:      map[string]phrase{},
	}
	return t, errors.Join(
		readRows(fsys, "units.csv", []string{"analyte", "unit", "factor", "source"}, t.addUnit),
		readRows(fsys, "equations.csv", []string{"equation", "unit", "coefficient", "value", "source"}, t.addCoefficient),
		readRows(fsys, "martin_hopkins.csv", martinColumns, t.martin.add),
		readRows(fsys, "treatment.csv", []string{"table", "drug", "dose_mg", "remaining", "fall_percent", "source"}, t.addEffect),
		readRows(fsys, "drugs.csv", []string{"name", "also_written", "short", "class", "estimate", "contains", "source", "seen"}, t.addDrug),
		readRows(fsys, "intensity.csv", []string{"name", "from_percent", "source"}, t.addIntensity),
		readRows(fsys, "instructions.csv", []string{"phrase", "means", "times", "language"}, t.addPhrase),
	)
}

// readRows hands every row below the header to add and collects what is wrong,
// each with file and line.
func readRows(fsys fs.FS, name string, header []string, add func(row []string) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("lipid data: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows := 0
	var problems []error
	for {
		row, err := r.Read()
		if err != nil {
			if rows == 0 || !isEnd(err) {
				problems = append(problems, fmt.Errorf("%s: %w", name, err))
			}
			return errors.Join(problems...)
		}
		line, _ := r.FieldPos(0)
		if rows++; rows == 1 {
			if strings.Join(row, ",") != strings.Join(header, ",") {
				return fmt.Errorf("%s:%d: the columns are %s; they must be %s", name, line, strings.Join(row, ","), strings.Join(header, ","))
			}
			continue
		}
		if err := add(row); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", name, line, err))
		}
	}
}

func isEnd(err error) bool { return errors.Is(err, io.EOF) }

// positive reads a number above zero.
func positive(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v <= 0 {
		return 0, fmt.Errorf("%q is not a number above zero", text)
	}
	return v, nil
}

func (t *Tables) addUnit(row []string) error {
	v, err := positive(row[2])
	if err != nil {
		return err
	}
	t.units[unitKey{row[0], row[1]}] = v
	return nil
}

func (t *Tables) addCoefficient(row []string) error {
	v, err := positive(row[3])
	if err != nil {
		return err
	}
	key := coefficientKey{row[0], row[1], row[2]}
	if _, twice := t.coefficients[key]; twice {
		return fmt.Errorf("%s of %s in %s stands twice", row[2], row[0], row[1])
	}
	t.coefficients[key] = v
	if t.sources[row[0]] == "" {
		t.sources[row[0]] = row[4]
	}
	return nil
}
