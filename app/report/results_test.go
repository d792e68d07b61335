package report

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"kindred/rules"
	"kindred/rules/truth"
)

// rulesOn is the rules as they are on the day of the tests.
func rulesOn(t *testing.T) (*rules.Book, *rules.Dictionary) {
	t.Helper()
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	return book, lib.Dictionary()
}

func mmol(v float64, when rules.Date) rules.Answer {
	return rules.Answer{Number: truth.Exactly(v), When: when}
}

func panelOf(day rules.Date, tc, ldl float64) rules.Panel {
	return rules.Panel{Date: day, Age: truth.Any(), Fasting: truth.Unknown, Facts: map[string]rules.Answer{"lipid.tc": mmol(tc, ""), "lipid.ldl": mmol(ldl, "")}}
}

// treated is a woman with a high cholesterol before a statin that was listed with
// every other medicine, results on it, and one that nobody dated.
func treated() *rules.Case {
	p := rules.Person{
		ID: "p", Sex: "female", Age: truth.Exactly(45), Alive: truth.Yes,
		Facts: map[string]rules.Answer{
			"lipid.tc": mmol(5.2, "2026-11-02"), "lipid.ldl": mmol(3.1, "2026-11-02"),
			"pregnant": {Bool: truth.No}, "lipid.medicines": {Choice: "all"},
		},
		Panels: []rules.Panel{panelOf("2022-03-01", 5.6, 3.6), panelOf("2020-06-14", 8.2, 6.1), panelOf("", 7.1, 5)},
		Medications: []rules.Medication{
			{Drug: "atorvastatin", DoseMG: 40, From: "2021-02"},
			{Drug: "ezetimibe", DoseMG: 10, From: "2024-06-01", To: "2025-09-30"},
		},
	}
	p.Panels[1].Fasting = truth.Yes
	return &rules.Case{
		Date: "2026-11-23", Patient: "p", Asked: map[string]int{"heart": 2, "cancer": 3, "cholesterol": 1},
		People: []rules.Person{p, {ID: "m", Relation: "mother", Sex: "female", Age: truth.Exactly(71), Alive: truth.Yes, Conditions: []rules.Condition{
			{Name: "myocardial_infarction", Age: truth.Exactly(54), Present: truth.Yes, Confirmed: truth.Unknown},
		}}},
	}
}

func assessed(t *testing.T, book *rules.Book, c *rules.Case) *rules.Advice {
	t.Helper()
	adv, err := book.Assess(c)
	if err != nil {
		t.Fatal(err)
	}
	return adv
}

func areaOf(t *testing.T, adv *rules.Advice, id string) *rules.AreaAdvice {
	t.Helper()
	for i := range adv.Areas {
		if adv.Areas[i].Area == id {
			return &adv.Areas[i]
		}
	}
	t.Fatalf("no advice about %s", id)
	return nil
}

func TestTheRecordTextHasEveryPanelAndSaysWhatIsMissing(t *testing.T) {
	book, dict := rulesOn(t)
	c := treated()
	adv := assessed(t, book, c)
	want := []string{
		"Lipid results, newest first",
		"Date not known, treatment not known, perhaps atorvastatin 40 mg, ezetimibe 10 mg: TC 7.1, LDL 5.0 mmol/L",
		"02-Nov-2026, on atorvastatin 40 mg: TC 5.2, LDL 3.1 mmol/L (pregnancy: no)",
		"01-Mar-2022, on atorvastatin 40 mg: TC 5.6, LDL 3.6 mmol/L",
		"14-Jun-2020, untreated: TC 8.2, LDL 6.1 mmol/L (fasting: yes)",
		"Lipid-lowering medicines: atorvastatin 40 mg, from Feb-2021, still taken; ezetimibe 10 mg, 01-Jun-2024 to 30-Sep-2025 (all listed)",
	}
	if got := ResultsText(dict, c, areaOf(t, adv, "fh")); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := ResultsText(dict, c, areaOf(t, adv, "lynch")); got != nil {
		t.Errorf("an area that reads no lipids tells of %q", got)
	}

	nothing := &rules.Case{Date: "2026-11-23", Patient: "p", People: []rules.Person{{ID: "p", Age: truth.Any()}}}
	got := strings.Join(ResultsText(dict, nothing, areaOf(t, assessed(t, book, nothing), "fh")), "\n")
	if got != "Lipid results: none on record\nLipid-lowering medicines: not known" {
		t.Errorf("nothing on record reads %q", got)
	}
	nothing.People[0].Facts = map[string]rules.Answer{"lipid.medicines": {Choice: "never"}, "lipid.ldl": {Number: truth.Any()}}
	got = strings.Join(ResultsText(dict, nothing, areaOf(t, assessed(t, book, nothing), "fh")), "\n")
	if !strings.Contains(got, "LDL not known") || !strings.HasSuffix(got, "Lipid-lowering medicines: never any") {
		t.Errorf("an LDL that is not known, and no medicine ever, read %q", got)
	}
}

// A criterion is decided on one panel, and the letter says which: here the one
// from before the statin, not today's.
func TestEachCriterionNamesThePanelItWasDecidedOn(t *testing.T) {
	book, dict := rulesOn(t)
	c := treated()
	fh := areaOf(t, assessed(t, book, c), "fh")
	list := samples(dict, c)
	markUsed(list, fh)
	for i := range list {
		used := strings.Join(list[i].used, "; ")
		if before := list[i].day == "2020-06-14"; before != strings.Contains(used, "Simon Broome possible") {
			t.Errorf("%s is used for %q", sampleWords(&list[i]), used)
		}
	}
}

