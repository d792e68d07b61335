package consult

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kindred/app/store"
	"kindred/app/store/storetest"
	"kindred/app/store/storetest/canary"
	"kindred/rules"
	"kindred/rules/truth"
)

var ctx = context.Background()

func clock() time.Time { return time.Date(2026, 11, 23, 10, 42, 0, 0, time.UTC) }

var library = sync.OnceValues(func() (*rules.Library, error) { return rules.Load(rules.Files) })

func service(t testing.TB) *Service {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return New(lib, storetest.New(t, store.WithNow(clock)), clock)
}

var miriam = Identity{
	Family: "Hargreaves", Given: "Miriam", Title: "Mrs", Born: "1985-03-14", Sex: "female", NHSNumber: "999 000 0131",
}

// asPublished compares advice by what it says, not by what the rules keep to
// themselves while they work it out.
// An empty list is an absent one.
var asPublished = cmp.Options{cmpopts.IgnoreUnexported(rules.Question{}), cmpopts.EquateEmpty()}

// fill sets every exported field below v to something that is not its zero, so
// that a field somebody adds and the sealed form forgets fails the round trip.
func fill(v reflect.Value, n *int) {
	*n++
	switch x := v.Addr().Interface().(type) {
	case *truth.Span:
		*x = []truth.Span{truth.Any(), truth.Exactly(float64(*n)), truth.Below(0.5), truth.From(4.2), {Lo: 50, Hi: 59}}[*n%5]
		return
	case *truth.K:
		*x = []truth.K{truth.Yes, truth.No, truth.Unknown}[*n%3]
		return
	case *rules.Date:
		*x = rules.Date(fmt.Sprintf("2026-01-%02d", *n%28+1))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() { // what a package keeps to itself it works out again
				fill(v.Field(i), n)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), n)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for i := range 2 {
			value := reflect.New(v.Type().Elem()).Elem()
			fill(value, n)
			v.SetMapIndex(reflect.ValueOf(fmt.Sprint("key ", i)).Convert(v.Type().Key()), value)
		}
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.1)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("fill: a " + v.Kind().String())
	}
}

func TestEverythingInARecordComesBackAsItWas(t *testing.T) {
	n := 0
	r := &Record{Created: clock(), Saved: clock(), Author: "Dr A. Okafor", Origin: "list.xlsx", Notes: "Notes\nof two lines", Identity: miriam, Advice: &rules.Advice{}}
	fill(reflect.ValueOf(&r.Case).Elem(), &n)
	fill(reflect.ValueOf(r.Advice).Elem(), &n)
	e, err := encode(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(store.Stored{Body: e.Body})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r, got, asPublished); d != "" {
		t.Errorf("saved and read (-saved +read):\n%s", d)
	}
	if n < 200 {
		t.Errorf("only %d fields were filled", n)
	}
	// A number nobody knows, one that is zero and one never asked stay apart.
	r.Case.People = []rules.Person{{ID: "p", Age: truth.Any(), Facts: map[string]rules.Answer{
		"any": {Number: truth.Any()}, "zero": {Number: truth.Exactly(0)}, "edge": {Number: truth.Below(0.5)},
	}}}
	if e, err = encode(r, nil); err != nil {
		t.Fatal(err)
	}
	if got, err = decode(store.Stored{Body: e.Body}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r.Case.People, got.Case.People); d != "" {
		t.Errorf("-saved +read:\n%s", d)
	}
}

func TestAConsultationIsSavedReopenedEditedAndReadBack(t *testing.T) {
	s := service(t)
	r := s.Start(miriam)
	if p := r.Patient(); p == nil || p.Sex != "female" || p.Age != truth.Exactly(41) {
		t.Fatalf("the patient of the case: %+v", p)
	}
	r.Patient().Facts["lipid.ldl"] = rules.Answer{Number: truth.Exactly(6.3)}
	if err := s.Save(ctx, r); err != nil {
		t.Fatal(err)
	}
	if r.Revision != 1 || r.PatientID == "" || r.Identity.NHSNumber != "9990000131" || r.Advice == nil {
		t.Errorf("after the save: revision %d, patient %q, advice %v", r.Revision, r.PatientID, r.Advice)
	}
	again, err := s.Open(ctx, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r, again, asPublished); d != "" {
		t.Errorf("-saved +opened:\n%s", d)
	}
	again.Patient().Facts["lipid.ldl"] = rules.Answer{Number: truth.Exactly(5.1)}
	if err := s.Save(ctx, again); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(ctx, r); !errors.Is(err, store.ErrChanged) {
		t.Errorf("saving from the first window again: %v, want ErrChanged", err)
	}
	h, err := s.History(ctx, r.ID)
	if err != nil || len(h) != 2 || h[1].Patient().Facts["lipid.ldl"].Number != truth.Exactly(6.3) {
		t.Errorf("history of %d, %v", len(h), err)
	}
	first, err := s.OpenRevision(ctx, r.ID, 1)
	if err != nil || first.Advice == nil || first.Advice.Areas[0].Fingerprint == "" {
		t.Errorf("the first revision has lost its advice: %v, %v", first, err)
	}
	recent, err := s.Recent(ctx, 9)
	if err != nil || len(recent) != 1 || recent[0].Identity.Family != "Hargreaves" || len(recent[0].Outcomes) == 0 {
		t.Errorf("recent: %+v, %v", recent, err)
	}
}

