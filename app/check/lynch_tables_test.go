package check

import (
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kindred/rules"
)

// tumourTable is a decision table read without the engine: the second opinion.
type tumourTable struct {
	columns []string
	rows    [][]string // cells, then step and basis
	states  [][]string
}

func readTumourTable(t *testing.T, name string, d *rules.Dictionary) tumourTable {
	t.Helper()
	data, err := fs.ReadFile(rules.Files, "lynch/tables/"+name)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(string(data)))
	r.Comment, r.FieldsPerRecord = '#', -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	table := tumourTable{rows: all[2:]}
	for _, column := range all[1] {
		if strings.HasPrefix(column, "=") {
			break
		}
		table.columns = append(table.columns, column)
		var states []string
		for _, choice := range d.Fact(column).Choices {
			states = append(states, choice.Value)
		}
		table.states = append(table.states, states)
	}
	return table
}

// applies reports whether a row covers the states.
func (table tumourTable) applies(row, states []string) bool {
	for i, cell := range row[:len(table.columns)] {
		if cell != "-" && !slices.Contains(strings.Split(cell, "|"), states[i]) {
			return false
		}
	}
	return true
}

// first is the number of the first row that covers the states, -1 for none.
func (table tumourTable) first(states []string) int {
	return slices.IndexFunc(table.rows, func(row []string) bool { return table.applies(row, states) })
}

// each calls visit with every combination of states.
func (table tumourTable) each(visit func(states []string)) {
	states := make([]string, len(table.columns))
	var fill func(i int)
	fill = func(i int) {
		if i == len(states) {
			visit(states)
			return
		}
		for _, s := range table.states[i] {
			states[i] = s
			fill(i + 1)
		}
	}
	fill(0)
}

func TestEveryTumourResultHasExactlyOneNextStep(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"dg27.csv": 6 * 6 * 6 * 6 * 5 * 2 * 5 * 4, "dg42.csv": 6 * 6 * 6 * 6 * 4, "other_tumour.csv": 6 * 6 * 6 * 6 * 4} {
		table := readTumourTable(t, name, lib.Dictionary())
		used, seen := make([]int, len(table.rows)), 0
		table.each(func(states []string) {
			seen++
			row := table.first(states)
			if row < 0 {
				t.Fatalf("%s: no next step for %v", name, states)
			}
			used[row]++
		})
		if seen != want {
			t.Errorf("%s: %d combinations of results, expected %d: a state is missing from the dictionary", name, seen, want)
		}
		for i, n := range used {
			if n == 0 {
				t.Errorf("%s: the row %v can never apply", name, table.rows[i])
			}
			if basis := table.rows[i][len(table.columns)+1]; basis != "guidance" && basis != "ours" {
				t.Errorf("%s: the row %v does not say whether it is guidance or our rule", name, table.rows[i])
			}
		}
	}
}

// What no next step may ever do, whatever else was reported.
func TestTumourStepsThatMustNeverHappen(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"dg27.csv", "dg42.csv", "other_tumour.csv"} {
		table := readTumourTable(t, name, lib.Dictionary())
		at := map[string]int{}
		for i, column := range table.columns {
			at[strings.TrimPrefix(column, "tumour.")] = i
		}
		proteins := func(states []string) []string { return states[:4] }
		table.each(func(states []string) {
			step := table.rows[table.first(states)][len(table.columns)]
			lost := func(p string) bool { return states[at[p]] == "lost" }
			switch {
			case step == "STOP_PMMR" && (slices.Contains(proteins(states), "lost") || slices.Contains(proteins(states), "subclonal")):
				t.Fatalf("%s: %v is called proficient though a protein is lost", name, states)
			case step == "STOP_SPORADIC_LIKELY" && (lost("msh2") || lost("msh6") || lost("pms2") && !lost("mlh1")):
				t.Fatalf("%s: %v is called sporadic though MSH2, MSH6 or PMS2 alone is lost", name, states)
			case step == "STOP_SPORADIC_LIKELY" && states[at["mlh1_methylation"]] != "detected" && (name != "dg27.csv" || states[at["braf_v600e"]] != "v600e"):
				t.Fatalf("%s: %v is called sporadic without methylation or V600E", name, states)
			case strings.HasPrefix(step, "STOP") && lost("mlh1") && (states[at["msh2"]] != "intact" || states[at["msh6"]] != "intact"):
				t.Fatalf("%s: %v ends though MSH2 or MSH6 is not known to be intact", name, states)
			case step == "OFFER_GERMLINE_R210" && states[at["mlh1_methylation"]] == "detected" && lost("mlh1"):
				t.Fatalf("%s: %v offers the germline test though the loss of MLH1 is methylated", name, states)
			case step == "DO_BRAF_V600E" && states[at["braf_v600e"]] != "not_done",
				step == "DO_MLH1_METHYLATION" && states[at["mlh1_methylation"]] != "not_done":
				t.Fatalf("%s: %v asks again for a test that was done", name, states)
			}
		})
	}
}

func TestTheEngineReadsTheTumourTablesAsAPersonWould(t *testing.T) {
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	inputs := map[string]string{
		"tumour.mlh1": "MLH1", "tumour.pms2": "PMS2", "tumour.msh2": "MSH2", "tumour.msh6": "MSH6",
		"tumour.msi": "MSI", "tumour.braf_v600e": "BRAF_V600E", "tumour.mlh1_methylation": "MLH1_methylation",
	}
	random := rand.New(rand.NewPCG(27, 42))
	for system, name := range map[string]string{"DG27": "dg27.csv", "DG42": "dg42.csv"} {
		table := readTumourTable(t, name, lib.Dictionary())
		for range 300 {
			states, row := make([]string, len(table.columns)), map[string]any{"age": 62}
			for i, column := range table.columns {
				states[i] = table.states[i][random.IntN(len(table.states[i]))]
				if lib.Dictionary().Fact(column).Local {
					row["settings"] = map[string]any{column: states[i]}
				} else {
					row[inputs[column]] = states[i]
				}
			}
			got, err := c.systems[system](inputsOf(t, row))
			if err != nil {
				t.Fatal(err)
			}
			if want := table.rows[table.first(states)][len(table.columns)]; got.Token != want {
				t.Fatalf("%s %v: the engine says %s, the table %s", system, states, got.Token, want)
			}
		}
	}
}

func inputsOf(t *testing.T, row map[string]any) Inputs {
	t.Helper()
	data, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	in, err := ParseInputs(data)
	if err != nil {
		t.Fatal(err)
	}
	return in
}
