package list

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kindred/app/cliniclist"
	"kindred/app/consult"
	"kindred/app/sheet"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
)

// stand is the program around the screen, as far as the screen asks for it.
type stand struct {
	kept     *cliniclist.Results
	exported []string
	opened   *consult.Record
	openedID string
	found    []consult.Summary
	said     string
}

func (s *stand) Start(id consult.Identity) *consult.Record { return &consult.Record{Identity: id} }
func (s *stand) Search(context.Context, string, int) ([]consult.Summary, error) {
	return s.found, nil
}

func (s *stand) SaveResults(_ context.Context, r *cliniclist.Results, progress func(int)) (consult.Imported, error) {
	s.kept = r
	progress(r.Len())
	return consult.Imported{Added: r.Len()}, nil
}

func (s *stand) Exported(_ context.Context, _ *consult.Record, what string) error {
	s.exported = append(s.exported, what)
	return nil
}
func (s *stand) Today() rules.Date            { return today }
func (s *stand) ShowRecord(r *consult.Record) { s.opened = r }
func (s *stand) OpenRecord(id string)         { s.openedID = id }
func (s *stand) Update()                      {}
func (s *stand) Say(words string)             { s.said = words }

const listFile = "../../../testdata/clinic-list.xlsx"

const today rules.Date = "2026-11-25"

// shared is what every test looks at: the rules, the synthetic list and its
// results, worked out once.
var shared = sync.OnceValues(func() (*standing, error) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		return nil, err
	}
	book, err := lib.On(today)
	if err != nil {
		return nil, err
	}
	l, err := cliniclist.Read(listFile, lib.Dictionary(), cliniclist.Options{})
	if err != nil {
		return nil, err
	}
	res, err := cliniclist.Run(context.Background(), l, canned{}, today, nil)
	return &standing{Book{lib.Dictionary(), book}, res}, err
})

// canned advises by the LDL cholesterol alone, so that pictures and filters do
// not move when a rule's words do.
type canned struct{}

func (canned) Areas() []rules.AreaInfo {
	return []rules.AreaInfo{{ID: "fh", Title: "Familial hypercholesterolaemia", Short: "FH"}, {ID: "lynch", Title: "Lynch syndrome", Short: "Lynch"}}
}

func (canned) Screen(c *rules.Case) ([]*rules.AreaAdvice, error) {
	fh := rules.AreaAdvice{
		Area: "fh", Outcome: rules.MoreInformation, Reason: "Not known yet: LDL cholesterol",
		Next: []rules.Question{{Question: "What is the LDL cholesterol before any treatment?"}},
	}
	if v := newest(&c.People[0], "lipid.ldl"); v.IsExact() {
		switch {
		case v.Lo > 13:
			fh = rules.AreaAdvice{Area: "fh", Outcome: rules.Refer, Urgent: true, Reason: "LDL cholesterol over 13 mmol/L"}
		case v.Lo > 8:
			fh = rules.AreaAdvice{Area: "fh", Outcome: rules.Test, Code: "R134.1", Reason: "LDL cholesterol over 8 mmol/L"}
		case v.Lo < 2:
			fh = rules.AreaAdvice{Area: "fh", Outcome: rules.NotIndicated, Reason: "LDL cholesterol under 2 mmol/L"}
		}
	}
	return []*rules.AreaAdvice{&fh, {
		Area: "lynch", Outcome: rules.MoreInformation, Reason: "Not known yet: family history",
		Next: []rules.Question{{Question: "Has anyone in the family had cancer?"}},
	}}, nil
}

type standing struct {
	book Book
	res  *cliniclist.Results
}