func TestADraftKeepsWhatCannotBeSavedYet(t *testing.T) {
	s := service(t)
	r := s.Start(Identity{Family: "Brennan", NHSNumber: "999 000 02"}) // half typed
	if err := s.Save(ctx, r); err == nil {
		t.Error("a number of eight digits was saved")
	}
	r.Case.People = append(r.Case.People, rules.Person{ID: "x", Mother: "x", Age: truth.Span{Lo: math.Inf(-1), Hi: 3}}) // her own mother
	if err := s.SaveDraft(ctx, r); err != nil {
		t.Fatal(err)
	}
	drafts, err := s.Drafts(ctx)
	if err != nil || len(drafts) != 1 || drafts[0].Identity.Family != "Brennan" {
		t.Fatalf("drafts: %+v, %v", drafts, err)
	}
	got, err := s.Open(ctx, r.ID)
	if err != nil || !got.Draft || len(got.Case.People) != 2 {
		t.Fatalf("opened: %+v, %v", got, err)
	}
	// Once the number is whole it saves, impossible family and all; the summary says so.
	got.Identity.NHSNumber = "999 000 0247"
	if err := s.Save(ctx, got); err != nil {
		t.Fatal(err)
	}
	if drafts, _ := s.Drafts(ctx); len(drafts) != 0 {
		t.Error("the draft outlived the save")
	}
	recent, err := s.Recent(ctx, 1)
	if err != nil || !strings.HasPrefix(recent[0].Reason, "Not assessed: ") {
		t.Errorf("the summary says %q, %v", recent[0].Reason, err)
	}
}

func TestImpossibleIdentitiesAreNamed(t *testing.T) {
	for want, id := range map[string]Identity{
		"check digit":                 {NHSNumber: "9990000132"},
		"birth 24-Nov-2026 is in the": {Born: "2026-11-24"},
		"not a date":                  {Born: "14/3/85"},
		"before the date of birth":    {Born: "1985-03-14", Died: "1984-01-01"},
		"death 01-Jan-2030 is in the": {Died: "2030-01-01"},
	} {
		if err := CheckIdentity(id, "2026-11-23"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", id, err, want)
		}
	}
	if err := CheckIdentity(Identity{}, "2026-11-23"); err != nil {
		t.Errorf("nothing known: %v", err)
	}
}

func TestTheBannerSaysWhatIsMissing(t *testing.T) {
	for _, c := range []struct {
		id   Identity
		want Banner
	}{
		{miriam, Banner{"HARGREAVES", ", Miriam (Mrs)", "14-Mar-1985 (41 y)", "", "Female", "999 000 0131"}},
		{Identity{Family: "Grant", Born: "1950-01-02", Died: "2024-01-01", Sex: "male"}, Banner{"GRANT", "", "02-Jan-1950", "01-Jan-2024 (73 y)", "Male", "Not known"}},
		{Identity{}, Banner{"NAME NOT KNOWN", "", "Not known", "", "Not known", "Not known"}},
	} {
		if got := c.id.Banner("2026-11-23"); got != c.want {
			t.Errorf("got %+v, want %+v", got, c.want)
		}
	}
}

func TestAClinicListBecomesConsultationsOnce(t *testing.T) {
	s := service(t)
	var items []Item
	for i, id := range []Identity{miriam, {Family: "Grant", Given: "Winston", Born: "1982-01-19"}, {Family: "Nobody"}} {
		r := s.Start(id)
		r.Advice = &rules.Advice{Areas: []rules.AreaAdvice{{Area: "fh", Outcome: rules.Test, Reason: "because"}}}
		items = append(items, Item{Record: r, Where: fmt.Sprint("row ", i+2)})
	}
	for _, want := range []Imported{{Added: 3}, {Unchanged: 3}} {
		got, err := s.SaveMany(ctx, "clinic-list.xlsx", slices.Values(items), nil)
		if err != nil || got != want {
			t.Fatalf("got %+v, %v, want %+v", got, err, want)
		}
		// The next day the same rows are read again: older by a day, and by a
		// birthday perhaps, but nothing new was said.
		for i := range items {
			items[i].Record.Case.Date = "2027-06-01"
			items[i].Record.ApplyIdentity()
		}
	}
	found, err := s.Search(ctx, "hargreaves", 5)
	if err != nil || len(found) != 1 || found[0].Origin != "clinic-list.xlsx" || found[0].Outcomes["fh"] != rules.Test || found[0].Reason != "because" {
		t.Fatalf("found %+v, %v", found, err)
	}
	r, err := s.Open(ctx, found[0].ID)
	if err != nil || r.Identity.NHSNumber != "9990000131" {
		t.Errorf("opened %+v, %v", r, err)
	}
	items[1].Record.Patient().Facts["lipid.tc"] = rules.Answer{Number: truth.Exactly(8.3)}
	if got, err := s.SaveMany(ctx, "clinic-list.xlsx", slices.Values(items), nil); err != nil || got != (Imported{Changed: 1, Unchanged: 2}) {
		t.Errorf("with one result new: %+v, %v", got, err)
	}
	items[0].Record.Identity.NHSNumber = "123"
	if _, err := s.SaveMany(ctx, "clinic-list.xlsx", slices.Values(items), nil); err == nil || !strings.Contains(err.Error(), "row 2: the NHS number has 3 digits") {
		t.Errorf("a bad number: %v", err)
	}
}

