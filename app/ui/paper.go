package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kindred/app/consult"
	"kindred/app/report"
	"kindred/app/sheet"
	"kindred/app/sketch"
	"kindred/app/ui/kit"
	"kindred/rules"
)

// Letter implements consult.Host.
func (g *program) Letter(r *consult.Record, adv *rules.Advice) {
	pdf, err := r.Letter(adv, report.Options{Date: r.Case.Date})
	g.onPaper(r, "letter", pdf, err)
}

// Tree implements consult.Host.
func (g *program) Tree(r *consult.Record, d *sketch.Drawing) {
	pdf, err := d.PDF(sketch.Print, string(r.Case.Date))
	g.onPaper(r, "family tree", pdf, err)
}

// onPaper asks where a PDF goes, warns that it leaves the sealed consultations
// and notes in the audit trail that it did. The name offered holds nothing
// about the patient.
func (g *program) onPaper(r *consult.Record, what string, pdf []byte, err error) {
	if err != nil {
		g.frame.Say(err.Error())
		return
	}
	svc := g.svc
	folder, err := os.UserHomeDir()
	if err != nil {
		folder = g.opts.Dir
	}
	name := "kindred-" + strings.ReplaceAll(what, " ", "-") + "-" + string(r.Case.Date) + ".pdf"
	kit.AskText(g.win.Canvas(), "Save the "+what, "A PDF that anyone who has the file can read. It leaves the sealed consultations.", filepath.Join(folder, name), "Save "+what, func(path string) error {
		path = strings.TrimSpace(path)
		switch {
		case g.svc != svc:
			return errors.New("the consultations were locked since; unlock and save again")
		case path == "":
			return errors.New("a file name is needed")
		}
		if err := sheet.WriteFile(path, func(w writer) error { _, err := w.Write(pdf); return err }); err != nil {
			return fmt.Errorf("the %s was not saved: %w", what, err)
		}
		g.frame.Say("Saved " + path)
		var noted error
		kit.Background(func() { noted = svc.Exported(context.Background(), r, what) }, func() {
			if noted != nil {
				g.frame.Say(noted.Error())
			}
		})
		return nil
	})
}
