package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"kindred/app/consult"
	"kindred/app/report"
	"kindred/app/sheet"
	"kindred/app/sketch"
	"kindred/app/store"
	"kindred/app/ui/kit"
	"kindred/rules"
)

// Letter implements consult.Host.
func (g *program) Letter(r *consult.Record, adv *rules.Advice) {
	pdf, err := r.Letter(adv, report.Options{Date: r.Case.Date, Dictionary: g.opts.Lib.Dictionary()})
	g.onPaper(paper{record: r, what: "letter", ending: "pdf", data: pdf}, err)
}

// Tree implements consult.Host.
func (g *program) Tree(r *consult.Record, d *sketch.Drawing) {
	pdf, err := d.PDF(sketch.Print, string(r.Case.Date))
	g.onPaper(paper{record: r, what: "family tree", ending: "pdf", data: pdf}, err)
}

// Picture implements consult.Host.
func (g *program) Picture(r *consult.Record, what string, d *sketch.Drawing) {
	pdf, err := d.PDF(sketch.Print, string(r.Case.Date))
	g.onPaper(paper{record: r, what: what, ending: "pdf", data: pdf}, err)
}

// File implements consult.Host.
func (g *program) File(r *consult.Record, what, ending string, data []byte) {
	g.onPaper(paper{record: r, what: what, ending: ending, data: data}, nil)
}

// PickFile implements consult.Host.
func (g *program) PickFile(then func(path string)) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			g.frame.Say(err.Error())
		case f != nil:
			path := f.URI().Path()
			_ = f.Close() // opened only to learn its name
			then(path)
		}
	}, g.win)
	d.Resize(fyne.NewSize(900, 600))
	d.Show()
}

// Request implements consult.Host.
func (g *program) Request(r *consult.Record, area, text string) {
	g.onPaper(paper{record: r, what: area + " test request", ending: "txt", data: []byte(text)}, nil)
}

// Paper implements consult.Host.
func (g *program) Paper(r *consult.Record, area string, kind report.Paper) {
	for _, a := range g.book.Areas() {
		if a.ID != area {
			continue
		}
		pdf, err := report.Leaflet(&a, kind, rules.Files, report.Options{Practice: store.ReadAbout(g.opts.Dir).Practice, Date: g.svc.Today()})
		g.onPaper(paper{record: r, what: a.Short + " " + kind.Name(), ending: "pdf", data: pdf, open: true}, err)
	}
}

// SaveRegister implements register.Host.
func (g *program) SaveRegister(r *consult.Register, workbook []byte) {
	svc := g.svc
	g.onPaper(paper{what: "register of family testing", ending: "xlsx", data: workbook, noted: func(ctx context.Context) error { return svc.RegisterExported(ctx, r) }}, nil)
}

// Leaflet implements rulesview.Host.
func (g *program) Leaflet(area string, kind report.Paper) { g.Paper(nil, area, kind) }

// paper is a file somebody asked for.
type paper struct {
	record *consult.Record // whose; nil when nobody's
	what   string          // "letter", "FH leaflet"
	ending string
	data   []byte
	open   bool                        // holds nothing about any patient
	noted  func(context.Context) error // writes the audit trail; nil for Exported
}

// name is what the file is called unless they say otherwise. It holds nothing
// about the patient.
func (p *paper) name(today rules.Date) string {
	if p.record != nil {
		today = p.record.Case.Date
	}
	return "kindred-" + strings.ToLower(strings.ReplaceAll(p.what, " ", "-")) + "-" + string(today) + "." + p.ending
}

// warning is what saving the file means.
func (p *paper) warning() string {
	if p.open {
		return "A PDF to print and hand out. It holds nothing about any patient."
	}
	kind := "A PDF"
	switch p.ending {
	case "ped", "canrisk", "ged", "json", "case.json":
		kind = "A family file"
	case "svg", "png":
		kind = "A picture"
	case "txt":
		kind = "A text file"
	case "xlsx":
		kind = "A workbook of patients and relatives by name and number"
	}
	return kind + " that anyone who has the file can read. It leaves the sealed consultations."
}

// onPaper asks where a file goes, warns that it leaves the sealed consultations
// and notes in the audit trail that it did.
func (g *program) onPaper(f paper, err error) {
	if err != nil {
		g.frame.Say(err.Error())
		return
	}
	svc := g.svc
	folder, err := os.UserHomeDir()
	if err != nil {
		folder = g.opts.Dir
	}
	kit.AskText(g.win.Canvas(), "Save the "+f.what, f.warning(), filepath.Join(folder, f.name(svc.Today())), "Save "+f.what, func(path string) error {
		path = strings.TrimSpace(path)
		switch {
		case g.svc != svc:
			return errors.New("the consultations were locked since; unlock and save again")
		case path == "":
			return errors.New("a file name is needed")
		}
		if err := sheet.WriteFile(path, func(w writer) error { _, err := w.Write(f.data); return err }); err != nil {
			return fmt.Errorf("the %s was not saved: %w", f.what, err)
		}
		g.frame.Say("Saved " + path)
		var noted error
		kit.Background(func() {
			if f.noted != nil {
				noted = f.noted(context.Background())
				return
			}
			noted = svc.Exported(context.Background(), f.record, f.what)
		}, func() {
			if noted != nil {
				g.frame.Say(noted.Error())
			}
		})
		return nil
	})
}
