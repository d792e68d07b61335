package rulesview

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/report"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
)

// window counts what the rulebook asked for.
type window struct {
	win      fyne.Window
	returned int
	leaflets []string
}

func (w *window) Return()    { w.returned++ }
func (w *window) Say(string) {}

func (w *window) Leaflet(area string, kind report.Paper) {
	w.leaflets = append(w.leaflets, area+" "+kind.Name())
}

// invented is a small area, so that pictures do not change with the rules.
func invented() []rules.AreaInfo {
	return []rules.AreaInfo{{
		ID: "fh", Title: "Familial hypercholesterolaemia", Short: "FH", Question: "FH genetic test indicated?",
		Codes:   []rules.CodeInfo{{Code: "R134.1", Title: "Familial hypercholesterolaemia", Source: "directory"}},
		Edition: "FH 2026-11", From: "2008-08-27", Owner: "Clinical safety officer", Status: "transcribed", ReviewBy: "2027-05-31",
		Fingerprint: "ed56b4396153064f161688bdfcd29339aff5e6258e5d06764c914e9ad1fc654c",
		Sources: []rules.SourceInfo{
			{ID: "guide", Title: "Identification and management", Short: "Guideline, appendix F", Issuer: "Institute", Section: "appendix F", URL: "https://example.org/guide", Date: "2008-08-27", Seen: true},
			{ID: "directory", Title: "Test directory", Short: "Test directory, R134", Issuer: "Service", Date: "2025-07-01", Note: "Check the current directory."},
		},
		Outcomes: []rules.OutcomeInfo{{
			Outcome: rules.Test, Code: "R134.1", Headline: "FH genetic test indicated", Action: "Offer the FH genetic test (R134.1).", Sources: []string{"directory"},
			When: []rules.RuleLine{{Text: "Simon Broome possible", Line: "fh.possible"}}, ButFirst: []string{"Pregnancy: more information, lipids from pregnancy are not scored"},
		}, {Outcome: rules.NotIndicated, Headline: "FH genetic test not indicated", Action: "Do not request the test. {evidence}", Sources: []string{"guide"}}},
		Criteria: []rules.CriterionInfo{{
			ID: "fh.possible", Name: "Simon Broome possible", Text: "Cholesterol above the line for the age with a family history of early heart attack or of raised cholesterol", Sources: []string{"guide"}, Shown: true,
			Lines: []rules.RuleLine{{Join: "all"}, {Depth: 1, Text: "The cholesterol line", Line: "fh.line"}, {Depth: 1, Join: "any"}, {Depth: 2, Text: "Heart attack below 60 in a first-degree relative", Line: "rel.mi"}, {Depth: 2, Text: "FH gene test: Variant found", Line: "genetics.fh is positive"}},
		}, {
			ID: "fh.line", Name: "the cholesterol line", Sources: []string{"guide"},
			Lines: []rules.RuleLine{{Text: "LDL cholesterol (untreated) above 4.9 mmol/L (4 mmol/L if age below 16 y)", Line: "lipid.ldl_untreated over sb.ldl"}},
		}},
		Scores: []rules.ScoreInfo{{
			ID: "fh.dlcn", Name: "Dutch score", Policy: "highest item of each group", Sources: []string{"guide"},
			Items: []rules.ScoreItemInfo{{Group: "examination", Text: "Tendon xanthoma", Points: 6}, {Group: "examination", Text: "Corneal arcus before 45", Points: 4}},
			Bands: []rules.ScoreBand{{Name: "unlikely", From: 0, To: 2}, {Name: "definite", From: 9, To: 20}},
		}},
		Params: []rules.ParamInfo{{ID: "sb.ldl", Label: "Simon Broome LDL line", Unit: "mmol/L", Value: "4.9 mmol/L (4 mmol/L if age below 16 y)", From: "2008-08-27", Sources: []string{"directory"}}, {ID: "mi.below", Label: "Heart attack counts below", Value: "60 y", From: "2008-08-27", Sources: []string{"guide"}}},
		Family: []rules.FamilyInfo{{ID: "rel.mi", Label: "Heart attack below 60 in a first-degree relative", Question: "{any: myocardial_infarction, degree: 1, age_below: mi.below}", Sources: []string{"guide"}}},
		Flags:  []rules.Flag{{ID: "fh.high", Urgent: true, Text: "LDL cholesterol over a line for homozygous FH.", Source: "guide"}},
		Notes:  []rules.Note{{ID: "NOTE", Text: "A remark", Source: "guide"}, {ID: "NOTE", Text: "The same remark elsewhere", Source: "guide"}},
	}, {ID: "lynch", Title: "Lynch syndrome", Short: "Lynch", Edition: "Lynch 2026-11", Criteria: []rules.CriterionInfo{{ID: "lynch.amsterdam", Name: "Amsterdam"}}}}
}

