package sheet

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// workbook is an open .xlsx or .xlsm.
type workbook struct {
	file    *os.File
	parts   map[string]*zip.File // by lower-case name
	sheets  []sheetPart
	styles  []formatKind
	strings []string
	is1904  bool
}

type sheetPart struct {
	name   string
	part   string
	hidden bool
}

func openWorkbook(f *os.File, size int64, name string) (*Book, error) {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, zipError(err)
	}
	w := &workbook{file: f}
	if w.parts, err = index(z.File); err != nil {
		return nil, err
	}
	if err := w.read(); err != nil {
		return nil, err
	}
	b := &Book{name: name, rows: w.open, close: f.Close}
	for _, s := range w.sheets {
		b.sheets = append(b.sheets, Info{Name: s.name, Hidden: s.hidden})
	}
	return b, nil
}

// index lists the parts and refuses what no spreadsheet program writes: too
// many, the same name twice (one of them would be read and the other shown), or
// one that inflates without end.
func index(files []*zip.File) (map[string]*zip.File, error) {
	if len(files) > maxEntries {
		return nil, fmt.Errorf("%w: it has %d parts, a workbook has a few dozen", ErrTooLarge, len(files))
	}
	parts := make(map[string]*zip.File, len(files))
	for _, f := range files {
		name := partName(f.Name)
		if f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
			return nil, fmt.Errorf("%w: one part of %d kB unpacks to %d MB, which no real list does", ErrTooLarge, f.CompressedSize64>>10, f.UncompressedSize64>>20)
		}
		if _, twice := parts[name]; twice && !strings.HasSuffix(name, "/") {
			return nil, damaged("the part %q stands in it twice", name)
		}
		if f.Flags&1 != 0 {
			return nil, ErrPassword
		}
		parts[name] = f
	}
	return parts, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "/"))
}

// read finds the workbook part by the package's relationships and reads
// everything but the sheets.
func (w *workbook) read() error {
	main, err := w.mainPart()
	if err != nil {
		return err
	}
	links, err := w.relationships(main)
	if err != nil {
		return err
	}
	if err := w.readMain(main, links); err != nil {
		return err
	}
	for _, l := range links {
		switch l.kind {
		case "styles":
			err = w.part(l.target, maxPartBytes, func(r io.Reader) (err error) {
				w.styles, err = readStyles(r)
				return err
			})
		case "sharedStrings":
			err = w.part(l.target, maxStringsBytes, func(r io.Reader) (err error) {
				w.strings, err = readSharedStrings(r)
				return err
			})
		default:
			continue
		}
		if err != nil && !errors.Is(err, errNoPart) {
			return err
		}
	}
	if len(w.sheets) == 0 {
		return fmt.Errorf("%w: no sheet in it holds cells", ErrEmpty)
	}
	return nil
}

func (w *workbook) mainPart() (string, error) {
	links, err := w.relationships("")
	if err == nil {
		for _, l := range links {
			if l.kind == "officeDocument" {
				return w.checkMain(l.target)
			}
		}
	} else if !errors.Is(err, errNoPart) {
		return "", err
	}
	return w.checkMain("xl/workbook.xml")
}

// checkMain names the office files that are zips too but no workbook.
func (w *workbook) checkMain(main string) (string, error) {
	has := func(name string) bool { return w.parts[name] != nil }
	switch {
	case strings.HasSuffix(main, ".bin"), has("xl/workbook.bin"):
		return "", fmt.Errorf("%w: it is a binary workbook (.xlsb); open it in your spreadsheet program and save it as .xlsx", ErrOldFormat)
	case has("content.xml") && has("mimetype"), has("content.xml") && has("meta-inf/manifest.xml"):
		return "", fmt.Errorf("%w: it is an OpenDocument file (.ods); open it in your spreadsheet program and save it as .xlsx", ErrOldFormat)
	case strings.HasPrefix(main, "word/"), strings.HasPrefix(main, "ppt/"):
		return "", fmt.Errorf("%w: it is a Word or PowerPoint file; ask for the list as .xlsx or .csv", ErrNotAWorkbook)
	case !has(main):
		return "", fmt.Errorf("%w: it is a zip archive without a workbook in it", ErrNotAWorkbook)
	}
	return main, nil
}

