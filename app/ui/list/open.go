package list

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"kindred/app/cliniclist"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
)

func (s *Screen) makeOpen() {
	s.box = kit.NewBigField("Path of a workbook (.xlsx) or CSV file", func(text string) { s.path = text })
	s.box.Lead = "list"
	s.box.Words = "Type or paste where the list is, or press Browse; Enter opens it"
	s.box.Enter = func() { s.open(s.path) }
	s.read = kit.NewButton(kit.Primary, "open", "Open list", func() { s.open(s.path) })
	s.browse = kit.NewButton(kit.Plain, "search", "Browse", s.pick)
	s.browse.Words = "Choose the file in a window"
	s.try = kit.NewButton(kit.Plain, "list", "Try the practice list", func() { s.open(s.practice) })
	s.try.Words = "A list of invented patients as a GP system exports it"
}

func (s *Screen) practiceFocus() bool {
	if s.practice == "" {
		return false
	}
	s.try.Focus()
	return true
}

// pick lets the toolkit's own window choose a file.
func (s *Screen) pick() {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			s.trouble = err
			s.changed()
		case f != nil:
			path := f.URI().Path()
			_ = f.Close() // opened only to learn its name
			s.box.SetText(path)
			s.open(path)
		}
	}, s.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".xlsx", ".xlsm", ".csv", ".txt", ".tsv"}))
	d.Resize(fyne.NewSize(900, 600))
	d.Show()
}

// open reads a file away from the UI goroutine.
func (s *Screen) open(path string) {
	path = strings.Trim(strings.TrimSpace(path), `"`)
	if s.busy {
		return
	}
	if path == "" {
		s.trouble = errors.New("no file is named yet: type where the list is, or press Browse")
		s.changed()
		return
	}
	if rest, ok := strings.CutPrefix(path, "file://"); ok {
		path = rest
	}
	s.busy, s.trouble = true, nil
	s.changed()
	var l *cliniclist.List
	var err error
	kit.Background(func() {
		if l, err = cliniclist.Read(path, s.book.Dictionary, cliniclist.Options{}); err == nil {
			s.recall(l)
		}
	}, func() {
		s.busy = false
		if err != nil {
			s.trouble = err
			s.changed()
			s.focus()
			return
		}
		s.path, s.list, s.stage = path, l, columns
		s.cols.take(l)
		s.changed()
		s.cols.table.Choose(0)
		s.focus()
	})
}

func (s *Screen) drawOpen(p *kit.Pen) {
	w := min(760, p.W-48)
	x := float32(24)
	if p.W > 1000 {
		x = (p.W - w) / 2
	}
	y := max(32, p.H/2-200)
	p.Icon(x, y, 28, "list", look.Muted)
	p.Text(x+40, y, 0, "Open a clinic list", kit.Title, kit.Left)
	y += 40
	y += p.Para(x, y, w, "A workbook or CSV file as the GP system exports it: one patient a row. Kindred finds the columns and shows what it read before anything is used; every row gets its advice, the reason and the next question. The file itself is never changed.", kit.Body.In(look.Muted)) + 20
	bw, rw := s.browse.Width()+8, s.read.Width()+8
	p.Put(s.box, x, y, w-bw-rw-24, 44)
	p.Put(s.browse, x+w-bw-rw-12, y, bw, 44)
	p.Put(s.read, x+w-rw, y, rw, 44)
	y += 60
	switch {
	case s.busy:
		p.Text(x, y, w, "Reading the list", kit.Body.In(look.Muted), kit.Left)
		for i := range 4 {
			p.Skeleton(x, y+34+float32(i)*28, w*0.8)
		}
		return
	case s.trouble != nil:
		y += p.Message(x, y, w, kit.ToneUrgent, "urg", "The list was not opened.", words.Capital(s.trouble.Error())) + 16
	}
	if s.practice != "" {
		p.Put(s.try, x, y, s.try.Width(), 32)
		p.Text(x+s.try.Width()+12, y+6, w-s.try.Width()-12, filepath.Base(s.practice)+": invented patients", kit.Body.In(look.Muted), kit.Left)
		y += 48
	}
	p.Note(x, y, w, "shield", "The list is read into memory only. Patients are kept, sealed, when you say so.", look.Muted)
}
