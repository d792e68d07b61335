package lipid

import (
	"fmt"
	"strconv"
	"strings"
)

// martinColumns is the header of martin_hopkins.csv; the numbers are the lower
// edges of non-HDL cholesterol.
var martinColumns = []string{"tg_from", "non_hdl_0", "non_hdl_100", "non_hdl_130", "non_hdl_160", "non_hdl_190", "non_hdl_220"}

// martinTable is the 180-cell table in mg/dL.
type martinTable struct {
	tg     []float64 // lower edges, rising
	nonHDL []float64
	factor [][]float64
}

func (m *martinTable) add(row []string) error {
	if m.nonHDL == nil {
		for _, h := range martinColumns[1:] {
			edge, err := strconv.ParseFloat(strings.TrimPrefix(h, "non_hdl_"), 64)
			if err != nil {
				return fmt.Errorf("column %s has no edge: %w", h, err)
			}
			m.nonHDL = append(m.nonHDL, edge)
		}
	}
	cells := make([]float64, len(row))
	for i, text := range row {
		v, err := positive(text)
		if err != nil {
			return err
		}
		cells[i] = v
	}
	if n := len(m.tg); n > 0 && cells[0] <= m.tg[n-1] {
		return fmt.Errorf("triglyceride edges must rise; %g comes after %g", cells[0], m.tg[n-1])
	}
	m.tg = append(m.tg, cells[0])
	m.factor = append(m.factor, cells[1:])
	return nil
}

// cell finds the factor for triglycerides and non-HDL cholesterol in mg/dL.
// Triglycerides below the first row are outside the table.
func (m *martinTable) cell(tg, nonHDL float64) (float64, bool) {
	row, column := floor(m.tg, tg), max(0, floor(m.nonHDL, nonHDL))
	if row < 0 {
		return 0, false
	}
	return m.factor[row][column], true
}

// floor is the last edge that is not above v, -1 when all are.
func floor(edges []float64, v float64) int {
	at := -1
	for i, e := range edges {
		if e <= v {
			at = i
		}
	}
	return at
}
