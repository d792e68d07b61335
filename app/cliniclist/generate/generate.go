// Package generate makes the synthetic clinic list of testdata: patients who do
// not exist, in the form in which GP systems export real ones. The same seed
// gives the same bytes.
package generate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"kindred/app/identity"
	"kindred/app/sheet"
)

// Seed makes testdata/clinic-list.xlsx.
const Seed = 20261120

// Patients is how many people the list has; a few stand in it twice.
const Patients = 500

// runOn is the day on which the search was run.
var runOn = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// HeaderRow is the row of the headings, BadValueRow the one with an LDL of 49.
const (
	SheetName   = "LDL"
	HeaderRow   = 6
	BadValueRow = 17
)

// headings as a GP system's report has them: who, three result blocks, then
// columns of one thing each. The row above names the blocks.
var (
	blocks   = map[int]string{7: "Latest LDL cholesterol", 11: "Latest total cholesterol", 15: "Latest triglycerides", 23: "Lipid-lowering treatment"}
	headings = []string{
		"NHS Number", "Surname", "Forename", "Date of Birth", "Gender", "Usual GP", "Ethnic Origin",
		"Code Term", "Value", "Unit", "Date", "Code Term", "Value", "Unit", "Date", "Code Term", "Value", "Unit", "Date",
		"Highest total cholesterol ever (mmol/L)", "Serum HDL cholesterol level", "Tendon xanthomata", "Corneal arcus before 45",
		"Statin", "Last issue date", "Statin start date", "Father MI age", "Mother MI age", "Secondary causes excluded", "Confirmed on repeat", "FH gene test", "Known FH variant in family", "Hypothyroidism", "Comment",
	}
)

// Workbook makes the list.
func Workbook(seed uint64) (*sheet.Workbook, error) {
	g := &generator{rng: rand.NewPCG(seed, seed)}
	w := sheet.NewWorkbook()
	out := w.Sheet(SheetName, sheet.Layout{
		Widths:     []float64{14, 16, 14, 13, 9, 16, 18, 30, 8, 8, 13, 30, 8, 8, 13, 28, 8, 8, 13, 14, 12, 13, 13, 30, 13, 13, 9, 9, 12, 11, 13, 14, 16, 34},
		FrozenRows: HeaderRow,
	})
	for _, line := range banner() {
		if err := out.Row(line); err != nil {
			return nil, err
		}
	}
	if err := out.Row(headingRow()); err != nil {
		return nil, err
	}
	var rows [][]sheet.Out
	for i := range Patients {
		rows = append(rows, g.patient(i))
	}
	for _, r := range append(rows, g.repeats(rows)...) {
		if err := out.Row(r); err != nil {
			return nil, err
		}
	}
	about := w.Sheet("About this search", sheet.Layout{Widths: []float64{80}})
	for _, s := range []string{"Adults with a lipid result, last 36 months", "Everybody in this list is invented; NHS numbers lie in the range 999, which is never issued."} {
		if err := about.Row([]sheet.Out{text(s)}); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func banner() [][]sheet.Out {
	above := make([]sheet.Out, len(headings))
	for col, name := range blocks {
		above[col] = text(name)
	}
	return [][]sheet.Out{
		{text("Lipid review: adults with a cholesterol result")},
		{text("Riverside Surgery (demonstration), A99999")},
		{text("Search run on 20-Nov-2026 09:12"), {}, text("Population: currently registered")},
		{text("Patients found"), number(Patients)},
		above,
	}
}

func headingRow() []sheet.Out {
	var out []sheet.Out
	for _, h := range headings {
		o := text(h)
		o.Style = sheet.Header
		out = append(out, o)
	}
	return out
}

type generator struct {
	rng   *rand.PCG
	spent map[string]bool // NHS numbers given out
}

// The draws are spelled out, not left to the library, whose ways of drawing may
// change between releases; only the PCG sequence itself is fixed.

func (g *generator) below(n int) int { return int(g.rng.Uint64() % uint64(n)) }

func (g *generator) unit() float64 { return float64(g.rng.Uint64()>>11) / (1 << 53) }

func (g *generator) chance(p float64) bool { return g.unit() < p }

func (g *generator) pick(list []string) string { return list[g.below(len(list))] }

// bell is roughly normal: the sum of twelve even draws.
func (g *generator) bell(mean, sd float64) float64 {
	sum := -6.0
	for range 12 {
		sum += g.unit()
	}
	return mean + sd*sum
}

func (g *generator) days(max int) time.Time { return runOn.AddDate(0, 0, -1-g.below(max)) }

// nhsNumber draws a valid number from 999 000 0000 on, each once.
func (g *generator) nhsNumber() string {
	if g.spent == nil {
		g.spent = map[string]bool{}
	}
	for {
		nine := fmt.Sprintf("999%06d", g.below(1_000_000))
		if c, ok := identity.CheckDigit(nine); ok && !g.spent[nine] {
			g.spent[nine] = true
			return nine + string(c)
		}
	}
}

func text(s string) sheet.Out { return sheet.Out{Cell: sheet.Cell{Kind: sheet.Text, Text: s}} }

func number(v float64) sheet.Out { return sheet.Out{Cell: sheet.Cell{Kind: sheet.Number, Num: v}} }

func day(t time.Time) sheet.Out {
	return sheet.Out{Cell: sheet.Cell{Kind: sheet.Date, Num: sheet.SerialOf(t)}}
}

func round(v float64, decimals int) float64 {
	p := math.Pow(10, float64(decimals))
	return math.Round(v*p) / p
}
