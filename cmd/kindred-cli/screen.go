package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kindred/app/cliniclist"
	"kindred/rules"
)

// screening is one command line of screen.
type screening struct {
	in, out string
	date    string
	sheet   string
	units   []string
	maps    []string
	local   []string
	quiet   bool
}

// newScreenCommand advises on every row of a clinic list.
func newScreenCommand() *cobra.Command {
	s := &screening{}
	cmd := &cobra.Command{
		Use:   "screen LIST.xlsx -o RESULTS.xlsx",
		Short: "Screen a clinic list: workbook or CSV in, the same rows with advice out",
		Long: `Screen reads a clinic list (.xlsx, .xlsm or .csv), finds its headings and columns,
and writes every row with the advice of every area beside it: advice, code,
reason and what to ask next. All columns of the list are carried through as
they came. The form of the results follows the name given with -o: .xlsx or .csv.

A row that cannot be right (an LDL cholesterol of 49, a date of birth in the
future, an NHS number that fails its check digit) is not advised on. It stays in
a CSV result with the advice "rejected" and the reason, and goes to a sheet of
its own in a workbook. A blank cell is not known, never normal.

Columns are found by their headings. Where the headings are unusual, say what a
column is with --map; a fact id is as in the rulebook, and "ignore" leaves a
column out. A measurement that stands twice in two units is read from the column
in mmol/L. Columns in another unit without saying so need --units.

The exit code is 0 when results were written, also when rows were rejected; 2
when the list cannot be read or the command line is wrong; 3 when the results
cannot be written (an older file of that name is then left as it was).`,
		Example: `  kindred-cli screen clinic-list.xlsx -o results.xlsx
  kindred-cli screen lipids.csv -o results.csv --units mg/dL --date 2026-11-25
  kindred-cli screen lipids.csv -o results.csv --map "Chol lvl=lipid.tc" --map "Comment=ignore"`,
		Args: cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"xlsx", "xlsm", "csv"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			s.in = args[0]
			return s.run(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVarP(&s.out, "output", "o", "", "file for the results, .xlsx or .csv (required)")
	f.StringVar(&s.date, "date", "", "day as of which to assess, as 2026-11-25 (default: today)")
	f.StringVar(&s.sheet, "sheet", "", "sheet to read (default: the one that looks most like a list)")
	f.StringArrayVar(&s.units, "units", nil, `unit of columns that name none: "mg/dL" for all, "lipid.tg=mg/dL" for one fact`)
	f.StringArrayVar(&s.maps, "map", nil, `what a column is: "Heading=fact.id", "Heading=fact.id:unit", "Heading=NHS number", "Heading=ignore" (or nothing behind the =)`)
	f.StringArrayVar(&s.local, "local", nil, `a local setting other than as delivered: "local.msi_low=stable"`)
	f.BoolVarP(&s.quiet, "quiet", "q", false, "print nothing but errors")
	return cmd
}

func (s *screening) run(ctx context.Context, out, errOut io.Writer) error {
	day, opt, err := s.check()
	if err != nil {
		return badInput(err)
	}
	lib, err := rules.Load(rules.Files)
	if err != nil {
		return err
	}
	book, err := lib.On(day)
	if err != nil {
		return badInput(err)
	}
	settings, err := s.settings(lib.Dictionary())
	if err != nil {
		return badInput(err)
	}
	list, err := cliniclist.Read(s.in, lib.Dictionary(), opt)
	if err != nil {
		return badInput(err)
	}
	if !s.quiet {
		s.describe(out, list)
	}
	progress, end := s.progress(errOut, list.Len())
	results, err := cliniclist.Run(ctx, list, localBook{book, settings}, day, progress)
	end()
	if err != nil {
		return err
	}
	save := results.SaveWorkbook
	if isCSV(s.out) {
		save = results.SaveCSV
	}
	if err := save(s.out); err != nil {
		return err
	}
	if !s.quiet {
		s.conclude(out, results)
	}
	return nil
}

// check reads the flags.
func (s *screening) check() (day rules.Date, opt cliniclist.Options, err error) {
	if s.out == "" {
		return "", opt, errors.New("name a file for the results with -o, such as -o results.xlsx")
	}
	if ext := strings.ToLower(filepath.Ext(s.out)); ext != ".xlsx" && ext != ".csv" {
		return "", opt, fmt.Errorf("the results can be written as .xlsx or .csv, not as %q", filepath.Base(s.out))
	}
	if a, errA := os.Stat(s.in); errA == nil {
		if b, errB := os.Stat(s.out); errB == nil && os.SameFile(a, b) {
			return "", opt, errors.New("the results would overwrite the list; give them another name with -o")
		}
	}
	day = today()
	if s.date != "" {
		if _, err := time.Parse(time.DateOnly, s.date); err != nil {
			return "", opt, fmt.Errorf("--date %q is no day; write it as 2026-11-25", s.date)
		}
		day = rules.Date(s.date)
	}
	opt = cliniclist.Options{Sheet: s.sheet, Map: map[string]string{}, Units: map[string]string{}}
	for _, m := range s.maps {
		i := strings.LastIndexByte(m, '=')
		if i <= 0 {
			return "", opt, fmt.Errorf(`--map %q is not "Heading=fact.id"`, m)
		}
		opt.Map[m[:i]] = m[i+1:]
	}
	for _, u := range s.units {
		fact, unit, one := strings.Cut(u, "=")
		if !one {
			fact, unit = "", u
		}
		opt.Units[fact] = unit
	}
	return day, opt, nil
}

// describe says what was found before the rows are worked through.
func (s *screening) describe(out io.Writer, l *cliniclist.List) {
	used, all := l.Recognised()
	where := ""
	if l.Sheet != "" {
		where = fmt.Sprintf(", sheet %q", l.Sheet)
	}
	fmt.Fprintf(out, "%s%s: %d rows, headings in row %d, %d of %d columns recognised\n", l.File, where, l.Len(), l.Mapping.HeaderRow, used, all)
	for _, line := range append(append([]string(nil), l.Notes...), l.Decisions()...) {
		fmt.Fprintf(out, "  %s\n", line)
	}
}

// progress shows a bar on a terminal and nothing elsewhere.
func (s *screening) progress(errOut io.Writer, total int) (step func(done, total int), end func()) {
	f, isFile := errOut.(*os.File)
	if s.quiet || !isFile || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	bar := progressbar.NewOptions(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription("Assessing"),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(60*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true))
	return func(done, _ int) { _ = bar.Set(done) }, func() { _ = bar.Finish() } // a bar that cannot be drawn is no reason to stop
}

// conclude says how the rows came out.
func (s *screening) conclude(out io.Writer, r *cliniclist.Results) {
	rejections := r.Rejections()
	rejected := 0
	for i := range r.Len() {
		if r.Rejected(i) != "" {
			rejected++
		}
	}
	for k, a := range r.Areas() {
		outcomes, urgent := r.Outcomes(k)
		parts := make([]string, 0, len(outcomes)+1)
		for _, c := range outcomes {
			parts = append(parts, fmt.Sprintf("%d %s", c.Count, c.Text))
		}
		if urgent > 0 {
			parts = append(parts, fmt.Sprintf("%d of them urgent", urgent))
		}
		if len(parts) == 0 {
			parts = append(parts, "no row could be advised on")
		}
		fmt.Fprintf(out, "%s: %s\n", areaName(a), strings.Join(parts, ", "))
	}
	if rejected > 0 {
		fmt.Fprintf(out, "%d rows rejected:\n", rejected)
		for _, c := range rejections[:min(len(rejections), 8)] {
			fmt.Fprintf(out, "  %d  %s\n", c.Count, c.Text)
		}
	}
	if n := r.Replaced(); n > 0 {
		fmt.Fprintf(out, "%d columns of earlier results were replaced\n", n)
	}
	fmt.Fprintf(out, "Results written to %s\n", s.out)
}

func areaName(a rules.AreaInfo) string {
	if a.Short != "" {
		return a.Short
	}
	return a.Title
}

func isCSV(path string) bool { return strings.EqualFold(filepath.Ext(path), ".csv") }
