package report

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"kindred/rules"
)

func TestEveryAreaHasPapersThatPrintTheSameTwice(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	areas := book.Areas()
	for i := range areas {
		a := &areas[i]
		papers := Papers(a.ID, rules.Files)
		if len(papers) != 2 {
			t.Errorf("%s has the papers %v", a.ID, papers)
		}
		for _, p := range papers {
			first, err := Leaflet(a, p, rules.Files, Options{Date: "2026-11-23"})
			if err != nil {
				t.Errorf("%s: %v", a.ID, err)
				continue
			}
			second, err := Leaflet(a, p, rules.Files, Options{Date: "2026-11-23"})
			if err != nil || !bytes.Equal(first, second) {
				t.Errorf("%s %s: the same input gave two different files (%v)", a.ID, p, err)
			}
			// A page for the person and one for relatives; a card is two sides at most.
			if n := bytes.Count(first, []byte("/Type /Page\n")); n > 2 || p == PatientLeaflet && n != 2 {
				t.Errorf("%s %s has %d pages", a.ID, p, n)
			}
		}
	}
}

// A leaflet is for a reading age of 9 to 11: Flesch–Kincaid grade 6 at most,
// and no sentence that runs on. The name of the condition may be long.
func TestLeafletsReadPlainly(t *testing.T) {
	for _, area := range []string{"fh", "lynch"} {
		data, err := rules.Files.ReadFile(area + "/leaflet.md")
		if err != nil {
			t.Fatal(err)
		}
		blocks, err := readMarkdown(string(data))
		if err != nil {
			t.Fatal(err)
		}
		words, sentences, syllables := 0, 0, 0
		for _, b := range blocks {
			text := plain(b.runs)
			if b.kind == heading || strings.HasPrefix(text, "Sources:") {
				continue
			}
			for _, s := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".?!:", r) }) {
				n := len(strings.Fields(s))
				if n == 0 {
					continue
				}
				if n > 30 {
					t.Errorf("%s: a sentence of %d words: %s", area, n, s)
				}
				sentences++
				words += n
				for _, w := range strings.Fields(s) {
					syllables += syllablesOf(w)
				}
			}
		}
		grade := 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
		if grade > 6 {
			t.Errorf("%s: Flesch–Kincaid grade %.1f", area, grade)
		}
	}
}

// syllablesOf counts groups of vowels, but for a silent e at the end.
func syllablesOf(word string) int {
	word = strings.TrimRight(strings.ToLower(word), ",;")
	n, vowel := 0, false
	for _, r := range word {
		is := strings.ContainsRune("aeiouy", r)
		if is && !vowel {
			n++
		}
		vowel = is
	}
	if n > 1 && strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") {
		n--
	}
	return max(1, n)
}

func TestALeafletThatCannotBePrintedNamesItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"no title\n":                             "toy/leaflet.md, line 1",
		"# A\n\nOne *star\n":                     "toy/leaflet.md, line 3",
		"# A\n\n> a quotation\n":                 "toy/leaflet.md, line 3",
		"# A\n\nSee [this](https://example.org)": "toy/leaflet.md, line 3",
	} {
		files := fstest.MapFS{"toy/leaflet.md": &fstest.MapFile{Data: []byte(text)}}
		if _, err := Leaflet(&rules.AreaInfo{ID: "toy", Title: "Toy"}, PatientLeaflet, files, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %s", text, err, want)
		}
	}
	if _, err := Leaflet(&rules.AreaInfo{ID: "toy", Title: "Toy"}, LearningCard, fstest.MapFS{}, Options{}); err == nil || !strings.Contains(err.Error(), "toy/learn.md") {
		t.Errorf("a missing card: %v", err)
	}
}