func library(t *testing.T) *rules.Library {
	t.Helper()
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func show(t *testing.T, k look.Kind, areas []rules.AreaInfo, w, h float32) (*Screen, *window) {
	t.Helper()
	win := uitest.Window(t, k, w, h)
	host := &window{win: win}
	s := New(host, win, areas, library(t).Dictionary())
	f := shell.NewFrame(win)
	f.Show(s)
	win.Resize(fyne.NewSize(w, h))
	return s, host
}

func TestPictures(t *testing.T) {
	for name, k := range look.Kinds {
		s, host := show(t, k, invented(), 1280, 800)
		s.Show("fh", "fh.possible")
		host.win.Canvas().Unfocus()
		uitest.Golden(t, "rules-"+name, host.win.Canvas().Capture())
	}
	s, host := show(t, look.Light, invented(), 1920, 1080)
	s.jump("sb.ldl")
	host.win.Canvas().Unfocus()
	uitest.Golden(t, "rules-wide", host.win.Canvas().Capture())
}

func TestAReasonOpensItsCriterionAndEscapeGoesBack(t *testing.T) {
	s, host := show(t, look.Light, invented(), 1280, 800)
	s.Show("fh", "fh.line")
	if s.chosen != "fh.line" {
		t.Fatalf("chosen %q", s.chosen)
	}
	s.jump("sb.ldl")
	s.Do(shell.Back)
	if s.chosen != "fh.line" || host.returned != 0 {
		t.Errorf("Escape after a jump: at %q, returned %d", s.chosen, host.returned)
	}
	s.Do(shell.Back)
	if host.returned != 1 {
		t.Error("the second Escape does not go back to the consultation")
	}
	if s.Do(shell.Back) {
		t.Error("a third Escape belongs to the window")
	}
}

// The screen was never on show when a reason first opens it.
func TestAReasonFindsItsClauseOnAScreenNotYetShown(t *testing.T) {
	win := uitest.Window(t, look.Light, 1280, 500)
	host := &window{win: win}
	s := New(host, win, invented(), library(t).Dictionary())
	s.Show("fh", "sb.ldl")
	f := shell.NewFrame(win)
	win.Resize(fyne.NewSize(1280, 500))
	f.Show(s)
	c := s.card(s.book.entries[s.book.at["sb.ldl"]])
	if at := c.y - s.scroll.Offset.Y; at < 0 || at > 200 || !c.head.Focused() {
		t.Errorf("the clause stands at %.0f, focused %v", at, c.head.Focused())
	}
}

func TestFilterFindsAClauseByItsWordsAndPointsToTheOtherArea(t *testing.T) {
	s, _ := show(t, look.Light, invented(), 1280, 800)
	test.Type(s.filter.Target(), "attack first-degree")
	if s.shown == 0 || s.shown > 4 {
		t.Errorf("%d places", s.shown)
	}
	s.Do(shell.Back)
	if s.shown != len(s.book.entries) {
		t.Errorf("%d of %d after Escape", s.shown, len(s.book.entries))
	}
	test.Type(s.filter.Target(), "amsterdam")
	if s.shown != 0 || s.elsewh != 1 {
		t.Errorf("here %d, elsewhere %d", s.shown, s.elsewh)
	}
}

// Every rule the program applies can be read and traced to a source.
func TestEveryEntryOfTheRulebookNamesASource(t *testing.T) {
	lib := library(t)
	book, err := lib.On("2026-11-25")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range book.Areas() {
		c := read(a, lib.Dictionary())
		for _, e := range c.entries {
			if e.key != "about" && c.shortNames(e.sources) == "" {
				t.Errorf("%s: %s %q names no source", a.ID, e.key, e.title)
			}
			for _, id := range e.sources {
				if _, ok := c.names[id]; !ok {
					t.Errorf("%s: %s names the source %q, which is not in the list", a.ID, e.key, id)
				}
			}
		}
		if len(c.sections) < 6 {
			t.Errorf("%s: %d sections", a.ID, len(c.sections))
		}
	}
}

// The keyboard alone: contents, page, every link down the page.
func TestArrowsInTheContentsTurnThePage(t *testing.T) {
	s, host := show(t, look.Light, invented(), 1280, 800)
	s.toc.Focus()
	for range 7 {
		host.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	if s.scroll.Offset.Y == 0 || s.chosen == "" {
		t.Errorf("offset %.0f, chosen %q", s.scroll.Offset.Y, s.chosen)
	}
	host.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if c := s.card(s.book.entries[s.book.at[s.chosen]]); !c.head.Focused() {
		t.Error("Enter does not go to the page")
	}
}

// The filter is one key away from wherever the keyboard is.
func TestSlashInTheContentsGoesToTheFilter(t *testing.T) {
	s, host := show(t, look.Light, invented(), 1280, 800)
	s.toc.Focus()
	host.win.Canvas().Focused().TypedRune('/')
	if !s.filter.Focused() {
		t.Error("/ in the contents does not go to the filter")
	}
}