// link is one relationship of a part.
type link struct {
	id     string
	kind   string // last word of its type: worksheet, styles …
	target string // part name
}

// relationships reads the .rels beside a part ("" is the package).
func (w *workbook) relationships(of string) ([]link, error) {
	dir, base := path.Split(of)
	var links []link
	err := w.part(dir+"_rels/"+base+".rels", maxPartBytes, func(r io.Reader) error {
		return eachStart(r, func(t *token) error {
			if !t.is("Relationship") || string(t.attr("TargetMode")) == "External" {
				return nil
			}
			target, err := decode(t.attr("Target"))
			if err != nil {
				return err
			}
			target = strings.ReplaceAll(target, "\\", "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			kind := string(t.attr("Type"))
			links = append(links, link{
				id: string(t.attr("Id")), target: partName(path.Clean(target)),
				kind: kind[strings.LastIndexByte(kind, '/')+1:],
			})
			return nil
		})
	})
	return links, err
}

// readMain reads the list of sheets and the day count in use.
func (w *workbook) readMain(main string, links []link) error {
	return w.part(main, maxPartBytes, func(r io.Reader) error {
		return eachStart(r, func(t *token) error {
			switch {
			case t.is("workbookPr"):
				if v := string(t.attr("date1904")); v != "" { // extensions have a workbookPr too
					w.is1904 = v == "1" || v == "true" || v == "on"
				}
			case t.is("sheet"):
				return w.addSheet(t, links)
			}
			return nil
		})
	})
}

func (w *workbook) addSheet(t *token, links []link) error {
	name, err := decode(t.attr("name"))
	if err != nil {
		return err
	}
	id, state := sheetLink(t), string(t.attr("state"))
	for _, l := range links {
		if l.id != id {
			continue
		}
		if l.kind != "worksheet" { // chart and dialogue sheets hold no cells
			return nil
		}
		if w.parts[l.target] == nil {
			return damaged("the sheet %q is not in it", name)
		}
		w.sheets = append(w.sheets, sheetPart{name: name, part: l.target, hidden: state == "hidden" || state == "veryHidden"})
		return nil
	}
	return damaged("the sheet %q is listed but not in it", name)
}

// sheetLink gives the r:id of a sheet. The prefix is free, but it has one,
// which tells it from other ids.
func sheetLink(t *token) string {
	for rest := t.attrs; ; {
		n, v, r, ok := nextAttr(rest)
		if !ok {
			return ""
		}
		if string(local(n)) == "id" {
			return string(v)
		}
		rest = r
	}
}

// eachStart calls do for every start tag of a part and checks it to its end.
func eachStart(r io.Reader, do func(*token) error) error {
	x := newScanner(r)
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t.kind == startTag {
			if err := do(&t); err != nil {
				return err
			}
		}
	}
}

var errNoPart = errors.New("part not there")

// part reads one part through do, bounded, and to its end, so that the zip's
// checksum is compared.
func (w *workbook) part(name string, limit int64, do func(io.Reader) error) error {
	r, err := w.openPart(name, limit)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := do(r); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return readError(err)
}

func (w *workbook) openPart(name string, limit int64) (io.ReadCloser, error) {
	f := w.parts[partName(name)]
	if f == nil {
		return nil, errNoPart
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, fmt.Errorf("%w: one part unpacks to %d MB, at most %d MB are read", ErrTooLarge, f.UncompressedSize64>>20, limit>>20)
	}
	r, err := f.Open()
	if err != nil {
		return nil, zipError(err)
	}
	return r, nil
}

// zipError says in words what the zip library found.
func zipError(err error) error {
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return fmt.Errorf("%w: it is packed in an unusual way; open it in your spreadsheet program and save it as .xlsx", ErrOldFormat)
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return damaged("it starts like a workbook but its table of contents is missing")
	}
	return readError(err)
}

// readError says in words what went wrong while a part was read.
func readError(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrDamaged):
		return err
	case errors.Is(err, zip.ErrChecksum):
		return damaged("a part does not match its checksum")
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &corrupt):
		return damaged("a part cannot be unpacked to its end")
	}
	return fmt.Errorf("cannot be read: %w", cause(err))
}
