package exchange

import (
	"bytes"
	"fmt"
	"io"
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
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	var f *Family
	switch {
	case bytes.HasPrefix(trimmed, []byte("{")) && bytes.Contains(trimmed, []byte(`"resourceType"`)):
		f, ignored, err = ReadFHIR(trimmed, d)
		fs, err = one(f, err)
	case bytes.HasPrefix(trimmed, []byte("{")):
		c, bad := rules.ParseCase(data, d)
		if bad != nil {
			return nil, show, nil, bad
		}
		fs, err = one(FromCase(c, d))
	case bytes.HasPrefix(trimmed, []byte("##CanRisk")):
		f, ignored, err = ReadCanRisk(data)
		fs, err = one(f, err)
	case bytes.HasPrefix(trimmed, []byte("0 HEAD")) || bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		fs, err = one(ReadGEDCOM(data))
		show.Names = true
	default:
		fs, err = ReadPED(data)
		show.Names = true
	}
	return fs, show, ignored, err
}

// Forms are the endings of the files Write can make.
var Forms = []string{".ped", ".canrisk", ".ged", ".json"}

// Write writes families in the form the ending stands for: .ped (LINKAGE),
// .canrisk (CanRisk 4.0), .ged (GEDCOM 5.5.1), .json (FHIR R4 bundle). lost says
// what the form cannot carry; nothing should be saved before it was shown.
func Write(w io.Writer, ending string, fs []Family, d *rules.Dictionary) (lost []string, err error) {
	if ending == ".ped" || ending == ".fam" {
		return WritePED(w, fs)
	}
	write := map[string]func() ([]string, error){
		".canrisk": func() ([]string, error) { return WriteCanRisk(w, &fs[0]) },
		".ged":     func() ([]string, error) { return WriteGEDCOM(w, &fs[0]) },
		".json":    func() ([]string, error) { return WriteFHIR(w, &fs[0], d) },
	}[ending]
	switch {
	case write == nil:
		return nil, fmt.Errorf("no family file ends in %q; it is one of %s", ending, strings.Join(Forms, ", "))
	case len(fs) != 1:
		return nil, fmt.Errorf("a %s file holds one family; this is %d", ending, len(fs))
	}
	return write()
}
