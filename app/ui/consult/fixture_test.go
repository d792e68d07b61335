package consult

import (
	"context"
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	domain "kindred/app/consult"
	"kindred/app/sketch"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
	"kindred/rules/truth"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// desk is the program without a store: the real engine on a small rule book of
// our own, so that editing the rules moves no picture, and a count of what was
// kept.
type desk struct {
	lib           *rules.Library
	canned        *rules.Advice // given instead of worked out, for pictures
	saved, drafts int
	last          domain.Record
	err           error
	onFile        *domain.Summary // who is kept under an NHS number
}

func (d *desk) Assess(r *domain.Record) (*rules.Advice, error) {
	r.ApplyIdentity()
	if d.canned != nil {
		return d.canned, nil
	}
	book, err := d.lib.On(r.Case.Date)
	if err != nil {
		return nil, err
	}
	return book.Assess(&r.Case)
}

func (d *desk) Save(_ context.Context, r *domain.Record) error {
	if d.err != nil {
		return d.err
	}
	d.saved++
	r.Revision++
	r.Saved = noon
	d.last = *r
	return nil
}

func (d *desk) SaveDraft(_ context.Context, r *domain.Record) error {
	d.drafts++
	d.last = *r
	return d.err
}

func (d *desk) OnFile(_ context.Context, r *domain.Record) (*domain.Summary, bool, error) {
	if d.onFile == nil || r.Identity.NHSNumber != d.onFile.Identity.NHSNumber {
		return nil, false, nil
	}
	return d.onFile, r.Identity.Family != "" && r.Identity.Family != d.onFile.Identity.Family, nil
}

// window is the frame's part that a consultation needs.
type window struct {
	said, copied string
	letters      int
	trees        int
	request      string
	papers       []string
	opened       string
	pick         string // the file chosen in a window
	ending       string
	file         []byte // saved last
}

func (w *window) Update()                              {}
func (w *window) Say(s string)                         { w.said = s }
func (w *window) Copy(s string)                        { w.copied = s }
func (w *window) Letter(*domain.Record, *rules.Advice) { w.letters++ }
func (w *window) Tree(*domain.Record, *sketch.Drawing) { w.trees++ }

func (w *window) Picture(_ *domain.Record, what string, _ *sketch.Drawing) { w.said = what }
func (w *window) PickFile(then func(string))                               { then(w.pick) }
func (w *window) File(_ *domain.Record, _, ending string, data []byte) {
	w.ending, w.file = ending, data
}
func (w *window) Source(string, string) {}
func (w *window) OpenRecord(id string)  { w.opened = id }

var library *rules.Library

func open(t *testing.T, k look.Kind, w, h float32, rec *domain.Record) (*Screen, *desk, *window, fyne.Window) {
	t.Helper()
	if library == nil {
		lib, err := rules.Load(os.DirFS("testdata/rules"))
		if err != nil {
			t.Fatal(err)
		}
		library = lib
	}
	book, err := library.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	win := uitest.Window(t, k, w, h)
	d, host := &desk{lib: library}, &window{}
	s := New(d, Book{Dictionary: library.Dictionary(), Areas: book.Areas()}, host, clock, rec)
	shell.NewFrame(win).Show(s)
	win.Resize(fyne.NewSize(w, h))
	return s, d, host, win
}

func nobody() *domain.Record {
	return &domain.Record{ID: "c1", Case: rules.Case{Date: "2026-11-23", Patient: "p", Asked: map[string]int{}, People: []rules.Person{
		{ID: "p", Age: truth.Any(), Alive: truth.Unknown, Facts: map[string]rules.Answer{}},
	}}}
}

func number(v float64, day rules.Date) rules.Answer {
	return rules.Answer{Number: truth.Exactly(v), When: day}
}

// miriam is the patient of the pictures: raised untreated lipids, a father with
// a heart attack at an age nobody has asked for.
func miriam() *domain.Record {
	r := nobody()
	r.Identity = domain.Identity{Family: "Hargreaves", Given: "Miriam", Title: "Mrs", Born: "1985-03-14", Sex: "female", NHSNumber: "9990000131"}
	r.Revision, r.Saved = 1, noon
	p := &r.Case.People[0]
	for id, v := range map[string]float64{"lipid.tc": 8.4, "lipid.ldl": 6.3, "lipid.hdl": 1.4, "lipid.tg": 1.6} {
		p.Facts[id] = number(v, "2026-11-02")
	}
	p.Facts["lipid.basis"] = rules.Answer{Choice: "untreated"}
	p.Facts["lipid.two_measurements"] = rules.Answer{Bool: truth.Yes}
	p.Facts["lipid.secondary_causes_excluded"] = rules.Answer{Bool: truth.Yes, When: "2026-11-02"}
	mi := func(age truth.Span) []rules.Condition {
		return []rules.Condition{{Name: "myocardial_infarction", Age: age, Present: truth.Yes, Confirmed: truth.Unknown}}
	}
	r.Case.People = append(r.Case.People,
		rules.Person{ID: "f", Relation: "father", Sex: "male", Age: truth.Any(), Alive: truth.No, Conditions: mi(truth.Any())},
		rules.Person{ID: "m", Relation: "mother", Sex: "female", Age: truth.Exactly(70), Alive: truth.Yes},
		rules.Person{ID: "u", Relation: "paternal uncle", Sex: "male", Age: truth.Exactly(73), Alive: truth.Yes, Conditions: mi(truth.Exactly(53))},
		rules.Person{ID: "a", Relation: "maternal aunt", Sex: "female", Age: truth.Exactly(68), Alive: truth.Yes, Conditions: []rules.Condition{
			{Name: "endometrial_cancer", Age: truth.Exactly(58), Present: truth.Yes, Confirmed: truth.Unknown},
		}},
	)
	r.Case.Asked = map[string]int{"heart": 2, "cancer": 2}
	return r
}

// declan has a bowel cancer that lost MLH1 and PMS2.
func declan() *domain.Record {
	r := nobody()
	r.Identity = domain.Identity{Family: "Brennan", Given: "Declan", Title: "Mr", Born: "1964-06-02", Sex: "male", NHSNumber: "9990000247"}
	r.Case.People[0].Tumours = []rules.Tumour{{
		Site: "colorectal", Age: truth.Exactly(62), MLH1: "lost", PMS2: "lost", MSH2: "intact", MSH6: "intact",
		Neoadjuvant: truth.No, MSIHHistology: truth.Unknown, Confirmed: truth.Yes,
	}}
	r.Case.Asked = map[string]int{"cancer": 2}
	return r
}
