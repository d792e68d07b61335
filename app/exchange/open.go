package exchange

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"kindred/rules"
)

// Read reads families from a file's content, whatever its form: a case of ours
// (JSON), a FHIR bundle, CanRisk, GEDCOM, or a pedigree table (LINKAGE, PED).
// Show says how to draw them; ignored what the file held and we did not take.
func Read(data []byte, d *rules.Dictionary) (fs []Family, show Show, ignored []string, err error) {
	one := func(f *Family, err error) ([]Family, error) {
		if err != nil {
			return nil, err
		}
		return []Family{*f}, nil
	}
	show = CaseKey(d)
	text, _, err := plainText(data)
	if err != nil {
		return nil, show, nil, err
	}
	text = strings.TrimSpace(text)
	var f *Family
	switch {
	case strings.HasPrefix(text, "{") && strings.Contains(text, `"resourceType"`):
		f, ignored, err = ReadFHIR([]byte(text), d)
		fs, err = one(f, err)
	case strings.HasPrefix(text, "{"):
		c, bad := rules.ParseCase([]byte(text), d)
		if bad != nil {
			return nil, show, nil, bad
		}
		fs, err = one(FromCase(c, d))
	case canriskStart.MatchString(text):
		f, ignored, err = ReadCanRisk(data)
		fs, err = one(f, err)
	case gedcomStart.MatchString(text):
		f, ignored, err = ReadGEDCOM(data)
		fs, err = one(f, err)
		show.Names = true
	default:
		fs, ignored, err = ReadPED(data)
		show.Names = true
	}
	return fs, show, ignored, err
}

// How files begin that say themselves what they are.
var (
	gedcomStart  = regexp.MustCompile(`^0\s+(HEAD|@[^@]+@\s+(INDI|FAM))\b`)
	canriskStart = regexp.MustCompile(`(?i)^(##\s*canrisk|boadicea import pedigree file format)`)
)

// Forms are the endings of the files Write can make.
var Forms = []string{".ped", ".canrisk", ".ged", ".json", ".case.json"}

// Ending is the form that a file's name asks for: its ending, or both of them
// for a case.
func Ending(path string) string {
	path = strings.ToLower(path)
	if strings.HasSuffix(path, ".case.json") {
		return ".case.json"
	}
	return filepath.Ext(path)
}

// Write writes families in the form the ending stands for: .ped (LINKAGE),
// .canrisk (CanRisk 4.0), .ged (GEDCOM 5.5.1), .json (FHIR R4 bundle),
// .case.json (a case of ours). lost says
// what the form cannot carry; nothing should be saved before it was shown.
func Write(w io.Writer, ending string, fs []Family, d *rules.Dictionary) (lost []string, err error) {
	defer func() {
		for i := range fs {
			lost = append(lost, fs[i].Beside...)
		}
		slices.Sort(lost)
		lost = slices.Compact(lost)
	}()
	if ending == ".ped" || ending == ".fam" {
		return WritePED(w, fs)
	}
	write := map[string]func() ([]string, error){
		".canrisk": func() ([]string, error) { return WriteCanRisk(w, &fs[0]) },
		".ged":     func() ([]string, error) { return WriteGEDCOM(w, &fs[0]) },
		".gedcom":  func() ([]string, error) { return WriteGEDCOM(w, &fs[0]) },
		".json":    func() ([]string, error) { return WriteFHIR(w, &fs[0], d) },

		".case.json": func() ([]string, error) { return WriteCase(w, &fs[0], d) },
	}[ending]
	switch {
	case write == nil:
		return nil, fmt.Errorf("no family file ends in %q; it is one of %s", ending, strings.Join(Forms, ", "))
	case len(fs) != 1:
		return nil, fmt.Errorf("a %s file holds one family; this is %d, choose one by its id", ending, len(fs))
	}
	return write()
}
