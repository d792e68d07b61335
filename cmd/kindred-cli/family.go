package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	var numbers, anonymous bool
	c := &cobra.Command{
		Use:   "draw FAMILY -o PICTURE.svg|pdf|png",
		Short: "Draw a family tree from a PED file or a case",
		Long: `Draw reads a pedigree table (LINKAGE or PED, with or without a header, by tabs or
spaces) or a case (JSON) and draws the family to the clinical standard, as SVG,
PNG or PDF on A4. Everyone is drawn exactly once, and the same family gives the same
picture whatever the order of its lines.

In the SVG every symbol carries data-person with its centre (data-x, data-y) and
data-size, and every couple's line data-couple.`,
		Example: "  kindred-cli family draw family.ped -o family.svg\n  kindred-cli family draw case.json -o family.pdf --numbers",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			families, show, err := readFamilies(args[0])
			if err != nil {
				return err
			}
			if anonymous {
				show.Names = false
			}
			var parts []*sketch.Drawing
			for i := range families {
				title := "Family tree"
				if len(families) > 1 {
					title += " " + families[i].ID
				}
				parts = append(parts, sketch.Family(families[i].Pedigree(show), sketch.Options{Title: title, Numbers: numbers}))
			}
			d := sketch.Stack(parts)
			var data []byte
			switch ext := strings.ToLower(filepath.Ext(out)); ext {
			case ".svg":
				data = d.SVG(sketch.Print)
			case ".pdf":
				data, err = d.PDF(sketch.Print, string(today()))
			case ".png":
				data, err = d.PNG(sketch.Print, 2)
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
	c.Flags().BoolVar(&anonymous, "anonymous", false, "leave out names and ids under the symbols")
	_ = c.MarkFlagRequired("output")
	return c
}

func newFamilyConvertCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "convert IN OUT",
		Short: "Write a family in another form, saying what is lost",
		Long: `Convert reads a pedigree table or a case and writes a LINKAGE/PED file (.ped).
What the form cannot carry is named on standard error before anything is written.`,
		Example: "  kindred-cli family convert case.json family.ped",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			families, _, err := readFamilies(args[0])
			if err != nil {
				return err
			}
			if ext := strings.ToLower(filepath.Ext(args[1])); ext != ".ped" && ext != ".fam" {
				return badInput(fmt.Errorf("%q: a family is written as .ped", args[1]))
			}
			var b bytes.Buffer
			lost, err := exchange.WritePED(&b, families)
			if err != nil {
				return err
			}
			if len(lost) > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "a PED file cannot carry: %s\n", strings.Join(lost, ", "))
			}
			return writeWhole(args[1], b.Bytes())
		},
	}
}

// readFamilies reads a file of any form we know. What is wrong with it is bad
// input, one line each.
func readFamilies(path string) ([]exchange.Family, exchange.Show, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			err = badInput(fmt.Errorf("%s is not there", path))
		}
		return nil, exchange.Show{}, err
	}
	lib, err := rules.Load(rules.Files)
	if err != nil {
		return nil, exchange.Show{}, err
	}
	families, show, err := exchange.Read(data, lib.Dictionary())
	if err != nil {
		return nil, show, badInput(fmt.Errorf("%s: %s", filepath.Base(path), strings.ReplaceAll(err.Error(), "\n", "\n"+filepath.Base(path)+": ")))
	}
	return families, show, nil
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