func ready(t *testing.T) *standing {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// empty is the screen before a list is opened.
func empty(t *testing.T, k look.Kind, w, h float32) (*Screen, *stand, fyne.Window) {
	t.Helper()
	win := uitest.Window(t, k, w, h)
	st := &stand{}
	s := New(st, ready(t).book, st, win, "")
	win.SetContent(s.Object())
	win.Resize(fyne.NewSize(w, h))
	s.Enter()
	return s, st, win
}

// reviewed is the screen with the results of the synthetic list.
func reviewed(t *testing.T, k look.Kind, w, h float32) (*Screen, *stand, fyne.Window) {
	t.Helper()
	s, st, win := empty(t, k, w, h)
	res := ready(t).res
	s.path, s.list, s.stage = listFile, res.List(), review
	s.cols.take(s.list)
	s.run.rows = res.Len()
	s.results = s.newReview(res, entries(res, s.valueFacts(s.list)))
	s.changed()
	s.cols.table.Choose(0)
	s.focus()
	return s, st, win
}

func TestAListIsOpenedRunAndItsUrgentPeopleComeFirst(t *testing.T) {
	s, st, _ := empty(t, look.Light, 1280, 724)
	test.Type(s.box.Target(), listFile)
	s.box.Enter()
	if s.stage != columns || s.trouble != nil {
		t.Fatalf("the list did not open: %v", s.trouble)
	}
	if !s.Do(shell.Confirm) || s.stage != review {
		t.Fatalf("confirming the columns did not run the list: stage %d, %v", s.stage, s.run.err)
	}
	v := s.results
	if got, want := v.count("all"), v.res.Len(); got != want || want != s.list.Len() {
		t.Fatalf("%d rows shown, %d results, %d rows in the list", got, want, s.list.Len())
	}
	sum := 0
	for _, c := range v.chips {
		if c.id != "all" && c.id != "act" {
			sum += c.count
		}
	}
	if sum != v.count("all") {
		t.Errorf("the filters count %d rows together, the list has %d: somebody is in none or in two", sum, v.count("all"))
	}
	if v.count("urgent") == 0 {
		t.Fatal("the synthetic list has urgent people, none is shown")
	}
	for i := range v.count("urgent") {
		if e := v.rows[v.shown[i]]; !e.lead[v.area].urgent {
			t.Errorf("row %d of the table is not urgent though %d people are", i, v.count("urgent"))
		}
	}
	v.table.OnOpen(0)
	if st.opened == nil || st.opened.Identity.NHSNumber == "" || st.opened.Origin != "clinic-list.xlsx" || len(st.opened.Case.People) == 0 {
		t.Errorf("opening a row gave %+v", st.opened)
	}
	st.found = []consult.Summary{{ID: "kept", Origin: "clinic-list.xlsx", Identity: st.opened.Identity}}
	v.table.OnOpen(0)
	if st.openedID != "kept" {
		t.Error("a row that is kept already did not open its consultation")
	}
}

func TestRejectedRowsStayInViewWithTheirReason(t *testing.T) {
	s, st, _ := reviewed(t, look.Light, 1280, 724)
	v := s.results
	v.pick("rejected")
	if len(v.shown) == 0 {
		t.Fatal("no rejected row is shown")
	}
	for _, i := range v.shown {
		if why := v.because(&v.rows[i]); why == "" {
			t.Errorf("row %d is rejected without a reason", s.list.RowNumber(v.rows[i].row))
		}
	}
	v.table.OnOpen(0)
	if st.opened != nil || !strings.HasPrefix(st.said, "Rejected: ") {
		t.Error("a rejected row was opened as a consultation")
	}
}

func TestFilterFindsByNameAndByNumberInAnyGrouping(t *testing.T) {
	s, _, _ := reviewed(t, look.Light, 1280, 724)
	v := s.results
	v.pick("all")
	e := v.rows[v.shown[0]]
	for _, text := range []string{e.family, strings.ToLower(e.given), e.nhs, strings.ReplaceAll(e.nhs, " ", "")} {
		v.text = text
		v.apply()
		hit := false
		for _, i := range v.shown {
			hit = hit || v.rows[i].nhs == e.nhs
		}
		if !hit {
			t.Errorf("filter %q does not find %s", text, e.nhs)
		}
	}
	v.text = "nobody is called this"
	v.apply()
	if len(v.shown) != 0 {
		t.Error("a filter that matches nobody shows somebody")
	}
	s.Do(shell.Back)
	if len(v.shown) != v.count("all") {
		t.Error("Esc does not show everybody again")
	}
}

func TestResultsAreSavedLoggedAndNeverOverTheList(t *testing.T) {
	s, st, _ := reviewed(t, look.Light, 1280, 724)
	path := filepath.Join(t.TempDir(), "out.xlsx")
	if err := s.write(path); err != nil {
		t.Fatal(err)
	}
	if _, err := sheet.Open(path); err != nil {
		t.Fatalf("the results workbook: %v", err)
	}
	if len(st.exported) != 1 || !strings.Contains(st.exported[0], "results workbook") || strings.Contains(st.exported[0], "999") {
		t.Errorf("the audit trail was told %q", st.exported)
	}
	before, err := os.ReadFile(listFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.write(listFile); err == nil {
		t.Error("writing over the list was not refused")
	}
	after, err := os.ReadFile(listFile)
	if err != nil || string(before) != string(after) {
		t.Fatal("saving the results changed the list itself")
	}
	if len(st.exported) != 1 {
		t.Error("a refused file was logged as saved")
	}
}

func TestAColumnCanBeGivenAnotherMeaning(t *testing.T) {
	s, _, _ := empty(t, look.Light, 1280, 724)
	s.open(listFile) // a list of its own, since its columns change
	if s.stage != columns {
		t.Fatal(s.trouble)
	}
	at := -1
	for i, k := range s.cols.shown {
		if s.cols.mapping.Columns[k].Heading == "Surname" {
			at = i
		}
	}
	s.cols.table.Choose(at)
	s.setMeaning(useIgnore)
	if s.list.Mapping.Columns[s.cols.shown[at]].Used() {
		t.Error("the column is still used")
	}
	s.setMeaning("fact:lipid.hdl")
	if c := s.list.Mapping.Columns[s.cols.shown[at]]; c.Use != cliniclist.FactUse || c.Fact != "lipid.hdl" {
		t.Errorf("the column is read as %s %s", c.Use, c.Fact)
	}
}

func TestAFileThatIsNoListIsExplainedAndAnotherCanBeNamed(t *testing.T) {
	s, _, _ := empty(t, look.Light, 1280, 724)
	bad := filepath.Join(t.TempDir(), "notes.xlsx")
	if err := os.WriteFile(bad, []byte("these are not the rows you are looking for"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", "no-such-file.xlsx", bad} {
		s.open(path)
		if s.trouble == nil || s.stage != opening {
			t.Errorf("%q: not refused", path)
		}
	}
	s.open(listFile)
	if s.trouble != nil || s.stage != columns {
		t.Errorf("a good list after bad ones: %v", s.trouble)
	}
}

func TestPictures(t *testing.T) {
	for name, k := range map[string]look.Kind{"review-light": look.Light, "review-dark": look.Dark, "review-contrast": look.Contrast} {
		s, _, win := reviewed(t, k, 1280, 724)
		win.Canvas().Unfocus()
		s.root.Redraw()
		uitest.Golden(t, name, win.Canvas().Capture())
	}
	s, _, win := reviewed(t, look.Light, 1280, 724)
	s.Do(shell.PrevStep)
	win.Canvas().Unfocus()
	uitest.Golden(t, "columns-light", win.Canvas().Capture())
}