func TestOfTwoPanelsOfOneDayTheOneWithTheValueWasUsed(t *testing.T) {
	_, dict := rulesOn(t)
	c := treated()
	c.People[0].Panels = append(c.People[0].Panels, panelOf("2020-06-14", 6.9, 4.1))
	list := samples(dict, c)
	markUsed(list, &rules.AreaAdvice{Criteria: []rules.CriterionVerdict{
		{Name: "low", Against: []rules.Reason{{Who: "Patient", Fact: "lipid.ldl", Value: "4.1 mmol/L", When: "2020-06-14"}}},
		{Name: "high", For: []rules.Reason{{Who: "Patient", Fact: "lipid.ldl", Value: "6.1 mmol/L", When: "2020-06-14"}}},
		{Name: "brother", For: []rules.Reason{{Who: "Brother", Fact: "lipid.ldl", Value: "6.1 mmol/L", When: "2020-06-14"}}},
	}})
	for i := range list {
		want := map[string]string{"TC 6.9, LDL 4.1 mmol/L": "low", "TC 8.2, LDL 6.1 mmol/L": "high"}[list[i].values]
		if got := strings.Join(list[i].used, "; "); got != want {
			t.Errorf("%s is used for %q, want %q", list[i].values, got, want)
		}
	}
}

func letterOf(t *testing.T, c *rules.Case, dict *rules.Dictionary, adv *rules.Advice) *letter {
	t.Helper()
	patient, _ := miriam()
	var last *letter
	fit(func(d plan) *page {
		l := letter{page: newPage("", "2026-11-23"), patient: patient, adv: adv, opts: Options{Case: c, Dictionary: dict, Date: "2026-11-23"}, plan: d}
		l.draw()
		if l.y <= pageHeight-footHeight {
			last = &l
		}
		return l.page
	})
	if last == nil {
		t.Fatal("no plan of the letter fits its page")
	}
	return last
}

// With little else to say the letter has the picture; what matters more takes
// its room, then that of the results, and the page says so.
func TestThePictureGoesFirstThenTheResults(t *testing.T) {
	book, dict := rulesOn(t)
	c := treated()
	adv := assessed(t, book, c)
	short := *adv
	fh := *areaOf(t, adv, "fh")
	fh.Criteria, fh.Next, fh.Notes = fh.Criteria[1:2], fh.Next[:1], nil
	short.Areas = []rules.AreaAdvice{fh}
	l := letterOf(t, c, dict, &short)
	if !l.plan.lead.trend || l.plan.lead.results != details[0].results || l.plan.shortened() {
		t.Errorf("a short letter: picture %v, results %d, shortened %v", l.plan.lead.trend, l.plan.lead.results, l.plan.shortened())
	}
	if out := os.Getenv("KINDRED_LETTER_TREND"); out != "" {
		patient, _ := miriam()
		pdf, err := Letter(patient, &short, Options{Case: c, Dictionary: dict})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(out, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l = letterOf(t, c, dict, adv)
	if l.plan.lead.trend || !l.plan.lead.whole || l.plan.lead.met != details[0].met || !l.plan.shortened() {
		t.Errorf("a full letter: picture %v, reasons of a criterion %d, shortened %v", l.plan.lead.trend, l.plan.lead.met, l.plan.shortened())
	}
	// One measurement with a date is no trend, whatever the room.
	c.People[0].Panels = c.People[0].Panels[2:]
	if _, _, ok := trendOf(&Options{Case: c, Dictionary: dict}, &fh); ok {
		t.Error("one measurement with a date makes a picture")
	}
}

// Thirty panels, ten medicines and a tumour with nothing tested: still one page,
// twice the same, with room for the foot.
func TestALetterWithALongHistoryOfResultsStillFits(t *testing.T) {
	book, dict := rulesOn(t)
	c := treated()
	p := &c.People[0]
	for i := range 30 {
		p.Panels = append(p.Panels, panelOf(rules.Date(fmt.Sprintf("%d-07-%02d", 1994+i, i%28+1)), 7, 5))
	}
	for i := range 10 {
		p.Medications = append(p.Medications, rules.Medication{Drug: "simvastatin", DoseMG: 20, As: "Simvastatin 20mg tablets, one at night", From: rules.Date(fmt.Sprint(2000 + i)), To: rules.Date(fmt.Sprint(2001 + i))})
	}
	p.Tumours = []rules.Tumour{{Site: "colorectal", Age: truth.Exactly(44), MLH1: "lost", Confirmed: truth.Unknown, Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown}}
	c.People = append(c.People, rules.Person{ID: "a", Relation: "maternal aunt", Sex: "female", Age: truth.Any(), Alive: truth.Unknown, Conditions: []rules.Condition{
		{Name: "colorectal_cancer", Age: truth.Span{Lo: 40, Hi: 49}, Present: truth.Yes, Confirmed: truth.Yes},
	}})
	c.UnknownSides = []string{"paternal"}
	adv := assessed(t, book, c)
	if l := letterOf(t, c, dict, adv); l.y > pageHeight-footHeight {
		t.Errorf("the letter ends at %.0f mm, the foot starts at %.0f mm", l.y, pageHeight-footHeight)
	}
	patient, _ := miriam()
	opts := Options{Case: c, Dictionary: dict, Practice: "Riverside Surgery", Recipient: "Lipid clinic\nSt Example's Hospital"}
	first, err := Letter(patient, adv, opts)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Letter(patient, adv, opts)
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("the same input gave two different files (%v)", err)
	}
	if n := bytes.Count(first, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("the letter has %d pages, want 1", n)
	}
}
