package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kindred/app/exchange"
	"kindred/app/sketch"
	"kindred/rules"
)

// newFamilyCommand holds what can be done with a family file.
func newFamilyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "family",
		Short: "Draw a family, or turn one file form into another",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(newFamilyDrawCommand(), newFamilyConvertCommand())
	return c
}

func newFamilyDrawCommand() *cobra.Command {
	var out string
	var numbers, anonymous, names bool
	var one string
	c := &cobra.Command{
		Use:   "draw FAMILY -o PICTURE.svg|pdf|png",
		Short: "Draw a family tree from a family file or a case",
		Long: `Draw reads a pedigree table (LINKAGE or PED, with or without a header, by tabs or
spaces), CanRisk, GEDCOM, a FHIR bundle or a case (JSON) and draws the family to the clinical standard, as SVG,
PNG or PDF on A4. Everyone is drawn exactly once, and the same family gives the same
picture whatever the order of its lines.

Names and ids stand under the symbols of pedigree tables and GEDCOM files, and with
--names of the others; --anonymous leaves out both everywhere.

In the SVG every symbol carries data-person with its centre (data-x, data-y) and
data-size, and every couple's line data-couple.`,
		Example: "  kindred-cli family draw family.ped -o family.svg\n  kindred-cli family draw case.json -o family.pdf --numbers",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, err := rules.Load(rules.Files)
			if err != nil {
				return err
			}
			families, show, ignored, err := readFamilies(lib, args[0], one)
			if err != nil {
				return err
			}
			note(cmd, "not taken over from "+filepath.Base(args[0]), ignored)
			show.Names = (show.Names || names) && !anonymous
			var parts []*sketch.Drawing
			for i := range families {
				title := "Family tree"
				switch {
				case len(families) > 1 && anonymous:
					title += " " + strconv.Itoa(i+1)
				case len(families) > 1:
					title += " " + families[i].ID
				}
				parts = append(parts, sketch.Family(families[i].Pedigree(show), sketch.Options{Title: title, Numbers: numbers || anonymous, Anonymous: anonymous}))
			}
			var data []byte
			switch ext := strings.ToLower(filepath.Ext(out)); ext {
			case ".svg":
				data = sketch.Stack(parts).SVG(sketch.Print)
			case ".pdf":
				data, err = sketch.PDF(parts, sketch.Print, string(today()))
			case ".png":
				if whole := sketch.Stack(parts); whole.PixelScale(2) < 1 {
					note(cmd, "this family is too large for readable pixels", []string{"write it as .svg or .pdf"})
				}
				data, err = sketch.Stack(parts).PNG(sketch.Print, 2)
			default:
				err = badInput(fmt.Errorf("%q: a picture is written as .svg, .pdf or .png", out))
			}
			if err != nil {
				return err
			}
			return writeWhole(out, data)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "picture to write; its ending decides the form (.svg, .pdf, .png)")
	c.Flags().BoolVar(&numbers, "numbers", false, "put pedigree numbers (II-3) under the symbols")
	c.Flags().BoolVar(&anonymous, "anonymous", false, "leave out names and ids; pedigree numbers (II-3) stand for people, in data-person too")
	c.Flags().BoolVar(&names, "names", false, "put names under the symbols also where a case or a FHIR bundle has them")
	c.Flags().StringVar(&one, "family", "", "draw this family alone, by its id in the file")
	_ = c.MarkFlagRequired("output")
	return c
}

func newFamilyConvertCommand() *cobra.Command {
	var anonymous bool
	var one string
	c := &cobra.Command{
		Use:   "convert IN OUT",
		Short: "Write a family in another form, saying what is lost",
		Long: `Convert reads a family in any form we know (a case, a FHIR bundle, CanRisk, GEDCOM,
LINKAGE/PED) and writes it in the form that the ending of OUT stands for:

  .ped      LINKAGE / PED
  .canrisk  CanRisk 4.0
  .ged      GEDCOM 5.5.1 (structure)
  .json     FHIR R4 bundle of FamilyMemberHistory
  .case.json  a case of Kindred (kindred.case/1)

What the form cannot carry is named on standard error before anything is written.
--anonymous leaves out names where the form could carry them.`,
		Example: "  kindred-cli family convert case.json family.ped\n  kindred-cli family convert family.ged family.canrisk",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, err := rules.Load(rules.Files)
			if err != nil {
				return err
			}
			families, _, ignored, err := readFamilies(lib, args[0], one)
			if err != nil {
				return err
			}
			note(cmd, "not taken over from "+filepath.Base(args[0]), ignored)
			if anonymous {
				for i := range families {
					families[i] = families[i].WithoutNames()
				}
			}
			ending := exchange.Ending(args[1])
			var b bytes.Buffer
			lost, err := exchange.Write(&b, ending, families, lib.Dictionary())
			if err != nil {
				return badInput(err)
			}
			note(cmd, "a "+ending+" file cannot carry", lost)
			return writeWhole(args[1], b.Bytes())
		},
	}
	c.Flags().BoolVar(&anonymous, "anonymous", false, "leave out names")
	c.Flags().StringVar(&one, "family", "", "write this family alone, by its id in the file")
	return c
}

// note names what is lost, when anything is.
func note(cmd *cobra.Command, what string, list []string) {
	if len(list) > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", what, strings.Join(list, ", "))
	}
}

// readFamilies reads a file of any form we know. What is wrong with it is bad
// input, one line each. With one, the family of that id alone.
func readFamilies(lib *rules.Library, path, one string) ([]exchange.Family, exchange.Show, []string, error) {
	data, err := readInput(nil, []string{path})
	if err != nil {
		return nil, exchange.Show{}, nil, err
	}
	families, show, ignored, err := exchange.Read(data, lib.Dictionary())
	slices.SortStableFunc(families, func(a, b exchange.Family) int { return sketch.Naturally(a.ID, b.ID) })
	if err != nil {
		name := filepath.Base(path) + ": "
		err = badInput(errors.New(name + strings.ReplaceAll(err.Error(), "\n", "\n"+name)))
	}
	if err == nil && one != "" {
		var ids []string
		for i := range families {
			ids = append(ids, families[i].ID)
			if families[i].ID == one {
				return families[i : i+1], show, ignored, nil
			}
		}
		err = badInput(fmt.Errorf("%s: no family %q; it holds %s", filepath.Base(path), one, strings.Join(ids, ", ")))
	}
	return families, show, ignored, err
}

// writeWhole writes a file under another name first, so that no half of it is
// ever left under its own.
func writeWhole(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".kindred-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(f.Name()) // fails once renamed, as it should
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