func TestOpeningAndPrintingIsInTheAuditTrail(t *testing.T) {
	s := service(t)
	r := s.Start(miriam)
	if err := s.Save(ctx, r); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Open(ctx, r.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Exported(ctx, r, "letter"); err != nil {
		t.Fatal(err)
	}
	events, err := s.Audit(ctx, 3)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		if e.Record != r.ID || e.Patient != r.PatientID || !e.At.Equal(clock()) {
			t.Errorf("event %+v", e)
		}
		got = append(got, e.Action+" "+e.Detail)
	}
	if want := []string{"exported letter", "viewed ", "saved "}; !slices.Equal(got, want) {
		t.Errorf("the trail says %q, want %q", got, want)
	}
}

// TestNoPatientIsReadableInTheFolder follows one invented patient through every
// way a consultation is kept.
func TestNoPatientIsReadableInTheFolder(t *testing.T) {
	s := service(t)
	who := Identity{Family: "Quetzalcoatlsson", Given: "Wilhelminaxia", Title: "Baroness", Born: "1911-02-28", Sex: "female", NHSNumber: "999 000 0131"}
	r := s.Start(who)
	r.Notes = "zyzzyva-note"
	r.Patient().Facts["lipid.ldl"] = rules.Answer{Number: truth.Exactly(6.66123), As: "6.66123 mmol/L"}
	if err := s.SaveDraft(ctx, r); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(ctx, r); err != nil {
		t.Fatal(err)
	}
	items := []Item{{Record: r, Key: "Quetzalcoatlsson,Wilhelminaxia", Where: "row 2"}}
	if _, err := s.SaveMany(ctx, "list-of-quetzals.xlsx", slices.Values(items), nil); err != nil {
		t.Fatal(err)
	}
	if found, err := s.Search(ctx, "quetzal", 5); err != nil || len(found) != 2 {
		t.Fatalf("%d found, %v", len(found), err)
	}
	if err := s.SaveDraft(ctx, r); err != nil {
		t.Fatal(err)
	}
	canary.Look(t, s.Store().Dir(), "Quetzalcoatlsson", "Wilhelminaxia", "Baroness", "1911-02-28", "28-Feb-1911",
		"9990000131", "999 000 0131", "zyzzyva-note", "6.66123", "lipid.ldl", "list-of-quetzals.xlsx")
}

func TestANumberThatIsSomebodyElsesIsTold(t *testing.T) {
	s := service(t)
	first := s.Start(miriam)
	if err := s.Save(ctx, first); err != nil {
		t.Fatal(err)
	}
	if other, _, err := s.OnFile(ctx, first); other != nil || err != nil {
		t.Errorf("her own consultation is told as another: %+v, %v", other, err)
	}
	for name, c := range map[string]struct {
		id      Identity
		found   bool
		differs bool
	}{
		"herself again":        {miriam, true, false},
		"only the number":      {Identity{NHSNumber: "9990000131"}, true, false},
		"capitals and accents": {Identity{Family: "HÀRGREAVES", Born: miriam.Born, NHSNumber: "9990000131"}, true, false},
		"another birth":        {Identity{Family: "Hargreaves", Born: "1950-01-01", NHSNumber: "9990000131"}, true, true},
		"another name":         {Identity{Family: "Grant", NHSNumber: "999-000-0131"}, true, true},
		"another number":       {Identity{Family: "Grant", NHSNumber: "9990000182"}, false, false},
		"half a number":        {Identity{NHSNumber: "999000"}, false, false},
	} {
		other, differs, err := s.OnFile(ctx, s.Start(c.id))
		if err != nil || (other != nil) != c.found || differs != c.differs {
			t.Errorf("%s: found %v, differs %v, %v", name, other != nil, differs, err)
		}
	}
}
