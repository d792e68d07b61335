package pathology

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
)

var short = map[string]string{
	"mlh1": "tumour.mlh1", "pms2": "tumour.pms2", "msh2": "tumour.msh2", "msh6": "tumour.msh6", "msi": "tumour.msi",
	"braf": "tumour.braf_v600e", "meth": "tumour.mlh1_methylation", "site": "tumour.site", "tissue": "tumour.tissue",
	"neo": "tumour.neoadjuvant", "hist": "tumour.msi_h_histology",
}

type phraseCase struct{ report, found, unsure string }

func phrases(t testing.TB) (out []phraseCase) {
	t.Helper()
	f, err := os.Open("testdata/phrases.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		out = append(out, phraseCase{row[0], row[1], row[2]})
	}
	return out
}

// told writes a reading the way the table does.
func told(r Reading) (found, unsure string) {
	name := func(fact string) string {
		for s, f := range short {
			if f == fact {
				return s
			}
		}
		return fact
	}
	var is, maybe []string
	for _, f := range r.Found {
		is = append(is, name(f.Fact)+"="+f.Value)
	}
	for _, d := range r.Unsure {
		for _, f := range d.Facts {
			maybe = append(maybe, name(f))
		}
	}
	slices.Sort(is)
	slices.Sort(maybe)
	return strings.Join(is, " "), strings.Join(slices.Compact(maybe), " ")
}

func sorted(s string) string {
	list := strings.Fields(s)
	slices.Sort(list)
	return strings.Join(list, " ")
}

func TestReportsAreReadAsAPathologistMeansThem(t *testing.T) {
	for _, p := range phrases(t) {
		r := Read(p.report)
		found, unsure := told(r)
		if found != sorted(p.found) || unsure != sorted(p.unsure) {
			t.Errorf("%q\n found %q, want %q\nunsure %q, want %q", p.report, found, sorted(p.found), unsure, sorted(p.unsure))
		}
		for _, f := range r.Found {
			if f.Words == "" || quote(p.report[f.From:f.To]) != f.Words {
				t.Errorf("%q: %s is not shown in its own words: %q", p.report, f.Fact, f.Words)
			}
		}
	}
}

// The same report in capitals, with other line ends or hyphens, says the same.
func TestTheLookOfAReportChangesNothing(t *testing.T) {
	for _, p := range phrases(t) {
		found, unsure := told(Read(p.report))
		for how, text := range map[string]string{
			"in capitals":       strings.ToUpper(p.report),
			"with CR LF":        strings.ReplaceAll(p.report, "\n", "\r\n"),
			"with long hyphens": strings.ReplaceAll(p.report, "-", "‑"),
			"with a heading":    "Molecular pathology\n\n" + p.report + "\n\nReported by the laboratory.",
		} {
			if f, u := told(Read(text)); f != found || u != unsure {
				t.Errorf("%q %s: found %q unsure %q, plainly %q and %q", p.report, how, f, u, found, unsure)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, p := range phrases(f) {
		f.Add(p.report)
	}
	f.Add("MLH1 \xff lost – MSI\x00-H ((((; ?,, no no not MLH1 of of")
	f.Fuzz(func(t *testing.T, text string) {
		r := Read(text)
		seen := map[string]bool{}
		for _, x := range r.Found {
			if seen[x.Fact] || x.Value == "" || x.Words == "" || x.From < 0 || x.To > len(text) || x.From >= x.To {
				t.Fatalf("%q: %+v", text, x)
			}
			seen[x.Fact] = true
		}
		for _, d := range r.Unsure {
			if d.Why == "" || len(d.Facts) == 0 {
				t.Fatalf("%q: %+v", text, d)
			}
		}
	})
}
