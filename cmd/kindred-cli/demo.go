package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kindred/app/cliniclist"
	"kindred/app/cliniclist/generate"
	"kindred/app/report"
	"kindred/app/sheet"
	"kindred/rules"
)

// newDemoCommand shows both use cases without a screen.
func newDemoCommand() *cobra.Command {
	var folder, list string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "A clinic list and a letter, from invented patients",
		Long: `Demo writes a clinic list of invented patients, screens it into a results workbook
and, for the patient there is most to say about, prints a one-page letter as PDF.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runDemo(cmd.Context(), cmd.OutOrStdout(), list, folder)
		},
	}
	cmd.Flags().StringVarP(&folder, "output", "o", filepath.Join("build", "demo"), "folder for what is written")
	cmd.Flags().StringVar(&list, "list", "", "clinic list to read (default: 500 invented patients, as a GP system exports them)")
	return cmd
}

func runDemo(ctx context.Context, out io.Writer, list, folder string) error {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		return err
	}
	day := today()
	book, err := lib.On(day)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("the folder for the demonstration could not be made: %w", err)
	}
	if list == "" {
		if list, err = inventedList(folder); err != nil {
			return err
		}
	}
	rows, err := cliniclist.Read(list, lib.Dictionary(), cliniclist.Options{})
	if err != nil {
		return badInput(err)
	}
	results, err := cliniclist.Run(ctx, rows, book, day, nil)
	if err != nil {
		return err
	}
	workbook := filepath.Join(folder, "results.xlsx")
	if err := results.SaveWorkbook(workbook); err != nil {
		return err
	}
	row, err := letterRow(results)
	if err != nil {
		return err
	}
	letter := filepath.Join(folder, "letter.pdf")
	if err := writeLetter(letter, book, lib.Dictionary(), results.Row(row)); err != nil {
		return err
	}

	fmt.Fprintf(out, "%s: %d patients read\n", list, results.Total())
	for k, area := range results.Areas() {
		fmt.Fprintf(out, "  %s:", area.Short)
		counts, urgent := results.Outcomes(k)
		for _, c := range counts {
			fmt.Fprintf(out, " %s %d ·", c.Text, c.Count)
		}
		fmt.Fprintf(out, " urgent %d\n", urgent)
	}
	fmt.Fprintf(out, "%s: advice, reason and next question for every row\n", workbook)
	fmt.Fprintf(out, "%s: the letter about the patient in row %d\n", letter, results.Row(row).Number)
	return nil
}

// inventedList writes the list of invented patients that also stands in
// testdata, so that the demonstration needs nothing but this program.
func inventedList(folder string) (string, error) {
	w, err := generate.Workbook(generate.Seed)
	if err != nil {
		return "", err
	}
	list := filepath.Join(folder, "clinic-list.xlsx")
	return list, w.Save(list)
}

// letterOrder is how much a letter about an outcome shows, the most first.
var letterOrder = []rules.Outcome{rules.Test, rules.Cascade, rules.TestTumour, rules.Refer, rules.MoreInformation, rules.NotIndicated, rules.AlreadyTested}

// letterRow picks the first patient with the advice that there is most to say
// about.
func letterRow(results *cliniclist.Results) (int, error) {
	for _, outcome := range letterOrder {
		for i := range results.Len() {
			for _, a := range results.Advice(i) {
				if a.Outcome == outcome {
					return i, nil
				}
			}
		}
	}
	return 0, errors.New("every row of the list was rejected, so there is no letter to show")
}

func writeLetter(file string, book *rules.Book, dict *rules.Dictionary, row *cliniclist.Row) error {
	advice, err := book.Assess(row.Case)
	if err != nil {
		return fmt.Errorf("row %d: %w", row.Number, err)
	}
	patient := report.Patient{
		Family: row.Who.Family, Given: row.Who.Given, Title: row.Who.Title,
		Born: row.Who.Born, Sex: row.Who.Sex, NHSNumber: row.Who.NHSNumber,
	}
	page, err := report.Letter(patient, advice, report.Options{
		Practice: "Demonstration practice", Recipient: "Lipid clinic", Author: "Demonstration clinician",
		Case: row.Case, Dictionary: dict,
	})
	if err != nil {
		return err
	}
	return sheet.WriteFile(file, func(w io.Writer) error {
		_, err := w.Write(page)
		return err
	})
}
