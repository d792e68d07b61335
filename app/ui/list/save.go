package list

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/words"
)

// saveResults asks where the results go and writes them.
func (s *Screen) saveResults() {
	v := s.results
	if v == nil || s.run.going {
		return
	}
	warning := "A workbook that anyone who has the file can read. It holds everybody on the list and leaves the sealed consultations. A name ending in .csv makes a CSV file."
	kit.AskText(s.win.Canvas(), "Save the results", warning, s.resultsPath(), "Save results", s.write)
}

// write checks the file's name and writes the results there, away from the UI
// goroutine; the error says what is wrong with the name.
func (s *Screen) write(path string) error {
	v := s.results
	path = strings.TrimSpace(path)
	if path == "" {
		return errors.New("a file name is needed")
	}
	if same(path, s.path) {
		return errors.New("that is the list itself, which is never changed; give the results another name")
	}
	write, what := v.res.SaveWorkbook, "results workbook"
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		write, what = v.res.SaveCSV, "results CSV"
	case ".xlsx":
	default:
		return errors.New("the name must end in .xlsx or .csv")
	}
	var err error
	var noted error
	kit.Background(func() {
		if err = write(path); err == nil {
			noted = s.svc.Exported(context.Background(), nil, what+" of a clinic list, "+words.Plural(v.res.Len(), "row", "rows"))
		}
	}, func() {
		switch {
		case err != nil:
			s.run.err = err
			s.host.Say(words.Capital(err.Error()))
		case noted != nil:
			s.host.Say(noted.Error())
		default:
			s.run.kept, s.run.err = "Saved "+filepath.Base(path), nil
			s.host.Say("Saved " + path)
		}
		s.root.Redraw()
	})
	return nil
}

// resultsPath is the file offered for the results: beside the list, but never
// in the data folder, where the practice list lies.
func (s *Screen) resultsPath() string {
	folder := filepath.Dir(s.path)
	if s.path == s.practice {
		if home, err := os.UserHomeDir(); err == nil {
			folder = home
		}
	}
	return filepath.Join(folder, base(s.path)+"-results-"+string(s.svc.Today())+".xlsx")
}

// same tells whether two paths name one file.
func same(a, b string) bool {
	x, errA := filepath.Abs(a)
	y, errB := filepath.Abs(b)
	return errA == nil && errB == nil && x == y
}

// openRow opens a row as a consultation: the one kept from this list when there
// is one, else a new one that holds what the row says.
func (s *Screen) openRow(i int) {
	v := s.results
	e := &v.rows[i]
	if e.why != "" {
		s.host.Say("Rejected: " + e.why)
		return
	}
	row := v.res.Row(e.row)
	who := row.Who
	var found []consult.Summary
	var err error
	kit.Background(func() {
		if who.NHSNumber != "" {
			found, err = s.svc.Search(context.Background(), who.NHSNumber, 20)
		}
	}, func() {
		if err != nil {
			s.host.Say(err.Error())
			return
		}
		for _, f := range found {
			if f.Origin == s.list.File && f.Identity.NHSNumber == who.NHSNumber {
				s.host.OpenRecord(f.ID)
				return
			}
		}
		r := s.svc.Start(consult.Identity{Family: who.Family, Given: who.Given, Title: who.Title, Born: who.Born, Sex: who.Sex, NHSNumber: who.NHSNumber})
		r.Case, r.Origin = *row.Case, s.list.File
		s.host.ShowRecord(r)
	})
}
