package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kindred/app/report"
	"kindred/rules"
)

// newLeafletCommand prints an area's leaflet or learning card.
func newLeafletCommand() *cobra.Command {
	var out, practice string
	var card bool
	cmd := &cobra.Command{
		Use:   "leaflet AREA -o LEAFLET.pdf",
		Short: "Print an area's leaflet for patients and relatives, or its learning card",
		Long: `Leaflet prints what an area has for the person and the relatives, a page each, in
plain words and large type, as A4 PDF. With --card it prints the learning card for
clinicians: whom to consider, which test, what to do with the result, pitfalls.
Neither holds anything about a patient.`,
		Example: "  kindred-cli leaflet fh -o fh-leaflet.pdf --practice \"Riverside Surgery\"\n  kindred-cli leaflet lynch --card -o lynch-card.pdf",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !strings.HasSuffix(strings.ToLower(out), ".pdf") {
				return badInput(fmt.Errorf("%q: a leaflet is written as .pdf", out))
			}
			lib, err := rules.Load(rules.Files)
			if err != nil {
				return err
			}
			book, err := lib.On(today())
			if err != nil {
				return badInput(err)
			}
			chosen, err := chooseAreas(book.Areas(), args)
			if err != nil {
				return badInput(err)
			}
			paper := report.PatientLeaflet
			if card {
				paper = report.LearningCard
			}
			data, err := report.Leaflet(&chosen[0], paper, rules.Files, report.Options{Practice: practice, Date: today()})
			if err != nil {
				return badInput(err)
			}
			return writeWhole(out, data)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "PDF to write")
	cmd.Flags().StringVar(&practice, "practice", "", "name of the practice at the head of the page")
	cmd.Flags().BoolVar(&card, "card", false, "print the learning card for clinicians instead")
	_ = cmd.MarkFlagRequired("output")
	return cmd
}
